/* Tabulations: which values are one group, how groups are written and ordered, counts and totals
 * against a naive count over all cases. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "stats/tabulate.h"

static struct nrm_value text(const char *word)
{
    return nrm_value_string(nrm_str(word));
}

static struct nrm_value list(const struct nrm_value *values, size_t count)
{
    struct nrm_value value = {.kind = NRM_VALUE_LIST};
    value.list.values = values;
    value.list.count = count;
    return value;
}

/* WORDS as a list: "a b" has two members, "?" is a member that is not known, "" none. */
static struct nrm_value words(struct nrm_arena *arena, const char *words_text)
{
    struct nrm_value *values = nrm_arena_array(arena, 16, sizeof *values);
    char *rest = nrm_arena_copy(arena, words_text, strlen(words_text));
    size_t count = 0;
    for (char *word; *rest && (word = strsep(&rest, " ")) && count < 16; count++) {
        values[count] = strcmp(word, "?") == 0 ? nrm_value_unknown("x") : text(word);
        if (!rest)
            rest = word + strlen(word);
    }
    return list(values, count);
}

/* The finished tabulation as CSV without header; the caller frees it. */
static char *as_text(struct nrm_tabulation *tabulation, size_t columns)
{
    struct nrm_buffer buffer = {0};
    nrm_buffer_add(&buffer, "", 0);
    nrm_tabulation_finish(tabulation);
    for (size_t cell = 0; cell < nrm_tabulation_cells(tabulation); cell++) {
        for (size_t i = 0; i < columns; i++) {
            nrm_buffer_add_str(&buffer, nrm_tabulation_label(tabulation, cell, i));
            nrm_buffer_add_char(&buffer, ',');
        }
        nrm_count_text(nrm_tabulation_count(tabulation, cell), &buffer);
        nrm_buffer_add_char(&buffer, '\n');
    }
    nrm_tabulation_free(tabulation);
    return buffer.text;
}

static const struct nrm_grouping plain[] = {{.each = false}, {.each = false}, {.each = false}};
static const struct nrm_grouping each[] = {{.each = true}, {.each = false}, {.each = true}};

static void expect(struct nrm_tabulation *tabulation, size_t columns, const char *wanted,
                   const char *what)
{
    char *got = as_text(tabulation, columns);
    cr_expect_str_eq(got, wanted, "%s: got\n%s", what, got);
    free(got);
}

Test(tabulate, without_groups_one_cell)
{
    struct nrm_tabulation *tabulation = nrm_tabulation_new(NULL, 0, false);
    for (int i = 0; i < 3; i++)
        cr_expect(nrm_tabulation_add_values(tabulation, NULL, NULL, 1));
    expect(tabulation, 0, "3\n", "three cases");
    expect(nrm_tabulation_new(NULL, 0, false), 0, "0\n", "no case");
    expect(nrm_tabulation_new(plain, 2, false), 2, "", "no case, two groups");
    expect(nrm_tabulation_new(plain, 2, true), 2, "*,*,0\n", "no case, two groups, totals");
    expect(nrm_tabulation_new(each, 1, true), 1, "*,0\n", "no case, each, totals");
}

Test(tabulate, marks_are_no_values)
{
    static const char *const values[] = {"*",     "(missing)", "(empty)",       "\\*",    "\\\\*",
                                         "\\old", "**",        "\\\\(missing)", "missing"};
    struct nrm_tabulation *tabulation = nrm_tabulation_new(plain, 1, true);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct nrm_value value = text(values[i]);
        nrm_tabulation_add_values(tabulation, &value, NULL, 1);
    }
    struct nrm_value unknown = nrm_value_unknown("x"), none = list(NULL, 0), nothing = text("");
    nrm_tabulation_add_values(tabulation, &unknown, NULL, 1);
    nrm_tabulation_add_values(tabulation, &none, NULL, 1);
    nrm_tabulation_add_values(tabulation, &nothing, NULL, 1);
    expect(tabulation, 1,
           "**,1\n"
           "\\(empty),1\n"
           "\\(missing),1\n"
           "\\*,1\n"
           "\\\\*,1\n"
           "\\\\\\(missing),1\n"
           "\\\\\\*,1\n"
           "\\old,1\n"
           "missing,1\n"
           "(empty),2\n"
           "(missing),1\n"
           "*,12\n",
           "marks");
}

