/* nrm-status: where each case stands, region by region. */
#include "tool.h"

/* The columns of -o csv, a promise: id, then these derived names. */
static const char *const columns[] = {"track", "age",     "identification", "rr",
                                      "stay",  "support", "challenge",      "removal_barred"};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct status {
    struct nrm_rules *rules;
    int names[COLUMNS];
    struct nrm_table *table; /* -o text */
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

int main(int argc, char **argv)
{
    struct status status = {0};
    struct tool tool = {
        .name = "nrm-status",
        .synopsis = "[-kqv] [-i FORMAT] [-m MAP] [-n TIME] [-o FORMAT] [-p PROFILE] [FILE...]",
        .summary = "show where each case stands",
        .help = "",
        .options = "",
        .formats = "text csv json",
        .own = &status,
    };
    int left = tool_start(&tool, argc, argv);
    if (left >= 0)
        return left;
    status.rules = tool_rules(&tool);
    if (!status.rules)
        return tool_end(&tool, TOOL_TROUBLE);
    for (size_t i = 0; i < COLUMNS; i++)
        status.names[i] = nrm_rules_name(status.rules, nrm_str(columns[i]));
    print_header(&tool, &status);
    tool_each_case(&tool, 0, show);
    if (status.table) {
        nrm_table_print(status.table, &tool.output, tool.width);
        nrm_table_free(status.table);
    }
    for (size_t i = 0; i < COLUMNS; i++)
        nrm_buffer_free(&status.cells[i]);
    return tool_end(&tool, TOOL_NOTHING);
}
