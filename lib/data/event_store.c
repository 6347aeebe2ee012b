/* Long CSV; see event_store.h. Rows of one id need not stand together, so all are kept. */
#include "data/event_store.h"

#include <stdlib.h>

#include "base/index.h"
#include "data/columns.h"

struct history {
    const char *file; /* of the first row */
    uint32_t line;
    uint32_t checked; /* how many of EVENTS were looked at */
    struct nrm_node *id, *events;
    bool taken;
};

struct nrm_event_store {
    struct nrm_arena arena;
    struct nrm_index *ids;
    struct history *histories;
    size_t room;
};

struct nrm_event_store *nrm_event_store_new(void)
{
    struct nrm_event_store *store = nrm_calloc(1, sizeof *store);
    store->ids = nrm_index_new();
    return store;
}

void nrm_event_store_free(struct nrm_event_store *store)
{
    if (!store)
        return;
    nrm_arena_free(&store->arena);
    nrm_index_free(store->ids);
    free(store->histories);
    free(store);
}

static struct history *history_of(struct nrm_event_store *store, struct nrm_node *id,
                                  const char *file, uint32_t line)
{
    bool new_one;
    size_t number = nrm_index_add(store->ids, nrm_node_text(id), &new_one);
    if (number == store->room) {
        store->room = store->room ? store->room * 2 : 64;
        store->histories = nrm_realloc(store->histories, store->room, sizeof *store->histories);
    }
    if (new_one)
        store->histories[number] = (struct history){
            .file = file,
            .line = line,
            .id = id,
            .events = nrm_node_sequence(&store->arena, NRM_BLOCK),
        };
    return &store->histories[number];
}

static bool add_row(struct nrm_event_store *store, const struct nrm_row *row,
                    const struct nrm_csv_record *record, const char *file, struct nrm_sink *sink)
{
    struct nrm_place place = {file, record->line, 1};
    if (!row->case_id && row->root->count == 0)
        return true;
    if (nrm_node_text(row->case_id).length == 0) {
        nrm_tell(sink, NRM_ERROR, &place,
                 "this event does not say whose it is: put the id of the case into the column id");
        return false;
    }
    struct history *history = history_of(store, row->case_id, file, record->line);
    nrm_node_append(&store->arena, history->events, row->root);
    return true;
}

static bool meet_header(struct nrm_columns *columns, const struct nrm_csv_record *header,
                        const char *file, struct nrm_sink *sink)
{
    static const char *const wanted[] = {"id", "at", "type"};
    if (!nrm_columns_header(columns, header, file, sink))
        return false;
    for (size_t i = 0; i < 3; i++) {
        struct nrm_place place = {file, header->line, 1};
        if (nrm_columns_find(columns, nrm_str(wanted[i])) >= 0)
            continue;
        nrm_tell(sink, NRM_ERROR, &place,
                 "a table of events needs the columns id, at and type; %s is missing", wanted[i]);
        return false;
    }
    return true;
}

static bool read_rows(struct nrm_event_store *store, struct nrm_csv_reader *csv, const char *file,
                      bool keep_going, struct nrm_sink *sink)
{
    struct nrm_arena scratch = {0};
    struct nrm_csv_record record;
    struct nrm_row row;
    struct nrm_columns *columns = nrm_columns_new(NRM_TABLE_EVENTS, &store->arena);
    int result = nrm_csv_read(csv, &scratch, &record);
    bool good = result == 0 || (result > 0 && meet_header(columns, &record, file, sink));
    bool going = good && result > 0;
    while (going) {
        nrm_arena_reset(&scratch);
        result = nrm_csv_read(csv, &scratch, &record);
        if (result <= 0)
            break;
        if (nrm_columns_read(columns, &store->arena, file, &record, sink, &row) &&
            add_row(store, &row, &record, file, sink))
            continue;
        good = false;
        going = keep_going;
    }
    nrm_columns_free(columns);
    nrm_arena_free(&scratch);
    return good && result >= 0;
}

/* Tell what is wrong in events that were added since the last time. */
static bool check_rows(struct nrm_event_store *store, const char *file, struct nrm_sink *sink)
{
    struct nrm_arena arena = {0};
    bool good = true;
    for (size_t i = 0; i < nrm_index_count(store->ids); i++) {
        struct history *history = &store->histories[i];
        struct nrm_node *events = history->events;
        if (history->checked == events->count)
            continue;
        struct nrm_node fresh = *events;
        fresh.items = events->items + history->checked;
        fresh.count = events->count - history->checked;
        struct nrm_node *root = nrm_node_mapping(&arena, NRM_BLOCK);
        nrm_node_set(&arena, root, NRM_STR("id"), history->id);
        nrm_node_set(&arena, root, NRM_STR("events"), &fresh);
        struct nrm_case c;
        good &= nrm_case_from_node(&c, &arena, root, file, sink);
        history->checked = events->count;
        nrm_arena_reset(&arena);
    }
    nrm_arena_free(&arena);
    return good;
}

bool nrm_event_store_load(struct nrm_event_store *store, struct nrm_input *input, bool keep_going,
                          struct nrm_sink *sink)
{
    struct nrm_csv_reader *csv = nrm_csv_reader_new(input, 0, sink);
    bool good = read_rows(store, csv, input->name, keep_going, sink);
    nrm_csv_reader_free(csv);
    if (good || keep_going)
        good &= check_rows(store, input->name, sink);
    return good;
}

size_t nrm_event_store_count(const struct nrm_event_store *store)
{
    return nrm_index_count(store->ids);
}

long nrm_event_store_take(struct nrm_event_store *store, struct nrm_str id)
{
    uint32_t number = nrm_index_find(store->ids, id);
    if (number == NRM_INDEX_NONE)
        return -1;
    store->histories[number].taken = true;
    return (long)number;
}

bool nrm_event_store_taken(const struct nrm_event_store *store, size_t number)
{
    return store->histories[number].taken;
}

const struct nrm_node *nrm_event_store_events(const struct nrm_event_store *store, size_t number)
{
    return store->histories[number].events;
}

struct nrm_place nrm_event_store_place(const struct nrm_event_store *store, size_t number)
{
    const struct history *history = &store->histories[number];
    return (struct nrm_place){history->file, history->line, 1};
}

struct nrm_node *nrm_event_store_case(const struct nrm_event_store *store, size_t number,
                                      struct nrm_arena *arena)
{
    const struct history *history = &store->histories[number];
    struct nrm_node *root = nrm_node_mapping(arena, NRM_BLOCK);
    root->line = history->line;
    root->column = 1;
    nrm_node_set(arena, root, NRM_STR("id"), history->id);
    nrm_node_set(arena, root, NRM_STR("events"), history->events);
    return root;
}
