/* nrm-check: findings against the form of a case, the state machine and the rules; profiles and
 * files of rules are checked too, where one is given as a file. */
#include "tool.h"

#include <stdlib.h>

#include "data/knowledge.h"
#include "rules/check.h"
#include "rules/check_profile.h"

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
    struct nrm_sink reading; /* of the reader: keeps warnings for the next case */
    struct nrm_sink *errors;
    struct nrm_arena told_arena, ids_arena;
    struct told *told;
    size_t told_count, told_room;
    struct nrm_str *ids; /* open addressing by hash: ids seen so far */
    size_t id_count, id_room;
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

static size_t hash(struct nrm_str text)
{
    uint64_t value = UINT64_C(1469598103934665603);
    for (size_t i = 0; i < text.length; i++)
        value = (value ^ (unsigned char)text.text[i]) * UINT64_C(1099511628211);
    return (size_t)(value ^ value >> 29);
}

static size_t id_slot(const struct check *check, struct nrm_str id)
{
    size_t slot = hash(id) & (check->id_room - 1);
    while (check->ids[slot].text && !nrm_str_equal(check->ids[slot], id))
        slot = (slot + 1) & (check->id_room - 1);
    return slot;
}

static bool seen_before(struct check *check, struct nrm_str id)
{
    if (2 * check->id_count >= check->id_room) {
        struct nrm_str *old = check->ids;
        size_t old_room = check->id_room;
        check->id_room = old_room ? 2 * old_room : 1024;
        check->ids = nrm_calloc(check->id_room, sizeof *check->ids);
        for (size_t i = 0; i < old_room; i++)
            if (old[i].text)
                check->ids[id_slot(check, old[i])] = old[i];
        free(old);
    }
    size_t slot = id_slot(check, id);
    if (check->ids[slot].text)
        return true;
    check->ids[slot] =
        (struct nrm_str){nrm_arena_copy(&check->ids_arena, id.text, id.length), id.length};
    check->id_count++;
    return false;
}

static void print_text(struct tool *tool, struct nrm_str id, const struct nrm_finding *finding)
{
    struct nrm_buffer safe = {0};
    nrm_buffer_printf(&safe, "%s:%u:%u: ", finding->place.file ? finding->place.file : "-",
                      finding->place.line, finding->place.column);
    if (finding->result == NRM_FAIL)
        nrm_buffer_printf(&safe, "%s", finding->severity);
    else
        nrm_buffer_printf(&safe, "%s", nrm_result_text((enum nrm_result)finding->result));
    if (id.length) {
        nrm_buffer_add(&safe, " ", 1);
        nrm_text_add_safe(&safe, id);
    }
    if (*finding->path) {
        nrm_buffer_add(&safe, " ", 1);
        nrm_text_add_safe(&safe, nrm_str(finding->path));
    }
    nrm_buffer_add(&safe, ": ", 2);
    nrm_text_add_safe(&safe, nrm_str(finding->message));
    nrm_buffer_printf(&safe, " [%s; %s]\n", finding->rule, finding->source);
    nrm_output_add(&tool->output, safe.text, safe.length);
    nrm_buffer_free(&safe);
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
    if (strcmp(tool->format, "text") == 0) {
        print_text(tool, id, finding);
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
    for (size_t i = 0; i < findings->count; i++) {
        const struct nrm_finding *finding = &findings->list[i];
        check->failed += finding->result == NRM_FAIL;
        check->unknown += finding->result == NRM_UNKNOWN;
        check->failed_any = check->failed_any ||
                            (finding->result == NRM_FAIL && strcmp(finding->severity, "note") != 0);
        print_finding(tool, id, finding);
    }
}

/* A knowledge file instead of a case: a profile, or a file of rules. */
static bool check_knowledge(struct tool *tool, struct nrm_case *c)
{
    struct check *check = tool->own;
    const char *slash = strchr(c->file, '/');
    const char *file = slash ? c->file : nrm_arena_printf(c->arena, "./%s", c->file);
    struct nrm_findings findings = {.arena = c->arena};
    if (nrm_node_get(c->root, NRM_STR("rules"))) {
        struct nrm_rule_set set = {0};
        return nrm_rules_read_file(&set, c->arena, file, nrm_rules_machine(check->rules),
                                   &tool->sink);
    }
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

static bool is_knowledge(const struct nrm_case *c)
{
    return nrm_node_get(c->root, NRM_STR("clocks")) || nrm_node_get(c->root, NRM_STR("extends")) ||
           (nrm_node_get(c->root, NRM_STR("rules")) && !nrm_node_get(c->root, NRM_STR("events")));
}

static bool check_case(struct tool *tool, struct nrm_case *c)
{
    struct check *check = tool->own;
    struct nrm_standing standing;
    struct nrm_findings findings = {.arena = c->arena, .passes = check->all};
    if (is_knowledge(c)) {
        check->told_count = 0;
        return check_knowledge(tool, c) || tool->reading.keep_going;
    }
    check->cases++;
    if (!nrm_rules_stand(check->rules, c, &standing))
        return tool->reading.keep_going;
    add_told(check, &findings);
    nrm_check_form(&findings, &standing);
    if (c->id.text && seen_before(check, c->id)) {
        struct nrm_finding twice = {
            .rule = "format.duplicate_id",
            .severity = "violation",
            .result = NRM_FAIL,
            .path = "id",
            .message = "another case of this run has the same id; give each case its own",
            .source = "nrm-case(5)",
            .place = nrm_node_place(nrm_node_get(c->root, NRM_STR("id")), c->file),
        };
        nrm_findings_add(&findings, &twice);
    }
    nrm_check_steps(&findings, &standing);
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
    bool ready = check.rules && nrm_rules_read(&check.set, &tool.arena, "rules",
                                               nrm_rules_machine(check.rules), &tool.sink);
    if (ready && check.list_rules)
        list_rules(&tool, &check);
    else if (ready)
        run(&tool, &check);
    nrm_zones_free(check.zones);
    nrm_arena_free(&check.told_arena);
    nrm_arena_free(&check.ids_arena);
    free(check.told);
    free(check.ids);
    return tool_end(&tool, !ready ? TOOL_TROUBLE : check.failed_any ? TOOL_FOUND : TOOL_NOTHING);
}
