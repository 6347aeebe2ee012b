/* Maps applied to the rows of a foreign table; see map.h. Nothing in a foreign cell is YAML, and no
 * value is dropped: what the map does not list stays under its own name and spelling. */
#include "data/map_internal.h"

#include <stdio.h>

#include "data/case.h"
#include "data/cell.h"

static const struct nrm_field text_field = {.path = "", .type = NRM_FIELD_TEXT};

/* --- the header --- */

static long find_in_header(const struct nrm_index *names, struct nrm_str name)
{
    uint32_t number = nrm_index_find(names, name);
    return number == NRM_INDEX_NONE ? -1 : (long)number;
}

static bool told_missing(const struct nrm_map *map, struct nrm_str name,
                         const struct nrm_place *place, const struct nrm_place *named,
                         struct nrm_sink *sink)
{
    nrm_tell(sink, NRM_ERROR, place,
             "the table has no column \"%.*s\", which the map names (%s:%u)", (int)name.length,
             name.text, map->file, named->line);
    return false;
}

/* A column that the map does not name gets a field of its own under "source". */
static bool keep_unmapped(struct nrm_map *map, size_t position, struct nrm_str name,
                          const struct nrm_place *place, struct nrm_sink *sink)
{
    char number[32];
    if (name.length == 0) {
        snprintf(number, sizeof number, "column %zu", position + 1);
        name = nrm_str(number);
    }
    struct nrm_node key = {.kind = NRM_SCALAR,
                           .style = NRM_DOUBLE_QUOTED,
                           .count = (uint32_t)name.length,
                           .text = name.text};
    struct nrm_buffer path = {0};
    nrm_buffer_add_str(&path, NRM_STR("source"));
    nrm_path_write(&path, &key, NRM_TABLE_CASES);
    struct nrm_str text = {path.text, path.length};
    map->unmapped[position] = nrm_columns_find(map->targets, text);
    bool good = true;
    if (map->unmapped[position] < 0) {
        map->unmapped[position] = (long)nrm_columns_count(map->targets);
        good = nrm_columns_add(map->targets, text, place, sink);
    }
    nrm_tell(sink, NRM_NOTE, place, "the map does not name this column; it is kept as %s",
             path.text);
    nrm_buffer_free(&path);
    return good;
}

static bool place_columns(struct nrm_map *map, const struct nrm_index *names,
                          const struct nrm_place *place, struct nrm_sink *sink)
{
    for (size_t i = 0; i < map->column_count; i++) {
        struct nrm_map_column *column = &map->columns[i];
        long position = find_in_header(names, column->name);
        column->present = position >= 0;
        if (column->present) {
            column->position = (size_t)position;
            map->at[position] = column;
        } else if (!column->optional) {
            return told_missing(map, column->name, place, &column->place, sink);
        }
    }
    if (!map->weight.text)
        return true;
    long position = find_in_header(names, map->weight);
    if (position < 0)
        return told_missing(map, map->weight, place, &map->weight_place, sink);
    map->weight_position = (size_t)position;
    return true;
}

/* Number the columns of the header by their names; a nameless one gets a number all the same. */
static bool number_columns(struct nrm_map *map, struct nrm_index *names, const char *file,
                           const struct nrm_csv_record *header, struct nrm_sink *sink)
{
    for (size_t i = 0; i < header->count; i++) {
        bool new_one;
        struct nrm_str name = nrm_cell_trim(header->fields[i].text);
        if (name.length == 0)
            name = nrm_str(nrm_arena_printf(&map->arena, "\1%zu", i));
        nrm_index_add(names, nrm_map_folded(map, &map->arena, name), &new_one);
        if (new_one)
            continue;
        struct nrm_place place = {file, header->fields[i].line, header->fields[i].column};
        nrm_tell(sink, NRM_ERROR, &place,
                 "the column \"%.*s\" is there twice: rename or remove one", (int)name.length,
                 name.text);
        return false;
    }
    return true;
}

