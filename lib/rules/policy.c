/* The key `screening` of a profile; see policy.h. */
#include "rules/policy.h"

const char *const nrm_element_names[] = {"act",          "means",   "purpose", "vulnerability",
                                         "presentation", "caution", NULL};

enum { REVIEW_MONTHS = 12, REVIEW_MONTHS_MOST = 1200 };

struct nrm_screening_policy nrm_screening_policy_standard(void)
{
    uint8_t adult = 1u << NRM_MEANS | 1u << NRM_PURPOSE;
    return (struct nrm_screening_policy){
        .adult = adult,
        .child = (uint8_t)(adult | 1u << NRM_VULNERABILITY), /* handbook 13.9 */
        .review_months = REVIEW_MONTHS,
    };
}

/* A list of elements; a caution never counts, whatever a profile says. */
static uint8_t read_elements(struct nrm_knowledge *knowledge, const struct nrm_node *node)
{
    static const char *const words[] = {"act",           "means",        "purpose",
                                        "vulnerability", "presentation", NULL};
    uint8_t elements = 0;
    if (node->kind != NRM_SEQUENCE || node->count == 0) {
        nrm_knowledge_wrong(knowledge, node, "a list of elements is wanted here, as [means, purpose]");
        return 0;
    }
    for (uint32_t i = 0; i < node->count; i++) {
        const char *word = nrm_knowledge_choice(knowledge, nrm_node_resolve(node->items[i]), words);
        for (size_t j = 0; words[j]; j++)
            if (words[j] == word)
                elements |= (uint8_t)(1u << j);
    }
    return elements;
}

void nrm_screening_policy_read(struct nrm_knowledge *knowledge, const struct nrm_node *node,
                               struct nrm_screening_policy *policy)
{
    static const char *const keys[] = {"adult", "child", "review_months", "duty_to_notify",
                                       "source", "requirements"};
    if (node->kind != NRM_MAPPING) {
        nrm_knowledge_wrong(knowledge, node, "screening is a mapping; see %s", knowledge->manual);
        return;
    }
    for (uint32_t i = 0; i < node->count; i++) {
        const struct nrm_node *value = nrm_node_resolve(node->pairs[i].value);
        struct nrm_str key = nrm_node_text(node->pairs[i].key);
        if (nrm_str_is(key, "adult"))
            policy->adult = read_elements(knowledge, value);
        else if (nrm_str_is(key, "child"))
            policy->child = read_elements(knowledge, value);
        else if (nrm_str_is(key, "duty_to_notify"))
            policy->duty_to_notify = nrm_knowledge_flag(knowledge, value);
        else if (nrm_str_is(key, "review_months"))
            policy->review_months = nrm_knowledge_whole(knowledge, value, 1, REVIEW_MONTHS_MOST);
        else if (!nrm_str_is(key, "source") && !nrm_str_is(key, "requirements"))
            nrm_knowledge_unknown_key(knowledge, node->pairs[i].key, keys,
                                      sizeof keys / sizeof *keys);
    }
}
