/* nrm-case: start a case from a template, log an event after looking at the step, void an event,
 * show a case, print forms to fill in. The only tool that changes the events of case files. */
#include "tool.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "data/case_id.h"
#include "data/form.h"
#include "data/template.h"
#include "rules/case_page.h"
#include "rules/log_file.h"
#include "rules/profile.h"

enum { TEXT_LENGTH = 1024 * 1024, NUMBERS_TRIED = 1000 };

struct one_case {
    struct nrm_rules *rules;
    const char *template;  /* -t */
    const char *directory; /* -d */
    const char *id;        /* -c */
    const char *anyway;    /* -a */
    bool identity;         /* -I */
    unsigned long shown;
};

/* --- which case --- */

/* The file that an operand names; NULL, told. With -d the operand is the id as well. */
static const char *case_file(struct tool *tool, const char *operand)
{
    struct one_case *own = tool->own;
    if (!own->directory)
        return operand;
    own->id = own->id ? own->id : operand;
    return nrm_case_file(&tool->arena, own->directory, nrm_str(operand), &tool->sink);
}

static struct nrm_str wanted_id(const struct one_case *own)
{
    return own->id ? nrm_str(own->id) : (struct nrm_str){0};
}

/* --- new --- */

static const struct nrm_profile *own_profile(struct tool *tool)
{
    struct one_case *own = tool->own;
    struct nrm_case none = {.arena = &tool->arena};
    return nrm_rules_profile(own->rules, &none);
}

static int this_year(struct tool *tool, const struct nrm_profile *profile)
{
    int year, month, day;
    nrm_day_to_civil(nrm_zone_day(profile->calendar.zone, tool->now.utc), &year, &month, &day);
    return year;
}

/* Write a new case into -d; where no id was given the next free number is taken. */
static int new_file(struct tool *tool, const char *id, struct nrm_str profile, int year)
{
    struct one_case *own = tool->own;
    for (int tries = 0; tries < NUMBERS_TRIED; tries++) {
        struct nrm_str text;
        const char *given = id;
        if (!id) {
            unsigned number = nrm_case_next_number(own->directory, year, &tool->sink);
            if (!number)
                return TOOL_TROUBLE;
            given = nrm_arena_printf(&tool->arena, "%04d-%04u", year, number);
        }
        if (!nrm_template_fill(&tool->arena, own->template, nrm_str(given), profile, &text,
                               &tool->sink))
            return TOOL_TROUBLE;
        const char *path = nrm_case_file(&tool->arena, own->directory, nrm_str(given), &tool->sink);
        const char *name = nrm_arena_printf(&tool->arena, "%s.yaml", given);
        enum nrm_store_made made = NRM_STORE_EXISTS;
        if (path && access(path, F_OK) != 0)
            made = nrm_store_create(own->directory, name, text, &tool->sink);
        if (made == NRM_STORE_MADE) {
            nrm_output_printf(&tool->output, "%s\n", path);
            return TOOL_NOTHING;
        }
        if (made == NRM_STORE_FAILED)
            return TOOL_TROUBLE;
        if (id)
            break;
    }
    nrm_tell(&tool->sink, NRM_ERROR, NULL,
             "there is a case with this id already; nothing was written");
    return TOOL_TROUBLE;
}

static int run_new(struct tool *tool)
{
    struct one_case *own = tool->own;
    const char *id = tool->operand_count ? tool->operands[0] : NULL;
    const char *fault = id ? nrm_case_id_fault(nrm_str(id)) : NULL;
    struct nrm_str text, open = {0}, profile = nrm_str(tool->profile ? tool->profile : "odihr");
    if (tool->operand_count > 1)
        return tool_usage(tool, "new takes one id at most");
    if (fault)
        return tool_usage(tool, "%s", fault);
    if (nrm_case_id_fault(profile))
        return tool_usage(tool, "-p: a case names its profile by a plain name, without a path");
    const struct nrm_profile *known = own_profile(tool);
    if (!known)
        return TOOL_TROUBLE;
    if (own->directory)
        return new_file(tool, id, profile, this_year(tool, known));
    if (!nrm_template_fill(&tool->arena, own->template, id ? nrm_str(id) : open, profile, &text,
                           &tool->sink))
        return TOOL_TROUBLE;
    nrm_output_add_str(&tool->output, text);
    return TOOL_NOTHING;
}