Test(tabulate, order_of_groups)
{
    static const char *const shuffled[] = {"b",
                                           "10",
                                           "9",
                                           "-2",
                                           "a",
                                           "1.5",
                                           "1.25",
                                           "-10",
                                           "09",
                                           "0",
                                           "2023-Q1",
                                           "2022-Q4",
                                           "1e3",
                                           "1.",
                                           "B",
                                           "-",
                                           "\xc3\xa9",
                                           "123456789012345678901234567890",
                                           "99999999999999999999"};
    struct nrm_tabulation *tabulation = nrm_tabulation_new(plain, 1, false);
    for (size_t i = 0; i < sizeof shuffled / sizeof *shuffled; i++) {
        struct nrm_value value = text(shuffled[i]);
        nrm_tabulation_add_values(tabulation, &value, NULL, 1);
    }
    expect(tabulation, 1,
           "-10,1\n-2,1\n0,1\n1.25,1\n1.5,1\n09,1\n9,1\n10,1\n99999999999999999999,1\n"
           "123456789012345678901234567890,1\n"
           "-,1\n1.,1\n1e3,1\n2022-Q4,1\n2023-Q1,1\nB,1\na,1\nb,1\n\xc3\xa9,1\n",
           "numbers by size, then texts by bytes");
}

/* Values of other kinds are grouped by what they print. */
Test(tabulate, other_kinds)
{
    struct nrm_value values[] = {nrm_value_number(5),      text("5"),
                                 nrm_value_boolean(true),  nrm_value_number(0.5),
                                 nrm_value_boolean(false), nrm_value_number(-0.25)};
    struct nrm_tabulation *tabulation = nrm_tabulation_new(plain, 1, false);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        nrm_tabulation_add_values(tabulation, &values[i], NULL, 1);
    expect(tabulation, 1, "-0.25,1\n0.5,1\n5,2\nfalse,1\ntrue,1\n", "kinds");
}

Test(tabulate, a_list_is_the_set_of_its_members)
{
    static const struct {
        const char *first, *second;
        const char *wanted; /* without each */
    } lists[] = {
        {"labour criminal", "criminal labour", "criminal;labour,2\n"},
        {"criminal labour", "labour criminal", "criminal;labour,2\n"},
        {"labour criminal", "labour criminal", "labour;criminal,2\n"},
        {"a a b", "a b", "a;a;b,1\na;b,1\n"},
        {"a", "a", "a,2\n"},
        {"a;b c", "a;b c", "a;b;c,2\n"},
        {"a\\ b", "a\\;b c", "a\\;b,1\na\\;b;c,1\n"},
        {"a;b", "a b", "a;b,1\na\\;b,1\n"},
        {"a;b c", "a b c", "a;b;c,1\na\\;b;c,1\n"},
        {"a;b c", "a b;c", "a;b\\;c,1\na\\;b;c,1\n"},
        {"a;b", "a;b", "a;b,2\n"},
        {"? a", "(missing) a", "(missing);a,1\n\\(missing);a,1\n"},
        {"*", "* a", "\\*,1\n\\*;a,1\n"},
        {"?", "", "(empty),1\n(missing),1\n"},
    };
    struct nrm_arena arena = {0};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct nrm_value first = words(&arena, lists[i].first);
        struct nrm_value second = words(&arena, lists[i].second);
        struct nrm_tabulation *tabulation = nrm_tabulation_new(plain, 1, false);
        nrm_tabulation_add_values(tabulation, &first, NULL, 1);
        nrm_tabulation_add_values(tabulation, &second, NULL, 1);
        expect(tabulation, 1, lists[i].wanted, lists[i].first);
    }
    nrm_arena_free(&arena);
}

