/* Words of a command line become an event; see event_form.h. A message names fields and words of
 * the model, never what was typed as a value. */
#include "data/event_form.h"

enum { NAMES = 256, WORDS_LISTED = 12, SHOWN = 40 };

static bool refuse(struct nrm_event_form *form, const char *key, const char *text)
{
    nrm_tell(form->sink, NRM_ERROR, NULL, "%s: %s", key, text);
    return false;
}

/* --- type and fields --- */

static bool refuse_type(struct nrm_event_form *form, struct nrm_str type)
{
    const char *names[NAMES];
    size_t count = 0;
    for (; count < nrm_event_type_count && count < NAMES; count++)
        names[count] = nrm_event_types[count].name;
    const char *nearest = nrm_text_nearest(type, names, count);
    if (nearest)
        nrm_tell(form->sink, NRM_ERROR, NULL, "the model has no such event; did you mean %s?",
                 nearest);
    else
        nrm_tell(form->sink, NRM_ERROR, NULL,
                 "the model has no such event; nrm-case(5) lists the events");
    return false;
}

static bool refuse_key(struct nrm_event_form *form, struct nrm_str key)
{
    const char *names[NAMES];
    size_t count = 0;
    for (; count < form->type->count && count < NAMES; count++)
        names[count] = form->type->fields[count].path;
    const char *nearest = nrm_text_nearest(key, names, count);
    int length = key.length < SHOWN ? (int)key.length : SHOWN;
    if (nearest)
        nrm_tell(form->sink, NRM_ERROR, NULL, "%.*s is no field of %s; did you mean %s?", length,
                 key.text, form->type->name, nearest);
    else
        nrm_tell(form->sink, NRM_ERROR, NULL, "%.*s is no field of %s; nrm-case form %s lists them",
                 length, key.text, form->type->name, form->type->name);
    return false;
}

/* --- values --- */

/* What a message adds about the words that a field takes. */
static void add_words(struct nrm_buffer *text, const struct nrm_vocabulary *vocabulary,
                      struct nrm_str word)
{
    const char *nearest = nrm_text_nearest(word, vocabulary->words, vocabulary->count);
    if (nearest)
        nrm_buffer_printf(text, "; did you mean %s?", nearest);
    else if (vocabulary->count > WORDS_LISTED)
        nrm_buffer_printf(text, "; nrm-case(5) lists the words of %s", vocabulary->name);
    else
        for (size_t i = 0; i < vocabulary->count; i++)
            nrm_buffer_printf(text, "%s%s", i ? ", " : "; give one of: ", vocabulary->words[i]);
}

static bool refuse_value(struct nrm_event_form *form, const struct nrm_field *field,
                         struct nrm_str value, const char *fault)
{
    struct nrm_buffer text = {0};
    nrm_buffer_add_str(&text, nrm_str(fault));
    if (field->vocabulary)
        add_words(&text, field->vocabulary, value);
    refuse(form, field->path, text.text);
    nrm_buffer_free(&text);
    return false;
}

/* A scalar that is read again as the same value, whatever other programs take it for. */
static struct nrm_node *make_scalar(struct nrm_event_form *form, const struct nrm_field *field,
                                    struct nrm_str text)
{
    bool boolean, plain = nrm_scalar_type(text) == NRM_TYPE_STRING;
    if (field->type == NRM_FIELD_BOOLEAN && nrm_scalar_boolean(text, &boolean))
        text = boolean ? NRM_STR("true") : NRM_STR("false");
    if (field->type == NRM_FIELD_BOOLEAN || field->type == NRM_FIELD_NUMBER ||
        field->type == NRM_FIELD_DATE || field->type == NRM_FIELD_TIME)
        plain = true;
    return nrm_node_scalar(form->arena, text, plain ? NRM_PLAIN : NRM_DOUBLE_QUOTED);
}

/* An open vocabulary takes other words; perhaps it was a slip. */
static void note_new_word(struct nrm_event_form *form, const struct nrm_field *field,
                          struct nrm_str word)
{
    const char *nearest =
        nrm_text_nearest(word, field->vocabulary->words, field->vocabulary->count);
    nrm_tell(form->sink, NRM_WARNING, NULL, "%s: this word is new; %s%s%s", field->path,
             nearest ? "did you mean " : "nrm-case form ", nearest ? nearest : form->type->name,
             nearest ? "?" : " lists those that are known");
}

/* One value, or one item of a list; NULL, told: it is none. */
static struct nrm_node *read_value(struct nrm_event_form *form, const struct nrm_field *field,
                                   struct nrm_str text)
{
    if (!nrm_utf8_valid(text)) {
        refuse(form, field->path,
               "this is not UTF-8 text; type it anew in a terminal set to UTF-8");
        return NULL;
    }
    struct nrm_node *node = make_scalar(form, field, text);
    if (text.length == 0 || nrm_node_is_null(node)) {
        refuse(form, field->path,
               "there is no value behind it; leave it out where it is not known");
        return NULL;
    }
    if (strcmp(field->path, "at") == 0 && nrm_str_is(text, "unknown")) {
        refuse(form, field->path, "an event needs its day at least, as 2026-03-10");
        return NULL;
    }
    const char *fault = nrm_field_fault(field, node, NULL);
    if (fault) {
        refuse_value(form, field, text, fault);
        return NULL;
    }
    if (field->type == NRM_FIELD_CODE && nrm_vocabulary_word(field->vocabulary, text) < 0)
        note_new_word(form, field, text);
    return node;
}

