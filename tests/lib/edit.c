/* Adding an event to a file as text: where it goes and in which style, what is refused, and that
 * everything else stays byte by byte. */
#include "data/edit.h"

#include <criterion/criterion.h>

#include "../tree.h"
#include "data/yaml.h"

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

/* The event of every test but those that say otherwise. */
#define EVENT "{at: 2026-03-05, type: contact, kind: video}"

static const struct {
    const char *name, *before, *after;
} edits[] = {
    {"dashes further in", "id: a\nevents:\n  - {x: 1}\n",
     "id: a\nevents:\n  - {x: 1}\n  - " EVENT "\n"},
    {"dashes below the key", "id: a\nevents:\n- {x: 1}\nz: 1\n",
     "id: a\nevents:\n- {x: 1}\n- " EVENT "\nz: 1\n"},
    {"dashes far in", "id: a\nevents:\n        - {x: 1}\n",
     "id: a\nevents:\n        - {x: 1}\n        - " EVENT "\n"},
    {"comment behind the last", "id: a\nevents:\n  - {x: 1} # one\n  # two\nz: 1 # three\n",
     "id: a\nevents:\n  - {x: 1} # one\n  - " EVENT "\n  # two\nz: 1 # three\n"},
    {"blank lines below", "events:\n  - {x: 1}\n\n\nid: a\n",
     "events:\n  - {x: 1}\n  - " EVENT "\n\n\nid: a\n"},
    {"lines of their own", "id: a\nevents:\n  - x: 1\n    y: 2\n",
     "id: a\nevents:\n  - x: 1\n    y: 2\n  - at: 2026-03-05\n    type: contact\n    kind: "
     "video\n"},
    {"a wide gap", "id: a\nevents:\n  -   x: 1\n      y: 2\n",
     "id: a\nevents:\n  -   x: 1\n      y: 2\n  -   at: 2026-03-05\n      type: contact\n"
     "      kind: video\n"},
    {"a wide gap on one line", "id: a\nevents:\n  -   {x: 1}\n",
     "id: a\nevents:\n  -   {x: 1}\n  -   " EVENT "\n"},
    {"dash on a line of its own", "id: a\nevents:\n  -\n    x: 1\n",
     "id: a\nevents:\n  -\n    x: 1\n  - at: 2026-03-05\n    type: contact\n    kind: video\n"},
    {"the last of several styles", "events:\n  - x: 1\n  - {y: 1}\n",
     "events:\n  - x: 1\n  - {y: 1}\n  - " EVENT "\n"},
    {"an empty value at the end", "events:\n  - x: 1\n    y:\nid: a\n",
     "events:\n  - x: 1\n    y:\n  - at: 2026-03-05\n    type: contact\n    kind: video\nid: a\n"},
    {"an empty item at the end", "events:\n  -\nid: a\n", "events:\n  -\n  - " EVENT "\nid: a\n"},
    {"a list in the last event", "events:\n- x:\n  - a\n  - b\nid: a\n",
     "events:\n- x:\n  - a\n  - b\n- at: 2026-03-05\n  type: contact\n  kind: video\nid: a\n"},
    {"block text at the end", "events:\n  - x: |\n      one\n      two\nid: a\n",
     "events:\n  - x: |\n      one\n      two\n  - at: 2026-03-05\n    type: contact\n    kind: "
     "video\n"
     "id: a\n"},
    {"block text that keeps its blank lines", "events:\n  - x: |+\n      one\n\n\nid: a\n",
     "events:\n  - x: |+\n      one\n\n\n  - at: 2026-03-05\n    type: contact\n    kind: "
     "video\nid: a\n"},
    {"block text at the end of the file", "events:\n  - x: >-\n      one\n",
     "events:\n  - x: >-\n      one\n  - at: 2026-03-05\n    type: contact\n    kind: video\n"},
    {"text over several lines", "events:\n  - {x: \"a\n      b\"}\n",
     "events:\n  - {x: \"a\n      b\"}\n  - " EVENT "\n"},
    {"an event over several lines", "events:\n  - {x: 1,\n     y: 2} # z\n",
     "events:\n  - {x: 1,\n     y: 2} # z\n  - " EVENT "\n"},
    {"no line end at the end", "id: a\nevents:\n  - {x: 1}",
     "id: a\nevents:\n  - {x: 1}\n  - " EVENT "\n"},
    {"a comment without line end", "events:\n  - {x: 1} # y",
     "events:\n  - {x: 1} # y\n  - " EVENT "\n"},
    {"CRLF", "id: a\r\nevents:\r\n  - {x: 1}\r\nz: 1\r\n",
     "id: a\r\nevents:\r\n  - {x: 1}\r\n  - " EVENT "\r\nz: 1\r\n"},
    {"CRLF without one at the end", "id: a\r\nevents:\r\n  - x: 1",
     "id: a\r\nevents:\r\n  - x: 1\r\n  - at: 2026-03-05\r\n    type: contact\r\n    kind: "
     "video\r\n"},
    {"CRLF behind block text", "events:\r\n  - x: |\r\n      one\r\nid: a\r\n",
     "events:\r\n  - x: |\r\n      one\r\n  - at: 2026-03-05\r\n    type: contact\r\n    kind: "
     "video\r\n"
     "id: a\r\n"},
    {"CR alone", "id: a\revents:\r  - {x: 1}\r", "id: a\revents:\r  - {x: 1}\r  - " EVENT "\r"},
    {"a byte order mark", "\xef\xbb\xbfid: \xc3\xa4\nevents:\n  - {x: \xe2\x82\xac}\nz: 1\n",
     "\xef\xbb\xbfid: \xc3\xa4\nevents:\n  - {x: \xe2\x82\xac}\n  - " EVENT "\nz: 1\n"},
    {"brackets", "id: a\nevents: [{x: 1}]\nz: 1\n", "id: a\nevents: [{x: 1}, " EVENT "]\nz: 1\n"},
    {"brackets with blanks", "events: [ {x: 1} ] # y\n", "events: [ {x: 1}, " EVENT " ] # y\n"},
    {"a comma behind the last", "events: [{x: 1},]\n", "events: [{x: 1}, " EVENT ",]\n"},
    {"brackets over lines", "events: [\n  {x: 1},\n  {x: 2} # two\n]\nid: a\n",
     "events: [\n  {x: 1},\n  {x: 2}, # two\n  " EVENT "\n]\nid: a\n"},
    {"brackets over lines, a comma behind the last", "events: [\n  {x: 1}, # one\n  # none\n]\n",
     "events: [\n  {x: 1}, # one\n  " EVENT ",\n  # none\n]\n"},
    {"bracket behind the last of several lines", "events: [\n    {x: 1},\n    {x: 2}]\n",
     "events: [\n    {x: 1},\n    {x: 2},\n    " EVENT "]\n"},
    {"brackets over lines with CRLF", "events: [\r\n  {x: 1}\r\n]\r\n",
     "events: [\r\n  {x: 1},\r\n  " EVENT "\r\n]\r\n"},
    {"empty brackets", "id: a\nevents: []\nz: 1\n", "id: a\nevents:\n  - " EVENT "\nz: 1\n"},
    {"empty brackets with a comment", "events: [ ] # none\n", "events: # none\n  - " EVENT "\n"},
    {"a comment within empty brackets", "events: [ # none\n  ]\n",
     "events: [" EVENT " # none\n  ]\n"},
    {"empty brackets, anchored", "events: &e []\nz: *e\n", NULL},
    {"no key", "id: a\nz: 1 # one\n# two\n", "id: a\nz: 1 # one\nevents:\n  - " EVENT "\n# two\n"},
    {"no key and no line end", "id: a", "id: a\nevents:\n  - " EVENT "\n"},
    {"no key, further in", "  id: a\n  z: {y: 1}\n",
     "  id: a\n  z: {y: 1}\n  events:\n    - " EVENT "\n"},
    {"no key in braces", "{id: a, z: 1}\n", "{id: a, z: 1, events: [" EVENT "]}\n"},
    {"no key in braces, a comma behind the last", "{id: a,}", "{id: a, events: [" EVENT "]}"},
    {"no value", "events:\nid: a\n", "events:\n  - " EVENT "\nid: a\n"},
    {"no value at the end of the file", "id: a\nevents:", "id: a\nevents:\n  - " EVENT "\n"},
    {"no value but comments", "events: # one\n  # two\nid: a\n",
     "events: # one\n  - " EVENT "\n  # two\nid: a\n"},
    {"null", "events: null # x\nid: a\n", "events: # x\n  - " EVENT "\nid: a\n"},
    {"a tilde", "id: a\nevents:   ~", "id: a\nevents:\n  - " EVENT "\n"},
    {"no value in braces", "{events: , id: a}\n", "{events: [" EVENT "] , id: a}\n"},
    {"null in braces", "{events: ~, id: a}\n", "{events: [" EVENT "], id: a}\n"},
    {"braces with a list", "{id: a, events: [{x: 1}], z: 1}",
     "{id: a, events: [{x: 1}, " EVENT "], z: 1}"},
    {"braces with an empty list", "{id: a, events: []}", "{id: a, events: [" EVENT "]}"},
    {"JSON", "{\"id\": \"a\",\n \"events\": [\n  {\"x\": 1}\n ]\n}\n",
     "{\"id\": \"a\",\n \"events\": [\n  {\"x\": 1},\n  " EVENT "\n ]\n}\n"},
    {"the key in quotes", "'events':\n  - {x: 1}\n", "'events':\n  - {x: 1}\n  - " EVENT "\n"},
    {"the key behind a question mark", "? events\n: - {x: 1}\n  - {x: 2}\nid: a\n",
     "? events\n: - {x: 1}\n  - {x: 2}\n  - " EVENT "\nid: a\n"},
    {"other events further in", "x: {events: []}\ny:\n  events:\n    - 1\nevents:\n  - {x: 1}\n",
     "x: {events: []}\ny:\n  events:\n    - 1\nevents:\n  - {x: 1}\n  - " EVENT "\n"},
    {"an anchored list", "events: &e\n  - {x: 1}\nid: a\n",
     "events: &e\n  - {x: 1}\n  - " EVENT "\nid: a\n"},
    {"an anchored case", "--- &c\nid: a\nevents: []\n", "--- &c\nid: a\nevents:\n  - " EVENT "\n"},
    {"an alias behind the last", "x: &x {y: 1}\nevents:\n  - {x: 1}\n  - *x\nid: a\n",
     "x: &x {y: 1}\nevents:\n  - {x: 1}\n  - *x\n  - " EVENT "\nid: a\n"},
    {"the line that starts a document", "--- {id: a}\n", "--- {id: a, events: [" EVENT "]}\n"},
    {"a document that ends", "---\nid: a\nevents:\n  - {x: 1}\n...\n# end\n",
     "---\nid: a\nevents:\n  - {x: 1}\n  - " EVENT "\n...\n# end\n"},
    {"directives", "%YAML 1.1\n---\nid: a\nevents: []\n",
     "%YAML 1.1\n---\nid: a\nevents:\n  - " EVENT "\n"},
    {"empty documents around", "---\n---\nid: a\nevents:\n- {x: 1}\n---\n---\n",
     "---\n---\nid: a\nevents:\n- {x: 1}\n- " EVENT "\n---\n---\n"},
    {"tabs behind values", "id: a\t\nevents:\t\n  - {x: 1}\t# y\n",
     "id: a\t\nevents:\t\n  - {x: 1}\t# y\n  - " EVENT "\n"},
    {"block text cut short", "id: a\nevents:\n  - x: |\n      one", NULL},
    {"an alias", "x: &x [{y: 1}]\nevents: *x\n", NULL},
    {"merged events", "x: &x {events: [{y: 1}]}\n<<: *x\nid: a\n", NULL},
    {"a mapping", "events: {x: 1}\n", NULL},
    {"text", "events: none\n", NULL},
    {"text that looks empty", "events: ''\n", NULL},
    {"a tag", "events: !!null\n", NULL},
    {"a key without colon in braces", "{id: a, events}\n", NULL},
};

