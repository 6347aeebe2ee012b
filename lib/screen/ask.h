/* Screening in a dialogue: a case from a file, or a new one; the questions; the answers put into
 * it. */
#ifndef NRM_SCREEN_ASK_H
#define NRM_SCREEN_ASK_H

#include "rules/care.h"
#include "rules/screen.h"

struct nrm_asking {
    struct nrm_rules *rules;
    const struct nrm_indicators *indicators;
    const struct nrm_screener *screener;
    const struct nrm_care_list *care; /* before the questions; or NULL */
    struct nrm_str language;
    bool short_list;  /* the questions for first responders only */
    bool plain;       /* lines instead of a screen, wanted or not */
    const char *path; /* NULL: a new case, for the caller to write */
    struct nrm_sink *sink;
    struct nrm_arena *arena;
};

enum nrm_asked {
    NRM_ASKED_TROUBLE,     /* told */
    NRM_ASKED_INTERRUPTED, /* nothing is kept */
    NRM_ASKED_NOTHING,     /* no answer was given: the file is as it was */
    NRM_ASKED_KEPT         /* answers are in ROOT, and in the file where there is one */
};

/* Ask on the terminal of standard input and, OUT, standard output or standard error. */
enum nrm_asked nrm_ask(const struct nrm_asking *asking, int out, struct nrm_node **root,
                       size_t *answered, size_t *open);

#endif
