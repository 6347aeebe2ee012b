/* What indicators support: the combination rule and the elements in law over all their values, the
 * answers, the order of what to ask, and that nothing ever weakens a result. */
#include "screening.h"

#define NOW "2026-11-25T12:00+01:00"

static const char *shown(const struct nrm_screen_row *row, int element)
{
    return nrm_shown_text((enum nrm_shown)row->elements[element]);
}

/* --- the combination rule, against tests/oracle/ilo_combinations.py --- */

enum { MOST = 4 };

/* A set with a purpose and a means of MOST indicators of each weight; a child's weights differ. */
static void make_weighted(struct nrm_buffer *text)
{
    static const char *const weights[] = {"strong", "medium", "weak"};
    nrm_buffer_printf(text, "set: w\nname: W\nversion: 1\nreviewed: 2026-11-01\nsource: none\n"
                            "rule: ilo\ndimensions:\n  p: {element: purpose}\n"
                            "  m: {element: means, phase: recruitment}\nindicators:\n");
    for (int weight = 0; weight < 3; weight++)
        for (int i = 0; i < MOST; i++)
            for (const char *dimension = "pm"; *dimension; dimension++)
                nrm_buffer_printf(text,
                                  "  - {id: %c%d%d, sign: S%c%d%d, dimension: %c, weight: %s, "
                                  "weight_child: %s}\n",
                                  *dimension, weight, i, *dimension, weight, i, *dimension,
                                  weights[weight], weights[(weight + 1) % 3]);
}

/* A case with COUNTS of the weights of TRACK in one dimension. */
static void make_case(struct nrm_buffer *text, enum nrm_track track, char dimension,
                      const unsigned counts[3])
{
    nrm_buffer_clear(text);
    nrm_buffer_printf(text, "{person: {age_group: %s}, indicators: [",
                      track == NRM_CHILD ? "child" : "adult");
    for (unsigned weight = 0; weight < 3; weight++)
        for (unsigned i = 0; i < counts[weight]; i++)
            /* what is strong for a child is weak for an adult, and so round */
            nrm_buffer_printf(text, "{id: %c%u%u}, ", dimension,
                              track == NRM_CHILD ? (weight + 2) % 3 : weight, i);
    nrm_buffer_printf(text, "]}");
}

static void check_combination(struct screening_test *test, const unsigned counts[3], bool positive)
{
    struct nrm_buffer text = {0};
    cr_expect_eq(nrm_ilo_positive(counts[0], counts[1], counts[2]), positive);
    for (int track = 0; track < NRM_TRACKS; track++) {
        const struct nrm_screen_row *row;
        make_case(&text, (enum nrm_track)track, 'p', counts);
        screening_of(test, text.text);
        row = screening_row(test, "w");
        cr_expect_eq(row->elements[NRM_PURPOSE], positive ? NRM_MET : NRM_NOT_SHOWN,
                     "%u strong, %u medium, %u weak, track %d", counts[0], counts[1], counts[2],
                     track);
        cr_expect_eq(row->strength, positive);
        cr_expect_eq(row->reached, track == NRM_CHILD && positive);
        make_case(&text, (enum nrm_track)track, 'm', counts);
        screening_of(test, text.text);
        row = screening_row(test, "w");
        cr_expect_eq(row->elements[NRM_MEANS], track == NRM_CHILD ? NRM_NOT_NEEDED
                                               : positive         ? NRM_MET
                                                                  : NRM_NOT_SHOWN);
        cr_expect_eq(row->strength, positive);
        cr_expect(!row->reached);
        cr_expect_eq(row->elements[NRM_ACT],
                     counts[0] + counts[1] + counts[2] ? NRM_MET : NRM_NOT_SHOWN);
    }
    nrm_buffer_free(&text);
}

Test(screen, every_combination_of_weights)
{
    struct screening_test test;
    struct nrm_buffer set = {0};
    FILE *table = fopen("tests/data/ilo-combinations.csv", "r");
    unsigned counts[3], rows = 0;
    char line[64], answer[8];
    cr_assert(table && fgets(line, sizeof line, table));
    screening_start(&test, NOW);
    make_weighted(&set);
    screening_set(&test, set.text);
    while (fgets(line, sizeof line, table)) {
        cr_assert_eq(sscanf(line, "%u,%u,%u,%7s", &counts[0], &counts[1], &counts[2], answer), 4);
        check_combination(&test, counts, strcmp(answer, "yes") == 0);
        rows++;
    }
    cr_expect_eq(rows, (MOST + 1) * (MOST + 1) * (MOST + 1));
    fclose(table);
    nrm_buffer_free(&set);
    screening_end(&test);
}

