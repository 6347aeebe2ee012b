/* Values: how scalars and lists of a case are read, and how values are printed. */
#include <locale.h>
#include <math.h>
#include <wctype.h>

#include "scope.h"

static const struct nrm_node *node_of(struct world *world, const char *yaml)
{
    struct nrm_node *node = nrm_yaml_parse(&world->arena, nrm_str(yaml), NULL, NULL);
    cr_assert_not_null(node, "%s", yaml);
    return node;
}

Test(value, fields_read_scalars_by_their_type)
{
    static const struct {
        const char *path, *yaml, *wanted;
    } fields[] = {
        {"person.gender", "female", "\"female\""},
        {"person.gender", "'female'", "\"female\""},
        {"person.gender", "a word of an open vocabulary", "\"a word of an open vocabulary\""},
        {"person.residence_status", "irregular", "\"irregular\""},
        {"person.residence_status", "irreglar", "unknown path"},
        {"person.residence_status", "unknown", "\"unknown\""},
        {"person.residence_status", "[irregular]", "unknown path"},
        {"person.residence_status", "{a: b}", "unknown path"},
        {"person.residence_status", "~", "unknown path"},
        {"person.residence_status", "", "unknown path"},
        {"person.dialect", "null", "unknown path"},
        {"person.dialect", "'null'", "\"null\""},
        {"person.dialect", "0042", "\"0042\""},
        {"person.dialect", "no", "\"no\""},
        {"person.stateless", "true", "true"},
        {"person.stateless", "no", "false"},
        {"person.stateless", "unknown", "unknown path"},
        {"person.stateless", "perhaps", "unknown path"},
        {"person.children", "2", "2"},
        {"person.children", "'2'", "2"},
        {"person.children", "2.50", "2.5"},
        {"person.children", "two", "unknown path"},
        {"person.birth_date", "2009", "2009"},
        {"person.birth_date", "2009-05", "2009-05"},
        {"person.birth_date", "2009-05-31", "2009-05-31"},
        {"person.birth_date", "2009-02-30", "unknown path"},
        {"person.birth_date", "unknown", "unknown path"},
        {"health.resolved_at", "2026-03-01T22:40Z", "2026-03-01T23:40+01:00"},
        {"health.resolved_at", "2026-03-01", "2026-03-01"},
        {"health.resolved_at", "2026-03-01T22:40", "unknown path"},
        {"person.nationality", "[NGA, POL]", "[NGA;POL]"},
        {"person.nationality", "NGA", "[NGA]"},
        {"person.nationality", "[]", "[]"},
        {"person.nationality", "~", "unknown path"},
        {"person.nationality", "{a: NGA}", "unknown path"},
        {"person", "{gender: female}", "unknown path"},
    };
    struct world world;
    world_make(&world, "{}");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const struct nrm_field *field = nrm_field_find(nrm_str(fields[i].path));
        cr_assert_not_null(field, "%s", fields[i].path);
        struct nrm_value value = nrm_value_of_node(node_of(&world, fields[i].yaml), field, "path");
        cr_expect_str_eq(shown(&world.arena, &value, world.calendar.zone), fields[i].wanted,
                         "%s: %s", fields[i].path, fields[i].yaml);
    }
    struct nrm_value nothing = nrm_value_of_node(NULL, NULL, "path");
    cr_expect(nothing.kind == NRM_VALUE_UNKNOWN && strcmp(nothing.missing, "path") == 0);
    world_free(&world);
}

