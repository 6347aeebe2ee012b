/* Adding an event, or an entry of another list, to a case as text: everything else in the file
 * stays as it is, byte by byte: comments, the order of keys, indentation, line ends, other cases.
 * What comes out is read again and must be the old case with the entry behind its others, else
 * nothing comes out. */
#ifndef NRM_DATA_EDIT_H
#define NRM_DATA_EDIT_H

#include "data/node.h"

/* A file of cases as text, and what it says. */
struct nrm_case_text {
    struct nrm_arena *arena;
    const char *file; /* for messages */
    struct nrm_str text;
    struct nrm_node **roots; /* its documents, all of them mappings */
    size_t count, chosen;
};

/* Read TEXT, which must stay. False, told: it cannot be read, has no case, or something in it is no
 * case. */
bool nrm_edit_read(struct nrm_case_text *cases, struct nrm_arena *arena, struct nrm_str text,
                   const char *file, struct nrm_sink *sink);
/* Choose the case ID; {NULL, 0}: the only one. False, told: there is none, or more than one. */
bool nrm_edit_choose(struct nrm_case_text *cases, struct nrm_str id, struct nrm_sink *sink);
/* The text of CASES with EVENT (a mapping without anchors) added to the chosen case, read again
 * into EDITED. It becomes one line between braces, or lines of their own, as the event before it.
 * False, told: the events are written in a way that nothing can be added to. */
bool nrm_edit_append(const struct nrm_case_text *cases, const struct nrm_node *event,
                     struct nrm_case_text *edited, struct nrm_sink *sink);
/* The same for another list of the case: ITEM behind what stands under KEY, a plain word. */
bool nrm_edit_append_to(const struct nrm_case_text *cases, const char *key,
                        const struct nrm_node *item, struct nrm_case_text *edited,
                        struct nrm_sink *sink);

#endif
