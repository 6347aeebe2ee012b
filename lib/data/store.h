/* A case file on the disk, open for one writer at a time and replaced whole: whoever looks finds
 * the old file or the new one, never a part of one, whatever happens in between. What the bytes
 * mean is not known here; edit.h changes them. */
#ifndef NRM_DATA_STORE_H
#define NRM_DATA_STORE_H

#include <stdbool.h>

#include "base/message.h"
#include "base/text.h"

/* A file that is to be edited is read whole; this is the most. */
enum { NRM_STORE_BYTES = 256 * 1024 * 1024 };

struct nrm_store;

/* Open, lock and read the file NAME (kept, not copied). Another writer is waited for, half a minute
 * at most; the lock is the kernel's and ends with its process. A symbolic link is followed, and
 * what it points to is the file. NULL, told: it is missing, no plain file, read-only or too large,
 * it cannot be locked, or its directory cannot be opened. */
struct nrm_store *nrm_store_open(const char *name, struct nrm_sink *sink);
/* The bytes that were read; a NUL follows them. */
struct nrm_str nrm_store_text(const struct nrm_store *store);
/* Put TEXT in the place of the file: written beside it, synced, renamed, the directory synced. The
 * permissions stay those of the old file, or become narrower where they cannot be kept. False,
 * told: the file is as it was, or as a program that does not lock saved it meanwhile; or it was
 * replaced and the directory could not be synced. Once only for each opening. */
bool nrm_store_replace(struct nrm_store *store, struct nrm_str text, struct nrm_sink *sink);
/* Ends the lock. STORE may be NULL. */
void nrm_store_close(struct nrm_store *store);

enum nrm_store_made { NRM_STORE_FAILED, NRM_STORE_MADE, NRM_STORE_EXISTS };

/* Make the file NAME in DIRECTORY, for its owner alone (0600). A file that is there already is
 * never touched: EXISTS, not told. FAILED, told: nothing was made. */
enum nrm_store_made nrm_store_create(const char *directory, const char *name, struct nrm_str text,
                                     struct nrm_sink *sink);

#endif
