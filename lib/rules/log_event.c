/* Looking at a step before it is logged; see log_event.h. The case is folded without and with the
 * new event; the steps that the event takes are what the machine says about it. */
#include "rules/log_event.h"

#include "rules/fold.h"
#include "rules/history.h"

struct look {
    struct nrm_log *log;
    const struct nrm_machine *machine;
    struct nrm_arena *arena;
    struct nrm_objection *objections;
    size_t count, room;
};

static void object(struct look *look, const struct nrm_event *event, const char *text,
                   const char *source)
{
    if (look->count == look->room) {
        look->room = look->room ? 2 * look->room : 8;
        struct nrm_objection *more = nrm_arena_array(look->arena, look->room, sizeof *more);
        if (look->count)
            memcpy(more, look->objections, look->count * sizeof *more);
        look->objections = more;
    }
    look->objections[look->count++] = (struct nrm_objection){text, source, event};
}

/* --- an event that leads nowhere --- */

/* The state of a region just before MOMENT. */
static size_t state_before(const struct nrm_standing *standing, const struct nrm_moment *moment,
                           const struct nrm_region *region)
{
    size_t state = 0;
    for (size_t i = 0; i < moment->first_step; i++) {
        const struct nrm_step *step = &standing->steps[i];
        if (step->row && strcmp(step->row->region, region->name) == 0)
            state = step->to;
    }
    return state;
}

/* What a row lacks to be chosen, as far as the event itself tells: the field that its condition
 * asks for. The states of the case are left open. */
static enum nrm_truth row_asks(const struct look *look, const struct nrm_transition *row,
                               const char **missing)
{
    struct nrm_scope scope = look->log->after.scope;
    *missing = NULL;
    scope.event = look->log->event;
    scope.values = NULL;
    return row->when ? nrm_condition_holds(row->when, &scope, missing) : NRM_TRUE;
}

/* The field of the event that is missing before anything can be told; NULL: none is. */
static const struct nrm_field *missing_field(const struct look *look,
                                             const struct nrm_transition_list *list)
{
    const struct nrm_event_type *type = look->log->event->type;
    const char *own = nrm_arena_printf(look->arena, "%s.", type->name);
    size_t length = strlen(own);
    for (size_t i = 0; i < list->count; i++) {
        const char *missing;
        if (row_asks(look, &list->rows[i], &missing) == NRM_CANNOT_TELL && missing &&
            strncmp(missing, own, length) == 0)
            return nrm_event_field_find(type, nrm_str(missing + length));
    }
    return NULL;
}

static void object_missing(struct look *look, const struct nrm_field *field)
{
    struct nrm_buffer text = {0};
    nrm_buffer_printf(&text, "without %s it cannot be told which step this is", field->path);
    for (size_t i = 0; field->vocabulary && i < field->vocabulary->count; i++)
        nrm_buffer_printf(&text, "%s%s=%s", i ? " or " : "; give ", field->path,
                          field->vocabulary->words[i]);
    object(look, look->log->event, nrm_arena_copy(look->arena, text.text, text.length),
           "nrm-machine(7)");
    nrm_buffer_free(&text);
}

static void add_states(struct nrm_buffer *text, const struct nrm_region *region, uint64_t states)
{
    const char *joint = "";
    for (size_t i = 0; i < region->count; i++)
        if (states >> i & 1) {
            nrm_buffer_printf(text, "%s%s", joint, region->states[i]);
            joint = ", ";
        }
}

/* From which states an event like this one leads on, in the region that its first row is about. */
static void object_nowhere(struct look *look, const struct nrm_standing *standing,
                           const struct nrm_moment *moment, const struct nrm_transition_list *list)
{
    struct nrm_buffer text = {0};
    size_t index = list->rows[0].region;
    uint64_t states = 0;
    const char *missing;
    for (size_t i = 0; i < list->count; i++)
        if (list->rows[i].region == index &&
            row_asks(look, &list->rows[i], &missing) != NRM_FALSE &&
            (moment->child_before ? list->rows[i].child : list->rows[i].adult))
            states |= list->rows[i].from;
    const struct nrm_region *region = &look->machine->regions[index];
    nrm_buffer_printf(&text, "%s leads nowhere from where the case stands (%s: %s)",
                      moment->event->type->name, region->name,
                      region->states[state_before(standing, moment, region)]);
    if (states) {
        nrm_buffer_printf(&text, "; it leads on from ");
        add_states(&text, region, states);
    }
    object(look, moment->event, nrm_arena_copy(look->arena, text.text, text.length),
           "nrm-machine(7)");
    nrm_buffer_free(&text);
}

/* --- steps --- */

static void look_at_step(struct look *look, const struct nrm_moment *moment,
                         const struct nrm_step *step)
{
    if (step->row && step->guard == NRM_TRUE)
        return;
    const struct nrm_transition_list *list = nrm_machine_rows(look->machine, moment->event->type);
    if (step->row) {
        object(look, moment->event, step->row->message,
               nrm_arena_printf(look->arena, "%s; %s", step->row->id, step->row->source));
        return;
    }
    const struct nrm_field *field =
        moment->event == look->log->event ? missing_field(look, list) : NULL;
    if (field)
        object_missing(look, field);
    else
        object_nowhere(look, &look->log->after, moment, list);
}

