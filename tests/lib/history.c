/* Which events count and in which order: the order of the file must never matter. */
#include "harness.h"

#include "rules/history.h"

static uint64_t state = 42;

static unsigned random_below(unsigned limit)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33) % limit;
}

/* Some 40 possible events, many of them at one instant, several voids by id among them. */
static const char *const pool[] = {
    "{at: 2026-02-01T10:00+01:00, type: detected, by: police}",
    "{at: 2026-02-01T10:00+01:00, type: detected, by: ngo}",
    "{at: 2026-02-01, type: referred, to: authority}",
    "{at: 2026-02-01T09:00Z, type: accepted}",
    "{id: s1, at: 2026-02-02T10:00+01:00, type: stage1_decision, outcome: positive}",
    "{id: s1n, at: 2026-02-02T10:00+01:00, type: stage1_decision, outcome: negative}",
    "{at: 2026-02-02T10:00+01:00, type: rr_granted, until: 2026-06-01}",
    "{at: 2026-02-02T10:00+01:00, type: rr_granted, until: 2026-05-20}",
    "{at: 2026-02-03, type: age_doubted}",
    "{at: 2026-02-03, type: age_assessment_result, result: adult, methods: [interview], experts: "
    "[a, b]}",
    "{at: 2026-02-03, type: age_assessment_result, result: adult, methods: [interview, documents], "
    "experts: [a, b]}",
    "{at: 2026-02-03, type: age_assessment_result, result: adult, methods: [interview, documents], "
    "experts: [a]}",
    "{at: 2026-02-03, type: age_assessment_result, result: child}",
    "{at: 2026-02-04, type: reconsideration_requested, of: stage1}",
    "{at: 2026-02-05, type: reconsideration_decided, of: stage1, outcome: overturned}",
    "{at: 2026-02-05, type: reconsideration_decided, of: stage1, outcome: upheld}",
    "{at: 2026-02-06, type: declined}",
    "{at: 2026-02-06, type: withdrawn}",
    "{id: v1, at: 2026-02-07, type: void, event: s1}",
    "{id: v2, at: 2026-02-08, type: void, event: v1}",
    "{id: v3, at: 2026-02-08, type: void, event: v2}",
    "{type: stage2_decision, outcome: positive}",
    "{at: 2026-03-01, type: stage2_decision, outcome: negative}",
    "{at: 2026-03-01, type: closed, reason: other}",
    "{at: 2026-02-02, type: service, service: accommodation, phase: started, kind: safe}",
    "{at: 2026-02-02, type: service, service: accommodation, phase: refused}",
    "{at: 2026-02-02, type: unheard_of, what: ever}",
    "{at: 2026-02-02, type: unheard_of, what: else}",
};
enum { POOL = sizeof pool / sizeof *pool };

static void shuffle(const char **events, unsigned count)
{
    for (unsigned i = count; i > 1; i--) {
        unsigned other = random_below(i);
        const char *kept = events[i - 1];
        events[i - 1] = events[other];
        events[other] = kept;
    }
}

static void describe(struct harness *harness, const char **events, unsigned count,
                     struct nrm_buffer *answer)
{
    struct nrm_buffer yaml = {0};
    const struct nrm_due *dues;
    nrm_buffer_printf(&yaml, "{person: {birth_date: 2000-01-01}, events: [");
    for (unsigned i = 0; i < count; i++)
        nrm_buffer_printf(&yaml, "%s, ", events[i]);
    nrm_buffer_printf(&yaml, "]}");
    harness_case(harness, yaml.text);
    nrm_buffer_clear(answer);
    const struct nrm_names *names = nrm_rules_names(harness->rules);
    for (size_t i = 0; i < names->count; i++)
        nrm_buffer_printf(answer, "%s=%s ", names->names[i],
                          harness_value(harness, names->names[i]));
    size_t due_count = nrm_clocks(&harness->standing, NULL, &dues);
    for (size_t i = 0; i < due_count; i++) {
        nrm_buffer_printf(answer, "%s:%d:", dues[i].clock->id, dues[i].state);
        nrm_time_text(&dues[i].due, harness->standing.profile->calendar.zone, answer);
        nrm_time_text(&dues[i].start, harness->standing.profile->calendar.zone, answer);
        nrm_time_text(&dues[i].done, harness->standing.profile->calendar.zone, answer);
    }
    nrm_buffer_free(&yaml);
}

Test(history, order_in_the_file_never_matters)
{
    struct harness harness;
    struct nrm_buffer first = {0}, again = {0};
    harness_start(&harness, "2026-03-10T12:00+01:00", NULL);
    for (int round = 0; round < 400; round++) {
        const char *events[POOL];
        unsigned count = 0;
        for (unsigned i = 0; i < POOL; i++)
            if (random_below(3) == 0)
                events[count++] = pool[i];
        describe(&harness, events, count, &first);
        for (int turn = 0; turn < 4; turn++) {
            shuffle(events, count);
            describe(&harness, events, count, &again);
            cr_assert_str_eq(first.text, again.text);
        }
    }
    nrm_buffer_free(&first);
    nrm_buffer_free(&again);
    harness_end(&harness);
}

/* A voided event leaves no trace but the void. */
Test(history, voided_leaves_no_trace)
{
    struct harness harness;
    struct nrm_buffer with = {0}, without = {0};
    harness_start(&harness, "2026-03-10T12:00+01:00", NULL);
    for (int round = 0; round < 400; round++) {
        const char *events[POOL + 2];
        unsigned count = 0;
        for (unsigned i = 0; i < 16; i++)
            if (random_below(2) == 0)
                events[count++] = pool[i];
        events[count] = "{at: 2026-03-09, type: void, event: zz}";
        describe(&harness, events, count + 1, &without);
        events[count + 1] = "{id: zz, at: 2026-02-02, type: stage1_decision, outcome: positive}";
        describe(&harness, events, count + 2, &with);
        cr_assert_str_eq(with.text, without.text);
    }
    nrm_buffer_free(&with);
    nrm_buffer_free(&without);
    harness_end(&harness);
}
