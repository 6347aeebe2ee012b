/* CSV from any bytes: what can be read is written, and must read the same again; a fault is told
 * exactly once. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "data/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* All records of BYTES, written as CSV into OUTPUT; with UNGUARD as they stood before writing. */
static void rewrite(const void *bytes, size_t size, char separator, bool unguard,
                    struct nrm_output *output)
{
    struct nrm_sink sink = {0};
    struct nrm_input input;
    struct nrm_arena arena = {0};
    struct nrm_csv_record record;
    nrm_input_memory(&input, "fuzz", bytes, size, &sink);
    struct nrm_csv_reader *reader = nrm_csv_reader_new(&input, separator, &sink);
    int rc;
    while ((rc = nrm_csv_read(reader, &arena, &record)) == 1) {
        struct nrm_str *texts = nrm_arena_array(&arena, record.count, sizeof *texts);
        for (size_t i = 0; i < record.count; i++) {
            struct nrm_csv_field field = record.fields[i];
            check(field.line >= record.line && field.column > 0);
            check(i == 0 || field.line > record.fields[i - 1].line ||
                  field.column > record.fields[i - 1].column);
            texts[i] = unguard ? nrm_csv_unguard(field.text) : field.text;
        }
        nrm_csv_write_record(output, texts, record.count);
        nrm_arena_reset(&arena);
    }
    check(sink.errors == (rc < 0));
    nrm_csv_reader_free(reader);
    nrm_input_close(&input);
    nrm_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nrm_output first, second;
    nrm_output_init(&first, -1);
    nrm_output_init(&second, -1);
    rewrite(data, size, 0, false, &first);
    rewrite(first.buffer.text, first.buffer.length, ',', true, &second);
    check(first.buffer.length == second.buffer.length);
    check(first.buffer.length == 0 ||
          memcmp(first.buffer.text, second.buffer.text, first.buffer.length) == 0);
    nrm_buffer_free(&first.buffer);
    nrm_buffer_free(&second.buffer);
    return 0;
}
