/* Where knowledge files lie: maps/, profiles/, rules/, indicators/ of the program's own tree or of
 * the installation, or a path that the user gave. */
#ifndef NRM_DATA_FIND_H
#define NRM_DATA_FIND_H

#include "base/memory.h"
#include "base/text.h"

/* The file of NAME in the kind of folder FOLDER ("maps", "profiles"): a NAME with a slash is a path
 * as it is; otherwise FOLDER/NAME.yaml in each directory of $NRM_PATH (colon separated), then in
 * the tree the running program was built in (../../ from build/bin), then in the installed data
 * directory. NULL where there is none. Made in ARENA. */
const char *nrm_find(struct nrm_arena *arena, const char *folder, struct nrm_str name);
/* The names of all files of FOLDER, sorted, in the first of those directories that has the folder;
 * *COUNT of them. NULL where there is
 * none, or the folder cannot be read. */
const char *const *nrm_find_all(struct nrm_arena *arena, const char *folder, size_t *count);
/* The directories that nrm_find looks in, for the message. */
const char *nrm_find_places(struct nrm_arena *arena, const char *folder);

#endif
