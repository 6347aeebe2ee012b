/* Templates of new cases: templates/NAME.yaml, a case file with comments, in which @ID@ stands for
 * the id of the case and @PROFILE@ for its profile. */
#ifndef NRM_DATA_TEMPLATE_H
#define NRM_DATA_TEMPLATE_H

#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"

/* The text of template NAME (found as nrm_find does) in ARENA, with ID ({NULL, 0}: left open) and
 * PROFILE in place. False, told: it cannot be read, lacks the place for the id, or is no case once
 * filled in. */
bool nrm_template_fill(struct nrm_arena *arena, const char *name, struct nrm_str id,
                       struct nrm_str profile, struct nrm_str *text, struct nrm_sink *sink);

#endif
