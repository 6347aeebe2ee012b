/* What a path in an expression stands for: a field of the event, a derived name, a field of the
 * case, or a key that the case model does not know and that the writer marked as such. Decided
 * once, while parsing; what is not there is told with the nearest thing that is. */
#include "rules/expr_internal.h"

enum { NAMED_TYPES = 4 }; /* so many event types are named in messages and labels */

static unsigned kinds_of(const struct nrm_field *field)
{
    if (field->list)
        return KIND_LIST;
    switch ((enum nrm_field_type)field->type) {
    case NRM_FIELD_STRING:
    case NRM_FIELD_TEXT:
    case NRM_FIELD_CODE:
        return KIND_STRING;
    case NRM_FIELD_BOOLEAN:
        return KIND_BOOLEAN;
    case NRM_FIELD_NUMBER:
        return KIND_NUMBER;
    case NRM_FIELD_DATE:
    case NRM_FIELD_TIME:
        return KIND_TIME;
    case NRM_FIELD_DURATION:
        return KIND_DURATION;
    case NRM_FIELD_MAPPING:
        return KIND_MAPPING;
    case NRM_FIELD_ANY:
        break;
    }
    return KIND_ANY;
}

/* The first COUNT keys of a path joined with dots. */
static struct nrm_str join(struct expr_parser *p, const struct expr_path *path, uint32_t count)
{
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++)
        length += path->keys[i].length + 1;
    char *text = nrm_arena_alloc(p->arena, length + 1), *end = text;
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            *end++ = '.';
        memcpy(end, path->keys[i].text, path->keys[i].length);
        end += path->keys[i].length;
    }
    *end = '\0';
    return (struct nrm_str){text, (size_t)(end - text)};
}

static const char *path_text(struct expr_parser *p, const struct expr_path *path)
{
    return join(p, path, path->count).text;
}

static int count_types(const uint64_t types[2])
{
    return __builtin_popcountll(types[0]) + __builtin_popcountll(types[1]);
}

const char *expr_types_text(struct expr_parser *p, const uint64_t types[2])
{
    const char *text = "";
    if (count_types(types) > NAMED_TYPES)
        return "any type";
    for (size_t i = 0; i < nrm_event_type_count; i++)
        if (expr_types_has(types, i))
            text = nrm_arena_printf(p->arena, "%s%s%s", text, *text ? "|" : "",
                                    nrm_event_types[i].name);
    return text;
}

/* --- fields of events --- */

static bool same_reading(const struct nrm_field *a, const struct nrm_field *b)
{
    return a->type == b->type && a->list == b->list && a->vocabulary == b->vocabulary;
}

/* The fields that NAME is in events of TYPES, each way to read it once, as choices of NODE. Returns
 * how many of the types have it. */
static int find_choices(struct expr_parser *p, struct expr_node *node, struct nrm_str name,
                        const uint64_t types[2])
{
    const struct nrm_field *found[128];
    uint32_t count = 0;
    int having = 0;
    for (size_t i = 0; i < nrm_event_type_count; i++) {
        if (!expr_types_has(types, i))
            continue;
        const struct nrm_field *field = nrm_event_field_find(&nrm_event_types[i], name);
        uint32_t known = 0;
        having += field != NULL;
        while (field && known < count && !same_reading(found[known], field))
            known++;
        if (field && known == count)
            found[count++] = field;
    }
    if (!count)
        return 0;
    node->choices = nrm_arena_array(p->arena, count, sizeof(struct nrm_field *));
    memcpy(node->choices, found, count * sizeof *found);
    node->choice_count = count;
    return having;
}

/* "stage1_decision.outcome", or the path alone where many types are meant. */
static const char *event_label(struct expr_parser *p, const struct expr_path *path,
                               const uint64_t types[2])
{
    if (count_types(types) > NAMED_TYPES)
        return path_text(p, path);
    return nrm_arena_printf(p->arena, "%s.%s", expr_types_text(p, types), path_text(p, path));
}

