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
    bool waived;            /* no longer owed since it began */
    bool closed;            /* no longer owed as long as the case is closed */
    bool waived_by_track;   /* so because children have no such clock */
    bool child_start;       /* what starts it for children came while on the adult track */
    bool refused;           /* refused or not needed, which still counts when it runs anew */
    bool implied;           /* a later step is on record */
    bool unsure;            /* whether a stop matches could not be told */
    struct nrm_time start, due, stop;
    struct nrm_time until;  /* of the event that started it */
    struct nrm_time rr_end; /* end of the reflection period as the moment left it */
    bool paused;            /* since PAUSED_AT it stands still */
    struct nrm_time paused_at;
    bool undone;    /* what the stop gave is lost, while the track had no such clock */
    bool stopped;   /* STOP is that of this run, or an earlier one that counts */
    bool seen_stop; /* some stop is on record */
    const char *missing;
};

static bool is_known(const struct nrm_time *time)
{
    return time->precision != NRM_TIME_UNKNOWN;
}

static bool matches_mark(const struct nrm_patterns *patterns, uint64_t marks)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (patterns->patterns[i].mark >= 0 && marks >> patterns->patterns[i].mark & 1)
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
    return matches_mark(patterns, moment->marks) || matches_event(run, patterns, moment, NULL);
}

/* By the amount of TRACK, which has one. */
static struct nrm_time due_from(const struct run *run, const struct nrm_time *start,
                                enum nrm_track track)
{
    const struct nrm_amount *amount = &run->clock->amounts[track];
    if (amount->kind == NRM_AMOUNT_RR_END)
        return run->rr_end;
    if (amount->kind == NRM_AMOUNT_MAJORITY)
        return run->standing->majority;
    if (amount->kind == NRM_AMOUNT_UNTIL)
        return run->until;
    if (!is_known(start))
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
    if (!exists(run, track))
        return;
    run->waived = run->refused && run->clock->keeps_stop;
    run->open = true;
    run->stopped = run->seen_stop;
    run->due = due_from(run, start, track);
}

static struct nrm_time start_time(const struct run *run, const struct nrm_moment *moment)
{
    if (run->clock->counts_from && moment->event) {
        struct nrm_time time = nrm_event_time(moment->event, run->clock->counts_from);
        if (is_known(&time))
            return time;
        if (!is_known(&moment->at))
            return run->start;
    }
    return moment->at;
}

/* What a change of track does (case model, change of track; H03-D004 H01-D004 H05-D009): an open
 * clock is due at the earlier of its due and now plus the child's amount; one that only children
 * have starts; what only adults have is no longer owed, but for reviews that come round again.
 * Leaving the child track takes nothing away, and what only adults have is owed from then on. */
static void change_track(struct run *run, const struct nrm_moment *moment)
{
    enum nrm_track track = moment->child_after ? NRM_CHILD : NRM_ADULT;
    bool running = run->open && !run->stopped && !run->waived;
    bool starts = run->armed ? !run->open || (track == NRM_ADULT && run->waived_by_track)
                             : track == NRM_CHILD && run->child_start;
    if (starts && exists(run, track)) {
        run->waived_by_track = false;
        begin(run, &moment->at, track, false);
    }
    if (starts || !running || track == NRM_ADULT || run->clock->minimum)
        return;
    if (!exists(run, NRM_CHILD)) {
        run->waived = run->waived_by_track = !run->clock->repeats;
        return;
    }
    struct nrm_time due = due_from(run, &moment->at, NRM_CHILD);
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

/* Refused and needed after all; closed and reopened. */
static void waive_or_owe(struct run *run, const struct nrm_moment *moment, enum nrm_track track)
{
    const struct nrm_clock *clock = run->clock;
    const struct nrm_profile *profile = run->standing->profile;
    bool refused = matches_event(run, &clock->waive, moment, NULL);
    run->refused = run->refused || refused;
    if (run->refused && matches(run, &clock->owed_again, moment)) {
        run->refused = false;
        if (run->waived)
            begin(run, &moment->at, track, true);
    }
    if (run->armed && (refused || matches_mark(&clock->waive, moment->marks & ~profile->closed)))
        run->waived = true;
    if (moment->marks & profile->closed)
        run->closed = matches_mark(&clock->waive, profile->closed);
    if (moment->marks & profile->reopened && !(moment->marks & profile->closed))
        run->closed = false;
}

/* An advocate who leaves has to be replaced: the clock runs anew from there, or from the next
 * change of track to one that has it. */
static void undo(struct run *run, const struct nrm_moment *moment, bool stops, enum nrm_track track)
{
    if (stops && run->undone)
        run->stop = moment->at; /* done once more */
    if (stops)
        run->undone = false;
    else if (matches(run, &run->clock->undone_by, moment))
        run->undone = run->seen_stop;
    if (!run->undone || !run->armed || !exists(run, track))
        return;
    run->undone = run->seen_stop = run->stopped = false;
    begin(run, &moment->at, track, true);
}

/* The track by which the clock runs: one that comes round again, and is still owed past a change of
 * track, keeps the amount it has. */
static enum nrm_track own_track(const struct run *run, const struct nrm_moment *moment)
{
    enum nrm_track track = moment->child_after ? NRM_CHILD : NRM_ADULT;
    if (run->clock->repeats && run->open && !run->waived && !exists(run, track))
        return track == NRM_CHILD ? NRM_ADULT : NRM_CHILD;
    return track;
}

static bool begins(struct run *run, const struct nrm_moment *moment, enum nrm_track track)
{
    const struct nrm_clock *clock = run->clock;
    bool for_children = matches(run, &clock->start_child, moment);
    run->child_start = run->child_start || for_children;
    return (!run->armed || clock->repeats) &&
           (matches(run, &clock->start, moment) || (track == NRM_CHILD && for_children));
}

static void meet(struct run *run, const struct nrm_moment *moment)
{
    const struct nrm_clock *clock = run->clock;
    if (run->open && !run->stopped &&
        clock->amounts[moment->child_after ? NRM_CHILD : NRM_ADULT].kind == NRM_AMOUNT_RR_END)
        run->due = moment->rr_end_before;
    if (moment->child_before != moment->child_after)
        change_track(run, moment);
    enum nrm_track track = own_track(run, moment);
    bool stops = matches_mark(&clock->stop, moment->marks) ||
                 matches_event(run, &clock->stop, moment, &run->unsure);
    bool anew = matches(run, &clock->anew, moment);
    if (begins(run, moment, track) || anew) {
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
    undo(run, moment, stops, track);
    waive_or_owe(run, moment, track);
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
    } else if (run->waived || run->closed) {
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
static bool concerns(const struct nrm_standing *standing, const struct nrm_clock *clock,
                     const struct nrm_moment *moment)
{
    if ((clock->marks | standing->profile->reopened) & moment->marks ||
        moment->child_before != moment->child_after)
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
    for (size_t i = 0; i < standing->moment_count; i++) {
        if (!concerns(standing, clock, &standing->moments[i]))
            continue;
        run.rr_end = i + 1 < standing->moment_count ? standing->moments[i + 1].rr_end_before
                                                    : standing->rr_end;
        meet(&run, &standing->moments[i]);
    }
    enum nrm_track track = standing->child_track ? NRM_CHILD : NRM_ADULT;
    if (run.open && !run.stopped && clock->amounts[track].kind == NRM_AMOUNT_RR_END)
        run.due = standing->rr_end;
    if (clock == standing->profile->reflection && run.open && is_known(&standing->rr_minimum))
        run.due = standing->rr_minimum; /* as the fold reckoned it, detention and all */
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
