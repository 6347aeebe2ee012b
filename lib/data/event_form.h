/* An event made from what a person typed: TYPE and key=value words become the mapping that a case
 * file holds, each value checked against the model. Free text and what names a person are not taken
 * from words on a command line, which everybody on the machine can see: their value is "-", and the
 * text is asked for. */
#ifndef NRM_DATA_EVENT_FORM_H
#define NRM_DATA_EVENT_FORM_H

#include "data/case.h"

struct nrm_event_form {
    struct nrm_arena *arena;
    struct nrm_sink *sink;
    /* The text for a value "-", in the arena; false: none, told. */
    bool (*ask)(void *context, const struct nrm_field *field, struct nrm_str *text);
    void *context;

    /* filled in */
    const struct nrm_event_type *type;
    struct nrm_node *node; /* at, type, then the fields in the order they were given */
    bool asked;            /* there is one standard input for one text */
};

/* Begin an event of TYPE at the time AT. False, told: the model has no such event. */
bool nrm_event_form_start(struct nrm_event_form *form, struct nrm_str type, struct nrm_str at);
/* Take a word "key=value". A list is given by several values with ";" between them, or several
 * words. False, told: no such field, a wrong value, a value that must not stand on a command line.
 */
bool nrm_event_form_set(struct nrm_event_form *form, struct nrm_str word);
/* Set a field to a text that no command line held, as it is. False, told: not a value of it. */
bool nrm_event_form_put(struct nrm_event_form *form, const char *key, struct nrm_str text);

#endif
