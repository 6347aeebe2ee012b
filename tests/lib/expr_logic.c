/* The logic of expressions: Kleene's tables in full, precedence, that knowing more never turns a
 * decided answer round, and that no words do harm. */
#include "scope.h"

static struct nrm_value of_truth(enum nrm_truth truth)
{
    return truth == NRM_CANNOT_TELL ? nrm_value_unknown(NULL)
                                    : nrm_value_boolean(truth == NRM_TRUE);
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
    struct nrm_expr *and = parse(&world, "a and b"), * or = parse(&world, "a or b");
    struct nrm_expr *not = parse(&world, "not a"), *same = parse(&world, "a == b");
    struct nrm_expr *three = parse(&world, "a and b and c"), *any = parse(&world, "a or b or c");
    for (unsigned code = 0; code < 27; code++) {
        enum nrm_truth a = code % 3, b = code / 3 % 3, c = code / 9;
        world.values[5] = of_truth(a);
        world.values[6] = of_truth(b);
        world.values[7] = of_truth(c);
        int low = rank(a) < rank(b) ? rank(a) : rank(b),
            high = rank(a) > rank(b) ? rank(a) : rank(b);
        cr_expect_eq(rank(nrm_condition_holds(and, &world.scope, NULL)), low);
        cr_expect_eq(rank(nrm_condition_holds(or, &world.scope, NULL)), high);
        cr_expect_eq(rank(nrm_condition_holds(not, &world.scope, NULL)), 2 - rank(a));
        cr_expect_eq(rank(nrm_condition_holds(same, &world.scope, NULL)),
                     rank(a) == 1 || rank(b) == 1 ? 1
                     : a == b                     ? 2
                                                  : 0);
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
        for (unsigned code = 0; code < 27; code++) {
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
    PICK(buffer, "exploitation.forms", "person.languages", "[\"labour\", \"en\"]", "[]",
         "challenge", "[\"en\"]", "exploitation.means", "indicators.id");
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
    static const char *const groups[] = {"person",       "health", "needs",
                                         "exploitation", "custom", "names"};
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
    cr_assert_eq(heard.sink.errors, expr ? 0 : 1, "%.*s: %s", (int)str.length, str.text,
                 heard.text);
    if (expr)
        nrm_expr_eval(expr, &world->scope);
    nrm_arena_free(&arena);
}

Test(expr, random_words_do_no_harm)
{
    static const char *const words[] = {"a",
                                        "and ",
                                        "or ",
                                        "not ",
                                        "in ",
                                        "(",
                                        ")",
                                        "[",
                                        "]",
                                        ",",
                                        ".",
                                        "==",
                                        "!=",
                                        "<",
                                        "<=",
                                        "+",
                                        "-",
                                        "*",
                                        "/",
                                        "|",
                                        "1",
                                        "2.5",
                                        "48h",
                                        "2026-03-01",
                                        "2026-03-01T22:40+01:00",
                                        "\"x\"",
                                        "'",
                                        "\"",
                                        "\\",
                                        "true",
                                        "unknown",
                                        "now",
                                        "person.gender",
                                        "person.birth_date",
                                        "exploitation.forms",
                                        "has(",
                                        "first(",
                                        "last(",
                                        "count(",
                                        "age(",
                                        "stage1_decision",
                                        "service",
                                        ".outcome",
                                        ".at",
                                        "if(",
                                        "default(",
                                        "known(",
                                        "any(",
                                        "\n",
                                        " ",
                                        "\xC5\x82",
                                        "\xFF",
                                        "=",
                                        "event.",
                                        "it.",
                                        "at"};
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
