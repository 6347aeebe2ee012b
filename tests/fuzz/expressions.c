/* Expressions and patterns from any bytes, evaluated on a case: the text before a line "---", the
 * case behind it, or one that has something of everything. What is refused is told exactly once,
 * and what is taken has the same answer whenever it is asked. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "data/yaml.h"
#include "rules/expr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char usual_case[] =
    "{id: x, person: {birth_date: 2009-05, gender: female, nationality: [NGA, POL], children: 2},"
    "exploitation: {forms: [labour, ~]}, indicators: [{id: a.b}], own: {key: 0042, list: [1, b]},"
    "events: [{type: detected, at: 2026-03-01T22:40+01:00, by: police}, {type: service, at: "
    "2026-03-02,"
    "service: accommodation, phase: started}, {type: stage1_decision, at: 2026-03-03, outcome: "
    "positive}]}";

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void ignore(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                   const char *text)
{
    (void)sink, (void)level, (void)place, (void)text;
}

static void evaluate(const struct nrm_expr *expr, struct nrm_scope *scope, bool condition)
{
    struct nrm_buffer first = {0}, second = {0};
    struct nrm_value value = nrm_expr_eval(expr, scope), again = nrm_expr_eval(expr, scope);
    nrm_value_text(&value, NULL, &first);
    nrm_value_text(&again, NULL, &second);
    check(value.kind == again.kind && first.length == second.length);
    check(!first.length || memcmp(first.text, second.text, first.length) == 0);
    nrm_buffer_free(&first);
    nrm_buffer_free(&second);
    const char *missing;
    enum nrm_truth truth = nrm_condition_holds(expr, scope, &missing);
    check(truth == NRM_CANNOT_TELL || !missing);
    check(!condition || value.kind != NRM_VALUE_BOOLEAN || value.boolean == (truth == NRM_TRUE));
}

static void parse_all(struct nrm_str text, struct nrm_arena *arena, struct nrm_scope *scope,
                      struct nrm_expr_context *context)
{
    unsigned long before = context->sink->errors;
    struct nrm_expr *expr = nrm_expr_parse(arena, text, context);
    check(context->sink->errors - before == (expr == NULL));
    struct nrm_expr *condition = nrm_condition_parse(arena, text, context);
    check(expr || !condition);
    for (size_t i = 0; i <= scope->event_count && i < 8; i++) {
        scope->event = i ? scope->events[i - 1] : NULL;
        if (expr)
            evaluate(expr, scope, condition != NULL);
    }
    struct nrm_pattern pattern;
    before = context->sink->errors;
    bool taken = nrm_pattern_parse(arena, text, context->names, context, &pattern);
    check(context->sink->errors - before == !taken);
    for (size_t i = 0; taken && i < scope->event_count && i < 8; i++)
        nrm_pattern_matches(&pattern, scope->events[i], scope);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const texts[] = {"track", "rr_over", "challenge"};
    static const struct nrm_names names = {texts, 3, NULL};
    static struct nrm_zones *zones; /* what the database says does not change between inputs */
    if (!zones)
        zones = nrm_zones_new();
    struct nrm_calendar calendar = {.zone = nrm_zone_get(zones, NRM_STR("Europe/Warsaw")),
                                    .weekend = 0x60};
    struct nrm_arena arena = {0};
    struct nrm_sink sink = {.tell = ignore};
    struct nrm_str text = {(const char *)data, size}, yaml = nrm_str(usual_case);
    const char *line = size ? memmem(data, size, "\n---\n", 5) : NULL;
    if (line) {
        text.length = (size_t)(line - text.text);
        yaml = (struct nrm_str){line + 5, size - text.length - 5};
    }
    struct nrm_case c;
    struct nrm_node *root = nrm_yaml_parse(&arena, yaml, NULL, NULL);
    if (root && nrm_case_from_node(&c, &arena, root, "case", NULL)) {
        const struct nrm_event **events =
            nrm_arena_array(&arena, c.event_count + 1, sizeof *events);
        for (size_t i = 0; i < c.event_count; i++)
            events[i] = &c.events[i];
        struct nrm_value values[] = {nrm_value_string(NRM_STR("child")), nrm_value_boolean(false),
                                     nrm_value_unknown(NULL)};
        struct nrm_scope scope = {.c = &c,
                                  .events = events,
                                  .event_count = c.event_count,
                                  .values = values,
                                  .calendar = &calendar};
        nrm_time_parse(NRM_STR("2026-03-10T12:00+01:00"), &scope.now);
        struct nrm_expr_context context = {.names = &names, .sink = &sink};
        parse_all(text, &arena, &scope, &context);
        context.any_event = true;
        parse_all(text, &arena, &scope, &context);
    }
    nrm_arena_free(&arena);
    return 0;
}
