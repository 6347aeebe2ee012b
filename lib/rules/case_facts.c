/* The facts of a case as words; see case_facts.h. */
#include "rules/case_facts.h"

#include "base/wrap.h"

enum { PATH_LENGTH = 96 };

/* A path of the model ("exploitation.debt") and where what its facts are called begins ("debt"). */
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

static struct nrm_str key_text(const struct nrm_node *key)
{
    struct nrm_str text = nrm_node_text(key);
    return text.text ? text : NRM_STR("(a key)");
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
static void add_scalar(struct nrm_buffer *text, const struct nrm_field *field, struct nrm_str value)
{
    bool boolean;
    if (field && field->type == NRM_FIELD_BOOLEAN && nrm_scalar_boolean(value, &boolean))
        nrm_buffer_add_str(text, boolean ? NRM_STR("yes") : NRM_STR("no"));
    else if (field && field->type == NRM_FIELD_CODE)
        add_spaced(text, value);
    else
        nrm_buffer_add_str(text, value);
}

static void add_item(struct nrm_facts *facts, struct nrm_buffer *text,
                     const struct nrm_field *field, const struct nrm_node *node);

static void add_pairs(struct nrm_facts *facts, struct nrm_buffer *text, const struct nrm_node *node)
{
    nrm_buffer_add_char(text, '(');
    for (uint32_t i = 0; i < node->count; i++) {
        if (i)
            nrm_buffer_add_str(text, NRM_STR(", "));
        add_spaced(text, key_text(node->pairs[i].key));
        nrm_buffer_add_char(text, ' ');
        add_item(facts, text, NULL, node->pairs[i].value);
    }
    nrm_buffer_add_char(text, ')');
}

static void add_items(struct nrm_facts *facts, struct nrm_buffer *text,
                      const struct nrm_field *field, const struct nrm_node *node)
{
    for (uint32_t i = 0; i < node->count; i++) {
        if (i)
            nrm_buffer_add_str(text, NRM_STR(", "));
        add_item(facts, text, field, node->items[i]);
    }
    if (!node->count)
        nrm_buffer_add_str(text, NRM_STR("none"));
}

/* One value, or one item of a list. What the model leaves open may hold anything, down to the depth
 * that reading allows. */
static void add_item(struct nrm_facts *facts, struct nrm_buffer *text,
                     const struct nrm_field *field, const struct nrm_node *node)
{
    node = nrm_node_resolve(node);
    if (nrm_node_is_null(node)) {
        nrm_buffer_add_str(text, NRM_STR("unknown"));
    } else if (node->kind == NRM_MAPPING && !facts->identity) {
        nrm_buffer_add_str(text, NRM_STR("(not shown)"));
        facts->hidden++;
    } else if (node->kind == NRM_MAPPING) {
        add_pairs(facts, text, node);
    } else if (field && nrm_field_fault(field, node, NULL)) {
        nrm_buffer_add_str(text, NRM_STR("(wrong value, counts as unknown)"));
    } else if (node->kind == NRM_SEQUENCE) {
        add_items(facts, text, field, node);
    } else {
        add_scalar(text, field, nrm_node_text(node));
    }
}

static void add_value(struct nrm_facts *facts, struct nrm_buffer *text,
                      const struct nrm_field *field, const struct nrm_node *node)
{
    if (field && field->list && node->kind == NRM_SEQUENCE)
        add_items(facts, text, field, node);
    else
        add_item(facts, text, field, node);
}

/* Whether a value may be shown; one that may not is counted. */
static bool may_show(struct nrm_facts *facts, const struct nrm_field *field)
{
    if (facts->identity || (field && strcmp(field->sensitivity, "direct") != 0))
        return true;
    facts->hidden++;
    return false;
}

/* GROUP, KEY and VALUE; GROUP may be empty. */
static void add_fact(struct nrm_facts *facts, struct nrm_buffer *text, struct nrm_str group,
                     struct nrm_str key, const struct nrm_field *field,
                     const struct nrm_node *value)
{
    if (text->length)
        nrm_buffer_add_str(text, NRM_STR("; "));
    add_spaced(text, group);
    if (group.length)
        nrm_buffer_add_char(text, ' ');
    add_spaced(text, key);
    nrm_buffer_add_str(text, NRM_STR(": "));
    add_value(facts, text, field, value);
}

/* --- the document --- */

static bool is_entries(const struct nrm_field *field, const struct nrm_node *value)
{
    return field && field->type == NRM_FIELD_MAPPING && field->list && value->kind == NRM_SEQUENCE;
}

/* A mapping that the model knows the keys of. */
static bool is_group(const struct nrm_field *field, const struct nrm_node *value)
{
    return field && field->type == NRM_FIELD_MAPPING && value->kind == NRM_MAPPING;
}

/* The field that KEY is below PATH, and its own path; NULL: none of the model. */
static const struct nrm_field *find_field(const struct path *path, struct nrm_str key,
                                          struct path *longer)
{
    *longer = *path;
    if (path->length + key.length + 2 > PATH_LENGTH || memchr(key.text, '.', key.length))
        return NULL;
    if (path->length)
        longer->text[longer->length++] = '.';
    memcpy(longer->text + longer->length, key.text, key.length);
    longer->length += key.length;
    longer->text[longer->length] = '\0';
    return nrm_field_find((struct nrm_str){longer->text, longer->length});
}

static void add_mapping(struct writing *writing, const struct nrm_node *mapping,
                        const struct path *path)
{
    struct nrm_str group = {path->text + path->label, 0};
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(writing->facts->arena, mapping, &count);
    if (path->length > path->label)
        group.length = path->length - path->label;
    for (size_t i = 0; i < count; i++) {
        struct path longer;
        struct nrm_str key = key_text(pairs[i].key);
        const struct nrm_node *value = nrm_node_resolve(pairs[i].value);
        const struct nrm_field *field = find_field(path, key, &longer);
        if (is_group(field, value))
            add_mapping(writing, value, &longer);
        else if (!nrm_node_is_null(value) && !is_entries(field, value) &&
                 may_show(writing->facts, field))
            add_fact(writing->facts, &writing->text, group, key, field, value);
    }
}

/* The entries of a list, each on a line. */
static void print_entries(struct writing *writing, const struct nrm_node *list,
                          const struct nrm_field *field, const struct path *path)
{
    struct path entry = *path;
    entry.label = path->length + 1;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct nrm_node *item = nrm_node_resolve(list->items[i]);
        if (item->kind == NRM_MAPPING)
            add_mapping(writing, item, &entry);
        else if (may_show(writing->facts, field))
            add_item(writing->facts, &writing->text, field, item);
        if (writing->text.length)
            flush(writing, nrm_str(path->text));
    }
}

