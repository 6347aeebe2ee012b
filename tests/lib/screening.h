/* For tests of screening: the harness with sets of indicators, those of the project or one made
 * from text. */
#ifndef NRM_TESTS_SCREENING_H
#define NRM_TESTS_SCREENING_H

#include <unistd.h>

#include "harness.h"
#include "rules/screen.h"

struct screening_test {
    struct harness harness;
    struct nrm_indicators *indicators;
    struct nrm_screener *screener;
    struct nrm_screening screening;
};

static inline void screening_start(struct screening_test *test, const char *now)
{
    *test = (struct screening_test){0};
    harness_start(&test->harness, now, NULL);
    cr_assert(test->harness.rules, "%s", test->harness.messages.text);
    test->indicators = nrm_indicators_new(&test->harness.sink);
}

/* All sets of the project. */
static inline void screening_all(struct screening_test *test)
{
    cr_assert(nrm_indicators_read_all(test->indicators), "%s", test->harness.messages.text);
    test->screener = nrm_screener_new(test->indicators, NULL);
}

/* A set written as text, added to those there are. */
static inline void screening_set(struct screening_test *test, const char *text)
{
    char path[] = "/tmp/nrm-set.XXXXXX";
    int fd = mkstemp(path);
    cr_assert(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    const struct nrm_indicator_set *set = nrm_indicators_read(test->indicators, nrm_str(path));
    unlink(path);
    cr_assert(set, "%s\n%s", test->harness.messages.text, text);
    nrm_screener_free(test->screener);
    test->screener = nrm_screener_new(test->indicators, NULL);
}

static inline void screening_of(struct screening_test *test, const char *yaml)
{
    harness_case(&test->harness, yaml);
    nrm_screen(test->screener, &test->harness.standing, &test->screening);
}

/* The row of a set; NULL: it has none. "elements": the whole case. */
static inline const struct nrm_screen_row *screening_row(const struct screening_test *test,
                                                         const char *set)
{
    for (size_t i = 0; i < test->screening.count; i++) {
        const struct nrm_screen_row *row = &test->screening.rows[i];
        if (strcmp(row->set ? row->set->id : "elements", set) == 0)
            return row;
    }
    return NULL;
}

static inline void screening_end(struct screening_test *test)
{
    nrm_screener_free(test->screener);
    nrm_indicators_free(test->indicators);
    harness_end(&test->harness);
}

#endif
