/* The stream of cases: formats, directories, joining wide and long tables, and what is refused. */
#include "stream.h"

static struct stream stream;

static void start(void)
{
    stream_start(&stream);
}

static void end(void)
{
    stream_end(&stream);
}

TestSuite(reader, .init = start, .fini = end);

static const char yaml_case[] = "id: a\nevents:\n  - {at: 2026-03-01, type: detected}\n";
static const char long_table[] = "id,at,type,outcome\n"
                                 "a,2026-03-02,stage1_decision,positive\n"
                                 "b,2026-03-03,referred,\n"
                                 "a,2026-03-01,detected,\n";

/* Read one or two files and compare what comes out. FORMAT of the output: YAML. */
static void expect_two(const char *first, const char *second, const char *wanted)
{
    const char *paths[] = {first, second, NULL};
    stream_read(&stream, paths);
    cr_expect_str_eq(stream_output(&stream), wanted);
}

static void expect_messages(const char *wanted)
{
    cr_expect_str_eq(stream_messages(&stream), wanted);
}

Test(reader, formats_are_told_by_ending_or_content)
{
    static const struct {
        const char *name, *text, *wanted;
    } rows[] = {
        {"a.yaml", "id: a\n", "---\nid: a\n"},
        {"a.YML", "id: a\n", "---\nid: a\n"},
        {"a.csv", "id,x\na,1\n", "---\nid: a\nx: 1\n"},
        {"a.CSV", "id\n\"a: b\"\n", "---\nid: 'a: b'\n"},
        {"a", "id: a\n", "---\nid: a\n"},
        {"a", "\n# id,x\n\n--- {id: a}\n", "---\n{id: a}\n"},
        {"a", "\"id\": a\n", "---\n\"id\": a\n"},
        {"a", "{\"id\": \"a\", \"x\": [1]}\n", "--- {\"id\": \"a\", \"x\": [1]}\n"},
        {"a", "id,x\na,1\n", "---\nid: a\nx: 1\n"},
        {"a", "id;x\r\na;1,5\r\n", "---\nid: a\nx: 1,5\n"},
        {"a", "x\tid\n1\ta\n", "---\nx: 1\nid: a\n"},
        {"a", "id\na\n", "---\nid: a\n"},
        {"a", "\"x: y\",id\n1,a\n", "---\nx: y: 1\nid: a\n"},
        {"a", "\xef\xbb\xbfid,x\na,1\n", "---\nid: a\nx: 1\n"},
        {"a", "id,at,type\na,2026-03-01,detected\n",
         "---\nid: a\nevents:\n  - at: 2026-03-01\n    type: detected\n"},
        {"a.csv", "type,by,id,at\ndetected,police,a,2026-03-01\n",
         "---\nid: a\nevents:\n  - type: detected\n    by: police\n    at: 2026-03-01\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *paths[] = {stream_file(&stream, rows[i].name, rows[i].text), NULL};
        stream_read(&stream, paths);
        if (strncmp(rows[i].wanted, "---\n{", 5) == 0 || strstr(rows[i].wanted, "x: y: 1"))
            cr_expect_eq(stream.result, 0, "row %zu", i);
        else
            cr_expect_str_eq(stream_output(&stream), rows[i].wanted, "row %zu: %s", i,
                             stream_output(&stream));
    }
}

/* What is no plain file can be looked at only once. */
Test(reader, pipes_are_looked_at_too)
{
    static const char *const texts[] = {"id: a\n", "id,x\na,1\n",
                                        "id,at,type\na,2026-03-01,detected\n"};
    static const char *const wanted[] = {
        "---\nid: a\n", "---\nid: a\nx: 1\n",
        "---\nid: a\nevents:\n  - at: 2026-03-01\n    type: detected\n"};
    for (size_t i = 0; i < 3; i++) {
        int ends[2];
        cr_assert_eq(pipe(ends), 0);
        cr_assert_eq(write(ends[1], texts[i], strlen(texts[i])), (ssize_t)strlen(texts[i]));
        close(ends[1]);
        expect_two(nrm_arena_printf(&stream.arena, "/dev/fd/%d", ends[0]), NULL, wanted[i]);
        close(ends[0]);
    }
}

Test(reader, an_explicit_format_wins)
{
    const char *yaml_named_csv = stream_file(&stream, "a.csv", yaml_case);
    stream.options.format = NRM_FORMAT_YAML;
    expect_two(yaml_named_csv, NULL, "---\nid: a\nevents:\n  - {at: 2026-03-01, type: detected}\n");
    const char *csv_named_yaml = stream_file(&stream, "b.yaml", "id\nb\n");
    stream.options.format = NRM_FORMAT_CSV;
    expect_two(csv_named_yaml, NULL, "---\nid: b\n");
    stream.options.format = NRM_FORMAT_EVENTS;
    expect_two(csv_named_yaml, NULL, "");
    expect_messages("b.yaml:1:1: error: a table of events needs the columns id, at and type; at is "
                    "missing\n");
    cr_expect_eq(stream.result, -1);
}

Test(reader, rows_of_events_become_cases_in_the_order_of_their_ids)
{
    expect_two(stream_file(&stream, "long.csv", long_table), NULL,
               "---\nid: a\nevents:\n"
               "  - at: 2026-03-02\n    type: stage1_decision\n    outcome: positive\n"
               "  - at: 2026-03-01\n    type: detected\n"
               "---\nid: b\nevents:\n  - at: 2026-03-03\n    type: referred\n");
    expect_messages("");
}

Test(reader, events_join_the_cases_of_other_operands)
{
    const char *events = stream_file(&stream, "long.csv", long_table);
    static const char wanted_end[] =
        "---\nid: b\nevents:\n  - at: 2026-03-03\n    type: referred\n";
    const char *wide =
        stream_file(&stream, "wide.csv", "id,x,detected.at\na,1,2020-01-01\nc,2,2020-01-01\n");
    const char *wanted =
        nrm_arena_printf(&stream.arena,
                         "---\nid: a\nx: 1\nevents:\n"
                         "  - at: 2026-03-02\n    type: stage1_decision\n    outcome: positive\n"
                         "  - at: 2026-03-01\n    type: detected\n"
                         "---\nid: c\nx: 2\nevents:\n  - at: 2020-01-01\n    type: detected\n%s",
                         wanted_end);
    expect_two(wide, events, wanted);
    expect_two(events, wide, wanted);
    expect_messages("long.csv:3:1: note: no other file has the case of this event; it becomes a "
                    "case of its own\n");
    const char *yaml = stream_file(&stream, "a.yaml", yaml_case);
    expect_two(
        yaml, events,
        nrm_arena_printf(&stream.arena,
                         "---\nid: a\nevents:\n  - {at: 2026-03-01, type: detected}\n"
                         "  - at: 2026-03-02\n    type: stage1_decision\n    outcome: positive\n"
                         "  - at: 2026-03-01\n    type: detected\n%s",
                         wanted_end));
}

Test(reader, wrong_values_of_joined_events_are_told_once_with_their_own_place)
{
    const char *events = stream_file(&stream, "long.csv",
                                     "id,at,type\na,2025-02-30,detected\nb,2026-01-01,deteced\n");
    const char *yaml = stream_file(&stream, "a.yaml", "id: a\nperson: {birth_date: 2009-13}\n");
    const char *paths[] = {yaml, events, NULL};
    stream_read(&stream, paths);
    const char *told = stream_messages(&stream);
    cr_expect(strstr(told, "long.csv:2:3: warning: events[1].at: "), "%s", told);
    cr_expect(strstr(told, "long.csv:3:14: warning: events[1].type: "), "%s", told);
    cr_expect(strstr(told, "a.yaml:2:22: warning: person.birth_date: "), "%s", told);
    cr_expect_eq(stream.sink.warnings, 3, "%s", told);
}

Test(reader, columns_of_a_type_become_one_event)
{
    expect_two(
        stream_file(&stream, "wide.csv",
                    "id,stage1_decision.outcome,detected.place,stage1_decision.at,contact.phone\n"
                    "a,positive,hotel,2026-03-03,12345\nb,,,,\nc,,,2026-03-04,\n"),
        NULL,
        "---\nid: a\ncontact:\n  phone: [\"12345\"]\nevents:\n"
        "  - at: 2026-03-03\n    type: stage1_decision\n    outcome: positive\n"
        "  - type: detected\n    place: hotel\n"
        "---\nid: b\n"
        "---\nid: c\nevents:\n  - at: 2026-03-04\n    type: stage1_decision\n");
}

Test(reader, directories_hold_yaml_in_the_order_of_bytes)
{
    stream_file(&stream, "b.yaml", "id: b\n");
    stream_file(&stream, "B.yml", "id: B\n---\nid: B2\n");
    stream_file(&stream, "a.yaml", "id: a\n");
    stream_file(&stream, ".hidden.yaml", "id: hidden\n");
    stream_file(&stream, "notes.csv", "id\nnotes\n");
    stream_file(&stream, "yaml", "id: yaml\n");
    cr_assert_eq(mkdir(stream_path(&stream, "sub.yaml"), 0700), 0);
    static const char wanted[] = "---\nid: B\n---\nid: B2\n---\nid: a\n---\nid: b\n";
    expect_two(stream.directory, NULL, wanted);
    expect_two(nrm_arena_printf(&stream.arena, "%s/", stream.directory), NULL, wanted);
    expect_two(stream_path(&stream, "sub.yaml"), NULL, "");
    cr_expect_eq(stream.result, -1);
    expect_messages("sub.yaml:0:0: error: the directory has no case files: they are named ID.yaml "
                    "and lie directly in it\n");
}

/* Text, what comes out with keep_going and without, and the messages. */
static const struct {
    const char *name, *text, *kept, *stopped, *messages;
} broken[] = {
    {"empty.yaml", "", "", "",
     "empty.yaml:0:0: error: the file holds no case; leave it out, or name one that does\n"},
    {"empty.csv", "id,x\n", "", "",
     "empty.csv:0:0: error: the file holds no case; leave it out, or name one that does\n"},
    {"empty2.csv", "id,at,type\n", "", "",
     "empty2.csv:0:0: error: the file holds no case; leave it out, or name one that does\n"},
    {"ragged.csv", "id,x\na,1\nb\nc,3,4\nd,5\n", "---\nid: a\nx: 1\n---\nid: d\nx: 5\n",
     "---\nid: a\nx: 1\n",
     "ragged.csv:3:1: error: the header has 2 fields, this row has 1: add the missing ones, empty "
     "if need be\n"
     "ragged.csv:4:1: error: the header has 2 fields, this row has 3: put text that holds a "
     "separator in double quotes\n"},
    {"twice.csv", "id,\"a.b\",\"\"\"a\"\".b\"\na,1,2\n", "", "",
     "twice.csv:1:10: error: the column a.b is there twice: rename or remove one\n"},
    {"nameless.csv", "id,\na,\nb,1\n", "---\nid: a\n", "---\nid: a\n",
     "nameless.csv:3:3: error: this cell stands below no column name: give one\n"},
    {"inside.csv", "id,a.b,a\na,1,\nb,1,2\nc,,2\n", "---\nid: a\na:\n  b: 1\n---\nid: c\na: 2\n",
     "---\nid: a\na:\n  b: 1\n",
     "inside.csv:3:5: error: this column and one that lies within it, or around it, cannot both "
     "have a value in one row: empty one of the two\n"},
    {"around.csv", "id,a,a.b\na,1,2\nb,,2\n", "---\nid: b\na:\n  b: 2\n", "",
     "around.csv:2:5: error: this column and one that lies within it, or around it, cannot both "
     "have a value in one row: empty one of the two\n"},
    {"nobody.csv", "id,at,type\n,2026-03-01,detected\na,2026-03-01,detected\n",
     "---\nid: a\nevents:\n  - at: 2026-03-01\n    type: detected\n", "",
     "nobody.csv:2:1: error: this event does not say whose it is: put the id of the case into the "
     "column id\n"},
    {"no-case.yaml", "- a\n---\nid: b\n", "---\nid: b\n", "",
     "no-case.yaml:1:1: error: this is no case; a case is keys and values, as id: \"2026-0042\"\n"},
    {"type.csv", "id,detected.type\na,x\n", "", "",
     "type.csv:1:4: error: the column detected.type gives an event its type twice: remove it\n"},
};

static void read_broken(size_t number, bool keep_going)
{
    const char *paths[] = {stream_file(&stream, broken[number].name, broken[number].text), NULL};
    stream.options.keep_going = keep_going;
    stream_read(&stream, paths);
}

Test(reader, trouble_ends_the_stream)
{
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        read_broken(i, false);
        cr_expect_eq(stream.result, -1, "%s", broken[i].name);
        cr_expect_str_eq(stream_output(&stream), broken[i].stopped, "%s", broken[i].name);
        size_t first = strcspn(broken[i].messages, "\n") + 1;
        cr_expect(strncmp(stream_messages(&stream), broken[i].messages, first) == 0 &&
                      strlen(stream_messages(&stream)) == first,
                  "%s: %s", broken[i].name, stream_messages(&stream));
    }
}

