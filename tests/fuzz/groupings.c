/* Groupings from any bytes: reading them either fails with one message or gives columns that can be
 * counted in. Which cases there are does not matter here: every field is missing. */
#include <stdint.h>
#include <stdlib.h>

#include "stats/grouping.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const words[] = {"track", "identification", "weight"};
static const struct nrm_names names = {.names = words, .count = 3};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nrm_arena arena = {0};
    struct nrm_sink sink = {0};
    struct nrm_groupings groupings = {0};
    struct nrm_expr_context context = {.names = &names, .place = {"-g", 1, 1}, .sink = &sink};
    bool good = nrm_groupings_parse(&arena, (struct nrm_str){(const char *)data, size}, &context,
                                    &groupings);
    if (good != (sink.errors == 0) || sink.errors > 1 || (good && groupings.count == 0))
        abort();
    for (size_t i = 0; i < groupings.count; i++)
        if (!groupings.list[i].expr || groupings.list[i].name.length == 0)
            abort();
    nrm_arena_free(&arena);
    return 0;
}