/* --- the ILO sets, against the published table --- */

enum { ILO_ROWS = 67, DIMENSIONS = 6 };

struct ilo_row {
    char id[48], dimension[48], weights[2][8];
};

static size_t read_ilo(struct ilo_row *rows)
{
    FILE *table = fopen("tests/data/ilo/delphi-labour.csv", "r");
    char line[512];
    size_t count = 0;
    cr_assert(table && fgets(line, sizeof line, table));
    while (fgets(line, sizeof line, table)) {
        struct ilo_row *row = &rows[count++];
        cr_assert(count <= ILO_ROWS);
        line[strcspn(line, "\r\n")] = '\0';
        char *child = strrchr(line, ',');
        *child = '\0';
        char *adult = strrchr(line, ',');
        *row = (struct ilo_row){0};
        cr_assert_eq(sscanf(line, "%47[^,],%47[^,]", row->id, row->dimension), 2);
        snprintf(row->weights[0], sizeof row->weights[0], "%s", adult + 1);
        snprintf(row->weights[1], sizeof row->weights[1], "%s", child + 1);
    }
    fclose(table);
    return count;
}

/* The rule once more, by points: strong 3, medium 2, weak 1. With a strong one 4 are needed,
 * without one 5, of which 4 are of medium ones. */
static bool positive_by_points(const char *letters)
{
    int strong = 0, medium = 0, weak = 0;
    for (; *letters; letters++) {
        strong += *letters == 's';
        medium += *letters == 'm';
        weak += *letters == 'w';
    }
    int points = 3 * strong + 2 * medium + weak;
    return strong ? points >= 4 : medium >= 2 && points >= 5;
}

Test(screen, ilo_rows_follow_the_published_weights)
{
    struct screening_test test;
    static struct ilo_row rows[ILO_ROWS];
    screening_start(&test, NOW);
    screening_all(&test);
    size_t count = read_ilo(rows);
    cr_assert_eq(count, ILO_ROWS);
    srand(4);
    for (int round = 0; round < 2000; round++) {
        struct nrm_buffer text = {0};
        char letters[DIMENSIONS][ILO_ROWS + 1] = {0};
        const char *names[DIMENSIONS] = {0};
        int track = round % 2, share = rand() % 20 + 1, strength = 0;
        bool recruitment = false, means = false, purpose = false;
        nrm_buffer_printf(&text, "{person: {age_group: %s}, indicators: [",
                          track ? "child" : "adult");
        for (size_t i = 0; i < count; i++) {
            size_t d = 0;
            while (names[d] && strcmp(names[d], rows[i].dimension) != 0)
                d++;
            names[d] = rows[i].dimension;
            if (!*rows[i].weights[track] || rand() % 40 >= share)
                continue;
            letters[d][strlen(letters[d])] = rows[i].weights[track][0];
            recruitment = recruitment || strstr(rows[i].dimension, "recruitment");
            nrm_buffer_printf(&text, "{id: %s}, ", rows[i].id);
        }
        nrm_buffer_printf(&text, "]}");
        for (size_t d = 0; d < DIMENSIONS; d++) {
            bool positive = positive_by_points(letters[d]);
            strength += positive;
            if (strcmp(names[d], "exploitation") == 0)
                purpose = positive;
            else
                means = means || positive;
        }
        screening_of(&test, text.text);
        const struct nrm_screen_row *row =
            screening_row(&test, track ? "ilo-labour-child" : "ilo-labour-adult");
        cr_assert(row, "no row");
        cr_expect_eq(row->strength, strength, "%s", text.text);
        cr_expect_str_eq(shown(row, NRM_ACT), recruitment ? "met" : "not_shown");
        cr_expect_str_eq(shown(row, NRM_MEANS), track ? "not_needed" : means ? "met" : "not_shown");
        cr_expect_str_eq(shown(row, NRM_PURPOSE), purpose ? "met" : "not_shown");
        cr_expect_eq(row->reached, purpose && (track || means), "%s", text.text);
        nrm_buffer_free(&text);
    }
    screening_end(&test);
}

