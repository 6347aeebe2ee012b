/* A table for people: rows of cells, aligned, fitted to a width, safe for a terminal. Machine
 * formats do not come here. */
#ifndef NRM_BASE_TABLE_H
#define NRM_BASE_TABLE_H

#include "base/output.h"

struct nrm_table;

/* COLUMNS cells a row. Free with nrm_table_free. */
struct nrm_table *nrm_table_new(size_t columns);
/* Numbers of this column are aligned to the right. */
void nrm_table_align_right(struct nrm_table *table, size_t column);
/* The next cell, row by row, copied; made safe for a terminal here. The first row is the header. */
void nrm_table_add(struct nrm_table *table, struct nrm_str cell);
/* Print with at most WIDTH columns (0: as wide as needed): the widest columns are wrapped onto
 * further lines, nothing is cut off. */
void nrm_table_print(const struct nrm_table *table, struct nrm_output *output, size_t width);
void nrm_table_free(struct nrm_table *table);

#endif
