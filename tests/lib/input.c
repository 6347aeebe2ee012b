/* Input: what arrives, the exact place of the first byte that is no text, and what is told then. */
#include "data/input.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

/* What a sink was told last: "name:line:column: text". */
struct heard {
    struct nrm_sink sink;
    char last[256];
};

static void hear(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                 const char *text)
{
    struct heard *heard = sink->context;
    (void)level;
    snprintf(heard->last, sizeof heard->last, "%s:%u:%u: %s", place->file, place->line,
             place->column, text);
}

/* All that INPUT gives, PIECE bytes at a time. */
static struct nrm_buffer read_all(struct nrm_input *input, size_t piece)
{
    struct nrm_buffer all = {0};
    char bytes[512];
    for (size_t got; (got = nrm_input_read(input, bytes, piece)) > 0;)
        nrm_buffer_add(&all, bytes, got);
    nrm_buffer_add(&all, "", 0);
    return all;
}

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
    const char *bytes;
    size_t length;
    const char *before; /* what arrives in front of the bad byte */
    const char *told;   /* how the message starts */
    const char *word;   /* and what it holds */
} bad[] = {
    {BYTES("a\nbc\0d"), "a\nbc", "x:2:3: ", "not a text file"},
    {BYTES("\0"), "", "x:1:1: ", "NUL"},
    {BYTES("\xff\xfe"
           "a\0"),
     "", "x:1:1: ", "UTF-16"},
    {BYTES("\xfe\xff\0a"), "", "x:1:1: ", "iconv -f UTF-16 -t UTF-8"},
    {BYTES("caf\xe9s"), "caf", "x:1:4: ", "not UTF-8"},
    {BYTES("M\xfcller"), "M", "x:1:2: ", "iconv -f ISO-8859-1 -t UTF-8"},
    {BYTES("\xc3\xa9t\xe9"), "\xc3\xa9t", "x:1:3: ", "ISO-8859-1"},
    {BYTES("it\x92s"), "it", "x:1:3: ", "WINDOWS-1252"},
    {BYTES("a\r\nb\r\n\x07"), "a\r\nb\r\n", "x:3:1: ", "control character"},
    {BYTES("a\rb\rc\x1b[31m"), "a\rb\rc", "x:3:2: ", "control character"},
    {BYTES("a\n\n\x7f"), "a\n\n", "x:3:1: ", "control character"},
    {BYTES("abc\xc2\x80"), "abc", "x:1:4: ", "control character"},
    {BYTES("abc\xef\xbf\xbf"), "abc", "x:1:4: ", "control character"},
    {BYTES("\xed\xa0\x80"), "", "x:1:1: ", "not UTF-8"},     /* a surrogate */
    {BYTES("\xc0\x80"), "", "x:1:1: ", "not UTF-8"},         /* overlong */
    {BYTES("\xe0\x80\x80"), "", "x:1:1: ", "not UTF-8"},     /* overlong */
    {BYTES("\xf4\x90\x80\x80"), "", "x:1:1: ", "not UTF-8"}, /* beyond U+10FFFF */
    {BYTES("ab\xe4\xb8"), "ab", "x:1:3: ", "cut short"},     /* the file ends too early */
    {BYTES("ab\xe4\xb8 "), "ab", "x:1:3: ", "not UTF-8"},
    {BYTES("\xef\xbb"), "", "x:1:1: ", "cut short"},
    {BYTES("\xef\xbb\xbf\xff\xfe"), "", "x:1:1: ", "UTF-16"},
    {BYTES("0123456789abcdef01234567\x01"), "0123456789abcdef01234567", "x:1:25: ", "control"},
    {BYTES("0123456\xff"), "0123456", "x:1:8: ", "not UTF-8"},
};

