/* Reading rules; see rule.h. */
#include "rules/rule.h"

#include <stdlib.h>

#include "data/find.h"
#include "data/knowledge.h"

struct rule_reader {
    struct nrm_knowledge knowledge;
    const struct nrm_machine *machine;
};

/* The condition texts of a rule are read after all its other keys: what bare names mean hangs on
 * ON. */
struct rule_texts {
    const struct nrm_node *on, *when, *holds;
};

static const char *const rule_keys[] = {"id",         "label",       "kind",  "severity", "track",
                                        "on",         "sees",        "when",  "holds",    "message",
                                        "source",     "passes",      "fails", "unknown",  "now",
                                        "instead_of", "requirements"};

static void read_track(struct rule_reader *reader, struct nrm_rule *rule,
                       const struct nrm_node *value)
{
    static const char *const tracks[] = {"all", "adult", "child", NULL};
    const char *track = nrm_knowledge_choice(&reader->knowledge, value, tracks);
    rule->adult = track != tracks[2];
    rule->child = track != tracks[1];
}

static const char *read_words(struct rule_reader *reader, const struct nrm_node *node)
{
    struct nrm_buffer ids = {0};
    size_t count = node->kind == NRM_SEQUENCE ? node->count : 1;
    for (size_t i = 0; i < count; i++) {
        const struct nrm_node *item =
            node->kind == NRM_SEQUENCE ? nrm_node_resolve(node->items[i]) : node;
        nrm_buffer_printf(&ids, "%s%s", i ? " " : "", nrm_knowledge_text(&reader->knowledge, item));
    }
    const char *text =
        nrm_arena_copy(reader->knowledge.arena, ids.text ? ids.text : "", ids.length);
    nrm_buffer_free(&ids);
    return text;
}

static bool read_examples(struct nrm_rule *rule, struct nrm_str key, const struct nrm_node *value)
{
    if (nrm_str_is(key, "passes"))
        rule->passes = value;
    else if (nrm_str_is(key, "fails"))
        rule->fails = value;
    else if (nrm_str_is(key, "unknown"))
        rule->unknown = value;
    else
        return false;
    return true;
}

static bool read_condition_key(struct rule_texts *texts, struct nrm_str key,
                               const struct nrm_node *value)
{
    if (nrm_str_is(key, "on"))
        texts->on = value;
    else if (nrm_str_is(key, "when"))
        texts->when = value;
    else if (nrm_str_is(key, "holds"))
        texts->holds = value;
    else
        return false;
    return true;
}

static bool is_row(const char *id, size_t length)
{
    for (size_t i = 0; i < nrm_transition_row_count; i++)
        if (strlen(nrm_transition_rows[i].id) == length &&
            memcmp(nrm_transition_rows[i].id, id, length) == 0)
            return true;
    return false;
}

static void read_instead_of(struct rule_reader *reader, struct nrm_rule *rule,
                            const struct nrm_node *value)
{
    rule->instead_of = read_words(reader, value);
    for (const char *word = rule->instead_of; *word;) {
        size_t length = strcspn(word, " ");
        if (!is_row(word, length))
            nrm_knowledge_wrong(&reader->knowledge, value,
                                "%.*s is no row of the state machine; nrm-machine(7) has them",
                                (int)length, word);
        word += length + (word[length] == ' ');
    }
}

bool nrm_rule_answers(const struct nrm_rule *rule, const char *row)
{
    size_t length = strlen(row);
    for (const char *word = rule->instead_of; word && *word;) {
        size_t end = strcspn(word, " ");
        if (end == length && memcmp(word, row, length) == 0)
            return true;
        word += end + (word[end] == ' ');
    }
    return false;
}

