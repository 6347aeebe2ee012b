/* Writing YAML: the forms that are chosen, and that what is written reads the same again. Other
 * parsers are asked in tests/cli/yaml-oracle.t. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>

#include "../tree.h"
#include "data/yaml.h"

static struct nrm_node *parse(struct nrm_arena *arena, const char *text)
{
    struct nrm_node *root = nrm_yaml_parse(arena, nrm_str(text), NULL, NULL);
    cr_assert(root, "not readable: %s", text);
    return root;
}

static const char *block(struct nrm_arena *arena, const struct nrm_node *root)
{
    struct nrm_output output;
    nrm_output_init(&output, -1);
    nrm_yaml_write(&output, root);
    const char *text = nrm_arena_copy(arena, output.buffer.text, output.buffer.length);
    nrm_output_finish(&output);
    return text;
}

static const char *flow(struct nrm_arena *arena, const struct nrm_node *root)
{
    struct nrm_buffer buffer = {0};
    nrm_yaml_write_flow(&buffer, root);
    const char *text = nrm_arena_copy(arena, buffer.text, buffer.length);
    nrm_buffer_free(&buffer);
    return text;
}

/* Documents that come out as they went in. */
static const char *const unchanged[] = {
    "---\n",
    "--- text\n",
    "--- \"quoted\"\n",
    "--- |\n  block\n  text\n",
    "--- !own\na: 1\n",
    "--- &a {b: c}\n",
    "---\na: no\nb: \"no\"\nc: 'no'\nd: 0042\ne: \"0042\"\nf:\ng: ~\nh: null\ni: \"\"\n",
    "---\n- {at: 2026-03-01T22:40:00+01:00, e: , f: [], g: {}, type: detected}\n",
    "---\n- {at: 2026-03-01T22:40+01:00, to: http://example.org/a:b, who: ga-7}\n",
    "---\nlist:\n  - a\n  - - b\n    - - c\n  - d: e\n    f:\n      - g\n",
    "---\n? [a, b]\n: 1\n? - c\n:\n  - d\n",
    "---\n?\n: an empty key\n",
    "---\na: |\n  one\ttab\n\n   two \xf0\x9f\x98\x80\nb: |+\n  x\n\nc: |2-\n\n   y\n",
    "---\na: >\n  folded once\n\n  folded twice\n\n\n  and\n    kept\n  again\nb: >-\n  x\n",
    "---\na: &x 1\nb: *x\n*x : c\n? &y\n: *y\n",
    "---\na: !!set\n  b:\n  c:\nd: !!str 12\ne: ! 12\nf: !<tag:example.org,2000:a,b> x\n",
    "---\nbase: &b {k: v}\nuse:\n  <<: *b\n  \"<<\": text\n",
    "---\nit's: 'it''s: x'\n\"tab\\t\\\"\": \"\\x07\\u2028\\uFEFF\\\\\"\n",
    "---\na: x#y\nb: -x\nc: ?x\nd: :x\ne: x:y\nf: '- x'\ng: '# x'\nh: 'x # y'\ni: 'x: y'\n",
};

Test(yaml_write, forms_that_stay)
{
    struct nrm_arena arena = {0};
    for (size_t i = 0; i < sizeof unchanged / sizeof unchanged[0]; i++) {
        const char *text = block(&arena, parse(&arena, unchanged[i]));
        cr_expect_str_eq(text, unchanged[i]);
    }
    nrm_arena_free(&arena);
}

static const struct {
    const char *before, *after; /* AFTER is in flow form */
} flows[] = {
    {"a: |\n  two\n  lines\n", "{a: \"two\\nlines\\n\"}"},
    {"- a\n-\n- ~\n- b: c\n", "[a, null, ~, {b: c}]"},
    {"- x, y\n- what?\n- '[x]'\n- a:b\n- http://x\n", "['x, y', 'what?', '[x]', a:b, http://x]"},
    {"? [a]\n: b\n", "{? [a] : b}"},
    {"labour", "labour"},
    {"'no'", "'no'"},
    {"\"\"", "\"\""},
    {"", ""},
    {"&a [x, &b y, *b]", "&a [x, &b y, *b]"},
    {"- 2026-03-01T22:40:00+01:00\n- \"2026-03-01\"\n",
     "[2026-03-01T22:40:00+01:00, \"2026-03-01\"]"},
};

Test(yaml_write, flow_form)
{
    struct nrm_arena arena = {0};
    for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++)
        cr_expect_str_eq(flow(&arena, parse(&arena, flows[i].before)), flows[i].after);
    nrm_arena_free(&arena);
}

static void expect_same(struct nrm_arena *arena, const struct nrm_node *root, const char *name)
{
    const char *text = block(arena, root);
    const char *found = tree_difference(root, parse(arena, text), false);
    cr_expect_null(found, "%s: %s differs:\n%s", name, found, text);
    text = flow(arena, root);
    cr_expect(!strchr(text, '\n'), "%s: one line", name);
    found = tree_difference(root, parse(arena, text), true);
    cr_expect_null(found, "%s: %s differs:\n%s", name, found, text);
}

