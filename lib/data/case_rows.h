/* Cases as rows of cells, the other way round than columns.h: each value gets the column of its
 * path. The rows are held back until all columns are known. Private to the case writer. */
#ifndef NRM_DATA_CASE_ROWS_H
#define NRM_DATA_CASE_ROWS_H

#include "data/case.h"
#include "data/path.h"

struct nrm_case_rows;

struct nrm_case_rows *nrm_case_rows_new(enum nrm_table_kind kind, struct nrm_sink *sink);
/* Wide form: one row, without the events. Long form: one row for each event. */
void nrm_case_rows_add(struct nrm_case_rows *rows, const struct nrm_case *c);
/* The table: columns that the model knows in its order, then the others as they came up. */
void nrm_case_rows_write(const struct nrm_case_rows *rows, struct nrm_output *output);
void nrm_case_rows_free(struct nrm_case_rows *rows);

#endif