/* Lists of entries anywhere in a group. */
static void print_lists(struct writing *writing, const struct nrm_node *mapping,
                        const struct path *path)
{
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(writing->facts->arena, mapping, &count);
    for (size_t i = 0; i < count; i++) {
        struct path longer;
        const struct nrm_node *value = nrm_node_resolve(pairs[i].value);
        const struct nrm_field *field = find_field(path, key_text(pairs[i].key), &longer);
        if (is_entries(field, value))
            print_entries(writing, value, field, &longer);
        else if (is_group(field, value))
            print_lists(writing, value, &longer);
    }
}

/* One key of the case and all that is below it. */
static void print_group(struct writing *writing, struct nrm_str key, const struct nrm_node *value)
{
    struct path path, none = {0};
    const struct nrm_field *field = find_field(&none, key, &path);
    if (is_entries(field, value)) {
        print_entries(writing, value, field, &path);
    } else if (is_group(field, value)) {
        path.label = path.length + 1;
        add_mapping(writing, value, &path);
        if (writing->text.length)
            flush(writing, key);
        print_lists(writing, value, &path);
    } else if (!nrm_node_is_null(value) && may_show(writing->facts, field)) {
        add_value(writing->facts, &writing->text, field, value);
        flush(writing, key);
    }
}

void nrm_facts_print(struct nrm_facts *facts, const struct nrm_case *c, struct nrm_output *output,
                     size_t width)
{
    static const char *const elsewhere[] = {"nrm", "id", "profile", "events"};
    struct writing writing = {.facts = facts, .output = output, .width = width};
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(facts->arena, c->root, &count);
    for (size_t i = 0; i < count; i++) {
        struct nrm_str key = key_text(pairs[i].key);
        bool told = false;
        for (size_t k = 0; k < sizeof elsewhere / sizeof *elsewhere; k++)
            told = told || nrm_str_is(key, elsewhere[k]);
        if (!told)
            print_group(&writing, key, nrm_node_resolve(pairs[i].value));
    }
    nrm_buffer_free(&writing.text);
}

void nrm_facts_event(struct nrm_facts *facts, const struct nrm_event *event,
                     struct nrm_buffer *text)
{
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(facts->arena, event->node, &count);
    for (size_t i = 0; i < count; i++) {
        struct nrm_str key = key_text(pairs[i].key);
        if (nrm_str_is(key, "at") || nrm_str_is(key, "type"))
            continue;
        const struct nrm_field *field = nrm_event_field_find(event->type, key);
        const struct nrm_node *value = nrm_node_resolve(pairs[i].value);
        if (nrm_node_is_null(value) || !may_show(facts, field))
            continue;
        if (event->ends_early && nrm_str_is(key, "until")) /* before its beginning */
            nrm_buffer_printf(text, "%suntil: (wrong value, counts as unknown)",
                              text->length ? "; " : "");
        else
            add_fact(facts, text, NRM_STR(""), key, field, value);
    }
}
