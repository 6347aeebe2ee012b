/* Reading one set of indicators, strictly: an unknown key or word is an error with its place; see
 * indicators.h and nrm-indicators(5). */
#include "rules/indicators_internal.h"

#include "data/case.h"

enum {
    ID_LENGTH = 64,
    REVIEW_MONTHS_MOST = 1200,
    ORDER_MOST = 1000000,
    UNORDERED = ORDER_MOST + 1
};

struct set_reader {
    struct nrm_knowledge knowledge;
    struct nrm_indicator_set *set;
};

static const char *read_id(struct set_reader *reader, const struct nrm_node *node)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_.-";
    const char *id = nrm_knowledge_text(&reader->knowledge, node);
    size_t length = strlen(id);
    if (!reader->knowledge.failed &&
        (length == 0 || length > ID_LENGTH || strspn(id, letters) != length || strchr("_.-", *id)))
        nrm_knowledge_wrong(&reader->knowledge, node,
                            "an id has small letters, digits, and behind the first of them _ . - "
                            "only, at most %d in all",
                            ID_LENGTH);
    return id;
}

static void read_tracks(struct set_reader *reader, const struct nrm_node *node,
                        bool tracks[NRM_TRACKS])
{
    static const char *const words[] = {"both", "adult", "child", NULL};
    const char *word = nrm_knowledge_choice(&reader->knowledge, node, words);
    tracks[NRM_ADULT] = word != words[2];
    tracks[NRM_CHILD] = word != words[1];
}

static uint8_t read_weight(struct set_reader *reader, const struct nrm_node *node)
{
    static const char *const words[] = {"strong", "medium", "weak", NULL};
    const char *word = nrm_knowledge_choice(&reader->knowledge, node, words);
    return word == words[0] ? NRM_STRONG : word == words[1] ? NRM_MEDIUM : NRM_WEAK;
}

/* --- dimensions --- */

static void read_dimension(struct set_reader *reader, const struct nrm_node *key,
                           const struct nrm_node *node, struct nrm_dimension *dimension)
{
    static const char *const keys[] = {"element", "phase", "name", "requirements"};
    static const char *const phases[] = {"recruitment", "destination", NULL};
    struct nrm_knowledge *knowledge = &reader->knowledge;
    *dimension = (struct nrm_dimension){.id = read_id(reader, key),
                                        .element = NRM_ELEMENTS,
                                        .place = nrm_node_place(key, knowledge->file)};
    if (node->kind != NRM_MAPPING) {
        nrm_knowledge_wrong(knowledge, node, "a dimension is a mapping, as {element: means}");
        return;
    }
    for (uint32_t i = 0; i < node->count; i++) {
        struct nrm_str name = nrm_node_text(node->pairs[i].key);
        const struct nrm_node *value = nrm_node_resolve(node->pairs[i].value);
        if (nrm_str_is(name, "element")) {
            const char *word = nrm_knowledge_choice(knowledge, value, nrm_element_names);
            for (dimension->element = 0; nrm_element_names[dimension->element] != word;)
                dimension->element++;
        } else if (nrm_str_is(name, "phase"))
            dimension->recruitment = nrm_knowledge_choice(knowledge, value, phases) == phases[0];
        else if (nrm_str_is(name, "name"))
            dimension->name = nrm_phrase_read(knowledge, value);
        else if (!nrm_str_is(name, "requirements"))
            nrm_knowledge_unknown_key(knowledge, node->pairs[i].key, keys,
                                      sizeof keys / sizeof *keys);
    }
    if (dimension->element == NRM_ELEMENTS)
        nrm_knowledge_wrong(knowledge, node,
                            "the dimension names no element; write element: means");
}

/* The set's own dimensions, and behind them the elements themselves. */
static void read_dimensions(struct set_reader *reader, const struct nrm_node *node)
{
    struct nrm_indicator_set *set = reader->set;
    size_t own = node && node->kind == NRM_MAPPING ? node->count : 0;
    if (node && (node->kind != NRM_MAPPING || own > NRM_SET_DIMENSIONS)) {
        nrm_knowledge_wrong(&reader->knowledge, node,
                            "the dimensions are a mapping: a key for each, at most %d",
                            NRM_SET_DIMENSIONS);
        own = 0;
    }
    set->dimension_count = own + NRM_ELEMENTS;
    set->dimensions =
        nrm_arena_array(reader->knowledge.arena, set->dimension_count, sizeof *set->dimensions);
    for (size_t i = 0; i < own; i++)
        read_dimension(reader, node->pairs[i].key, nrm_node_resolve(node->pairs[i].value),
                       &set->dimensions[i]);
    for (size_t i = 0; i < NRM_ELEMENTS; i++)
        set->dimensions[own + i] =
            (struct nrm_dimension){.id = nrm_element_names[i], .element = (uint8_t)i, .used = true};
}

