/* The form of a case: keys, ids, events that do not count; see check.h. */
#include <stdlib.h>

#include "rules/check.h"
#include "rules/history.h"

struct form {
    struct nrm_findings *findings;
    const struct nrm_case *c;
    struct nrm_buffer path;
};

static void found(struct form *form, const char *rule, const char *severity,
                  const struct nrm_node *node, const char *path, const char *message)
{
    struct nrm_finding finding = {
        .rule = rule,
        .severity = severity,
        .result = NRM_FAIL,
        .path = nrm_arena_copy(form->findings->arena, path, strlen(path)),
        .message = message,
        .source = "nrm-case(5)",
        .place = nrm_node_place(node, form->c->file),
    };
    nrm_findings_add(form->findings, &finding);
}

static const char *unknown_key_message(struct form *form, const char *nearest)
{
    return nearest
               ? nrm_arena_printf(form->findings->arena,
                                  "no such key; it is kept as it is; perhaps %s is meant", nearest)
               : "no such key; it is kept as it is";
}

/* The last segments of the fields that lie under the same mapping, for the nearest name. */
static const char *nearest_field(struct nrm_str prefix, struct nrm_str key)
{
    const char *names[512];
    size_t count = 0;
    for (size_t i = 0; i < nrm_field_count && count < 512; i++) {
        const char *path = nrm_fields[i].path;
        if (strncmp(path, prefix.text, prefix.length) == 0 && !strchr(path + prefix.length, '.'))
            names[count++] = path + prefix.length;
    }
    return nrm_text_nearest(key, names, count);
}

static void check_mapping(struct form *form, const struct nrm_node *mapping);

static void check_value(struct form *form, const struct nrm_node *value)
{
    value = nrm_node_resolve(value);
    if (value->kind == NRM_MAPPING)
        check_mapping(form, value);
    for (uint32_t i = 0; value->kind == NRM_SEQUENCE && i < value->count; i++)
        if (nrm_node_resolve(value->items[i])->kind == NRM_MAPPING)
            check_mapping(form, nrm_node_resolve(value->items[i]));
}

/* The next word of VALUE, from *AT on, that the open vocabulary of FIELD lacks: allowed, but it may
 * be a slip of the pen. NULL: no more. */
static const struct nrm_node *strange_word(const struct nrm_field *field,
                                           const struct nrm_node *value, uint32_t *at)
{
    if (!field->vocabulary || !field->vocabulary->open)
        return NULL;
    value = nrm_node_resolve(value);
    uint32_t count = value->kind == NRM_SEQUENCE ? value->count : 1;
    while (*at < count) {
        const struct nrm_node *item =
            value->kind == NRM_SEQUENCE ? nrm_node_resolve(value->items[*at]) : value;
        struct nrm_str word = nrm_node_text(item);
        ++*at;
        if (word.text && !nrm_node_is_null(item) && !nrm_str_is(word, "unknown") &&
            nrm_vocabulary_word(field->vocabulary, word) < 0)
            return item;
    }
    return NULL;
}

static void note_word(struct form *form, const struct nrm_vocabulary *vocabulary,
                      const struct nrm_node *node, const char *path)
{
    const char *nearest =
        nrm_text_nearest(nrm_node_text(node), vocabulary->words, vocabulary->count);
    found(form, "format.word", "note", node, path,
          nrm_arena_printf(form->findings->arena,
                           "a word that the vocabulary %s does not have; it is kept as it is%s%s%s",
                           vocabulary->name, nearest ? "; perhaps " : "", nearest ? nearest : "",
                           nearest ? " is meant" : ""));
}

/* Keys of a mapping that the model describes; what lies under an unknown key is nobody's business.
 */
static void check_mapping(struct form *form, const struct nrm_node *mapping)
{
    size_t length = form->path.length;
    for (uint32_t i = 0; i < mapping->count; i++) {
        struct nrm_str key = nrm_node_text(mapping->pairs[i].key);
        if (!key.text || nrm_str_is(key, "<<") || (length == 0 && nrm_str_is(key, "events")))
            continue;
        nrm_buffer_add_str(&form->path, key);
        const struct nrm_field *field =
            memchr(key.text, '.', key.length)
                ? NULL /* one key, not a path */
                : nrm_field_find((struct nrm_str){form->path.text, form->path.length});
        if (field && field->type == NRM_FIELD_MAPPING) {
            nrm_buffer_add_char(&form->path, '.');
            check_value(form, mapping->pairs[i].value);
        } else if (field) {
            const struct nrm_node *word;
            for (uint32_t at = 0;
                 (word = strange_word(field, mapping->pairs[i].value, &at)) != NULL;)
                note_word(form, field->vocabulary, word, form->path.text);
        } else {
            const char *nearest = nearest_field((struct nrm_str){form->path.text, length}, key);
            found(form, "format.unknown_key", "note", mapping->pairs[i].key, form->path.text,
                  unknown_key_message(form, nearest));
        }
        form->path.length = length;
        form->path.text[length] = '\0';
    }
}

