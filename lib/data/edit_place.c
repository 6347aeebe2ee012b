/* Finding the place; see edit_place.h. The document was read before, so it is known to be sound and
 * not nested too deeply; only where its tokens lie is asked here. */
#include "data/edit_place.h"

#include <yaml.h>

enum phase { TO_CASE, TO_KEY, AT_VALUE, IN_BLOCK_LIST, IN_FLOW_LIST, IN_CASE, FOUND, LOST };

struct search {
    struct nrm_str text;
    const struct nrm_node *root, *key;
    struct nrm_edit_place *place;
    uint8_t phase;
    uint32_t depth;      /* collections around the present token, the case itself included */
    uint32_t list_depth; /* of a list of dashes, whose own depth is none where it is not indented */
    bool before_item;    /* flow list: the next token starts an item */
    size_t byte, index;  /* the same place: a byte of TEXT, a character as libyaml counts */
};

/* The byte at a mark. Marks come nearly in order: a key is known as one only behind it. */
static size_t byte_at(struct search *search, const yaml_mark_t *mark)
{
    const char *text = search->text.text;
    while (search->index < mark->index && search->byte < search->text.length) {
        search->byte++;
        while (search->byte < search->text.length && (text[search->byte] & 0xc0) == 0x80)
            search->byte++;
        search->index++;
    }
    while (search->index > mark->index) {
        search->byte--;
        while (search->byte > 0 && (text[search->byte] & 0xc0) == 0x80)
            search->byte--;
        search->index--;
    }
    return search->byte;
}

static bool is_behind(const yaml_token_t *token, const struct nrm_node *node, bool or_at)
{
    size_t line = token->start_mark.line + 1, column = token->start_mark.column + 1;
    if (line != node->line)
        return line > node->line;
    return column > node->column || (or_at && column == node->column);
}

static bool opens(yaml_token_type_t type)
{
    return type == YAML_BLOCK_SEQUENCE_START_TOKEN || type == YAML_BLOCK_MAPPING_START_TOKEN ||
           type == YAML_FLOW_SEQUENCE_START_TOKEN || type == YAML_FLOW_MAPPING_START_TOKEN;
}

static bool closes(yaml_token_type_t type)
{
    return type == YAML_BLOCK_END_TOKEN || type == YAML_FLOW_SEQUENCE_END_TOKEN ||
           type == YAML_FLOW_MAPPING_END_TOKEN;
}

/* Whether a token stands in the text; the others only say how it is meant. */
static bool is_text(yaml_token_type_t type)
{
    return type != YAML_BLOCK_SEQUENCE_START_TOKEN && type != YAML_BLOCK_MAPPING_START_TOKEN &&
           type != YAML_BLOCK_END_TOKEN && type != YAML_KEY_TOKEN;
}

static void note_end(struct search *search, const yaml_token_t *token)
{
    size_t end = byte_at(search, &token->end_mark);
    if (is_text(token->type) && end > search->place->end)
        search->place->end = end;
}

/* The mapping of the case begins. */
static void enter_case(struct search *search, const yaml_token_t *token)
{
    bool mapping = token->type == YAML_BLOCK_MAPPING_START_TOKEN ||
                   token->type == YAML_FLOW_MAPPING_START_TOKEN;
    if (!mapping || !is_behind(token, search->root, true))
        return;
    search->depth = 1;
    search->place->within_flow = token->type == YAML_FLOW_MAPPING_START_TOKEN;
    search->place->column = token->start_mark.column;
    search->place->empty = true;
    search->place->end = byte_at(search, &token->end_mark);
    search->phase = search->key ? TO_KEY : IN_CASE;
}

static void to_key(struct search *search, const yaml_token_t *token)
{
    search->depth += opens(token->type);
    search->depth -= closes(token->type);
    if (search->depth == 0)
        search->phase = LOST;
    if (token->type != YAML_VALUE_TOKEN || search->depth != 1 ||
        !is_behind(token, search->key, false))
        return;
    search->place->end = byte_at(search, &token->end_mark);
    search->phase = AT_VALUE;
}

static void note_dash(struct search *search, const yaml_token_t *token)
{
    search->place->column = token->start_mark.column;
    search->place->line = (uint32_t)token->start_mark.line + 1;
    note_end(search, token);
}

