/* Text: a slice of bytes (nrm_str), a growing buffer, and what must happen to foreign text before a
 * person sees it. All text is UTF-8; readers refuse anything else before it gets here. */
#ifndef NRM_BASE_TEXT_H
#define NRM_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* LENGTH bytes at TEXT, not owned. Unless a header says otherwise a NUL follows them. */
struct nrm_str {
    const char *text;
    size_t length;
};

#define NRM_STR(literal) ((struct nrm_str){"" literal, sizeof(literal) - 1})

static inline struct nrm_str nrm_str(const char *text)
{
    return (struct nrm_str){text, strlen(text)};
}
static inline bool nrm_str_equal(struct nrm_str a, struct nrm_str b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}
static inline bool nrm_str_is(struct nrm_str a, const char *literal)
{
    return nrm_str_equal(a, nrm_str(literal));
}
/* Order of the bytes, as strcmp: negative, zero, positive. */
int nrm_str_compare(struct nrm_str a, struct nrm_str b);

/* A growing text. Set to {0}; TEXT always ends with NUL once something was added. */
struct nrm_buffer {
    char *text;
    size_t length, capacity;
};

void nrm_buffer_add(struct nrm_buffer *buffer, const void *bytes, size_t length);
void nrm_buffer_add_char(struct nrm_buffer *buffer, char c);
void nrm_buffer_add_str(struct nrm_buffer *buffer, struct nrm_str text);
void nrm_buffer_printf(struct nrm_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void nrm_buffer_vprintf(struct nrm_buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
void nrm_buffer_clear(struct nrm_buffer *buffer); /* keeps the room */
void nrm_buffer_free(struct nrm_buffer *buffer);

/* Decode one code point at TEXT (LENGTH > 0 bytes left); sets *SIZE to the bytes it takes.
 * Overlong forms, surrogates and stray bytes give 0xFFFD with *SIZE 1. */
unsigned nrm_utf8_decode(const char *text, size_t length, size_t *size);
/* Whether TEXT is UTF-8 throughout. */
bool nrm_utf8_valid(struct nrm_str text);

/* Add TEXT to BUFFER so that a terminal only shows it: C0, C1, DEL, bidirectional controls, zero
 * width and other invisible formatting characters come out as \xHH or \u{HHHH}, and so do bytes
 * that are not UTF-8. Backslashes stay. Newlines and tabs are escaped as \n and \t. */
void nrm_text_add_safe(struct nrm_buffer *buffer, struct nrm_str text);
/* Columns that TEXT takes on a terminal (0 for combining marks, 2 for wide ones). */
size_t nrm_text_width(struct nrm_str text);

/* The name in NAMES (COUNT of them) that lies nearest to NAME by edit distance, or NULL where none
 * is near enough to be what was meant. */
const char *nrm_text_nearest(struct nrm_str name, const char *const *names, size_t count);

#endif
