/* Between the files that make up indicators.h. */
#ifndef NRM_RULES_INDICATORS_INTERNAL_H
#define NRM_RULES_INDICATORS_INTERNAL_H

#include "rules/indicators.h"

/* Read one file into ARENA; NULL where it is broken (told). */
struct nrm_indicator_set *nrm_indicator_set_read(struct nrm_arena *arena, const char *file,
                                                 struct nrm_sink *sink);

#endif
