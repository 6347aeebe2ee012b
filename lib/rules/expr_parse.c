/* The grammar of expressions, loosest first: or, and, not, comparisons (== != < <= > >= in, not
 * in),
 * + and -, * and /, minus; the parts that they join are in expr_atom.c. Chains of one operator
 * become one node with many items, so that the depth of the tree, and with it the stack of an
 * evaluation, is bounded by NRM_EXPR_DEPTH. */
#include "rules/expr_internal.h"

static struct expr_node *parse_or(struct expr_parser *p);

struct expr_node *expr_node(struct expr_parser *p, enum expr_op op, unsigned kinds, uint32_t offset)
{
    struct expr_node *node = nrm_arena_array(p->arena, 1, sizeof *node);
    node->op = (uint8_t)op;
    node->kinds = (uint8_t)kinds;
    node->offset = offset;
    node->end = p->previous_end;
    return node;
}

const char *expr_source(struct expr_parser *p, const struct expr_node *node)
{
    enum { SHOWN = 60 };
    uint32_t length = node->end - node->offset;
    if (length <= SHOWN)
        return nrm_arena_printf(p->arena, "%.*s", (int)length, p->text + node->offset);
    uint32_t cut = SHOWN - 3; /* the first byte of a node is ASCII */
    while (((unsigned char)p->text[node->offset + cut] & 0xC0) == 0x80)
        cut--;
    return nrm_arena_printf(p->arena, "%.*s...", (int)cut, p->text + node->offset);
}

static bool go_deeper(struct expr_parser *p)
{
    if (p->failed)
        return false;
    if (p->depth > NRM_EXPR_DEPTH)
        return expr_fail(p, p->token.offset, "nested deeper than %d; split the expression up",
                         NRM_EXPR_DEPTH) != NULL;
    p->depth++;
    return true;
}

/* --- operators --- */

static struct expr_node *parse_minus(struct expr_parser *p)
{
    if (!expr_at_mark(p, "-"))
        return expr_parse_value(p);
    uint32_t offset = p->token.offset;
    if (!go_deeper(p))
        return NULL;
    expr_advance(p);
    struct expr_node *item = parse_minus(p);
    if (!item || !expr_check_argument(p, item, KIND_NUMBER, "minus"))
        return NULL;
    p->depth--;
    struct expr_node *node = expr_node(p, OP_NEGATIVE, KIND_NUMBER, offset);
    node->items = item;
    node->label = item->label;
    return node;
}

/* A month plus days is no certain day: what is missing then. */
static const char *sum_label(struct expr_parser *p, const struct expr_node *term)
{
    const char *label = expr_value_label(term);
    if (!label || !(term->kinds & KIND_TIME))
        return label;
    return nrm_arena_printf(p->arena, "exact date of %s", label);
}

/* Terms joined by the two marks of this level; one term alone is itself. */
static struct expr_node *parse_terms(struct expr_parser *p, enum expr_op op, const char *first_mark,
                                     const char *second_mark,
                                     struct expr_node *(*parse_term)(struct expr_parser *p))
{
    struct expr_node *term = parse_term(p);
    if (!term || (!expr_at_mark(p, first_mark) && !expr_at_mark(p, second_mark)))
        return term;
    struct expr_node *node = expr_node(p, op, term->kinds, term->offset);
    node->items = term;
    node->label = sum_label(p, term);
    struct expr_node **tail = &term->next;
    while (expr_at_mark(p, first_mark) || expr_at_mark(p, second_mark)) {
        char sign = p->token.word.text[0];
        expr_advance(p);
        term = parse_term(p);
        if (!term)
            return NULL;
        term->sign = sign;
        if (!expr_check_term(p, &node->kinds, node, term))
            return NULL;
        *tail = term;
        tail = &term->next;
        node->end = p->previous_end;
    }
    return node;
}

static struct expr_node *parse_product(struct expr_parser *p)
{
    return parse_terms(p, OP_PRODUCT, "*", "/", parse_minus);
}

static struct expr_node *parse_sum(struct expr_parser *p)
{
    return parse_terms(p, OP_SUM, "+", "-", parse_product);
}

static const struct {
    const char *mark;
    uint8_t relation;
} comparisons[] = {
    {"==", RELATION_EQUAL},
    {"!=", RELATION_LESS | RELATION_GREATER},
    {"<=", RELATION_LESS | RELATION_EQUAL},
    {">=", RELATION_GREATER | RELATION_EQUAL},
    {"<", RELATION_LESS},
    {">", RELATION_GREATER},
};
enum { COMPARISONS = sizeof comparisons / sizeof *comparisons };

static int next_comparison(const struct expr_parser *p)
{
    for (int i = 0; i < COMPARISONS; i++)
        if (expr_at_mark(p, comparisons[i].mark))
            return i;
    return -1;
}

static bool at_in(const struct expr_parser *p)
{
    if (expr_at_word(p, "in"))
        return true;
    if (!expr_at_word(p, "not"))
        return false;
    struct expr_token behind = expr_peek(p);
    return behind.kind == TOKEN_WORD && nrm_str_is(behind.word, "in");
}

static struct expr_node *finish_pair(struct expr_parser *p, enum expr_op op, struct expr_node *left,
                                     struct expr_node *right)
{
    uint32_t offset = left->offset < right->offset ? left->offset : right->offset;
    struct expr_node *node = expr_node(p, op, KIND_BOOLEAN, offset);
    node->items = left;
    node->label = expr_exact_label(p, left, right);
    left->next = right;
    if (next_comparison(p) >= 0 || at_in(p))
        return expr_fail(p, p->token.offset,
                         "comparisons do not chain; join two with and, or use between(x, a, b)");
    return node;
}

