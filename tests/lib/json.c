/* JSON out: strings, which plain words keep their type, aliases and merged keys. */
#include "data/json.h"

#include <criterion/criterion.h>

#include "data/yaml.h"

Test(json, strings)
{
    static const struct {
        struct nrm_str text;
        const char *json;
    } strings[] = {
        {{"", 0}, "\"\""},
        {{"a \"b\" \\ c", 9}, "\"a \\\"b\\\" \\\\ c\""},
        {{"1\n2\r3\t4", 7}, "\"1\\n2\\r3\\t4\""},
        {{"\0\x01\x1f\x7f", 4}, "\"\\u0000\\u0001\\u001f\\u007f\""},
        {{"caf\xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80", 14},
         "\"caf\xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80\""},
        {{"\xc2\x85\xe2\x80\xa8\xe2\x80\xa9\xc2\xa0", 10}, "\"\\u0085\\u2028\\u2029\xc2\xa0\""},
        {{"</script>", 9}, "\"</script>\""},
    };
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        struct nrm_output output;
        nrm_output_init(&output, -1);
        nrm_json_string(&output, strings[i].text);
        cr_expect_str_eq(output.buffer.text, strings[i].json);
        nrm_output_finish(&output);
    }
}

/* YAML, and the JSON of it. */
static const struct {
    const char *yaml, *json;
} nodes[] = {
    {"[true, false, True, yes, no, 'true', \"no\"]",
     "[true,false,\"True\",\"yes\",\"no\",\"true\",\"no\"]"},
    {"- \n- ~\n- null\n- Null\n- 'null'\n- \"\"\n- nULL\n",
     "[null,null,null,null,\"null\",\"\",\"nULL\"]"},
    {"[0, -0, 42, -1, 1.5, -0.5e3, 1E5, 1e-5]", "[0,-0,42,-1,1.5,-0.5e3,1E5,1e-5]"},
    {"[0042, '42', +1, 1., .5, 0x1F, 0o17, 1_000, .inf, 1:30, 1e, 1e+, -, 00, -01, 1.e5]",
     "[\"0042\",\"42\",\"+1\",\"1.\",\".5\",\"0x1F\",\"0o17\",\"1_000\",\".inf\",\"1:30\",\"1e\","
     "\"1e+\",\"-\",\"00\",\"-01\",\"1.e5\"]"},
    {"[2026-03-01, 2026-03-01T22:40+01:00]", "[\"2026-03-01\",\"2026-03-01T22:40+01:00\"]"},
    {"[!!str 42, ! 42, !own true, !!null x, !!int 42]", "[\"42\",\"42\",\"true\",null,\"42\"]"},
    {"{}", "{}"},
    {"[]", "[]"},
    {"a: {b: [1, {c: }]}\n1: x\n~: y\n",
     "{\"a\":{\"b\":[1,{\"c\":null}]},\"1\":\"x\",\"~\":\"y\"}"},
    {"? [a, {b: c}]\n: 1\n? {d: e}\n: 2\n", "{\"[a, {b: c}]\":1,\"{d: e}\":2}"},
    {"a: &x [1, *y]\n", NULL},
    {"a: &x {k: 1}\nb: *x\nc: [*x, *x]\n",
     "{\"a\":{\"k\":1},\"b\":{\"k\":1},\"c\":[{\"k\":1},{\"k\":1}]}"},
    {"a: &x key\n*x : b\n", "{\"a\":\"key\",\"key\":\"b\"}"},
    {"- &x {k: 1, l: 2}\n- {m: 3, <<: *x, l: own}\n- {<<: [{k: 4}, *x], '<<': text}\n",
     "[{\"k\":1,\"l\":2},{\"m\":3,\"l\":\"own\",\"k\":1},{\"<<\":\"text\",\"k\":4,\"l\":2}]"},
    {"<<: {}\n", "{}"},
    {"text: |\n  two\n  lines\n", "{\"text\":\"two\\nlines\\n\"}"},
};

Test(json, trees)
{
    struct nrm_arena arena = {0};
    for (size_t i = 0; i < sizeof nodes / sizeof nodes[0]; i++) {
        const struct nrm_node *root = nrm_yaml_parse(&arena, nrm_str(nodes[i].yaml), NULL, NULL);
        cr_assert_eq(root != NULL, nodes[i].json != NULL, "%s", nodes[i].yaml);
        if (!root)
            continue;
        struct nrm_output output;
        nrm_output_init(&output, -1);
        nrm_json_node(&output, root);
        cr_expect_str_eq(output.buffer.text, nodes[i].json, "%s", output.buffer.text);
        nrm_output_finish(&output);
    }
    nrm_arena_free(&arena);
}

Test(json, nothing_is_null)
{
    struct nrm_output output;
    nrm_output_init(&output, -1);
    nrm_json_node(&output, NULL);
    cr_expect_str_eq(output.buffer.text, "null");
    nrm_output_finish(&output);
}
