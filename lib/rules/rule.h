/* Rules: rules/NAME.yaml, nrm-rule(5). What must hold in a case, by the handbook or by law, each
 * with a condition, a plain message, its source, and examples that are run as tests. */
#ifndef NRM_RULES_RULE_H
#define NRM_RULES_RULE_H

#include "rules/expr.h"
#include "rules/machine.h"

struct nrm_rule {
    const char *id;       /* "interview.companion" */
    const char *label;    /* a few words for people; the id where none is given */
    const char *kind;     /* check, guard, role, entitlement, consent, condition */
    const char *severity; /* violation, warning, note */
    const char *message;  /* what does not hold, and what to do */
    const char *source;
    bool adult, child; /* tracks it is for */
    bool each_event;   /* asked for every event that ON matches, by its fields */
    bool before;       /* sees only the events before that one */
    struct nrm_pattern on;
    const struct nrm_expr *when; /* NULL: always */
    const struct nrm_expr *holds;
    const struct nrm_node *passes, *fails, *unknown; /* examples: cases, or lists of them */
    const char *now;        /* moment to reckon with in the examples, or NULL */
    const char *instead_of; /* rows of the machine whose guard asks the same, separated by spaces */
    const char *requirements; /* ids, separated by spaces */
    struct nrm_place place;
};

struct nrm_rule_set {
    struct nrm_rule *rules;
    size_t count;
};

/* Read every file in FOLDER ("rules", "entitlements"; see find.h) into ARENA. False: one of them is
 * broken, or two rules have one id (told). */
bool nrm_rules_read(struct nrm_rule_set *set, struct nrm_arena *arena, const char *folder,
                    const struct nrm_machine *machine, struct nrm_sink *sink);
/* Read one file, added to SET. */
bool nrm_rules_read_file(struct nrm_rule_set *set, struct nrm_arena *arena, const char *file,
                         const struct nrm_machine *machine, struct nrm_sink *sink);

/* Whether RULE stands for the guard of the machine's row ROW: one mistake, one finding. */
bool nrm_rule_answers(const struct nrm_rule *rule, const char *row);

#endif
