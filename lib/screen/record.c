/* Writing what was found into case documents; see record.h. */
#include "screen/record.h"

/* The value of KEY for changing: the one that stands there itself, else a copy, else NULL. What
 * stands there by alias or merge is shared with other places and must not change them. */
static struct nrm_node *own_value(struct nrm_arena *arena, struct nrm_node *mapping,
                                  struct nrm_str key)
{
    for (uint32_t i = 0; i < mapping->count; i++)
        if (nrm_str_equal(nrm_node_text(mapping->pairs[i].key), key) &&
            mapping->pairs[i].value->kind != NRM_ALIAS)
            return mapping->pairs[i].value;
    const struct nrm_node *shared = nrm_node_get(mapping, key);
    if (!shared || shared->kind != NRM_SEQUENCE)
        return NULL;
    struct nrm_node *own = nrm_node_sequence(arena, NRM_BLOCK);
    for (uint32_t i = 0; i < shared->count; i++)
        nrm_node_append(arena, own, shared->items[i]);
    nrm_node_set(arena, mapping, key, own);
    return own;
}

/* The list under KEY, made where there is none; a single value becomes a list of one. */
static struct nrm_node *own_list(struct nrm_arena *arena, struct nrm_node *root, struct nrm_str key)
{
    struct nrm_node *list = own_value(arena, root, key);
    if (list && list->kind == NRM_SEQUENCE)
        return list;
    struct nrm_node *made = nrm_node_sequence(arena, NRM_BLOCK);
    if (!nrm_node_is_null(list))
        nrm_node_append(arena, made, list);
    nrm_node_set(arena, root, key, made);
    return made;
}

static void set_text(struct nrm_arena *arena, struct nrm_node *mapping, const char *key,
                     struct nrm_str text)
{
    bool plain = nrm_scalar_type(text) == NRM_TYPE_STRING;
    nrm_node_set(arena, mapping, nrm_str(key),
                 nrm_node_scalar(arena, text, plain ? NRM_PLAIN : NRM_DOUBLE_QUOTED));
}

static void set_time(struct nrm_arena *arena, struct nrm_node *mapping, const char *key,
                     struct nrm_str time)
{
    nrm_node_set(arena, mapping, nrm_str(key), nrm_node_scalar(arena, time, NRM_PLAIN));
}

struct nrm_node *nrm_record_new(struct nrm_arena *arena, struct nrm_str id)
{
    struct nrm_node *root = nrm_node_mapping(arena, NRM_BLOCK);
    nrm_node_set(arena, root, NRM_STR("nrm"), nrm_node_scalar(arena, NRM_STR("1"), NRM_PLAIN));
    if (id.length)
        nrm_node_set(arena, root, NRM_STR("id"), nrm_node_scalar(arena, id, NRM_DOUBLE_QUOTED));
    return root;
}

/* An entry of ID that ANSWER may replace: it says less, or is the same question answered anew. */
static struct nrm_node *find_entry(const struct nrm_node *list, struct nrm_str id)
{
    for (uint32_t i = list->count; i-- > 0;) {
        struct nrm_node *entry = list->items[i];
        if (entry->kind == NRM_MAPPING && !entry->merges &&
            nrm_str_equal(nrm_node_text(nrm_node_get(entry, NRM_STR("id"))), id))
            return entry;
    }
    return NULL;
}

static void fill_entry(struct nrm_arena *arena, struct nrm_node *entry, enum nrm_answer answer,
                       struct nrm_str seen, struct nrm_str note)
{
    set_text(arena, entry, "answer", nrm_str(nrm_answer_text(answer)));
    set_time(arena, entry, "seen", seen);
    if (note.text)
        set_text(arena, entry, "note", note);
}

struct nrm_node *nrm_record_entry(struct nrm_arena *arena, struct nrm_str id,
                                  enum nrm_answer answer, struct nrm_str seen, struct nrm_str note)
{
    struct nrm_node *entry = nrm_node_mapping(arena, NRM_FLOW);
    set_text(arena, entry, "id", id);
    fill_entry(arena, entry, answer, seen, note);
    return entry;
}

void nrm_record_answer(struct nrm_arena *arena, struct nrm_node *root, struct nrm_str id,
                       enum nrm_answer answer, struct nrm_str seen, struct nrm_str note)
{
    struct nrm_node *list = own_list(arena, root, NRM_STR("indicators"));
    struct nrm_node *entry = note.text ? NULL : find_entry(list, id);
    if (entry)
        fill_entry(arena, entry, answer, seen, note);
    else
        nrm_node_append(arena, list, nrm_record_entry(arena, id, answer, seen, note));
}

/* --- the event --- */

static void add_text(struct nrm_arena *arena, struct nrm_node *list, struct nrm_str text)
{
    bool plain = nrm_scalar_type(text) == NRM_TYPE_STRING;
    nrm_node_append(arena, list,
                    nrm_node_scalar(arena, text, plain ? NRM_PLAIN : NRM_DOUBLE_QUOTED));
}

