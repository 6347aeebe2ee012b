/* What screening adds to a case: answers, an event; and a record without identity for a country
 * with a duty to notify. */
#ifndef NRM_SCREEN_RECORD_H
#define NRM_SCREEN_RECORD_H

#include "rules/screen.h"

/* A case with nothing in it but its number (which may be empty). */
struct nrm_node *nrm_record_new(struct nrm_arena *arena, struct nrm_str id);
/* An entry of `indicators`; NOTE may be {NULL, 0}. */
struct nrm_node *nrm_record_entry(struct nrm_arena *arena, struct nrm_str id,
                                  enum nrm_answer answer, struct nrm_str seen, struct nrm_str note);
/* Note ANSWER to the indicator ID in the case ROOT: its last entry is changed, or a new one is
 * added, with the time SEEN as text. With a NOTE (otherwise {NULL, 0}) always a new one. */
void nrm_record_answer(struct nrm_arena *arena, struct nrm_node *root, struct nrm_str id,
                       enum nrm_answer answer, struct nrm_str seen, struct nrm_str note);
/* Add the event `screening` to the case; AT is its time as text. */
void nrm_record_screening(struct nrm_arena *arena, struct nrm_node *root,
                          const struct nrm_screening *screening, struct nrm_str at);
/* A document that says what was found and nothing of who it is about: no number, name, date, place,
 * nationality or note (handbook 13.2). */
struct nrm_node *nrm_record_notification(struct nrm_arena *arena, const struct nrm_case *c,
                                         const struct nrm_screening *screening,
                                         const struct nrm_indicators *indicators,
                                         const char *profile);

#endif
