/* Easter, holidays, working days, and when durations are over: the examples of the case model and
 * of the handbook's deadlines (13.8), month ends, clock changes, and amounts beyond all sense. */
#include "data/calendar.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static struct nrm_zones *zones;

static void begin(void)
{
    zones = nrm_zones_new();
}
static void end(void)
{
    nrm_zones_free(zones);
}
TestSuite(calendar, .init = begin, .fini = end);

static struct nrm_time time_of(const char *text)
{
    struct nrm_time time;
    cr_assert_eq(nrm_time_parse(nrm_str(text), &time), NRM_TIME_OK, "%s", text);
    return time;
}

static const char *text_of(struct nrm_time time, const struct nrm_zone *zone)
{
    static char text[64];
    struct nrm_buffer buffer = {0};
    nrm_time_text(&time, zone, &buffer);
    snprintf(text, sizeof text, "%s", buffer.text ? buffer.text : "");
    nrm_buffer_free(&buffer);
    return text;
}

static const char *day_text(int32_t day)
{
    return text_of((struct nrm_time){.precision = NRM_TIME_DAY, .day = day}, NULL);
}

enum { HOLIDAYS_MOST = 16 };

static struct nrm_holiday holidays[HOLIDAYS_MOST];

/* A calendar of ZONE with a weekend and holidays, separated by spaces. */
static struct nrm_calendar calendar_of(const char *zone, uint8_t weekend, const char *list)
{
    struct nrm_calendar calendar = {nrm_zone_get(zones, nrm_str(zone)), weekend, holidays, 0};
    cr_assert_not_null(calendar.zone, "%s", zone);
    for (const char *word = list; *word; word += strspn(word, " ")) {
        size_t length = strcspn(word, " ");
        cr_assert(
            nrm_holiday_parse((struct nrm_str){word, length}, &holidays[calendar.holiday_count++]),
            "%s", word);
        word += length;
    }
    return calendar;
}

static struct nrm_time add(const char *start, const char *duration,
                           const struct nrm_calendar *calendar)
{
    struct nrm_time time = time_of(start);
    struct nrm_duration parsed;
    cr_assert(nrm_duration_parse(nrm_str(duration), &parsed), "%s", duration);
    return nrm_time_add(&time, parsed, calendar);
}

/* --- Easter --- */

