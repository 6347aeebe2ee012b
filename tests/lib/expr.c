/* The expression language: what expressions give, what is refused and where, and limits. */
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

/* Every expression that the manual shows stands in a literal block of its own or on a line of one;
 * it goes on where a line is indented. Commands are run elsewhere. */
Test(expr, the_manual_shows_what_is_right)
{
    FILE *page = fopen("man/nrm-expr.7", "r");
    cr_assert_not_null(page);
    const struct nrm_event_type *type = nrm_event_type_find(NRM_STR("reconsideration_decided"));
    struct nrm_arena arena = {0};
    struct heard heard;
    struct nrm_expr_context context = {
        .names = &names, .event_types = &type, .event_type_count = 1, .sink = listen(&heard)};
    struct nrm_buffer text = {0};
    char line[1024];
    bool inside = false, command = false;
    int count = 0;
    while (fgets(line, sizeof line, page)) {
        bool more = line[0] == ' ', over = strncmp(line, ".Ed", 3) == 0;
        if (inside && !more && !command && text.length) {
            struct nrm_str expression = {text.text, text.length};
            cr_expect_not_null(nrm_expr_parse(&arena, expression, &context), "%s: %s", text.text,
                               heard.text);
            nrm_buffer_clear(&text);
            count++;
        }
        command = inside && !over && (command || line[0] == '$');
        inside = (inside && !over) || strncmp(line, ".Bd -literal", 12) == 0;
        if (inside && !command && line[0] != '.')
            add(&text, line);
    }
    fclose(page);
    cr_expect_gt(count, 8);
    cr_expect_str_eq(heard.text, "");
    nrm_buffer_free(&text);
    nrm_arena_free(&arena);
}

/* --- one expression at a time --- */

