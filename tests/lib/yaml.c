/* Reading YAML: what is refused, where, and in which words; limits; going on behind a broken
 * document. Writing it is tested in yaml_write.c. */
#include "data/yaml.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/json.h"

/* What a sink was told, one line per message: "line:column: text". */
struct heard {
    struct nrm_sink sink;
    struct nrm_buffer told;
};

static void hear(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                 const char *text)
{
    struct heard *heard = sink->context;
    cr_expect_eq(level, NRM_ERROR);
    nrm_buffer_printf(&heard->told, "%u:%u: %s\n", place->line, place->column, text);
}

static void start_hearing(struct heard *heard)
{
    *heard = (struct heard){.sink = {.tell = hear, .context = heard}};
    nrm_buffer_add(&heard->told, "", 0);
}

/* The documents of a stream as JSON, one a line; "!" for one that is broken. The caller frees it.
 */
static struct nrm_buffer read_all(const char *bytes, size_t length, struct heard *heard)
{
    struct nrm_input input;
    start_hearing(heard);
    nrm_input_memory(&input, "x.yaml", bytes, length, &heard->sink);
    struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, &heard->sink);
    struct nrm_arena arena = {0};
    struct nrm_output output;
    nrm_output_init(&output, -1);
    nrm_output_text(&output, "");
    struct nrm_node *root;
    for (int found = 1; found;) {
        found = nrm_yaml_read(reader, &arena, &root);
        if (found > 0)
            nrm_json_node(&output, root);
        if (found < 0)
            nrm_output_text(&output, "!");
        if (found)
            nrm_output_text(&output, "\n");
        if (found < 0)
            nrm_yaml_reader_resume(reader);
        nrm_arena_reset(&arena);
    }
    cr_expect_not(nrm_yaml_reader_resume(reader), "there is nothing behind the end");
    nrm_yaml_reader_free(reader);
    nrm_input_close(&input);
    nrm_arena_free(&arena);
    return output.buffer;
}