/* A void that reaches nothing does nothing. */
static void look_at_void(struct look *look)
{
    const struct nrm_log *log = look->log;
    const struct nrm_case *c = log->after.scope.c;
    if (strcmp(log->event->type->name, "void") != 0)
        return;
    ptrdiff_t target = nrm_void_target(c, log->event);
    if (target < 0)
        object(look, log->event,
               "this voids no event, or one that cannot be told apart from another; name one event "
               "by its id or its place in the list",
               "nrm-case(5)");
    else if (log->before.left_out[target] == NRM_VOIDED)
        object(look, log->event,
               "that event is void already; to make it count again, void the void", "nrm-case(5)");
}

/* How often the steps of each event of the case are not as they should be. */
static uint8_t *count_faults(const struct nrm_standing *standing, struct nrm_arena *arena)
{
    const struct nrm_case *c = standing->scope.c;
    uint8_t *faults = nrm_arena_array(arena, c->event_count + 1, 1);
    for (size_t i = 0; i < standing->moment_count; i++) {
        const struct nrm_moment *moment = &standing->moments[i];
        for (size_t k = 0; moment->event && k < moment->step_count; k++) {
            const struct nrm_step *step = &standing->steps[moment->first_step + k];
            if (!step->row || step->guard != NRM_TRUE)
                faults[moment->event - c->events]++;
        }
    }
    return faults;
}

/* Steps of other events that were as they should be and would not be any more. */
static void look_at_others(struct look *look)
{
    const struct nrm_log *log = look->log;
    const struct nrm_case *c = log->after.scope.c;
    const uint8_t *before = count_faults(&log->before, look->arena);
    const uint8_t *after = count_faults(&log->after, look->arena);
    for (size_t i = 0; i < log->after.moment_count; i++) {
        const struct nrm_moment *moment = &log->after.moments[i];
        if (!moment->event || moment->event == log->event)
            continue;
        ptrdiff_t event = moment->event - c->events;
        for (size_t k = 0; after[event] > before[event] && k < moment->step_count; k++)
            look_at_step(look, moment, &log->after.steps[moment->first_step + k]);
    }
}

static void look_at_event(struct look *look)
{
    const struct nrm_standing *standing = &look->log->after;
    look_at_void(look);
    for (size_t i = 0; i < standing->moment_count; i++) {
        const struct nrm_moment *moment = &standing->moments[i];
        for (size_t k = 0; moment->event == look->log->event && k < moment->step_count; k++)
            look_at_step(look, moment, &standing->steps[moment->first_step + k]);
    }
}

void nrm_log_look(const struct nrm_machine *machine, const struct nrm_profile *profile,
                  const struct nrm_case *before, const struct nrm_case *after, struct nrm_time now,
                  struct nrm_log *log)
{
    *log = (struct nrm_log){.event = &after->events[after->event_count - 1]};
    struct look look = {.log = log, .machine = machine, .arena = after->arena};
    const struct nrm_zone *zone = profile->calendar.zone;
    int64_t first = nrm_time_first(&log->event->at, zone);
    log->planned = first > now.utc;
    if (log->planned)
        now = nrm_time_at(first, zone);
    log->before.profile = log->after.profile = profile;
    nrm_fold(machine, before, now, &log->before);
    nrm_fold(machine, after, now, &log->after);
    look_at_event(&look);
    log->objections = look.objections;
    log->objection_count = look.count;
    look.objections = NULL;
    look.count = look.room = 0;
    look_at_others(&look);
    log->consequences = look.objections;
    log->consequence_count = look.count;
}

/* --- changes --- */

static const char *value_text(struct nrm_arena *arena, const struct nrm_standing *standing,
                              int name)
{
    const struct nrm_value *value = nrm_standing_value(standing, name);
    struct nrm_buffer text = {0};
    if (value->kind == NRM_VALUE_UNKNOWN)
        return "unknown";
    nrm_value_text(value, standing->profile->calendar.zone, &text);
    const char *copy = nrm_arena_copy(arena, text.text, text.length);
    nrm_buffer_free(&text);
    return copy;
}

size_t nrm_log_changes(struct nrm_rules *rules, const struct nrm_log *log,
                       const struct nrm_change **changes)
{
    static const char *const names[] = {
        "track",    "age",       "identification", "rr",          "stay",       "support",
        "guardian", "challenge", "removal_barred", "cooperation", "whereabouts"};
    enum { NAMES = sizeof names / sizeof *names };
    struct nrm_arena *arena = log->after.scope.c->arena;
    struct nrm_change *list = nrm_arena_array(arena, NAMES, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < NAMES; i++) {
        int name = nrm_rules_name(rules, nrm_str(names[i]));
        const char *from = value_text(arena, &log->before, name);
        const char *to = value_text(arena, &log->after, name);
        if (strcmp(from, to) != 0)
            list[count++] = (struct nrm_change){names[i], from, to};
    }
    *changes = list;
    return count;
}
