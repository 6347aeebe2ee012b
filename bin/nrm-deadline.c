/* nrm-deadline: what is due, due soon, overdue, met late. Rows are sorted over all cases, so they
 * are held until the last case was read. */
#include "tool.h"

#include <stdlib.h>

#include "rules/icalendar.h"
#include "rules/profile.h"
#include "rules/since.h"

static const char *const columns[] = {"id",   "deadline", "state",     "due",   "start",
                                      "done", "severity", "precision", "source"};
enum { ID, DEADLINE, STATE, DUE, START, DONE, SEVERITY, PRECISION, SOURCE, COLUMNS };

struct row {
    int64_t limit; /* last instant in time: the order of rows */
    size_t number; /* order of reading, the last resort */
    struct nrm_due due;
    struct nrm_str cells[COLUMNS];
};

struct deadlines {
    struct nrm_rules *rules;
    struct nrm_duration window;
    bool has_window, overdue_only, all;
    struct nrm_arena arena; /* of the rows */
    struct row *rows;
    size_t count, room;
    bool any_overdue;
    const char *since_path; /* --new-since */
    struct nrm_since *since;
};

static struct nrm_str time_cell(struct deadlines *deadlines, const struct nrm_time *time,
                                const struct nrm_zone *zone)
{
    struct nrm_buffer text = {0};
    nrm_time_text(time, zone, &text);
    struct nrm_str cell = {
        nrm_arena_copy(&deadlines->arena, text.text ? text.text : "", text.length), text.length};
    nrm_buffer_free(&text);
    return cell;
}

static struct row *new_row(struct deadlines *deadlines)
{
    if (deadlines->count == deadlines->room) {
        deadlines->room = deadlines->room ? 2 * deadlines->room : 256;
        deadlines->rows = nrm_realloc(deadlines->rows, deadlines->room, sizeof *deadlines->rows);
    }
    struct row *row = &deadlines->rows[deadlines->count];
    row->number = deadlines->count++;
    return row;
}

static void keep_row(struct deadlines *deadlines, struct nrm_str id, const struct nrm_due *due,
                     const struct nrm_zone *zone)
{
    struct row *row = new_row(deadlines);
    row->limit = nrm_due_instant(due, zone);
    row->due = *due;
    row->cells[ID] = id;
    row->cells[DEADLINE] = nrm_str(due->clock->id);
    row->cells[STATE] = nrm_str(nrm_due_state_text((enum nrm_due_state)due->state));
    row->cells[DUE] = time_cell(deadlines, &due->due, zone);
    row->cells[START] = time_cell(deadlines, &due->start, zone);
    row->cells[DONE] = time_cell(deadlines, &due->done, zone);
    row->cells[SEVERITY] = nrm_str(due->clock->severity);
    row->cells[PRECISION] = due->whole_day ? NRM_STR("day") : NRM_STR("exact");
    row->cells[SOURCE] = nrm_str(due->clock->source);
}

