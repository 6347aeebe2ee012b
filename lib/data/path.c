/* Column names and paths; see path.h. */
#include "data/path.h"

#include "data/cell.h"
#include "data/yaml.h"

static bool starts_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c >= 0x80;
}

/* A name that starts so is one key in YAML flow form to its end. */
static bool is_flow(char first)
{
    return first == '[' || first == '{' || first == '!';
}

/* Whether TEXT can be a segment without quotes. */
static bool is_word(struct nrm_str text)
{
    if (text.length == 0 || !starts_word((unsigned char)text.text[0]) || !nrm_cell_shows(text) ||
        nrm_cell_trim(text).length != text.length)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (strchr(".\"[]{}\n\t", text.text[i]))
            return false;
    return true;
}

/* The event type that a path of a case starts with, where the path means a field of that event:
 * contact.phone is a field of the case, contact.kind one of the event. */
static const struct nrm_event_type *event_of(struct nrm_str text)
{
    const char *dot = memchr(text.text, '.', text.length);
    if (!dot || nrm_field_find(text))
        return NULL;
    struct nrm_str first = {text.text, (size_t)(dot - text.text)};
    const struct nrm_event_type *type = nrm_event_type_find(first);
    if (!type || !nrm_field_find(first))
        return type;
    struct nrm_str rest = {dot + 1, text.length - first.length - 1};
    return nrm_event_field_find(type, rest) ? type : NULL;
}

void nrm_path_guard(struct nrm_buffer *buffer)
{
    struct nrm_str text = {buffer->text, buffer->length};
    const struct nrm_event_type *type = event_of(text);
    if (!type && !nrm_str_is(text, "type"))
        return;
    size_t first = strlen(type ? type->name : "type");
    nrm_buffer_add(buffer, "\"\"", 2);
    memmove(buffer->text + first + 2, buffer->text + first, text.length - first);
    memmove(buffer->text + 1, buffer->text, first);
    buffer->text[0] = '"';
    buffer->text[first + 1] = '"';
}

static void write_outer(struct nrm_buffer *buffer, const struct nrm_node *key,
                        enum nrm_table_kind kind)
{
    bool word = key->kind == NRM_SCALAR && !key->tag && is_word(nrm_node_text(key));
    if (word && kind == NRM_TABLE_EVENTS && nrm_cell_is_text(key)) {
        if (nrm_str_is(nrm_node_text(key), "id")) {
            nrm_buffer_add_str(buffer, NRM_STR("event_id"));
            return;
        }
        word = !nrm_str_is(nrm_node_text(key), "event_id");
    }
    if (word && (key->style == NRM_PLAIN || nrm_scalar_type(nrm_node_text(key)) == NRM_TYPE_STRING))
        nrm_buffer_add_str(buffer, nrm_node_text(key));
    else
        nrm_cell_write_marked(buffer, key);
}

bool nrm_path_write(struct nrm_buffer *buffer, const struct nrm_node *key, enum nrm_table_kind kind)
{
    key = nrm_node_resolve(key);
    if (buffer->length == 0) {
        write_outer(buffer, key, kind);
        return true;
    }
    if (key->kind != NRM_SCALAR || key->tag || is_flow(buffer->text[0]) ||
        buffer->length + key->count > NRM_PATH_LENGTH)
        return false;
    struct nrm_str text = nrm_node_text(key);
    bool is_text = nrm_cell_is_text(key);
    if (is_word(text) && (!is_text || nrm_scalar_type(text) == NRM_TYPE_STRING)) {
        nrm_buffer_add_char(buffer, '.');
        nrm_buffer_add_str(buffer, text);
    } else if (is_text) {
        nrm_buffer_add_char(buffer, '.');
        nrm_cell_write_marked(buffer, key);
    } else {
        return false;
    }
    return true;
}

