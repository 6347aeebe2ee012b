/* Group values and their order; see group.h. A value's key says which values are the same: its
 * members, escaped and sorted. Its label is what people and programs read. */
#include "stats/group.h"

#include <stdlib.h>

#include "base/memory.h"

static const char *const marks[NRM_GROUP_FIRST_VALUE] = {"*", "(missing)", "(empty)"};

/* Stands in a key for a member that is not known: no escaped text looks like it. */
static const char unknown_member[] = "\\?";

void nrm_groups_init(struct nrm_groups *groups)
{
    *groups = (struct nrm_groups){.keys = nrm_index_new()};
}

void nrm_groups_free(struct nrm_groups *groups)
{
    nrm_index_free(groups->keys);
    nrm_arena_free(&groups->arena);
    free(groups->labels);
    free(groups->ranks);
    nrm_buffer_free(&groups->text);
    nrm_buffer_free(&groups->key);
    nrm_buffer_free(&groups->label);
    free(groups->members);
    free(groups->ends);
}

/* Add TEXT so that it cannot be taken for one of the marks. */
static void add_unlike_marks(struct nrm_buffer *buffer, struct nrm_str text)
{
    size_t start = 0;
    while (start < text.length && text.text[start] == '\\')
        start++;
    struct nrm_str word = {text.text + start, text.length - start};
    for (size_t i = 0; i < NRM_GROUP_FIRST_VALUE; i++)
        if (nrm_str_is(word, marks[i])) {
            nrm_buffer_add_char(buffer, '\\');
            break;
        }
    nrm_buffer_add_str(buffer, text);
}

/* Add TEXT so that no semicolon in it can be taken for the one between members. */
static void add_escaped(struct nrm_buffer *buffer, struct nrm_str text)
{
    size_t plain = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] != ';' && text.text[i] != '\\')
            continue;
        nrm_buffer_add(buffer, text.text + plain, i - plain);
        nrm_buffer_add_char(buffer, '\\');
        plain = i;
    }
    nrm_buffer_add(buffer, text.text + plain, text.length - plain);
}

static struct nrm_str contents(const struct nrm_buffer *buffer)
{
    return buffer->text ? (struct nrm_str){buffer->text, buffer->length} : NRM_STR("");
}

/* The number of the value whose key and label were made. */
static uint32_t number_of(struct nrm_groups *groups)
{
    bool is_new;
    uint32_t at = nrm_index_add(groups->keys, contents(&groups->key), &is_new);
    struct nrm_str label = contents(&groups->label);
    if (is_new) {
        if (at >= groups->room) {
            groups->room = groups->room ? groups->room * 2 : 64;
            groups->labels = nrm_realloc(groups->labels, groups->room, sizeof *groups->labels);
        }
        groups->labels[at].text = nrm_arena_copy(&groups->arena, label.text, label.length);
        groups->labels[at].length = label.length;
    } else if (nrm_str_compare(label, groups->labels[at]) < 0) {
        /* the same members in another order make a label of the same length */
        memcpy((char *)groups->labels[at].text, label.text, label.length);
    }
    return NRM_GROUP_FIRST_VALUE + at;
}

static uint32_t add_single(struct nrm_groups *groups, const struct nrm_value *value,
                           const struct nrm_zone *zone)
{
    if (value->kind == NRM_VALUE_UNKNOWN)
        return NRM_GROUP_MISSING;
    struct nrm_str text;
    if (value->kind == NRM_VALUE_STRING) {
        text = value->string;
    } else {
        nrm_buffer_clear(&groups->text);
        nrm_value_text(value, zone, &groups->text);
        text = contents(&groups->text);
    }
    if (text.length == 0)
        return NRM_GROUP_EMPTY;
    nrm_buffer_clear(&groups->key);
    nrm_buffer_clear(&groups->label);
    add_escaped(&groups->key, text);
    add_unlike_marks(&groups->label, text);
    return number_of(groups);
}

/* One member of a list: its key goes to TEXT, how it is written to the label. */
static void add_member(struct nrm_groups *groups, const struct nrm_value *member,
                       const struct nrm_zone *zone)
{
    if (groups->label.length > 0)
        nrm_buffer_add_char(&groups->label, ';');
    if (member->kind == NRM_VALUE_UNKNOWN) {
        nrm_buffer_add_str(&groups->text, nrm_str(unknown_member));
        nrm_buffer_add_str(&groups->label, nrm_str(marks[NRM_GROUP_MISSING]));
        return;
    }
    nrm_buffer_clear(&groups->key);
    nrm_value_text(member, zone, &groups->key);
    struct nrm_str text = contents(&groups->key);
    add_escaped(&groups->text, text);
    if (text.length == 0)
        nrm_buffer_add_str(&groups->label, nrm_str(marks[NRM_GROUP_EMPTY]));
    else
        add_unlike_marks(&groups->label, text);
}

static int compare_members(const void *a, const void *b)
{
    return nrm_str_compare(*(const struct nrm_str *)a, *(const struct nrm_str *)b);
}

