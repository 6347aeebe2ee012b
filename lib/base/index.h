/* An index: texts numbered from 0 in the order of their first appearance. For the columns of a
 * table, the ids of cases, the values of a column. Seeded afresh, so that nobody can prepare a file
 * whose texts all meet in one place; the numbers do not depend on the seed. */
#ifndef NRM_BASE_INDEX_H
#define NRM_BASE_INDEX_H

#include <stdint.h>

#include "base/text.h"

struct nrm_index;

#define NRM_INDEX_NONE UINT32_MAX

struct nrm_index *nrm_index_new(void);
/* The number of TEXT, which is copied where it is new; *NEW_ONE (may be NULL) tells. */
uint32_t nrm_index_add(struct nrm_index *index, struct nrm_str text, bool *new_one);
/* The number of TEXT, or NRM_INDEX_NONE. INDEX may be NULL. */
uint32_t nrm_index_find(const struct nrm_index *index, struct nrm_str text);
/* The text of a number; it lives as long as the index. */
struct nrm_str nrm_index_text(const struct nrm_index *index, uint32_t number);
uint32_t nrm_index_count(const struct nrm_index *index);
void nrm_index_free(struct nrm_index *index);

#endif
