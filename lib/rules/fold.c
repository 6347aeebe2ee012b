/* The fold; see fold.h. Total: whatever the history holds, every event is met, and a step that the
 * machine does not foresee is kept as such. */
#include "rules/fold.h"

#include "rules/history.h"

struct fold {
    const struct nrm_machine *machine;
    const struct nrm_profile *profile;
    const struct nrm_case *c;
    struct nrm_standing *standing;
    struct nrm_value *values; /* of the machine's names */
    uint8_t state[NRM_REGIONS], before[NRM_REGIONS];
    struct nrm_period period;
    struct nrm_moment *moments;
    struct nrm_step *steps;
};

static struct nrm_value string_value(const char *text)
{
    return (struct nrm_value){.kind = NRM_VALUE_STRING, .string = nrm_str(text)};
}

static struct nrm_value time_value(const struct nrm_time *time)
{
    if (time->precision == NRM_TIME_UNKNOWN)
        return (struct nrm_value){.kind = NRM_VALUE_UNKNOWN, .missing = "rr_granted.at"};
    return (struct nrm_value){.kind = NRM_VALUE_TIME, .time = *time};
}

/* The value of a derived name: the first row that holds. Rows that cannot be told before it leave
 * the answer open, unless they would have said the same. */
static void derive(struct fold *fold, int name)
{
    const struct nrm_machine *machine = fold->machine;
    const char *open = NULL; /* what rows that cannot be told would have said */
    const char *missing = NULL, *lacks;
    struct nrm_value *value = &fold->values[name];
    bool differs = false;
    *value = (struct nrm_value){.kind = NRM_VALUE_UNKNOWN};
    for (size_t i = 0; i < machine->derived_count; i++) {
        const struct nrm_derived *row = &machine->derived[i];
        if (row->name != name)
            continue;
        lacks = NULL;
        enum nrm_truth truth = nrm_condition_holds(row->when, &fold->standing->scope, &lacks);
        if (truth == NRM_FALSE)
            continue;
        const char *says = nrm_derived_rows[i].value;
        if (open && strcmp(open, says) != 0)
            differs = true;
        if (truth == NRM_CANNOT_TELL) {
            missing = missing ? missing : lacks;
            open = says;
            continue;
        }
        if (!differs)
            *value = row->value;
        break;
    }
    if (value->kind == NRM_VALUE_UNKNOWN)
        value->missing = missing;
}

/* The value of a derived name whose rows are collected into a list; "none" where none holds. */
static void derive_list(struct fold *fold, int name)
{
    const struct nrm_machine *machine = fold->machine;
    struct nrm_value *items =
        nrm_arena_array(fold->c->arena, machine->derived_count + 1, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < machine->derived_count; i++) {
        const struct nrm_derived *row = &machine->derived[i];
        if (row->name == name &&
            nrm_condition_holds(row->when, &fold->standing->scope, NULL) == NRM_TRUE)
            items[count++] = row->value;
    }
    if (!count)
        items[count++] = string_value("none");
    fold->values[name] =
        (struct nrm_value){.kind = NRM_VALUE_LIST, .list = {.values = items, .count = count}};
}

static void derive_all(struct fold *fold)
{
    const struct nrm_machine *machine = fold->machine;
    int done = -1;
    fold->values[machine->rr_over] = (struct nrm_value){
        .kind = NRM_VALUE_BOOLEAN,
        .boolean = nrm_period_is_over(&fold->period, fold->profile, fold->standing->scope.now.utc)};
    for (size_t i = 0; i < machine->derived_count; i++) {
        const struct nrm_derived *row = &machine->derived[i];
        if (row->name == done)
            continue;
        done = row->name;
        if (row->collects)
            derive_list(fold, row->name);
        else
            derive(fold, row->name);
    }
}

static bool on_child_track(const struct fold *fold)
{
    const struct nrm_value *track = &fold->values[fold->machine->track];
    return !(track->kind == NRM_VALUE_STRING && nrm_str_is(track->string, "adult"));
}

static void set_region_value(struct fold *fold, size_t region)
{
    fold->values[region] = string_value(fold->machine->regions[region].states[fold->state[region]]);
}

static void set_period_values(struct fold *fold)
{
    fold->values[fold->machine->rr_end] = time_value(&fold->period.end);
    fold->values[fold->machine->rr_minimum] = time_value(&fold->period.minimum);
}

/* The rows that an event takes: at most one for each region, the first that fits. All see the case
 * as it stood before the event; FOLD->state moves only afterwards. */
