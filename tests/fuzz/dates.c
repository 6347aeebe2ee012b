/* Times, durations and holidays from any bytes: a time on the first line, a duration on the second,
 * a zone's name on the third, a holiday on the fourth. What is read must be written so that it
 * reads the same again, and reckoning with it must stay inside the calendar. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "data/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static struct nrm_str next_line(struct nrm_str *rest)
{
    struct nrm_str line = *rest;
    const char *newline = rest->length ? memchr(rest->text, '\n', rest->length) : NULL;
    line.length = newline ? (size_t)(newline - rest->text) : rest->length;
    size_t taken = line.length + (newline != NULL);
    *rest = (struct nrm_str){rest->text + taken, rest->length - taken};
    return line;
}

/* ZONE NULL: with the offset it was written with, which must come back too. */
static void check_round_trip(const struct nrm_time *time, const struct nrm_zone *zone)
{
    struct nrm_buffer text = {0};
    struct nrm_time again;
    nrm_time_text(time, zone, &text);
    check(nrm_time_parse((struct nrm_str){text.text, text.length}, &again) == NRM_TIME_OK);
    check(again.precision == time->precision);
    bool at_edge = time->utc < (int64_t)NRM_DAY_MIN * 86400 + 86400 ||
                   time->utc > (int64_t)NRM_DAY_MAX * 86400;
    check(at_edge || again.utc == time->utc);
    check(zone || (again.day == time->day && again.offset_minutes == time->offset_minutes));
    nrm_buffer_free(&text);
}

static void check_sum(const struct nrm_time *start, struct nrm_duration duration,
                      const struct nrm_calendar *calendar)
{
    for (int sign = 1; sign >= -1; sign -= 2) {
        struct nrm_duration moved = {duration.amount * sign, duration.unit};
        struct nrm_time over = nrm_time_add(start, moved, calendar);
        check(over.precision == (duration.unit <= NRM_HOURS ? NRM_TIME_SECOND : NRM_TIME_DAY));
        check(over.day >= NRM_DAY_MIN && over.day <= NRM_DAY_MAX);
        check_round_trip(&over, calendar->zone);
        int64_t first = nrm_time_first(&over, calendar->zone);
        check(first <= nrm_time_last(&over, calendar->zone));
        int64_t began = nrm_time_first(start, calendar->zone);
        check(duration.unit > NRM_HOURS || (sign > 0 ? first >= began : first <= began));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nrm_str rest = {(const char *)data, size};
    struct nrm_str time_text = next_line(&rest), duration_text = next_line(&rest);
    struct nrm_str zone_name = next_line(&rest), holiday_text = next_line(&rest);

    static struct nrm_zones *zones; /* what the database says does not change between inputs */
    if (!zones)
        zones = nrm_zones_new();
    const struct nrm_zone *zone = nrm_zone_get(zones, zone_name);
    struct nrm_holiday holiday;
    struct nrm_calendar calendar = {.zone = zone ? zone : nrm_zone_get(zones, NRM_STR("UTC")),
                                    .weekend = 0x60,
                                    .holidays = &holiday,
                                    .holiday_count = nrm_holiday_parse(holiday_text, &holiday)};
    struct nrm_time time;
    enum nrm_time_fault fault = nrm_time_parse(time_text, &time);
    check((fault == NRM_TIME_OK) == (time.precision != NRM_TIME_UNKNOWN));
    struct nrm_duration duration;
    bool lasts = nrm_duration_parse(duration_text, &duration);
    if (fault != NRM_TIME_OK)
        return 0;
    check(time.day >= NRM_DAY_MIN && time.day <= NRM_DAY_MAX);
    check_round_trip(&time, NULL);
    check_round_trip(&time, calendar.zone);
    check(nrm_time_first(&time, calendar.zone) <= nrm_time_last(&time, calendar.zone));
    if (lasts)
        check_sum(&time, duration, &calendar);
    return 0;
}
