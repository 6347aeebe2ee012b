/* CSV in and out. libcsv decides what is a field; here each span that it is fed ends at a
 * separator, a quote or a line end, so that every field's place is known. Writing keeps
 * spreadsheets from running a case's text as a formula. */
#include "data/csv.h"

#include <csv.h>
#include <stdlib.h>

enum { BLOCK = 64 * 1024 };

struct nrm_csv_reader {
    struct nrm_input *input;
    struct nrm_sink *sink;
    struct csv_parser parser;
    char separator;
    bool over;   /* nothing more can be read */
    bool broken; /* because of a fault, told already */

    /* the next byte to feed */
    unsigned char block[BLOCK];
    size_t at, end;
    uint32_t line, column;
    bool behind_return; /* a newline here belongs to the carriage return before it */

    /* the field under way */
    bool begun, quoted, open; /* open: inside its quotes */
    uint32_t field_line, field_column;
    size_t field_bytes;

    /* the record under way */
    struct nrm_arena *arena;
    struct nrm_csv_field *fields;
    size_t count, room;
    bool complete;
};

/* --- separator --- */

/* Where the first line is blank or quoted throughout, the comma. */
static char find_separator(struct nrm_input *input)
{
    static const char choices[] = ",;\t";
    size_t counts[sizeof choices - 1] = {0}, best = 0;
    unsigned char *bytes = nrm_malloc(BLOCK);
    size_t length = nrm_input_peek(input, bytes, BLOCK);
    bool open = false, begun = false;
    for (size_t i = 0; i < length; i++) {
        bool ends = bytes[i] == '\n' || bytes[i] == '\r';
        if (ends && begun && !open)
            break;
        begun = begun || !ends;
        if (bytes[i] == '"')
            open = !open;
        const char *choice = open || !bytes[i] ? NULL : strchr(choices, bytes[i]);
        if (choice)
            counts[choice - choices]++;
    }
    for (size_t i = 1; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] > counts[best])
            best = i;
    free(bytes);
    return choices[best];
}

/* --- reader --- */

static int no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void *grow(void *memory, size_t size)
{
    return nrm_realloc(memory, size, 1);
}

struct nrm_csv_reader *nrm_csv_reader_new(struct nrm_input *input, char separator,
                                          struct nrm_sink *sink)
{
    struct nrm_csv_reader *reader = nrm_calloc(1, sizeof *reader);
    reader->input = input;
    reader->sink = sink;
    reader->line = reader->column = 1;
    reader->separator = separator ? separator : find_separator(input);
    csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&reader->parser, (unsigned char)reader->separator);
    csv_set_space_func(&reader->parser, no_space);
    csv_set_realloc_func(&reader->parser, grow);
    csv_set_blk_size(&reader->parser, BLOCK);
    return reader;
}

void nrm_csv_reader_free(struct nrm_csv_reader *reader)
{
    if (!reader)
        return;
    csv_free(&reader->parser);
    free(reader->fields);
    free(reader);
}

static void take_field(void *text, size_t length, void *data)
{
    struct nrm_csv_reader *reader = data;
    if (reader->count == NRM_CSV_FIELDS) {
        reader->broken = true;
        return;
    }
    if (reader->count == reader->room) {
        reader->room = reader->room ? reader->room * 2 : 32;
        reader->fields = nrm_realloc(reader->fields, reader->room, sizeof *reader->fields);
    }
    reader->fields[reader->count++] = (struct nrm_csv_field){
        .text = {nrm_arena_copy(reader->arena, text, length), length},
        .quoted = reader->quoted,
        .line = reader->field_line,
        .column = reader->field_column,
    };
}

static void take_record(int end, void *data)
{
    struct nrm_csv_reader *reader = data;
    (void)end;
    reader->complete = true;
}

/* Told at LINE and COLUMN; ends the reading. */
static int fail(struct nrm_csv_reader *reader, uint32_t line, uint32_t column, const char *text)
{
    struct nrm_place place = {reader->input->name, line, column};
    nrm_tell(reader->sink, NRM_ERROR, &place, "%s", text);
    reader->broken = reader->over = true;
    return -1;
}

