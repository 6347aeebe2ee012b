/* nrm-convert: the same cases in another form. */
#include "tool.h"

static bool write_case(struct tool *tool, struct nrm_case *c)
{
    nrm_writer_add(tool->own, c);
    return true;
}

int main(int argc, char **argv)
{
    struct tool tool = {
        .name = "nrm-convert",
        .synopsis = "[-kq] [-i FORMAT] [-m MAP] [-o FORMAT] [FILE...]",
        .summary = "Write cases in another form: YAML, a table of cases, a table of events, JSON.",
        .help = "",
        .options = "",
        .formats = "yaml csv events json",
    };
    int left = tool_start(&tool, argc, argv);
    if (left >= 0)
        return left;
    tool.own = nrm_writer_new(&tool.output, tool_out_format(&tool), &tool.sink);
    tool_each_case(&tool, 0, write_case);
    if (tool.sink.errors == 0 || tool.reading.keep_going)
        nrm_writer_finish(tool.own);
    else
        nrm_writer_drop(tool.own);
    return tool_end(&tool, TOOL_NOTHING);
}
