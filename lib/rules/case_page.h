/* The page of one case, for people: where it stands, what is due, what to do next, its facts, and
 * its history with what each event did. */
#ifndef NRM_RULES_CASE_PAGE_H
#define NRM_RULES_CASE_PAGE_H

#include "rules/care.h"
#include "rules/standing.h"

enum { NRM_CASE_PAGE_LISTS = 2 };

struct nrm_case_page {
    struct nrm_output *output;
    size_t width;  /* columns; 0: not a terminal, 80 */
    bool bold;     /* headings */
    bool identity; /* show what names the person as well */
    struct nrm_rules *rules;
    const struct nrm_care_list *care[NRM_CASE_PAGE_LISTS]; /* what to do next; NULL: none */
};

/* Print the page of the case that STANDING is about. */
void nrm_case_page_print(const struct nrm_case_page *page, const struct nrm_standing *standing);

#endif
