/* ISO 8601 parsing, the civil calendar, birthdays, durations as text. */
#include "data/time.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/zone.h"

static const char *text_of(struct nrm_time time)
{
    static char text[64];
    struct nrm_buffer buffer = {0};
    nrm_time_text(&time, NULL, &buffer);
    snprintf(text, sizeof text, "%s", buffer.text ? buffer.text : "");
    nrm_buffer_free(&buffer);
    return text;
}

static const char *day_text(int32_t day)
{
    return text_of((struct nrm_time){.precision = NRM_TIME_DAY, .day = day});
}

static int32_t day_of(const char *text)
{
    struct nrm_time time;
    cr_assert_eq(nrm_time_parse(nrm_str(text), &time), NRM_TIME_OK, "%s", text);
    return time.day;
}

/* --- what is accepted --- */

Test(time_parse, dates_keep_their_precision)
{
    static const struct {
        const char *text;
        enum nrm_precision precision;
        const char *first, *last;
    } rows[] = {
        {"2009", NRM_TIME_YEAR, "2009-01-01", "2009-12-31"},
        {"2009-05", NRM_TIME_MONTH, "2009-05-01", "2009-05-31"},
        {"2009-05-17", NRM_TIME_DAY, "2009-05-17", "2009-05-17"},
        {"2024-02", NRM_TIME_MONTH, "2024-02-01", "2024-02-29"},
        {"2023-02", NRM_TIME_MONTH, "2023-02-01", "2023-02-28"},
        {"2023-12", NRM_TIME_MONTH, "2023-12-01", "2023-12-31"},
        {"2000-02-29", NRM_TIME_DAY, "2000-02-29", "2000-02-29"},
        {"2024-02-29", NRM_TIME_DAY, "2024-02-29", "2024-02-29"},
        {"0001", NRM_TIME_YEAR, "0001-01-01", "0001-12-31"},
        {"0001-01-01", NRM_TIME_DAY, "0001-01-01", "0001-01-01"},
        {"9999", NRM_TIME_YEAR, "9999-01-01", "9999-12-31"},
        {"9999-12", NRM_TIME_MONTH, "9999-12-01", "9999-12-31"},
        {"9999-12-31", NRM_TIME_DAY, "9999-12-31", "9999-12-31"},
        {"1970-01-01", NRM_TIME_DAY, "1970-01-01", "1970-01-01"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_time time;
        cr_expect_eq(nrm_time_parse(nrm_str(rows[i].text), &time), NRM_TIME_OK, "%s", rows[i].text);
        cr_expect_eq(time.precision, rows[i].precision, "%s", rows[i].text);
        cr_expect_eq(time.utc, 0, "%s", rows[i].text);
        cr_expect_eq(time.offset_minutes, 0, "%s", rows[i].text);
        cr_expect_str_eq(text_of(time), rows[i].text);
        cr_expect_str_eq(day_text(time.day), rows[i].first);
        cr_expect_str_eq(day_text(nrm_time_last_day(&time)), rows[i].last);
    }
}

Test(time_parse, instants)
{
    static const struct {
        const char *text;
        int64_t utc;
        int offset_minutes;
        const char *again; /* as it is written back with its own offset */
    } rows[] = {
        {"1970-01-01T00:00Z", 0, 0, "1970-01-01T00:00+00:00"},
        {"1970-01-01T01:00+01:00", 0, 60, "1970-01-01T01:00+01:00"},
        {"2026-03-01T22:40+01:00", 1772401200, 60, "2026-03-01T22:40+01:00"},
        {"2026-03-01T22:40:05+01:00", 1772401205, 60, "2026-03-01T22:40:05+01:00"},
        {"2026-03-01 22:40+01:00", 1772401200, 60, "2026-03-01T22:40+01:00"},
        {"2026-03-01 22:40:00 +01:00", 1772401200, 60, "2026-03-01T22:40+01:00"},
        {"2026-03-01 21:40:00 Z", 1772401200, 0, "2026-03-01T21:40+00:00"},
        {"2026-03-01T22:40+01", 1772401200, 60, "2026-03-01T22:40+01:00"},
        {"2026-03-01T22:40+0100", 1772401200, 60, "2026-03-01T22:40+01:00"},
        {"2026-03-01T22:40:00.999999999999999999999999999+01:00", 1772401200, 60,
         "2026-03-01T22:40+01:00"},
        {"2026-03-01T22:40:00,5+01:00", 1772401200, 60, "2026-03-01T22:40+01:00"},
        {"2026-03-02T03:10+05:30", 1772401200, 330, "2026-03-02T03:10+05:30"},
        {"2026-03-01T18:10-03:30", 1772401200, -210, "2026-03-01T18:10-03:30"},
        {"2026-03-01T21:10-00:30", 1772401200, -30, "2026-03-01T21:10-00:30"},
        {"2026-03-01T21:40-00:00", 1772401200, 0, "2026-03-01T21:40+00:00"},
        {"2026-03-02T21:39+23:59", 1772401200, 1439, "2026-03-02T21:39+23:59"},
        {"2026-02-28T21:41-23:59", 1772401200, -1439, "2026-02-28T21:41-23:59"},
        /* the end of a day, the second that is sometimes put in */
        {"2026-02-28T24:00Z", 1772323200, 0, "2026-03-01T00:00+00:00"},
        {"2026-02-28T24:00:00.000Z", 1772323200, 0, "2026-03-01T00:00+00:00"},
        {"2025-12-31T24:00+01:00", 1767222000, 60, "2026-01-01T00:00+01:00"},
        {"2016-12-31T23:59:60Z", 1483228800, 0, "2017-01-01T00:00+00:00"},
        {"2026-03-01T22:39:60+01:00", 1772401200, 60, "2026-03-01T22:40+01:00"},
        /* the edges of what can be written */
        {"0001-01-01T00:00Z", -62135596800, 0, "0001-01-01T00:00+00:00"},
        {"9999-12-31T23:59:59Z", 253402300799, 0, "9999-12-31T23:59:59+00:00"},
        {"0001-01-01T00:00+23:59", -62135596800 - 86340, 1439, NULL},
        {"9999-12-31T23:59:59-23:59", 253402300799 + 86340, -1439, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_time time;
        cr_expect_eq(nrm_time_parse(nrm_str(rows[i].text), &time), NRM_TIME_OK, "%s", rows[i].text);
        cr_expect_eq(time.precision, NRM_TIME_SECOND, "%s", rows[i].text);
        cr_expect_eq(time.utc, rows[i].utc, "%s: %lld", rows[i].text, (long long)time.utc);
        cr_expect_eq(time.offset_minutes, rows[i].offset_minutes, "%s", rows[i].text);
        if (!rows[i].again)
            continue;
        cr_expect_str_eq(text_of(time), rows[i].again);
        char date[11] = {0};
        memcpy(date, rows[i].again, 10);
        cr_expect_str_eq(day_text(time.day), date, "the day of %s", rows[i].text);
    }
}

/* --- what is refused --- */

Test(time_parse, faults)
{
    static const struct {
        const char *text;
        enum nrm_time_fault fault;
    } rows[] = {
        {"", NRM_TIME_FORM},
        {" ", NRM_TIME_FORM},
        {"unknown", NRM_TIME_FORM},
        {"24:61", NRM_TIME_FORM},
        {"1.3.2026", NRM_TIME_FORM},
        {"01/03/2026", NRM_TIME_FORM},
        {"20260301", NRM_TIME_FORM},
        {"026-03-01", NRM_TIME_FORM},
        {"-2026-03-01", NRM_TIME_FORM},
        {"+2026-03-01", NRM_TIME_FORM},
        {"12026-03-01", NRM_TIME_FORM},
        {"2026-3-1", NRM_TIME_FORM},
        {"2026-", NRM_TIME_FORM},
        {"2026-03-", NRM_TIME_FORM},
        {"2026-W09", NRM_TIME_FORM},
        {"2026-060", NRM_TIME_FORM},
        {" 2026-03-01", NRM_TIME_FORM},
        {"2026-03-01 ", NRM_TIME_FORM},
        {"2026-03-01T", NRM_TIME_FORM},
        {"2026-03-01t22:40Z", NRM_TIME_FORM},
        {"2026-03-01T22", NRM_TIME_FORM},
        {"2026-03-01T22Z", NRM_TIME_FORM},
        {"2026-03-01T2240Z", NRM_TIME_FORM},
        {"2026-03-01T22:4Z", NRM_TIME_FORM},
        {"2026-03-01T22:40:Z", NRM_TIME_FORM},
        {"2026-03-01T22:40:5Z", NRM_TIME_FORM},
        {"2026-03-01T22:40:05.Z", NRM_TIME_FORM},
        {"2026-03-01T22:40.5Z", NRM_TIME_FORM},
        {"2026-03-01T22:40\tZ", NRM_TIME_FORM},
        {"2026-03T22:40Z", NRM_TIME_FORM},
        {"2026T22:40Z", NRM_TIME_FORM},
        {"2025-02-30Tsoon", NRM_TIME_FORM},
        {"2026-03-01T22:40\xe2\x88\x92"
         "01:00",
         NRM_TIME_FORM},

        {"0000", NRM_TIME_IMPOSSIBLE},
        {"0000-12-31", NRM_TIME_IMPOSSIBLE},
        {"2025-00", NRM_TIME_IMPOSSIBLE},
        {"2025-13", NRM_TIME_IMPOSSIBLE},
        {"2025-01-00", NRM_TIME_IMPOSSIBLE},
        {"2025-01-32", NRM_TIME_IMPOSSIBLE},
        {"2025-02-29", NRM_TIME_IMPOSSIBLE},
        {"2025-02-30", NRM_TIME_IMPOSSIBLE},
        {"2024-02-30", NRM_TIME_IMPOSSIBLE},
        {"1900-02-29", NRM_TIME_IMPOSSIBLE},
        {"2100-02-29", NRM_TIME_IMPOSSIBLE},
        {"2025-04-31", NRM_TIME_IMPOSSIBLE},
        {"2025-02-30T10:00Z", NRM_TIME_IMPOSSIBLE},
        {"2025-02-30T10:00", NRM_TIME_IMPOSSIBLE},
        {"2025-02-30T10:00 CET", NRM_TIME_IMPOSSIBLE},
        {"2026-03-01T24:61Z", NRM_TIME_IMPOSSIBLE},
        {"2026-03-01T24:61+01:00", NRM_TIME_IMPOSSIBLE},
        {"2026-03-01T24:61", NRM_TIME_IMPOSSIBLE},
        {"2026-03-01T24:01Z", NRM_TIME_IMPOSSIBLE},
        {"2026-03-01T24:00:01Z", NRM_TIME_IMPOSSIBLE},
        {"2026-03-01T24:00:00.1Z", NRM_TIME_IMPOSSIBLE},
        {"2026-03-01T25:00Z", NRM_TIME_IMPOSSIBLE},
        {"2026-03-01T22:60Z", NRM_TIME_IMPOSSIBLE},
        {"2026-03-01T22:40:61Z", NRM_TIME_IMPOSSIBLE},
        {"9999-12-31T24:00Z", NRM_TIME_IMPOSSIBLE},
        {"9999-12-31T23:59:60Z", NRM_TIME_IMPOSSIBLE},

        {"2026-03-01T22:40", NRM_TIME_NO_OFFSET},
        {"2026-03-01 22:40", NRM_TIME_NO_OFFSET},
        {"2026-03-01 22:40 ", NRM_TIME_NO_OFFSET},
        {"2026-03-01T22:40:05", NRM_TIME_NO_OFFSET},
        {"2026-03-01T22:40:05.123", NRM_TIME_NO_OFFSET},
        {"2026-03-01T24:00", NRM_TIME_NO_OFFSET},

        {"2026-03-01T22:40+25:00", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40-24:00", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40+01:60", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40+1", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40+1:00", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40+01:", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40+01:0", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40+01:00:00", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40+01:00 ", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40+", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40CEST", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40 CEST", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40z", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40Zulu", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40Z ", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40 Europe/Warsaw", NRM_TIME_BAD_OFFSET},
        {"2026-03-01T22:40[Europe/Warsaw]", NRM_TIME_BAD_OFFSET},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_time time = {.precision = NRM_TIME_DAY, .day = 1, .utc = 1};
        enum nrm_time_fault fault = nrm_time_parse(nrm_str(rows[i].text), &time);
        cr_expect_eq(fault, rows[i].fault, "\"%s\": %d", rows[i].text, fault);
        cr_expect_eq(time.precision, NRM_TIME_UNKNOWN, "\"%s\"", rows[i].text);
        cr_expect_eq(time.utc, 0, "\"%s\"", rows[i].text);
        cr_expect_gt(strlen(nrm_time_fault_text(fault)), 20);
    }
}

Test(time_parse, text_need_not_end_with_nul)
{
    /* every part of a longer text is judged alone; nothing behind it is looked at */
    const char *text = "2026-03-01T22:40:05+01:00";
    for (size_t length = 0; length <= strlen(text); length++) {
        char *exact = malloc(length ? length : 1);
        memcpy(exact, text, length);
        struct nrm_time time;
        enum nrm_time_fault fault = nrm_time_parse((struct nrm_str){exact, length}, &time);
        bool complete = length == 4 || length == 7 || length == 10 || length == 22 || length == 25;
        cr_expect_eq(fault == NRM_TIME_OK, complete, "%zu", length);
        free(exact);
    }
    struct nrm_time time;
    cr_expect_eq(nrm_time_parse((struct nrm_str){NULL, 0}, &time), NRM_TIME_FORM);
    cr_expect_eq(nrm_time_parse((struct nrm_str){"2026-03-01\0", 11}, &time), NRM_TIME_FORM);
    cr_expect_eq(nrm_time_parse((struct nrm_str){"2026\0-03", 8}, &time), NRM_TIME_FORM);
}

/* --- the civil calendar --- */

Test(civil, every_day_of_ten_thousand_years)
{
    /* walks the calendar by its definition and compares */
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t day = NRM_DAY_MIN;
    int weekday = 0; /* 0001-01-01 was a Monday */
    for (int year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (leap && month == 2);
            cr_assert_eq(nrm_month_days(year, month), length);
            for (int date = 1; date <= length; date++, day++, weekday = (weekday + 1) % 7) {
                int y, m, d;
                nrm_day_to_civil(day, &y, &m, &d);
                if (y != year || m != month || d != date || nrm_day_of_week(day) != weekday ||
                    nrm_day_from_civil(year, month, date) != day)
                    cr_assert_fail("day %d is %d-%d-%d", (int)day, year, month, date);
            }
        }
    }
    cr_assert_eq(day - 1, NRM_DAY_MAX);
}

Test(civil, known_days)
{
    cr_expect_eq(nrm_day_from_civil(1970, 1, 1), 0);
    cr_expect_eq(nrm_day_from_civil(2000, 3, 1), 11017);
    cr_expect_eq(nrm_day_from_civil(1, 1, 1), NRM_DAY_MIN);
    cr_expect_eq(nrm_day_from_civil(9999, 12, 31), NRM_DAY_MAX);
    cr_expect_eq(nrm_day_of_week(day_of("2024-02-26")), 0, "a Monday");
    cr_expect_eq(nrm_day_of_week(day_of("2024-03-02")), 5, "a Saturday");
    cr_expect_eq(nrm_day_of_week(day_of("1969-12-31")), 2, "a Wednesday");
    cr_expect_eq(nrm_month_days(2024, 0), 0);
    cr_expect_eq(nrm_month_days(2024, 13), 0);
}

Test(civil, total_for_any_integer)
{
    cr_expect_eq(nrm_day_from_civil(2025, 2, 30), day_of("2025-03-02"), "carries over");
    cr_expect_eq(nrm_day_from_civil(2025, 13, 1), day_of("2026-01-01"));
    cr_expect_eq(nrm_day_from_civil(2025, 0, 1), day_of("2024-12-01"));
    cr_expect_eq(nrm_day_from_civil(2025, 3, 0), day_of("2025-02-28"));
    cr_expect_eq(nrm_day_from_civil(INT32_MAX, INT32_MAX, INT32_MAX), INT32_MAX);
    cr_expect_eq(nrm_day_from_civil(INT32_MIN, INT32_MIN, INT32_MIN), INT32_MIN);
    static const int32_t days[] = {INT32_MIN, INT32_MIN + 1,   NRM_DAY_MIN - 1, -1,
                                   0,         NRM_DAY_MAX + 1, INT32_MAX - 1,   INT32_MAX};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        int year, month, day;
        nrm_day_to_civil(days[i], &year, &month, &day);
        cr_expect_eq(nrm_day_from_civil(year, month, day), days[i], "%d", (int)days[i]);
        int weekday = nrm_day_of_week(days[i]);
        cr_expect(weekday >= 0 && weekday < 7);
    }
}

Test(civil, months)
{
    static const struct {
        const char *from;
        int months;
        const char *to;
    } rows[] = {
        {"2026-01-31", 1, "2026-02-28"},         {"2024-01-31", 1, "2024-02-29"},
        {"2024-01-30", 1, "2024-02-29"},         {"2024-01-29", 1, "2024-02-29"},
        {"2024-01-28", 1, "2024-02-28"},         {"2026-03-31", 1, "2026-04-30"},
        {"2026-08-31", 6, "2027-02-28"},         {"2026-12-31", 2, "2027-02-28"},
        {"2023-12-01", 3, "2024-03-01"},         {"2024-02-29", 12, "2025-02-28"},
        {"2024-02-29", 48, "2028-02-29"},        {"2024-03-31", -1, "2024-02-29"},
        {"2026-01-15", -1, "2025-12-15"},        {"2026-01-15", -13, "2024-12-15"},
        {"2026-05-17", 0, "2026-05-17"},         {"2008-08-31", 210, "2026-02-28"}, /* 17.5 years */
        {"0001-01-31", -1, "0001-01-01"},        {"9999-12-01", 1, "9999-12-31"},
        {"9999-11-30", 1, "9999-12-30"},         {"2026-01-01", INT32_MAX, "9999-12-31"},
        {"2026-01-01", INT32_MIN, "0001-01-01"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int32_t day = nrm_day_add_months(day_of(rows[i].from), rows[i].months);
        cr_expect_str_eq(day_text(day), rows[i].to, "%s and %d months", rows[i].from,
                         rows[i].months);
    }
    cr_expect_eq(nrm_day_add_months(INT32_MAX, INT32_MAX), NRM_DAY_MAX);
    cr_expect_eq(nrm_day_add_months(INT32_MIN, INT32_MIN), NRM_DAY_MIN);
}

/* H02-D008 H08-D022 */
Test(civil, birthdays)
{
    static const struct {
        const char *born;
        int age;
        const char *birthday;
    } rows[] = {
        {"2008-05-17", 18, "2026-05-17"}, {"2008-02-29", 18, "2026-03-01"},
        {"2008-02-29", 16, "2024-02-29"}, {"2008-02-29", 4, "2012-02-29"},
        {"2008-02-29", 0, "2008-02-29"},  {"2008-02-29", 92, "2100-03-01"},
        {"2008-12-31", 18, "2026-12-31"}, {"2008-03-01", 18, "2026-03-01"},
        {"2008-02-28", 18, "2026-02-28"}, {"2008-01-01", -1, "2007-01-01"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_str_eq(day_text(nrm_birthday(day_of(rows[i].born), rows[i].age)),
                         rows[i].birthday, "%s, %d", rows[i].born, rows[i].age);
    cr_expect_eq(nrm_birthday(0, INT32_MAX), INT32_MAX);
    cr_expect_eq(nrm_birthday(0, INT32_MIN), INT32_MIN);
    cr_expect_eq(nrm_birthday(INT32_MAX, INT32_MAX), INT32_MAX);

    /* a birth date of reduced precision is read as its latest possible day */
    struct nrm_time born;
    nrm_time_parse(NRM_STR("2008-02"), &born);
    cr_expect_str_eq(day_text(nrm_birthday(nrm_time_last_day(&born), 18)), "2026-03-01");
    nrm_time_parse(NRM_STR("2008"), &born);
    cr_expect_str_eq(day_text(nrm_birthday(nrm_time_last_day(&born), 18)), "2026-12-31");
}

/* --- durations --- */

Test(duration, parse_and_say)
{
    static const struct {
        const char *text;
        int32_t amount;
        enum nrm_unit unit;
        const char *words;
    } rows[] = {
        {"30min", 30, NRM_MINUTES, "30 minutes"},
        {"1min", 1, NRM_MINUTES, "1 minute"},
        {"48h", 48, NRM_HOURS, "48 hours"},
        {"1h", 1, NRM_HOURS, "1 hour"},
        {"0d", 0, NRM_DAYS, "0 days"},
        {"1d", 1, NRM_DAYS, "1 day"},
        {"90d", 90, NRM_DAYS, "90 days"},
        {"5wd", 5, NRM_WORKING_DAYS, "5 working days"},
        {"1wd", 1, NRM_WORKING_DAYS, "1 working day"},
        {"2w", 2, NRM_WEEKS, "2 weeks"},
        {"1w", 1, NRM_WEEKS, "1 week"},
        {"3mo", 3, NRM_MONTHS, "3 months"},
        {"1mo", 1, NRM_MONTHS, "1 month"},
        {"18y", 18, NRM_YEARS, "18 years"},
        {"1y", 1, NRM_YEARS, "1 year"},
        {"007d", 7, NRM_DAYS, "7 days"},
        {"2147483647h", INT32_MAX, NRM_HOURS, "2147483647 hours"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_duration duration;
        cr_expect(nrm_duration_parse(nrm_str(rows[i].text), &duration), "%s", rows[i].text);
        cr_expect_eq(duration.amount, rows[i].amount, "%s", rows[i].text);
        cr_expect_eq(duration.unit, rows[i].unit, "%s", rows[i].text);
        struct nrm_buffer words = {0};
        nrm_duration_text(duration, &words);
        cr_expect_str_eq(words.text, rows[i].words);
        nrm_buffer_free(&words);
    }
}

Test(duration, negative_amounts_have_words)
{
    struct nrm_buffer words = {0};
    nrm_duration_text((struct nrm_duration){-1, NRM_DAYS}, &words);
    nrm_buffer_add_char(&words, ',');
    nrm_duration_text((struct nrm_duration){INT32_MIN, NRM_HOURS}, &words);
    cr_expect_str_eq(words.text, "-1 day,-2147483648 hours");
    nrm_buffer_free(&words);
}

Test(duration, refused)
{
    static const char *const rows[] = {
        "",     "d",     "h",    "5",     "5 d",         " 5d",
        "5d ",  "5D",    "5m",   "5s",    "5days",       "-5d",
        "+5d",  "1.5h",  "1,5h", "5d12h", "P5D",         "five",
        "5wdx", "0x10d", "1e3d", "5dd",   "2147483648h", "99999999999999999999999999999999d",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_duration duration = {1, 1};
        cr_expect_not(nrm_duration_parse(nrm_str(rows[i]), &duration), "\"%s\"", rows[i]);
        cr_expect_eq(duration.amount, 0);
    }
    struct nrm_duration duration;
    cr_expect_not(nrm_duration_parse((struct nrm_str){NULL, 0}, &duration));
    cr_expect_not(nrm_duration_parse((struct nrm_str){"5d\0", 3}, &duration));
}
