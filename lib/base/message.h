/* Messages to people: a place (file:line:column), a level, plain words on what happened and what to
 * do. The library only hands them to a sink; it never prints. A message never holds a value from a
 * case beyond what finds the place: field names and event types, made safe, are allowed; contents
 * of text fields, dates of birth, names are not. */
#ifndef NRM_BASE_MESSAGE_H
#define NRM_BASE_MESSAGE_H

#include <stdint.h>

/* LINE and COLUMN count from 1 (columns in characters); 0 where they have no meaning. */
struct nrm_place {
    const char *file; /* as the user named it, "-" for standard input; NULL: none */
    uint32_t line, column;
};

enum nrm_level {
    NRM_NOTE,    /* worth knowing */
    NRM_WARNING, /* readable but wrong; the value counts as unknown and work goes on */
    NRM_ERROR    /* unreadable; the case or file is lost to this run: status 2 */
};

/* Where messages go. TELL receives finished text without place and newline. */
struct nrm_sink {
    void (*tell)(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                 const char *text);
    void *context;
    unsigned long notes, warnings, errors; /* counted by nrm_tell */
};

/* Format and hand over one message. PLACE may be NULL. SINK may be NULL: nothing happens.
 * Whatever the arguments held, the text that arrives is safe for a terminal. */
void nrm_tell(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
              const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
