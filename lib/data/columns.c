/* Rows of cells to documents; see columns.h. Each prefix of a path is a group: the mapping that
 * holds what lies below it. Groups are found once, with the header; a row only touches those it
 * fills. */
#include "data/columns.h"

#include <stdlib.h>

#include "base/index.h"
#include "data/cell.h"
#include "data/yaml.h"

enum { NONE = -1 };

struct group {
    long parent; /* the group that holds this one; NONE: a case, or an event */
    struct nrm_node *key;
    const struct nrm_event_type *event; /* of the outermost group of a TYPE.field column */
    size_t room;                        /* columns and groups directly in it */
    size_t spot;
    uint64_t row; /* the row that NODE belongs to */
    struct nrm_node *node;
};

struct column {
    struct nrm_str name; /* of the field in the model; {NULL, 0}: none above this column */
    const struct nrm_field *field;
    struct nrm_node *key;
    long group;
    size_t spot;
    size_t depth; /* of a value in the document */
    uint64_t row; /* the row that last filled it */
    bool case_id;
};

/* A path that is the name of a column, or holds others, or both. */
struct spot {
    long group, column;
};

struct nrm_columns {
    enum nrm_table_kind kind;
    struct nrm_arena *keys;
    struct nrm_index *index; /* paths to spots */
    struct spot *spots;
    struct column *columns;
    struct group *groups; /* the first one is the case or the event itself */
    size_t spot_room, count, room, group_count, group_room;
    /* the row at hand */
    struct nrm_arena *row_arena;
    uint64_t row;
    size_t filled; /* values it can have */
    struct nrm_row made;
    size_t event_room; /* outermost groups of events */
    long *event_groups;
};

static void *grown(void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    *room = *room ? *room * 2 : 16;
    return nrm_realloc(array, *room, size);
}

static long add_group(struct nrm_columns *columns, struct group group)
{
    columns->groups =
        grown(columns->groups, columns->group_count, &columns->group_room, sizeof *columns->groups);
    columns->groups[columns->group_count] = group;
    return (long)columns->group_count++;
}

static size_t add_spot(struct nrm_columns *columns, struct nrm_str path)
{
    bool new_one;
    size_t spot = nrm_index_add(columns->index, path, &new_one);
    if (new_one) {
        columns->spots = grown(columns->spots, spot, &columns->spot_room, sizeof *columns->spots);
        columns->spots[spot] = (struct spot){NONE, NONE};
    }
    return spot;
}

struct nrm_columns *nrm_columns_new(enum nrm_table_kind kind, struct nrm_arena *keys)
{
    struct nrm_columns *columns = nrm_calloc(1, sizeof *columns);
    columns->kind = kind;
    columns->keys = keys;
    columns->index = nrm_index_new();
    size_t spot = add_spot(columns, NRM_STR(""));
    columns->spots[spot].group = add_group(columns, (struct group){.parent = NONE, .spot = spot});
    return columns;
}

void nrm_columns_free(struct nrm_columns *columns)
{
    if (!columns)
        return;
    nrm_index_free(columns->index);
    free(columns->spots);
    free(columns->columns);
    free(columns->groups);
    free(columns->event_groups);
    free(columns);
}

size_t nrm_columns_count(const struct nrm_columns *columns)
{
    return columns->count;
}

long nrm_columns_find(const struct nrm_columns *columns, struct nrm_str name)
{
    uint32_t spot = nrm_index_find(columns->index, name);
    return spot == NRM_INDEX_NONE ? NONE : columns->spots[spot].column;
}

const struct nrm_field *nrm_columns_field(const struct nrm_columns *columns, size_t column)
{
    return columns->columns[column].field;
}

static long group_at(struct nrm_columns *columns, struct nrm_str path, struct group group)
{
    size_t spot = add_spot(columns, path);
    if (columns->spots[spot].group == NONE) {
        group.spot = spot;
        columns->spots[spot].group = add_group(columns, group);
        if (group.parent != NONE)
            columns->groups[group.parent].room++;
        else
            columns->event_room++;
    }
    return columns->spots[spot].group;
}