Test(screen, an_act_on_record_counts_on_a_weighted_row_and_nothing_else_there)
{
    struct screening_test test;
    screening_start(&test, NOW);
    screening_all(&test);
    screening_of(&test, "{person: {age_group: adult}, exploitation: {acts: [harbouring], means: "
                        "[force], forms: [labour]}}");
    const struct nrm_screen_row *row = screening_row(&test, "ilo-labour-adult");
    cr_expect_str_eq(shown(row, NRM_ACT), "met");
    cr_expect_str_eq(shown(row, NRM_MEANS), "not_shown");
    cr_expect_str_eq(shown(row, NRM_PURPOSE), "not_shown");
    cr_expect(!row->reached);
    screening_end(&test);
}

/* --- the elements in law --- */

#define PLAIN_SET                                                                                  \
    "set: plain\nname: P\nversion: 1\nreviewed: 2026-11-01\nindicators:\n"                         \
    "  - {id: act, sign: A, dimension: act}\n  - {id: means, sign: M, dimension: means}\n"         \
    "  - {id: purpose, sign: P, dimension: purpose}\n"                                             \
    "  - {id: vulnerable, sign: V, dimension: vulnerability}\n"                                    \
    "  - {id: seems, sign: S, dimension: presentation}\n"                                          \
    "  - {id: caution, sign: C, dimension: caution, explain: E}\n"

struct age {
    const char *person; /* the keys of the case that say it */
    bool child;
};
static const struct age ages[] = {
    {"person: {age_group: adult}", false},
    {"person: {birth_date: 1990-01-01}", false},
    {"person: {age_group: child}", true},
    {"person: {birth_date: 2012-03}", true},
    {"person: {age_group: unknown}", true},
    {"person: {gender: male}", true},
    {"person: {birth_date: 1990-01-01}, events: [{at: 2026-03-01, type: age_doubted}]", true},
    {"person: {age_group: adult}, events: [{at: 2026-03-01, type: age_doubted}, {at: 2026-04-01, "
     "type: age_assessment_result, result: inconclusive}]",
     true},
};

/* H01-G001 H01-G002 H01-G003 H08-C042 H08-C043: bits of MET are there, as seen indicators or as
 * recorded. */
static void check_elements(struct screening_test *test, const struct age *age, unsigned met,
                           bool recorded)
{
    static const char *const ids[] = {"act", "means", "purpose"};
    static const char *const fields[] = {"acts: [receipt]", "means: [abuse_of_vulnerability]",
                                         "purposes: [servitude]"};
    struct nrm_buffer text = {0};
    nrm_buffer_printf(&text, "{%s, %s", age->person,
                      recorded ? "exploitation: {" : "indicators: [");
    for (unsigned i = 0; i < 3; i++)
        if (met >> i & 1)
            nrm_buffer_printf(&text, recorded ? "%s, " : "{id: %s}, ",
                              recorded ? fields[i] : ids[i]);
    nrm_buffer_printf(&text, "%c}", recorded ? '}' : ']');
    screening_of(test, text.text);
    const struct nrm_screen_row *whole = screening_row(test, "elements");
    const struct nrm_screen_row *set = screening_row(test, "plain");
    bool means = met >> NRM_MEANS & 1, purpose = met >> NRM_PURPOSE & 1;
    cr_expect_eq(test->screening.track, age->child ? NRM_CHILD : NRM_ADULT, "%s", text.text);
    cr_expect_str_eq(shown(whole, NRM_ACT), met & 1 ? "met" : "not_shown");
    cr_expect_str_eq(shown(whole, NRM_MEANS), age->child ? "not_needed"
                                              : means    ? "met"
                                                         : "not_shown");
    cr_expect_str_eq(shown(whole, NRM_PURPOSE), purpose ? "met" : "not_shown");
    cr_expect_eq(whole->reached, means || purpose, "%s", text.text);
    cr_expect_eq(whole->strength, -1);
    if (recorded)
        cr_expect(!set->reached && set->elements[NRM_PURPOSE] == NRM_NOT_SHOWN);
    else
        cr_expect_arr_eq(set->elements, whole->elements, sizeof set->elements);
    nrm_buffer_free(&text);
}

Test(screen, every_combination_of_elements_and_ages)
{
    struct screening_test test;
    screening_start(&test, NOW);
    screening_set(&test, PLAIN_SET);
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++)
        for (unsigned met = 0; met < 8; met++)
            for (int recorded = 0; recorded < 2; recorded++)
                check_elements(&test, &ages[i], met, recorded);
    screening_end(&test);
}

