/* What must hold in every history, asked of 100,000 random ones (fixed seed): 20,000 where the
 * sanitizers look on. Order in the file and voids are in history.c. */
#include "harness.h"

#define NOW "2026-03-10T12:00+01:00"

static uint64_t state = 2026;

static unsigned random_below(unsigned limit)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33) % limit;
}

static const char *const persons[] = {
    "age_group: adult",    "age_group: child",       "birth_date: 1990-05-01",
    "birth_date: 2012-02", "birth_date: 2008-02-20", "birth_date: 2008-02-29",
    "age_group: unknown",  "birth_date: 2010-13-40", "gender: female",
};

/* %s is a date; the rest is filled in by the writer of the history. */
static const char *const pool[] = {
    "type: detected",
    "type: declined",
    "type: referred",
    "type: accepted",
    "type: interview, stage: 1",
    "type: stage1_decision, outcome: positive",
    "type: stage1_decision, outcome: negative",
    "type: stage1_decision",
    "type: stage2_decision, outcome: positive",
    "type: stage2_decision, outcome: negative",
    "type: reconsideration_requested, of: stage1",
    "type: reconsideration_requested, of: stage2",
    "type: reconsideration_decided, of: stage1, outcome: overturned",
    "type: reconsideration_decided, of: stage1, outcome: upheld",
    "type: reconsideration_decided, of: stage2, outcome: overturned",
    "type: reconsideration_decided, of: stage2, outcome: upheld",
    "type: appeal_lodged, of: stage1",
    "type: appeal_lodged, of: stage2",
    "type: appeal_decided, of: stage1, outcome: allowed",
    "type: appeal_decided, of: stage2, outcome: remitted",
    "type: appeal_decided, of: stage2, outcome: dismissed",
    "type: remedies_exhausted, of: stage1, how: lapsed",
    "type: remedies_exhausted, of: stage2, how: lapsed",
    "type: remedies_exhausted, of: age, how: lapsed",
    "type: withdrawn",
    "type: rr_granted",
    "type: rr_granted, until: 2026-05-01",
    "type: rr_extended, until: 2026-08-01",
    "type: rr_extended",
    "type: rr_ended",
    "type: permit_granted, grounds: [personal], until: 2026-09-01",
    "type: permit_ended",
    "type: interim_permit",
    "type: removal_ordered",
    "type: removal_suspended",
    "type: age_doubted",
    "type: age_assessment_result, result: adult, methods: [interview], experts: [a, b]",
    "type: age_assessment_result, result: adult, methods: [dental], experts: [a, b]",
    "type: age_assessment_result, result: inconclusive",
    "type: age_assessment_result, result: child",
    "type: age_challenged",
    "type: age_challenge_decided, outcome: adult",
    "type: age_challenge_decided, outcome: child",
    "type: advocate_allocated, kind: interim",
    "type: advocate_allocated, kind: guardian",
    "type: advocate_ended",
    "type: handover",
    "type: service, service: accommodation, phase: started, kind: safe",
    "type: service, service: accommodation, phase: refused",
    "type: service, service: legal_advice, phase: started",
    "type: assessment, kind: vulnerability",
    "type: assessment, kind: bic",
    "type: plan",
    "type: contact, kind: in_person",
    "type: missing",
    "type: returned",
    "type: closed, reason: other",
    "type: reopened",
    "type: nobody_knows_this",
};
enum { POOL = sizeof pool / sizeof *pool, PERSONS = sizeof persons / sizeof *persons };

struct history {
    const char *person;
    unsigned count;
    unsigned events[16];
    char at[16][40];
};

static void random_time(char *text, size_t room)
{
    unsigned kind = random_below(12), month = random_below(8);
    unsigned day = 1 + random_below(28), hour = random_below(24);
    static const char *const months[] = {"2025-10", "2025-11", "2025-12", "2026-01",
                                         "2026-02", "2026-03", "2026-03", "2026-04"};
    if (kind == 0)
        text[0] = '\0';
    else if (kind < 4)
        snprintf(text, room, "at: %s-%02u, ", months[month], day);
    else
        snprintf(text, room, "at: %s-%02uT%02u:30%s, ", months[month], day, hour,
                 kind % 2 ? "+01:00" : "Z");
}

static void random_history(struct history *history)
{
    history->person = persons[random_below(PERSONS)];
    history->count = random_below(14);
    for (unsigned i = 0; i < history->count; i++) {
        history->events[i] = random_below(POOL);
        random_time(history->at[i], sizeof history->at[i]);
    }
}

/* The history as YAML, with MORE facts of the person and MORE_EVENTS. */
static void write_history(const struct history *history, const char *more, const char *more_events,
                          struct nrm_buffer *yaml)
{
    nrm_buffer_clear(yaml);
    nrm_buffer_printf(yaml, "{person: {%s%s}, events: [", history->person, more);
    for (unsigned i = 0; i < history->count; i++)
        nrm_buffer_printf(yaml, "{%s%s}, ", history->at[i], pool[history->events[i]]);
    nrm_buffer_printf(yaml, "%s]}", more_events);
}

