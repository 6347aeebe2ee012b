/* The YAML writer. It is not libyaml's emitter: that one (0.2.5) puts quotes around times and empty
 * values between brackets, which makes text of them for YAML 1.2, gives up block text for a tab or
 * a character beyond U+FFFF, cannot write an empty key, and writes tags that it cannot read.
 * Comments and the folding of long lines are not kept; everything else that has a meaning is. The
 * form of a single scalar is chosen in yaml_scalar.c. */
#include <stdlib.h>

#include "base/index.h"
#include "base/memory.h"
#include "data/yaml.h"
#include "data/yaml_scalar.h"

enum {
    STEP = 2,      /* columns of indentation; block text relies on it */
    LONG_KEY = 200 /* bytes; a key on one line with its colon may take 1024 characters, escaped */
};

struct writer {
    struct nrm_output *output;
    struct nrm_index *names;         /* anchors written so far; NULL: none */
    const struct nrm_node **targets; /* what each of them names now */
    size_t target_room;
    const struct nrm_node *unnamed; /* to be written without its anchor */
};

static void write_flow(struct writer *writer, const struct nrm_node *node);
static void write_block(struct writer *writer, const struct nrm_node *node, size_t indent,
                        bool started);

static void add(struct writer *writer, const char *text)
{
    nrm_output_text(writer->output, text);
}

static void start_line(struct writer *writer, size_t indent)
{
    while (indent--)
        nrm_output_add_char(writer->output, ' ');
}

/* What stands in the text for NODE: an alias whose anchor is not in force (its target was replaced,
 * or stands in a part that is not written) becomes a copy of what it means. */
static const struct nrm_node *as_written(struct writer *writer, const struct nrm_node *node)
{
    if (node->kind != NRM_ALIAS)
        return node;
    uint32_t number = nrm_index_find(writer->names, nrm_str(node->anchor));
    if (number == NRM_INDEX_NONE)
        return node->target;
    if (writer->targets[number] == node->target)
        return node;
    writer->unnamed = node->target;
    return node->target;
}

static void name_target(struct writer *writer, const struct nrm_node *node)
{
    if (!writer->names)
        writer->names = nrm_index_new();
    uint32_t number = nrm_index_add(writer->names, nrm_str(node->anchor), NULL);
    if (number >= writer->target_room) {
        writer->target_room = writer->target_room ? writer->target_room * 2 : 16;
        writer->targets =
            nrm_realloc(writer->targets, writer->target_room, sizeof *writer->targets);
    }
    writer->targets[number] = node;
}

static bool is_tag_text(const char *text)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
    return *text && text[strspn(text, safe)] == '\0';
}

static void write_tag(struct writer *writer, const char *tag)
{
    static const char
        standard[] = "tag:yaml.org,2002:",
        unescaped[] =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/?;@&=+$,!~*'()[]";
    size_t length = sizeof standard - 1;
    if (strcmp(tag, "!") == 0 || (tag[0] == '!' && is_tag_text(tag + 1))) {
        add(writer, tag);
        return;
    }
    if (strncmp(tag, standard, length) == 0 && is_tag_text(tag + length)) {
        add(writer, "!!");
        add(writer, tag + length);
        return;
    }
    add(writer, "!<");
    for (; *tag; tag++)
        if (strchr(unescaped, *tag))
            nrm_output_add_char(writer->output, *tag);
        else
            nrm_output_printf(writer->output, "%%%02X", (unsigned char)*tag);
    add(writer, ">");
}

/* Anchor and tag, each with a blank in front where LEAD says so; whether there was any. */
static bool write_properties(struct writer *writer, const struct nrm_node *node, bool lead)
{
    bool any = false;
    if (node->anchor && node != writer->unnamed) {
        name_target(writer, node);
        add(writer, lead ? " &" : "&");
        add(writer, node->anchor);
        any = true;
    }
    if (node == writer->unnamed)
        writer->unnamed = NULL;
    if (node->tag) {
        if (lead || any)
            add(writer, " ");
        write_tag(writer, node->tag);
        any = true;
    }
    return any;
}

static void write_text(struct writer *writer, const struct nrm_node *scalar, enum nrm_style style,
                       size_t indent)
{
    nrm_yaml_write_text(writer->output, (struct nrm_str){scalar->text, scalar->count}, style,
                        indent);
}

static void write_alias(struct writer *writer, const struct nrm_node *alias)
{
    add(writer, "*");
    add(writer, alias->anchor);
}

/* Whether KEY can stand in front of its colon on one line; otherwise it stands behind "?". */
static bool is_simple_key(struct writer *writer, const struct nrm_node *key)
{
    if (key->kind == NRM_ALIAS)
        return as_written(writer, key) == key;
    size_t properties = (key->anchor ? strlen(key->anchor) : 0) + (key->tag ? strlen(key->tag) : 0);
    bool empty = key->count == 0 && key->style == NRM_PLAIN;
    return key->kind == NRM_SCALAR && !empty && key->count + properties <= LONG_KEY;
}

static void write_simple_key(struct writer *writer, const struct nrm_node *key,
                             enum nrm_yaml_where where)
{
    if (key->kind == NRM_ALIAS) {
        write_alias(writer, key);
        add(writer, " :"); /* the colon would belong to the name */
        return;
    }
    if (write_properties(writer, key, false))
        add(writer, " ");
    write_text(writer, key, nrm_yaml_style(key, where), 0);
    add(writer, ":");
}

