/* Working days and durations counted on a local calendar: weekends, fixed and movable holidays, and
 * when a deadline that starts at some moment is over. */
#ifndef NRM_DATA_CALENDAR_H
#define NRM_DATA_CALENDAR_H

#include "data/zone.h"

/* Weekends and holidays of one profile. */
struct nrm_calendar {
    const struct nrm_zone *zone;
    uint8_t weekend; /* bit 0 Monday .. bit 6 Sunday; 0x60 is Saturday and Sunday */
    const struct nrm_holiday *holidays;
    size_t holiday_count;
};
enum nrm_holiday_kind {
    NRM_HOLIDAY_YEARLY,
    NRM_HOLIDAY_DATE,
    NRM_HOLIDAY_EASTER,
    NRM_HOLIDAY_ORTHODOX_EASTER
};
struct nrm_holiday {
    uint8_t kind;                /* enum nrm_holiday_kind */
    int16_t offset;              /* days from Easter Sunday */
    uint8_t month, day_of_month; /* every year; 29 February only in leap years */
    int32_t day;                 /* one date */
};
/* "05-03", "2026-05-03", "easter+1", "easter-2", "orthodox-easter+1"; "easter" alone is its Sunday;
 * at most 366 days from it. False: none of these. */
bool nrm_holiday_parse(struct nrm_str text, struct nrm_holiday *holiday);
/* Easter Sunday of a year (from 1 on), as a Gregorian day; western or orthodox. */
int32_t nrm_easter(int year, bool orthodox);
bool nrm_is_working_day(const struct nrm_calendar *calendar, int32_t day);

/* When a duration that starts at START is over.
 * Minutes and hours: START (for a date alone the first instant of its day) plus elapsed time; the
 * result is an instant with the zone's offset then. Days, weeks, months, years, working days: the
 * local day of START (of a month or year its first) plus so many, the start day not counted; the
 * result is a date (precision day) that ends with its last second. A negative amount counts
 * backwards; 0 working days is the start day, whatever day that is. case-model: 5d from
 * 2024-02-26T09:00+01:00 is 2024-03-02; 48h from 2024-03-30T20:00+01:00 in Warsaw is
 * 2024-04-01T21:00+02:00.
 * H03-D030 H03-D031 H03-D032 H03-D033 H06-D017 H06-P002 H03-P002 H07-D042 (handbook 13.8).
 * Of an unknown START the result is unknown. Total for any amount: what would lie outside the years
 * 0001-9999 becomes the nearest day or instant inside. */
struct nrm_time nrm_time_add(const struct nrm_time *start, struct nrm_duration duration,
                             const struct nrm_calendar *calendar);

#endif
