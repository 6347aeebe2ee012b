/* The document tree: looking things up, and building new nodes. Reading and writing it as YAML is
 * elsewhere, and so is the meaning of plain scalars (node_type.c). */
#include "data/node.h"

#include <stdlib.h>

static const char null_tag[] = "tag:yaml.org,2002:null";
static const char merge_tag[] = "tag:yaml.org,2002:merge";

const struct nrm_node *nrm_node_resolve(const struct nrm_node *node)
{
    return node && node->kind == NRM_ALIAS ? node->target : node;
}

struct nrm_str nrm_node_text(const struct nrm_node *node)
{
    node = nrm_node_resolve(node);
    if (!node || node->kind != NRM_SCALAR)
        return (struct nrm_str){NULL, 0};
    return (struct nrm_str){node->text, node->count};
}

bool nrm_node_is_null(const struct nrm_node *node)
{
    node = nrm_node_resolve(node);
    if (!node)
        return true;
    if (node->kind != NRM_SCALAR)
        return false;
    if (node->tag)
        return strcmp(node->tag, null_tag) == 0;
    return node->style == NRM_PLAIN && nrm_scalar_type(nrm_node_text(node)) == NRM_TYPE_NULL;
}

bool nrm_node_is_merge(const struct nrm_node *node)
{
    if (!node || node->kind != NRM_SCALAR || node->count != 2 || memcmp(node->text, "<<", 2) != 0)
        return false;
    return node->tag ? strcmp(node->tag, merge_tag) == 0 : node->style == NRM_PLAIN;
}

struct nrm_place nrm_node_place(const struct nrm_node *node, const char *file)
{
    if (!node)
        return (struct nrm_place){file, 0, 0};
    return (struct nrm_place){file, node->line, node->column};
}

/* The pair of KEY among a mapping's own pairs, or NULL. */
static struct nrm_pair *own_pair(const struct nrm_node *mapping, struct nrm_str key)
{
    for (uint32_t i = 0; i < mapping->count; i++) {
        struct nrm_node *at = mapping->pairs[i].key;
        if (at->kind == NRM_ALIAS)
            at = at->target;
        if (at->kind == NRM_SCALAR && nrm_str_equal((struct nrm_str){at->text, at->count}, key))
            return &mapping->pairs[i];
    }
    return NULL;
}

/* The mappings that one "<<" key brings in: its value, or each item of its value. NULL: no more. */
static const struct nrm_node *merged(const struct nrm_pair *pair, uint32_t number)
{
    if (!nrm_node_is_merge(pair->key))
        return NULL;
    const struct nrm_node *value = nrm_node_resolve(pair->value);
    if (value->kind == NRM_SEQUENCE)
        return number < value->count ? nrm_node_resolve(value->items[number]) : NULL;
    return number == 0 ? value : NULL;
}

/* Reading refuses nesting over 64 levels also through aliases, which bounds the depth of this. */
static const struct nrm_node *find(const struct nrm_node *mapping, struct nrm_str key)
{
    if (mapping->kind != NRM_MAPPING)
        return NULL;
    const struct nrm_pair *pair = own_pair(mapping, key);
    if (pair)
        return nrm_node_resolve(pair->value);
    for (uint32_t i = 0; mapping->merges && i < mapping->count; i++) {
        const struct nrm_node *source;
        for (uint32_t k = 0; (source = merged(&mapping->pairs[i], k)); k++) {
            const struct nrm_node *value = find(source, key);
            if (value)
                return value;
        }
    }
    return NULL;
}

const struct nrm_node *nrm_node_get(const struct nrm_node *node, struct nrm_str key)
{
    node = nrm_node_resolve(node);
    return node ? find(node, key) : NULL;
}

/* Cut the first step off a dotted path. */
static struct nrm_str next_step(struct nrm_str *path)
{
    const char *dot = path->length ? memchr(path->text, '.', path->length) : NULL;
    size_t length = dot ? (size_t)(dot - path->text) : path->length;
    struct nrm_str step = {path->text, length};
    size_t used = dot ? length + 1 : length;
    *path = (struct nrm_str){path->text + used, path->length - used};
    return step;
}

