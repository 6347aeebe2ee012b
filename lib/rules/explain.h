/* Explaining where a case stands: the events and rows that led there, what is owed today, and the
 * machine itself as a graph. Text for people, made safe for a terminal. */
#ifndef NRM_RULES_EXPLAIN_H
#define NRM_RULES_EXPLAIN_H

#include "rules/rule.h"
#include "rules/standing.h"

/* Region by region: each state that the case was in, with the event and the row of the machine that
 * led to it; then what the derived names follow from. */
void nrm_explain(const struct nrm_machine *machine, const struct nrm_standing *standing,
                 struct nrm_output *output);

/* What is owed today, one line an item: given, missing, or cannot tell (handbook 13.8 to 13.13).
 * ITEMS are the rules of entitlements/ (*.yaml): `when` says to whom it is owed, `holds` that it
 * is given. Returns how many are missing. */
size_t nrm_explain_owed(const struct nrm_rule_set *items, const struct nrm_standing *standing,
                        struct nrm_output *output);

/* The transitions that lead from one state to another as a Graphviz digraph, a cluster for each
 * region; dashed: there is a guard. */
void nrm_machine_graph(const struct nrm_machine *machine, struct nrm_output *output);

#endif
