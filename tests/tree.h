/* Comparing two document trees: what must be the same after writing and reading again. */
#ifndef NRM_TESTS_TREE_H
#define NRM_TESTS_TREE_H

#include "data/node.h"

static inline bool same_name(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* The type that a scalar's text has; quoted and tagged text is not looked into. */
static inline enum nrm_scalar_type type_of(const struct nrm_node *scalar)
{
    bool plain = scalar->style == NRM_PLAIN && !scalar->tag;
    return plain ? nrm_scalar_type((struct nrm_str){scalar->text, scalar->count}) : NRM_TYPE_STRING;
}

/* What differs between two trees, in a word; NULL: nothing that matters. NULLS_ALIKE: an empty
 * value may have become the word null, which is all that a list between brackets can hold. */
static inline const char *tree_difference(const struct nrm_node *a, const struct nrm_node *b,
                                          bool nulls_alike)
{
    if (a->kind != b->kind)
        return "kind";
    if (!same_name(a->anchor, b->anchor))
        return "anchor";
    if (!same_name(a->tag, b->tag))
        return "tag";
    if (a->kind == NRM_ALIAS)
        return tree_difference(a->target, b->target, nulls_alike);
    if (nulls_alike && nrm_node_is_null(a) && nrm_node_is_null(b))
        return NULL;
    if (a->count != b->count)
        return "count";
    if (a->kind == NRM_SCALAR) {
        if (a->count && memcmp(a->text, b->text, a->count) != 0)
            return "text";
        return type_of(a) == type_of(b) ? NULL : "type";
    }
    const char *found = a->merges == b->merges ? NULL : "merge";
    for (uint32_t i = 0; i < a->count && !found; i++) {
        if (a->kind == NRM_SEQUENCE) {
            found = tree_difference(a->items[i], b->items[i], nulls_alike);
            continue;
        }
        found = tree_difference(a->pairs[i].key, b->pairs[i].key, nulls_alike);
        if (!found)
            found = tree_difference(a->pairs[i].value, b->pairs[i].value, nulls_alike);
    }
    return found;
}

#endif
