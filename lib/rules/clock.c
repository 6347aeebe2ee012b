/* Clocks; see clock.h. One pass over the moments for each clock of the profile. */
#include "rules/clock.h"

#include "rules/period.h"

struct run {
    const struct nrm_standing *standing;
    const struct nrm_clock *clock;
    const struct nrm_zone *zone;
    struct nrm_scope scope; /* of one event at a time */
    bool armed;             /* its start has come, while the track had no such clock */
    bool open;              /* started for the present track */
    bool ended;             /* done or waived: a change of track moves nothing */
    bool waived;            /* no longer owed since it began */
    bool refused;           /* refused or not needed, which still counts when it runs anew */
    bool implied;           /* a later step is on record */
    bool unsure;            /* whether a stop matches could not be told */
    struct nrm_time start, due, stop;
    struct nrm_time until; /* of the event that started it */
    bool paused;           /* since PAUSED_AT it stands still */
    struct nrm_time paused_at;
    bool stopped;   /* STOP is that of this run, or an earlier one that counts */
    bool seen_stop; /* some stop is on record */
    const char *missing;
};

static bool is_known(const struct nrm_time *time)
{
    return time->precision != NRM_TIME_UNKNOWN;
}

static bool matches_mark(const struct nrm_patterns *patterns, const struct nrm_moment *moment)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (patterns->patterns[i].mark >= 0 && moment->marks >> patterns->patterns[i].mark & 1)
            return true;
    return false;
}

static bool matches_event(struct run *run, const struct nrm_patterns *patterns,
                          const struct nrm_moment *moment, bool *unsure)
{
    for (size_t i = 0; i < patterns->count; i++) {
        const struct nrm_pattern *pattern = &patterns->patterns[i];
        if (pattern->mark >= 0)
            continue;
        if (!moment->event || !moment->event->type)
            continue;
        size_t type = (size_t)(moment->event->type - nrm_event_types);
        if (!(pattern->types[type / 64] >> (type % 64) & 1))
            continue;
        enum nrm_truth truth = NRM_TRUE;
        if (pattern->where) {
            run->scope.event = moment->event;
            truth = nrm_condition_holds(pattern->where, &run->scope, unsure ? &run->missing : NULL);
        }
        if (truth == NRM_TRUE)
            return true;
        if (truth == NRM_CANNOT_TELL && unsure)
            *unsure = true;
    }
    return false;
}

static bool matches(struct run *run, const struct nrm_patterns *patterns,
                    const struct nrm_moment *moment)
{
    return matches_mark(patterns, moment) || matches_event(run, patterns, moment, NULL);
}

static struct nrm_time due_from(const struct run *run, const struct nrm_time *start,
                                enum nrm_track track, const struct nrm_time *rr_end)
{
    const struct nrm_amount *amount = &run->clock->amounts[track];
    if (amount->kind == NRM_AMOUNT_RR_END)
        return *rr_end;
    if (amount->kind == NRM_AMOUNT_MAJORITY)
        return run->standing->majority;
    if (amount->kind == NRM_AMOUNT_UNTIL)
        return run->until;
    if (!is_known(start) || amount->kind == NRM_AMOUNT_NONE)
        return (struct nrm_time){0};
    return nrm_time_add(start, amount->duration, &run->standing->profile->calendar);
}

static bool exists(const struct run *run, enum nrm_track track)
{
    return run->clock->amounts[track].kind != NRM_AMOUNT_NONE;
}

/* Begin to run, or run anew. */
static void begin(struct run *run, const struct nrm_time *start, enum nrm_track track, bool anew)
{
    run->armed = true;
    if (exists(run, track) || !run->open)
        run->start = *start;
    if (anew && run->seen_stop && !run->clock->keeps_stop && run->open)
        run->stopped = run->seen_stop = false;
    run->waived = run->refused && run->clock->keeps_stop;
    if (!exists(run, track))
        return;
    run->open = true;
    run->stopped = run->seen_stop;
    run->due = due_from(run, start, track, &run->due);
}

static struct nrm_time start_time(const struct run *run, const struct nrm_moment *moment)
{
    if (run->clock->counts_from && moment->event) {
        struct nrm_time time = nrm_event_time(moment->event, run->clock->counts_from);
        if (is_known(&time))
            return time;
    }
    return moment->at;
}

/* What a change of track does (case model, change of track): an open clock is due at the earlier of
 * its due and now plus the child's amount; one that only children have starts; what only adults
 * have is no longer owed. Leaving the child track takes nothing away. */