Test(reader, keeping_going_skips_trouble)
{
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        read_broken(i, true);
        cr_expect_eq(stream.result, 0, "%s", broken[i].name);
        cr_expect(stream.failed, "%s", broken[i].name);
        cr_expect_str_eq(stream_output(&stream), broken[i].kept, "%s", broken[i].name);
        cr_expect_str_eq(stream_messages(&stream), broken[i].messages, "%s", broken[i].name);
    }
}

Test(reader, keeping_going_reads_the_other_files)
{
    stream.options.keep_going = true;
    const char *paths[] = {stream_path(&stream, "none.yaml"),
                           stream_file(&stream, "a.yaml", "id: [a\n"),
                           stream_file(&stream, "b.csv", "id,x\n\"b\n"),
                           stream_file(&stream, "c.yaml", "id: c\n"), NULL};
    stream_read(&stream, paths);
    cr_expect_str_eq(stream_output(&stream), "---\nid: c\n");
    cr_expect_eq(stream.sink.errors, 3, "%s", stream_messages(&stream));
    cr_expect(stream.failed);
}

Test(reader, documents_that_hold_nothing_are_no_cases)
{
    expect_two(stream_file(&stream, "a.yaml", "---\n---\nid: a\n---\n# nothing\n---\nid: b\n---\n"),
               NULL, "---\nid: a\n---\nid: b\n");
    expect_messages("");
}

