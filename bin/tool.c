/* What all tools share: the command line, messages, the clock, the stream of cases, the end. */
#include "tool.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const char common_letters[] = "hVqvki:m:n:o:p:";
enum { LONG_NAME = 0x100 }; /* added to the letter of a common option that is left its long name */
static const struct option common_options[] = {
    {"help", no_argument, NULL, 'h'},         {"version", no_argument, NULL, 'V'},
    {"quiet", no_argument, NULL, 'q'},        {"verbose", no_argument, NULL, 'v'},
    {"keep-going", no_argument, NULL, 'k'},   {"input", required_argument, NULL, 'i'},
    {"map", required_argument, NULL, 'm'},    {"now", required_argument, NULL, 'n'},
    {"output", required_argument, NULL, 'o'}, {"profile", required_argument, NULL, 'p'},
};
enum { COMMON_COUNT = sizeof common_options / sizeof *common_options };

static const char common_help[] =
    "  -i, --input FORMAT    what the files are: yaml, csv or events (default: look)\n"
    "  -k, --keep-going      after a case that cannot be read go on with the next\n"
    "  -m, --map MAP         read tables with foreign columns through a map\n"
    "  -n, --now TIME        reckon with this moment: YYYY-MM-DD (its end) or with time and "
    "offset\n"
    "  -p, --profile NAME    judge every case by this country profile\n"
    "  -q, --quiet           no notes and warnings\n"
    "  -v, --verbose         say more on standard error\n"
    "  -h, --help            this text\n"
    "  -V, --version         name and version\n";

/* --- messages --- */

static void write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno != EINTR)
            return;
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
}

/* One message is one write, so that messages of several tools in a pipe stay whole. */
static void print_message(struct nrm_sink *sink, enum nrm_level level,
                          const struct nrm_place *place, const char *text)
{
    struct tool *tool = sink->context;
    struct nrm_buffer line = {0};
    if (tool->quiet && level != NRM_ERROR)
        return;
    if (place && place->file)
        nrm_text_add_safe(&line, nrm_str(place->file));
    else
        nrm_buffer_add_str(&line, nrm_str(tool->name));
    if (place && place->file && place->line > 0)
        nrm_buffer_printf(&line, ":%u", (unsigned)place->line);
    if (place && place->file && place->line > 0 && place->column > 0)
        nrm_buffer_printf(&line, ":%u", (unsigned)place->column);
    nrm_buffer_printf(&line, ": %s\n", text);
    write_all(STDERR_FILENO, line.text, line.length);
    nrm_buffer_free(&line);
}

int tool_usage(struct tool *tool, const char *format, ...)
{
    struct nrm_buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    nrm_buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    nrm_tell(&tool->sink, NRM_ERROR, NULL, "%s; %s -h shows the options", text.text, tool->name);
    nrm_buffer_free(&text);
    return TOOL_TROUBLE;
}

/* --- help --- */

static bool takes_letter(const struct tool *tool, int letter)
{
    return letter > ' ' && letter != ':' && letter < LONG_NAME && strchr(tool->options, letter);
}

static void print_common_help(struct tool *tool)
{
    for (const char *at = common_help; *at;) {
        size_t length = strcspn(at, "\n") + 1;
        bool taken = takes_letter(tool, at[3]);
        nrm_output_text(&tool->output, taken ? "      " : "");
        nrm_output_add(&tool->output, at + (taken ? 6 : 0), length - (taken ? 6 : 0));
        at += length;
    }
}

static void print_help(struct tool *tool)
{
    const char *formats = tool->formats;
    nrm_output_printf(&tool->output, "Usage: %s %s\n%s\n\n", tool->name, tool->synopsis,
                      tool->summary);
    if (*tool->help)
        nrm_output_printf(&tool->output, "%s%s\n", tool->help,
                          tool->help[strlen(tool->help) - 1] == '\n' ? "" : "\n");
    nrm_output_text(&tool->output, "Options of all tools:\n");
    print_common_help(tool);
    nrm_output_text(&tool->output, "  -o, --output FORMAT   ");
    for (; *formats; formats++) {
        if (*formats == ' ')
            nrm_output_text(&tool->output, ", ");
        else
            nrm_output_add_char(&tool->output, *formats);
    }
    nrm_output_printf(&tool->output,
                      " (the first one where not given)\n\nWithout a FILE, standard input is read. "
                      "The manual: man %s\n",
                      tool->name);
}

/* --- options --- */

static bool set_input(struct tool *tool, const char *name)
{
    if (strcmp(name, "yaml") == 0)
        tool->reading.format = NRM_FORMAT_YAML;
    else if (strcmp(name, "csv") == 0)
        tool->reading.format = NRM_FORMAT_CSV;
    else if (strcmp(name, "events") == 0)
        tool->reading.format = NRM_FORMAT_EVENTS;
    else
        tool_usage(tool, "-i takes yaml, csv or events");
    return tool->sink.errors == 0;
}