Test(edit, where_events_go)
{
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct nrm_arena arena = {0};
        struct heard heard;
        struct nrm_case_text cases, edited;
        start_hearing(&heard);
        const struct nrm_node *event = nrm_yaml_parse(&arena, NRM_STR(EVENT), NULL, NULL);
        cr_assert(nrm_edit_read(&cases, &arena, nrm_str(edits[i].before), "x", &heard.sink),
                  "%s: %s", edits[i].name, heard.told.text);
        cr_assert(nrm_edit_choose(&cases, (struct nrm_str){0}, &heard.sink));
        bool done = nrm_edit_append(&cases, event, &edited, &heard.sink);
        cr_expect_eq(done, edits[i].after != NULL, "%s: %s", edits[i].name, heard.told.text);
        if (done && edits[i].after)
            cr_expect_str_eq(edited.text.text, edits[i].after, "%s", edits[i].name);
        cr_expect_eq(heard.told.length == 0, done, "%s: %s", edits[i].name, heard.told.text);
        nrm_buffer_free(&heard.told);
        nrm_arena_free(&arena);
    }
}

/* Events whose values need care, in both styles: they come back as they were. */
static const char *const events[] = {
    "{at: 2026-03-05T10:00+01:00, type: contact}",
    "{choice: \"no\", n: \"42\", t: \"2026-03-05\", e: \"\", null: null}",
    "{note: \"one\\ntwo\\n\\n  three\\n\", b: true}",
    "{note: \"tab\\there, # no comment: {[,]}\", 'a b': [x, 'y, z', \"[\"]}",
    "{note: \" blanks \", m: \"\\x07\\u2028\\ufeff\", l: [], k: {}}",
    "{note: \"- a\\n- b\", q: \"it's \\\"so\\\"\", s: \"| >\", d: \"---\", dots: \"...\"}",
    "{note: \"a\\r\\nb\", z: \"\\u20ac\\U0001f600\"}",
};

