/* The document tree: what plain text means, looking up through aliases and merged keys, building.
 */
#include "data/node.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "data/json.h"
#include "data/yaml.h"

static struct nrm_arena arena;

static void free_arena(void)
{
    nrm_arena_free(&arena);
}

TestSuite(node, .fini = free_arena);

/* From the resolvers of PyYAML 6.0 and from YAML 1.2.2, 10.3.2. */
static const struct {
    enum nrm_scalar_type type;
    const char *texts[44];
} types[] = {
    {NRM_TYPE_NULL, {"", "~", "null", "Null", "NULL"}},
    {NRM_TYPE_BOOLEAN,
     {"y",    "Y",    "n",     "N",     "yes",   "Yes", "YES", "no", "No",  "NO",  "true",
      "True", "TRUE", "false", "False", "FALSE", "on",  "On",  "ON", "off", "Off", "OFF"}},
    {NRM_TYPE_INTEGER,
     {"0",    "7",    "42",   "-1",   "+12",   "0042", "017",       "0089", "0o17",  "0x1F",
      "0xfe", "-0x1", "0b11", "0b_1", "1_000", "1_",   "190:20:30", "1:0",  "-1:59", "20260301"}},
    {NRM_TYPE_FLOAT, {"1.",     "1.5",   "-1.5",  ".5",           "-.5",  "+.5",   "1e5",   "1E5",
                      "1.5e+3", "1.5e3", "1_0.5", "0.",           ".inf", "-.inf", "+.Inf", ".INF",
                      ".nan",   ".NaN",  ".NAN",  "190:20:30.15", "0:1.", ".5e-3"}},
    {NRM_TYPE_TIME,
     {"2026-03-01", "2026-03-01T22:40:00+01:00", "2026-03-01 22:40:00", "2026-3-1 2:40:00",
      "2026-03-01t22:40:00Z", "2026-03-01T22:40:00.5Z", "2026-03-01T22:40:00. Z",
      "2026-03-01 22:40:00 +1", "2026-03-01\t22:40:00 -01:30", "2026-99-99"}},
    {NRM_TYPE_MERGE, {"<<", "="}},
    {NRM_TYPE_STRING, {"a",           "nul",
                       "NuLL",        "tRUE",
                       "yEs",         "-",
                       "+",           "--1",
                       "1-",          "0x",
                       "0b2",         "0o8",
                       "1x",          ".",
                       "-.",          "..5",
                       "1e",          "1e+",
                       "1.5e",        "e5",
                       "1:60",        "09:30",
                       "1:",          ":1",
                       "1::2",        "2026-03",
                       "2026-3-1",    "2026-03-01T22:40+01:00",
                       "2026-03-01T", "2026-03-01T22:40:00+01:0",
                       "2026-03-01x", "12026-03-01",
                       "_1",          "<",
                       "<<<",         "==",
                       ".in",         ".infx",
                       "inf",         "nan",
                       "1 2",         "~~",
                       "null ",       "0x1G"}},
};

Test(node, what_plain_text_means)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        for (size_t k = 0; k < 44 && types[i].texts[k]; k++)
            cr_expect_eq(nrm_scalar_type(nrm_str(types[i].texts[k])), types[i].type, "%s is %d",
                         types[i].texts[k], nrm_scalar_type(nrm_str(types[i].texts[k])));
    cr_expect_eq(nrm_scalar_type((struct nrm_str){"\0", 1}), NRM_TYPE_STRING);
    cr_expect_eq(nrm_scalar_type((struct nrm_str){"1\0", 2}), NRM_TYPE_STRING);
}

static struct nrm_node *tree(const char *yaml)
{
    struct nrm_node *root = nrm_yaml_parse(&arena, nrm_str(yaml), NULL, NULL);
    cr_assert(root, "%s", yaml);
    return root;
}