/* Whether NODE is a text field of the model, and OTHER a text written out that no reader of YAML
 * takes for null. */
static bool is_word_of(const struct expr_node *node, const struct expr_node *other)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    bool field = (node->op == OP_FIELD || node->op == OP_EVENT_FIELD) && node->field.field;
    if (!field || node->kinds != KIND_STRING || other->op != OP_VALUE)
        return false;
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        if (nrm_str_is(other->value.string, nulls[i]))
            return false;
    return true;
}

static struct expr_node *finish_comparison(struct expr_parser *p, uint8_t relation,
                                           struct expr_node *left, struct expr_node *right)
{
    bool equal = relation == RELATION_EQUAL || relation == (RELATION_LESS | RELATION_GREATER);
    bool word = equal && is_word_of(left, right);
    if (equal && is_word_of(right, left)) {
        struct expr_node *field = right;
        right = left;
        left = field;
        word = true;
    }
    struct expr_node *node = finish_pair(p, word ? OP_IS_WORD : OP_COMPARE, left, right);
    if (node)
        node->relation = relation;
    return node;
}

static struct expr_node *parse_in(struct expr_parser *p, struct expr_node *left)
{
    bool negated = expr_accept_word(p, "not");
    expr_advance(p);
    struct expr_node *right = parse_sum(p);
    if (!right || !expr_check_in(p, left, right))
        return NULL;
    struct expr_node *node = finish_pair(p, OP_IN, left, right);
    if (node)
        node->negated = negated;
    return node;
}

static struct expr_node *parse_comparison(struct expr_parser *p)
{
    struct expr_node *left = parse_sum(p);
    if (!left)
        return NULL;
    if (at_in(p))
        return parse_in(p, left);
    int which = next_comparison(p);
    if (which < 0)
        return left;
    uint32_t offset = p->token.offset;
    expr_advance(p);
    struct expr_node *right = parse_sum(p);
    uint8_t relation = comparisons[which].relation;
    bool ordered = relation != RELATION_EQUAL && relation != (RELATION_LESS | RELATION_GREATER);
    if (!right || !expr_check_compare(p, left, right, comparisons[which].mark, ordered, offset))
        return NULL;
    return finish_comparison(p, relation, left, right);
}

static struct expr_node *parse_not(struct expr_parser *p)
{
    if (!expr_at_word(p, "not"))
        return parse_comparison(p);
    uint32_t offset = p->token.offset;
    if (!go_deeper(p))
        return NULL;
    expr_advance(p);
    struct expr_node *item = parse_not(p);
    if (!item || !expr_check_boolean(p, item))
        return NULL;
    p->depth--;
    struct expr_node *node = expr_node(p, OP_NOT, KIND_BOOLEAN, offset);
    node->items = item;
    return node;
}

/* Conditions joined by one word. */
static struct expr_node *parse_joined(struct expr_parser *p, enum expr_op op, const char *word,
                                      struct expr_node *(*parse_item)(struct expr_parser *p))
{
    struct expr_node *item = parse_item(p);
    if (!item || !expr_at_word(p, word))
        return item;
    struct expr_node *node = expr_node(p, op, KIND_BOOLEAN, item->offset);
    if (!expr_check_boolean(p, item))
        return NULL;
    node->items = item;
    while (expr_accept_word(p, word)) {
        item->next = parse_item(p);
        item = item->next;
        if (!item || !expr_check_boolean(p, item))
            return NULL;
        node->end = p->previous_end;
    }
    return node;
}

static struct expr_node *parse_and(struct expr_parser *p)
{
    return parse_joined(p, OP_AND, "and", parse_not);
}

static struct expr_node *parse_or(struct expr_parser *p)
{
    if (!go_deeper(p))
        return NULL;
    struct expr_node *node = parse_joined(p, OP_OR, "or", parse_and);
    p->depth--;
    return node;
}

/* --- whole expressions --- */

struct expr_node *expr_parse_condition(struct expr_parser *p)
{
    struct expr_node *node = parse_or(p);
    return node && expr_check_boolean(p, node) ? node : NULL;
}

struct expr_node *expr_parse_any(struct expr_parser *p)
{
    return parse_or(p);
}

static struct nrm_expr *parse_all(struct nrm_arena *arena, struct nrm_str text,
                                  const struct nrm_expr_context *context, bool condition)
{
    struct expr_parser p;
    if (!expr_begin(&p, arena, text, context))
        return NULL;
    if (p.token.kind == TOKEN_END)
        return expr_fail(&p, 0, "there is no expression here");
    struct expr_node *root = condition ? expr_parse_condition(&p) : parse_or(&p);
    if (!root)
        return NULL;
    return expr_finish(&p, root);
}

struct nrm_expr *expr_finish(struct expr_parser *p, struct expr_node *root)
{
    if (p->token.kind != TOKEN_END)
        return expr_fail(p, p->token.offset,
                         "expected an operator (and, or, ==, in, ...) or the end; found %s",
                         expr_token_text(p));
    struct nrm_expr *expr = nrm_arena_array(p->arena, 1, sizeof *expr);
    expr->root = root;
    return expr;
}

struct nrm_expr *nrm_expr_parse(struct nrm_arena *arena, struct nrm_str text,
                                const struct nrm_expr_context *context)
{
    return parse_all(arena, text, context, false);
}

struct nrm_expr *nrm_condition_parse(struct nrm_arena *arena, struct nrm_str text,
                                     const struct nrm_expr_context *context)
{
    return parse_all(arena, text, context, true);
}