/* H01-G023 H01-G025 H08-C040 */
Test(screen, other_dimensions_meet_no_element)
{
    static const struct {
        const char *id;
        bool adult, child;
    } table[] = {{"vulnerable", false, true}, {"seems", false, false}, {"caution", false, false}};
    struct screening_test test;
    screening_start(&test, NOW);
    screening_set(&test, PLAIN_SET);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        for (int child = 0; child < 2; child++) {
            char text[128];
            snprintf(text, sizeof text, "{person: {age_group: %s}, indicators: [{id: %s}]}",
                     child ? "child" : "adult", table[i].id);
            screening_of(&test, text);
            for (size_t row = 0; row < test.screening.count; row++) {
                const struct nrm_screen_row *it = &test.screening.rows[row];
                cr_expect_eq(it->reached, child ? table[i].child : table[i].adult, "%s", text);
                cr_expect_str_eq(shown(it, NRM_ACT), "not_shown");
                cr_expect_str_eq(shown(it, NRM_PURPOSE), "not_shown");
                cr_expect_eq(it->seen, strcmp(table[i].id, "caution") != 0);
            }
        }
    screening_end(&test);
}

/* H01-G004 H01-G005 H01-G006 H01-G010: what is recorded. The word unknown says nothing, wrong types
 * say nothing, online counts. */
Test(screen, what_a_case_records)
{
    static const struct {
        const char *exploitation;
        unsigned elements;
    } table[] = {
        {"{}", 0},
        {"null", 0},
        {"text", 0},
        {"{acts: [recruitment, transport]}", 1u << NRM_ACT},
        {"{acts: harbouring}", 1u << NRM_ACT},
        {"{acts: [teleport]}", 0},
        {"{acts: []}", 0},
        {"{acts: {a: b}}", 0},
        {"{recruitment_methods: [fake_job]}", 1u << NRM_ACT},
        {"{means: [abuse_of_vulnerability]}", 1u << NRM_MEANS},
        {"{control_methods: [isolation]}", 1u << NRM_MEANS},
        {"{forms: [unknown]}", 0},
        {"{control_methods: none}", 0},
        {"{forms: [[labour]]}", 0},
        {"{forms: [unknown, labour]}", 1u << NRM_PURPOSE},
        {"{purposes: [organ_removal], occurred: false}", 1u << NRM_PURPOSE},
        {"{online: [means, purpose]}", 1u << NRM_MEANS | 1u << NRM_PURPOSE},
        {"{online: [act]}", 1u << NRM_ACT},
        {"{offences: [theft], borders_crossed: 0, occurred: true, smuggling_start: true}", 0},
    };
    struct screening_test test;
    screening_start(&test, NOW);
    screening_set(&test, PLAIN_SET);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[256];
        snprintf(text, sizeof text, "{person: {age_group: adult}, exploitation: %s}",
                 table[i].exploitation);
        screening_of(&test, text);
        cr_expect_eq(test.screening.recorded, table[i].elements, "%s", text);
    }
    screening_end(&test);
}

/* A list gives its values one after the other, a scalar its one. */
Test(screen, values_on_record_come_one_by_one)
{
    struct screening_test test;
    uint32_t at = 0;
    const struct nrm_recorded_field *acts = &nrm_recorded_fields[0];
    cr_assert_str_eq(acts->key, "acts");
    screening_start(&test, NOW);
    harness_case(&test.harness, "{exploitation: {acts: [transport, unknown, receipt]}}");
    cr_expect_str_eq(nrm_node_text(nrm_recorded_value(&test.harness.c, acts, &at)).text,
                     "transport");
    cr_expect_str_eq(nrm_node_text(nrm_recorded_value(&test.harness.c, acts, &at)).text, "receipt");
    cr_expect_null(nrm_recorded_value(&test.harness.c, acts, &at));
    at = 0;
    harness_case(&test.harness, "{exploitation: {acts: receipt}}");
    cr_expect_str_eq(nrm_node_text(nrm_recorded_value(&test.harness.c, acts, &at)).text, "receipt");
    cr_expect_null(nrm_recorded_value(&test.harness.c, acts, &at));
    screening_end(&test);
}

/* --- answers --- */