static void read_key(struct rule_reader *reader, struct nrm_rule *rule, struct rule_texts *texts,
                     const struct nrm_node *key, const struct nrm_node *value)
{
    static const char *const kinds[] = {"check",   "guard",     "role", "entitlement",
                                        "consent", "condition", NULL};
    static const char *const severities[] = {"violation", "warning", "note", NULL};
    static const char *const views[] = {"all", "before", NULL};
    struct nrm_knowledge *knowledge = &reader->knowledge;
    struct nrm_str name = nrm_node_text(key);
    if (read_condition_key(texts, name, value) || read_examples(rule, name, value))
        return;
    if (nrm_str_is(name, "id"))
        rule->id = nrm_knowledge_text(knowledge, value);
    else if (nrm_str_is(name, "label"))
        rule->label = nrm_knowledge_text(knowledge, value);
    else if (nrm_str_is(name, "kind"))
        rule->kind = nrm_knowledge_choice(knowledge, value, kinds);
    else if (nrm_str_is(name, "severity"))
        rule->severity = nrm_knowledge_choice(knowledge, value, severities);
    else if (nrm_str_is(name, "track"))
        read_track(reader, rule, value);
    else if (nrm_str_is(name, "sees"))
        rule->before = nrm_knowledge_choice(knowledge, value, views) == views[1];
    else if (nrm_str_is(name, "message"))
        rule->message = nrm_knowledge_text(knowledge, value);
    else if (nrm_str_is(name, "source"))
        rule->source = nrm_knowledge_text(knowledge, value);
    else if (nrm_str_is(name, "now"))
        rule->now = nrm_knowledge_text(knowledge, value);
    else if (nrm_str_is(name, "requirements"))
        rule->requirements = read_words(reader, value);
    else if (nrm_str_is(name, "instead_of"))
        read_instead_of(reader, rule, value);
    else
        nrm_knowledge_unknown_key(knowledge, key, rule_keys, sizeof rule_keys / sizeof *rule_keys);
}

static size_t pattern_types(const struct nrm_pattern *pattern, const struct nrm_event_type **types)
{
    size_t count = 0;
    for (size_t i = 0; i < nrm_event_type_count; i++)
        if (pattern->types[i / 64] >> (i % 64) & 1)
            types[count++] = &nrm_event_types[i];
    return count;
}

static const struct nrm_expr *read_expression(struct rule_reader *reader,
                                              const struct nrm_node *node,
                                              struct nrm_expr_context context)
{
    struct nrm_str text = nrm_node_text(node);
    if (!node)
        return NULL;
    if (!text.text) {
        nrm_knowledge_wrong(&reader->knowledge, node, "a condition is wanted here");
        return NULL;
    }
    context.place = nrm_knowledge_place(&reader->knowledge, node);
    const struct nrm_expr *expr = nrm_condition_parse(reader->knowledge.arena, text, &context);
    reader->knowledge.failed = reader->knowledge.failed || !expr;
    return expr;
}

static void read_conditions(struct rule_reader *reader, struct nrm_rule *rule,
                            const struct rule_texts *texts)
{
    const struct nrm_event_type *types[NRM_EVENT_TYPES];
    struct nrm_names marks = {.names = reader->machine->marks,
                              .count = reader->machine->mark_count};
    struct nrm_expr_context context = {.names = &reader->machine->names,
                                       .sink = reader->knowledge.sink};
    if (texts->on) {
        struct nrm_str on = nrm_node_text(texts->on);
        context.place = nrm_knowledge_place(&reader->knowledge, texts->on);
        if (!on.text)
            nrm_knowledge_wrong(
                &reader->knowledge, texts->on,
                "a pattern of events is wanted here, as interview where stage == 1");
        else if (!nrm_pattern_parse(reader->knowledge.arena, on, &marks, &context, &rule->on))
            reader->knowledge.failed = true;
        else if (rule->on.mark >= 0)
            nrm_knowledge_wrong(&reader->knowledge, texts->on, "an event type is wanted here");
        rule->each_event = true;
        context.event_type_count = pattern_types(&rule->on, types);
        context.event_types = types;
    }
    rule->when = read_expression(reader, texts->when, context);
    rule->holds = read_expression(reader, texts->holds, context);
}

static void read_rule(struct rule_reader *reader, const struct nrm_node *node,
                      struct nrm_rule *rule)
{
    struct nrm_knowledge *knowledge = &reader->knowledge;
    struct rule_texts texts = {0};
    *rule = (struct nrm_rule){.kind = "check",
                              .severity = "warning",
                              .adult = true,
                              .child = true,
                              .place = nrm_node_place(node, knowledge->file)};
    if (node->kind != NRM_MAPPING) {
        nrm_knowledge_wrong(knowledge, node, "a rule is a mapping; see nrm-rule(5)");
        return;
    }
    for (uint32_t i = 0; i < node->count; i++)
        read_key(reader, rule, &texts, node->pairs[i].key, nrm_node_resolve(node->pairs[i].value));
    if (!rule->id || !rule->message || !rule->source || !texts.holds)
        nrm_knowledge_wrong(knowledge, node, "a rule needs id, holds, message and source");
    if (!rule->label)
        rule->label = rule->id;
    if (!knowledge->failed)
        read_conditions(reader, rule, &texts);
}

