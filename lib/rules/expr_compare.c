/* Comparing values. Two values can be less, equal or greater; where one of them is only known to
 * lie in a range (a day against an instant, a month), several of these stay possible, and a
 * comparison that asks for some but not all of them cannot be told. */
#include "rules/expr_internal.h"

enum { ALL_RELATIONS = RELATION_LESS | RELATION_EQUAL | RELATION_GREATER };

static unsigned order(int64_t a, int64_t b)
{
    return a < b ? RELATION_LESS : a > b ? RELATION_GREATER : RELATION_EQUAL;
}

/* Anything in [a_first, a_last] to anything in [b_first, b_last]. */
static unsigned order_ranges(int64_t a_first, int64_t a_last, int64_t b_first, int64_t b_last)
{
    unsigned relations = 0;
    if (a_first < b_last)
        relations |= RELATION_LESS;
    if (a_last > b_first)
        relations |= RELATION_GREATER;
    if (a_first <= b_last && b_first <= a_last)
        relations |= RELATION_EQUAL;
    return relations;
}

static unsigned order_times(const struct expr_frame *frame, const struct nrm_time *a,
                            const struct nrm_time *b)
{
    bool a_exact = a->precision == NRM_TIME_SECOND, b_exact = b->precision == NRM_TIME_SECOND;
    if (a_exact && b_exact)
        return order(a->utc, b->utc);
    if (!a_exact && !b_exact) /* as days: two full days are points */
        return order_ranges(a->day, nrm_time_last_day(a), b->day, nrm_time_last_day(b));
    if (!frame->scope->calendar)
        return ALL_RELATIONS;
    const struct nrm_zone *zone = frame->scope->calendar->zone;
    return order_ranges(nrm_time_first(a, zone), nrm_time_last(a, zone), nrm_time_first(b, zone),
                        nrm_time_last(b, zone));
}

/* A duration in the smallest unit that it can be turned into; units of different families have no
 * common one: a month has no fixed number of days, a day none of hours. */
static int64_t in_family(struct nrm_duration duration, uint8_t *family)
{
    static const struct {
        uint8_t family;
        int8_t times;
    } units[] = {
        [NRM_MINUTES] = {NRM_MINUTES, 1}, [NRM_HOURS] = {NRM_MINUTES, 60},
        [NRM_DAYS] = {NRM_DAYS, 1},       [NRM_WORKING_DAYS] = {NRM_WORKING_DAYS, 1},
        [NRM_WEEKS] = {NRM_DAYS, 7},      [NRM_MONTHS] = {NRM_MONTHS, 1},
        [NRM_YEARS] = {NRM_MONTHS, 12},
    };
    *family = units[duration.unit].family;
    return (int64_t)duration.amount * units[duration.unit].times;
}

static unsigned order_durations(struct nrm_duration a, struct nrm_duration b)
{
    uint8_t a_family, b_family;
    int64_t a_amount = in_family(a, &a_family), b_amount = in_family(b, &b_family);
    return a_family == b_family ? order(a_amount, b_amount) : ALL_RELATIONS;
}

unsigned expr_relations(struct expr_frame *frame, const struct nrm_value *a,
                        const struct nrm_value *b)
{
    if (a->kind != b->kind)
        return 0;
    switch ((enum nrm_value_kind)a->kind) {
    case NRM_VALUE_BOOLEAN:
        return order(a->boolean, b->boolean);
    case NRM_VALUE_NUMBER:
        return a->number < b->number   ? RELATION_LESS
               : a->number > b->number ? RELATION_GREATER
                                       : RELATION_EQUAL;
    case NRM_VALUE_TIME:
        return order_times(frame, &a->time, &b->time);
    case NRM_VALUE_DURATION:
        return order_durations(a->duration, b->duration);
    case NRM_VALUE_STRING:
        expr_spend(frame, a->string.length / 64);
        return order(nrm_str_compare(a->string, b->string), 0);
    case NRM_VALUE_UNKNOWN:
    case NRM_VALUE_LIST:
        break;
    }
    return 0;
}

/* --- members of lists --- */

size_t expr_list_count(const struct nrm_value *list)
{
    return list->kind == NRM_VALUE_LIST ? nrm_value_list_count(list) : 1;
}

/* A member as it compares with a value of KIND: text as written where the case model does not say
 * what it is. */
static struct nrm_value member(const struct nrm_value *list, size_t index, uint8_t kind)
{
    if (list->kind != NRM_VALUE_LIST)
        return *list;
    if (list->list.node && !list->list.field && kind == NRM_VALUE_STRING)
        return nrm_value_of_node_as(nrm_value_list_node(list, index), NRM_VALUE_STRING, NULL);
    return nrm_value_list_item(list, index);
}

static struct expr_answer same(struct expr_frame *frame, const struct nrm_value *a,
                               const struct nrm_value *b)
{
    if (a->kind == NRM_VALUE_UNKNOWN || b->kind == NRM_VALUE_UNKNOWN)
        return expr_cannot_tell(NULL);
    unsigned relations = expr_relations(frame, a, b);
    if (relations & ~(unsigned)RELATION_EQUAL)
        return relations & RELATION_EQUAL ? expr_cannot_tell(NULL) : expr_decided(false);
    return expr_decided(relations == RELATION_EQUAL);
}

