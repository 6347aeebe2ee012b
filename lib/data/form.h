/* A form to fill in: the fields of an event, or of a part of the case, as YAML with what each of
 * them means and which words it takes, made from the tables of the model. Left empty, a field is
 * unknown. */
#ifndef NRM_DATA_FORM_H
#define NRM_DATA_FORM_H

#include <stdbool.h>

#include "base/message.h"
#include "base/output.h"

/* Print the form of NAME: an event type ("consent") or a field ("exploitation.debt", "health");
 * both where both have that name ("contact"). False, told: the model has neither. */
bool nrm_form_print(struct nrm_output *output, struct nrm_str name, struct nrm_sink *sink);

#endif
