/* Sums, and the functions of times and text. Days are those of the scope's zone; a time of reduced
 * precision gives what is certain of it, and otherwise unknown. */
#include "rules/expr_internal.h"

#include <stdio.h>

/* --- days --- */

/* The first and last local day that TIME may be. False: no zone is known to tell. */
static bool day_range(const struct expr_frame *frame, const struct nrm_time *time, int32_t *first,
                      int32_t *last)
{
    if (time->precision != NRM_TIME_SECOND) {
        *first = time->day;
        *last = nrm_time_last_day(time);
        return true;
    }
    if (!frame->scope->calendar)
        return false;
    *first = *last = nrm_zone_day(frame->scope->calendar->zone, time->utc);
    return true;
}

/* The local day of TIME, where it is certain. */
static bool certain_day(const struct expr_frame *frame, const struct nrm_time *time, int32_t *day)
{
    int32_t last;
    return day_range(frame, time, day, &last) && *day == last;
}

static struct nrm_time full_day(int32_t day)
{
    return (struct nrm_time){.precision = NRM_TIME_DAY, .day = day};
}

/* --- sums --- */

static struct nrm_duration negative(struct nrm_duration duration)
{
    duration.amount = -duration.amount; /* written out it is never negative */
    return duration;
}

/* Months and years on a month or year alone keep its precision; anything else on it has no certain
 * day. */
static struct nrm_value add_to_reduced(const struct nrm_time *time, struct nrm_duration duration,
                                       const char *missing)
{
    bool years = duration.unit == NRM_YEARS;
    if (!years && !(duration.unit == NRM_MONTHS && time->precision == NRM_TIME_MONTH))
        return nrm_value_unknown(missing);
    int32_t most = INT32_MAX / 12; /* further than the calendar goes */
    if (years && (duration.amount > most || duration.amount < -most))
        duration.amount = duration.amount < 0 ? -most : most;
    struct nrm_time sum = *time;
    sum.day = nrm_day_add_months(time->day, duration.amount * (years ? 12 : 1));
    return nrm_value_time(sum, missing);
}

static struct nrm_value add_duration(struct expr_frame *frame, const struct nrm_time *time,
                                     struct nrm_duration duration, const char *missing)
{
    if (time->precision < NRM_TIME_DAY)
        return add_to_reduced(time, duration, missing);
    if (!frame->scope->calendar)
        return nrm_value_unknown(missing);
    return nrm_value_time(nrm_time_add(time, duration, frame->scope->calendar), missing);
}

static double calculate(double a, char sign, double b)
{
    switch (sign) {
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    default:
        return a / b; /* by zero: no number, so unknown */
    }
}

/* SUM and one more known term. */
static struct nrm_value add_term(struct expr_frame *frame, const struct nrm_value *sum, char sign,
                                 const struct nrm_value *term, const char *missing)
{
    if (sum->kind == NRM_VALUE_NUMBER && term->kind == NRM_VALUE_NUMBER) {
        struct nrm_value result = nrm_value_number(calculate(sum->number, sign, term->number));
        return result.kind == NRM_VALUE_UNKNOWN ? nrm_value_unknown(missing) : result;
    }
    bool minus = sign == '-';
    if (sum->kind == NRM_VALUE_TIME && term->kind == NRM_VALUE_DURATION && (minus || sign == '+'))
        return add_duration(frame, &sum->time, minus ? negative(term->duration) : term->duration,
                            missing);
    if (sum->kind == NRM_VALUE_DURATION && term->kind == NRM_VALUE_TIME && sign == '+')
        return add_duration(frame, &term->time, sum->duration, missing);
    return nrm_value_unknown(missing);
}

struct nrm_value expr_sum(struct expr_frame *frame, const struct expr_node *node)
{
    struct nrm_value sum = expr_value(frame, node->items);
    for (const struct expr_node *item = node->items->next; item && sum.kind != NRM_VALUE_UNKNOWN;
         item = item->next) {
        struct nrm_value term = expr_value(frame, item);
        if (term.kind == NRM_VALUE_UNKNOWN)
            return term;
        sum = add_term(frame, &sum, item->sign, &term, node->label);
    }
    return sum;
}

/* --- functions of times --- */

static int completed_years(int32_t birth, int32_t day)
{
    int birth_year, year, month, day_of_month;
    nrm_day_to_civil(birth, &birth_year, &month, &day_of_month);
    nrm_day_to_civil(day, &year, &month, &day_of_month);
    int years = year - birth_year;
    return nrm_birthday(birth, years) > day ? years - 1 : years;
}

/* Completed years on the day of ON. A birth date of reduced precision is read as its latest
 * possible day, so that nobody is taken for an adult too early (handbook 13.14). */
