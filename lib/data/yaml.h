/* YAML in and out over libyaml: a stream of documents becomes document trees, a tree becomes a
 * document with the same keys, order, anchors and meaning. */
#ifndef NRM_DATA_YAML_H
#define NRM_DATA_YAML_H

#include "data/input.h"
#include "data/node.h"

/* Limits of nrm-case(5). */
enum {
    NRM_YAML_DEPTH = 64,                /* nesting of sequences and mappings */
    NRM_YAML_SCALAR = 64 * 1024 * 1024, /* bytes of one scalar, as written */
    NRM_YAML_EXPANSION = 10             /* nodes after expanding aliases / nodes as written */
};

struct nrm_yaml_reader;

/* Read documents from INPUT, which must outlive the reader. Free with nrm_yaml_reader_free. */
struct nrm_yaml_reader *nrm_yaml_reader_new(struct nrm_input *input, struct nrm_sink *sink);
/* The next document's root in *ROOT, made in ARENA. 1: a document. 0: the stream is over.
 * -1: this document is broken (syntax, duplicate key, limit, encoding); told to the sink. After -1
 * the reader skips to the next line that starts a document ("---") where nrm_yaml_reader_resume is
 * called, otherwise the stream is over. */
int nrm_yaml_read(struct nrm_yaml_reader *reader, struct nrm_arena *arena, struct nrm_node **root);
/* After -1 (with -k): go on behind the next "---" at the start of a line. False: there is none, or
 * the bytes themselves cannot be read. Places stay those of the whole file. */
bool nrm_yaml_reader_resume(struct nrm_yaml_reader *reader);
void nrm_yaml_reader_free(struct nrm_yaml_reader *reader);

/* Parse TEXT as one YAML value in flow or block form (a CSV cell); NULL where it is broken. Empty
 * text is null. PLACE (may be NULL) is where TEXT starts; nodes and messages count on from there.
 */
struct nrm_node *nrm_yaml_parse(struct nrm_arena *arena, struct nrm_str text,
                                const struct nrm_place *place, struct nrm_sink *sink);

/* Write ROOT as one document that starts with "---". Scalar styles are chosen so that nothing
 * changes type or text, whatever the context. Not kept are comments, the folding of long lines and
 * the % directives; an alias whose anchor is not written before it becomes a copy. */
void nrm_yaml_write(struct nrm_output *output, const struct nrm_node *root);
/* Write NODE in flow form on one line, without document markers (a CSV cell). An empty item of a
 * list is written as null. */
void nrm_yaml_write_flow(struct nrm_buffer *buffer, const struct nrm_node *node);

#endif