Test(screen, answers_are_kept_apart)
{
    static const struct {
        const char *indicators;
        enum nrm_answer means;
        size_t unknown;
    } table[] = {
        {"[]", NRM_NOTHING_NOTED, 0},
        {"[{id: means}]", NRM_SEEN, 0},
        {"[{id: means, answer: null}]", NRM_SEEN, 0},
        {"[{id: means, answer: seen}]", NRM_SEEN, 0},
        {"[{id: means, answer: not_seen}]", NRM_NOT_SEEN, 0},
        {"[{id: means, answer: not_asked}]", NRM_NOT_ASKED, 0},
        {"[{id: means, answer: refused}]", NRM_REFUSED, 0},
        {"[{id: means, answer: perhaps}]", NRM_NOTHING_NOTED, 0},
        {"[{id: means, answer: [seen]}]", NRM_NOTHING_NOTED, 0},
        {"[{id: means, answer: ''}]", NRM_NOTHING_NOTED, 0},
        {"[{id: means, answer: not_seen}, {id: means}, {id: means, answer: refused}]", NRM_SEEN, 0},
        {"[{id: means, answer: refused}, {id: means, answer: not_seen}]", NRM_NOT_SEEN, 0},
        {"{id: means}", NRM_SEEN, 0},
        {"[means, {answer: seen}, {id: []}, [], null, {id: ''}]", NRM_NOTHING_NOTED, 0},
        {"[{id: nobody.knows}, {id: Means}, {id: means}]", NRM_SEEN, 2},
        {"means", NRM_NOTHING_NOTED, 0},
        {"[&a {id: means}, *a]", NRM_SEEN, 0},
        {"[{<<: {id: means}, answer: not_seen}]", NRM_NOT_SEEN, 0},
    };
    struct screening_test test;
    screening_start(&test, NOW);
    screening_set(&test, PLAIN_SET);
    uint32_t means = nrm_indicators_number(test.indicators, NRM_STR("means"));
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[256];
        snprintf(text, sizeof text, "{person: {age_group: adult}, indicators: %s}",
                 table[i].indicators);
        screening_of(&test, text);
        cr_expect_eq(test.screening.answers[means], table[i].means, "%s", text);
        cr_expect_eq(test.screening.unknown_count, table[i].unknown, "%s", text);
        cr_expect_eq(test.screening.whole->reached, table[i].means == NRM_SEEN, "%s", text);
    }
    screening_end(&test);
}

/* --- sets and thresholds --- */

Test(screen, rows_are_the_chosen_sets_for_the_track)
{
    static const char other[] = "set: other\nname: O\ntrack: child\nindicators: [{id: x, sign: X, "
                                "dimension: purpose}]\n";
    struct screening_test test;
    bool chosen[] = {false, true};
    screening_start(&test, NOW);
    screening_set(&test, PLAIN_SET);
    screening_set(&test, other);
    screening_of(&test, "{person: {age_group: adult}, indicators: [{id: x}]}");
    cr_expect_eq(test.screening.count, 2);
    cr_expect(!screening_row(&test, "other"));
    cr_expect(screening_row(&test, "elements")->reached, "what was seen counts for the case");
    nrm_screener_free(test.screener);
    test.screener = nrm_screener_new(test.indicators, chosen);
    screening_of(&test, "{person: {age_group: child}, indicators: [{id: purpose}]}");
    cr_expect_eq(test.screening.count, 2);
    cr_expect(!screening_row(&test, "plain"));
    cr_expect(!screening_row(&test, "other")->reached);
    cr_expect(screening_row(&test, "elements")->reached, "sets that are not chosen count as well");
    screening_end(&test);
}

Test(screen, the_threshold_is_that_of_the_profile)
{
    static const struct {
        unsigned adult, child;
        bool adult_reached, child_reached;
    } table[] = {
        {1u << NRM_PURPOSE, 1u << NRM_PURPOSE, false, false},
        {1u << NRM_PRESENTATION, 1u << NRM_ACT, true, false},
        {1u << NRM_MEANS, 1u << NRM_PRESENTATION, false, true},
        {0xFF, 0xFF, true, true},
    };
    struct screening_test test;
    screening_start(&test, NOW);
    screening_set(&test, PLAIN_SET);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        for (int child = 0; child < 2; child++) {
            harness_case(&test.harness,
                         child ? "{person: {age_group: child}, indicators: [{id: seems}]}"
                               : "{person: {age_group: adult}, indicators: [{id: seems}]}");
            struct nrm_profile profile = *test.harness.standing.profile;
            profile.screening.adult = (uint8_t)table[i].adult;
            profile.screening.child = (uint8_t)table[i].child;
            test.harness.standing.profile = &profile;
            nrm_screen(test.screener, &test.harness.standing, &test.screening);
            cr_expect_eq(test.screening.whole->reached,
                         child ? table[i].child_reached : table[i].adult_reached, "row %zu", i);
        }
    screening_end(&test);
}

