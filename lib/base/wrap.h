/* Paragraphs for people: text broken into lines of a width, with a hanging indent, safe for a
 * terminal. Machine formats do not come here. */
#ifndef NRM_BASE_WRAP_H
#define NRM_BASE_WRAP_H

#include "base/output.h"

/* Print LEAD (as it is: a bullet, a number, spaces), then TEXT broken at spaces so that no line is
 * wider than WIDTH; further lines start with as many spaces as LEAD is wide, or INDENT of them
 * where that is less. A word that is wider than a line is broken. Ends with a newline. */
void nrm_wrap(struct nrm_output *output, const char *lead, struct nrm_str text, size_t indent,
              size_t width);

#endif
