/* Events of one document become nodes; see yaml_tree.h. Each scalar is one allocation, node and
 * text together; children wait on one stack and are copied when their collection ends. */
#include "data/yaml_tree.h"

#include <stdlib.h>
#include <string.h>

enum {
    FEW_KEYS = 16,         /* compared pairwise below, sorted from here on */
    HARMLESS = 1000,       /* expanded nodes that need no looking at */
    MAPPING_KEY_SHOWN = 40 /* bytes of a key that a message shows */
};

void nrm_yaml_tree_init(struct nrm_yaml_tree *tree, const char *file, struct nrm_sink *sink)
{
    *tree = (struct nrm_yaml_tree){.file = file, .sink = sink};
}

void nrm_yaml_tree_free(struct nrm_yaml_tree *tree)
{
    free(tree->children);
    free(tree->keys);
    free(tree->anchors);
    nrm_index_free(tree->names);
    *tree = (struct nrm_yaml_tree){0};
}

static uint32_t capped(size_t number)
{
    return number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

struct nrm_place nrm_yaml_tree_place(const struct nrm_yaml_tree *tree, const yaml_mark_t *mark)
{
    return (struct nrm_place){tree->file, capped(mark->line + 1 + tree->line),
                              capped(mark->column + 1 + (mark->line == 0 ? tree->column : 0))};
}

static bool refuse(struct nrm_yaml_tree *tree, const yaml_mark_t *mark, const char *text)
{
    struct nrm_place place = nrm_yaml_tree_place(tree, mark);
    nrm_tell(tree->sink, NRM_ERROR, &place, "%s", text);
    return false;
}

void nrm_yaml_tree_begin(struct nrm_yaml_tree *tree, struct nrm_arena *arena)
{
    nrm_index_free(tree->names);
    tree->names = NULL;
    tree->arena = arena;
    tree->root = NULL;
    tree->newest = NULL;
    tree->depth = 0;
    tree->child_count = 0;
    tree->written = tree->expanded = tree->largest = 0;
    tree->largest_alias = NULL;
}

static uint64_t add_capped(uint64_t a, uint64_t b)
{
    uint64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

/* Count a node, or what an alias stands for, into the collection around it and the document. */
static void count(struct nrm_yaml_tree *tree, uint64_t expanded, uint32_t height)
{
    tree->written++;
    tree->expanded = add_capped(tree->expanded, expanded);
    if (tree->depth == 0)
        return;
    struct nrm_yaml_frame *frame = &tree->frames[tree->depth - 1];
    frame->expanded = add_capped(frame->expanded, expanded);
    if (frame->height < height)
        frame->height = height;
}

static void attach(struct nrm_yaml_tree *tree, struct nrm_node *node)
{
    tree->newest = node;
    if (tree->depth == 0) {
        tree->root = node;
        return;
    }
    if (tree->child_count == tree->child_room) {
        tree->child_room = tree->child_room ? tree->child_room * 2 : 256;
        tree->children = nrm_realloc(tree->children, tree->child_room, sizeof *tree->children);
    }
    tree->children[tree->child_count++] = node;
}

/* A copy of a name that libyaml frees with its event. */
static const char *copy_name(struct nrm_yaml_tree *tree, const yaml_char_t *name)
{
    if (!name)
        return NULL;
    return nrm_arena_copy(tree->arena, name, strlen((const char *)name));
}

static struct nrm_node *new_node(struct nrm_yaml_tree *tree, const yaml_event_t *event,
                                 enum nrm_node_kind kind, size_t text)
{
    struct nrm_node *node = nrm_arena_alloc(tree->arena, sizeof *node + text);
    struct nrm_place place = nrm_yaml_tree_place(tree, &event->start_mark);
    *node = (struct nrm_node){.kind = (uint8_t)kind, .line = place.line, .column = place.column};
    return node;
}

/* What the anchor of NODE names from now on. */
static void name_node(struct nrm_yaml_tree *tree, struct nrm_node *node)
{
    if (!node->anchor)
        return;
    if (!tree->names)
        tree->names = nrm_index_new();
    uint32_t number = nrm_index_add(tree->names, nrm_str(node->anchor), NULL);
    if (number >= tree->anchor_room) {
        tree->anchor_room = tree->anchor_room ? tree->anchor_room * 2 : 16;
        tree->anchors = nrm_realloc(tree->anchors, tree->anchor_room, sizeof *tree->anchors);
    }
    tree->anchors[number] = (struct nrm_yaml_anchor){node, 1, 0};
}

static bool add_scalar(struct nrm_yaml_tree *tree, const yaml_event_t *event)
{
    size_t length = event->data.scalar.length;
    if (length > NRM_YAML_SCALAR)
        return refuse(tree, &event->start_mark,
                      "a value of over 64 MiB; keep it in a file of its own and name that file "
                      "here");
    static const uint8_t styles[] = {
        [YAML_ANY_SCALAR_STYLE] = NRM_PLAIN,
        [YAML_PLAIN_SCALAR_STYLE] = NRM_PLAIN,
        [YAML_SINGLE_QUOTED_SCALAR_STYLE] = NRM_SINGLE_QUOTED,
        [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = NRM_DOUBLE_QUOTED,
        [YAML_LITERAL_SCALAR_STYLE] = NRM_LITERAL,
        [YAML_FOLDED_SCALAR_STYLE] = NRM_FOLDED,
    };
    struct nrm_node *node = new_node(tree, event, NRM_SCALAR, length + 1);
    char *text = (char *)(node + 1);
    memcpy(text, event->data.scalar.value, length);
    text[length] = '\0';
    node->text = text;
    node->count = (uint32_t)length;
    node->style = styles[event->data.scalar.style];
    node->anchor = copy_name(tree, event->data.scalar.anchor);
    node->tag = copy_name(tree, event->data.scalar.tag);
    attach(tree, node);
    count(tree, 1, 0);
    name_node(tree, node);
    return true;
}

static bool open_collection(struct nrm_yaml_tree *tree, const yaml_event_t *event)
{
    if (tree->depth == NRM_YAML_DEPTH)
        return refuse(tree, &event->start_mark,
                      "lists and mappings are nested over 64 levels deep; a case needs fewer: "
                      "look for brackets too many");
    bool mapping = event->type == YAML_MAPPING_START_EVENT;
    struct nrm_node *node = new_node(tree, event, mapping ? NRM_MAPPING : NRM_SEQUENCE, 0);
    bool flow = mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                        : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    node->style = flow ? NRM_FLOW : NRM_BLOCK;
    node->anchor = copy_name(tree, mapping ? event->data.mapping_start.anchor
                                           : event->data.sequence_start.anchor);
    node->tag =
        copy_name(tree, mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag);
    attach(tree, node);
    tree->written++;
    tree->expanded = add_capped(tree->expanded, 1);
    tree->frames[tree->depth++] = (struct nrm_yaml_frame){node, tree->child_count, 1, 0};
    name_node(tree, node);
    return true;
}

/* Orders keys so that the same ones stand together, in the order of the file. */
static int compare_keys(const void *left, const void *right)
{
    const struct nrm_node *a = *(const struct nrm_node *const *)left;
    const struct nrm_node *b = *(const struct nrm_node *const *)right;
    const struct nrm_node *x = nrm_node_resolve(a), *y = nrm_node_resolve(b);
    int order = (x->kind > y->kind) - (x->kind < y->kind);
    if (order == 0 && x->kind == NRM_SCALAR)
        order = nrm_str_compare(nrm_node_text(x), nrm_node_text(y));
    if (order == 0 && x->kind == NRM_SCALAR && !nrm_node_same_key(x, y)) {
        if (x->tag && y->tag)
            order = strcmp(x->tag, y->tag);
        else
            order = x->tag ? 1 : y->tag ? -1 : 0;
        /* The same text without tags has two types at most: plain, and quoted as text. */
        if (order == 0)
            order = (x->style == NRM_PLAIN) - (y->style == NRM_PLAIN);
    }
    if (order == 0)
        order = (a->line > b->line) - (a->line < b->line);
    if (order == 0)
        order = (a->column > b->column) - (a->column < b->column);
    return order;
}

static bool refuse_key(struct nrm_yaml_tree *tree, const struct nrm_node *first,
                       const struct nrm_node *second)
{
    struct nrm_place place = {tree->file, second->line, second->column};
    struct nrm_str key = nrm_node_text(second);
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_0123456789.-";
    bool is_field = key.length <= MAPPING_KEY_SHOWN && strspn(key.text, letters) == key.length;
    nrm_tell(tree->sink, NRM_ERROR, &place,
             "the key%s%.*s%s stands here a second time; the first is in line %u, column %u: keep "
             "one of the two",
             is_field ? " \"" : "", is_field ? (int)key.length : 0, key.text, is_field ? "\"" : "",
             first->line, first->column);
    return false;
}

static bool check_many_keys(struct nrm_yaml_tree *tree, const struct nrm_node *mapping)
{
    size_t length = mapping->count;
    if (tree->key_room < length) {
        tree->keys = nrm_realloc(tree->keys, length, sizeof *tree->keys);
        tree->key_room = length;
    }
    for (size_t i = 0; i < length; i++)
        tree->keys[i] = mapping->pairs[i].key;
    qsort(tree->keys, length, sizeof *tree->keys, compare_keys);
    for (size_t i = 1; i < length; i++)
        if (nrm_node_same_key(tree->keys[i - 1], tree->keys[i]))
            return refuse_key(tree, tree->keys[i - 1], tree->keys[i]);
    return true;
}

static bool check_keys(struct nrm_yaml_tree *tree, const struct nrm_node *mapping)
{
    if (mapping->count >= FEW_KEYS)
        return check_many_keys(tree, mapping);
    /* Length and first byte tell most keys apart without a look at the text. */
    uint64_t marks[FEW_KEYS];
    for (uint32_t i = 0; i < mapping->count; i++) {
        const struct nrm_node *key = nrm_node_resolve(mapping->pairs[i].key);
        bool scalar = key->kind == NRM_SCALAR;
        marks[i] =
            scalar ? (uint64_t)key->count << 8 | (unsigned char)key->text[0] : UINT64_MAX - i;
        for (uint32_t k = 0; k < i; k++)
            if (marks[k] == marks[i] &&
                nrm_node_same_key(mapping->pairs[k].key, mapping->pairs[i].key))
                return refuse_key(tree, mapping->pairs[k].key, mapping->pairs[i].key);
    }
    return true;
}

static bool close_mapping(struct nrm_yaml_tree *tree, struct nrm_node *node,
                          struct nrm_node *const *children)
{
    node->pairs = nrm_arena_alloc(tree->arena, node->count * sizeof *node->pairs);
    for (uint32_t i = 0; i < node->count; i++) {
        node->pairs[i] = (struct nrm_pair){children[2 * i], children[2 * i + 1]};
        if (nrm_node_is_merge(node->pairs[i].key))
            node->merges = true;
    }
    return check_keys(tree, node);
}

static bool close_collection(struct nrm_yaml_tree *tree)
{
    struct nrm_yaml_frame frame = tree->frames[--tree->depth];
    struct nrm_node *node = frame.node;
    size_t length = tree->child_count - frame.first;
    tree->child_count = frame.first;
    if (tree->depth > 0) {
        struct nrm_yaml_frame *outer = &tree->frames[tree->depth - 1];
        outer->expanded = add_capped(outer->expanded, frame.expanded);
        if (outer->height < frame.height + 1)
            outer->height = frame.height + 1;
    }
    if (node->anchor) {
        struct nrm_yaml_anchor *anchor =
            &tree->anchors[nrm_index_find(tree->names, nrm_str(node->anchor))];
        if (anchor->node == node)
            *anchor = (struct nrm_yaml_anchor){node, frame.expanded, frame.height + 1};
    }
    node->count = (uint32_t)(node->kind == NRM_MAPPING ? length / 2 : length);
    if (length == 0) {
        node->items = NULL;
        return true;
    }
    struct nrm_node **children = tree->children + frame.first;
    if (node->kind == NRM_MAPPING)
        return close_mapping(tree, node, children);
    node->items = nrm_arena_alloc(tree->arena, length * sizeof(struct nrm_node *));
    memcpy(node->items, children, length * sizeof(struct nrm_node *));
    return true;
}

static bool add_alias(struct nrm_yaml_tree *tree, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    uint32_t number = nrm_index_find(tree->names, nrm_str(name));
    if (number == NRM_INDEX_NONE)
        return refuse(tree, &event->start_mark,
                      "this alias (*) names an anchor (&) that does not stand above it; text that "
                      "starts with * must be in quotes");
    const struct nrm_yaml_anchor *anchor = &tree->anchors[number];
    for (uint32_t i = 0; i < tree->depth; i++)
        if (tree->frames[i].node == anchor->node)
            return refuse(tree, &event->start_mark,
                          "this alias (*) stands inside of what it names; write out what is meant");
    if (tree->depth + anchor->height > NRM_YAML_DEPTH)
        return refuse(tree, &event->start_mark,
                      "with this alias (*) lists and mappings are nested over 64 levels deep");
    struct nrm_node *node = new_node(tree, event, NRM_ALIAS, 0);
    node->target = anchor->node;
    node->anchor = copy_name(tree, event->data.alias.anchor);
    attach(tree, node);
    count(tree, anchor->expanded, anchor->height);
    if (anchor->expanded > tree->largest) {
        tree->largest = anchor->expanded;
        tree->largest_alias = node;
    }
    return true;
}

bool nrm_yaml_tree_add(struct nrm_yaml_tree *tree, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return add_scalar(tree, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return open_collection(tree, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return close_collection(tree);
    case YAML_ALIAS_EVENT:
        return add_alias(tree, event);
    default:
        return true;
    }
}

bool nrm_yaml_tree_end(struct nrm_yaml_tree *tree)
{
    if (!tree->largest_alias || tree->expanded <= HARMLESS ||
        tree->expanded / NRM_YAML_EXPANSION <= tree->written)
        return true;
    struct nrm_place place = {tree->file, tree->largest_alias->line, tree->largest_alias->column};
    nrm_tell(tree->sink, NRM_ERROR, &place,
             "written out, the aliases (*) make this document over %d times as large; this is the "
             "largest of them: write out what is meant",
             NRM_YAML_EXPANSION);
    return false;
}