static uint32_t add_list(struct nrm_groups *groups, const struct nrm_value *list, size_t count,
                         const struct nrm_zone *zone)
{
    if (count > groups->member_room) {
        groups->member_room = count > groups->member_room * 2 ? count : groups->member_room * 2;
        size_t room = groups->member_room;
        groups->members = nrm_realloc(groups->members, room, sizeof *groups->members);
        groups->ends = nrm_realloc(groups->ends, room, sizeof *groups->ends);
    }
    nrm_buffer_clear(&groups->text);
    nrm_buffer_clear(&groups->label);
    for (size_t i = 0; i < count; i++) {
        struct nrm_value member = nrm_value_list_item(list, i);
        add_member(groups, &member, zone);
        groups->ends[i] = groups->text.length;
    }
    for (size_t i = 0, start = 0; i < count; start = groups->ends[i++])
        groups->members[i] =
            (struct nrm_str){contents(&groups->text).text + start, groups->ends[i] - start};
    qsort(groups->members, count, sizeof *groups->members, compare_members);
    nrm_buffer_clear(&groups->key);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            nrm_buffer_add_char(&groups->key, ';');
        nrm_buffer_add_str(&groups->key, groups->members[i]);
    }
    return number_of(groups);
}

uint32_t nrm_groups_add(struct nrm_groups *groups, const struct nrm_value *value,
                        const struct nrm_zone *zone)
{
    if (value->kind != NRM_VALUE_LIST)
        return add_single(groups, value, zone);
    size_t count = nrm_value_list_count(value);
    if (count == 0)
        return NRM_GROUP_EMPTY;
    if (count > 1)
        return add_list(groups, value, count, zone);
    struct nrm_value only = nrm_value_list_item(value, 0);
    return add_single(groups, &only, zone);
}

struct nrm_str nrm_groups_label(const struct nrm_groups *groups, uint32_t number)
{
    if (number < NRM_GROUP_FIRST_VALUE)
        return nrm_str(marks[number]);
    return groups->labels[number - NRM_GROUP_FIRST_VALUE];
}

/* A decimal number taken apart: "-007.50" has the digits "7" before the point and "50" behind. */
struct decimal {
    bool negative;
    struct nrm_str whole, fraction;
};

/* Take the digits that TEXT starts with. */
static struct nrm_str take_digits(struct nrm_str *text)
{
    struct nrm_str digits = {text->text, 0};
    while (digits.length < text->length && text->text[digits.length] >= '0' &&
           text->text[digits.length] <= '9')
        digits.length++;
    text->text += digits.length;
    text->length -= digits.length;
    return digits;
}

static bool take_char(struct nrm_str *text, char c)
{
    if (text->length == 0 || text->text[0] != c)
        return false;
    text->text++;
    text->length--;
    return true;
}

static bool decimal_parse(struct nrm_str text, struct decimal *decimal)
{
    decimal->negative = take_char(&text, '-');
    struct nrm_str whole = take_digits(&text);
    if (whole.length == 0)
        return false;
    while (take_char(&whole, '0'))
        ;
    decimal->whole = whole;
    decimal->fraction = (struct nrm_str){"", 0};
    if (take_char(&text, '.')) {
        decimal->fraction = take_digits(&text);
        if (decimal->fraction.length == 0)
            return false;
    }
    return text.length == 0;
}

static int decimal_compare(const struct decimal *a, const struct decimal *b)
{
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    int order = (a->whole.length > b->whole.length) - (a->whole.length < b->whole.length);
    if (order == 0)
        order = nrm_str_compare(a->whole, b->whole);
    if (order == 0)
        order = nrm_str_compare(a->fraction, b->fraction);
    return a->negative ? -order : order;
}

static int compare_labels(struct nrm_str a, struct nrm_str b)
{
    struct decimal first, second;
    bool a_number = decimal_parse(a, &first), b_number = decimal_parse(b, &second);
    if (a_number != b_number)
        return a_number ? -1 : 1;
    int order = a_number ? decimal_compare(&first, &second) : 0;
    return order ? order : nrm_str_compare(a, b);
}

/* By label; different values with one label (see tell_apart) by key. */
static int compare_numbers(const void *a, const void *b, void *context)
{
    const struct nrm_groups *groups = context;
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    int order = compare_labels(groups->labels[first], groups->labels[second]);
    if (order)
        return order;
    return nrm_str_compare(nrm_index_text(groups->keys, first),
                           nrm_index_text(groups->keys, second));
}

/* Values with one label stand next to each other in ORDER: a member "a;b" reads like two members.
 * The key of a value with such a member is escaped, and becomes its label. */
static void tell_apart(struct nrm_groups *groups, const uint32_t *order, uint32_t count)
{
    for (uint32_t start = 0, end; start < count; start = end) {
        struct nrm_str label = groups->labels[order[start]];
        for (end = start + 1; end < count; end++)
            if (!nrm_str_equal(label, groups->labels[order[end]]))
                break;
        for (uint32_t i = start; i < end && end - start > 1; i++) {
            struct nrm_str key = nrm_index_text(groups->keys, order[i]);
            if (memmem(key.text, key.length, "\\;", 2))
                groups->labels[order[i]] = key;
        }
    }
}

void nrm_groups_rank(struct nrm_groups *groups)
{
    uint32_t count = nrm_index_count(groups->keys);
    uint32_t *order = nrm_calloc(count, sizeof *order);
    free(groups->ranks);
    groups->ranks = nrm_calloc((size_t)count + NRM_GROUP_FIRST_VALUE, sizeof *groups->ranks);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    qsort_r(order, count, sizeof *order, compare_numbers, groups);
    tell_apart(groups, order, count);
    for (uint32_t i = 0; i < count; i++)
        groups->ranks[NRM_GROUP_FIRST_VALUE + order[i]] = i;
    groups->ranks[NRM_GROUP_EMPTY] = count;
    groups->ranks[NRM_GROUP_MISSING] = count + 1;
    groups->ranks[NRM_GROUP_TOTAL] = count + 2;
    free(order);
}
