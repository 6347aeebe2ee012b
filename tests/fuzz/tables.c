/* Cases from any bytes, as YAML or as a table: what can be read is written as a table, and that
 * table must read and be written the same again. The first byte chooses the form. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/index.h"
#include "data/case_rows.h"
#include "data/case_table.h"
#include "data/event_store.h"
#include "data/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct nrm_case_rows *rows;
static struct nrm_index *ids;
static struct nrm_arena arena;

static void add(struct nrm_node *root, const struct nrm_row *row)
{
    struct nrm_case c;
    struct nrm_node *list = nrm_node_sequence(&arena, NRM_BLOCK);
    for (size_t i = 0; row && i < row->event_count; i++)
        nrm_node_append(&arena, list, row->events[i]);
    if (list->count > 0)
        nrm_node_set(&arena, root, NRM_STR("events"), list);
    bool new_one = true;
    if (!nrm_case_from_node(&c, &arena, root, "fuzz", NULL))
        return;
    if (c.id.length > 0) /* of two cases with one id the events cannot be told apart */
        nrm_index_add(ids, c.id, &new_one);
    if (new_one)
        nrm_case_rows_add(rows, &c);
}

static void read_yaml(struct nrm_input *input)
{
    struct nrm_yaml_reader *reader = nrm_yaml_reader_new(input, NULL);
    struct nrm_node *root;
    while (nrm_yaml_read(reader, &arena, &root) == 1)
        add(root, NULL);
    nrm_yaml_reader_free(reader);
}

static void read_cases(struct nrm_input *input)
{
    struct nrm_case_table *table = nrm_case_table_new(input, NULL, NULL);
    struct nrm_row row;
    int rc;
    while ((rc = nrm_case_table_read(table, &arena, &row)) != 0)
        if (rc > 0)
            add(row.root, &row);
        else if (!nrm_case_table_resume(table))
            break;
    nrm_case_table_free(table);
}

static struct nrm_event_store *read_events(struct nrm_input *input)
{
    struct nrm_event_store *store = nrm_event_store_new();
    nrm_event_store_load(store, input, true, NULL);
    for (size_t i = 0; i < nrm_event_store_count(store); i++)
        add(nrm_event_store_case(store, i, &arena), NULL);
    return store;
}

/* BYTES in FORM ('y', 'c', 'e') as a table of KIND in OUTPUT. */
static void convert(const void *bytes, size_t size, char form, enum nrm_table_kind kind,
                    struct nrm_output *output)
{
    struct nrm_input input;
    struct nrm_event_store *store = NULL;
    nrm_output_init(output, -1);
    nrm_input_memory(&input, "fuzz", bytes, size, NULL);
    rows = nrm_case_rows_new(kind, NULL);
    ids = nrm_index_new();
    if (form == 'y')
        read_yaml(&input);
    else if (form == 'c')
        read_cases(&input);
    else
        store = read_events(&input);
    nrm_case_rows_write(rows, output);
    nrm_case_rows_free(rows);
    nrm_index_free(ids);
    nrm_event_store_free(store);
    nrm_input_close(&input);
    nrm_arena_free(&arena);
}

/* Columns that the model does not know may change their order, as keys of a mapping come together;
 * nothing else may, so each byte is there as often as before. */
static bool same_bytes(const struct nrm_buffer *a, const struct nrm_buffer *b)
{
    long counts[256] = {0};
    for (size_t i = 0; i < a->length; i++)
        counts[(unsigned char)a->text[i]]++;
    for (size_t i = 0; i < b->length; i++)
        counts[(unsigned char)b->text[i]]--;
    for (size_t i = 0; i < 256; i++)
        if (counts[i] != 0)
            return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    char form = "yce"[data[0] % 3];
    for (int k = 0; k < 2; k++) {
        enum nrm_table_kind kind = k ? NRM_TABLE_EVENTS : NRM_TABLE_CASES;
        struct nrm_output first, second;
        convert(data + 1, size - 1, form, kind, &first);
        convert(first.buffer.text, first.buffer.length, k ? 'e' : 'c', kind, &second);
        if (!same_bytes(&first.buffer, &second.buffer))
            abort();
        nrm_buffer_free(&first.buffer);
        nrm_buffer_free(&second.buffer);
    }
    return 0;
}