static bool reckon(struct tool *tool, struct nrm_case *c)
{
    struct deadlines *deadlines = tool->own;
    struct nrm_standing standing;
    const struct nrm_due *dues;
    if (!nrm_rules_stand(deadlines->rules, c, &standing))
        return tool->reading.keep_going;
    size_t count = nrm_clocks(&standing, deadlines->has_window ? &deadlines->window : NULL, &dues);
    struct nrm_str id = {"", 0};
    if (count && c->id.text)
        id = (struct nrm_str){nrm_arena_copy(&deadlines->arena, c->id.text, c->id.length),
                              c->id.length};
    for (size_t i = 0; i < count; i++) {
        bool overdue = dues[i].state == NRM_DUE_OVERDUE;
        if (deadlines->since &&
            !nrm_since_note(deadlines->since, id, &dues[i], standing.profile->calendar.zone))
            continue;
        deadlines->any_overdue = deadlines->any_overdue || overdue;
        if (overdue || !deadlines->overdue_only)
            keep_row(deadlines, id, &dues[i], standing.profile->calendar.zone);
    }
    return true;
}

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    if (a->limit != b->limit)
        return a->limit < b->limit ? -1 : 1;
    int order = nrm_str_compare(a->cells[ID], b->cells[ID]);
    if (!order)
        order = nrm_str_compare(a->cells[DEADLINE], b->cells[DEADLINE]);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static void print_csv(struct tool *tool, const struct deadlines *deadlines)
{
    struct nrm_str header[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        header[i] = nrm_str(columns[i]);
    nrm_csv_write_record(&tool->output, header, COLUMNS);
    for (size_t i = 0; i < deadlines->count; i++)
        nrm_csv_write_record(&tool->output, deadlines->rows[i].cells, COLUMNS);
}

static void print_json(struct tool *tool, const struct deadlines *deadlines)
{
    for (size_t i = 0; i < deadlines->count; i++) {
        for (size_t j = 0; j < COLUMNS; j++) {
            nrm_output_printf(&tool->output, "%c\"%s\":", j ? ',' : '{', columns[j]);
            nrm_json_string(&tool->output, deadlines->rows[i].cells[j]);
        }
        nrm_output_text(&tool->output, "}\n");
    }
}

/* For people: what is still owed; with -a also what is done or no longer owed. */
static void print_text(struct tool *tool, const struct deadlines *deadlines)
{
    struct nrm_table *table = nrm_table_new(4);
    const char *const header[] = {"due", "state", "case", "deadline"};
    for (size_t i = 0; i < 4; i++)
        nrm_table_add(table, nrm_str(header[i]));
    for (size_t i = 0; i < deadlines->count; i++) {
        const struct row *row = &deadlines->rows[i];
        uint8_t state = row->due.state;
        bool settled = state == NRM_DUE_MET || state == NRM_DUE_LATE || state == NRM_DUE_WAIVED;
        if (settled && !deadlines->all)
            continue;
        nrm_table_add(table, row->cells[DUE].length ? row->cells[DUE] : NRM_STR("-"));
        nrm_table_add(table, row->cells[STATE]);
        nrm_table_add(table, row->cells[ID]);
        nrm_table_add(table, nrm_str(row->due.clock->label));
    }
    nrm_table_print(table, &tool->output, tool->width);
    nrm_table_free(table);
}

static void print_calendar(struct tool *tool, const struct deadlines *deadlines)
{
    struct nrm_icalendar *calendar = nrm_icalendar_new(&tool->now);
    for (size_t i = 0; i < deadlines->count; i++)
        nrm_icalendar_add(calendar, deadlines->rows[i].cells[ID], &deadlines->rows[i].due);
    nrm_icalendar_finish(calendar, &tool->output);
}

static bool own_option(struct tool *tool, int letter, const char *argument)
{
    struct deadlines *deadlines = tool->own;
    switch (letter) {
    case 'a':
        deadlines->all = true;
        return true;
    case 'S':
        deadlines->since_path = argument;
        return true;
    case 'O':
        deadlines->overdue_only = true;
        return true;
    case 'w':
        deadlines->has_window = nrm_duration_parse(nrm_str(argument), &deadlines->window) &&
                                deadlines->window.amount >= 0;
        return deadlines->has_window;
    default:
        return false;
    }
}

int main(int argc, char **argv)
{
    static const struct option long_options[] = {{"all", no_argument, NULL, 'a'},
                                                 {"new-since", required_argument, NULL, 'S'},
                                                 {"overdue", no_argument, NULL, 'O'},
                                                 {"window", required_argument, NULL, 'w'},
                                                 {0}};
    struct deadlines deadlines = {0};
    struct tool tool = {
        .name = "nrm-deadline",
        .synopsis = "[-aOkqv] [-i FORMAT] [-m MAP] [-n TIME] [-o FORMAT] [-p PROFILE]\n"
                    "                    [-S STATEFILE] [-w WINDOW] [FILE...]",
        .summary = "show what is due, due soon and overdue",
        .help = "  -a, --all           text: also what is met, late or waived\n"
                "  -O, --overdue       only what is overdue\n"
                "  -S, --new-since=FILE  only what changed since the run that wrote FILE\n"
                "  -w, --window=TIME   call it soon so long before (48h, 5d, 2w)\n",
        .options = "aOS:w:",
        .long_options = long_options,
        .option = own_option,
        .formats = "text csv json ical",
        .own = &deadlines,
    };
    int left = tool_start(&tool, argc, argv);
    if (left >= 0)
        return left;
    deadlines.rules = tool_rules(&tool);
    if (!deadlines.rules)
        return tool_end(&tool, TOOL_TROUBLE);
    if (deadlines.since_path &&
        !(deadlines.since = nrm_since_open(deadlines.since_path, &tool.sink)))
        return tool_end(&tool, TOOL_TROUBLE);
    tool_each_case(&tool, 0, reckon);
    if (deadlines.count)
        qsort(deadlines.rows, deadlines.count, sizeof *deadlines.rows, compare_rows);
    if (strcmp(tool.format, "csv") == 0)
        print_csv(&tool, &deadlines);
    else if (strcmp(tool.format, "json") == 0)
        print_json(&tool, &deadlines);
    else if (strcmp(tool.format, "ical") == 0)
        print_calendar(&tool, &deadlines);
    else
        print_text(&tool, &deadlines);
    /* What was not printed whole, or not read whole, must be told again next time. */
    if (deadlines.since && nrm_output_flush(&tool.output) && !tool.sink.errors)
        nrm_since_save(deadlines.since, &tool.sink);
    nrm_since_close(deadlines.since);
    free(deadlines.rows);
    nrm_arena_free(&deadlines.arena);
    return tool_end(&tool, deadlines.any_overdue ? TOOL_FOUND : TOOL_NOTHING);
}
