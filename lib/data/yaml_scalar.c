/* Choosing and writing the form of one scalar; see yaml_scalar.h. The rules are the narrowest of
 * three parsers (libyaml, PyYAML, ruamel.yaml), so that all of them read the same. */
#include "data/yaml_scalar.h"

/* What a text is made of. */
struct traits {
    bool breaks; /* newlines */
    bool tabs;
    bool unprintable; /* what only double quotes can hold: controls, other line breaks, a BOM */
    bool blank_start, blank_end;
    bool block_plain; /* may be plain in a block */
    bool flow_plain;  /* may be plain between brackets */
    bool only_breaks;
};

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

static bool is_unprintable(unsigned code)
{
    return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0) ||
           code == 0x2028 || code == 0x2029 || code == 0xfeff || code == 0xfffe || code == 0xffff;
}

/* Whether plain text may start like this; a NUL follows every text. */
static bool starts_plain(const char *text, bool flow)
{
    if (strncmp(text, "---", 3) == 0 || strncmp(text, "...", 3) == 0)
        return false;
    if (text[0] == '-' || (!flow && (text[0] == '?' || text[0] == ':')))
        return !is_one_of(text[1], " \t\n") && text[1] != '\0';
    return !is_one_of(text[0], "?:,[]{}#&*!|>'\"%@`");
}

/* Whether plain text would end or change its meaning at AT. */
static bool ends_plain(struct nrm_str text, size_t at, bool flow)
{
    char c = text.text[at], next = at + 1 < text.length ? text.text[at + 1] : ' ';
    if (c == ':')
        return is_one_of(next, " \t\n") || (flow && is_one_of(next, ",?[]{}"));
    if (c == '#')
        return at > 0 && is_one_of(text.text[at - 1], " \t\n");
    return flow && is_one_of(c, ",?[]{}");
}

static struct traits look_at(struct nrm_str text)
{
    struct traits traits = {.only_breaks = true};
    traits.block_plain = text.length && starts_plain(text.text, false);
    traits.flow_plain = text.length && starts_plain(text.text, true);
    for (size_t at = 0, size = 1; at < text.length; at += size) {
        char c = text.text[at];
        unsigned code = (unsigned char)c;
        size = 1;
        traits.only_breaks &= c == '\n';
        if (is_letter_or_digit(c)) /* most of all text, and never of interest */
            continue;
        if (code >= 0x80)
            code = nrm_utf8_decode(text.text + at, text.length - at, &size);
        traits.breaks |= c == '\n';
        traits.tabs |= c == '\t';
        traits.unprintable |= is_unprintable(code);
        if (is_one_of(c, ":#,?[]{}")) {
            traits.block_plain = traits.block_plain && !ends_plain(text, at, false);
            traits.flow_plain = traits.flow_plain && !ends_plain(text, at, true);
        }
    }
    if (text.length) {
        traits.blank_start = is_one_of(text.text[0], " \t\n");
        traits.blank_end = is_one_of(text.text[text.length - 1], " \t");
    }
    if (traits.breaks || traits.tabs || traits.unprintable || traits.blank_start ||
        traits.blank_end)
        traits.block_plain = traits.flow_plain = false;
    return traits;
}

enum nrm_style nrm_yaml_style(const struct nrm_node *scalar, enum nrm_yaml_where where)
{
    struct nrm_str text = {scalar->text, scalar->count};
    if (scalar->style == NRM_PLAIN &&
        (text.length == 0 || (!scalar->tag && nrm_scalar_type(text) != NRM_TYPE_STRING)))
        return NRM_PLAIN;
    struct traits traits = look_at(text);
    bool one_line = !traits.breaks && !traits.tabs && !traits.unprintable;
    switch (scalar->style) {
    case NRM_PLAIN:
        if (where == NRM_YAML_IN_FLOW ? traits.flow_plain : traits.block_plain)
            return NRM_PLAIN;
        return one_line ? NRM_SINGLE_QUOTED : NRM_DOUBLE_QUOTED;
    case NRM_SINGLE_QUOTED:
        return one_line ? NRM_SINGLE_QUOTED : NRM_DOUBLE_QUOTED;
    case NRM_LITERAL:
    case NRM_FOLDED:
        /* Parsers disagree on how far an explicit indentation reaches at the root. */
        if (where == NRM_YAML_IN_BLOCK || (where == NRM_YAML_AT_ROOT && !traits.blank_start))
            if (!traits.unprintable && !traits.blank_end && !traits.only_breaks)
                return (enum nrm_style)scalar->style;
        return NRM_DOUBLE_QUOTED;
    default:
        return NRM_DOUBLE_QUOTED;
    }
}

