/* Checking the steps of the fold, the clocks and the rules; see check.h. The form of a case is in
 * check_form.c. */
#include "rules/check.h"

#include "rules/clock.h"

/* Findings are many; what they say is put together without printf. */
static const char *join(struct nrm_arena *arena, const char *a, const char *b, const char *c)
{
    size_t lengths[] = {strlen(a), strlen(b), strlen(c)};
    char *text = nrm_arena_alloc(arena, lengths[0] + lengths[1] + lengths[2] + 1);
    memcpy(text, a, lengths[0]);
    memcpy(text + lengths[0], b, lengths[1]);
    memcpy(text + lengths[0] + lengths[1], c, lengths[2] + 1);
    return text;
}

static const char *cannot_tell(struct nrm_arena *arena, const char *missing)
{
    return missing ? join(arena, "cannot tell: ", missing, " is missing")
                   : "cannot tell from what is on record";
}

static const char *event_path(struct nrm_arena *arena, const struct nrm_event *event)
{
    char digits[16];
    size_t first = sizeof digits - 1;
    if (!event)
        return "";
    digits[first] = '\0';
    uint32_t rest = event->position;
    do
        digits[--first] = (char)('0' + rest % 10);
    while (rest /= 10);
    return join(arena, "events[", digits + first, "]");
}

static struct nrm_place event_place(const struct nrm_standing *standing,
                                    const struct nrm_event *event)
{
    return nrm_node_place(event ? event->node : standing->scope.c->root, standing->scope.c->file);
}

static const char *event_name(const struct nrm_event *event)
{
    return event ? event->type->name : "";
}

/* What is missing of EVENT itself: the end of "stage1_decision|stage2_decision.outcome" where its
 * type is one of them, and a field alone where a rule is about too many types to name them. NULL:
 * it is missing elsewhere. */
static const char *missing_of_event(const struct nrm_event *event, const char *missing)
{
    const char *dot = strchr(missing, '.'), *name = missing;
    size_t length = strlen(event_name(event));
    if (event && nrm_event_field_find(event->type, nrm_str(missing)))
        return missing;
    while (length && dot && name < dot) {
        size_t end = strcspn(name, "|.");
        if (end == length && strncmp(name, event->type->name, length) == 0)
            return dot + 1;
        name += end + (name[end] == '|');
    }
    return NULL;
}

/* A finding that cannot be told as MISSING (may be NULL) is not on record. */
static void set_missing(struct nrm_arena *arena, struct nrm_finding *finding,
                        const struct nrm_event *event, const char *missing)
{
    const char *leaf = missing ? missing_of_event(event, missing) : NULL;
    finding->missing = leaf ? leaf : missing;
    finding->message =
        cannot_tell(arena, leaf ? join(arena, event->type->name, ".", leaf) : missing);
    if (leaf) {
        finding->path = join(arena, event_path(arena, event), ".", leaf);
    } else if (missing) { /* elsewhere in the case */
        finding->path = missing;
        finding->event = "";
    }
}

/* Whether a rule says of this row what its guard says, and more. */
static bool is_answered(const struct nrm_rule_set *set, const char *row)
{
    for (size_t i = 0; i < set->count; i++)
        if (nrm_rule_answers(&set->rules[i], row))
            return true;
    return false;
}

static void check_step(struct nrm_findings *findings, const struct nrm_standing *standing,
                       const struct nrm_moment *moment, const struct nrm_step *step,
                       const struct nrm_rule_set *set)
{
    if (step->row && (!*step->row->guard || (step->guard == NRM_TRUE && !findings->passes) ||
                      is_answered(set, step->row->id)))
        return;
    struct nrm_finding finding = {
        .path = event_path(findings->arena, moment->event),
        .event = event_name(moment->event),
        .place = event_place(standing, moment->event),
    };
    if (!step->row) {
        finding.rule = "step.none";
        finding.severity = "warning";
        finding.result = NRM_FAIL;
        finding.message = nrm_arena_printf(
            findings->arena,
            "%s leads nowhere from where the case stood; check the events before it",
            moment->event->type->name);
        finding.source = "nrm-machine(7)";
        nrm_findings_add(findings, &finding);
        return;
    }
    finding.rule = join(findings->arena, "step.", step->row->id, "");
    finding.severity = step->held ? "violation" : "warning";
    finding.source = step->row->source;
    finding.message = step->row->message;
    finding.result = step->guard == NRM_TRUE    ? NRM_PASS
                     : step->guard == NRM_FALSE ? NRM_FAIL
                                                : NRM_UNKNOWN;
    nrm_findings_add(findings, &finding);
}

