/* Cells and column names: what each value looks like in a table, and that it reads the same again.
 */
#include "data/cell.h"

#include <criterion/criterion.h>

#include "data/path.h"
#include "data/yaml.h"

static struct nrm_arena arena;

static void end(void)
{
    nrm_arena_free(&arena);
}

TestSuite(cell, .fini = end);
TestSuite(path, .fini = end);

static struct nrm_node *parse(const char *yaml)
{
    struct nrm_node *node = nrm_yaml_parse(&arena, nrm_str(yaml), NULL, NULL);
    cr_assert(node, "not YAML: %s", yaml);
    return node;
}

static const char *flow(const struct nrm_node *node)
{
    struct nrm_buffer buffer = {0};
    nrm_yaml_write_flow(&buffer, node);
    const char *text = nrm_arena_copy(&arena, buffer.text, buffer.length);
    nrm_buffer_free(&buffer);
    return text;
}

static const char *cell(const struct nrm_node *node, const struct nrm_field *field)
{
    struct nrm_buffer buffer = {0};
    nrm_cell_write(&buffer, node, field);
    const char *text = nrm_arena_copy(&arena, buffer.text, buffer.length);
    nrm_buffer_free(&buffer);
    return text;
}

/* Each value in YAML, its cell in a column of a field, and what the cell reads as. */
static const struct {
    const char *field, *value, *cell;
} values[] = {
    /* columns that the model does not know: plain YAML scalars */
    {"x", "abc", "abc"},
    {"x", "42", "42"},
    {"x", "0042", "0042"},
    {"x", "\"0042\"", "\"0042\""},
    {"x", "no", "no"},
    {"x", "\"no\"", "\"no\""},
    {"x", "2026-03-01", "2026-03-01"},
    {"x", "\"2026-03-01\"", "\"2026-03-01\""},
    {"x", "~", "~"},
    {"x", "\"\"", "\"\""},
    {"x", "\" a\"", "\" a\""},
    {"x", "\"[a]\"", "\"[a]\""},
    {"x", "\"{\"", "\"{\""},
    {"x", "'\"'", "\"\\\"\""},
    {"x", "\"!\"", "\"!\""},
    {"x", "\"a;b\"", "a;b"},
    {"x", "\"a: b\"", "a: b"},
    {"x", "\"# a\"", "# a"},
    {"x", "\"it's\"", "it's"},
    {"x", "\"a\\x07b\"", "\"a\\x07b\""},
    {"x", "\"a\\rb\"", "\"a\\rb\""},
    {"x", "[]", "[]"},
    {"x", "{}", "{}"},
    {"x", "[a, b]", "[a, b]"},
    {"x", "[a, {b: [c]}]", "[a, {b: [c]}]"},
    {"x", "!own a", "!own a"},
    {"x", "!!int \"3\"", "!!int \"3\""},
    {"x", "!!str 3", "!!str 3"},
    /* columns of text */
    {"identity.name", "abc", "abc"},
    {"identity.name", "\"0042\"", "0042"},
    {"identity.name", "\"no\"", "no"},
    {"identity.name", "\"Null\"", "Null"},
    {"identity.name", "0042", "!!int 0042"},
    {"identity.name", "no", "!!bool no"},
    {"identity.name", "~", "!!null ~"},
    {"identity.name", "1.5", "!!float 1.5"},
    {"identity.name", "2026-03-01", "!!timestamp 2026-03-01"},
    {"identity.name", "\"\"", "\"\""},
    {"identity.name", "\"!x\"", "\"!x\""},
    {"person.gender", "\"no\"", "no"},
    {"person.gender", "[a, b]", "[a, b]"},
    /* columns of numbers, booleans, dates */
    {"person.birth_date", "2009-05", "2009-05"},
    {"person.birth_date", "2009-05-01", "2009-05-01"},
    {"person.birth_date", "\"2009-05-01\"", "\"2009-05-01\""},
    {"person.pregnant", "yes", "yes"},
    {"person.pregnant", "\"yes\"", "\"yes\""},
    {"weight", "1.50", "1.50"},
    /* lists */
    {"exploitation.forms", "[labour]", "labour"},
    {"exploitation.forms", "[labour, sexual]", "labour;sexual"},
    {"exploitation.forms", "[labour, \"a;b\"]", "[labour, \"a;b\"]"},
    {"exploitation.forms", "[labour, no]", "[labour, no]"},
    {"exploitation.forms", "[labour, \"no\"]", "labour;no"},
    {"exploitation.forms", "[labour, \"\"]", "[labour, \"\"]"},
    {"exploitation.forms", "[labour, [x]]", "[labour, [x]]"},
    {"exploitation.forms", "[]", "[]"},
    {"exploitation.forms", "labour", "\"labour\""},
    {"exploitation.forms", "3", "!!int 3"},
    {"exploitation.forms", "{a: b}", "{a: b}"},
    {"indicators", "[{id: a}]", "[{id: a}]"},
};

