/* Cells and values; the rules stand in cell.h and nrm-case(5). Reading and writing are kept side by
 * side here because each is only right as the other's inverse. */
#include "data/cell.h"

#include "data/yaml.h"

static const char markers[] = "[{\"!";

static const char *const core_tags[] = {
    [NRM_TYPE_NULL] = "tag:yaml.org,2002:null",      [NRM_TYPE_BOOLEAN] = "tag:yaml.org,2002:bool",
    [NRM_TYPE_INTEGER] = "tag:yaml.org,2002:int",    [NRM_TYPE_FLOAT] = "tag:yaml.org,2002:float",
    [NRM_TYPE_TIME] = "tag:yaml.org,2002:timestamp", [NRM_TYPE_MERGE] = "tag:yaml.org,2002:merge",
};

static bool holds_text(const struct nrm_field *field)
{
    return field && (field->type == NRM_FIELD_STRING || field->type == NRM_FIELD_TEXT ||
                     field->type == NRM_FIELD_CODE);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct nrm_str nrm_cell_trim(struct nrm_str cell)
{
    while (cell.length > 0 && is_blank(cell.text[0])) {
        cell.text++;
        cell.length--;
    }
    while (cell.length > 0 && is_blank(cell.text[cell.length - 1]))
        cell.length--;
    return cell;
}

bool nrm_cell_shows(struct nrm_str text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.text[i];
        if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F)
            return false;
        unsigned char next = i + 1 < text.length ? (unsigned char)text.text[i + 1] : 0;
        if (byte == 0xC2 && next < 0xA0)
            return false;
        unsigned char third = i + 2 < text.length ? (unsigned char)text.text[i + 2] : 0;
        bool mark = byte == 0xEF && next == 0xBB && third == 0xBF;
        if (mark || (byte == 0xEF && next == 0xBF && third >= 0xBE))
            return false;
    }
    return true;
}

bool nrm_cell_is_text(const struct nrm_node *scalar)
{
    return scalar->style != NRM_PLAIN || nrm_scalar_type(nrm_node_text(scalar)) == NRM_TYPE_STRING;
}

static bool starts_marked(struct nrm_str text)
{
    return text.length > 0 && text.text[0] != '\0' && strchr(markers, text.text[0]);
}

/* Whether text can be a cell as it stands and come back the same. */
static bool stands_alone(struct nrm_str text)
{
    return text.length > 0 && !starts_marked(text) && nrm_cell_trim(text).length == text.length &&
           nrm_cell_shows(text);
}

/* Whether SCALAR's cell in a column of FIELD is simply its text. */
static bool is_bare(const struct nrm_node *scalar, const struct nrm_field *field)
{
    struct nrm_str text = nrm_node_text(scalar);
    if (scalar->tag || !stands_alone(text))
        return false;
    if (holds_text(field))
        return nrm_cell_is_text(scalar);
    return scalar->style == NRM_PLAIN || nrm_scalar_type(text) == NRM_TYPE_STRING;
}

/* Whether anything below NODE has an anchor or is an alias. */
static bool has_names(const struct nrm_node *node)
{
    if (node->kind == NRM_ALIAS || node->anchor)
        return true;
    for (uint32_t i = 0; node->kind == NRM_SEQUENCE && i < node->count; i++)
        if (has_names(node->items[i]))
            return true;
    for (uint32_t i = 0; node->kind == NRM_MAPPING && i < node->count; i++)
        if (has_names(node->pairs[i].key) || has_names(node->pairs[i].value))
            return true;
    return false;
}

/* A copy of NODE in which nothing has a name: what stood elsewhere in the case stands here. */
static struct nrm_node *nameless(struct nrm_arena *arena, const struct nrm_node *node)
{
    struct nrm_node *copy = nrm_arena_alloc(arena, sizeof *copy);
    *copy = *nrm_node_resolve(node);
    copy->anchor = NULL;
    if (copy->kind == NRM_SEQUENCE) {
        struct nrm_node **items = nrm_arena_array(arena, copy->count, sizeof(struct nrm_node *));
        for (uint32_t i = 0; i < copy->count; i++)
            items[i] = nameless(arena, copy->items[i]);
        copy->items = items;
    } else if (copy->kind == NRM_MAPPING) {
        struct nrm_pair *pairs = nrm_arena_array(arena, copy->count, sizeof *pairs);
        for (uint32_t i = 0; i < copy->count; i++)
            pairs[i] = (struct nrm_pair){nameless(arena, copy->pairs[i].key),
                                         nameless(arena, copy->pairs[i].value)};
        copy->pairs = pairs;
    }
    return copy;
}

static void write_collection(struct nrm_buffer *buffer, const struct nrm_node *node)
{
    struct nrm_arena arena = {0};
    nrm_yaml_write_flow(buffer, has_names(node) ? nameless(&arena, node) : node);
    nrm_arena_free(&arena);
}

