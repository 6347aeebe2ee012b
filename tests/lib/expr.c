/* The expression language: what expressions give, what is refused and where, three-valued logic in
 * full, that knowing more never turns a decided answer round, and limits. */
#include "scope.h"

/* --- tables in files --- */

/* Threes of lines; blank lines and lines that start with # are no part of them. */
struct threes {
    FILE *file;
    char lines[3][4096];
    int line; /* of the last one read */
};

static bool next_three(struct threes *threes)
{
    for (int i = 0; i < 3; i++) {
        do {
            if (!fgets(threes->lines[i], sizeof threes->lines[i], threes->file)) {
                cr_assert_eq(i, 0, "the last three is cut short");
                return false;
            }
            threes->lines[i][strcspn(threes->lines[i], "\n")] = '\0';
            threes->line++;
        } while (threes->lines[i][0] == '#' || threes->lines[i][0] == '\0');
    }
    return true;
}

static struct threes open_threes(const char *path)
{
    struct threes threes = {.file = fopen(path, "r")};
    cr_assert_not_null(threes.file, "no %s", path);
    return threes;
}

Test(expr, gives_what_the_table_says)
{
    struct threes threes = open_threes("tests/data/expressions.txt");
    char text[4096] = "{}";
    int count = 0;
    for (; next_three(&threes); count++) {
        if (strcmp(threes.lines[0], "=") != 0)
            memcpy(text, threes.lines[0], sizeof text);
        struct world world;
        struct heard heard;
        world_make(&world, text);
        struct nrm_expr_context context = {.names = &names, .sink = listen(&heard)};
        struct nrm_expr *expr = nrm_expr_parse(&world.arena, nrm_str(threes.lines[1]), &context);
        cr_expect(expr != NULL, "line %d: %s: %s", threes.line, threes.lines[1], heard.text);
        if (expr) {
            struct nrm_value value = nrm_expr_eval(expr, &world.scope);
            const char *given = shown(&world.arena, &value, world.calendar.zone);
            cr_expect_str_eq(given, threes.lines[2], "line %d: %s gives %s, not %s", threes.line,
                             threes.lines[1], given, threes.lines[2]);
        }
        world_free(&world);
    }
    fclose(threes.file);
    cr_expect_gt(count, 250);
}

Test(expr, refuses_what_the_table_says)
{
    struct threes threes = open_threes("tests/data/expression-errors.txt");
    int count = 0;
    for (; next_three(&threes); count++) {
        struct nrm_arena arena = {0};
        struct heard heard;
        struct nrm_expr_context context = {.names = &names, .sink = listen(&heard)};
        const char *text = threes.lines[0];
        const struct nrm_event_type *type = NULL;
        if (strncmp(text, "in ", 3) == 0) {
            size_t length = strcspn(text + 3, ":");
            type = nrm_event_type_find((struct nrm_str){text + 3, length});
            cr_assert_not_null(type);
            text += 3 + length + 2;
            context.event_types = &type;
            context.event_type_count = 1;
        }
        struct nrm_expr *expr = nrm_condition_parse(&arena, nrm_str(text), &context);
        char place[32];
        snprintf(place, sizeof place, "e:1:%d: ", atoi(threes.lines[1]));
        cr_expect_null(expr, "line %d: %s is taken", threes.line, text);
        cr_expect_eq(heard.sink.errors, 1, "line %d: %s: %lu messages", threes.line, text,
                     heard.sink.errors);
        cr_expect(strncmp(heard.text, place, strlen(place)) == 0 &&
                      strstr(heard.text, threes.lines[2]),
                  "line %d: %s: %s", threes.line, text, heard.text);
        nrm_arena_free(&arena);
    }
    fclose(threes.file);
    cr_expect_gt(count, 90);
}

/* --- one expression at a time --- */

static struct nrm_expr *parse(struct world *world, const char *text)
{
    struct heard heard;
    struct nrm_expr_context context = {.names = &names, .sink = listen(&heard)};
    struct nrm_expr *expr = nrm_expr_parse(&world->arena, nrm_str(text), &context);
    cr_assert_not_null(expr, "%s: %s", text, heard.text);
    return expr;
}

static enum nrm_truth truth(struct world *world, const char *text, const char **missing)
{
    return nrm_condition_holds(parse(world, text), &world->scope, missing);
}