/* --- log and void --- */

/* The text of standard input, its last line end left out. */
static bool read_text(void *context, const struct nrm_field *field, struct nrm_str *text)
{
    struct tool *tool = context;
    struct nrm_buffer all = {0};
    struct nrm_input input;
    char block[4096];
    size_t length;
    if (isatty(STDIN_FILENO) && !tool->quiet)
        nrm_tell(&tool->sink, NRM_NOTE, NULL,
                 "%s: type the text and end it with Ctrl-D on a line of its own", field->path);
    if (!nrm_input_open(&input, "-", &tool->sink))
        return false;
    nrm_buffer_add(&all, "", 0);
    while (all.length <= TEXT_LENGTH && (length = nrm_input_read(&input, block, sizeof block)) > 0)
        for (size_t i = 0; i < length; i++)
            if (block[i] != '\r')
                nrm_buffer_add_char(&all, block[i]);
    bool failed = input.failed;
    nrm_input_close(&input);
    while (all.length && all.text[all.length - 1] == '\n')
        all.length--;
    *text = (struct nrm_str){nrm_arena_copy(&tool->arena, all.text, all.length), all.length};
    nrm_buffer_free(&all);
    if (!failed && text->length > TEXT_LENGTH)
        nrm_tell(&tool->sink, NRM_ERROR, NULL,
                 "%s: over 1 MiB of text; keep it in a file of its own", field->path);
    else if (!failed && text->length == 0)
        nrm_tell(&tool->sink, NRM_ERROR, NULL, "%s: no text came on standard input", field->path);
    return !failed && text->length > 0 && text->length <= TEXT_LENGTH;
}

static bool is_key(const char *word, const char *key)
{
    size_t length = strlen(key);
    return strncmp(word, key, length) == 0 && word[length] == '=';
}

/* The event as far as the command line goes; standard input is read before anything is locked. */
static bool take_words(struct tool *tool, struct nrm_logging *logging, const char *type)
{
    bool reason = !logging->target;
    logging->form = (struct nrm_event_form){
        .arena = &tool->arena, .sink = &tool->sink, .ask = read_text, .context = tool};
    if (!nrm_event_form_start(&logging->form, nrm_str(type), NRM_STR("now")))
        return false;
    if (logging->target && !nrm_event_form_put(&logging->form, "event", NRM_STR("?")))
        return false;
    for (size_t i = 2; i < tool->operand_count; i++) {
        const char *word = tool->operands[i];
        if (logging->target && is_key(word, "event")) {
            tool_usage(tool, "void: the event stands in front of its reason");
            return false;
        }
        if (!nrm_event_form_set(&logging->form, nrm_str(word)))
            return false;
        logging->dated = logging->dated || is_key(word, "at");
        reason = reason || is_key(word, "reason");
    }
    if (!reason)
        tool_usage(tool,
                   "void: say why, with reason=TEXT, or reason=- and the text on standard input");
    return reason;
}

/* The reason of --anyway, which may come from standard input as well. */
static bool read_reason(struct tool *tool, struct nrm_logging *logging)
{
    static const struct nrm_field anyway = {.path = "--anyway"};
    struct nrm_str text;
    if (!logging->anyway || strcmp(logging->anyway, "-") != 0)
        return true;
    if (logging->form.asked) {
        tool_usage(tool, "--anyway: standard input was read for a field already");
        return false;
    }
    if (!read_text(tool, &anyway, &text))
        return false;
    logging->anyway = text.text;
    return true;
}