/* Four lists that would all read a;b;c. */
Test(tabulate, lists_that_read_alike_are_told_apart)
{
    static const char *const lists[] = {"a b c", "a;b c", "c a;b", "a b;c", "a;b;c", "c b a"};
    struct nrm_arena arena = {0};
    struct nrm_tabulation *tabulation = nrm_tabulation_new(plain, 1, false);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct nrm_value value = words(&arena, lists[i]);
        nrm_tabulation_add_values(tabulation, &value, NULL, 1);
    }
    expect(tabulation, 1, "a;b;c,2\na;b\\;c,1\na\\;b;c,2\na\\;b\\;c,1\n", "alike");
    nrm_arena_free(&arena);
}

Test(tabulate, each_counts_a_person_once_for_each_member)
{
    static const char *const cases[] = {"a b", "b", "b b a", "", "?", "c ? c", "c"};
    struct nrm_arena arena = {0};
    struct nrm_tabulation *tabulation = nrm_tabulation_new(each, 1, true);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nrm_value value = words(&arena, cases[i]);
        nrm_tabulation_add_values(tabulation, &value, NULL, 1);
    }
    struct nrm_value unknown = nrm_value_unknown("x"), scalar = text("c");
    nrm_tabulation_add_values(tabulation, &unknown, NULL, 1);
    nrm_tabulation_add_values(tabulation, &scalar, NULL, 1);
    expect(tabulation, 1, "a,2\nb,3\nc,3\n(empty),1\n(missing),3\n*,9\n", "each");
    nrm_arena_free(&arena);
}

Test(tabulate, weights_are_added_exactly)
{
    struct nrm_tabulation *tabulation = nrm_tabulation_new(plain, 1, true);
    struct nrm_value tenths = text("tenths"), big = text("whole"), small = text("lost");
    for (int i = 0; i < 1000; i++)
        nrm_tabulation_add_values(tabulation, &tenths, NULL, 0.1);
    nrm_tabulation_add_values(tabulation, &big, NULL, 9007199254740990.0);
    nrm_tabulation_add_values(tabulation, &big, NULL, 1);
    nrm_tabulation_add_values(tabulation, &small, NULL, 0);
    nrm_tabulation_add_values(tabulation, &small, NULL, 1.0 / 3);
    char *got = as_text(tabulation, 1);
    cr_expect(strstr(got, "tenths,100\n"), "%s", got);
    cr_expect(strstr(got, "whole,9007199254740991\n"), "%s", got);
    cr_expect(strstr(got, "lost,0.333333333333333\n"), "%s", got);
    free(got);
}

Test(tabulate, too_many_cells_for_one_case)
{
    struct nrm_value members[128], columns[3];
    char names[128][8];
    for (int i = 0; i < 128; i++) {
        snprintf(names[i], sizeof names[i], "m%03d", i);
        members[i] = text(names[i]);
    }
    columns[0] = columns[2] = list(members, 128); /* 128 * 128 is too many */
    columns[1] = text("x");
    struct nrm_tabulation *tabulation = nrm_tabulation_new(each, 3, false);
    cr_expect_not(nrm_tabulation_add_values(tabulation, columns, NULL, 1));
    columns[2] = list(members, 2);
    cr_expect(nrm_tabulation_add_values(tabulation, columns, NULL, 1));
    nrm_tabulation_finish(tabulation);
    cr_expect_eq(nrm_tabulation_cells(tabulation), 256);
    nrm_tabulation_free(tabulation);
}

/* --- the whole cube against a naive count --- */

enum { CASES = 400, MEMBERS = 4, COLUMNS = 3 };

struct made_case {
    unsigned first, third; /* sets of members, bit by bit; never empty */
    unsigned second;       /* one value */
    double weight;
};

