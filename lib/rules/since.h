/* What changed since the last run: a state file holds one line for each deadline as it was told
 * last, so that a warning comes once and not every night. It holds ids and dates, nothing of the
 * case besides. */
#ifndef NRM_RULES_SINCE_H
#define NRM_RULES_SINCE_H

#include "rules/clock.h"

struct nrm_since;

/* Open and lock the state file PATH (kept, not copied); a missing one is made (0600) and is empty.
 * NULL: told. */
struct nrm_since *nrm_since_open(const char *path, struct nrm_sink *sink);
/* Note how DUE of the case ID stands now. True: it did not stand so when the file was written. */
bool nrm_since_note(struct nrm_since *since, struct nrm_str id, const struct nrm_due *due,
                    const struct nrm_zone *zone);
/* Replace the file by what was noted, whole or not at all. False: told. */
bool nrm_since_save(struct nrm_since *since, struct nrm_sink *sink);
void nrm_since_close(struct nrm_since *since);

#endif
