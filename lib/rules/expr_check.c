/* Whether types and words fit, decided while parsing, so that a rule that could never hold is
 * refused where it is written and not silently unknown for every case. */
#include "rules/expr_internal.h"

static const struct {
    unsigned kind;
    const char *text;
} kind_texts[] = {
    {KIND_BOOLEAN, "true or false"}, {KIND_NUMBER, "a number"}, {KIND_TIME, "a time"},
    {KIND_DURATION, "a duration"},   {KIND_STRING, "text"},     {KIND_LIST, "a list"},
    {KIND_MAPPING, "a mapping"},
};

const char *expr_kinds_text(struct expr_parser *p, unsigned kinds)
{
    const char *text = "";
    if ((kinds & KIND_ANY) == KIND_ANY)
        return "any value";
    for (size_t i = 0; i < sizeof kind_texts / sizeof *kind_texts; i++)
        if (kinds & kind_texts[i].kind)
            text =
                nrm_arena_printf(p->arena, "%s%s%s", text, *text ? " or " : "", kind_texts[i].text);
    return text;
}

static bool is_one_kind(unsigned kinds)
{
    return (kinds & (kinds - 1)) == 0;
}

static bool is_text(const struct expr_node *node)
{
    return node->op == OP_VALUE && node->kinds == KIND_STRING;
}

static bool is_unknown(const struct expr_node *node)
{
    return node->op == OP_VALUE && node->value.kind == NRM_VALUE_UNKNOWN;
}

/* What the model does not know is read as what it stands beside. */
static void want(struct expr_node *node, unsigned kinds)
{
    struct expr_node *read = node;
    if (node->op == OP_FIRST || node->op == OP_LAST)
        read = node->items;
    bool open = (read->op == OP_FIELD || read->op == OP_EVENT_FIELD) && !read->field.field &&
                !read->field.varies && !read->field.as;
    if (!open || !is_one_kind(kinds) || !(kinds & KIND_ANY))
        return;
    read->field.as = (uint8_t)__builtin_ctz(kinds);
    read->kinds = (uint8_t)kinds;
    node->kinds = (uint8_t)kinds;
}

static void want_each_other(struct expr_node *a, struct expr_node *b)
{
    want(a, b->kinds);
    want(b, a->kinds);
}

/* --- words of vocabularies --- */

/* Looked through, as the words of a derived name need not stand in the tables of the schema. */
static bool has_word(const struct nrm_vocabulary *vocabulary, struct nrm_str word)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (nrm_str_is(word, vocabulary->words[i]))
            return true;
    return false;
}

/* The words that a field takes, shortened. */
static const char *words_text(struct expr_parser *p, const struct nrm_vocabulary *vocabulary)
{
    enum { SHOWN = 12 };
    const char *text = "";
    for (size_t i = 0; i < vocabulary->count && i < SHOWN; i++)
        text = nrm_arena_printf(p->arena, "%s%s%s", text, i ? ", " : "", vocabulary->words[i]);
    return vocabulary->count > SHOWN ? nrm_arena_printf(p->arena, "%s, ...", text) : text;
}

static bool wrong_word(struct expr_parser *p, const struct expr_node *field, uint32_t offset,
                       struct nrm_str word, bool closed)
{
    enum { WARNINGS = 20 }; /* of one expression; looking for the nearest word takes time */
    const struct nrm_vocabulary *vocabulary = field->choices[0]->vocabulary;
    const char *near = NULL;
    if (!closed && p->warnings++ >= WARNINGS)
        return true;
    for (uint32_t i = 0; i < field->choice_count && !near; i++)
        near = nrm_text_nearest(word, field->choices[i]->vocabulary->words,
                                field->choices[i]->vocabulary->count);
    const char *what = expr_source(p, field);
    int length = (int)(word.length > 40 ? 40 : word.length);
    if (!closed) {
        if (near)
            expr_warn(p, offset, "\"%.*s\" is not in the vocabulary of %s; did you mean \"%s\"?",
                      length, word.text, what, near);
        else
            expr_warn(p, offset, "\"%.*s\" is not in the vocabulary of %s; check its spelling",
                      length, word.text, what);
        return true;
    }
    if (near)
        return expr_fail(p, offset, "\"%.*s\" is no word of %s; did you mean \"%s\"?", length,
                         word.text, what, near) != NULL;
    return expr_fail(p, offset, "\"%.*s\" is no word of %s; it takes %s", length, word.text, what,
                     words_text(p, vocabulary)) != NULL;
}