/* The group that holds the last key of PATH; TEXT becomes the path by which spots are known. Fields
 * of events and of the case can have the same path, so the former get a sign in front. */
static long find_group(struct nrm_columns *columns, const struct nrm_path *path,
                       struct nrm_buffer *text)
{
    long group = 0;
    if (path->event) {
        nrm_buffer_add_char(text, '\1');
        nrm_buffer_add_str(text, nrm_str(path->event->name));
        group = group_at(columns, (struct nrm_str){text->text, text->length},
                         (struct group){.parent = NONE, .event = path->event});
    }
    for (size_t i = 0; i < path->count; i++) {
        nrm_path_write(text, path->keys[i], columns->kind);
        if (i + 1 < path->count)
            group = group_at(columns, (struct nrm_str){text->text, text->length},
                             (struct group){.parent = group, .key = path->keys[i]});
    }
    return group;
}

static const struct nrm_field *field_of(const struct nrm_columns *columns,
                                        const struct nrm_path *path, struct nrm_str name)
{
    if (path->event)
        return nrm_event_field_find(path->event, name);
    return columns->kind == NRM_TABLE_CASES ? nrm_field_find(path->text) : NULL;
}

/* The name by which the model may know the field of an event. */
static struct nrm_str event_field_name(const struct nrm_path *path)
{
    return path->count == 1 ? nrm_node_text(path->keys[0]) : path->text;
}

bool nrm_columns_add(struct nrm_columns *columns, struct nrm_str name,
                     const struct nrm_place *place, struct nrm_sink *sink)
{
    struct nrm_path path;
    if (!nrm_path_read(columns->keys, name, columns->kind, place, sink, &path))
        return false;
    if (path.event && path.count == 1 && nrm_str_is(nrm_node_text(path.keys[0]), "type")) {
        nrm_tell(sink, NRM_ERROR, place, "the column %s gives an event its type twice: remove it",
                 path.text.text);
        return false;
    }
    struct nrm_buffer text = {0};
    long group = path.case_id ? 0 : find_group(columns, &path, &text);
    size_t spot =
        add_spot(columns, path.case_id ? path.text : (struct nrm_str){text.text, text.length});
    nrm_buffer_free(&text);
    if (columns->spots[spot].column != NONE) {
        nrm_tell(sink, NRM_ERROR, place, "the column %s is there twice: rename or remove one",
                 path.text.text);
        return false;
    }
    columns->columns =
        grown(columns->columns, columns->count, &columns->room, sizeof *columns->columns);
    columns->spots[spot].column = (long)columns->count;
    columns->groups[group].room++;
    bool in_event = path.event || columns->kind == NRM_TABLE_EVENTS;
    struct nrm_str field_name = in_event ? event_field_name(&path) : path.text;
    columns->columns[columns->count++] = (struct column){
        .name = field_name,
        .field = field_of(columns, &path, field_name),
        .key = path.keys[path.count - 1],
        .group = group,
        .spot = spot,
        .depth = path.count + (in_event ? 2 : 0),
        .case_id = path.case_id,
    };
    return true;
}

bool nrm_columns_header(struct nrm_columns *columns, const struct nrm_csv_record *header,
                        const char *file, struct nrm_sink *sink)
{
    for (size_t i = 0; i < header->count; i++) {
        const struct nrm_csv_field *field = &header->fields[i];
        struct nrm_place place = {file, field->line, field->column};
        struct nrm_str name = nrm_cell_trim(nrm_csv_unguard(field->text));
        if (name.length > 0) {
            if (!nrm_columns_add(columns, name, &place, sink))
                return false;
            continue;
        }
        columns->columns =
            grown(columns->columns, columns->count, &columns->room, sizeof *columns->columns);
        columns->columns[columns->count++] = (struct column){.group = NONE};
    }
    return true;
}

/* The mapping of a group, with room for its pairs. No two columns have one path, so no pair needs
 * to be looked for before it is added. One more is for the type of an event. */
static struct nrm_node *group_mapping(const struct nrm_columns *columns, const struct group *group)
{
    struct nrm_node *mapping = nrm_node_mapping(columns->row_arena, NRM_BLOCK);
    size_t room = group->room < columns->filled ? group->room : columns->filled;
    mapping->pairs = nrm_arena_array(columns->row_arena, room + 1, sizeof *mapping->pairs);
    return mapping;
}

