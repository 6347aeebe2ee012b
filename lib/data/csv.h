/* CSV in and out over libcsv (RFC 4180): records of fields with their places. What columns mean is
 * no matter of this module. */
#ifndef NRM_DATA_CSV_H
#define NRM_DATA_CSV_H

#include "base/memory.h"
#include "base/output.h"
#include "base/text.h"
#include "data/input.h"

struct nrm_csv_field {
    struct nrm_str text;
    bool quoted;
    uint32_t line, column; /* where the field starts */
};

struct nrm_csv_record {
    uint32_t line; /* of its first byte */
    size_t count;
    struct nrm_csv_field *fields;
};

/* Limits of nrm-case(5). */
enum {
    NRM_CSV_FIELD = 64 * 1024 * 1024, /* bytes of one field, quotes included */
    NRM_CSV_FIELDS = 100000           /* fields of one record */
};

struct nrm_csv_reader;

/* SEPARATOR 0: found from the first line (comma, semicolon or tab, whichever stands there most
 * outside quotes; comma where none does). INPUT must outlive the reader. */
struct nrm_csv_reader *nrm_csv_reader_new(struct nrm_input *input, char separator,
                                          struct nrm_sink *sink);
/* The next record in ARENA; blank lines are skipped. 1: a record, 0: the end, -1: broken (unclosed
 * quote, text behind a closing quote, quote inside an unquoted field, a limit, encoding), told to
 * the sink; nothing can be read behind that. How many fields a record should have is for the caller
 * to say. Spaces belong to their field. */
int nrm_csv_read(struct nrm_csv_reader *reader, struct nrm_arena *arena,
                 struct nrm_csv_record *record);
void nrm_csv_reader_free(struct nrm_csv_reader *reader);

/* One field into OUTPUT, quoted where needed. Text that a spreadsheet would take for a formula
 * (first character = + - @ tab, carriage return or newline, a number excepted) gets an apostrophe
 * in front, and so does such text that has apostrophes in front already; nrm_csv_unguard takes one
 * away, so nothing is lost. */
void nrm_csv_write_field(struct nrm_output *output, struct nrm_str text);
struct nrm_str nrm_csv_unguard(struct nrm_str field);
/* Fields joined with commas, and a newline. A single empty field is quoted, as the line would be
 * blank otherwise. */
void nrm_csv_write_record(struct nrm_output *output, const struct nrm_str *fields, size_t count);

#endif
