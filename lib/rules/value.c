/* Values: reading scalars and lists of a case, and writing values for machine formats. */
#include "rules/value.h"

#include <math.h>
#include <stdio.h>

struct nrm_value nrm_value_number(double number)
{
    if (!isfinite(number))
        return nrm_value_unknown(NULL);
    return (struct nrm_value){.kind = NRM_VALUE_NUMBER, {.number = number}};
}

struct nrm_value nrm_value_time(struct nrm_time time, const char *missing)
{
    if (time.precision == NRM_TIME_UNKNOWN)
        return nrm_value_unknown(missing);
    return (struct nrm_value){.kind = NRM_VALUE_TIME, {.time = time}};
}

/* --- numbers --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void nrm_number_text(double number, struct nrm_buffer *buffer)
{
    char text[40];
    int length = snprintf(text, sizeof text, "%.15g", number == 0 ? 0.0 : number);
    for (int i = 0; i < length; i++) {
        if (is_digit(text[i]) || strchr("+-einfa", text[i]))
            nrm_buffer_add_char(buffer, text[i]);
        else if (is_digit(text[i - 1]))
            nrm_buffer_add_char(buffer, '.'); /* the locale's point, perhaps of several bytes */
    }
}

/* A number that every reader of YAML takes for the same one: no leading zeros, no leading +. */
static bool looks_like_number(struct nrm_str text, double *number)
{
    size_t first = text.length && text.text[0] == '-';
    bool zero =
        first + 1 < text.length && text.text[first] == '0' && is_digit(text.text[first + 1]);
    return !zero && text.length && text.text[0] != '+' && nrm_scalar_number(text, number);
}

/* --- scalars of a case --- */

/* true and false as all readers of YAML take them; yes and no are booleans to some and text to
 * others, and no is also Norway. */
