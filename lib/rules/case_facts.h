/* What a case says, in words for a page: the facts of its document, group by group, and the fields
 * of one event. What names a person, and keys that the model does not know, which may do so, are
 * left out unless they are asked for. Nothing here is safe for a terminal yet; nrm_wrap makes it
 * so. */
#ifndef NRM_RULES_CASE_FACTS_H
#define NRM_RULES_CASE_FACTS_H

#include "base/output.h"
#include "data/case.h"

struct nrm_facts {
    struct nrm_arena *arena;
    bool identity;        /* show what names the person */
    unsigned long hidden; /* entries left out so far */
};

/* A line for each group of facts (person, safety, ...), and one for each entry of a list. */
void nrm_facts_print(struct nrm_facts *facts, const struct nrm_case *c, struct nrm_output *output,
                     size_t width);
/* Add the fields of EVENT but its time and type, "key: value" joined by "; ". */
void nrm_facts_event(struct nrm_facts *facts, const struct nrm_event *event,
                     struct nrm_buffer *text);

#endif
