/* Reading sets of indicators: what is accepted, what is told with its place, who knows an id, and
 * what is found wrong with sets that can be read. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nrm.h"
#include "rules/indicators.h"

enum { FILES = 4 };

struct sets {
    struct nrm_sink sink;
    struct nrm_buffer messages;
    struct nrm_indicators *indicators;
    char folder[32];
    char files[FILES][64];
    size_t count;
};

static void keep_message(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                         const char *text)
{
    const char *slash = place && place->file ? strrchr(place->file, '/') : NULL;
    (void)level;
    if (slash)
        nrm_buffer_printf(sink->context, "%s:%u:%u: ", slash + 1, place->line, place->column);
    nrm_buffer_printf(sink->context, "%s\n", text);
}

static void begin(struct sets *sets)
{
    *sets = (struct sets){.sink = {.tell = keep_message}, .folder = "/tmp/nrm-sets.XXXXXX"};
    sets->sink.context = &sets->messages;
    cr_assert(mkdtemp(sets->folder));
    sets->indicators = nrm_indicators_new(&sets->sink);
}

static const struct nrm_indicator_set *read_set(struct sets *sets, const char *name,
                                                const char *text)
{
    char *path = sets->files[sets->count++];
    snprintf(path, sizeof sets->files[0], "%s/%s", sets->folder, name);
    FILE *file = fopen(path, "w");
    cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
    return nrm_indicators_read(sets->indicators, nrm_str(path));
}

static void end(struct sets *sets)
{
    for (size_t i = 0; i < sets->count; i++)
        unlink(sets->files[i]);
    rmdir(sets->folder);
    nrm_indicators_free(sets->indicators);
    nrm_buffer_free(&sets->messages);
}

#define HEAD "set: a\nname: {en: First, fr: Premier}\nversion: 3\nreviewed: 2026-11-01\n"

Test(indicators, a_set_is_read_whole)
{
    struct sets sets;
    begin(&sets);
    const struct nrm_indicator_set *set = read_set(
        &sets, "a.yaml",
        HEAD
        "review_months: 6\nsource: a book\nrule: ilo\ntrack: both\nrequirements: [H01-X004]\n"
        "dimensions:\n  lure: {element: means, phase: recruitment, name: Lure}\n"
        "  work: {element: purpose, phase: destination, requirements: [H01-I001]}\n"
        "indicators:\n"
        "  - {id: a.one, sign: {en: One, ru: Odin}, question: One?, dimension: lure, weight: weak,"
        " weight_child: strong, forms: [labour], order: 7, first_responder: true, childhood: true,"
        " explain: Because, source: page 4, requirements: [H01-I001]}\n"
        "  - {id: two, sign: Two, dimension: work, track: child, weight: medium}\n"
        "  - {id: three, sign: Three, dimension: caution}\n");
    cr_assert(set, "%s", sets.messages.text);
    cr_expect_str_eq(set->id, "a");
    cr_expect_str_eq(set->version, "3");
    cr_expect_str_eq(set->source, "a book");
    cr_expect(set->weighted && set->tracks[NRM_ADULT] && set->tracks[NRM_CHILD]);
    cr_expect_eq(set->review_months, 6);
    cr_expect_eq(set->count, 3);
    cr_expect(nrm_str_is(nrm_phrase_in(&set->name, NRM_STR("fr")), "Premier"));
    cr_expect(nrm_str_is(nrm_phrase_in(&set->name, NRM_STR("ru")), "First"));
    const struct nrm_indicator *one = &set->indicators[0], *two = &set->indicators[1];
    cr_expect_eq(one->element, NRM_MEANS);
    cr_expect(one->dimension->recruitment && one->first_responder && one->childhood);
    cr_expect_eq(one->order, 7);
    cr_expect_eq(one->weights[NRM_ADULT], NRM_WEAK);
    cr_expect_eq(one->weights[NRM_CHILD], NRM_STRONG);
    cr_expect(nrm_str_is(nrm_phrase_in(&one->sign, NRM_STR("ru")), "Odin"));
    cr_expect_str_eq(one->source, "page 4");
    cr_expect_eq(two->element, NRM_PURPOSE);
    cr_expect(!two->tracks[NRM_ADULT] && two->tracks[NRM_CHILD]);
    cr_expect_eq(two->weights[NRM_CHILD], NRM_MEDIUM);
    cr_expect_eq(set->indicators[2].element, NRM_CAUTION);
    cr_expect_eq(nrm_indicators_number(sets.indicators, NRM_STR("nothing")), NRM_INDEX_NONE);
    uint32_t number = nrm_indicators_number(sets.indicators, NRM_STR("two"));
    cr_assert_neq(number, NRM_INDEX_NONE);
    cr_expect_eq(nrm_indicators_known(sets.indicators, number, NRM_ADULT), two);
    end(&sets);
}

/* One set with one mistake, and the message that it earns. */
struct mistake {
    const char *text, *message;
};

