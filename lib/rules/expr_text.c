/* Text as expressions need it: small letters and the number of characters, the same on every
 * machine whatever its locale. */
#include "rules/expr_internal.h"

/* Ranges of capital letters. STEP 2: capital and small letters take turns, the capitals first. */
static const struct {
    uint16_t first, last;
    int16_t add; /* to get the small letter */
    uint8_t step;
} capitals[] = {
    {'A', 'Z', 32, 1},       {0x00C0, 0x00D6, 32, 1},   {0x00D8, 0x00DE, 32, 1},
    {0x0100, 0x012E, 1, 2},  {0x0132, 0x0136, 1, 2},    {0x0139, 0x0147, 1, 2},
    {0x014A, 0x0176, 1, 2},  {0x0178, 0x0178, -121, 1}, {0x0179, 0x017D, 1, 2},
    {0x01A0, 0x01A4, 1, 2},  {0x01AF, 0x01AF, 1, 1},    {0x01CD, 0x01DB, 1, 2},
    {0x01DE, 0x01EE, 1, 2},  {0x01F8, 0x021E, 1, 2},    {0x0222, 0x0232, 1, 2},
    {0x0386, 0x0386, 38, 1}, {0x0388, 0x038A, 37, 1},   {0x038C, 0x038C, 64, 1},
    {0x038E, 0x038F, 63, 1}, {0x0391, 0x03A1, 32, 1},   {0x03A3, 0x03AB, 32, 1},
    {0x0400, 0x040F, 80, 1}, {0x0410, 0x042F, 32, 1},   {0x0460, 0x0480, 1, 2},
    {0x048A, 0x04BE, 1, 2},  {0x04C0, 0x04C0, 15, 1},   {0x04C1, 0x04CD, 1, 2},
    {0x04D0, 0x052E, 1, 2},  {0x0531, 0x0556, 48, 1},   {0x1E00, 0x1E94, 1, 2},
    {0x1EA0, 0x1EFE, 1, 2},
};
enum { CAPITALS = sizeof capitals / sizeof *capitals };

/* The small letter of CODE; itself where it has none here. It takes as many bytes in UTF-8. */
static unsigned small_letter(unsigned code)
{
    size_t low = 0, high = CAPITALS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > capitals[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == CAPITALS || code < capitals[low].first ||
        (code - capitals[low].first) % capitals[low].step)
        return code;
    return (unsigned)((int)code + capitals[low].add);
}

/* SIZE bytes of CODE, which is no larger than U+FFFF. */
static void encode(char *text, unsigned code, size_t size)
{
    static const unsigned marks[] = {0, 0, 0xC0, 0xE0};
    for (size_t i = size; i-- > 1;) {
        text[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    text[0] = (char)(size == 1 ? code : marks[size] | code);
}

/* Bytes of TEXT before its first capital letter. */
static size_t small_part(struct nrm_str text)
{
    size_t at = 0, size;
    for (; at < text.length; at += size) {
        unsigned code = nrm_utf8_decode(text.text + at, text.length - at, &size);
        if (small_letter(code) != code)
            break;
    }
    return at;
}

struct nrm_str expr_lower(struct nrm_arena *arena, struct nrm_str text)
{
    size_t at = small_part(text), size;
    if (at == text.length)
        return text;
    char *copy = nrm_arena_copy(arena, text.text, text.length);
    for (; at < text.length; at += size) {
        unsigned code = nrm_utf8_decode(text.text + at, text.length - at, &size);
        unsigned small = small_letter(code);
        if (small != code)
            encode(copy + at, small, size);
    }
    return (struct nrm_str){copy, text.length};
}

size_t expr_characters(struct nrm_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.text[i] & 0xC0) != 0x80;
    return count;
}