/* What the event changed. */
static void report(struct tool *tool, const struct nrm_logging *logging)
{
    const struct nrm_change *changes;
    size_t count = nrm_log_changes(logging->rules, &logging->log, &changes);
    struct nrm_buffer text = {0};
    if (logging->before.id.text)
        nrm_text_add_safe(&text, logging->before.id);
    nrm_output_printf(&tool->output, "%s: event %u, %s\n", text.text ? text.text : "(no id)",
                      logging->log.event->position, logging->form.type->name);
    for (size_t i = 0; i < count; i++)
        nrm_output_printf(&tool->output, "  %s: %s, was %s\n", changes[i].name, changes[i].to,
                          changes[i].from);
    if (!nrm_output_flush(&tool->output))
        nrm_tell(&tool->sink, NRM_ERROR, NULL,
                 "the event is in the file; only this report of it could not be written");
    nrm_buffer_free(&text);
}

static int log_event(struct tool *tool, const char *type, const char *target)
{
    static const int statuses[] = {TOOL_TROUBLE, TOOL_FOUND, TOOL_NOTHING};
    struct one_case *own = tool->own;
    struct nrm_logging logging = {
        .arena = &tool->arena,
        .sink = &tool->sink,
        .rules = own->rules,
        .now = tool->now,
        .now_is_day = tool->now_is_day,
        .file = case_file(tool, tool->operands[0]),
        .anyway = own->anyway,
        .target = target,
    };
    logging.id = wanted_id(own);
    if (!logging.file || !take_words(tool, &logging, type) || !read_reason(tool, &logging))
        return TOOL_TROUBLE;
    enum nrm_logged logged = nrm_log_in_file(&logging);
    if (logged == NRM_LOGGED)
        report(tool, &logging);
    return statuses[logged];
}

static int run_log(struct tool *tool)
{
    if (tool->operand_count < 2)
        return tool_usage(tool, "log needs a case and the type of an event, then key=value...");
    return log_event(tool, tool->operands[1], NULL);
}

static int run_void(struct tool *tool)
{
    if (tool->operand_count < 2)
        return tool_usage(tool, "void needs a case, an event of it, and reason=TEXT");
    return log_event(tool, "void", tool->operands[1]);
}

/* --- show --- */

static bool show_case(struct tool *tool, const struct nrm_case_page *page, const struct nrm_case *c)
{
    struct one_case *own = tool->own;
    struct nrm_standing standing;
    struct nrm_str id = wanted_id(own);
    if (id.text && !(c->id.text && nrm_str_equal(c->id, id)))
        return true;
    if (!nrm_rules_stand(own->rules, c, &standing))
        return tool->reading.keep_going;
    if (own->shown++)
        nrm_output_text(&tool->output, "\n\n");
    nrm_case_page_print(page, &standing);
    return true;
}

static int run_show(struct tool *tool)
{
    struct one_case *own = tool->own;
    struct nrm_case *c;
    if (tool->operand_count != 1)
        return tool_usage(tool, "show needs one case: a file, or with -d an id");
    const char *file = case_file(tool, tool->operands[0]);
    struct nrm_case_page page = {.output = &tool->output,
                                 .width = tool->width,
                                 .bold = tool->colour,
                                 .identity = own->identity,
                                 .rules = own->rules};
    const struct nrm_names *names = nrm_rules_names(own->rules);
    page.care[0] = nrm_care_read(&tool->arena, NRM_STR("steps"), names, &tool->sink);
    page.care[1] = nrm_care_read(&tool->arena, NRM_STR("next"), names, &tool->sink);
    if (!file || !page.care[0] || !page.care[1])
        return TOOL_TROUBLE;
    struct nrm_reader *reader = nrm_reader_new(&file, 1, &tool->reading);
    while (nrm_reader_next(reader, &c) == 1 && show_case(tool, &page, c))
        ;
    nrm_reader_free(reader);
    struct nrm_place place = {.file = file};
    if (!own->shown && own->id && !tool->sink.errors)
        nrm_tell(&tool->sink, NRM_ERROR, &place, "no case in this file has that id");
    return own->shown ? TOOL_NOTHING : TOOL_TROUBLE;
}

