/* Tables of cases: wide CSV of our own, and foreign CSV through a map, row by row. Private to the
 * case reader. */
#ifndef NRM_DATA_CASE_TABLE_H
#define NRM_DATA_CASE_TABLE_H

#include "data/columns.h"
#include "data/map.h"

struct nrm_case_table;

/* INPUT, MAP and SINK must outlive the table. */
struct nrm_case_table *nrm_case_table_new(struct nrm_input *input, struct nrm_map *map,
                                          struct nrm_sink *sink);
/* The next row that holds anything. 1: a row; 0: the end; -1: trouble, told. */
int nrm_case_table_read(struct nrm_case_table *table, struct nrm_arena *arena, struct nrm_row *row);
/* After -1: whether there can be further rows. */
bool nrm_case_table_resume(const struct nrm_case_table *table);
void nrm_case_table_free(struct nrm_case_table *table);

#endif
