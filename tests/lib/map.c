/* Maps: foreign columns and values become fields; what a map may not say; what is kept of the rest.
 */
#include "stream.h"

static struct stream stream;
static struct nrm_map *map;

static void start(void)
{
    stream_start(&stream);
    map = NULL;
}

static void end(void)
{
    nrm_map_free(map);
    stream_end(&stream);
}

TestSuite(map, .init = start, .fini = end);

static void use(const char *yaml)
{
    nrm_map_free(map);
    map = nrm_map_read(&stream.arena, stream_file(&stream, "map.yaml", yaml), &stream.sink);
    cr_assert(map, "%s", stream_messages(&stream));
    stream.options.map = map;
}

static void expect(const char *table, const char *wanted, const char *messages)
{
    const char *paths[] = {stream_file(&stream, "a.csv", table), NULL};
    stream_read(&stream, paths);
    cr_expect_str_eq(stream_output(&stream), wanted);
    const char *told = stream_messages(&stream);
    /* The map's own path stands in messages; it is of no interest here. */
    struct nrm_buffer plain = {0};
    const char *path = nrm_arena_printf(&stream.arena, "%s/", stream.directory), *at;
    for (; (at = strstr(told, path)); told = at + strlen(path))
        nrm_buffer_add(&plain, told, (size_t)(at - told));
    nrm_buffer_add_str(&plain, nrm_str(told));
    cr_expect_str_eq(plain.text, messages);
    nrm_buffer_free(&plain);
}

static const char small_map[] =
    "name: small\n"
    "columns:\n"
    "  Ref: id\n"
    "  Sex: {field: person.gender, values: {F: female, M: male, '-': }}\n"
    "  Kind:\n"
    "    field: exploitation.forms\n"
    "    split: [\", \", \" & \"]\n"
    "    values: {Labour: labour, Domestic: domestic, Both & all: "
    "[labour, domestic]}\n"
    "  Land: person.nationality\n"
    "  Born: person.birth_date\n"
    "  Seen: detected.at\n"
    "  Sum: {ignore: true}\n"
    "constants: {jurisdiction: GBR}\n";

Test(map, columns_and_values_become_fields)
{
    use(small_map);
    expect("Ref,Sex,Kind,Land,Born,Seen,Sum\n"
           "0042,F,\"Labour, Domestic & Labour\",NO,2001-02-03,2026-03-01,9\n"
           "b,-,Both & all, NGA ,,,\n"
           "c,,\"Labour & \",,,,\n"
           ",,,,,,\n",
           "---\nid: \"0042\"\nperson:\n  gender: female\n  nationality: [\"NO\"]\n"
           "  birth_date: 2001-02-03\nexploitation:\n  forms: [labour, domestic, labour]\n"
           "jurisdiction: GBR\nevents:\n  - at: 2026-03-01\n    type: detected\n"
           "---\nid: b\nexploitation:\n  forms: [labour, domestic]\nperson:\n"
           "  nationality: [' NGA ']\njurisdiction: GBR\n"
           "---\nid: c\nexploitation:\n  forms: [labour]\njurisdiction: GBR\n",
           "");
}

Test(map, unlisted_values_stay_and_are_told_once)
{
    use(small_map);
    expect(
        "Ref,Sex,Kind,Land,Born,Seen,Sum\n"
        "a,f,\"Labour, Begging\",,,,\nb,f,Begging,,,,\nc,x\e[31m,,,,,\n"
        "d,F ,,,,,\n",
        "---\nid: a\nperson:\n  gender: f\nexploitation:\n  forms: [labour, Begging]\n"
        "jurisdiction: GBR\n"
        "---\nid: b\nperson:\n  gender: f\nexploitation:\n  forms: [Begging]\n"
        "jurisdiction: GBR\n",
        "a.csv:2:3: warning: the map map.yaml does not list \"f\" for person.gender; it stays as "
        "it is\n"
        "a.csv:2:5: warning: the map map.yaml does not list \"Begging\" for exploitation.forms; "
        "it stays as it is\n"
        "a.csv:4:4: error: a control character; take it out, it has no meaning in a text file\n");
}

Test(map, values_that_name_a_person_are_never_shown)
{
    use("columns: {N: {field: identity.name, values: {x: y}}}\n");
    expect(
        "N\nAda\nBo\nx\n",
        "---\nidentity:\n  name: Ada\n---\nidentity:\n  name: Bo\n---\nidentity:\n  name: \"y\"\n",
        "a.csv:2:1: warning: the map map.yaml does not list this value of identity.name; it "
        "stays as it is\n");
}

