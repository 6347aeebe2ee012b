/* For tests of lib/rules: a case from YAML text, folded by a profile at a moment; messages kept. */
#ifndef NRM_TESTS_HARNESS_H
#define NRM_TESTS_HARNESS_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "nrm.h"
#include "rules/machine.h"
#include "rules/profile.h"

struct harness {
    struct nrm_arena arena;
    struct nrm_sink sink;
    struct nrm_buffer messages; /* every message, one line each */
    struct nrm_rules *rules;
    struct nrm_case c;
    struct nrm_standing standing;
};

static void harness_tell(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                         const char *text)
{
    struct nrm_buffer *messages = sink->context;
    static const char *const levels[] = {"note", "warning", "error"};
    if (place && place->file)
        nrm_buffer_printf(messages, "%s:%u:%u: ", place->file, place->line, place->column);
    nrm_buffer_printf(messages, "%s: %s\n", levels[level], text);
}

static inline struct nrm_time harness_time(const char *text)
{
    struct nrm_time time;
    enum nrm_time_fault fault = nrm_time_parse(nrm_str(text), &time);
    cr_assert_eq(fault, NRM_TIME_OK, "not a time: %s", text);
    return time;
}

/* PROFILE may be NULL. */
static inline void harness_start(struct harness *harness, const char *now, const char *profile)
{
    *harness = (struct harness){0};
    setenv("NRM_PATH", ".:tests/data", 1);
    harness->sink = (struct nrm_sink){.tell = harness_tell, .context = &harness->messages};
    struct nrm_rules_options options = {.now = harness_time(now), .sink = &harness->sink};
    if (profile)
        options.profile = nrm_str(profile);
    harness->rules = nrm_rules_new(&options);
}

static inline void harness_case(struct harness *harness, const char *yaml)
{
    struct nrm_place place = {.file = "case", .line = 1, .column = 1};
    nrm_arena_reset(&harness->arena);
    struct nrm_node *root = nrm_yaml_parse(&harness->arena, nrm_str(yaml), &place, &harness->sink);
    cr_assert(root, "not YAML: %s\n%s", yaml, harness->messages.text ? harness->messages.text : "");
    cr_assert(nrm_case_from_node(&harness->c, &harness->arena, root, "case", &harness->sink));
    cr_assert(nrm_rules_stand(harness->rules, &harness->c, &harness->standing));
}

/* The value of a derived name or region as text; "unknown" for an unknown one. Lives until the next
 * case. */
static inline const char *harness_value(struct harness *harness, const char *name)
{
    int index = nrm_rules_name(harness->rules, nrm_str(name));
    cr_assert(index >= 0, "no name %s", name);
    const struct nrm_value *value = nrm_standing_value(&harness->standing, index);
    struct nrm_buffer text = {0};
    if (value->kind == NRM_VALUE_UNKNOWN)
        return "unknown";
    nrm_value_text(value, harness->standing.profile->calendar.zone, &text);
    const char *kept = nrm_arena_copy(&harness->arena, text.text, text.length);
    nrm_buffer_free(&text);
    return kept;
}

static inline void harness_end(struct harness *harness)
{
    nrm_rules_free(harness->rules);
    nrm_arena_free(&harness->arena);
    nrm_buffer_free(&harness->messages);
}

#endif
