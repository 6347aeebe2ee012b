/* Paragraphs: every line fits, no word is lost, what is hidden shows. */
#include <criterion/criterion.h>
#include <locale.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/wrap.h"

static char *wrapped(const char *lead, const char *text, size_t indent, size_t width)
{
    struct nrm_output output;
    nrm_output_init(&output, -1);
    nrm_wrap(&output, lead, nrm_str(text), indent, width);
    char *copy = strndup(output.buffer.text, output.buffer.length);
    nrm_output_finish(&output);
    return copy;
}

struct example {
    const char *lead, *text;
    size_t indent, width;
    const char *wanted;
};

static const struct example examples[] = {
    {"", "", 0, 20, "\n"},
    {"- ", "", 2, 20, "- \n"},
    {"", "one two three", 0, 20, "one two three\n"},
    {"", "one two three four", 0, 13, "one two three\nfour\n"},
    {"- ", "one two three four", 2, 13, "- one two\n  three four\n"},
    {"  - ", "one two three four", 2, 14, "  - one two\n  three four\n"},
    {"long lead: ", "one two three", 2, 20, "long lead: one two\n  three\n"},
    {"", "one  two   three", 0, 20, "one two three\n"},
    {"", "one two ", 0, 20, "one two\n"},
    {"", "abcdefghijklmnop", 0, 10, "abcdefghij\nklmnop\n"},
    {"", "ab abcdefghijklmnop", 0, 10, "ab\nabcdefghij\nklmnop\n"},
    {"", "to narrow", 0, 1, "to\nnarrow\n"},
    {"", "a\nb\033c", 0, 20, "a\\nb\\x1bc\n"},
    {"", "один два три", 0, 8, "один два\nтри\n"},
    {"", "漢字漢字漢字", 0, 8, "漢字漢字\n漢字\n"},
};

Test(wrap, lines_break_at_spaces)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char *got =
            wrapped(examples[i].lead, examples[i].text, examples[i].indent, examples[i].width);
        cr_expect_str_eq(got, examples[i].wanted, "row %zu: %s", i, got);
        free(got);
    }
}

/* Whatever the text: no line is wider, and without blanks the text is what it was. */
Test(wrap, nothing_is_lost_and_everything_fits)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    srand(3);
    for (int round = 0; round < 3000; round++) {
        char text[120] = "", plain[120] = "";
        size_t width = (size_t)(rand() % 40 + 12), length = (size_t)(rand() % 100);
        for (size_t i = 0; i < length; i++) {
            text[i] = rand() % 4 ? (char)('a' + rand() % 26) : ' ';
            if (text[i] != ' ')
                plain[strlen(plain)] = text[i];
        }
        char *got = wrapped("  ", text, 2, width), *line = got, *rest;
        char joined[240] = "";
        for (; (rest = strchr(line, '\n')); line = rest + 1) {
            *rest = '\0';
            cr_assert_leq(strlen(line), width, "\"%s\" at %zu", text, width);
            for (char *c = line; *c; c++)
                if (*c != ' ')
                    joined[strlen(joined)] = *c;
        }
        cr_assert_str_eq(joined, plain);
        free(got);
    }
}
