/* Checks: what is wrong with a case, and what cannot be told. Four sources: the form of the case,
 * the steps that the state machine met, the clocks of the profile, and the rules of rules/. */
#ifndef NRM_RULES_CHECK_H
#define NRM_RULES_CHECK_H

#include "rules/findings.h"
#include "rules/rule.h"
#include "rules/screen.h"
#include "rules/standing.h"

/* The form of C: keys that the model does not know, what is missing of id and events, events that
 * do not count. What its values lack was told when it was read. */
void nrm_check_form(struct nrm_findings *findings, const struct nrm_standing *standing);
/* The indicators noted: those that no set knows, as a note each. */
void nrm_check_indicators(struct nrm_findings *findings, const struct nrm_standing *standing,
                          const struct nrm_screener *screener);
/* The steps of the fold: guards that do not hold, but for those that a rule of SET stands for, and
 * events that lead nowhere. */
void nrm_check_steps(struct nrm_findings *findings, const struct nrm_standing *standing,
                     const struct nrm_rule_set *set);
/* The clocks: "deadline.NAME" for each that is overdue (of the clock's severity), was met late (a
 * note: what is past cannot be mended), or cannot be reckoned (unknown). */
void nrm_check_clocks(struct nrm_findings *findings, const struct nrm_standing *standing);
/* The rules. */
void nrm_check_rules(struct nrm_findings *findings, const struct nrm_standing *standing,
                     const struct nrm_rule_set *set);

#endif
