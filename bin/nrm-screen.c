/* nrm-screen: what the indicators support, and what is still missing; never a verdict, so that the
 * exit status is none either. The questions in a terminal, the sheet to print, the list of sets. */
#include "tool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "rules/care.h"
#include "rules/profile.h"
#include "rules/screen.h"
#include "screen/ask.h"
#include "screen/page.h"
#include "screen/record.h"
#include "screen/rows.h"
#include "screen/sheet.h"

enum mode { SHOW_CASES, LIST_SETS, PRINT_SHEET, ASK, NOTIFY };
enum { OPTION_SETS = 1, OPTION_PLAIN, OPTION_NOTIFICATION }; /* long names only */

static const struct option long_options[] = {
    {"interactive", no_argument, NULL, 'i'},
    {"questionnaire", required_argument, NULL, 'q'},
    {"set", required_argument, NULL, 'S'},
    {"language", required_argument, NULL, 'L'},
    {"sets", no_argument, NULL, OPTION_SETS},
    {"plain", no_argument, NULL, OPTION_PLAIN},
    {"notification", no_argument, NULL, OPTION_NOTIFICATION},
    {0},
};

struct screen {
    uint8_t mode; /* enum mode */
    bool plain;
    const char *sheet;  /* set to print */
    const char *wanted; /* -S, separated by commas; NULL: all */
    struct nrm_str language;
    struct nrm_rules *rules;
    struct nrm_indicators *indicators;
    bool *chosen;                        /* by the place of the set; NULL: all */
    bool *told;                          /* likewise: that its review is overdue */
    const struct nrm_profile *looked_at; /* the last profile that reviews were held against */
    struct nrm_str *versions;            /* for -o csv */
    struct nrm_screener *screener;
    struct nrm_page page;
    struct nrm_writer *writer;
};

/* --- options --- */

static void set_mode(struct tool *tool, struct screen *screen, enum mode mode)
{
    if (screen->mode != SHOW_CASES && screen->mode != mode)
        tool_usage(tool, "-i, -q, --sets and --notification are different jobs: give one of them");
    screen->mode = (uint8_t)mode;
}

static bool set_option(struct tool *tool, int letter, const char *argument)
{
    struct screen *screen = tool->own;
    switch (letter) {
    case 'i':
        set_mode(tool, screen, ASK);
        return true;
    case 'q':
        screen->sheet = argument;
        set_mode(tool, screen, PRINT_SHEET);
        return true;
    case 'S':
        screen->wanted = screen->wanted
                             ? nrm_arena_printf(&tool->arena, "%s,%s", screen->wanted, argument)
                             : argument;
        return true;
    case 'L':
        screen->language = nrm_str(argument);
        return screen->language.length >= 2 && screen->language.length <= 3;
    case OPTION_SETS:
        set_mode(tool, screen, LIST_SETS);
        return true;
    case OPTION_PLAIN:
        screen->plain = true;
        return true;
    case OPTION_NOTIFICATION:
        set_mode(tool, screen, NOTIFY);
        return true;
    default:
        return false;
    }
}

/* --- sets --- */

static void tell_no_set(struct tool *tool, const struct screen *screen, struct nrm_str name)
{
    const char *names[NRM_SETS];
    for (size_t i = 0; i < screen->indicators->count; i++)
        names[i] = screen->indicators->sets[i]->id;
    const char *nearest = nrm_text_nearest(name, names, screen->indicators->count);
    tool_usage(tool, "there is no set %.*s%s%s; --sets lists them", (int)name.length, name.text,
               nearest ? ", perhaps you mean " : "", nearest ? nearest : "");
}

/* The set NAME, read where it is a path. */
static const struct nrm_indicator_set *find_set(struct tool *tool, struct screen *screen,
                                                struct nrm_str name)
{
    if (memchr(name.text, '/', name.length))
        return nrm_indicators_read(screen->indicators, name);
    const struct nrm_indicator_set *set = nrm_indicators_set(screen->indicators, name);
    if (!set)
        tell_no_set(tool, screen, name);
    return set;
}

/* H03-X006: what -S names. */
static bool choose_sets(struct tool *tool, struct screen *screen)
{
    screen->chosen = nrm_arena_array(&tool->arena, NRM_SETS, sizeof *screen->chosen);
    for (const char *at = screen->wanted; at; at = *at ? at + 1 : NULL) {
        struct nrm_str name = {at, strcspn(at, ",")};
        const struct nrm_indicator_set *set = name.length ? find_set(tool, screen, name) : NULL;
        if (!set && tool->sink.errors == 0)
            tool_usage(tool, "-S takes names of sets, separated by commas");
        if (!set)
            return false;
        screen->chosen[set->position] = true;
        at += name.length;
    }
    return true;
}