static void write_single_quoted(struct nrm_output *output, struct nrm_str text)
{
    nrm_output_add_char(output, '\'');
    size_t start = 0;
    for (size_t at = 0; at < text.length; at++) {
        if (text.text[at] != '\'')
            continue;
        nrm_output_add(output, text.text + start, at + 1 - start);
        start = at; /* the quote comes out twice */
    }
    nrm_output_add(output, text.text + start, text.length - start);
    nrm_output_add_char(output, '\'');
}

static void write_escape(struct nrm_output *output, unsigned code)
{
    static const char named[] = {['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['"'] = '"'};
    if (code == '\\')
        nrm_output_text(output, "\\\\");
    else if (code < sizeof named && named[code])
        nrm_output_add(output, (char[]){'\\', named[code]}, 2);
    else
        nrm_output_printf(output, code < 0x100 ? "\\x%02X" : "\\u%04X", code);
}

static void write_double_quoted(struct nrm_output *output, struct nrm_str text)
{
    nrm_output_add_char(output, '"');
    size_t start = 0;
    for (size_t at = 0, size = 1; at < text.length; at += size) {
        unsigned code = (unsigned char)text.text[at];
        size = 1;
        if (code >= 0x80)
            code = nrm_utf8_decode(text.text + at, text.length - at, &size);
        if (code != '"' && code != '\\' && code != '\n' && code != '\t' && !is_unprintable(code))
            continue;
        nrm_output_add(output, text.text + start, at - start);
        write_escape(output, code);
        start = at + size;
    }
    nrm_output_add(output, text.text + start, text.length - start);
    nrm_output_add_char(output, '"');
}

static void write_repeated(struct nrm_output *output, char c, size_t times)
{
    while (times--)
        nrm_output_add_char(output, c);
}

/* The line at the start of TEXT, taken off it together with the newlines behind it. */
static struct nrm_str take_line(struct nrm_str *text, size_t *breaks)
{
    const char *newline = text->length ? memchr(text->text, '\n', text->length) : NULL;
    struct nrm_str line = {text->text, newline ? (size_t)(newline - text->text) : text->length};
    size_t at = line.length;
    while (at < text->length && text->text[at] == '\n')
        at++;
    *breaks = at - line.length;
    *text = (struct nrm_str){text->text + at, text->length - at};
    return line;
}

/* Literal and folded text. Folding joins lines, so that a break between two lines that do not start
 * with a blank is written as one more than it is. */
static void write_block_text(struct nrm_output *output, struct nrm_str text, bool folded,
                             size_t indent)
{
    bool hint = is_one_of(text.text[0], " \t\n");
    bool kept = text.length > 1 && text.text[text.length - 2] == '\n';
    bool ended = text.text[text.length - 1] == '\n';
    nrm_output_add_char(output, folded ? '>' : '|');
    if (hint)
        nrm_output_add_char(output, '2');
    if (!ended || kept)
        nrm_output_add_char(output, ended ? '+' : '-');
    nrm_output_add_char(output, '\n');
    while (text.length) {
        size_t breaks;
        struct nrm_str line = take_line(&text, &breaks);
        if (line.length) {
            write_repeated(output, ' ', indent);
            nrm_output_add_str(output, line);
            bool joined = folded && text.length && !is_one_of(line.text[0], " \t") &&
                          !is_one_of(text.text[0], " \t");
            breaks += joined || breaks == 0;
        }
        write_repeated(output, '\n', breaks);
    }
}

void nrm_yaml_write_text(struct nrm_output *output, struct nrm_str text, enum nrm_style style,
                         size_t indent)
{
    switch (style) {
    case NRM_SINGLE_QUOTED:
        write_single_quoted(output, text);
        break;
    case NRM_DOUBLE_QUOTED:
        write_double_quoted(output, text);
        break;
    case NRM_LITERAL:
    case NRM_FOLDED:
        write_block_text(output, text, style == NRM_FOLDED, indent);
        break;
    default:
        nrm_output_add_str(output, text);
    }
}
