/* Rules: every example in rules/ (*.yaml) has the result that its rule states, and mistakes in a
 * file of rules are told with their place. */
#include "harness.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* tests/data/rules/ and tests/data/entitlements/ (*.csv) list every rule with the requirements that
 * it carries: one that vanishes, or loses them, is noticed. */
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

static void compare_folder(const char *name)
{
    struct examples examples = {0};
    size_t rows = 0;
    harness_start(&examples.harness, "2026-03-10T12:00+01:00", NULL);
    cr_assert(nrm_rules_read(&examples.set, &examples.arena, name,
                             nrm_rules_machine(examples.harness.rules), &examples.harness.sink));
    char path[512];
    snprintf(path, sizeof path, "tests/data/%s", name);
    DIR *folder = opendir(path);
    cr_assert(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "tests/data/%s/%s", name, entry->d_name);
        rows += compare_with_table(&examples, path);
    }
    closedir(folder);
    cr_expect_eq(rows, examples.set.count, "%zu rules in %s, %zu rows in tests/data/%s",
                 examples.set.count, name, rows, name);
    nrm_arena_free(&examples.arena);
    harness_end(&examples.harness);
}

Test(rule, table_of_rules)
{
    compare_folder("rules");
    compare_folder("entitlements");
}

static void write_file(const char *file, const char *text)
{
    FILE *stream = fopen(file, "w");
    cr_assert(stream && fputs(text, stream) >= 0 && fclose(stream) == 0);
}

/* Every key of nrm-rule(5), and what holds where one is left out. */
Test(rule, a_rule_is_read_whole)
{
    static const char text[] =
        "title: T\nsource: S\nrules:\n"
        "  - {id: a, label: L, kind: role, severity: note, track: child, on: interview, sees: "
        "before,"
        " when: stage == 1, holds: private, message: m, source: s, now: 2026-03-10,"
        " requirements: [H01-X004, H02-X001], passes: {}, fails: [], unknown: []}\n"
        "  - {id: b, holds: true, message: m, source: s, track: adult, requirements: H01-X004}\n"
        "  - {id: c, holds: true, message: m, source: s, requirements: []}\n";
    struct harness harness;
    struct nrm_rule_set set = {0};
    char file[] = "/tmp/nrm-rule.XXXXXX";
    close(mkstemp(file));
    write_file(file, text);
    harness_start(&harness, "2026-03-10T12:00+01:00", NULL);
    cr_assert(nrm_rules_read_file(&set, &harness.arena, file, nrm_rules_machine(harness.rules),
                                  &harness.sink),
              "%s", harness.messages.text);
    remove(file);
    cr_assert_eq(set.count, 3);
    const struct nrm_rule *a = &set.rules[0], *b = &set.rules[1], *c = &set.rules[2];
    cr_expect_str_eq(a->label, "L");
    cr_expect_str_eq(a->kind, "role");
    cr_expect_str_eq(a->severity, "note");
    cr_expect_str_eq(a->now, "2026-03-10");
    cr_expect_str_eq(a->requirements, "H01-X004 H02-X001");
    cr_expect(!a->adult && a->child && a->each_event && a->before && a->when && a->holds);
    cr_expect(a->passes && a->fails && a->unknown);
    cr_expect_str_eq(b->label, "b");
    cr_expect_str_eq(b->kind, "check");
    cr_expect_str_eq(b->severity, "warning");
    cr_expect_str_eq(b->requirements, "H01-X004");
    cr_expect(b->adult && !b->child && !b->each_event && !b->before && !b->when && !b->now);
    cr_expect_str_eq(c->requirements, "");
    cr_expect(c->adult && c->child);
    harness_end(&harness);
}

#define RULE(id) "rules: [{id: " id ", holds: true, message: m, source: s}]\n"

