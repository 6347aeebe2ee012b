/* Settings by name, and those of screening; see policy.h. */
#include "rules/policy.h"

const char *const nrm_element_names[] = {"act",          "means",   "purpose", "vulnerability",
                                         "presentation", "caution", NULL};

enum { REVIEW_MONTHS = 12, REVIEW_MONTHS_MOST = 1200 };

const struct nrm_value *nrm_setting_value(const struct nrm_value *settings, const char *name)
{
    static const struct nrm_value unknown = {.kind = NRM_VALUE_UNKNOWN};
    for (size_t i = 0; i < nrm_setting_row_count; i++)
        if (strcmp(nrm_setting_rows[i].name, name) == 0)
            return &settings[i];
    return &unknown;
}

/* A caution never counts: the words of the setting do not have it. */
static uint8_t elements_of(const struct nrm_value *setting, uint8_t standard)
{
    uint8_t elements = 0;
    if (setting->kind != NRM_VALUE_LIST)
        return standard;
    size_t count = nrm_value_list_count(setting);
    for (size_t i = 0; i < count; i++) {
        struct nrm_value item = nrm_value_list_item(setting, i);
        for (unsigned element = 0; element < NRM_CAUTION; element++)
            if (item.kind == NRM_VALUE_STRING &&
                nrm_str_is(item.string, nrm_element_names[element]))
                elements |= (uint8_t)(1u << element);
    }
    return elements ? elements : standard;
}

struct nrm_screening_policy nrm_screening_policy_of(const struct nrm_value *settings)
{
    uint8_t adult = 1u << NRM_MEANS | 1u << NRM_PURPOSE;
    const struct nrm_value *months = nrm_setting_value(settings, "indicator_review_months");
    const struct nrm_value *duty = nrm_setting_value(settings, "duty_to_notify");
    bool usable = months->kind == NRM_VALUE_NUMBER && months->number >= 1 &&
                  months->number <= REVIEW_MONTHS_MOST;
    return (struct nrm_screening_policy){
        .adult = elements_of(nrm_setting_value(settings, "screening_adult"), adult),
        /* handbook 13.9: a child's vulnerability is enough */
        .child = elements_of(nrm_setting_value(settings, "screening_child"),
                             (uint8_t)(adult | 1u << NRM_VULNERABILITY)),
        .review_months = usable ? (int32_t)months->number : REVIEW_MONTHS,
        .duty_to_notify = duty->kind == NRM_VALUE_BOOLEAN && duty->boolean,
    };
}
