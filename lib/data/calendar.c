/* Easter, holidays, working days, and when a duration is over: the calendar that deadlines are
 * counted on. Handbook chapter 13 settles amounts and not how to count, so counting follows
 * nrm-profile(5): hours elapse, days are local days, the start day does not count. */
#include "data/calendar.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, MONTHS_PER_YEAR = 12, DAYS_PER_WEEK = 7 };
enum { SUNDAY = 6, EVERY_WEEKDAY = 0x7f, EASTER_OFFSET_MAX = 366 };

/* --- Easter --- */

/* The Sunday after the ecclesiastical full moon, which is reckoned from the place of the year in
 * the 19-year lunar cycle: 21 March and 0 to 29 days. The Gregorian reform corrects the cycle by
 * the leap days left out and by the drift of the moon (8 days in 2500 years), and never lets the
 * moon fall on 19 April, nor on 18 April in the later part of the cycle. The orthodox reckoning
 * keeps the Julian calendar, which lags behind by the leap days that the reform left out. */
int32_t nrm_easter(int year, bool orthodox)
{
    int golden = year % 19;
    int century = year / 100;
    int left_out = century - century / 4;
    int32_t equinox = nrm_day_from_civil(year, 3, 21);
    int moon;
    if (orthodox) {
        moon = (19 * golden + 15) % 30;
        equinox += left_out - 2;
    } else {
        moon = (19 * golden + 15 + left_out - (8 * century + 13) / 25) % 30;
        if (moon == 29 || (moon == 28 && golden > 10))
            moon--;
    }
    int32_t full_moon = equinox + moon;
    int weekday = nrm_day_of_week(full_moon);
    return full_moon + (weekday == SUNDAY ? DAYS_PER_WEEK : SUNDAY - weekday);
}

/* --- holidays --- */

static bool skip_word(struct nrm_str *text, struct nrm_str word)
{
    if (text->length < word.length || memcmp(text->text, word.text, word.length) != 0)
        return false;
    text->text += word.length;
    text->length -= word.length;
    return true;
}

/* Nothing, or a sign and one to three digits. */
static bool parse_easter_offset(struct nrm_str text, int16_t *offset)
{
    *offset = 0;
    if (text.length == 0)
        return true;
    if ((text.text[0] != '+' && text.text[0] != '-') || text.length < 2 || text.length > 4)
        return false;
    int days = 0;
    for (size_t i = 1; i < text.length; i++) {
        if (text.text[i] < '0' || text.text[i] > '9')
            return false;
        days = days * 10 + (text.text[i] - '0');
    }
    *offset = (int16_t)(text.text[0] == '-' ? -days : days);
    return days <= EASTER_OFFSET_MAX;
}

/* MM-DD, read as a day of a leap year. */
static bool parse_yearly(struct nrm_str text, struct nrm_holiday *holiday)
{
    char date[] = "2000-00-00";
    if (text.length != 5)
        return false;
    memcpy(date + 5, text.text, text.length);
    struct nrm_time time;
    if (nrm_time_parse(nrm_str(date), &time) != NRM_TIME_OK || time.precision != NRM_TIME_DAY)
        return false;
    int year, month, day;
    nrm_day_to_civil(time.day, &year, &month, &day);
    holiday->kind = NRM_HOLIDAY_YEARLY;
    holiday->month = (uint8_t)month;
    holiday->day_of_month = (uint8_t)day;
    return true;
}

bool nrm_holiday_parse(struct nrm_str text, struct nrm_holiday *holiday)
{
    *holiday = (struct nrm_holiday){0};
    if (skip_word(&text, NRM_STR("easter"))) {
        holiday->kind = NRM_HOLIDAY_EASTER;
        return parse_easter_offset(text, &holiday->offset);
    }
    if (skip_word(&text, NRM_STR("orthodox-easter"))) {
        holiday->kind = NRM_HOLIDAY_ORTHODOX_EASTER;
        return parse_easter_offset(text, &holiday->offset);
    }
    if (parse_yearly(text, holiday))
        return true;
    struct nrm_time time;
    if (nrm_time_parse(text, &time) != NRM_TIME_OK || time.precision != NRM_TIME_DAY)
        return false;
    holiday->kind = NRM_HOLIDAY_DATE;
    holiday->day = time.day;
    return true;
}

/* --- working days --- */

/* Which days of one year are worked. */
struct year_plan {
    int32_t first;
    int length;
    bool working[366];
};

static int year_of(int64_t day)
{
    int year, month, day_of_month;
    if (day < NRM_DAY_MIN)
        return 0;
    nrm_day_to_civil(day > NRM_DAY_MAX ? NRM_DAY_MAX : (int32_t)day, &year, &month, &day_of_month);
    return year;
}

static void take_off(struct year_plan *plan, int64_t day)
{
    if (day >= plan->first && day < plan->first + plan->length)
        plan->working[day - plan->first] = false;
}

