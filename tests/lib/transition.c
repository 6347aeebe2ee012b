/* Every row of schema/transitions.csv is taken by one history and refused by another:
 * tests/data/transitions.csv holds both. Requirements stand beside the row that carries them. */
#include "harness.h"

#define NOW "2026-03-10T12:00+01:00"

/* Whether the last event of the file took ROW; for the steps that no event records, whether the row
 * has its effect. */
static bool took(struct harness *harness, const struct nrm_transition_row *row)
{
    const struct nrm_standing *standing = &harness->standing;
    if (strcmp(row->event, "begin") == 0)
        return strcmp(harness_value(harness, row->region), row->to) == 0;
    for (size_t i = 0; i < standing->moment_count; i++) {
        const struct nrm_moment *moment = &standing->moments[i];
        if (moment->event && moment->event->position != harness->c.event_count)
            continue;
        for (size_t j = 0; j < moment->step_count; j++) {
            const struct nrm_step *step = &standing->steps[moment->first_step + j];
            if (step->row == row && !step->held)
                return true;
        }
    }
    return false;
}

static const struct nrm_transition_row *find_row(struct nrm_str id)
{
    for (size_t i = 0; i < nrm_transition_row_count; i++)
        if (nrm_str_is(id, nrm_transition_rows[i].id))
            return &nrm_transition_rows[i];
    return NULL;
}

static void check_row(struct harness *harness, struct nrm_arena *arena,
                      const struct nrm_csv_record *record)
{
    const struct nrm_csv_field *fields = record->fields;
    const struct nrm_transition_row *row = find_row(fields[0].text);
    cr_assert(row, "line %u: there is no such row", record->line);
    for (int refused = 0; refused < 2; refused++) {
        struct nrm_str yaml = fields[1 + refused].text;
        harness_case(harness, nrm_arena_copy(arena, yaml.text, yaml.length));
        cr_expect_eq(took(harness, row), !refused, "row %s, line %u: %s", row->id, record->line,
                     refused ? "taken where it should be refused" : "not taken");
    }
    cr_expect(nrm_str_is(fields[3].text, row->requirements), "row %s: other requirements", row->id);
}

Test(transition, every_row_is_taken_and_refused)
{
    struct harness harness;
    struct nrm_arena arena = {0};
    struct nrm_input input;
    struct nrm_csv_record record;
    size_t rows = 0;
    harness_start(&harness, NOW, NULL);
    cr_assert(harness.rules, "%s", harness.messages.text);
    cr_assert(nrm_input_open(&input, "tests/data/transitions.csv", &harness.sink));
    struct nrm_csv_reader *reader = nrm_csv_reader_new(&input, ',', &harness.sink);
    while (nrm_csv_read(reader, &arena, &record) == 1) {
        cr_assert_eq(record.count, 4);
        if (record.line > 1 && ++rows)
            check_row(&harness, &arena, &record);
    }
    cr_expect_eq(rows, nrm_transition_row_count, "%zu of %zu rows are tested", rows,
                 nrm_transition_row_count);
    nrm_csv_reader_free(reader);
    nrm_input_close(&input);
    nrm_arena_free(&arena);
    harness_end(&harness);
}