Test(reader, blank_rows_are_no_cases)
{
    expect_two(stream_file(&stream, "a.csv", "id,x\n,\na,1\n , \n\nb,\n,,\n"), NULL,
               "---\nid: a\nx: 1\n---\nid: b\n");
    cr_expect_eq(stream.result, -1, "three fields are too many, blank or not");
}

/* A row costs its cells, whatever the header: hostile tables must not take time squared. */
Test(reader, wide_headers_and_long_paths, .timeout = 60)
{
    enum { COLUMNS = 30000 };
    struct nrm_buffer table = {0};
    for (int i = 0; i < COLUMNS; i++)
        nrm_buffer_printf(&table, "%sg.c%d", i ? "," : "", i);
    nrm_buffer_add_char(&table, '\n');
    for (int row = 0; row < 30; row++) {
        for (int i = 0; i < COLUMNS; i++)
            nrm_buffer_printf(&table, "%s1", i ? "," : "");
        nrm_buffer_add_char(&table, '\n');
    }
    const char *paths[] = {stream_file(&stream, "a.csv", table.text), NULL};
    nrm_buffer_free(&table);
    stream_read(&stream, paths);
    cr_expect_eq(stream.result, 0, "%.300s", stream_messages(&stream));
    cr_expect(strstr(stream_output(&stream), "  c29999: 1\n"));
}

Test(reader, an_odd_list_of_events_keeps_its_items)
{
    const char *events = stream_file(&stream, "long.csv", "id,at,type\na,2026-03-01,detected\n");
    static const struct {
        const char *yaml, *wanted;
    } rows[] = {
        {"id: a\nevents: x\n",
         "---\nid: a\nevents:\n  - x\n  - at: 2026-03-01\n    type: detected\n"},
        {"id: a\nevents:\n", "---\nid: a\nevents:\n  - at: 2026-03-01\n    type: detected\n"},
        {"id: a\nevents: []\n", "---\nid: a\nevents:\n  - at: 2026-03-01\n    type: detected\n"},
        {"id: a\nevents: &e [x]\nkept: *e\n",
         "---\nid: a\nevents:\n  - x\n  - at: 2026-03-01\n    type: detected\nkept: &e [x]\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_two(stream_file(&stream, "a.yaml", rows[i].yaml), events, rows[i].wanted);
}
