/* A tabulation: cases counted by groups, and over every set of groups the totals. It sees one case
 * at a time and keeps cells, not cases. What may be published of it is not decided here. */
#ifndef NRM_STATS_TABULATE_H
#define NRM_STATS_TABULATE_H

#include "rules/expr.h"

/* One column of groups. */
struct nrm_grouping {
    struct nrm_str name;         /* the column's header */
    const struct nrm_expr *expr; /* what a case is grouped by */
    bool each; /* its value is a list: a case counts once for each different member */
};

enum {
    NRM_TABULATE_COLUMNS = 16,
    NRM_TABULATE_PER_CASE = 10000 /* cells that one case may count in, before totals of columns
                                     without EACH */
};

struct nrm_tabulation;

/* GROUPINGS (COUNT of them, at most NRM_TABULATE_COLUMNS) must outlive the tabulation. TOTALS: a
 * cell also for every set of columns summed over. Free with nrm_tabulation_free. */
struct nrm_tabulation *nrm_tabulation_new(const struct nrm_grouping *groupings, size_t count,
                                          bool totals);
/* Count the case that SCOPE sees as WEIGHT persons (finite, not negative). In the total over a
 * column with EACH it counts once. False, and nothing is counted: it would count in more than
 * NRM_TABULATE_PER_CASE cells. */
bool nrm_tabulation_add(struct nrm_tabulation *tabulation, const struct nrm_scope *scope,
                        double weight);
/* The same for a case whose groups are known: one of VALUES for each grouping. */
bool nrm_tabulation_add_values(struct nrm_tabulation *tabulation, const struct nrm_value *values,
                               const struct nrm_zone *zone, double weight);
/* After the last case: sum the totals and put the cells in order (see nrm_groups_rank), the first
 * column first. Without groups, and for the total over all, there is a cell even without a case. */
void nrm_tabulation_finish(struct nrm_tabulation *tabulation);

/* After nrm_tabulation_finish: the cells from 0 on. */
size_t nrm_tabulation_cells(const struct nrm_tabulation *tabulation);
/* What stands in COLUMN of a cell; see stats/group.h for the words that are no value. */
struct nrm_str nrm_tabulation_label(const struct nrm_tabulation *tabulation, size_t cell,
                                    size_t column);
/* Whether a cell is summed over COLUMN. */
bool nrm_tabulation_is_total(const struct nrm_tabulation *tabulation, size_t cell, size_t column);
double nrm_tabulation_count(const struct nrm_tabulation *tabulation, size_t cell);

void nrm_tabulation_free(struct nrm_tabulation *tabulation);

/* Add a count without needless digits: whole numbers exactly up to 2^53, others to 15 digits. */
void nrm_count_text(double count, struct nrm_buffer *buffer);

#endif
