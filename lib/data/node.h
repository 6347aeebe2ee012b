/* The document tree: what a YAML document holds, kept so that it can be written back unchanged.
 * Mappings keep their order; scalars keep their text and the style that carries meaning; anchors
 * and aliases stay anchors and aliases. Nodes live in an arena and are not changed once read,
 * except by the nrm_node_add functions that build new ones. */
#ifndef NRM_DATA_NODE_H
#define NRM_DATA_NODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/output.h"
#include "base/text.h"

enum nrm_node_kind { NRM_SCALAR, NRM_SEQUENCE, NRM_MAPPING, NRM_ALIAS };

enum nrm_style {
    NRM_PLAIN, /* scalars: may mean a number, a boolean, null, a time; the others are always text */
    NRM_SINGLE_QUOTED,
    NRM_DOUBLE_QUOTED,
    NRM_LITERAL,
    NRM_FOLDED,
    NRM_BLOCK, /* sequences and mappings */
    NRM_FLOW
};

struct nrm_pair {
    struct nrm_node *key, *value;
};

struct nrm_node {
    uint8_t kind;          /* enum nrm_node_kind */
    uint8_t style;         /* enum nrm_style */
    bool merges;           /* mapping: has a "<<" key */
    bool roomy;            /* private: was built here, with room for up to the next power of two */
    uint32_t line, column; /* where it starts, from 1; 0 for nodes that were not read */
    uint32_t count;        /* items, pairs, or bytes of TEXT */
    union {
        const char *text;        /* scalar; NUL after COUNT bytes */
        struct nrm_node **items; /* sequence */
        struct nrm_pair *pairs;  /* mapping, in the order of the file */
        struct nrm_node *target; /* alias: the node it stands for */
    };
    const char *anchor; /* name without &, or for an alias the name it uses; NULL: none */
    const char *tag;    /* explicit tag as written out in full, or NULL */
};

/* What an alias stands for; any other node is itself. NULL stays NULL. */
const struct nrm_node *nrm_node_resolve(const struct nrm_node *node);
/* The value of KEY (a plain word, no path) in a mapping, merged keys ("<<") included, aliases
 * resolved; NULL where NODE is NULL, not a mapping, or lacks the key. */
const struct nrm_node *nrm_node_get(const struct nrm_node *node, struct nrm_str key);
/* The pairs of a mapping, *COUNT of them, with merged keys behind its own and the "<<" keys left
 * out; each key once, the nearest value. Without merged keys these are the mapping's own pairs,
 * otherwise they are made in ARENA. Aliases are not resolved. */
const struct nrm_pair *nrm_node_pairs(struct nrm_arena *arena, const struct nrm_node *mapping,
                                      size_t *count);
/* Follow a dotted path from NODE ("person.birth_date"). NULL where a step is missing. */
const struct nrm_node *nrm_node_at(const struct nrm_node *node, struct nrm_str path);

/* Text of a scalar; {NULL, 0} for anything else. */
struct nrm_str nrm_node_text(const struct nrm_node *node);
/* Missing: NULL, or a plain scalar that says null (empty, ~, null, Null, NULL). */
bool nrm_node_is_null(const struct nrm_node *node);

/* What a plain scalar means by YAML 1.1 as its users' parsers (PyYAML, libyaml's friends) and by
 * YAML 1.2 core read it: anything that either takes for something other than text is named here.
 * Used to decide where quotes carry meaning. */
enum nrm_scalar_type {
    NRM_TYPE_STRING,
    NRM_TYPE_NULL,
    NRM_TYPE_BOOLEAN, /* also yes, no, on, off, y, n in their usual spellings */
    NRM_TYPE_INTEGER, /* also 0o17, 017, 0x1F, 1_000, 190:20:30 */
    NRM_TYPE_FLOAT,   /* also .inf, .nan */
    NRM_TYPE_TIME,    /* 2026-03-01, 2026-03-01T22:40:00+01:00 and kin */
    NRM_TYPE_MERGE    /* << and = */
};
enum nrm_scalar_type nrm_scalar_type(struct nrm_str plain);

/* Whether two keys of one mapping are the same: scalars of equal text and equal type (by their
 * tags, where they have any). Aliases are resolved; collections equal nothing. */
bool nrm_node_same_key(const struct nrm_node *a, const struct nrm_node *b);
/* Whether NODE is the merge key: a plain "<<". */
bool nrm_node_is_merge(const struct nrm_node *node);

/* New nodes in ARENA. Text is copied. */
struct nrm_node *nrm_node_scalar(struct nrm_arena *arena, struct nrm_str text,
                                 enum nrm_style style);
struct nrm_node *nrm_node_sequence(struct nrm_arena *arena, enum nrm_style style);
struct nrm_node *nrm_node_mapping(struct nrm_arena *arena, enum nrm_style style);
void nrm_node_append(struct nrm_arena *arena, struct nrm_node *sequence, struct nrm_node *item);
/* Set KEY; an old value of the same key is replaced in its place. */
void nrm_node_set(struct nrm_arena *arena, struct nrm_node *mapping, struct nrm_str key,
                  struct nrm_node *value);
/* Set a dotted path, making the mappings on the way. A mapping that stands there by alias or merge
 * is copied first (its values are shared), so that nothing else in the document changes. */
void nrm_node_set_at(struct nrm_arena *arena, struct nrm_node *mapping, struct nrm_str path,
                     struct nrm_node *value);

/* Where NODE stands in FILE; line and column 0 where NODE is NULL or was not read. */
struct nrm_place nrm_node_place(const struct nrm_node *node, const char *file);

#endif
