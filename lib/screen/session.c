/* Showing the steps of a dialogue and reading what is typed; see session.h. */
#include "screen/session.h"

#include "base/wrap.h"

enum { NARROW = 20 };

/* --- on a screen --- */

/* Print the lines of TEXT from FROM on, at most COUNT of them; OUTPUT NULL: none. Returns how many
 * lines TEXT has. */
static size_t print_lines(struct nrm_output *output, const struct nrm_output *text, size_t from,
                          size_t count)
{
    size_t line = 0;
    for (size_t i = 0; i < text->buffer.length; i++) {
        if (output && line >= from && line - from < count)
            nrm_output_add_char(output, text->buffer.text[i]);
        line += text->buffer.text[i] == '\n';
    }
    return line;
}

/* What stands below the text: which page it is, and the keys. */
static void make_foot(const struct nrm_dialogue *dialogue, struct nrm_output *foot, size_t width,
                      size_t page, size_t pages)
{
    nrm_buffer_clear(&foot->buffer);
    if (pages > 1)
        nrm_output_printf(foot, "%s(%zu of %zu)", page + 1 < pages ? "More: Enter " : "", page + 1,
                          pages);
    nrm_output_add_char(foot, '\n');
    nrm_wrap(foot, "", nrm_str(nrm_dialogue_keys(dialogue)), 0, width);
}

/* Show the step, or a page of it: the last row is left to what is typed. Returns the number of
 * pages. */
static size_t show(const struct nrm_dialogue *dialogue, struct nrm_terminal *terminal)
{
    size_t width, height;
    struct nrm_output text, foot;
    nrm_terminal_size(terminal, &width, &height);
    width = width > NARROW ? width - 1 : NARROW;
    size_t rows = height > 2 ? height - 1 : 2;
    nrm_output_init(&text, -1);
    nrm_output_init(&foot, -1);
    nrm_dialogue_show(dialogue, &text, width);
    make_foot(dialogue, &foot, width, 0, 1);
    size_t below = print_lines(NULL, &foot, 0, 0), lines = print_lines(NULL, &text, 0, 0);
    size_t room = rows > below ? rows - below : 1;
    size_t pages = lines > room ? (lines + room - 1) / room : 1;
    size_t page = dialogue->page < pages ? dialogue->page : pages - 1;
    make_foot(dialogue, &foot, width, page, pages);
    nrm_terminal_clear(terminal);
    print_lines(&terminal->output, &text, page * room, room);
    print_lines(&terminal->output, &foot, 0, rows > room ? rows - room : 0);
    nrm_output_flush(&terminal->output);
    nrm_output_finish(&foot);
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

/* A line for NRM_STEP_OTHER. One that was cut off is text all the same, but a single character may
 * have been a command, and is none before Enter. */
static enum nrm_dialogue_move read_other(struct nrm_dialogue *dialogue,
                                         struct nrm_terminal *terminal, size_t pages, int *code)
{
    struct nrm_buffer line = {0};
    enum nrm_dialogue_move move = NRM_MOVE_STAY;
    *code = nrm_terminal_line(terminal, &line);
    if (*code == '\n' || (*code == NRM_TERMINAL_END && line.length > 1))
        move = nrm_dialogue_line(dialogue,
                                 (struct nrm_str){line.text ? line.text : "", line.length}, pages);
    if (line.text)
        explicit_bzero(line.text, line.length);
    nrm_buffer_free(&line);
    return move;
}

/* Read a key or a line and do it. *CODE below 0: what the terminal said instead. */
static enum nrm_dialogue_move read_next(struct nrm_dialogue *dialogue,
                                        struct nrm_terminal *terminal, size_t pages, int *code)
{
    if (dialogue->step == NRM_STEP_OTHER)
        return read_other(dialogue, terminal, pages, code);
    *code = terminal->plain ? plain_key(terminal) : nrm_terminal_key(terminal);
    return *code > 0 ? nrm_dialogue_key(dialogue, *code, pages) : NRM_MOVE_STAY;
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
        if (dialogue->page >= pages) /* the window grew */
            dialogue->page = pages - 1;
        told = dialogue->step;
        enum nrm_dialogue_move move = read_next(dialogue, terminal, pages, &code);
        if (code == NRM_TERMINAL_INTERRUPT)
            return false;
        if (code == NRM_TERMINAL_END || move == NRM_MOVE_FINISHED)
            return true;
        fresh = move == NRM_MOVE_NEXT || code == NRM_TERMINAL_RESIZED;
        if (terminal->plain && move == NRM_MOVE_FIRST)
            say(terminal, "This is the beginning.");
        else if (terminal->plain && move == NRM_MOVE_STAY && code != NRM_TERMINAL_RESIZED)
            say(terminal, nrm_dialogue_keys(dialogue));
    }
}