static const struct mistake mistakes[] = {
    {"", "the document"},
    {"- a\n", "a.yaml:1:1: a set of indicators is a mapping; see nrm-indicators(5)"},
    {"set: a\nname: A\nindikators: []\n", "a.yaml:3:1: a set of indicators has no key indikators "
                                          "here; perhaps you mean indicators"},
    {"name: A\nindicators: []\n", "a.yaml:1:1: a set of indicators needs set and name"},
    {"set: A\nname: A\nindicators: []\n", "a.yaml:1:6: an id has small letters"},
    {"set: -a\nname: A\nindicators: []\n", "a.yaml:1:6: an id has small letters"},
    {"set: ''\nname: A\nindicators: []\n", "a.yaml:1:6: an id has small letters"},
    {"set: a23456789012345678901234567890123456789012345678901234567890abcde\nname: A\n"
     "indicators: []\n",
     "a.yaml:1:6: an id has small letters"},
    {"set: [a]\nname: A\nindicators: []\n", "a.yaml:1:6: a text is wanted here"},
    {"set: a\nindicators: []\n", "a.yaml:1:1: a set of indicators needs set and name"},
    {"set: a\nname: {}\nindicators: []\n", "a.yaml:2:7: a text is wanted here, in at least one"},
    {"set: a\nname: {EN: A}\nindicators: []\n", "a.yaml:2:8: not a language; write a code such as"},
    {"set: a\nname: ''\nindicators: []\n", "a.yaml:2:7: a text is wanted here"},
    {HEAD "review_months: 0\nindicators: []\n", "a.yaml:5:16: a whole number from 1 to 1200"},
    {HEAD "review_months: 1.5\nindicators: []\n", "a.yaml:5:16: a whole number from 1 to 1200"},
    {"set: a\nname: A\nreviewed: 2026-02-30\nindicators: []\n", "a.yaml:3:11: "},
    {"set: a\nname: A\nreviewed: 2026-02-03T10:00Z\nindicators: []\n",
     "a.yaml:3:11: a date is wanted here, as 2026-11-01"},
    {"set: a\nname: A\nreviewed: [2026-02-03]\nindicators: []\n", "a.yaml:3:11: "},
    {HEAD "rule: none\nindicators: []\n",
     "a.yaml:5:7: not a word that stands here; write any or ilo"},
    {HEAD "track: adults\nindicators: []\n", "a.yaml:5:8: not a word that stands here"},
    {HEAD, "the indicators are a list, of at most 4096"},
    {HEAD "indicators: {a: b}\n", "a.yaml:5:13: the indicators are a list"},
    {HEAD "dimensions: [a]\nindicators: []\n", "a.yaml:5:13: the dimensions are a mapping"},
    {HEAD "dimensions: {x: means}\nindicators: []\n", "a.yaml:5:17: a dimension is a mapping"},
    {HEAD "dimensions: {x: {name: X}}\nindicators: []\n",
     "a.yaml:5:17: the dimension names no element"},
    {HEAD "dimensions: {x: {elemen: act}}\nindicators: []\n",
     "a.yaml:5:18: a set of indicators has no key elemen here; perhaps you mean element"},
    {HEAD "indicators: [a]\n", "a.yaml:5:14: an indicator is a mapping"},
    {HEAD "indicators: [{id: x, sign: X}]\n",
     "a.yaml:5:14: an indicator needs id, sign and dimension"},
    {HEAD "indicators: [{sign: X, dimension: act}]\n",
     "a.yaml:5:14: an indicator needs id, sign and dimension"},
    {HEAD "indicators: [{id: x, dimension: act}]\n",
     "a.yaml:5:14: an indicator needs id, sign and dimension"},
    {HEAD "indicators: [{id: x, sign: X, dimension: [act]}]\n",
     "a.yaml:5:42: not a dimension of this set; write act, means"},
    {HEAD "indicators: [{id: x, sign: X, dimension: zzzzzzzz}]\n",
     "a.yaml:5:42: not a dimension of this set; write act, means"},
    {HEAD "indicators: [{id: x, sign: X, dimension: purpos}]\n",
     "a.yaml:5:42: not a dimension of this set; perhaps you mean purpose"},
    {HEAD "indicators: [{id: x, sign: X, dimension: act, wieght: weak}]\n",
     "a.yaml:5:47: a set of indicators has no key wieght here; perhaps you mean weight"},
    {HEAD "indicators: [{id: x, sign: X, dimension: act, weight: heavy}]\n",
     "a.yaml:5:55: not a word that stands here; write strong or medium or weak"},
    {HEAD "indicators: [{id: x, sign: X, dimension: act, order: -1}]\n",
     "a.yaml:5:54: a whole number from 0"},
    {HEAD "indicators: [{id: x, sign: X, dimension: act, forms: labour}]\n",
     "a.yaml:5:54: a list of forms of exploitation"},
    {HEAD "indicators: [{id: x, sign: [X], dimension: act}]\n",
     "a.yaml:5:28: a text is wanted here"},
    {HEAD "indicators: [{id: x, id: y}]\n", "a.yaml:5:22: "},
};

