/* The expression language of nrm-expr(7): small, total, free of side effects, three-valued
 * (Kleene). An expression is parsed once; names, types and words of closed vocabularies are checked
 * then. Evaluation walks the tree, changes nothing, and has an answer for every case. */
#ifndef NRM_RULES_EXPR_H
#define NRM_RULES_EXPR_H

#include "data/calendar.h"
#include "rules/value.h"

/* Names beyond the fields of the case that an expression may use (regions of the state machine,
 * derived names). Their values stand at the same index in a scope. */
struct nrm_names {
    const char *const *names;
    size_t count;
    /* What each name holds, by index; NULL, or NULL in its place: anything. Type, list and
     * vocabulary of the field are looked at, so that track == "chidl" is refused like a wrong word
     * of a field. */
    const struct nrm_field *const *fields;
};

/* What an expression sees. */
struct nrm_scope {
    const struct nrm_case *c;
    const struct nrm_event *const *events; /* events that count, in the order of the fold */
    size_t event_count;
    const struct nrm_event *event;  /* the event that a guard is about, or NULL */
    const struct nrm_value *values; /* of the names, by index; NULL: all unknown */
    /* Names from SETTINGS_FROM on, SETTING_COUNT of them, have their values here and not in VALUES:
     * they are the same for all cases of a profile and need not be copied. */
    const struct nrm_value *settings;
    size_t settings_from, setting_count;
    const struct nrm_calendar *calendar; /* NULL: no zone, so what depends on one is unknown */
    struct nrm_time now;                 /* an instant */
    const struct nrm_time *birth; /* person.birth_date where the caller has read it already; NULL:
                                     age() reads it from the case */
    /* Where text that no case holds (quarter(), lower()) is made; NULL: the arena of the case.
     * Nothing here is freed or used again by an evaluation, so a value stays good until its owner
     * resets the arena; whoever set it resets it, not before the values are used up. */
    struct nrm_arena *scratch;
};

/* The value of the name with this index; VALUES must be there. */
static inline const struct nrm_value *nrm_scope_value(const struct nrm_scope *scope, size_t name)
{
    size_t setting = name - scope->settings_from;
    return setting < scope->setting_count ? &scope->settings[setting] : &scope->values[name];
}

struct nrm_expr;

/* Where an expression stands, for messages and for which names it may use. A bare name is a field
 * of the event first, then one of NAMES, then a field of the case. */
struct nrm_expr_context {
    const struct nrm_names *names; /* or NULL; they must live as long as the expression */
    const struct nrm_event_type *const *event_types; /* of the event that it is about; or NULL */
    size_t event_type_count;
    bool any_event; /* it is about an event of any type: bare names may be fields of them all */
    struct nrm_place place; /* of the first character of the text; line 0 counts as 1 */
    struct nrm_sink *sink;
};

enum {
    NRM_EXPR_LENGTH = 64 * 1024, /* bytes of one expression */
    NRM_EXPR_DEPTH = 64,         /* nesting of brackets, calls, not and minus */
    /* Steps of one evaluation: an event, key, list member or 64 bytes of text looked at are one
     * each. Past it the answer is unknown, which keeps nested has() over a hostile case bounded. */
    NRM_EXPR_STEPS = 5 * 1000 * 1000
};

/* Parse TEXT (copied). NULL where it is wrong: syntax, a name or function that does not exist (with
 * the nearest one that does), types that do not fit, a word that a closed vocabulary lacks, a
 * limit. The first mistake is told as an error with line and column. A word that an open vocabulary
 * lacks is told as a warning. */
struct nrm_expr *nrm_expr_parse(struct nrm_arena *arena, struct nrm_str text,
                                const struct nrm_expr_context *context);
/* Text and lists of the result point into the case, the expression, the values of the scope, or its
 * scratch arena. */
struct nrm_value nrm_expr_eval(const struct nrm_expr *expr, const struct nrm_scope *scope);

enum nrm_truth { NRM_FALSE, NRM_TRUE, NRM_CANNOT_TELL };

/* Parse TEXT as a condition: as nrm_expr_parse, but what cannot be true or false is refused too. */
struct nrm_expr *nrm_condition_parse(struct nrm_arena *arena, struct nrm_str text,
                                     const struct nrm_expr_context *context);
/* MISSING (may be NULL) receives what an undecided answer lacks: a path ("person.birth_date",
 * "stage1_decision.outcome"), a name ("track") or an event ("event stage1_decision"), to be put
 * into "cannot tell: ... is missing"; NULL where the answer is decided or nothing can be named. It
 * lives as long as the expression and the values of the scope. */
enum nrm_truth nrm_condition_holds(const struct nrm_expr *expr, const struct nrm_scope *scope,
                                   const char **missing);

/* A pattern of events, used in profiles: "service", "permit_granted|permit_renewed",
 * "service where phase == \"started\"", or the name of a milestone, which stands alone. A word that
 * is both is the event type. */
struct nrm_pattern {
    uint64_t types[2];            /* bit set over nrm_event_types (at most 128 of them) */
    int mark;                     /* index in the milestones, or -1 */
    const struct nrm_expr *where; /* or NULL */
};
/* MARKS are the names of milestones (may be NULL). CONTEXT's event types do not matter. False,
 * told: as nrm_expr_parse. */
bool nrm_pattern_parse(struct nrm_arena *arena, struct nrm_str text, const struct nrm_names *marks,
                       const struct nrm_expr_context *context, struct nrm_pattern *pattern);
/* Whether EVENT is of a type that the pattern names and its condition holds for it. SCOPE's own
 * event does not matter. A pattern that is a milestone matches no event. */
enum nrm_truth nrm_pattern_matches(const struct nrm_pattern *pattern, const struct nrm_event *event,
                                   const struct nrm_scope *scope);

#endif
