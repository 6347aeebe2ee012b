/* Arena and checked allocation; see memory.h. */
#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK_SIZE = 64 * 1024, ALIGNMENT = 16 };

struct nrm_chunk {
    struct nrm_chunk *older;
    size_t size; /* of the room behind this header */
    _Alignas(ALIGNMENT) char room[];
};

static void say_and_end(void)
{
    static const char text[] = "out of memory\n";
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    _exit(2);
}

static void (*on_failure)(void) = say_and_end;

void nrm_memory_on_failure(void (*handler)(void))
{
    on_failure = handler ? handler : say_and_end;
}

static _Noreturn void fail(void)
{
    on_failure();
    abort();
}

void *nrm_malloc(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory)
        fail();
    return memory;
}

void *nrm_calloc(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory)
        fail();
    return memory;
}

void *nrm_realloc(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        fail();
    void *memory = realloc(old, bytes ? bytes : 1);
    if (!memory)
        fail();
    return memory;
}

void nrm_arena_init(struct nrm_arena *arena)
{
    *arena = (struct nrm_arena){0};
}

static void add_chunk(struct nrm_arena *arena, size_t room)
{
    struct nrm_chunk *chunk = nrm_malloc(sizeof *chunk + room);
    chunk->older = arena->chunk;
    chunk->size = room;
    arena->chunk = chunk;
    arena->next = chunk->room;
    arena->end = chunk->room + room;
}

void *nrm_arena_alloc(struct nrm_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        fail();
    size_t rounded = (size + (size == 0) + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if ((size_t)(arena->end - arena->next) < rounded)
        add_chunk(arena, rounded > CHUNK_SIZE / 4 ? rounded + CHUNK_SIZE : CHUNK_SIZE);
    void *memory = arena->next;
    arena->next += rounded;
    return memory;
}

void *nrm_arena_array(struct nrm_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        fail();
    return memset(nrm_arena_alloc(arena, bytes), 0, bytes);
}

char *nrm_arena_copy(struct nrm_arena *arena, const void *bytes, size_t length)
{
    char *copy = nrm_arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *nrm_arena_vprintf(struct nrm_arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        fail();
    char *text = nrm_arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *nrm_arena_printf(struct nrm_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = nrm_arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

void nrm_arena_reset(struct nrm_arena *arena)
{
    struct nrm_chunk *kept = NULL;
    for (struct nrm_chunk *chunk = arena->chunk, *older; chunk; chunk = older) {
        older = chunk->older;
        if (!kept && chunk->size == CHUNK_SIZE)
            kept = chunk;
        else
            free(chunk);
    }
    *arena = (struct nrm_arena){0};
    if (kept) {
        kept->older = NULL;
        arena->chunk = kept;
        arena->next = kept->room;
        arena->end = kept->room + kept->size;
    }
}

void nrm_arena_free(struct nrm_arena *arena)
{
    for (struct nrm_chunk *chunk = arena->chunk, *older; chunk; chunk = older) {
        older = chunk->older;
        free(chunk);
    }
    *arena = (struct nrm_arena){0};
}
