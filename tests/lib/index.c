/* The index: numbers in the order of first appearance, whatever the texts. */
#include "base/index.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(index, numbers_texts_in_the_order_of_their_first_appearance)
{
    static const struct {
        const char *text;
        size_t length;
        uint32_t number;
        bool new_one;
    } rows[] = {
        {"b", 1, 0, true},         {"a", 1, 1, true},         {"b", 1, 0, false},
        {"", 0, 2, true},          {"\0", 1, 3, true},        {"a\0b", 3, 4, true},
        {"a\0c", 3, 5, true},      {"a", 1, 1, false},        {"12345678", 8, 6, true},
        {"123456789", 9, 7, true}, {"12345678", 8, 6, false},
    };
    struct nrm_index *index = nrm_index_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool new_one;
        struct nrm_str text = {rows[i].text, rows[i].length};
        cr_expect_eq(nrm_index_add(index, text, &new_one), rows[i].number, "row %zu", i);
        cr_expect_eq(new_one, rows[i].new_one, "row %zu", i);
        cr_expect(nrm_str_equal(nrm_index_text(index, rows[i].number), text), "row %zu", i);
    }
    cr_expect_eq(nrm_index_count(index), 8);
    cr_expect_eq(nrm_index_find(index, NRM_STR("none")), NRM_INDEX_NONE);
    cr_expect_eq(nrm_index_find(NULL, NRM_STR("a")), NRM_INDEX_NONE);
    nrm_index_free(index);
    nrm_index_free(NULL);
}

Test(index, keeps_many_texts_apart)
{
    enum { MANY = 100000 };
    char text[32];
    struct nrm_index *index = nrm_index_new();
    for (uint32_t i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "case-%u", i);
        cr_assert_eq(nrm_index_add(index, nrm_str(text), NULL), i);
    }
    for (uint32_t i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "case-%u", i);
        cr_assert_eq(nrm_index_find(index, nrm_str(text)), i);
    }
    cr_expect_eq(nrm_index_count(index), MANY);
    nrm_index_free(index);
}
