/* Tables for people: alignment, wrapping to a width, wide characters, hostile text. */
#include <criterion/criterion.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/table.h"

static char *printed(size_t columns, const char *right, size_t width, const char *const *cells,
                     size_t count)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    struct nrm_table *table = nrm_table_new(columns);
    struct nrm_output output;
    nrm_output_init(&output, -1);
    for (size_t i = 0; right[i]; i++)
        if (right[i] == 'r')
            nrm_table_align_right(table, i);
    for (size_t i = 0; i < count; i++)
        nrm_table_add(table, nrm_str(cells[i]));
    nrm_table_print(table, &output, width);
    nrm_table_free(table);
    char *text = strdup(output.buffer.text ? output.buffer.text : "");
    nrm_output_finish(&output);
    return text;
}

/* COLUMNS, which are aligned to the right ("lr"), WIDTH, the cells, and the wanted text. */
static const struct {
    const char *what;
    size_t columns;
    const char *right;
    size_t width;
    const char *cells[16];
    const char *wanted;
} tables[] = {
    {"texts to the left, numbers to the right",
     2,
     "lr",
     0,
     {"group", "count", "adult", "12", "child", "3"},
     "group  count\n"
     "adult     12\n"
     "child      3\n"},
    {"no line ends in spaces",
     3,
     "lll",
     0,
     {"a", "b", "c", "long", "", "", "", "", ""},
     "a     b  c\n"
     "long\n"
     "\n"},
    {"an unfinished row", 2, "ll", 0, {"a", "b", "c"}, "a  b\nc\n"},
    {"nothing at all", 2, "ll", 0, {0}, ""},
    {"a table that fits is left alone",
     2,
     "ll",
     10,
     {"abcd", "efgh", "i", "j"},
     "abcd  efgh\n"
     "i     j\n"},
    {"the widest column gives way, at a space",
     2,
     "ll",
     20,
     {"id", "reason", "7", "goals were met today"},
     "id  reason\n"
     "7   goals were met\n"
     "    today\n"},
    {"both give way to one common width",
     2,
     "ll",
     18,
     {"one two three four", "five six seven", "x", "y"},
     "one two   five six\n"
     "three     seven\n"
     "four\n"
     "x         y\n"},
    {"a list breaks behind its separators",
     1,
     "l",
     12,
     {"labour;criminal;sexual"},
     "labour;\n"
     "criminal;\n"
     "sexual\n"},
    {"a word without a place to break is broken anyway",
     1,
     "l",
     5,
     {"abcdefghijkl"},
     "abcde\n"
     "fghij\n"
     "kl\n"},
    {"a word that ends with the line", 1, "l", 5, {"abcde fghij"}, "abcde\nfghij\n"},
    {"numbers are never broken",
     2,
     "lr",
     8,
     {"group", "1234567", "abcdefgh", "1"},
     "grou  1234567\n"
     "p\n"
     "abcd        1\n"
     "efgh\n"},
    {"wide characters take two columns",
     2,
     "ll",
     0,
     {"日本", "x", "abcde", "y"},
     "日本   x\n"
     "abcde  y\n"},
    {"a wide character is not cut in half", 1, "l", 5, {"日本語文"}, "日本\n語文\n"},
    {"combining marks stay with their letter",
     1,
     "l",
     4,
     {"abce\xcc\x81xyz"},
     "abce\xcc\x81\n"
     "xyz\n"},
    {"combining marks take no column",
     2,
     "ll",
     0,
     {"e\xcc\x81", "x", "ab", "y"},
     "e\xcc\x81   x\n"
     "ab  y\n"},
    {"control characters are shown, not obeyed",
     2,
     "ll",
     0,
     {"a\x1b[2Jb", "c", "d\ne\tf", "g"},
     "a\\x1b[2Jb  c\n"
     "d\\ne\\tf    g\n"},
    {"text that turns the line around, and stray bytes",
     1,
     "l",
     0,
     {"a\xe2\x80\xae"
      "b",
      "\xff"},
     "a\\u{202e}b\n"
     "\\xff\n"},
};

Test(table, prints)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        size_t count = 0;
        while (count < 16 && tables[i].cells[count])
            count++;
        char *text =
            printed(tables[i].columns, tables[i].right, tables[i].width, tables[i].cells, count);
        cr_expect_str_eq(text, tables[i].wanted, "%s", tables[i].what);
        free(text);
    }
}

/* The text without blanks and line ends: what must survive every width. */
static void squeeze(char *text)
{
    char *to = text;
    for (; *text; text++)
        if (*text != ' ' && *text != '\n')
            *to++ = *text;
    *to = '\0';
}

Test(table, keeps_everything_and_the_width)
{
    static const char *const cells[] = {"first of all, a long-winded sentence/and more; indeed",
                                        "日本語のテキスト is wide", "0042"};
    for (size_t width = 1; width < 120; width++) {
        /* one column of text: whatever the width, nothing is lost or put in another order */
        char *text = printed(1, "l", width, &cells[0], 1);
        char wanted[200];
        snprintf(wanted, sizeof wanted, "%s", cells[0]);
        squeeze(text);
        squeeze(wanted);
        cr_expect_str_eq(text, wanted, "width %zu", width);
        free(text);
        if (width < 16)
            continue; /* two texts of 4, a number, and the gaps: below that it stands out */
        text = printed(3, "llr", width, cells, 3);
        char *rest = text;
        for (char *line; (line = strsep(&rest, "\n"));)
            cr_expect_leq(nrm_text_width(nrm_str(line)), width, "width %zu: %s", width, line);
        free(text);
    }
}

Test(table, one_long_cell_does_not_pad_the_others)
{
    enum { LENGTH = 1 << 20, ROWS = 2000 };
    char *word = malloc(LENGTH + 1);
    memset(word, 'w', LENGTH);
    word[LENGTH] = '\0';
    struct nrm_table *table = nrm_table_new(2);
    struct nrm_output output;
    nrm_output_init(&output, -1);
    nrm_table_add(table, nrm_str(word));
    nrm_table_add(table, nrm_str("x"));
    for (int i = 0; i < ROWS; i++) {
        nrm_table_add(table, nrm_str("a"));
        nrm_table_add(table, nrm_str("b"));
    }
    nrm_table_print(table, &output, 0);
    cr_expect_lt(output.buffer.length, LENGTH + ROWS * 100);
    nrm_table_free(table);
    nrm_output_finish(&output);
    free(word);
}