Test(map, columns_that_it_does_not_name_are_kept)
{
    use("columns: {A: id}\n");
    expect("A,B c,x.y,,\"quote\"\"d\"\n1,0042,no,[z,\"=1\"\n2,,,,\n",
           "---\nid: \"1\"\nsource:\n  B c: \"0042\"\n  \"x.y\": \"no\"\n  column 4: '[z'\n"
           "  \"quote\\\"d\": =1\n---\nid: \"2\"\n",
           "a.csv:1:3: note: the map does not name this column; it is kept as source.B c\n"
           "a.csv:1:7: note: the map does not name this column; it is kept as source.\"x.y\"\n"
           "a.csv:1:11: note: the map does not name this column; it is kept as source.column 4\n"
           "a.csv:1:12: note: the map does not name this column; it is kept as "
           "source.\"quote\\\"d\"\n");
}

Test(map, weights)
{
    static const struct {
        const char *cell, *wanted, *message;
    } rows[] = {
        {"71", "---\nid: a\nweight: 71\n", ""},
        {"0", "---\nid: a\nweight: 0\n", ""},
        {" 1.5 ", "---\nid: a\nweight: 1.5\n", ""},
        {"", "", "a.csv:2:3: error: the weight must be a number of persons, 0 or more\n"},
        {"-1", "", "a.csv:2:3: error: the weight must be a number of persons, 0 or more\n"},
        {"1;5", "", "a.csv:2:3: error: the weight must be a number of persons, 0 or more\n"},
        {"nan", "", "a.csv:2:3: error: the weight must be a number of persons, 0 or more\n"},
        {"1e400", "", "a.csv:2:3: error: the weight must be a number of persons, 0 or more\n"},
    };
    use("weight: people\ncolumns: {A: id}\nseparator: \",\"\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *table = nrm_arena_printf(&stream.arena, "A,people\na,%s\n", rows[i].cell);
        expect(table, rows[i].wanted, rows[i].message);
    }
}

Test(map, a_case_has_the_weight_of_its_record)
{
    use("weight: people\ncolumns: {A: id}\n");
    struct nrm_case *c;
    const char *paths[] = {stream_file(&stream, "a.csv", "people,A\n71,a\n"), NULL};
    struct nrm_reader *reader = nrm_reader_new(paths, 1, &stream.options);
    cr_assert_eq(nrm_reader_next(reader, &c), 1);
    cr_expect_eq(c->weight, 71);
    nrm_reader_free(reader);
}

