/* Country profiles: profiles/NAME.yaml, nrm-profile(5). The zone, the working days, and the clocks
 * with their amounts. A profile extends another one and changes only what differs. */
#ifndef NRM_RULES_PROFILE_H
#define NRM_RULES_PROFILE_H

#include "rules/expr.h"
#include "rules/machine.h"
#include "rules/policy.h"

/* An amount of a clock for one track. */
enum nrm_amount_kind {
    NRM_AMOUNT_NONE, /* the clock does not exist for this track */
    NRM_AMOUNT_DURATION,
    NRM_AMOUNT_RR_END,  /* due when the recovery and reflection period ends */
    NRM_AMOUNT_UNTIL,   /* due at the `until` of the event that starts it */
    NRM_AMOUNT_MAJORITY /* due on the day of coming of age */
};
struct nrm_amount {
    uint8_t kind; /* enum nrm_amount_kind */
    struct nrm_duration duration;
};

struct nrm_patterns {
    const struct nrm_pattern *patterns;
    size_t count;
};

enum nrm_track { NRM_ADULT, NRM_CHILD, NRM_TRACKS };

/* One deadline. */
struct nrm_clock {
    const char *id;    /* "stage1_decision" */
    const char *label; /* for people */
    bool minimum;      /* may not end before its due; never overdue */
    bool repeats;      /* runs anew with every START; nothing stops it */
    bool keeps_stop;   /* run anew, an earlier stop still counts (a home stays a home) */
    struct nrm_patterns start,
        start_child;                   /* the first one starts it; for children also the second */
    struct nrm_patterns anew;          /* each of these starts it anew */
    struct nrm_patterns stop;          /* done */
    struct nrm_patterns waive;         /* no longer owed */
    struct nrm_patterns owed_again;    /* needed after all, though it was refused before */
    struct nrm_patterns undone_by;     /* what was done is undone: an advocate leaves */
    struct nrm_patterns implied_by;    /* later steps, which show that it must have started */
    struct nrm_patterns pause, resume; /* it stands still between these */
    uint64_t types[2], marks; /* of all these patterns: no other event or milestone moves it */
    const char *counts_from;  /* event field that holds the start, where given; or NULL */
    const struct nrm_expr *applies; /* or NULL: always */
    struct nrm_amount amounts[NRM_TRACKS];
    struct nrm_duration warn; /* this long before the due it is `soon` */
    const char *severity;     /* violation, warning, note */
    const char *source;
};

struct nrm_profile {
    const char *id;
    const char *file;
    const char *name;
    const char *source, *as_of, *warning; /* or NULL */
    struct nrm_calendar calendar;
    const char *zone_name;
    struct nrm_clock *clocks;
    size_t clock_count;
    struct nrm_screening_policy screening;
    struct nrm_value *settings; /* in the order of schema/settings.csv */
    bool from_positive;    /* the reflection period counts from stage 1 positive, not its grant */
    bool detention_counts; /* days in detention count for the reflection period */
    int32_t majority;      /* years; 18 at least */
    uint64_t closed, reopened; /* milestones: what the one waives is owed again from the other */
    const struct nrm_clock *reflection; /* the clock rr_end: how long the period is at least */
};

/* Read profile NAME (as -p takes it) with all that it extends. NULL: not found, broken, a circle in
 * `extends` (told, with the place). */
struct nrm_profile *nrm_profile_read(struct nrm_arena *arena, struct nrm_str name,
                                     const struct nrm_machine *machine, struct nrm_zones *zones,
                                     struct nrm_sink *sink);
/* The clock ID, or NULL. */
const struct nrm_clock *nrm_profile_clock(const struct nrm_profile *profile, struct nrm_str id);

#endif