static const char document[] = "person: {birth_date: 2009-05, name: }\n"
                               "base: &base {kind: guardian, who: ga-7, deep: {a: 1}}\n"
                               "other: &other {who: ga-8, to: x}\n"
                               "one: {<<: *base, who: own}\n"
                               "two: {<<: [*other, *base]}\n"
                               "three: {<<: {<<: *base, to: y}}\n"
                               "alias: *base\n"
                               "text: &t some text\n"
                               "*t : under an alias\n"
                               "\"<<\": {hidden: 1}\n"
                               "list: [a, b]\n"
                               "strange: {<<: [text, 3], k: v}\n";

static const struct {
    const char *path, *text; /* NULL: nothing there */
} lookups[] = {
    {"person.birth_date", "2009-05"},
    {"person.name", ""},
    {"person.gender", NULL},
    {"person.birth_date.x", NULL},
    {"one.who", "own"},
    {"one.kind", "guardian"},
    {"one.deep.a", "1"},
    {"two.who", "ga-8"},
    {"two.kind", "guardian"},
    {"three.to", "y"},
    {"three.who", "ga-7"},
    {"alias.who", "ga-7"},
    {"some text", "under an alias"},
    {"hidden", NULL}, /* a quoted << merges nothing */
    {"list.a", NULL},
    {"strange.k", "v"},
    {"strange.text", NULL},
    {"person..birth_date", NULL},
    {"nothing", NULL},
};

Test(node, paths)
{
    const struct nrm_node *root = tree(document);
    for (size_t i = 0; i < sizeof lookups / sizeof lookups[0]; i++) {
        const struct nrm_node *found = nrm_node_at(root, nrm_str(lookups[i].path));
        struct nrm_str text = nrm_node_text(found);
        if (lookups[i].text)
            cr_expect(text.text && nrm_str_is(text, lookups[i].text), "%s", lookups[i].path);
        else
            cr_expect_null(found, "%s", lookups[i].path);
    }
    cr_expect_eq(nrm_node_at(root, NRM_STR("")), root, "an empty path is the node itself");
    cr_expect_null(nrm_node_at(NULL, NRM_STR("a")));
    cr_expect_null(nrm_node_get(NULL, NRM_STR("a")));
    cr_expect_null(nrm_node_get(root, (struct nrm_str){NULL, 0}));
}

Test(node, null_and_places)
{
    struct nrm_node *root =
        tree("a: \nb: ~\nc: \"\"\nd: 'null'\ne: !!str\nf: []\ng: !!null x\nh: &x\n"
             "i: *x\n");
    static const char nulls[] = "abghi";
    for (char key[2] = "a"; *key <= 'i'; ++*key)
        cr_expect_eq(nrm_node_is_null(nrm_node_at(root, nrm_str(key))), strchr(nulls, *key) != NULL,
                     "%s", key);
    cr_expect(nrm_node_is_null(NULL));
    struct nrm_place place = nrm_node_place(nrm_node_at(root, NRM_STR("d")), "x.yaml");
    cr_expect(place.line == 4 && place.column == 4);
    cr_expect_str_eq(place.file, "x.yaml");
}

static const char *json(const struct nrm_node *node)
{
    struct nrm_output output;
    nrm_output_init(&output, -1);
    nrm_json_node(&output, node);
    const char *text = nrm_arena_copy(&arena, output.buffer.text, output.buffer.length);
    nrm_output_finish(&output);
    return text;
}

