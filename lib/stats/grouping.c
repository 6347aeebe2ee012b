/* From the text of groupings to their expressions; see grouping.h. What an expression is, only
 * rules/expr.h knows: here its text is cut out. */
#include "stats/grouping.h"

/* The columns that a report puts behind those of the groups. */
static const char *const reserved[] = {"count", "status"};

struct item {
    struct nrm_str text; /* without blanks at both ends */
    struct nrm_str name; /* in front of "=", or the same as TEXT */
    struct nrm_str expression;
    bool each;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct nrm_str trimmed(struct nrm_str text)
{
    while (text.length > 0 && is_blank(text.text[0]))
        text = (struct nrm_str){text.text + 1, text.length - 1};
    while (text.length > 0 && is_blank(text.text[text.length - 1]))
        text.length--;
    return text;
}

/* Where the text in quotes that starts at AT ends: behind the closing quote. */
static size_t behind_quotes(struct nrm_str text, size_t at)
{
    char quote = text.text[at++];
    while (at < text.length && text.text[at] != quote)
        at += text.text[at] == '\\' ? 2 : 1;
    return at < text.length ? at + 1 : text.length;
}

/* Where the first of the characters in ENDS stands outside quotes, parentheses and brackets; the
 * length of TEXT where none does. */
static size_t find_outside(struct nrm_str text, const char *ends)
{
    long depth = 0;
    for (size_t at = 0; at < text.length;) {
        char c = text.text[at];
        if (depth <= 0 && c != '\0' && strchr(ends, c))
            return at;
        if (c == '"' || c == '\'') {
            at = behind_quotes(text, at);
            continue;
        }
        depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
        at++;
    }
    return text.length;
}

/* NAME=: in front of a single "=", where nothing stands that an expression needs. */
static void split_name(struct item *item)
{
    item->name = item->expression = item->text;
    size_t at = find_outside(item->text, "=<>!");
    if (at == 0 || at >= item->text.length || item->text.text[at] != '=' ||
        (at + 1 < item->text.length && item->text.text[at + 1] == '='))
        return;
    struct nrm_str name = trimmed((struct nrm_str){item->text.text, at});
    for (size_t i = 0; i < name.length; i++)
        if (strchr("()[]\"'+*/", name.text[i]))
            return;
    item->name = name;
    item->expression =
        trimmed((struct nrm_str){item->text.text + at + 1, item->text.length - at - 1});
}

/* each(LIST): the whole expression is one call. */
static void split_each(struct item *item)
{
    struct nrm_str rest = item->expression;
    if (rest.length < 4 || memcmp(rest.text, "each", 4) != 0)
        return;
    rest = trimmed((struct nrm_str){rest.text + 4, rest.length - 4});
    if (rest.length < 2 || rest.text[0] != '(')
        return;
    struct nrm_str inside = {rest.text + 1, rest.length - 1};
    if (find_outside(inside, ")") != inside.length - 1)
        return;
    item->each = true;
    item->expression = trimmed((struct nrm_str){inside.text, inside.length - 1});
}

/* Where AT stands, when START stands at the place of the context. */
static struct nrm_place place_of(const struct nrm_expr_context *context, const char *start,
                                 const char *at)
{
    struct nrm_place place = context->place;
    place.line += place.line == 0;
    place.column += place.column == 0;
    for (; start < at; start++) {
        if (*start == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)*start & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

/* Whether the name of a column is free; told where it is not. */
static bool check_name(const struct nrm_groupings *groupings, struct nrm_str name,
                       const struct nrm_place *place, struct nrm_sink *sink)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (nrm_str_is(name, reserved[i])) {
            nrm_tell(sink, NRM_ERROR, place,
                     "the table has a column %s of its own; put another "
                     "name in front, as in name=expression",
                     reserved[i]);
            return false;
        }
    for (size_t i = 0; i < groupings->count; i++)
        if (nrm_str_equal(name, groupings->list[i].name)) {
            nrm_tell(sink, NRM_ERROR, place,
                     "two columns have the name %.*s; leave one out or put "
                     "another name in front, as in name=expression",
                     (int)name.length, name.text);
            return false;
        }
    return true;
}

static bool add_item(struct nrm_arena *arena, struct nrm_str text, const char *start,
                     const struct nrm_expr_context *context, struct nrm_groupings *groupings)
{
    struct item item = {.text = trimmed(text)};
    struct nrm_place place = place_of(context, start, item.text.text);
    if (item.text.length == 0) {
        nrm_tell(context->sink, NRM_ERROR, &place,
                 "a grouping is missing here; write a field, a "
                 "derived name or an expression, with one comma between two groupings");
        return false;
    }
    if (groupings->count == NRM_TABULATE_COLUMNS) {
        nrm_tell(context->sink, NRM_ERROR, &place,
                 "a table takes %d groupings at most; leave some "
                 "out",
                 NRM_TABULATE_COLUMNS);
        return false;
    }
    split_name(&item);
    split_each(&item);
    if (!check_name(groupings, item.name, &place, context->sink))
        return false;
    struct nrm_expr_context inside = *context;
    inside.place = place_of(context, start, item.expression.text);
    struct nrm_str expression = {
        nrm_arena_copy(arena, item.expression.text, item.expression.length),
        item.expression.length};
    struct nrm_str name = {nrm_arena_copy(arena, item.name.text, item.name.length),
                           item.name.length};
    struct nrm_expr *expr = nrm_expr_parse(arena, expression, &inside);
    if (!expr)
        return false;
    groupings->list[groupings->count++] = (struct nrm_grouping){name, expr, item.each};
    return true;
}

bool nrm_groupings_parse(struct nrm_arena *arena, struct nrm_str text,
                         const struct nrm_expr_context *context, struct nrm_groupings *groupings)
{
    struct nrm_str rest = text;
    for (;;) {
        size_t length = find_outside(rest, ",");
        struct nrm_str item = {rest.text, length};
        if (!add_item(arena, item, text.text, context, groupings))
            return false;
        if (length == rest.length)
            return true;
        rest = (struct nrm_str){rest.text + length + 1, rest.length - length - 1};
    }
}
