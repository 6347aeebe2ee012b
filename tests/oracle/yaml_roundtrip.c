/* Reads YAML documents from standard input and writes them to standard output, for comparing both by
 * an independent parser. Status 2 where a document could not be read; the others are written. */
#include <stdio.h>
#include <unistd.h>

#include "data/yaml.h"

static void tell(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                 const char *text)
{
    (void)sink, (void)level;
    fprintf(stderr, "%s:%u:%u: %s\n", place->file, place->line, place->column, text);
}

int main(void)
{
    struct nrm_sink sink = {.tell = tell};
    struct nrm_input input;
    if (!nrm_input_open(&input, "-", &sink))
        return 2;
    struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, &sink);
    struct nrm_output output;
    nrm_output_init(&output, STDOUT_FILENO);
    struct nrm_arena arena;
    nrm_arena_init(&arena);
    for (int found = 1; found;) {
        struct nrm_node *root;
        found = nrm_yaml_read(reader, &arena, &root);
        if (found > 0)
            nrm_yaml_write(&output, root);
        else if (found < 0)
            nrm_yaml_reader_resume(reader);
        nrm_arena_reset(&arena);
    }
    nrm_arena_free(&arena);
    nrm_yaml_reader_free(reader);
    nrm_input_close(&input);
    bool written = nrm_output_finish(&output);
    return sink.errors || !written ? 2 : 0;
}
