/* Bytes of a file in blocks, checked to be text on the way; see input.h. A block is read raw and
 * checked when its bytes are about to be handed out, so that everything in front of a bad byte
 * arrives first and the place of the next byte is, at that moment, the place of the bad one. */
#include "data/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

enum { BLOCK_SIZE = 64 * 1024 };

static void tell(struct nrm_input *input, const char *text)
{
    struct nrm_place place = {input->name, input->line, input->column};
    nrm_tell(input->sink, NRM_ERROR, &place, "%s", text);
    input->failed = true;
}

static void tell_errno(struct nrm_input *input, const char *what, int error)
{
    struct nrm_place place = {input->name, 0, 0};
    if (error == EISDIR)
        nrm_tell(input->sink, NRM_ERROR, &place,
                 "this is a directory where a file is needed; name a file in it");
    else
        nrm_tell(input->sink, NRM_ERROR, &place, "%s: %s", what, strerror(error));
    input->failed = true;
}

static void init(struct nrm_input *input, const char *name, size_t room, struct nrm_sink *sink)
{
    *input = (struct nrm_input){.name = name, .fd = -1, .line = 1, .column = 1, .sink = sink};
    input->room = room;
    input->block = nrm_malloc(room);
}

bool nrm_input_open(struct nrm_input *input, const char *name, struct nrm_sink *sink)
{
    init(input, name, BLOCK_SIZE, sink);
    bool standard = strcmp(name, "-") == 0;
    do
        input->fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (input->fd < 0 && errno == EINTR);
    input->owns_fd = !standard && input->fd >= 0;
    struct stat status;
    if (input->fd < 0 || fstat(input->fd, &status) != 0)
        tell_errno(input, "the file cannot be opened", errno);
    else if (S_ISDIR(status.st_mode))
        tell_errno(input, "", EISDIR);
    if (!input->failed)
        return true;
    nrm_input_close(input);
    return false;
}

void nrm_input_memory(struct nrm_input *input, const char *name, const void *bytes, size_t length,
                      struct nrm_sink *sink)
{
    /* Room for a whole character even where the text is shorter than one. */
    init(input, name, length < BLOCK_SIZE ? length + 8 : BLOCK_SIZE, sink);
    input->memory = bytes;
    input->memory_left = length;
}

void nrm_input_close(struct nrm_input *input)
{
    if (input->owns_fd)
        close(input->fd);
    free(input->block);
    input->block = NULL;
    input->fd = -1;
    input->owns_fd = false;
    input->start = input->end = input->pending = 0;
    input->ended = true;
}

/* Read more raw bytes behind those that are pending. */
static void read_more(struct nrm_input *input)
{
    size_t used = input->end + input->pending;
    unsigned char *room = input->block + used;
    if (input->fd < 0) {
        size_t length = input->room - used;
        if (length > input->memory_left)
            length = input->memory_left;
        if (length == 0) {
            input->ended = true;
            return;
        }
        memcpy(room, input->memory, length);
        input->memory += length;
        input->memory_left -= length;
        input->pending += length;
        return;
    }
    ssize_t got;
    do
        got = read(input->fd, room, input->room - used);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        tell_errno(input, "reading failed", errno);
    if (got <= 0)
        input->ended = true;
    else
        input->pending += (size_t)got;
}

static bool is_text_byte(unsigned char byte)
{
    return (byte >= 0x20 && byte < 0x7f) || byte == '\n' || byte == '\t' || byte == '\r';
}

/* Bytes of the text character at BYTES; 0 where there is none. Beyond ASCII, text excludes what
 * YAML excludes: C1 controls but NEL, and the two noncharacters U+FFFE and U+FFFF. */
static size_t text_character(const unsigned char *bytes, size_t length)
{
    if (bytes[0] < 0x80)
        return is_text_byte(bytes[0]) ? 1 : 0;
    size_t size;
    unsigned code = nrm_utf8_decode((const char *)bytes, length, &size);
    if (size == 1 || (code < 0xa0 && code != 0x85) || code == 0xfffe || code == 0xffff)
        return 0;
    return size;
}

/* Whether all eight bytes of WORD are printable ASCII or newlines. */
static bool is_plain_word(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    uint64_t differs = word ^ ones * '\n';
    uint64_t newlines = ~(((differs & ~highs) + ~highs) | differs) & highs;
    word |= newlines >> 2; /* 0x0a becomes 0x2a */
    /* None below 0x20 (the first term borrows), none 0x7f (the second carries), none beyond. */
    return (((word - ones * 0x20) | (word + ones) | word) & highs) == 0;
}

/* How many of the bytes, from the start, are whole characters of text. */
static size_t text_length(const unsigned char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        uint64_t word;
        if (length - at >= sizeof word) {
            memcpy(&word, bytes + at, sizeof word);
            if (is_plain_word(word)) {
                at += sizeof word;
                continue;
            }
        }
        size_t stop = length - at < sizeof word ? length : at + sizeof word;
        while (at < stop) {
            size_t size = text_character(bytes + at, length - at);
            if (size == 0)
                return at;
            at += size;
        }
    }
    return at;
}

