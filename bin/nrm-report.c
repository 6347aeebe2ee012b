/* nrm-report: cases counted by groups, as a table. What a group is and how cells are counted lives
 * in lib/stats; what may be published of a table is not decided here yet: every cell is shown. */
#include "tool.h"

#include <math.h>

#include "stats/grouping.h"

struct report {
    const char *groups[NRM_TABULATE_COLUMNS]; /* each -g */
    size_t group_count;
    const char *filter_text; /* -e */
    bool totals, unprotected;

    struct nrm_rules *rules;
    struct nrm_groupings groupings;
    struct nrm_expr *filter;
    struct nrm_tabulation *tabulation;

    unsigned long cases, counted, undecided;
    double persons_read, persons_counted;
    bool weighted;             /* some record stands for more or fewer than one person */
    const char *first_missing; /* what the first case lacks that the filter cannot tell about */
};

static bool take_option(struct tool *tool, int letter, const char *argument)
{
    struct report *report = tool->own;
    switch (letter) {
    case 'e':
        if (report->filter_text)
            tool_usage(tool, "-e can be given once; join conditions with and");
        report->filter_text = argument;
        return true;
    case 'g':
        if (report->group_count == NRM_TABULATE_COLUMNS)
            tool_usage(tool, "a table takes %d groupings at most", NRM_TABULATE_COLUMNS);
        else
            report->groups[report->group_count++] = argument;
        return true;
    case 't':
        report->totals = true;
        return true;
    case 'u':
        report->unprotected = true;
        return true;
    default:
        return false;
    }
}

/* Make expressions of -g and -e; false after a told error. */
static bool prepare(struct tool *tool, struct report *report)
{
    report->rules = tool_rules(tool);
    if (!report->rules)
        return false;
    struct nrm_expr_context context = {
        .names = nrm_rules_names(report->rules), .place = {"-g", 1, 1}, .sink = &tool->sink};
    for (size_t i = 0; i < report->group_count; i++)
        if (!nrm_groupings_parse(&tool->arena, nrm_str(report->groups[i]), &context,
                                 &report->groupings))
            return false;
    context.place.file = "-e";
    if (report->filter_text) {
        report->filter = nrm_condition_parse(&tool->arena, nrm_str(report->filter_text), &context);
        if (!report->filter)
            return false;
    }
    report->tabulation =
        nrm_tabulation_new(report->groupings.list, report->groupings.count, report->totals);
    return true;
}

/* Whether the filter lets a case in; without one every case. */
static bool passes(struct report *report, const struct nrm_scope *scope)
{
    if (!report->filter)
        return true;
    const char *missing = NULL;
    enum nrm_truth truth = nrm_condition_holds(report->filter, scope, &missing);
    if (truth == NRM_CANNOT_TELL && report->undecided++ == 0)
        report->first_missing = missing;
    return truth == NRM_TRUE;
}

/* Beyond 2^53 neighbouring whole numbers can no longer be told apart. */
static const double most_persons = 9007199254740992.0;

static bool count_case(struct tool *tool, struct nrm_case *c)
{
    struct report *report = tool->own;
    struct nrm_standing standing;
    struct nrm_place place = nrm_node_place(c->root, c->file);
    if (!nrm_rules_stand(report->rules, c, &standing))
        return tool->reading.keep_going;
    if (!(c->weight >= 0 && c->weight <= most_persons)) {
        nrm_tell(&tool->sink, NRM_ERROR, &place,
                 "the weight of this record is no number of "
                 "persons; correct it in the file");
        return tool->reading.keep_going;
    }
    report->cases++;
    report->persons_read += c->weight;
    report->weighted = report->weighted || fabs(c->weight - 1) > 0;
    if (!passes(report, &standing.scope))
        return true;
    if (!nrm_tabulation_add(report->tabulation, &standing.scope, c->weight)) {
        nrm_tell(&tool->sink, NRM_ERROR, &place,
                 "the lists of this case would put it in more than "
                 "%d cells; use each() on fewer lists, or correct the case",
                 NRM_TABULATE_PER_CASE);
        return tool->reading.keep_going;
    }
    report->counted++;
    report->persons_counted += c->weight;
    return true;
}

static const char *status_of(const struct report *report)
{
    return report->unprotected ? "unprotected" : "shown";
}

static void add_count(struct nrm_output *output, double count)
{
    struct nrm_buffer text = {0};
    nrm_count_text(count, &text);
    nrm_output_add(output, text.text, text.length);
    nrm_buffer_free(&text);
}

static void write_csv(const struct report *report, struct nrm_output *output)
{
    size_t columns = report->groupings.count;
    for (size_t i = 0; i < columns; i++) {
        nrm_csv_write_field(output, report->groupings.list[i].name);
        nrm_output_add_char(output, ',');
    }
    nrm_output_text(output, "count,status\n");
    for (size_t cell = 0; cell < nrm_tabulation_cells(report->tabulation); cell++) {
        for (size_t i = 0; i < columns; i++) {
            nrm_csv_write_field(output, nrm_tabulation_label(report->tabulation, cell, i));
            nrm_output_add_char(output, ',');
        }
        add_count(output, nrm_tabulation_count(report->tabulation, cell));
        nrm_output_printf(output, ",%s\n", status_of(report));
    }
}

