/* JSON out (RFC 8259): text values, and document trees. */
#ifndef NRM_DATA_JSON_H
#define NRM_DATA_JSON_H

#include "data/node.h"

/* TEXT as a JSON string with its quotes. Control characters are escaped. */
void nrm_json_string(struct nrm_output *output, struct nrm_str text);
/* NODE on one line. Plain true/false, null and what JSON itself calls a number keep their type;
 * everything else is a string, so that "0042" and no stay what they are. Aliases are expanded,
 * merged keys are merged. */
void nrm_json_node(struct nrm_output *output, const struct nrm_node *node);

#endif
