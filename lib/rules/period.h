/* The recovery and reflection period as the fold goes along: when it began, its earliest end, its
 * end (handbook 13.10: at least so long as the profile says, never shortened). */
#ifndef NRM_RULES_PERIOD_H
#define NRM_RULES_PERIOD_H

#include "rules/profile.h"

struct nrm_period {
    struct nrm_time start;   /* unknown: not begun, or begun at an unknown moment */
    struct nrm_time minimum; /* it may not end before the end of this day */
    struct nrm_time end;     /* unknown: open */
};

/* Stage 1 became positive at AT: the period counts from here until it is granted. */
void nrm_period_owed(struct nrm_period *period, const struct nrm_profile *profile,
                     enum nrm_track track, const struct nrm_time *at);
/* Stage 1 became positive anew at AT while the period runs: it goes on, and may not end before it
 * has run its length from here. */
void nrm_period_owed_again(struct nrm_period *period, const struct nrm_profile *profile,
                           enum nrm_track track, const struct nrm_time *at);
/* rr_granted, rr_extended. RUNNING: it ran already, and a second grant does not shorten it. */
void nrm_period_granted(struct nrm_period *period, const struct nrm_profile *profile,
                        enum nrm_track track, const struct nrm_event *event, bool running);
void nrm_period_extended(struct nrm_period *period, const struct nrm_profile *profile,
                         const struct nrm_event *event);
/* Whether it is over at NOW; an open end is never over. */
bool nrm_period_is_over(const struct nrm_period *period, const struct nrm_profile *profile,
                        int64_t now);

/* The time in FIELD of an event; unknown where missing or wrong. */
struct nrm_time nrm_event_time(const struct nrm_event *event, const char *field);

#endif
