/* nrm-check: findings against the form of a case, the state machine, the clocks and the rules.
 * Profiles, files of rules and sets of indicators are checked too, where one is given as a file. */
#include "tool.h"

#include <stdlib.h>

#include "base/index.h"
#include "data/knowledge.h"
#include "rules/check.h"
#include "rules/check_profile.h"
#include "rules/indicators.h"

static const char *const columns[] = {"id",   "rule",    "severity", "result",
                                      "path", "message", "source"};
enum { ID, RULE, SEVERITY, RESULT, PATH, MESSAGE, SOURCE, COLUMNS };

/* A wrong value told while a case was read: a finding once the case is there. */
struct told {
    struct nrm_place place;
    const char *text;
};

struct check {
    struct nrm_rules *rules;
    struct nrm_rule_set set;
    struct nrm_zones *zones;
    struct nrm_indicators *given; /* the sets of indicators among the operands; NULL: none */
    struct nrm_indicators *sets;  /* the sets that are installed, once a case notes indicators */
    struct nrm_screener *screener;
    struct nrm_sink reading; /* of the reader: keeps warnings for the next case */
    struct nrm_sink *errors;
    struct nrm_arena told_arena;
    struct told *told;
    size_t told_count, told_room;
    struct nrm_index *ids; /* of the cases so far */
    bool list_rules, all, failed_any;
    unsigned long failed, unknown, cases;
};

static void keep_warning(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                         const char *text)
{
    struct check *check = sink->context;
    if (level == NRM_ERROR || !place || !place->file) {
        check->errors->tell(check->errors, level, place, text);
        check->errors->errors += level == NRM_ERROR;
        return;
    }
    if (check->told_count == check->told_room) {
        check->told_room = check->told_room ? 2 * check->told_room : 16;
        check->told = nrm_realloc(check->told, check->told_room, sizeof *check->told);
    }
    struct told *told = &check->told[check->told_count++];
    told->place = *place;
    told->text = nrm_arena_copy(&check->told_arena, text, strlen(text));
}

/* The reader's messages begin with the path of the value. */
static void add_told(struct check *check, struct nrm_findings *findings)
{
    for (size_t i = 0; i < check->told_count; i++) {
        const char *text = check->told[i].text, *colon = strstr(text, ": ");
        size_t length =
            colon && !memchr(text, ' ', (size_t)(colon - text)) ? (size_t)(colon - text) : 0;
        struct nrm_finding finding = {
            .rule = "format.value",
            .severity = "warning",
            .result = NRM_FAIL,
            .path = nrm_arena_copy(findings->arena, text, length),
            .message = nrm_arena_copy(findings->arena, text + (length ? length + 2 : 0),
                                      strlen(text) - (length ? length + 2 : 0)),
            .source = "nrm-case(5)",
            .place = check->told[i].place,
        };
        nrm_findings_add(findings, &finding);
    }
    check->told_count = 0;
    nrm_arena_reset(&check->told_arena);
}

static void print_finding(struct tool *tool, struct nrm_str id, const struct nrm_finding *finding)
{
    struct nrm_str cells[COLUMNS] = {
        [ID] = id,
        [RULE] = nrm_str(finding->rule),
        [SEVERITY] = nrm_str(finding->severity),
        [RESULT] = nrm_str(nrm_result_text((enum nrm_result)finding->result)),
        [PATH] = nrm_str(finding->path),
        [MESSAGE] = nrm_str(finding->message),
        [SOURCE] = nrm_str(finding->source),
    };
    if (strcmp(tool->format, "csv") == 0) {
        nrm_csv_write_record(&tool->output, cells, COLUMNS);
        return;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        nrm_output_printf(&tool->output, "%c\"%s\":", i ? ',' : '{', columns[i]);
        nrm_json_string(&tool->output, cells[i]);
    }
    nrm_output_text(&tool->output, "}\n");
}

static void print_findings(struct tool *tool, struct nrm_str id,
                           const struct nrm_findings *findings)
{
    struct check *check = tool->own;
    bool text = strcmp(tool->format, "text") == 0;
    check->failed += nrm_findings_count(findings, NRM_FAIL);
    check->unknown += nrm_findings_count(findings, NRM_UNKNOWN);
    for (size_t i = 0; i < findings->count; i++) {
        const struct nrm_finding *finding = &findings->list[i];
        check->failed_any = check->failed_any ||
                            (finding->result == NRM_FAIL && strcmp(finding->severity, "note") != 0);
        if (!text)
            print_finding(tool, id, finding);
    }
    if (text)
        nrm_findings_print(findings, id, check->all, &tool->output);
}