static bool looks_like_boolean(struct nrm_str text, bool *boolean)
{
    static const char *const words[][2] = {{"true", "false"}, {"True", "False"}, {"TRUE", "FALSE"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *boolean = nrm_str_is(text, words[i][0]);
        if (*boolean || nrm_str_is(text, words[i][1]))
            return true;
    }
    return false;
}

static bool read_duration(struct nrm_str text, struct nrm_value *value)
{
    value->kind = NRM_VALUE_DURATION;
    return nrm_duration_parse(text, &value->duration);
}

/* TEXT read as KIND; unknown where it is none. */
static struct nrm_value read_as(struct nrm_str text, enum nrm_value_kind kind, const char *missing)
{
    struct nrm_value value = {.kind = (uint8_t)kind};
    bool read = false;
    switch (kind) {
    case NRM_VALUE_BOOLEAN:
        read = nrm_scalar_boolean(text, &value.boolean);
        break;
    case NRM_VALUE_NUMBER:
        read = nrm_scalar_number(text, &value.number);
        break;
    case NRM_VALUE_TIME:
        read = nrm_time_parse(text, &value.time) == NRM_TIME_OK;
        break;
    case NRM_VALUE_DURATION:
        read = read_duration(text, &value);
        break;
    case NRM_VALUE_STRING:
        value.string = text;
        read = true;
        break;
    default: /* a list or nothing is no scalar */
        break;
    }
    return read ? value : nrm_value_unknown(missing);
}

/* As nrm_node_is_null, which need not look closely at what is too long to be null. */
static bool is_null(const struct nrm_node *node)
{
    bool longer = node && node->kind == NRM_SCALAR && !node->tag && node->count > strlen("null");
    return !longer && nrm_node_is_null(node);
}

/* Of a field of words, numbers or durations. */
static enum nrm_value_kind kind_of_field(const struct nrm_field *field)
{
    switch ((enum nrm_field_type)field->type) {
    case NRM_FIELD_BOOLEAN:
        return NRM_VALUE_BOOLEAN;
    case NRM_FIELD_NUMBER:
        return NRM_VALUE_NUMBER;
    case NRM_FIELD_DURATION:
        return NRM_VALUE_DURATION;
    default:
        return NRM_VALUE_STRING;
    }
}

/* Explicit tag of YAML that says text: "!!str 42". */
static bool is_tagged_text(const struct nrm_node *node)
{
    return node->tag && strcmp(node->tag, "tag:yaml.org,2002:str") == 0;
}

static struct nrm_value by_look(const struct nrm_node *node, const char *missing)
{
    struct nrm_str text = nrm_node_text(node);
    struct nrm_value value = {0};
    if (node->style != NRM_PLAIN || is_tagged_text(node))
        return nrm_value_string(text);
    if (looks_like_number(text, &value.number))
        value.kind = NRM_VALUE_NUMBER;
    else if (looks_like_boolean(text, &value.boolean))
        value.kind = NRM_VALUE_BOOLEAN;
    else if (text.length > 4 &&
             nrm_time_parse(text, &value.time) == NRM_TIME_OK) /* 0042 is no year */
        return nrm_value_time(value.time, missing);
    else
        return nrm_value_string(text);
    return value;
}

static struct nrm_value list_of(const struct nrm_node *node, const struct nrm_field *field)
{
    struct nrm_value list = {.kind = NRM_VALUE_LIST};
    list.list.node = node;
    list.list.field = field;
    return list;
}

static struct nrm_value scalar_of(const struct nrm_node *node, const struct nrm_field *field,
                                  const char *missing)
{
    if (node->kind != NRM_SCALAR)
        return nrm_value_unknown(missing);
    if (field->type == NRM_FIELD_ANY)
        return by_look(node, missing);
    struct nrm_time time;
    if (field->type == NRM_FIELD_DATE || field->type == NRM_FIELD_TIME)
        return nrm_field_fault(field, node, &time) ? nrm_value_unknown(missing)
                                                   : nrm_value_time(time, missing);
    if (!nrm_field_accepts(field, node))
        return nrm_value_unknown(missing);
    return read_as(nrm_node_text(node), kind_of_field(field), missing);
}

struct nrm_value nrm_value_of_node(const struct nrm_node *node, const struct nrm_field *field,
                                   const char *missing)
{
    node = nrm_node_resolve(node);
    if (is_null(node))
        return nrm_value_unknown(missing);
    if (field && field->list)
        return node->kind == NRM_MAPPING && field->type != NRM_FIELD_MAPPING
                   ? nrm_value_unknown(missing)
                   : list_of(node, field);
    if (field)
        return scalar_of(node, field, missing);
    if (node->kind == NRM_SEQUENCE)
        return list_of(node, NULL);
    return node->kind == NRM_SCALAR ? by_look(node, missing) : nrm_value_unknown(missing);
}

struct nrm_value nrm_value_of_node_as(const struct nrm_node *node, enum nrm_value_kind kind,
                                      const char *missing)
{
    node = nrm_node_resolve(node);
    if (is_null(node) || node->kind == NRM_MAPPING)
        return nrm_value_unknown(missing);
    if (kind == NRM_VALUE_LIST)
        return list_of(node, NULL);
    if (node->kind != NRM_SCALAR)
        return nrm_value_unknown(missing);
    return read_as(nrm_node_text(node), kind, missing);
}

/* --- lists --- */

size_t nrm_value_list_count(const struct nrm_value *list)
{
    if (!list->list.node)
        return list->list.count;
    return list->list.node->kind == NRM_SEQUENCE ? list->list.node->count : 1;
}

/* The key that FIELD has in the entries of a list: "id" of "indicators.id". NULL: it is a list of
 * its own. */
static const char *key_in_entries(const struct nrm_field *field)
{
    const char *dot = strrchr(field->path, '.');
    if (!dot)
        return NULL;
    size_t length = (size_t)(dot - field->path);
    return nrm_field_find((struct nrm_str){field->path, length})->list ? dot + 1 : NULL;
}

const struct nrm_node *nrm_value_list_node(const struct nrm_value *list, size_t index)
{
    const struct nrm_node *node = list->list.node;
    if (node->kind == NRM_SEQUENCE)
        node = nrm_node_resolve(node->items[index]);
    const struct nrm_field *field = list->list.field;
    const char *key = field && node->kind == NRM_MAPPING ? key_in_entries(field) : NULL;
    return key ? nrm_node_get(node, nrm_str(key)) : node;
}

struct nrm_value nrm_value_list_item(const struct nrm_value *list, size_t index)
{
    if (!list->list.node)
        return list->list.values[index];
    const struct nrm_node *node = nrm_value_list_node(list, index);
    const struct nrm_field *field = list->list.field;
    if (is_null(node) || node->kind != NRM_SCALAR)
        return nrm_value_unknown(NULL);
    struct nrm_value item = field ? scalar_of(node, field, NULL) : by_look(node, NULL);
    return item.kind == NRM_VALUE_TIME ? nrm_value_string(nrm_node_text(node)) : item;
}

/* --- text --- */

static void duration_text(struct nrm_duration duration, struct nrm_buffer *buffer)
{
    static const char *const units[] = {
        [NRM_MINUTES] = "min", [NRM_HOURS] = "h",   [NRM_DAYS] = "d", [NRM_WORKING_DAYS] = "wd",
        [NRM_WEEKS] = "w",     [NRM_MONTHS] = "mo", [NRM_YEARS] = "y"};
    nrm_buffer_printf(buffer, "%d%s", (int)duration.amount, units[duration.unit]);
}

void nrm_value_text(const struct nrm_value *value, const struct nrm_zone *zone,
                    struct nrm_buffer *buffer)
{
    switch ((enum nrm_value_kind)value->kind) {
    case NRM_VALUE_UNKNOWN:
        break;
    case NRM_VALUE_BOOLEAN:
        nrm_buffer_add_str(buffer, nrm_str(value->boolean ? "true" : "false"));
        break;
    case NRM_VALUE_NUMBER:
        nrm_number_text(value->number, buffer);
        break;
    case NRM_VALUE_TIME:
        nrm_time_text(&value->time, zone, buffer);
        break;
    case NRM_VALUE_DURATION:
        duration_text(value->duration, buffer);
        break;
    case NRM_VALUE_STRING:
        nrm_buffer_add_str(buffer, value->string);
        break;
    case NRM_VALUE_LIST:
        for (size_t i = 0, count = nrm_value_list_count(value); i < count; i++) {
            struct nrm_value item = nrm_value_list_item(value, i);
            if (i)
                nrm_buffer_add_char(buffer, ';');
            if (item.kind != NRM_VALUE_LIST) /* lists of a case hold none; no recursion */
                nrm_value_text(&item, zone, buffer);
        }
        break;
    }
}
