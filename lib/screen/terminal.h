/* A terminal for a dialogue: single keys on a screen of its own, which is cleared and given back at
 * the end; or, plain, whole lines without echo and without any movement of the cursor. Signals are
 * read like keys, so that there is nothing to leave behind. */
#ifndef NRM_SCREEN_TERMINAL_H
#define NRM_SCREEN_TERMINAL_H

#include <signal.h>
#include <termios.h>

#include "base/output.h"

enum {
    NRM_TERMINAL_END = -1,       /* no more input, or the line was dropped: keep what there is */
    NRM_TERMINAL_INTERRUPT = -2, /* leave at once */
    NRM_TERMINAL_RESIZED = -3,
    NRM_TERMINAL_OTHER = -4 /* a key that is no character */
};

enum { NRM_TERMINAL_LINE = 4096 }; /* bytes of a line, at most */

struct nrm_terminal {
    int in;
    bool plain;
    struct nrm_output output;
    /* private */
    bool changed; /* the settings of IN were */
    struct termios before;
    sigset_t mask_before;
    int signals;
    char ahead[NRM_TERMINAL_LINE]; /* read and not used yet */
    size_t ahead_count;
};

/* Take the terminal. IN need not be one where PLAIN. False: errno tells why. */
bool nrm_terminal_open(struct nrm_terminal *terminal, int in, int out, bool plain);
/* Clear what is shown, and give the terminal back as it was. */
void nrm_terminal_close(struct nrm_terminal *terminal);
/* Columns and lines; 80 and 24 where they cannot be told. */
void nrm_terminal_size(const struct nrm_terminal *terminal, size_t *width, size_t *height);
/* Start over on an empty screen; plain: nothing. */
void nrm_terminal_clear(struct nrm_terminal *terminal);
/* The next key as a character, or one of the codes above. */
int nrm_terminal_key(struct nrm_terminal *terminal);
/* A line without its end in BUFFER: '\n', or one of the codes above. Echoed where not plain. */
int nrm_terminal_line(struct nrm_terminal *terminal, struct nrm_buffer *buffer);

#endif