static const struct {
    const char *text;
    const char *place, *word;
} bad[] = {
    {"a: 1\n\tb: 2\n", "2:1", "a tab is used for indentation; use spaces"},
    {"a:\n\tb: 2\n", "2:1", "a tab is used for indentation; use spaces"},
    {"a: |\n\tx\n", "2:1", "a tab is used for indentation; use spaces"},
    {"a: \"x\nb: 1\n", "1:4", "never closed"},
    {"x: {a: \"b}\nz: 1\n", "1:8", "never closed"},
    {"a: 'x", "1:4", "never closed"},
    {"a: [1, 2\nb: 3\n", "2:2",
     "closing ] is missing before this (the list starts in line 1, column 4)"},
    {"a: {x: 1\nb: 3\n", "2:2", "closing } is missing before this (the mapping starts in line 1"},
    {"a: [1, 2", "1:9", "closing ] is missing"},
    {"a: {x: 1,", "1:10", "a value is missing"},
    {"a: b: c\n", "1:5", "a colon cannot stand here"},
    {"a: 1\n  b: 2\n", "2:4", "a colon cannot stand here"},
    {"a:\n  b: 1\n c: 2\n", "3:2",
     "does not continue the mapping; indent it like the keys beside it"},
    {"key: \"a\" b\n", "1:10", "text behind a closing quote"},
    {"key: [a] b\n", "1:10", "closing quote or bracket"},
    {"a: 1\nb\nc: 2\n", "2:1", "a colon is missing behind this key"},
    {"a: 1\nperso", "2:1", "a colon is missing behind this key"},
    {"- a\nb: 1\n", "2:1", "does not continue the list"},
    {"a: - x\n", "1:4", "a list item (-) cannot stand here"},
    {"a: @x\n", "1:4", "cannot start with this character"},
    {"a: %x\n", "1:4", "cannot start with this character"},
    {"%x\n---\n", "1:1", "a line that starts with %"},
    {"%YAML 2.0\n---\na: 1\n", "1:1", "YAML version"},
    {"%YAML 1.1\n%YAML 1.1\n---\na: 1\n", "2:1", "a line that starts with %"},
    {"a: \"\\q\"\n", "1:5", "backslash"},
    {"a: \"\\ud800\"\n", "1:7", "backslash"},
    {"a: &\n", "1:5", "letters or digits"},
    {"a: *\n", "1:5", "letters or digits"},
    {"a: *x\n", "1:4", "does not stand above it"},
    {"a: *x\nb: &x 1\n", "1:4", "does not stand above it"},
    {"a: &x [1]\n--- \nb: *x\n", "3:4", "does not stand above it"},
    {"a: &x [*x]\n", "1:8", "stands inside of what it names"},
    {"&x {a: {b: [1, *x]}}\n", "1:16", "stands inside of what it names"},
    {"a: !x!y z\n", "1:4", "what this tag means"},
    {"a: !<x z\n", "1:4", "no tag that YAML knows"},
    {"a: |x\n", "1:5", "start it on the next line"},
    {"a: |0\n x\n", "1:5", "cannot be 0"},
    {"{a: 1} b\n", "1:8", "the document is over"},
    {"{a: 1}\nb: 2\n", "2:1", "the document is over"},
    {"[a, , b]\n", "1:5", "a value is missing here"},
    {"a: ]\n", "1:4", "a value is missing here"},
    {"[a:]\n", "1:3", "between brackets a colon"},
    {"a: 1\nb: 2\na: 3\n", "3:1",
     "key \"a\" stands here a second time; the first is in line 1, column 1"},
    {"{x: 1, y: 2, x: 3}\n", "1:14", "in line 1, column 2"},
    {"a: {b: 1, 'b': 2}\n", "1:11", "second time"},
    {"Maria K.: 1\nMaria K.: 2\n", "2:1", "the key stands here"}, /* no field name: not shown */
    {"- &k key\n- {*k : 1, key: 2}\n", "2:12", "second time"},
    {"a: 1\nb: caf\xe9\n", "2:7", "ISO-8859-1"},
    {"\xc3\xa9: \"\n\x01\"", "2:1", "control character"},
    {"a: \xc3\xa9 \xc3\xa9: x\n", "1:7", "a colon cannot stand here"}, /* columns are characters */
    {"a: 1\r\nb: 2\r\nb: 3\r\n", "3:1", "in line 2, column 1"},
    {"\xef\xbb\xbf"
     "a: 1\na: 2\n",
     "2:1", "in line 1, column 1"},
};

Test(yaml, what_is_refused)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct heard heard;
        struct nrm_buffer read = read_all(bad[i].text, strlen(bad[i].text), &heard);
        size_t length = strlen(bad[i].place);
        cr_expect(strncmp(heard.told.text, bad[i].place, length) == 0 &&
                      heard.told.text[length] == ':' && strstr(heard.told.text, bad[i].word),
                  "%s\n%s", bad[i].text, heard.told.text);
        cr_expect(strchr(read.text, '!') && heard.sink.errors == 1, "%s", bad[i].text);
        cr_expect(!strchr(heard.told.text, '<') && !strstr(heard.told.text, "expected"),
                  "plain words: %s", heard.told.text);
        nrm_buffer_free(&read);
        nrm_buffer_free(&heard.told);
    }
}

static const struct {
    const char *text, *read;
} good[] = {
    {"", ""},
    {"# only a comment\n", ""},
    {"---\n", ""},
    {"---\n---\n# x\n---\n...\n", ""},
    {"--- ~\n", "null\n"},
    {"--- \"\"\n", "\"\"\n"},
    {"--- !!str\n", "\"\"\n"},
    {"a: 1\n---\nb: 2\n", "{\"a\":1}\n{\"b\":2}\n"},
    {"---\na: 1\n...\n---\n---\nb: 2\n...\n", "{\"a\":1}\n{\"b\":2}\n"},
    {"%YAML 1.1\n---\na: 1\n...\n%YAML 1.2\n---\nb: 2\n", "{\"a\":1}\n{\"b\":2}\n"},
    {"\xef\xbb\xbf"
     "a: 1\r\nb: |\r\n  x\r\n  y\r\n",
     "{\"a\":1,\"b\":\"x\\ny\\n\"}\n"},
    {"a: &x 1\nb: *x\nc: &x 2\nd: *x\n", "{\"a\":1,\"b\":1,\"c\":2,\"d\":2}\n"},
    {"a: &x [&x 1, *x]\nb: *x\n", "{\"a\":[1,1],\"b\":1}\n"}, /* named again inside */
    {"1: a\n'1': b\n!x 1: c\n!y 1: d\n", "{\"1\":\"a\",\"1\":\"b\",\"1\":\"c\",\"1\":\"d\"}\n"},
    {"? [a, b]\n: 1\n? [a, b]\n: 2\n", "{\"[a, b]\":1,\"[a, b]\":2}\n"},
    {"a: 1\n--- |\n x\n--- >-\n y\n", "{\"a\":1}\n\"x\\n\"\n\"y\"\n"},
};

