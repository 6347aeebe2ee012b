/* What tests of expressions share: a case written in one line of YAML, and a scope over it. Names
 * have the values that the case gives them under "names"; every event counts, in the order written.
 */
#ifndef NRM_TESTS_SCOPE_H
#define NRM_TESTS_SCOPE_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/yaml.h"
#include "rules/expr.h"

/* Messages are kept as one text, each on a line: "level:line:column: text". */
struct heard {
    struct nrm_sink sink;
    char text[4096];
};

static inline void hear(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                        const char *text)
{
    struct heard *heard = sink->context;
    size_t used = strlen(heard->text);
    snprintf(heard->text + used, sizeof heard->text - used, "%c:%u:%u: %s\n", "nwe"[level],
             place ? place->line : 0, place ? place->column : 0, text);
}

static inline struct nrm_sink *listen(struct heard *heard)
{
    *heard = (struct heard){.sink = {.tell = hear}};
    heard->sink.context = heard;
    return &heard->sink;
}

static const char *const name_texts[] = {
    "track", "identification", "challenge", "rr_over", "rr_minimum", "a", "b", "c", "d"};
enum { NAMES = sizeof name_texts / sizeof *name_texts };

static const char *const track_words[] = {"adult", "child"};
static const struct nrm_vocabulary track_vocabulary = {
    .name = "track", .words = track_words, .count = 2};
static const struct nrm_field track_field = {
    .path = "track", .type = NRM_FIELD_CODE, .vocabulary = &track_vocabulary};
static const struct nrm_field rr_minimum_field = {.path = "rr_minimum", .type = NRM_FIELD_TIME};
static const struct nrm_field *const name_fields[NAMES] = {&track_field, NULL, NULL, NULL,
                                                           &rr_minimum_field};
static const struct nrm_names names = {name_texts, NAMES, name_fields};

struct world {
    struct nrm_arena arena;
    struct nrm_zones *zones;
    struct nrm_calendar calendar;
    struct nrm_case c;
    const struct nrm_event **events;
    struct nrm_value values[NAMES];
    struct nrm_scope scope;
};

/* The case of TEXT, at 2026-03-10T12:00+01:00 in Warsaw. */
static inline void world_make(struct world *world, const char *text)
{
    *world = (struct world){0};
    world->zones = nrm_zones_new();
    world->calendar.zone = nrm_zone_get(world->zones, NRM_STR("Europe/Warsaw"));
    world->calendar.weekend = 0x60;
    cr_assert_not_null(world->calendar.zone);
    struct nrm_node *root = nrm_yaml_parse(&world->arena, nrm_str(text), NULL, NULL);
    cr_assert_not_null(root, "not YAML: %s", text);
    cr_assert(nrm_case_from_node(&world->c, &world->arena, root, "test", NULL), "no case: %s",
              text);
    world->events = nrm_arena_array(&world->arena, world->c.event_count + 1, sizeof *world->events);
    for (size_t i = 0; i < world->c.event_count; i++)
        world->events[i] = &world->c.events[i];
    const struct nrm_node *given = nrm_node_get(root, NRM_STR("names"));
    for (size_t i = 0; i < NAMES; i++)
        world->values[i] =
            nrm_value_of_node(nrm_node_get(given, nrm_str(name_texts[i])), NULL, NULL);
    world->scope = (struct nrm_scope){
        .c = &world->c,
        .events = world->events,
        .event_count = world->c.event_count,
        .values = world->values,
        .calendar = &world->calendar,
    };
    cr_assert_eq(nrm_time_parse(NRM_STR("2026-03-10T12:00+01:00"), &world->scope.now), NRM_TIME_OK);
}

static inline void world_free(struct world *world)
{
    nrm_zones_free(world->zones);
    nrm_arena_free(&world->arena);
}

/* VALUE as the tables of tests write it: text in quotes, lists in brackets, "unknown WHAT". */
static inline const char *shown(struct nrm_arena *arena, const struct nrm_value *value,
                                const struct nrm_zone *zone)
{
    struct nrm_buffer buffer = {0};
    nrm_value_text(value, zone, &buffer);
    const char *text = buffer.text ? buffer.text : "";
    const char *all = text;
    if (value->kind == NRM_VALUE_STRING)
        all = nrm_arena_printf(arena, "\"%s\"", text);
    else if (value->kind == NRM_VALUE_LIST)
        all = nrm_arena_printf(arena, "[%s]", text);
    else if (value->kind == NRM_VALUE_UNKNOWN)
        all = nrm_arena_printf(arena, "unknown%s%s", value->missing ? " " : "",
                               value->missing ? value->missing : "");
    all = nrm_arena_copy(arena, all, strlen(all));
    nrm_buffer_free(&buffer);
    return all;
}

static inline void add(struct nrm_buffer *buffer, const char *text)
{
    nrm_buffer_add(buffer, text, strlen(text));
}

/* TEXT with the names above; it must be right. */
static inline struct nrm_expr *parse(struct world *world, const char *text)
{
    struct heard heard;
    struct nrm_expr_context context = {.names = &names, .sink = listen(&heard)};
    struct nrm_expr *expr = nrm_expr_parse(&world->arena, nrm_str(text), &context);
    cr_assert_not_null(expr, "%s: %s", text, heard.text);
    return expr;
}

static inline enum nrm_truth truth(struct world *world, const char *text, const char **missing)
{
    return nrm_condition_holds(parse(world, text), &world->scope, missing);
}

#endif
