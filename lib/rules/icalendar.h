/* Deadlines as a calendar (RFC 5545) over libical: one event for each that is still owed, with one
 * alarm, and a UID that stays the same from run to run, so that a calendar updates what it has
 * instead of adding to it. */
#ifndef NRM_RULES_ICALENDAR_H
#define NRM_RULES_ICALENDAR_H

#include "rules/clock.h"

struct nrm_icalendar;

/* NOW is the time stamp of all events. Freed by nrm_icalendar_finish. */
struct nrm_icalendar *nrm_icalendar_new(const struct nrm_time *now);
/* Add DUE of the case ID; what is met, late, waived, unknown or has no due adds nothing. A due day
 * is an event of that whole day, an hour one of that instant. The alarm goes off the clock's
 * warning time before that day begins, or before that instant. */
void nrm_icalendar_add(struct nrm_icalendar *calendar, struct nrm_str id,
                       const struct nrm_due *due);
void nrm_icalendar_finish(struct nrm_icalendar *calendar, struct nrm_output *output);

#endif