static struct nrm_value age(struct expr_frame *frame, const struct expr_node *node,
                            const struct nrm_time *on)
{
    const struct nrm_time *known = frame->scope->birth;
    struct nrm_value birth = known ? nrm_value_time(*known, EXPR_BIRTH_DATE)
                                   : expr_case_field(frame, node, EXPR_BIRTH_DATE);
    if (birth.kind == NRM_VALUE_UNKNOWN)
        return birth;
    int32_t born = nrm_time_last_day(&birth.time), first, last;
    if (!day_range(frame, on, &first, &last))
        return nrm_value_unknown(node->label);
    if (last < born)
        return nrm_value_unknown(EXPR_BIRTH_DATE " before that day");
    int years = completed_years(born, last);
    if (first < born || (first < last && completed_years(born, first) != years))
        return nrm_value_unknown(node->label);
    return nrm_value_number(years);
}

/* The year is known of every time, month and quarter where every possible day lies in one month. */
static struct nrm_value calendar_part(struct expr_frame *frame, const struct expr_node *node,
                                      const struct nrm_time *time)
{
    int32_t first, last;
    int year, month, last_month, day;
    if (!day_range(frame, time, &first, &last))
        return nrm_value_unknown(node->label);
    nrm_day_to_civil(first, &year, &month, &day);
    nrm_day_to_civil(last, &year, &last_month, &day);
    if (node->op == OP_YEAR)
        return nrm_value_number(year);
    if (month != last_month)
        return nrm_value_unknown(node->label);
    if (node->op == OP_MONTH)
        return nrm_value_number(month);
    return nrm_value_string(
        nrm_str(nrm_arena_printf(expr_scratch(frame->scope), "%04d-Q%d", year, (month + 2) / 3)));
}

static struct nrm_value days_between(struct expr_frame *frame, const struct nrm_time *from,
                                     const struct nrm_time *to, const char *label)
{
    int32_t from_day, to_day;
    if (!certain_day(frame, from, &from_day) || !certain_day(frame, to, &to_day))
        return nrm_value_unknown(label);
    return nrm_value_number((double)to_day - from_day);
}

static struct nrm_value hours_between(const struct nrm_time *from, const struct nrm_time *to,
                                      const char *label)
{
    if (from->precision != NRM_TIME_SECOND || to->precision != NRM_TIME_SECOND)
        return nrm_value_unknown(label);
    return nrm_value_number((double)(to->utc - from->utc) / 3600);
}

struct nrm_value expr_time_function(struct expr_frame *frame, const struct expr_node *node)
{
    const struct expr_node *second = node->items ? node->items->next : NULL;
    struct nrm_value a =
        node->items ? expr_value(frame, node->items) : nrm_value_time(frame->scope->now, "now");
    if (a.kind != NRM_VALUE_TIME)
        return a.kind == NRM_VALUE_UNKNOWN ? a : nrm_value_unknown(node->label);
    struct nrm_value b = second ? expr_value(frame, second) : a;
    if (b.kind != NRM_VALUE_TIME)
        return b.kind == NRM_VALUE_UNKNOWN ? b : nrm_value_unknown(node->label);
    int32_t day;
    switch (node->op) {
    case OP_AGE:
        return age(frame, node, &a.time);
    case OP_DATE:
        return certain_day(frame, &a.time, &day) ? nrm_value_time(full_day(day), NULL)
                                                 : nrm_value_unknown(node->label);
    case OP_DAYS_BETWEEN:
        return days_between(frame, &a.time, &b.time, node->label);
    case OP_HOURS_BETWEEN:
        return hours_between(&a.time, &b.time, node->label);
    default:
        return calendar_part(frame, node, &a.time);
    }
}

/* --- functions of text --- */

static bool contains(struct nrm_str text, struct nrm_str part)
{
    return part.length == 0 || memmem(text.text, text.length, part.text, part.length) != NULL;
}

static bool starts(struct nrm_str text, struct nrm_str part)
{
    return part.length <= text.length &&
           (part.length == 0 || memcmp(text.text, part.text, part.length) == 0);
}

struct nrm_value expr_text_function(struct expr_frame *frame, const struct expr_node *node)
{
    struct nrm_value a = expr_value(frame, node->items);
    if (a.kind == NRM_VALUE_UNKNOWN)
        return a;
    if (node->op == OP_COUNT || (node->op == OP_SIZE && a.kind == NRM_VALUE_LIST))
        return nrm_value_number((double)expr_list_count(&a));
    if (a.kind != NRM_VALUE_STRING)
        return nrm_value_unknown(node->label);
    /* letters made small take room, so they cost their bytes */
    if (!expr_spend(frame, node->op == OP_LOWER ? a.string.length : a.string.length / 64 + 1))
        return nrm_value_unknown(expr_too_much);
    if (node->op == OP_LOWER)
        return nrm_value_string(expr_lower(expr_scratch(frame->scope), a.string));
    if (node->op == OP_SIZE)
        return nrm_value_number((double)expr_characters(a.string));
    struct nrm_value b = expr_value(frame, node->items->next);
    if (b.kind != NRM_VALUE_STRING)
        return b.kind == NRM_VALUE_UNKNOWN ? b : nrm_value_unknown(node->label);
    return nrm_value_boolean(node->op == OP_CONTAINS ? contains(a.string, b.string)
                                                     : starts(a.string, b.string));
}