static void look_at_language(struct tool *tool, const struct screen *screen)
{
    if (!screen->language.text)
        return;
    for (size_t i = 0; i < screen->indicators->count; i++) {
        const struct nrm_indicator_set *set = screen->indicators->sets[i];
        for (size_t j = 0; j < set->count; j++)
            if (nrm_phrase_has(&set->indicators[j].sign, screen->language))
                return;
    }
    nrm_tell(&tool->sink, NRM_WARNING, NULL, "no set has texts in %s; they come in English",
             screen->language.text);
}

static bool read_sets(struct tool *tool, struct screen *screen)
{
    screen->indicators = nrm_indicators_new(&tool->sink);
    if (!nrm_indicators_read_all(screen->indicators))
        return false;
    if (screen->wanted && !choose_sets(tool, screen))
        return false;
    look_at_language(tool, screen);
    screen->told = nrm_arena_array(&tool->arena, NRM_SETS, sizeof *screen->told);
    screen->screener = nrm_screener_new(screen->indicators, screen->chosen);
    return true;
}

static bool read_care(struct tool *tool, struct screen *screen)
{
    static const char *const names[NRM_CARE_LISTS] = {"steps", "guards", "stage2"};
    bool read = true;
    for (size_t i = 0; i < NRM_CARE_LISTS; i++) {
        screen->page.care[i] = nrm_care_read(&tool->arena, nrm_str(names[i]),
                                             nrm_rules_names(screen->rules), &tool->sink);
        read = read && screen->page.care[i];
    }
    return read;
}

/* H06-D003: once for each set, and again only where another profile asks for more. */
static void tell_overdue(struct tool *tool, struct screen *screen,
                         const struct nrm_standing *standing)
{
    const struct nrm_profile *profile = standing->profile;
    if (profile == screen->looked_at)
        return;
    int32_t day = nrm_zone_day(profile->calendar.zone, standing->scope.now.utc);
    screen->looked_at = profile;
    for (size_t i = 0; i < screen->indicators->count; i++) {
        const struct nrm_indicator_set *set = screen->indicators->sets[i];
        if (screen->told[i] || (screen->chosen && !screen->chosen[i]) ||
            !nrm_set_overdue(set, profile->screening.review_months, day))
            continue;
        screen->told[i] = true;
        nrm_tell(&tool->sink, NRM_WARNING, &set->place,
                 "the review of this set of indicators is overdue");
    }
}

/* --- cases --- */

static struct nrm_str time_text(struct nrm_arena *arena, const struct nrm_standing *standing)
{
    struct nrm_buffer text = {0};
    nrm_time_text(&standing->scope.now, standing->profile->calendar.zone, &text);
    struct nrm_str copy = {nrm_arena_copy(arena, text.text, text.length), text.length};
    nrm_buffer_free(&text);
    return copy;
}

static void write_case(struct screen *screen, struct nrm_case *c,
                       const struct nrm_standing *standing, const struct nrm_screening *screening)
{
    nrm_record_screening(c->arena, c->root, screening, time_text(c->arena, standing));
    nrm_writer_add(screen->writer, c);
}

static bool show_case(struct tool *tool, struct nrm_case *c)
{
    struct screen *screen = tool->own;
    struct nrm_standing standing;
    struct nrm_screening screening;
    if (!nrm_rules_stand(screen->rules, c, &standing))
        return tool->reading.keep_going;
    nrm_screen(screen->screener, &standing, &screening);
    tell_overdue(tool, screen, &standing);
    if (strcmp(tool->format, "csv") == 0)
        nrm_screen_csv(&tool->output, c, screen->versions, &screening);
    else if (strcmp(tool->format, "json") == 0)
        nrm_screen_json(&tool->output, &standing, &screening, screen->indicators, screen->page.care,
                        NRM_CARE_LISTS);
    else if (strcmp(tool->format, "yaml") == 0)
        write_case(screen, c, &standing, &screening);
    else
        nrm_page_print(&screen->page, &standing, &screening);
    screen->page.many = true;
    return true;
}