Test(value, what_the_model_does_not_know_is_read_by_its_look)
{
    static const struct {
        const char *yaml;
        enum nrm_value_kind kind;
        const char *wanted;
    } scalars[] = {
        {"42", NRM_VALUE_NUMBER, "42"},
        {"-4.25", NRM_VALUE_NUMBER, "-4.25"},
        {"0", NRM_VALUE_NUMBER, "0"},
        {"0.5", NRM_VALUE_NUMBER, "0.5"},
        {"1e3", NRM_VALUE_NUMBER, "1000"},
        {"2009", NRM_VALUE_NUMBER, "2009"},
        {"0042", NRM_VALUE_STRING, "0042"},
        {"+42", NRM_VALUE_STRING, "+42"},
        {"1_000", NRM_VALUE_STRING, "1_000"},
        {"0x1F", NRM_VALUE_STRING, "0x1F"},
        {"190:20:30", NRM_VALUE_STRING, "190:20:30"},
        {".inf", NRM_VALUE_STRING, ".inf"},
        {"1e999", NRM_VALUE_STRING, "1e999"},
        {"'42'", NRM_VALUE_STRING, "42"},
        {"!!str 42", NRM_VALUE_STRING, "42"},
        {"!!int 42", NRM_VALUE_NUMBER, "42"},
        {"!own", NRM_VALUE_STRING, ""},
        {"-x", NRM_VALUE_STRING, "-x"},
        {"-0", NRM_VALUE_NUMBER, "0"},
        {"true", NRM_VALUE_BOOLEAN, "true"},
        {"False", NRM_VALUE_BOOLEAN, "false"},
        {"no", NRM_VALUE_STRING, "no"},
        {"y", NRM_VALUE_STRING, "y"},
        {"2026-03-01", NRM_VALUE_TIME, "2026-03-01"},
        {"2026-03", NRM_VALUE_TIME, "2026-03"},
        {"2026-03-01T22:40+01:00", NRM_VALUE_TIME, "2026-03-01T22:40+01:00"},
        {"2026-02-30", NRM_VALUE_STRING, "2026-02-30"},
        {"'2026-03-01'", NRM_VALUE_STRING, "2026-03-01"},
        {"48h", NRM_VALUE_STRING, "48h"},
        {"[1, a, 2026-03-01, true, ~]", NRM_VALUE_LIST, "1;a;2026-03-01;true;"},
        {"{a: b}", NRM_VALUE_UNKNOWN, ""},
        {"~", NRM_VALUE_UNKNOWN, ""},
    };
    struct world world;
    world_make(&world, "{}");
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) {
        struct nrm_buffer text = {0};
        struct nrm_value value = nrm_value_of_node(node_of(&world, scalars[i].yaml), NULL, NULL);
        nrm_value_text(&value, world.calendar.zone, &text);
        cr_expect_eq(value.kind, scalars[i].kind, "%s is kind %d", scalars[i].yaml, value.kind);
        cr_expect_str_eq(text.text ? text.text : "", scalars[i].wanted, "%s", scalars[i].yaml);
        nrm_buffer_free(&text);
    }
    world_free(&world);
}

Test(value, what_it_is_compared_with_says_how_it_is_read)
{
    static const struct {
        const char *yaml;
        enum nrm_value_kind as;
        const char *wanted;
    } scalars[] = {
        {"0042", NRM_VALUE_STRING, "\"0042\""},
        {"0042", NRM_VALUE_NUMBER, "42"},
        {"'17'", NRM_VALUE_NUMBER, "17"},
        {"yes", NRM_VALUE_BOOLEAN, "true"},
        {"yes", NRM_VALUE_NUMBER, "unknown"},
        {"2009", NRM_VALUE_TIME, "2009"},
        {"48h", NRM_VALUE_DURATION, "48h"},
        {"soon", NRM_VALUE_DURATION, "unknown"},
        {"a", NRM_VALUE_LIST, "[a]"},
        {"[a, b]", NRM_VALUE_LIST, "[a;b]"},
        {"[a, b]", NRM_VALUE_STRING, "unknown"},
        {"{a: b}", NRM_VALUE_LIST, "unknown"},
        {"~", NRM_VALUE_STRING, "unknown"},
    };
    struct world world;
    world_make(&world, "{}");
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) {
        struct nrm_value value =
            nrm_value_of_node_as(node_of(&world, scalars[i].yaml), scalars[i].as, NULL);
        cr_expect_str_eq(shown(&world.arena, &value, NULL), scalars[i].wanted, "%s as %d",
                         scalars[i].yaml, scalars[i].as);
    }
    world_free(&world);
}

