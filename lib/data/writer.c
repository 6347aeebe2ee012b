/* The stream of cases out; see writer.h. */
#include "data/writer.h"

#include <stdlib.h>

#include "data/case_rows.h"
#include "data/json.h"
#include "data/yaml.h"

struct nrm_writer {
    struct nrm_output *output;
    enum nrm_out_format format;
    struct nrm_case_rows *rows; /* the CSV forms */
};

struct nrm_writer *nrm_writer_new(struct nrm_output *output, enum nrm_out_format format,
                                  struct nrm_sink *sink)
{
    struct nrm_writer *writer = nrm_calloc(1, sizeof *writer);
    writer->output = output;
    writer->format = format;
    if (format == NRM_OUT_CSV)
        writer->rows = nrm_case_rows_new(NRM_TABLE_CASES, sink);
    else if (format == NRM_OUT_EVENTS)
        writer->rows = nrm_case_rows_new(NRM_TABLE_EVENTS, sink);
    return writer;
}

void nrm_writer_add(struct nrm_writer *writer, const struct nrm_case *c)
{
    switch (writer->format) {
    case NRM_OUT_YAML:
        nrm_yaml_write(writer->output, c->root);
        break;
    case NRM_OUT_JSON:
        nrm_json_node(writer->output, c->root);
        nrm_output_add_char(writer->output, '\n');
        break;
    case NRM_OUT_CSV:
    case NRM_OUT_EVENTS:
        nrm_case_rows_add(writer->rows, c);
        break;
    }
}

void nrm_writer_finish(struct nrm_writer *writer)
{
    if (writer->rows)
        nrm_case_rows_write(writer->rows, writer->output);
    nrm_writer_drop(writer);
}

void nrm_writer_drop(struct nrm_writer *writer)
{
    if (!writer)
        return;
    nrm_case_rows_free(writer->rows);
    free(writer);
}