static const char *canonical(const struct nrm_node *node)
{
    if (node->kind != NRM_SCALAR || node->tag)
        return flow(node);
    return nrm_arena_printf(&arena, "%s %s", node->style == NRM_PLAIN ? "plain or text" : "text",
                            node->text);
}

Test(cell, every_value_has_its_cell_and_comes_back)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const struct nrm_field *field = nrm_field_find(nrm_str(values[i].field));
        struct nrm_node *before = parse(values[i].value);
        const char *text = cell(before, field);
        cr_expect_str_eq(text, values[i].cell, "%s: %s gives %s", values[i].field, values[i].value,
                         text);
        struct nrm_node *after = nrm_cell_read(&arena, nrm_str(text), field, NULL, NULL);
        cr_assert(after, "%s", text);
        cr_expect_eq(after->kind, before->kind, "%s: %s", values[i].field, values[i].value);
        if (before->kind != NRM_SCALAR) {
            cr_expect_str_eq(flow(after), flow(before));
            continue;
        }
        cr_expect(nrm_str_equal(nrm_node_text(after), nrm_node_text(before)), "%s: %s",
                  values[i].field, values[i].value);
        cr_expect_eq(nrm_cell_is_text(after), nrm_cell_is_text(before), "%s: %s gives %s",
                     values[i].field, values[i].value, canonical(after));
    }
}

