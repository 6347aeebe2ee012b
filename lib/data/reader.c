/* The stream of cases; see reader.h. What operands are is found out first, because the events of
 * long files must be there before the cases that they belong to. */
#include "data/reader.h"

#include <stdlib.h>

#include "data/case_table.h"
#include "data/event_store.h"
#include "data/operand.h"
#include "data/yaml.h"

struct nrm_reader {
    struct nrm_reader_options options;
    struct nrm_operand *operands;
    size_t operand_count, operand; /* the next one */
    bool planned, stopped, failed;
    bool joins;                    /* events are to be added to cases of other operands */
    struct nrm_event_store *store; /* NULL: no long file */
    size_t history;                /* the next one to become a case of its own */

    /* the files of a directory */
    struct nrm_arena files_arena;
    const char **files;
    size_t file_count, file;

    /* the file at hand */
    struct nrm_input input;
    bool open, standard;
    bool met_case; /* it held a case, good or broken */
    struct nrm_yaml_reader *yaml;
    struct nrm_case_table *table;

    struct nrm_arena arena; /* of the case at hand */
    struct nrm_case c;
};

enum outcome { GOT_CASE, AT_END, BROKEN };

struct nrm_reader *nrm_reader_new(const char *const *paths, size_t count,
                                  const struct nrm_reader_options *options)
{
    struct nrm_reader *reader = nrm_calloc(1, sizeof *reader);
    reader->options = *options;
    reader->operand_count = count ? count : 1;
    reader->operands = nrm_calloc(reader->operand_count, sizeof *reader->operands);
    for (size_t i = 0; i < reader->operand_count; i++)
        reader->operands[i].path = count ? paths[i] : "-";
    return reader;
}

static void close_file(struct nrm_reader *reader)
{
    nrm_yaml_reader_free(reader->yaml);
    nrm_case_table_free(reader->table);
    reader->yaml = NULL;
    reader->table = NULL;
    if (reader->open)
        nrm_input_close(&reader->input);
    reader->open = false;
}

void nrm_reader_free(struct nrm_reader *reader)
{
    if (!reader)
        return;
    close_file(reader);
    for (size_t i = 0; i < reader->operand_count; i++)
        if (reader->operands[i].open)
            nrm_input_close(&reader->operands[i].input);
    free(reader->operands);
    nrm_event_store_free(reader->store);
    nrm_arena_free(&reader->files_arena);
    nrm_arena_free(&reader->arena);
    free(reader);
}

bool nrm_reader_failed(const struct nrm_reader *reader)
{
    return reader->failed;
}

static bool open_operand(struct nrm_reader *reader, struct nrm_operand *operand)
{
    if (operand->kind == NRM_OPERAND_BROKEN)
        return false;
    if (!operand->open && !nrm_input_open(&operand->input, operand->path, reader->options.sink))
        return false;
    operand->open = true;
    return true;
}

static bool told_empty(struct nrm_reader *reader, const char *file)
{
    struct nrm_place place = {file, 0, 0};
    nrm_tell(reader->options.sink, NRM_ERROR, &place,
             "the file holds no case; leave it out, or name one that does");
    return false;
}

/* A long file without events is fine beside others: it says that their cases have none. */
static bool load_events(struct nrm_reader *reader, struct nrm_operand *operand)
{
    if (!open_operand(reader, operand))
        return false;
    bool good = nrm_event_store_load(reader->store, &operand->input, reader->options.keep_going,
                                     reader->options.sink);
    nrm_input_close(&operand->input);
    operand->open = false;
    if (good && !reader->joins && nrm_event_store_count(reader->store) == 0 &&
        strcmp(operand->path, "-") != 0)
        return told_empty(reader, operand->path);
    return good;
}

