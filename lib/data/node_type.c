/* What a plain scalar means to the parsers that people use: YAML 1.1 as PyYAML resolves it and the
 * core schema of YAML 1.2. Where either sees something other than text, so do we; where both do but
 * differ (0042 is 34 here and 42 there), it is a number all the same. */
#include "data/node.h"

/* A text being matched: what is left of it. */
struct rest {
    const char *text, *end;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool at_end(const struct rest *rest)
{
    return rest->text == rest->end;
}

/* Step over one character that is in SET. */
static bool take(struct rest *rest, const char *set)
{
    if (at_end(rest) || *rest->text == '\0' || !strchr(set, *rest->text))
        return false;
    rest->text++;
    return true;
}

/* Step over all characters that are in SET; how many. */
static size_t take_all(struct rest *rest, const char *set)
{
    const char *start = rest->text;
    while (take(rest, set))
        continue;
    return (size_t)(rest->text - start);
}

static bool take_digits(struct rest *rest, size_t least, size_t most)
{
    size_t count = 0;
    while (count < most && !at_end(rest) && is_digit(*rest->text)) {
        rest->text++;
        count++;
    }
    return count >= least;
}

static bool is_word(struct nrm_str text, const char *const *words)
{
    for (; *words; words++)
        if (nrm_str_is(text, *words))
            return true;
    return false;
}

static bool is_null(struct nrm_str text)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};
    return is_word(text, words);
}

static bool is_boolean(struct nrm_str text)
{
    static const char *const words[] = {
        "y",    "Y",     "yes",   "Yes",   "YES", "n",  "N",  "no",  "No",  "NO",  "true", "True",
        "TRUE", "false", "False", "FALSE", "on",  "On", "ON", "off", "Off", "OFF", NULL};
    return is_word(text, words);
}

/* 0b11, 0o17, 017, 0x1F, 42, 1_000. */
static bool is_integer(struct rest rest)
{
    take(&rest, "+-");
    if (at_end(&rest) || !is_digit(*rest.text))
        return false;
    bool zero = take(&rest, "0");
    if (zero && take(&rest, "b"))
        return take_all(&rest, "01_") && at_end(&rest);
    if (zero && take(&rest, "o"))
        return take_all(&rest, "01234567_") && at_end(&rest);
    if (zero && take(&rest, "x"))
        return take_all(&rest, "0123456789abcdefABCDEF_") && at_end(&rest);
    take_all(&rest, "0123456789_");
    return at_end(&rest);
}

/* 190:20:30 and 190:20:30.15: YAML 1.1 counts in sixties. */
static bool is_sexagesimal(struct rest rest, bool *fraction)
{
    *fraction = false;
    take(&rest, "+-");
    if (at_end(&rest) || !is_digit(*rest.text))
        return false;
    bool zero = *rest.text == '0'; /* 09:30 is text, 09:30.5 is not */
    take_all(&rest, "0123456789_");
    size_t groups = 0;
    for (; take(&rest, ":"); groups++) {
        bool tens = rest.end - rest.text >= 2 && is_digit(rest.text[1]);
        if ((tens && !take(&rest, "012345")) || !take_digits(&rest, 1, 1))
            return false;
    }
    if (groups && take(&rest, ".")) {
        *fraction = true;
        take_all(&rest, "0123456789_");
    }
    return groups && at_end(&rest) && (*fraction || !zero);
}

static bool is_float(struct rest rest)
{
    static const char *const infinite[] = {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN", NULL};
    take(&rest, "+-");
    if (is_word((struct nrm_str){rest.text, (size_t)(rest.end - rest.text)}, infinite))
        return true;
    bool whole = !at_end(&rest) && is_digit(*rest.text);
    take_all(&rest, "0123456789_");
    bool point = whole && take(&rest, ".");
    if (!whole) {
        if (!take(&rest, ".") || at_end(&rest) || !is_digit(*rest.text))
            return false;
        point = true;
    }
    take_all(&rest, "0123456789_");
    bool exponent = take(&rest, "eE");
    if (exponent) {
        take(&rest, "+-");
        if (!take_digits(&rest, 1, SIZE_MAX))
            return false;
    }
    return at_end(&rest) && (point || exponent);
}

/* hh:mm:ss with an optional fraction and offset, behind the date. */
static bool is_time_of_day(struct rest rest)
{
    if (!take_digits(&rest, 1, 2) || !take(&rest, ":") || !take_digits(&rest, 2, 2) ||
        !take(&rest, ":") || !take_digits(&rest, 2, 2))
        return false;
    if (take(&rest, "."))
        take_digits(&rest, 0, SIZE_MAX);
    take_all(&rest, " \t");
    if (take(&rest, "Z") || at_end(&rest))
        return at_end(&rest);
    if (!take(&rest, "+-") || !take_digits(&rest, 1, 2))
        return false;
    return at_end(&rest) || (take(&rest, ":") && take_digits(&rest, 2, 2) && at_end(&rest));
}

static bool is_time(struct rest rest)
{
    const char *start = rest.text;
    if (!take_digits(&rest, 4, 4) || !take(&rest, "-") || !take_digits(&rest, 1, 2) ||
        !take(&rest, "-") || !take_digits(&rest, 1, 2))
        return false;
    if (at_end(&rest))
        return rest.text - start == 10; /* a date alone has all its digits */
    return (take(&rest, "Tt") || take_all(&rest, " \t")) && is_time_of_day(rest);
}

enum nrm_scalar_type nrm_scalar_type(struct nrm_str plain)
{
    /* Most text is told by its first byte. */
    if (plain.length && !strchr("+-.0123456789~nNyYtTfFoO<=", plain.text[0]))
        return NRM_TYPE_STRING;
    struct rest rest = {plain.text, plain.text + plain.length};
    bool fraction;
    if (is_null(plain))
        return NRM_TYPE_NULL;
    if (is_boolean(plain))
        return NRM_TYPE_BOOLEAN;
    if (nrm_str_is(plain, "<<") || nrm_str_is(plain, "="))
        return NRM_TYPE_MERGE;
    if (is_integer(rest))
        return NRM_TYPE_INTEGER;
    if (is_sexagesimal(rest, &fraction))
        return fraction ? NRM_TYPE_FLOAT : NRM_TYPE_INTEGER;
    if (is_float(rest))
        return NRM_TYPE_FLOAT;
    return is_time(rest) ? NRM_TYPE_TIME : NRM_TYPE_STRING;
}