static void write_json(const struct report *report, struct nrm_output *output)
{
    for (size_t cell = 0; cell < nrm_tabulation_cells(report->tabulation); cell++) {
        nrm_output_add_char(output, '{');
        for (size_t i = 0; i < report->groupings.count; i++) {
            nrm_json_string(output, report->groupings.list[i].name);
            nrm_output_add_char(output, ':');
            nrm_json_string(output, nrm_tabulation_label(report->tabulation, cell, i));
            nrm_output_add_char(output, ',');
        }
        nrm_output_text(output, "\"count\":");
        add_count(output, nrm_tabulation_count(report->tabulation, cell));
        nrm_output_printf(output, ",\"status\":\"%s\"}\n", status_of(report));
    }
}

static void write_table(const struct report *report, struct nrm_output *output, size_t width)
{
    size_t columns = report->groupings.count;
    struct nrm_table *table = nrm_table_new(columns + 1);
    struct nrm_buffer count = {0};
    nrm_table_align_right(table, columns);
    for (size_t i = 0; i < columns; i++)
        nrm_table_add(table, report->groupings.list[i].name);
    nrm_table_add(table, NRM_STR("count"));
    for (size_t cell = 0; cell < nrm_tabulation_cells(report->tabulation); cell++) {
        for (size_t i = 0; i < columns; i++)
            nrm_table_add(table, nrm_tabulation_label(report->tabulation, cell, i));
        nrm_buffer_clear(&count);
        nrm_count_text(nrm_tabulation_count(report->tabulation, cell), &count);
        nrm_table_add(table, (struct nrm_str){count.text, count.length});
    }
    nrm_table_print(table, output, width);
    nrm_buffer_free(&count);
    nrm_table_free(table);
}

/* What the table was made of, below it: a table on paper has no standard error beside it. */
static void write_notes(const struct report *report, struct nrm_output *output, bool incomplete)
{
    nrm_output_add_char(output, '\n');
    if (report->filter_text) {
        struct nrm_buffer safe = {0};
        nrm_text_add_safe(&safe, nrm_str(report->filter_text));
        nrm_output_printf(output, "Filter: %s\n", safe.text);
        nrm_buffer_free(&safe);
    }
    nrm_output_printf(output, "Counted: %lu of %lu %s\n", report->counted, report->cases,
                      report->weighted ? "records" : "cases");
    if (report->weighted) {
        nrm_output_text(output, "Persons: ");
        add_count(output, report->persons_counted);
        nrm_output_text(output, " of ");
        add_count(output, report->persons_read);
        nrm_output_add_char(output, '\n');
    }
    if (report->undecided > 0)
        nrm_output_printf(output, "The filter cannot tell: %lu, not counted\n", report->undecided);
    for (size_t i = 0; i < report->groupings.count; i++)
        if (report->groupings.list[i].each) {
            nrm_output_text(output, "One person can stand in several rows, in a total once.\n");
            break;
        }
    if (incomplete)
        nrm_output_text(output, "Incomplete: some cases or files could not be read.\n");
    nrm_output_text(output, "Small counts are shown: not for publication.\n");
}

static void tell_what_to_know(struct tool *tool, const struct report *report)
{
    if (report->undecided > 0)
        nrm_tell(&tool->sink, NRM_WARNING, NULL,
                 "%lu %s not counted, as -e cannot tell: %s is missing%s", report->undecided,
                 report->undecided == 1 ? "case is" : "cases are",
                 report->first_missing ? report->first_missing : "something",
                 report->undecided == 1 ? "" : " in the first of them");
    if (!report->unprotected)
        nrm_tell(&tool->sink, NRM_WARNING, NULL,
                 "small counts are shown: this table must not be published as it is; with -u "
                 "this warning is not given");
}

static void write_report(struct tool *tool, struct report *report)
{
    nrm_tabulation_finish(report->tabulation);
    if (strcmp(tool->format, "csv") == 0) {
        write_csv(report, &tool->output);
    } else if (strcmp(tool->format, "json") == 0) {
        write_json(report, &tool->output);
    } else {
        write_table(report, &tool->output, tool->width);
        write_notes(report, &tool->output, tool->sink.errors > 0);
    }
    tell_what_to_know(tool, report);
}

int main(int argc, char **argv)
{
    static const struct option long_options[] = {
        {"group", required_argument, NULL, 'g'},
        {"filter", required_argument, NULL, 'e'},
        {"totals", no_argument, NULL, 't'},
        {"unprotected", no_argument, NULL, 'u'},
        {0},
    };
    struct report report = {0};
    struct tool tool = {
        .name = "nrm-report",
        .synopsis = "[-kqtuv] [-e CONDITION] [-g GROUPS] [-i FORMAT] [-m MAP] [-n TIME] "
                    "[-o FORMAT] [-p PROFILE] [FILE...]",
        .summary = "Count cases by groups.",
        .help =
            "  -e, --filter CONDITION\n"
            "                        only cases for which this is true\n"
            "  -g, --group GROUPS    fields, derived names or expressions, separated by commas;\n"
            "                        each(LIST) counts a case once for each member,\n"
            "                        NAME=EXPRESSION names the column\n"
            "  -t, --totals          also totals over every set of columns, written *\n"
            "  -u, --unprotected     you know that small counts are shown\n",
        .options = "e:g:tu",
        .long_options = long_options,
        .option = take_option,
        .formats = "text csv json",
        .own = &report,
    };
    int status = tool_start(&tool, argc, argv);
    if (status >= 0)
        return status;
    if (!prepare(&tool, &report))
        return tool_end(&tool, TOOL_TROUBLE);
    tool_each_case(&tool, 0, count_case);
    /* a table of some of the cases must not be taken for one of all of them */
    if (tool.sink.errors == 0 || tool.reading.keep_going)
        write_report(&tool, &report);
    nrm_tabulation_free(report.tabulation);
    return tool_end(&tool, TOOL_NOTHING);
}
