/* The settings of a profile by name, and what they say about screening: which indicators reach the
 * low threshold of stage 1 (handbook 13.8 leaves it to the State), how old a set of indicators may
 * grow, and whether an adult who declines is reported without identity. */
#ifndef NRM_RULES_POLICY_H
#define NRM_RULES_POLICY_H

#include "rules/value.h"

/* What an indicator speaks to. The first three are the elements of trafficking in law (handbook
 * 5.2); a caution explains an account and counts for nothing (handbook 5.9, 13.8). */
enum nrm_element {
    NRM_ACT,
    NRM_MEANS,
    NRM_PURPOSE,
    NRM_VULNERABILITY,
    NRM_PRESENTATION,
    NRM_CAUTION,
    NRM_ELEMENTS,
    NRM_LEGAL_ELEMENTS = NRM_PURPOSE + 1
};
/* "act", "means", ...; ended by NULL. */
extern const char *const nrm_element_names[];

struct nrm_screening_policy {
    uint8_t adult, child; /* bits of elements: one indicator of any of them reaches the threshold */
    int32_t review_months; /* of sets that name no interval of their own */
    bool duty_to_notify;   /* an adult who declines is reported, without identity */
};

/* The value of setting NAME; unknown where no setting has that name. SETTINGS in the order of
 * schema/settings.csv. */
const struct nrm_value *nrm_setting_value(const struct nrm_value *settings, const char *name);
/* SETTINGS in the order of schema/settings.csv. What is not settled is read so that it protects the
 * person. */
struct nrm_screening_policy nrm_screening_policy_of(const struct nrm_value *settings);

#endif