static bool set_output(struct tool *tool, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = tool->formats; *at; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == length && memcmp(at, name, length) == 0) {
            tool->format = nrm_arena_copy(&tool->arena, name, length);
            return true;
        }
    tool_usage(tool, "-o takes one of: %s", tool->formats);
    return false;
}

static bool set_map(struct tool *tool, const char *name)
{
    const char *file = nrm_find(&tool->arena, "maps", nrm_str(name));
    if (tool->map) {
        tool_usage(tool, "-m can be given once");
        return false;
    }
    if (!file) {
        nrm_tell(&tool->sink, NRM_ERROR, NULL,
                 "there is no map %s in %s; name a file with a slash, as ./%s.yaml", name,
                 nrm_find_places(&tool->arena, "maps"), name);
        return false;
    }
    tool->map = nrm_map_read(&tool->arena, file, &tool->sink);
    return tool->map != NULL;
}

/* The last second of a day. */
static bool end_of_day(struct tool *tool, const struct nrm_zone *zone, int32_t day)
{
    if (!zone)
        return false;
    tool->now = nrm_time_at(nrm_zone_day_start(zone, day + 1) - 1, zone);
    tool->now_is_day = true;
    return true;
}

static bool set_now(struct tool *tool, const char *text)
{
    struct nrm_time time;
    enum nrm_time_fault fault = nrm_time_parse(nrm_str(text), &time);
    if (fault != NRM_TIME_OK) {
        tool_usage(tool, "-n: %s", nrm_time_fault_text(fault));
        return false;
    }
    if (time.precision < NRM_TIME_DAY) {
        tool_usage(tool, "-n: a whole date is wanted, as 2026-03-01");
        return false;
    }
    if (time.precision == NRM_TIME_SECOND) {
        tool->now = time;
        tool->now_is_day = false;
        return true;
    }
    if (!tool->zones)
        tool->zones = nrm_zones_new();
    const struct nrm_zone *zone = nrm_zone_get(tool->zones, NRM_STR("Europe/Warsaw"));
    if (!zone)
        zone = nrm_zone_get(tool->zones, NRM_STR("UTC"));
    if (end_of_day(tool, zone, time.day))
        return true;
    nrm_tell(&tool->sink, NRM_ERROR, NULL,
             "-n: no time zones are installed; give a time with offset, as 2026-03-01T12:00Z");
    return false;
}

/* 1: taken; 0: wrong, told; -1: not a common option. */
static int set_common(struct tool *tool, int letter, const char *argument)
{
    switch (letter) {
    case 'q':
        tool->quiet = true;
        return 1;
    case 'v':
        tool->verbose = true;
        return 1;
    case 'k':
        tool->reading.keep_going = true;
        return 1;
    case 'i':
        return set_input(tool, argument);
    case 'm':
        return set_map(tool, argument);
    case 'n':
        return set_now(tool, argument);
    case 'o':
        return set_output(tool, argument);
    case 'p':
        tool->profile = argument;
        return 1;
    default:
        return -1;
    }
}

static struct option *all_long_options(struct tool *tool)
{
    size_t own = 0;
    while (tool->long_options && tool->long_options[own].name)
        own++;
    struct option *all = nrm_arena_array(&tool->arena, own + COMMON_COUNT + 1, sizeof *all);
    if (own)
        memcpy(all, tool->long_options, own * sizeof *all);
    memcpy(all + own, common_options, sizeof common_options);
    for (size_t i = own; i < own + COMMON_COUNT; i++)
        if (takes_letter(tool, all[i].val))
            all[i].val += LONG_NAME;
    return all;
}

/* -1: go on; otherwise the status to leave with. */
static int read_options(struct tool *tool, int argc, char **argv)
{
    const char *letters = nrm_arena_printf(&tool->arena, ":%s%s", tool->options, common_letters);
    const struct option *long_options = all_long_options(tool);
    opterr = 0;
    for (;;) {
        int before = optind;
        int letter = getopt_long(argc, argv, letters, long_options, NULL);
        if (letter == -1)
            return -1;
        const char *given = argv[before < argc ? before : argc - 1];
        if (letter == ':' && optopt > 0)
            return tool_usage(tool, "-%c needs an argument", optopt);
        if (letter == '?' && optopt > 0 && optopt < 128 && given[0] == '-' && given[1] != '-')
            return tool_usage(tool, "there is no option -%c", optopt);
        if (letter == '?')
            return tool_usage(tool, "there is no such option: %s", argv[optind - 1]);
        if (letter == 'h') {
            print_help(tool);
            return TOOL_NOTHING;
        }
        if (letter == 'V') {
            nrm_output_printf(&tool->output, "%s (nrm) %s\n", tool->name, NRM_VERSION);
            return TOOL_NOTHING;
        }
        int taken =
            takes_letter(tool, letter)
                ? -1
                : set_common(tool, letter >= LONG_NAME ? letter - LONG_NAME : letter, optarg);
        if (taken < 0 && !tool->option(tool, letter, optarg) && tool->sink.errors == 0)
            return tool_usage(tool, "-%c: wrong argument", letter);
        if (taken == 0 || tool->sink.errors > 0)
            return TOOL_TROUBLE;
    }
}