Test(indicators, mistakes_are_told_with_their_place)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct sets sets;
        begin(&sets);
        const struct nrm_indicator_set *set = read_set(&sets, "a.yaml", mistakes[i].text);
        cr_expect_null(set, "accepted: %s", mistakes[i].text);
        if (i > 0)
            cr_expect(sets.messages.text && strstr(sets.messages.text, mistakes[i].message),
                      "wanted: %s\ngot: %s", mistakes[i].message,
                      sets.messages.text ? sets.messages.text : "nothing");
        cr_expect_eq(sets.indicators->count, 0);
        end(&sets);
    }
}

/* At most so many dimensions, indicators and sets (indicators.h): one more is refused. */
Test(indicators, limits)
{
    static const struct {
        const char *head, *before, *behind, *tail, *message; /* a number stands between two */
        int most;
    } rows[] = {
        {"dimensions: {", "d", ": {element: act}, ", "}\nindicators: []\n",
         "a.yaml:5:13: the dimensions are a mapping: a key for each, at most 64", 64},
        {"indicators: [", "{id: x", ", sign: X, dimension: act}, ", "]\n",
         "a.yaml:5:13: the indicators are a list, of at most 4096", 4096},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int more = 0; more < 2; more++) {
            struct sets sets;
            struct nrm_buffer text = {0};
            begin(&sets);
            nrm_buffer_printf(&text, HEAD "%s", rows[i].head);
            for (int k = 0; k < rows[i].most + more; k++)
                nrm_buffer_printf(&text, "%s%d%s", rows[i].before, k, rows[i].behind);
            nrm_buffer_printf(&text, "%s", rows[i].tail);
            const struct nrm_indicator_set *set = read_set(&sets, "a.yaml", text.text);
            cr_expect_eq(set != NULL, !more, "row %zu: %s", i,
                         sets.messages.length ? sets.messages.text : "");
            if (more)
                cr_expect(strstr(sets.messages.text, rows[i].message), "%s", sets.messages.text);
            nrm_buffer_free(&text);
            end(&sets);
        }
    struct sets sets;
    begin(&sets);
    read_set(&sets, "a.yaml", HEAD "indicators: []\n");
    while (sets.indicators->count < 256)
        cr_assert(nrm_indicators_read(sets.indicators, nrm_str(sets.files[0])));
    cr_expect_null(nrm_indicators_read(sets.indicators, nrm_str(sets.files[0])));
    cr_expect_str_eq(sets.messages.text, "more than 256 sets of indicators\n");
    cr_expect_eq(sets.indicators->count, 256);
    end(&sets);
}

