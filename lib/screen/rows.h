/* Results of screening for programs: CSV rows and JSON objects, and the list of sets. */
#ifndef NRM_SCREEN_ROWS_H
#define NRM_SCREEN_ROWS_H

#include "rules/care.h"
#include "rules/screen.h"

/* The header and the rows of one case: id,set,track,acts,means,purpose,threshold,strength,missing,
 * then version,reviewed. */
void nrm_screen_csv_header(struct nrm_output *output);
void nrm_screen_csv(struct nrm_output *output, const struct nrm_case *c,
                    const struct nrm_str *versions, const struct nrm_screening *screening);
/* The last two cells of each set, by its place: made once for a run. */
struct nrm_str *nrm_screen_versions(struct nrm_arena *arena,
                                    const struct nrm_indicators *indicators);
/* One object on one line; CARE (COUNT lists) tells what is open and what is done, `age_doubt` which
 * signs of childhood speak against a record that says adult. */
void nrm_screen_json(struct nrm_output *output, const struct nrm_standing *standing,
                     const struct nrm_screening *screening, const struct nrm_indicators *indicators,
                     const struct nrm_care_list *const *care, size_t count);

enum nrm_sets_format { NRM_SETS_TEXT, NRM_SETS_CSV, NRM_SETS_JSON };

/* The sets CHOSEN (NULL: all): set,version,reviewed,review_due,track,rule,indicators,source. MONTHS
 * is the interval of sets that name none. */
void nrm_sets_print(struct nrm_output *output, const struct nrm_indicators *indicators,
                    const bool *chosen, int32_t months, enum nrm_sets_format format, size_t width);

#endif
