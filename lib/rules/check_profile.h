/* Checking a profile: what lies below the recommended standards is found, never refused: the law of
 * a State may sit between the Convention's floor and the recommendation (handbook 13.10, 19). */
#ifndef NRM_RULES_CHECK_PROFILE_H
#define NRM_RULES_CHECK_PROFILE_H

#include "rules/check.h"
#include "rules/profile.h"

/* Add a finding for every clock of PROFILE that lies below STANDARDS or is missing, and for a
 * profile that does not say where its figures come from. */
void nrm_check_profile(struct nrm_findings *findings, const struct nrm_profile *profile,
                       const struct nrm_profile *standards);

#endif
