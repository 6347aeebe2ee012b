/* One stream of cases, whatever the files hold: YAML (one document or many), directories of YAML
 * files, wide and long CSV, foreign CSV through a map; files, directories or standard input.
 *
 * A long CSV file holds events, not cases. Together with other operands its events are added to the
 * cases with the same id, behind those that a YAML case has itself and instead of those that the
 * TYPE.field columns of a wide file make; an id that no other operand has forms a case of its own,
 * at the end, with a note. Alone, it forms one case for each id. Long files are kept in memory; all
 * else is read one case at a time. */
#ifndef NRM_DATA_READER_H
#define NRM_DATA_READER_H

#include "data/case.h"
#include "data/map.h"

enum nrm_format { NRM_FORMAT_AUTO, NRM_FORMAT_YAML, NRM_FORMAT_CSV, NRM_FORMAT_EVENTS };

struct nrm_reader_options {
    enum nrm_format format; /* AUTO: by the name's ending, else by content; directories hold YAML */
    struct nrm_map *map;    /* foreign CSV; NULL: none */
    bool keep_going;        /* -k: after an unreadable case or file go on with the next */
    struct nrm_sink *sink;
};

struct nrm_reader;

/* PATHS (COUNT of them; none: standard input) must outlive the reader. */
struct nrm_reader *nrm_reader_new(const char *const *paths, size_t count,
                                  const struct nrm_reader_options *options);
/* The next case; it lives until the next call. 1: a case; 0: no more; -1: trouble, told to the
 * sink, and the reader goes no further. With keep_going trouble is told and skipped; then
 * nrm_reader_failed is true at the end. */
int nrm_reader_next(struct nrm_reader *reader, struct nrm_case **c);
bool nrm_reader_failed(const struct nrm_reader *reader);
void nrm_reader_free(struct nrm_reader *reader);

#endif
