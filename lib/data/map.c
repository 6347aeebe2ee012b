/* Maps read from their YAML files, and checked against the case model; see map.h, nrm-map(5). */
#include "data/map_internal.h"

#include "data/case.h"
#include "data/cell.h"
#include "data/yaml.h"

struct reading {
    struct nrm_map *map;
    struct nrm_arena *arena;
    struct nrm_sink *sink;
    bool good;
};

static void complain(struct reading *reading, const struct nrm_node *node, const char *text)
{
    struct nrm_place place = nrm_node_place(node, reading->map->file);
    nrm_tell(reading->sink, NRM_ERROR, &place, "%s", text);
    reading->good = false;
}

/* A key that the map format does not have. */
static void complain_of_key(struct reading *reading, const struct nrm_node *key,
                            const char *const *names, size_t count)
{
    const char *nearest = nrm_text_nearest(nrm_node_text(key), names, count);
    struct nrm_buffer text = {0};
    nrm_buffer_add_str(&text, nrm_str("no such key in a map: "));
    nrm_buffer_add_str(&text, nrm_node_text(key));
    if (nearest)
        nrm_buffer_printf(&text, "; did you mean %s?", nearest);
    complain(reading, key, text.text);
    nrm_buffer_free(&text);
}

static bool read_boolean(struct reading *reading, const struct nrm_node *node)
{
    bool value = false;
    if (!nrm_scalar_boolean(nrm_node_text(node), &value))
        complain(reading, node, "write true or false here");
    return value;
}

static struct nrm_str read_text(struct reading *reading, const struct nrm_node *node)
{
    struct nrm_str text = nrm_node_text(node);
    if (text.length == 0)
        complain(reading, node, "a text is wanted here");
    return text;
}

struct nrm_str nrm_map_folded(const struct nrm_map *map, struct nrm_arena *arena,
                              struct nrm_str text)
{
    if (!map->any_case)
        return text;
    char *folded = nrm_arena_copy(arena, text.text, text.length);
    for (size_t i = 0; i < text.length; i++)
        if (folded[i] >= 'A' && folded[i] <= 'Z')
            folded[i] = (char)(folded[i] + ('a' - 'A'));
    return (struct nrm_str){folded, text.length};
}

/* --- fields --- */

static void complain_of_field(struct reading *reading, const struct nrm_node *node)
{
    const char **paths = nrm_arena_array(reading->arena, nrm_field_count, sizeof *paths);
    for (size_t i = 0; i < nrm_field_count; i++)
        paths[i] = nrm_fields[i].path;
    const char *nearest = nrm_text_nearest(nrm_node_text(node), paths, nrm_field_count);
    struct nrm_buffer text = {0};
    nrm_buffer_add_str(&text, nrm_str("the case model has no field "));
    nrm_buffer_add_str(&text, nrm_node_text(node));
    if (nearest)
        nrm_buffer_printf(&text, "; did you mean %s?", nearest);
    else
        nrm_buffer_add_str(&text, nrm_str("; nrm-case(5) lists them"));
    complain(reading, node, text.text);
    nrm_buffer_free(&text);
}

/* Make the field that NODE names a target. Its number, or -1. */
static long add_target(struct reading *reading, const struct nrm_node *node)
{
    struct nrm_map *map = reading->map;
    struct nrm_place place = nrm_node_place(node, map->file);
    struct nrm_str path = read_text(reading, node);
    long target = (long)nrm_columns_count(map->targets);
    if (path.length == 0)
        return -1;
    if (!nrm_columns_add(map->targets, path, &place, reading->sink)) {
        reading->good = false;
        return -1;
    }
    const struct nrm_field *field = nrm_columns_field(map->targets, (size_t)target);
    if (!field) {
        complain_of_field(reading, node);
        return -1;
    }
    if (field->type == NRM_FIELD_MAPPING) {
        complain(reading, node, "this field holds other fields; name one of those");
        return -1;
    }
    return target;
}