/* The field of an event of TYPES at PATH; NULL, nothing told, where they have none. */
static struct expr_node *event_field(struct expr_parser *p, const struct expr_path *path,
                                     const uint64_t types[2])
{
    struct expr_node *node = expr_node(p, OP_EVENT_FIELD, KIND_ANY, path->offset);
    node->label = event_label(p, path, types);
    node->field.keys = path->keys;
    node->field.key_count = path->count;
    if (path->count == 1 && !path->quoted && nrm_str_is(path->keys[0], "at")) {
        node->op = OP_EVENT_AT;
        node->kinds = KIND_TIME;
        return node;
    }
    int having = find_choices(p, node, path->keys[0], types);
    if (!having)
        return path->quoted ? node : NULL;
    bool any = p->context->any_event && memcmp(types, p->subject, sizeof p->subject) == 0;
    if (having < count_types(types) && !any)
        return expr_fail(p, path->offset,
                         "%.*s is a field of only some of these events; ask for each on its own",
                         (int)path->keys[0].length, path->keys[0].text);
    unsigned kinds = 0;
    for (uint32_t i = 0; i < node->choice_count; i++)
        kinds |= kinds_of(node->choices[i]);
    if (path->count > 1) {
        bool inside = path->quoted || (kinds & KIND_MAPPING) || kinds == KIND_ANY;
        node->choices = NULL;
        node->choice_count = 0;
        return inside ? node : NULL;
    }
    node->kinds = (uint8_t)kinds;
    node->field.varies = node->choice_count > 1;
    const struct nrm_field *only = node->choices[0];
    bool by_look = node->field.varies || kinds == KIND_ANY;
    node->field.field = by_look ? NULL : only;
    return node;
}

/* Names of fields of events of TYPES, for the nearest one. */
static size_t add_event_fields(const uint64_t types[2], const char **names)
{
    size_t count = 0;
    for (size_t i = 0; i < nrm_event_type_count; i++) {
        const struct nrm_event_type *type = &nrm_event_types[i];
        for (size_t j = 0; expr_types_has(types, i) && j < type->count; j++)
            names[count++] = type->fields[j].path;
    }
    return count;
}

static size_t event_field_count(const uint64_t types[2])
{
    size_t count = 0;
    for (size_t i = 0; i < nrm_event_type_count; i++)
        if (expr_types_has(types, i))
            count += nrm_event_types[i].count;
    return count;
}

static struct expr_node *no_event_field(struct expr_parser *p, const struct expr_path *path,
                                        const uint64_t types[2])
{
    const char **names = nrm_arena_array(p->arena, event_field_count(types) + 1, sizeof *names);
    size_t count = add_event_fields(types, names);
    const char *text = path_text(p, path);
    const char *near = nrm_text_nearest(nrm_str(text), names, count);
    if (near)
        return expr_fail(p, path->offset, "%s is no field of events of %s; did you mean %s?", text,
                         expr_types_text(p, types), near);
    return expr_fail(p, path->offset,
                     "%s is no field of events of %s; put it in quotes if it is a key of your own",
                     text, expr_types_text(p, types));
}

struct expr_node *expr_resolve_event(struct expr_parser *p, const struct expr_path *path,
                                     const uint64_t types[2])
{
    struct expr_node *node = event_field(p, path, types);
    return node ? node : no_event_field(p, path, types);
}

/* it.field and event.field: the event being looked at, and the one that the expression is about. */
static struct expr_node *explicit_event(struct expr_parser *p, const struct expr_path *path)
{
    bool subject = nrm_str_is(path->keys[0], "event");
    const uint64_t *types = subject ? p->subject : p->types;
    struct expr_path rest = *path;
    rest.keys++;
    rest.count--;
    if (count_types(types) == 0)
        return expr_fail(p, path->offset, "%.*s stands for an event, and there is none here",
                         (int)path->keys[0].length, path->keys[0].text);
    struct expr_node *node = expr_resolve_event(p, &rest, types);
    if (node)
        node->field.of_subject = subject;
    return node;
}

/* --- names and fields of the case --- */

static struct expr_node *name(struct expr_parser *p, const struct expr_path *path)
{
    const struct nrm_names *names = p->context->names;
    for (size_t i = 0; names && i < names->count; i++) {
        if (!nrm_str_is(path->keys[0], names->names[i]))
            continue;
        const struct nrm_field *field = names->fields ? names->fields[i] : NULL;
        unsigned kinds = field ? kinds_of(field) : KIND_ANY;
        struct expr_node *node = expr_node(p, OP_NAME, kinds, path->offset);
        node->name = (uint32_t)i;
        node->label = names->names[i];
        if (field) {
            node->choices = nrm_arena_array(p->arena, 1, sizeof(struct nrm_field *));
            node->choices[0] = field;
            node->choice_count = 1;
        }
        return node;
    }
    return NULL;
}

/* How many keys lead to a list of mappings that the rest of the path looks into ("indicators.id"),
 * or all of them. */
static uint32_t keys_to_list(struct expr_parser *p, const struct expr_path *path)
{
    for (uint32_t i = 1; i < path->count; i++) {
        const struct nrm_field *field = nrm_field_find(join(p, path, i));
        if (field->list) /* every part of a path of the model is a field */
            return i;
    }
    return path->count;
}

void expr_set_birth_date(struct expr_node *node)
{
    static const struct nrm_str keys[] = {{"person", 6}, {"birth_date", 10}};
    node->field = (struct expr_field){
        .keys = keys, .key_count = 2, .field = nrm_field_find(NRM_STR(EXPR_BIRTH_DATE))};
}