/* The end of the segment that starts at START: the dot behind it, or the end of NAME. */
static size_t segment_end(struct nrm_str name, size_t start)
{
    size_t at = start;
    if (name.text[start] == '"') {
        for (at = start + 1; at < name.length && name.text[at] != '"'; at++)
            if (name.text[at] == '\\')
                at++;
    }
    while (at < name.length && name.text[at] != '.')
        at++;
    return at;
}

static struct nrm_node *read_segment(struct nrm_arena *arena, struct nrm_str segment,
                                     const struct nrm_place *place)
{
    if (segment.length == 0)
        return NULL;
    if (segment.text[0] == '"') {
        struct nrm_node *key = nrm_cell_read_marked(arena, segment, place);
        return key && key->kind == NRM_SCALAR ? key : NULL;
    }
    struct nrm_node *key = nrm_node_scalar(arena, segment, NRM_PLAIN);
    key->line = place->line;
    key->column = place->column;
    return key;
}

/* Write the keys back: equal paths get equal texts, however they were spelled. */
static void make_text(struct nrm_arena *arena, struct nrm_path *path, enum nrm_table_kind kind,
                      bool guarded)
{
    struct nrm_buffer buffer = {0};
    for (size_t i = 0; i < path->count; i++)
        nrm_path_write(&buffer, path->keys[i], kind);
    if (guarded)
        nrm_path_guard(&buffer);
    path->text = (struct nrm_str){nrm_arena_copy(arena, buffer.text, buffer.length), buffer.length};
    nrm_buffer_free(&buffer);
}

static bool read_keys(struct nrm_arena *arena, struct nrm_str name, const struct nrm_place *place,
                      struct nrm_path *path)
{
    struct nrm_node *keys[NRM_YAML_DEPTH];
    size_t start = 0, end = name.length;
    bool flow = name.length > 0 && is_flow(name.text[0]);
    do {
        if (start >= name.length || path->count == NRM_YAML_DEPTH)
            return false;
        if (!flow)
            end = segment_end(name, start);
        struct nrm_str segment = {name.text + start, end - start};
        keys[path->count] = flow ? nrm_cell_read_marked(arena, segment, place)
                                 : read_segment(arena, segment, place);
        if (!keys[path->count] || nrm_node_is_merge(keys[path->count]))
            return false;
        path->count++;
        start = end + 1;
    } while (end < name.length);
    path->keys = nrm_arena_array(arena, path->count, sizeof *path->keys);
    memcpy(path->keys, keys, path->count * sizeof *keys);
    return true;
}

/* In the long form the column "id" names the case, and an event's own id stands under "event_id".
 */
static void settle_event_path(struct nrm_arena *arena, struct nrm_str name, struct nrm_path *path)
{
    static const struct nrm_str own = {"event_id", 8};
    path->case_id = nrm_str_is(name, "id");
    if (name.length >= own.length && memcmp(name.text, own.text, own.length) == 0 &&
        (name.length == own.length || name.text[own.length] == '.'))
        path->keys[0] = nrm_node_scalar(arena, NRM_STR("id"), NRM_PLAIN);
    make_text(arena, path, NRM_TABLE_EVENTS, false);
    if (path->case_id)
        path->text = NRM_STR("id");
}

bool nrm_path_read(struct nrm_arena *arena, struct nrm_str name, enum nrm_table_kind kind,
                   const struct nrm_place *place, struct nrm_sink *sink, struct nrm_path *path)
{
    *path = (struct nrm_path){0};
    name = nrm_cell_trim(name);
    if (!read_keys(arena, name, place, path)) {
        nrm_tell(sink, NRM_ERROR, place,
                 "this column name is not a path of at most %d names joined with dots: put a name "
                 "that holds a dot, a quote or a bracket in double quotes",
                 NRM_YAML_DEPTH);
        return false;
    }
    if (kind == NRM_TABLE_EVENTS) {
        settle_event_path(arena, name, path);
        return true;
    }
    bool quoted = name.text[0] == '"';
    make_text(arena, path, kind, quoted);
    path->event = quoted ? NULL : event_of(path->text);
    if (path->event) {
        path->keys++;
        path->count--;
    }
    return true;
}