/* One word on the right, which FIELD must take. */
static void check_word(struct reading *reading, const struct nrm_field *field,
                       const struct nrm_node *node)
{
    const char *fault = nrm_field_fault(field, node, NULL);
    if (!fault)
        return;
    struct nrm_buffer text = {0};
    nrm_buffer_printf(&text, "%s: %s", field->path, fault);
    complain(reading, node, text.text);
    nrm_buffer_free(&text);
}

static void check_value(struct reading *reading, const struct nrm_field *field,
                        const struct nrm_node *node)
{
    node = nrm_node_resolve(node);
    if (node->kind != NRM_SEQUENCE) {
        check_word(reading, field, node);
        return;
    }
    if (!field->list)
        complain(reading, node, "this field takes one value, not a list");
    for (uint32_t i = 0; i < node->count; i++)
        check_word(reading, field, nrm_node_resolve(node->items[i]));
}

/* --- columns --- */

static void read_values(struct reading *reading, struct nrm_map_column *column,
                        const struct nrm_node *node)
{
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(reading->arena, node, &count);
    if (!pairs) {
        complain(reading, node, "a mapping from the words of the source to ours is wanted here");
        return;
    }
    column->values = nrm_index_new();
    column->told = nrm_index_new();
    column->to = nrm_arena_array(reading->arena, count, sizeof *column->to);
    for (size_t i = 0; i < count; i++) {
        const struct nrm_node *key = nrm_node_resolve(pairs[i].key);
        if (key->kind != NRM_SCALAR) {
            complain(reading, key, "a text is wanted here");
            continue;
        }
        bool new_one;
        struct nrm_str from = nrm_map_folded(reading->map, reading->arena, nrm_node_text(key));
        uint32_t number = nrm_index_add(column->values, from, &new_one);
        if (!new_one)
            complain(reading, key, "this value of the source is there twice");
        column->to[number] = nrm_node_resolve(pairs[i].value);
        check_value(reading, column->field, column->to[number]);
    }
}

static void read_splits(struct reading *reading, struct nrm_map_column *column,
                        const struct nrm_node *node)
{
    if (!column->field->list) {
        complain(reading, node, "only a field that is a list can be split");
        return;
    }
    bool one = node->kind == NRM_SCALAR;
    size_t count = one ? 1 : node->kind == NRM_SEQUENCE ? node->count : 0;
    if (count == 0)
        complain(reading, node, "name the text between two items, or a list of such texts");
    column->splits = nrm_arena_array(reading->arena, count, sizeof *column->splits);
    for (size_t i = 0; i < count; i++) {
        struct nrm_str text = read_text(reading, one ? node : nrm_node_resolve(node->items[i]));
        if (text.length > 0)
            column->splits[column->split_count++] = text;
    }
}

/* What a column's keys say; NULL where it lacks one. */
struct column_keys {
    const struct nrm_node *field, *values, *split;
};

static struct column_keys read_column_keys(struct reading *reading, struct nrm_map_column *column,
                                           const struct nrm_node *node)
{
    static const char *const names[] = {"field", "values", "split", "ignore", "optional"};
    struct column_keys keys = {0};
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(reading->arena, node, &count);
    if (node->kind == NRM_SCALAR)
        keys.field = node;
    else if (!pairs)
        complain(reading, node, "a field, or keys as field: and values:, are wanted here");
    for (size_t i = 0; pairs && i < count; i++) {
        const struct nrm_node *key = nrm_node_resolve(pairs[i].key);
        const struct nrm_node *value = nrm_node_resolve(pairs[i].value);
        struct nrm_str name = nrm_node_text(key);
        if (nrm_str_is(name, "field"))
            keys.field = value;
        else if (nrm_str_is(name, "values"))
            keys.values = value;
        else if (nrm_str_is(name, "split"))
            keys.split = value;
        else if (nrm_str_is(name, "ignore"))
            column->ignored = read_boolean(reading, value);
        else if (nrm_str_is(name, "optional"))
            column->optional = read_boolean(reading, value);
        else
            complain_of_key(reading, key, names, sizeof names / sizeof *names);
    }
    return keys;
}

