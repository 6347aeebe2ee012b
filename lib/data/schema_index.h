/* How the tables of the case model are found by name: open addressing over a hash that is reckoned
 * when the tables are compiled. Shared by schema/compile.c, which lays the slots out, and schema.c,
 * which walks them; nobody else needs it. */
#ifndef NRM_DATA_SCHEMA_INDEX_H
#define NRM_DATA_SCHEMA_INDEX_H

#include <stddef.h>
#include <stdint.h>

/* A slot holds a row's number from 1; 0 is empty and ends a search. At most half are taken. */
struct nrm_schema_index {
    const uint16_t *slots;
    uint32_t mask; /* number of slots - 1, a power of two - 1 */
};

extern const struct nrm_schema_index nrm_schema_field_index;
extern const struct nrm_schema_index nrm_schema_event_index;
/* Salt: order of the type. Rows count from nrm_event_types[0].fields: the fields of one type stand
 * behind those of the type before it, and those of nrm_event_common last. */
extern const struct nrm_schema_index nrm_schema_event_field_index;
extern const struct nrm_schema_index nrm_schema_vocabulary_index;
extern const struct nrm_schema_index nrm_schema_word_index; /* salt: number of the vocabulary */

/* Words of all vocabularies; nrm_vocabulary.words points into it. */
extern const char *const nrm_schema_words[];

/* FNV-1a, started from SALT so that one name may stand under several owners. */
static inline uint32_t nrm_schema_hash(uint32_t salt, const char *text, size_t length)
{
    uint32_t hash = 2166136261u ^ (salt * 2654435761u);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash ^ hash >> 15;
}

#endif
