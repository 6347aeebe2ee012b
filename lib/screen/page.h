/* The page of one case: what the indicators support and why, what to look after first, what to ask
 * next. For people; nothing here decides anything. */
#ifndef NRM_SCREEN_PAGE_H
#define NRM_SCREEN_PAGE_H

#include "rules/care.h"
#include "rules/screen.h"

enum { NRM_CARE_LISTS = 3 };

struct nrm_page {
    struct nrm_output *output;
    size_t width;            /* columns; 0: not a terminal, 80 */
    bool bold;               /* headings */
    struct nrm_str language; /* of the texts; English where there is none */
    const struct nrm_indicators *indicators;
    const struct nrm_rules *rules;
    const struct nrm_care_list *care[NRM_CARE_LISTS]; /* in the order of the page */
    bool many; /* not the first page: an empty line comes before it */
};

/* Print the page of the case that both are about. */
void nrm_page_print(const struct nrm_page *page, const struct nrm_standing *standing,
                    const struct nrm_screening *screening);

/* Whether the person does not enter the mechanism now: help is offered, and nothing is asked. */
bool nrm_declines(const struct nrm_rules *rules, const struct nrm_standing *standing);

/* What one asks or looks for, in LANGUAGE: the question, or the sign where there is none. */
struct nrm_str nrm_indicator_asks(const struct nrm_indicator *indicator, struct nrm_str language);

#endif