Test(yaml, what_is_read)
{
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct heard heard;
        struct nrm_buffer read = read_all(good[i].text, strlen(good[i].text), &heard);
        cr_expect_str_eq(read.text, good[i].read, "%s: %s", good[i].text, read.text);
        cr_expect_str_eq(heard.told.text, "", "%s", heard.told.text);
        nrm_buffer_free(&read);
        nrm_buffer_free(&heard.told);
    }
}

/* Broken documents among good ones: nothing but the broken ones is lost, and the places of later
 * messages are those of the whole stream. */
static const struct {
    const char *text, *read, *told; /* TOLD: the places, a blank behind each */
} streams[] = {
    {"a: [\n---\nb: 1\n", "!\n{\"b\":1}\n", "2:1 "},
    {"a: 1\n---\nb: [\n---\nc: 1\n---\nd: ]\n---\ne: 1\n",
     "{\"a\":1}\n!\n{\"c\":1}\n!\n{\"e\":1}\n", "4:1 7:4 "},
    {"a: 1\n a: [\n  x\n--- {b: 1, b: 2}\n---\t\nc: 1", "!\n!\n{\"c\":1}\n", "2:3 4:12 "},
    {"a: \"x\n---\nb: 1\n---\nc: 'x\n", "!\n{\"b\":1}\n!\n", "1:4 5:4 "},
    {"{a: 1}\nb: 2\n---\nc: 3\n", "!\n{\"c\":3}\n", "2:1 "},
    {"a: 1\n...\nb: 2\n---\nc: 3\n", "{\"a\":1}\n!\n{\"c\":3}\n", "3:1 "},
    {"%YAML 2.0\n---\na: 1\n---\nb: 2\n", "!\n{\"b\":2}\n", "1:1 "},
    {"a: 1\n...\n# x\n%YAML 2.0\n---\nb: 2\n---\nc: 3\n", "{\"a\":1}\n!\n{\"c\":3}\n", "4:1 "},
    {"---\na: ]\n---\n---\n---\nb: 1\n", "!\n{\"b\":1}\n", "2:4 "},
    {"a: [---\n--- x\n---y\n--- {a: 1}\n", "!\n\"x ---y\"\n{\"a\":1}\n", "2:1 "},
    {"a: ]\r\n---\r\nb: 1\r\n---\r\nc: ]\r\n", "!\n{\"b\":1}\n!\n", "1:4 5:4 "},
    {"a: ]\r---\rb: 1\r---\rc: ]\r", "!\n{\"b\":1}\n!\n", "1:4 5:4 "},
    {"a: ]\n---\nb: \xff\n---\nc: 1\n", "!\n!\n", "1:4 3:4 "}, /* bytes cannot be skipped */
    {"a: ]\n---", "!\n", "1:4 "},
    {"a: ]\n---\n", "!\n", "1:4 "},
    {"a: ]", "!\n", "1:4 "},
    {"&a [&b [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1], *b]\n---\nx: 1\n",
     "[[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]]\n{\"x\":1}\n",
     ""},
};

Test(yaml, going_on_behind_broken_documents)
{
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        struct heard heard;
        struct nrm_buffer read = read_all(streams[i].text, strlen(streams[i].text), &heard);
        cr_expect_str_eq(read.text, streams[i].read, "%s: %s", streams[i].text, read.text);
        struct nrm_buffer places = {0};
        nrm_buffer_add(&places, "", 0);
        for (char *line = heard.told.text; *line; line = strchr(line, '\n') + 1)
            nrm_buffer_printf(&places, "%.*s ", (int)(strstr(line, ": ") - line), line);
        cr_expect_str_eq(places.text, streams[i].told, "%s: %s", streams[i].text, heard.told.text);
        nrm_buffer_free(&places);
        nrm_buffer_free(&read);
        nrm_buffer_free(&heard.told);
    }
}