/* Whether CASE stands in the group NAME of COLUMN: "*" always. */
static bool stands_in(const struct made_case *made, size_t column, struct nrm_str name)
{
    if (nrm_str_is(name, "*"))
        return true;
    unsigned member = (unsigned)(name.text[0] - 'a');
    if (column == 1)
        return made->second == member;
    return ((column == 0 ? made->first : made->third) >> member & 1) != 0;
}

static struct nrm_value members_of(unsigned set, struct nrm_value *room)
{
    static const char *const names[MEMBERS] = {"a", "b", "c", "d"};
    size_t count = 0;
    for (unsigned i = 0; i < MEMBERS; i++)
        if (set >> i & 1)
            room[count++] = text(names[i]);
    return list(room, count);
}

Test(tabulate, cube_agrees_with_a_naive_count)
{
    static const char *const names[MEMBERS] = {"a", "b", "c", "d"};
    static struct made_case made[CASES];
    uint32_t random = 12345;
    struct nrm_tabulation *tabulation = nrm_tabulation_new(each, COLUMNS, true);
    for (size_t i = 0; i < CASES; i++) {
        random = random * 1664525u + 1013904223u;
        made[i] = (struct made_case){.first = 1 + (random >> 10) % 15,
                                     .third = 1 + (random >> 15) % 15,
                                     .second = (random >> 20) % MEMBERS,
                                     .weight = (random >> 25) % 5};
        struct nrm_value room[2][MEMBERS];
        struct nrm_value values[COLUMNS] = {members_of(made[i].first, room[0]),
                                            text(names[made[i].second]),
                                            members_of(made[i].third, room[1])};
        nrm_tabulation_add_values(tabulation, values, NULL, made[i].weight);
    }
    nrm_tabulation_finish(tabulation);
    cr_expect_eq(nrm_tabulation_cells(tabulation), 5 * 5 * 5);
    for (size_t cell = 0; cell < nrm_tabulation_cells(tabulation); cell++) {
        double wanted = 0;
        for (size_t i = 0; i < CASES; i++) {
            bool in = true;
            for (size_t column = 0; column < COLUMNS; column++)
                in = in &&
                     stands_in(&made[i], column, nrm_tabulation_label(tabulation, cell, column));
            wanted += in ? made[i].weight : 0;
        }
        cr_expect_float_eq(nrm_tabulation_count(tabulation, cell), wanted, 1e-9, "cell %zu", cell);
        for (size_t column = 0; column < COLUMNS; column++)
            cr_expect_eq(nrm_tabulation_is_total(tabulation, cell, column),
                         nrm_str_is(nrm_tabulation_label(tabulation, cell, column), "*"));
    }
    nrm_tabulation_free(tabulation);
}

/* The output depends on neither the order of the cases nor the seed of the tables. */
Test(tabulate, order_of_cases_does_not_matter)
{
    char *first = NULL;
    for (size_t turn = 0; turn < 3; turn++) {
        struct nrm_arena arena = {0};
        struct nrm_tabulation *tabulation = nrm_tabulation_new(each, COLUMNS, true);
        for (size_t i = 0; i < 300; i++) {
            static const char *const lists[] = {"a b", "b a", "c", "", "? d"};
            static const char *const singles[] = {"x y", "y x", "10", "9"};
            size_t n = turn == 1 ? 299 - i : (i * 7 + turn) % 300;
            struct nrm_value values[COLUMNS] = {words(&arena, lists[n % 5]),
                                                words(&arena, singles[n / 5 % 4]),
                                                words(&arena, lists[n / 20 % 5])};
            nrm_tabulation_add_values(tabulation, values, NULL, 0.1 * (double)(n % 3));
        }
        char *got = as_text(tabulation, COLUMNS);
        if (first)
            cr_expect_str_eq(got, first, "turn %zu", turn);
        nrm_arena_free(&arena);
        if (turn == 0)
            first = got;
        else
            free(got);
    }
    free(first);
}
