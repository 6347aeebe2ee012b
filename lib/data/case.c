/* A case made of a document: one walk over what the model knows, which finds the events and tells
 * what is readable but wrong, by field and never by value. What a single value may be is in
 * scalar.c. */
#include "data/case.h"

enum { DEPTH = 8, PATH_LENGTH = 64, SHORT = 40, WORDS_LISTED = 10 };

/* One step from the root to a value: a key, and the number of an item where the value is a list. */
struct step {
    struct nrm_str key;
    size_t item; /* from 1; 0: none */
};

struct walk {
    struct nrm_case *c;
    struct nrm_sink *sink;
    unsigned told;
    struct step steps[DEPTH];
    size_t depth;
};

/* --- messages --- */

static void add_path(const struct walk *walk, struct nrm_buffer *path)
{
    for (size_t i = 0; i < walk->depth; i++) {
        const struct step *step = &walk->steps[i];
        if (i > 0 && step->key.length > 0)
            nrm_buffer_add_char(path, '.');
        nrm_buffer_add_str(path, step->key);
        if (step->item > 0)
            nrm_buffer_printf(path, "[%zu]", step->item);
    }
}

/* Tell one thing about the value at hand. A case in which everything is wrong is not told to the
 * end: the first repairs usually take care of the rest. */
static void tell(struct walk *walk, const struct nrm_node *node, const char *text)
{
    if (walk->told > NRM_CASE_WARNINGS)
        return;
    struct nrm_place place = nrm_node_place(node, walk->c->file);
    struct nrm_buffer path = {0};
    add_path(walk, &path);
    if (walk->told++ == NRM_CASE_WARNINGS)
        nrm_tell(walk->sink, NRM_WARNING, &place,
                 "more is wrong in this case and not told; repair what is told first");
    else
        nrm_tell(walk->sink, NRM_WARNING, &place, "%s: %s", path.text ? path.text : "", text);
    nrm_buffer_free(&path);
}

/* The nearest word, else all words of a short vocabulary, else where they are listed. */
static void add_words(struct nrm_buffer *text, const struct nrm_vocabulary *vocabulary,
                      struct nrm_str word)
{
    const char *nearest = nrm_text_nearest(word, vocabulary->words, vocabulary->count);
    if (nearest) {
        nrm_buffer_printf(text, "; did you mean %s?", nearest);
    } else if (vocabulary->count <= WORDS_LISTED) {
        for (size_t i = 0; i < vocabulary->count; i++)
            nrm_buffer_printf(text, "%s%s", i ? ", " : "; write one of: ", vocabulary->words[i]);
        nrm_buffer_add_char(text, ';');
    } else {
        nrm_buffer_printf(text, "; nrm-case(5) lists the words of %s;", vocabulary->name);
    }
}

static void tell_fault(struct walk *walk, const struct nrm_field *field,
                       const struct nrm_node *node, const char *fault)
{
    struct nrm_buffer text = {0};
    struct nrm_str word = nrm_node_text(nrm_node_resolve(node));
    nrm_buffer_add_str(&text, nrm_str(fault));
    if (field->type == NRM_FIELD_CODE && !field->vocabulary->open && word.text)
        add_words(&text, field->vocabulary, word);
    else
        nrm_buffer_add_char(&text, ';');
    nrm_buffer_add_str(&text, nrm_str(" it counts as unknown"));
    tell(walk, node, text.text);
    nrm_buffer_free(&text);
}

/* The name of an event type may be shown, where it is not long enough to be something else. */
static void tell_unknown_type(struct walk *walk, const struct nrm_node *node)
{
    const char *names[128];
    size_t count = 0;
    for (; count < nrm_event_type_count && count < sizeof names / sizeof *names; count++)
        names[count] = nrm_event_types[count].name;
    struct nrm_str word = nrm_node_text(nrm_node_resolve(node));
    const char *nearest = nrm_text_nearest(word, names, count);
    struct nrm_buffer text = {0};
    nrm_buffer_add_str(&text, nrm_str("no event of the model"));
    if (word.length <= SHORT) {
        nrm_buffer_add_str(&text, nrm_str(": "));
        nrm_buffer_add_str(&text, word);
    }
    if (nearest)
        nrm_buffer_printf(&text, "; did you mean %s?", nearest);
    else
        nrm_buffer_add_str(&text, nrm_str("; nrm-case(5) lists the events;"));
    nrm_buffer_add_str(&text, nrm_str(" it is kept and moves nothing"));
    tell(walk, node, text.text);
    nrm_buffer_free(&text);
}