static void take_off_holiday(struct year_plan *plan, int year, const struct nrm_holiday *holiday)
{
    switch (holiday->kind) {
    case NRM_HOLIDAY_YEARLY:
        if (holiday->day_of_month <= nrm_month_days(year, holiday->month))
            take_off(plan, nrm_day_from_civil(year, holiday->month, holiday->day_of_month));
        break;
    case NRM_HOLIDAY_DATE:
        take_off(plan, holiday->day);
        break;
    case NRM_HOLIDAY_EASTER:
    case NRM_HOLIDAY_ORTHODOX_EASTER: {
        /* an offset may lead into the year from a neighbour's Easter */
        int64_t first = (int64_t)plan->first - holiday->offset;
        int last_year = year_of(first + plan->length - 1);
        for (int of = year_of(first); of <= last_year; of++) {
            if (of >= 1)
                take_off(plan, nrm_easter(of, holiday->kind == NRM_HOLIDAY_ORTHODOX_EASTER) +
                                   holiday->offset);
        }
        break;
    }
    }
}

/* The year that holds DAY. */
static void plan_year(struct year_plan *plan, const struct nrm_calendar *calendar, int32_t day)
{
    int year, month, day_of_month;
    nrm_day_to_civil(day, &year, &month, &day_of_month);
    plan->first = nrm_day_from_civil(year, 1, 1);
    plan->length = 337 + nrm_month_days(year, 2);
    int weekday = nrm_day_of_week(plan->first);
    for (int i = 0; i < plan->length; i++) {
        plan->working[i] = !(calendar->weekend >> weekday & 1);
        weekday = weekday == SUNDAY ? 0 : weekday + 1;
    }
    for (size_t i = 0; i < calendar->holiday_count; i++)
        take_off_holiday(plan, year, &calendar->holidays[i]);
}

static int32_t clamp_day(int64_t day)
{
    return day < NRM_DAY_MIN ? NRM_DAY_MIN : day > NRM_DAY_MAX ? NRM_DAY_MAX : (int32_t)day;
}

bool nrm_is_working_day(const struct nrm_calendar *calendar, int32_t day)
{
    struct year_plan plan;
    day = clamp_day(day);
    plan_year(&plan, calendar, day);
    return plan.working[day - plan.first];
}

static int32_t add_working_days(int32_t day, int32_t amount, const struct nrm_calendar *calendar)
{
    if (amount == 0)
        return day;
    int32_t step = amount < 0 ? -1 : 1;
    int32_t edge = amount < 0 ? NRM_DAY_MIN : NRM_DAY_MAX;
    if ((calendar->weekend & EVERY_WEEKDAY) == EVERY_WEEKDAY)
        return edge;
    struct year_plan plan;
    plan_year(&plan, calendar, day);
    for (int64_t left = (int64_t)amount * step; left > 0;) {
        if (day == edge)
            return edge;
        day += step;
        if (day < plan.first || day >= plan.first + plan.length)
            plan_year(&plan, calendar, day);
        left -= plan.working[day - plan.first];
    }
    return day;
}

/* --- durations --- */

static struct nrm_time after_seconds(const struct nrm_time *start, int64_t seconds,
                                     const struct nrm_zone *zone)
{
    return nrm_time_at(nrm_time_first(start, zone) + seconds, zone);
}

static int32_t add_to_day(int32_t day, struct nrm_duration duration,
                          const struct nrm_calendar *calendar)
{
    int64_t amount = duration.amount;
    switch (duration.unit) {
    case NRM_WORKING_DAYS:
        return add_working_days(day, duration.amount, calendar);
    case NRM_WEEKS:
        return clamp_day(day + amount * DAYS_PER_WEEK);
    case NRM_MONTHS:
        return nrm_day_add_months(day, duration.amount);
    case NRM_YEARS:
        if (amount < -9999 || amount > 9999)
            return amount < 0 ? NRM_DAY_MIN : NRM_DAY_MAX;
        return nrm_day_add_months(day, duration.amount * MONTHS_PER_YEAR);
    default:
        return clamp_day(day + amount);
    }
}

struct nrm_time nrm_time_add(const struct nrm_time *start, struct nrm_duration duration,
                             const struct nrm_calendar *calendar)
{
    if (start->precision == NRM_TIME_UNKNOWN || duration.unit > NRM_YEARS)
        return (struct nrm_time){0};
    if (duration.unit == NRM_MINUTES)
        return after_seconds(start, (int64_t)duration.amount * MINUTE, calendar->zone);
    if (duration.unit == NRM_HOURS)
        return after_seconds(start, (int64_t)duration.amount * HOUR, calendar->zone);

    int32_t day =
        start->precision == NRM_TIME_SECOND ? nrm_zone_day(calendar->zone, start->utc) : start->day;
    return (struct nrm_time){.precision = NRM_TIME_DAY,
                             .day = add_to_day(clamp_day(day), duration, calendar)};
}
