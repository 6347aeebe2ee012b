/* What people and programs see of a screening: the page, the sheet, rows and sets; and a whole
 * session over standard input (ask.h). */
#include <fcntl.h>
#include <locale.h>

#include "screen/ask.h"
#include "screen/page.h"
#include "screen/record.h"
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
                            .rules = test.harness.rules,
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

struct heading {
    const char *yaml, *title;
    bool wanted;
};

#define NOTED(person, more)                                                                        \
    "{id: x, person: {" person                                                                     \
    "}, indicators: [{id: maybe_under_18}, {id: cannot_stop_work}]" more "}"

/* H02-T002 H03-T084: the track is that of the record, and what speaks against it is pointed at.
 * H02-G007: of a person who declines nothing more is asked. */
static const struct heading headings[] = {
    {NOTED("age_group: adult", ""), "\nAge in doubt\n  - May be under eighteen (maybe_under_18)\n",
     true},
    {NOTED("age_group: adult", ""), "age_doubted with nrm-case", true},
    {NOTED("age_group: adult", ""), ", an adult\n", true},
    {NOTED("age_group: child", ""), "Age in doubt", false},
    {NOTED("age_group: unknown", ""), "Age in doubt", false},
    {NOTED("age_group: adult", ", events: [{at: 2026-03-01, type: age_doubted}]"), "Age in doubt",
     false},
    {"{person: {age_group: adult}, indicators: [{id: maybe_under_18, answer: not_seen}]}",
     "Age in doubt", false},
    {NOTED("age_group: adult", ""), "\nAsk or find out next\n", true},
    {NOTED("age_group: adult", ", events: [{at: 2026-03-01, type: declined}]"),
     "Ask or find out next", false},
    {NOTED("age_group: child", ", events: [{at: 2026-03-01, type: declined}]"),
     "\nAsk or find out next\n", true}, /* a child does not decline: it moves nothing */
};

Test(page, what_a_page_says_of_the_person)
{
    struct screening_test test;
    screening_start(&test, NOW);
    screening_all(&test);
    struct nrm_page page = {.indicators = test.indicators, .rules = test.harness.rules};
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        struct nrm_output output;
        nrm_output_init(&output, -1);
        page.output = &output;
        screening_of(&test, headings[i].yaml);
        nrm_page_print(&page, &test.harness.standing, &test.screening);
        cr_expect_eq(strstr(output.buffer.text, headings[i].title) != NULL, headings[i].wanted,
                     "row %zu: %s", i, output.buffer.text);
        nrm_output_finish(&output);
    }
    screening_end(&test);
}

/* A program sees the same in the object of the case. */
Test(page, json_names_the_signs_of_childhood)
{
    static const struct {
        const char *yaml, *wanted;
    } table[] = {
        {NOTED("age_group: adult", ""), "\"track\":\"adult\",\"age_doubt\":[\"maybe_under_18\"],"},
        {NOTED("age_group: child", ""), "\"track\":\"child\",\"age_doubt\":[],"},
        {"{person: {age_group: adult}}", "\"track\":\"adult\",\"age_doubt\":[],"},
        {"{person: {age_group: adult}, indicators: [{id: age_made_up}, {id: maybe_under_18}]}",
         "\"age_doubt\":[\"age_made_up\",\"maybe_under_18\"],"},
    };
    struct screening_test test;
    screening_start(&test, NOW);
    screening_all(&test);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct nrm_output output;
        nrm_output_init(&output, -1);
        screening_of(&test, table[i].yaml);
        nrm_screen_json(&output, &test.harness.standing, &test.screening, test.indicators, NULL, 0);
        cr_expect(strstr(output.buffer.text, table[i].wanted), "row %zu: %s", i,
                  output.buffer.text);
        nrm_output_finish(&output);
    }
    screening_end(&test);
}

/* Each sign of childhood says of itself that the person may be a child: a list to be thought over
 * whenever it changes. */
Test(page, the_signs_of_childhood_of_the_sets)
{
    static const char *const wanted[] = {
        "age_made_up", "age_posing_as_child", "age_disbelieved", "child_among_adults",
        "child_young", "child_orphan",        "maybe_under_18",  "child_without_safe_adult"};
    enum { COUNT = sizeof wanted / sizeof *wanted };
    struct screening_test test;
    size_t count = 0;
    screening_start(&test, NOW);
    screening_all(&test);
    for (size_t i = 0; i < test.indicators->count; i++)
        for (size_t j = 0; j < test.indicators->sets[i]->count; j++) {
            const struct nrm_indicator *indicator = &test.indicators->sets[i]->indicators[j];
            bool listed = false;
            for (size_t k = 0; k < COUNT; k++)
                listed = listed || strcmp(wanted[k], indicator->id) == 0;
            cr_expect_eq(indicator->childhood, listed, "%s", indicator->id);
            count += listed;
        }
    cr_expect_eq(count, COUNT);
    screening_end(&test);
}

struct reached {
    const char *yaml, *wanted; /* the sets, then words, joined with spaces */
};

#define BY(indicators, exploitation)                                                               \
    "{person: {age_group: adult}, indicators: [" indicators "], exploitation: {" exploitation "}}"