void nrm_check_indicators(struct nrm_findings *findings, const struct nrm_standing *standing,
                          const struct nrm_screener *screener)
{
    struct nrm_screening screening;
    nrm_screen(screener, standing, &screening);
    for (size_t i = 0; i < screening.unknown_count; i++) {
        struct nrm_finding finding = {
            .rule = "format.indicator",
            .severity = "note",
            .result = NRM_FAIL,
            .path = "indicators",
            .message = "no set knows this indicator; it is kept, and shown with the screening; "
                       "nrm-screen --sets lists the sets, and they may want renewing",
            .source = "nrm-indicators(5)",
            .place = nrm_node_place(screening.unknown[i], standing->scope.c->file),
        };
        nrm_findings_add(findings, &finding);
    }
}

void nrm_check_steps(struct nrm_findings *findings, const struct nrm_standing *standing,
                     const struct nrm_rule_set *set)
{
    for (size_t i = 0; i < standing->moment_count; i++) {
        const struct nrm_moment *moment = &standing->moments[i];
        for (size_t j = 0; j < moment->step_count; j++)
            if (moment->event)
                check_step(findings, standing, moment, &standing->steps[moment->first_step + j],
                           set);
    }
}

static const char *due_message(struct nrm_arena *arena, const struct nrm_due *due,
                               const struct nrm_zone *zone)
{
    struct nrm_buffer when = {0};
    nrm_time_text(&due->due, zone, &when);
    const char *message = nrm_arena_printf(
        arena,
        due->state == NRM_DUE_OVERDUE ? "%s: due %.*s and not on record; do it now and record it"
        : due->state == NRM_DUE_LATE  ? "%s: due %.*s and done late; record why"
                                      : "%s: in time, or no longer owed",
        due->clock->label, (int)when.length, when.text ? when.text : "");
    nrm_buffer_free(&when);
    return message;
}

static bool is_known(const struct nrm_time *time)
{
    return time->precision != NRM_TIME_UNKNOWN;
}

static void check_clock(struct nrm_findings *findings, const struct nrm_standing *standing,
                        const struct nrm_due *due)
{
    bool fails = due->state == NRM_DUE_OVERDUE || due->state == NRM_DUE_LATE;
    /* done before it was owed, as far as can be seen: nothing to do and nothing to find out */
    bool early = due->state == NRM_DUE_UNKNOWN && is_known(&due->done) && !is_known(&due->start);
    bool unknown = due->state == NRM_DUE_UNKNOWN && !early;
    if (due->state == NRM_DUE_PENDING || due->state == NRM_DUE_SOON ||
        (!fails && !unknown && !findings->passes))
        return;
    struct nrm_finding finding = {
        .rule = join(findings->arena, "deadline.", due->clock->id, ""),
        .severity = due->state == NRM_DUE_LATE ? "note" : due->clock->severity,
        .result = fails     ? NRM_FAIL
                  : unknown ? NRM_UNKNOWN
                            : NRM_PASS,
        .path = "",
        .event = "",
        .source = due->clock->source,
        .place = event_place(standing, NULL),
    };
    if (unknown && due->missing && strchr(due->missing, '.'))
        set_missing(findings->arena, &finding, NULL, due->missing);
    else if (unknown)
        finding.message = join(
            findings->arena, due->clock->label,
            ": cannot tell whether it is in time: a moment is not on record, or only its day", "");
    else
        finding.message = due_message(findings->arena, due, standing->profile->calendar.zone);
    nrm_findings_add(findings, &finding);
}

