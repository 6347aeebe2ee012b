/* What people and programs see of a screening: the page, the sheet, rows and sets; and a whole
 * session over standard input (ask.h). */
#include <fcntl.h>
#include <locale.h>

#include "screen/ask.h"
#include "screen/page.h"
#include "screen/rows.h"
#include "screen/sheet.h"
#include "screening.h"

#define NOW "2026-11-25T12:00+01:00"

/* The widest line of TEXT, in columns. */
static size_t widest(const char *text)
{
    size_t most = 0;
    for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
        size_t width = nrm_text_width((struct nrm_str){text, (size_t)(end - text)});
        most = width > most ? width : most;
    }
    return most;
}

static size_t occurrences(const char *text, const char *word)
{
    size_t count = 0;
    for (; (text = strstr(text, word)); text += strlen(word))
        count++;
    return count;
}

static const struct nrm_care_list *care(struct screening_test *test, struct nrm_arena *arena,
                                        const char *name)
{
    const struct nrm_care_list *list = nrm_care_read(
        arena, nrm_str(name), nrm_rules_names(test->harness.rules), &test->harness.sink);
    cr_assert(list, "%s", test->harness.messages.text);
    return list;
}

/* Every indicator seen, at many widths: nothing is wider than the terminal, each sign stands there.
 */
Test(page, everything_fits)
{
    struct screening_test test;
    struct nrm_arena arena = {0};
    struct nrm_buffer text = {0};
    setlocale(LC_CTYPE, "C.UTF-8");
    screening_start(&test, NOW);
    screening_all(&test);
    nrm_buffer_printf(&text, "{id: x, person: {age_group: child}, indicators: [");
    for (uint32_t i = 0; i < nrm_index_count(test.indicators->ids); i++)
        nrm_buffer_printf(&text, "{id: %s}, ", nrm_index_text(test.indicators->ids, i).text);
    nrm_buffer_printf(&text, "]}");
    struct nrm_page page = {.indicators = test.indicators,
                            .care = {care(&test, &arena, "steps"), care(&test, &arena, "guards"),
                                     care(&test, &arena, "stage2")}};
    static const char *const languages[] = {"en", "fr", "ru"};
    for (size_t width = 40; width <= 120; width += 16)
        for (size_t i = 0; i < 3; i++) {
            struct nrm_output output;
            nrm_output_init(&output, -1);
            page.output = &output;
            page.width = width;
            page.language = nrm_str(languages[i]);
            screening_of(&test, text.text);
            nrm_page_print(&page, &test.harness.standing, &test.screening);
            cr_expect_leq(widest(output.buffer.text), width);
            cr_expect_eq(occurrences(output.buffer.text, "(confined)"), 1);
            nrm_output_finish(&output);
        }
    nrm_buffer_free(&text);
    nrm_arena_free(&arena);
    screening_end(&test);
}

Test(page, a_sheet_has_every_indicator_once_and_fits)
{
    struct screening_test test;
    struct nrm_arena arena = {0};
    setlocale(LC_CTYPE, "C.UTF-8");
    screening_start(&test, NOW);
    screening_all(&test);
    const struct nrm_care_list *guards = care(&test, &arena, "guards");
    for (size_t i = 0; i < test.indicators->count; i++)
        for (size_t width = 40; width <= 80; width += 40) {
            const struct nrm_indicator_set *set = test.indicators->sets[i];
            struct nrm_output output;
            nrm_output_init(&output, -1);
            nrm_sheet_print(&output, set, guards, NRM_STR("ru"), width);
            cr_expect_leq(widest(output.buffer.text), width, "%s", set->id);
            cr_expect_eq(occurrences(output.buffer.text, "[_] seen"), set->count, "%s", set->id);
            for (size_t j = 0; j < set->count; j++) {
                char line[128];
                snprintf(line, sizeof line, "     %s\n", set->indicators[j].id);
                cr_expect_eq(occurrences(output.buffer.text, line), 1, "%s", line);
            }
            nrm_output_finish(&output);
        }
    nrm_arena_free(&arena);
    screening_end(&test);
}

Test(page, rows_are_whole_records)
{
    static const char odd[] = "set: odd\nname: O\nversion: 'a,\"b'\nreviewed: 2026\nindicators: "
                              "[{id: x, sign: X, dimension: purpose}]\n";
    struct screening_test test;
    struct nrm_output output;
    screening_start(&test, NOW);
    screening_set(&test, odd);
    screening_of(&test, "{id: '=a,b', indicators: [{id: x}]}");
    nrm_output_init(&output, -1);
    struct nrm_str *versions = nrm_screen_versions(&test.harness.arena, test.indicators);
    nrm_screen_csv_header(&output);
    nrm_screen_csv(&output, &test.harness.c, versions, &test.screening);
    cr_expect_str_eq(output.buffer.text,
                     "id,set,track,acts,means,purpose,threshold,strength,missing,version,reviewed\n"
                     "\"'=a,b\",odd,child,not_shown,not_needed,met,reached,,,\"a,\"\"b\",2026\n"
                     "\"'=a,b\",elements,child,not_shown,not_needed,met,reached,,,,\n",
                     "%s", output.buffer.text);
    nrm_buffer_clear(&output.buffer);
    nrm_screen_json(&output, &test.harness.standing, &test.screening, test.indicators, NULL, 0);
    cr_expect(strstr(output.buffer.text, "\"version\":\"a,\\\"b\""), "%s", output.buffer.text);
    nrm_buffer_clear(&output.buffer);
    nrm_sets_print(&output, test.indicators, NULL, 12, NRM_SETS_CSV, 0);
    cr_expect(strstr(output.buffer.text, "\nodd,\"a,\"\"b\",2026,2027-12-31,both,any,1,\n"), "%s",
              output.buffer.text);
    nrm_output_finish(&output);
    screening_end(&test);
}

/* nrm_ask over a pipe: what was asked before is not asked again, an interrupt is the caller's. */
Test(page, a_session_changes_the_case)
{
    struct screening_test test;
    struct nrm_arena arena = {0};
    struct nrm_node *root;
    size_t answered, left;
    int in[2], null = open("/dev/null", O_WRONLY);
    screening_start(&test, NOW);
    screening_set(&test, "set: s\nname: S\nindicators: [{id: x, sign: X, dimension: act}, {id: y, "
                         "sign: Y, dimension: act}]\n");
    cr_assert(pipe(in) == 0 && write(in[1], "n\n\ny\nq\n", 7) == 7);
    close(in[1]);
    cr_assert(dup2(in[0], STDIN_FILENO) == STDIN_FILENO);
    struct nrm_asking asking = {.rules = test.harness.rules,
                                .indicators = test.indicators,
                                .screener = test.screener,
                                .plain = true,
                                .sink = &test.harness.sink,
                                .arena = &arena};
    cr_expect_eq(nrm_ask(&asking, null, &root, &answered, &left), NRM_ASKED_KEPT);
    cr_expect_eq(answered, 2);
    cr_expect_eq(left, 1);
    cr_expect_str_eq(nrm_node_text(nrm_node_at(root, NRM_STR("person.age_group"))).text, "adult");
    cr_expect_eq(nrm_node_get(root, NRM_STR("indicators"))->count, 1);
    cr_expect_eq(nrm_ask(&asking, null, &root, &answered, &left), NRM_ASKED_NOTHING);
    close(null);
    nrm_arena_free(&arena);
    screening_end(&test);
}
