/* Private to edit.c: where in the bytes of a file an event of one of its cases belongs, found by
 * the tokens of YAML, so that comments and indentation need not be guessed. Offsets count bytes. */
#ifndef NRM_DATA_EDIT_PLACE_H
#define NRM_DATA_EDIT_PLACE_H

#include "data/node.h"

enum nrm_edit_kind {
    NRM_EDIT_BLOCK_LIST, /* events behind dashes */
    NRM_EDIT_FLOW_LIST,  /* events between brackets */
    NRM_EDIT_NO_VALUE,   /* the key stands there, and nothing or null behind it */
    NRM_EDIT_NO_KEY
};

struct nrm_edit_place {
    uint8_t kind;     /* enum nrm_edit_kind */
    bool within_flow; /* the case itself stands in braces */
    bool comma;       /* the last item, or key, has a comma behind it already */
    bool empty;       /* nothing is in the brackets, or braces, yet */
    size_t end;       /* of the last token before the place: of the list, of the key, of the case */
    size_t column;    /* from 0: of the last dash; else of the keys of the case */
    uint32_t line;    /* of the last dash, from 1 */
    size_t item;      /* flow list: where its last item starts */
    size_t cut, cut_end; /* what goes: the word null, or empty brackets; equal: nothing */
};

/* The place for an event in the document ROOT, a mapping read from TEXT. KEY is its own key
 * `events`, or NULL. False: it cannot be told, or the value is neither a list nor nothing. */
bool nrm_edit_find(struct nrm_str text, const struct nrm_node *root, const struct nrm_node *key,
                   struct nrm_edit_place *place);

#endif
