/* The events of a case that count, in the order of the fold: planned ones (after the moment to
 * reckon with) and voided ones left out. The order does not depend on the order of the file. */
#ifndef NRM_RULES_HISTORY_H
#define NRM_RULES_HISTORY_H

#include "data/case.h"
#include "data/zone.h"

struct nrm_history {
    const struct nrm_event **events; /* those that count, in order */
    int64_t *when;                   /* the instant that orders each; INT64_MAX: not dated */
    size_t count;
    /* for every event of the case by its index: why it does not count */
    uint8_t *left_out; /* enum nrm_left_out */
};
enum nrm_left_out { NRM_COUNTS, NRM_VOIDED, NRM_PLANNED };

/* Order: by instant (a date stands at the start of its day), then by schema/events.csv, then by
 * content; undated events last. A void counts unless it is voided itself; voids in a circle, and a
 * void whose target is not to be told apart, void nothing. */
void nrm_history_of(struct nrm_history *history, const struct nrm_case *c, int64_t now,
                    const struct nrm_zone *zone);

/* The event that a void means, by its index; -1: none, or more than one. */
ptrdiff_t nrm_void_target(const struct nrm_case *c, const struct nrm_event *event);
/* The same for every event of C by its index; -1 for those that are no void. */
const ptrdiff_t *nrm_void_targets(const struct nrm_case *c);

#endif