static void change_track(struct run *run, const struct nrm_moment *moment)
{
    enum nrm_track track = moment->child_after ? NRM_CHILD : NRM_ADULT;
    bool running = run->open && !run->stopped && !run->waived;
    if (!run->armed)
        return;
    if (!run->open) {
        if (exists(run, track))
            begin(run, &moment->at, track, false);
        return;
    }
    if (!running || track == NRM_ADULT || run->clock->minimum)
        return;
    if (!exists(run, NRM_CHILD)) {
        run->waived = true;
        return;
    }
    struct nrm_time due = due_from(run, &moment->at, NRM_CHILD, &run->due);
    if (is_known(&due) && (!is_known(&run->due) ||
                           nrm_time_last(&due, run->zone) < nrm_time_last(&run->due, run->zone)))
        run->due = due;
}

/* The due moves by as long as the clock stood still: by days where it is a date, else by seconds.
 */
static void resume(struct run *run, const struct nrm_time *at)
{
    run->paused = false;
    if (!is_known(&run->due) || !is_known(at) || !is_known(&run->paused_at))
        return;
    int64_t from = nrm_time_first(&run->paused_at, run->zone);
    int64_t to = nrm_time_first(at, run->zone);
    if (run->due.precision == NRM_TIME_SECOND)
        run->due = nrm_time_at(run->due.utc + (to - from), run->zone);
    else
        run->due.day += nrm_zone_day(run->zone, to) - nrm_zone_day(run->zone, from);
}

static void pause_or_resume(struct run *run, const struct nrm_moment *moment)
{
    if (!run->open || run->stopped)
        return;
    if (!run->paused && matches(run, &run->clock->pause, moment)) {
        run->paused = true;
        run->paused_at = moment->at;
    } else if (run->paused && matches(run, &run->clock->resume, moment)) {
        resume(run, &moment->at);
    }
}

static void meet(struct run *run, const struct nrm_moment *moment)
{
    const struct nrm_clock *clock = run->clock;
    enum nrm_track track = moment->child_after ? NRM_CHILD : NRM_ADULT;
    bool first = !run->armed || clock->repeats;
    bool open_end = run->open && !run->stopped && clock->amounts[track].kind == NRM_AMOUNT_RR_END;
    if (open_end)
        run->due = moment->rr_end_before;
    if (moment->child_before != moment->child_after)
        change_track(run, moment);
    bool stops = matches_event(run, &clock->stop, moment, &run->unsure);
    bool anew = matches(run, &clock->anew, moment);
    bool refused = matches_event(run, &clock->waive, moment, NULL);
    run->refused = run->refused || refused;
    if (anew || (first && (matches(run, &clock->start, moment) ||
                           (track == NRM_CHILD && matches(run, &clock->start_child, moment))))) {
        struct nrm_time start = start_time(run, moment);
        run->until = moment->event ? nrm_event_time(moment->event, "until") : (struct nrm_time){0};
        begin(run, &start, track, anew);
    }
    if (matches(run, &clock->implied_by, moment))
        run->implied = true;
    pause_or_resume(run, moment);
    if (stops && !run->seen_stop) {
        run->stop = moment->at;
        run->seen_stop = true;
        run->stopped = run->open;
    }
    if (run->armed && (refused || matches_mark(&clock->waive, moment)))
        run->waived = true;
}

/* A done without an hour is judged at both ends of its day. */
static enum nrm_due_state judge_done(const struct run *run, struct nrm_due *due)
{
    int64_t limit = nrm_due_instant(due, run->zone);
    if (!is_known(&due->done) || !is_known(&due->start)) {
        due->missing = is_known(&due->start) ? "at" : due->missing;
        return NRM_DUE_UNKNOWN;
    }
    bool first_in_time = nrm_time_first(&due->done, run->zone) <= limit;
    bool last_in_time = nrm_time_last(&due->done, run->zone) <= limit;
    if (first_in_time != last_in_time) {
        due->whole_day = true;
        return NRM_DUE_UNKNOWN;
    }
    return last_in_time ? NRM_DUE_MET : NRM_DUE_LATE;
}

