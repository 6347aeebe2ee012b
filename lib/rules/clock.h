/* Clocks: what is due in a case, by the profile it is judged by. Nothing is stored: the clocks are
 * read off the moments of the fold. */
#ifndef NRM_RULES_CLOCK_H
#define NRM_RULES_CLOCK_H

#include "rules/profile.h"
#include "rules/standing.h"

enum nrm_due_state {
    NRM_DUE_PENDING,
    NRM_DUE_SOON, /* within the warning time of the clock */
    NRM_DUE_OVERDUE,
    NRM_DUE_MET,    /* done in time; of a minimum: its time is over */
    NRM_DUE_LATE,   /* done after the due */
    NRM_DUE_WAIVED, /* no longer owed: refused by the person, not needed, declined, closed */
    NRM_DUE_UNKNOWN /* the start is not on record, or what the answer hangs on is missing */
};

struct nrm_due {
    const struct nrm_clock *clock;
    uint8_t state; /* enum nrm_due_state */
    bool
        whole_day; /* a date alone, where an hour is wanted, makes this less than exact; H04-D006 */
    struct nrm_time start; /* unknown: not on record */
    struct nrm_time due;   /* a date (ends with the local day) or an instant; unknown: open */
    struct nrm_time done;  /* unknown: not done */
    const char *missing;   /* of an unknown state: what to fill in, or NULL */
};

/* The clocks that apply to the case, in the order of the profile, in the arena of the case. WARN
 * (may be NULL) replaces every clock's own warning time. */
size_t nrm_clocks(const struct nrm_standing *standing, const struct nrm_duration *warn,
                  const struct nrm_due **dues);

/* "pending", "soon", ... */
const char *nrm_due_state_text(enum nrm_due_state state);
/* The last instant at which DUE is still in time; INT64_MAX where there is no due. */
int64_t nrm_due_instant(const struct nrm_due *due, const struct nrm_zone *zone);

#endif
