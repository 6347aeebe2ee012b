/* Between the files that make up screen.h. */
#ifndef NRM_RULES_SCREEN_INTERNAL_H
#define NRM_RULES_SCREEN_INTERNAL_H

#include "rules/screen.h"

/* What the case records under exploitation. */
struct screen_recorded {
    uint8_t elements; /* bits */
    bool act;         /* under exploitation.acts itself */
};
void screen_read_recorded(const struct nrm_case *c, struct screen_recorded *recorded);

/* Fill in ROW's elements: bits of MET are met; means are not needed of a child. */
void screen_set_elements(struct nrm_screen_row *row, enum nrm_track track, unsigned met);

/* Indicators in the order in which they are worth asking. */
struct screen_list {
    const struct nrm_indicator **items;
    size_t count;
};

/* What is prepared of one set, or of all of them together. */
struct screen_prepared {
    struct screen_list lists[NRM_TRACKS][NRM_ELEMENTS]; /* without cautions */
    struct screen_list
        recruitment[NRM_TRACKS]; /* those that show the act besides another element */
    struct screen_list *dimensions[NRM_TRACKS]; /* of a weighted set: strongest first */
};

/* Counts of seen indicators of one dimension, by weight. */
struct screen_counts {
    unsigned of[NRM_WEIGHTS];
};

/* What to ask next for a row of which ELEMENTS are not shown. COUNTS are those of the dimensions of
 * a weighted set, else NULL. */
void screen_missing(const struct screen_prepared *prepared, const struct nrm_screening *screening,
                    const struct screen_counts *counts, struct nrm_screen_row *row);

#endif
