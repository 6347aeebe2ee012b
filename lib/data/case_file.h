/* One case in a file of its own, read whole and written whole: whoever looks finds the old file or
 * the new one, never a part. */
#ifndef NRM_DATA_CASE_FILE_H
#define NRM_DATA_CASE_FILE_H

#include "data/node.h"

enum nrm_case_file { NRM_FILE_BROKEN, NRM_FILE_NEW, NRM_FILE_READ };

/* The one document of PATH in *ROOT, made in ARENA. NEW: there is no such file; *ROOT is NULL.
 * BROKEN (told): it cannot be read, is no mapping, or holds several cases. */
enum nrm_case_file nrm_case_file_read(struct nrm_arena *arena, const char *path,
                                      struct nrm_node **root, struct nrm_sink *sink);
/* Write ROOT to PATH: a temporary file beside it, synced, renamed, the directory synced. A new file
 * is its owner's alone (0600) and does not replace one that came up meanwhile; an old one keeps its
 * permissions. False, told: nothing changed, but for a failure to sync the directory. */
bool nrm_case_file_write(const char *path, bool new_file, const struct nrm_node *root,
                         struct nrm_sink *sink);

#endif
