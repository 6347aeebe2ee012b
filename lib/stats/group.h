/* Group values: what stands in the cells of a grouping's column. Each different value has a number;
 * what it prints as, which values are the same, and how they are ordered is settled here. */
#ifndef NRM_STATS_GROUP_H
#define NRM_STATS_GROUP_H

#include "base/index.h"
#include "rules/value.h"

/* Numbers of the groups that are no value: written "*", "(missing)" and "(empty)". A value that
 * reads the same is written with a backslash in front, and so is one with backslashes in front of
 * such a word. */
enum { NRM_GROUP_TOTAL, NRM_GROUP_MISSING, NRM_GROUP_EMPTY, NRM_GROUP_FIRST_VALUE };

struct nrm_groups {
    struct nrm_index *keys; /* number: NRM_GROUP_FIRST_VALUE and up */
    struct nrm_arena arena; /* labels */
    struct nrm_str *labels; /* by number in KEYS */
    size_t room;
    uint32_t *ranks; /* by number; see nrm_groups_rank */
    /* for one value */
    struct nrm_buffer text, key, label;
    struct nrm_str *members;
    size_t *ends;
    size_t member_room;
};

void nrm_groups_init(struct nrm_groups *groups);
void nrm_groups_free(struct nrm_groups *groups);

/* The number of VALUE: unknown is NRM_GROUP_MISSING; a list without members and a text without
 * characters are NRM_GROUP_EMPTY. A list is the set of its members, whatever their order (repeated
 * members count); it is written in that order, among those met, that sorts first, joined with ";".
 * A list of one is that one. */
uint32_t nrm_groups_add(struct nrm_groups *groups, const struct nrm_value *value,
                        const struct nrm_zone *zone);
/* How a number is written. Lives until the next nrm_groups_add. */
struct nrm_str nrm_groups_label(const struct nrm_groups *groups, uint32_t number);
/* After the last value: settle the order of all numbers: decimal numbers by their size, then texts
 * by their bytes, then (empty), (missing) and last the total. Different lists that would be written
 * alike, as members hold semicolons, get backslashes in front of those and of backslashes. */
void nrm_groups_rank(struct nrm_groups *groups);

#endif
