/* Knowledge files: maps, profiles, rules, indicator sets. One YAML document, a mapping whose keys
 * are all known; every mistake is told with its place, because a key that is silently ignored could
 * silence a deadline. */
#ifndef NRM_DATA_KNOWLEDGE_H
#define NRM_DATA_KNOWLEDGE_H

#include "data/node.h"

struct nrm_knowledge {
    struct nrm_arena *arena; /* everything read lives here */
    struct nrm_sink *sink;
    const char *file;   /* being read */
    const char *kind;   /* "a profile", for messages */
    const char *manual; /* "nrm-profile(5)" */
    bool failed;        /* something was wrong */
};

/* The one document of FILE; NULL where it cannot be read or is no mapping (told). Sets FILE. */
struct nrm_node *nrm_knowledge_read(struct nrm_knowledge *knowledge, const char *file);
/* Tell what is wrong at NODE; sets FAILED. */
void nrm_knowledge_wrong(struct nrm_knowledge *knowledge, const struct nrm_node *node,
                         const char *format, ...) __attribute__((format(printf, 3, 4)));
/* KEY is none of KEYS: told with the nearest one. */
void nrm_knowledge_unknown_key(struct nrm_knowledge *knowledge, const struct nrm_node *key,
                               const char *const *keys, size_t count);
/* A scalar's text; "" where it is none (told). */
const char *nrm_knowledge_text(struct nrm_knowledge *knowledge, const struct nrm_node *node);
/* true or false. */
bool nrm_knowledge_flag(struct nrm_knowledge *knowledge, const struct nrm_node *node);
/* A whole number from LEAST to MOST; LEAST where it is none (told). */
int32_t nrm_knowledge_whole(struct nrm_knowledge *knowledge, const struct nrm_node *node,
                            int32_t least, int32_t most);
/* The one of WORDS (ended by NULL) that stands at NODE; the first one where none does (told). */
const char *nrm_knowledge_choice(struct nrm_knowledge *knowledge, const struct nrm_node *node,
                                 const char *const *words);
/* Place of the first character of a scalar's text, behind an opening quote. */
struct nrm_place nrm_knowledge_place(const struct nrm_knowledge *knowledge,
                                     const struct nrm_node *node);

#endif