/* Whether WORD, compared with FIELD at OFFSET, is one that it can hold. */
static bool check_word(struct expr_parser *p, const struct expr_node *field, uint32_t offset,
                       struct nrm_str word)
{
    bool closed = true;
    for (uint32_t i = 0; i < field->choice_count; i++) {
        const struct nrm_vocabulary *vocabulary = field->choices[i]->vocabulary;
        if (!vocabulary || has_word(vocabulary, word))
            return true;
        closed &= !vocabulary->open;
    }
    return !field->choice_count || wrong_word(p, field, offset, word, closed);
}

/* The same for the members of a list written out. */
static bool check_words(struct expr_parser *p, const struct expr_node *field,
                        const struct expr_node *list)
{
    if (list->op != OP_VALUE || list->value.kind != NRM_VALUE_LIST)
        return true;
    for (size_t i = 0; i < list->value.list.count; i++) {
        const struct nrm_value *member = &list->value.list.values[i];
        if (member->kind == NRM_VALUE_STRING && !check_word(p, field, list->offset, member->string))
            return false;
    }
    return true;
}

/* --- conditions and arguments --- */

bool expr_check_boolean(struct expr_parser *p, struct expr_node *node)
{
    want(node, KIND_BOOLEAN);
    if (node->kinds & KIND_BOOLEAN)
        return true;
    const char *hint = "compare it with something";
    if (node->kinds == KIND_MAPPING)
        hint = "use known() to ask whether it is there";
    else if (node->kinds & KIND_LIST)
        hint = "ask with in whether something is in it";
    return expr_fail(p, node->offset, "a condition is true or false, and %s is %s; %s",
                     expr_source(p, node), expr_kinds_text(p, node->kinds), hint) != NULL;
}

bool expr_check_argument(struct expr_parser *p, struct expr_node *node, unsigned kinds,
                         const char *what)
{
    want(node, kinds);
    if (node->kinds & kinds)
        return true;
    return expr_fail(p, node->offset, "%s takes %s, and %s is %s", what, expr_kinds_text(p, kinds),
                     expr_source(p, node), expr_kinds_text(p, node->kinds)) != NULL;
}

/* --- comparisons --- */

static bool fail_list(struct expr_parser *p, const struct expr_node *list,
                      const struct expr_node *other, uint32_t offset)
{
    return expr_fail(p, offset, "%s is a list; write %s in %s", expr_source(p, list),
                     expr_source(p, other), expr_source(p, list)) != NULL;
}

static bool fail_kinds(struct expr_parser *p, const struct expr_node *left,
                       const struct expr_node *right, uint32_t offset)
{
    unsigned both = left->kinds | right->kinds;
    const char *hint = "these are never equal";
    if (both == (KIND_TIME | KIND_STRING))
        hint = "dates and times stand without quotes, as in 2026-03-01";
    else if (both == (KIND_TIME | KIND_NUMBER))
        hint = "write a whole date, or compare year()";
    else if (both == (KIND_BOOLEAN | KIND_STRING) || both == (KIND_NUMBER | KIND_STRING))
        hint = "true, false and numbers stand without quotes";
    else if (both & KIND_MAPPING)
        hint = "name one of its fields, or use known()";
    return expr_fail(p, offset, "%s is %s and %s is %s; %s", expr_source(p, left),
                     expr_kinds_text(p, left->kinds), expr_source(p, right),
                     expr_kinds_text(p, right->kinds), hint) != NULL;
}

bool expr_check_compare(struct expr_parser *p, struct expr_node *left, struct expr_node *right,
                        const char *operator_text, bool ordered, uint32_t offset)
{
    want_each_other(left, right);
    if (is_unknown(left) || is_unknown(right))
        return expr_fail(p, offset,
                         "nothing equals unknown; write known(%s) to ask whether it is "
                         "known",
                         expr_source(p, is_unknown(left) ? right : left)) != NULL;
    if (left->kinds == KIND_LIST && !(right->kinds & KIND_LIST))
        return fail_list(p, left, right, offset);
    if (right->kinds == KIND_LIST && !(left->kinds & KIND_LIST))
        return fail_list(p, right, left, offset);
    unsigned common = left->kinds & right->kinds & KIND_ANY;
    if (!common)
        return fail_kinds(p, left, right, offset);
    if (ordered && !(common & (KIND_NUMBER | KIND_TIME | KIND_DURATION | KIND_STRING)))
        return expr_fail(p, offset, "%s has no order for %s; use == or !=", operator_text,
                         expr_kinds_text(p, common)) != NULL;
    if (!ordered && is_text(right))
        return check_word(p, left, right->offset, right->value.string);
    if (!ordered && is_text(left))
        return check_word(p, right, left->offset, left->value.string);
    return true;
}

