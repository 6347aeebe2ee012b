/* What changed since the last run; see since.h. */
#include "rules/since.h"

#include <stdlib.h>

#include "data/store.h"

struct nrm_since {
    struct nrm_store *store;
    struct nrm_str *before; /* lines of the last run, sorted */
    size_t count;
    struct nrm_buffer now; /* lines of this run */
};

static int compare_lines(const void *a, const void *b)
{
    return nrm_str_compare(*(const struct nrm_str *)a, *(const struct nrm_str *)b);
}

static void read_lines(struct nrm_since *since)
{
    struct nrm_str text = nrm_store_text(since->store);
    size_t room = 1;
    for (size_t i = 0; i < text.length; i++)
        room += text.text[i] == '\n';
    since->before = nrm_calloc(room, sizeof *since->before);
    for (size_t at = 0; at < text.length;) {
        const char *end = memchr(text.text + at, '\n', text.length - at);
        size_t length = end ? (size_t)(end - text.text) - at : text.length - at;
        since->before[since->count++] = (struct nrm_str){text.text + at, length};
        at += length + 1;
    }
    qsort(since->before, since->count, sizeof *since->before, compare_lines);
}

static bool make_file(const char *path, struct nrm_sink *sink)
{
    const char *slash = strrchr(path, '/');
    char *folder = nrm_malloc(strlen(path) + 2);
    strcpy(folder, slash ? path : ".");
    if (slash)
        folder[slash == path ? 1 : slash - path] = '\0';
    enum nrm_store_made made =
        nrm_store_create(folder, slash ? slash + 1 : path, NRM_STR(""), sink);
    free(folder);
    return made != NRM_STORE_FAILED;
}

struct nrm_since *nrm_since_open(const char *path, struct nrm_sink *sink)
{
    if (!make_file(path, sink))
        return NULL;
    struct nrm_store *store = nrm_store_open(path, sink);
    if (!store)
        return NULL;
    struct nrm_since *since = nrm_calloc(1, sizeof *since);
    since->store = store;
    read_lines(since);
    return since;
}

bool nrm_since_note(struct nrm_since *since, struct nrm_str id, const struct nrm_due *due,
                    const struct nrm_zone *zone)
{
    size_t start = since->now.length;
    nrm_text_add_safe(&since->now, id);
    nrm_buffer_printf(&since->now, "\t%s\t%s\t", due->clock->id,
                      nrm_due_state_text((enum nrm_due_state)due->state));
    nrm_time_text(&due->due, zone, &since->now);
    struct nrm_str line = {since->now.text + start, since->now.length - start};
    bool known =
        since->count && bsearch(&line, since->before, since->count, sizeof line, compare_lines);
    nrm_buffer_add_char(&since->now, '\n');
    return !known;
}

bool nrm_since_save(struct nrm_since *since, struct nrm_sink *sink)
{
    struct nrm_str text = {since->now.text ? since->now.text : "", since->now.length};
    return nrm_store_replace(since->store, text, sink);
}

void nrm_since_close(struct nrm_since *since)
{
    if (!since)
        return;
    nrm_store_close(since->store);
    nrm_buffer_free(&since->now);
    free(since->before);
    free(since);
}
