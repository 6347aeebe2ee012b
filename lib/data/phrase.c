/* Texts in several languages; see phrase.h. */
#include "data/phrase.h"

static bool is_language(struct nrm_str text)
{
    if (!text.text || text.length < 2 || text.length > 3)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (text.text[i] < 'a' || text.text[i] > 'z')
            return false;
    return true;
}

static struct nrm_str read_text(struct nrm_knowledge *knowledge, const struct nrm_node *node)
{
    struct nrm_str text = nrm_str(nrm_knowledge_text(knowledge, node));
    if (text.length == 0 && !knowledge->failed)
        nrm_knowledge_wrong(knowledge, node, "a text is wanted here");
    return text;
}

struct nrm_phrase nrm_phrase_read(struct nrm_knowledge *knowledge, const struct nrm_node *node)
{
    bool many = node->kind == NRM_MAPPING;
    size_t count = many ? node->count : 1;
    struct nrm_phrase_text *texts = nrm_arena_array(knowledge->arena, count, sizeof *texts);
    if (!many)
        texts[0] = (struct nrm_phrase_text){NRM_STR("en"), read_text(knowledge, node)};
    for (size_t i = 0; many && i < count; i++) {
        const struct nrm_node *key = node->pairs[i].key;
        if (!is_language(nrm_node_text(key)))
            nrm_knowledge_wrong(knowledge, key, "not a language; write a code such as en, fr, ru");
        texts[i].language = nrm_node_text(key);
        texts[i].text = read_text(knowledge, nrm_node_resolve(node->pairs[i].value));
    }
    if (count == 0)
        nrm_knowledge_wrong(knowledge, node, "a text is wanted here, in at least one language");
    return (struct nrm_phrase){texts, count};
}

bool nrm_phrase_has(const struct nrm_phrase *phrase, struct nrm_str language)
{
    for (size_t i = 0; i < phrase->count; i++)
        if (nrm_str_equal(phrase->texts[i].language, language))
            return true;
    return false;
}

struct nrm_str nrm_phrase_in(const struct nrm_phrase *phrase, struct nrm_str language)
{
    const struct nrm_phrase_text *best = phrase->count ? phrase->texts : NULL;
    for (size_t i = 0; i < phrase->count; i++) {
        if (nrm_str_equal(phrase->texts[i].language, language))
            return phrase->texts[i].text;
        if (nrm_str_is(phrase->texts[i].language, "en"))
            best = &phrase->texts[i];
    }
    return best ? best->text : NRM_STR("");
}