/* --- what to ask next --- */

static void make_seen(struct nrm_buffer *text, const char *person, const char *const *ids,
                      size_t count)
{
    nrm_buffer_clear(text);
    nrm_buffer_printf(text, "{%s, indicators: [", person);
    for (size_t i = 0; i < count; i++)
        nrm_buffer_printf(text, "{id: %s}, ", ids[i]);
    nrm_buffer_printf(text, "]}");
}

/* H01-S008: saying yes to the first question again and again reaches the threshold soon, on every
 * row whose questions can reach it. */
Test(screen, the_first_question_leads_to_the_threshold)
{
    enum { TURNS = 8 };
    struct screening_test test;
    struct nrm_buffer text = {0};
    screening_start(&test, NOW);
    screening_all(&test);
    for (int child = 0; child < 2; child++) {
        const char *person = child ? "person: {age_group: child}" : "person: {age_group: adult}";
        make_seen(&text, person, NULL, 0);
        screening_of(&test, text.text);
        for (size_t row = 0, rows = test.screening.count; row < rows; row++) {
            const char *ids[TURNS];
            size_t turn = 0;
            for (; turn < TURNS; turn++) {
                make_seen(&text, person, ids, turn);
                screening_of(&test, text.text);
                const struct nrm_screen_row *it = &test.screening.rows[row];
                if (it->reached || it->missing_count == 0)
                    break;
                ids[turn] = it->missing[0]->id;
            }
            const struct nrm_screen_row *it = &test.screening.rows[row];
            bool weighted = it->set && it->set->weighted;
            cr_expect(turn < TURNS, "%s: not reached", it->set ? it->set->id : "elements");
            if (weighted)
                cr_expect(it->reached && turn <= 4, "%s: %zu turns", it->set->id, turn);
            else if (it->reached)
                cr_expect_leq(turn, 2);
        }
    }
    nrm_buffer_free(&text);
    screening_end(&test);
}

Test(screen, what_was_answered_is_not_asked_again)
{
    static const struct {
        const char *indicators, *missing;
    } table[] = {
        {"[]", "purpose means act"},
        {"[{id: purpose, answer: not_seen}]", "means act"},
        {"[{id: purpose, answer: refused}, {id: means, answer: not_asked}]", "means act"},
        {"[{id: purpose}, {id: means}]", "act"},
        {"[{id: purpose}, {id: means}, {id: act}]", ""},
    };
    struct screening_test test;
    screening_start(&test, NOW);
    screening_set(&test, PLAIN_SET);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        for (size_t row = 0; row < 2; row++) {
            struct nrm_buffer missing = {0};
            char text[160];
            snprintf(text, sizeof text, "{person: {age_group: adult}, indicators: %s}",
                     table[i].indicators);
            screening_of(&test, text);
            const struct nrm_screen_row *it = &test.screening.rows[row];
            nrm_buffer_add(&missing, "", 0);
            for (size_t j = 0; j < it->missing_count; j++)
                nrm_buffer_printf(&missing, "%s%s", j ? " " : "", it->missing[j]->id);
            cr_expect_str_eq(missing.text ? missing.text : "", table[i].missing, "%s", text);
            nrm_buffer_free(&missing);
        }
    screening_of(&test, "{person: {age_group: child}}");
    cr_expect_str_eq(test.screening.whole->missing[1]->id, "vulnerable");
    screening_of(&test, "{person: {age_group: child}, indicators: [{id: vulnerable}]}");
    for (size_t j = 0; j < test.screening.whole->missing_count; j++)
        cr_expect_str_neq(test.screening.whole->missing[j]->id, "means", "a child needs no means");
    screening_end(&test);
}

/* What shows the act while recruiting is asked once for it, and leaves room for what shows the act
 * besides. */
