/* Where a case stands: the fold of its events through the state machine, at one moment. What tools
 * ask of lib/rules to answer about cases starts here: one nrm_rules for a run, one nrm_standing for
 * a case. */
#ifndef NRM_RULES_STANDING_H
#define NRM_RULES_STANDING_H

#include "rules/expr.h"

struct nrm_machine;
struct nrm_profile;
struct nrm_rules;

struct nrm_rules_options {
    struct nrm_time now; /* the moment to reckon with: an instant, or a date, which stands for the
                          * end of that day in the zone of the profile that a case is judged by */
    struct nrm_str profile; /* -p: used for every case; {NULL, 0}: each case's own, else odihr */
    struct nrm_sink *sink;
};

/* Compiles the state machine; profiles are read when a case first names them. NULL: a table or the
 * profile of the options is broken (told). Free with nrm_rules_free. */
struct nrm_rules *nrm_rules_new(const struct nrm_rules_options *options);
void nrm_rules_free(struct nrm_rules *rules);
/* Names that expressions about cases may use: regions, derived names, and `weight`. */
const struct nrm_names *nrm_rules_names(const struct nrm_rules *rules);
/* Index of a name there, or -1. */
int nrm_rules_name(const struct nrm_rules *rules, struct nrm_str name);
const struct nrm_machine *nrm_rules_machine(const struct nrm_rules *rules);
/* The profile that C is judged by; NULL where it cannot be read (told). */
const struct nrm_profile *nrm_rules_profile(struct nrm_rules *rules, const struct nrm_case *c);

/* One row of the machine met by one event. */
struct nrm_step {
    const struct nrm_transition_row *row; /* NULL: the machine has rows for this event, but none
                                           * leads on from where the case stood */
    bool moved;       /* the state changed, or was held by no guard and entered anew */
    bool held;        /* a protective guard did not hold: the state stays */
    uint8_t from, to; /* states of the row's region, by their order in schema/states.csv */
    uint8_t guard;    /* enum nrm_truth of the row's guard; NRM_TRUE without one */
};

/* One moment of the history: an event that counts, or coming of age, which no event records. */
struct nrm_moment {
    const struct nrm_event *event;  /* NULL: coming of age */
    struct nrm_time at;             /* of the event; unknown where it is not dated */
    int64_t when;                   /* the instant that orders it; undated ones stand last */
    uint64_t marks;                 /* milestones reached by it */
    bool child_before, child_after; /* the track, as it was and as it became */
    struct nrm_time rr_end_before;  /* end of the recovery and reflection period, as known before */
    size_t first_step, step_count;  /* its steps */
};

struct nrm_standing {
    const struct nrm_profile *profile;
    struct nrm_scope scope; /* everything an expression needs: values of all names included */
    const struct nrm_moment *moments;
    size_t moment_count;
    const struct nrm_step *steps;
    size_t step_count;
    size_t begun; /* of them the first: what is on record from the beginning, by no event */
    const uint8_t
        *left_out;          /* by index of the case's events: enum nrm_left_out (rules/history.h) */
    bool child_track;       /* a child, or a person who may be one */
    struct nrm_time rr_end; /* end of the recovery and reflection period; unknown: open */
    struct nrm_time rr_minimum; /* it may not end before; unknown: not begun, or at no known time */
    struct nrm_time majority;   /* the day of coming of age; unknown without a birth date */
};

/* Fold C. The standing lives in C's arena. Total: whatever the history holds, there is an answer.
 * False only where C names a profile that cannot be read (told). */
bool nrm_rules_stand(struct nrm_rules *rules, const struct nrm_case *c,
                     struct nrm_standing *standing);
/* The value of NAME ("track", "identification") by its index. */
static inline const struct nrm_value *nrm_standing_value(const struct nrm_standing *standing,
                                                         int name)
{
    return nrm_scope_value(&standing->scope, (size_t)name);
}

#endif