Test(map, headers)
{
    static const struct {
        const char *map, *table, *wanted, *message;
    } rows[] = {
        {"columns: {A: id, B: quarter}\n", "B\nx\n", "",
         "a.csv:1:1: error: the table has no column \"A\", which the map names (map.yaml:1)\n"},
        {"columns: {A: {field: id, optional: true}, B: quarter}\n", "B\nx\n", "---\nquarter: x\n",
         ""},
        {"optional: true\ncolumns: {A: id, B: quarter}\n", "B\nx\n", "---\nquarter: x\n", ""},
        {"weight: W\ncolumns: {B: quarter}\n", "B\nx\n", "",
         "a.csv:1:1: error: the table has no column \"W\", which the map names (map.yaml:1)\n"},
        {"columns: {B: quarter}\n", "B,B\nx,y\n", "",
         "a.csv:1:3: error: the column \"B\" is there twice: rename or remove one\n"},
        {"columns: {B: quarter}\n", " B \nx\n", "---\nquarter: x\n", ""},
        {"columns: {B: quarter}\n", "b\nx\n", "",
         "a.csv:1:1: error: the table has no column \"B\", which the map names (map.yaml:1)\n"},
        {"match: any_case\ncolumns: {B: {field: age_group, values: {Old: adult}}}\n", "b\nOLD\n",
         "---\nage_group: adult\n", ""},
        {"separator: \"|\"\ncolumns: {B: quarter, C: id}\n", "B|C\nx,y|z\n",
         "---\nquarter: x,y\nid: z\n", ""},
        {"columns: {B: quarter}\n", "B\nx,y\n", "",
         "a.csv:2:1: error: the header has 1 fields, this row has 2: put text that holds a "
         "separator in double quotes\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        use(rows[i].map);
        expect(rows[i].table, rows[i].wanted, rows[i].message);
    }
}

Test(map, files_of_one_run_share_it)
{
    use("columns: {A: id}\n");
    const char *paths[] = {stream_file(&stream, "a.csv", "A,B\n1,2\n"),
                           stream_file(&stream, "b.csv", "C,B,A\n3,4,5\n"),
                           stream_file(&stream, "c.yaml", "id: c\n"), NULL};
    stream_read(&stream, paths);
    cr_expect_str_eq(stream_output(&stream), "---\nid: \"1\"\nsource:\n  B: \"2\"\n"
                                             "---\nsource:\n  C: \"3\"\n  B: \"4\"\nid: \"5\"\n"
                                             "---\nid: c\n");
}

Test(map, wrong_maps_are_refused_with_the_place)
{
    static const struct {
        const char *map, *message;
    } rows[] = {
        {"", "map.yaml:0:0: error: the file holds no map\n"},
        {"- a\n", "map.yaml:1:1: error: this is no map; a map has keys as name: and columns:\n"},
        {"name: x\n",
         "map.yaml:1:1: error: a map names the columns of the source under columns:\n"},
        {"columns: {}\n",
         "map.yaml:1:10: error: a map names the columns of the source under columns:\n"},
        {"colums: {A: id}\ncolumns: {A: id}\n",
         "map.yaml:1:1: error: no such key in a map: colums; did you mean columns?\n"},
        {"columns: {A: person.gendr}\n", "map.yaml:1:14: error: the case model has no field "
                                         "person.gendr; did you mean person.gender?\n"},
        {"columns: {A: detected.x}\n", "map.yaml:1:14: error: the case model has no field "
                                       "detected.x; nrm-case(5) lists them\n"},
        {"columns: {A: person}\n",
         "map.yaml:1:14: error: this field holds other fields; name one of those\n"},
        {"columns: {A: id, B: id}\n",
         "map.yaml:1:21: error: the column id is there twice: rename or remove one\n"},
        {"columns: {A: id}\nconstants: {id: x}\n",
         "map.yaml:2:13: error: the column id is there twice: rename or remove one\n"},
        {"columns: {A: id, \" A\": quarter}\n",
         "map.yaml:1:18: error: this column of the source is there twice\n"},
        {"weight: A\ncolumns: {A: id}\n",
         "map.yaml:1:9: error: the column of the weight cannot be a field as well: take it out of "
         "columns:\n"},
        {"columns: {A: {field: id, feild: x}}\n",
         "map.yaml:1:26: error: no such key in a map: feild; did you mean field?\n"},
        {"columns: {A: {split: x}}\n",
         "map.yaml:1:14: error: say which field this column is, or ignore: true\n"},
        {"columns: {A: {field: id, ignore: true}}\n",
         "map.yaml:1:22: error: a column that is ignored has no field\n"},
        {"columns: {A: {field: id, split: \";\"}}\n",
         "map.yaml:1:33: error: only a field that is a list can be split\n"},
        {"columns: {A: {field: person.nationality, split: []}}\n",
         "map.yaml:1:49: error: name the text between two items, or a list of such texts\n"},
        {"columns: {A: {field: person.family_care, values: {x: sfae}}}\n",
         "map.yaml:1:54: error: person.family_care: not a word of this field\n"},
        {"columns: {A: {field: person.family_care, values: {x: [safe]}}}\n",
         "map.yaml:1:54: error: this field takes one value, not a list\n"},
        {"columns: {A: {field: person.family_care, values: x}}\n",
         "map.yaml:1:50: error: a mapping from the words of the source to ours is wanted here\n"},
        {"match: any_case\ncolumns: {A: {field: quarter, values: {x: a, X: b}}}\n",
         "map.yaml:2:46: error: this value of the source is there twice\n"},
        {"match: loose\ncolumns: {A: id}\n", "map.yaml:1:8: error: write exact or any_case here\n"},
        {"separator: ab\ncolumns: {A: id}\n",
         "map.yaml:1:12: error: the separator is one of \",\", \";\", \"|\" and \"\\t\"\n"},
        {"optional: perhaps\ncolumns: {A: id}\n",
         "map.yaml:1:11: error: write true or false here\n"},
        {"columns: {A: id}\nconstants: {nosuch.field: x}\n",
         "map.yaml:2:13: error: the case model has no field nosuch.field; nrm-case(5) lists "
         "them\n"},
        {"columns: {A: id}\nconstants: {person.birth_date: 2025-02-30}\n",
         "map.yaml:2:32: error: person.birth_date: a date or time that does not exist; check day, "
         "month, hour and minute\n"},
        {"columns: [A\n", "map.yaml:2:1: error: a comma or the closing ] is missing before this "
                          "(the list starts in line 1, column 10)\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        nrm_buffer_clear(&stream.messages);
        const char *file = stream_file(&stream, "map.yaml", rows[i].map);
        cr_expect_null(nrm_map_read(&stream.arena, file, &stream.sink), "%s", rows[i].map);
        cr_expect_str_eq(stream_messages(&stream), rows[i].message, "%s gives %s", rows[i].map,
                         stream_messages(&stream));
    }
    cr_expect_null(nrm_map_read(&stream.arena, "/no/such/map.yaml", &stream.sink));
}

/* The maps of the project are read without a word. */
Test(map, the_maps_of_the_project_are_right)
{
    static const char *const files[] = {"maps/uk-home-office.yaml", "maps/htcds.yaml"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct nrm_map *read = nrm_map_read(&stream.arena, files[i], &stream.sink);
        cr_expect(read, "%s: %s", files[i], stream_messages(&stream));
        nrm_map_free(read);
    }
    cr_expect_str_eq(stream_messages(&stream), "");
}
