/* Reads YAML documents from standard input and writes them to standard output, for comparing both
 * by an independent parser; with the argument "flow" in the form that a CSV cell holds, one
 * document a line. Status 2 where a document could not be read; the others are written. */
#include <stdio.h>
#include <unistd.h>

#include "data/yaml.h"

static void tell(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                 const char *text)
{
    (void)sink, (void)level;
    fprintf(stderr, "%s:%u:%u: %s\n", place->file, place->line, place->column, text);
}

static void write_document(struct nrm_output *output, const struct nrm_node *root, bool flow)
{
    if (!flow) {
        nrm_yaml_write(output, root);
        return;
    }
    struct nrm_buffer text = {0};
    nrm_yaml_write_flow(&text, root);
    nrm_output_printf(output, "--- %s\n", text.text);
    nrm_buffer_free(&text);
}

int main(int argc, char **argv)
{
    bool flow = argc > 1 && strcmp(argv[1], "flow") == 0;
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
            write_document(&output, root, flow);
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
