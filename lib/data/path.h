/* Column names: the path of a value in a case or in an event, as text in the header of a table.
 * Segments are joined with dots. A segment is a plain word as a YAML key would be ("gender"; 42 is
 * a number), or text in double quotes where it holds a dot, quote or bracket or starts oddly; a key
 * of the outermost mapping that is neither is written in YAML flow form and is the whole name. */
#ifndef NRM_DATA_PATH_H
#define NRM_DATA_PATH_H

#include "data/node.h"
#include "data/schema.h"

enum nrm_table_kind {
    NRM_TABLE_CASES, /* the wide form: one row a case */
    NRM_TABLE_EVENTS /* the long form: one row an event */
};

/* Bytes of a path that further keys are added to; what lies below a longer one is one cell.
 * Otherwise a long key with much below it would make a header many times as large as the case. */
enum { NRM_PATH_LENGTH = 1024 };

struct nrm_path {
    struct nrm_node **keys;
    size_t count;
    struct nrm_str text;                /* as nrm_path_write would write it */
    const struct nrm_event_type *event; /* wide form: "TYPE.field" is a field of that event; the
                                           keys are those behind TYPE */
    bool case_id;                       /* long form: the column that names the case */
};

/* Read a column NAME. False, told as an error at PLACE: not a path, or deeper than 64. */
bool nrm_path_read(struct nrm_arena *arena, struct nrm_str name, enum nrm_table_kind kind,
                   const struct nrm_place *place, struct nrm_sink *sink, struct nrm_path *path);
/* Add the segment of KEY to BUFFER, which holds the path so far (empty: the outermost mapping,
 * whose keys can all be written). False, nothing added: KEY cannot be a segment there. */
bool nrm_path_write(struct nrm_buffer *buffer, const struct nrm_node *key,
                    enum nrm_table_kind kind);
/* Once a path of a case is complete: put quotes around its first segment where it would be read as
 * a field of an event, or as the column "type" that makes a table one of events. */
void nrm_path_guard(struct nrm_buffer *buffer);
#endif
