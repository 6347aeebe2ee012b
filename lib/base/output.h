/* Output: a buffered writer over a file descriptor, or into memory, that remembers its first error.
 * Everything a tool prints on standard output goes through one of these, so that a full disk is
 * seen once, at the end, and no writer needs to check each line. */
#ifndef NRM_BASE_OUTPUT_H
#define NRM_BASE_OUTPUT_H

#include <stdbool.h>

#include "base/text.h"

struct nrm_output {
    int fd;                   /* -1: everything stays in the buffer (used by tests) */
    int error;                /* errno of the first failed write; later writes are dropped */
    struct nrm_buffer buffer; /* not yet written */
};

void nrm_output_init(struct nrm_output *output, int fd);
/* Add LENGTH bytes, one character, a slice, a string that ends with NUL, a formatted text. */
void nrm_output_add(struct nrm_output *output, const void *bytes, size_t length);
void nrm_output_add_char(struct nrm_output *output, char c);
void nrm_output_add_str(struct nrm_output *output, struct nrm_str text);
void nrm_output_text(struct nrm_output *output, const char *text);
void nrm_output_printf(struct nrm_output *output, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Write out what is buffered. False once anything failed; the reason is in ERROR. */
bool nrm_output_flush(struct nrm_output *output);
/* Flush and free the buffer; does not close FD. */
bool nrm_output_finish(struct nrm_output *output);

#endif
