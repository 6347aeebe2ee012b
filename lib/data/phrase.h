/* A text that may stand in several languages: a plain scalar (English), or a mapping of language
 * to text. For knowledge that people read: signs, questions, checklists. */
#ifndef NRM_DATA_PHRASE_H
#define NRM_DATA_PHRASE_H

#include "data/knowledge.h"

struct nrm_phrase_text {
    struct nrm_str language; /* "en", "fr" */
    struct nrm_str text;
};
struct nrm_phrase { /* {0}: none */
    const struct nrm_phrase_text *texts;
    size_t count;
};

/* The phrase at NODE. Languages are codes of two or three small letters, each once; an empty text
 * is refused. */
struct nrm_phrase nrm_phrase_read(struct nrm_knowledge *knowledge, const struct nrm_node *node);
/* Whether it has a text in LANGUAGE. */
bool nrm_phrase_has(const struct nrm_phrase *phrase, struct nrm_str language);
/* The text in LANGUAGE; where there is none in English, else the first one; {"", 0} of no phrase.
 */
struct nrm_str nrm_phrase_in(const struct nrm_phrase *phrase, struct nrm_str language);

#endif