/* --- knowledge files instead of cases --- */

static bool check_rule_file(struct tool *tool, struct nrm_case *c, const char *file)
{
    struct check *check = tool->own;
    struct nrm_rule_set set = {0};
    return nrm_rules_read_file(&set, c->arena, file, nrm_rules_machine(check->rules), &tool->sink);
}

static bool check_profile_file(struct tool *tool, struct nrm_case *c, const char *file)
{
    struct check *check = tool->own;
    struct nrm_findings findings = {.arena = c->arena};
    const struct nrm_profile *profile = nrm_profile_read(
        c->arena, nrm_str(file), nrm_rules_machine(check->rules), check->zones, &tool->sink);
    const struct nrm_profile *standards = nrm_profile_read(
        c->arena, NRM_STR("odihr"), nrm_rules_machine(check->rules), check->zones, &tool->sink);
    if (!profile || !standards)
        return false;
    nrm_check_profile(&findings, profile, standards);
    print_findings(tool, nrm_str(profile->id), &findings);
    return true;
}

/* A set stands beside those that were given before it: what they have in common is found too. */
static bool check_indicator_file(struct tool *tool, const char *file)
{
    struct check *check = tool->own;
    if (!check->given)
        check->given = nrm_indicators_new(&tool->sink);
    return nrm_indicators_read(check->given, nrm_str(file)) != NULL;
}

static void print_indicator_faults(struct tool *tool)
{
    struct check *check = tool->own;
    struct nrm_findings findings = {.arena = &tool->arena};
    size_t count = 0;
    const struct nrm_set_fault *faults = nrm_indicators_faults(check->given, &tool->arena, &count);
    for (size_t i = 0; i < count; i++) {
        struct nrm_finding finding = {
            .rule = nrm_arena_printf(&tool->arena, "indicators.%s", faults[i].kind),
            .severity = "warning",
            .result = NRM_FAIL,
            .path = "",
            .message = faults[i].message,
            .source = "nrm-indicators(5)",
            .place = faults[i].place,
        };
        nrm_findings_add(&findings, &finding);
    }
    print_findings(tool, NRM_STR(""), &findings);
}

static bool has(const struct nrm_case *c, const char *key)
{
    return nrm_node_get(c->root, nrm_str(key)) != NULL;
}

enum knowledge { NO_KNOWLEDGE, RULES, PROFILE, INDICATORS };

static enum knowledge knowledge_of(const struct nrm_case *c)
{
    if (has(c, "events"))
        return NO_KNOWLEDGE;
    if (has(c, "set") && has(c, "indicators"))
        return INDICATORS;
    if (has(c, "rules"))
        return RULES;
    return has(c, "clocks") || has(c, "extends") ? PROFILE : NO_KNOWLEDGE;
}

static bool check_knowledge(struct tool *tool, struct nrm_case *c, enum knowledge kind)
{
    if (strcmp(c->file, "-") == 0) {
        nrm_tell(&tool->sink, NRM_ERROR, NULL,
                 "profiles, rules and sets of indicators are checked as files; name the file");
        return false;
    }
    const char *file = strchr(c->file, '/') ? c->file : nrm_arena_printf(c->arena, "./%s", c->file);
    bool read = kind == RULES     ? check_rule_file(tool, c, file)
                : kind == PROFILE ? check_profile_file(tool, c, file)
                                  : check_indicator_file(tool, file);
    return read || tool->reading.keep_going;
}

/* --- cases --- */

static void check_id(struct check *check, struct nrm_findings *findings, const struct nrm_case *c)
{
    bool new_one = true;
    if (c->id.length)
        nrm_index_add(check->ids, c->id, &new_one);
    if (new_one)
        return;
    struct nrm_finding twice = {
        .rule = "format.duplicate_id",
        .severity = "violation",
        .result = NRM_FAIL,
        .path = "id",
        .message = "another case of this run has the same id; give each case its own",
        .source = "nrm-case(5)",
        .place = nrm_node_place(nrm_node_get(c->root, NRM_STR("id")), c->file),
    };
    nrm_findings_add(findings, &twice);
}

/* The sets are read when the first case needs them. False: one of them is broken (told). */
static bool check_indicators(struct tool *tool, struct nrm_findings *findings,
                             const struct nrm_standing *standing)
{
    struct check *check = tool->own;
    if (!has(standing->scope.c, "indicators"))
        return true;
    if (!check->sets) {
        check->sets = nrm_indicators_new(&tool->sink);
        if (nrm_indicators_read_all(check->sets))
            check->screener = nrm_screener_new(check->sets, NULL);
    }
    if (check->screener)
        nrm_check_indicators(findings, standing, check->screener);
    return check->screener || tool->reading.keep_going;
}