Test(input, bad_bytes_are_told_with_their_place)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        for (size_t piece = 1; piece <= 512; piece += 511) {
            struct heard heard = {.sink = {.tell = hear, .context = &heard}};
            struct nrm_input input;
            nrm_input_memory(&input, "x", bad[i].bytes, bad[i].length, &heard.sink);
            struct nrm_buffer all = read_all(&input, piece);
            cr_expect_str_eq(all.text, bad[i].before, "row %zu", i);
            cr_expect(strncmp(heard.last, bad[i].told, strlen(bad[i].told)) == 0 &&
                          strstr(heard.last, bad[i].word),
                      "row %zu: %s", i, heard.last);
            char more;
            cr_expect_eq(nrm_input_read(&input, &more, 1), 0);
            cr_expect(input.failed && heard.sink.errors == 1, "row %zu: told once", i);
            nrm_buffer_free(&all);
            nrm_input_close(&input);
        }
    }
}

/* Every byte by itself is text or is not, by the ranges of RFC 3629 and YAML 1.2.2, 5.1. */
Test(input, single_bytes)
{
    for (int byte = 0; byte < 256; byte++)
        for (size_t at = 0; at < 20; at++) {
            unsigned char bytes[20];
            memset(bytes, 'x', sizeof bytes);
            bytes[at] = (unsigned char)byte;
            struct nrm_sink sink = {0};
            struct nrm_input input;
            nrm_input_memory(&input, "x", bytes, sizeof bytes, &sink);
            struct nrm_buffer all = read_all(&input, 512);
            bool text =
                byte == '\t' || byte == '\n' || byte == '\r' || (byte >= ' ' && byte < 0x7f);
            cr_expect_eq(input.failed, !text, "byte %02x at %zu", (unsigned)byte, at);
            cr_expect_eq(all.length, text ? sizeof bytes : at, "byte %02x at %zu", (unsigned)byte,
                         at);
            nrm_buffer_free(&all);
            nrm_input_close(&input);
        }
}

Test(input, place_of_the_next_byte)
{
    static const struct {
        const char *text;
        uint32_t line, column;
    } places[] = {
        {"", 1, 1},
        {"a", 1, 2},
        {"a\n", 2, 1},
        {"a\r\nb", 2, 2},
        {"a\rb\r", 3, 1},
        {"a\n\r\n\rb", 4, 2},
        {"\xe4\xb8\xad\xe6\x96\x87", 1, 3},
        {"x\n\xf0\x9f\x98\x80y", 2, 3},
        {"\xef\xbb\xbf", 1, 1}, /* the mark is no part of the text */
        {"\xef\xbb\xbf"
         "ab",
         1, 3},
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        for (size_t piece = 1; piece < 8; piece++) {
            struct nrm_input input;
            nrm_input_memory(&input, "x", places[i].text, strlen(places[i].text), NULL);
            struct nrm_buffer all = read_all(&input, piece);
            cr_expect(input.line == places[i].line && input.column == places[i].column,
                      "row %zu in pieces of %zu: %u:%u", i, piece, input.line, input.column);
            cr_expect_eq(input.offset, all.length);
            nrm_buffer_free(&all);
            nrm_input_close(&input);
        }
}

Test(input, byte_order_mark_only_at_the_start)
{
    static const char text[] = "\xef\xbb\xbf\xef\xbb\xbf"
                               "a\xef\xbb\xbf";
    struct nrm_input input;
    nrm_input_memory(&input, "x", text, sizeof text - 1, NULL);
    struct nrm_buffer all = read_all(&input, 2);
    cr_expect_str_eq(all.text, "\xef\xbb\xbf"
                               "a\xef\xbb\xbf");
    cr_expect_not(input.failed);
    nrm_buffer_free(&all);
    nrm_input_close(&input);
}

/* A pipe that hands out LENGTH bytes in pieces of irregular size. */
static int dribble(const char *bytes, size_t length, pid_t *child)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    *child = fork();
    if (*child == 0) {
        close(ends[0]);
        for (size_t at = 0, piece = 1; at < length; at += piece) {
            piece = piece * 7 % 4093 + 1;
            if (piece > length - at)
                piece = length - at;
            if (write(ends[1], bytes + at, piece) != (ssize_t)piece)
                _exit(1);
        }
        _exit(0);
    }
    close(ends[1]);
    return ends[0];
}