/* The parser stopped at the next byte. */
static int fail_at_quote(struct nrm_csv_reader *reader)
{
    return fail(reader, reader->line, reader->column,
                reader->quoted
                    ? "text behind a closing quote; double the quotes that belong to the text"
                    : "a quote inside a field that does not begin with one; put the whole field in "
                      "quotes and double the quotes inside");
}

static int fail_unclosed(struct nrm_csv_reader *reader)
{
    return fail(reader, reader->field_line, reader->field_column,
                "the quote that opens here is never closed; close it, and double the quotes that "
                "belong to the text");
}

static int fail_too_many(struct nrm_csv_reader *reader)
{
    return fail(reader, reader->field_line, reader->field_column,
                "this record has more than 100000 fields; is the separator right?");
}

/* Move the place behind LENGTH bytes. A carriage return, with or without a newline, ends a line. */
static void pass(struct nrm_csv_reader *reader, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = reader->block[reader->at + i];
        bool joined = c == '\n' && reader->behind_return;
        reader->behind_return = c == '\r';
        if (joined)
            continue;
        if (c == '\n' || c == '\r') {
            reader->line++;
            reader->column = 1;
        } else if ((c & 0xC0) != 0x80) {
            reader->column++;
        }
    }
    reader->at += length;
}

static bool ends_span(const struct nrm_csv_reader *reader, unsigned char c)
{
    return c == '"' || c == '\n' || c == '\r' || c == (unsigned char)reader->separator;
}

/* Bytes up to the next separator, quote or line end, that one included. */
static size_t next_span(const struct nrm_csv_reader *reader)
{
    size_t i = reader->at;
    while (i < reader->end && !ends_span(reader, reader->block[i]))
        i++;
    return i - reader->at + (i < reader->end);
}

/* Feed one span; false: a fault, told. */
static bool feed(struct nrm_csv_reader *reader)
{
    size_t length = next_span(reader);
    const unsigned char *span = reader->block + reader->at;
    unsigned char last = span[length - 1];
    if (!reader->begun) {
        reader->begun = true;
        reader->quoted = *span == '"';
        reader->open = false;
        reader->field_line = reader->line;
        reader->field_column = reader->column;
        reader->field_bytes = 0;
    }
    reader->field_bytes += length;
    if (reader->field_bytes > NRM_CSV_FIELD) {
        fail(reader, reader->field_line, reader->field_column,
             "this field is longer than 64 MiB; is a quote missing?");
        return false;
    }
    size_t taken = csv_parse(&reader->parser, span, length, take_field, take_record, reader);
    if (reader->broken) {
        fail_too_many(reader);
        return false;
    }
    pass(reader, taken);
    if (taken < length) {
        fail_at_quote(reader);
        return false;
    }
    if (last == '"')
        reader->open = !reader->open;
    else if (ends_span(reader, last) && !reader->open)
        reader->begun = false;
    return true;
}

/* False: no more bytes, or a fault that is told. */
static bool fill(struct nrm_csv_reader *reader)
{
    if (reader->at < reader->end)
        return true;
    reader->at = 0;
    reader->end = nrm_input_read(reader->input, reader->block, sizeof reader->block);
    return reader->end > 0;
}

/* The input is over: what is left of the last line is a record. */
static void finish(struct nrm_csv_reader *reader)
{
    reader->over = true;
    if (reader->input->failed) {
        reader->broken = true;
        return;
    }
    if (!reader->begun) {
        reader->quoted = false;
        reader->field_line = reader->line;
        reader->field_column = reader->column;
    }
    if (csv_fini(&reader->parser, take_field, take_record, reader) != 0)
        fail_unclosed(reader);
    else if (reader->broken)
        fail_too_many(reader);
}

