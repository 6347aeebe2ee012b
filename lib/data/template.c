/* Filling in templates; see template.h. */
#include "data/template.h"

#include "data/case.h"
#include "data/edit.h"
#include "data/find.h"
#include "data/input.h"

static bool read_file(const char *file, struct nrm_buffer *text, struct nrm_sink *sink)
{
    struct nrm_input input;
    char block[4096];
    size_t length;
    if (!nrm_input_open(&input, file, sink))
        return false;
    while ((length = nrm_input_read(&input, block, sizeof block)) > 0)
        nrm_buffer_add(text, block, length);
    bool failed = input.failed;
    nrm_input_close(&input);
    return !failed;
}

/* Put VALUE in the place of each WORD; whether there was one. */
static bool put_in(struct nrm_buffer *text, const char *word, struct nrm_str value)
{
    struct nrm_buffer done = {0};
    size_t length = strlen(word), at = 0;
    bool any = false;
    for (char *found; (found = memmem(text->text + at, text->length - at, word, length));) {
        size_t start = (size_t)(found - text->text);
        nrm_buffer_add(&done, text->text + at, start - at);
        nrm_buffer_add_str(&done, value);
        at = start + length;
        any = true;
    }
    nrm_buffer_add(&done, text->text + at, text->length - at);
    nrm_buffer_free(text);
    *text = done;
    return any;
}

/* What came out is a case with the id wanted, and nothing in it is wrong. */
static bool check(struct nrm_arena *arena, const char *file, struct nrm_str text, struct nrm_str id,
                  struct nrm_sink *sink)
{
    struct nrm_case_text cases;
    struct nrm_case c;
    struct nrm_place place = {.file = file};
    if (!nrm_edit_read(&cases, arena, text, file, sink) ||
        !nrm_case_from_node(&c, arena, cases.roots[0], file, sink))
        return false;
    if (cases.count == 1 && nrm_str_equal(c.id, id))
        return true;
    nrm_tell(sink, NRM_ERROR, &place, "a template holds one case, with id: @ID@");
    return false;
}

bool nrm_template_fill(struct nrm_arena *arena, const char *name, struct nrm_str id,
                       struct nrm_str profile, struct nrm_str *text, struct nrm_sink *sink)
{
    const char *file = nrm_find(arena, "templates", nrm_str(name));
    struct nrm_buffer filled = {0}, quoted = {0};
    if (!file) {
        nrm_tell(sink, NRM_ERROR, NULL, "there is no template %s in %s", name,
                 nrm_find_places(arena, "templates"));
        return false;
    }
    nrm_buffer_add(&filled, "", 0);
    nrm_buffer_add(&quoted, "", 0);
    if (id.text)
        nrm_buffer_printf(&quoted, "\"%.*s\"", (int)id.length, id.text);
    bool done = read_file(file, &filled, sink);
    if (done) {
        put_in(&filled, "@ID@", (struct nrm_str){quoted.text, quoted.length});
        put_in(&filled, "@PROFILE@", profile);
        *text = (struct nrm_str){nrm_arena_copy(arena, filled.text, filled.length), filled.length};
        done = check(arena, file, *text, id, sink);
    }
    nrm_buffer_free(&filled);
    nrm_buffer_free(&quoted);
    return done;
}
