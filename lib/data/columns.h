/* The columns of a table of cases, and the document that one row of cells makes: paths become
 * nested mappings, TYPE.field columns become one event of each type. Shared by the wide form, the
 * long form and tables read through a map. The work for a row grows with its cells, whatever the
 * header. */
#ifndef NRM_DATA_COLUMNS_H
#define NRM_DATA_COLUMNS_H

#include "data/csv.h"
#include "data/path.h"

struct nrm_columns;

/* What a row made, in the arena of the row. */
struct nrm_row {
    struct nrm_node *root;    /* the mapping of a case or of an event; empty where all cells are */
    struct nrm_node **events; /* wide form: of the TYPE.field columns */
    size_t event_count;
    struct nrm_node *case_id; /* long form: the cell that names the case, or NULL */
};

/* The keys of documents are made once, in KEYS, which must outlive the documents. */
struct nrm_columns *nrm_columns_new(enum nrm_table_kind kind, struct nrm_arena *keys);
/* The next column is called NAME. False, told: not a path, or there twice. */
bool nrm_columns_add(struct nrm_columns *columns, struct nrm_str name,
                     const struct nrm_place *place, struct nrm_sink *sink);
/* Add the fields of HEADER; an empty name stands over cells that must be empty. */
bool nrm_columns_header(struct nrm_columns *columns, const struct nrm_csv_record *header,
                        const char *file, struct nrm_sink *sink);
size_t nrm_columns_count(const struct nrm_columns *columns);
/* The column called NAME, or -1. */
long nrm_columns_find(const struct nrm_columns *columns, struct nrm_str name);
/* The model's field of a column; NULL: none, or one of an event of the long form, which depends on
 * the row. */
const struct nrm_field *nrm_columns_field(const struct nrm_columns *columns, size_t column);

/* One row of at most FILLED values, cell by cell, in ARENA. */
void nrm_columns_begin(struct nrm_columns *columns, struct nrm_arena *arena, size_t filled);
/* False, told: the column lies within another that has a value in this row, or around it. */
bool nrm_columns_put(struct nrm_columns *columns, size_t column, struct nrm_node *value,
                     const struct nrm_place *place, struct nrm_sink *sink);
void nrm_columns_end(struct nrm_columns *columns, struct nrm_row *row);

/* A whole record of our own forms. False, told: too many or too few cells, YAML that cannot be
 * read. */
bool nrm_columns_read(struct nrm_columns *columns, struct nrm_arena *arena, const char *file,
                      const struct nrm_csv_record *record, struct nrm_sink *sink,
                      struct nrm_row *row);
/* Tell that a record has not as many fields as the header. */
bool nrm_columns_fit(size_t header_count, const struct nrm_csv_record *record, const char *file,
                     struct nrm_sink *sink);
void nrm_columns_free(struct nrm_columns *columns);

#endif
