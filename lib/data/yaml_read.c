/* The YAML reader: documents one by one from libyaml's events, errors in plain words with their
 * place in the file, and going on behind a broken document. The bytes come through yaml_source.c,
 * the tree is built by yaml_tree.c. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/yaml.h"
#include "data/yaml_source.h"
#include "data/yaml_tree.h"
#include "data/yaml_words.h"

enum {
    TAG_DIRECTIVES = 64 /* libyaml looks through all of them for each tag */
};

enum state { READING, BROKEN, OVER };

struct nrm_yaml_reader {
    struct nrm_sink *sink;
    struct nrm_yaml_source source;
    struct nrm_yaml_tree tree;
    yaml_parser_t parser;
    enum state state;
    yaml_mark_t document; /* where the present document starts; behind it, where INSIDE is false */
    bool inside;          /* a document */
    bool line_start;      /* DOCUMENT is the start of a line */
    bool failed_ahead;    /* the parser failed already on what follows the document given out */
    bool has_ahead;
    yaml_event_t ahead; /* what follows the document given out */
};

static void start_parser(struct nrm_yaml_reader *reader)
{
    if (!yaml_parser_initialize(&reader->parser))
        nrm_malloc(SIZE_MAX); /* runs out of memory the way everything here does */
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&reader->parser, nrm_yaml_source_read, &reader->source);
    memset(&reader->document, 0, sizeof reader->document);
    reader->inside = false;
    reader->line_start = true;
    reader->failed_ahead = false;
    reader->state = READING;
}

static void drop_ahead(struct nrm_yaml_reader *reader)
{
    if (reader->has_ahead)
        yaml_event_delete(&reader->ahead);
    reader->has_ahead = false;
}

struct nrm_yaml_reader *nrm_yaml_reader_new(struct nrm_input *input, struct nrm_sink *sink)
{
    struct nrm_yaml_reader *reader = nrm_calloc(1, sizeof *reader);
    reader->sink = sink;
    nrm_yaml_source_init(&reader->source, input);
    nrm_yaml_tree_init(&reader->tree, input->name, sink);
    reader->tree.line = input->line - 1;
    reader->tree.column = input->column - 1;
    start_parser(reader);
    return reader;
}

void nrm_yaml_reader_free(struct nrm_yaml_reader *reader)
{
    if (!reader)
        return;
    drop_ahead(reader);
    yaml_parser_delete(&reader->parser);
    nrm_yaml_source_free(&reader->source);
    nrm_yaml_tree_free(&reader->tree);
    free(reader);
}

/* Say what the parser could not read; the input has told its own failures. */
static void tell_problem(struct nrm_yaml_reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (reader->source.input->failed)
        return;
    if (reader->source.over) {
        struct nrm_place place = nrm_yaml_tree_place(&reader->tree, &reader->document);
        const struct nrm_node *newest = reader->tree.newest;
        if (reader->inside && newest)
            place = nrm_node_place(newest, place.file);
        nrm_tell(reader->sink, NRM_ERROR, &place,
                 reader->source.between
                     ? "no document starts within a reasonable length behind this"
                     : "a value of over 64 MiB follows; keep it in a file of its own and name that "
                       "file here");
        return;
    }
    unsigned char byte = nrm_yaml_source_byte(&reader->source, parser->problem_mark.index);
    struct nrm_yaml_words words = nrm_yaml_words(parser, byte);
    bool at_context = words.at_context && parser->context;
    struct nrm_place place = nrm_yaml_tree_place(&reader->tree, at_context ? &parser->context_mark
                                                                           : &parser->problem_mark);
    if (byte == 0 && !at_context) { /* the end, which libyaml moves to a line of its own */
        place.line = reader->source.input->line;
        place.column = reader->source.input->column;
    }
    if (words.opened && parser->context) {
        struct nrm_place start = nrm_yaml_tree_place(&reader->tree, &parser->context_mark);
        nrm_tell(reader->sink, NRM_ERROR, &place, "%s (%s in line %u, column %u)", words.text,
                 words.opened, start.line, start.column);
    } else {
        nrm_tell(reader->sink, NRM_ERROR, &place, "%s", words.text);
    }
}

static int break_off(struct nrm_yaml_reader *reader)
{
    reader->state = BROKEN;
    return -1;
}

static bool next_event(struct nrm_yaml_reader *reader, yaml_event_t *event)
{
    if (reader->has_ahead) {
        *event = reader->ahead;
        reader->has_ahead = false;
        return true;
    }
    if (reader->failed_ahead || !yaml_parser_parse(&reader->parser, event))
        return false;
    nrm_yaml_source_event(&reader->source, event->type == YAML_STREAM_START_EVENT ||
                                               event->type == YAML_DOCUMENT_END_EVENT);
    return true;
}

static void open_document(struct nrm_yaml_reader *reader, const yaml_event_t *event)
{
    bool implicit = event->data.document_start.implicit;
    reader->document = implicit ? event->start_mark : event->end_mark;
    reader->source.document = reader->document.index;
    reader->inside = true;
    reader->line_start = false;
}

