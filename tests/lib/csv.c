/* CSV: what is a field and where it stands, what is refused and where, and that what is written
 * reads the same again. */
#include "data/csv.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

/* What a sink was told last: "line:column: text". */
struct heard {
    struct nrm_sink sink;
    char last[256];
};

static void hear(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                 const char *text)
{
    struct heard *heard = sink->context;
    (void)level;
    snprintf(heard->last, sizeof heard->last, "%u:%u: %s", place->line, place->column, text);
}

/* The records of BYTES: fields in <> or, where they were quoted, in []; records end with /. ! for a
 * fault, which HEARD (may be NULL) receives. The caller frees it. */
static char *read_all(const char *bytes, size_t length, char separator, struct heard *heard)
{
    struct heard own = {0};
    heard = heard ? heard : &own;
    *heard = (struct heard){.sink = {.tell = hear, .context = heard}};
    struct nrm_input input;
    struct nrm_arena arena = {0};
    struct nrm_csv_record record;
    struct nrm_buffer text = {0};
    nrm_buffer_add(&text, "", 0);
    nrm_input_memory(&input, "x.csv", bytes, length, &heard->sink);
    struct nrm_csv_reader *reader = nrm_csv_reader_new(&input, separator, &heard->sink);
    int rc;
    while ((rc = nrm_csv_read(reader, &arena, &record)) == 1) {
        for (size_t i = 0; i < record.count; i++) {
            nrm_buffer_add_char(&text, record.fields[i].quoted ? '[' : '<');
            nrm_buffer_add_str(&text, record.fields[i].text);
            nrm_buffer_add_char(&text, record.fields[i].quoted ? ']' : '>');
        }
        nrm_buffer_add_char(&text, '/');
    }
    if (rc < 0) {
        nrm_buffer_add_char(&text, '!');
        cr_assert_eq(heard->sink.errors, 1, "one message for one fault");
        cr_assert_eq(nrm_csv_read(reader, &arena, &record), -1, "broken stays broken");
        cr_assert_eq(heard->sink.errors, 1);
    }
    nrm_csv_reader_free(reader);
    nrm_input_close(&input);
    nrm_arena_free(&arena);
    return text.text;
}

Test(csv_read, what_is_a_field)
{
    static const struct {
        const char *bytes, *wanted;
    } rows[] = {
        {"", ""},
        {"\n\n\r\n", ""},
        {"a", "<a>/"},
        {"a,b\n", "<a><b>/"},
        {"a,b\r\nc,d\r\n", "<a><b>/<c><d>/"},
        {"a,b\rc,d", "<a><b>/<c><d>/"},
        {"a,b\n\nc,d", "<a><b>/<c><d>/"},
        {"a,b\n  \t \nc,d", "<a><b>/<c><d>/"},
        {",\n", "<><>/"},
        {"a,", "<a><>/"},
        {",,", "<><><>/"},
        {" a , b ", "< a >< b >/"},
        {"\"\"", "[]/"},
        {"\"\"\n\"\"", "[]/[]/"},
        {"\"a,b\",c", "[a,b]<c>/"},
        {"\"a\"\"b\"", "[a\"b]/"},
        {"\"\"\"\"", "[\"]/"},
        {"\"a\nb\",c", "[a\nb]<c>/"},
        {"\"a\r\nb\"", "[a\r\nb]/"},
        {"\" a \",\" \"", "[ a ][ ]/"},
        {"x,\"y\"", "<x>[y]/"},
        {"a,b,c\nd\n", "<a><b><c>/<d>/"},
        {"\xef\xbb\xbf"
         "a,b",
         "<a><b>/"},
        {"\xef\xbb\xbf"
         "\"a\",b",
         "[a]<b>/"},
        {"\xc3\xa4,\xe2\x82\xac", "<\xc3\xa4><\xe2\x82\xac>/"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *got = read_all(rows[i].bytes, strlen(rows[i].bytes), ',', NULL);
        cr_assert_str_eq(got, rows[i].wanted, "row %zu: %s", i, got);
        free(got);
    }
}

Test(csv_read, separator_is_found_in_the_first_line)
{
    static const struct {
        const char *bytes, *wanted;
    } rows[] = {
        {"a,b;c,d", "<a><b;c><d>/"},
        {"a;b;c,d\ne;f;g", "<a><b><c,d>/<e><f><g>/"},
        {"a\tb\n1,2\t3", "<a><b>/<1,2><3>/"},
        {"\"a;b;c\",d", "[a;b;c]<d>/"},
        {"\"a\n;;;\",d", "[a\n;;;]<d>/"},
        {"a\nb;c;d,e", "<a>/<b;c;d><e>/"},
        {"\n\na;b\n", "<a><b>/"},
        {"a,b;c", "<a><b;c>/"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *got = read_all(rows[i].bytes, strlen(rows[i].bytes), 0, NULL);
        cr_assert_str_eq(got, rows[i].wanted, "row %zu: %s", i, got);
        free(got);
    }
}

Test(csv_read, faults_name_their_place)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *wanted, *message;
    } rows[] = {
#define ROW(bytes, wanted, message) {bytes, sizeof(bytes) - 1, wanted, message}
        ROW("a,\"b\nc,d\n", "!", "1:3: the quote that opens here is never closed"),
        ROW("a,b\nc,\"", "<a><b>/!", "2:3: the quote that opens here is never closed"),
        ROW("\"a\"\"", "!", "1:1: the quote that opens here is never closed"),
        ROW("x\n\"a\"b,c", "<x>/!", "2:4: text behind a closing quote"),
        ROW("x\n\"a\" ,c", "<x>/!", "2:4: text behind a closing quote"),
        ROW("x\na\"b,c", "<x>/!", "2:2: a quote inside a field"),
        ROW("\xc3\xa4,\xc3\xa4,\"a\"b", "!", "1:8: text behind a closing quote"),
        ROW("\"a\nb\"c", "!", "2:3: text behind a closing quote"),
        ROW("a,b\r\n\"c", "<a><b>/!", "2:1: the quote that opens here"),
        ROW("a,b\r\"c", "<a><b>/!", "2:1: the quote that opens here"),
        ROW("a,b\nc\0d", "<a><b>/!", "2:2: "),
        ROW("a,b\nM\xfcller", "<a><b>/!", "2:2: "),
#undef ROW
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct heard heard;
        char *got = read_all(rows[i].bytes, rows[i].length, ',', &heard);
        cr_assert_str_eq(got, rows[i].wanted, "row %zu: %s", i, got);
        cr_assert_eq(strncmp(heard.last, rows[i].message, strlen(rows[i].message)), 0,
                     "row %zu: %s", i, heard.last);
        free(got);
    }
}

