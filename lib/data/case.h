/* A case: the document of one person's file, and its list of events. Nothing computed is kept. */
#ifndef NRM_DATA_CASE_H
#define NRM_DATA_CASE_H

#include "data/node.h"
#include "data/schema.h"
#include "data/time.h"

struct nrm_event {
    const struct nrm_node *node;       /* the event's mapping */
    const struct nrm_event_type *type; /* NULL: a type that the model does not know, or none */
    struct nrm_time at;                /* unknown where missing or wrong */
    uint32_t position;                 /* 1-based, in the file */
    bool ends_early;   /* `until` lies before `from` or `at`, and counts as unknown */
    struct nrm_str id; /* {NULL, 0}: none */
};

struct nrm_case {
    struct nrm_arena *arena;
    const char *file;         /* where it was read */
    struct nrm_node *root;    /* mapping */
    struct nrm_str id;        /* {NULL, 0} where missing */
    struct nrm_str profile;   /* {NULL, 0} where not named */
    double weight;            /* persons that this record stands for; 1 unless it says otherwise */
    struct nrm_event *events; /* in the order of the file; what is no mapping is left out */
    size_t event_count;
};

/* Limits of nrm-case(5); wrong values of one case that are told one by one. */
enum { NRM_CASE_EVENTS = 100000, NRM_CASE_WARNINGS = 1000 };

/* Make a case of a document root: finds the events, parses times, and tells SINK (as warnings) what
 * is readable but wrong: an event that is no mapping, has no type or no time, an unknown event
 * type, an impossible date, a word that its closed vocabulary lacks, a wrong type, an `until`
 * before `from` or `at`. The offending values stay in the tree; whoever reads values must take them
 * as unknown, by the two functions below. Keys that the model does not know are left alone. False
 * (told as an error): the root is no mapping, or it has over 100,000 events. */
bool nrm_case_from_node(struct nrm_case *c, struct nrm_arena *arena, struct nrm_node *root,
                        const char *file, struct nrm_sink *sink);

/* Whether NODE (a scalar, or an alias of one) holds a valid value of FIELD, or of one item of it
 * where FIELD is a list. False as well where it says nothing: missing, null, or the word unknown in
 * a field that takes no words. A mapping is valid in a field of mappings, anything in a field of
 * type any. */
bool nrm_field_accepts(const struct nrm_field *field, const struct nrm_node *node);
/* What keeps NODE from being such a value and what to write instead, as text for a message; NULL
 * where it holds one or says nothing. Of a field of dates or times *TIME (may be NULL) receives the
 * time, unknown where there is none. */
const char *nrm_field_fault(const struct nrm_field *field, const struct nrm_node *node,
                            struct nrm_time *time);
/* The value of KEY in EVENT as it may be used: NULL where it is missing, or is an `until` that lies
 * before its start. Whether it suits its field is for nrm_field_accepts. */
const struct nrm_node *nrm_event_get(const struct nrm_event *event, struct nrm_str key);

/* true, yes, false, no, in lower, upper or title case, quoted or not. */
bool nrm_scalar_boolean(struct nrm_str text, bool *boolean);
/* A decimal number as JSON writes it, with a leading + and leading zeros allowed; at most 64 bytes.
 * Does not depend on the locale. False: it is none, or too large. */
bool nrm_scalar_number(struct nrm_str text, double *number);

#endif
