/* Time zones: from local days to instants and back, and times as text. The C library's zone
 * database is the authority; what it says is cached about a year at a time, because it can hold
 * only one zone at once. Durations and working days are reckoned in calendar.h. */
#ifndef NRM_DATA_ZONE_H
#define NRM_DATA_ZONE_H

#include "data/time.h"

struct nrm_zones; /* all zones asked for so far */
struct nrm_zone;  /* one of them; lives as long as its nrm_zones */

/* Empty; the caller's, as are all its zones until nrm_zones_free. */
struct nrm_zones *nrm_zones_new(void);
void nrm_zones_free(struct nrm_zones *zones);
/* NAME as in the tz database ("Europe/Warsaw"), found in $TZDIR or where the C library looks; "UTC"
 * is always there. NULL where there is no such zone, and for what is no name of a place: a path
 * trick, over 64 bytes, "localtime" (a setting of this machine), "right/..." (counts leap seconds).
 *
 * What is not in the cache is asked by setting TZ and putting it back, so zones must not be used
 * while another thread uses the environment or local time. Answers do not depend on TZ. */
const struct nrm_zone *nrm_zone_get(struct nrm_zones *zones, struct nrm_str name);
const char *nrm_zone_name(const struct nrm_zone *zone);

/* Seconds east of Greenwich at an instant. Outside the years 0001-9999 the nearest answer. */
int32_t nrm_zone_offset(const struct nrm_zone *zone, int64_t utc);
/* The local civil day of an instant. */
int32_t nrm_zone_day(const struct nrm_zone *zone, int64_t utc);
/* The first instant of a local day: not always 00:00, where a clock change skips midnight it is the
 * first moment that exists, and where one goes back over midnight it is the earlier 00:00. A day
 * ends one second before the next one starts. A day that the zone skips whole (Pacific/Apia
 * 2011-12-30) starts at the moment of the skip, as the next one does. */
int64_t nrm_zone_day_start(const struct nrm_zone *zone, int32_t day);

/* First and last instant that TIME can be. An instant is both; a day that the zone skips whole is
 * only the moment of the skip. Unknown time: undefined. */
int64_t nrm_time_first(const struct nrm_time *time, const struct nrm_zone *zone);
int64_t nrm_time_last(const struct nrm_time *time, const struct nrm_zone *zone);

/* An instant as a time with the zone's offset, whose seconds (local mean times have some) are
 * dropped. Instants more than a day outside the years 0001-9999 become the nearest inside. */
struct nrm_time nrm_time_at(int64_t utc, const struct nrm_zone *zone);
/* ISO 8601: "2009", "2009-05", "2026-03-01", "2026-03-01T22:40+01:00" (seconds only where they are
 * not 0). Instants in ZONE; where it is NULL, with the offset they were written with. What would
 * lie outside the years 0001-9999 is shown as the nearest that does not. Unknown adds nothing. */
void nrm_time_text(const struct nrm_time *time, const struct nrm_zone *zone,
                   struct nrm_buffer *buffer);

#endif