const struct nrm_node *nrm_node_at(const struct nrm_node *node, struct nrm_str path)
{
    node = nrm_node_resolve(node);
    while (node && path.length)
        node = nrm_node_get(node, next_step(&path));
    return node;
}

/* Two tags or types, of which one at least is written out. */
static bool same_tag(const struct nrm_node *a, const struct nrm_node *b)
{
    return a->tag && b->tag && strcmp(a->tag, b->tag) == 0;
}

static enum nrm_scalar_type type_of(const struct nrm_node *scalar)
{
    if (scalar->style != NRM_PLAIN)
        return NRM_TYPE_STRING;
    return nrm_scalar_type((struct nrm_str){scalar->text, scalar->count});
}

bool nrm_node_same_key(const struct nrm_node *a, const struct nrm_node *b)
{
    a = nrm_node_resolve(a);
    b = nrm_node_resolve(b);
    if (a->kind != NRM_SCALAR || b->kind != NRM_SCALAR || a->count != b->count ||
        memcmp(a->text, b->text, a->count) != 0)
        return false;
    if (a->tag || b->tag)
        return same_tag(a, b);
    return type_of(a) == type_of(b);
}

/* Pairs being gathered from a mapping and the mappings merged into it. */
struct gathered {
    struct nrm_pair *pairs;
    size_t count;
};

static void gather(const struct nrm_node *mapping, struct gathered *gathered)
{
    if (mapping->kind != NRM_MAPPING)
        return;
    for (uint32_t i = 0; i < mapping->count; i++) {
        if (nrm_node_is_merge(mapping->pairs[i].key))
            continue;
        if (gathered->pairs)
            gathered->pairs[gathered->count] = mapping->pairs[i];
        gathered->count++;
    }
    for (uint32_t i = 0; mapping->merges && i < mapping->count; i++) {
        const struct nrm_node *source;
        for (uint32_t k = 0; (source = merged(&mapping->pairs[i], k)); k++)
            gather(source, gathered);
    }
}

/* Orders pairs by the text of their keys, and equal ones by where they were gathered. */
static int compare_pairs(const void *left, const void *right)
{
    const struct nrm_pair *a = *(struct nrm_pair *const *)left;
    const struct nrm_pair *b = *(struct nrm_pair *const *)right;
    int order = nrm_str_compare(nrm_node_text(a->key), nrm_node_text(b->key));
    return order ? order : (a > b) - (a < b);
}

