/* Forms from the tables of the model; see form.h.
 * H01-M001, H01-M002, H02-M001: the blocks for debt bondage, employment and informed consent. */
#include "data/form.h"

#include "data/schema.h"

enum { WIDTH = 80, STEP = 2, NAMES = 1024, WORDS_LISTED = 40 };

struct form {
    struct nrm_output *output;
    size_t indent, column; /* of the comment being made */
};

static void add_blanks(struct form *form, size_t count)
{
    while (count--)
        nrm_output_add_char(form->output, ' ');
}

/* A word of a comment, on the line at hand or on a new one. */
static void add_word(struct form *form, const char *word, size_t length)
{
    if (form->column + 1 + length > WIDTH) {
        nrm_output_add_char(form->output, '\n');
        add_blanks(form, form->indent);
        nrm_output_text(form->output, "#  ");
        form->column = form->indent + 3;
    }
    nrm_output_add_char(form->output, ' ');
    nrm_output_add(form->output, word, length);
    form->column += 1 + length;
}

static void begin_comment(struct form *form, size_t indent)
{
    add_blanks(form, indent);
    nrm_output_add_char(form->output, '#');
    form->indent = indent;
    form->column = indent + 1;
}

static void add_text(struct form *form, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, " ");
        add_word(form, text, length);
        text += length;
        text += *text == ' ';
    }
}

static const char *kind_of(const struct nrm_field *field)
{
    static const char *const kinds[] = {
        [NRM_FIELD_STRING] = "text on one line",
        [NRM_FIELD_TEXT] = "text",
        [NRM_FIELD_BOOLEAN] = "yes or no",
        [NRM_FIELD_NUMBER] = "a number",
        [NRM_FIELD_DATE] = "a date, YYYY or YYYY-MM or YYYY-MM-DD",
        [NRM_FIELD_TIME] = "a time, YYYY-MM-DD or YYYY-MM-DDThh:mm+hh:mm",
        [NRM_FIELD_CODE] = "one of these",
        [NRM_FIELD_DURATION] = "a duration, as 48h or 5d",
        [NRM_FIELD_MAPPING] = "fields of its own",
        [NRM_FIELD_ANY] = "words, or fields of your own",
    };
    return field->list && field->type == NRM_FIELD_CODE ? "a list of these" : kinds[field->type];
}

static void add_vocabulary(struct form *form, const struct nrm_vocabulary *vocabulary)
{
    struct nrm_buffer word = {0};
    for (size_t i = 0; i < vocabulary->count && vocabulary->count <= WORDS_LISTED; i++) {
        nrm_buffer_clear(&word);
        nrm_buffer_printf(&word, "%s%s", vocabulary->words[i],
                          i + 1 < vocabulary->count || vocabulary->open ? "," : "");
        add_word(form, word.text, word.length);
    }
    if (vocabulary->count > WORDS_LISTED) {
        nrm_buffer_printf(&word, "the %zu codes of %s in nrm-case(5)", vocabulary->count,
                          vocabulary->name);
        add_text(form, word.text);
    } else if (vocabulary->open) {
        add_text(form, "or another word");
    }
    nrm_buffer_free(&word);
}

/* A field: what it is, then its key with nothing behind it. */
static void add_field(struct form *form, const struct nrm_field *field, const char *key,
                      size_t indent)
{
    begin_comment(form, indent);
    add_text(form, field->description);
    if (field->type != NRM_FIELD_MAPPING) {
        struct nrm_buffer kind = {0};
        bool list = field->list && field->type != NRM_FIELD_CODE;
        nrm_buffer_printf(&kind, "- %s%s%s", kind_of(field), list ? ", a list of them" : "",
                          field->vocabulary ? ":" : "");
        add_text(form, kind.text);
        nrm_buffer_free(&kind);
    }
    if (field->vocabulary)
        add_vocabulary(form, field->vocabulary);
    nrm_output_add_char(form->output, '\n');
    add_blanks(form, indent);
    nrm_output_printf(form->output, "%s:\n", key);
}

static void print_event(struct form *form, const struct nrm_event_type *type)
{
    nrm_output_text(form->output, "events:\n");
    begin_comment(form, STEP);
    add_text(form, type->description);
    nrm_output_printf(form->output, "\n  - type: %s\n", type->name);
    for (size_t i = 0; i < type->count; i++)
        if (strcmp(type->fields[i].path, "type") != 0)
            add_field(form, &type->fields[i], type->fields[i].path, 2 * STEP);
}

/* A field and those below it; the fields of an entry stand behind the dash of a first one. */
static void print_fields(struct form *form, const struct nrm_field *field, size_t indent)
{
    size_t length = strlen(field->path);
    const char *key = strrchr(field->path, '.');
    add_field(form, field, key ? key + 1 : field->path, indent);
    bool entries = field->type == NRM_FIELD_MAPPING && field->list;
    if (entries) {
        add_blanks(form, indent + STEP);
        nrm_output_text(form->output, "-\n");
    }
    for (size_t i = 0; i < nrm_field_count; i++) {
        const struct nrm_field *below = &nrm_fields[i];
        if (strncmp(below->path, field->path, length) == 0 && below->path[length] == '.' &&
            !strchr(below->path + length + 1, '.'))
            print_fields(form, below, indent + STEP + (entries ? STEP : 0));
    }
}

/* The keys around a field, each deeper than the one before. */
static size_t print_parents(struct form *form, const struct nrm_field *field)
{
    size_t indent = 0;
    const char *at = field->path;
    for (const char *dot; (dot = strchr(at, '.')); at = dot + 1, indent += STEP) {
        add_blanks(form, indent);
        nrm_output_printf(form->output, "%.*s:\n", (int)(dot - at), at);
    }
    return indent;
}

static void refuse(struct nrm_str name, struct nrm_sink *sink)
{
    const char *names[NAMES];
    size_t count = 0;
    for (size_t i = 0; i < nrm_event_type_count && count < NAMES; i++)
        names[count++] = nrm_event_types[i].name;
    for (size_t i = 0; i < nrm_field_count && count < NAMES; i++)
        names[count++] = nrm_fields[i].path;
    const char *nearest = nrm_text_nearest(name, names, count);
    if (nearest)
        nrm_tell(sink, NRM_ERROR, NULL, "the model has no such event or field; did you mean %s?",
                 nearest);
    else
        nrm_tell(sink, NRM_ERROR, NULL,
                 "the model has no such event or field; nrm-case(5) lists them");
}

bool nrm_form_print(struct nrm_output *output, struct nrm_str name, struct nrm_sink *sink)
{
    struct form form = {.output = output};
    const struct nrm_event_type *type = nrm_event_type_find(name);
    const struct nrm_field *field = nrm_field_find(name);
    if (field)
        print_fields(&form, field, print_parents(&form, field));
    if (type)
        print_event(&form, type);
    if (!type && !field)
        refuse(name, sink);
    return type || field;
}
