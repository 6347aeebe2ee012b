/* Groupings as a command line names them: "quarter, each(exploitation.forms), kind=track". */
#ifndef NRM_STATS_GROUPING_H
#define NRM_STATS_GROUPING_H

#include "stats/tabulate.h"

struct nrm_groupings {
    struct nrm_grouping list[NRM_TABULATE_COLUMNS];
    size_t count;
};

/* Add the groupings of TEXT: items with commas between them (not inside parentheses, brackets or
 * quotes), each a field, a derived name or any expression; each(LIST) for a list's members; NAME=
 * in front names the column, which otherwise is called as the item reads. False, told at its place
 * (CONTEXT's is that of the first character): an item that is missing or cannot be read, more than
 * NRM_TABULATE_COLUMNS, two columns of one name, or a name that the table's own columns bear. */
bool nrm_groupings_parse(struct nrm_arena *arena, struct nrm_str text,
                         const struct nrm_expr_context *context, struct nrm_groupings *groupings);

#endif
