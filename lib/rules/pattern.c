/* Patterns of events, as profiles name what starts and stops a clock: event types joined with |,
 * perhaps with a condition, or the name of a milestone. */
#include "rules/expr_internal.h"

static int find_mark(const struct nrm_names *marks, struct nrm_str word)
{
    for (size_t i = 0; marks && i < marks->count; i++)
        if (nrm_str_is(word, marks->names[i]))
            return (int)i;
    return -1;
}

static bool fail_nearest(struct expr_parser *p, const struct nrm_names *marks)
{
    struct nrm_str word = p->token.word;
    const char *near = expr_nearest_type(p, word);
    if (!near && marks)
        near = nrm_text_nearest(word, marks->names, marks->count);
    if (near)
        return expr_fail(p, p->token.offset,
                         "%s is neither an event nor a milestone; did you mean "
                         "%s?",
                         expr_token_text(p), near) != NULL;
    return expr_fail(p, p->token.offset,
                     "%s is neither an event nor a milestone; nrm-case(5) lists "
                     "the events",
                     expr_token_text(p)) != NULL;
}

static bool parse_where(struct expr_parser *p, struct nrm_pattern *pattern)
{
    memcpy(p->subject, pattern->types, sizeof p->subject);
    memcpy(p->types, pattern->types, sizeof p->types);
    struct expr_node *condition = expr_parse_condition(p);
    if (condition)
        pattern->where = expr_finish(p, condition);
    return pattern->where != NULL;
}

static bool parse_pattern(struct expr_parser *p, const struct nrm_names *marks,
                          struct nrm_pattern *pattern)
{
    bool word = p->token.kind == TOKEN_WORD;
    if (word && !nrm_event_type_find(p->token.word)) {
        pattern->mark = find_mark(marks, p->token.word);
        if (pattern->mark < 0)
            return fail_nearest(p, marks);
        expr_advance(p);
        if (p->token.kind == TOKEN_END)
            return !p->failed;
        return expr_fail(p, p->token.offset, "a milestone stands alone; found %s behind it",
                         expr_token_text(p)) != NULL;
    }
    if (!expr_parse_types(p, pattern->types))
        return false;
    if (p->token.kind == TOKEN_END)
        return !p->failed;
    if (expr_accept_word(p, "where"))
        return parse_where(p, pattern);
    return expr_fail(p, p->token.offset, "expected where and a condition, or the end; found %s",
                     expr_token_text(p)) != NULL;
}

bool nrm_pattern_parse(struct nrm_arena *arena, struct nrm_str text, const struct nrm_names *marks,
                       const struct nrm_expr_context *context, struct nrm_pattern *pattern)
{
    struct nrm_expr_context own = *context;
    own.event_types = NULL;
    own.event_type_count = 0;
    own.any_event = false;
    *pattern = (struct nrm_pattern){.mark = -1};
    struct expr_parser p;
    return expr_begin(&p, arena, text, &own) && parse_pattern(&p, marks, pattern);
}

enum nrm_truth nrm_pattern_matches(const struct nrm_pattern *pattern, const struct nrm_event *event,
                                   const struct nrm_scope *scope)
{
    if (!event->type || !expr_types_has(pattern->types, (size_t)(event->type - nrm_event_types)))
        return NRM_FALSE;
    return pattern->where ? expr_condition(pattern->where, scope, event).truth : NRM_TRUE;
}