/* --- surroundings --- */

static void look_at_terminal(struct tool *tool)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    if (!isatty(STDOUT_FILENO))
        return;
    const char *plain = getenv("NO_COLOR");
    tool->colour = !plain || !*plain;
    tool->width = 80;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        tool->width = size.ws_col;
    else if (columns && strtoul(columns, NULL, 10) > 0)
        tool->width = strtoul(columns, NULL, 10);
}

/* The width of characters is asked of the C library; all our text is UTF-8. */
static void set_locale(void)
{
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

static struct nrm_time present(void)
{
    int64_t utc = time(NULL);
    int64_t day = utc >= 0 ? utc / 86400 : -((86399 - utc) / 86400);
    return (struct nrm_time){.precision = NRM_TIME_SECOND, .day = (int32_t)day, .utc = utc};
}

int tool_start(struct tool *tool, int argc, char **argv)
{
    signal(SIGPIPE, SIG_DFL);
    set_locale();
    tool->sink = (struct nrm_sink){.tell = print_message, .context = tool};
    nrm_output_init(&tool->output, STDOUT_FILENO);
    look_at_terminal(tool);
    tool->now = present();
    tool->reading.sink = &tool->sink;
    tool->format = nrm_arena_copy(&tool->arena, tool->formats, strcspn(tool->formats, " "));
    int left = read_options(tool, argc, argv);
    if (left >= 0)
        return tool_end(tool, left);
    tool->reading.map = tool->map;
    tool->operands = argv + optind;
    tool->operand_count = (size_t)(argc - optind);
    return -1;
}

void tool_each_case(struct tool *tool, size_t first,
                    bool (*each)(struct tool *tool, struct nrm_case *c))
{
    size_t count = tool->operand_count > first ? tool->operand_count - first : 0;
    const char **paths = nrm_calloc(count, sizeof *paths);
    for (size_t i = 0; i < count; i++)
        paths[i] = tool->operands[first + i];
    struct nrm_reader *reader = nrm_reader_new(paths, count, &tool->reading);
    struct nrm_case *c;
    while (nrm_reader_next(reader, &c) == 1 && each(tool, c))
        ;
    nrm_reader_free(reader);
    free(paths);
}

enum nrm_out_format tool_out_format(const struct tool *tool)
{
    if (strcmp(tool->format, "csv") == 0)
        return NRM_OUT_CSV;
    if (strcmp(tool->format, "events") == 0)
        return NRM_OUT_EVENTS;
    return strcmp(tool->format, "json") == 0 ? NRM_OUT_JSON : NRM_OUT_YAML;
}

struct nrm_rules *tool_rules(struct tool *tool)
{
    struct nrm_rules_options options = {.now = tool->now, .sink = &tool->sink};
    if (tool->profile)
        options.profile = nrm_str(tool->profile);
    if (tool->now_is_day)
        options.now = (struct nrm_time){.precision = NRM_TIME_DAY, .day = tool->now.day};
    tool->rules = nrm_rules_new(&options);
    if (!tool->rules || !tool->now_is_day)
        return tool->rules;
    struct nrm_case none = {.arena = &tool->arena};
    const struct nrm_profile *profile = nrm_rules_profile(tool->rules, &none);
    if (!profile)
        return NULL;
    struct nrm_str zone = nrm_str(profile->zone_name);
    return end_of_day(tool, nrm_zone_get(tool->zones, zone), tool->now.day) ? tool->rules : NULL;
}

static void tell_output_error(struct tool *tool, int error)
{
    nrm_tell(&tool->sink, NRM_ERROR, NULL, "standard output: %s", strerror(error));
}

int tool_end(struct tool *tool, int status)
{
    bool written = nrm_output_finish(&tool->output);
    if (!written)
        tell_output_error(tool, tool->output.error);
    else if (close(STDOUT_FILENO) != 0 && errno != EBADF && errno != EINTR)
        tell_output_error(tool, errno);
    if (tool->sink.errors > 0)
        status = TOOL_TROUBLE;
    nrm_rules_free(tool->rules);
    nrm_zones_free(tool->zones);
    nrm_map_free(tool->map);
    nrm_arena_free(&tool->arena);
    return status;
}
