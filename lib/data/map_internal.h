/* A map in memory. Private to map.c, which reads it, and map_record.c, which applies it. */
#ifndef NRM_DATA_MAP_INTERNAL_H
#define NRM_DATA_MAP_INTERNAL_H

#include "base/index.h"
#include "data/map.h"

/* A column of the foreign table that the map names. */
struct nrm_map_column {
    struct nrm_str name;
    struct nrm_place place;
    bool ignored, optional;
    size_t target; /* its column in TARGETS, where it is not ignored */
    const struct nrm_field *field;
    struct nrm_str *splits; /* texts between the items of a list */
    size_t split_count;
    struct nrm_index *values;   /* what the source writes; NULL: values are taken as they are */
    const struct nrm_node **to; /* by the number in VALUES: what it means; null: nothing */
    struct nrm_index *told;     /* values that the map does not list and that were told of */
    size_t position;            /* in the header at hand */
    bool present;
};

struct nrm_map_constant {
    size_t target;
    const struct nrm_node *value;
};

struct nrm_map {
    struct nrm_str name;
    const char *file;
    char separator;
    bool any_case; /* names and values match whatever the case of their letters */
    bool optional; /* columns may be missing */
    struct nrm_map_column *columns;
    size_t column_count;
    struct nrm_map_constant *constants;
    size_t constant_count;
    struct nrm_str
        weight; /* the column that says how many persons a row stands for, or {NULL, 0} */
    struct nrm_place weight_place;
    size_t weight_target, weight_position;

    struct nrm_columns *targets; /* the fields that rows are made of */
    struct nrm_arena arena;      /* the header at hand */
    size_t header_count;
    struct nrm_map_column **at; /* by the header's column: what the map says, or NULL */
    long *unmapped;             /* by the header's column: its column in TARGETS, or -1 */
};

/* TEXT as the map compares it, in ARENA where that changes it. */
struct nrm_str nrm_map_folded(const struct nrm_map *map, struct nrm_arena *arena,
                              struct nrm_str text);

#endif