static const char *const places[] = {"id: a\nevents:\n  - {x: 1}\n",
                                     "id: a\nevents:\n- x: 1\n  y: 2\nz: 1\n",
                                     "id: a\r\nevents:\r\n  - x: 1\r\nz: 1\r\n",
                                     "id: a\nevents: [{x: 1}]\n",
                                     "{id: a, events: []}",
                                     "id: a\nevents:\n  -   x: 1\n",
                                     "id: a"};

Test(edit, values_come_back)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (size_t k = 0; k < sizeof events / sizeof *events; k++) {
            struct nrm_arena arena = {0};
            struct nrm_case_text cases, edited;
            const struct nrm_node *event = nrm_yaml_parse(&arena, nrm_str(events[k]), NULL, NULL);
            cr_assert(event);
            cr_assert(nrm_edit_read(&cases, &arena, nrm_str(places[i]), "x", NULL));
            cr_assert(nrm_edit_append(&cases, event, &edited, NULL), "%s in %s", events[k],
                      places[i]);
            const struct nrm_node *list = nrm_node_get(edited.roots[0], NRM_STR("events"));
            const char *difference = tree_difference(event, list->items[list->count - 1], true);
            cr_expect_null(difference, "%s of %s in %s", difference, events[k], places[i]);
            nrm_arena_free(&arena);
        }
}

