/* nrm-status: where each case stands, region by region. */
#include "tool.h"

#include "rules/explain.h"

/* The columns of -o csv, a promise: id, then these derived names. */
static const char *const columns[] = {"track", "age",     "identification", "rr",
                                      "stay",  "support", "challenge",      "removal_barred"};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct status {
    struct nrm_rules *rules;
    int names[COLUMNS];
    struct nrm_table *table; /* -o text */
    bool why, owed, graph;   /* -w, -e, -g */
    struct nrm_rule_set entitlements;
    size_t missing; /* of what is owed */
    struct nrm_buffer cells[COLUMNS];
};

static void print_text(struct status *status, struct nrm_str id, const struct nrm_str *cells)
{
    nrm_table_add(status->table, id);
    for (size_t i = 0; i < COLUMNS; i++)
        nrm_table_add(status->table, cells[i]);
}

static void print_csv(struct tool *tool, struct nrm_str id, const struct nrm_str *cells)
{
    struct nrm_str fields[COLUMNS + 1] = {id};
    memcpy(fields + 1, cells, COLUMNS * sizeof *cells);
    nrm_csv_write_record(&tool->output, fields, COLUMNS + 1);
}

static void print_json(struct tool *tool, struct nrm_str id, const struct nrm_str *cells)
{
    nrm_output_text(&tool->output, "{\"id\":");
    nrm_json_string(&tool->output, id);
    for (size_t i = 0; i < COLUMNS; i++) {
        nrm_output_printf(&tool->output, ",\"%s\":", columns[i]);
        nrm_json_string(&tool->output, cells[i]);
    }
    nrm_output_text(&tool->output, "}\n");
}

static bool show(struct tool *tool, struct nrm_case *c)
{
    struct status *status = tool->own;
    struct nrm_standing standing;
    struct nrm_str cells[COLUMNS];
    if (!nrm_rules_stand(status->rules, c, &standing))
        return tool->reading.keep_going;
    if (status->why)
        nrm_explain(nrm_rules_machine(status->rules), &standing, &tool->output);
    if (status->owed)
        status->missing += nrm_explain_owed(&status->entitlements, &standing, &tool->output);
    if (status->why || status->owed)
        return true;
    for (size_t i = 0; i < COLUMNS; i++) {
        const struct nrm_value *value = nrm_standing_value(&standing, status->names[i]);
        nrm_buffer_clear(&status->cells[i]);
        nrm_value_text(value, standing.profile->calendar.zone, &status->cells[i]);
        cells[i] = value->kind == NRM_VALUE_UNKNOWN
                       ? NRM_STR("unknown")
                       : (struct nrm_str){status->cells[i].text, status->cells[i].length};
    }
    struct nrm_str id = c->id.text ? c->id : NRM_STR("");
    if (status->table)
        print_text(status, id, cells);
    else if (strcmp(tool->format, "csv") == 0)
        print_csv(tool, id, cells);
    else
        print_json(tool, id, cells);
    return true;
}

static void print_header(struct tool *tool, struct status *status)
{
    struct nrm_str header[COLUMNS + 1] = {NRM_STR("id")};
    for (size_t i = 0; i < COLUMNS; i++)
        header[i + 1] = nrm_str(columns[i]);
    if (strcmp(tool->format, "csv") == 0)
        nrm_csv_write_record(&tool->output, header, COLUMNS + 1);
    if (strcmp(tool->format, "text") != 0)
        return;
    status->table = nrm_table_new(COLUMNS + 1);
    for (size_t i = 0; i <= COLUMNS; i++)
        nrm_table_add(status->table, header[i]);
}

static bool own_option(struct tool *tool, int letter, const char *argument)
{
    struct status *status = tool->own;
    (void)argument;
    status->why = status->why || letter == 'w';
    status->owed = status->owed || letter == 'e';
    status->graph = status->graph || letter == 'g';
    return true;
}

static void print_cases(struct tool *tool, struct status *status)
{
    if (!status->why && !status->owed)
        print_header(tool, status);
    tool_each_case(tool, 0, show);
    if (status->table) {
        nrm_table_print(status->table, &tool->output, tool->width);
        nrm_table_free(status->table);
    }
    for (size_t i = 0; i < COLUMNS; i++)
        nrm_buffer_free(&status->cells[i]);
}

int main(int argc, char **argv)
{
    static const struct option long_options[] = {{"why", no_argument, NULL, 'w'},
                                                 {"entitlements", no_argument, NULL, 'e'},
                                                 {"graph", no_argument, NULL, 'g'},
                                                 {0}};
    struct status status = {0};
    struct tool tool = {
        .name = "nrm-status",
        .synopsis = "[-egkqvw] [-i FORMAT] [-m MAP] [-n TIME] [-o FORMAT] [-p PROFILE] [FILE...]",
        .summary = "show where each case stands",
        .help = "  -e, --entitlements  what is owed today, item by item: given or missing\n"
                "  -g, --graph         the state machine as a Graphviz graph; reads no cases\n"
                "  -w, --why           the events and rows of the machine that led here\n",
        .options = "egw",
        .long_options = long_options,
        .option = own_option,
        .formats = "text csv json",
        .own = &status,
    };
    int left = tool_start(&tool, argc, argv);
    if (left >= 0)
        return left;
    if ((status.why || status.owed || status.graph) && strcmp(tool.format, "text") != 0)
        return tool_end(&tool, tool_usage(&tool, "-w, -e and -g print text, not %s", tool.format));
    status.rules = tool_rules(&tool);
    if (!status.rules)
        return tool_end(&tool, TOOL_TROUBLE);
    for (size_t i = 0; i < COLUMNS; i++)
        status.names[i] = nrm_rules_name(status.rules, nrm_str(columns[i]));
    if (status.graph) {
        nrm_machine_graph(nrm_rules_machine(status.rules), &tool.output);
        return tool_end(&tool, TOOL_NOTHING);
    }
    if (status.owed && !nrm_rules_read(&status.entitlements, &tool.arena, "entitlements",
                                       nrm_rules_machine(status.rules), &tool.sink))
        return tool_end(&tool, TOOL_TROUBLE);
    print_cases(&tool, &status);
    return tool_end(&tool, status.missing ? TOOL_FOUND : TOOL_NOTHING);
}
