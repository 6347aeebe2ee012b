/* Cases written: what goes into which column, and what a table cannot hold. */
#include "data/path.h"
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

TestSuite(writer, .init = start, .fini = end);

static void expect(enum nrm_out_format format, const char *yaml, const char *wanted)
{
    const char *paths[] = {stream_file(&stream, "a.yaml", yaml), NULL};
    stream.format = format;
    stream_read(&stream, paths);
    cr_expect_str_eq(stream_output(&stream), wanted);
}

static const char two_cases[] =
    "id: \"0042\"\nown: {b: 1, a: [x, y]}\nperson: {gender: female, nationality: [NGA, GHA]}\n"
    "events:\n  - {type: detected, at: 2026-03-01, by: police, own: 3, id: e-1}\n"
    "  - {at: 2026-03-02, type: referred, to: somebody}\n"
    "---\nnrm: 1\nid: b\nmore: =1+1\nown: {c: 2}\nevents: []\n";

Test(writer, wide_tables_have_everything_but_the_events)
{
    expect(NRM_OUT_CSV, two_cases,
           "id,nrm,person.gender,person.nationality,events,own.b,own.a,more,own.c\n"
           "0042,,female,NGA;GHA,,1,\"[x, y]\",,\n"
           "b,1,,,[],,,'=1+1,2\n");
    cr_expect_str_eq(stream_messages(&stream), "");
}

Test(writer, long_tables_have_the_events)
{
    expect(NRM_OUT_EVENTS, two_cases,
           "id,at,type,event_id,by,to,own\n"
           "0042,2026-03-01,detected,e-1,police,,3\n"
           "0042,2026-03-02,referred,,,somebody,\n");
    cr_expect_str_eq(stream_messages(&stream), "");
}

Test(writer, json_is_one_line_a_case)
{
    expect(NRM_OUT_JSON, "id: a\nx: no\ny: [1, \"2\"]\n---\nid: b\n",
           "{\"id\":\"a\",\"x\":\"no\",\"y\":[1,\"2\"]}\n{\"id\":\"b\"}\n");
}

Test(writer, no_cases_give_an_empty_table)
{
    expect(NRM_OUT_CSV, "", "id\n");
    expect(NRM_OUT_EVENTS, "", "id,at,type\n");
    expect(NRM_OUT_YAML, "", "");
}

Test(writer, what_a_table_cannot_hold_is_told)
{
    static const struct {
        enum nrm_out_format format;
        const char *yaml, *output, *messages;
    } rows[] = {
        {NRM_OUT_EVENTS, "x: 1\nevents: [{at: 2026-03-01, type: detected}]\n", "id,at,type\n",
         "a.yaml:2:9: error: events without the id of their case cannot be rows of a table: give "
         "the case an id, or write YAML\n"},
        {NRM_OUT_EVENTS, "x: 1\nevents: []\n", "id,at,type\n", ""},
        {NRM_OUT_CSV, "{}\n", "id\n",
         "a.yaml:1:1: warning: this case has nothing to put into its row\n"},
        {NRM_OUT_CSV, "--- !own\nid: a\n", "id\na\n",
         "a.yaml:1:5: warning: a table cannot hold the tag of a whole case\n"},
        {NRM_OUT_EVENTS,
         "id: a\nevents: [{at: 2026-03-01, type: detected}]\n---\nid: a\n"
         "events: [{at: 2026-03-02, type: referred}]\n",
         "id,at,type\na,2026-03-01,detected\na,2026-03-02,referred\n",
         "a.yaml:5:9: warning: an earlier case has the same id; their events become those of one "
         "case\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        expect(rows[i].format, rows[i].yaml, rows[i].output);
        cr_expect_str_eq(stream_messages(&stream), rows[i].messages, "row %zu", i);
    }
    expect(NRM_OUT_EVENTS, "id: a\nevents: [x]\n", "id,at,type\n");
    cr_expect(strstr(stream_messages(&stream), "-o csv writes them as one cell"), "%s",
              stream_messages(&stream));
    expect(NRM_OUT_CSV, "id: a\nevents: [x]\n", "id,events\na,x\n");
}

Test(writer, a_table_has_no_more_columns_than_spreadsheets)
{
    struct nrm_buffer yaml = {0};
    nrm_buffer_add_str(&yaml, NRM_STR("id: a\n"));
    for (int i = 0; i < NRM_WRITER_COLUMNS; i++)
        nrm_buffer_printf(&yaml, "x%d: 1\n", i);
    expect(NRM_OUT_CSV, yaml.text, "");
    cr_expect_eq(stream.sink.errors, 1, "%.300s", stream_messages(&stream));
    nrm_buffer_free(&yaml);
}

Test(writer, merged_and_repeated_values_are_written_out)
{
    expect(NRM_OUT_CSV,
           "base: &base {x: 1, y: [2]}\nid: a\nown:\n  <<: *base\n  x: 3\nlist: [*base]\n"
           "again: *base\n",
           "id,base.x,base.y,own.x,own.y,list,again.x,again.y\n"
           "a,1,[2],3,[2],\"[{x: 1, y: [2]}]\",1,[2]\n");
}

/* The header must not grow with the product of a long key and what is below it. */
Test(writer, below_a_long_key_all_is_one_cell)
{
    char key[NRM_PATH_LENGTH + 1];
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    for (size_t i = 0; i < 2; i++) {
        const char *name = key + i * 8;
        expect(NRM_OUT_CSV,
               nrm_arena_printf(&stream.arena, "id: a\n%s: {b: 1, cdefghi: 2}\n", name),
               i == 0 ? nrm_arena_printf(&stream.arena, "id,%s\na,\"{b: 1, cdefghi: 2}\"\n", name)
                      : nrm_arena_printf(&stream.arena, "id,%s.b,%s.cdefghi\na,1,2\n", name, name));
    }
}

/* Otherwise the separator of the table would be taken to be the semicolon. */
Test(writer, semicolons_in_column_names_stand_in_quotes)
{
    expect(NRM_OUT_CSV, "id: a\na;b;c;d: x;y\n? [e;f;g]\n: 1\n",
           "id,\"a;b;c;d\",\"[e;f;g]\"\na,x;y,1\n");
}

Test(writer, keys_that_are_no_words)
{
    expect(NRM_OUT_CSV,
           "id: a\n\"x.y\": 1\n? [p, q]\n: 2\n1.5: 3\nz: {1.5: 4}\ndetected: {at: 5}\n",
           "id,\"\"\"x.y\"\"\",\"[p, q]\",!!float 1.5,z,\"\"\"detected\"\".at\"\n"
           "a,1,2,3,{1.5: 4},5\n");
}