static size_t choose_rows(struct fold *fold, const struct nrm_transition_list *list,
                          const struct nrm_transition **chosen, struct nrm_step *steps)
{
    const struct nrm_scope *scope = &fold->standing->scope;
    bool child = on_child_track(fold);
    uint32_t taken = 0;
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct nrm_transition *row = &list->rows[i];
        uint8_t state = fold->state[row->region];
        if (taken & UINT32_C(1) << row->region || !(row->from >> state & 1) ||
            !(child ? row->child : row->adult))
            continue;
        if (row->when && nrm_condition_holds(row->when, scope, NULL) != NRM_TRUE)
            continue;
        taken |= UINT32_C(1) << row->region;
        enum nrm_truth guard = row->guard ? nrm_condition_holds(row->guard, scope, NULL) : NRM_TRUE;
        bool held = row->protective && guard != NRM_TRUE;
        steps[count] = (struct nrm_step){
            .row = row->row,
            .held = held,
            .moved = !held && row->to != NRM_SAME_STATE,
            .from = state,
            .to = state,
            .guard = (uint8_t)guard,
        };
        chosen[count++] = row;
    }
    return count;
}

static void move(struct fold *fold, const struct nrm_transition *row, struct nrm_step *step,
                 struct nrm_moment *moment)
{
    if (step->held)
        return;
    moment->marks |= row->marks;
    if (!step->moved)
        return;
    uint8_t region = row->region;
    step->to = row->to == NRM_STATE_BEFORE ? fold->before[region] : (uint8_t)row->to;
    if (step->to != step->from)
        fold->before[region] = step->from;
    if (strcmp(fold->machine->regions[region].states[step->from], "closed") == 0)
        moment->marks |= fold->machine->case_reopened;
    fold->state[region] = step->to;
    set_region_value(fold, region);
}

static bool reflection_is(const struct fold *fold, const char *state)
{
    size_t region = (size_t)fold->machine->reflection;
    return strcmp(fold->machine->regions[region].states[fold->state[region]], state) == 0;
}

/* What an event does to the recovery and reflection period; RUNNING: as it stood before. */
static void move_period(struct fold *fold, const struct nrm_moment *moment, bool running)
{
    enum nrm_track track = on_child_track(fold) ? NRM_CHILD : NRM_ADULT;
    const struct nrm_event *event = moment->event;
    if (!event || !event->type)
        return;
    if (strcmp(event->type->name, "rr_granted") == 0)
        nrm_period_granted(&fold->period, fold->profile, track, event, running);
    else if (strcmp(event->type->name, "rr_extended") == 0)
        nrm_period_extended(&fold->period, fold->profile, event);
    else if (moment->marks & fold->machine->stage1_positive && reflection_is(fold, "due"))
        nrm_period_owed(&fold->period, fold->profile, track, &event->at);
    else if (moment->marks & fold->machine->stage1_positive)
        nrm_period_owed_again(&fold->period, fold->profile, track, &event->at);
    else
        return;
    set_period_values(fold);
}

static void meet(struct fold *fold, const struct nrm_transition_list *list,
                 struct nrm_moment *moment)
{
    const struct nrm_transition *chosen[NRM_REGIONS];
    struct nrm_standing *standing = fold->standing;
    struct nrm_step *steps = &fold->steps[standing->step_count];
    uint8_t age = fold->state[fold->machine->age];
    bool running = reflection_is(fold, "running") || reflection_is(fold, "extended");
    moment->child_before = on_child_track(fold);
    moment->rr_end_before = fold->period.end;
    moment->first_step = standing->step_count;
    standing->scope.event = moment->event;
    moment->step_count = choose_rows(fold, list, chosen, steps);
    for (size_t i = 0; i < moment->step_count; i++)
        move(fold, chosen[i], &steps[i], moment);
    standing->scope.event = NULL;
    if (!moment->step_count && list->count)
        steps[moment->step_count++] = (struct nrm_step){.row = NULL};
    standing->step_count += moment->step_count;
    if (fold->state[fold->machine->age] != age)
        derive(fold, fold->machine->track);
    moment->child_after = on_child_track(fold);
    move_period(fold, moment, running);
}

/* The instant at which the person comes of age by the birth date on record; false: none is. A date
 * of reduced precision is read as its latest possible day (handbook 13.14: doubt is childhood). */