Test(expr, places_are_those_of_the_file)
{
    static const struct {
        const char *text;
        uint32_t line, column;
        const char *wanted;
    } places[] = {
        {"a and zz", 0, 0, "e:1:7: "},
        {"a and zz", 12, 9, "e:12:15: "},
        {"a and\n  zz", 12, 9, "e:13:3: "},
        {"\"łódź\" == zz", 1, 1, "e:1:11: "},
        {"", 3, 4, "e:3:4: "},
        {"  ", 3, 4, "e:3:4: "},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct nrm_arena arena = {0};
        struct heard heard;
        struct nrm_expr_context context = {
            .names = &names,
            .place = {"rules.yaml", places[i].line, places[i].column},
            .sink = listen(&heard)};
        cr_expect_null(nrm_condition_parse(&arena, nrm_str(places[i].text), &context));
        cr_expect(strncmp(heard.text, places[i].wanted, strlen(places[i].wanted)) == 0, "%s: %s",
                  places[i].text, heard.text);
        nrm_arena_free(&arena);
    }
}

Test(expr, warns_of_words_that_an_open_vocabulary_lacks)
{
    static const struct {
        const char *text, *wanted;
    } warnings[] = {
        {"person.gender == \"femal\"", "w:1:18: \"femal\" is not in the vocabulary of "
                                       "person.gender; did you mean \"female\"?\n"},
        {"\"labor\" in exploitation.forms", "w:1:1: \"labor\" is not in the vocabulary of "
                                           "exploitation.forms; did you mean \"labour\"?\n"},
        {"any(exploitation.forms, [\"labour\", \"zzzz\"])",
         "w:1:25: \"zzzz\" is not in the vocabulary of exploitation.forms; check its spelling\n"},
        {"person.gender == \"female\"", ""},
    };
    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++) {
        struct nrm_arena arena = {0};
        struct heard heard;
        struct nrm_expr_context context = {.sink = listen(&heard)};
        cr_expect_not_null(nrm_condition_parse(&arena, nrm_str(warnings[i].text), &context));
        cr_expect_str_eq(heard.text, warnings[i].wanted);
        nrm_arena_free(&arena);
    }
}

Test(expr, names_without_fields_may_hold_anything)
{
    static const char *const texts[] = {"x"};
    static const struct nrm_names open_names = {texts, 1, NULL};
    static const char *const taken[] = {"x", "x == 1", "x == \"a\"", "x and true", "\"a\" in x",
                                        "x < now", "any(x, [1])", "x + 5d > now", "count(x) > 1"};
    struct nrm_arena arena = {0};
    struct nrm_expr_context context = {.names = &open_names};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        cr_expect_not_null(nrm_condition_parse(&arena, nrm_str(taken[i]), &context), "%s", taken[i]);
    nrm_arena_free(&arena);
}

Test(expr, undecided_conditions_name_what_is_missing)
{
    static const struct {
        const char *text;
        enum nrm_truth truth;
        const char *missing;
    } conditions[] = {
        {"person.birth_date < now", NRM_CANNOT_TELL, "person.birth_date"},
        {"age() >= 18 or person.stateless", NRM_CANNOT_TELL, "person.birth_date"},
        {"person.stateless and age() >= 18", NRM_CANNOT_TELL, "person.stateless"},
        {"person.stateless and has(closed)", NRM_FALSE, NULL},
        {"track == \"adult\"", NRM_CANNOT_TELL, "track"},
        {"first(rr_granted).at < now", NRM_CANNOT_TELL, "event rr_granted"},
        {"has(detected, by == \"police\")", NRM_CANNOT_TELL, "detected.by"},
        {"has(detected)", NRM_TRUE, NULL},
        {".flag", NRM_CANNOT_TELL, "flag"},
        {".text", NRM_CANNOT_TELL, "text"},
        {"\"a\" in .list", NRM_CANNOT_TELL, "list"},
    };
    struct world world;
    world_make(&world, "{events: [{type: detected, at: 2026-03-01}], text: some, list: [b, ~]}");
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        const char *missing = "unset";
        enum nrm_truth held = truth(&world, conditions[i].text, &missing);
        cr_expect_eq(held, conditions[i].truth, "%s", conditions[i].text);
        if (conditions[i].missing)
            cr_expect_str_eq(missing, conditions[i].missing, "%s", conditions[i].text);
        else
            cr_expect_null(missing, "%s", conditions[i].text);
    }
    cr_expect_eq(truth(&world, "has(detected)", NULL), NRM_TRUE);
    world_free(&world);
}

