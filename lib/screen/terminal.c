/* The terminal; see terminal.h. What is shown stays on the alternate screen, which has no
 * scrollback, and is cleared for terminals that have none. */
#include "screen/terminal.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { WIDTH = 80, HEIGHT = 24, ESCAPE = 033, ESCAPE_WAIT = 50 /* ms for the rest of a key */ };

static const char enter_screen[] = "\033[?1049h\033[H\033[2J";
static const char leave_screen[] = "\033[H\033[2J\033[?1049l";
static const char clear_screen[] = "\033[H\033[2J";

/* --- taking and giving back --- */

static bool watch_signals(struct nrm_terminal *terminal)
{
    sigset_t watched;
    sigemptyset(&watched);
    sigaddset(&watched, SIGINT);
    sigaddset(&watched, SIGTERM);
    sigaddset(&watched, SIGHUP);
    sigaddset(&watched, SIGWINCH);
    if (sigprocmask(SIG_BLOCK, &watched, &terminal->mask_before) != 0)
        return false;
    terminal->signals = signalfd(-1, &watched, SFD_CLOEXEC);
    return terminal->signals >= 0;
}

/* No suspending and no core dump: either would leave answers behind. */
static bool set_keys(struct nrm_terminal *terminal)
{
    if (tcgetattr(terminal->in, &terminal->before) != 0)
        return terminal->plain; /* a pipe */
    struct termios now = terminal->before;
    now.c_lflag &= (tcflag_t) ~(terminal->plain ? ECHO : ECHO | ICANON);
    now.c_cc[VSUSP] = now.c_cc[VQUIT] = _POSIX_VDISABLE;
    if (!terminal->plain) {
        now.c_cc[VMIN] = 1;
        now.c_cc[VTIME] = 0;
    }
    terminal->changed = tcsetattr(terminal->in, TCSAFLUSH, &now) == 0;
    return terminal->changed;
}

bool nrm_terminal_open(struct nrm_terminal *terminal, int in, int out, bool plain)
{
    *terminal = (struct nrm_terminal){.in = in, .plain = plain, .signals = -1};
    nrm_output_init(&terminal->output, out);
    if (!watch_signals(terminal) || !set_keys(terminal)) {
        int error = errno;
        terminal->plain = true; /* nothing was shown yet */
        nrm_terminal_close(terminal);
        errno = error;
        return false;
    }
    if (!plain)
        nrm_output_text(&terminal->output, enter_screen);
    nrm_output_flush(&terminal->output);
    return true;
}

void nrm_terminal_close(struct nrm_terminal *terminal)
{
    if (!terminal->plain)
        nrm_output_text(&terminal->output, leave_screen);
    nrm_output_finish(&terminal->output);
    if (terminal->changed)
        tcsetattr(terminal->in, TCSAFLUSH, &terminal->before);
    if (terminal->signals >= 0) {
        close(terminal->signals);
        sigprocmask(SIG_SETMASK, &terminal->mask_before, NULL);
    }
    explicit_bzero(terminal->ahead, sizeof terminal->ahead);
    terminal->changed = false;
    terminal->signals = -1;
}

void nrm_terminal_size(const struct nrm_terminal *terminal, size_t *width, size_t *height)
{
    struct winsize size = {0};
    bool known = ioctl(terminal->output.fd, TIOCGWINSZ, &size) == 0;
    *width = known && size.ws_col > 0 ? size.ws_col : WIDTH;
    *height = known && size.ws_row > 0 ? size.ws_row : HEIGHT;
}

void nrm_terminal_clear(struct nrm_terminal *terminal)
{
    if (!terminal->plain)
        nrm_output_text(&terminal->output, clear_screen);
}

/* --- reading --- */

static int read_signal(struct nrm_terminal *terminal)
{
    struct signalfd_siginfo info;
    if (read(terminal->signals, &info, sizeof info) != sizeof info)
        return NRM_TERMINAL_OTHER;
    if (info.ssi_signo == SIGWINCH)
        return NRM_TERMINAL_RESIZED;
    return info.ssi_signo == SIGINT ? NRM_TERMINAL_INTERRUPT : NRM_TERMINAL_END;
}