/* --- values --- */

static void check_mapping(struct walk *walk, const struct nrm_node *mapping, const char *path);

static void check_item(struct walk *walk, const struct nrm_field *field,
                       const struct nrm_node *node, struct nrm_time *time)
{
    const char *fault = nrm_field_fault(field, node, time);
    if (fault)
        tell_fault(walk, field, node, fault);
    else if (field->type == NRM_FIELD_MAPPING)
        check_mapping(walk, nrm_node_resolve(node), field->path);
}

/* The value of FIELD; of a single time *TIME receives it. */
static void check_value(struct walk *walk, const struct nrm_field *field,
                        const struct nrm_node *node, struct nrm_time *time)
{
    const struct nrm_node *list = nrm_node_resolve(node);
    if (!field->list || list->kind != NRM_SEQUENCE) {
        check_item(walk, field, node, time);
        return;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        walk->steps[walk->depth - 1].item = i + 1;
        check_item(walk, field, list->items[i], time);
    }
    walk->steps[walk->depth - 1].item = 0;
}

static void enter(struct walk *walk, struct nrm_str key)
{
    walk->steps[walk->depth++] = (struct step){.key = key};
}

/* Fields below PATH ("" for the case itself). Keys that are no field are left alone with all that
 * is in them, so the walk is never deeper than the model. */
static void check_mapping(struct walk *walk, const struct nrm_node *mapping, const char *path)
{
    char name[PATH_LENGTH];
    size_t length = strlen(path), count;
    if (!mapping || walk->depth == DEPTH || length + 1 >= sizeof name)
        return;
    memcpy(name, path, length);
    if (length > 0)
        name[length++] = '.';
    const struct nrm_pair *pairs = nrm_node_pairs(walk->c->arena, mapping, &count);
    for (size_t i = 0; i < count; i++) {
        struct nrm_str key = nrm_node_text(nrm_node_resolve(pairs[i].key));
        if (key.length == 0 || key.length >= sizeof name - length)
            continue;
        memcpy(name + length, key.text, key.length);
        const struct nrm_field *field = nrm_field_find((struct nrm_str){name, length + key.length});
        if (!field || memchr(key.text, '.', key.length))
            continue;
        if (length == 0 && nrm_str_is(key, "events"))
            continue;
        enter(walk, key);
        check_value(walk, field, pairs[i].value, NULL);
        walk->depth--;
    }
}

/* --- events --- */

static bool lies_before(const struct nrm_time *a, const struct nrm_time *b)
{
    if (a->precision == NRM_TIME_UNKNOWN || b->precision == NRM_TIME_UNKNOWN)
        return false;
    if (a->precision == NRM_TIME_SECOND && b->precision == NRM_TIME_SECOND)
        return a->utc < b->utc;
    return a->day < b->day;
}

/* What an event says about its time. */
struct span {
    struct nrm_time from, until;
    const struct nrm_node *until_node;
};

static void check_span(struct walk *walk, struct nrm_event *event, const struct span *span)
{
    const char *fault = NULL;
    if (lies_before(&span->until, &span->from))
        fault = "lies before from; it counts as unknown";
    else if (lies_before(&span->until, &event->at))
        fault = "lies before at; it counts as unknown";
    if (!fault)
        return;
    event->ends_early = true;
    enter(walk, NRM_STR("until"));
    tell(walk, span->until_node, fault);
    walk->depth--;
}

static void read_type(struct walk *walk, struct nrm_event *event, const struct nrm_pair *pairs,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!nrm_str_is(nrm_node_text(pairs[i].key), "type"))
            continue;
        struct nrm_str name = nrm_node_text(nrm_node_resolve(pairs[i].value));
        event->type = nrm_event_type_find(name);
        if (event->type || nrm_node_is_null(nrm_node_resolve(pairs[i].value)) || !name.text)
            break;
        enter(walk, NRM_STR("type"));
        tell_unknown_type(walk, pairs[i].value);
        walk->depth--;
        return;
    }
    if (!event->type)
        tell(walk, event->node, "its type is missing; write what happened, as type: detected");
}