Test(expr, guards_see_the_event_that_they_are_about)
{
    struct world world;
    world_make(&world, "{events: [{type: reconsideration_requested, at: 2026-03-01, of: stage2},"
                       "{type: reconsideration_requested, at: 2026-03-02, of: stage1},"
                       "{type: reconsideration_decided, at: 2026-03-05, of: stage1}]}");
    static const struct {
        const char *text;
        enum nrm_truth truth;
    } guards[] = {
        {"of == \"stage1\"", NRM_TRUE},
        {"it.of == \"stage1\" and event.of == \"stage1\"", NRM_TRUE},
        {"at == 2026-03-05", NRM_TRUE},
        {"has(reconsideration_requested, of == event.of and at < event.at)", NRM_TRUE},
        {"first(reconsideration_requested, of == event.of).at == 2026-03-02", NRM_TRUE},
        {"has(reconsideration_requested, of == event.of and at > event.at)", NRM_FALSE},
        {"outcome == \"upheld\"", NRM_CANNOT_TELL},
    };
    const struct nrm_event_type *type = nrm_event_type_find(NRM_STR("reconsideration_decided"));
    struct nrm_expr_context context = {.event_types = &type, .event_type_count = 1};
    world.scope.event = world.events[2];
    for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
        struct nrm_expr *expr =
            nrm_condition_parse(&world.arena, nrm_str(guards[i].text), &context);
        cr_assert_not_null(expr, "%s", guards[i].text);
        cr_expect_eq(nrm_condition_holds(expr, &world.scope, NULL), guards[i].truth, "%s",
                     guards[i].text);
    }
    world.scope.event = NULL;
    struct nrm_expr *expr = nrm_condition_parse(&world.arena, NRM_STR("of == \"stage1\""), &context);
    cr_expect_eq(nrm_condition_holds(expr, &world.scope, NULL), NRM_CANNOT_TELL);
    world_free(&world);
}

Test(expr, conditions_about_any_event)
{
    struct world world;
    world_make(&world, "{events: [{type: stage1_decision, at: 2026-03-01, outcome: positive},"
                       "{type: contact, at: 2026-03-02, kind: phone}, {type: juggling}]}");
    struct nrm_expr_context context = {.any_event = true};
    struct nrm_expr *outcome =
        nrm_condition_parse(&world.arena, NRM_STR("outcome == \"positive\""), &context);
    struct nrm_expr *kind =
        nrm_condition_parse(&world.arena, NRM_STR("kind == \"phone\""), &context);
    cr_assert(outcome && kind);
    static const enum nrm_truth wanted[][2] = {{NRM_TRUE, NRM_CANNOT_TELL},
                                               {NRM_CANNOT_TELL, NRM_TRUE},
                                               {NRM_CANNOT_TELL, NRM_CANNOT_TELL}};
    for (size_t i = 0; i < 3; i++) {
        world.scope.event = world.events[i];
        cr_expect_eq(nrm_condition_holds(outcome, &world.scope, NULL), wanted[i][0]);
        cr_expect_eq(nrm_condition_holds(kind, &world.scope, NULL), wanted[i][1]);
    }
    world_free(&world);
}

Test(expr, made_text_stays_while_its_arena_stays)
{
    struct world world;
    struct nrm_arena scratch = {0};
    world_make(&world, "{}");
    world.scope.scratch = &scratch;
    struct nrm_value first = nrm_expr_eval(parse(&world, "quarter(2023-01-01)"), &world.scope);
    struct nrm_value second = nrm_expr_eval(parse(&world, "quarter(2024-12-01)"), &world.scope);
    struct nrm_value third = nrm_expr_eval(parse(&world, "lower(\"ABC\")"), &world.scope);
    cr_expect(nrm_str_is(first.string, "2023-Q1") && nrm_str_is(second.string, "2024-Q4"));
    cr_expect_str_eq(third.string.text, "abc");
    cr_expect(scratch.chunk != NULL);
    nrm_arena_free(&scratch);
    world_free(&world);
}

Test(expr, without_a_calendar_what_needs_a_zone_is_unknown)
{
    struct world world;
    world_make(&world, "{person: {birth_date: 2000-01-01}}");
    world.scope.calendar = NULL;
    cr_expect_eq(truth(&world, "now < 2027-01-01", NULL), NRM_CANNOT_TELL);
    cr_expect_eq(truth(&world, "known(date(now)) or known(now + 5d)", NULL), NRM_FALSE);
    cr_expect_eq(truth(&world, "known(age())", NULL), NRM_FALSE);
    cr_expect_eq(truth(&world, "now == now and age(2026-03-01) == 26", NULL), NRM_TRUE);
    world_free(&world);
}

Test(expr, a_birth_date_of_the_scope_counts_before_that_of_the_case)
{
    struct world world;
    world_make(&world, "{person: {birth_date: 2000-01-01}}");
    struct nrm_time birth;
    nrm_time_parse(NRM_STR("2010"), &birth);
    world.scope.birth = &birth;
    cr_expect_eq(truth(&world, "age(2026-12-30) == 15 and age(2026-12-31) == 16", NULL), NRM_TRUE);
    world_free(&world);
}

/* --- Kleene logic, in full --- */

static struct nrm_value of_truth(enum nrm_truth truth)
{
    return truth == NRM_CANNOT_TELL ? nrm_value_unknown(NULL) : nrm_value_boolean(truth == NRM_TRUE);
}

