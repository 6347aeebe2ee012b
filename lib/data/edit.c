/* Editing case files as text; see edit.h. Where the event belongs is found in edit_place.c; here it
 * is written in the style around it, and the result is held against what was wanted. */
#include "data/edit.h"

#include "data/edit_place.h"
#include "data/yaml.h"

enum { STEP = 2 }; /* columns from a key to the dashes below it */

static void tell(const struct nrm_case_text *cases, struct nrm_sink *sink,
                 const struct nrm_node *node, const char *text)
{
    struct nrm_place place = {.file = cases->file};
    if (node)
        place = nrm_node_place(node, cases->file);
    nrm_tell(sink, NRM_ERROR, &place, "%s", text);
}

/* --- reading --- */

static void add_root(struct nrm_case_text *cases, struct nrm_node *root, size_t *room)
{
    if (cases->count == *room) {
        struct nrm_node **old = cases->roots;
        *room = *room ? 2 * *room : 4;
        cases->roots = nrm_arena_array(cases->arena, *room, sizeof *cases->roots);
        if (cases->count)
            memcpy(cases->roots, old, cases->count * sizeof *old);
    }
    cases->roots[cases->count++] = root;
}

bool nrm_edit_read(struct nrm_case_text *cases, struct nrm_arena *arena, struct nrm_str text,
                   const char *file, struct nrm_sink *sink)
{
    struct nrm_input input;
    struct nrm_node *root;
    size_t room = 0;
    int found;
    *cases = (struct nrm_case_text){.arena = arena, .file = file, .text = text};
    nrm_input_memory(&input, file, text.text, text.length, sink);
    struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, sink);
    while ((found = nrm_yaml_read(reader, arena, &root)) == 1) {
        if (root->kind != NRM_MAPPING) {
            tell(cases, sink, root, "this is no case; a case is keys and values, as id: 2026-0042");
            found = -1;
            break;
        }
        add_root(cases, root, &room);
    }
    nrm_yaml_reader_free(reader);
    nrm_input_close(&input);
    if (found == 0 && cases->count == 0)
        tell(cases, sink, NULL, "there is no case in this file");
    return found == 0 && cases->count > 0;
}

bool nrm_edit_choose(struct nrm_case_text *cases, struct nrm_str id, struct nrm_sink *sink)
{
    size_t found = 0;
    for (size_t i = 0; i < cases->count; i++) {
        struct nrm_str own =
            nrm_node_text(nrm_node_resolve(nrm_node_get(cases->roots[i], NRM_STR("id"))));
        if (id.text && !(own.text && nrm_str_equal(own, id)))
            continue;
        if (found++ == 0)
            cases->chosen = i;
    }
    if (found == 1)
        return true;
    if (!id.text)
        tell(cases, sink, NULL, "there are several cases in this file; say which with -c ID");
    else if (found == 0)
        tell(cases, sink, NULL, "no case in this file has that id");
    else
        tell(cases, sink, NULL, "several cases in this file have that id; give each its own first");
    return false;
}

/* --- comparing --- */