static void add_pair(struct nrm_node *mapping, struct nrm_node *key, struct nrm_node *value)
{
    mapping->pairs[mapping->count++] = (struct nrm_pair){key, value};
}

void nrm_columns_begin(struct nrm_columns *columns, struct nrm_arena *arena, size_t filled)
{
    columns->row_arena = arena;
    columns->row++;
    columns->filled = filled;
    columns->made = (struct nrm_row){.root = group_mapping(columns, &columns->groups[0])};
    columns->groups[0].node = columns->made.root;
    columns->groups[0].row = columns->row;
}

static void add_event(struct nrm_columns *columns, struct group *group)
{
    struct nrm_row *made = &columns->made;
    if (!made->events) {
        size_t room = columns->event_room < columns->filled ? columns->event_room : columns->filled;
        made->events = nrm_arena_array(columns->row_arena, room, sizeof *made->events);
        columns->event_groups =
            nrm_realloc(columns->event_groups, columns->event_room, sizeof *columns->event_groups);
    }
    columns->event_groups[made->event_count] = group - columns->groups;
    made->events[made->event_count++] = group->node;
}

static bool told_conflict(const struct nrm_place *place, struct nrm_sink *sink)
{
    nrm_tell(sink, NRM_ERROR, place,
             "this column and one that lies within it, or around it, cannot both have a value in "
             "one row: empty one of the two");
    return false;
}

/* The mapping of a group in this row, made with those around it where it is not there yet. */
static bool open_group(struct nrm_columns *columns, long number, const struct nrm_place *place,
                       struct nrm_sink *sink)
{
    struct group *group = &columns->groups[number];
    if (group->row == columns->row)
        return true;
    long same = columns->spots[group->spot].column;
    if (same != NONE && columns->columns[same].row == columns->row)
        return told_conflict(place, sink);
    if (group->parent != NONE && !open_group(columns, group->parent, place, sink))
        return false;
    group->row = columns->row;
    group->node = group_mapping(columns, group);
    if (place) {
        group->node->line = place->line;
        group->node->column = place->column;
    }
    if (group->parent == NONE)
        add_event(columns, group);
    else
        add_pair(columns->groups[group->parent].node, group->key, group->node);
    return true;
}

