/* The words of an expression: names, operators, and values written out (numbers, text, durations,
 * dates and times). A date needs no quotes, so 2026-03-01 is one word here and not a subtraction.
 */
#include <stdio.h>

#include "rules/expr_internal.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_word(char c)
{
    return is_letter(c) || is_digit(c);
}

/* --- places and messages --- */

/* Where byte OFFSET stands in the file, when the text starts at the context's place. */
static struct nrm_place place_of(const struct expr_parser *p, uint32_t offset)
{
    struct nrm_place place = p->context->place;
    if (!place.line)
        place.line = 1;
    if (!place.column)
        place.column = 1;
    for (uint32_t i = 0; i < offset; i++) {
        if (p->text[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)p->text[i] & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

void *expr_fail(struct expr_parser *p, uint32_t offset, const char *format, ...)
{
    if (p->failed)
        return NULL;
    p->failed = true;
    va_list arguments;
    va_start(arguments, format);
    const char *text = nrm_arena_vprintf(p->arena, format, arguments);
    va_end(arguments);
    struct nrm_place place = place_of(p, offset);
    nrm_tell(p->context->sink, NRM_ERROR, &place, "%s", text);
    return NULL;
}

void expr_warn(struct expr_parser *p, uint32_t offset, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = nrm_arena_vprintf(p->arena, format, arguments);
    va_end(arguments);
    struct nrm_place place = place_of(p, offset);
    nrm_tell(p->context->sink, NRM_WARNING, &place, "%s", text);
}

static struct expr_token broken(uint32_t offset)
{
    return (struct expr_token){.kind = TOKEN_BROKEN, .offset = offset, .end = offset};
}

/* --- values written out --- */

/* Text in quotes from START on; the same quote ends it. */
static struct expr_token read_text(struct expr_parser *p, uint32_t start)
{
    char quote = p->text[start];
    uint32_t end = start + 1;
    while (end < p->length && p->text[end] != quote)
        end += p->text[end] == '\\' && end + 1 < p->length ? 2 : 1;
    if (end >= p->length) {
        expr_fail(p, start, "this text has no closing %c; add it", quote);
        return broken(start);
    }
    char *text = nrm_arena_alloc(p->arena, end - start);
    size_t length = 0;
    for (uint32_t i = start + 1; i < end; i++) {
        char c = p->text[i];
        if (c == '\\') {
            c = p->text[++i];
            if (c != '\\' && c != '"' && c != '\'' && c != 'n') {
                expr_fail(p, i - 1,
                          "after a backslash only \\ \" ' or n may stand; write \\\\ for a "
                          "backslash itself");
                return broken(start);
            }
            c = c == 'n' ? '\n' : c;
        }
        text[length++] = c;
    }
    text[length] = '\0';
    return (struct expr_token){.kind = TOKEN_VALUE,
                               .offset = start,
                               .end = end + 1,
                               .value = nrm_value_string((struct nrm_str){text, length})};
}

/* Whether PATTERN, in which # is any digit, stands at TEXT. */
static bool looks_like(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++)
        if (*pattern == '#' ? !is_digit(*text) : *text != *pattern)
            return false;
    return true;
}

static uint32_t skip_clock(const char *text, uint32_t at)
{
    while (is_digit(text[at]) || text[at] == ':' || (text[at] == '.' && is_digit(text[at + 1])))
        at++;
    return at;
}

/* Behind the time that starts at START: a month, a date, or a date with T, time of day and offset.
 */
static uint32_t time_end(const char *text, uint32_t start)
{
    uint32_t end = start + 7;
    if (!looks_like(text + end, "-##"))
        return end;
    end += 3;
    if (text[end] != 'T' || !is_digit(text[end + 1]))
        return end;
    end = skip_clock(text, end + 1);
    if (text[end] == 'Z')
        return end + 1;
    if ((text[end] == '+' || text[end] == '-') && is_digit(text[end + 1]))
        end = skip_clock(text, end + 1);
    return end;
}

static struct expr_token read_time(struct expr_parser *p, uint32_t start)
{
    uint32_t end = time_end(p->text, start);
    while (is_word(p->text[end]))
        end++;
    struct nrm_time time;
    enum nrm_time_fault fault =
        nrm_time_parse((struct nrm_str){p->text + start, end - start}, &time);
    if (fault != NRM_TIME_OK) {
        expr_fail(p, start, "%.*s: %s", (int)(end - start > 40 ? 40 : end - start), p->text + start,
                  nrm_time_fault_text(fault));
        return broken(start);
    }
    return (struct expr_token){
        .kind = TOKEN_VALUE, .offset = start, .end = end, .value = nrm_value_time(time, NULL)};
}

static struct expr_token read_number(struct expr_parser *p, uint32_t start)
{
    struct expr_token token = {.kind = TOKEN_VALUE, .offset = start};
    uint32_t end = start;
    while (is_digit(p->text[end]))
        end++;
    bool fraction = p->text[end] == '.' && is_digit(p->text[end + 1]);
    if (fraction)
        for (end++; is_digit(p->text[end]);)
            end++;
    bool unit = is_letter(p->text[end]);
    while (is_word(p->text[end]))
        end++;
    token.end = end;
    struct nrm_str text = {p->text + start, end - start};
    int shown = (int)(text.length > 40 ? 40 : text.length);
    struct nrm_duration duration;
    double number;
    if (unit && !fraction && nrm_duration_parse(text, &duration)) {
        token.value = (struct nrm_value){.kind = NRM_VALUE_DURATION, {.duration = duration}};
    } else if (unit) {
        expr_fail(p, start,
                  "%.*s is neither a number nor a duration; durations are whole numbers "
                  "followed by min, h, d, wd (working days), w, mo or y, as in 48h",
                  shown, text.text);
        return broken(start);
    } else if (nrm_scalar_number(text, &number)) {
        token.value = nrm_value_number(number);
    } else {
        expr_fail(p, start, "%.*s has too many digits for a number", shown, text.text);
        return broken(start);
    }
    return token;
}

/* --- operators --- */

/* What other languages write, and what it is here. */
static const struct {
    const char *written, *here;
} strangers[] = {
    {"&&", "write and"},
    {"||", "write or"},
    {"=", "write == to compare"},
    {"<>", "write != for unequal"},
    {"!", "write not"},
    {"&", "write and"},
    {"%", "there is no remainder"},
    {"{", "lists are written in [ ]"},
};

static struct expr_token read_mark(struct expr_parser *p, uint32_t start)
{
    static const char *const marks[] = {"==", "!=", "<=", ">=", "<", ">", "(", ")", "[",
                                        "]",  ",",  ".",  "|",  "+", "-", "*", "/"};
    const char *text = p->text + start;
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        size_t length = strlen(strangers[i].written);
        bool other = strncmp(text, strangers[i].written, length) == 0 &&
                     strncmp(text, "==", 2) != 0 && strncmp(text, "!=", 2) != 0;
        if (other) {
            expr_fail(p, start, "%s is no operator here; %s", strangers[i].written,
                      strangers[i].here);
            return broken(start);
        }
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        if (strncmp(text, marks[i], length) == 0)
            return (struct expr_token){.kind = TOKEN_MARK,
                                       .offset = start,
                                       .end = start + (uint32_t)length,
                                       .word = {text, length}};
    }
    size_t size;
    nrm_utf8_decode(text, p->length - start, &size);
    expr_fail(p, start, "%.*s has no meaning here; text stands in quotes", (int)size, text);
    return broken(start);
}

static struct expr_token read_token(struct expr_parser *p, uint32_t at)
{
    while (at < p->length && strchr(" \t\r\n", p->text[at]))
        at++;
    if (at >= p->length)
        return (struct expr_token){.kind = TOKEN_END, .offset = p->length, .end = p->length};
    char c = p->text[at];
    if (c == '"' || c == '\'')
        return read_text(p, at);
    if (looks_like(p->text + at, "####-##") && !is_digit(p->text[at + 7]))
        return read_time(p, at);
    if (is_digit(c))
        return read_number(p, at);
    if (!is_letter(c))
        return read_mark(p, at);
    uint32_t end = at;
    while (is_word(p->text[end]))
        end++;
    return (struct expr_token){
        .kind = TOKEN_WORD, .offset = at, .end = end, .word = {p->text + at, end - at}};
}

void expr_advance(struct expr_parser *p)
{
    if (p->failed)
        return;
    p->previous_end = p->token.end;
    p->token = read_token(p, p->token.end);
}

struct expr_token expr_peek(const struct expr_parser *p)
{
    struct nrm_expr_context quiet = {.place = p->context->place};
    struct expr_parser copy = *p;
    copy.context = &quiet;
    return read_token(&copy, p->token.end);
}

bool expr_at_mark(const struct expr_parser *p, const char *mark)
{
    return p->token.kind == TOKEN_MARK && nrm_str_is(p->token.word, mark);
}

bool expr_at_word(const struct expr_parser *p, const char *word)
{
    return p->token.kind == TOKEN_WORD && nrm_str_is(p->token.word, word);
}

bool expr_accept_mark(struct expr_parser *p, const char *mark)
{
    if (!expr_at_mark(p, mark))
        return false;
    expr_advance(p);
    return true;
}

bool expr_accept_word(struct expr_parser *p, const char *word)
{
    if (!expr_at_word(p, word))
        return false;
    expr_advance(p);
    return true;
}

const char *expr_token_text(struct expr_parser *p)
{
    if (p->token.kind == TOKEN_END)
        return "the end";
    uint32_t length = p->token.end - p->token.offset;
    return nrm_arena_printf(p->arena, "%.*s", (int)(length > 40 ? 40 : length),
                            p->text + p->token.offset);
}

bool expr_begin(struct expr_parser *p, struct nrm_arena *arena, struct nrm_str text,
                const struct nrm_expr_context *context)
{
    *p = (struct expr_parser){.arena = arena, .context = context, .text = ""};
    if (text.length > NRM_EXPR_LENGTH) {
        expr_fail(p, 0, "this expression is longer than %d bytes; split it up", NRM_EXPR_LENGTH);
        return false;
    }
    p->text = nrm_arena_copy(arena, text.text ? text.text : "", text.length);
    p->length = (uint32_t)text.length;
    if (memchr(p->text, '\0', p->length)) {
        expr_fail(p, (uint32_t)strlen(p->text), "a zero byte cannot stand in an expression");
        return false;
    }
    for (size_t i = 0; i < context->event_type_count; i++) {
        size_t index = (size_t)(context->event_types[i] - nrm_event_types);
        p->subject[index >> 6] |= UINT64_C(1) << (index & 63);
    }
    if (context->any_event)
        for (size_t i = 0; i < nrm_event_type_count; i++)
            p->subject[i >> 6] |= UINT64_C(1) << (i & 63);
    memcpy(p->types, p->subject, sizeof p->types);
    p->token = read_token(p, 0);
    return true;
}