static bool same_name(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static enum nrm_scalar_type type_of(const struct nrm_node *scalar)
{
    return scalar->style == NRM_PLAIN && !scalar->tag
               ? nrm_scalar_type((struct nrm_str){scalar->text, scalar->count})
               : NRM_TYPE_STRING;
}

static bool is_same(const struct nrm_node *a, const struct nrm_node *b);

static bool is_same_pair(const struct nrm_pair *a, const struct nrm_pair *b)
{
    return is_same(a->key, b->key) && is_same(a->value, b->value);
}

/* Whether two trees say the same. An alias is its name: what that names is compared where it
 * stands. */
static bool is_same(const struct nrm_node *a, const struct nrm_node *b)
{
    if (a->kind != b->kind || !same_name(a->anchor, b->anchor) || !same_name(a->tag, b->tag))
        return false;
    if (a->kind == NRM_ALIAS)
        return true;
    if (a->count != b->count)
        return false;
    if (a->kind == NRM_SCALAR)
        return (a->count == 0 || memcmp(a->text, b->text, a->count) == 0) &&
               type_of(a) == type_of(b);
    for (uint32_t i = 0; i < a->count; i++)
        if (!(a->kind == NRM_SEQUENCE ? is_same(a->items[i], b->items[i])
                                      : is_same_pair(&a->pairs[i], &b->pairs[i])))
            return false;
    return true;
}

static const struct nrm_pair *find_list(const struct nrm_node *root, const char *key)
{
    for (uint32_t i = 0; i < root->count; i++)
        if (nrm_str_is(nrm_node_text(root->pairs[i].key), key))
            return &root->pairs[i];
    return NULL;
}

/* Whether NOW is the list OLD (NULL or null: none) with ITEM behind its items. */
static bool is_longer_list(const struct nrm_node *old, const struct nrm_node *now,
                           const struct nrm_node *item)
{
    uint32_t before = old && old->kind == NRM_SEQUENCE ? old->count : 0;
    if (now->kind != NRM_SEQUENCE || now->count != before + 1)
        return false;
    if (before && !(same_name(old->anchor, now->anchor) && same_name(old->tag, now->tag)))
        return false;
    for (uint32_t i = 0; i < before; i++)
        if (!is_same(old->items[i], now->items[i]))
            return false;
    return is_same(item, now->items[before]);
}

static bool is_longer_case(const struct nrm_node *old, const struct nrm_node *now, const char *key,
                           const struct nrm_node *item)
{
    const struct nrm_pair *list = find_list(old, key);
    if (now->kind != NRM_MAPPING || now->count != old->count + (list == NULL) ||
        !same_name(old->anchor, now->anchor) || !same_name(old->tag, now->tag))
        return false;
    for (uint32_t i = 0; i < now->count; i++) {
        const struct nrm_pair *pair = &now->pairs[i];
        const struct nrm_pair *was = i < old->count ? &old->pairs[i] : NULL;
        if (was && was != list) {
            if (!is_same_pair(was, pair))
                return false;
            continue;
        }
        if (!nrm_str_is(nrm_node_text(pair->key), key) || (was && !is_same(was->key, pair->key)) ||
            !is_longer_list(was ? was->value : NULL, pair->value, item))
            return false;
    }
    return true;
}

static bool is_wanted(const struct nrm_case_text *cases, const struct nrm_case_text *edited,
                      const char *key, const struct nrm_node *item)
{
    if (cases->count != edited->count)
        return false;
    for (size_t i = 0; i < cases->count; i++)
        if (!(i == cases->chosen ? is_longer_case(cases->roots[i], edited->roots[i], key, item)
                                 : is_same(cases->roots[i], edited->roots[i])))
            return false;
    return true;
}

/* --- writing --- */

struct edit {
    struct nrm_str text;
    struct nrm_edit_place place;
    const char *key;             /* of the list */
    const struct nrm_node *last; /* item before the new one, or NULL */
    const struct nrm_node *item;
    const char *line_end; /* as the line has it that comes before */
    struct nrm_buffer out;
};

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

/* The end of the line that holds AT, in front of its line end. */
static size_t end_of_line(struct nrm_str text, size_t at)
{
    while (at < text.length && !is_break(text.text[at]))
        at++;
    return at;
}

/* Behind the line end at AT, if one is there. */
static size_t skip_break(struct nrm_str text, size_t at)
{
    if (at < text.length && text.text[at] == '\r')
        return at + 1 < text.length && text.text[at + 1] == '\n' ? at + 2 : at + 1;
    return at < text.length && text.text[at] == '\n' ? at + 1 : at;
}

/* The line end at AT; behind the last line the one of the first. */
static const char *line_end_at(struct nrm_str text, size_t at)
{
    if (at >= text.length)
        at = end_of_line(text, 0);
    if (at >= text.length || text.text[at] == '\n')
        return "\n";
    return at + 1 < text.length && text.text[at + 1] == '\n' ? "\r\n" : "\r";
}

static void add_text(struct edit *edit, const char *text)
{
    nrm_buffer_add_str(&edit->out, nrm_str(text));
}

static void add_range(struct edit *edit, size_t from, size_t to)
{
    nrm_buffer_add(&edit->out, edit->text.text + from, to - from);
}

static void add_blanks(struct edit *edit, size_t count)
{
    while (count--)
        nrm_buffer_add_char(&edit->out, ' ');
}

/* Columns from the dash to what stands behind it, as with the item before. */
static size_t gap_of(const struct edit *edit)
{
    const struct nrm_node *last = edit->last;
    if (!last || last->line != edit->place.line || last->column < edit->place.column + 1 + STEP)
        return STEP;
    return last->column - 1 - edit->place.column;
}

/* The item behind a dash in COLUMN, on one line or several, each with its line end. What is written
 * first is the line of the document start; the others begin with the dash or with blanks. */
static void add_item(struct edit *edit, size_t column)
{
    struct nrm_node list = {.kind = NRM_SEQUENCE, .style = NRM_BLOCK, .count = 1};
    struct nrm_node item = *edit->item, *items[] = {&item};
    struct nrm_output output;
    size_t gap = gap_of(edit);
    item.style = edit->last && edit->last->kind == NRM_MAPPING ? edit->last->style : NRM_FLOW;
    list.items = items;
    nrm_output_init(&output, -1);
    nrm_yaml_write(&output, &list);
    struct nrm_str lines = {output.buffer.text, output.buffer.length};
    for (size_t at = skip_break(lines, end_of_line(lines, 0)); at < lines.length;) {
        size_t end = end_of_line(lines, at);
        if (end > at) {
            add_blanks(edit, column);
            nrm_buffer_add_char(&edit->out, lines.text[at]);
            add_blanks(edit, gap - STEP);
            nrm_buffer_add(&edit->out, lines.text + at + 1, end - at - 1);
        }
        add_text(edit, edit->line_end);
        at = skip_break(lines, end);
    }
    nrm_output_finish(&output);
}

/* Copy to where a new line may start below AT, and see to it that one does. */
static size_t go_below(struct edit *edit, size_t from, size_t at)
{
    struct nrm_str text = edit->text;
    bool started = at > 0 && is_break(text.text[at - 1]); /* block text ends behind its line */
    size_t end = started ? at : end_of_line(text, at);
    size_t below = started ? at : skip_break(text, end);
    edit->line_end = line_end_at(text, started ? at - 1 : end);
    if (started && at > 1 && text.text[at - 1] == '\n' && text.text[at - 2] == '\r')
        edit->line_end = "\r\n";
    add_range(edit, from, below);
    if (!started && below == end)
        add_text(edit, edit->line_end);
    return below;
}

static void add_to_block_list(struct edit *edit)
{
    size_t below = go_below(edit, 0, edit->place.end);
    add_item(edit, edit->place.column);
    add_range(edit, below, edit->text.length);
}

/* Where the last item begins its line the new one does as well, as far in. */
static bool starts_line(const struct edit *edit, size_t *line)
{
    *line = edit->place.item;
    while (*line > 0 && (edit->text.text[*line - 1] == ' ' || edit->text.text[*line - 1] == '\t'))
        --*line;
    return *line > 0 && is_break(edit->text.text[*line - 1]);
}

static void add_to_flow_list(struct edit *edit)
{
    const struct nrm_edit_place *place = &edit->place;
    size_t line, at = place->end;
    bool own_line = !place->empty && starts_line(edit, &line);
    add_range(edit, 0, at);
    if (!place->empty && !place->comma)
        add_text(edit, ",");
    if (own_line) {
        size_t end = end_of_line(edit->text, at);
        bool closed = place->cut_end <= end; /* the bracket stands on the line of the last item */
        edit->line_end = line_end_at(edit->text, end);
        if (!closed) {
            add_range(edit, at, end);
            at = end;
        }
        add_text(edit, edit->line_end);
        add_range(edit, line, place->item);
    } else if (!place->empty) {
        add_text(edit, " ");
    }
    nrm_yaml_write_flow(&edit->out, edit->item);
    if (place->comma)
        add_text(edit, ",");
    add_range(edit, at, edit->text.length);
}

/* Behind a key without a value, or with nothing in its brackets: a list below it. */
static void add_below_key(struct edit *edit)
{
    const struct nrm_edit_place *place = &edit->place;
    size_t from = 0, at = place->end;
    if (place->cut < place->cut_end) {
        size_t blank = place->cut;
        while (blank > 0 && edit->text.text[blank - 1] == ' ')
            blank--;
        add_range(edit, 0, blank);
        from = at = place->cut_end;
    }
    size_t below = go_below(edit, from, at);
    add_item(edit, place->column + STEP);
    add_range(edit, below, edit->text.length);
}

/* Within braces everything stays on its line. */
static void add_within_flow(struct edit *edit)
{
    const struct nrm_edit_place *place = &edit->place;
    bool has_key = place->kind == NRM_EDIT_NO_VALUE;
    size_t from = place->end, to = place->end;
    if (has_key && place->cut < place->cut_end) {
        from = place->cut;
        to = place->cut_end;
    }
    add_range(edit, 0, from);
    if (!has_key) {
        add_text(edit, place->empty ? "" : place->comma ? " " : ", ");
        add_text(edit, edit->key);
        add_text(edit, ":");
    }
    if (from == to)
        add_text(edit, " ");
    add_text(edit, "[");
    nrm_yaml_write_flow(&edit->out, edit->item);
    add_text(edit, "]");
    add_range(edit, to, edit->text.length);
}

static void add_key(struct edit *edit)
{
    size_t below = go_below(edit, 0, edit->place.end);
    add_blanks(edit, edit->place.column);
    add_text(edit, edit->key);
    add_text(edit, ":");
    add_text(edit, edit->line_end);
    add_item(edit, edit->place.column + STEP);
    add_range(edit, below, edit->text.length);
}

/* Whether a pair of brackets holds nothing, not even a comment. */
static bool is_bare(const struct edit *edit)
{
    for (size_t at = edit->place.end; at + 1 < edit->place.cut_end; at++)
        if (edit->text.text[at] != ' ')
            return false;
    return true;
}

static void add_to_case(struct edit *edit)
{
    const struct nrm_edit_place *place = &edit->place;
    if (place->kind == NRM_EDIT_BLOCK_LIST)
        add_to_block_list(edit);
    else if (place->kind == NRM_EDIT_FLOW_LIST && place->empty && !place->within_flow &&
             is_bare(edit))
        add_below_key(edit);
    else if (place->kind == NRM_EDIT_FLOW_LIST)
        add_to_flow_list(edit);
    else if (place->within_flow)
        add_within_flow(edit);
    else if (place->kind == NRM_EDIT_NO_VALUE)
        add_below_key(edit);
    else
        add_key(edit);
}

/* Whether an alias somewhere in NODE means TARGET. */
static bool refers_to(const struct nrm_node *node, const struct nrm_node *target)
{
    if (node->kind == NRM_ALIAS)
        return node->target == target;
    for (uint32_t i = 0; node->kind != NRM_SCALAR && i < node->count; i++)
        if (node->kind == NRM_SEQUENCE
                ? refers_to(node->items[i], target)
                : refers_to(node->pairs[i].key, target) || refers_to(node->pairs[i].value, target))
            return true;
    return false;
}

/* Whether something can be added to what stands behind the key; told where not. */
static bool check_value(const struct nrm_case_text *cases, const char *key,
                        const struct nrm_pair *list, struct nrm_sink *sink)
{
    const struct nrm_node *root = cases->roots[cases->chosen];
    const struct nrm_node *value = list ? list->value : nrm_node_get(root, nrm_str(key));
    struct nrm_place place = nrm_node_place(value, cases->file);
    if (!list && value)
        nrm_tell(sink, NRM_ERROR, &place,
                 "the %s of this case are merged in (<<); write them out to add to them", key);
    else if (list && value->kind == NRM_ALIAS)
        nrm_tell(sink, NRM_ERROR, &place,
                 "the %s of this case are an alias (*); write them out to add to them", key);
    else if (list && value->kind != NRM_SEQUENCE &&
             (!nrm_node_is_null(value) || value->anchor || value->tag))
        tell(cases, sink, value,
             "a list is wanted here, each entry behind a dash; nothing can be added to this");
    else if (list && value->anchor && refers_to(root, value))
        tell(cases, sink, value,
             "an alias (*) elsewhere means this list as well and would change with it; write "
             "out what is meant there");
    else
        return true;
    return false;
}

bool nrm_edit_append_to(const struct nrm_case_text *cases, const char *key,
                        const struct nrm_node *item, struct nrm_case_text *edited,
                        struct nrm_sink *sink)
{
    struct edit edit = {.text = cases->text, .key = key, .item = item};
    const struct nrm_node *root = cases->roots[cases->chosen];
    const struct nrm_pair *list = find_list(root, key);
    if (!check_value(cases, key, list, sink))
        return false;
    if (list && list->value->kind == NRM_SEQUENCE && list->value->count)
        edit.last = list->value->items[list->value->count - 1];
    bool done = nrm_edit_find(cases->text, root, list ? list->key : NULL, &edit.place);
    if (done) {
        add_to_case(&edit);
        char *text = nrm_arena_copy(cases->arena, edit.out.text, edit.out.length);
        struct nrm_str whole = {text, edit.out.length};
        done = nrm_edit_read(edited, cases->arena, whole, cases->file, NULL);
        edited->chosen = cases->chosen;
        done = done && is_wanted(cases, edited, key, item);
    }
    nrm_buffer_free(&edit.out);
    if (!done) {
        struct nrm_place place = nrm_node_place(list ? list->key : root, cases->file);
        nrm_tell(sink, NRM_ERROR, &place,
                 "the %s of this case are written in a way that nothing can be added to safely; "
                 "nothing was changed, add this in an editor",
                 key);
    }
    return done;
}

bool nrm_edit_append(const struct nrm_case_text *cases, const struct nrm_node *event,
                     struct nrm_case_text *edited, struct nrm_sink *sink)
{
    return nrm_edit_append_to(cases, "events", event, edited, sink);
}
