/* Findings: what is wrong or cannot be told, with its place and source, and how people read them.
 */
#ifndef NRM_RULES_FINDINGS_H
#define NRM_RULES_FINDINGS_H

#include "base/memory.h"
#include "base/message.h"
#include "base/output.h"
#include "base/text.h"

enum nrm_result { NRM_PASS, NRM_FAIL, NRM_UNKNOWN };

struct nrm_finding {
    const char *rule;     /* id of a rule, or "format.void", "step.A04", "deadline.rr_start" */
    const char *severity; /* violation, warning, note */
    uint8_t result;       /* enum nrm_result */
    const char *path;     /* what it is about, or what is missing: "events[3].outcome"; "" */
    const char *event;    /* type of the event that it is about; "" or NULL: none */
    const char *missing;  /* of an unknown one: the end of PATH that is not on record, or NULL */
    const char *message;
    const char *source;
    struct nrm_place place;
};

/* Findings of one case, in its arena. */
struct nrm_findings {
    struct nrm_arena *arena;
    struct nrm_finding *list;
    size_t count, room;
    bool passes; /* keep what passes too */
};

void nrm_findings_add(struct nrm_findings *findings, const struct nrm_finding *finding);
/* How many have RESULT. */
size_t nrm_findings_count(const struct nrm_findings *findings, enum nrm_result result);
/* "pass", "fail", "unknown" */
const char *nrm_result_text(enum nrm_result result);

/* For people, as "file:line:column: severity ID path event: message [rule; source]". What is
 * missing is put together, one line for each event or the case; EACH: one line for each finding
 * instead. What comes from outside, as ID, names of files and of keys, is made safe to show. */
void nrm_findings_print(const struct nrm_findings *findings, struct nrm_str id, bool each,
                        struct nrm_output *output);

#endif
