/* The facts of a case as words; see case_facts.h. */
#include "rules/case_facts.h"

#include "base/wrap.h"

enum { DEPTH = 6, PATH_LENGTH = 96 };

/* A path of the model ("person.gender") and where its label begins ("gender"). */
struct path {
    char text[PATH_LENGTH];
    size_t length, label;
};

struct writing {
    struct nrm_facts *facts;
    struct nrm_output *output;
    size_t width;
    struct nrm_buffer text; /* of the line being made */
};

static void add_spaced(struct nrm_buffer *text, struct nrm_str word)
{
    for (size_t i = 0; i < word.length; i++)
        nrm_buffer_add_char(text, word.text[i] == '_' || word.text[i] == '.' ? ' ' : word.text[i]);
}

/* Print what was gathered, under the name of its group. */
static void flush(struct writing *writing, struct nrm_str group)
{
    struct nrm_buffer line = {0};
    add_spaced(&line, group);
    nrm_buffer_add_str(&line, NRM_STR(": "));
    nrm_buffer_add(&line, writing->text.text, writing->text.length);
    nrm_wrap(writing->output, "  - ", (struct nrm_str){line.text, line.length}, 4, writing->width);
    nrm_buffer_free(&line);
    nrm_buffer_clear(&writing->text);
}

/* --- values --- */

/* FIELD may be NULL. */
static void add_scalar(struct nrm_buffer *text, const struct nrm_field *field,
                       const struct nrm_node *node)
{
    bool boolean;
    struct nrm_str value = nrm_node_text(node);
    if (field && nrm_field_fault(field, node, NULL))
        nrm_buffer_add_str(text, NRM_STR("(wrong value, counts as unknown)"));
    else if (field && field->type == NRM_FIELD_BOOLEAN && nrm_scalar_boolean(value, &boolean))
        nrm_buffer_add_str(text, boolean ? NRM_STR("yes") : NRM_STR("no"));
    else if (field && field->type == NRM_FIELD_CODE)
        add_spaced(text, value);
    else
        nrm_buffer_add_str(text, value);
}

static void add_value(struct nrm_facts *facts, struct nrm_buffer *text,
                      const struct nrm_field *field, const struct nrm_node *node, size_t depth);

static void add_pairs(struct nrm_facts *facts, struct nrm_buffer *text, const struct nrm_node *node,
                      size_t depth)
{
    for (uint32_t i = 0; i < node->count; i++) {
        nrm_buffer_add_str(text, i ? NRM_STR(", ") : NRM_STR("("));
        add_spaced(text, nrm_node_text(nrm_node_resolve(node->pairs[i].key)));
        nrm_buffer_add_char(text, ' ');
        add_value(facts, text, NULL, node->pairs[i].value, depth + 1);
    }
    nrm_buffer_add_str(text, node->count ? NRM_STR(")") : NRM_STR("()"));
}

/* Keys within a value that the model leaves open may hold anything. */
static void add_value(struct nrm_facts *facts, struct nrm_buffer *text,
                      const struct nrm_field *field, const struct nrm_node *node, size_t depth)
{
    node = nrm_node_resolve(node);
    if (nrm_node_is_null(node)) {
        nrm_buffer_add_str(text, NRM_STR("unknown"));
    } else if (node->kind == NRM_SCALAR) {
        add_scalar(text, field, node);
    } else if (depth == DEPTH || (node->kind == NRM_MAPPING && !facts->identity)) {
        nrm_buffer_add_str(text, NRM_STR("(not shown)"));
        facts->hidden++;
    } else if (node->kind == NRM_MAPPING) {
        add_pairs(facts, text, node, depth);
    } else {
        for (uint32_t i = 0; i < node->count; i++) {
            if (i)
                nrm_buffer_add_str(text, NRM_STR(", "));
            add_value(facts, text, field, node->items[i], depth + 1);
        }
        if (!node->count)
            nrm_buffer_add_str(text, NRM_STR("none"));
    }
}

/* Whether a value may be shown; one that may not is counted. */
static bool may_show(struct nrm_facts *facts, const struct nrm_field *field)
{
    if (facts->identity || (field && strcmp(field->sensitivity, "direct") != 0))
        return true;
    facts->hidden++;
    return false;
}

static void add_fact(struct nrm_facts *facts, struct nrm_buffer *text, struct nrm_str label,
                     const struct nrm_field *field, const struct nrm_node *value)
{
    if (text->length)
        nrm_buffer_add_str(text, NRM_STR("; "));
    add_spaced(text, label);
    nrm_buffer_add_str(text, NRM_STR(": "));
    add_value(facts, text, field, value, 0);
}

/* --- the document --- */

static bool is_entries(const struct nrm_field *field, const struct nrm_node *value)
{
    return field && field->type == NRM_FIELD_MAPPING && field->list && value &&
           value->kind == NRM_SEQUENCE;
}

/* PATH with KEY behind it; false: too long, nothing that the model knows. */
static bool extend(const struct path *path, struct nrm_str key, struct path *longer)
{
    *longer = *path;
    if (path->length + key.length + 2 > PATH_LENGTH || memchr(key.text, '.', key.length))
        return false;
    if (path->length)
        longer->text[longer->length++] = '.';
    memcpy(longer->text + longer->length, key.text, key.length);
    longer->length += key.length;
    longer->text[longer->length] = '\0';
    return true;
}