bool nrm_map_header(struct nrm_map *map, const char *file, const struct nrm_csv_record *header,
                    struct nrm_sink *sink)
{
    struct nrm_place place = {file, header->line, 1};
    nrm_arena_reset(&map->arena);
    map->header_count = header->count;
    map->at = nrm_arena_array(&map->arena, header->count, sizeof(struct nrm_map_column *));
    map->unmapped = nrm_arena_array(&map->arena, header->count, sizeof *map->unmapped);
    struct nrm_index *names = nrm_index_new();
    bool good =
        number_columns(map, names, file, header, sink) && place_columns(map, names, &place, sink);
    nrm_index_free(names);
    for (size_t i = 0; good && i < header->count; i++) {
        map->unmapped[i] = -1;
        bool is_weight = map->weight.text && i == map->weight_position;
        struct nrm_place own = {file, header->fields[i].line, header->fields[i].column};
        if (!map->at[i] && !is_weight)
            good = keep_unmapped(map, i, nrm_cell_trim(header->fields[i].text), &own, sink);
    }
    return good;
}

/* --- a record --- */

/* One record under way. */
struct work {
    struct nrm_map *map;
    struct nrm_arena *arena;
    struct nrm_place place; /* of the cell at hand */
    struct nrm_sink *sink;
};

static const struct nrm_node *look_up(struct work *work, const struct nrm_map_column *column,
                                      struct nrm_str text)
{
    struct nrm_str trimmed = nrm_cell_trim(text);
    uint32_t number = nrm_index_find(column->values, nrm_map_folded(work->map, work->arena, text));
    if (number == NRM_INDEX_NONE)
        number = nrm_index_find(column->values, nrm_map_folded(work->map, work->arena, trimmed));
    return number == NRM_INDEX_NONE ? NULL : column->to[number];
}

/* A value that the map does not list, told once. Values that name a person are told of, never
 * shown. */
static void tell_unlisted(struct work *work, struct nrm_map_column *column, struct nrm_str text)
{
    bool new_one;
    bool direct = column->field->sensitivity && strcmp(column->field->sensitivity, "direct") == 0;
    nrm_index_add(column->told, direct ? NRM_STR("") : text, &new_one);
    if (!new_one)
        return;
    if (direct)
        nrm_tell(work->sink, NRM_WARNING, &work->place,
                 "the map %s does not list this value of %s; it stays as it is", work->map->file,
                 column->field->path);
    else
        nrm_tell(work->sink, NRM_WARNING, &work->place,
                 "the map %s does not list \"%.*s\" for %s; it stays as it is", work->map->file,
                 (int)(text.length < 80 ? text.length : 80), text.text, column->field->path);
}

/* A value of the map, as if its text had been written in the cell at hand. */
static struct nrm_node *placed(struct work *work, const struct nrm_field *field,
                               const struct nrm_node *value)
{
    value = nrm_node_resolve(value);
    if (value->kind != NRM_SEQUENCE)
        return nrm_cell_plain(work->arena, nrm_node_text(value), field, &work->place);
    struct nrm_node *list = nrm_node_sequence(work->arena, NRM_FLOW);
    list->line = work->place.line;
    list->column = work->place.column;
    for (uint32_t i = 0; i < value->count; i++)
        nrm_node_append(work->arena, list, placed(work, field, value->items[i]));
    return list;
}

/* Put what TEXT means behind LIST, or return it where LIST is NULL. */
static struct nrm_node *convert(struct work *work, struct nrm_map_column *column,
                                struct nrm_str text, struct nrm_node *list)
{
    const struct nrm_node *to = column->values ? look_up(work, column, text) : NULL;
    struct nrm_node *value = NULL;
    if (to && nrm_node_is_null(to))
        return NULL;
    if (to && to->kind == NRM_SEQUENCE) {
        for (uint32_t i = 0; list && i < to->count; i++)
            nrm_node_append(work->arena, list, placed(work, column->field, to->items[i]));
        return NULL;
    }
    if (to) {
        value = placed(work, column->field, to);
    } else {
        if (column->values)
            tell_unlisted(work, column, text);
        value = nrm_cell_plain(work->arena, text, column->field, &work->place);
    }
    if (list)
        nrm_node_append(work->arena, list, value);
    return value;
}