/* A folder of rules is read whole or not at all, and what is wrong with it is told. */
Test(rule, a_folder_is_whole_or_refused)
{
    static const struct {
        const char *texts[2]; /* of a.yaml and b.yaml; NULL: no such file, "": a link to nothing */
        const char *message;  /* NULL: it is read */
        size_t count;
    } rows[] = {
        {{RULE("one"), RULE("two")}, NULL, 2},
        {{"title: nothing yet\n", "rules: []\n"}, NULL, 0},
        {{RULE("one"), RULE("one")}, "b.yaml:1:9: error: another rule has the id one: ", 0},
        {{RULE("one"), "rules: {}\n"}, "b.yaml:1:8: error: the rules are a list", 0},
        {{RULE("one"), ""}, "rules/b.yaml is not there; is it a link to nothing?", 0},
        {{NULL, NULL}, "no files of rules can be read; looked in /tmp/nrm-rules.", 0},
    };
    struct harness harness;
    harness_start(&harness, "2026-03-10T12:00+01:00", NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char folder[] = "/tmp/nrm-rules.XXXXXX", rules[64], files[2][80];
        struct nrm_rule_set set;
        cr_assert(mkdtemp(folder));
        setenv("NRM_PATH", folder, 1);
        snprintf(rules, sizeof rules, "%s/rules", folder);
        cr_assert_eq(mkdir(rules, 0700), 0);
        for (size_t k = 0; k < 2; k++) {
            snprintf(files[k], sizeof files[k], "%s/%c.yaml", rules, "ab"[k]);
            if (rows[i].texts[k] && *rows[i].texts[k])
                write_file(files[k], rows[i].texts[k]);
            else if (rows[i].texts[k])
                cr_assert_eq(symlink("nowhere", files[k]), 0);
        }
        nrm_buffer_clear(&harness.messages);
        bool read = nrm_rules_read(&set, &harness.arena, "rules", nrm_rules_machine(harness.rules),
                                   &harness.sink);
        const char *messages = harness.messages.length ? harness.messages.text : "";
        cr_expect_eq(read, !rows[i].message, "row %zu: %s", i, messages);
        if (rows[i].message)
            cr_expect(strstr(messages, rows[i].message), "row %zu: %s", i, messages);
        else
            cr_expect(!*messages && set.count == rows[i].count, "row %zu: %s", i, messages);
        for (size_t k = 0; k < 2; k++)
            unlink(files[k]);
        rmdir(rules);
        rmdir(folder);
    }
    harness_end(&harness);
}

Test(rule, mistakes)
{
    static const struct {
        const char *text, *place, *word, *absent;
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
        {"rules: [a]", ":1:9:", "a rule is a mapping; see nrm-rule(5)"},
        {"rules: [{holds: true, message: m, source: s}]", ":1:9:", "needs id"},
        {"rules: [{id: a, holds: true, source: s}]", ":1:9:", "needs id"},
        {"rules: [{id: a, holds: true, message: m}]", ":1:9:", "needs id"},
        {"rules: [{id: a, message: m, source: s}]", ":1:9:", "needs id"},
        {"rules: [{id: a, holds: [true], message: m, source: s}]",
         ":1:24:", "a condition is wanted here"},
        {"rules: [{id: a, when: {}, holds: true, message: m, source: s}]",
         ":1:23:", "a condition is wanted here"},
        {"rules: [{id: a, on: [interview], holds: true, message: m, source: s}]",
         ":1:21:", "a pattern of events is wanted here"},
        {"rules: [{id: a, on: stage1_positive, holds: true, message: m, source: s}]",
         ":1:21:", "an event type is wanted here"},
        {"rules: [{id: a, requirements: [{}], holds: true, message: m, source: s}]",
         ":1:32:", "a text is wanted here"},
        {"rules: [{id: a}, {id: b}]", ":1:9:", "needs id", ":1:18:"}, /* one broken is enough */
    };
    struct harness harness;
    harness_start(&harness, "2026-03-10T12:00+01:00", NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char file[] = "/tmp/nrm-rule.XXXXXX";
        struct nrm_rule_set set = {0};
        close(mkstemp(file));
        write_file(file, rows[i].text);
        nrm_buffer_clear(&harness.messages);
        cr_expect_not(nrm_rules_read_file(&set, &harness.arena, file,
                                          nrm_rules_machine(harness.rules), &harness.sink));
        cr_expect(strstr(harness.messages.text, rows[i].place), "row %zu: no %s in %s", i,
                  rows[i].place, harness.messages.text);
        cr_expect(strstr(harness.messages.text, rows[i].word), "row %zu: no %s in %s", i,
                  rows[i].word, harness.messages.text);
        cr_expect(!rows[i].absent || !strstr(harness.messages.text, rows[i].absent), "row %zu: %s",
                  i, harness.messages.text);
        remove(file);
    }
    harness_end(&harness);
}
