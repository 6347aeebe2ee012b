/* Private to the YAML writer: the forms that one text can be written in, and which of them keeps
 * its type and every byte of it where it stands. */
#ifndef NRM_DATA_YAML_SCALAR_H
#define NRM_DATA_YAML_SCALAR_H

#include "data/node.h"

/* Where a scalar stands. */
enum nrm_yaml_where {
    NRM_YAML_AT_ROOT,
    NRM_YAML_IN_BLOCK, /* an item or a value, or a key behind "?" */
    NRM_YAML_AS_KEY,   /* in front of the colon, on one line */
    NRM_YAML_IN_FLOW   /* anywhere between brackets */
};

/* The style to write SCALAR in. A plain scalar that is not text stays plain whatever its text. */
enum nrm_style nrm_yaml_style(const struct nrm_node *scalar, enum nrm_yaml_where where);

/* Write TEXT in STYLE. Literal and folded text goes on the following lines, INDENT columns in, and
 * ends with a newline; the others end where they end. */
void nrm_yaml_write_text(struct nrm_output *output, struct nrm_str text, enum nrm_style style,
                         size_t indent);

#endif
