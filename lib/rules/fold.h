/* The fold: the events of a case, one after the other, through the state machine. */
#ifndef NRM_RULES_FOLD_H
#define NRM_RULES_FOLD_H

#include "rules/machine.h"
#include "rules/period.h"
#include "rules/standing.h"

/* Fold C at NOW. STANDING->profile is set; everything else is filled in. */
void nrm_fold(const struct nrm_machine *machine, const struct nrm_case *c, struct nrm_time now,
              struct nrm_standing *standing);

#endif