Test(node, pairs_hold_merged_keys_once)
{
    struct nrm_node *root = tree(document);
    static const struct {
        const char *key, *json;
    } wanted[] = {
        {"one", "{\"who\":\"own\",\"kind\":\"guardian\",\"deep\":{\"a\":1}}"},
        {"two", "{\"who\":\"ga-8\",\"to\":\"x\",\"kind\":\"guardian\",\"deep\":{\"a\":1}}"},
        {"three", "{\"to\":\"y\",\"kind\":\"guardian\",\"who\":\"ga-7\",\"deep\":{\"a\":1}}"},
        {"strange", "{\"k\":\"v\"}"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        cr_expect_str_eq(json(nrm_node_get(root, nrm_str(wanted[i].key))), wanted[i].json);
    size_t count;
    cr_expect_null(nrm_node_pairs(&arena, NULL, &count));
    cr_expect_eq(count, 0);
    cr_expect_null(nrm_node_pairs(&arena, tree("<<: {}"), &count));
    cr_expect_eq(count, 0);
}

Test(node, same_key)
{
    static const struct {
        const char *first, *second;
        bool same;
    } keys[] = {
        {"a", "a", true},        {"a", "'a'", true},      {"a", "b", false},
        {"1", "'1'", false},     {"'1'", "\"1\"", true},  {"1", "1", true},
        {"1", "01", false},      {"!!str 1", "1", false}, {"!x a", "!x a", true},
        {"!x a", "!y a", false}, {"[a]", "[a]", false},   {"~", "", false},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        cr_expect_eq(nrm_node_same_key(tree(keys[i].first), tree(keys[i].second)), keys[i].same,
                     "%s %s", keys[i].first, keys[i].second);
}

static struct nrm_node *word(const char *text)
{
    return nrm_node_scalar(&arena, nrm_str(text), NRM_PLAIN);
}

Test(node, building_grows)
{
    struct nrm_node *list = nrm_node_sequence(&arena, NRM_FLOW);
    struct nrm_node *mapping = nrm_node_mapping(&arena, NRM_BLOCK);
    char text[16];
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "k%u", i);
        nrm_node_append(&arena, list, word(text));
        nrm_node_set(&arena, mapping, nrm_str(text), word(text));
        cr_assert(list->count == i + 1 && mapping->count == i + 1);
    }
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "k%u", i);
        cr_assert(nrm_str_is(nrm_node_text(list->items[i]), text));
        cr_assert(nrm_str_is(nrm_node_text(nrm_node_get(mapping, nrm_str(text))), text));
    }
}

/* Lists that were read have no room to spare: whatever their length, adding must not write over
 * what lies behind them. */
Test(node, what_was_read_can_grow)
{
    for (unsigned length = 0; length < 40; length++) {
        struct nrm_buffer yaml = {0};
        nrm_buffer_add(&yaml, "[", 1);
        for (unsigned i = 0; i < length; i++)
            nrm_buffer_printf(&yaml, "%u,", i);
        nrm_buffer_add(&yaml, "]", 1);
        struct nrm_node *list = tree(yaml.text);
        for (unsigned i = length; i < 80; i++) {
            struct nrm_node *behind = word("behind");
            nrm_node_append(&arena, list, word("new"));
            cr_assert(nrm_str_is(nrm_node_text(behind), "behind"));
        }
        for (unsigned i = 0; i < 80; i++) {
            char text[16];
            snprintf(text, sizeof text, "%u", i);
            cr_assert(nrm_str_is(nrm_node_text(list->items[i]), i < length ? text : "new"));
        }
        nrm_buffer_free(&yaml);
    }
}

Test(node, setting)
{
    static const struct {
        const char *before, *path, *after;
    } sets[] = {
        {"{a: 1, b: 2}", "a", "{a: X, b: 2}"},
        {"{a: 1}", "b", "{a: 1, b: X}"},
        {"{a: 1}", "b.c.d", "{a: 1, b: {c: {d: X}}}"},
        {"{a: {b: 1}}", "a.c", "{a: {b: 1, c: X}}"},
        {"{a: text}", "a.c", "{a: {c: X}}"},
        {"{a: , b: 1}", "a.c", "{a: {c: X}, b: 1}"},
        {"{m: &m {k: 1}, a: *m}", "a.k", "{m: &m {k: 1}, a: {k: X}}"},
        {"{m: &m {a: {k: 1, l: 2}}, <<: *m}", "a.k",
         "{m: &m {a: {k: 1, l: 2}}, <<: *m, a: {k: X, l: 2}}"},
        {"{}", "no", "{\"no\": X}"},
        {"{}", "0042", "{\"0042\": X}"},
        {"{\"a\": 1}", "a", "{\"a\": X}"},
    };
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        struct nrm_node *root = tree(sets[i].before);
        nrm_node_set_at(&arena, root, nrm_str(sets[i].path), word("X"));
        struct nrm_buffer text = {0};
        nrm_yaml_write_flow(&text, root);
        cr_expect_str_eq(text.text, sets[i].after, "row %zu: %s", i, text.text);
        nrm_buffer_free(&text);
    }
}
