/* Cases to rows; see case_rows.h. A mapping spreads over columns where each of its keys can be a
 * name of one; any other value is one cell. */
#include "data/case_rows.h"

#include <stdlib.h>

#include "base/index.h"
#include "data/cell.h"
#include "data/csv.h"
#include "data/writer.h"

struct cell {
    uint32_t column;
    struct nrm_str text;
};

struct row {
    size_t first, count; /* of the cells */
};

struct nrm_case_rows {
    enum nrm_table_kind kind;
    struct nrm_sink *sink;
    struct nrm_arena arena;   /* the texts of cells */
    struct nrm_arena scratch; /* of the case at hand */
    struct nrm_index *columns;
    bool *used;            /* by column: whether it has a cell */
    struct nrm_index *ids; /* long form: of the cases that have rows */
    struct cell *cells;
    struct row *rows;
    size_t used_room, cell_count, cell_room, row_count, row_room;
    struct nrm_buffer path, name, text; /* room for the value at hand */
    bool too_wide;
};

/* The number of a column; the model's come first, so that numbers are in the order of the table. */
static uint32_t column_number(struct nrm_case_rows *rows, struct nrm_str name)
{
    bool new_one;
    uint32_t number = nrm_index_add(rows->columns, name, &new_one);
    if (number >= rows->used_room) {
        size_t room = rows->used_room ? rows->used_room * 2 : 256;
        rows->used = nrm_realloc(rows->used, room, sizeof *rows->used);
        memset(rows->used + rows->used_room, 0, (room - rows->used_room) * sizeof *rows->used);
        rows->used_room = room;
    }
    return number;
}

static void name_case_columns(struct nrm_case_rows *rows)
{
    for (size_t i = 0; i < nrm_field_count; i++)
        column_number(rows, nrm_str(nrm_fields[i].path));
    rows->used[column_number(rows, NRM_STR("id"))] = true;
}

static void name_event_columns(struct nrm_case_rows *rows)
{
    static const char *const first[] = {"id", "at", "type", "event_id"};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        rows->used[column_number(rows, nrm_str(first[i]))] = i < 3;
    for (size_t i = 0; i < nrm_event_type_count; i++)
        for (size_t k = 0; k < nrm_event_types[i].count; k++)
            column_number(rows, nrm_str(nrm_event_types[i].fields[k].path));
}

struct nrm_case_rows *nrm_case_rows_new(enum nrm_table_kind kind, struct nrm_sink *sink)
{
    struct nrm_case_rows *rows = nrm_calloc(1, sizeof *rows);
    rows->kind = kind;
    rows->sink = sink;
    rows->columns = nrm_index_new();
    rows->ids = nrm_index_new();
    column_number(rows, NRM_STR("id"));
    if (kind == NRM_TABLE_CASES)
        name_case_columns(rows);
    else
        name_event_columns(rows);
    return rows;
}

void nrm_case_rows_free(struct nrm_case_rows *rows)
{
    if (!rows)
        return;
    nrm_arena_free(&rows->arena);
    nrm_arena_free(&rows->scratch);
    nrm_index_free(rows->columns);
    nrm_index_free(rows->ids);
    free(rows->used);
    free(rows->cells);
    free(rows->rows);
    nrm_buffer_free(&rows->path);
    nrm_buffer_free(&rows->name);
    nrm_buffer_free(&rows->text);
    free(rows);
}

static void add_cell(struct nrm_case_rows *rows, uint32_t column, const struct nrm_node *value,
                     const struct nrm_field *field)
{
    nrm_buffer_clear(&rows->text);
    nrm_cell_write(&rows->text, value, field);
    if (rows->cell_count == rows->cell_room) {
        rows->cell_room = rows->cell_room ? rows->cell_room * 2 : 256;
        rows->cells = nrm_realloc(rows->cells, rows->cell_room, sizeof *rows->cells);
    }
    char *text = nrm_arena_copy(&rows->arena, rows->text.text, rows->text.length);
    rows->cells[rows->cell_count++] = (struct cell){column, {text, rows->text.length}};
    rows->used[column] = true;
    rows->rows[rows->row_count - 1].count++;
}

