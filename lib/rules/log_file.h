/* Logging an event in a case file: the file is locked and read, the step is looked at, and the file
 * is replaced by one with the event in it, or stays as it is. */
#ifndef NRM_RULES_LOG_FILE_H
#define NRM_RULES_LOG_FILE_H

#include "data/edit.h"
#include "data/event_form.h"
#include "data/store.h"
#include "rules/log_event.h"

enum nrm_logged {
    NRM_LOG_FAILED,  /* told; the file stays, or what was told says how it is */
    NRM_LOG_REFUSED, /* the step is not as it should be: told, but not counted as an error */
    NRM_LOGGED
};

struct nrm_logging {
    /* given */
    struct nrm_arena *arena;
    struct nrm_sink *sink;
    struct nrm_rules *rules;
    struct nrm_time now;
    bool now_is_day;    /* NOW stands for its whole day, and an event of it has no hour */
    const char *file;
    struct nrm_str id;  /* of the case; {NULL, 0}: the only one in the file */
    const char *anyway; /* why to log a step that is not as it should be; NULL: do not */
    const char *target; /* of a void: id or number of the event; NULL: no void */
    struct nrm_event_form form; /* the event */
    bool dated;                 /* it says when; otherwise it is now */

    /* filled in */
    struct nrm_case before, after;
    struct nrm_log log;

    /* private */
    const struct nrm_profile *profile;
    struct nrm_store *store;
    struct nrm_case_text text, edited;
};

/* Log the event. Nothing is held open afterwards. */
enum nrm_logged nrm_log_in_file(struct nrm_logging *logging);

#endif