static void write_flow_pair(struct writer *writer, const struct nrm_pair *pair)
{
    if (is_simple_key(writer, pair->key)) {
        write_simple_key(writer, pair->key, NRM_YAML_IN_FLOW);
    } else {
        add(writer, "? ");
        write_flow(writer, pair->key);
        add(writer, " :");
    }
    add(writer, " ");
    write_flow(writer, pair->value);
}

static void write_flow_collection(struct writer *writer, const struct nrm_node *node)
{
    bool mapping = node->kind == NRM_MAPPING;
    add(writer, mapping ? "{" : "[");
    for (uint32_t i = 0; i < node->count; i++) {
        if (i > 0)
            add(writer, ", ");
        if (mapping) {
            write_flow_pair(writer, &node->pairs[i]);
            continue;
        }
        const struct nrm_node *item = node->items[i];
        bool nothing = item->kind == NRM_SCALAR && item->count == 0 && item->style == NRM_PLAIN &&
                       !item->anchor && !item->tag;
        if (nothing) /* cannot have been read like this, but may have been built */
            add(writer, "null");
        else
            write_flow(writer, item);
    }
    add(writer, mapping ? "}" : "]");
}

/* NODE on one line, where brackets are around it or it is a collection itself. */
static void write_flow(struct writer *writer, const struct nrm_node *node)
{
    node = as_written(writer, node);
    if (node->kind == NRM_ALIAS) {
        write_alias(writer, node);
        return;
    }
    if (write_properties(writer, node, false))
        add(writer, " ");
    if (node->kind == NRM_SCALAR)
        write_text(writer, node, nrm_yaml_style(node, NRM_YAML_IN_FLOW), 0);
    else
        write_flow_collection(writer, node);
}

static bool is_block_collection(const struct nrm_node *node)
{
    return (node->kind == NRM_SEQUENCE || node->kind == NRM_MAPPING) && node->count > 0 &&
           node->style != NRM_FLOW;
}

/* A node behind "---", "-", "?" or a colon, to the end of its line or lines. INDENT: the column of
 * what it stands behind, as its own lines must be further in; INNER: where the lines of a block
 * collection start. COMPACT: a block collection may start on this line, INNER columns in. */
static void write_value(struct writer *writer, const struct nrm_node *node, size_t indent,
                        size_t inner, enum nrm_yaml_where where, bool compact)
{
    node = as_written(writer, node);
    if (node->kind == NRM_ALIAS) {
        add(writer, " ");
        write_alias(writer, node);
        add(writer, "\n");
        return;
    }
    bool properties = write_properties(writer, node, true);
    if (is_block_collection(node)) {
        add(writer, compact && !properties ? " " : "\n");
        write_block(writer, node, inner, compact && !properties);
        return;
    }
    if (node->kind != NRM_SCALAR) {
        add(writer, " ");
        write_flow_collection(writer, node);
        add(writer, "\n");
        return;
    }
    enum nrm_style style = nrm_yaml_style(node, where);
    bool nothing = style == NRM_PLAIN && node->count == 0;
    if (!nothing)
        add(writer, " ");
    write_text(writer, node, style, indent + STEP);
    if (style != NRM_LITERAL && style != NRM_FOLDED)
        add(writer, "\n");
}

/* A block collection, each entry on lines of its own, INDENT columns in. STARTED: the first line
 * has its indentation already. */
static void write_block(struct writer *writer, const struct nrm_node *node, size_t indent,
                        bool started)
{
    size_t inner = indent + STEP;
    for (uint32_t i = 0; i < node->count; i++) {
        if (i > 0 || !started)
            start_line(writer, indent);
        if (node->kind == NRM_SEQUENCE) {
            add(writer, "-");
            write_value(writer, node->items[i], indent, inner, NRM_YAML_IN_BLOCK, true);
            continue;
        }
        const struct nrm_pair *pair = &node->pairs[i];
        if (is_simple_key(writer, pair->key)) {
            write_simple_key(writer, pair->key, NRM_YAML_AS_KEY);
        } else {
            add(writer, "?");
            write_value(writer, pair->key, indent, inner, NRM_YAML_IN_BLOCK, true);
            start_line(writer, indent);
            add(writer, ":");
        }
        write_value(writer, pair->value, indent, inner, NRM_YAML_IN_BLOCK, false);
    }
}

static void finish(struct writer *writer)
{
    nrm_index_free(writer->names);
    free(writer->targets);
}

void nrm_yaml_write(struct nrm_output *output, const struct nrm_node *root)
{
    struct writer writer = {.output = output};
    add(&writer, "---");
    write_value(&writer, root, 0, 0, NRM_YAML_AT_ROOT, false);
    finish(&writer);
}

void nrm_yaml_write_flow(struct nrm_buffer *buffer, const struct nrm_node *node)
{
    struct nrm_output output;
    nrm_output_init(&output, -1);
    struct writer writer = {.output = &output};
    write_flow(&writer, node);
    finish(&writer);
    nrm_buffer_add(buffer, output.buffer.text, output.buffer.length);
    nrm_buffer_free(&output.buffer);
}
