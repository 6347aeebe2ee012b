/* Care lists: rules/screening/NAME.yaml, nrm-indicators(5). What is looked after before an
 * interview, and what is to be done next, item by item, each with the condition under which it is
 * due and the condition under which the case shows that it is done. Knowledge for screening, in a
 * table. */
#ifndef NRM_RULES_CARE_H
#define NRM_RULES_CARE_H

#include "data/phrase.h"
#include "rules/profile.h"
#include "rules/standing.h"

struct nrm_care_item {
    const char *id;
    struct nrm_phrase text;
    struct nrm_phrase sheet; /* on paper, which knows no case; none: TEXT */
    bool tracks[NRM_TRACKS];
    const struct nrm_expr *when; /* NULL: always */
    const struct nrm_expr *done; /* NULL: nothing in a case can show it */
    bool first;                  /* comes before everything else */
    const char *source;
    struct nrm_place place;
};

struct nrm_care_list {
    const char *id;
    struct nrm_phrase name;
    const struct nrm_expr *when; /* NULL: always */
    struct nrm_care_item *items;
    size_t count;
};

enum nrm_care {
    NRM_CARE_NOT_DUE, /* or it cannot be told that it is */
    NRM_CARE_OPEN,    /* due, and the case does not show that it is done */
    NRM_CARE_DONE
};

/* The list NAME; NULL: not found or broken (told). NAMES are those of nrm_rules_names. */
const struct nrm_care_list *nrm_care_read(struct nrm_arena *arena, struct nrm_str name,
                                          const struct nrm_names *names, struct nrm_sink *sink);
/* Whether LIST concerns the case at all, and how far ITEM is. */
bool nrm_care_applies(const struct nrm_care_list *list, const struct nrm_standing *standing);
enum nrm_care nrm_care_state(const struct nrm_care_item *item, const struct nrm_standing *standing);

#endif
