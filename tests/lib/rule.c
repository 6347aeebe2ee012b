/* Rules: every example in rules/ (*.yaml) has the result that its rule states, and mistakes in a
 * file of rules are told with their place. */
#include "harness.h"

#include <dirent.h>

#include "rules/check.h"

struct examples {
    struct nrm_arena arena; /* of the rules */
    struct nrm_rule_set set;
    struct harness harness;
    unsigned run;
};

static enum nrm_result ask(struct examples *examples, const struct nrm_rule *rule,
                           const struct nrm_node *root)
{
    struct harness *harness = &examples->harness;
    struct nrm_rule_set one = {.rules = (struct nrm_rule *)(uintptr_t)rule, .count = 1};
    cr_assert(nrm_case_from_node(&harness->c, &harness->arena, (struct nrm_node *)(uintptr_t)root,
                                 "example", &harness->sink),
              "%s: %s", rule->id, harness->messages.text);
    cr_assert(nrm_rules_stand(harness->rules, &harness->c, &harness->standing));
    struct nrm_findings findings = {.arena = &harness->arena};
    nrm_check_rules(&findings, &harness->standing, &one);
    enum nrm_result result = NRM_PASS;
    for (size_t i = 0; i < findings.count; i++)
        if (findings.list[i].result == NRM_FAIL || result == NRM_PASS)
            result = (enum nrm_result)findings.list[i].result;
    examples->run++;
    return result;
}

static void check_examples(struct examples *examples, const struct nrm_rule *rule,
                           const struct nrm_node *list, enum nrm_result wanted)
{
    if (!list)
        return;
    bool many = list->kind == NRM_SEQUENCE;
    for (uint32_t i = 0; i < (many ? list->count : 1); i++) {
        const struct nrm_node *root = many ? nrm_node_resolve(list->items[i]) : list;
        enum nrm_result result = ask(examples, rule, root);
        cr_expect_eq(result, wanted, "%s:%u: example %u of %s: %s, not %s", rule->place.file,
                     rule->place.line, i + 1, rule->id, nrm_result_text(result),
                     nrm_result_text(wanted));
    }
}

static void run_folder(const char *folder)
{
    struct examples examples = {0};
    harness_start(&examples.harness, "2026-03-10T12:00+01:00", NULL);
    cr_assert(nrm_rules_read(&examples.set, &examples.arena, folder,
                             nrm_rules_machine(examples.harness.rules), &examples.harness.sink),
              "%s", examples.harness.messages.text);
    cr_assert_gt(examples.set.count, 0);
    struct nrm_rules *usual = examples.harness.rules;
    for (size_t i = 0; i < examples.set.count; i++) {
        const struct nrm_rule *rule = &examples.set.rules[i];
        cr_expect(rule->passes && rule->fails, "%s needs an example that passes and one that fails",
                  rule->id);
        if (rule->now) {
            struct nrm_rules_options options = {.now = harness_time(rule->now),
                                                .sink = &examples.harness.sink};
            examples.harness.rules = nrm_rules_new(&options);
        }
        nrm_buffer_clear(&examples.harness.messages);
        check_examples(&examples, rule, rule->passes, NRM_PASS);
        check_examples(&examples, rule, rule->fails, NRM_FAIL);
        check_examples(&examples, rule, rule->unknown, NRM_UNKNOWN);
        cr_expect_eq(examples.harness.messages.length, 0, "%s: an example holds wrong values: %s",
                     rule->id, examples.harness.messages.text);
        if (rule->now)
            nrm_rules_free(examples.harness.rules);
        examples.harness.rules = usual;
    }
    cr_expect_geq(examples.run, 2 * examples.set.count);
    nrm_arena_free(&examples.arena);
    harness_end(&examples.harness);
}

Test(rule, every_example_has_its_result)
{
    run_folder("rules");
    run_folder("entitlements");
}

/* tests/data/rules/ (*.csv) lists every rule with the requirements that it carries: one that
 * vanishes, or loses them, is noticed. */