Test(indicators, a_missing_set_is_told_with_the_places_looked_in)
{
    struct sets sets;
    begin(&sets);
    setenv("NRM_PATH", sets.folder, 1);
    cr_expect_null(nrm_indicators_read(sets.indicators, NRM_STR("nowhere")));
    cr_expect(strstr(sets.messages.text, "there is no set of indicators nowhere in /tmp/nrm-sets"));
    end(&sets);
}

/* An id that two sets have is each track's own. */
Test(indicators, an_id_is_known_by_the_set_of_the_track)
{
    struct sets sets;
    begin(&sets);
    const struct nrm_indicator_set *adult =
        read_set(&sets, "a.yaml",
                 "set: a\nname: A\ntrack: adult\nindicators: [{id: x, sign: X, dimension: means},"
                 " {id: only.adult, sign: O, dimension: act}]\n");
    const struct nrm_indicator_set *child =
        read_set(&sets, "b.yaml",
                 "set: b\nname: B\ntrack: child\nindicators: [{id: x, sign: X, dimension: act}]\n");
    cr_assert(adult && child, "%s", sets.messages.text);
    uint32_t x = nrm_indicators_number(sets.indicators, NRM_STR("x"));
    uint32_t only = nrm_indicators_number(sets.indicators, NRM_STR("only.adult"));
    cr_expect_eq(nrm_indicators_known(sets.indicators, x, NRM_ADULT), &adult->indicators[0]);
    cr_expect_eq(nrm_indicators_known(sets.indicators, x, NRM_CHILD), &child->indicators[0]);
    cr_expect_eq(nrm_indicators_known(sets.indicators, only, NRM_CHILD), &adult->indicators[1]);
    cr_expect_eq(nrm_indicators_set(sets.indicators, NRM_STR("b")), child);
    cr_expect_null(nrm_indicators_set(sets.indicators, NRM_STR("c")));
    end(&sets);
}