/* False 0, unknown 1, true 2: and is the smaller, or the larger, not turns the order round. */
static int rank(enum nrm_truth truth)
{
    return truth == NRM_FALSE ? 0 : truth == NRM_TRUE ? 2 : 1;
}

Test(expr, logic_is_kleenes)
{
    struct world world;
    world_make(&world, "{}");
    struct nrm_expr *and = parse(&world, "a and b"), *or = parse(&world, "a or b");
    struct nrm_expr *not = parse(&world, "not a"), *same = parse(&world, "a == b");
    struct nrm_expr *three = parse(&world, "a and b and c"), *any = parse(&world, "a or b or c");
    for (int code = 0; code < 27; code++) {
        enum nrm_truth a = code % 3, b = code / 3 % 3, c = code / 9;
        world.values[5] = of_truth(a);
        world.values[6] = of_truth(b);
        world.values[7] = of_truth(c);
        int low = rank(a) < rank(b) ? rank(a) : rank(b), high = rank(a) > rank(b) ? rank(a) : rank(b);
        cr_expect_eq(rank(nrm_condition_holds(and, &world.scope, NULL)), low);
        cr_expect_eq(rank(nrm_condition_holds(or, &world.scope, NULL)), high);
        cr_expect_eq(rank(nrm_condition_holds(not, &world.scope, NULL)), 2 - rank(a));
        cr_expect_eq(rank(nrm_condition_holds(same, &world.scope, NULL)),
                     rank(a) == 1 || rank(b) == 1 ? 1 : a == b ? 2 : 0);
        low = rank(c) < low ? rank(c) : low;
        high = rank(c) > high ? rank(c) : high;
        cr_expect_eq(rank(nrm_condition_holds(three, &world.scope, NULL)), low);
        cr_expect_eq(rank(nrm_condition_holds(any, &world.scope, NULL)), high);
    }
    world_free(&world);
}

Test(expr, operators_bind_as_the_manual_says)
{
    static const char *const pairs[][2] = {
        {"a or b and c", "a or (b and c)"},
        {"a and b or c", "(a and b) or c"},
        {"not a and b", "(not a) and b"},
        {"not a or b", "(not a) or b"},
        {"not a == b", "not (a == b)"},
        {"a == b and c", "(a == b) and c"},
        {"a or b == c", "a or (b == c)"},
        {"a or b or c", "(a or b) or c"},
        {"a and b and c", "a and (b and c)"},
        {"not not a", "not (not a)"},
        {"not 1 in [1] or a", "(not (1 in [1])) or a"},
        {"a and 1 not in [1, 2] or b", "(a and not (1 in [1, 2])) or b"},
    };
    struct world world;
    world_make(&world, "{}");
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct nrm_expr *bare = parse(&world, pairs[i][0]), *full = parse(&world, pairs[i][1]);
        for (int code = 0; code < 27; code++) {
            world.values[5] = of_truth(code % 3);
            world.values[6] = of_truth(code / 3 % 3);
            world.values[7] = of_truth(code / 9);
            cr_expect_eq(nrm_condition_holds(bare, &world.scope, NULL),
                         nrm_condition_holds(full, &world.scope, NULL), "%s is not %s", pairs[i][0],
                         pairs[i][1]);
        }
    }
    world_free(&world);
}

/* --- knowing more never turns a decided answer round --- */

static uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);

static unsigned random_below(unsigned limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)((seed >> 33) % limit);
}

static void add(struct nrm_buffer *buffer, const char *text)
{
    nrm_buffer_add(buffer, text, strlen(text));
}

#define PICK(buffer, ...)                                                                          \
    do {                                                                                           \
        static const char *const choices[] = {__VA_ARGS__};                                        \
        add(buffer, choices[random_below(sizeof choices / sizeof *choices)]);                      \
    } while (0)

static void random_time(struct nrm_buffer *buffer, int depth)
{
    switch (random_below(depth > 0 ? 6 : 4)) {
    case 0:
        PICK(buffer, "2026-03-01", "2026-03-01T10:00+01:00", "2026-03", "2009-05", "now");
        break;
    case 1:
        add(buffer, "person.birth_date");
        break;
    case 2:
        PICK(buffer, "health.resolved_at", "needs.water_at");
        break;
    case 3:
        add(buffer, "rr_minimum");
        break;
    case 4:
        add(buffer, "date(");
        random_time(buffer, depth - 1);
        add(buffer, ")");
        break;
    default:
        random_time(buffer, depth - 1);
        PICK(buffer, " + 5d", " - 48h", " + 1mo", " + 18y", " + 3wd");
    }
}