static size_t depth_of(const struct nrm_node *node)
{
    size_t deepest = 0, depth;
    node = nrm_node_resolve(node);
    if (node->kind == NRM_SCALAR)
        return 0;
    for (uint32_t i = 0; i < node->count; i++) {
        depth = depth_of(node->kind == NRM_SEQUENCE ? node->items[i] : node->pairs[i].value);
        deepest = depth > deepest ? depth : deepest;
        depth = node->kind == NRM_SEQUENCE ? 0 : depth_of(node->pairs[i].key);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

bool nrm_columns_put(struct nrm_columns *columns, size_t number, struct nrm_node *value,
                     const struct nrm_place *place, struct nrm_sink *sink)
{
    struct column *column = &columns->columns[number];
    if (column->case_id) {
        columns->made.case_id = value;
        return true;
    }
    if (column->depth + depth_of(value) > NRM_YAML_DEPTH) {
        nrm_tell(sink, NRM_ERROR, place, "this value lies deeper than %d levels", NRM_YAML_DEPTH);
        return false;
    }
    long same = columns->spots[column->spot].group;
    if (same != NONE && columns->groups[same].row == columns->row)
        return told_conflict(place, sink);
    if (!open_group(columns, column->group, place, sink))
        return false;
    column->row = columns->row;
    add_pair(columns->groups[column->group].node, column->key, value);
    return true;
}

/* Give an event of TYPE.field columns its type, behind its time as people write it. */
static void name_event(struct nrm_arena *arena, struct nrm_node *event,
                       const struct nrm_event_type *type)
{
    struct nrm_node *name = nrm_node_scalar(arena, nrm_str(type->name), NRM_PLAIN);
    name->line = event->line;
    name->column = event->column;
    add_pair(event, nrm_node_scalar(arena, NRM_STR("type"), NRM_PLAIN), name);
    uint32_t front = 0;
    for (uint32_t i = 0; i + 1 < event->count && front == 0; i++)
        if (nrm_str_is(nrm_node_text(event->pairs[i].key), "at")) {
            struct nrm_pair at = event->pairs[i];
            memmove(event->pairs + 1, event->pairs, i * sizeof *event->pairs);
            event->pairs[0] = at;
            front = 1;
        }
    struct nrm_pair last = event->pairs[event->count - 1];
    memmove(event->pairs + front + 1, event->pairs + front,
            (event->count - 1 - front) * sizeof *event->pairs);
    event->pairs[front] = last;
}

void nrm_columns_end(struct nrm_columns *columns, struct nrm_row *row)
{
    for (size_t i = 0; i < columns->made.event_count; i++)
        name_event(columns->row_arena, columns->made.events[i],
                   columns->groups[columns->event_groups[i]].event);
    *row = columns->made;
}

bool nrm_columns_fit(size_t header_count, const struct nrm_csv_record *record, const char *file,
                     struct nrm_sink *sink)
{
    if (record->count == header_count)
        return true;
    struct nrm_place place = {file, record->line, 1};
    nrm_tell(sink, NRM_ERROR, &place, "the header has %zu fields, this row has %zu: %s",
             header_count, record->count,
             record->count > header_count ? "put text that holds a separator in double quotes"
                                          : "add the missing ones, empty if need be");
    return false;
}

/* The type of an event of the long form, which says what its other cells are. */
static const struct nrm_event_type *type_of(const struct nrm_columns *columns,
                                            struct nrm_arena *arena,
                                            const struct nrm_csv_record *record)
{
    long column =
        columns->kind == NRM_TABLE_EVENTS ? nrm_columns_find(columns, NRM_STR("type")) : NONE;
    if (column == NONE)
        return NULL;
    struct nrm_str cell = nrm_cell_trim(nrm_csv_unguard(record->fields[column].text));
    if (cell.length == 0)
        return NULL;
    struct nrm_node *type = nrm_cell_read(arena, cell, NULL, NULL, NULL);
    return type ? nrm_event_type_find(nrm_node_text(type)) : NULL;
}

static const struct nrm_field *field_in_row(const struct nrm_columns *columns,
                                            const struct column *column,
                                            const struct nrm_event_type *type)
{
    static const struct nrm_field case_id = {.path = "id", .type = NRM_FIELD_STRING};
    if (column->case_id)
        return &case_id;
    if (columns->kind == NRM_TABLE_CASES)
        return column->field;
    return nrm_event_field_find(type, column->name);
}

static size_t filled_cells(const struct nrm_csv_record *record)
{
    size_t filled = 0;
    for (size_t i = 0; i < record->count; i++)
        filled += record->fields[i].text.length > 0;
    return filled;
}

bool nrm_columns_read(struct nrm_columns *columns, struct nrm_arena *arena, const char *file,
                      const struct nrm_csv_record *record, struct nrm_sink *sink,
                      struct nrm_row *row)
{
    if (!nrm_columns_fit(columns->count, record, file, sink))
        return false;
    nrm_columns_begin(columns, arena, filled_cells(record));
    columns->made.root->line = record->line;
    columns->made.root->column = 1;
    const struct nrm_event_type *type = type_of(columns, arena, record);
    for (size_t i = 0; i < record->count; i++) {
        struct nrm_str cell = nrm_cell_trim(nrm_csv_unguard(record->fields[i].text));
        if (cell.length == 0)
            continue;
        struct nrm_place place = {file, record->fields[i].line, record->fields[i].column};
        if (columns->columns[i].group == NONE) {
            nrm_tell(sink, NRM_ERROR, &place, "this cell stands below no column name: give one");
            return false;
        }
        const struct nrm_field *field = field_in_row(columns, &columns->columns[i], type);
        struct nrm_node *value = nrm_cell_read(arena, cell, field, &place, sink);
        if (!value || !nrm_columns_put(columns, i, value, &place, sink))
            return false;
    }
    nrm_columns_end(columns, row);
    return true;
}
