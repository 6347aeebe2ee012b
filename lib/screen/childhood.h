/* Signs of childhood of a person whom the record calls an adult. The track is the record's; what
 * speaks against it is pointed at, so that the doubt is logged (handbook 8.5, 13.14). Which signs
 * these are is said by the sets: nrm-indicators(5). */
#ifndef NRM_SCREEN_CHILDHOOD_H
#define NRM_SCREEN_CHILDHOOD_H

#include "rules/screen.h"

/* By the number of the indicator: whether it was seen and is a sign of childhood. One that was
 * noted before the person left the child track is left out: that was by a birthday or a finding,
 * which came later. NULL: there is none. In the arena of the case. */
const uint8_t *nrm_childhood_signs(const struct nrm_indicators *indicators,
                                   const struct nrm_standing *standing);
/* The next of SIGNS (may be NULL) from the number *AT on; NULL: no more. */
const struct nrm_indicator *nrm_childhood_next(const struct nrm_indicators *indicators,
                                               const uint8_t *signs, uint32_t *at);

#endif