static void random_text(struct nrm_buffer *buffer, int depth)
{
    switch (random_below(depth > 0 ? 6 : 4)) {
    case 0:
        PICK(buffer, "\"female\"", "\"\"", "\"other\"", "\"2026-Q1\"");
        break;
    case 1:
        PICK(buffer, "person.gender", "person.dialect", ".custom.text", "person.religion");
        break;
    case 2:
        add(buffer, "identification");
        break;
    case 3:
        add(buffer, "person.dialect");
        break;
    case 4:
        add(buffer, "lower(");
        random_text(buffer, depth - 1);
        add(buffer, ")");
        break;
    default:
        add(buffer, "quarter(");
        random_time(buffer, depth - 1);
        add(buffer, ")");
    }
}

static void random_list(struct nrm_buffer *buffer)
{
    PICK(buffer, "exploitation.forms", "person.languages", "[\"labour\", \"en\"]", "[]", "challenge",
         "[\"en\"]", "exploitation.means", "indicators.id");
}

static void random_number(struct nrm_buffer *buffer, int depth)
{
    switch (random_below(depth > 0 ? 9 : 3)) {
    case 0:
        PICK(buffer, "0", "1", "-2", "18", "2026");
        break;
    case 1:
        PICK(buffer, "person.children", "exploitation.traffickers");
        break;
    case 2:
        add(buffer, ".custom.number");
        break;
    case 3:
        add(buffer, "age()");
        break;
    case 4:
        PICK(buffer, "year(", "month(", "age(");
        random_time(buffer, depth - 1);
        add(buffer, ")");
        break;
    case 5:
        PICK(buffer, "days_between(", "hours_between(");
        random_time(buffer, depth - 1);
        add(buffer, ", ");
        random_time(buffer, depth - 1);
        add(buffer, ")");
        break;
    case 6:
        add(buffer, "size(");
        random_text(buffer, depth - 1);
        add(buffer, ")");
        break;
    default:
        add(buffer, "(");
        random_number(buffer, depth - 1);
        PICK(buffer, " + ", " - ", " * ", " / ");
        random_number(buffer, depth - 1);
        add(buffer, ")");
    }
}

static void random_pair(struct nrm_buffer *buffer, const char *before, const char *between,
                        const char *after, void (*one)(struct nrm_buffer *, int), int depth)
{
    add(buffer, before);
    one(buffer, depth);
    add(buffer, between);
    one(buffer, depth);
    add(buffer, after);
}

static const char *const comparisons[] = {" == ", " != ", " < ", " <= ", " > ", " >= "};

static void random_condition(struct nrm_buffer *buffer, int depth)
{
    const char *comparison = comparisons[random_below(6)];
    switch (random_below(depth > 0 ? 13 : 8)) {
    case 0:
        PICK(buffer, "a", "b", "c", "d", "person.stateless", "rr_over", "true", "false");
        break;
    case 1:
        random_pair(buffer, "", comparison, "", random_time, depth);
        break;
    case 2:
        random_pair(buffer, "", comparison, "", random_number, depth);
        break;
    case 3:
        random_pair(buffer, "", comparison, "", random_text, depth);
        break;
    case 4:
        random_pair(buffer, "contains(", ", ", ")", random_text, depth);
        break;
    case 5:
        random_text(buffer, 0);
        PICK(buffer, " in ", " not in ");
        random_list(buffer);
        break;
    case 6:
        PICK(buffer, "any(", "all(");
        random_list(buffer);
        add(buffer, ", ");
        random_list(buffer);
        add(buffer, ")");
        break;
    case 7:
        random_list(buffer);
        PICK(buffer, " == ", " != ");
        random_list(buffer);
        break;
    case 8:
        add(buffer, "not (");
        random_condition(buffer, depth - 1);
        add(buffer, ")");
        break;
    case 9:
        add(buffer, "between(");
        random_pair(buffer, "", ", ", ", ", random_time, depth - 1);
        random_time(buffer, depth - 1);
        add(buffer, ")");
        break;
    default:
        random_pair(buffer, "(", random_below(2) ? " and " : " or ", ")", random_condition,
                    depth - 1);
    }
}

/* Fields that the expressions above ask for, with values that each may have. */
static const struct {
    const char *path;
    const char *values[5];
} asked[] = {
    {"person.birth_date", {"2009", "2009-05", "2009-05-31", "2026-03-01"}},
    {"health.resolved_at", {"2026-03-01", "2026-03-01T10:00+01:00", "2026-03"}},
    {"needs.water_at", {"2026-03-06", "2026-03-01T09:00Z"}},
    {"person.gender", {"female", "male", "other"}},
    {"person.dialect", {"\"\"", "FEMALE", "2026-Q1", "other"}},
    {"person.religion", {"other", "x"}},
    {"person.stateless", {"true", "false"}},
    {"person.children", {"0", "1", "18"}},
    {"exploitation.traffickers", {"-2", "2026"}},
    {"exploitation.forms", {"[]", "[labour]", "[labour, sexual]"}},
    {"exploitation.means", {"[]", "[fraud, en]"}},
    {"person.languages", {"[en]", "en", "[en, pl]"}},
    {"custom.text", {"female", "'2026-Q1'"}},
    {"custom.number", {"1", "\"18\"", "0.5"}},
    {"names.a", {"true", "false"}},
    {"names.b", {"true", "false"}},
    {"names.c", {"true", "false"}},
    {"names.d", {"true", "false"}},
    {"names.rr_over", {"true", "false"}},
    {"names.rr_minimum", {"2026-03-01", "2026-06"}},
    {"names.identification", {"other", "female"}},
    {"names.challenge", {"[]", "[labour]", "[en, labour]"}},
};
enum { ASKED = sizeof asked / sizeof *asked };