static const char *event_path(struct form *form, const struct nrm_event *event, struct nrm_str key)
{
    return nrm_arena_printf(form->findings->arena, "events[%u].%.*s", event->position,
                            (int)key.length, key.text);
}

static void note_event_key(struct form *form, const struct nrm_event *event,
                           const struct nrm_node *key)
{
    const char *names[128];
    size_t count = 0;
    for (; count < event->type->count && count < 128; count++)
        names[count] = event->type->fields[count].path;
    struct nrm_str name = nrm_node_text(key);
    found(form, "format.unknown_key", "note", key, event_path(form, event, name),
          unknown_key_message(form, nrm_text_nearest(name, names, count)));
}

static void check_event_keys(struct form *form, const struct nrm_event *event)
{
    for (uint32_t i = 0; i < event->node->count; i++) {
        const struct nrm_pair *pair = &event->node->pairs[i];
        struct nrm_str key = nrm_node_text(pair->key);
        if (!key.text || nrm_str_is(key, "<<"))
            continue;
        const struct nrm_field *field = nrm_event_field_find(event->type, key);
        const struct nrm_node *word;
        if (!field)
            note_event_key(form, event, pair->key);
        for (uint32_t at = 0; field && (word = strange_word(field, pair->value, &at)) != NULL;)
            note_word(form, field->vocabulary, word, event_path(form, event, key));
    }
}

/* Voids that stand in a circle void nothing: each of them counts, and so does its target, although
 * a void of it is on record. */
static void check_void(struct form *form, const struct nrm_event *event, ptrdiff_t target,
                       const uint8_t *left_out)
{
    const char *path = nrm_arena_printf(form->findings->arena, "events[%u]", event->position);
    if (target < 0)
        found(form, "format.void", "warning", event->node, path,
              "this voids no event, or one that cannot be told apart from another; "
              "name one event by its id or its place in the list");
    else if (left_out[target] == NRM_COUNTS)
        found(form, "format.void_circle", "warning", event->node, path,
              "voids that void each other in a circle void nothing; remove one of them");
}

static void check_events(struct form *form, const uint8_t *left_out)
{
    const struct nrm_case *c = form->c;
    const ptrdiff_t *targets = nrm_void_targets(c);
    for (size_t i = 0; i < c->event_count; i++) {
        const struct nrm_event *event = &c->events[i];
        if (event->type)
            check_event_keys(form, event);
        if (left_out[i] == NRM_PLANNED)
            found(form, "format.planned", "note", event->node,
                  nrm_arena_printf(form->findings->arena, "events[%u]", event->position),
                  "this event lies ahead: it is planned and does not count yet");
        if (left_out[i] == NRM_COUNTS && event->type && strcmp(event->type->name, "void") == 0)
            check_void(form, event, targets[i], left_out);
    }
}

static int compare_events(const void *left, const void *right)
{
    const struct nrm_event *const *a = left, *const *b = right;
    int order = nrm_str_compare((*a)->id, (*b)->id);
    return order ? order : ((*a)->position > (*b)->position) - ((*a)->position < (*b)->position);
}

static void check_event_ids(struct form *form)
{
    const struct nrm_case *c = form->c;
    const struct nrm_event **sorted =
        nrm_arena_array(form->findings->arena, c->event_count, sizeof *sorted);
    size_t count = 0;
    for (size_t i = 0; i < c->event_count; i++)
        if (c->events[i].id.text)
            sorted[count++] = &c->events[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, compare_events);
    for (size_t i = 1; i < count; i++)
        if (nrm_str_equal(sorted[i - 1]->id, sorted[i]->id))
            found(form, "format.event_id", "warning", sorted[i]->node,
                  nrm_arena_printf(form->findings->arena, "events[%u].id", sorted[i]->position),
                  "another event has this id; give each its own");
}

void nrm_check_form(struct nrm_findings *findings, const struct nrm_standing *standing)
{
    struct form form = {.findings = findings, .c = standing->scope.c};
    nrm_buffer_add(&form.path, "", 0);
    if (!form.c->id.length)
        found(&form, "format.id", "violation", form.c->root, "id",
              "the case has no id; give it one that names nobody");
    check_mapping(&form, form.c->root);
    check_events(&form, standing->left_out);
    check_event_ids(&form);
    nrm_buffer_free(&form.path);
}