static bool has_key(const struct nrm_event_form *form, struct nrm_str key)
{
    return nrm_node_get(form->node, key) != NULL;
}

static bool set_list(struct nrm_event_form *form, const struct nrm_field *field,
                     struct nrm_str text)
{
    struct nrm_str key = nrm_str(field->path);
    struct nrm_node *list = NULL;
    for (uint32_t i = 0; i < form->node->count; i++)
        if (nrm_str_equal(nrm_node_text(form->node->pairs[i].key), key))
            list = form->node->pairs[i].value;
    if (!list) {
        list = nrm_node_sequence(form->arena, NRM_FLOW);
        nrm_node_set(form->arena, form->node, key, list);
    }
    for (;;) {
        const char *end = memchr(text.text, ';', text.length);
        size_t length = end ? (size_t)(end - text.text) : text.length;
        struct nrm_node *item = read_value(form, field, (struct nrm_str){text.text, length});
        if (!item)
            return false;
        nrm_node_append(form->arena, list, item);
        if (!end)
            return true;
        text = (struct nrm_str){end + 1, text.length - length - 1};
    }
}

static bool set_field(struct nrm_event_form *form, const struct nrm_field *field,
                      struct nrm_str text)
{
    struct nrm_str key = nrm_str(field->path);
    if (field->list)
        return set_list(form, field, text);
    struct nrm_node *node = read_value(form, field, text);
    if (node)
        nrm_node_set(form->arena, form->node, key, node);
    return node != NULL;
}

/* --- words --- */

/* Free text about the procedure is fit to be seen; about the person it is not. */
static bool is_private(const struct nrm_field *field)
{
    bool procedural = strcmp(field->sensitivity, "process") == 0;
    return (field->type == NRM_FIELD_TEXT && !procedural) ||
           strcmp(field->sensitivity, "direct") == 0;
}

static bool ask(struct nrm_event_form *form, const struct nrm_field *field, struct nrm_str *text)
{
    if (form->asked)
        return refuse(form, field->path,
                      "one text is read from standard input for one event; log the other one as an "
                      "event of its own, or add it in an editor");
    form->asked = true;
    return form->ask(form->context, field, text);
}

/* Keys that are given in another way. */
static bool is_taken(struct nrm_event_form *form, const struct nrm_field *field)
{
    if (strcmp(field->path, "type") == 0)
        return !refuse(form, field->path, "the type of the event stands in front of its fields");
    if (strcmp(field->path, "anyway") == 0)
        return !refuse(form, field->path, "give the reason with --anyway");
    if (field->type == NRM_FIELD_MAPPING)
        return !refuse(form, field->path, "this has fields of its own; write it in an editor");
    if (!field->list && strcmp(field->path, "at") != 0 && has_key(form, nrm_str(field->path)))
        return !refuse(form, field->path, "this is given twice and takes one value");
    return false;
}

bool nrm_event_form_start(struct nrm_event_form *form, struct nrm_str type, struct nrm_str at)
{
    form->type = nrm_event_type_find(type);
    if (!form->type)
        return refuse_type(form, type);
    form->node = nrm_node_mapping(form->arena, NRM_FLOW);
    nrm_node_set(form->arena, form->node, NRM_STR("at"),
                 nrm_node_scalar(form->arena, at, NRM_PLAIN));
    nrm_node_set(form->arena, form->node, NRM_STR("type"),
                 nrm_node_scalar(form->arena, nrm_str(form->type->name), NRM_PLAIN));
    return true;
}

bool nrm_event_form_set(struct nrm_event_form *form, struct nrm_str word)
{
    const char *equals = memchr(word.text, '=', word.length);
    if (!equals || equals == word.text) {
        nrm_tell(form->sink, NRM_ERROR, NULL,
                 "what follows the type are fields, each as key=value, as in outcome=positive");
        return false;
    }
    struct nrm_str key = {word.text, (size_t)(equals - word.text)};
    struct nrm_str text = {equals + 1, word.length - key.length - 1};
    const struct nrm_field *field = nrm_event_field_find(form->type, key);
    if (!field)
        return refuse_key(form, key);
    if (is_taken(form, field))
        return false;
    if (nrm_str_is(text, "-")) {
        if (!ask(form, field, &text))
            return false;
    } else if (is_private(field)) {
        nrm_tell(form->sink, NRM_ERROR, NULL,
                 "%s: everybody on this machine can see what stands here; write %s=- and give the "
                 "text on standard input",
                 field->path, field->path);
        return false;
    }
    return set_field(form, field, text);
}

bool nrm_event_form_put(struct nrm_event_form *form, const char *key, struct nrm_str text)
{
    const struct nrm_field *field = nrm_event_field_find(form->type, nrm_str(key));
    return field ? set_field(form, field, text) : refuse_key(form, nrm_str(key));
}
