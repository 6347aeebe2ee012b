/* The case model holds what requirements ask it to hold: tests/data/model.csv names fields, event
 * types, their fields, words of vocabularies and states of regions, with the requirements that each
 * carries. */
#include <criterion/criterion.h>

#include "data/csv.h"
#include "data/schema.h"

static bool has_state(struct nrm_str region, struct nrm_str state)
{
    for (size_t i = 0; i < nrm_state_row_count; i++)
        if (nrm_str_is(region, nrm_state_rows[i].region) &&
            nrm_str_is(state, nrm_state_rows[i].state))
            return true;
    return false;
}

static bool has(struct nrm_str what, struct nrm_str name, struct nrm_str part)
{
    if (nrm_str_is(what, "state"))
        return has_state(name, part);
    if (nrm_str_is(what, "field"))
        return nrm_field_find(name) != NULL;
    if (nrm_str_is(what, "event"))
        return nrm_event_type_find(name) != NULL;
    if (nrm_str_is(what, "event_field")) {
        const struct nrm_event_type *type = nrm_event_type_find(name);
        return (type || nrm_str_is(name, "*")) && nrm_event_field_find(type, part) != NULL;
    }
    const struct nrm_vocabulary *vocabulary = nrm_vocabulary_find(name);
    return vocabulary && nrm_vocabulary_word(vocabulary, part) >= 0;
}

Test(model, holds_what_requirements_name)
{
    struct nrm_arena arena = {0};
    struct nrm_input input;
    struct nrm_csv_record record;
    size_t rows = 0;
    cr_assert(nrm_input_open(&input, "tests/data/model.csv", NULL));
    struct nrm_csv_reader *reader = nrm_csv_reader_new(&input, ',', NULL);
    while (nrm_csv_read(reader, &arena, &record) == 1) {
        cr_assert_eq(record.count, 4);
        if (record.line == 1)
            continue;
        const struct nrm_csv_field *fields = record.fields;
        cr_expect(has(fields[0].text, fields[1].text, fields[2].text), "line %u: %.*s %.*s",
                  record.line, (int)fields[1].text.length, fields[1].text.text,
                  (int)fields[2].text.length, fields[2].text.text);
        rows++;
    }
    cr_expect_gt(rows, 100);
    nrm_csv_reader_free(reader);
    nrm_input_close(&input);
    nrm_arena_free(&arena);
}