/* Whether the bytes are the beginning of a character that goes on behind them. */
static bool is_cut_character(const unsigned char *bytes, size_t length)
{
    size_t size = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || length >= size)
        return false;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return false;
    return true;
}

static void tell_bad_byte(struct nrm_input *input)
{
    const unsigned char *bytes = input->block + input->end;
    size_t length = input->pending;
    bool utf16 = length >= 2 &&
                 ((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == 0xfe && bytes[1] == 0xff));
    size_t size;
    nrm_utf8_decode((const char *)bytes, length, &size);
    if (utf16 && input->offset == 0)
        tell(input, "this is UTF-16 text; save it as UTF-8, for instance with: "
                    "iconv -f UTF-16 -t UTF-8");
    else if (bytes[0] == 0)
        tell(input, "a NUL byte: this is not a text file");
    else if (bytes[0] < 0x80 || size > 1)
        tell(input, "a control character; take it out, it has no meaning in a text file");
    else if (bytes[0] < 0xa0)
        tell(input, "this byte is not UTF-8 text; save the file as UTF-8, for instance with: "
                    "iconv -f WINDOWS-1252 -t UTF-8");
    else
        tell(input, "this byte is not UTF-8 text; save the file as UTF-8, for instance with: "
                    "iconv -f ISO-8859-1 -t UTF-8");
}

/* Make room behind the pending bytes by moving everything to the front of the block. */
static void move_to_front(struct nrm_input *input)
{
    size_t kept = input->end - input->start + input->pending;
    if (input->start == 0)
        return;
    memmove(input->block, input->block + input->start, kept);
    input->end -= input->start;
    input->start = 0;
}

static void drop_byte_order_mark(struct nrm_input *input)
{
    while (!input->ended && input->pending < 3)
        read_more(input);
    input->begun = true;
    if (input->pending >= 3 && memcmp(input->block, "\xef\xbb\xbf", 3) == 0) {
        input->start = input->end = 3;
        input->pending -= 3;
    }
}

/* Have at least one checked byte to hand out; false at the end or after a failure. */
static bool refill(struct nrm_input *input)
{
    if (!input->begun)
        drop_byte_order_mark(input);
    while (!input->failed) {
        unsigned char *bytes = input->block + input->end;
        size_t good = text_length(bytes, input->pending);
        input->end += good;
        input->pending -= good;
        if (good)
            return true;
        bool cut = input->pending && is_cut_character(bytes, input->pending);
        if (input->pending && !cut)
            tell_bad_byte(input);
        else if (input->ended && cut)
            tell(input,
                 "the file ends in the middle of a character: it was cut short, or it is not "
                 "UTF-8 text (convert it: iconv -f ISO-8859-1 -t UTF-8)");
        else if (input->ended)
            return false;
        else {
            move_to_front(input);
            read_more(input);
        }
    }
    return false;
}

/* Move the place over LENGTH bytes. A line ends with a newline, a carriage return, or both. */
static void advance(struct nrm_input *input, const unsigned char *bytes, size_t length)
{
    const unsigned char *end = bytes + length, *line = bytes;
    bool returns = input->after_return || memchr(bytes, '\r', length) != NULL;
    for (const unsigned char *p = bytes; p < end; p++) {
        if (!returns && !(p = memchr(p, '\n', (size_t)(end - p))))
            break;
        bool second = *p == '\n' && (p > bytes ? p[-1] == '\r' : input->after_return);
        if (*p != '\n' && *p != '\r')
            continue;
        input->line += !second;
        input->column = 1;
        line = p + 1;
    }
    for (; line < end; line++)
        input->column += (*line & 0xc0) != 0x80;
    input->after_return = end[-1] == '\r';
    input->offset += length;
}

size_t nrm_input_read(struct nrm_input *input, void *bytes, size_t room)
{
    size_t length = 0;
    if (room && !input->failed && (input->start < input->end || refill(input))) {
        length = input->end - input->start;
        if (length > room)
            length = room;
        memcpy(bytes, input->block + input->start, length);
        advance(input, input->block + input->start, length);
        input->start += length;
    }
    return length;
}

size_t nrm_input_peek(struct nrm_input *input, void *bytes, size_t room)
{
    if (!input->begun)
        drop_byte_order_mark(input);
    if (room > input->room)
        room = input->room;
    if (input->end - input->start + input->pending < room)
        move_to_front(input);
    while (!input->ended && input->end - input->start + input->pending < room)
        read_more(input);
    size_t length = input->end - input->start + input->pending;
    if (length > room)
        length = room;
    memcpy(bytes, input->block + input->start, length);
    return length;
}