static const struct nrm_dimension *find_dimension(struct set_reader *reader,
                                                  const struct nrm_node *node)
{
    struct nrm_indicator_set *set = reader->set;
    struct nrm_str name = nrm_node_text(node);
    const char *names[NRM_SET_DIMENSIONS + NRM_ELEMENTS];
    for (size_t i = 0; i < set->dimension_count; i++) {
        names[i] = set->dimensions[i].id;
        if (name.text && nrm_str_is(name, names[i])) {
            set->dimensions[i].used = true;
            return &set->dimensions[i];
        }
    }
    const char *nearest = name.text ? nrm_text_nearest(name, names, set->dimension_count) : NULL;
    nrm_knowledge_wrong(
        &reader->knowledge, node,
        "not a dimension of this set%s%s; write act, means, purpose, vulnerability, "
        "presentation, caution, or one of `dimensions`",
        nearest ? "; perhaps you mean " : "", nearest ? nearest : "");
    return &set->dimensions[0];
}

/* --- indicators --- */

static void read_forms(struct set_reader *reader, const struct nrm_node *node,
                       struct nrm_indicator *indicator)
{
    if (node->kind != NRM_SEQUENCE) {
        nrm_knowledge_wrong(&reader->knowledge, node,
                            "a list of forms of exploitation is wanted here");
        return;
    }
    const char **forms = nrm_arena_array(reader->knowledge.arena, node->count, sizeof *forms);
    for (uint32_t i = 0; i < node->count; i++)
        forms[i] = nrm_knowledge_text(&reader->knowledge, nrm_node_resolve(node->items[i]));
    indicator->forms = forms;
    indicator->form_count = node->count;
}

static bool read_phrase_key(struct set_reader *reader, struct nrm_indicator *indicator,
                            struct nrm_str name, const struct nrm_node *value)
{
    struct nrm_phrase *phrase = nrm_str_is(name, "sign")       ? &indicator->sign
                                : nrm_str_is(name, "question") ? &indicator->question
                                : nrm_str_is(name, "explain")  ? &indicator->explain
                                                               : NULL;
    if (phrase)
        *phrase = nrm_phrase_read(&reader->knowledge, value);
    return phrase != NULL;
}

static void read_indicator_key(struct set_reader *reader, struct nrm_indicator *indicator,
                               const struct nrm_node *key, const struct nrm_node *value)
{
    static const char *const keys[] = {"id",        "sign",        "question", "explain",
                                       "dimension", "track",       "weight",   "weight_child",
                                       "forms",     "order",       "source",   "first_responder",
                                       "childhood", "requirements"};
    struct nrm_knowledge *knowledge = &reader->knowledge;
    struct nrm_str name = nrm_node_text(key);
    if (read_phrase_key(reader, indicator, name, value))
        return;
    if (nrm_str_is(name, "id"))
        indicator->id = read_id(reader, value);
    else if (nrm_str_is(name, "dimension"))
        indicator->dimension = find_dimension(reader, value);
    else if (nrm_str_is(name, "track"))
        read_tracks(reader, value, indicator->tracks);
    else if (nrm_str_is(name, "weight"))
        indicator->weights[NRM_ADULT] = read_weight(reader, value);
    else if (nrm_str_is(name, "weight_child"))
        indicator->weights[NRM_CHILD] = read_weight(reader, value);
    else if (nrm_str_is(name, "forms"))
        read_forms(reader, value, indicator);
    else if (nrm_str_is(name, "order"))
        indicator->order = nrm_knowledge_whole(knowledge, value, 0, ORDER_MOST);
    else if (nrm_str_is(name, "first_responder"))
        indicator->first_responder = nrm_knowledge_flag(knowledge, value);
    else if (nrm_str_is(name, "childhood"))
        indicator->childhood = nrm_knowledge_flag(knowledge, value);
    else if (nrm_str_is(name, "source"))
        indicator->source = nrm_knowledge_text(knowledge, value);
    else if (!nrm_str_is(name, "requirements"))
        nrm_knowledge_unknown_key(knowledge, key, keys, sizeof keys / sizeof *keys);
}

static void read_indicator(struct set_reader *reader, const struct nrm_node *node,
                           struct nrm_indicator *indicator)
{
    struct nrm_knowledge *knowledge = &reader->knowledge;
    *indicator = (struct nrm_indicator){.set = reader->set,
                                        .tracks = {true, true},
                                        .order = UNORDERED,
                                        .place = nrm_node_place(node, knowledge->file)};
    if (node->kind != NRM_MAPPING) {
        nrm_knowledge_wrong(knowledge, node, "an indicator is a mapping; see nrm-indicators(5)");
        return;
    }
    for (uint32_t i = 0; i < node->count; i++)
        read_indicator_key(reader, indicator, node->pairs[i].key,
                           nrm_node_resolve(node->pairs[i].value));
    if (!indicator->id || !indicator->dimension || !indicator->sign.count) {
        nrm_knowledge_wrong(knowledge, node, "an indicator needs id, sign and dimension");
        return;
    }
    indicator->element = indicator->dimension->element;
    if (!indicator->weights[NRM_CHILD])
        indicator->weights[NRM_CHILD] = indicator->weights[NRM_ADULT];
}