static int show_cases(struct tool *tool, struct screen *screen)
{
    screen->versions = nrm_screen_versions(&tool->arena, screen->indicators);
    if (strcmp(tool->format, "csv") == 0)
        nrm_screen_csv_header(&tool->output);
    if (strcmp(tool->format, "yaml") == 0)
        screen->writer = nrm_writer_new(&tool->output, NRM_OUT_YAML, &tool->sink);
    screen->page.output = &tool->output;
    screen->page.width = tool->width;
    screen->page.bold = tool->colour;
    screen->page.language = screen->language;
    screen->page.indicators = screen->indicators;
    screen->page.rules = screen->rules;
    tool_each_case(tool, 0, show_case);
    if (screen->writer)
        nrm_writer_finish(screen->writer);
    return TOOL_NOTHING;
}

/* --- a record without identity --- */

static bool notify(struct tool *tool, struct nrm_case *c)
{
    struct screen *screen = tool->own;
    struct nrm_standing standing;
    struct nrm_screening screening;
    if (!nrm_rules_stand(screen->rules, c, &standing))
        return tool->reading.keep_going;
    struct nrm_place place = nrm_node_place(c->root, c->file);
    if (!nrm_declines(screen->rules, &standing))
        nrm_tell(&tool->sink, NRM_NOTE, &place, "nobody declined here; there is nothing to notify");
    else if (!standing.profile->screening.duty_to_notify)
        nrm_tell(&tool->sink, NRM_NOTE, &place, "the profile %s knows no duty to notify",
                 standing.profile->id);
    else {
        nrm_screen(screen->screener, &standing, &screening);
        nrm_yaml_write(&tool->output,
                       nrm_record_notification(c->arena, c, &screening, screen->indicators,
                                               standing.profile->id));
    }
    return true;
}

/* --- the other jobs --- */

static int print_sheet(struct tool *tool, struct screen *screen)
{
    const struct nrm_indicator_set *set = find_set(tool, screen, nrm_str(screen->sheet));
    if (!set)
        return TOOL_TROUBLE;
    nrm_sheet_print(&tool->output, set, screen->page.care[1], screen->language, tool->width);
    return TOOL_NOTHING;
}

static int list_sets(struct tool *tool, struct screen *screen)
{
    struct nrm_case none = {.arena = &tool->arena};
    const struct nrm_profile *profile = nrm_rules_profile(screen->rules, &none);
    enum nrm_sets_format format = strcmp(tool->format, "csv") == 0    ? NRM_SETS_CSV
                                  : strcmp(tool->format, "json") == 0 ? NRM_SETS_JSON
                                                                      : NRM_SETS_TEXT;
    if (!profile)
        return TOOL_TROUBLE;
    nrm_sets_print(&tool->output, screen->indicators, screen->chosen,
                   profile->screening.review_months, format, tool->width);
    return TOOL_NOTHING;
}

static int tell_asked(struct tool *tool, enum nrm_asked asked, const char *path, size_t answered,
                      size_t open)
{
    struct nrm_place place = {.file = path};
    if (asked == NRM_ASKED_INTERRUPTED)
        nrm_tell(&tool->sink, NRM_NOTE, &place, "interrupted; nothing was kept");
    else if (asked == NRM_ASKED_NOTHING)
        nrm_tell(&tool->sink, NRM_NOTE, &place, "no answer was given; nothing was written");
    else if (asked == NRM_ASKED_KEPT)
        nrm_tell(&tool->sink, NRM_NOTE, &place, "answers kept: %zu; questions still open: %zu",
                 answered, open);
    return asked == NRM_ASKED_KEPT || asked == NRM_ASKED_NOTHING ? TOOL_NOTHING : TOOL_TROUBLE;
}

/* What is closed would be another file as soon as one is opened. */
static bool is_closed(int file)
{
    return fcntl(file, F_GETFD) < 0;
}

/* Whether answers can come in and go out. False: told. */
static bool can_ask(struct tool *tool, const char *path)
{
    if (is_closed(STDIN_FILENO))
        tool_usage(tool, "-i reads the answers from standard input, which is closed");
    else if (!path && is_closed(STDOUT_FILENO))
        tool_usage(tool, "-i needs a FILE to keep the answers, as standard output is closed");
    /* a case on the screen would stay there for the next person to read */
    else if (!path && isatty(STDOUT_FILENO))
        tool_usage(tool, "-i needs a FILE to keep the answers, or standard output in a file");
    return tool->sink.errors == 0;
}

