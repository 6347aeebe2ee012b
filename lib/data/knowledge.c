/* Reading knowledge files; see knowledge.h. */
#include "data/knowledge.h"

#include <stdarg.h>

#include "data/case.h"
#include "data/yaml.h"

void nrm_knowledge_wrong(struct nrm_knowledge *knowledge, const struct nrm_node *node,
                         const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = nrm_arena_vprintf(knowledge->arena, format, arguments);
    va_end(arguments);
    struct nrm_place place = nrm_node_place(node, knowledge->file);
    nrm_tell(knowledge->sink, NRM_ERROR, &place, "%s", text);
    knowledge->failed = true;
}

struct nrm_node *nrm_knowledge_read(struct nrm_knowledge *knowledge, const char *file)
{
    struct nrm_input input;
    struct nrm_node *root = NULL;
    knowledge->file = file;
    if (!nrm_input_open(&input, file, knowledge->sink)) {
        knowledge->failed = true;
        return NULL;
    }
    struct nrm_yaml_reader *yaml = nrm_yaml_reader_new(&input, knowledge->sink);
    int status = nrm_yaml_read(yaml, knowledge->arena, &root);
    nrm_yaml_reader_free(yaml);
    nrm_input_close(&input);
    if (status == 1 && root->kind == NRM_MAPPING)
        return root;
    knowledge->failed = true;
    struct nrm_place place = {.file = file, .line = 1, .column = 1};
    if (status >= 0)
        nrm_tell(knowledge->sink, NRM_ERROR, &place, "%s is a mapping; see %s", knowledge->kind,
                 knowledge->manual);
    return NULL;
}

void nrm_knowledge_unknown_key(struct nrm_knowledge *knowledge, const struct nrm_node *key,
                               const char *const *keys, size_t count)
{
    struct nrm_str text = nrm_node_text(key);
    const char *nearest = text.text ? nrm_text_nearest(text, keys, count) : NULL;
    nrm_knowledge_wrong(knowledge, key, "%s has no key %s here%s%s", knowledge->kind,
                        text.text ? text.text : "of this kind",
                        nearest ? "; perhaps you mean " : "", nearest ? nearest : "");
}

const char *nrm_knowledge_text(struct nrm_knowledge *knowledge, const struct nrm_node *node)
{
    struct nrm_str text = nrm_node_text(node);
    if (!text.text)
        nrm_knowledge_wrong(knowledge, node, "a text is wanted here");
    return text.text ? nrm_arena_copy(knowledge->arena, text.text, text.length) : "";
}

bool nrm_knowledge_flag(struct nrm_knowledge *knowledge, const struct nrm_node *node)
{
    struct nrm_str text = nrm_node_text(node);
    if (!nrm_str_is(text, "true") && !nrm_str_is(text, "false"))
        nrm_knowledge_wrong(knowledge, node, "write true or false");
    return nrm_str_is(text, "true");
}

int32_t nrm_knowledge_whole(struct nrm_knowledge *knowledge, const struct nrm_node *node,
                            int32_t least, int32_t most)
{
    double number;
    struct nrm_str text = nrm_node_text(node);
    if (text.text && nrm_scalar_number(text, &number) && number >= least && number <= most &&
        number == (double)(int32_t)number)
        return (int32_t)number;
    nrm_knowledge_wrong(knowledge, node, "a whole number from %d to %d is wanted here", least,
                        most);
    return least;
}

const char *nrm_knowledge_choice(struct nrm_knowledge *knowledge, const struct nrm_node *node,
                                 const char *const *words)
{
    struct nrm_str text = nrm_node_text(node);
    struct nrm_buffer list = {0};
    for (const char *const *word = words; *word; word++) {
        if (text.text && nrm_str_is(text, *word)) {
            nrm_buffer_free(&list);
            return *word;
        }
        nrm_buffer_printf(&list, "%s%s", word == words ? "" : " or ", *word);
    }
    nrm_knowledge_wrong(knowledge, node, "not a word that stands here; write %s", list.text);
    nrm_buffer_free(&list);
    return words[0];
}

struct nrm_place nrm_knowledge_place(const struct nrm_knowledge *knowledge,
                                     const struct nrm_node *node)
{
    struct nrm_place place = nrm_node_place(node, knowledge->file);
    if (node->style == NRM_SINGLE_QUOTED || node->style == NRM_DOUBLE_QUOTED)
        place.column++;
    return place;
}
