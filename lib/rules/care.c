/* Reading care lists and holding them against a case; see care.h. */
#include "rules/care.h"

#include "data/find.h"

static const char folder[] = "rules/screening";

struct care_reader {
    struct nrm_knowledge knowledge;
    const struct nrm_names *names;
};

static const struct nrm_expr *read_condition(struct care_reader *reader,
                                             const struct nrm_node *node)
{
    struct nrm_knowledge *knowledge = &reader->knowledge;
    struct nrm_str text = nrm_node_text(node);
    struct nrm_expr_context context = {.names = reader->names,
                                       .place = nrm_knowledge_place(knowledge, node),
                                       .sink = knowledge->sink};
    const struct nrm_expr *condition = NULL;
    if (!text.text)
        nrm_knowledge_wrong(knowledge, node, "a condition is wanted here; see nrm-expr(7)");
    else
        condition = nrm_condition_parse(knowledge->arena, text, &context);
    knowledge->failed = knowledge->failed || !condition;
    return condition;
}

static void read_item(struct care_reader *reader, const struct nrm_node *node,
                      struct nrm_care_item *item)
{
    static const char *const keys[] = {"id",   "text",  "sheet",  "track",       "when",
                                       "done", "first", "source", "requirements"};
    static const char *const tracks[] = {"both", "adult", "child", NULL};
    struct nrm_knowledge *knowledge = &reader->knowledge;
    *item = (struct nrm_care_item){.tracks = {true, true},
                                   .place = nrm_node_place(node, knowledge->file)};
    for (uint32_t i = 0; node->kind == NRM_MAPPING && i < node->count; i++) {
        struct nrm_str key = nrm_node_text(node->pairs[i].key);
        const struct nrm_node *value = nrm_node_resolve(node->pairs[i].value);
        if (nrm_str_is(key, "id"))
            item->id = nrm_knowledge_text(knowledge, value);
        else if (nrm_str_is(key, "text"))
            item->text = nrm_phrase_read(knowledge, value);
        else if (nrm_str_is(key, "sheet"))
            item->sheet = nrm_phrase_read(knowledge, value);
        else if (nrm_str_is(key, "track")) {
            const char *track = nrm_knowledge_choice(knowledge, value, tracks);
            item->tracks[NRM_ADULT] = track != tracks[2];
            item->tracks[NRM_CHILD] = track != tracks[1];
        } else if (nrm_str_is(key, "when"))
            item->when = read_condition(reader, value);
        else if (nrm_str_is(key, "done"))
            item->done = read_condition(reader, value);
        else if (nrm_str_is(key, "first"))
            item->first = nrm_knowledge_flag(knowledge, value);
        else if (nrm_str_is(key, "source"))
            item->source = nrm_knowledge_text(knowledge, value);
        else if (!nrm_str_is(key, "requirements"))
            nrm_knowledge_unknown_key(knowledge, node->pairs[i].key, keys,
                                      sizeof keys / sizeof *keys);
    }
    if (!item->id || !item->text.count || !item->source)
        nrm_knowledge_wrong(knowledge, node, "an item is a mapping with id, text and source");
}

static void read_items(struct care_reader *reader, const struct nrm_node *node,
                       struct nrm_care_list *list)
{
    if (node->kind != NRM_SEQUENCE) {
        nrm_knowledge_wrong(&reader->knowledge, node, "the items are a list");
        return;
    }
    list->items = nrm_arena_array(reader->knowledge.arena, node->count, sizeof *list->items);
    for (uint32_t i = 0; i < node->count; i++)
        read_item(reader, nrm_node_resolve(node->items[i]), &list->items[list->count++]);
}

static void read_list(struct care_reader *reader, const struct nrm_node *root,
                      struct nrm_care_list *list)
{
    static const char *const keys[] = {"list", "name", "when", "items", "source", "requirements"};
    struct nrm_knowledge *knowledge = &reader->knowledge;
    for (uint32_t i = 0; i < root->count; i++) {
        struct nrm_str key = nrm_node_text(root->pairs[i].key);
        const struct nrm_node *value = nrm_node_resolve(root->pairs[i].value);
        if (nrm_str_is(key, "list"))
            list->id = nrm_knowledge_text(knowledge, value);
        else if (nrm_str_is(key, "name"))
            list->name = nrm_phrase_read(knowledge, value);
        else if (nrm_str_is(key, "when"))
            list->when = read_condition(reader, value);
        else if (nrm_str_is(key, "items"))
            read_items(reader, value, list);
        else if (!nrm_str_is(key, "source") && !nrm_str_is(key, "requirements"))
            nrm_knowledge_unknown_key(knowledge, root->pairs[i].key, keys,
                                      sizeof keys / sizeof *keys);
    }
    if (!list->id || !list->name.count)
        nrm_knowledge_wrong(knowledge, root, "a care list needs list and name");
}

const struct nrm_care_list *nrm_care_read(struct nrm_arena *arena, struct nrm_str name,
                                          const struct nrm_names *names, struct nrm_sink *sink)
{
    struct care_reader reader = {
        .knowledge = {.arena = arena,
                      .sink = sink,
                      .kind = "a care list",
                      .manual = "nrm-indicators(5)"},
        .names = names,
    };
    const char *file = nrm_find(arena, folder, name);
    if (!file) {
        nrm_tell(sink, NRM_ERROR, NULL, "there is no care list %.*s in %s", (int)name.length,
                 name.text, nrm_find_places(arena, folder));
        return NULL;
    }
    struct nrm_care_list *list = nrm_arena_array(arena, 1, sizeof *list);
    struct nrm_node *root = nrm_knowledge_read(&reader.knowledge, file);
    if (root)
        read_list(&reader, root, list);
    return reader.knowledge.failed ? NULL : list;
}

static bool holds(const struct nrm_expr *condition, const struct nrm_standing *standing)
{
    return nrm_condition_holds(condition, &standing->scope, NULL) == NRM_TRUE;
}

bool nrm_care_applies(const struct nrm_care_list *list, const struct nrm_standing *standing)
{
    return !list->when || holds(list->when, standing);
}

enum nrm_care nrm_care_state(const struct nrm_care_item *item, const struct nrm_standing *standing)
{
    if (!item->tracks[standing->child_track ? NRM_CHILD : NRM_ADULT])
        return NRM_CARE_NOT_DUE;
    if (item->when && !holds(item->when, standing))
        return NRM_CARE_NOT_DUE;
    return item->done && holds(item->done, standing) ? NRM_CARE_DONE : NRM_CARE_OPEN;
}
