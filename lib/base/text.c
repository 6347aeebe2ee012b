/* Slices, growing buffers, UTF-8, and making foreign text safe to show; see text.h. */
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include "base/memory.h"

int nrm_str_compare(struct nrm_str a, struct nrm_str b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.text, b.text, shorter) : 0;
    if (order)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

static void make_room(struct nrm_buffer *buffer, size_t more)
{
    size_t needed;
    if (__builtin_add_overflow(buffer->length, more, &needed) ||
        __builtin_add_overflow(needed, (size_t)1, &needed))
        needed = SIZE_MAX; /* fails in nrm_realloc with a message */
    if (needed <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < needed && capacity < SIZE_MAX / 2)
        capacity *= 2;
    buffer->text = nrm_realloc(buffer->text, capacity < needed ? needed : capacity, 1);
    buffer->capacity = capacity < needed ? needed : capacity;
}

void nrm_buffer_add(struct nrm_buffer *buffer, const void *bytes, size_t length)
{
    make_room(buffer, length);
    if (length)
        memcpy(buffer->text + buffer->length, bytes, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void nrm_buffer_add_char(struct nrm_buffer *buffer, char c)
{
    nrm_buffer_add(buffer, &c, 1);
}

void nrm_buffer_add_str(struct nrm_buffer *buffer, struct nrm_str text)
{
    nrm_buffer_add(buffer, text.text, text.length);
}

void nrm_buffer_vprintf(struct nrm_buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return;
    make_room(buffer, (size_t)length);
    vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, arguments);
    buffer->length += (size_t)length;
}

void nrm_buffer_printf(struct nrm_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    nrm_buffer_vprintf(buffer, format, arguments);
    va_end(arguments);
}

void nrm_buffer_clear(struct nrm_buffer *buffer)
{
    buffer->length = 0;
    if (buffer->text)
        buffer->text[0] = '\0';
}

void nrm_buffer_free(struct nrm_buffer *buffer)
{
    free(buffer->text);
    *buffer = (struct nrm_buffer){0};
}

unsigned nrm_utf8_decode(const char *text, size_t length, size_t *size)
{
    static const unsigned smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *byte = (const unsigned char *)text;
    *size = 1;
    if (byte[0] < 0x80)
        return byte[0];
    size_t wanted = byte[0] >= 0xF0 ? 4 : byte[0] >= 0xE0 ? 3 : 2;
    if (byte[0] < 0xC2 || byte[0] > 0xF4 || wanted > length)
        return 0xFFFD;
    unsigned code = byte[0] & (0x7Fu >> wanted);
    for (size_t i = 1; i < wanted; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            return 0xFFFD;
        code = code << 6 | (byte[i] & 0x3Fu);
    }
    if (code < smallest[wanted] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0xFFFD;
    *size = wanted;
    return code;
}

bool nrm_utf8_valid(struct nrm_str text)
{
    for (size_t at = 0, size; at < text.length; at += size)
        if (nrm_utf8_decode(text.text + at, text.length - at, &size) == 0xFFFD && size == 1)
            return false;
    return true;
}

/* Characters that change how their neighbours look, or cannot be seen: a case must not be able to
 * show a terminal something other than what the file holds (Unicode TR 36, 3.1 and 3.6). */
static bool is_hidden(unsigned code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0xAD || code == 0x61C ||
           code == 0x180E || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) ||
           code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) || code >= 0xE0000;
}

static void add_escaped(struct nrm_buffer *buffer, unsigned code)
{
    if (code == '\n')
        nrm_buffer_add(buffer, "\\n", 2);
    else if (code == '\t')
        nrm_buffer_add(buffer, "\\t", 2);
    else if (code < 0x100)
        nrm_buffer_printf(buffer, "\\x%02x", code);
    else
        nrm_buffer_printf(buffer, "\\u{%x}", code);
}

void nrm_text_add_safe(struct nrm_buffer *buffer, struct nrm_str text)
{
    for (size_t at = 0, size; at < text.length; at += size) {
        unsigned code = nrm_utf8_decode(text.text + at, text.length - at, &size);
        if (code == 0xFFFD && size == 1)
            add_escaped(buffer, (unsigned char)text.text[at]);
        else if (is_hidden(code))
            add_escaped(buffer, code);
        else
            nrm_buffer_add(buffer, text.text + at, size);
    }
}

size_t nrm_text_width(struct nrm_str text)
{
    size_t width = 0;
    for (size_t at = 0, size; at < text.length; at += size) {
        unsigned code = nrm_utf8_decode(text.text + at, text.length - at, &size);
        int columns = code < 0x80 ? 1 : wcwidth((wchar_t)code);
        width += columns < 0 ? 1 : (size_t)columns;
    }
    return width;
}

enum { NEAREST_LENGTH = 63 };

/* Edit distance where a swap of neighbours counts as one (Damerau, restricted). */
static size_t edit_distance(struct nrm_str a, struct nrm_str b)
{
    size_t rows[3][NEAREST_LENGTH + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.length; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            size_t best = last[j - 1] + (a.text[i - 1] != b.text[j - 1]);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.text[i - 1] == b.text[j - 2] &&
                a.text[i - 2] == b.text[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        size_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b.length];
}

const char *nrm_text_nearest(struct nrm_str name, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t best = name.length / 3 + 1;
    if (name.length == 0 || name.length > NEAREST_LENGTH)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        struct nrm_str candidate = nrm_str(names[i]);
        if (candidate.length > NEAREST_LENGTH)
            continue;
        size_t distance = edit_distance(name, candidate);
        if (distance < best || (distance == best && !nearest)) {
            best = distance;
            nearest = names[i];
        }
    }
    return nearest;
}
