/* Adds an event to any bytes as a file of cases: it is refused, or what comes out reads as the old
 * documents with the event behind the others of one of them, and holds every old byte in its order.
 * The event stands behind a line "==="; without one it is a fixed one. */
#include <stdio.h>
#include <stdlib.h>

#include "../tree.h"
#include "data/edit.h"
#include "data/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void insist(bool right, const char *what, const struct nrm_case_text *edited)
{
    if (right)
        return;
    fprintf(stderr, "%s:\n%.*s\n", what, (int)edited->text.length, edited->text.text);
    abort();
}

/* The list of events; NULL where it is missing or null. */
static const struct nrm_node *events_of(const struct nrm_node *root)
{
    const struct nrm_node *list = nrm_node_get(root, NRM_STR("events"));
    return nrm_node_is_null(list) ? NULL : list;
}

static void check_case(const struct nrm_node *old, const struct nrm_node *now,
                       const struct nrm_node *event, const struct nrm_case_text *edited)
{
    const struct nrm_node *was = events_of(old), *is = events_of(now);
    uint32_t count = was ? was->count : 0;
    insist(is && is->kind == NRM_SEQUENCE && is->count == count + 1, "not one more", edited);
    for (uint32_t i = 0; i < count; i++)
        insist(!tree_difference(was->items[i], is->items[i], false), "another event", edited);
    insist(!tree_difference(event, is->items[count], true), "not the event", edited);
    for (uint32_t i = 0; i < old->count; i++)
        if (!nrm_str_is(nrm_node_text(old->pairs[i].key), "events"))
            insist(!tree_difference(old->pairs[i].value, now->pairs[i].value, false),
                   "another value", edited);
}

/* Whether TEXT holds the bytes of OLD in their order. */
static bool holds(struct nrm_str text, struct nrm_str old)
{
    size_t found = 0;
    for (size_t i = 0; i < text.length && found < old.length; i++)
        found += text.text[i] == old.text[found];
    return found == old.length;
}

static void check(const struct nrm_case_text *cases, const struct nrm_node *event)
{
    struct nrm_case_text edited, again;
    if (!nrm_edit_append(cases, event, &edited, NULL))
        return;
    insist(nrm_edit_read(&again, cases->arena, edited.text, "x", NULL), "not read", &edited);
    insist(again.count == cases->count, "another number of cases", &edited);
    for (size_t i = 0; i < cases->count; i++)
        if (i == cases->chosen)
            check_case(cases->roots[i], again.roots[i], event, &edited);
        else
            insist(!tree_difference(cases->roots[i], again.roots[i], false), "another case",
                   &edited);
    const struct nrm_node *list = events_of(cases->roots[cases->chosen]);
    if (list && list->count) /* the word null and empty brackets may go */
        insist(holds(edited.text, cases->text), "bytes are gone", &edited);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct nrm_arena arena;
    nrm_arena_init(&arena);
    char *copy = nrm_arena_copy(&arena, bytes, length);
    char *behind = memmem(copy, length, "\n===\n", 5);
    struct nrm_str text = {copy, behind ? (size_t)(behind - copy) + 1 : length};
    struct nrm_str wanted = NRM_STR("{at: 2026-03-05, type: contact}");
    if (behind)
        wanted = (struct nrm_str){behind + 5, length - text.length - 4};
    struct nrm_node *event = nrm_yaml_parse(&arena, wanted, NULL, NULL);
    struct nrm_case_text cases;
    bool usable = event && event->kind == NRM_MAPPING && !memchr(wanted.text, '&', wanted.length) &&
                  !memchr(wanted.text, '*', wanted.length);
    if (usable && nrm_edit_read(&cases, &arena, text, "x", NULL)) {
        event->style = NRM_FLOW;
        for (cases.chosen = 0; cases.chosen < cases.count && cases.chosen < 4; cases.chosen++)
            check(&cases, event);
    }
    nrm_arena_free(&arena);
    return 0;
}
