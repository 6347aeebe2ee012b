/* Breaking text into lines; see wrap.h. */
#include "base/wrap.h"

enum { NARROWEST = 8 }; /* columns that text has at least, however narrow the terminal */

/* Columns of the word at the start of TEXT; *LENGTH receives its bytes. */
static size_t word_width(struct nrm_str text, size_t *length)
{
    const char *space = memchr(text.text, ' ', text.length);
    *length = space ? (size_t)(space - text.text) : text.length;
    return nrm_text_width((struct nrm_str){text.text, *length});
}

/* Bytes at the start of TEXT that take at most ROOM columns, one character at least. */
static size_t piece_length(struct nrm_str text, size_t room)
{
    size_t at = 0, columns = 0;
    while (at < text.length) {
        size_t size;
        nrm_utf8_decode(text.text + at, text.length - at, &size);
        columns += nrm_text_width((struct nrm_str){text.text + at, size});
        if (columns > room && at > 0)
            break;
        at += size;
    }
    return at;
}

static void start_line(struct nrm_output *output, size_t indent)
{
    nrm_output_add_char(output, '\n');
    for (size_t i = 0; i < indent; i++)
        nrm_output_add_char(output, ' ');
}

static void put_words(struct nrm_output *output, struct nrm_str text, size_t room, size_t first,
                      size_t indent)
{
    size_t left = first; /* columns left on the line */
    bool fresh = true;
    while (text.length > 0) {
        size_t length, width = word_width(text, &length);
        if (!fresh && width + 1 > left) {
            start_line(output, indent);
            left = room;
            fresh = true;
        }
        if (width > left) { /* wider than a whole line */
            length = piece_length(text, left);
            width = left;
        }
        if (!fresh) {
            nrm_output_add_char(output, ' ');
            left--;
        }
        nrm_output_add(output, text.text, length);
        left -= width < left ? width : left;
        fresh = false;
        text.text += length;
        text.length -= length;
        if (text.length > 0 && text.text[0] != ' ') {
            start_line(output, indent);
            left = room;
            fresh = true;
        }
        while (text.length > 0 && text.text[0] == ' ') {
            text.text++;
            text.length--;
        }
    }
}

void nrm_wrap(struct nrm_output *output, const char *lead, struct nrm_str text, size_t indent,
              size_t width)
{
    struct nrm_buffer safe = {0};
    size_t lead_width = nrm_text_width(nrm_str(lead));
    if (indent > lead_width)
        indent = lead_width;
    size_t room = width > indent + NARROWEST ? width - indent : NARROWEST;
    size_t first = width > lead_width + NARROWEST ? width - lead_width : NARROWEST;
    nrm_text_add_safe(&safe, text);
    nrm_output_text(output, lead);
    put_words(output, (struct nrm_str){safe.text ? safe.text : "", safe.length}, room, first,
              indent);
    nrm_output_add_char(output, '\n');
    nrm_buffer_free(&safe);
}
