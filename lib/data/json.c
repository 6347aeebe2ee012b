/* JSON out; see json.h. */
#include "data/json.h"

#include "data/yaml.h"

/* What must be escaped: controls by RFC 8259; the two line separators, DEL and C1 because programs
 * that read JSON line by line stumble over them. */
static bool is_escaped(unsigned code)
{
    return code < 0x20 || code == '"' || code == '\\' || (code >= 0x7f && code < 0xa0) ||
           code == 0x2028 || code == 0x2029;
}

static void add_escape(struct nrm_output *output, unsigned code)
{
    if (code == '"' || code == '\\')
        nrm_output_add(output, (char[]){'\\', (char)code}, 2);
    else if (code == '\n')
        nrm_output_text(output, "\\n");
    else if (code == '\r')
        nrm_output_text(output, "\\r");
    else if (code == '\t')
        nrm_output_text(output, "\\t");
    else
        nrm_output_printf(output, "\\u%04x", code);
}

void nrm_json_string(struct nrm_output *output, struct nrm_str text)
{
    nrm_output_add_char(output, '"');
    size_t start = 0;
    for (size_t at = 0, size = 1; at < text.length; at += size) {
        unsigned code = (unsigned char)text.text[at];
        size = 1;
        if (code >= 0x80)
            code = nrm_utf8_decode(text.text + at, text.length - at, &size);
        if (!is_escaped(code))
            continue;
        nrm_output_add(output, text.text + start, at - start);
        add_escape(output, code);
        start = at + size;
    }
    nrm_output_add(output, text.text + start, text.length - start);
    nrm_output_add_char(output, '"');
}

static size_t digits(struct nrm_str text, size_t at)
{
    size_t end = at;
    while (end < text.length && text.text[end] >= '0' && text.text[end] <= '9')
        end++;
    return end - at;
}

/* The grammar of RFC 8259, section 6. */
static bool is_number(struct nrm_str text)
{
    size_t at = text.length && text.text[0] == '-';
    size_t whole = digits(text, at);
    if (whole == 0 || (whole > 1 && text.text[at] == '0'))
        return false;
    at += whole;
    if (at < text.length && text.text[at] == '.') {
        size_t fraction = digits(text, at + 1);
        if (fraction == 0)
            return false;
        at += 1 + fraction;
    }
    if (at < text.length && (text.text[at] == 'e' || text.text[at] == 'E')) {
        at++;
        if (at < text.length && (text.text[at] == '+' || text.text[at] == '-'))
            at++;
        size_t exponent = digits(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.length;
}

static void write_scalar(struct nrm_output *output, const struct nrm_node *node)
{
    struct nrm_str text = {node->text, node->count};
    bool typed = node->style == NRM_PLAIN && !node->tag;
    if (nrm_node_is_null(node))
        nrm_output_text(output, "null");
    else if (typed && (nrm_str_is(text, "true") || nrm_str_is(text, "false") || is_number(text)))
        nrm_output_add_str(output, text);
    else
        nrm_json_string(output, text);
}

/* A key is always a string; one that is a collection is written as YAML would write it. */
static void write_key(struct nrm_output *output, const struct nrm_node *key)
{
    struct nrm_buffer buffer = {0};
    struct nrm_str text = nrm_node_text(key);
    if (!text.text) {
        nrm_yaml_write_flow(&buffer, nrm_node_resolve(key));
        text = (struct nrm_str){buffer.text, buffer.length};
    }
    nrm_json_string(output, text);
    nrm_output_add_char(output, ':');
    nrm_buffer_free(&buffer);
}

static void write_node(struct nrm_output *output, const struct nrm_node *node);

static void write_object(struct nrm_output *output, const struct nrm_node *node)
{
    struct nrm_arena arena; /* for merged keys, where there are any */
    nrm_arena_init(&arena);
    size_t count;
    const struct nrm_pair *pairs = nrm_node_pairs(&arena, node, &count);
    nrm_output_add_char(output, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            nrm_output_add_char(output, ',');
        write_key(output, pairs[i].key);
        write_node(output, pairs[i].value);
    }
    nrm_output_add_char(output, '}');
    nrm_arena_free(&arena);
}

static void write_node(struct nrm_output *output, const struct nrm_node *node)
{
    node = nrm_node_resolve(node);
    if (!node) {
        nrm_output_text(output, "null");
        return;
    }
    if (node->kind == NRM_SCALAR) {
        write_scalar(output, node);
        return;
    }
    if (node->kind == NRM_MAPPING) {
        write_object(output, node);
        return;
    }
    nrm_output_add_char(output, '[');
    for (uint32_t i = 0; i < node->count; i++) {
        if (i > 0)
            nrm_output_add_char(output, ',');
        write_node(output, node->items[i]);
    }
    nrm_output_add_char(output, ']');
}

void nrm_json_node(struct nrm_output *output, const struct nrm_node *node)
{
    write_node(output, node);
}