/* A case with CHOICE's value of each field; -1: it is missing. */
static void case_text(struct nrm_buffer *buffer, const int *choice)
{
    static const char *const groups[] = {"person", "health", "needs", "exploitation", "custom",
                                         "names"};
    nrm_buffer_clear(buffer);
    add(buffer, "{indicators: [{id: en}, {id: labour}]");
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        nrm_buffer_printf(buffer, ", %s: {x: 1", groups[i]);
        size_t length = strlen(groups[i]);
        for (size_t j = 0; j < ASKED; j++)
            if (choice[j] >= 0 && strncmp(asked[j].path, groups[i], length) == 0 &&
                asked[j].path[length] == '.')
                nrm_buffer_printf(buffer, ", %s: %s", asked[j].path + length + 1,
                                  asked[j].values[choice[j]]);
        add(buffer, "}");
    }
    add(buffer, "}");
}

static int random_value(size_t field)
{
    unsigned count = 0;
    while (count < 5 && asked[field].values[count])
        count++;
    return (int)random_below(count);
}

Test(expr, knowing_more_never_turns_an_answer_round)
{
    enum { ROUNDS = 1500, MORE = 12 };
    struct nrm_buffer text = {0}, yaml = {0};
    unsigned decided = 0, undecided = 0, learned = 0;
    for (int round = 0; round < ROUNDS; round++) {
        nrm_buffer_clear(&text);
        random_condition(&text, 4);
        int choice[ASKED];
        for (size_t i = 0; i < ASKED; i++)
            choice[i] = random_below(2) ? -1 : random_value(i);
        enum nrm_truth before = NRM_CANNOT_TELL;
        for (int more = 0; more < MORE; more++) {
            struct world world;
            case_text(&yaml, choice);
            world_make(&world, yaml.text);
            enum nrm_truth now = truth(&world, text.text, NULL);
            world_free(&world);
            cr_assert(before == NRM_CANNOT_TELL || now == before, "%s: %d, then %d with %s",
                      text.text, before, now, yaml.text);
            learned += more > 0 && before == NRM_CANNOT_TELL && now != NRM_CANNOT_TELL;
            before = now;
            size_t field = random_below(ASKED);
            if (choice[field] < 0)
                choice[field] = random_value(field);
        }
        *(before == NRM_CANNOT_TELL ? &undecided : &decided) += 1;
    }
    cr_expect(decided > ROUNDS / 4 && undecided > ROUNDS / 20 && learned > ROUNDS / 20,
              "the cases do not try much: %u decided, %u not, %u on the way", decided, undecided,
              learned);
    nrm_buffer_free(&text);
    nrm_buffer_free(&yaml);
}

/* --- nothing crashes the parser, and what it takes can be evaluated --- */

static void try(struct world *world, const struct nrm_buffer *text)
{
    struct heard heard;
    struct nrm_expr_context context = {.names = &names, .any_event = true, .sink = listen(&heard)};
    struct nrm_str str = {text->text ? text->text : "", text->length};
    struct nrm_arena arena = {0};
    struct nrm_expr *expr = nrm_expr_parse(&arena, str, &context);
    cr_assert_eq(heard.sink.errors, expr ? 0 : 1, "%.*s: %s", (int)str.length, str.text, heard.text);
    if (expr)
        nrm_expr_eval(expr, &world->scope);
    nrm_arena_free(&arena);
}