Test(csv_read, every_field_knows_its_place)
{
    static const char bytes[] = "a,\"b\nb\",\xc3\xa4\xc3\xa4,d\r\n\r\n,\"\"\"\",x\n\ny";
    static const struct {
        uint32_t record_line, line, column;
    } wanted[] = {{1, 1, 1}, {1, 1, 3}, {1, 2, 4}, {1, 2, 7},
                  {4, 4, 1}, {4, 4, 2}, {4, 4, 7}, {6, 6, 1}};
    struct nrm_input input;
    struct nrm_arena arena = {0};
    struct nrm_csv_record record;
    nrm_input_memory(&input, "x.csv", bytes, sizeof bytes - 1, NULL);
    struct nrm_csv_reader *reader = nrm_csv_reader_new(&input, 0, NULL);
    size_t k = 0;
    while (nrm_csv_read(reader, &arena, &record) == 1)
        for (size_t i = 0; i < record.count; i++, k++) {
            cr_assert_lt(k, sizeof wanted / sizeof *wanted);
            cr_assert_eq(record.line, wanted[k].record_line, "field %zu", k);
            cr_assert_eq(record.fields[i].line, wanted[k].line, "field %zu", k);
            cr_assert_eq(record.fields[i].column, wanted[k].column, "field %zu: column %u", k,
                         record.fields[i].column);
        }
    cr_assert_eq(k, sizeof wanted / sizeof *wanted);
    nrm_csv_reader_free(reader);
    nrm_input_close(&input);
    nrm_arena_free(&arena);
}

/* Blocks of the input end anywhere: in a quote, between the two bytes of a line end. */
Test(csv_read, long_fields_cross_blocks)
{
    for (size_t pad = 65520; pad < 65550; pad++) {
        struct nrm_buffer bytes = {0}, wanted = {0};
        nrm_buffer_add_char(&bytes, '"');
        nrm_buffer_add_char(&wanted, '[');
        for (size_t i = 0; i < pad; i++) {
            nrm_buffer_add_char(&bytes, 'x');
            nrm_buffer_add_char(&wanted, 'x');
        }
        nrm_buffer_add_str(&bytes, NRM_STR("\"\"\xe2\x82\xac\",b\r\nc,\"d\"\r\n"));
        nrm_buffer_add_str(&wanted, NRM_STR("\"\xe2\x82\xac]<b>/<c>[d]/"));
        char *got = read_all(bytes.text, bytes.length, 0, NULL);
        cr_assert(strcmp(got, wanted.text) == 0, "pad %zu", pad);
        free(got);
        nrm_buffer_free(&bytes);
        nrm_buffer_free(&wanted);
    }
}