static void add_rules(struct rule_reader *reader, struct nrm_rule_set *set,
                      const struct nrm_node *list)
{
    if (list->kind != NRM_SEQUENCE) {
        nrm_knowledge_wrong(&reader->knowledge, list, "the rules are a list");
        return;
    }
    struct nrm_rule *rules =
        nrm_arena_array(reader->knowledge.arena, set->count + list->count, sizeof *rules);
    if (set->count)
        memcpy(rules, set->rules, set->count * sizeof *rules);
    set->rules = rules;
    for (uint32_t i = 0; i < list->count && !reader->knowledge.failed; i++)
        read_rule(reader, nrm_node_resolve(list->items[i]), &rules[set->count++]);
}

bool nrm_rules_read_file(struct nrm_rule_set *set, struct nrm_arena *arena, const char *file,
                         const struct nrm_machine *machine, struct nrm_sink *sink)
{
    static const char *const keys[] = {"title", "source", "rules"};
    struct rule_reader reader = {
        .knowledge = {.arena = arena,
                      .sink = sink,
                      .kind = "a file of rules",
                      .manual = "nrm-rule(5)"},
        .machine = machine,
    };
    struct nrm_node *root = nrm_knowledge_read(&reader.knowledge, file);
    for (uint32_t i = 0; root && i < root->count; i++) {
        struct nrm_str key = nrm_node_text(root->pairs[i].key);
        if (nrm_str_is(key, "rules"))
            add_rules(&reader, set, nrm_node_resolve(root->pairs[i].value));
        else if (!nrm_str_is(key, "title") && !nrm_str_is(key, "source"))
            nrm_knowledge_unknown_key(&reader.knowledge, root->pairs[i].key, keys,
                                      sizeof keys / sizeof *keys);
    }
    return !reader.knowledge.failed;
}

/* By id, those of one id in the order of their reading. */
static int compare_rules(const void *left, const void *right)
{
    const struct nrm_rule *const *a = left, *const *b = right;
    int order = strcmp((*a)->id, (*b)->id);
    return order ? order : (*a > *b) - (*a < *b);
}

static bool ids_differ(const struct nrm_rule_set *set, struct nrm_arena *arena,
                       struct nrm_sink *sink)
{
    const struct nrm_rule **sorted = nrm_arena_array(arena, set->count, sizeof *sorted);
    bool differ = true;
    for (size_t i = 0; i < set->count; i++)
        sorted[i] = &set->rules[i];
    qsort(sorted, set->count, sizeof *sorted, compare_rules);
    for (size_t i = 1; i < set->count; i++)
        if (strcmp(sorted[i - 1]->id, sorted[i]->id) == 0) {
            nrm_tell(sink, NRM_ERROR, &sorted[i]->place, "another rule has the id %s: %s:%u",
                     sorted[i]->id, sorted[i - 1]->place.file, sorted[i - 1]->place.line);
            differ = false;
        }
    return differ;
}

bool nrm_rules_read(struct nrm_rule_set *set, struct nrm_arena *arena, const char *folder,
                    const struct nrm_machine *machine, struct nrm_sink *sink)
{
    size_t count;
    const char *const *names = nrm_find_all(arena, folder, &count);
    *set = (struct nrm_rule_set){0};
    if (!count) {
        nrm_tell(sink, NRM_ERROR, NULL, "no files of %s can be read; looked in %s", folder,
                 nrm_find_places(arena, folder));
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const char *file = nrm_find(arena, folder, nrm_str(names[i]));
        if (!file)
            nrm_tell(sink, NRM_ERROR, NULL, "%s/%s.yaml is not there; is it a link to nothing?",
                     folder, names[i]);
        if (!file || !nrm_rules_read_file(set, arena, file, machine, sink))
            return false;
    }
    return ids_differ(set, arena, sink);
}