Test(expr, random_words_do_no_harm)
{
    static const char *const words[] = {
        "a", "and ", "or ", "not ", "in ", "(", ")", "[", "]", ",", ".", "==", "!=", "<", "<=", "+", "-",
        "*", "/", "|", "1", "2.5", "48h", "2026-03-01", "2026-03-01T22:40+01:00", "\"x\"", "'", "\"",
        "\\", "true", "unknown", "now", "person.gender", "person.birth_date", "exploitation.forms",
        "has(", "first(", "last(", "count(", "age(", "stage1_decision", "service", ".outcome", ".at",
        "if(", "default(", "known(", "any(", "\n", " ", "\xC5\x82", "\xFF", "=", "event.", "it.", "at"};
    struct world world;
    struct nrm_buffer text = {0};
    world_make(&world, "{events: [{type: service, at: 2026-03-01}, {type: stage1_decision}]}");
    for (int round = 0; round < 20000; round++) {
        nrm_buffer_clear(&text);
        for (unsigned count = random_below(12); count > 0; count--)
            add(&text, words[random_below(sizeof words / sizeof *words)]);
        try(&world, &text);
    }
    for (int round = 0; round < 5000; round++) {
        nrm_buffer_clear(&text);
        random_condition(&text, 3);
        for (unsigned count = random_below(3); count > 0; count--)
            text.text[random_below((unsigned)text.length)] = (char)random_below(256);
        try(&world, &text);
    }
    nrm_buffer_free(&text);
    world_free(&world);
}

/* --- limits --- */

static char *repeated(const char *before, const char *part, size_t times, const char *after)
{
    struct nrm_buffer buffer = {0};
    add(&buffer, before);
    for (size_t i = 0; i < times; i++)
        add(&buffer, part);
    add(&buffer, after);
    return buffer.text;
}

static void expect_limit(const char *before, const char *part, size_t times, const char *after,
                         const char *closing, const char *message)
{
    char *inner = repeated(before, part, times, after), *text = repeated(inner, closing, times, "");
    struct nrm_arena arena = {0};
    struct heard heard;
    struct nrm_expr_context context = {.names = &names, .sink = listen(&heard)};
    struct nrm_expr *expr = nrm_condition_parse(&arena, nrm_str(text), &context);
    cr_expect_eq(expr == NULL, message != NULL, "%zu times %s: %s", times, part, heard.text);
    if (message)
        cr_expect(strstr(heard.text, message), "%zu times %s: %s", times, part, heard.text);
    nrm_arena_free(&arena);
    free(inner);
    free(text);
}

Test(expr, depth_and_length_are_limited)
{
    expect_limit("", "(", 64, "a", ")", NULL);
    expect_limit("", "(", 65, "a", ")", "nested deeper than 64");
    expect_limit("", "(", 20000, "a", ")", "nested deeper than 64");
    expect_limit("", "not ", 63, "a", "", NULL);
    expect_limit("", "not ", 10000, "a", "", "nested deeper than 64");
    expect_limit("1 == ", "- ", 20000, "1", "", "nested deeper than 64");
    expect_limit("", "if(a,a,", 62, "a", ")", NULL);
    expect_limit("", "if(a,a,", 5000, "a", ")", "nested deeper than 64");
    expect_limit("", "has(service,", 5000, "a", ")", "nested deeper than 64");
    expect_limit("a", " and a", 10000, "", "", NULL);
    expect_limit("a", " and a", 11000, "", "", "longer than 65536 bytes");
    expect_limit("1 == 1", " + 1", 16000, "", "", NULL);
    expect_limit(".a", ".a", 63, "", "", NULL);
    expect_limit(".a", ".a", 64, "", "", "at most 64 parts");
    expect_limit("1 in [1", ", 1", 20000, "]", "", NULL);
}

Test(expr, long_chains_are_evaluated_without_a_deep_stack)
{
    struct world world;
    world_make(&world, "{names: {a: true}}");
    char *text = repeated("a", " and a", 10000, "");
    cr_expect_eq(truth(&world, text, NULL), NRM_TRUE);
    free(text);
    text = repeated("16001 == 1", " + 1", 16000, "");
    cr_expect_eq(truth(&world, text, NULL), NRM_TRUE);
    free(text);
    world_free(&world);
}

/* A condition that looks through the events again for each event, over many of them. */
Test(expr, work_on_a_hostile_case_is_bounded)
{
    struct world world;
    char *text = repeated("{events: [{type: detected}", ",{type: service}", 20000, "]}");
    world_make(&world, text);
    const char *missing = NULL;
    cr_expect_eq(truth(&world, "has(service, has(service, has(closed)))", &missing), NRM_CANNOT_TELL);
    cr_expect(missing && strstr(missing, "too many steps"), "%s", missing ? missing : "nothing");
    cr_expect_eq(truth(&world, "known(has(service, has(service, has(closed))))", NULL),
                 NRM_CANNOT_TELL);
    cr_expect_eq(truth(&world, "has(service, not has(closed))", NULL), NRM_TRUE);
    cr_expect_eq(truth(&world, "count(service) == 20000", NULL), NRM_TRUE);
    free(text);
    world_free(&world);

    text = repeated("{languages: [x", ",y", 20000, "]}");
    world_make(&world, text);
    cr_expect_eq(truth(&world, "all(.languages, .languages)", NULL), NRM_TRUE);
    cr_expect_eq(truth(&world, "any(.languages, .languages)", NULL), NRM_TRUE);
    free(text);
    world_free(&world);
}

