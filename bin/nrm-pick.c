/* nrm-pick: the cases that satisfy an expression. */
#include "tool.h"

static const struct option long_options[] = {
    {"count", no_argument, NULL, 'c'},
    {"invert", no_argument, NULL, 'x'},
    {"unknown", no_argument, NULL, 'a'},
    {0},
};

struct pick {
    enum nrm_truth wanted;
    bool count_only;
    unsigned long picked, untold;
    const struct nrm_expr *expr;
    struct nrm_rules *rules;
    struct nrm_writer *writer;
};

static bool set_option(struct tool *tool, int letter, const char *argument)
{
    struct pick *pick = tool->own;
    (void)argument;
    if (letter == 'c') {
        pick->count_only = true;
        return true;
    }
    enum nrm_truth wanted = letter == 'x' ? NRM_FALSE : NRM_CANNOT_TELL;
    if (pick->wanted != NRM_TRUE && pick->wanted != wanted)
        tool_usage(tool, "-x and -a ask for different cases: give one of them");
    pick->wanted = wanted;
    return true;
}

static void tell_undecided(struct tool *tool, struct pick *pick, const struct nrm_case *c,
                           const char *missing)
{
    struct nrm_place place = nrm_node_place(c->root, c->file);
    pick->untold++;
    if (tool->verbose && missing)
        nrm_tell(&tool->sink, NRM_NOTE, &place, "cannot tell: %s is missing", missing);
    else if (tool->verbose)
        nrm_tell(&tool->sink, NRM_NOTE, &place, "cannot tell");
}

static bool look_at(struct tool *tool, struct nrm_case *c)
{
    struct pick *pick = tool->own;
    struct nrm_standing standing;
    const char *missing = NULL;
    if (!nrm_rules_stand(pick->rules, c, &standing))
        return tool->reading.keep_going;
    enum nrm_truth truth = nrm_condition_holds(pick->expr, &standing.scope, &missing);
    if (truth == NRM_CANNOT_TELL)
        tell_undecided(tool, pick, c, missing);
    if (truth != pick->wanted)
        return true;
    pick->picked++;
    if (!pick->count_only)
        nrm_writer_add(pick->writer, c);
    return true;
}

static bool parse(struct tool *tool, struct pick *pick)
{
    pick->rules = tool_rules(tool);
    if (!pick->rules)
        return false;
    struct nrm_expr_context context = {
        .names = nrm_rules_names(pick->rules),
        .place = {"expression", 1, 1},
        .sink = &tool->sink,
    };
    pick->expr = nrm_condition_parse(&tool->arena, nrm_str(tool->operands[0]), &context);
    return pick->expr != NULL;
}

static void finish(struct tool *tool, struct pick *pick)
{
    if (pick->untold > 0 && pick->wanted != NRM_CANNOT_TELL)
        nrm_tell(&tool->sink, NRM_NOTE, NULL,
                 pick->untold == 1 ? "%lu case cannot be told; -a picks it, -v says what is missing"
                                   : "%lu cases cannot be told; -a picks them, -v says what is "
                                     "missing",
                 pick->untold);
    if (tool->sink.errors > 0 && !tool->reading.keep_going) {
        nrm_writer_drop(pick->writer);
        return;
    }
    if (pick->count_only)
        nrm_output_printf(&tool->output, "%lu\n", pick->picked);
    if (pick->count_only || pick->picked == 0)
        nrm_writer_drop(pick->writer);
    else
        nrm_writer_finish(pick->writer);
}

int main(int argc, char **argv)
{
    struct pick pick = {.wanted = NRM_TRUE};
    struct tool tool = {
        .name = "nrm-pick",
        .synopsis = "[-ackqvx] [-i FORMAT] [-m MAP] [-n TIME] [-o FORMAT] [-p PROFILE] EXPRESSION "
                    "[FILE...]",
        .summary = "Pick the cases that satisfy an expression.",
        .help = "  -a, --unknown         the cases of which it cannot be told, for lack of data\n"
                "  -c, --count           print only how many\n"
                "  -x, --invert          the cases that do not satisfy it\n",
        .options = "acx",
        .long_options = long_options,
        .option = set_option,
        .formats = "yaml csv events json",
        .own = &pick,
    };
    int left = tool_start(&tool, argc, argv);
    if (left >= 0)
        return left;
    if (tool.operand_count == 0)
        return tool_end(&tool, tool_usage(&tool, "the expression is missing"));
    if (!parse(&tool, &pick))
        return tool_end(&tool, TOOL_TROUBLE);
    pick.writer = nrm_writer_new(&tool.output, tool_out_format(&tool), &tool.sink);
    tool_each_case(&tool, 1, look_at);
    finish(&tool, &pick);
    return tool_end(&tool, pick.picked > 0 ? TOOL_NOTHING : TOOL_FOUND);
}
