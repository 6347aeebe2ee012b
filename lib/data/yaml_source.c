/* The window on the input that libyaml reads through; see yaml_source.h. */
#include "data/yaml_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/yaml.h"

enum {
    PIECE = 16 * 1024,     /* what libyaml asks for at most */
    FIRST_PIECE = 256,     /* after a fresh start, so that many broken documents stay cheap */
    SLACK = 128 * 1024,    /* what libyaml may have read beyond the value it is working on */
    DIRECTIVES = 10 * 1024 /* % lines; libyaml compares each with all others */
};

void nrm_yaml_source_init(struct nrm_yaml_source *source, struct nrm_input *input)
{
    *source = (struct nrm_yaml_source){.input = input, .piece = PIECE, .between = true};
}

void nrm_yaml_source_free(struct nrm_yaml_source *source)
{
    free(source->bytes);
    source->bytes = NULL;
}

/* How many characters start in the eight bytes at BYTES: all that are not 10xxxxxx. */
static size_t characters_in_word(const unsigned char *bytes)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t continued = word >> 7 & ~(word >> 6) & ones;
    return sizeof word - (continued * ones >> 56);
}

/* Where the character COUNT characters behind FROM starts. */
static size_t step(const struct nrm_yaml_source *source, size_t from, size_t count)
{
    const unsigned char *bytes = source->bytes;
    size_t at = from;
    while (count >= sizeof(uint64_t) && source->length - at >= sizeof(uint64_t)) {
        count -= characters_in_word(bytes + at);
        at += sizeof(uint64_t);
    }
    for (;; at++) {
        bool starts = at < source->length && (bytes[at] & 0xc0) != 0x80;
        if (at >= source->length || (starts && count == 0))
            return at;
        count -= starts;
    }
}

static size_t position(const struct nrm_yaml_source *source, size_t index)
{
    return index > source->index ? step(source, source->head, index - source->index) : source->head;
}

/* Forget what lies in front of the present document. */
static void forget(struct nrm_yaml_source *source)
{
    if (source->document <= source->index)
        return;
    source->head = position(source, source->document);
    source->index = source->document;
}

/* Read up to SIZE more bytes into the window; 0 at the end of the input. */
static size_t extend(struct nrm_yaml_source *source, size_t size)
{
    if (source->length + size > source->room) {
        size_t kept = source->length - source->head;
        if (source->head > 0 && kept > 0)
            memmove(source->bytes, source->bytes + source->head, kept);
        source->given -= source->head;
        source->length = kept;
        source->head = 0;
        size_t room = source->room ? source->room : 4 * PIECE;
        while (room < kept + size + kept / 2)
            room *= 2;
        if (room > source->room)
            source->bytes = nrm_realloc(source->bytes, room, 1);
        source->room = room;
    }
    size_t got = nrm_input_read(source->input, source->bytes + source->length, size);
    source->length += got;
    return got;
}

static void count_directives(struct nrm_yaml_source *source, size_t from, size_t length)
{
    const unsigned char *start = source->bytes + from, *end = start + length;
    for (const unsigned char *p = start; (p = memchr(p, '%', (size_t)(end - p))); p++)
        source->directives += p > source->bytes && (p[-1] == '\n' || p[-1] == '\r');
}

int nrm_yaml_source_read(void *data, unsigned char *buffer, size_t size, size_t *size_read)
{
    struct nrm_yaml_source *source = data;
    *size_read = 0;
    if (source->since_event > (size_t)NRM_YAML_SCALAR + SLACK || source->directives > DIRECTIVES)
        source->over = true;
    if (source->over)
        return 0;
    if (size > source->piece)
        size = source->piece;
    if (source->piece < PIECE)
        source->piece *= 2;
    size_t ready = source->length - source->given;
    if (ready == 0) {
        forget(source);
        ready = extend(source, size);
    }
    if (ready > size)
        ready = size;
    if (ready == 0)
        return !source->input->failed;
    memcpy(buffer, source->bytes + source->given, ready);
    if (source->between)
        count_directives(source, source->given, ready);
    source->given += ready;
    source->since_event += ready;
    *size_read = ready;
    return 1;
}

void nrm_yaml_source_event(struct nrm_yaml_source *source, bool between)
{
    source->since_event = 0;
    source->directives = 0;
    source->between = between;
}

unsigned char nrm_yaml_source_byte(const struct nrm_yaml_source *source, size_t index)
{
    size_t at = position(source, index);
    return at < source->length ? source->bytes[at] : 0;
}

/* Bytes of the line break at BYTES, as libyaml sees them; 0 where there is none. */
static size_t break_size(const unsigned char *bytes, size_t length)
{
    if (length == 0)
        return 0;
    if (bytes[0] == '\r')
        return length > 1 && bytes[1] == '\n' ? 2 : 1;
    if (bytes[0] == '\n')
        return 1;
    if (length > 1 && bytes[0] == 0xc2 && bytes[1] == 0x85)
        return 2;
    bool separator = length > 2 && bytes[0] == 0xe2 && bytes[1] == 0x80 &&
                     (bytes[2] == 0xa8 || bytes[2] == 0xa9);
    return separator ? 3 : 0;
}

static bool starts_document(const unsigned char *bytes, size_t length)
{
    if (length < 3 || memcmp(bytes, "---", 3) != 0)
        return false;
    return length == 3 || bytes[3] == ' ' || bytes[3] == '\t' ||
           break_size(bytes + 3, length - 3) > 0;
}

bool nrm_yaml_source_skip(struct nrm_yaml_source *source, size_t index, bool line_start,
                          uint32_t *line)
{
    enum { ENOUGH = 6 }; /* "---" and the longest line break behind it */
    source->head = position(source, index);
    bool more = true;
    for (;;) {
        while (more && source->length - source->head < ENOUGH)
            more = extend(source, PIECE) > 0;
        const unsigned char *bytes = source->bytes + source->head;
        size_t length = source->length - source->head;
        if (length == 0)
            return false;
        if (line_start && starts_document(bytes, length))
            break;
        size_t size = break_size(bytes, length);
        line_start = size > 0;
        *line += size > 0;
        source->head += size ? size : 1;
        if (source->given < source->head)
            source->given = source->head;
    }
    *source = (struct nrm_yaml_source){.input = source->input,
                                       .bytes = source->bytes,
                                       .head = source->head,
                                       .length = source->length,
                                       .room = source->room,
                                       .given = source->head,
                                       .piece = FIRST_PIECE,
                                       .between = true};
    return true;
}

bool nrm_yaml_source_has_directive(const struct nrm_yaml_source *source, size_t index)
{
    size_t at = position(source, index);
    const unsigned char *bytes = source->bytes;
    while (at < source->length) {
        size_t size = break_size(bytes + at, source->length - at);
        if (size || bytes[at] == ' ' || bytes[at] == '\t')
            at += size ? size : 1;
        else if (bytes[at] == '#')
            while (at < source->length && !break_size(bytes + at, source->length - at))
                at++;
        else
            return bytes[at] == '%';
    }
    return false;
}
