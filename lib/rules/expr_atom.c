/* The single parts of an expression: values written out, lists, brackets, paths, and what stands in
 * front of "(". How operators join them is in expr_parse.c. */
#include "rules/expr_internal.h"

static struct expr_node *literal(struct expr_parser *p, struct nrm_value value, unsigned kinds)
{
    uint32_t offset = p->token.offset;
    expr_advance(p);
    struct expr_node *node = expr_node(p, OP_VALUE, kinds, offset);
    node->value = value;
    return p->failed ? NULL : node;
}

static struct expr_node *value_literal(struct expr_parser *p)
{
    return literal(p, p->token.value, 1u << p->token.value.kind);
}

/* One member of a list: text, a number, true or false. */
static bool parse_member(struct expr_parser *p, struct nrm_value *member)
{
    bool minus = expr_accept_mark(p, "-");
    if (p->token.kind == TOKEN_VALUE && p->token.value.kind == NRM_VALUE_NUMBER) {
        *member = p->token.value;
        if (minus)
            member->number = -member->number;
    } else if (!minus && p->token.kind == TOKEN_VALUE && p->token.value.kind == NRM_VALUE_STRING) {
        *member = p->token.value;
    } else if (!minus && (expr_at_word(p, "true") || expr_at_word(p, "false"))) {
        *member = nrm_value_boolean(expr_at_word(p, "true"));
    } else if (p->token.kind == TOKEN_VALUE) {
        return expr_fail(p, p->token.offset,
                         "a list holds text, numbers, true or false; compare "
                         "times with == or between()") != NULL;
    } else {
        return expr_fail(p, p->token.offset,
                         "a list holds text in quotes, numbers, true or false; found %s",
                         expr_token_text(p)) != NULL;
    }
    expr_advance(p);
    return !p->failed;
}

static struct expr_node *parse_list(struct expr_parser *p)
{
    uint32_t offset = p->token.offset;
    expr_advance(p);
    size_t count = 0, room = 8;
    struct nrm_value *members = nrm_arena_array(p->arena, room, sizeof *members);
    while (!p->failed && !expr_at_mark(p, "]")) {
        if (count == room) {
            struct nrm_value *more = nrm_arena_array(p->arena, 2 * room, sizeof *more);
            memcpy(more, members, room * sizeof *more);
            members = more;
            room *= 2;
        }
        if (!parse_member(p, &members[count++]))
            return NULL;
        if (!expr_accept_mark(p, ",") && !expr_at_mark(p, "]"))
            return expr_fail(p, p->token.offset, "expected , or ] in this list; found %s",
                             expr_token_text(p));
    }
    expr_advance(p);
    struct expr_node *node = expr_node(p, OP_VALUE, KIND_LIST, offset);
    node->value.kind = NRM_VALUE_LIST;
    node->value.list.values = members;
    node->value.list.count = count;
    return p->failed ? NULL : node;
}

/* A path: words and quoted keys joined with dots. The first key is next. */
static bool read_path(struct expr_parser *p, struct expr_path *path)
{
    struct nrm_str keys[NRM_EXPR_DEPTH];
    for (;;) {
        bool quoted = p->token.kind == TOKEN_VALUE && p->token.value.kind == NRM_VALUE_STRING;
        if (p->token.kind != TOKEN_WORD && !quoted)
            return expr_fail(p, p->token.offset,
                             "expected the name of a field behind the dot; found %s",
                             expr_token_text(p)) != NULL;
        if (path->count == NRM_EXPR_DEPTH)
            return expr_fail(p, p->token.offset, "a path has at most %d parts", NRM_EXPR_DEPTH) !=
                   NULL;
        path->quoted |= quoted;
        keys[path->count++] = quoted ? p->token.value.string : p->token.word;
        expr_advance(p);
        if (!expr_accept_mark(p, "."))
            break;
    }
    path->keys = nrm_arena_array(p->arena, path->count, sizeof *path->keys);
    memcpy(path->keys, keys, path->count * sizeof *keys);
    return !p->failed;
}

static struct expr_node *parse_path(struct expr_parser *p)
{
    struct expr_path path = {.offset = p->token.offset};
    path.rooted = expr_accept_mark(p, ".");
    return read_path(p, &path) ? expr_resolve(p, &path) : NULL;
}

/* first(...).field: the field of the event found. */
static struct expr_node *parse_field_of(struct expr_parser *p, struct expr_node *scan)
{
    if (!expr_accept_mark(p, "."))
        return expr_fail(p, p->token.offset, "say which field of the event is meant, as in %s.at",
                         expr_source(p, scan));
    struct expr_path path = {.offset = p->token.offset};
    if (!read_path(p, &path))
        return NULL;
    struct expr_node *field = expr_resolve_event(p, &path, scan->scan.types);
    if (!field)
        return NULL;
    field->offset = scan->offset;
    field->next = scan->items;
    scan->items = field;
    scan->kinds = field->kinds;
    scan->choices = field->choices;
    scan->choice_count = field->choice_count;
    scan->end = p->previous_end;
    return scan;
}

static bool is_operator(const struct expr_parser *p)
{
    return expr_at_word(p, "and") || expr_at_word(p, "or") || expr_at_word(p, "not") ||
           expr_at_word(p, "in");
}

static struct expr_node *parse_word(struct expr_parser *p)
{
    if (expr_at_word(p, "true") || expr_at_word(p, "false"))
        return literal(p, nrm_value_boolean(expr_at_word(p, "true")), KIND_BOOLEAN);
    if (expr_at_word(p, "unknown"))
        return literal(p, nrm_value_unknown(NULL), KIND_ANY);
    if (is_operator(p))
        return expr_fail(p, p->token.offset, "expected a value or a name; found %s",
                         expr_token_text(p));
    struct expr_token word = p->token, behind = expr_peek(p);
    if (behind.kind == TOKEN_MARK && nrm_str_is(behind.word, "(")) {
        expr_advance(p);
        struct expr_node *call = expr_parse_call(p, word);
        bool finds = call && (call->op == OP_FIRST || call->op == OP_LAST);
        return finds ? parse_field_of(p, call) : call;
    }
    if (expr_at_word(p, "now")) {
        expr_advance(p);
        return p->failed ? NULL : expr_node(p, OP_NOW, KIND_TIME, word.offset);
    }
    return parse_path(p);
}

static struct expr_node *parse_brackets(struct expr_parser *p)
{
    uint32_t offset = p->token.offset;
    expr_advance(p);
    struct expr_node *node = expr_parse_any(p);
    if (!node)
        return NULL;
    if (!expr_accept_mark(p, ")"))
        return expr_fail(p, p->token.offset, "expected ) to close the ( before; found %s",
                         expr_token_text(p));
    node->offset = offset;
    node->end = p->previous_end;
    return p->failed ? NULL : node;
}

struct expr_node *expr_parse_value(struct expr_parser *p)
{
    if (p->token.kind == TOKEN_VALUE) {
        struct expr_token behind = expr_peek(p);
        bool is_key = p->token.value.kind == NRM_VALUE_STRING && behind.kind == TOKEN_MARK &&
                      nrm_str_is(behind.word, ".");
        return is_key ? parse_path(p) : value_literal(p);
    }
    if (p->token.kind == TOKEN_WORD)
        return parse_word(p);
    if (expr_at_mark(p, "("))
        return parse_brackets(p);
    if (expr_at_mark(p, "["))
        return parse_list(p);
    if (expr_at_mark(p, "."))
        return parse_path(p);
    return expr_fail(p, p->token.offset, "expected a value or a name; found %s",
                     expr_token_text(p));
}
