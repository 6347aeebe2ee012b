/* Buffered output that remembers its first error; see output.h. */
#include "base/output.h"

#include <errno.h>
#include <unistd.h>

enum { FLUSH_SIZE = 64 * 1024 };

void nrm_output_init(struct nrm_output *output, int fd)
{
    *output = (struct nrm_output){.fd = fd};
}

bool nrm_output_flush(struct nrm_output *output)
{
    if (output->fd < 0)
        return true;
    size_t done = 0;
    while (!output->error && done < output->buffer.length) {
        ssize_t written =
            write(output->fd, output->buffer.text + done, output->buffer.length - done);
        if (written >= 0)
            done += (size_t)written;
        else if (errno != EINTR)
            output->error = errno;
    }
    nrm_buffer_clear(&output->buffer);
    return output->error == 0;
}

static void flush_when_full(struct nrm_output *output)
{
    if (output->fd >= 0 && output->buffer.length >= FLUSH_SIZE)
        nrm_output_flush(output);
}

void nrm_output_add(struct nrm_output *output, const void *bytes, size_t length)
{
    if (output->error)
        return;
    nrm_buffer_add(&output->buffer, bytes, length);
    flush_when_full(output);
}

void nrm_output_add_char(struct nrm_output *output, char c)
{
    nrm_output_add(output, &c, 1);
}

void nrm_output_add_str(struct nrm_output *output, struct nrm_str text)
{
    nrm_output_add(output, text.text, text.length);
}

void nrm_output_text(struct nrm_output *output, const char *text)
{
    nrm_output_add(output, text, strlen(text));
}

void nrm_output_printf(struct nrm_output *output, const char *format, ...)
{
    if (output->error)
        return;
    va_list arguments;
    va_start(arguments, format);
    nrm_buffer_vprintf(&output->buffer, format, arguments);
    va_end(arguments);
    flush_when_full(output);
}

bool nrm_output_finish(struct nrm_output *output)
{
    bool complete = nrm_output_flush(output);
    nrm_buffer_free(&output->buffer);
    return complete;
}