Test(screen, the_act_is_not_asked_about_twice)
{
    static const char text[] =
        "set: r\nname: R\ndimensions:\n  lure: {element: act, phase: recruitment}\n"
        "  trick: {element: means, phase: recruitment}\nindicators:\n"
        "  - {id: a1, sign: A, dimension: lure}\n  - {id: a2, sign: B, dimension: lure}\n"
        "  - {id: a3, sign: C, dimension: lure}\n  - {id: t, sign: T, dimension: trick}\n"
        "  - {id: m, sign: M, dimension: means}\n  - {id: p, sign: P, dimension: purpose}\n";
    static const char *const wanted[] = {"a1", "a2", "a3", "t"};
    struct screening_test test;
    screening_start(&test, NOW);
    screening_set(&test, text);
    screening_of(&test, "{person: {age_group: adult}, indicators: [{id: m}, {id: p}]}");
    const struct nrm_screen_row *row = screening_row(&test, "r");
    cr_assert_eq(row->missing_count, 4);
    for (size_t i = 0; i < 4; i++)
        cr_expect_str_eq(row->missing[i]->id, wanted[i]);
    screening_end(&test);
}

Test(screen, questions_come_in_the_order_of_their_use)
{
    static const char text[] =
        "set: q\nname: Q\nindicators:\n"
        "  - {id: last, sign: L, dimension: act}\n"
        "  - {id: third, sign: T, dimension: means, order: 9}\n"
        "  - {id: first, sign: F, dimension: caution, order: 20, first_responder: true}\n"
        "  - {id: fourth, sign: O, dimension: means, order: 10}\n"
        "  - {id: never, sign: N, dimension: act, track: child, order: 1}\n"
        "  - {id: second, sign: S, dimension: purpose, order: 30, first_responder: true}\n";
    static const char *const order[] = {"first", "second", "third", "fourth", "last"};
    struct screening_test test;
    size_t count;
    screening_start(&test, NOW);
    screening_set(&test, text);
    const struct nrm_indicator *const *questions =
        nrm_screener_questions(test.screener, NRM_ADULT, false, &count);
    cr_assert_eq(count, 5);
    for (size_t i = 0; i < count; i++)
        cr_expect_str_eq(questions[i]->id, order[i]);
    nrm_screener_questions(test.screener, NRM_ADULT, true, &count);
    cr_expect_eq(count, 2);
    screening_end(&test);
    screening_start(&test, NOW);
    screening_set(&test, PLAIN_SET);
    nrm_screener_questions(test.screener, NRM_ADULT, true, &count);
    cr_expect_eq(count, 6, "without a short list all are asked");
    screening_end(&test);
}

/* --- nothing weakens --- */

enum { ROWS_MOST = 64 };

struct kept {
    struct nrm_screen_row rows[ROWS_MOST];
    size_t count;
};

static void keep(const struct nrm_screening *screening, struct kept *kept)
{
    cr_assert(screening->count <= ROWS_MOST);
    kept->count = screening->count;
    memcpy(kept->rows, screening->rows, screening->count * sizeof *kept->rows);
}

static void check_not_weaker(const struct kept *before, const struct nrm_screening *after,
                             const char *text)
{
    cr_assert_eq(before->count, after->count);
    for (size_t i = 0; i < before->count; i++) {
        const struct nrm_screen_row *a = &before->rows[i], *b = &after->rows[i];
        for (int element = 0; element < NRM_LEGAL_ELEMENTS; element++) {
            cr_expect(a->elements[element] != NRM_MET || b->elements[element] == NRM_MET, "%s",
                      text);
            cr_expect_leq(b->elements[element], NRM_NOT_NEEDED, "no negative word");
        }
        cr_expect(!a->reached || b->reached, "%s", text);
        cr_expect_geq(b->strength, a->strength, "%s", text);
        cr_expect_geq(b->seen, a->seen, "%s", text);
    }
}

static void check_same(const struct kept *before, const struct nrm_screening *after,
                       const char *text)
{
    cr_assert_eq(before->count, after->count, "%s", text);
    for (size_t i = 0; i < before->count; i++) {
        const struct nrm_screen_row *a = &before->rows[i], *b = &after->rows[i];
        cr_expect_arr_eq(a->elements, b->elements, sizeof a->elements, "%s", text);
        cr_expect(a->set == b->set && a->reached == b->reached && a->strength == b->strength &&
                      a->seen == b->seen && a->missing_count == b->missing_count,
                  "%s", text);
        for (size_t j = 0; j < a->missing_count; j++)
            cr_expect_eq(a->missing[j], b->missing[j], "%s", text);
    }
}

