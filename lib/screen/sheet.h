/* A set of indicators as a sheet to print and fill in by hand, and the list of all sets. */
#ifndef NRM_SCREEN_SHEET_H
#define NRM_SCREEN_SHEET_H

#include "rules/care.h"
#include "rules/indicators.h"

/* GUARDS (may be NULL) come first, as boxes to tick. */
void nrm_sheet_print(struct nrm_output *output, const struct nrm_indicator_set *set,
                     const struct nrm_care_list *guards, struct nrm_str language, size_t width);

#endif
