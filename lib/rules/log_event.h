/* What an event does to a case that it is about to be added to: whether the machine foresees the
 * step, what would have to hold, and what changes. Nothing here writes. */
#ifndef NRM_RULES_LOG_EVENT_H
#define NRM_RULES_LOG_EVENT_H

#include "rules/standing.h"

/* Why a step is not as it should be. */
struct nrm_objection {
    const char *text;
    const char *source;             /* "A04; handbook 13.2" */
    const struct nrm_event *event;  /* that it is about */
};

struct nrm_log {
    struct nrm_standing before, after; /* at the later of now and the event's own time */
    const struct nrm_event *event;     /* the last one of the case as it would be */
    bool planned;                      /* it lies ahead and does not count yet */
    const struct nrm_objection *objections; /* to the event itself: it is forbidden */
    size_t objection_count;
    const struct nrm_objection *consequences; /* other events that would not be as they should be */
    size_t consequence_count;
};

/* Look at AFTER, which is BEFORE and one event more at its end, a dated one; PROFILE is that of
 * both. Everything lives in AFTER's arena. */
void nrm_log_look(const struct nrm_machine *machine, const struct nrm_profile *profile,
                  const struct nrm_case *before, const struct nrm_case *after, struct nrm_time now,
                  struct nrm_log *log);

/* A name whose value the event changes. */
struct nrm_change {
    const char *name;
    const char *from, *to; /* "unknown" for what cannot be told */
};
/* The names of nrm-status(1) and a few more that change; in AFTER's arena. */
size_t nrm_log_changes(struct nrm_rules *rules, const struct nrm_log *log,
                       const struct nrm_change **changes);

#endif