static void set_elements(struct nrm_arena *arena, struct nrm_node *mapping,
                         const struct nrm_screening *screening)
{
    static const char *const keys[] = {"acts", "means", "purpose"};
    const struct nrm_screen_row *whole = screening->whole;
    set_text(arena, mapping, "track",
             screening->track == NRM_CHILD ? NRM_STR("child") : NRM_STR("adult"));
    for (size_t i = 0; i < NRM_LEGAL_ELEMENTS; i++)
        set_text(arena, mapping, keys[i],
                 nrm_str(nrm_shown_text((enum nrm_shown)whole->elements[i])));
    set_text(arena, mapping, "threshold", whole->reached ? NRM_STR("reached") : NRM_STR("not_yet"));
}

/* "control/1": with the version, so that a later reader knows what was looked at. */
static struct nrm_node *list_sets(struct nrm_arena *arena, const struct nrm_screening *screening,
                                  bool reached_only)
{
    struct nrm_node *list = nrm_node_sequence(arena, NRM_FLOW);
    for (size_t i = 0; i + 1 < screening->count; i++) {
        const struct nrm_screen_row *row = &screening->rows[i];
        if (reached_only && !row->reached)
            continue;
        const char *text = nrm_arena_printf(arena, "%s/%s", row->set->id, row->set->version);
        add_text(arena, list, nrm_str(text));
    }
    return list;
}

/* What reaches the threshold: sets by themselves; what the case records; and where it is neither,
 * signs that the sets looked at do not have, or that a weighted set does not find enough. */
static struct nrm_node *list_reached(struct nrm_arena *arena, const struct nrm_screening *screening)
{
    struct nrm_node *list = list_sets(arena, screening, true);
    const struct nrm_screening_policy *policy = screening->policy;
    unsigned threshold = screening->track == NRM_CHILD ? policy->child : policy->adult;
    if (screening->recorded & threshold)
        add_text(arena, list, NRM_STR("recorded"));
    if (list->count == 0 && screening->whole->reached)
        add_text(arena, list, NRM_STR("noted"));
    return list;
}

void nrm_record_screening(struct nrm_arena *arena, struct nrm_node *root,
                          const struct nrm_screening *screening, struct nrm_str at)
{
    const struct nrm_screen_row *whole = screening->whole;
    struct nrm_node *event = nrm_node_mapping(arena, NRM_FLOW);
    struct nrm_node *missing = nrm_node_sequence(arena, NRM_FLOW);
    set_time(arena, event, "at", at);
    set_text(arena, event, "type", NRM_STR("screening"));
    set_elements(arena, event, screening);
    nrm_node_set(arena, event, NRM_STR("sets"), list_sets(arena, screening, false));
    nrm_node_set(arena, event, NRM_STR("reached_by"), list_reached(arena, screening));
    for (size_t i = 0; i < whole->missing_count; i++)
        add_text(arena, missing, nrm_str(whole->missing[i]->id));
    nrm_node_set(arena, event, NRM_STR("missing"), missing);
    nrm_node_append(arena, own_list(arena, root, NRM_STR("events")), event);
}

/* --- the record without identity --- */

/* Codes only: free text could name somebody. */
static void copy_recorded(struct nrm_arena *arena, struct nrm_node *record,
                          const struct nrm_case *c)
{
    for (size_t i = 0; i < nrm_recorded_field_count; i++) {
        const struct nrm_recorded_field *field = &nrm_recorded_fields[i];
        const char *path = nrm_arena_printf(arena, "exploitation.%s", field->key);
        const struct nrm_field *model = nrm_field_find(nrm_str(path));
        struct nrm_node *list = nrm_node_sequence(arena, NRM_FLOW);
        const struct nrm_node *value;
        uint32_t at = 0;
        while (!field->word && (value = nrm_recorded_value(c, field, &at)))
            if (model && model->vocabulary &&
                nrm_vocabulary_word(model->vocabulary, nrm_node_text(value)) >= 0)
                add_text(arena, list, nrm_node_text(value));
        if (list->count)
            nrm_node_set_at(arena, record, nrm_str(path), list);
    }
}

struct nrm_node *nrm_record_notification(struct nrm_arena *arena, const struct nrm_case *c,
                                         const struct nrm_screening *screening,
                                         const struct nrm_indicators *indicators,
                                         const char *profile)
{
    struct nrm_node *record = nrm_record_new(arena, NRM_STR(""));
    struct nrm_node *notification = nrm_node_mapping(arena, NRM_FLOW);
    struct nrm_node *list = nrm_node_sequence(arena, NRM_BLOCK);
    set_text(arena, record, "profile", nrm_str(profile));
    set_elements(arena, notification, screening);
    nrm_node_set(arena, record, NRM_STR("notification"), notification);
    uint32_t count = nrm_index_count(indicators->ids);
    for (uint32_t i = 0; i < count; i++) {
        if (screening->answers[i] != NRM_SEEN)
            continue;
        struct nrm_node *entry = nrm_node_mapping(arena, NRM_FLOW);
        set_text(arena, entry, "id", nrm_index_text(indicators->ids, i));
        nrm_node_append(arena, list, entry);
    }
    if (list->count)
        nrm_node_set(arena, record, NRM_STR("indicators"), list);
    copy_recorded(arena, record, c);
    return record;
}