static void read_column(struct reading *reading, struct nrm_map_column *column,
                        const struct nrm_pair *pair)
{
    const struct nrm_node *node = nrm_node_resolve(pair->value);
    const struct nrm_node *key = nrm_node_resolve(pair->key);
    column->place = nrm_node_place(key, reading->map->file);
    column->optional = reading->map->optional;
    column->name =
        nrm_map_folded(reading->map, reading->arena, nrm_cell_trim(read_text(reading, key)));
    struct column_keys keys = read_column_keys(reading, column, node);
    if (column->ignored) {
        if (keys.field)
            complain(reading, keys.field, "a column that is ignored has no field");
        return;
    }
    long target = keys.field ? add_target(reading, keys.field) : -1;
    if (!keys.field)
        complain(reading, node, "say which field this column is, or ignore: true");
    if (target < 0)
        return;
    column->target = (size_t)target;
    column->field = nrm_columns_field(reading->map->targets, column->target);
    if (keys.values)
        read_values(reading, column, keys.values);
    if (keys.split)
        read_splits(reading, column, keys.split);
}

static void read_columns(struct reading *reading, const struct nrm_node *node)
{
    struct nrm_map *map = reading->map;
    size_t count = 0;
    const struct nrm_pair *pairs = nrm_node_pairs(reading->arena, node, &count);
    if (count == 0) {
        complain(reading, node, "a map names the columns of the source under columns:");
        return;
    }
    map->columns = nrm_arena_array(reading->arena, count, sizeof *map->columns);
    struct nrm_index *names = nrm_index_new();
    for (size_t i = 0; i < count; i++) {
        bool new_one;
        struct nrm_map_column *column = &map->columns[map->column_count++];
        read_column(reading, column, &pairs[i]);
        nrm_index_add(names, column->name, &new_one);
        if (!new_one)
            complain(reading, pairs[i].key, "this column of the source is there twice");
    }
    if (map->weight.text && nrm_index_find(names, map->weight) != NRM_INDEX_NONE) {
        nrm_tell(reading->sink, NRM_ERROR, &map->weight_place,
                 "the column of the weight cannot be a field as well: take it out of columns:");
        reading->good = false;
    }
    nrm_index_free(names);
}

static void read_constants(struct reading *reading, const struct nrm_node *node)
{
    struct nrm_map *map = reading->map;
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(reading->arena, node, &count);
    if (!pairs) {
        complain(reading, node, "fields and their values are wanted here");
        return;
    }
    map->constants = nrm_arena_array(reading->arena, count, sizeof *map->constants);
    for (size_t i = 0; i < count; i++) {
        long target = add_target(reading, nrm_node_resolve(pairs[i].key));
        if (target < 0)
            continue;
        const struct nrm_node *value = nrm_node_resolve(pairs[i].value);
        check_value(reading, nrm_columns_field(map->targets, (size_t)target), value);
        map->constants[map->constant_count++] = (struct nrm_map_constant){(size_t)target, value};
    }
}

/* --- the map --- */

static void read_separator(struct reading *reading, const struct nrm_node *node)
{
    struct nrm_str text = nrm_node_text(node);
    if (text.length != 1 || !strchr(",;\t|", text.text[0]))
        complain(reading, node, "the separator is one of \",\", \";\", \"|\" and \"\\t\"");
    else
        reading->map->separator = text.text[0];
}

static void read_weight(struct reading *reading, const struct nrm_node *node)
{
    struct nrm_map *map = reading->map;
    map->weight_place = nrm_node_place(node, map->file);
    map->weight_target = nrm_columns_count(map->targets);
    map->weight = nrm_map_folded(map, reading->arena, nrm_cell_trim(read_text(reading, node)));
    reading->good &=
        nrm_columns_add(map->targets, NRM_STR("weight"), &map->weight_place, reading->sink);
}

