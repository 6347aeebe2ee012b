/* Private to the YAML reader: the bytes between the input and libyaml. Those of the document being
 * read are kept, so that after an error a fresh parser can start at the next document although
 * libyaml has read far beyond it. */
#ifndef NRM_DATA_YAML_SOURCE_H
#define NRM_DATA_YAML_SOURCE_H

#include "data/input.h"

struct nrm_yaml_source {
    struct nrm_input *input;
    unsigned char *bytes; /* a window on the input: from HEAD to LENGTH */
    size_t head, length, room;
    size_t given;       /* where in BYTES the parser reads on */
    size_t index;       /* of the character at HEAD, as the parser counts them */
    size_t document;    /* index of the character where the present document starts */
    size_t piece;       /* at most so many bytes at once: little at first after a fresh start */
    size_t since_event; /* bytes given since the parser said something */
    size_t directives;  /* lines with % among them, while BETWEEN documents */
    bool between;
    bool over; /* a limit was passed and the parser was refused more */
};

void nrm_yaml_source_init(struct nrm_yaml_source *source, struct nrm_input *input);
void nrm_yaml_source_free(struct nrm_yaml_source *source);

/* libyaml's read handler; DATA is the source. */
int nrm_yaml_source_read(void *data, unsigned char *buffer, size_t size, size_t *size_read);
/* The parser delivered an event: the limits count anew. */
void nrm_yaml_source_event(struct nrm_yaml_source *source, bool between);

/* The byte at a character index of the present document; 0 behind the last one that was read. */
unsigned char nrm_yaml_source_byte(const struct nrm_yaml_source *source, size_t index);

/* Find the next line that starts a document, from the character INDEX on (LINE_START: a line begins
 * there); *LINE, counted as libyaml does, moves along. True: it is the next to be given, with index
 * 0. False: the input is over. */
bool nrm_yaml_source_skip(struct nrm_yaml_source *source, size_t index, bool line_start,
                          uint32_t *line);
/* Whether the next line that is neither blank nor a comment, from INDEX on, is a % directive. */
bool nrm_yaml_source_has_directive(const struct nrm_yaml_source *source, size_t index);

#endif