/* A threshold that is reached is always reached by something. */
static const struct reached reached[] = {
    {BY("", ""), ""},
    {BY("{id: one}", ""), "plain/1"},
    {BY("", "means: [force]"), "recorded"},
    {BY("", "forms: [labour]"), "recorded"},
    {BY("{id: one}", "means: [force]"), "plain/1 recorded"},
    {BY("", "acts: [transport]"), ""}, /* an act reaches nothing */
    {BY("", "means: [unknown]"), ""},
    {BY("{id: weighed}", ""), "noted"}, /* a purpose, not positive by the weights of its set */
    {BY("{id: weighed}", "means: [force]"), "recorded"},
    {BY("{id: one, answer: not_seen}", ""), ""},
};

Test(record, the_event_says_what_reached_the_threshold)
{
    for (size_t i = 0; i < sizeof reached / sizeof *reached; i++) {
        struct screening_test test;
        struct nrm_buffer got = {0};
        screening_start(&test, NOW);
        screening_set(&test, "set: plain\nname: P\nversion: 1\nindicators: [{id: one, sign: One, "
                             "dimension: means}]\n");
        screening_set(&test, "set: weighted\nname: W\nversion: 1\nrule: ilo\nindicators: [{id: "
                             "weighed, sign: W, dimension: purpose, weight: weak}]\n");
        screening_of(&test, reached[i].yaml);
        struct nrm_case *c = &test.harness.c;
        nrm_record_screening(c->arena, c->root, &test.screening, NRM_STR("2026-11-25"));
        const struct nrm_node *list =
            nrm_node_get(nrm_node_get(c->root, NRM_STR("events"))->items[0], NRM_STR("reached_by"));
        nrm_buffer_add(&got, "", 0);
        for (uint32_t k = 0; k < list->count; k++)
            nrm_buffer_printf(&got, "%s%s", k ? " " : "", nrm_node_text(list->items[k]).text);
        cr_expect_str_eq(got.text, reached[i].wanted, "row %zu: %s", i, got.text);
        cr_expect_eq(test.screening.whole->reached, *reached[i].wanted != '\0', "row %zu", i);
        nrm_buffer_free(&got);
        screening_end(&test);
    }
}

/* Paper knows no case: what is due only now and then is put as a question. */
Test(page, a_sheet_asks_what_it_cannot_know)
{
    struct screening_test test;
    struct nrm_arena arena = {0};
    struct nrm_output output;
    screening_start(&test, NOW);
    screening_all(&test);
    const struct nrm_care_list *guards = care(&test, &arena, "guards");
    nrm_output_init(&output, -1);
    nrm_sheet_print(&output, nrm_indicators_set(test.indicators, NRM_STR("cues")), guards,
                    NRM_STR("en"), 80);
    cr_expect(!strstr(output.buffer.text, "An urgent need is open"), "%s", output.buffer.text);
    cr_expect(strstr(output.buffer.text, " [_] Is a need urgent, and nobody qualified at hand?"),
              "%s", output.buffer.text);
    for (size_t i = 0; i < guards->count; i++)
        cr_expect(!guards->items[i].when || guards->items[i].sheet.count, "%s",
                  guards->items[i].id);
    nrm_output_finish(&output);
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

/* An answer that only an adult is asked for is an answer still when the age is put right. */
Test(page, a_session_keeps_what_was_asked_at_another_age)
{
    static const char typed[] = "n\n\nn\ny\nb\na\n?\n\nq\n";
    struct screening_test test;
    struct nrm_arena arena = {0};
    struct nrm_node *root;
    size_t answered, left;
    int in[2], null = open("/dev/null", O_WRONLY);
    screening_start(&test, NOW);
    screening_set(&test, "set: s\nname: S\nindicators: [{id: g, sign: G, dimension: act, track: "
                         "adult}, {id: x, sign: X, dimension: act}]\n");
    cr_assert(pipe(in) == 0 && write(in[1], typed, sizeof typed - 1) == sizeof typed - 1);
    close(in[1]);
    cr_assert(dup2(in[0], STDIN_FILENO) == STDIN_FILENO);
    struct nrm_asking asking = {.rules = test.harness.rules,
                                .indicators = test.indicators,
                                .screener = test.screener,
                                .plain = true,
                                .sink = &test.harness.sink,
                                .arena = &arena};
    cr_expect_eq(nrm_ask(&asking, null, &root, &answered, &left), NRM_ASKED_KEPT);
    cr_expect_eq(answered, 3);
    cr_expect_eq(left, 0);
    cr_expect_str_eq(nrm_node_text(nrm_node_at(root, NRM_STR("person.age_group"))).text, "unknown");
    const struct nrm_node *list = nrm_node_get(root, NRM_STR("indicators"));
    cr_assert_eq(list->count, 2);
    for (uint32_t i = 0; i < 2; i++) {
        const struct nrm_node *entry = list->items[i];
        bool first = i == 0;
        cr_expect_str_eq(nrm_node_text(nrm_node_get(entry, NRM_STR("id"))).text, first ? "x" : "g");
        cr_expect_str_eq(nrm_node_text(nrm_node_get(entry, NRM_STR("answer"))).text,
                         first ? "seen" : "not_seen");
    }
    close(null);
    nrm_arena_free(&arena);
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