/* The same for a text among the members of a list written out. */
static struct expr_answer is_among(struct expr_frame *frame, struct nrm_str item,
                                   const struct nrm_value *list)
{
    bool all_known = true;
    for (size_t i = 0; i < list->list.count; i++) {
        const struct nrm_value *one = &list->list.values[i];
        if (one->kind == NRM_VALUE_STRING && nrm_str_equal(item, one->string))
            return expr_decided(true);
        all_known &= one->kind != NRM_VALUE_UNKNOWN;
    }
    if (!expr_spend(frame, list->list.count))
        return expr_cannot_tell(expr_too_much);
    return all_known ? expr_decided(false) : expr_cannot_tell(NULL);
}

struct expr_answer expr_in(struct expr_frame *frame, const struct nrm_value *item,
                           const struct nrm_value *list)
{
    if (list->kind == NRM_VALUE_UNKNOWN)
        return expr_cannot_tell(list->missing);
    struct expr_answer answer = expr_decided(false);
    size_t count = expr_list_count(list);
    if (item->kind == NRM_VALUE_UNKNOWN)
        return count ? expr_cannot_tell(item->missing) : answer;
    if (item->kind == NRM_VALUE_STRING && list->kind == NRM_VALUE_LIST && !list->list.node)
        return is_among(frame, item->string, list);
    for (size_t i = 0; i < count; i++) {
        if (!expr_spend(frame, 1))
            return expr_cannot_tell(expr_too_much);
        struct nrm_value candidate = member(list, i, item->kind);
        struct expr_answer equal = same(frame, item, &candidate);
        if (equal.truth == NRM_TRUE)
            return equal;
        if (equal.truth == NRM_CANNOT_TELL)
            answer = equal;
    }
    return answer;
}

/* What the members of LIST are, so that another list can be read to match; unknown: by their look.
 */
static uint8_t kind_of_members(const struct nrm_value *list)
{
    if (list->kind != NRM_VALUE_LIST)
        return list->kind;
    if ((list->list.node && !list->list.field) || !nrm_value_list_count(list))
        return NRM_VALUE_UNKNOWN;
    return nrm_value_list_item(list, 0).kind;
}

struct expr_answer expr_any(struct expr_frame *frame, const struct nrm_value *a,
                            const struct nrm_value *b)
{
    bool a_known = a->kind != NRM_VALUE_UNKNOWN, b_known = b->kind != NRM_VALUE_UNKNOWN;
    if ((a_known && !expr_list_count(a)) || (b_known && !expr_list_count(b)))
        return expr_decided(false);
    if (!a_known)
        return expr_cannot_tell(a->missing);
    struct expr_answer answer = expr_decided(false);
    uint8_t kind = kind_of_members(b);
    for (size_t i = 0, count = expr_list_count(a); i < count; i++) {
        struct nrm_value item = member(a, i, kind);
        struct expr_answer in = expr_in(frame, &item, b);
        if (in.truth == NRM_TRUE || in.missing == expr_too_much)
            return in;
        if (in.truth == NRM_CANNOT_TELL)
            answer = in;
    }
    return answer;
}

struct expr_answer expr_all(struct expr_frame *frame, const struct nrm_value *a,
                            const struct nrm_value *b)
{
    if (a->kind == NRM_VALUE_UNKNOWN)
        return expr_cannot_tell(a->missing);
    struct expr_answer answer = expr_decided(true);
    uint8_t kind = kind_of_members(b);
    for (size_t i = 0, count = expr_list_count(a); i < count; i++) {
        struct nrm_value item = member(a, i, kind);
        struct expr_answer in = expr_in(frame, &item, b);
        if (in.truth == NRM_FALSE || in.missing == expr_too_much)
            return in;
        if (in.truth == NRM_CANNOT_TELL)
            answer = in;
    }
    return answer;
}

/* Lists are equal where they have the same members in the same order. */
static struct expr_answer same_lists(struct expr_frame *frame, const struct nrm_value *a,
                                     const struct nrm_value *b)
{
    size_t count = nrm_value_list_count(a);
    if (count != nrm_value_list_count(b))
        return expr_decided(false);
    struct expr_answer answer = expr_decided(true);
    for (size_t i = 0; i < count; i++) {
        if (!expr_spend(frame, 1))
            return expr_cannot_tell(expr_too_much);
        struct nrm_value left = nrm_value_list_item(a, i), right = member(b, i, left.kind);
        if (right.kind == NRM_VALUE_STRING)
            left = member(a, i, right.kind);
        struct expr_answer equal = same(frame, &left, &right);
        if (equal.truth == NRM_FALSE)
            return equal;
        if (equal.truth == NRM_CANNOT_TELL)
            answer = equal;
    }
    return answer;
}

struct expr_answer expr_compare(struct expr_frame *frame, const struct nrm_value *a,
                                const struct nrm_value *b, unsigned wanted, const char *label)
{
    if (a->kind == NRM_VALUE_UNKNOWN)
        return expr_cannot_tell(a->missing);
    if (b->kind == NRM_VALUE_UNKNOWN)
        return expr_cannot_tell(b->missing);
    bool equal = wanted == RELATION_EQUAL;
    bool ordered = !equal && wanted != (RELATION_LESS | RELATION_GREATER);
    if (a->kind == NRM_VALUE_LIST && b->kind == NRM_VALUE_LIST && !ordered) {
        struct expr_answer answer = same_lists(frame, a, b);
        if (answer.truth == NRM_CANNOT_TELL && !answer.missing)
            answer.missing = label;
        return equal ? answer : expr_not(answer);
    }
    unsigned relations = expr_relations(frame, a, b);
    if (!relations) /* different kinds: unequal, and without order */
        return ordered ? expr_cannot_tell(label) : expr_decided(!equal);
    if (!(relations & ~wanted))
        return expr_decided(true);
    return relations & wanted ? expr_cannot_tell(label) : expr_decided(false);
}