static bool check_case(struct tool *tool, struct nrm_case *c)
{
    struct check *check = tool->own;
    struct nrm_standing standing;
    struct nrm_findings findings = {.arena = c->arena, .passes = check->all};
    enum knowledge kind = knowledge_of(c);
    if (kind != NO_KNOWLEDGE) {
        check->told_count = 0;
        return check_knowledge(tool, c, kind);
    }
    check->cases++;
    if (!nrm_rules_stand(check->rules, c, &standing))
        return tool->reading.keep_going;
    add_told(check, &findings);
    nrm_check_form(&findings, &standing);
    check_id(check, &findings, c);
    if (!check_indicators(tool, &findings, &standing))
        return false;
    nrm_check_steps(&findings, &standing, &check->set);
    nrm_check_clocks(&findings, &standing);
    nrm_check_rules(&findings, &standing, &check->set);
    print_findings(tool, c->id.text ? c->id : NRM_STR(""), &findings);
    return true;
}

static void list_rules(struct tool *tool, const struct check *check)
{
    struct nrm_table *table = nrm_table_new(4);
    const char *const header[] = {"rule", "severity", "what does not hold", "source"};
    for (size_t i = 0; i < 4; i++)
        nrm_table_add(table, nrm_str(header[i]));
    for (size_t i = 0; i < check->set.count; i++) {
        const struct nrm_rule *rule = &check->set.rules[i];
        nrm_table_add(table, nrm_str(rule->id));
        nrm_table_add(table, nrm_str(rule->severity));
        nrm_table_add(table, nrm_str(rule->message));
        nrm_table_add(table, nrm_str(rule->source));
    }
    nrm_table_print(table, &tool->output, tool->width);
    nrm_table_free(table);
}

static void run(struct tool *tool, struct check *check)
{
    if (strcmp(tool->format, "csv") == 0) {
        struct nrm_str header[COLUMNS];
        for (size_t i = 0; i < COLUMNS; i++)
            header[i] = nrm_str(columns[i]);
        nrm_csv_write_record(&tool->output, header, COLUMNS);
    }
    check->reading = (struct nrm_sink){.tell = keep_warning, .context = check};
    check->errors = &tool->sink;
    tool->reading.sink = &check->reading;
    tool_each_case(tool, 0, check_case);
    if (check->given)
        print_indicator_faults(tool);
    if (strcmp(tool->format, "text") == 0)
        nrm_output_printf(&tool->output, "%lu cases: %lu findings, %lu cannot be told\n",
                          check->cases, check->failed, check->unknown);
}

static bool own_option(struct tool *tool, int letter, const char *argument)
{
    struct check *check = tool->own;
    (void)argument;
    if (letter == 'a')
        check->all = true;
    else
        check->list_rules = true;
    return true;
}

int main(int argc, char **argv)
{
    static const struct option long_options[] = {
        {"all", no_argument, NULL, 'a'}, {"list", no_argument, NULL, 'l'}, {0}};
    struct check check = {0};
    struct tool tool = {
        .name = "nrm-check",
        .synopsis = "[-alkqv] [-i FORMAT] [-m MAP] [-n TIME] [-o FORMAT] [-p PROFILE] [FILE...]",
        .summary = "find what is wrong with cases, and what cannot be told",
        .help = "  -a, --all           also what passes\n"
                "  -l, --list          list the rules with their sources\n",
        .options = "al",
        .long_options = long_options,
        .option = own_option,
        .formats = "text csv json",
        .own = &check,
    };
    int left = tool_start(&tool, argc, argv);
    if (left >= 0)
        return left;
    check.rules = tool_rules(&tool);
    check.zones = nrm_zones_new();
    check.ids = nrm_index_new();
    bool ready = check.rules && nrm_rules_read(&check.set, &tool.arena, "rules",
                                               nrm_rules_machine(check.rules), &tool.sink);
    if (ready && check.list_rules)
        list_rules(&tool, &check);
    else if (ready)
        run(&tool, &check);
    nrm_zones_free(check.zones);
    nrm_arena_free(&check.told_arena);
    nrm_screener_free(check.screener);
    nrm_indicators_free(check.sets);
    nrm_indicators_free(check.given);
    nrm_index_free(check.ids);
    free(check.told);
    return tool_end(&tool, !ready ? TOOL_TROUBLE : check.failed_any ? TOOL_FOUND : TOOL_NOTHING);
}