Test(value, members_of_lists)
{
    struct world world;
    world_make(&world, "{}");
    const struct nrm_node *node =
        node_of(&world, "[labour, &a sexual, *a, ~, [x], {y: z}, 'null']");
    const struct nrm_field *field = nrm_field_find(NRM_STR("exploitation.forms"));
    struct nrm_value list = nrm_value_of_node(node, field, NULL);
    static const char *const wanted[] = {"\"labour\"", "\"sexual\"", "\"sexual\"", "unknown",
                                         "unknown",    "unknown",    "\"null\""};
    cr_assert_eq(nrm_value_list_count(&list), 7);
    for (size_t i = 0; i < 7; i++) {
        struct nrm_value item = nrm_value_list_item(&list, i);
        cr_expect_str_eq(shown(&world.arena, &item, NULL), wanted[i]);
    }
    struct nrm_value given[] = {nrm_value_boolean(true), nrm_value_number(2),
                                nrm_value_unknown(NULL)};
    list = (struct nrm_value){.kind = NRM_VALUE_LIST, {.list = {.values = given, .count = 3}}};
    cr_assert_eq(nrm_value_list_count(&list), 3);
    cr_expect_str_eq(shown(&world.arena, &list, NULL), "[true;2;]");
    /* one entry stands for a list of one; entries have their own keys, other members are plain */
    static const struct {
        const char *path, *yaml, *wanted;
    } entries[] = {
        {"indicators.id", "[{id: a}, {seen: 2026-03-01}, ~]", "[a;;]"},
        {"indicators.seen", "[{id: a, seen: 2026-03-01}]", "[2026-03-01]"},
        {"indicators", "[{id: a}, {id: b}]", "[;]"},
        {"indicators", "{id: a}", "[]"},
        {"exploitation.forms", "[labour, {forms: labour}]", "[labour;]"},
    };
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        list = (struct nrm_value){.kind = NRM_VALUE_LIST,
                                  {.list = {.node = node_of(&world, entries[i].yaml),
                                            .field = nrm_field_find(nrm_str(entries[i].path))}}};
        cr_expect_str_eq(shown(&world.arena, &list, NULL), entries[i].wanted, "%s: %s",
                         entries[i].path, entries[i].yaml);
    }
    world_free(&world);
}

Test(value, numbers_are_printed_without_needless_digits)
{
    static const struct {
        double number;
        const char *wanted;
    } numbers[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {0.1 + 0.2, "0.3"},
        {1e15, "1e+15"},
        {123456789012345, "123456789012345"},
        {1.0 / 3, "0.333333333333333"},
        {1e-7, "1e-07"},
        {100000, "100000"},
    };
    for (int other_locale = 0; other_locale < 2; other_locale++) {
        if (other_locale && !setlocale(LC_NUMERIC, "de_DE.UTF-8"))
            break;
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            struct nrm_buffer text = {0};
            nrm_number_text(numbers[i].number, &text);
            cr_expect_str_eq(text.text, numbers[i].wanted);
            nrm_buffer_free(&text);
        }
    }
    cr_expect_eq(nrm_value_number(INFINITY).kind, NRM_VALUE_UNKNOWN);
    cr_expect_eq(nrm_value_number(NAN).kind, NRM_VALUE_UNKNOWN);
}

static struct nrm_value evaluated(struct world *world, const char *text)
{
    struct nrm_expr_context context = {0};
    struct nrm_expr *expr = nrm_expr_parse(&world->arena, nrm_str(text), &context);
    cr_assert_not_null(expr, "%s", text);
    return nrm_expr_eval(expr, &world->scope);
}

static const char *utf8(char *text, unsigned code)
{
    size_t length = 0;
    if (code < 0x80) {
        text[length++] = (char)code;
    } else if (code < 0x800) {
        text[length++] = (char)(0xC0 | code >> 6);
        text[length++] = (char)(0x80 | (code & 0x3F));
    } else {
        text[length++] = (char)(0xE0 | code >> 12);
        text[length++] = (char)(0x80 | (code >> 6 & 0x3F));
        text[length++] = (char)(0x80 | (code & 0x3F));
    }
    text[length] = '\0';
    return text;
}

/* The C library knows every small letter; lower() those of the alphabets in use where the toolkit
 * is: it must agree on each letter it changes, and change all of Latin, Greek, Cyrillic, Armenian
 * and Vietnamese but those few that would take another number of bytes. */
Test(value, small_letters_are_those_of_the_c_library)
{
    static const unsigned ranges[][2] = {{0x20, 0x17F},  {0x386, 0x3AB},   {0x400, 0x52F},
                                         {0x531, 0x556}, {0x1E00, 0x1E95}, {0x1EA0, 0x1EFF}};
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        cr_skip_test("no locale C.UTF-8");
    struct world world;
    world_make(&world, "{}");
    for (unsigned code = 0x20; code < 0xFFFF; code++) {
        char letter[4], small[4], text[16];
        if ((code >= 0xD800 && code < 0xE000) || code == '"' || code == '\\')
            continue;
        snprintf(text, sizeof text, "lower(\"%s\")", utf8(letter, code));
        const char *given = evaluated(&world, text).string.text;
        bool wanted = false;
        for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
            wanted |= code >= ranges[i][0] && code <= ranges[i][1] && code != 0x130;
        utf8(small, (unsigned)towlower((wint_t)code));
        if (wanted || strcmp(given, letter) != 0)
            cr_expect_str_eq(given, small, "U+%04X", code);
        nrm_arena_reset(&world.arena);
    }
    world_free(&world);
}
