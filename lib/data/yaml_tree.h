/* Private to the YAML reader: turns libyaml's events of one document into a tree of nodes, and
 * refuses what the limits and the rules of case files refuse: nesting over 64 levels, aliases that
 * blow up, aliases into themselves, a key twice in one mapping. */
#ifndef NRM_DATA_YAML_TREE_H
#define NRM_DATA_YAML_TREE_H

#include <yaml.h>

#include "base/index.h"
#include "data/yaml.h"

/* A collection that is not complete yet. */
struct nrm_yaml_frame {
    struct nrm_node *node;
    size_t first;      /* its first child on the stack of children */
    uint64_t expanded; /* nodes in it with aliases expanded, itself included */
    uint32_t height;   /* levels of collections below it, aliases expanded */
};

/* What an anchor names, as of its latest use. */
struct nrm_yaml_anchor {
    struct nrm_node *node;
    uint64_t expanded;
    uint32_t height; /* levels of collections, itself included */
};

struct nrm_yaml_tree {
    struct nrm_arena *arena; /* of the present document */
    const char *file;
    struct nrm_sink *sink;
    /* Added to libyaml's marks, which start from 0 with every fresh parser; the column only on
     * the first line. */
    uint32_t line, column;
    struct nrm_node *root;
    const struct nrm_node *newest; /* NULL: none yet */
    struct nrm_yaml_frame frames[NRM_YAML_DEPTH];
    uint32_t depth;
    struct nrm_node **children; /* of all frames, one behind the other */
    size_t child_count, child_room;
    const struct nrm_node **keys; /* scratch for sorting */
    size_t key_room;
    struct nrm_index *names; /* of anchors; NULL: none so far */
    struct nrm_yaml_anchor *anchors;
    size_t anchor_room;
    uint64_t written;  /* nodes so far */
    uint64_t expanded; /* the same with aliases expanded */
    uint64_t largest;  /* what the largest alias stands for */
    const struct nrm_node *largest_alias;
};

void nrm_yaml_tree_init(struct nrm_yaml_tree *tree, const char *file, struct nrm_sink *sink);
void nrm_yaml_tree_free(struct nrm_yaml_tree *tree);

/* A place of libyaml in the file that is read. */
struct nrm_place nrm_yaml_tree_place(const struct nrm_yaml_tree *tree, const yaml_mark_t *mark);

/* Start a document. */
void nrm_yaml_tree_begin(struct nrm_yaml_tree *tree, struct nrm_arena *arena);
/* Take a node event. False: refused, and told to the sink. */
bool nrm_yaml_tree_add(struct nrm_yaml_tree *tree, const yaml_event_t *event);
/* The document is complete. False: its aliases expand to too much; told. */
bool nrm_yaml_tree_end(struct nrm_yaml_tree *tree);

#endif
