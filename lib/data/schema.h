/* The case model as tables, compiled from schema/ (*.csv): fields, event types, vocabularies,
 * regions and transitions of the state machine, derived names. This module looks names up; what the
 * rows mean is for lib/rules. The tables are constant data: there is one model in a program. */
#ifndef NRM_DATA_SCHEMA_H
#define NRM_DATA_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum nrm_field_type {
    NRM_FIELD_STRING,
    NRM_FIELD_TEXT, /* free text, may have lines */
    NRM_FIELD_BOOLEAN,
    NRM_FIELD_NUMBER,
    NRM_FIELD_DATE, /* date, reduced precision allowed */
    NRM_FIELD_TIME, /* instant or date */
    NRM_FIELD_CODE, /* a word of VOCABULARY */
    NRM_FIELD_DURATION,
    NRM_FIELD_MAPPING, /* keys are fields of their own */
    NRM_FIELD_ANY      /* event field whose content the model does not settle */
};

struct nrm_vocabulary {
    const char *name;
    const char *const *words; /* in the order of the table */
    const char *const *meanings;
    size_t count;
    bool open; /* other words are allowed (nrm-check notes them) */
};

struct nrm_field {
    const char *path; /* "person.birth_date"; of an event field only its name: "outcome" */
    uint8_t type;     /* enum nrm_field_type */
    bool list;        /* a sequence of these; a single one is read as a list of one */
    const struct nrm_vocabulary *vocabulary; /* or NULL */
    const char *sensitivity; /* direct, special, indirect, process: redaction class */
    const char *description;
    const char *source;
    const char *track; /* all, adult, child: whom the question concerns */
};

struct nrm_event_type {
    const char *name;
    uint8_t order;                  /* row number: order among equal instants */
    const struct nrm_field *fields; /* those of this type alone, then the common ones */
    size_t count;
    const char *description;
    const char *source;
};

extern const struct nrm_field nrm_fields[];
extern const size_t nrm_field_count;
extern const struct nrm_event_type nrm_event_types[];
extern const size_t nrm_event_type_count;
/* The fields that every event has, for events whose type the model does not know. */
extern const struct nrm_event_type nrm_event_common;
extern const struct nrm_vocabulary nrm_vocabularies[];
extern const size_t nrm_vocabulary_count;

/* NULL where there is none. Lookups are hashed or sorted: no linear scans over the tables. */
const struct nrm_field *nrm_field_find(struct nrm_str path);
const struct nrm_event_type *nrm_event_type_find(struct nrm_str name);
/* TYPE NULL: among the common fields only. */
const struct nrm_field *nrm_event_field_find(const struct nrm_event_type *type,
                                             struct nrm_str name);
const struct nrm_vocabulary *nrm_vocabulary_find(struct nrm_str name);
/* Position of WORD, or -1. */
int nrm_vocabulary_word(const struct nrm_vocabulary *vocabulary, struct nrm_str word);

/* A row of schema/transitions.csv. Conditions are text here; lib/rules/machine compiles them. */
struct nrm_transition_row {
    const char *id; /* A08 */
    const char *region;
    const char *event;   /* event type, or the machine's own "begin" and "majority" */
    const char *from;    /* states joined with |, or * */
    const char *when;    /* selects this row; empty: always */
    const char *guard;   /* must hold; empty: none */
    const char *kind;    /* procedural or protective */
    const char *message; /* of a guard that does not hold: what should be, and what follows */
    const char *to;      /* state, "=" for the same, "<" for the one before the last change */
    const char *track;   /* all, adult, child */
    const char *marks;   /* milestones that this step sets, joined with | */
    const char *source;  /* handbook section */
    const char *requirements;
    uint32_t line; /* of schema/transitions.csv */
};
extern const struct nrm_transition_row nrm_transition_rows[];
extern const size_t nrm_transition_row_count;

/* A row of schema/states.csv: the states of each region; the first one is the initial state. */
struct nrm_state_row {
    const char *region, *state, *description, *source;
};
extern const struct nrm_state_row nrm_state_rows[];
extern const size_t nrm_state_row_count;

/* A row of schema/derived.csv: the first value whose condition is true is the value of NAME. A
 * value "?" cannot be told; of values "+word" all that hold are listed. */
struct nrm_derived_row {
    const char *name, *value, *when, *source;
    uint32_t line;
};
extern const struct nrm_derived_row nrm_derived_rows[];
extern const size_t nrm_derived_row_count;

/* A row of schema/settings.csv: what a profile may settle where the handbook leaves it open, with
 * the default of the recommended standards. Lists are joined with |; an empty default is unknown.
 */
struct nrm_setting_row {
    const char *name, *type, *list, *words, *initial, *description, *source;
    uint32_t line;
};
extern const struct nrm_setting_row nrm_setting_rows[];
extern const size_t nrm_setting_row_count;

#endif