void nrm_check_clocks(struct nrm_findings *findings, const struct nrm_standing *standing)
{
    const struct nrm_due *dues;
    size_t count = nrm_clocks(standing, NULL, &dues);
    for (size_t i = 0; i < count; i++)
        check_clock(findings, standing, &dues[i]);
}

static void ask(struct nrm_findings *findings, const struct nrm_standing *standing,
                const struct nrm_rule *rule, const struct nrm_scope *scope)
{
    const char *missing = NULL;
    enum nrm_truth truth = NRM_TRUE;
    if (rule->when)
        truth = nrm_condition_holds(rule->when, scope, &missing);
    if (truth == NRM_FALSE)
        return;
    if (truth == NRM_CANNOT_TELL) {
        /* a rule that holds either way says nothing about whether it applies */
        if (nrm_condition_holds(rule->holds, scope, NULL) == NRM_TRUE)
            truth = NRM_TRUE;
    } else {
        truth = nrm_condition_holds(rule->holds, scope, &missing);
    }
    if (truth == NRM_TRUE && !findings->passes)
        return;
    struct nrm_finding finding = {
        .rule = rule->id,
        .severity = rule->severity,
        .result = truth == NRM_TRUE    ? NRM_PASS
                  : truth == NRM_FALSE ? NRM_FAIL
                                       : NRM_UNKNOWN,
        .path = event_path(findings->arena, scope->event),
        .event = event_name(scope->event),
        .message = rule->message,
        .source = rule->source,
        .place = event_place(standing, scope->event),
    };
    if (finding.result == NRM_UNKNOWN)
        set_missing(findings->arena, &finding, scope->event, missing);
    nrm_findings_add(findings, &finding);
}

/* The tracks that an event was met on: a rule for children is asked of what was done with a child,
 * also after the person came of age. */
struct asked {
    struct nrm_findings *findings;
    const struct nrm_standing *standing;
    const bool *child; /* by index of the scope's events */
};

static const bool *tracks_of_events(struct nrm_arena *arena, const struct nrm_standing *standing)
{
    bool *child = nrm_arena_array(arena, standing->scope.event_count, sizeof *child);
    size_t count = 0;
    for (size_t i = 0; i < standing->moment_count; i++)
        if (standing->moments[i].event)
            child[count++] = standing->moments[i].child_before || standing->moments[i].child_after;
    return child;
}

static void ask_each_event(const struct asked *asked, const struct nrm_rule *rule)
{
    struct nrm_scope scope = asked->standing->scope;
    size_t count = scope.event_count;
    for (size_t i = 0; i < count; i++) {
        const struct nrm_event *event = scope.events[i];
        if (!event->type || !(asked->child[i] ? rule->child : rule->adult))
            continue;
        size_t type = (size_t)(event->type - nrm_event_types);
        if (!(rule->on.types[type / 64] >> (type % 64) & 1))
            continue;
        scope.event = event;
        scope.event_count = rule->before ? i : count;
        if (rule->on.where && nrm_condition_holds(rule->on.where, &scope, NULL) != NRM_TRUE)
            continue;
        ask(asked->findings, asked->standing, rule, &scope);
    }
}

void nrm_check_rules(struct nrm_findings *findings, const struct nrm_standing *standing,
                     const struct nrm_rule_set *set)
{
    struct asked asked = {findings, standing, tracks_of_events(findings->arena, standing)};
    uint64_t present[2] = {0, 0};
    for (size_t i = 0; i < standing->scope.event_count; i++)
        if (standing->scope.events[i]->type) {
            size_t type = (size_t)(standing->scope.events[i]->type - nrm_event_types);
            present[type / 64] |= UINT64_C(1) << (type % 64);
        }
    for (size_t i = 0; i < set->count; i++) {
        const struct nrm_rule *rule = &set->rules[i];
        if (rule->each_event) {
            if ((rule->on.types[0] & present[0]) || (rule->on.types[1] & present[1]))
                ask_each_event(&asked, rule);
        } else if (standing->child_track ? rule->child : rule->adult) {
            ask(findings, standing, rule, &standing->scope);
        }
    }
}
