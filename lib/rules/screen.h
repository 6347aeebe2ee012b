/* Screening: what the indicators noted in a case support, set by set and for the case as a whole,
 * and what is still missing. Indicators neither prove nor disprove (handbook 13.8): there is no
 * negative word here, nothing that is added weakens anything, and nationality, status, offences and
 * co-operation are not even looked at.
 * H02-G001 H02-G002 H07-G022 H08-G010 H03-G098: only indicators and what is recorded of the
 * trafficking count, whoever the person is. H06-G011 H08-G011: what was looked for and not seen, or
 * not yet looked for, lowers nothing, and one indicator can be enough. */
#ifndef NRM_RULES_SCREEN_H
#define NRM_RULES_SCREEN_H

#include "rules/indicators.h"
#include "rules/standing.h"

enum nrm_shown { NRM_NOT_SHOWN, NRM_MET, NRM_NOT_NEEDED };

/* What a case says about an indicator; the greatest holds where it says several things. */
enum nrm_answer { NRM_NOTHING_NOTED, NRM_NOT_ASKED, NRM_REFUSED, NRM_NOT_SEEN, NRM_SEEN };

enum { NRM_MISSING = 5 }; /* what to ask next, at most */

/* One set, or the case as a whole. */
struct nrm_screen_row {
    const struct nrm_indicator_set *set;  /* NULL: the whole case, row "elements" */
    uint8_t elements[NRM_LEGAL_ELEMENTS]; /* enum nrm_shown of act, means, purpose */
    bool reached;                         /* the threshold; otherwise not yet */
    int strength;                         /* positive dimensions; -1: the set has no weights */
    size_t seen;                          /* indicators of it, cautions left out */
    const struct nrm_indicator *missing[NRM_MISSING]; /* most useful first */
    size_t missing_count;
};

struct nrm_screening {
    enum nrm_track track;
    const struct nrm_screening_policy *policy;
    struct nrm_screen_row *rows; /* the sets for the track, then the whole case */
    size_t count;
    const struct nrm_screen_row *whole;
    const uint8_t *answers;          /* enum nrm_answer, by number of the indicator */
    const struct nrm_node **unknown; /* entries whose indicator no set knows */
    size_t unknown_count;
    uint8_t recorded; /* bits of elements that the case records under exploitation */
};

/* What is prepared once for a run. CHOSEN (NULL: all) tells by the place in INDICATORS which sets
 * have rows; all of them count for the whole case. INDICATORS must outlive it. */
struct nrm_screener *nrm_screener_new(const struct nrm_indicators *indicators, const bool *chosen);
void nrm_screener_free(struct nrm_screener *screener);

/* Screen the case that STANDING is about; everything is made in the arena of the case. */
void nrm_screen(const struct nrm_screener *screener, const struct nrm_standing *standing,
                struct nrm_screening *screening);

/* The chosen indicators that can be asked for TRACK, the most useful first, *COUNT of them: those
 * of the short list for first responders where SHORT_LIST, which falls back on all of them. */
const struct nrm_indicator *const *nrm_screener_questions(const struct nrm_screener *screener,
                                                          enum nrm_track track, bool short_list,
                                                          size_t *count);

/* The combination rule of the ILO: two strong; one strong with another; three medium; two medium
 * with one weak. */
bool nrm_ilo_positive(unsigned strong, unsigned medium, unsigned weak);

/* What ANSWER says, {NULL, 0} or null standing for the default; a word that is none: nothing. */
enum nrm_answer nrm_answer_of(const struct nrm_node *answer);

/* "met", "not_shown", "not_needed"; "seen", "not_seen", ... ("" where nothing was noted). */
const char *nrm_shown_text(enum nrm_shown shown);
const char *nrm_answer_text(enum nrm_answer answer);

/* Fields of a case that record an element of trafficking, by themselves. */
struct nrm_recorded_field {
    const char *key; /* in `exploitation` */
    uint8_t element;
    const char *word; /* the field must hold this word; NULL: any */
};
extern const struct nrm_recorded_field nrm_recorded_fields[];
extern const size_t nrm_recorded_field_count;
/* The next value from AT on of the list or scalar FIELD of CASE that counts; NULL: no more. */
const struct nrm_node *nrm_recorded_value(const struct nrm_case *c,
                                          const struct nrm_recorded_field *field, uint32_t *at);

#endif
