/* Texts and their numbers, over an open-addressed table; see index.h. The hash is SipHash-1-3
 * (Aumasson and Bernstein 2012): with an unknown seed its collisions cannot be prepared. */
#include "base/index.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include "base/memory.h"

struct entry {
    struct nrm_str text;
    uint64_t hash;
};

struct nrm_index {
    struct nrm_arena arena; /* the texts */
    struct entry *entries;  /* by number */
    uint32_t count, room;
    uint32_t *slots;     /* number + 1, or 0 */
    uint32_t slot_count; /* a power of two */
    uint64_t seed[2];
};

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static void mix(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

static uint64_t hash(const uint64_t seed[2], struct nrm_str text)
{
    uint64_t v[4] = {seed[0] ^ 0x736f6d6570736575, seed[1] ^ 0x646f72616e646f6d,
                     seed[0] ^ 0x6c7967656e657261, seed[1] ^ 0x7465646279746573};
    size_t at = 0;
    for (; at + 8 <= text.length; at += 8) {
        uint64_t word;
        memcpy(&word, text.text + at, 8);
        v[3] ^= word;
        mix(v);
        v[0] ^= word;
    }
    uint64_t last = (uint64_t)text.length << 56;
    if (at < text.length)
        memcpy(&last, text.text + at, text.length - at);
    v[3] ^= last;
    mix(v);
    v[0] ^= last;
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        mix(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

struct nrm_index *nrm_index_new(void)
{
    struct nrm_index *index = nrm_calloc(1, sizeof *index);
    if (getrandom(index->seed, sizeof index->seed, GRND_NONBLOCK) != sizeof index->seed) {
        index->seed[0] = (uint64_t)(uintptr_t)index;
        index->seed[1] = (uint64_t)time(NULL);
    }
    index->slot_count = 16;
    index->slots = nrm_calloc(index->slot_count, sizeof *index->slots);
    return index;
}

/* The slot that holds TEXT, or the empty one where it belongs. */
static uint32_t *find_slot(const struct nrm_index *index, struct nrm_str text, uint64_t code)
{
    uint32_t mask = index->slot_count - 1;
    for (uint32_t at = (uint32_t)code & mask;; at = (at + 1) & mask) {
        uint32_t *slot = &index->slots[at];
        if (*slot == 0)
            return slot;
        const struct entry *entry = &index->entries[*slot - 1];
        if (entry->hash == code && nrm_str_equal(entry->text, text))
            return slot;
    }
}

static void grow(struct nrm_index *index)
{
    index->slot_count *= 2;
    free(index->slots);
    index->slots = nrm_calloc(index->slot_count, sizeof *index->slots);
    for (uint32_t i = 0; i < index->count; i++)
        *find_slot(index, index->entries[i].text, index->entries[i].hash) = i + 1;
}

uint32_t nrm_index_add(struct nrm_index *index, struct nrm_str text, bool *new_one)
{
    uint64_t code = hash(index->seed, text);
    uint32_t *slot = find_slot(index, text, code);
    if (new_one)
        *new_one = *slot == 0;
    if (*slot != 0)
        return *slot - 1;
    if (index->count == index->room) {
        index->room = index->room ? index->room * 2 : 16;
        index->entries = nrm_realloc(index->entries, index->room, sizeof *index->entries);
    }
    char *copy = nrm_arena_copy(&index->arena, text.text, text.length);
    index->entries[index->count] = (struct entry){{copy, text.length}, code};
    *slot = ++index->count;
    if (index->count > index->slot_count / 2)
        grow(index);
    return index->count - 1;
}

uint32_t nrm_index_find(const struct nrm_index *index, struct nrm_str text)
{
    if (!index)
        return NRM_INDEX_NONE;
    uint32_t slot = *find_slot(index, text, hash(index->seed, text));
    return slot == 0 ? NRM_INDEX_NONE : slot - 1;
}

struct nrm_str nrm_index_text(const struct nrm_index *index, uint32_t number)
{
    return index->entries[number].text;
}

uint32_t nrm_index_count(const struct nrm_index *index)
{
    return index->count;
}

void nrm_index_free(struct nrm_index *index)
{
    if (!index)
        return;
    nrm_arena_free(&index->arena);
    free(index->entries);
    free(index->slots);
    free(index);
}