/* One of several cases: the others keep every byte, whatever they are. */
Test(edit, several_cases)
{
    static const char before[] = "# first\n---\nid: a\nevents:\n  - {x: 1}\n--- # second\n"
                                 "events: [{x: 1}]\nid: \"b\"\n...\n---\nid: 42\n";
    static const struct {
        const char *id, *after, *told;
    } rows[] = {
        {"a",
         "# first\n---\nid: a\nevents:\n  - {x: 1}\n  - " EVENT "\n--- # second\n"
         "events: [{x: 1}]\nid: \"b\"\n...\n---\nid: 42\n",
         ""},
        {"b",
         "# first\n---\nid: a\nevents:\n  - {x: 1}\n--- # second\n"
         "events: [{x: 1}, " EVENT "]\nid: \"b\"\n...\n---\nid: 42\n",
         ""},
        {"42",
         "# first\n---\nid: a\nevents:\n  - {x: 1}\n--- # second\n"
         "events: [{x: 1}]\nid: \"b\"\n...\n---\nid: 42\nevents:\n  - " EVENT "\n",
         ""},
        {"c", NULL, "0:0: no case in this file has that id\n"},
        {NULL, NULL, "0:0: there are several cases in this file; say which with -c ID\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_arena arena = {0};
        struct heard heard;
        struct nrm_case_text cases, edited;
        struct nrm_str id = rows[i].id ? nrm_str(rows[i].id) : (struct nrm_str){0};
        start_hearing(&heard);
        const struct nrm_node *event = nrm_yaml_parse(&arena, NRM_STR(EVENT), NULL, NULL);
        cr_assert(nrm_edit_read(&cases, &arena, nrm_str(before), "x", &heard.sink));
        bool chosen = nrm_edit_choose(&cases, id, &heard.sink);
        cr_expect_eq(chosen, rows[i].after != NULL);
        cr_expect_str_eq(heard.told.text, rows[i].told);
        if (chosen && nrm_edit_append(&cases, event, &edited, &heard.sink))
            cr_expect_str_eq(edited.text.text, rows[i].after);
        nrm_buffer_free(&heard.told);
        nrm_arena_free(&arena);
    }
}

Test(edit, refused_to_read)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"", "0:0: there is no case in this file\n"},
        {"---\n# nothing\n", "0:0: there is no case in this file\n"},
        {"- id: a\n", "1:1: this is no case; a case is keys and values, as id: 2026-0042\n"},
        {"id: a\n---\ntext\n",
         "3:1: this is no case; a case is keys and values, as id: 2026-0042\n"},
        {"id: a\nid: b\n", NULL},
        {"id: a\nevents: [\n", NULL},
        {"id: \xff\n", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_arena arena = {0};
        struct heard heard;
        struct nrm_case_text cases;
        start_hearing(&heard);
        cr_expect_not(nrm_edit_read(&cases, &arena, nrm_str(rows[i].text), "x", &heard.sink));
        if (rows[i].told)
            cr_expect_str_eq(heard.told.text, rows[i].told);
        cr_expect_neq(heard.told.length, 0);
        nrm_buffer_free(&heard.told);
        nrm_arena_free(&arena);
    }
}

/* Many events one after the other: each finds its place behind the one before. */
Test(edit, again_and_again)
{
    struct nrm_arena arena = {0};
    struct nrm_case_text cases, edited;
    struct nrm_buffer wanted = {0};
    const struct nrm_node *event = nrm_yaml_parse(&arena, NRM_STR(EVENT), NULL, NULL);
    nrm_buffer_add_str(&wanted, NRM_STR("id: a\nevents:\n"));
    cr_assert(nrm_edit_read(&cases, &arena, NRM_STR("id: a\nevents: []\n"), "x", NULL));
    for (int i = 0; i < 50; i++) {
        cr_assert(nrm_edit_append(&cases, event, &edited, NULL));
        cases = edited;
        nrm_buffer_add_str(&wanted, NRM_STR("  - " EVENT "\n"));
    }
    cr_expect_str_eq(cases.text.text, wanted.text);
    nrm_buffer_free(&wanted);
    nrm_arena_free(&arena);
}
