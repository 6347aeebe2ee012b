/* What a scalar of a case says, read as the type of its field: the one place that both the check of
 * a case and the expressions go by. No function here looks beyond the one value. */
#include "data/case.h"

#include <math.h>

enum { NUMBER_LENGTH = 64 };

/* --- booleans and numbers --- */

bool nrm_scalar_boolean(struct nrm_str text, bool *boolean)
{
    static const struct {
        const char *word;
        bool boolean;
    } words[] = {{"true", true}, {"yes", true}, {"false", false}, {"no", false},
                 {"True", true}, {"Yes", true}, {"False", false}, {"No", false},
                 {"TRUE", true}, {"YES", true}, {"FALSE", false}, {"NO", false}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nrm_str_is(text, words[i].word)) {
            *boolean = words[i].boolean;
            return true;
        }
    return false;
}

/* A number being read: its digits without the point, and the power of ten that makes up for it. */
struct digits {
    const char *at, *end;
    uint64_t mantissa;
    int exponent;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits that find no room in 64 bits are worth their place only. */
static bool take_digits(struct digits *digits, bool fraction)
{
    const char *start = digits->at;
    for (; digits->at < digits->end && is_digit(*digits->at); digits->at++) {
        bool room = digits->mantissa <= (UINT64_MAX - 9) / 10;
        if (room)
            digits->mantissa = digits->mantissa * 10 + (uint64_t)(*digits->at - '0');
        digits->exponent += fraction ? -room : !room;
    }
    return digits->at > start;
}

static bool take(struct digits *digits, char c, char or)
{
    if (digits->at == digits->end || (*digits->at != c && *digits->at != or))
        return false;
    digits->at++;
    return true;
}

static bool take_exponent(struct digits *digits)
{
    bool negative = digits->at < digits->end && *digits->at == '-';
    take(digits, '+', '-');
    const char *start = digits->at;
    int exponent = 0;
    for (; digits->at < digits->end && is_digit(*digits->at); digits->at++)
        if (exponent < 10000)
            exponent = exponent * 10 + (*digits->at - '0');
    digits->exponent += negative ? -exponent : exponent;
    return digits->at > start;
}

/* One rounding for all numbers of up to 19 digits and small exponents. strtod would read the
 * decimal point of the locale. */
static double value_of(const struct digits *digits)
{
    long double value = (long double)digits->mantissa, power = 1, base = 10;
    int exponent = digits->exponent;
    for (int left = exponent < 0 ? -exponent : exponent; left && digits->mantissa; left >>= 1) {
        if (left & 1)
            power *= base;
        base *= base;
    }
    return (double)(exponent < 0 ? value / power : value * power);
}

bool nrm_scalar_number(struct nrm_str text, double *number)
{
    struct digits digits = {.at = text.text, .end = text.text + text.length};
    if (text.length == 0 || text.length > NUMBER_LENGTH)
        return false;
    bool negative = *text.text == '-';
    take(&digits, '+', '-');
    if (!take_digits(&digits, false))
        return false;
    if (take(&digits, '.', '.') && !take_digits(&digits, true))
        return false;
    if (take(&digits, 'e', 'E') && !take_exponent(&digits))
        return false;
    double value = value_of(&digits);
    if (digits.at != digits.end || !isfinite(value))
        return false;
    *number = negative ? -value : value;
    return true;
}

/* --- fields --- */

static const char *boolean_fault(struct nrm_str text)
{
    bool boolean;
    return nrm_scalar_boolean(text, &boolean) ? NULL
                                              : "neither yes nor no; write yes, no or unknown";
}

static const char *number_fault(struct nrm_str text)
{
    double number;
    return nrm_scalar_number(text, &number) ? NULL : "no number; write digits, as 12 or 2.5";
}

static const char *duration_fault(struct nrm_str text)
{
    struct nrm_duration duration;
    return nrm_duration_parse(text, &duration) ? NULL : "no duration; write it as 48h, 5d or 3mo";
}

static const char *time_fault(const struct nrm_field *field, struct nrm_str text,
                              struct nrm_time *time)
{
    enum nrm_time_fault fault = nrm_time_parse(text, time);
    const char *wrong = NULL;
    if (fault != NRM_TIME_OK)
        wrong = nrm_time_fault_text(fault);
    else if (field->type == NRM_FIELD_DATE && time->precision == NRM_TIME_SECOND)
        wrong = "a date is wanted here, without a time of day; write it as YYYY-MM-DD";
    else if (field->type == NRM_FIELD_TIME && time->precision < NRM_TIME_DAY)
        wrong = "the day is wanted here; write it as YYYY-MM-DD or YYYY-MM-DDThh:mm+hh:mm";
    if (wrong)
        *time = (struct nrm_time){0};
    return wrong;
}

static const char *code_fault(const struct nrm_field *field, struct nrm_str text)
{
    if (field->vocabulary->open)
        return text.length > 0 ? NULL : "no word; write one or leave the key out";
    return nrm_vocabulary_word(field->vocabulary, text) >= 0 ? NULL : "not a word of this field";
}

/* In a field that takes no words of its own somebody wrote down that it is not known. */
static bool says_unknown(const struct nrm_field *field, struct nrm_str text)
{
    switch ((enum nrm_field_type)field->type) {
    case NRM_FIELD_BOOLEAN:
    case NRM_FIELD_NUMBER:
    case NRM_FIELD_DATE:
    case NRM_FIELD_TIME:
    case NRM_FIELD_DURATION:
        return nrm_str_is(text, "unknown");
    case NRM_FIELD_STRING:
    case NRM_FIELD_TEXT:
    case NRM_FIELD_CODE:
    case NRM_FIELD_MAPPING:
    case NRM_FIELD_ANY:
        break;
    }
    return false;
}

static const char *scalar_fault(const struct nrm_field *field, struct nrm_str text,
                                struct nrm_time *time)
{
    switch ((enum nrm_field_type)field->type) {
    case NRM_FIELD_BOOLEAN:
        return boolean_fault(text);
    case NRM_FIELD_NUMBER:
        return number_fault(text);
    case NRM_FIELD_DATE:
    case NRM_FIELD_TIME:
        return time_fault(field, text, time);
    case NRM_FIELD_CODE:
        return code_fault(field, text);
    case NRM_FIELD_DURATION:
        return duration_fault(text);
    case NRM_FIELD_MAPPING:
        return "keys and values are wanted here (key: value)";
    case NRM_FIELD_STRING:
    case NRM_FIELD_TEXT:
    case NRM_FIELD_ANY:
        break;
    }
    return NULL;
}

/* As nrm_node_is_null, which need not look closely at what is too long to be null. */
static bool is_absent(const struct nrm_node *node)
{
    if (node && node->kind == NRM_SCALAR && !node->tag && node->count > strlen("null"))
        return false;
    return nrm_node_is_null(node);
}

const char *nrm_field_fault(const struct nrm_field *field, const struct nrm_node *node,
                            struct nrm_time *time)
{
    struct nrm_time unused;
    time = time ? time : &unused;
    *time = (struct nrm_time){0};
    node = nrm_node_resolve(node);
    if (is_absent(node) || field->type == NRM_FIELD_ANY)
        return NULL;
    if (node->kind == NRM_MAPPING && field->type == NRM_FIELD_MAPPING)
        return NULL;
    if (node->kind == NRM_SEQUENCE && !field->list)
        return "one value is wanted here, not a list";
    if (node->kind != NRM_SCALAR)
        return "a plain value is wanted here";
    struct nrm_str text = nrm_node_text(node);
    return says_unknown(field, text) ? NULL : scalar_fault(field, text, time);
}

bool nrm_field_accepts(const struct nrm_field *field, const struct nrm_node *node)
{
    node = nrm_node_resolve(node);
    if (is_absent(node))
        return false;
    if (node->kind == NRM_SCALAR && says_unknown(field, nrm_node_text(node)))
        return false;
    return nrm_field_fault(field, node, NULL) == NULL;
}