static bool majority_instant(const struct fold *fold, int64_t *instant)
{
    static const struct nrm_str path = {"person.birth_date", sizeof "person.birth_date" - 1};
    struct nrm_value birth =
        nrm_value_of_node(nrm_node_at(fold->c->root, path), nrm_field_find(path), path.text);
    if (birth.kind != NRM_VALUE_TIME)
        return false;
    int32_t birthday = nrm_birthday(nrm_time_last_day(&birth.time), fold->profile->majority);
    fold->standing->majority = (struct nrm_time){.precision = NRM_TIME_DAY, .day = birthday};
    *instant = nrm_zone_day_start(fold->profile->calendar.zone, birthday);
    return true;
}

static void come_of_age(struct fold *fold, int64_t when)
{
    struct nrm_standing *standing = fold->standing;
    struct nrm_moment *moment = &fold->moments[standing->moment_count++];
    *moment =
        (struct nrm_moment){.at = nrm_time_at(when, fold->profile->calendar.zone), .when = when};
    meet(fold, &fold->machine->lists[nrm_event_type_count + NRM_MAJORITY], moment);
}

static void begin(struct fold *fold)
{
    const struct nrm_transition *chosen[NRM_REGIONS];
    struct nrm_standing *standing = fold->standing;
    struct nrm_moment moment = {0};
    for (size_t i = 0; i < fold->machine->region_count; i++)
        set_region_value(fold, i);
    set_period_values(fold);
    fold->values[fold->machine->weight] =
        (struct nrm_value){.kind = NRM_VALUE_NUMBER, .number = fold->c->weight};
    standing->begun = choose_rows(fold, &fold->machine->lists[nrm_event_type_count + NRM_BEGIN],
                                  chosen, fold->steps);
    for (size_t i = 0; i < standing->begun; i++)
        move(fold, chosen[i], &fold->steps[i], &moment);
    standing->step_count = standing->begun;
    derive(fold, fold->machine->track);
}

/* All unknown; those of the settings are the profile's, and their room here stays untouched. */
static struct nrm_value *new_values(const struct nrm_machine *machine, struct nrm_arena *arena)
{
    size_t from = (size_t)machine->settings, behind = from + nrm_setting_row_count;
    struct nrm_value *values = nrm_arena_alloc(arena, machine->names.count * sizeof *values);
    memset(values, 0, from * sizeof *values);
    memset(values + behind, 0, (machine->names.count - behind) * sizeof *values);
    return values;
}

void nrm_fold(const struct nrm_machine *machine, const struct nrm_case *c, struct nrm_time now,
              struct nrm_standing *standing)
{
    struct nrm_history history;
    struct fold fold = {
        .machine = machine, .profile = standing->profile, .c = c, .standing = standing};
    nrm_history_of(&history, c, now.utc, fold.profile->calendar.zone);
    size_t most = history.count + 1;
    fold.values = new_values(machine, c->arena);
    fold.moments = nrm_arena_array(c->arena, most, sizeof *fold.moments);
    size_t most_steps = 2 * machine->region_count; /* at the beginning, and the birthday */
    for (size_t i = 0; i < history.count; i++)
        if (history.events[i]->type)
            most_steps += nrm_machine_rows(machine, history.events[i]->type)->regions + 1;
    fold.steps = nrm_arena_array(c->arena, most_steps, sizeof *fold.steps);
    standing->moment_count = standing->step_count = 0;
    standing->scope = (struct nrm_scope){
        .c = c,
        .events = history.events,
        .values = fold.values,
        .settings = fold.profile->settings,
        .settings_from = (size_t)machine->settings,
        .setting_count = nrm_setting_row_count,
        .calendar = &fold.profile->calendar,
        .now = now,
    };
    begin(&fold);

    int64_t majority = INT64_MAX;
    bool comes = majority_instant(&fold, &majority) && majority <= now.utc;
    for (size_t i = 0; i < history.count; i++) {
        if (comes && majority <= history.when[i]) {
            come_of_age(&fold, majority);
            comes = false;
        }
        struct nrm_moment *moment = &fold.moments[standing->moment_count++];
        *moment = (struct nrm_moment){
            .event = history.events[i], .at = history.events[i]->at, .when = history.when[i]};
        standing->scope.event_count = i;
        static const struct nrm_transition_list no_rows = {0};
        meet(&fold, moment->event->type ? nrm_machine_rows(machine, moment->event->type) : &no_rows,
             moment);
    }
    if (comes)
        come_of_age(&fold, majority);
    standing->scope.event_count = history.count;
    derive_all(&fold);
    standing->left_out = history.left_out;
    standing->child_track = on_child_track(&fold);
    standing->rr_end = fold.period.end;
    standing->rr_minimum = fold.period.minimum;
    standing->moments = fold.moments;
    standing->steps = fold.steps;
}