static void check_event_field(struct walk *walk, struct nrm_event *event, struct span *span,
                              const struct nrm_pair *pair)
{
    struct nrm_str key = nrm_node_text(nrm_node_resolve(pair->key));
    const struct nrm_field *field = nrm_event_field_find(event->type, key);
    struct nrm_time time = {0};
    if (!field)
        return;
    enter(walk, key);
    check_value(walk, field, pair->value, &time);
    walk->depth--;
    if (nrm_str_is(key, "at")) {
        event->at = time;
    } else if (nrm_str_is(key, "from")) {
        span->from = time;
    } else if (nrm_str_is(key, "until")) {
        span->until = time;
        span->until_node = pair->value;
    } else if (nrm_str_is(key, "id") && nrm_field_accepts(field, pair->value)) {
        event->id = nrm_node_text(nrm_node_resolve(pair->value));
    }
}

static void read_event(struct walk *walk, struct nrm_event *event)
{
    size_t count;
    struct span span = {0};
    const struct nrm_pair *pairs = nrm_node_pairs(walk->c->arena, event->node, &count);
    read_type(walk, event, pairs, count);
    for (size_t i = 0; i < count; i++)
        check_event_field(walk, event, &span, &pairs[i]);
    check_span(walk, event, &span);
    if (event->at.precision == NRM_TIME_UNKNOWN &&
        nrm_node_is_null(nrm_node_get(event->node, NRM_STR("at"))))
        tell(walk, event->node, "it does not say when; write at: YYYY-MM-DD");
}

/* False: too many, told. */
static bool read_events(struct walk *walk, const struct nrm_node *node)
{
    const struct nrm_node *list = nrm_node_resolve(node);
    struct nrm_case *c = walk->c;
    if (nrm_node_is_null(list))
        return true;
    enter(walk, NRM_STR("events"));
    if (list->kind != NRM_SEQUENCE) {
        tell(walk, node, "a list is wanted here, each event behind a dash; there are no events");
        walk->depth--;
        return true;
    }
    if (list->count > NRM_CASE_EVENTS) {
        struct nrm_place place = nrm_node_place(node, c->file);
        nrm_tell(walk->sink, NRM_ERROR, &place,
                 "a case may have 100000 events and this one has %u; is it several cases?",
                 (unsigned)list->count);
        return false;
    }
    c->events = nrm_arena_array(c->arena, list->count, sizeof *c->events);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct nrm_node *item = nrm_node_resolve(list->items[i]);
        walk->steps[walk->depth - 1].item = i + 1;
        if (item->kind == NRM_MAPPING) {
            struct nrm_event *event = &c->events[c->event_count++];
            *event = (struct nrm_event){.node = item, .position = i + 1};
            read_event(walk, event);
        } else {
            tell(walk, list->items[i], "no event; write {at: ..., type: ...}; it is left out");
        }
    }
    walk->depth--;
    return true;
}

const struct nrm_node *nrm_event_get(const struct nrm_event *event, struct nrm_str key)
{
    if (event->ends_early && nrm_str_is(key, "until"))
        return NULL;
    return nrm_node_get(event->node, key);
}

/* --- the case --- */

static struct nrm_str text_at(const struct nrm_case *c, const char *key)
{
    const struct nrm_node *node = nrm_node_get(c->root, nrm_str(key));
    return nrm_node_is_null(node) ? (struct nrm_str){0} : nrm_node_text(node);
}

static void read_weight(struct walk *walk)
{
    const struct nrm_node *node = nrm_node_get(walk->c->root, NRM_STR("weight"));
    double weight;
    if (!node || node->kind != NRM_SCALAR || !nrm_scalar_number(nrm_node_text(node), &weight))
        return;
    if (weight >= 0) {
        walk->c->weight = weight;
        return;
    }
    enter(walk, NRM_STR("weight"));
    tell(walk, node, "fewer than no persons; it counts as 1");
    walk->depth--;
}

bool nrm_case_from_node(struct nrm_case *c, struct nrm_arena *arena, struct nrm_node *root,
                        const char *file, struct nrm_sink *sink)
{
    struct walk walk = {.c = c, .sink = sink};
    *c = (struct nrm_case){.arena = arena, .file = file, .root = root, .weight = 1};
    if (!root || root->kind != NRM_MAPPING) {
        struct nrm_place place = {file, 1, 1};
        if (root)
            place = nrm_node_place(root, file);
        nrm_tell(sink, NRM_ERROR, &place,
                 "this is no case; a case is keys and values, as id: \"2026-0042\"");
        return false;
    }
    c->id = text_at(c, "id");
    c->profile = text_at(c, "profile");
    check_mapping(&walk, root, "");
    read_weight(&walk);
    return read_events(&walk, nrm_node_get(root, NRM_STR("events")));
}
