/* Patterns of events, as profiles write them. */
#include "scope.h"

static bool pattern_parse(struct nrm_arena *arena, const char *text, struct nrm_pattern *pattern,
                          struct heard *heard)
{
    static const char *const mark_texts[] = {"stage1_positive", "rr_started", "closed"};
    static const struct nrm_names marks = {mark_texts, 3, NULL};
    struct nrm_expr_context context = {.names = &names, .any_event = true, .sink = listen(heard)};
    return nrm_pattern_parse(arena, nrm_str(text), &marks, &context, pattern);
}

Test(pattern, matches_events)
{
    static const struct {
        const char *text;
        enum nrm_truth truths[4];
    } patterns[] = {
        {"service", {NRM_TRUE, NRM_TRUE, NRM_FALSE, NRM_FALSE}},
        {"service|contact", {NRM_TRUE, NRM_TRUE, NRM_TRUE, NRM_FALSE}},
        {"service where service == \"accommodation\" and phase == \"started\"",
         {NRM_TRUE, NRM_CANNOT_TELL, NRM_FALSE, NRM_FALSE}},
        {"service|contact where by == \"ngo-1\"",
         {NRM_TRUE, NRM_CANNOT_TELL, NRM_FALSE, NRM_FALSE}},
        {"service where at < event.at", {NRM_FALSE, NRM_FALSE, NRM_FALSE, NRM_FALSE}},
        {"service where track == \"child\"", {NRM_TRUE, NRM_TRUE, NRM_FALSE, NRM_FALSE}},
        {"contact where kind == \"in_person\"", {NRM_FALSE, NRM_FALSE, NRM_TRUE, NRM_FALSE}},
        {"stage1_positive", {NRM_FALSE, NRM_FALSE, NRM_FALSE, NRM_FALSE}},
    };
    struct world world;
    world_make(&world,
               "{names: {track: child}, events: ["
               "{type: service, at: 2026-03-01, service: accommodation, phase: started, by: ngo-1},"
               "{type: service, at: 2026-03-01, service: accommodation},"
               "{type: contact, at: 2026-03-01, kind: in_person, by: ga-7}, {type: juggling}]}");
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct nrm_pattern pattern;
        struct heard heard;
        cr_assert(pattern_parse(&world.arena, patterns[i].text, &pattern, &heard), "%s: %s",
                  patterns[i].text, heard.text);
        for (size_t j = 0; j < 4; j++)
            cr_expect_eq(nrm_pattern_matches(&pattern, world.events[j], &world.scope),
                         patterns[i].truths[j], "%s on event %zu", patterns[i].text, j + 1);
    }
    world_free(&world);
}

Test(pattern, knows_milestones)
{
    struct nrm_arena arena = {0};
    struct nrm_pattern pattern;
    struct heard heard;
    cr_expect(pattern_parse(&arena, "rr_started", &pattern, &heard));
    cr_expect(pattern.mark == 1 && !pattern.types[0] && !pattern.types[1] && !pattern.where);
    cr_expect(pattern_parse(&arena, " closed ", &pattern, &heard));
    cr_expect(pattern.mark == -1 && (pattern.types[0] || pattern.types[1]));
    nrm_arena_free(&arena);
}

/* A text that is no expression at all, and a profile without milestones. */
Test(pattern, refuses_what_cannot_be_read)
{
    struct nrm_arena arena = {0};
    struct nrm_pattern pattern;
    struct heard heard;
    struct nrm_expr_context context = {.sink = listen(&heard)};
    cr_expect_not(nrm_pattern_parse(&arena, NRM_STR("ser\0vice"), NULL, &context, &pattern));
    cr_expect_str_eq(heard.text, "e:1:4: a zero byte cannot stand in an expression\n");
    cr_expect_not(nrm_pattern_parse(&arena, NRM_STR("zzzzzzz"), NULL, &context, &pattern));
    cr_expect(strstr(heard.text, "zzzzzzz is neither an event nor a milestone; nrm-case(5)"), "%s",
              heard.text);
    nrm_arena_free(&arena);
}

Test(pattern, refuses)
{
    static const char *const wrong[][2] = {
        {"servce", "e:1:1: servce is neither an event nor a milestone; did you mean service?"},
        {"stage1_positiv", "did you mean stage1_positive?"},
        {"zzzzzzz", "e:1:1: zzzzzzz is neither an event nor a milestone; nrm-case(5)"},
        {"service|servce", "e:1:9: servce is no event; did you mean service?"},
        {"service|rr_started", "e:1:9: "},
        {"rr_started|service", "e:1:11: a milestone stands alone"},
        {"rr_started where a", "e:1:12: a milestone stands alone"},
        {"service were a", "e:1:9: expected where"},
        {"service where", "e:1:14: expected a value"},
        {"service where phas == \"started\"", "e:1:15: "},
        {"service where phase == \"strted\"", "did you mean \"started\"?"},
        {"service where phase", "e:1:15: a condition is true or false"},
        {"stage1_decision|closed where outcome == \"positive\"",
         "e:1:30: outcome is a field of only"},
        {"service where a b", "e:1:17: "},
        {"", "e:1:1: expected an event"},
        {"\"service\"", "e:1:1: expected an event"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct nrm_arena arena = {0};
        struct nrm_pattern pattern;
        struct heard heard;
        cr_expect_not(pattern_parse(&arena, wrong[i][0], &pattern, &heard), "%s", wrong[i][0]);
        cr_expect(strstr(heard.text, wrong[i][1]), "%s: %s", wrong[i][0], heard.text);
        cr_expect_eq(heard.sink.errors, 1);
        nrm_arena_free(&arena);
    }
}