static void read_indicators(struct set_reader *reader, const struct nrm_node *node)
{
    struct nrm_indicator_set *set = reader->set;
    if (!node || node->kind != NRM_SEQUENCE || node->count > NRM_SET_INDICATORS) {
        nrm_knowledge_wrong(&reader->knowledge, node, "the indicators are a list, of at most %d",
                            NRM_SET_INDICATORS);
        return;
    }
    set->indicators =
        nrm_arena_array(reader->knowledge.arena, node->count, sizeof *set->indicators);
    for (uint32_t i = 0; i < node->count; i++)
        read_indicator(reader, nrm_node_resolve(node->items[i]), &set->indicators[set->count++]);
}

/* --- the set --- */

static void read_reviewed(struct set_reader *reader, const struct nrm_node *node)
{
    struct nrm_time *time = &reader->set->reviewed;
    enum nrm_time_fault fault = NRM_TIME_FORM;
    struct nrm_str text = nrm_node_text(node);
    if (text.text)
        fault = nrm_time_parse(text, time);
    if (fault != NRM_TIME_OK)
        nrm_knowledge_wrong(&reader->knowledge, node, "%s", nrm_time_fault_text(fault));
    else if (time->precision > NRM_TIME_DAY)
        nrm_knowledge_wrong(&reader->knowledge, node, "a date is wanted here, as 2026-11-01");
}

static void read_set_key(struct set_reader *reader, const struct nrm_node *key,
                         const struct nrm_node *value)
{
    static const char *const keys[] = {"set",           "name",       "version",     "reviewed",
                                       "review_months", "source",     "rule",        "track",
                                       "dimensions",    "indicators", "requirements"};
    static const char *const rules[] = {"any", "ilo", NULL};
    struct nrm_knowledge *knowledge = &reader->knowledge;
    struct nrm_indicator_set *set = reader->set;
    struct nrm_str name = nrm_node_text(key);
    if (nrm_str_is(name, "set"))
        set->id = read_id(reader, value);
    else if (nrm_str_is(name, "name"))
        set->name = nrm_phrase_read(knowledge, value);
    else if (nrm_str_is(name, "version"))
        set->version = nrm_knowledge_text(knowledge, value);
    else if (nrm_str_is(name, "reviewed"))
        read_reviewed(reader, value);
    else if (nrm_str_is(name, "review_months"))
        set->review_months = nrm_knowledge_whole(knowledge, value, 1, REVIEW_MONTHS_MOST);
    else if (nrm_str_is(name, "source"))
        set->source = nrm_knowledge_text(knowledge, value);
    else if (nrm_str_is(name, "rule"))
        set->weighted = nrm_knowledge_choice(knowledge, value, rules) == rules[1];
    else if (nrm_str_is(name, "track"))
        read_tracks(reader, value, set->tracks);
    else if (!nrm_str_is(name, "dimensions") && !nrm_str_is(name, "indicators") &&
             !nrm_str_is(name, "requirements"))
        nrm_knowledge_unknown_key(knowledge, key, keys, sizeof keys / sizeof *keys);
}

struct nrm_indicator_set *nrm_indicator_set_read(struct nrm_arena *arena, const char *file,
                                                 struct nrm_sink *sink)
{
    struct set_reader reader = {
        .knowledge = {.arena = arena,
                      .sink = sink,
                      .kind = "a set of indicators",
                      .manual = "nrm-indicators(5)"},
        .set = nrm_arena_array(arena, 1, sizeof *reader.set),
    };
    struct nrm_node *root = nrm_knowledge_read(&reader.knowledge, file);
    if (!root)
        return NULL;
    *reader.set = (struct nrm_indicator_set){
        .file = file, .version = "", .tracks = {true, true}, .place = nrm_node_place(root, file)};
    for (uint32_t i = 0; i < root->count; i++)
        read_set_key(&reader, root->pairs[i].key, nrm_node_resolve(root->pairs[i].value));
    if (!reader.set->id || !reader.set->name.count)
        nrm_knowledge_wrong(&reader.knowledge, root, "a set of indicators needs set and name");
    read_dimensions(&reader, nrm_node_get(root, NRM_STR("dimensions")));
    read_indicators(&reader, nrm_node_get(root, NRM_STR("indicators")));
    return reader.knowledge.failed ? NULL : reader.set;
}