Test(csv_read, limits_are_refused)
{
    struct heard heard;
    size_t length = (size_t)NRM_CSV_FIELD + 10;
    char *bytes = malloc(length);
    memset(bytes, 'x', length);
    memcpy(bytes, "a,b\n1,", 6);
    char *got = read_all(bytes, length, 0, &heard);
    cr_assert_str_eq(got, "<a><b>/!");
    cr_assert_eq(strncmp(heard.last, "2:3: this field is longer", 25), 0, "%s", heard.last);
    free(got);
    memset(bytes, ',', NRM_CSV_FIELDS + 10);
    got = read_all(bytes, NRM_CSV_FIELDS + 10, 0, &heard);
    cr_assert_str_eq(got, "!");
    cr_assert_eq(strncmp(heard.last, "1:100001: this record has more", 30), 0, "%s", heard.last);
    free(got);
    got = read_all(bytes, NRM_CSV_FIELDS - 1, 0, NULL);
    cr_assert_eq(strlen(got), 2 * NRM_CSV_FIELDS + 1, "as many as the limit are fine");
    free(got);
    free(bytes);
}

/* --- writing --- */

static char *written(const char *const *fields, size_t count)
{
    struct nrm_output output;
    struct nrm_str texts[8];
    nrm_output_init(&output, -1);
    for (size_t i = 0; i < count; i++)
        texts[i] = nrm_str(fields[i]);
    nrm_csv_write_record(&output, texts, count);
    return output.buffer.text;
}

Test(csv_write, fields_are_quoted_and_guarded_where_needed)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"a", "a"},
        {"", "\"\""},
        {"a b", "a b"},
        {"a;b", "a;b"},
        {"a,b", "\"a,b\""},
        {"a\"b", "\"a\"\"b\""},
        {"\"", "\"\"\"\""},
        {"a\nb", "\"a\nb\""},
        {" a", "\" a\""},
        {"a\t", "\"a\t\""},
        {" ", "\" \""},
        {"=1+1", "'=1+1"},
        {"+44 20", "'+44 20"},
        {"@x", "'@x"},
        {"-", "'-"},
        {"-x", "'-x"},
        {"\t=1", "\"'\t=1\""},
        {"\r=1", "\"'\r=1\""},
        {"=a,\"b\"", "\"'=a,\"\"b\"\"\""},
        {"-1", "-1"},
        {"+1.5e-3", "+1.5e-3"},
        {"-.5", "-.5"},
        {"-1.", "-1."},
        {"-1e", "'-1e"},
        {"-1-1", "'-1-1"},
        {"'=1", "''=1"},
        {"''=1", "'''=1"},
        {"'-1", "'-1"},
        {"'a", "'a"},
        {"'", "'"},
        {"a=1", "a=1"},
        {"\xef\xbb\xbf"
         "a",
         "\"\xef\xbb\xbf"
         "a\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *got = written(&rows[i].text, 1), wanted[64];
        snprintf(wanted, sizeof wanted, "%s\n", rows[i].wanted);
        cr_assert_str_eq(got, wanted, "row %zu", i);

        struct nrm_input input;
        struct nrm_arena arena = {0};
        struct nrm_csv_record record;
        nrm_input_memory(&input, "x.csv", got, strlen(got), NULL);
        struct nrm_csv_reader *reader = nrm_csv_reader_new(&input, ',', NULL);
        cr_assert_eq(nrm_csv_read(reader, &arena, &record), 1);
        cr_assert_eq(record.count, 1);
        cr_assert(nrm_str_is(nrm_csv_unguard(record.fields[0].text), rows[i].text), "row %zu", i);
        nrm_csv_reader_free(reader);
        nrm_input_close(&input);
        nrm_arena_free(&arena);
        free(got);
    }
}

Test(csv_write, records_are_joined_with_commas)
{
    static const char *const fields[] = {"a", "", "b,c", "=d"};
    char *got = written(fields, 4);
    cr_assert_str_eq(got, "a,,\"b,c\",'=d\n");
    free(got);
    got = written((const char *const[]){"", ""}, 2);
    cr_assert_str_eq(got, ",\n");
    free(got);
}
