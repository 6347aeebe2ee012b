/* Points in time as case files write them, and durations. ISO 8601-1:2019: a date, a date of
 * reduced precision (2009, 2009-05), or a date and time with offset. A time without offset names no
 * instant and is refused. Which instants a date stands for depends on a zone: see zone.h. */
#ifndef NRM_DATA_TIME_H
#define NRM_DATA_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum nrm_precision {
    NRM_TIME_UNKNOWN = 0, /* {0} is "not known" */
    NRM_TIME_YEAR,
    NRM_TIME_MONTH,
    NRM_TIME_DAY,
    NRM_TIME_SECOND /* an instant; seconds default to 0 */
};

struct nrm_time {
    uint8_t precision;      /* enum nrm_precision */
    int16_t offset_minutes; /* as written; instants only */
    int32_t day; /* civil day as written, days since 1970-01-01; first day of a month or year */
    int64_t utc; /* instants: seconds since 1970-01-01T00:00Z, no leap seconds; else 0 */
};

/* 0001-01-01 and 9999-12-31. No parsed day lies outside, and what is reckoned from one stops here
 * (saturates), however great the amount. */
enum { NRM_DAY_MIN = -719162, NRM_DAY_MAX = 2932896 };

enum nrm_time_fault {
    NRM_TIME_OK,
    NRM_TIME_FORM,       /* not ISO 8601 */
    NRM_TIME_IMPOSSIBLE, /* 2025-02-30, 24:61 */
    NRM_TIME_NO_OFFSET,  /* a time of day without offset */
    NRM_TIME_BAD_OFFSET  /* an offset or zone that is not known (+25:00, CEST) */
};

/* Accepts YYYY, YYYY-MM, YYYY-MM-DD and YYYY-MM-DD(T| )hh:mm[:ss[.fraction]][ ](Z|±hh[[:]mm]),
 * years 0001 to 9999, offsets up to 23:59. 24:00 is 00:00 of the next day and second 60 is second 0
 * of the next minute; DAY follows. Fractions are dropped. On a fault *TIME is unknown. */
enum nrm_time_fault nrm_time_parse(struct nrm_str text, struct nrm_time *time);
/* What is wrong and what to write instead, for a message; never the value itself. */
const char *nrm_time_fault_text(enum nrm_time_fault fault);

/* Civil calendar (proleptic Gregorian). DAY counts from 1970-01-01. All of it is total: a month
 * outside 1..12 or a day outside the month carries over (30 February is 1 or 2 March), and what no
 * int32_t holds becomes its nearest value. */
int32_t nrm_day_from_civil(int year, int month, int day);
void nrm_day_to_civil(int32_t day, int *year, int *month, int *day_of_month);
/* 28..31; 0 where MONTH is not 1..12. */
int nrm_month_days(int year, int month);
/* 0 Monday .. 6 Sunday. */
int nrm_day_of_week(int32_t day);
/* DAY moved by months; a day that the month lacks becomes its last (31 January + 1 = 28/29).
 * Saturates at NRM_DAY_MIN and NRM_DAY_MAX. */
int32_t nrm_day_add_months(int32_t day, int months);
/* The last day that TIME, read as a date, may be: 2009-05 gives 31 May 2009. Unknown: undefined. */
int32_t nrm_time_last_day(const struct nrm_time *time);
/* The birthday on which AGE years are completed; 29 February falls on 1 March in common years
 * (H02-D008 H03-D033 H08-D022). */
int32_t nrm_birthday(int32_t birth_day, int age);

/* A duration: an amount of one unit; units are never turned into one another. */
enum nrm_unit {
    NRM_MINUTES,
    NRM_HOURS, /* elapsed time */
    NRM_DAYS,  /* local calendar days */
    NRM_WORKING_DAYS,
    NRM_WEEKS,
    NRM_MONTHS,
    NRM_YEARS
};
struct nrm_duration {
    int32_t amount;
    uint8_t unit; /* enum nrm_unit */
};
/* 30min, 48h, 5d, 5wd, 2w, 3mo, 1y: digits (up to 2147483647) and a unit, nothing else. False: not
 * a duration. */
bool nrm_duration_parse(struct nrm_str text, struct nrm_duration *duration);
/* "48 hours", "1 day", "5 working days": for people, in English. */
void nrm_duration_text(struct nrm_duration duration, struct nrm_buffer *buffer);

#endif