/* Day by day around the review: overdue from the day after. */
Test(indicators, a_set_is_overdue_the_day_after_its_review_was_due)
{
    static const struct {
        const char *reviewed;
        int32_t months, profile_months;
        const char *due; /* NULL: unknown */
    } table[] = {
        {"2026-11-01", 0, 12, "2027-11-01"},
        {"2026-11-01", 6, 12, "2027-05-01"},
        {"2026-11-01", 0, 3, "2027-02-01"},
        {"2024-02-29", 12, 12, "2025-02-28"},
        {"2026-11", 12, 12, "2027-11-30"},
        {"2026", 12, 12, "2027-12-31"},
        {NULL, 12, 12, NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct nrm_indicator_set set = {.review_months = table[i].months};
        struct nrm_time due = {0};
        if (table[i].reviewed)
            nrm_time_parse(nrm_str(table[i].reviewed), &set.reviewed);
        if (!table[i].due) {
            cr_expect(nrm_set_overdue(&set, 12, 0));
            continue;
        }
        nrm_time_parse(nrm_str(table[i].due), &due);
        cr_expect_eq(nrm_set_review_due(&set, table[i].profile_months).day, due.day, "row %zu", i);
        cr_expect(!nrm_set_overdue(&set, table[i].profile_months, due.day), "row %zu", i);
        cr_expect(nrm_set_overdue(&set, table[i].profile_months, due.day + 1), "row %zu", i);
    }
}

/* --- faults --- */

struct fault {
    const char *file, *text, *kind, *message;
};

#define SOURCE "source: a book\n"
#define X "{id: x, sign: X, dimension: act}"

static const struct fault faults[] = {
    {"a.yaml", HEAD SOURCE "indicators: [" X "]\n", NULL, NULL},
    {"b.yaml", HEAD SOURCE "indicators: [" X "]\n", "name", "its file must be a.yaml"},
    {"ab.yaml", HEAD SOURCE "indicators: [" X "]\n", "name", "its file must be a.yaml"},
    {"a.yaml", "set: a\nname: A\nversion: 1\nindicators: [" X "]\n", "no_review",
     "does not say when"},
    {"a.yaml", "set: a\nname: A\nreviewed: 2026\nindicators: [" X "]\n", "no_version",
     "has no version"},
    {"a.yaml", HEAD "indicators: []\n", "empty", "has no indicators"},
    {"a.yaml", HEAD "dimensions: {d: {element: act}}\nindicators: [" X "]\n", "dimension_unused",
     "no indicator is of the dimension d"},
    {"a.yaml", HEAD "indicators: [" X ", {id: x, sign: Y, dimension: act}]\n", "id_twice",
     "x stands in"},
    {"a.yaml", HEAD "indicators: [" X ", {id: y, sign: X, dimension: act}]\n", "text_twice",
     "y has the same sign as x (en)"},
    {"a.yaml",
     HEAD "indicators: [{id: x, sign: X, question: {en: A, fr: Q}, dimension: act},"
          " {id: y, sign: Y, question: {en: B, fr: Q}, dimension: act}]\n",
     "text_twice", "y has the same question as x (fr)"},
    {"a.yaml", HEAD "indicators: [{id: x, sign: {fr: X}, dimension: act}]\n", "language",
     "a text without English"},
    {"a.yaml", HEAD SOURCE "indicators: [{id: x, sign: X, dimension: act, weight: weak}]\n",
     "weight_unused", "a weight that the set's rule does not look at"},
    {"a.yaml", HEAD "rule: ilo\nindicators: [{id: x, sign: X, dimension: act, weight: weak}]\n",
     "weight_without_source", "only published weights count"},
    {"a.yaml",
     HEAD "rule: ilo\nindicators: [{id: x, sign: X, dimension: act, weight: weak, source: B}]\n",
     NULL, NULL},
    {"a.yaml", HEAD SOURCE "indicators: [{id: x, sign: X, dimension: act, weight_child: weak}]\n",
     "weight_unused", "a weight that the set's rule does not look at"},
    {"a.yaml", HEAD SOURCE "rule: ilo\nindicators: [" X "]\n", "weight_missing",
     "no weight for an adult"},
    {"a.yaml",
     HEAD SOURCE "rule: ilo\nindicators: [{id: x, sign: X, dimension: act, weight_child: weak}]\n",
     "weight_missing", "no weight for an adult"},
    {"a.yaml", HEAD SOURCE "rule: ilo\ntrack: child\nindicators: [" X "]\n", "weight_missing",
     "no weight for a child"},
    {"a.yaml",
     HEAD SOURCE "rule: ilo\nindicators: [{id: x, sign: X, dimension: act, track: child}]\n",
     "weight_missing", "no weight for a child"},
    {"a.yaml", HEAD "track: adult\nindicators: [{id: x, sign: X, dimension: act, track: child}]\n",
     "unreachable", "x is never asked: it is for children, the set is not"},
    {"a.yaml", HEAD "track: child\nindicators: [{id: x, sign: X, dimension: act, track: adult}]\n",
     "unreachable", "x is never asked: it is for adults, the set is not"},
    {"a.yaml", HEAD "indicators: [{id: x, sign: X, dimension: caution}]\n", "caution",
     "does not explain"},
    {"a.yaml", HEAD "indicators: [{id: x, sign: X, dimension: act, forms: [labor]}]\n", "form",
     "labor is no form of exploitation"},
};

Test(indicators, faults_are_found_and_nothing_else)
{
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct sets sets;
        struct nrm_arena arena = {0};
        size_t count;
        begin(&sets);
        cr_assert(read_set(&sets, faults[i].file, faults[i].text), "%s", sets.messages.text);
        const struct nrm_set_fault *found = nrm_indicators_faults(sets.indicators, &arena, &count);
        cr_assert_eq(count, faults[i].kind ? 1 : 0, "row %zu: %zu faults, first %s", i, count,
                     count ? found[0].message : "");
        if (count) {
            cr_expect_str_eq(found[0].kind, faults[i].kind);
            cr_expect(strstr(found[0].message, faults[i].message), "row %zu: %s", i,
                      found[0].message);
            cr_expect(found[0].place.line > 0);
        }
        end(&sets);
        nrm_arena_free(&arena);
    }
}