static void at_value(struct search *search, const yaml_token_t *token)
{
    struct nrm_edit_place *place = search->place;
    switch (token->type) {
    case YAML_ANCHOR_TOKEN:
    case YAML_TAG_TOKEN:
        note_end(search, token);
        break;
    case YAML_BLOCK_SEQUENCE_START_TOKEN:
    case YAML_BLOCK_ENTRY_TOKEN:
        place->kind = NRM_EDIT_BLOCK_LIST;
        search->depth += token->type == YAML_BLOCK_SEQUENCE_START_TOKEN;
        search->list_depth = search->depth;
        if (token->type == YAML_BLOCK_ENTRY_TOKEN)
            note_dash(search, token);
        search->phase = IN_BLOCK_LIST;
        break;
    case YAML_FLOW_SEQUENCE_START_TOKEN:
        place->kind = NRM_EDIT_FLOW_LIST;
        place->cut = byte_at(search, &token->start_mark);
        place->empty = search->before_item = true;
        note_end(search, token);
        search->depth++;
        search->phase = IN_FLOW_LIST;
        break;
    case YAML_SCALAR_TOKEN:
        place->kind = NRM_EDIT_NO_VALUE;
        place->cut = byte_at(search, &token->start_mark);
        place->cut_end = byte_at(search, &token->end_mark);
        search->phase = FOUND;
        break;
    case YAML_ALIAS_TOKEN:
    case YAML_FLOW_MAPPING_START_TOKEN:
    case YAML_BLOCK_MAPPING_START_TOKEN:
        search->phase = LOST;
        break;
    default:
        place->kind = NRM_EDIT_NO_VALUE;
        search->phase = FOUND;
    }
}

static void in_block_list(struct search *search, const yaml_token_t *token)
{
    bool at_list = search->depth == search->list_depth;
    if (at_list && (token->type == YAML_KEY_TOKEN || closes(token->type))) {
        search->phase = FOUND;
        return;
    }
    search->depth += opens(token->type);
    search->depth -= closes(token->type);
    if (at_list && token->type == YAML_BLOCK_ENTRY_TOKEN)
        note_dash(search, token);
    else
        note_end(search, token);
}

/* Between brackets, or the braces of a case that has no events yet; DEPTH is that of what they
 * hold. */
static void in_flow(struct search *search, const yaml_token_t *token, uint32_t depth)
{
    struct nrm_edit_place *place = search->place;
    bool own = search->depth == depth;
    if (own && closes(token->type)) {
        place->cut_end = byte_at(search, &token->end_mark);
        search->phase = FOUND;
        return;
    }
    search->depth += opens(token->type);
    search->depth -= closes(token->type);
    bool comma = own && token->type == YAML_FLOW_ENTRY_TOKEN;
    if (search->before_item && !comma && is_text(token->type)) {
        place->item = byte_at(search, &token->start_mark);
        search->before_item = false;
    }
    if (comma)
        search->before_item = true;
    place->comma = comma;
    place->empty = false;
    note_end(search, token);
}

static void in_case(struct search *search, const yaml_token_t *token)
{
    search->place->kind = NRM_EDIT_NO_KEY;
    if (search->place->within_flow) {
        in_flow(search, token, 1);
        search->place->cut = search->place->cut_end;
        return;
    }
    search->depth += opens(token->type);
    search->depth -= closes(token->type);
    note_end(search, token);
    if (search->depth == 0)
        search->phase = FOUND;
}

static void meet(struct search *search, const yaml_token_t *token)
{
    switch (search->phase) {
    case TO_CASE:
        enter_case(search, token);
        break;
    case TO_KEY:
        to_key(search, token);
        break;
    case AT_VALUE:
        at_value(search, token);
        break;
    case IN_BLOCK_LIST:
        in_block_list(search, token);
        break;
    case IN_FLOW_LIST:
        in_flow(search, token, 2);
        break;
    default:
        in_case(search, token);
    }
}

bool nrm_edit_find(struct nrm_str text, const struct nrm_node *root, const struct nrm_node *key,
                   struct nrm_edit_place *place)
{
    struct search search = {.text = text, .root = root, .key = key, .place = place};
    yaml_parser_t parser;
    size_t mark = text.length >= 3 && memcmp(text.text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    *place = (struct nrm_edit_place){0};
    search.byte = mark;
    if (!yaml_parser_initialize(&parser))
        nrm_malloc(SIZE_MAX); /* runs out of memory the way everything here does */
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.text + mark,
                                 text.length - mark);
    while (search.phase < FOUND) {
        yaml_token_t token;
        bool over = !yaml_parser_scan(&parser, &token);
        if (!over) {
            over = token.type == YAML_STREAM_END_TOKEN && search.phase != AT_VALUE;
            meet(&search, &token);
            yaml_token_delete(&token);
        }
        if (over && search.phase < FOUND)
            search.phase = LOST;
    }
    yaml_parser_delete(&parser);
    return search.phase == FOUND;
}