/* Load the long files. False: trouble. */
static bool plan(struct nrm_reader *reader)
{
    bool good = true;
    reader->planned = true;
    for (size_t i = 0; i < reader->operand_count; i++) {
        struct nrm_operand *operand = &reader->operands[i];
        nrm_operand_settle(operand, &reader->options);
        if (operand->kind != NRM_OPERAND_EVENTS)
            reader->joins = true;
    }
    for (size_t i = 0; i < reader->operand_count; i++) {
        struct nrm_operand *operand = &reader->operands[i];
        if (operand->kind != NRM_OPERAND_EVENTS)
            continue;
        if (!reader->store)
            reader->store = nrm_event_store_new();
        good &= load_events(reader, operand);
        if (!good && !reader->options.keep_going)
            break;
    }
    return good;
}

static void begin_file(struct nrm_reader *reader, enum nrm_operand_kind kind)
{
    struct nrm_sink *sink = reader->options.sink;
    reader->open = true;
    reader->met_case = false;
    reader->standard = strcmp(reader->input.name, "-") == 0;
    if (kind == NRM_OPERAND_TABLE)
        reader->table = nrm_case_table_new(&reader->input, reader->options.map, sink);
    else
        reader->yaml = nrm_yaml_reader_new(&reader->input, sink);
}

/* Open the next file of the operands: GOT_CASE where there is one. */
static enum outcome open_next(struct nrm_reader *reader)
{
    if (reader->file < reader->file_count) {
        const char *path = reader->files[reader->file++];
        if (!nrm_input_open(&reader->input, path, reader->options.sink))
            return BROKEN;
        begin_file(reader, NRM_OPERAND_YAML);
        return GOT_CASE;
    }
    while (reader->operand < reader->operand_count) {
        struct nrm_operand *operand = &reader->operands[reader->operand++];
        if (operand->kind == NRM_OPERAND_EVENTS)
            continue;
        if (operand->kind == NRM_OPERAND_DIRECTORY) {
            nrm_arena_reset(&reader->files_arena);
            reader->file = 0;
            if (!nrm_directory_files(&reader->files_arena, operand->path, reader->options.sink,
                                     &reader->files, &reader->file_count))
                return BROKEN;
            return open_next(reader);
        }
        if (!open_operand(reader, operand))
            return BROKEN;
        reader->input = operand->input;
        operand->open = false;
        begin_file(reader, operand->kind);
        return GOT_CASE;
    }
    return AT_END;
}

/* Put EVENTS behind those that ROOT has. */
static void add_events(struct nrm_reader *reader, struct nrm_node *root,
                       struct nrm_node *const *events, size_t count)
{
    const struct nrm_node *old = nrm_node_get(root, NRM_STR("events"));
    struct nrm_node *all = nrm_node_sequence(&reader->arena, NRM_BLOCK);
    bool had_list = old && old->kind == NRM_SEQUENCE;
    for (uint32_t i = 0; had_list && i < old->count; i++)
        nrm_node_append(&reader->arena, all, old->items[i]);
    if (old && !had_list && !nrm_node_is_null(old))
        nrm_node_append(&reader->arena, all, (struct nrm_node *)(uintptr_t)old);
    for (size_t i = 0; i < count; i++)
        nrm_node_append(&reader->arena, all, events[i]);
    nrm_node_set(&reader->arena, root, NRM_STR("events"), all);
}

/* Errors of a case whose warnings were told already. */
static void pass_errors(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                        const char *text)
{
    if (level == NRM_ERROR)
        nrm_tell(sink->context, level, place, "%s", text);
}

/* Make the case of ROOT, with its events from long files. Those were looked at when they were
 * loaded, and their places are of another file, so nothing is told of them here. */