/* --- patterns of events --- */

static bool pattern_parse(struct nrm_arena *arena, const char *text, struct nrm_pattern *pattern,
                          struct heard *heard)
{
    static const char *const mark_texts[] = {"stage1_positive", "rr_started", "closed"};
    static const struct nrm_names marks = {mark_texts, 3, NULL};
    struct nrm_expr_context context = {.names = &names, .sink = listen(heard)};
    return nrm_pattern_parse(arena, nrm_str(text), &marks, &context, pattern);
}

Test(pattern, matches_events)
{
    static const struct {
        const char *text;
        enum nrm_truth truths[4];
    } patterns[] = {
        {"service", {NRM_TRUE, NRM_TRUE, NRM_FALSE, NRM_FALSE}},
        {"service|contact", {NRM_TRUE, NRM_TRUE, NRM_TRUE, NRM_FALSE}},
        {"service where service == \"accommodation\" and phase == \"started\"",
         {NRM_TRUE, NRM_CANNOT_TELL, NRM_FALSE, NRM_FALSE}},
        {"service|contact where by == \"ngo-1\"", {NRM_TRUE, NRM_CANNOT_TELL, NRM_FALSE, NRM_FALSE}},
        {"service where at < event.at", {NRM_FALSE, NRM_FALSE, NRM_FALSE, NRM_FALSE}},
        {"service where track == \"child\"", {NRM_TRUE, NRM_TRUE, NRM_FALSE, NRM_FALSE}},
        {"contact where kind == \"in_person\"", {NRM_FALSE, NRM_FALSE, NRM_TRUE, NRM_FALSE}},
        {"stage1_positive", {NRM_FALSE, NRM_FALSE, NRM_FALSE, NRM_FALSE}},
    };
    struct world world;
    world_make(&world,
               "{names: {track: child}, events: ["
               "{type: service, at: 2026-03-01, service: accommodation, phase: started, by: ngo-1},"
               "{type: service, at: 2026-03-01, service: accommodation},"
               "{type: contact, at: 2026-03-01, kind: in_person, by: ga-7}, {type: juggling}]}");
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct nrm_pattern pattern;
        struct heard heard;
        cr_assert(pattern_parse(&world.arena, patterns[i].text, &pattern, &heard), "%s: %s",
                  patterns[i].text, heard.text);
        for (size_t j = 0; j < 4; j++)
            cr_expect_eq(nrm_pattern_matches(&pattern, world.events[j], &world.scope),
                         patterns[i].truths[j], "%s on event %zu", patterns[i].text, j + 1);
    }
    world_free(&world);
}

Test(pattern, knows_milestones)
{
    struct nrm_arena arena = {0};
    struct nrm_pattern pattern;
    struct heard heard;
    cr_expect(pattern_parse(&arena, "rr_started", &pattern, &heard));
    cr_expect(pattern.mark == 1 && !pattern.types[0] && !pattern.types[1] && !pattern.where);
    cr_expect(pattern_parse(&arena, " closed ", &pattern, &heard));
    cr_expect(pattern.mark == -1 && (pattern.types[0] || pattern.types[1]));
    nrm_arena_free(&arena);
}

Test(pattern, refuses)
{
    static const char *const wrong[][2] = {
        {"servce", "e:1:1: servce is neither an event nor a milestone; did you mean service?"},
        {"stage1_positiv", "did you mean stage1_positive?"},
        {"zzzzzzz", "e:1:1: zzzzzzz is neither an event nor a milestone; nrm-case(5)"},
        {"service|servce", "e:1:9: servce is no event; did you mean service?"},
        {"service|rr_started", "e:1:9: "},
        {"rr_started|service", "e:1:11: a milestone stands alone"},
        {"rr_started where a", "e:1:12: a milestone stands alone"},
        {"service were a", "e:1:9: expected where"},
        {"service where", "e:1:14: expected a value"},
        {"service where phas == \"started\"", "e:1:15: "},
        {"service where phase == \"strted\"", "did you mean \"started\"?"},
        {"service where phase", "e:1:15: a condition is true or false"},
        {"service where a b", "e:1:17: "},
        {"", "e:1:1: expected an event"},
        {"\"service\"", "e:1:1: expected an event"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct nrm_arena arena = {0};
        struct nrm_pattern pattern;
        struct heard heard;
        cr_expect_not(pattern_parse(&arena, wrong[i][0], &pattern, &heard), "%s", wrong[i][0]);
        cr_expect(strstr(heard.text, wrong[i][1]), "%s: %s", wrong[i][0], heard.text);
        cr_expect_eq(heard.sink.errors, 1);
        nrm_arena_free(&arena);
    }
}