/* Text of characters of one to four bytes, so that blocks end inside of characters. */
static struct nrm_buffer long_text(size_t least)
{
    struct nrm_buffer text = {0};
    for (unsigned i = 0; text.length < least; i++) {
        nrm_buffer_printf(&text, "line %u ", i);
        nrm_buffer_add(&text, "\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80\n", 10 - i % 2);
    }
    return text;
}

Test(input, blocks_and_pipes)
{
    struct nrm_buffer text = long_text(300000);
    pid_t child;
    int fd = dribble(text.text, text.length, &child);
    dup2(fd, STDIN_FILENO);
    close(fd);
    struct heard heard = {.sink = {.tell = hear, .context = &heard}};
    struct nrm_input input;
    cr_assert(nrm_input_open(&input, "-", &heard.sink));
    char start[1000];
    cr_expect_eq(nrm_input_peek(&input, start, sizeof start), sizeof start);
    cr_expect_arr_eq(start, text.text, sizeof start);
    struct nrm_buffer all = read_all(&input, 512);
    cr_expect_eq(all.length, text.length);
    cr_expect(all.length == text.length && memcmp(all.text, text.text, all.length) == 0);
    cr_expect_eq(heard.sink.errors, 0);
    nrm_input_close(&input);
    cr_expect_neq(fcntl(STDIN_FILENO, F_GETFD), -1, "standard input stays open");
    waitpid(child, NULL, 0);
    nrm_buffer_free(&text);
    nrm_buffer_free(&all);
}

Test(input, peek_takes_nothing)
{
    struct heard heard = {.sink = {.tell = hear, .context = &heard}};
    struct nrm_input input;
    nrm_input_memory(&input, "x",
                     BYTES("\xef\xbb\xbf"
                           "ab\xff"),
                     &heard.sink);
    char bytes[16];
    cr_expect_eq(nrm_input_peek(&input, bytes, 1), 1);
    cr_expect_eq(bytes[0], 'a', "behind the mark");
    cr_expect_eq(nrm_input_peek(&input, bytes, sizeof bytes), 3, "bad bytes can be looked at");
    cr_expect_eq(heard.sink.errors, 0);
    struct nrm_buffer all = read_all(&input, 1);
    cr_expect_str_eq(all.text, "ab");
    cr_expect_str_eq(heard.last, "x:1:3: this byte is not UTF-8 text; save the file as UTF-8, for "
                                 "instance with: iconv -f ISO-8859-1 -t UTF-8");
    nrm_buffer_free(&all);
    nrm_input_close(&input);
    nrm_input_memory(&input, "x", "", 0, NULL);
    cr_expect_eq(nrm_input_peek(&input, bytes, sizeof bytes), 0);
    cr_expect_eq(nrm_input_read(&input, bytes, sizeof bytes), 0);
    cr_expect_not(input.failed);
    nrm_input_close(&input);
}

Test(input, files_that_cannot_be_read)
{
    static const struct {
        const char *name, *told;
    } files[] = {
        {"tests/no-such-file", "tests/no-such-file:0:0: the file cannot be opened: No such file"},
        {"tests", "tests:0:0: this is a directory"},
        {"/proc/self/mem", "/proc/self/mem:0:0: reading failed: "},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct heard heard = {.sink = {.tell = hear, .context = &heard}};
        struct nrm_input input;
        if (nrm_input_open(&input, files[i].name, &heard.sink)) {
            char byte;
            cr_expect_eq(nrm_input_read(&input, &byte, 1), 0);
            cr_expect(input.failed);
            nrm_input_close(&input);
        }
        cr_expect(strncmp(heard.last, files[i].told, strlen(files[i].told)) == 0, "%s", heard.last);
        cr_expect_eq(heard.sink.errors, 1);
    }
}
