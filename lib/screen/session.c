/* Showing the steps of a dialogue and reading what is typed; see session.h. */
#include "screen/session.h"

#include "base/wrap.h"

enum { KEY_LINES = 4, NARROW = 20 };

/* --- on a screen --- */

/* Print the lines of TEXT that stand on PAGE where each page has ROOM lines; OUTPUT NULL: none.
 * Returns the number of pages. */
static size_t print_page(struct nrm_output *output, struct nrm_str text, size_t page, size_t room)
{
    size_t line = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (output && line / room == page)
            nrm_output_add_char(output, text.text[i]);
        line += text.text[i] == '\n';
    }
    return line == 0 ? 1 : (line + room - 1) / room;
}

/* Returns the number of pages. */
static size_t show(const struct nrm_dialogue *dialogue, struct nrm_terminal *terminal)
{
    size_t width, height;
    struct nrm_output text;
    nrm_terminal_size(terminal, &width, &height);
    width = width > NARROW ? width - 1 : NARROW;
    nrm_output_init(&text, -1);
    nrm_dialogue_show(dialogue, &text, width);
    nrm_terminal_clear(terminal);
    size_t room = height > 2 * KEY_LINES ? height - KEY_LINES : KEY_LINES;
    struct nrm_str shown = {text.buffer.text ? text.buffer.text : "", text.buffer.length};
    size_t pages = print_page(NULL, shown, 0, room);
    size_t page = dialogue->page < pages ? dialogue->page : pages - 1;
    print_page(&terminal->output, shown, page, room);
    nrm_output_add_char(&terminal->output, '\n');
    nrm_wrap(&terminal->output, "", nrm_str(nrm_dialogue_keys(dialogue)), 0, width);
    nrm_output_flush(&terminal->output);
    nrm_output_finish(&text);
    return pages;
}

/* --- plain --- */

static void say(struct nrm_terminal *terminal, const char *text)
{
    nrm_output_text(&terminal->output, text);
    nrm_output_add_char(&terminal->output, '\n');
    nrm_output_flush(&terminal->output);
}

static void show_plain(const struct nrm_dialogue *dialogue, struct nrm_terminal *terminal,
                       bool keys)
{
    nrm_dialogue_show_plain(dialogue, &terminal->output);
    if (keys)
        say(terminal, nrm_dialogue_keys(dialogue));
    nrm_output_flush(&terminal->output);
}

/* A key as the first character of a line; an empty line is Enter. */
static int plain_key(struct nrm_terminal *terminal)
{
    struct nrm_buffer line = {0};
    int code = nrm_terminal_line(terminal, &line);
    if (code == '\n' && line.length > 0)
        code = line.length == 1 && (unsigned char)line.text[0] < 0x80 ? line.text[0]
                                                                      : NRM_TERMINAL_OTHER;
    nrm_buffer_free(&line);
    return code;
}

/* --- both --- */

static bool read_other(struct nrm_dialogue *dialogue, struct nrm_terminal *terminal, int *code)
{
    struct nrm_buffer line = {0};
    *code = nrm_terminal_line(terminal, &line);
    if (*code == '\n' || line.length > 0)
        nrm_dialogue_line(dialogue, (struct nrm_str){line.text ? line.text : "", line.length});
    if (line.text)
        explicit_bzero(line.text, line.length);
    nrm_buffer_free(&line);
    return *code == '\n';
}

bool nrm_session_run(struct nrm_dialogue *dialogue, struct nrm_terminal *terminal)
{
    size_t pages = 1;
    int told = -1; /* the step whose keys were told last */
    for (bool fresh = true;;) {
        int code;
        if (fresh && terminal->plain)
            show_plain(dialogue, terminal, told != dialogue->step);
        else if (fresh)
            pages = show(dialogue, terminal);
        fresh = false;
        told = dialogue->step;
        if (dialogue->step == NRM_STEP_OTHER && read_other(dialogue, terminal, &code)) {
            fresh = true;
            continue;
        }
        if (dialogue->step != NRM_STEP_OTHER)
            code = terminal->plain ? plain_key(terminal) : nrm_terminal_key(terminal);
        if (code == NRM_TERMINAL_INTERRUPT)
            return false;
        if (code == NRM_TERMINAL_END)
            return true;
        if (code == NRM_TERMINAL_RESIZED)
            fresh = true;
        enum nrm_dialogue_move move =
            code > 0 ? nrm_dialogue_key(dialogue, code, pages) : NRM_MOVE_STAY;
        if (move == NRM_MOVE_FINISHED)
            return true;
        fresh = fresh || move == NRM_MOVE_NEXT;
        if (terminal->plain && move == NRM_MOVE_FIRST)
            say(terminal, "This is the beginning.");
        else if (terminal->plain && move == NRM_MOVE_STAY && code != NRM_TERMINAL_RESIZED)
            say(terminal, nrm_dialogue_keys(dialogue));
    }
}