static void read_match(struct reading *reading, const struct nrm_node *node)
{
    struct nrm_str text = nrm_node_text(node);
    if (nrm_str_is(text, "any_case"))
        reading->map->any_case = true;
    else if (!nrm_str_is(text, "exact"))
        complain(reading, node, "write exact or any_case here");
}

/* Keys in the order in which they must be read: how names match comes before the names. */
static const struct {
    const char *name;
    void (*read)(struct reading *reading, const struct nrm_node *node); /* NULL: for people only */
} keys[] = {
    {"name", NULL},          {"description", NULL},         {"source", NULL},
    {"licence", NULL},       {"separator", read_separator}, {"match", read_match},
    {"weight", read_weight}, {"columns", read_columns},     {"constants", read_constants},
};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

static void check_keys(struct reading *reading, const struct nrm_node *root)
{
    const char *names[KEY_COUNT + 1];
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(reading->arena, root, &count);
    for (size_t i = 0; i < KEY_COUNT; i++)
        names[i] = keys[i].name;
    names[KEY_COUNT] = "optional";
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (size_t k = 0; k <= KEY_COUNT; k++)
            known |= nrm_str_is(nrm_node_text(pairs[i].key), names[k]);
        if (!known)
            complain_of_key(reading, nrm_node_resolve(pairs[i].key), names, KEY_COUNT + 1);
    }
}

static void read_root(struct reading *reading, const struct nrm_node *root)
{
    struct nrm_map *map = reading->map;
    if (root->kind != NRM_MAPPING) {
        complain(reading, root, "this is no map; a map has keys as name: and columns:");
        return;
    }
    check_keys(reading, root);
    map->name = nrm_node_text(nrm_node_get(root, NRM_STR("name")));
    const struct nrm_node *optional = nrm_node_get(root, NRM_STR("optional"));
    if (optional)
        map->optional = read_boolean(reading, optional);
    for (size_t i = 0; i < KEY_COUNT; i++) {
        const struct nrm_node *value = nrm_node_get(root, nrm_str(keys[i].name));
        if (value && keys[i].read)
            keys[i].read(reading, value);
    }
    if (!nrm_node_get(root, NRM_STR("columns")))
        complain(reading, root, "a map names the columns of the source under columns:");
}

struct nrm_map *nrm_map_read(struct nrm_arena *arena, const char *file, struct nrm_sink *sink)
{
    struct nrm_input input;
    struct nrm_node *root = NULL;
    if (!nrm_input_open(&input, file, sink))
        return NULL;
    struct nrm_map *map = nrm_arena_array(arena, 1, sizeof *map);
    map->file = nrm_arena_copy(arena, file, strlen(file));
    map->targets = nrm_columns_new(NRM_TABLE_CASES, arena);
    struct reading reading = {map, arena, sink, true};
    struct nrm_yaml_reader *yaml = nrm_yaml_reader_new(&input, sink);
    int result = nrm_yaml_read(yaml, arena, &root);
    if (result > 0)
        read_root(&reading, root);
    else if (result == 0)
        complain(&reading, NULL, "the file holds no map");
    nrm_yaml_reader_free(yaml);
    nrm_input_close(&input);
    if (result > 0 && reading.good)
        return map;
    nrm_map_free(map);
    return NULL;
}

void nrm_map_free(struct nrm_map *map)
{
    if (!map)
        return;
    for (size_t i = 0; i < map->column_count; i++) {
        nrm_index_free(map->columns[i].values);
        nrm_index_free(map->columns[i].told);
    }
    nrm_columns_free(map->targets);
    nrm_arena_free(&map->arena);
}

char nrm_map_separator(const struct nrm_map *map)
{
    return map->separator;
}