static int run_form(struct tool *tool)
{
    if (tool->operand_count != 1)
        return tool_usage(tool, "form needs the type of an event, or a field of the case");
    return nrm_form_print(&tool->output, nrm_str(tool->operands[0]), &tool->sink) ? TOOL_NOTHING
                                                                                  : TOOL_TROUBLE;
}

/* --- command line --- */

static bool own_option(struct tool *tool, int letter, const char *argument)
{
    static const char *const templates[] = {"adult", "child", "unsure"};
    struct one_case *own = tool->own;
    switch (letter) {
    case 't':
        own->template = NULL;
        for (size_t i = 0; i < sizeof templates / sizeof *templates; i++)
            if (strcmp(argument, templates[i]) == 0)
                own->template = templates[i];
        if (!own->template)
            tool_usage(tool, "-t takes adult, child or unsure");
        return own->template != NULL;
    case 'd':
        own->directory = argument;
        return true;
    case 'c':
        own->id = argument;
        return true;
    case 'a':
        own->anyway = argument;
        if (!*argument)
            tool_usage(tool, "--anyway needs a reason, which is recorded in the event");
        else if (!nrm_utf8_valid(nrm_str(argument)))
            tool_usage(tool, "--anyway: this is not UTF-8 text; type it anew in a terminal set to "
                             "UTF-8");
        return tool->sink.errors == 0;
    default:
        own->identity = true;
        return true;
    }
}

static int run(struct tool *tool)
{
    static const struct {
        const char *name;
        int (*run)(struct tool *tool);
    } commands[] = {{"new", run_new},
                    {"log", run_log},
                    {"void", run_void},
                    {"show", run_show},
                    {"form", run_form}};
    struct one_case *own = tool->own;
    for (size_t i = 0; i < sizeof commands / sizeof *commands && tool->operand_count; i++) {
        if (strcmp(tool->operands[0], commands[i].name) != 0)
            continue;
        tool->operands++;
        tool->operand_count--;
        own->rules = tool_rules(tool);
        return own->rules ? commands[i].run(tool) : TOOL_TROUBLE;
    }
    return tool_usage(tool, "say what to do: new, log, void, show or form");
}

int main(int argc, char **argv)
{
    static const struct option long_options[] = {
        {"template", required_argument, NULL, 't'}, {"directory", required_argument, NULL, 'd'},
        {"case", required_argument, NULL, 'c'},     {"anyway", required_argument, NULL, 'a'},
        {"identity", no_argument, NULL, 'I'},       {0}};
    struct one_case own = {.template = "unsure"};
    struct tool tool = {
        .name = "nrm-case",
        .synopsis = "new [-t adult|child|unsure] [-d DIR] [ID]\n"
                    "       nrm-case log [-a REASON] [-c ID] [-d DIR] CASE TYPE KEY=VALUE...\n"
                    "       nrm-case void [-a REASON] [-c ID] [-d DIR] CASE EVENT reason=TEXT\n"
                    "       nrm-case show [-I] [-c ID] [-d DIR] CASE\n"
                    "       nrm-case form TYPE|FIELD",
        .summary =
            "start a case, log and void its events, show it, print forms\n\n"
            "CASE is a file, or with -d the id of a case in that directory. TYPE and KEY are\n"
            "those of nrm-case(5); a VALUE of - is read from standard input, as free text\n"
            "about a person must be.",
        .help =
            "  -a, --anyway REASON   log a step that is not as it should be, and record why\n"
            "  -c, --case ID         the case with this id, in a file of several\n"
            "  -d, --directory DIR   the directory of cases\n"
            "  -I, --identity        show what names the person as well\n"
            "  -t, --template TRACK  start from the template adult, child or unsure (default)\n",
        .options = "a:c:d:It:",
        .long_options = long_options,
        .option = own_option,
        .formats = "text",
        .own = &own,
    };
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of write, like a full disk */
    int left = tool_start(&tool, argc, argv);
    if (left >= 0)
        return left;
    return tool_end(&tool, run(&tool));
}