/* Of the pairs with equal keys keep the first; one pass over the sorted order. */
static size_t drop_hidden(struct nrm_arena *arena, struct nrm_pair *pairs, size_t count)
{
    struct nrm_pair **order = nrm_arena_array(arena, count, sizeof(struct nrm_pair *));
    for (size_t i = 0; i < count; i++)
        order[i] = &pairs[i];
    qsort(order, count, sizeof *order, compare_pairs);
    for (size_t i = 1, first = 0; i < count; i++) {
        struct nrm_str a = nrm_node_text(order[first]->key), b = nrm_node_text(order[i]->key);
        if (a.text && b.text && nrm_str_equal(a, b))
            order[i]->value = NULL;
        else
            first = i;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (pairs[i].value)
            pairs[kept++] = pairs[i];
    return kept;
}

const struct nrm_pair *nrm_node_pairs(struct nrm_arena *arena, const struct nrm_node *mapping,
                                      size_t *count)
{
    *count = 0;
    mapping = nrm_node_resolve(mapping);
    if (!mapping || mapping->kind != NRM_MAPPING)
        return NULL;
    *count = mapping->count;
    if (!mapping->merges)
        return mapping->pairs;
    struct gathered gathered = {NULL, 0};
    gather(mapping, &gathered);
    *count = 0;
    if (gathered.count == 0)
        return NULL;
    gathered.pairs = nrm_arena_array(arena, gathered.count, sizeof *gathered.pairs);
    gathered.count = 0;
    gather(mapping, &gathered);
    *count = drop_hidden(arena, gathered.pairs, gathered.count);
    return gathered.pairs;
}

static struct nrm_node *new_node(struct nrm_arena *arena, enum nrm_node_kind kind,
                                 enum nrm_style style)
{
    struct nrm_node *node = nrm_arena_array(arena, 1, sizeof *node);
    node->kind = (uint8_t)kind;
    node->style = (uint8_t)style;
    return node;
}

struct nrm_node *nrm_node_scalar(struct nrm_arena *arena, struct nrm_str text, enum nrm_style style)
{
    struct nrm_node *node = new_node(arena, NRM_SCALAR, style);
    node->text = nrm_arena_copy(arena, text.text, text.length);
    node->count = (uint32_t)text.length;
    return node;
}

struct nrm_node *nrm_node_sequence(struct nrm_arena *arena, enum nrm_style style)
{
    return new_node(arena, NRM_SEQUENCE, style);
}

struct nrm_node *nrm_node_mapping(struct nrm_arena *arena, enum nrm_style style)
{
    return new_node(arena, NRM_MAPPING, style);
}

/* The children of NODE, OLD, with room for one more. Arrays that grew here hold a power of two,
 * four at least, so that the count tells when they are full; those that were read hold no more than
 * they need. */
static void *with_room(struct nrm_arena *arena, struct nrm_node *node, void *old, size_t size)
{
    uint32_t count = node->count;
    if (node->roomy && (count < 4 || (count & (count - 1)) != 0))
        return old;
    size_t room = 4;
    while (room <= count)
        room *= 2;
    node->roomy = true;
    void *children = nrm_arena_array(arena, room, size);
    if (count)
        memcpy(children, old, count * size);
    return children;
}

void nrm_node_append(struct nrm_arena *arena, struct nrm_node *sequence, struct nrm_node *item)
{
    sequence->items = with_room(arena, sequence, sequence->items, sizeof(struct nrm_node *));
    sequence->items[sequence->count++] = item;
}

void nrm_node_set(struct nrm_arena *arena, struct nrm_node *mapping, struct nrm_str key,
                  struct nrm_node *value)
{
    struct nrm_pair *pair = own_pair(mapping, key);
    if (pair) {
        pair->value = value;
        return;
    }
    bool text = nrm_scalar_type(key) == NRM_TYPE_STRING;
    mapping->pairs = with_room(arena, mapping, mapping->pairs, sizeof(struct nrm_pair));
    mapping->pairs[mapping->count++] =
        (struct nrm_pair){nrm_node_scalar(arena, key, text ? NRM_PLAIN : NRM_DOUBLE_QUOTED), value};
}

/* The mapping under KEY for changing: what stands there itself, a copy of what stands there by
 * alias or merge, or a new one. */
static struct nrm_node *own_mapping(struct nrm_arena *arena, struct nrm_node *mapping,
                                    struct nrm_str key)
{
    struct nrm_pair *pair = own_pair(mapping, key);
    if (pair && pair->value->kind == NRM_MAPPING)
        return pair->value;
    struct nrm_node *own = nrm_node_mapping(arena, NRM_BLOCK);
    const struct nrm_node *shared = find(mapping, key);
    if (shared && shared->kind == NRM_MAPPING) {
        *own = *shared;
        own->anchor = NULL;
        own->roomy = false;
        own->pairs = nrm_arena_array(arena, shared->count + 1, sizeof *own->pairs);
        if (shared->count)
            memcpy(own->pairs, shared->pairs, shared->count * sizeof *own->pairs);
    }
    nrm_node_set(arena, mapping, key, own);
    return own;
}

void nrm_node_set_at(struct nrm_arena *arena, struct nrm_node *mapping, struct nrm_str path,
                     struct nrm_node *value)
{
    struct nrm_str step = next_step(&path);
    while (path.length) {
        mapping = own_mapping(arena, mapping, step);
        step = next_step(&path);
    }
    nrm_node_set(arena, mapping, step, value);
}