static bool check_directives(struct nrm_yaml_reader *reader, const yaml_event_t *event)
{
    const yaml_tag_directive_t *first = event->data.document_start.tag_directives.start;
    if (event->data.document_start.tag_directives.end - first <= TAG_DIRECTIVES)
        return true;
    struct nrm_place place = nrm_yaml_tree_place(&reader->tree, &event->start_mark);
    nrm_tell(reader->sink, NRM_ERROR, &place, "over %d lines start with %%TAG; take them out",
             TAG_DIRECTIVES);
    return false;
}

/* A document that ends without "..." is whole only if what follows it can follow a document: in
 * "{a: 1}" and a line "b: 2" below it, both belong to one broken document. */
static bool is_whole(struct nrm_yaml_reader *reader, const yaml_event_t *end)
{
    if (!end->data.document_end.implicit)
        return true;
    size_t index = end->start_mark.index;
    if (next_event(reader, &reader->ahead)) {
        reader->has_ahead = true;
        return true;
    }
    reader->failed_ahead = true;
    return reader->parser.problem_mark.index != index || reader->source.over ||
           reader->source.input->failed;
}

static void close_document(struct nrm_yaml_reader *reader, const yaml_event_t *end)
{
    reader->inside = false;
    reader->document = end->end_mark;
    reader->line_start = end->end_mark.column == 0;
}

/* Read the events of one document; it was opened. */
static bool read_document(struct nrm_yaml_reader *reader, struct nrm_arena *arena)
{
    nrm_yaml_tree_begin(&reader->tree, arena);
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            tell_problem(reader);
            return false;
        }
        bool over = event.type == YAML_DOCUMENT_END_EVENT;
        bool fine = over || nrm_yaml_tree_add(&reader->tree, &event);
        if (over && !is_whole(reader, &event)) {
            tell_problem(reader);
            fine = false;
        } else if (over) {
            fine = nrm_yaml_tree_end(&reader->tree);
        }
        if (over && fine)
            close_document(reader, &event);
        yaml_event_delete(&event);
        if (over || !fine)
            return fine;
    }
}

/* Nothing but blanks and comments between two "---". */
static bool is_empty(const struct nrm_node *root)
{
    return root->kind == NRM_SCALAR && root->style == NRM_PLAIN && root->count == 0 && !root->tag &&
           !root->anchor;
}

int nrm_yaml_read(struct nrm_yaml_reader *reader, struct nrm_arena *arena, struct nrm_node **root)
{
    while (reader->state == READING) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            tell_problem(reader);
            return break_off(reader);
        }
        yaml_event_type_t type = event.type;
        bool fine = true;
        if (type == YAML_DOCUMENT_START_EVENT) {
            open_document(reader, &event);
            fine = check_directives(reader, &event);
        }
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT)
            reader->state = OVER;
        if (type != YAML_DOCUMENT_START_EVENT)
            continue;
        if (!fine || !read_document(reader, arena))
            return break_off(reader);
        if (!is_empty(reader->tree.root)) {
            *root = reader->tree.root;
            return 1;
        }
    }
    return 0;
}

bool nrm_yaml_reader_resume(struct nrm_yaml_reader *reader)
{
    if (reader->state != BROKEN || reader->source.input->failed)
        return false;
    /* Directives belong to the document behind them: broken ones take it along. */
    size_t index = reader->document.index;
    bool skip_one = !reader->inside && nrm_yaml_source_has_directive(&reader->source, index);
    uint32_t line = reader->tree.line + (uint32_t)reader->document.line;
    drop_ahead(reader);
    yaml_parser_delete(&reader->parser);
    bool found = nrm_yaml_source_skip(&reader->source, index, reader->line_start, &line);
    if (found && skip_one)
        found = nrm_yaml_source_skip(&reader->source, 0, false, &line);
    reader->tree.line = line;
    reader->tree.column = 0;
    start_parser(reader);
    if (!found)
        reader->state = OVER;
    return found;
}

struct nrm_node *nrm_yaml_parse(struct nrm_arena *arena, struct nrm_str text,
                                const struct nrm_place *place, struct nrm_sink *sink)
{
    struct nrm_input input;
    nrm_input_memory(&input, place ? place->file : NULL, text.text, text.length, sink);
    if (place && place->line) {
        input.line = place->line;
        input.column = place->column ? place->column : 1;
    }
    struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, sink);
    struct nrm_node *root = NULL, *second;
    int found = nrm_yaml_read(reader, arena, &root);
    if (found == 0)
        root = nrm_node_scalar(arena, NRM_STR(""), NRM_PLAIN);
    if (found == 1) {
        int more = nrm_yaml_read(reader, arena, &second);
        if (more == 1)
            nrm_tell(sink, NRM_ERROR, place, "several documents stand where one value is needed");
        if (more != 0)
            root = NULL;
    }
    nrm_yaml_reader_free(reader);
    nrm_input_close(&input);
    return root;
}