static void begin_row(struct nrm_case_rows *rows)
{
    if (rows->row_count == rows->row_room) {
        rows->row_room = rows->row_room ? rows->row_room * 2 : 64;
        rows->rows = nrm_realloc(rows->rows, rows->row_room, sizeof *rows->rows);
    }
    rows->rows[rows->row_count++] = (struct row){rows->cell_count, 0};
}

static void truncate_to(struct nrm_buffer *buffer, size_t length)
{
    buffer->length = length;
    if (buffer->text)
        buffer->text[length] = '\0';
}

static bool can_extend(struct nrm_case_rows *rows, const struct nrm_node *key)
{
    size_t length = rows->path.length;
    bool can = nrm_path_write(&rows->path, key, rows->kind);
    truncate_to(&rows->path, length);
    return can;
}

/* The pairs of a mapping that spreads over columns; NULL where NODE is one cell. */
static const struct nrm_pair *spread(struct nrm_case_rows *rows, const struct nrm_node *node,
                                     size_t *count)
{
    if (node->kind != NRM_MAPPING || node->tag)
        return NULL;
    const struct nrm_pair *pairs = nrm_node_pairs(&rows->scratch, node, count);
    for (size_t i = 0; i < *count; i++)
        if (!can_extend(rows, pairs[i].key))
            return NULL;
    return *count > 0 ? pairs : NULL;
}

/* What a row is about: its case and, in the long form, its event. */
struct subject {
    const struct nrm_case *c;
    const struct nrm_event_type *type;
};

static const struct nrm_field *field_of(struct nrm_case_rows *rows, const struct subject *subject,
                                        const struct nrm_node *outer_key)
{
    struct nrm_str path = {rows->name.text, rows->name.length};
    if (rows->kind == NRM_TABLE_CASES)
        return nrm_field_find(path);
    return nrm_event_field_find(subject->type, outer_key ? nrm_node_text(outer_key) : path);
}

/* The value of the path at hand as one cell. OUTER_KEY: the path has this one key only. */
static void add_value(struct nrm_case_rows *rows, const struct subject *subject,
                      const struct nrm_node *value, const struct nrm_node *outer_key)
{
    nrm_buffer_clear(&rows->name);
    nrm_buffer_add(&rows->name, rows->path.text, rows->path.length);
    if (rows->kind == NRM_TABLE_CASES)
        nrm_path_guard(&rows->name);
    const struct nrm_field *field = field_of(rows, subject, outer_key);
    uint32_t column = column_number(rows, (struct nrm_str){rows->name.text, rows->name.length});
    if (column >= NRM_WRITER_COLUMNS && !rows->too_wide) {
        struct nrm_place place = nrm_node_place(value, subject->c->file);
        nrm_tell(rows->sink, NRM_ERROR, &place,
                 "with this value the table has over %d columns; write YAML instead",
                 NRM_WRITER_COLUMNS);
        rows->too_wide = true;
    }
    if (!rows->too_wide)
        add_cell(rows, column, value, field);
}

static bool is_list_of_events(const struct nrm_node *node)
{
    if (node->kind != NRM_SEQUENCE || node->tag || node->count == 0)
        return false;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct nrm_node *item = nrm_node_resolve(node->items[i]);
        if (item->kind != NRM_MAPPING || item->tag)
            return false;
    }
    return true;
}

/* The nesting is bounded where YAML is read, also through aliases. */
static void add_pairs(struct nrm_case_rows *rows, const struct subject *subject,
                      const struct nrm_pair *pairs, size_t count)
{
    size_t length = rows->path.length;
    for (size_t i = 0; i < count; i++) {
        const struct nrm_node *value = nrm_node_resolve(pairs[i].value);
        bool is_events = length == 0 && rows->kind == NRM_TABLE_CASES &&
                         nrm_str_is(nrm_node_text(pairs[i].key), "events");
        if (is_events && is_list_of_events(value))
            continue;
        nrm_path_write(&rows->path, pairs[i].key, rows->kind);
        size_t inner_count;
        const struct nrm_pair *inner = spread(rows, value, &inner_count);
        if (inner)
            add_pairs(rows, subject, inner, inner_count);
        else
            add_value(rows, subject, value, length == 0 ? pairs[i].key : NULL);
        truncate_to(&rows->path, length);
    }
}