static bool is_blank(const struct nrm_csv_reader *reader)
{
    const struct nrm_csv_field *field = reader->fields;
    return reader->count == 1 && !field->quoted &&
           strspn(field->text.text, " \t") == field->text.length;
}

int nrm_csv_read(struct nrm_csv_reader *reader, struct nrm_arena *arena,
                 struct nrm_csv_record *record)
{
    reader->arena = arena;
    do {
        reader->count = 0;
        reader->complete = false;
        while (!reader->complete && !reader->over)
            if (!fill(reader))
                finish(reader);
            else if (!feed(reader))
                return -1;
        if (reader->broken)
            return -1;
        if (!reader->complete)
            return 0;
    } while (is_blank(reader));
    size_t bytes = reader->count * sizeof *reader->fields;
    record->line = reader->fields[0].line;
    record->count = reader->count;
    record->fields = memcpy(nrm_arena_alloc(arena, bytes), reader->fields, bytes);
    return 1;
}

/* --- writer --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What every spreadsheet reads as a number: sign, digits, fraction, exponent. */
static bool is_number(struct nrm_str text)
{
    const char *c = text.text, *end = text.text + text.length;
    c += c < end && (*c == '+' || *c == '-');
    const char *digits = c;
    while (c < end && is_digit(*c))
        c++;
    bool good = c > digits;
    if (c < end && *c == '.') {
        digits = ++c;
        while (c < end && is_digit(*c))
            c++;
        good = good || c > digits;
    }
    if (good && c < end && (*c == 'e' || *c == 'E')) {
        c++;
        c += c < end && (*c == '+' || *c == '-');
        digits = c;
        while (c < end && is_digit(*c))
            c++;
        good = c > digits;
    }
    return good && c == end;
}

/* Behind any apostrophes in front, a formula to a spreadsheet. */
static bool is_formula(struct nrm_str text)
{
    size_t i = 0;
    while (i < text.length && text.text[i] == '\'')
        i++;
    if (i == text.length || !strchr("=+-@\t\r\n", text.text[i]))
        return false;
    return !is_number((struct nrm_str){text.text + i, text.length - i});
}

struct nrm_str nrm_csv_unguard(struct nrm_str field)
{
    if (field.length > 0 && field.text[0] == '\'' && is_formula(field))
        return (struct nrm_str){field.text + 1, field.length - 1};
    return field;
}

/* Spaces at the edges would be trimmed by some readers, and a byte order mark in front would be
 * dropped where the field begins a file. */
static bool needs_quotes(struct nrm_str text)
{
    if (text.length >= 3 && memcmp(text.text, "\xef\xbb\xbf", 3) == 0)
        return true;
    if (text.length == 0)
        return false;
    char first = text.text[0], last = text.text[text.length - 1];
    if (first == ' ' || first == '\t' || last == ' ' || last == '\t')
        return true;
    return memchr(text.text, ',', text.length) || memchr(text.text, '"', text.length) ||
           memchr(text.text, '\n', text.length) || memchr(text.text, '\r', text.length);
}

void nrm_csv_write_field(struct nrm_output *output, struct nrm_str text)
{
    bool quotes = needs_quotes(text);
    if (quotes)
        nrm_output_add_char(output, '"');
    if (is_formula(text))
        nrm_output_add_char(output, '\'');
    while (text.length > 0) {
        const char *quote = memchr(text.text, '"', text.length);
        size_t length = quote ? (size_t)(quote - text.text) + 1 : text.length;
        nrm_output_add(output, text.text, length);
        if (quote)
            nrm_output_add_char(output, '"');
        text = (struct nrm_str){text.text + length, text.length - length};
    }
    if (quotes)
        nrm_output_add_char(output, '"');
}

void nrm_csv_write_record(struct nrm_output *output, const struct nrm_str *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            nrm_output_add_char(output, ',');
        if (count == 1 && fields[i].length == 0)
            nrm_output_text(output, "\"\"");
        else
            nrm_csv_write_field(output, fields[i]);
    }
    nrm_output_add_char(output, '\n');
}
