/* Reads any bytes as a stream of YAML documents, going on behind broken ones; whatever was read
 * must come back the same after writing it, in both forms, and be fit for JSON. */
#include <stdio.h>
#include <stdlib.h>

#include "../tree.h"
#include "data/json.h"
#include "data/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void insist(const char *difference, const char *form, const char *text)
{
    if (!difference)
        return;
    fprintf(stderr, "%s changed in %s form:\n%s\n", difference, form, text);
    abort();
}

static void check_again(const struct nrm_node *root, struct nrm_arena *arena)
{
    struct nrm_output block, json;
    nrm_output_init(&block, -1);
    nrm_output_init(&json, -1);
    struct nrm_buffer flow = {0};
    nrm_yaml_write(&block, root);
    nrm_yaml_write_flow(&flow, root);
    nrm_json_node(&json, root);
    struct nrm_str text = {block.buffer.text, block.buffer.length};
    const struct nrm_node *again = nrm_yaml_parse(arena, text, NULL, NULL);
    insist(again ? tree_difference(root, again, false) : "everything", "block", text.text);
    text = (struct nrm_str){flow.text, flow.length};
    again = nrm_yaml_parse(arena, text, NULL, NULL);
    insist(again ? tree_difference(root, again, true) : "everything", "flow", text.text);
    nrm_output_finish(&block);
    nrm_output_finish(&json);
    nrm_buffer_free(&flow);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct nrm_sink sink = {0};
    struct nrm_input input;
    nrm_input_memory(&input, "fuzz", bytes, length, &sink);
    struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, &sink);
    struct nrm_arena arena;
    nrm_arena_init(&arena);
    struct nrm_node *root;
    for (int found = 1; found;) {
        found = nrm_yaml_read(reader, &arena, &root);
        if (found > 0)
            check_again(root, &arena);
        else if (found < 0 && !nrm_yaml_reader_resume(reader))
            found = 0;
        nrm_arena_reset(&arena);
    }
    nrm_yaml_reader_free(reader);
    nrm_input_close(&input);
    nrm_arena_free(&arena);
    return 0;
}