/* The same over many blocks: every third document is broken, each holds its number. */
Test(yaml, going_on_over_long_streams)
{
    struct nrm_buffer stream = {0}, wanted = {0}, places = {0};
    unsigned line = 0;
    for (unsigned i = 0; i < 6000; i++) {
        const char *filler = "note: |\n  caf\xc3\xa9 \xe4\xb8\xad\n  more\n";
        nrm_buffer_printf(&stream, "---\nn: %u\n%s%s", i, i % 7 ? filler : "",
                          i % 3 ? "" : "broken: ]\n");
        nrm_buffer_printf(&wanted, i % 3 ? "%u\n" : "!\n", i);
        line += (i % 7 ? 5u : 2u) + (i % 3 ? 0u : 1u);
        if (i % 3 == 0)
            nrm_buffer_printf(&places, "%u:9\n", line);
    }
    struct heard heard;
    start_hearing(&heard);
    struct nrm_input input;
    nrm_input_memory(&input, "x", stream.text, stream.length, &heard.sink);
    struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, &heard.sink);
    struct nrm_arena arena = {0};
    struct nrm_buffer read = {0}, told = {0};
    struct nrm_node *root;
    for (int found = 1; found; nrm_arena_reset(&arena)) {
        found = nrm_yaml_read(reader, &arena, &root);
        if (found > 0)
            nrm_buffer_printf(&read, "%s\n", nrm_node_get(root, NRM_STR("n"))->text);
        else if (found < 0)
            nrm_buffer_printf(&read, "!\n");
        if (found < 0)
            nrm_yaml_reader_resume(reader);
    }
    for (char *at = heard.told.text; *at; at = strchr(at, '\n') + 1)
        nrm_buffer_printf(&told, "%.*s\n", (int)(strstr(at, ": ") - at), at);
    cr_expect_str_eq(read.text, wanted.text);
    cr_expect_str_eq(told.text, places.text);
    nrm_yaml_reader_free(reader);
    nrm_input_close(&input);
    nrm_arena_free(&arena);
    struct nrm_buffer *all[] = {&stream, &wanted, &places, &read, &told, &heard.told};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        nrm_buffer_free(all[i]);
}

/* Deep nesting is refused at level 65, after a look at the first blocks only. */
Test(yaml, depth)
{
    static const char *const patterns[] = {
        "[",   "[\n",   "- ", "- - - - ", "{a: ", "{a: {a: ", "{? ",       "? ",
        "- [", "[{a: ", "[ ", "[\n[\n ",  "&a [", "!t [",     "- - {a: [", "{[: ",
    };
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        struct nrm_buffer text = {0};
        while (text.length < 1000000)
            nrm_buffer_add_str(&text, nrm_str(patterns[i]));
        struct heard heard;
        start_hearing(&heard);
        struct nrm_input input;
        nrm_input_memory(&input, "x", text.text, text.length, &heard.sink);
        struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, &heard.sink);
        struct nrm_arena arena = {0};
        struct nrm_node *root;
        cr_expect_eq(nrm_yaml_read(reader, &arena, &root), -1);
        cr_expect_eq(nrm_yaml_read(reader, &arena, &root), 0);
        cr_expect(input.offset <= 64 * 1024, "%s: %lu bytes", patterns[i], (long)input.offset);
        cr_expect_eq(heard.sink.errors, 1);
        nrm_yaml_reader_free(reader);
        nrm_input_close(&input);
        nrm_arena_free(&arena);
        nrm_buffer_free(&text);
        nrm_buffer_free(&heard.told);
    }
}

static void expect_read(const char *text, const char *place, const char *word)
{
    struct heard heard;
    struct nrm_buffer read = read_all(text, strlen(text), &heard);
    if (word)
        cr_expect(strstr(heard.told.text, word) &&
                      strncmp(heard.told.text, place, strlen(place)) == 0,
                  "%s", heard.told.text);
    else
        cr_expect_str_eq(heard.told.text, "");
    nrm_buffer_free(&read);
    nrm_buffer_free(&heard.told);
}