/* The length of the longest separator that TEXT has at AT, or 0. */
static size_t split_at(const struct nrm_map_column *column, struct nrm_str text, size_t at)
{
    size_t longest = 0;
    for (size_t i = 0; i < column->split_count; i++) {
        struct nrm_str split = column->splits[i];
        if (split.length > longest && split.length <= text.length - at &&
            memcmp(text.text + at, split.text, split.length) == 0)
            longest = split.length;
    }
    return longest;
}

static struct nrm_node *convert_list(struct work *work, struct nrm_map_column *column,
                                     struct nrm_str text)
{
    struct nrm_node *list = nrm_node_sequence(work->arena, NRM_FLOW);
    list->line = work->place.line;
    list->column = work->place.column;
    if (column->split_count == 0 || (column->values && look_up(work, column, text))) {
        convert(work, column, text, list);
        return list;
    }
    size_t start = 0;
    for (size_t at = 0; at <= text.length;) {
        size_t length = at < text.length ? split_at(column, text, at) : 0;
        if (length == 0 && at < text.length) {
            at++;
            continue;
        }
        struct nrm_str item = nrm_cell_trim((struct nrm_str){text.text + start, at - start});
        if (item.length > 0)
            convert(work, column, item, list);
        at += length ? length : 1;
        start = at;
    }
    return list;
}

static bool put_weight(struct work *work, struct nrm_str text)
{
    double weight;
    text = nrm_cell_trim(text);
    if (!nrm_scalar_number(text, &weight) || weight < 0) {
        nrm_tell(work->sink, NRM_ERROR, &work->place,
                 "the weight must be a number of persons, 0 or more");
        return false;
    }
    struct nrm_node *node = nrm_cell_plain(work->arena, text, NULL, &work->place);
    return nrm_columns_put(work->map->targets, work->map->weight_target, node, &work->place,
                           work->sink);
}

static bool put_cell(struct work *work, size_t position, struct nrm_str text)
{
    struct nrm_map *map = work->map;
    struct nrm_map_column *column = map->at[position];
    if (map->weight.text && position == map->weight_position)
        return put_weight(work, text);
    if (nrm_cell_trim(text).length == 0 || (column && column->ignored))
        return true;
    if (!column) {
        struct nrm_node *kept = nrm_cell_plain(work->arena, text, &text_field, &work->place);
        return nrm_columns_put(map->targets, (size_t)map->unmapped[position], kept, &work->place,
                               work->sink);
    }
    struct nrm_node *value =
        column->field->list ? convert_list(work, column, text) : convert(work, column, text, NULL);
    if (!value || (value->kind == NRM_SEQUENCE && value->count == 0))
        return true;
    return nrm_columns_put(map->targets, column->target, value, &work->place, work->sink);
}

static bool is_blank(const struct nrm_csv_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        if (nrm_cell_trim(record->fields[i].text).length > 0)
            return false;
    return true;
}

static bool put_constants(struct work *work)
{
    const struct nrm_map *map = work->map;
    for (size_t i = 0; i < map->constant_count; i++) {
        size_t target = map->constants[i].target;
        const struct nrm_field *field = nrm_columns_field(map->targets, target);
        struct nrm_node *value = placed(work, field, map->constants[i].value);
        if (!nrm_columns_put(map->targets, target, value, &work->place, work->sink))
            return false;
    }
    return true;
}

bool nrm_map_record(struct nrm_map *map, struct nrm_arena *arena, const char *file,
                    const struct nrm_csv_record *record, struct nrm_row *row, struct nrm_sink *sink)
{
    struct work work = {map, arena, {file, record->line, 1}, sink};
    if (!nrm_columns_fit(map->header_count, record, file, sink))
        return false;
    nrm_columns_begin(map->targets, arena, record->count + map->constant_count);
    bool blank = is_blank(record);
    for (size_t i = 0; i < record->count && !blank; i++) {
        const struct nrm_csv_field *field = &record->fields[i];
        work.place = (struct nrm_place){file, field->line, field->column};
        if (!put_cell(&work, i, field->text))
            return false;
    }
    work.place = (struct nrm_place){file, record->line, 1};
    if (!blank && !put_constants(&work))
        return false;
    nrm_columns_end(map->targets, row);
    row->root->line = record->line;
    row->root->column = 1;
    return true;
}