static void add_case(struct nrm_case_rows *rows, const struct nrm_case *c)
{
    struct nrm_place place = nrm_node_place(c->root, c->file);
    struct subject subject = {c, NULL};
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(&rows->scratch, c->root, &count);
    begin_row(rows);
    add_pairs(rows, &subject, pairs, count);
    if (c->root->tag)
        nrm_tell(rows->sink, NRM_WARNING, &place, "a table cannot hold the tag of a whole case");
    if (rows->rows[rows->row_count - 1].count == 0) {
        rows->row_count--;
        nrm_tell(rows->sink, NRM_WARNING, &place, "this case has nothing to put into its row");
    }
}

static void add_event(struct nrm_case_rows *rows, const struct nrm_case *c,
                      const struct nrm_node *event)
{
    static const struct nrm_field id_field = {.path = "id", .type = NRM_FIELD_STRING};
    struct nrm_node id = {.kind = NRM_SCALAR,
                          .style = NRM_DOUBLE_QUOTED,
                          .count = (uint32_t)c->id.length,
                          .text = c->id.text};
    struct subject subject = {
        c, nrm_event_type_find(nrm_node_text(nrm_node_get(event, NRM_STR("type"))))};
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(&rows->scratch, event, &count);
    begin_row(rows);
    add_cell(rows, 0, &id, &id_field);
    add_pairs(rows, &subject, pairs, count);
}

static void add_events(struct nrm_case_rows *rows, const struct nrm_case *c)
{
    const struct nrm_node *events = nrm_node_get(c->root, NRM_STR("events"));
    struct nrm_place place = nrm_node_place(events, c->file);
    bool new_one;
    if (!events || nrm_node_is_null(events) || (events->kind != NRM_SCALAR && events->count == 0))
        return;
    if (c->id.length == 0) {
        nrm_tell(rows->sink, NRM_ERROR, &place,
                 "events without the id of their case cannot be rows of a table: give the case an "
                 "id, or write YAML");
    } else if (!is_list_of_events(events)) {
        nrm_tell(rows->sink, NRM_WARNING, &place,
                 "these events are not a list of mappings; -o csv writes them as one cell");
    } else {
        nrm_index_add(rows->ids, c->id, &new_one);
        if (!new_one)
            nrm_tell(rows->sink, NRM_WARNING, &place,
                     "an earlier case has the same id; their events become those of one case");
        for (uint32_t i = 0; i < events->count; i++)
            add_event(rows, c, nrm_node_resolve(events->items[i]));
    }
}

void nrm_case_rows_add(struct nrm_case_rows *rows, const struct nrm_case *c)
{
    nrm_arena_reset(&rows->scratch);
    if (rows->kind == NRM_TABLE_CASES)
        add_case(rows, c);
    else
        add_events(rows, c);
}

/* The separator of a table is found by its header, so there all that could be one stands in quotes.
 */
static void write_header(struct nrm_output *output, const struct nrm_str *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        bool plain = strcspn(names[i].text, ",\"\n\r") == names[i].length;
        bool separates = strcspn(names[i].text, ";\t") < names[i].length;
        if (i > 0)
            nrm_output_add_char(output, ',');
        if (plain && separates)
            nrm_output_printf(output, "\"%s\"", names[i].text);
        else
            nrm_csv_write_field(output, names[i]);
    }
    nrm_output_add_char(output, '\n');
}

void nrm_case_rows_write(const struct nrm_case_rows *rows, struct nrm_output *output)
{
    if (rows->too_wide)
        return;
    uint32_t count = nrm_index_count(rows->columns), shown = 0;
    uint32_t *positions = nrm_calloc(count, sizeof *positions);
    struct nrm_str *fields = nrm_calloc(count, sizeof *fields);
    for (uint32_t i = 0; i < count; i++)
        if (rows->used[i]) {
            positions[i] = shown;
            fields[shown++] = nrm_index_text(rows->columns, i);
        }
    write_header(output, fields, shown);
    for (size_t r = 0; r < rows->row_count; r++) {
        const struct row *row = &rows->rows[r];
        memset(fields, 0, shown * sizeof *fields);
        for (size_t i = row->first; i < row->first + row->count; i++)
            fields[positions[rows->cells[i].column]] = rows->cells[i].text;
        nrm_csv_write_record(output, fields, shown);
    }
    free(positions);
    free(fields);
}