Test(yaml_write, files_read_the_same_again)
{
    static const char directory[] = "tests/data/yaml";
    DIR *listing = opendir(directory);
    cr_assert(listing);
    struct nrm_arena arena = {0};
    unsigned documents = 0;
    for (struct dirent *entry; (entry = readdir(listing));) {
        if (!strstr(entry->d_name, ".yaml"))
            continue;
        char name[512];
        snprintf(name, sizeof name, "%s/%s", directory, entry->d_name);
        struct nrm_sink sink = {0};
        struct nrm_input input;
        cr_assert(nrm_input_open(&input, name, &sink));
        struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, &sink);
        for (struct nrm_node *root; nrm_yaml_read(reader, &arena, &root) > 0; documents++)
            expect_same(&arena, root, name);
        cr_expect_eq(sink.errors, 0, "%s", name);
        nrm_yaml_reader_free(reader);
        nrm_input_close(&input);
        nrm_arena_reset(&arena);
    }
    closedir(listing);
    nrm_arena_free(&arena);
    cr_expect_gt(documents, 30);
}

/* Texts made of a few difficult characters, in every style and every place. */
Test(yaml_write, every_short_text_in_every_style)
{
    static const char *const parts[] = {"a",
                                        "-",
                                        ":",
                                        "#",
                                        " ",
                                        "\n",
                                        "\t",
                                        "'",
                                        "\"",
                                        "\\",
                                        "?",
                                        ",",
                                        "]",
                                        "{",
                                        "0",
                                        "~",
                                        "|",
                                        "\xc2\x85",
                                        "\xef\xbb\xbf",
                                        "\xe4\xb8\xad",
                                        "\xf0\x9f\x98\x80",
                                        "\r",
                                        "\x01",
                                        "="};
    enum { PARTS = sizeof parts / sizeof parts[0] };
    struct nrm_arena arena = {0};
    for (unsigned n = 0; n < PARTS * PARTS * PARTS; n++) {
        char text[16];
        snprintf(text, sizeof text, "%s%s%s", parts[n % PARTS], parts[n / PARTS % PARTS],
                 parts[n / PARTS / PARTS]);
        for (unsigned style = NRM_PLAIN; style <= NRM_FOLDED; style++) {
            /* Plain text that is not text cannot hold blanks at its ends; the reader gives none. */
            struct nrm_node *word = nrm_node_scalar(&arena, nrm_str(text), (enum nrm_style)style);
            struct nrm_node *root = nrm_node_sequence(&arena, NRM_BLOCK);
            struct nrm_node *mapping = nrm_node_mapping(&arena, NRM_BLOCK);
            struct nrm_node *list = nrm_node_sequence(&arena, NRM_FLOW);
            nrm_node_set(&arena, mapping, nrm_str(text), word);
            nrm_node_append(&arena, list, word);
            nrm_node_append(&arena, list, mapping);
            nrm_node_append(&arena, root, word);
            nrm_node_append(&arena, root, mapping);
            nrm_node_append(&arena, root, list);
            const char *written = block(&arena, root);
            const char *found = tree_difference(root, parse(&arena, written), true);
            cr_assert_null(found, "%s differs in\n%s", found, written);
            written = block(&arena, word);
            found = tree_difference(word, parse(&arena, written), true);
            cr_assert_null(found, "%s differs in\n%s", found, written);
        }
        nrm_arena_reset(&arena);
    }
    nrm_arena_free(&arena);
}

/* An alias never points to what is not there: its meaning is written out instead. */
Test(yaml_write, aliases_without_their_anchor)
{
    struct nrm_arena arena = {0};
    struct nrm_node *root = parse(&arena, "{a: &x {k: [1, &y 2]}, b: *x, c: *x, d: *y, e: z}");
    cr_expect_str_eq(flow(&arena, root->pairs[1].value), "&x {k: [1, &y 2]}");
    nrm_node_set(&arena, root, NRM_STR("a"), nrm_node_scalar(&arena, NRM_STR("new"), NRM_PLAIN));
    cr_expect_str_eq(flow(&arena, root), "{a: new, b: &x {k: [1, &y 2]}, c: *x, d: *y, e: z}");
    nrm_arena_free(&arena);
}

Test(yaml_write, anchors_in_force)
{
    struct nrm_arena arena = {0};
    struct nrm_node *root = parse(&arena, "[&x {k: 1}, *x, &x other, *x]");
    /* The second item moves behind the second anchor of that name. */
    struct nrm_node *moved = root->items[1];
    root->items[1] = root->items[2];
    root->items[2] = moved;
    cr_expect_str_eq(flow(&arena, root), "[&x {k: 1}, &x other, {k: 1}, *x]");
    nrm_arena_free(&arena);
}

/* A full disk is seen by whoever flushes, and nothing is written behind it. */
Test(yaml_write, a_failed_write_is_remembered)
{
    struct nrm_arena arena = {0};
    struct nrm_output output;
    FILE *full = fopen("/dev/full", "w");
    cr_assert(full);
    nrm_output_init(&output, fileno(full));
    const struct nrm_node *root = parse(&arena, "a: [1, 2, 3]");
    for (unsigned i = 0; i < 10000; i++)
        nrm_yaml_write(&output, root);
    cr_expect_not(nrm_output_finish(&output));
    fclose(full);
    nrm_arena_free(&arena);
}