Test(calendar, western_easter_of_published_tables)
{
    static const char *const rows[] = {
        "1583-04-10", "1598-03-22", "1609-04-19", "1693-03-22", "1734-04-25", "1761-03-22",
        "1818-03-22", "1886-04-25", "1900-04-15", "1913-03-23", "1943-04-25", "1954-04-18",
        "1961-04-02", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2016-03-27",
        "2017-04-16", "2018-04-01", "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17",
        "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16",
        "2029-04-01", "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_str_eq(day_text(nrm_easter(atoi(rows[i]), false)), rows[i]);
}

Test(calendar, orthodox_easter_of_published_tables)
{
    static const char *const rows[] = {
        "1918-05-05", "1983-05-08", "2000-04-30", "2008-04-27", "2010-04-04",
        "2016-05-01", "2017-04-16", "2018-04-08", "2019-04-28", "2020-04-19",
        "2021-05-02", "2022-04-24", "2023-04-16", "2024-05-05", "2025-04-20",
        "2026-04-12", "2027-05-02", "2028-04-16", "2029-04-08", "2030-04-28",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_str_eq(day_text(nrm_easter(atoi(rows[i]), true)), rows[i]);
}

Test(calendar, easter_keeps_its_rules_in_every_year)
{
    for (int year = 1; year <= 9999; year++) {
        int32_t western = nrm_easter(year, false), orthodox = nrm_easter(year, true);
        cr_assert_eq(nrm_day_of_week(western), 6, "%d", year);
        cr_assert_eq(nrm_day_of_week(orthodox), 6, "%d", year);
        cr_assert(western >= nrm_day_from_civil(year, 3, 22) &&
                      western <= nrm_day_from_civil(year, 4, 25),
                  "%d", year);
        if (year >= 1900)
            cr_assert(orthodox >= western && orthodox >= nrm_day_from_civil(year, 4, 4), "%d",
                      year);
    }
}

/* --- holidays --- */

Test(calendar, holidays_read)
{
    static const struct {
        const char *text;
        struct nrm_holiday holiday;
    } rows[] = {
        {"05-03", {.kind = NRM_HOLIDAY_YEARLY, .month = 5, .day_of_month = 3}},
        {"02-29", {.kind = NRM_HOLIDAY_YEARLY, .month = 2, .day_of_month = 29}},
        {"2026-05-03", {.kind = NRM_HOLIDAY_DATE, .day = 20576}},
        {"easter", {.kind = NRM_HOLIDAY_EASTER, .offset = 0}},
        {"easter+1", {.kind = NRM_HOLIDAY_EASTER, .offset = 1}},
        {"easter-2", {.kind = NRM_HOLIDAY_EASTER, .offset = -2}},
        {"easter+60", {.kind = NRM_HOLIDAY_EASTER, .offset = 60}},
        {"easter-366", {.kind = NRM_HOLIDAY_EASTER, .offset = -366}},
        {"orthodox-easter", {.kind = NRM_HOLIDAY_ORTHODOX_EASTER, .offset = 0}},
        {"orthodox-easter+1", {.kind = NRM_HOLIDAY_ORTHODOX_EASTER, .offset = 1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_holiday holiday;
        cr_expect(nrm_holiday_parse(nrm_str(rows[i].text), &holiday), "%s", rows[i].text);
        cr_expect(holiday.kind == rows[i].holiday.kind &&
                      holiday.offset == rows[i].holiday.offset &&
                      holiday.month == rows[i].holiday.month &&
                      holiday.day_of_month == rows[i].holiday.day_of_month &&
                      holiday.day == rows[i].holiday.day,
                  "%s", rows[i].text);
    }
}

Test(calendar, holidays_refused)
{
    static const char *const rows[] = {
        "",
        "5-3",
        "05-32",
        "02-30",
        "13-01",
        "00-10",
        "2026",
        "2026-05",
        "2025-02-29",
        "05/03",
        "2026-05-03T00:00Z",
        "Easter",
        "easter1",
        "easter+",
        "easter+-1",
        "easter+1x",
        "easter +1",
        "easter+367",
        "easter+1000",
        "easter-99999999999",
        "orthodox",
        "orthodox-easter+x",
        "+1",
        "christmas",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_holiday holiday;
        cr_expect_not(nrm_holiday_parse(nrm_str(rows[i]), &holiday), "\"%s\"", rows[i]);
    }
    struct nrm_holiday holiday;
    cr_expect_not(nrm_holiday_parse((struct nrm_str){NULL, 0}, &holiday));
}

static const char poland[] = "01-01 01-06 easter easter+1 05-01 05-03 easter+49 easter+60 08-15 "
                             "11-01 11-11 12-24 12-25 12-26";

Test(calendar, working_days)
{
    struct nrm_calendar calendar = calendar_of("Europe/Warsaw", 0x60, poland);
    static const struct {
        const char *day;
        bool working;
    } rows[] = {
        {"2026-01-01", false}, {"2026-01-02", true},  {"2026-01-03", false}, {"2026-01-04", false},
        {"2026-01-05", true},  {"2026-01-06", false}, {"2026-04-03", true},  {"2026-04-06", false},
        {"2026-04-07", true},  {"2026-05-01", false}, {"2026-06-04", false}, {"2026-06-05", true},
        {"2024-05-30", false}, {"2025-06-19", false}, {"2026-12-24", false}, {"2026-12-31", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_eq(nrm_is_working_day(&calendar, time_of(rows[i].day).day), rows[i].working, "%s",
                     rows[i].day);
}

Test(calendar, other_weekends_and_odd_holidays)
{
    struct nrm_calendar friday = calendar_of("Asia/Beirut", 0x30, "2026-03-02");
    cr_expect(nrm_is_working_day(&friday, time_of("2026-03-01").day), "a Sunday");
    cr_expect_not(nrm_is_working_day(&friday, time_of("2026-03-06").day), "a Friday");
    cr_expect_not(nrm_is_working_day(&friday, time_of("2026-03-02").day), "the one date");
    cr_expect(nrm_is_working_day(&friday, time_of("2027-03-02").day), "not every year");

    struct nrm_calendar leap = calendar_of("UTC", 0, "02-29");
    cr_expect_not(nrm_is_working_day(&leap, time_of("2024-02-29").day));
    cr_expect(nrm_is_working_day(&leap, time_of("2025-03-01").day));

    /* an offset that leads into the next or the last year */
    struct nrm_calendar far = calendar_of("UTC", 0, "easter+300 easter-200");
    cr_expect_not(nrm_is_working_day(&far, nrm_easter(2024, false) + 300));
    cr_expect_not(nrm_is_working_day(&far, nrm_easter(2027, false) - 200));

    struct nrm_calendar orthodox = calendar_of("UTC", 0, "orthodox-easter+1");
    cr_expect_not(nrm_is_working_day(&orthodox, time_of("2026-04-13").day));
    cr_expect(nrm_is_working_day(&orthodox, time_of("2026-04-06").day));

    cr_expect(nrm_is_working_day(&orthodox, INT32_MIN) && nrm_is_working_day(&orthodox, INT32_MAX),
              "beyond the calendar nothing breaks");
}

/* --- durations --- */

Test(calendar, when_a_duration_is_over)
{
    static const struct {
        const char *zone, *start, *duration, *over;
    } rows[] = {
        /* the case model's and the handbook's examples (13.8):
         * H03-D030 H03-D031 H03-D032 H06-P002 */
        {"Europe/Warsaw", "2024-02-26T09:00+01:00", "5d", "2024-03-02"},
        {"Europe/Warsaw", "2024-03-01", "90d", "2024-05-30"},
        {"Europe/Warsaw", "2023-12-01", "90d", "2024-02-29"},
        {"Europe/Warsaw", "2025-12-01", "90d", "2026-03-01"},
        {"Europe/Warsaw", "2024-03-30T20:00+01:00", "48h", "2024-04-01T21:00+02:00"},
        {"Europe/Warsaw", "2024-02-26", "5wd", "2024-03-04"},
        {"Europe/Warsaw", "2024-02-26T09:00+01:00", "5wd", "2024-03-04"},

        /* the other clock change; a day that has 23 or 25 hours */
        {"Europe/Warsaw", "2024-10-26T20:00+02:00", "48h", "2024-10-28T19:00+01:00"},
        {"Europe/Warsaw", "2024-10-27T02:30+02:00", "1h", "2024-10-27T02:30+01:00"},
        {"Europe/Warsaw", "2024-03-31T01:30+01:00", "30min", "2024-03-31T03:00+02:00"},
        {"Europe/Warsaw", "2024-03-31", "24h", "2024-04-01T01:00+02:00"},
        {"Europe/Warsaw", "2024-10-27", "24h", "2024-10-27T23:00+01:00"},
        {"Europe/Warsaw", "2024-03-30T20:00+01:00", "1d", "2024-03-31"},

        /* days are those of the zone, not those that were written */
        {"Europe/Warsaw", "2024-03-01T23:30Z", "5d", "2024-03-07"},
        {"Europe/Warsaw", "2024-03-01T22:30Z", "5d", "2024-03-06"},
        {"America/Sao_Paulo", "2024-03-02T01:00+01:00", "5d", "2024-03-06"},
        {"Europe/Warsaw", "2024-03-01T10:00-08:00", "0d", "2024-03-01"},

        /* hours of a date alone run from the first moment of its day: H06-D017 */
        {"Europe/Warsaw", "2024-03-01", "48h", "2024-03-03T00:00+01:00"},
        {"America/Sao_Paulo", "2018-11-04", "48h", "2018-11-06T01:00-02:00"},
        {"Asia/Beirut", "2022-03-27", "24h", "2022-03-28T01:00+03:00"},
        {"Pacific/Apia", "2011-12-29", "24h", "2011-12-31T00:00+14:00"},
        {"Pacific/Apia", "2011-12-30", "24h", "2012-01-01T00:00+14:00"},
        {"Pacific/Apia", "2011-12-29T12:00-10:00", "24h", "2011-12-31T12:00+14:00"},
        {"Pacific/Apia", "2011-12-29T12:00-10:00", "1d", "2011-12-30"},
        {"Asia/Kathmandu", "2026-03-01T23:30+05:45", "24h", "2026-03-02T23:30+05:45"},
        {"America/St_Johns", "2026-01-31", "48h", "2026-02-02T00:00-03:30"},

        /* weeks, months, years: H07-D042 H03-D033 */
        {"UTC", "2026-12-25", "1w", "2027-01-01"},
        {"UTC", "2026-01-31", "1mo", "2026-02-28"},
        {"UTC", "2026-11-30", "3mo", "2027-02-28"},
        {"UTC", "2024-02-29", "1y", "2025-02-28"},
        {"UTC", "2024-02-29", "4y", "2028-02-29"},
        {"UTC", "2024-02", "5d", "2024-02-06"},
        {"UTC", "2024", "1mo", "2024-02-01"},
        {"UTC", "2024-02", "24h", "2024-02-02T00:00+00:00"},
        {"UTC", "2024-02-29T10:00:30Z", "30min", "2024-02-29T10:30:30+00:00"},

        /* working days (H03-P002): from a Saturday, over a weekend, none */
        {"Europe/Warsaw", "2024-03-02", "1wd", "2024-03-04"},
        {"Europe/Warsaw", "2024-03-01", "1wd", "2024-03-04"},
        {"Europe/Warsaw", "2024-03-02", "0wd", "2024-03-02"},
        {"Europe/Warsaw", "2026-12-23", "1wd", "2026-12-28"},
        {"Europe/Warsaw", "2026-12-31T23:30Z", "1wd", "2027-01-04"},
        {"Europe/Warsaw", "2026-04-03", "1wd", "2026-04-07"},
        {"Europe/Warsaw", "2026-06-03", "2wd", "2026-06-08"},
        {"Europe/Warsaw", "2025-12-23", "10wd", "2026-01-13"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_calendar calendar = calendar_of(rows[i].zone, 0x60, poland);
        struct nrm_time over = add(rows[i].start, rows[i].duration, &calendar);
        cr_expect_str_eq(text_of(over, calendar.zone), rows[i].over, "%s and %s in %s: %s",
                         rows[i].start, rows[i].duration, rows[i].zone,
                         text_of(over, calendar.zone));
    }
}

Test(calendar, a_date_is_over_with_its_last_second)
{
    struct nrm_calendar calendar = calendar_of("Europe/Warsaw", 0x60, "");
    struct nrm_time due = add("2024-03-26T09:00+01:00", "5d", &calendar);
    cr_expect_eq(nrm_time_last(&due, calendar.zone), time_of("2024-03-31T23:59:59+02:00").utc);
    due = add("2024-03-30T20:00+01:00", "48h", &calendar);
    cr_expect_eq(nrm_time_last(&due, calendar.zone), time_of("2024-04-01T19:00Z").utc);
}

Test(calendar, working_days_are_counted_one_by_one)
{
    struct nrm_calendar calendar = calendar_of("Europe/Warsaw", 0x60, poland);
    for (int32_t start = time_of("2023-12-20").day; start < time_of("2026-01-10").day; start += 3) {
        int32_t forth = start, back = start;
        for (int32_t amount = 1; amount <= 40; amount++) {
            do
                forth++;
            while (!nrm_is_working_day(&calendar, forth));
            do
                back--;
            while (!nrm_is_working_day(&calendar, back));
            struct nrm_time from = {.precision = NRM_TIME_DAY, .day = start};
            struct nrm_duration days = {amount, NRM_WORKING_DAYS};
            cr_assert_eq(nrm_time_add(&from, days, &calendar).day, forth);
            days.amount = -amount;
            cr_assert_eq(nrm_time_add(&from, days, &calendar).day, back);
        }
    }
}

Test(calendar, negative_amounts_count_backwards)
{
    struct nrm_calendar calendar = calendar_of("Europe/Warsaw", 0x60, "");
    static const struct {
        enum nrm_unit unit;
        int32_t amount;
        const char *over;
    } rows[] = {
        {NRM_MINUTES, -30, "2024-04-01T08:30+02:00"},
        {NRM_HOURS, -48, "2024-03-30T08:00+01:00"},
        {NRM_DAYS, -7, "2024-03-25"},
        {NRM_WORKING_DAYS, -5, "2024-03-25"},
        {NRM_WEEKS, -1, "2024-03-25"},
        {NRM_MONTHS, -2, "2024-02-01"},
        {NRM_YEARS, -1, "2023-04-01"},
    };
    struct nrm_time start = time_of("2024-04-01T09:00+02:00");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_duration duration = {rows[i].amount, (uint8_t)rows[i].unit};
        cr_expect_str_eq(text_of(nrm_time_add(&start, duration, &calendar), calendar.zone),
                         rows[i].over);
    }
}

Test(calendar, amounts_beyond_all_sense_stop_at_the_edge)
{
    static const char *const starts[] = {"0001-01-01", "9999-12-31", "2024",
                                         "0001-01-01T00:00+23:59", "9999-12-31T23:59:59-23:59"};
    static const int32_t amounts[] = {INT32_MAX,  INT32_MAX - 1, 100000000,
                                      -100000000, INT32_MIN + 1, INT32_MIN};
    struct nrm_calendar calendar = calendar_of("Europe/Warsaw", 0x60, poland);
    for (size_t s = 0; s < sizeof starts / sizeof *starts; s++) {
        struct nrm_time start = time_of(starts[s]);
        for (size_t a = 0; a < sizeof amounts / sizeof *amounts; a++) {
            for (uint8_t unit = NRM_DAYS; unit <= NRM_YEARS; unit++) {
                struct nrm_duration duration = {amounts[a], unit};
                struct nrm_time over = nrm_time_add(&start, duration, &calendar);
                cr_expect_eq(over.day, amounts[a] > 0 ? NRM_DAY_MAX : NRM_DAY_MIN, "%s %d %d",
                             starts[s], (int)amounts[a], unit);
            }
            struct nrm_time over =
                nrm_time_add(&start, (struct nrm_duration){amounts[a], NRM_HOURS}, &calendar);
            cr_expect(over.day >= NRM_DAY_MIN && over.day <= NRM_DAY_MAX);
            cr_expect_not_null(strchr(text_of(over, calendar.zone), 'T'));
        }
    }
}

Test(calendar, no_working_day_in_any_week)
{
    struct nrm_calendar calendar = calendar_of("UTC", 0x7f, "");
    cr_expect_eq(add("2024-01-01", "1wd", &calendar).day, NRM_DAY_MAX);
    cr_expect_eq(add("2024-01-01", "0wd", &calendar).day, time_of("2024-01-01").day);
}

Test(calendar, unknown_stays_unknown)
{
    struct nrm_calendar calendar = calendar_of("UTC", 0x60, "");
    struct nrm_time unknown = {0};
    for (uint8_t unit = NRM_MINUTES; unit <= NRM_YEARS + 1; unit++)
        cr_expect_eq(nrm_time_add(&unknown, (struct nrm_duration){1, unit}, &calendar).precision,
                     NRM_TIME_UNKNOWN);
    struct nrm_time known = time_of("2024-01-01");
    cr_expect_eq(nrm_time_add(&known, (struct nrm_duration){1, NRM_YEARS + 1}, &calendar).precision,
                 NRM_TIME_UNKNOWN, "a unit that does not exist");
}