/* One more read into AHEAD, or a signal. 0: there is something more; 1: not within WAIT ms. */
static int read_more(struct nrm_terminal *terminal, int wait)
{
    struct pollfd watched[] = {{.fd = terminal->signals, .events = POLLIN},
                               {.fd = terminal->in, .events = POLLIN}};
    int ready = poll(watched, 2, wait);
    if (ready == 0)
        return 1;
    if (ready < 0)
        return errno == EINTR ? NRM_TERMINAL_OTHER : NRM_TERMINAL_END;
    if (watched[0].revents)
        return read_signal(terminal);
    ssize_t got = read(terminal->in, terminal->ahead + terminal->ahead_count,
                       sizeof terminal->ahead - terminal->ahead_count);
    if (got <= 0)
        return got < 0 && errno == EINTR ? NRM_TERMINAL_OTHER : NRM_TERMINAL_END;
    terminal->ahead_count += (size_t)got;
    return 0;
}

static char take(struct nrm_terminal *terminal)
{
    char c = terminal->ahead[0];
    terminal->ahead_count--;
    memmove(terminal->ahead, terminal->ahead + 1, terminal->ahead_count);
    return c;
}

/* What an arrow or function key sends behind its escape. */
static void drop_sequence(struct nrm_terminal *terminal)
{
    if (terminal->ahead_count == 0 && read_more(terminal, ESCAPE_WAIT) != 0)
        return;
    if (terminal->ahead_count == 0 || (terminal->ahead[0] != '[' && terminal->ahead[0] != 'O'))
        return;
    take(terminal);
    while (terminal->ahead_count > 0 || read_more(terminal, ESCAPE_WAIT) == 0) {
        char c = take(terminal);
        if (c >= '@' && c <= '~')
            return;
    }
}

int nrm_terminal_key(struct nrm_terminal *terminal)
{
    while (terminal->ahead_count == 0) {
        int code = read_more(terminal, -1);
        if (code < 0)
            return code;
    }
    char c = take(terminal);
    if (c == ESCAPE) {
        drop_sequence(terminal);
        return NRM_TERMINAL_OTHER;
    }
    if (c == '\004') /* end of input, as typed */
        return NRM_TERMINAL_END;
    if (c == '\r')
        return '\n';
    return (unsigned char)c < 0x80 ? c : NRM_TERMINAL_OTHER;
}

/* Take back the last character, on the screen as well. */
static void erase_last(struct nrm_terminal *terminal, struct nrm_buffer *buffer)
{
    size_t end = buffer->length;
    if (end == 0)
        return;
    while (end > 0 && ((unsigned char)buffer->text[end - 1] & 0xC0) == 0x80)
        end--;
    if (end > 0)
        end--;
    size_t columns = nrm_text_width((struct nrm_str){buffer->text + end, buffer->length - end});
    for (; columns > 0 && !terminal->plain; columns--)
        nrm_output_text(&terminal->output, "\b \b");
    buffer->length = end;
    nrm_output_flush(&terminal->output);
}

static void keep(struct nrm_terminal *terminal, struct nrm_buffer *buffer, char c)
{
    if ((unsigned char)c < 0x20 || buffer->length >= NRM_TERMINAL_LINE)
        return;
    nrm_buffer_add_char(buffer, c);
    if (terminal->plain)
        return;
    nrm_output_add_char(&terminal->output, c);
    nrm_output_flush(&terminal->output);
}

int nrm_terminal_line(struct nrm_terminal *terminal, struct nrm_buffer *buffer)
{
    for (;;) {
        while (terminal->ahead_count == 0) {
            int code = read_more(terminal, -1);
            if (code == NRM_TERMINAL_END || code == NRM_TERMINAL_INTERRUPT)
                return code;
        }
        char c = take(terminal);
        if (c == '\n' || c == '\r')
            return '\n';
        if (c == '\004' && buffer->length == 0)
            return NRM_TERMINAL_END;
        if (c == ESCAPE)
            drop_sequence(terminal);
        else if (c == '\177' || c == '\b')
            erase_last(terminal, buffer);
        else
            keep(terminal, buffer, c);
    }
}