static enum nrm_due_state judge_open(const struct run *run, struct nrm_due *due,
                                     const struct nrm_duration *warn)
{
    int64_t now = run->standing->scope.now.utc;
    int64_t limit = nrm_due_instant(due, run->zone);
    if (!is_known(&due->start) && !is_known(&due->due)) {
        due->missing = "at";
        return NRM_DUE_UNKNOWN;
    }
    if (limit == INT64_MAX || run->paused)
        return NRM_DUE_PENDING;
    if (now > limit)
        return run->clock->minimum ? NRM_DUE_MET : NRM_DUE_OVERDUE;
    struct nrm_time soon = nrm_time_add(&run->standing->scope.now, warn ? *warn : run->clock->warn,
                                        &run->standing->profile->calendar);
    return nrm_time_last(&soon, run->zone) >= limit ? NRM_DUE_SOON : NRM_DUE_PENDING;
}

static bool judge(struct run *run, const struct nrm_duration *warn, struct nrm_due *due)
{
    const char *missing = NULL;
    enum nrm_track track = run->standing->child_track ? NRM_CHILD : NRM_ADULT;
    enum nrm_truth applies =
        run->clock->applies
            ? nrm_condition_holds(run->clock->applies, &run->standing->scope, &missing)
            : NRM_TRUE;
    bool start_lost = !run->armed && exists(run, track) && (run->seen_stop || run->implied);
    if (applies == NRM_FALSE || !(run->open || start_lost))
        return false;
    *due = (struct nrm_due){.clock = run->clock, .start = run->start, .due = run->due};
    uint8_t unit = run->clock->amounts[track].duration.unit;
    due->whole_day = run->clock->amounts[track].kind == NRM_AMOUNT_DURATION &&
                     (unit == NRM_HOURS || unit == NRM_MINUTES) && is_known(&run->start) &&
                     run->start.precision != NRM_TIME_SECOND;
    if (run->seen_stop)
        due->done = run->stop;
    if (start_lost) {
        due->state = NRM_DUE_UNKNOWN;
        due->missing = "start";
    } else if (run->stopped) {
        due->state = (uint8_t)judge_done(run, due);
    } else if (run->waived) {
        due->state = NRM_DUE_WAIVED;
    } else {
        due->state = (uint8_t)judge_open(run, due, warn);
        if ((applies == NRM_CANNOT_TELL || run->unsure) && due->state != NRM_DUE_MET) {
            due->state = NRM_DUE_UNKNOWN;
            due->missing = missing ? missing : run->missing;
        }
    }
    return true;
}

/* Whether MOMENT can move the clock at all: most cannot. */
static bool concerns(const struct nrm_clock *clock, const struct nrm_moment *moment)
{
    if (clock->marks & moment->marks || moment->child_before != moment->child_after)
        return true;
    if (!moment->event || !moment->event->type)
        return false;
    size_t type = (size_t)(moment->event->type - nrm_event_types);
    return clock->types[type / 64] >> (type % 64) & 1;
}

static bool run_clock(const struct nrm_standing *standing, const struct nrm_clock *clock,
                      const struct nrm_duration *warn, struct nrm_due *due)
{
    struct run run = {
        .standing = standing,
        .clock = clock,
        .zone = standing->profile->calendar.zone,
        .scope = standing->scope,
    };
    for (size_t i = 0; i < standing->moment_count; i++)
        if (concerns(clock, &standing->moments[i]))
            meet(&run, &standing->moments[i]);
    enum nrm_track track = standing->child_track ? NRM_CHILD : NRM_ADULT;
    if (run.open && !run.stopped && clock->amounts[track].kind == NRM_AMOUNT_RR_END)
        run.due = standing->rr_end;
    return judge(&run, warn, due);
}

size_t nrm_clocks(const struct nrm_standing *standing, const struct nrm_duration *warn,
                  const struct nrm_due **dues)
{
    const struct nrm_profile *profile = standing->profile;
    struct nrm_due *found =
        nrm_arena_array(standing->scope.c->arena, profile->clock_count, sizeof *found);
    size_t count = 0;
    for (size_t i = 0; i < profile->clock_count; i++)
        if (run_clock(standing, &profile->clocks[i], warn, &found[count]))
            count++;
    *dues = found;
    return count;
}

const char *nrm_due_state_text(enum nrm_due_state state)
{
    static const char *const texts[] = {"pending", "soon",   "overdue", "met",
                                        "late",    "waived", "unknown"};
    return texts[state];
}

int64_t nrm_due_instant(const struct nrm_due *due, const struct nrm_zone *zone)
{
    return is_known(&due->due) ? nrm_time_last(&due->due, zone) : INT64_MAX;
}