static bool make_case(struct nrm_reader *reader, struct nrm_node *root,
                      struct nrm_node *const *row_events, size_t row_event_count)
{
    struct nrm_sink *sink = reader->options.sink;
    const char *file = reader->input.name;
    struct nrm_str id = nrm_node_text(nrm_node_get(root, NRM_STR("id")));
    long number = reader->store && id.length > 0 ? nrm_event_store_take(reader->store, id) : -1;
    if (number < 0 && row_event_count > 0)
        add_events(reader, root, row_events, row_event_count);
    if (!nrm_case_from_node(&reader->c, &reader->arena, root, file, sink))
        return false;
    if (number < 0)
        return true;
    const struct nrm_node *events = nrm_event_store_events(reader->store, (size_t)number);
    add_events(reader, root, events->items, events->count);
    struct nrm_sink errors = {.tell = pass_errors, .context = sink};
    return nrm_case_from_node(&reader->c, &reader->arena, root, file, &errors);
}

static enum outcome next_document(struct nrm_reader *reader)
{
    for (;;) {
        struct nrm_node *root = NULL;
        nrm_arena_reset(&reader->arena);
        int result = nrm_yaml_read(reader->yaml, &reader->arena, &root);
        if (result == 0)
            return AT_END;
        if (result > 0 && nrm_node_is_null(root) && !root->tag)
            continue;
        reader->met_case = true;
        if (result > 0)
            return make_case(reader, root, NULL, 0) ? GOT_CASE : BROKEN;
        if (!reader->options.keep_going || !nrm_yaml_reader_resume(reader->yaml))
            close_file(reader);
        return BROKEN;
    }
}

static enum outcome next_row(struct nrm_reader *reader)
{
    struct nrm_row row;
    nrm_arena_reset(&reader->arena);
    int result = nrm_case_table_read(reader->table, &reader->arena, &row);
    if (result == 0)
        return AT_END;
    reader->met_case = true;
    if (result < 0) {
        if (!nrm_case_table_resume(reader->table))
            close_file(reader);
        return BROKEN;
    }
    return make_case(reader, row.root, row.events, row.event_count) ? GOT_CASE : BROKEN;
}

/* The next id of the long files that no other operand has. */
static enum outcome next_history(struct nrm_reader *reader)
{
    while (reader->store && reader->history < nrm_event_store_count(reader->store)) {
        size_t number = reader->history++;
        if (nrm_event_store_taken(reader->store, number))
            continue;
        struct nrm_place place = nrm_event_store_place(reader->store, number);
        if (reader->joins)
            nrm_tell(reader->options.sink, NRM_NOTE, &place,
                     "no other file has the case of this event; it becomes a case of its own");
        nrm_arena_reset(&reader->arena);
        struct nrm_node *root = nrm_event_store_case(reader->store, number, &reader->arena);
        struct nrm_sink errors = {.tell = pass_errors, .context = reader->options.sink};
        if (!nrm_case_from_node(&reader->c, &reader->arena, root, place.file, &errors))
            return BROKEN;
        return GOT_CASE;
    }
    return AT_END;
}

/* The end of the file at hand: whether it held any case, where a person named it. */
static enum outcome end_file(struct nrm_reader *reader)
{
    bool good = reader->met_case || reader->standard || told_empty(reader, reader->input.name);
    close_file(reader);
    return good ? GOT_CASE : BROKEN;
}

static enum outcome step(struct nrm_reader *reader, bool *is_case)
{
    *is_case = false;
    if (!reader->planned)
        return plan(reader) ? GOT_CASE : BROKEN;
    if (!reader->open) {
        enum outcome outcome = open_next(reader);
        if (outcome != AT_END)
            return outcome;
        *is_case = true;
        return next_history(reader);
    }
    enum outcome outcome = reader->yaml ? next_document(reader) : next_row(reader);
    if (outcome == AT_END)
        return end_file(reader);
    *is_case = true;
    return outcome;
}

int nrm_reader_next(struct nrm_reader *reader, struct nrm_case **c)
{
    while (!reader->stopped) {
        bool is_case;
        enum outcome outcome = step(reader, &is_case);
        if (outcome == GOT_CASE && is_case) {
            *c = &reader->c;
            return 1;
        }
        if (outcome == BROKEN) {
            reader->failed = true;
            reader->stopped = !reader->options.keep_going;
        }
        if (outcome == AT_END)
            return 0;
    }
    return -1;
}
