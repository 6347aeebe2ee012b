/* Input: bytes of one file or of standard input, checked on the way to be UTF-8 text, with the
 * place of the first byte that is not. A byte order mark is dropped. Both the YAML and the CSV
 * reader draw from here. */
#ifndef NRM_DATA_INPUT_H
#define NRM_DATA_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/message.h"

struct nrm_input {
    const char *name; /* as the user named it; "-" is standard input */
    int fd;
    bool owns_fd;
    bool ended;            /* end of file seen */
    bool failed;           /* read error or bad bytes; told to the sink already */
    uint32_t line, column; /* place of the next byte to be handed out */
    uint64_t offset;       /* bytes handed out so far */
    struct nrm_sink *sink;
    /* private */
    unsigned char *block;
    size_t room;                 /* of BLOCK */
    size_t start, end;           /* checked bytes in BLOCK that were not handed out yet */
    size_t pending;              /* bytes behind END that were not checked yet */
    const unsigned char *memory; /* what is read where there is no file */
    size_t memory_left;
    bool begun;        /* the byte order mark was looked for */
    bool after_return; /* the last byte handed out was a carriage return */
};

/* Open NAME ("-": standard input). A missing or unreadable file, or a directory, is told to SINK
 * as an error; then false. */
bool nrm_input_open(struct nrm_input *input, const char *name, struct nrm_sink *sink);
/* Read from memory instead (tests, fuzzing, cells). BYTES must stay until closed. */
void nrm_input_memory(struct nrm_input *input, const char *name, const void *bytes, size_t length,
                      struct nrm_sink *sink);
/* Up to ROOM checked bytes into BYTES. 0 at the end of the input or after a failure (FAILED tells;
 * a NUL byte, a control character other than tab, newline, carriage return, a byte that is no
 * UTF-8, and UTF-16 are failures, told with line, column and the hint to convert the file). */
size_t nrm_input_read(struct nrm_input *input, void *bytes, size_t room);
/* Look at up to ROOM bytes from the start without taking them; what is looked at is checked when it
 * is read. Fewer only at the end of the input. */
size_t nrm_input_peek(struct nrm_input *input, void *bytes, size_t room);
void nrm_input_close(struct nrm_input *input);

#endif
