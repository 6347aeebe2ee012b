/* Findings as people read them: one line each, or what is missing put together. */
#include <criterion/criterion.h>

#include "rules/findings.h"

static void expect(const struct nrm_finding *list, size_t count, bool each, const char *wanted)
{
    struct nrm_arena arena = {0};
    struct nrm_findings findings = {.arena = &arena};
    struct nrm_output output;
    for (size_t i = 0; i < count; i++)
        nrm_findings_add(&findings, &list[i]);
    nrm_output_init(&output, -1);
    nrm_findings_print(&findings, NRM_STR("c\x1b"), each, &output);
    nrm_output_add_char(&output, '\0');
    cr_expect_str_eq(output.buffer.text, wanted);
    nrm_output_finish(&output);
    nrm_arena_free(&arena);
}

#define PLACE(l, c)                                                                                \
    {                                                                                              \
        .file = "a\x1b.yaml", .line = l, .column = c                                               \
    }
#define MISSING(l, c, path_, event_, missing_)                                                     \
    {                                                                                              \
        .rule = "r", .severity = "warning", .result = NRM_UNKNOWN, .path = path_, .event = event_, \
        .missing = missing_, .message = "cannot tell: m is missing", .source = "s",                \
        .place = PLACE(l, c)                                                                       \
    }

static const struct nrm_finding list[] = {
    MISSING(7, 5, "events[2].outcome", "interview", "outcome"),
    {.rule = "fails",
     .severity = "violation",
     .result = NRM_FAIL,
     .path = "",
     .message = "m\n",
     .source = "s"},
    MISSING(7, 5, "events[2].at", "interview", "at"),
    MISSING(2, 1, "health.urgent", "", "health.urgent"),
    MISSING(7, 9, "events[3].at", "contact", "at"),
    MISSING(7, 5, "events[2].at", "interview", "at"),
    {.rule = "passes",
     .severity = "note",
     .result = NRM_PASS,
     .path = "",
     .message = "m",
     .source = "s",
     .place = PLACE(3, 1)},
};
enum { COUNT = sizeof list / sizeof *list };

/* In the order of the file, each thing once, however many checks wait for it; nothing from outside
 * reaches the terminal raw. */
Test(findings, what_is_missing_is_put_together)
{
    expect(list, COUNT, false,
           "-:0:0: violation c\\x1b: m\\n [fails; s]\n"
           "a\\x1b.yaml:3:1: pass c\\x1b: m [passes; s]\n"
           "a\\x1b.yaml:2:1: unknown c\\x1b: not on record: health.urgent [r; s]\n"
           "a\\x1b.yaml:7:5: unknown c\\x1b events[2] interview: not on record: at, outcome "
           "[3 checks wait for it]\n"
           "a\\x1b.yaml:7:9: unknown c\\x1b events[3] contact: not on record: at [r; s]\n");
}

Test(findings, each_by_itself)
{
    expect(list, 2, true,
           "a\\x1b.yaml:7:5: unknown c\\x1b events[2].outcome interview: cannot tell: m is missing "
           "[r; s]\n"
           "-:0:0: violation c\\x1b: m\\n [fails; s]\n");
    expect(NULL, 0, false, "");
}

Test(findings, counts)
{
    struct nrm_arena arena = {0};
    struct nrm_findings findings = {.arena = &arena};
    for (size_t i = 0; i < 100; i++)
        nrm_findings_add(&findings, &list[i % COUNT]);
    cr_expect_eq(nrm_findings_count(&findings, NRM_PASS), 14);
    cr_expect_eq(nrm_findings_count(&findings, NRM_FAIL), 15);
    cr_expect_eq(nrm_findings_count(&findings, NRM_UNKNOWN), 71);
    cr_expect_str_eq(findings.list[99].rule, "fails");
    cr_expect_str_eq(nrm_result_text(NRM_UNKNOWN), "unknown");
    nrm_arena_free(&arena);
}