/* Everything that is said of the case, but for the names in EXCEPT. */
static void describe(struct harness *harness, const char *const *except, struct nrm_buffer *answer)
{
    const struct nrm_names *names = nrm_rules_names(harness->rules);
    const struct nrm_due *dues;
    nrm_buffer_clear(answer);
    for (size_t i = 0; i < names->count; i++) {
        bool left_out = strncmp(names->names[i], "setting_", 8) == 0;
        for (const char *const *name = except; *name; name++)
            left_out = left_out || strcmp(*name, names->names[i]) == 0;
        if (!left_out)
            nrm_buffer_printf(answer, "%s=%s ", names->names[i],
                              harness_value(harness, names->names[i]));
    }
    size_t count = nrm_clocks(&harness->standing, NULL, &dues);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(dues[i].clock->id, "residence_permit") == 0)
            continue;
        nrm_buffer_printf(answer, "%s:%d:", dues[i].clock->id, dues[i].state);
        nrm_time_text(&dues[i].due, harness->standing.profile->calendar.zone, answer);
    }
}

static bool counts(const struct harness *harness, const char *type, const char *field,
                   const char *word)
{
    for (size_t i = 0; i < harness->standing.moment_count; i++) {
        const struct nrm_event *event = harness->standing.moments[i].event;
        if (event && event->type && strcmp(event->type->name, type) == 0 &&
            nrm_str_is(nrm_node_text(nrm_node_get(event->node, nrm_str(field))), word))
            return true;
    }
    return false;
}

/* No positive status without a positive decision. */
static void check_positive(struct harness *harness, const char *yaml)
{
    const char *identification = harness_value(harness, "identification");
    bool second = counts(harness, "stage2_decision", "outcome", "positive") ||
                  counts(harness, "reconsideration_decided", "outcome", "overturned") ||
                  counts(harness, "appeal_decided", "outcome", "allowed");
    bool first = second || counts(harness, "stage1_decision", "outcome", "positive") ||
                 counts(harness, "appeal_decided", "outcome", "remitted");
    if (strcmp(identification, "victim") == 0)
        cr_assert(second, "%s", yaml);
    if (strcmp(identification, "presumed") == 0)
        cr_assert(first, "%s", yaml);
}

/* Nobody leaves the child track but by birth date or a settled finding. */
static void check_track(const struct harness *harness, const char *yaml)
{
    for (size_t i = 0; i < harness->standing.moment_count; i++) {
        const struct nrm_moment *moment = &harness->standing.moments[i];
        if (!moment->child_before || moment->child_after || !moment->event)
            continue;
        cr_assert_str_eq(moment->event->type->name, "remedies_exhausted", "%s", yaml);
    }
}

/* Whatever is owed to a presumed victim has its clock. */
static void check_owed(struct harness *harness, const char *yaml)
{
    static const char *const owed[] = {"rr_start",      "rr_end",        "stage2_decision",
                                       "accommodation", "urgent_health", "emergency_kit",
                                       "legal_advice",  "nrm_referral"};
    const struct nrm_due *dues;
    if (strcmp(harness_value(harness, "identification"), "presumed") != 0)
        return;
    size_t count = nrm_clocks(&harness->standing, NULL, &dues);
    for (size_t i = 0; i < sizeof owed / sizeof *owed; i++) {
        bool found = false;
        for (size_t j = 0; j < count; j++)
            found = found || strcmp(dues[j].clock->id, owed[i]) == 0;
        cr_assert(found, "no clock %s: %s", owed[i], yaml);
    }
}

/* Co-operation changes nothing but its own record; nationality and residence status change neither
 * identification nor the period nor a service. */
static void check_irrelevant(struct harness *harness, const struct history *history,
                             struct nrm_buffer *yaml)
{
    static const char *const but_cooperation[] = {"cooperation", NULL};
    static const char *const but_stay[] = {"stay", "removal_barred", NULL};
    static const char *const choices[] = {"yes", "no", "withdrawn", "undecided"};
    static const char *const facts[] = {", nationality: [NGA], residence_status: irregular",
                                        ", nationality: [POL], residence_status: citizen",
                                        ", residence_status: asylum_seeker"};
    struct nrm_buffer plain = {0}, changed = {0};
    char event[120];
    describe(harness, but_cooperation, &plain);
    snprintf(event, sizeof event, "{at: 2026-0%u-1%uT10:00Z, type: cooperation, choice: %s}",
             1 + random_below(3), random_below(10), choices[random_below(4)]);
    write_history(history, "", event, yaml);
    harness_case(harness, yaml->text);
    describe(harness, but_cooperation, &changed);
    cr_assert_str_eq(plain.text, changed.text, "%s", yaml->text);

    write_history(history, "", "", yaml);
    harness_case(harness, yaml->text);
    describe(harness, but_stay, &plain);
    write_history(history, facts[random_below(3)], "", yaml);
    harness_case(harness, yaml->text);
    describe(harness, but_stay, &changed);
    cr_assert_str_eq(plain.text, changed.text, "%s", yaml->text);
    nrm_buffer_free(&plain);
    nrm_buffer_free(&changed);
}

Test(properties, of_random_histories, .timeout = 600)
{
    struct harness harness;
    struct nrm_buffer yaml = {0};
    int rounds = getenv("NRM_INSTRUMENTED") ? 20000 : 100000;
    harness_start(&harness, NOW, NULL);
    cr_assert(harness.rules, "%s", harness.messages.text);
    for (int round = 0; round < rounds; round++) {
        struct history history;
        random_history(&history);
        write_history(&history, "", "", &yaml);
        nrm_buffer_clear(&harness.messages);
        harness_case(&harness, yaml.text);
        check_positive(&harness, yaml.text);
        check_track(&harness, yaml.text);
        check_owed(&harness, yaml.text);
        check_irrelevant(&harness, &history, &yaml);
    }
    nrm_buffer_free(&yaml);
    harness_end(&harness);
}
