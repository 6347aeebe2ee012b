/* Checks: what is wrong with a case, and what cannot be told. Three sources: the form of the case,
 * the steps that the state machine met, and the rules of rules/ (*.yaml). */
#ifndef NRM_RULES_CHECK_H
#define NRM_RULES_CHECK_H

#include "rules/rule.h"
#include "rules/standing.h"

enum nrm_result { NRM_PASS, NRM_FAIL, NRM_UNKNOWN };

struct nrm_finding {
    const char *rule;     /* id: of a rule, or "format.unknown_key", "step.A04" */
    const char *severity; /* violation, warning, note */
    uint8_t result;       /* enum nrm_result */
    const char *path;     /* what it is about, or what is missing: "events[3].outcome"; "" */
    const char *message;
    const char *source;
    struct nrm_place place;
};

/* Findings of one case, in its arena. */
struct nrm_findings {
    struct nrm_arena *arena;
    struct nrm_finding *list;
    size_t count, room;
    bool passes; /* keep what passes too */
};

void nrm_findings_add(struct nrm_findings *findings, const struct nrm_finding *finding);

/* The form of C: keys that the model does not know, what is missing of id and events, events that
 * do not count. What its values lack was told when it was read. */
void nrm_check_form(struct nrm_findings *findings, const struct nrm_standing *standing);
/* The steps of the fold: guards that do not hold, events that lead nowhere. */
void nrm_check_steps(struct nrm_findings *findings, const struct nrm_standing *standing);
/* The rules. */
void nrm_check_rules(struct nrm_findings *findings, const struct nrm_standing *standing,
                     const struct nrm_rule_set *set);

/* "pass", "fail", "unknown" */
const char *nrm_result_text(enum nrm_result result);

#endif