static int ask(struct tool *tool, struct screen *screen)
{
    const char *path = tool->operand_count ? tool->operands[0] : NULL;
    const char *terminal = getenv("TERM");
    struct nrm_node *root;
    size_t answered, open;
    if (path && strcmp(path, "-") == 0)
        path = NULL;
    if (!can_ask(tool, path))
        return TOOL_TROUBLE;
    int out = path && isatty(STDOUT_FILENO) ? STDOUT_FILENO : STDERR_FILENO;
    struct nrm_asking asking = {
        .rules = screen->rules,
        .indicators = screen->indicators,
        .screener = screen->screener,
        .care = screen->page.care[1],
        .language = screen->language,
        .short_list = !screen->wanted,
        .plain = screen->plain || !isatty(STDIN_FILENO) || !isatty(out) || !terminal ||
                 !*terminal || strcmp(terminal, "dumb") == 0,
        .path = path,
        .sink = &tool->sink,
        .arena = &tool->arena,
    };
    enum nrm_asked asked = nrm_ask(&asking, out, &root, &answered, &open);
    if (asked == NRM_ASKED_KEPT && !path)
        nrm_yaml_write(&tool->output, root);
    return tell_asked(tool, asked, path, answered, open);
}

/* What a job makes of -o and of operands: what would have no effect is a mistake. False: told. */
static bool check_use(struct tool *tool, const struct screen *screen)
{
    static const struct {
        const char *option, *formats;
        size_t operands;
    } jobs[] = {
        [SHOW_CASES] = {"", "text csv yaml json", SIZE_MAX},
        [LIST_SETS] = {"--sets", "text csv json", 0},
        [PRINT_SHEET] = {"-q", "text", 0},
        [ASK] = {"-i", "text yaml", 1},
        [NOTIFY] = {"--notification", "text yaml", SIZE_MAX},
    };
    const char *option = jobs[screen->mode].option;
    if (!strstr(jobs[screen->mode].formats, tool->format))
        tool_usage(tool, "%s prints no %s", option, tool->format);
    else if (tool->operand_count > jobs[screen->mode].operands)
        tool_usage(tool, jobs[screen->mode].operands ? "%s takes one FILE" : "%s takes no FILE",
                   option);
    return tool->sink.errors == 0;
}

static int work(struct tool *tool, struct screen *screen)
{
    if (!check_use(tool, screen))
        return TOOL_TROUBLE;
    screen->rules = tool_rules(tool);
    if (!screen->rules || !read_sets(tool, screen) || !read_care(tool, screen))
        return TOOL_TROUBLE;
    switch (screen->mode) {
    case LIST_SETS:
        return list_sets(tool, screen);
    case PRINT_SHEET:
        return print_sheet(tool, screen);
    case ASK:
        return ask(tool, screen);
    case NOTIFY:
        tool_each_case(tool, 0, notify);
        return TOOL_NOTHING;
    default:
        return show_cases(tool, screen);
    }
}

int main(int argc, char **argv)
{
    struct screen screen = {0};
    struct tool tool = {
        .name = "nrm-screen",
        .synopsis = "[-kv] [-L LANGUAGE] [-m MAP] [-n TIME] [-o FORMAT] [-p PROFILE]\n"
                    "                  [-S SET] [--notification] [FILE...]\n"
                    "       nrm-screen -i [--plain] [-L LANGUAGE] [-S SET] [FILE]\n"
                    "       nrm-screen -q SET [-L LANGUAGE]\n"
                    "       nrm-screen --sets [-o FORMAT]",
        .summary = "show what the indicators support, and what is still missing",
        .help =
            "  -i, --interactive     ask the questions one by one and keep the answers in FILE\n"
            "      --plain           -i without cursor movement, for screen readers\n"
            "  -q, --questionnaire SET\n"
            "                        print the questions as a sheet to fill in by hand\n"
            "  -S, --set SET,...     look at these sets only\n"
            "      --sets            list the sets, their versions and sources\n"
            "  -L, --language LANG   texts in this language, where there are any\n"
            "      --notification    of adults who declined: a record without identity\n",
        .options = "iq:S:L:",
        .long_options = long_options,
        .option = set_option,
        .formats = "text csv yaml json",
        .own = &screen,
    };
    int left = tool_start(&tool, argc, argv);
    if (left >= 0)
        return left;
    int status = work(&tool, &screen);
    nrm_screener_free(screen.screener);
    nrm_indicators_free(screen.indicators);
    return tool_end(&tool, status);
}
