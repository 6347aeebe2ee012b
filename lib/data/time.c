/* Times as case files write them: ISO 8601 parsing, and the civil calendar behind it (day numbers,
 * months, birthdays). No zone is known here (zone.c), and no duration (duration.c, calendar.c). */
#include "data/time.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* Days of a 400-year cycle of the calendar, and from 0001-01-01 to 1970-01-01. */
enum { CYCLE_YEARS = 400, CYCLE_DAYS = 146097, EPOCH = -NRM_DAY_MIN };

/* --- civil calendar --- */

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int nrm_month_days(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1 January to the first of MONTH (1..12). */
static int days_before_month(bool leap, int month)
{
    static const uint16_t days[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    return days[month - 1] + (leap && month > 2);
}

/* Days from 1 January of year 1 to 1 January of YEAR (from 1 on). */
static int64_t days_before_year(int64_t year)
{
    int64_t past = year - 1;
    return past * 365 + past / 4 - past / 100 + past / 400;
}

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

/* MONTH counts from 0 here and carries over into the year. */
static int64_t day_number(int64_t year, int64_t month, int64_t day)
{
    year += floor_divide(month, 12);
    int month_of_year = (int)(month - floor_divide(month, 12) * 12) + 1;
    int64_t cycle = floor_divide(year - 1, CYCLE_YEARS);
    year -= cycle * CYCLE_YEARS;
    return cycle * CYCLE_DAYS + days_before_year(year) +
           days_before_month(is_leap(year), month_of_year) + day - 1 - EPOCH;
}

static int32_t clamp_day(int64_t day, int32_t least, int32_t most)
{
    return day < least ? least : day > most ? most : (int32_t)day;
}

int32_t nrm_day_from_civil(int year, int month, int day)
{
    return clamp_day(day_number(year, (int64_t)month - 1, day), INT32_MIN, INT32_MAX);
}

void nrm_day_to_civil(int32_t day, int *year, int *month, int *day_of_month)
{
    int64_t count = (int64_t)day + EPOCH;
    int64_t cycle = floor_divide(count, CYCLE_DAYS);
    int rest = (int)(count - cycle * CYCLE_DAYS);

    /* Years of 365 days overestimate the year by one at most, in the days that leap days make up.
     */
    int year_of_cycle = rest / 365 + 1;
    if (days_before_year(year_of_cycle) > rest)
        year_of_cycle--;
    rest -= (int)days_before_year(year_of_cycle);

    bool leap = is_leap(year_of_cycle);
    int month_of_year = rest / 32 + 1;
    if (month_of_year < 12 && days_before_month(leap, month_of_year + 1) <= rest)
        month_of_year++;

    *year = (int)(cycle * CYCLE_YEARS) + year_of_cycle;
    *month = month_of_year;
    *day_of_month = rest - days_before_month(leap, month_of_year) + 1;
}

int nrm_day_of_week(int32_t day)
{
    /* 1970-01-01 was a Thursday. */
    return (int)(((int64_t)day % 7 + 7 + 3) % 7);
}

int32_t nrm_day_add_months(int32_t day, int months)
{
    int year, month, day_of_month;
    nrm_day_to_civil(day, &year, &month, &day_of_month);
    int64_t sum = (int64_t)month - 1 + months;
    int64_t first = day_number(year, sum, 1);
    int64_t last = day_number(year, sum + 1, 0);
    int64_t moved = first + day_of_month - 1;
    return clamp_day(moved > last ? last : moved, NRM_DAY_MIN, NRM_DAY_MAX);
}

int32_t nrm_time_last_day(const struct nrm_time *time)
{
    int year, month, day;
    nrm_day_to_civil(time->day, &year, &month, &day);
    if (time->precision == NRM_TIME_YEAR)
        return nrm_day_from_civil(year, 12, 31);
    if (time->precision == NRM_TIME_MONTH)
        return nrm_day_from_civil(year, month + 1, 0);
    return time->day;
}

int32_t nrm_birthday(int32_t birth_day, int age)
{
    int year, month, day;
    nrm_day_to_civil(birth_day, &year, &month, &day);
    return clamp_day(day_number((int64_t)year + age, month - 1, day), INT32_MIN, INT32_MAX);
}

/* --- parsing --- */

struct scan {
    const char *at, *end;
};

/* What a time is written as, before anything is known about its sense. */
struct written {
    enum nrm_precision precision;
    int year, month, day;
    int hour, minute, second, offset_minutes;
    bool fraction; /* of a second, other than zero */
};

static bool take(struct scan *scan, char wanted)
{
    if (scan->at == scan->end || *scan->at != wanted)
        return false;
    scan->at++;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take_number(struct scan *scan, int digits, int *number)
{
    if (scan->end - scan->at < digits)
        return false;
    int value = 0;
    for (int i = 0; i < digits; i++) {
        if (!is_digit(scan->at[i]))
            return false;
        value = value * 10 + (scan->at[i] - '0');
    }
    scan->at += digits;
    *number = value;
    return true;
}

static bool take_date(struct scan *scan, struct written *written)
{
    if (!take_number(scan, 4, &written->year))
        return false;
    written->precision = NRM_TIME_YEAR;
    if (!take(scan, '-'))
        return true;
    if (!take_number(scan, 2, &written->month))
        return false;
    written->precision = NRM_TIME_MONTH;
    if (!take(scan, '-'))
        return true;
    if (!take_number(scan, 2, &written->day))
        return false;
    written->precision = NRM_TIME_DAY;
    return true;
}

static bool take_clock(struct scan *scan, struct written *written)
{
    if (!take_number(scan, 2, &written->hour) || !take(scan, ':') ||
        !take_number(scan, 2, &written->minute))
        return false;
    if (!take(scan, ':'))
        return true;
    if (!take_number(scan, 2, &written->second))
        return false;
    if (!take(scan, '.') && !take(scan, ','))
        return true;
    const char *fraction = scan->at;
    for (; scan->at < scan->end && is_digit(*scan->at); scan->at++)
        written->fraction |= *scan->at != '0';
    return scan->at > fraction;
}

/* The rest of the text is the offset. A name ("CEST", "[Europe/Warsaw]") is understood to be one,
 * so that the message can say what to write instead. */
static enum nrm_time_fault take_offset(struct scan *scan, struct written *written)
{
    take(scan, ' ');
    if (scan->at == scan->end)
        return NRM_TIME_NO_OFFSET;
    char first = *scan->at;
    if (first == 'Z' && scan->end - scan->at == 1)
        return NRM_TIME_OK;
    if (first != '+' && first != '-') {
        bool letter = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
        return letter || first == '[' ? NRM_TIME_BAD_OFFSET : NRM_TIME_FORM;
    }
    scan->at++;
    int hours, minutes = 0;
    if (!take_number(scan, 2, &hours))
        return NRM_TIME_BAD_OFFSET;
    if (scan->at < scan->end) {
        take(scan, ':');
        if (!take_number(scan, 2, &minutes))
            return NRM_TIME_BAD_OFFSET;
    }
    if (scan->at < scan->end || hours > 23 || minutes > 59)
        return NRM_TIME_BAD_OFFSET;
    written->offset_minutes = (hours * 60 + minutes) * (first == '-' ? -1 : 1);
    return NRM_TIME_OK;
}

static bool date_exists(const struct written *written)
{
    return written->year >= 1 && written->day >= 1 &&
           written->day <= nrm_month_days(written->year, written->month);
}

static bool clock_exists(const struct written *written)
{
    if (written->hour == 24)
        return written->minute == 0 && written->second == 0 && !written->fraction;
    return written->hour < 24 && written->minute < 60 && written->second <= 60;
}

/* False: the end of the last day there is. */
static bool set_instant(struct nrm_time *time, const struct written *written)
{
    int64_t local = (int64_t)nrm_day_from_civil(written->year, written->month, written->day) * DAY +
                    written->hour * HOUR + written->minute * MINUTE + written->second;
    int32_t day = (int32_t)floor_divide(local, DAY);
    if (day > NRM_DAY_MAX)
        return false;
    *time = (struct nrm_time){.precision = NRM_TIME_SECOND,
                              .offset_minutes = (int16_t)written->offset_minutes,
                              .day = day,
                              .utc = local - (int64_t)written->offset_minutes * MINUTE};
    return true;
}

enum nrm_time_fault nrm_time_parse(struct nrm_str text, struct nrm_time *time)
{
    *time = (struct nrm_time){0};
    if (text.length == 0)
        return NRM_TIME_FORM;

    struct scan scan = {text.text, text.text + text.length};
    struct written written = {.month = 1, .day = 1};
    if (!take_date(&scan, &written))
        return NRM_TIME_FORM;
    if (scan.at == scan.end) {
        if (!date_exists(&written))
            return NRM_TIME_IMPOSSIBLE;
        time->precision = (uint8_t)written.precision;
        time->day = nrm_day_from_civil(written.year, written.month, written.day);
        return NRM_TIME_OK;
    }

    if (written.precision != NRM_TIME_DAY || (!take(&scan, 'T') && !take(&scan, ' ')) ||
        !take_clock(&scan, &written))
        return NRM_TIME_FORM;
    enum nrm_time_fault fault = take_offset(&scan, &written);
    if (fault == NRM_TIME_FORM)
        return fault;
    if (!date_exists(&written) || !clock_exists(&written))
        return NRM_TIME_IMPOSSIBLE;
    if (fault != NRM_TIME_OK)
        return fault;
    return set_instant(time, &written) ? NRM_TIME_OK : NRM_TIME_IMPOSSIBLE;
}

const char *nrm_time_fault_text(enum nrm_time_fault fault)
{
    switch (fault) {
    case NRM_TIME_OK:
        return "";
    case NRM_TIME_FORM:
        return "not a date or time; write it like 2026-03-01 or 2026-03-01T22:40+01:00";
    case NRM_TIME_IMPOSSIBLE:
        return "a date or time that does not exist; check day, month, hour and minute";
    case NRM_TIME_NO_OFFSET:
        return "a time of day without its offset from UTC; write it like 22:40+01:00";
    case NRM_TIME_BAD_OFFSET:
        return "an offset from UTC that is not known; write hours and minutes like +01:00, "
               "not the name of a zone";
    }
    return "not a date or time";
}
