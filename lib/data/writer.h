/* One stream of cases out: YAML, wide CSV, long CSV (events), JSON. */
#ifndef NRM_DATA_WRITER_H
#define NRM_DATA_WRITER_H

#include "data/case.h"

enum nrm_out_format { NRM_OUT_YAML, NRM_OUT_CSV, NRM_OUT_EVENTS, NRM_OUT_JSON };

/* A table can have this many columns, as in the spreadsheets that open it. */
enum { NRM_WRITER_COLUMNS = 16384 };

struct nrm_writer;

/* OUTPUT must outlive the writer. YAML and JSON (one object per line) stream; the CSV forms need
 * all columns before the first row and so keep the rows in memory until nrm_writer_finish. Wide CSV
 * holds everything but the events, long CSV the events; read together they are the same cases
 * again. What a form cannot hold is told to SINK: events without the id of their case and too many
 * columns as errors, what is lost of an odd case as warnings. */
struct nrm_writer *nrm_writer_new(struct nrm_output *output, enum nrm_out_format format,
                                  struct nrm_sink *sink);
void nrm_writer_add(struct nrm_writer *writer, const struct nrm_case *c);
/* Writes what was held back and frees the writer. Does not flush OUTPUT. */
void nrm_writer_finish(struct nrm_writer *writer);
/* Frees the writer and forgets what was held back: a table of half of the cases is no table. */
void nrm_writer_drop(struct nrm_writer *writer);

#endif