Test(cell, people_may_write_less_strictly)
{
    static const struct {
        const char *field, *cell, *wanted;
    } rows[] = {
        {"exploitation.forms", " labour ; sexual;; ", "[labour, sexual]"},
        {"exploitation.forms", "labour", "[labour]"},
        {"person.gender", "  female\t", "female"},
        {"identity.name", "No", "\"No\""},
        {"person.nationality", "NO;NGA", "[\"NO\", NGA]"},
        {"x", " 42 ", "42"},
        {"x", "[ a,b ]", "[a, b]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct nrm_field *field = nrm_field_find(nrm_str(rows[i].field));
        struct nrm_node *node = nrm_cell_read(&arena, nrm_str(rows[i].cell), field, NULL, NULL);
        cr_assert(node);
        cr_expect_str_eq(flow(node), rows[i].wanted);
    }
}

Test(cell, yaml_that_is_none_is_refused)
{
    static const char *const cells[] = {"[a",      "{a: b", "\"a",       "!",
                                        "\"a\" b", "[a] b", "{a: b: c}", "[*a]"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct nrm_sink sink = {0};
        struct nrm_place place = {"x.csv", 3, 4};
        struct nrm_node *node = nrm_cell_read(&arena, nrm_str(cells[i]), NULL, &place, &sink);
        if (strcmp(cells[i], "!") == 0) {
            cr_expect(node, "a tag alone is an empty text");
            continue;
        }
        cr_expect_null(node, "%s", cells[i]);
        cr_expect_eq(sink.errors, 1, "%s", cells[i]);
    }
}

Test(cell, aliases_are_written_out)
{
    struct nrm_node *root = parse("{a: &a [x, &b y], c: [*a, *b]}");
    const struct nrm_node *list = nrm_node_get(root, NRM_STR("c"));
    cr_expect_str_eq(cell(list, NULL), "[[x, y], y]");
    cr_expect_str_eq(cell(nrm_node_get(root, NRM_STR("a")), NULL), "[x, y]");
}

/* --- column names --- */

static const char *name_of(enum nrm_table_kind kind, const char *yaml_keys)
{
    struct nrm_buffer buffer = {0};
    struct nrm_node *keys = parse(yaml_keys);
    bool good = true;
    for (uint32_t i = 0; i < keys->count; i++)
        good &= nrm_path_write(&buffer, keys->items[i], kind);
    if (kind == NRM_TABLE_CASES)
        nrm_path_guard(&buffer);
    const char *name = good ? nrm_arena_copy(&arena, buffer.text, buffer.length) : "no name";
    nrm_buffer_free(&buffer);
    return name;
}

Test(path, every_path_has_its_name_and_comes_back)
{
    static const struct {
        enum nrm_table_kind kind;
        const char *keys, *name;
    } rows[] = {
        {NRM_TABLE_CASES, "[id]", "id"},
        {NRM_TABLE_CASES, "[person, gender]", "person.gender"},
        {NRM_TABLE_CASES, "[\"a.b\", c]", "\"a.b\".c"},
        {NRM_TABLE_CASES, "[a, 'x\"y']", "a.\"x\\\"y\""},
        {NRM_TABLE_CASES, "[a, \"\"]", "a.\"\""},
        {NRM_TABLE_CASES, "[a, \" b\"]", "a.\" b\""},
        {NRM_TABLE_CASES, "[a, \"-b\"]", "a.\"-b\""},
        {NRM_TABLE_CASES, "[a b, \"c d\"]", "a b.c d"},
        {NRM_TABLE_CASES, "[a, 42]", "a.42"},
        {NRM_TABLE_CASES, "[a, \"42\"]", "a.\"42\""},
        {NRM_TABLE_CASES, "[no]", "no"},
        {NRM_TABLE_CASES, "[\"no\"]", "\"no\""},
        {NRM_TABLE_CASES, "[1.5]", "!!float 1.5"},
        {NRM_TABLE_CASES, "[[a, b]]", "[a, b]"},
        {NRM_TABLE_CASES, "[{a: b}]", "{a: b}"},
        {NRM_TABLE_CASES, "[\"<<\"]", "\"<<\""},
        {NRM_TABLE_CASES, "[contact, phone]", "contact.phone"},
        {NRM_TABLE_CASES, "[contact, kind]", "\"contact\".kind"},
        {NRM_TABLE_CASES, "[contact, own]", "contact.own"},
        {NRM_TABLE_CASES, "[detected]", "detected"},
        {NRM_TABLE_CASES, "[detected, x]", "\"detected\".x"},
        {NRM_TABLE_CASES, "[type]", "\"type\""},
        {NRM_TABLE_CASES, "[at]", "at"},
        {NRM_TABLE_EVENTS, "[type]", "type"},
        {NRM_TABLE_EVENTS, "[id]", "event_id"},
        {NRM_TABLE_EVENTS, "[event_id]", "\"event_id\""},
        {NRM_TABLE_EVENTS, "[id, x]", "event_id.x"},
        {NRM_TABLE_EVENTS, "[detected, x]", "detected.x"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_path path;
        struct nrm_place place = {0};
        const char *name = name_of(rows[i].kind, rows[i].keys);
        cr_expect_str_eq(name, rows[i].name, "%s gives %s", rows[i].keys, name);
        cr_assert(nrm_path_read(&arena, nrm_str(name), rows[i].kind, &place, NULL, &path), "%s",
                  name);
        cr_expect_null(path.event, "%s", name);
        struct nrm_node *keys = nrm_node_sequence(&arena, NRM_FLOW);
        for (size_t k = 0; k < path.count; k++)
            nrm_node_append(&arena, keys, path.keys[k]);
        struct nrm_node *wanted = parse(rows[i].keys);
        cr_assert_eq(keys->count, wanted->count, "%s", name);
        for (uint32_t k = 0; k < keys->count; k++)
            cr_expect(keys->items[k]->kind != NRM_SCALAR ||
                          nrm_node_same_key(keys->items[k], wanted->items[k]),
                      "%s", name);
        cr_expect(nrm_str_is(path.text, name), "%s", name);
    }
}

Test(path, names_of_event_columns)
{
    static const struct {
        const char *name, *event; /* NULL: of the case */
    } rows[] = {
        {"stage1_decision.at", "stage1_decision"},
        {" detected.by ", "detected"},
        {"contact.kind", "contact"},
        {"contact.at", "contact"},
        {"contact.phone", NULL},
        {"\"contact\".kind", NULL},
        {"detected", NULL},
        {"service.own", "service"},
        {"person.gender", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_path path;
        struct nrm_place place = {0};
        cr_assert(
            nrm_path_read(&arena, nrm_str(rows[i].name), NRM_TABLE_CASES, &place, NULL, &path));
        if (rows[i].event)
            cr_expect(path.event && strcmp(path.event->name, rows[i].event) == 0, "%s",
                      rows[i].name);
        else
            cr_expect_null(path.event, "%s", rows[i].name);
    }
}

Test(path, what_is_no_path_is_refused)
{
    static const char *const names[] = {"",       ".",  "a.",         ".a", "a..b", "\"a",
                                        "\"a\"b", "[a", "!!merge <<", "<<", "a.<<"};
    char deep[2 * 65];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct nrm_sink sink = {0};
        struct nrm_path path;
        struct nrm_place place = {"x.csv", 1, 1};
        cr_expect_not(
            nrm_path_read(&arena, nrm_str(names[i]), NRM_TABLE_CASES, &place, &sink, &path), "%s",
            names[i]);
        cr_expect_eq(sink.errors, 1);
    }
    memset(deep, 'a', sizeof deep);
    for (size_t i = 1; i < sizeof deep; i += 2)
        deep[i] = '.';
    struct nrm_path path;
    struct nrm_place place = {0};
    struct nrm_str name = {deep, sizeof deep - 1};
    cr_expect_not(nrm_path_read(&arena, name, NRM_TABLE_CASES, &place, NULL, &path), "65 names");
    name.length -= 2;
    cr_expect(nrm_path_read(&arena, name, NRM_TABLE_CASES, &place, NULL, &path), "64 names");
    cr_expect_eq(path.count, 64);
}