static size_t compare_with_table(struct examples *examples, const char *path)
{
    struct nrm_input input;
    struct nrm_csv_record record;
    size_t rows = 0;
    cr_assert(nrm_input_open(&input, path, &examples->harness.sink));
    struct nrm_csv_reader *reader = nrm_csv_reader_new(&input, ',', &examples->harness.sink);
    while (nrm_csv_read(reader, &examples->arena, &record) == 1) {
        if (record.line == 1)
            continue;
        cr_assert_eq(record.count, 2, "%s:%u", path, record.line);
        const struct nrm_rule *rule = NULL;
        for (size_t i = 0; i < examples->set.count; i++)
            if (nrm_str_is(record.fields[0].text, examples->set.rules[i].id))
                rule = &examples->set.rules[i];
        cr_expect(rule, "%s:%u: no rule %s", path, record.line, record.fields[0].text.text);
        if (rule)
            cr_expect(
                nrm_str_is(record.fields[1].text, rule->requirements ? rule->requirements : ""),
                "%s:%u: %s carries other requirements", path, record.line, rule->id);
        rows++;
    }
    nrm_csv_reader_free(reader);
    nrm_input_close(&input);
    return rows;
}

Test(rule, table_of_rules)
{
    struct examples examples = {0};
    size_t rows = 0;
    harness_start(&examples.harness, "2026-03-10T12:00+01:00", NULL);
    cr_assert(nrm_rules_read(&examples.set, &examples.arena, "rules",
                             nrm_rules_machine(examples.harness.rules), &examples.harness.sink));
    DIR *folder = opendir("tests/data/rules");
    cr_assert(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        char path[512];
        snprintf(path, sizeof path, "tests/data/rules/%s", entry->d_name);
        rows += compare_with_table(&examples, path);
    }
    closedir(folder);
    cr_expect_eq(rows, examples.set.count, "%zu rules, %zu rows in tests/data/rules",
                 examples.set.count, rows);
    nrm_arena_free(&examples.arena);
    harness_end(&examples.harness);
}

Test(rule, mistakes)
{
    static const struct {
        const char *text, *place, *word;
    } rows[] = {
        {"rules: [{id: a}]", ":1:9:", "needs id, holds, message and source"},
        {"rules: [{id: a, hold: true}]", ":1:17:", "holds"},
        {"rules: [{id: a, holds: has(detectd), message: m, source: s}]", ":1:28:", "detected"},
        {"rules: [{id: a, holds: true, severity: bad, message: m, source: s}]",
         ":1:40:", "violation"},
        {"rules: [{id: a, on: nothing, holds: true, message: m, source: s}]", ":1:21:", ""},
        {"rules: [{id: a, on: interview, holds: stge == 1, message: m, source: s}]",
         ":1:39:", "stage"},
        {"rules: {}", ":1:8:", "list"},
        {"rule: []", ":1:1:", "rules"},
        {"[]", ":1:1:", "mapping"},
    };
    struct harness harness;
    harness_start(&harness, "2026-03-10T12:00+01:00", NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char file[] = "/tmp/nrm-rule.XXXXXX";
        int fd = mkstemp(file);
        cr_assert(fd >= 0);
        FILE *stream = fdopen(fd, "w");
        fputs(rows[i].text, stream);
        fclose(stream);
        struct nrm_rule_set set = {0};
        nrm_buffer_clear(&harness.messages);
        cr_expect_not(nrm_rules_read_file(&set, &harness.arena, file,
                                          nrm_rules_machine(harness.rules), &harness.sink));
        cr_expect(strstr(harness.messages.text, rows[i].place), "row %zu: no %s in %s", i,
                  rows[i].place, harness.messages.text);
        cr_expect(strstr(harness.messages.text, rows[i].word), "row %zu: no %s in %s", i,
                  rows[i].word, harness.messages.text);
        remove(file);
    }
    harness_end(&harness);
}