bool expr_check_in(struct expr_parser *p, struct expr_node *item, struct expr_node *list)
{
    want(list, KIND_LIST);
    if (!(list->kinds & KIND_LIST)) {
        const char *hint = list->kinds & KIND_STRING
                               ? "for a part of a text use contains(text, part)"
                               : "write a list in [ ]";
        return expr_fail(p, list->offset, "in takes a list, and %s is %s; %s", expr_source(p, list),
                         expr_kinds_text(p, list->kinds), hint) != NULL;
    }
    if (is_unknown(item))
        return expr_fail(p, item->offset, "unknown is in no list; use known()") != NULL;
    if (list->op == OP_VALUE && list->value.kind == NRM_VALUE_LIST && list->value.list.count)
        want(item, 1u << list->value.list.values[0].kind);
    unsigned members = KIND_BOOLEAN | KIND_NUMBER | KIND_STRING;
    if (!(item->kinds & members)) {
        const char *hint = item->kinds == KIND_LIST   ? "use any() or all() for two lists"
                           : item->kinds == KIND_TIME ? "use between(), or == and or"
                                                      : "a list holds no such thing";
        return expr_fail(p, item->offset, "%s is %s; %s", expr_source(p, item),
                         expr_kinds_text(p, item->kinds), hint) != NULL;
    }
    if (is_text(item) && !check_word(p, list, item->offset, item->value.string))
        return false;
    return check_words(p, item, list);
}

bool expr_check_lists(struct expr_parser *p, struct expr_node *a, struct expr_node *b)
{
    return check_words(p, a, b) && check_words(p, b, a);
}

bool expr_check_alike(struct expr_parser *p, struct expr_node *a, struct expr_node *b,
                      const char *what)
{
    want_each_other(a, b);
    if (a->kinds & b->kinds & KIND_ANY)
        return true;
    return expr_fail(p, b->offset, "%s gives %s or %s; both must be of one kind", what,
                     expr_kinds_text(p, a->kinds), expr_kinds_text(p, b->kinds)) != NULL;
}

const char *expr_value_label(const struct expr_node *node)
{
    bool finds = node->op == OP_FIRST || node->op == OP_LAST;
    return finds ? node->items->label : node->label;
}

const char *expr_exact_label(struct expr_parser *p, const struct expr_node *a,
                             const struct expr_node *b)
{
    const char *first = expr_value_label(a), *second = expr_value_label(b);
    if (!first || !second)
        first = second = first ? first : second;
    if (!first || (a->kinds != KIND_TIME && b->kinds != KIND_TIME))
        return first;
    if (first == second)
        return nrm_arena_printf(p->arena, "exact time of %s", first);
    return nrm_arena_printf(p->arena, "exact time of %s or %s", first, second);
}

/* --- sums and products --- */

/* What SIGN makes of two kinds; 0: nothing. */
static unsigned kind_of_term(unsigned left, char sign, unsigned right)
{
    if (left == KIND_NUMBER && right == KIND_NUMBER)
        return KIND_NUMBER;
    if (left == KIND_TIME && right == KIND_DURATION && (sign == '+' || sign == '-'))
        return KIND_TIME;
    if (left == KIND_DURATION && right == KIND_TIME && sign == '+')
        return KIND_TIME;
    return 0;
}

bool expr_check_term(struct expr_parser *p, uint8_t *kinds, struct expr_node *sum,
                     struct expr_node *term)
{
    if (*kinds == KIND_NUMBER || *kinds == KIND_TIME)
        want(term, *kinds == KIND_NUMBER ? KIND_NUMBER : KIND_DURATION);
    if (!sum->items->next && is_one_kind(term->kinds)) {
        want(sum->items, term->kinds == KIND_DURATION ? KIND_TIME : term->kinds);
        *kinds = sum->items->kinds;
    }
    unsigned result = 0;
    for (unsigned left = 1; left < KIND_MAPPING; left <<= 1)
        for (unsigned right = 1; right < KIND_MAPPING; right <<= 1)
            if ((*kinds & left) && (term->kinds & right))
                result |= kind_of_term(left, term->sign, right);
    if (result) {
        *kinds = (uint8_t)result;
        return true;
    }
    const char *hint = "numbers go with numbers, durations with times";
    if (*kinds == KIND_TIME && term->kinds == KIND_TIME)
        hint = "use days_between(a, b) or hours_between(a, b)";
    else if (*kinds == KIND_TIME && term->kinds == KIND_NUMBER)
        hint = "say of what, as in 5d or 48h";
    return expr_fail(p, term->offset, "%c does not go between %s and %s; %s", term->sign,
                     expr_kinds_text(p, *kinds), expr_kinds_text(p, term->kinds), hint) != NULL;
}