static void add_mapping(struct writing *writing, const struct nrm_node *mapping,
                        const struct path *path, size_t depth);

static void add_pair(struct writing *writing, const struct nrm_pair *pair, const struct path *path,
                     size_t depth)
{
    struct path longer;
    struct nrm_str key = nrm_node_text(nrm_node_resolve(pair->key));
    const struct nrm_node *value = nrm_node_resolve(pair->value);
    bool fits = key.text && extend(path, key, &longer);
    const struct nrm_field *field =
        fits ? nrm_field_find((struct nrm_str){longer.text, longer.length}) : NULL;
    if (field && field->type == NRM_FIELD_MAPPING && value->kind == NRM_MAPPING && depth < DEPTH)
        add_mapping(writing, value, &longer, depth + 1);
    else if (!nrm_node_is_null(value) && !is_entries(field, value) &&
             may_show(writing->facts, field))
        add_fact(writing->facts, &writing->text,
                 fits ? (struct nrm_str){longer.text + longer.label, longer.length - longer.label}
                      : key,
                 field, value);
}

static void add_mapping(struct writing *writing, const struct nrm_node *mapping,
                        const struct path *path, size_t depth)
{
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(writing->facts->arena, mapping, &count);
    for (size_t i = 0; i < count; i++)
        add_pair(writing, &pairs[i], path, depth);
}

static void print_entries(struct writing *writing, const struct nrm_node *list,
                          const struct path *path)
{
    struct path entry = *path;
    entry.label = path->length + 1;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct nrm_node *item = nrm_node_resolve(list->items[i]);
        if (item->kind == NRM_MAPPING)
            add_mapping(writing, item, &entry, 0);
        if (writing->text.length)
            flush(writing, nrm_str(path->text));
    }
}

/* Lists of entries anywhere in a group, each entry on a line. */
static void print_lists(struct writing *writing, const struct nrm_node *mapping,
                        const struct path *path, size_t depth)
{
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(writing->facts->arena, mapping, &count);
    for (size_t i = 0; i < count; i++) {
        struct path longer;
        struct nrm_str key = nrm_node_text(nrm_node_resolve(pairs[i].key));
        const struct nrm_node *value = nrm_node_resolve(pairs[i].value);
        if (!key.text || !extend(path, key, &longer))
            continue;
        const struct nrm_field *field =
            nrm_field_find((struct nrm_str){longer.text, longer.length});
        if (is_entries(field, value))
            print_entries(writing, value, &longer);
        else if (field && field->type == NRM_FIELD_MAPPING && depth < DEPTH)
            print_lists(writing, value, &longer, depth + 1);
    }
}

/* One key of the case and all that is below it. */
static void print_group(struct writing *writing, const struct nrm_pair *pair)
{
    struct path path = {0}, none = {0};
    struct nrm_str key = nrm_node_text(nrm_node_resolve(pair->key));
    const struct nrm_node *value = nrm_node_resolve(pair->value);
    const struct nrm_field *field = key.text ? nrm_field_find(key) : NULL;
    if (nrm_node_is_null(value))
        return;
    if (!key.text || !extend(&none, key, &path) || !field || field->type != NRM_FIELD_MAPPING ||
        value->kind == NRM_SCALAR) {
        if (may_show(writing->facts, field)) {
            add_value(writing->facts, &writing->text, field, value, 0);
            flush(writing, key.text ? key : NRM_STR("(a key)"));
        }
        return;
    }
    if (is_entries(field, value)) {
        print_entries(writing, value, &path);
        return;
    }
    path.label = path.length + 1;
    add_mapping(writing, value, &path, 0);
    if (writing->text.length)
        flush(writing, nrm_str(path.text));
    print_lists(writing, value, &path, 0);
}

void nrm_facts_print(struct nrm_facts *facts, const struct nrm_case *c, struct nrm_output *output,
                     size_t width)
{
    static const char *const elsewhere[] = {"nrm", "id", "profile", "events"};
    struct writing writing = {.facts = facts, .output = output, .width = width};
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(facts->arena, c->root, &count);
    for (size_t i = 0; i < count; i++) {
        struct nrm_str key = nrm_node_text(nrm_node_resolve(pairs[i].key));
        bool told = false;
        for (size_t k = 0; key.text && k < sizeof elsewhere / sizeof *elsewhere; k++)
            told = told || nrm_str_is(key, elsewhere[k]);
        if (!told)
            print_group(&writing, &pairs[i]);
    }
    nrm_buffer_free(&writing.text);
}

void nrm_facts_event(struct nrm_facts *facts, const struct nrm_event *event,
                     struct nrm_buffer *text)
{
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(facts->arena, event->node, &count);
    for (size_t i = 0; i < count; i++) {
        struct nrm_str key = nrm_node_text(nrm_node_resolve(pairs[i].key));
        if (!key.text || nrm_str_is(key, "at") || nrm_str_is(key, "type"))
            continue;
        const struct nrm_field *field = nrm_event_field_find(event->type, key);
        const struct nrm_node *value = nrm_event_get(event, key);
        if ((value && nrm_node_is_null(value)) || !may_show(facts, field))
            continue;
        if (value)
            add_fact(facts, text, key, field, value);
        else /* an end before its beginning */
            nrm_buffer_printf(text, "%suntil: (wrong value, counts as unknown)",
                              text->length ? "; " : "");
    }
}