Test(indicators, sets_clash_only_where_one_person_can_meet_both)
{
    static const char adult[] = HEAD "track: adult\nindicators: [" X "]\n";
    static const char child[] =
        "set: b\nname: B\nversion: 1\nreviewed: 2026\ntrack: child\nindicators: [" X "]\n";
    static const char both[] = "set: c\nname: C\nversion: 1\nreviewed: 2026\nindicators: [" X "]\n";
    struct sets sets;
    struct nrm_arena arena = {0};
    size_t count;
    begin(&sets);
    read_set(&sets, "a.yaml", adult);
    read_set(&sets, "b.yaml", child);
    nrm_indicators_faults(sets.indicators, &arena, &count);
    cr_expect_eq(count, 0);
    read_set(&sets, "c.yaml", both);
    const struct nrm_set_fault *found = nrm_indicators_faults(sets.indicators, &arena, &count);
    cr_assert_eq(count, 1);
    cr_expect_str_eq(found[0].kind, "id_twice");
    nrm_indicators_read(sets.indicators, nrm_str(sets.files[0]));
    found = nrm_indicators_faults(sets.indicators, &arena, &count);
    cr_assert_eq(count, 3);
    cr_expect_str_eq(found[1].kind, "set_twice");
    cr_expect_str_eq(found[2].kind, "id_twice");
    end(&sets);
    nrm_arena_free(&arena);
}

/* However many there are: each is told. */
Test(indicators, many_faults)
{
    struct sets sets;
    struct nrm_arena arena = {0};
    struct nrm_buffer text = {0};
    size_t count;
    begin(&sets);
    nrm_buffer_printf(&text, HEAD "indicators: [");
    for (int i = 0; i < 100; i++)
        nrm_buffer_printf(&text, "{id: x%d, sign: {fr: X%d}, dimension: act}, ", i, i);
    nrm_buffer_printf(&text, "]\n");
    cr_assert(read_set(&sets, "a.yaml", text.text), "%s", sets.messages.text);
    const struct nrm_set_fault *found = nrm_indicators_faults(sets.indicators, &arena, &count);
    cr_assert_eq(count, 100);
    for (size_t i = 0; i < count; i++) {
        char message[64];
        snprintf(message, sizeof message, "x%zu has a text without English", i);
        cr_expect_str_eq(found[i].kind, "language");
        cr_expect_str_eq(found[i].message, message);
    }
    nrm_buffer_free(&text);
    end(&sets);
    nrm_arena_free(&arena);
}

/* The sets that come with the tools. */
Test(indicators, the_sets_at_hand_have_no_faults)
{
    struct sets sets;
    struct nrm_arena arena = {0};
    size_t count;
    begin(&sets);
    setenv("NRM_PATH", ".", 1);
    cr_assert(nrm_indicators_read_all(sets.indicators), "%s", sets.messages.text);
    cr_assert_geq(sets.indicators->count, 2);
    const struct nrm_set_fault *found = nrm_indicators_faults(sets.indicators, &arena, &count);
    for (size_t i = 0; i < count; i++)
        cr_expect(false, "%s:%u: %s", found[i].place.file, found[i].place.line, found[i].message);
    end(&sets);
    nrm_arena_free(&arena);
}

Test(indicators, a_folder_without_sets_or_with_broken_ones_is_told)
{
    struct sets sets;
    begin(&sets);
    char *folder = nrm_arena_printf(&sets.indicators->arena, "%s/indicators", sets.folder);
    setenv("NRM_PATH", sets.folder, 1);
    cr_assert_eq(mkdir(folder, 0700), 0);
    cr_expect(!nrm_indicators_read_all(sets.indicators));
    cr_expect(strstr(sets.messages.text, "there are no sets of indicators in "));
    /* those behind a broken one are read, so that all is told at once */
    nrm_buffer_clear(&sets.messages);
    read_set(&sets, "indicators/a.yaml", "set: a\n");
    read_set(&sets, "indicators/b.yaml", "set: b\nname: B\nindicators: [" X "]\n");
    read_set(&sets, "indicators/c.yaml", "set: c\n");
    sets.indicators->count = 0;
    nrm_buffer_clear(&sets.messages);
    cr_expect(!nrm_indicators_read_all(sets.indicators));
    cr_expect(strstr(sets.messages.text, "a.yaml:1:1: ") &&
                  strstr(sets.messages.text, "c.yaml:1:1: "),
              "%s", sets.messages.text);
    cr_expect(nrm_indicators_set(sets.indicators, NRM_STR("b")));
    while (sets.count)
        unlink(sets.files[--sets.count]);
    rmdir(folder);
    end(&sets);
}
