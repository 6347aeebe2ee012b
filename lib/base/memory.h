/* Memory: an arena for everything that lives as long as one case (or one profile), and checked
 * malloc for the few things that live longer. Nothing here knows what is stored.
 *
 * Ownership rule of the whole library: what a function returns lives in the arena that was passed
 * to it, and dies with it. There is no other free, except where a header says so.
 *
 * Out of memory is the one failure that is not a value: the handler set here is called and must
 * not return. The default writes "out of memory" to standard error and ends the process with
 * status 2; no output file is ever replaced before it is complete, so nothing is lost. */
#ifndef NRM_BASE_MEMORY_H
#define NRM_BASE_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

struct nrm_chunk;

/* A region allocator. Set to {0} or by nrm_arena_init before use. */
struct nrm_arena {
    struct nrm_chunk *chunk; /* newest chunk, linked to older ones */
    char *next, *end;        /* free room in the newest chunk */
};

void nrm_arena_init(struct nrm_arena *arena);

/* SIZE bytes aligned for any object; contents undefined. Never NULL. */
void *nrm_arena_alloc(struct nrm_arena *arena, size_t size);
/* COUNT zeroed objects of SIZE bytes; an overflow of the product counts as out of memory. */
void *nrm_arena_array(struct nrm_arena *arena, size_t count, size_t size);
/* A copy of LENGTH bytes with a NUL added behind them. */
char *nrm_arena_copy(struct nrm_arena *arena, const void *bytes, size_t length);
/* printf into the arena. */
char *nrm_arena_printf(struct nrm_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *nrm_arena_vprintf(struct nrm_arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Forget everything in the arena; keeps one chunk of ordinary size for reuse. */
void nrm_arena_reset(struct nrm_arena *arena);
void nrm_arena_free(struct nrm_arena *arena);

/* malloc, calloc and realloc that never return NULL. Free with free(). */
void *nrm_malloc(size_t size);
void *nrm_calloc(size_t count, size_t size);
void *nrm_realloc(void *old, size_t count, size_t size);

/* Called when memory runs out; must not return. NULL restores the default. */
void nrm_memory_on_failure(void (*handler)(void));

#endif