static char *repeated(const char *before, const char *part, size_t times, const char *after)
{
    struct nrm_buffer buffer = {0};
    add(&buffer, before);
    for (size_t i = 0; i < times; i++)
        add(&buffer, part);
    add(&buffer, after);
    return buffer.text;
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

Test(expr, a_zero_byte_is_refused)
{
    struct nrm_arena arena = {0};
    struct heard heard;
    struct nrm_expr_context context = {.names = &names, .sink = listen(&heard)};
    cr_expect_null(nrm_expr_parse(&arena, NRM_STR("a \0and b"), &context));
    cr_expect_str_eq(heard.text, "e:1:3: a zero byte cannot stand in an expression\n");
    nrm_arena_free(&arena);
}

/* What a caller reads from a key without a value has no text at all. */
Test(expr, no_text_is_no_expression)
{
    struct nrm_arena arena = {0};
    struct heard heard;
    struct nrm_expr_context context = {.sink = listen(&heard)};
    cr_expect_null(nrm_expr_parse(&arena, (struct nrm_str){0}, &context));
    cr_expect_str_eq(heard.text, "e:1:1: there is no expression here\n");
    nrm_arena_free(&arena);
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

Test(expr, warns_only_so_often)
{
    struct nrm_arena arena = {0};
    struct heard heard;
    struct nrm_expr_context context = {.sink = listen(&heard)};
    char *text = repeated("person.gender in [\"x\"", ", \"femal\"", 500, "]");
    cr_expect_not_null(nrm_condition_parse(&arena, nrm_str(text), &context));
    cr_expect_eq(heard.sink.warnings, 20);
    free(text);
    nrm_arena_free(&arena);
}

Test(expr, names_without_fields_may_hold_anything)
{
    static const char *const texts[] = {"x"};
    static const struct nrm_names open_names = {texts, 1, NULL};
    static const char *const taken[] = {"x",           "x == 1",       "x == \"a\"",
                                        "x and true",  "\"a\" in x",   "x < now",
                                        "any(x, [1])", "x + 5d > now", "count(x) > 1"};
    struct nrm_arena arena = {0};
    struct nrm_expr_context context = {.names = &open_names};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        cr_expect_not_null(nrm_condition_parse(&arena, nrm_str(taken[i]), &context), "%s",
                           taken[i]);
    nrm_arena_free(&arena);
}

/* What a name holds is refused like a field of that kind; the words of a region or a setting are
 * told, a dozen of them. */
Test(expr, names_hold_what_their_fields_say)
{
    static const char *const letters[] = {"aa", "bb", "cc", "dd", "ee", "ff", "gg",
                                          "hh", "ii", "jj", "kk", "ll", "mm"};
    static const struct nrm_vocabulary states = {.name = "state", .words = letters, .count = 13};
    static const struct nrm_field stay = {.path = "stay", .type = NRM_FIELD_DURATION};
    static const struct nrm_field state = {
        .path = "state", .type = NRM_FIELD_CODE, .vocabulary = &states};
    static const struct nrm_field anything = {.path = "anything", .type = NRM_FIELD_ANY};
    static const char *const texts[] = {"stay", "state", "anything"};
    static const struct nrm_field *const fields[] = {&stay, &state, &anything};
    static const struct nrm_names own = {texts, 3, fields};
    static const struct {
        const char *text, *wanted; /* message; "" where it is taken */
    } conditions[] = {
        {"stay > 3mo and now + stay > now", ""},
        {"stay == \"3mo\"", "e:1:6: stay is a duration and"},
        {"state == \"mm\"", ""},
        {"state == \"zzzz\"", "it takes aa, bb, cc, dd, ee, ff, gg, hh, ii, jj, kk, ll, ...\n"},
        {"anything and anything == 1 and anything in [\"a\"] and \"a\" in anything", ""},
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        struct nrm_arena arena = {0};
        struct heard heard;
        struct nrm_expr_context context = {.names = &own, .sink = listen(&heard)};
        bool taken = nrm_condition_parse(&arena, nrm_str(conditions[i].text), &context) != NULL;
        cr_expect_eq(taken, !*conditions[i].wanted, "%s: %s", conditions[i].text, heard.text);
        cr_expect(strstr(heard.text, conditions[i].wanted), "%s: %s", conditions[i].text,
                  heard.text);
        nrm_arena_free(&arena);
    }
}

Test(expr, without_names_there_are_only_fields)
{
    struct nrm_arena arena = {0};
    struct heard heard;
    struct nrm_expr_context context = {.sink = listen(&heard)};
    cr_expect_null(nrm_condition_parse(&arena, NRM_STR("zzzz == \"child\""), &context));
    cr_expect(strstr(heard.text, "e:1:1: zzzz is no field or name here"), "%s", heard.text);
    nrm_arena_free(&arena);
}

/* What the rules derive comes as values written out, of which a member may be unknown. */
Test(expr, lists_of_names_may_lack_members)
{
    struct world world;
    world_make(&world, "{}");
    struct nrm_value members[] = {nrm_value_string(NRM_STR("x")), nrm_value_unknown(NULL)};
    world.values[5] =
        (struct nrm_value){.kind = NRM_VALUE_LIST, {.list = {.values = members, .count = 2}}};
    cr_expect_eq(truth(&world, "\"x\" in a", NULL), NRM_TRUE);
    cr_expect_eq(truth(&world, "\"y\" in a", NULL), NRM_CANNOT_TELL);
    cr_expect_eq(truth(&world, "1 in a", NULL), NRM_CANNOT_TELL);
    members[1] = nrm_value_number(1);
    cr_expect_eq(truth(&world, "\"y\" in a", NULL), NRM_FALSE);
    cr_expect_eq(truth(&world, "1 in a", NULL), NRM_TRUE);
    world_free(&world);
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
    struct nrm_expr *expr =
        nrm_condition_parse(&world.arena, NRM_STR("of == \"stage1\""), &context);
    cr_expect_eq(nrm_condition_holds(expr, &world.scope, NULL), NRM_CANNOT_TELL);
    world_free(&world);
}

Test(expr, conditions_about_any_event)
{
    struct world world;
    /* what a type does not have is unknown of it; some have a field as a list, others not */
    static const struct {
        const char *text, *truths; /* of each event: true, false or unknown */
    } conditions[] = {
        {"outcome == \"positive\"", "t????"}, {"kind == \"phone\"", "?t???"},
        {"reason == \"as asked\"", "???t?"},  {"to == \"ga-7\"", "???tf"},
        {"\"ga-7\" in to", "???tt"},
    };
    world_make(&world, "{events: [{type: stage1_decision, at: 2026-03-01, outcome: positive},"
                       "{type: contact, at: 2026-03-02, kind: phone}, {type: juggling},"
                       "{type: referred, at: 2026-03-03, reason: as asked, to: ga-7},"
                       "{type: consent, at: 2026-03-04, to: [ga-7, ngo-1]}]}");
    struct heard heard;
    struct nrm_expr_context context = {.any_event = true, .sink = listen(&heard)};
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        struct nrm_expr *expr =
            nrm_condition_parse(&world.arena, nrm_str(conditions[i].text), &context);
        cr_assert_not_null(expr, "%s: %s", conditions[i].text, heard.text);
        for (size_t j = 0; j < 5; j++) {
            world.scope.event = world.events[j];
            cr_expect_eq("ft?"[nrm_condition_holds(expr, &world.scope, NULL)],
                         conditions[i].truths[j], "%s of event %zu", conditions[i].text, j + 1);
        }
    }
    /* that the whole is about any event does not make has() so */
    cr_expect_null(nrm_condition_parse(
        &world.arena, NRM_STR("has(stage1_decision|closed, outcome == \"positive\")"), &context));
    cr_expect(strstr(heard.text, "only some of these events"), "%s", heard.text);
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
    cr_expect_eq(truth(&world, "known(year(now)) or known(days_between(now, now))", NULL),
                 NRM_FALSE);
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

/* --- limits --- */

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

/* Conditions that look through the events again for each event, or through long lists, texts and
 * mappings: the answer comes, and says why it is none. */
Test(expr, work_on_a_hostile_case_is_bounded)
{
    static const char *const too_much[] = {
        "has(service, has(service, has(closed)))",
        "known(has(service, has(service, has(closed))))",
        "count(service, count(service) == 1) == 1",
        "has(service, first(closed).at < now)",
        "has(service, has(service, it.\"a\" == 1 or it.\"b\" == 1 or it.\"c\" == 1))",
        "count(service, .own.key == 1) == 1",
        "count(service, \"own\".key == \"other\") == 1",
        "has(service, .words != .words)",
        "has(service, \"w\" in .words)",
        "all(.ends, .words)",
        "any(.others, .words)",
    };
    struct world world;
    struct nrm_buffer text = {0};
    char *events = repeated("{events: [{type: detected}", ",{type: service}", 20000, "]");
    char *words = repeated(", words: [x", ",x", 20000, ", y]");
    char *ends = repeated(", ends: [y", ",y", 20000, "]");
    char *others = repeated(", others: [z", ",z", 20000, "]");
    add(&text, events);
    add(&text, words);
    add(&text, ends);
    add(&text, others);
    add(&text, ", own: {");
    for (int i = 0; i < 20000; i++)
        nrm_buffer_printf(&text, "k%d: 1, ", i);
    add(&text, "key: 2}}");
    world_make(&world, text.text);
    for (size_t i = 0; i < sizeof too_much / sizeof *too_much; i++) {
        const char *missing = NULL;
        cr_expect_eq(truth(&world, too_much[i], &missing), NRM_CANNOT_TELL, "%s", too_much[i]);
        cr_expect(missing && strstr(missing, "too many steps"), "%s: %s", too_much[i],
                  missing ? missing : "nothing");
    }
    char *among = repeated("count(service, \"a\" in [\"b\"", ",\"b\"", 1000, "]) == 1");
    cr_expect_eq(truth(&world, among, NULL), NRM_CANNOT_TELL);
    struct nrm_value value = nrm_expr_eval(
        parse(&world, "if(has(service, has(service, has(closed))), 1, 2)"), &world.scope);
    cr_expect(value.kind == NRM_VALUE_UNKNOWN && strstr(value.missing, "too many steps"));
    cr_expect_eq(truth(&world, "has(service, not has(closed))", NULL), NRM_TRUE);
    cr_expect_eq(truth(&world, "count(service) == 20000", NULL), NRM_TRUE);
    cr_expect_eq(truth(&world, "all(.words, .words) and any(.words, .words)", NULL), NRM_TRUE);
    world_free(&world);
    nrm_buffer_free(&text);
    free(events);
    free(words);
    free(among);
    free(ends);
    free(others);
}

/* One text of more bytes than an evaluation has steps. */
Test(expr, letters_of_a_huge_text_are_not_made_small)
{
    struct world world;
    world_make(&world, "{}");
    char *text = repeated("", "A", NRM_EXPR_STEPS + 1, "");
    world.values[5] = nrm_value_string(nrm_str(text));
    const char *missing = NULL;
    cr_expect_eq(truth(&world, "lower(a) == \"a\"", &missing), NRM_CANNOT_TELL);
    cr_expect(missing && strstr(missing, "too many steps"));
    cr_expect_eq(truth(&world, "contains(a, \"AA\") and size(a) == 5000001", NULL), NRM_TRUE);
    free(text);
    world_free(&world);
}
