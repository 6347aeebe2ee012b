/* Rows of wide and foreign CSV; see case_table.h. */
#include "data/case_table.h"

#include <stdlib.h>

struct nrm_case_table {
    struct nrm_input *input;
    struct nrm_map *map; /* or NULL: our own form */
    struct nrm_sink *sink;
    struct nrm_csv_reader *csv;
    struct nrm_columns *columns; /* of our own form; NULL until the header was read */
    struct nrm_arena keys;
    bool begun, ended;
};

struct nrm_case_table *nrm_case_table_new(struct nrm_input *input, struct nrm_map *map,
                                          struct nrm_sink *sink)
{
    struct nrm_case_table *table = nrm_calloc(1, sizeof *table);
    table->input = input;
    table->map = map;
    table->sink = sink;
    table->csv = nrm_csv_reader_new(input, map ? nrm_map_separator(map) : 0, sink);
    return table;
}

void nrm_case_table_free(struct nrm_case_table *table)
{
    if (!table)
        return;
    nrm_csv_reader_free(table->csv);
    nrm_columns_free(table->columns);
    nrm_arena_free(&table->keys);
    free(table);
}

static bool meet_header(struct nrm_case_table *table, const struct nrm_csv_record *header)
{
    table->begun = true;
    if (table->map)
        return nrm_map_header(table->map, table->input->name, header, table->sink);
    table->columns = nrm_columns_new(NRM_TABLE_CASES, &table->keys);
    return nrm_columns_header(table->columns, header, table->input->name, table->sink);
}

static bool read_row(struct nrm_case_table *table, struct nrm_arena *arena,
                     const struct nrm_csv_record *record, struct nrm_row *row)
{
    if (table->map)
        return nrm_map_record(table->map, arena, table->input->name, record, row, table->sink);
    return nrm_columns_read(table->columns, arena, table->input->name, record, table->sink, row);
}

int nrm_case_table_read(struct nrm_case_table *table, struct nrm_arena *arena, struct nrm_row *row)
{
    struct nrm_csv_record record;
    while (!table->ended) {
        int result = nrm_csv_read(table->csv, arena, &record);
        if (result <= 0) {
            table->ended = true;
            return result;
        }
        if (!table->begun) {
            table->ended = !meet_header(table, &record);
            if (table->ended)
                return -1;
            continue;
        }
        if (!read_row(table, arena, &record, row))
            return -1;
        if (row->root->count > 0 || row->event_count > 0)
            return 1;
    }
    return 0;
}

bool nrm_case_table_resume(const struct nrm_case_table *table)
{
    return !table->ended;
}
