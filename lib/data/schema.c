/* Names looked up in the case model. The tables and their indexes are compiled from schema/ (see
 * schema/compile.c); here is only the walk along a few slots that ends at the name or at nothing.
 */
#include "data/schema.h"

#include "data/schema_index.h"

/* No name in the tables is longer, so that no longer text need be hashed. */
enum { NAME_LENGTH = 63 };

static bool is_name(const char *name, struct nrm_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (name[i] != text.text[i] || !name[i])
            return false;
    return !name[text.length];
}

/* A search along the slots that TEXT may stand in. */
struct search {
    const struct nrm_schema_index *index;
    uint32_t at;
};

static struct search start(const struct nrm_schema_index *index, uint32_t salt, struct nrm_str text)
{
    return (struct search){index, nrm_schema_hash(salt, text.text, text.length)};
}

/* The next row that may be the one, or -1 where the search is over. */
static int next(struct search *search)
{
    return (int)search->index->slots[search->at++ & search->index->mask] - 1;
}

static bool may_be_name(struct nrm_str text)
{
    return text.length > 0 && text.length <= NAME_LENGTH;
}

const struct nrm_field *nrm_field_find(struct nrm_str path)
{
    if (!may_be_name(path))
        return NULL;
    struct search search = start(&nrm_schema_field_index, 0, path);
    for (int row; (row = next(&search)) >= 0;)
        if (is_name(nrm_fields[row].path, path))
            return &nrm_fields[row];
    return NULL;
}

const struct nrm_event_type *nrm_event_type_find(struct nrm_str name)
{
    if (!may_be_name(name))
        return NULL;
    struct search search = start(&nrm_schema_event_index, 0, name);
    for (int row; (row = next(&search)) >= 0;)
        if (is_name(nrm_event_types[row].name, name))
            return &nrm_event_types[row];
    return NULL;
}

const struct nrm_field *nrm_event_field_find(const struct nrm_event_type *type, struct nrm_str name)
{
    if (!may_be_name(name))
        return NULL;
    if (!type)
        type = &nrm_event_common;
    struct search search = start(&nrm_schema_event_field_index, type->order, name);
    for (int row; (row = next(&search)) >= 0;) {
        const struct nrm_field *field = nrm_event_types[0].fields + row;
        if (field >= type->fields && field < type->fields + type->count &&
            is_name(field->path, name))
            return field;
    }
    return NULL;
}

const struct nrm_vocabulary *nrm_vocabulary_find(struct nrm_str name)
{
    if (!may_be_name(name))
        return NULL;
    struct search search = start(&nrm_schema_vocabulary_index, 0, name);
    for (int row; (row = next(&search)) >= 0;)
        if (is_name(nrm_vocabularies[row].name, name))
            return &nrm_vocabularies[row];
    return NULL;
}

/* In a small vocabulary that is not of schema/vocabularies.csv: the states of a region, a setting.
 */
static int find_word(const struct nrm_vocabulary *vocabulary, struct nrm_str word)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (nrm_str_is(word, vocabulary->words[i]))
            return (int)i;
    return -1;
}

int nrm_vocabulary_word(const struct nrm_vocabulary *vocabulary, struct nrm_str word)
{
    if (!may_be_name(word))
        return -1;
    if (vocabulary < nrm_vocabularies || vocabulary >= nrm_vocabularies + nrm_vocabulary_count)
        return find_word(vocabulary, word);
    uint32_t salt = (uint32_t)(vocabulary - nrm_vocabularies);
    struct search search = start(&nrm_schema_word_index, salt, word);
    size_t first = (size_t)(vocabulary->words - nrm_schema_words);
    for (int row; (row = next(&search)) >= 0;)
        if ((size_t)row >= first && (size_t)row - first < vocabulary->count &&
            is_name(nrm_schema_words[row], word))
            return (int)((size_t)row - first);
    return -1;
}
