/* The functions of the language: one table of those that take values, and the three that look
 * through events: has, count, first and last. */
#include "rules/expr_internal.h"

struct function {
    const char *name;
    uint8_t op;
    uint8_t least, most; /* arguments */
    uint8_t takes[3];    /* kinds of each; the last one counts for the rest */
    uint8_t gives;       /* 0: what the arguments give together */
    const char *usage;
};

enum { ARGUMENTS = 3, TEXT_OR_LIST = KIND_STRING | KIND_LIST };

static const struct function functions[] = {
    {"has", OP_HAS, 0, 0, {0}, KIND_BOOLEAN, "has(event) or has(event, condition)"},
    {"first", OP_FIRST, 0, 0, {0}, KIND_ANY, "first(event).field or first(event, condition).field"},
    {"last", OP_LAST, 0, 0, {0}, KIND_ANY, "last(event).field or last(event, condition).field"},
    {"count",
     OP_COUNT,
     1,
     1,
     {KIND_LIST},
     KIND_NUMBER,
     "count(event), count(event, condition) or count(list)"},
    {"any", OP_ANY, 2, 2, {KIND_LIST}, KIND_BOOLEAN, "any(list, list)"},
    {"all", OP_ALL, 2, 2, {KIND_LIST}, KIND_BOOLEAN, "all(list, list)"},
    {"age", OP_AGE, 0, 1, {KIND_TIME}, KIND_NUMBER, "age() or age(on)"},
    {"between", OP_BETWEEN, 3, 3, {KIND_SCALAR}, KIND_BOOLEAN, "between(x, least, most)"},
    {"known", OP_KNOWN, 1, 1, {KIND_ANY | KIND_MAPPING}, KIND_BOOLEAN, "known(x)"},
    {"date", OP_DATE, 1, 1, {KIND_TIME}, KIND_TIME, "date(time)"},
    {"year", OP_YEAR, 1, 1, {KIND_TIME}, KIND_NUMBER, "year(time)"},
    {"month", OP_MONTH, 1, 1, {KIND_TIME}, KIND_NUMBER, "month(time)"},
    {"quarter", OP_QUARTER, 1, 1, {KIND_TIME}, KIND_STRING, "quarter(time)"},
    {"days_between", OP_DAYS_BETWEEN, 2, 2, {KIND_TIME}, KIND_NUMBER, "days_between(from, to)"},
    {"hours_between", OP_HOURS_BETWEEN, 2, 2, {KIND_TIME}, KIND_NUMBER, "hours_between(from, to)"},
    {"lower", OP_LOWER, 1, 1, {KIND_STRING}, KIND_STRING, "lower(text)"},
    {"contains", OP_CONTAINS, 2, 2, {KIND_STRING}, KIND_BOOLEAN, "contains(text, part)"},
    {"starts", OP_STARTS, 2, 2, {KIND_STRING}, KIND_BOOLEAN, "starts(text, beginning)"},
    {"size", OP_SIZE, 1, 1, {TEXT_OR_LIST}, KIND_NUMBER, "size(text) or size(list)"},
    {"default", OP_DEFAULT, 2, 2, {KIND_ANY}, 0, "default(x, where_unknown)"},
    {"if", OP_IF, 3, 3, {KIND_BOOLEAN, KIND_ANY}, 0, "if(condition, then, else)"},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

_Static_assert((int)FUNCTIONS <= (int)EXPR_FUNCTIONS_MOST, "names of functions find room");

size_t expr_function_names(const char **names)
{
    for (size_t i = 0; i < FUNCTIONS; i++)
        names[i] = functions[i].name;
    return FUNCTIONS;
}

static const struct function *find_function(struct nrm_str name)
{
    for (size_t i = 0; i < FUNCTIONS; i++)
        if (nrm_str_is(name, functions[i].name))
            return &functions[i];
    return NULL;
}

/* --- event types --- */

const char *expr_nearest_type(struct expr_parser *p, struct nrm_str word)
{
    const char **names = nrm_arena_array(p->arena, nrm_event_type_count + 1, sizeof *names);
    for (size_t i = 0; i < nrm_event_type_count; i++)
        names[i] = nrm_event_types[i].name;
    return nrm_text_nearest(word, names, nrm_event_type_count);
}

static bool add_type(struct expr_parser *p, uint64_t types[2])
{
    struct expr_token *token = &p->token;
    if (token->kind != TOKEN_WORD)
        return expr_fail(p, token->offset, "expected an event such as stage1_decision; found %s",
                         expr_token_text(p)) != NULL;
    const struct nrm_event_type *type = nrm_event_type_find(token->word);
    if (type) {
        size_t index = (size_t)(type - nrm_event_types);
        types[index >> 6] |= UINT64_C(1) << (index & 63);
        expr_advance(p);
        return !p->failed;
    }
    const char *near = expr_nearest_type(p, token->word);
    if (near)
        return expr_fail(p, token->offset, "%s is no event; did you mean %s?", expr_token_text(p),
                         near) != NULL;
    return expr_fail(p, token->offset, "%s is no event; nrm-case(5) lists them",
                     expr_token_text(p)) != NULL;
}

bool expr_parse_types(struct expr_parser *p, uint64_t types[2])
{
    types[0] = types[1] = 0;
    do {
        if (!add_type(p, types))
            return false;
    } while (expr_accept_mark(p, "|"));
    return !p->failed;
}

/* Whether the argument that starts here names event types and is not a field that is called so. */
static bool at_event_type(const struct expr_parser *p)
{
    if (p->token.kind != TOKEN_WORD || !nrm_event_type_find(p->token.word))
        return false;
    struct expr_token behind = expr_peek(p);
    return behind.kind == TOKEN_MARK &&
           (nrm_str_is(behind.word, "|") || nrm_str_is(behind.word, ",") ||
            nrm_str_is(behind.word, ")"));
}

/* --- calls --- */

static bool close_call(struct expr_parser *p, const struct function *function)
{
    if (expr_accept_mark(p, ")"))
        return true;
    return expr_fail(p, p->token.offset, "expected ) behind the arguments; found %s; write %s",
                     expr_token_text(p), function->usage) != NULL;
}

/* The condition of has() and its like: bare names are fields of its events. */
static struct expr_node *parse_scan_condition(struct expr_parser *p, const uint64_t types[2])
{
    uint64_t outer[2] = {p->types[0], p->types[1]};
    memcpy(p->types, types, sizeof p->types);
    struct expr_node *condition = expr_parse_condition(p);
    memcpy(p->types, outer, sizeof p->types);
    return condition;
}

/* has, count, first, last over events; "(" is taken. */
static struct expr_node *parse_scan(struct expr_parser *p, const struct function *function,
                                    uint32_t offset)
{
    uint64_t types[2];
    if (!expr_parse_types(p, types))
        return NULL;
    struct expr_node *condition = NULL;
    const char *what = expr_types_text(p, types);
    if (expr_accept_mark(p, ",")) {
        condition = parse_scan_condition(p, types);
        if (!condition)
            return NULL;
        what = nrm_arena_printf(p->arena, "%s with %s", what, expr_source(p, condition));
    }
    if (!close_call(p, function))
        return NULL;
    enum expr_op op = function->op == OP_COUNT ? OP_COUNT_EVENTS : (enum expr_op)function->op;
    struct expr_node *node = expr_node(p, op, function->gives, offset);
    node->items = condition;
    node->scan.types[0] = types[0];
    node->scan.types[1] = types[1];
    node->label = nrm_arena_printf(p->arena, "event %s", what);
    return node;
}

static unsigned kinds_taken(const struct function *function, size_t argument)
{
    size_t which = argument < ARGUMENTS ? argument : ARGUMENTS - 1;
    while (which > 0 && !function->takes[which])
        which--;
    return function->takes[which];
}

static struct expr_node *wrong_count(struct expr_parser *p, const struct function *function,
                                     uint32_t offset, const char *how)
{
    return expr_fail(p, offset, "too %s arguments; write %s", how, function->usage);
}

/* What is missing where the call is unknown although its argument is known: mostly a time that is
 * not exact enough. */
static const char *call_label(struct expr_parser *p, const struct expr_node *node)
{
    const char *label = node->items ? expr_value_label(node->items) : NULL;
    switch (node->op) {
    case OP_AGE:
    case OP_DATE:
    case OP_YEAR:
    case OP_MONTH:
    case OP_QUARTER:
        return label ? nrm_arena_printf(p->arena, "exact date of %s", label) : NULL;
    case OP_DAYS_BETWEEN:
    case OP_HOURS_BETWEEN:
    case OP_BETWEEN:
        return expr_exact_label(p, node->items, node->items->next);
    default:
        return label;
    }
}

/* Checks that look at two arguments together. */
static bool check_call(struct expr_parser *p, struct expr_node *node,
                       const struct function *function)
{
    struct expr_node *a = node->items, *b = a ? a->next : NULL, *c = b ? b->next : NULL;
    switch (node->op) {
    case OP_BETWEEN:
        return expr_check_compare(p, a, b, function->name, true, b->offset) &&
               expr_check_compare(p, a, c, function->name, true, c->offset);
    case OP_ANY:
    case OP_ALL:
        return expr_check_lists(p, a, b);
    case OP_DEFAULT:
    case OP_IF:
        if (node->op == OP_IF)
            a = b, b = c;
        if (!expr_check_alike(p, a, b, function->name))
            return false;
        node->kinds = (a->kinds | b->kinds) & KIND_ANY;
        return true;
    default:
        return true;
    }
}

static struct expr_node *parse_arguments(struct expr_parser *p, const struct function *function,
                                         uint32_t offset)
{
    struct expr_node *node = expr_node(p, (enum expr_op)function->op, function->gives, offset);
    struct expr_node **tail = &node->items;
    size_t count = 0;
    while (!p->failed && !expr_at_mark(p, ")")) {
        if (count == function->most)
            return wrong_count(p, function, offset, "many");
        struct expr_node *argument = expr_parse_any(p);
        if (!argument ||
            !expr_check_argument(p, argument, kinds_taken(function, count), function->name))
            return NULL;
        *tail = argument;
        tail = &argument->next;
        count++;
        if (!expr_accept_mark(p, ","))
            break;
    }
    if (!p->failed && expr_at_mark(p, ")") && count < function->least)
        return wrong_count(p, function, offset, "few");
    if (!close_call(p, function) || !check_call(p, node, function))
        return NULL;
    node->label = call_label(p, node);
    if (node->op == OP_AGE)
        expr_set_birth_date(node);
    return node;
}

struct expr_node *expr_parse_call(struct expr_parser *p, struct expr_token name)
{
    const struct function *function = find_function(name.word);
    int length = (int)(name.word.length > 40 ? 40 : name.word.length);
    if (!function) {
        const char *names[EXPR_FUNCTIONS_MOST];
        const char *near = nrm_text_nearest(name.word, names, expr_function_names(names));
        if (near)
            return expr_fail(p, name.offset, "%.*s is no function; did you mean %s()?", length,
                             name.word.text, near);
        return expr_fail(p, name.offset, "%.*s is no function; nrm-expr(7) lists them", length,
                         name.word.text);
    }
    expr_advance(p);
    bool scans = function->op == OP_HAS || function->op == OP_FIRST || function->op == OP_LAST ||
                 (function->op == OP_COUNT && at_event_type(p));
    struct expr_node *node =
        scans ? parse_scan(p, function, name.offset) : parse_arguments(p, function, name.offset);
    if (!node || p->failed)
        return NULL;
    node->offset = name.offset;
    node->end = p->previous_end;
    return node;
}