static void add_times(struct nrm_buffer *text, const char *part, unsigned times)
{
    while (times--)
        nrm_buffer_add_str(text, nrm_str(part));
}

Test(yaml, depth_limit_is_exact)
{
    for (unsigned levels = 63; levels <= 66; levels++) {
        struct nrm_buffer text = {0};
        add_times(&text, "[", levels);
        add_times(&text, "]", levels);
        expect_read(text.text, "1:65: ", levels > NRM_YAML_DEPTH ? "over 64 levels" : NULL);
        nrm_buffer_free(&text);
    }
    /* 40 levels under an anchor, used within 24 and within 25. */
    for (unsigned around = 24; around <= 25; around++) {
        struct nrm_buffer text = {0};
        nrm_buffer_printf(&text, "- &a ");
        add_times(&text, "[", 40);
        add_times(&text, "]", 40);
        nrm_buffer_printf(&text, "\n- ");
        add_times(&text, "[", around - 1);
        nrm_buffer_printf(&text, "*a");
        add_times(&text, "]", around - 1);
        expect_read(text.text, "2:", around > 24 ? "nested over 64 levels" : NULL);
        nrm_buffer_free(&text);
    }
}

Test(yaml, aliases_that_blow_up)
{
    struct nrm_buffer bomb = {0};
    nrm_buffer_printf(&bomb, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (unsigned i = 1; i < 100; i++) {
        nrm_buffer_printf(&bomb, "a%u: &a%u [", i, i);
        for (unsigned k = 0; k < 10; k++)
            nrm_buffer_printf(&bomb, "*a%u, ", i - 1);
        nrm_buffer_printf(&bomb, "]\n");
    }
    expect_read(bomb.text, "64:", "over 64 levels"); /* struck by depth, whatever its width */
    nrm_buffer_clear(&bomb);
    nrm_buffer_printf(&bomb,
                      "a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\nb: &b [*a, *a, *a, *a, *a, *a, *a]\n"
                      "c: &c [*b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c]\n");
    expect_read(bomb.text, "4:", "over 10 times as large");
    /* Ten times is fine, and so is anything that stays small. */
    nrm_buffer_clear(&bomb);
    nrm_buffer_printf(&bomb, "base: &a {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8}\nuses:\n");
    add_times(&bomb, "- *a\n", 50);
    expect_read(bomb.text, "", NULL);
    add_times(&bomb, "- *a\n", 5000);
    expect_read(bomb.text, "3:", "over 10 times as large");
    nrm_buffer_free(&bomb);
}

/* Many keys are compared by sorting; a quadratic comparison of these would not end in time. */
Test(yaml, many_keys)
{
    enum { KEYS = 300000 };
    struct nrm_buffer text = {0};
    for (unsigned i = 0; i < KEYS; i++)
        nrm_buffer_printf(&text, "k%u: 1\n", i * 2654435761u % 4294967291u);
    expect_read(text.text, "", NULL);
    nrm_buffer_printf(&text, "x: 1\nx: 2\n");
    char place[32];
    snprintf(place, sizeof place, "%d:1: ", KEYS + 2);
    expect_read(text.text, place, "second time");
    nrm_buffer_clear(&text);
    for (unsigned i = 0; i < KEYS; i++)
        nrm_buffer_printf(&text, "!t%u same: 1\n", i);
    expect_read(text.text, "", NULL);
    nrm_buffer_clear(&text);
    for (unsigned i = 0; i < KEYS; i++)
        nrm_buffer_printf(&text, "- &a%u x\n", i);
    add_times(&text, "- *a77\n", KEYS);
    expect_read(text.text, "", NULL);
    nrm_buffer_free(&text);
}

Test(yaml, many_directives)
{
    struct nrm_buffer text = {0};
    for (unsigned i = 0; i < 65; i++)
        nrm_buffer_printf(&text, "%%TAG !a%u! x:%u\n", i, i);
    nrm_buffer_printf(&text, "---\na: 1\n");
    expect_read(text.text, "1:1: ", "over 64 lines start with %TAG");
    nrm_buffer_clear(&text);
    for (unsigned i = 0; i < 300000; i++)
        nrm_buffer_printf(&text, "%%TAG !a%u! x:%u\n", i, i);
    nrm_buffer_printf(&text, "---\na: 1\n");
    expect_read(text.text, "1:1: ", "no document starts");
    nrm_buffer_free(&text);
}

/* One value of LENGTH bytes behind "a: " in STYLE's quotes. */
static void expect_scalar(size_t length, const char *quote, const char *word)
{
    struct nrm_buffer text = {0};
    char *run = malloc(length + 1);
    memset(run, 'x', length);
    run[length] = '\0';
    nrm_buffer_add_str(&text, nrm_str("first: 1\na: "));
    nrm_buffer_add_str(&text, nrm_str(quote));
    nrm_buffer_add(&text, run, length);
    free(run);
    nrm_buffer_add_str(&text, nrm_str(quote));
    nrm_buffer_add_str(&text, nrm_str("\n---\nb: 1\n"));
    struct heard heard;
    struct nrm_buffer read = read_all(text.text, text.length, &heard);
    if (word)
        cr_expect(strstr(heard.told.text, word) && strncmp(heard.told.text, "2:", 2) == 0, "%s",
                  heard.told.text);
    else
        cr_expect_str_eq(heard.told.text, "");
    cr_expect_str_eq(read.text + read.length - 8, "{\"b\":1}\n", "what follows is not lost");
    nrm_buffer_free(&read);
    nrm_buffer_free(&heard.told);
    nrm_buffer_free(&text);
}

Test(yaml, scalar_limit)
{
    expect_scalar(NRM_YAML_SCALAR, "", NULL);
    expect_scalar((size_t)NRM_YAML_SCALAR + 1, "'", "over 64 MiB");
    expect_scalar((size_t)NRM_YAML_SCALAR * 3 / 2, "\"", "over 64 MiB");
}

Test(yaml, parse_one_value)
{
    static const struct {
        const char *text, *json, *told;
    } values[] = {
        {"", "null", ""},
        {"labour", "\"labour\"", ""},
        {"[a, {b: 2}]", "[\"a\",{\"b\":2}]", ""},
        {"a: 1\nb: 2", "{\"a\":1,\"b\":2}", ""},
        {"[a", NULL, "7:22: a comma"},
        {"[a\n,,", NULL, "8:2: a value"},
        {"a\n---\nb\n", NULL, "7:20: several documents"},
        {"{a: 1, a: 2}", NULL, "7:27: the key"},
    };
    struct nrm_arena arena = {0};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct heard heard;
        start_hearing(&heard);
        struct nrm_place place = {"cells.csv", 7, 20};
        struct nrm_node *node =
            nrm_yaml_parse(&arena, nrm_str(values[i].text), &place, &heard.sink);
        cr_expect(strncmp(heard.told.text, values[i].told, strlen(values[i].told)) == 0, "%s: %s",
                  values[i].text, heard.told.text);
        cr_expect_eq(node != NULL, values[i].json != NULL, "%s", values[i].text);
        if (node) {
            struct nrm_output output;
            nrm_output_init(&output, -1);
            nrm_json_node(&output, node);
            cr_expect_str_eq(output.buffer.text, values[i].json);
            nrm_output_finish(&output);
        }
        nrm_buffer_free(&heard.told);
    }
    nrm_arena_free(&arena);
}

Test(yaml, places_of_nodes)
{
    struct nrm_arena arena = {0};
    const struct nrm_node *root =
        nrm_yaml_parse(&arena, NRM_STR("\xc3\xa9: x\nlist:\n  - {at: y}\n  - z\n"), NULL, NULL);
    cr_assert(root);
    const struct nrm_node *list = nrm_node_get(root, NRM_STR("list"));
    cr_expect(root->line == 1 && root->column == 1);
    cr_expect(root->pairs[0].value->line == 1 && root->pairs[0].value->column == 4);
    cr_expect(list->line == 3 && list->column == 3);
    cr_expect(list->items[0]->line == 3 && list->items[0]->column == 5);
    cr_expect(list->items[0]->pairs[0].value->column == 10);
    cr_expect(list->items[1]->line == 4);
    nrm_arena_free(&arena);
}
