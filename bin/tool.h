/* What every tool's main does: common options, messages on standard error, the clock, the reader,
 * the exit status. One tool is one struct tool in its own file; this is the only state there is. */
#ifndef NRM_BIN_TOOL_H
#define NRM_BIN_TOOL_H

#include <getopt.h>
#include <stdbool.h>

#include "nrm.h"

/* Exit status of all tools: as grep and diff. */
enum { TOOL_NOTHING = 0, TOOL_FOUND = 1, TOOL_TROUBLE = 2 };

struct tool {
    /* set by the tool before tool_start */
    const char *name;     /* "nrm-status" */
    const char *synopsis; /* "[-w] [FILE...]": behind the name in the usage line */
    const char *summary;  /* one line: what it does */
    const char *help;     /* own options, one line each, "  -w, --why        ..." */
    /* own getopt letters ("g:tu"), "" for none; a common option whose letter stands here keeps its
     * long name only */
    const char *options;
    const struct option *long_options; /* own long options, ended by {0}, or NULL */
    bool (*option)(struct tool *tool, int letter,
                   const char *argument); /* own option; false: wrong */
    const char
        *formats; /* what -o takes, separated by spaces, the default first: "text csv json" */
    void *own;    /* the tool's own settings */

    /* filled by tool_start */
    const char *format; /* one of FORMATS */
    bool quiet, verbose;
    struct nrm_time now;               /* -n, else the present moment */
    const char *profile;               /* -p or NULL */
    struct nrm_map *map;               /* -m or NULL */
    struct nrm_reader_options reading; /* -i, -k, -m and the sink */
    char **operands;                   /* what is left of argv */
    size_t operand_count;
    struct nrm_sink
        sink; /* prints "file:line:column: text" on standard error; -q drops notes and warnings */
    struct nrm_output output; /* standard output */
    struct nrm_arena arena;   /* for the whole run */
    size_t width;             /* columns of the terminal on standard output; 0: not a terminal */
    bool colour;              /* a terminal, and NO_COLOR is not set */

    /* private to tool.c */
    struct nrm_zones *zones;
    struct nrm_rules *rules;
    bool now_is_day; /* -n was a date alone: the end of that day, in the zone of the profile */
};

/* Parse the command line. -1: go on; otherwise the status to leave with (after -h, -V, or a usage
 * error). Common options: -h -V -q -v -k -i FORMAT -m MAP -n TIME -o FORMAT -p PROFILE; long:
 * --help --version --quiet --verbose --keep-going --input --map --now --output --profile. */
int tool_start(struct tool *tool, int argc, char **argv);

/* Call EACH for every case of the operands from FIRST on (none left: standard input), until it
 * returns false. The reader's trouble is remembered for tool_end. */
void tool_each_case(struct tool *tool, size_t first,
                    bool (*each)(struct tool *tool, struct nrm_case *c));

/* What -o asks of a tool that writes cases: yaml, csv, events or json. */
enum nrm_out_format tool_out_format(const struct tool *tool);

/* Flush standard output, free everything, and give the status to leave with: TOOL_TROUBLE where the
 * output could not be written (told) or an error was told, otherwise STATUS. */
int tool_end(struct tool *tool, int status);

/* A usage error: told with the hint to -h; returns TOOL_TROUBLE. */
int tool_usage(struct tool *tool, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The rules for this run from -n and -p; NULL after a told error. Freed by tool_end. A date alone
 * after -n is settled here: it stands for the last second of that day in the zone of the profile.
 */
struct nrm_rules *tool_rules(struct tool *tool);

#endif
