/* What a file operand is: a directory of cases, YAML, or a table of cases or of events. Private to
 * the case reader. */
#ifndef NRM_DATA_OPERAND_H
#define NRM_DATA_OPERAND_H

#include "data/reader.h"

enum nrm_operand_kind {
    NRM_OPERAND_YAML,
    NRM_OPERAND_TABLE,  /* wide CSV, or foreign CSV through a map */
    NRM_OPERAND_EVENTS, /* long CSV */
    NRM_OPERAND_DIRECTORY,
    NRM_OPERAND_BROKEN /* cannot be opened, and that was told */
};

struct nrm_operand {
    const char *path;
    uint8_t kind; /* enum nrm_operand_kind */
    bool open;    /* INPUT is open already: what is no plain file can be looked at only once */
    struct nrm_input input;
};

/* Find out what OPERAND's path is, by the options, else by its ending, else by its content. What
 * cannot be opened again is left open. */
void nrm_operand_settle(struct nrm_operand *operand, const struct nrm_reader_options *options);

/* The case files directly in a directory: *.yaml and *.yml that are plain files and not hidden, in
 * the order of their bytes, as paths in ARENA. False, told: it cannot be read, or has none. */
bool nrm_directory_files(struct nrm_arena *arena, const char *directory, struct nrm_sink *sink,
                         const char ***files, size_t *count);

#endif
