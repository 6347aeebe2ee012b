/* Ids of cases and the names of their files: a directory of cases holds ID.yaml for each. */
#ifndef NRM_DATA_CASE_ID_H
#define NRM_DATA_CASE_ID_H

#include <stdbool.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/text.h"

/* What keeps ID from being the id of a new case and the name of its file: text for a message; NULL
 * where nothing does. Up to 64 letters, digits, dots, dashes and underlines, no dot or dash first.
 */
const char *nrm_case_id_fault(struct nrm_str id);
/* The file of ID in DIRECTORY, in ARENA: ID.yaml, or ID.yml where only that is there. NULL, told:
 * ID cannot be the name of a file. */
const char *nrm_case_file(struct nrm_arena *arena, const char *directory, struct nrm_str id,
                          struct nrm_sink *sink);
/* The number behind the highest one of the files YEAR-NUMBER.yaml in DIRECTORY. 0, told: it cannot
 * be read, or there are no numbers left. */
unsigned nrm_case_next_number(const char *directory, int year, struct nrm_sink *sink);

#endif