static const char *random_id(const struct screening_test *test)
{
    uint32_t count = nrm_index_count(test->indicators->ids);
    return nrm_index_text(test->indicators->ids, (uint32_t)rand() % count).text;
}

/* Some entries of a random case, without the end of the list. */
static void make_random(const struct screening_test *test, struct nrm_buffer *text)
{
    static const char *const people[] = {"{age_group: adult}", "{age_group: child}",
                                         "{age_group: unknown}", "{birth_date: 1990}",
                                         "{birth_date: 2011-07}"};
    static const char *const answers[] = {"seen", "not_seen", "not_asked", "refused"};
    int entries = rand() % 30;
    nrm_buffer_printf(text, "{person: %s, indicators: [", people[rand() % 5]);
    for (int i = 0; i < entries; i++)
        nrm_buffer_printf(text, "{id: %s, answer: %s}, ", random_id(test),
                          answers[rand() % 4 * (rand() % 2)]);
}

Test(screen, adding_never_weakens_and_the_unknown_changes_nothing)
{
    /* what must not matter (handbook 13.1, 13.8): H01-G007 H01-G008 H01-G009 H01-G011 H01-G012
     * H01-G024 H03-G097 H03-G098 H08-G011 H08-C044 */
    static const char *const neutral[] = {
        "{id: nobody.knows.this}], ",
        "{id: nobody.knows.this, answer: not_seen}], ",
        "], exploitation: {offences: [theft, human_trafficking]}, ",
        "], exploitation: {occurred: false, borders_crossed: 0}, ",
        "], jurisdiction: FRA, presumed_by: police, ",
        "], events: [{at: 2026-03-01, type: cooperation, choice: no}], ",
        "], events: [{at: 2026-03-01, type: cooperation, choice: yes}], ",
        "], events: [{at: 2026-03-01, type: stage1_decision, outcome: negative}], ",
        "], events: [{type: consent, purpose: criminal_justice, status: refused}], ",
        "], events: [{at: 2026-03-01, type: screening, threshold: not_yet}], ",
    };
    struct screening_test test;
    struct nrm_buffer text = {0};
    struct kept before;
    screening_start(&test, NOW);
    screening_all(&test);
    srand(7);
    for (int round = 0; round < 1500; round++) {
        nrm_buffer_clear(&text);
        make_random(&test, &text);
        size_t start = text.length;
        nrm_buffer_printf(&text, "]}");
        screening_of(&test, text.text);
        keep(&test.screening, &before);
        text.length = start;
        nrm_buffer_printf(&text, "{id: %s}]}", random_id(&test));
        screening_of(&test, text.text);
        check_not_weaker(&before, &test.screening, text.text);
        text.length = start; /* H06-G011: looked for and not seen */
        nrm_buffer_printf(&text, "{id: %s, answer: not_seen}]}", random_id(&test));
        screening_of(&test, text.text);
        check_not_weaker(&before, &test.screening, text.text);
        text.length = start;
        nrm_buffer_printf(&text, "%s weight: 1}", neutral[round % 10]);
        screening_of(&test, text.text);
        check_same(&before, &test.screening, text.text);
    }
    nrm_buffer_free(&text);
    screening_end(&test);
}

/* H02-G001 H02-G002 H07-G022 H08-G010 */
Test(screen, who_the_person_is_changes_nothing_but_the_age)
{
    static const char *const facts[] = {
        "nationality: [NGA]",
        "nationality: [POL, SYR]",
        "residence_status: irregular",
        "residence_status: citizen",
        "accused: true",
        "accused_status: convicted",
        "gender: female",
        "stateless: true",
        "religion: none",
        "ethnic_origin: any",
        "disabilities: [hearing]",
        "justice_roles: [suspect]",
        "nationality_group: foreign",
    };
    struct screening_test test;
    struct kept before;
    char text[256];
    screening_start(&test, NOW);
    screening_all(&test);
    for (int child = 0; child < 2; child++) {
        static const char form[] = "{person: {age_group: %s, %s}, indicators: [{id: confined}, "
                                   "{id: deceptive.job}, {id: exploitation.hours}]}";
        snprintf(text, sizeof text, form, child ? "child" : "adult", "term: survivor");
        screening_of(&test, text);
        keep(&test.screening, &before);
        for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
            snprintf(text, sizeof text, form, child ? "child" : "adult", facts[i]);
            screening_of(&test, text);
            check_same(&before, &test.screening, text);
        }
    }
    screening_end(&test);
}