void nrm_cell_write_marked(struct nrm_buffer *buffer, const struct nrm_node *node)
{
    struct nrm_node marked = *nrm_node_resolve(node);
    if (marked.kind != NRM_SCALAR) {
        write_collection(buffer, &marked);
        return;
    }
    marked.anchor = NULL;
    if (!marked.tag) {
        if (nrm_cell_is_text(&marked)) {
            marked.style = NRM_DOUBLE_QUOTED;
        } else {
            marked.tag = core_tags[nrm_scalar_type(nrm_node_text(&marked))];
            if (marked.count == 0)
                marked.style = NRM_SINGLE_QUOTED;
        }
    }
    nrm_yaml_write_flow(buffer, &marked);
}

/* A list that reads the same when its items are joined with ";". */
static bool joins(const struct nrm_node *sequence, const struct nrm_field *field)
{
    if (sequence->count == 0 || sequence->tag)
        return false;
    for (uint32_t i = 0; i < sequence->count; i++) {
        const struct nrm_node *item = nrm_node_resolve(sequence->items[i]);
        if (item->kind != NRM_SCALAR || !is_bare(item, field) ||
            memchr(item->text, ';', item->count))
            return false;
    }
    return true;
}

void nrm_cell_write(struct nrm_buffer *buffer, const struct nrm_node *node,
                    const struct nrm_field *field)
{
    bool list = field && field->list;
    node = nrm_node_resolve(node);
    if (node->kind == NRM_SCALAR && !list && is_bare(node, field)) {
        nrm_buffer_add_str(buffer, nrm_node_text(node));
    } else if (node->kind == NRM_SEQUENCE && list && joins(node, field)) {
        for (uint32_t i = 0; i < node->count; i++) {
            if (i > 0)
                nrm_buffer_add_char(buffer, ';');
            nrm_buffer_add_str(buffer, nrm_node_text(nrm_node_resolve(node->items[i])));
        }
    } else {
        nrm_cell_write_marked(buffer, node);
    }
}

struct nrm_node *nrm_cell_read_marked(struct nrm_arena *arena, struct nrm_str cell,
                                      const struct nrm_place *place)
{
    struct nrm_node *node = nrm_yaml_parse(arena, cell, place, NULL);
    if (!node || node->kind != NRM_SCALAR || !node->tag)
        return node;
    bool empty_null = node->count == 0 && strcmp(node->tag, core_tags[NRM_TYPE_NULL]) == 0;
    const char *plain_tag = core_tags[nrm_scalar_type(nrm_node_text(node))];
    if (empty_null ||
        (node->style == NRM_PLAIN && plain_tag && strcmp(node->tag, plain_tag) == 0)) {
        node->style = NRM_PLAIN;
        node->tag = NULL;
    }
    return node;
}

static struct nrm_node *at_place(struct nrm_node *node, const struct nrm_place *place)
{
    if (place) {
        node->line = place->line;
        node->column = place->column;
    }
    return node;
}

static struct nrm_node *read_scalar(struct nrm_arena *arena, struct nrm_str text,
                                    const struct nrm_field *field, const struct nrm_place *place)
{
    enum nrm_style style = NRM_PLAIN;
    if (memchr(text.text, '\n', text.length))
        style = NRM_LITERAL;
    else if (holds_text(field) && nrm_scalar_type(text) != NRM_TYPE_STRING)
        style = NRM_DOUBLE_QUOTED;
    return at_place(nrm_node_scalar(arena, text, style), place);
}

static struct nrm_node *read_list(struct nrm_arena *arena, struct nrm_str cell,
                                  const struct nrm_field *field, const struct nrm_place *place)
{
    struct nrm_node *list = at_place(nrm_node_sequence(arena, NRM_FLOW), place);
    for (size_t start = 0; start <= cell.length;) {
        const char *end = memchr(cell.text + start, ';', cell.length - start);
        size_t stop = end ? (size_t)(end - cell.text) : cell.length;
        struct nrm_str item = nrm_cell_trim((struct nrm_str){cell.text + start, stop - start});
        if (item.length > 0)
            nrm_node_append(arena, list, read_scalar(arena, item, field, place));
        start = stop + 1;
    }
    return list;
}

struct nrm_node *nrm_cell_read(struct nrm_arena *arena, struct nrm_str cell,
                               const struct nrm_field *field, const struct nrm_place *place,
                               struct nrm_sink *sink)
{
    cell = nrm_cell_trim(cell);
    if (starts_marked(cell)) {
        struct nrm_node *node = nrm_cell_read_marked(arena, cell, place);
        if (!node)
            nrm_tell(sink, NRM_ERROR, place,
                     "this cell starts with %c and so is read as YAML, but it is not: mend it, or "
                     "write text that only starts so in double quotes, as \"%c...\"",
                     cell.text[0], cell.text[0] == '"' ? '\'' : cell.text[0]);
        return node;
    }
    if (field && field->list)
        return read_list(arena, cell, field, place);
    return read_scalar(arena, cell, field, place);
}

struct nrm_node *nrm_cell_plain(struct nrm_arena *arena, struct nrm_str text,
                                const struct nrm_field *field, const struct nrm_place *place)
{
    return read_scalar(arena, holds_text(field) ? text : nrm_cell_trim(text), field, place);
}