static struct expr_node *case_field(struct expr_parser *p, const struct expr_path *path)
{
    struct expr_node *node = expr_node(p, OP_FIELD, KIND_ANY, path->offset);
    node->label = path_text(p, path);
    node->field.keys = path->keys;
    node->field.key_count = path->count;
    const struct nrm_field *field = nrm_field_find(nrm_str(node->label));
    if (!field)
        return path->quoted || path->rooted ? node : NULL;
    node->kinds = (uint8_t)kinds_of(field);
    if (node->kinds == KIND_ANY)
        return node;
    node->field.field = field;
    node->field.key_count = keys_to_list(p, path);
    node->field.each = node->field.key_count < path->count;
    if (node->field.each)
        node->kinds = KIND_LIST;
    node->choices = nrm_arena_array(p->arena, 1, sizeof(struct nrm_field *));
    node->choices[0] = field;
    node->choice_count = 1;
    return node;
}

/* --- what to say where nothing was found --- */

/* A field of the case whose last part is WORD: gender -> person.gender. */
static const char *field_ending_in(struct nrm_str word)
{
    for (size_t i = 0; i < nrm_field_count; i++) {
        const char *dot = strrchr(nrm_fields[i].path, '.');
        if (dot && nrm_str_is(word, dot + 1))
            return nrm_fields[i].path;
    }
    return NULL;
}

/* Whether somewhere text is compared with WORD: then it lacks its quotes. */
static bool is_some_word(struct nrm_str word)
{
    for (size_t i = 0; i < nrm_vocabulary_count; i++)
        if (nrm_vocabulary_word(&nrm_vocabularies[i], word) >= 0)
            return true;
    for (size_t i = 0; i < nrm_state_row_count; i++)
        if (nrm_str_is(word, nrm_state_rows[i].state))
            return true;
    return false;
}

static const char *nearest_name(struct expr_parser *p, struct nrm_str text)
{
    static const char *const words[] = {"and",  "or",    "not",     "in",
                                        "true", "false", "unknown", "now"};
    enum { WORDS = sizeof words / sizeof *words };
    const struct nrm_names *names = p->context->names;
    size_t room = WORDS + EXPR_FUNCTIONS_MOST + event_field_count(p->types) +
                  (names ? names->count : 0) + nrm_field_count;
    const char **all = nrm_arena_array(p->arena, room, sizeof *all);
    size_t count = add_event_fields(p->types, all);
    for (size_t i = 0; names && i < names->count; i++)
        all[count++] = names->names[i];
    for (size_t i = 0; i < nrm_field_count; i++)
        all[count++] = nrm_fields[i].path;
    for (size_t i = 0; i < WORDS; i++)
        all[count++] = words[i];
    count += expr_function_names(all + count);
    return nrm_text_nearest(text, all, count);
}

static struct expr_node *not_found(struct expr_parser *p, const struct expr_path *path)
{
    struct nrm_str text = join(p, path, path->count);
    uint32_t at = path->offset;
    const char *longer = path->count == 1 ? field_ending_in(text) : NULL;
    if (longer)
        return expr_fail(p, at, "%s is no field or name here; did you mean %s?", text.text, longer);
    if (path->count == 1 && is_some_word(text))
        return expr_fail(p, at, "%s is no field or name here; text stands in quotes: \"%s\"",
                         text.text, text.text);
    const struct nrm_event_type *type = nrm_event_type_find(path->keys[0]);
    if (type && path->count > 1)
        return expr_fail(p, at, "%s is an event; write first(%s).%s or last(%s).%s", type->name,
                         type->name, text.text + strlen(type->name) + 1, type->name,
                         text.text + strlen(type->name) + 1);
    if (type)
        return expr_fail(p, at, "%s is an event; write has(%s), count(%s) or last(%s).at",
                         type->name, type->name, type->name, type->name);
    const char *near = nearest_name(p, text);
    if (near)
        return expr_fail(p, at, "%s is no field or name here; did you mean %s?", text.text, near);
    return expr_fail(
        p, at, "%s is no field or name here; write .%s if it is a key of your own in the case",
        text.text, text.text);
}

struct expr_node *expr_resolve(struct expr_parser *p, const struct expr_path *path)
{
    struct expr_node *node = NULL;
    bool bare = !path->rooted;
    if (bare && path->count > 1 &&
        (nrm_str_is(path->keys[0], "it") || nrm_str_is(path->keys[0], "event")))
        return explicit_event(p, path);
    if (bare && !path->quoted && count_types(p->types) > 0)
        node = event_field(p, path, p->types);
    if (p->failed)
        return NULL;
    if (!node && bare && path->count == 1)
        node = name(p, path);
    if (!node)
        node = case_field(p, path);
    return node ? node : not_found(p, path);
}
