/* Clocks: a case, a moment, a clock, and what is due. The figures are those of the case model. */
#include "harness.h"

#define ADULT "person: {age_group: adult}, "
#define CHILD "person: {birth_date: 2012-05-01, family_care: none}, "
#define EVENTS(list) "events: [" list "]}"
#define ADULT_CASE(list) "{" ADULT EVENTS(list)
#define DETECTED "{at: 2026-02-01T10:00+01:00, type: detected}"
#define POSITIVE1 "{at: 2026-02-03T12:00+01:00, type: stage1_decision, outcome: positive}, "

struct row {
    const char *now, *yaml, *clock;
    const char *expected; /* "state due start done precision", or "" for no row */
};

static void add_time(struct harness *harness, struct nrm_buffer *text, const struct nrm_time *time)
{
    size_t before = text->length;
    nrm_buffer_add_char(text, ' ');
    nrm_time_text(time, harness->standing.profile->calendar.zone, text);
    if (text->length == before + 1)
        nrm_buffer_add_char(text, '-');
}

static const char *find_due(struct harness *harness, const char *clock, struct nrm_buffer *text)
{
    const struct nrm_due *dues;
    size_t count = nrm_clocks(&harness->standing, NULL, &dues);
    nrm_buffer_clear(text);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(dues[i].clock->id, clock) != 0)
            continue;
        nrm_buffer_printf(text, "%s", nrm_due_state_text((enum nrm_due_state)dues[i].state));
        add_time(harness, text, &dues[i].due);
        add_time(harness, text, &dues[i].start);
        add_time(harness, text, &dues[i].done);
        nrm_buffer_printf(text, " %s", dues[i].whole_day ? "day" : "exact");
    }
    return text->length ? text->text : "";
}

static void check_rows(const struct row *rows, size_t count)
{
    struct nrm_buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        struct harness harness;
        harness_start(&harness, rows[i].now, NULL);
        cr_assert(harness.rules, "%s", harness.messages.text);
        harness_case(&harness, rows[i].yaml);
        const char *found = find_due(&harness, rows[i].clock, &text);
        cr_expect_str_eq(found, rows[i].expected, "row %zu, %s: %s, not %s\n%s", i, rows[i].clock,
                         found, rows[i].expected, rows[i].yaml);
        harness_end(&harness);
    }
    nrm_buffer_free(&text);
}
#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

/* handbook 13.8, 13.9 */
Test(clock, stage1_decision)
{
    static const struct row rows[] = {
        {"2024-02-28T12:00+01:00", "{" ADULT EVENTS("{at: 2024-02-26T09:00+01:00, type: detected}"),
         "stage1_decision", "pending 2024-03-02 2024-02-26T09:00+01:00 - exact"},
        {"2024-03-02T23:59+01:00", "{" ADULT EVENTS("{at: 2024-02-26T09:00+01:00, type: detected}"),
         "stage1_decision", "soon 2024-03-02 2024-02-26T09:00+01:00 - exact"},
        {"2024-03-03T00:00+01:00", "{" ADULT EVENTS("{at: 2024-02-26T09:00+01:00, type: detected}"),
         "stage1_decision", "overdue 2024-03-02 2024-02-26T09:00+01:00 - exact"},
        {"2024-04-01T12:00+02:00", "{" CHILD EVENTS("{at: 2024-03-30T20:00+01:00, type: detected}"),
         "stage1_decision", "soon 2024-04-01T21:00+02:00 2024-03-30T20:00+01:00 - exact"},
        /* the first of detected and referred */
        {"2024-02-28T12:00+01:00",
         "{" ADULT EVENTS("{at: 2024-02-27, type: detected}, {at: 2024-02-26, type: referred}"),
         "stage1_decision", "pending 2024-03-02 2024-02-26 - exact"},
        /* a date alone: an hours clock runs from the start of the day: H04-D006 */
        {"2024-03-10T12:00+01:00", "{" CHILD EVENTS("{at: 2024-03-10, type: detected}"),
         "stage1_decision", "pending 2024-03-12T00:00+01:00 2024-03-10 - day"},
        {"2024-03-10T12:00+01:00",
         "{" ADULT EVENTS("{at: 2024-02-26, type: detected}, {at: 2024-03-02T10:00+01:00, type: "
                          "stage1_decision, outcome: negative}"),
         "stage1_decision", "met 2024-03-02 2024-02-26 2024-03-02T10:00+01:00 exact"},
        {"2024-03-10T12:00+01:00",
         "{" ADULT EVENTS("{at: 2024-02-26, type: detected}, {at: 2024-03-03, type: "
                          "stage1_decision, outcome: negative}"),
         "stage1_decision", "late 2024-03-02 2024-02-26 2024-03-03 exact"},
        /* done on the day itself, without an hour */
        {"2024-03-20T12:00+01:00",
         "{" CHILD EVENTS("{at: 2024-03-10T10:00+01:00, type: detected}, {at: 2024-03-12, type: "
                          "stage1_decision, outcome: positive}"),
         "stage1_decision", "unknown 2024-03-12T10:00+01:00 2024-03-10T10:00+01:00 2024-03-12 day"},
        /* the start is not on record */
        {"2024-03-10T12:00+01:00",
         "{" ADULT EVENTS("{at: 2024-03-02, type: stage1_decision, outcome: negative}"),
         "stage1_decision", "unknown - - 2024-03-02 exact"},
        {"2024-03-10T12:00+01:00", "{" ADULT EVENTS("{at: 2024-03-02, type: accepted}"),
         "stage1_decision", "unknown - - - exact"},
        {"2024-03-10T12:00+01:00", "{" ADULT EVENTS("{type: detected}"), "stage1_decision",
         "unknown - - - exact"},
        {"2024-03-10T12:00+01:00", "{" ADULT EVENTS(""), "stage1_decision", ""},
        {"2024-03-10T12:00+01:00",
         "{" ADULT EVENTS("{at: 2024-03-02, type: detected}, {at: 2024-03-03, type: declined}"),
         "stage1_decision", "waived 2024-03-07 2024-03-02 - exact"},
        {"2024-03-10T12:00+01:00",
         "{" CHILD EVENTS("{at: 2024-03-02, type: detected}, {at: 2024-03-03, type: declined}"),
         "stage1_decision", "overdue 2024-03-04T00:00+01:00 2024-03-02 - day"},
        {"2024-03-20T12:00+01:00",
         "{" ADULT EVENTS("{at: 2024-03-02, type: detected}, {at: 2024-03-03, type: declined}, "
                          "{at: 2024-03-18, type: referred}"),
         "stage1_decision", "pending 2024-03-23 2024-03-18 - exact"},
        /* remitted: anew, and the old decision does not count */
        {"2024-03-20T12:00+01:00",
         "{" ADULT EVENTS("{at: 2024-03-01, type: referred}, {at: 2024-03-03, type: "
                          "stage1_decision, outcome: negative}, "
                          "{at: 2024-03-05, type: appeal_lodged, of: stage1}, {at: 2024-03-18, "
                          "type: appeal_decided, of: stage1, outcome: remitted}"),
         "stage1_decision", "pending 2024-03-23 2024-03-18 - exact"},
    };
    CHECK(rows);
}

/* handbook 13.8 to 13.11 */
Test(clock, after_stage1)
{
    static const struct row rows[] = {
        {"2026-02-04T12:00+01:00", "{" ADULT EVENTS(POSITIVE1), "rr_start",
         "pending 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        {"2026-02-04T12:00+01:00", "{" CHILD EVENTS(POSITIVE1), "rr_start",
         "soon 2026-02-04T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        {"2024-04-01T12:00+02:00",
         "{" ADULT EVENTS("{at: 2024-03-01, type: stage1_decision, outcome: positive}"),
         "stage2_decision", "pending 2024-05-30 2024-03-01 - exact"},
        {"2024-01-01T12:00+01:00",
         "{" ADULT EVENTS("{at: 2023-12-01, type: stage1_decision, outcome: positive}, {at: "
                          "2023-12-01, type: rr_granted}"),
         "rr_end", "pending 2024-02-29 2023-12-01 - exact"},
        {"2024-03-01T00:00+01:00",
         "{" ADULT EVENTS("{at: 2023-12-01, type: stage1_decision, outcome: positive}, {at: "
                          "2023-12-01, type: rr_granted}"),
         "rr_end", "met 2024-02-29 2023-12-01 - exact"},
        {"2024-01-01T12:00+01:00",
         "{" ADULT EVENTS("{at: 2023-12-01, type: stage1_decision, outcome: positive}, {at: "
                          "2023-12-03, type: rr_granted, from: 2023-12-02}"),
         "rr_end", "pending 2024-03-01 2023-12-02 - exact"},
        {"2024-01-01T12:00+01:00",
         "{" ADULT EVENTS("{at: 2023-12-01, type: stage1_decision, outcome: positive}, {at: "
                          "2023-12-01, type: rr_granted, until: 2024-03-10}"),
         "rr_extension", "pending 2024-03-10 2023-12-01 - exact"},
        {"2024-03-11T12:00+01:00",
         "{" ADULT EVENTS("{at: 2023-12-01, type: stage1_decision, outcome: positive}, {at: "
                          "2023-12-01, type: rr_granted, until: 2024-03-10}"),
         "rr_extension", "overdue 2024-03-10 2023-12-01 - exact"},
        {"2024-03-11T12:00+01:00",
         "{" ADULT EVENTS("{at: 2023-12-01, type: stage1_decision, outcome: positive}, {at: "
                          "2023-12-01, type: rr_granted, until: 2024-03-10}, {at: 2024-03-08, "
                          "type: rr_extended, until: 2024-06-01}"),
         "rr_extension", "met 2024-03-10 2023-12-01 2024-03-08 exact"},
        {"2024-03-11T12:00+01:00",
         "{" ADULT EVENTS("{at: 2023-12-01, type: stage1_decision, outcome: positive}, {at: "
                          "2023-12-01, type: rr_granted, until: 2024-03-10}, {at: 2024-02-28, "
                          "type: stage2_decision, outcome: positive}"),
         "rr_extension", "waived 2024-03-10 2023-12-01 - exact"},
        {"2026-02-20T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1 "{at: 2026-02-19, type: stage2_decision, outcome: positive}"),
         "residence_permit", "unknown 2026-02-19 2026-02-19 - exact"},
        {"2026-02-20T12:00+01:00",
         "{person: {age_group: adult, residence_status: irregular}, " EVENTS(
             POSITIVE1 "{at: 2026-02-19, type: stage2_decision, outcome: positive}"),
         "residence_permit", "overdue 2026-02-19 2026-02-19 - exact"},
        {"2026-02-20T12:00+01:00",
         "{person: {age_group: adult, residence_status: citizen}, " EVENTS(
             POSITIVE1 "{at: 2026-02-19, type: stage2_decision, outcome: positive}"),
         "residence_permit", ""},
        /* an overturned negative starts stage 2 from its own date */
        {"2026-03-01T12:00+01:00",
         "{" ADULT EVENTS(
             "{at: 2026-01-01, type: referred}, {at: 2026-01-03, type: stage1_decision, outcome: "
             "negative}, "
             "{at: 2026-01-05, type: reconsideration_requested, of: stage1}, {at: 2026-02-01, "
             "type: reconsideration_decided, of: stage1, outcome: overturned}"),
         "stage2_decision", "pending 2026-05-02 2026-02-01 - exact"},
        {"2026-03-01T12:00+01:00", "{" ADULT EVENTS(POSITIVE1 "{at: 2026-02-20, type: withdrawn}"),
         "stage2_decision", "waived 2026-05-04 2026-02-03T12:00+01:00 - exact"},
    };
    CHECK(rows);
}

Test(clock, first_hours)
{
    static const struct row rows[] = {
        {"2026-02-20T12:00+01:00", "{" ADULT EVENTS(POSITIVE1), "independent_advocate",
         "overdue 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        {"2026-02-20T12:00+01:00", "{" CHILD EVENTS(POSITIVE1), "independent_advocate", ""},
        {"2026-02-20T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1
                          "{at: 2026-02-04T12:00+01:00, type: advocate_allocated, kind: interim}"),
         "independent_advocate",
         "met 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 2026-02-04T12:00+01:00 exact"},
        {"2026-02-20T12:00+01:00",
         "{" CHILD EVENTS(POSITIVE1
                          "{at: 2026-02-05T12:00+01:00, type: advocate_allocated, kind: guardian}"),
         "guardian_advocate",
         "late 2026-02-04T12:00+01:00 2026-02-03T12:00+01:00 2026-02-05T12:00+01:00 exact"},
        {"2026-02-20T12:00+01:00", "{" CHILD EVENTS(POSITIVE1), "parental_guardian",
         "overdue 2026-02-04T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        {"2026-02-20T12:00+01:00",
         "{person: {birth_date: 2012-05-01, family_care: safe}, " EVENTS(POSITIVE1),
         "parental_guardian", ""},
        {"2026-02-20T12:00+01:00", "{person: {birth_date: 2012-05-01}, " EVENTS(POSITIVE1),
         "parental_guardian", "unknown 2026-02-04T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        /* a child's home is due from the first moment; interim does not stop the clock */
        {"2026-02-03T12:00+01:00", "{" CHILD EVENTS("{at: 2026-02-01T10:00+01:00, type: detected}"),
         "accommodation", "overdue 2026-02-02T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        {"2026-02-05T12:00+01:00",
         "{" CHILD EVENTS("{at: 2026-02-01T10:00+01:00, type: detected}, " POSITIVE1),
         "accommodation", "overdue 2026-02-02T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        {"2026-02-20T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1 "{at: 2026-02-04T10:00+01:00, type: service, service: "
                                    "accommodation, phase: started, kind: interim}"),
         "accommodation", "overdue 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        {"2026-02-20T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1 "{at: 2026-02-04T10:00+01:00, type: service, service: "
                                    "accommodation, phase: not_needed}"),
         "accommodation", "waived 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        /* a stop before the start counts */
        {"2026-02-20T12:00+01:00",
         "{" ADULT EVENTS("{at: 2026-02-01T10:00+01:00, type: service, service: urgent_health, "
                          "phase: started}, " POSITIVE1),
         "urgent_health",
         "met 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 2026-02-01T10:00+01:00 exact"},
        {"2026-02-20T12:00+01:00",
         "{" ADULT EVENTS(
             POSITIVE1
             "{at: 2026-02-04T10:00+01:00, type: service, service: legal_advice, phase: refused}"),
         "legal_advice", "waived 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        {"2026-02-20T12:00+01:00",
         "{" ADULT EVENTS(
             "{at: 2026-02-01T10:00+01:00, type: detected}, {at: 2026-02-01T11:00+01:00, type: "
             "service, service: accommodation, phase: needed}"),
         "interim_accommodation", "overdue 2026-02-01T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        {"2026-02-20T12:00+01:00", "{" ADULT EVENTS("{at: 2026-02-01T10:00+01:00, type: detected}"),
         "interim_accommodation", ""},
    };
    CHECK(rows);
}

/* handbook 12.7, 12.8, 14.13 */
Test(clock, repeating)
{
    static const struct row rows[] = {
        {"2026-02-20T12:00+01:00",
         "{" CHILD EVENTS("{at: 2026-02-04, type: advocate_allocated, kind: guardian}"),
         "contact_guardian", "overdue 2026-02-11 2026-02-04 - exact"},
        {"2026-02-20T12:00+01:00",
         "{" CHILD EVENTS(
             "{at: 2026-02-04, type: advocate_allocated, kind: guardian}, {at: 2026-02-18, type: "
             "contact, kind: in_person}, {at: 2026-02-19, type: contact, kind: phone}"),
         "contact_guardian", "pending 2026-02-25 2026-02-18 - exact"},
        {"2026-02-20T12:00+01:00",
         "{" CHILD EVENTS("{at: 2026-02-18, type: contact, kind: in_person}"), "contact_guardian",
         "pending 2026-02-25 2026-02-18 - exact"},
        {"2024-02-20T12:00+01:00",
         "{" ADULT EVENTS("{at: 2024-01-31, type: assessment, kind: needs_risks}"), "plan_review",
         "pending 2024-04-30 2024-01-31 - exact"},
        {"2026-02-05T12:00+01:00",
         "{person: {birth_date: 2012-05-01}, safety: {disappearance_risk: high}, " EVENTS(
             "{at: 2026-02-04T10:00+01:00, type: service, service: accommodation, phase: started}"),
         "golden_day", "pending 2026-02-07T10:00+01:00 2026-02-04T10:00+01:00 - exact"},
        {"2026-02-08T12:00+01:00",
         "{person: {birth_date: 2012-05-01}, safety: {disappearance_risk: high}, " EVENTS(
             "{at: 2026-02-04T10:00+01:00, type: service, service: accommodation, phase: started}"),
         "golden_day", "met 2026-02-07T10:00+01:00 2026-02-04T10:00+01:00 - exact"},
    };
    CHECK(rows);
}

/* case model, change of track: H03-D004 H01-D004 H05-D009 */
Test(clock, change_of_track)
{
    static const struct row rows[] = {
        /* 5 days from the first, or 48 hours from the doubt: the earlier */
        {"2026-02-03T12:00+01:00",
         "{" ADULT EVENTS("{at: 2026-02-01T10:00+01:00, type: detected}, {at: "
                          "2026-02-02T10:00+01:00, type: age_doubted}"),
         "stage1_decision", "soon 2026-02-04T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        {"2026-02-06T12:00+01:00",
         "{" ADULT EVENTS("{at: 2026-02-01T10:00+01:00, type: detected}, {at: "
                          "2026-02-06T10:00+01:00, type: age_doubted}"),
         "stage1_decision", "soon 2026-02-06 2026-02-01T10:00+01:00 - exact"},
        /* a doubt of no known day comes after all that is dated, and brings no due forward */
        {"2026-02-03T12:00+01:00", "{" ADULT EVENTS(DETECTED ", {type: age_doubted}"),
         "stage1_decision", "pending 2026-02-06 2026-02-01T10:00+01:00 - exact"},
        /* what only children have starts then */
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1 "{at: 2026-02-10T10:00+01:00, type: age_doubted}"),
         "guardian_advocate", "pending 2026-02-11T10:00+01:00 2026-02-10T10:00+01:00 - exact"},
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1 "{at: 2026-02-10T10:00+01:00, type: age_doubted}"),
         "independent_advocate", "waived 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        /* found adult after all: the adult's advocate is owed from then on */
        {"2026-03-10T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1
                          "{at: 2026-02-10T10:00+01:00, type: age_doubted}, "
                          "{at: 2026-02-20, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [x1, x2]}, {at: 2026-03-10T10:00+01:00, type: "
                          "remedies_exhausted, of: age}"),
         "independent_advocate", "pending 2026-03-12T10:00+01:00 2026-03-10T10:00+01:00 - exact"},
        /* detected as an adult: what children are owed from detection is owed from the doubt */
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(DETECTED ", {at: 2026-02-10T10:00+01:00, type: age_doubted}"),
         "accommodation", "pending 2026-02-11T10:00+01:00 2026-02-10T10:00+01:00 - exact"},
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(DETECTED ", {at: 2026-02-10T10:00+01:00, type: age_doubted}"),
         "safety_information", "pending 2026-02-11T10:00+01:00 2026-02-10T10:00+01:00 - exact"},
        /* a review goes on */
        {"2026-03-10T12:00+01:00",
         "{" ADULT EVENTS("{at: 2026-01-05T10:00+01:00, type: assessment}, "
                          "{at: 2026-02-10T10:00+01:00, type: age_doubted}"),
         "plan_review", "pending 2026-04-05 2026-01-05T10:00+01:00 - exact"},
        /* the guardian advocate stays until the handover, and so do the contacts */
        {"2026-02-15T12:00+01:00",
         "{person: {birth_date: 2008-02-10}, " EVENTS(
             "{at: 2026-02-04, type: advocate_allocated, kind: guardian}, "
             "{at: 2026-02-12, type: contact, kind: in_person}"),
         "contact_guardian", "pending 2026-02-19 2026-02-12 - exact"},
        /* coming of age: the adult's advocate is due from then, the rest keeps its due */
        {"2026-02-10T12:00+01:00", "{person: {birth_date: 2008-02-10}, " EVENTS(POSITIVE1),
         "independent_advocate", "pending 2026-02-12T00:00+01:00 2026-02-10T00:00+01:00 - exact"},
        {"2026-02-10T12:00+01:00", "{person: {birth_date: 2008-02-10}, " EVENTS(POSITIVE1),
         "urgent_health", "overdue 2026-02-04T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        {"2026-02-10T12:00+01:00", "{person: {birth_date: 2008-02-10}, " EVENTS(POSITIVE1),
         "guardian_advocate", "overdue 2026-02-04T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
    };
    CHECK(rows);
}

/* What falls silent must speak again. */
Test(clock, owed_again)
{
    static const struct row rows[] = {
        /* refused, and needed after all: from then on */
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(
             POSITIVE1 "{at: 2026-02-04, type: service, service: emergency_kit, phase: refused}, "
                       "{at: 2026-02-10T10:00+01:00, type: service, service: emergency_kit, phase: "
                       "needed}"),
         "emergency_kit", "pending 2026-02-12T10:00+01:00 2026-02-10T10:00+01:00 - exact"},
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(
             DETECTED
             ", {at: 2026-02-02, type: service, service: accommodation, phase: not_needed}, "
             "{at: 2026-02-10T10:00+01:00, type: service, service: accommodation, phase: "
             "needed}"),
         "interim_accommodation", "overdue 2026-02-10T10:00+01:00 2026-02-10T10:00+01:00 - exact"},
        /* remitted: stage 2 is undecided again */
        {"2026-04-10T12:00+02:00",
         "{" ADULT EVENTS(POSITIVE1
                          "{at: 2026-02-04, type: rr_granted, from: 2026-02-04}, {at: 2026-03-01, "
                          "type: stage2_decision, outcome: negative}, {at: 2026-03-05, type: "
                          "appeal_lodged, of: stage2}, {at: 2026-04-01, type: appeal_decided, of: "
                          "stage2, outcome: remitted}"),
         "rr_extension", "pending 2026-05-05 2026-04-01 - exact"},
        /* upheld: the time for the appeal counts from there */
        {"2026-03-10T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(
             "{at: 2026-02-01, type: referred}, {at: 2026-02-03, type: stage1_decision, outcome: "
             "negative}, {at: 2026-02-05, type: reconsideration_requested, of: stage1}, {at: "
             "2026-03-05, type: reconsideration_decided, of: stage1, outcome: upheld}"),
         "appeal_lodging", "pending 2026-03-19 2026-03-05 - exact"},
        /* who leaves has to be replaced */
        {"2026-02-10T12:00+01:00",
         "{" CHILD EVENTS(POSITIVE1
                          "{at: 2026-02-04, type: advocate_allocated, kind: guardian}, {at: "
                          "2026-02-10T10:00+01:00, type: advocate_ended, kind: guardian}"),
         "guardian_advocate", "pending 2026-02-11T10:00+01:00 2026-02-10T10:00+01:00 - exact"},
        {"2026-02-10T12:00+01:00",
         "{" CHILD EVENTS(POSITIVE1
                          "{at: 2026-02-04, type: advocate_allocated, kind: guardian}, {at: "
                          "2026-02-10T10:00+01:00, type: advocate_ended, kind: guardian}, {at: "
                          "2026-02-10T11:00+01:00, type: advocate_allocated, kind: guardian}"),
         "guardian_advocate",
         "met 2026-02-11T10:00+01:00 2026-02-10T10:00+01:00 2026-02-10T11:00+01:00 exact"},
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1
                          "{at: 2026-02-04, type: advocate_allocated, kind: interim}, {at: "
                          "2026-02-10T10:00+01:00, type: advocate_ended, kind: guardian}"),
         "independent_advocate",
         "met 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 2026-02-04 exact"},
        /* the interim advocate goes as the independent one has come */
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(
             POSITIVE1
             "{at: 2026-02-04, type: advocate_allocated, kind: interim}, {at: 2026-02-06, "
             "type: advocate_allocated, kind: independent}, {at: 2026-02-07, type: "
             "advocate_ended, kind: interim}"),
         "independent_advocate",
         "met 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 2026-02-04 exact"},
        /* doubted again after the handover: a guardian advocate anew */
        {"2026-03-12T12:00+01:00",
         "{" ADULT EVENTS(
             POSITIVE1
             "{at: 2026-02-10, type: age_doubted}, {at: 2026-02-10, type: "
             "advocate_allocated, kind: guardian}, {at: 2026-02-20, type: "
             "age_assessment_result, result: adult, methods: [interview], experts: [x1, "
             "x2]}, {at: 2026-03-01, type: remedies_exhausted, of: age}, {at: 2026-03-02, "
             "type: handover}, {at: 2026-03-12T10:00+01:00, type: age_doubted}"),
         "guardian_advocate", "pending 2026-03-13T10:00+01:00 2026-03-12T10:00+01:00 - exact"},
        /* ... also where a decision, not a reopening, brought the case back */
        {"2026-03-10T12:00+01:00",
         "{" ADULT EVENTS(
             "{at: 2026-01-10, type: assessment}, {at: 2026-01-12, type: declined}, {at: "
             "2026-02-05, type: closed, reason: other}, {at: 2026-03-01, type: stage1_decision, "
             "outcome: positive}"),
         "plan_review", "pending 2026-04-10 2026-01-10 - exact"},
        /* a closing that the guard holds takes nothing away */
        {"2026-03-10T12:00+01:00",
         "{" CHILD EVENTS(POSITIVE1 "{at: 2026-02-10, type: stage2_decision, outcome: positive}, "
                                    "{at: 2026-03-05, type: closed, reason: other}"),
         "guardian_advocate", "overdue 2026-02-04T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
        /* closed and reopened: what closing waived, and no more */
        {"2026-03-10T12:00+01:00",
         "{" ADULT EVENTS(
             "{at: 2026-02-01, type: stage2_decision, outcome: positive}, {at: 2026-02-05, type: "
             "closed, reason: other}, {at: 2026-03-01, type: reopened}"),
         "residence_permit", "unknown 2026-02-01 2026-02-01 - exact"},
        {"2026-03-10T12:00+01:00",
         "{" ADULT EVENTS(
             POSITIVE1
             "{at: 2026-02-10, type: stage2_decision, outcome: positive}, {at: "
             "2026-02-15, type: closed, reason: other}, {at: 2026-03-01, type: reopened}"),
         "rr_extension", "waived 2026-05-04 2026-02-03T12:00+01:00 - exact"},
    };
    CHECK(rows);
}

/* Settings that move clocks: as recommended, and otherwise. */
Test(clock, settings)
{
#define OTHERWISE "{profile: otherwise, "
#define GRANTED_AFTER_DETENTION                                                                    \
    POSITIVE1 "{at: 2026-02-04, type: rr_granted, from: 2026-02-04, detention_days: 10}"
#define GUARDIAN_THEN_VIDEO                                                                        \
    "{at: 2026-02-04, type: advocate_allocated, kind: guardian}, {at: 2026-02-09, type: contact, " \
    "kind: video}"
#define APPEALED                                                                                   \
    POSITIVE1                                                                                      \
    "{at: 2026-02-04, type: rr_granted, from: 2026-02-04}, {at: 2026-02-20, type: "                \
    "stage2_decision, outcome: negative}, {at: 2026-02-25, type: appeal_lodged, of: stage2}"
#define AGE_CHALLENGED                                                                             \
    DETECTED ", {at: 2026-02-02T10:00+01:00, type: age_challenged}, {at: 2026-02-04T10:00+01:00, " \
             "type: age_challenge_decided, outcome: child}"
    static const struct row rows[] = {
        /* days in detention are no recovery */
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(GRANTED_AFTER_DETENTION), "rr_end",
         "pending 2026-05-15 2026-02-04 - exact"},
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(GRANTED_AFTER_DETENTION), "rr_extension",
         "pending 2026-05-15 2026-02-03T12:00+01:00 - exact"},
        {"2026-03-10T12:00+01:00", OTHERWISE ADULT EVENTS(GRANTED_AFTER_DETENTION), "rr_end",
         "pending 2026-05-05 2026-02-04 - exact"},
        /* from the grant, or from stage 1 positive */
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(POSITIVE1 "{at: 2026-02-06, type: rr_granted}"),
         "rr_extension", "pending 2026-05-07 2026-02-03T12:00+01:00 - exact"},
        {"2026-03-10T12:00+01:00",
         OTHERWISE ADULT EVENTS(POSITIVE1 "{at: 2026-02-06, type: rr_granted}"), "rr_extension",
         "pending 2026-05-04 2026-02-03T12:00+01:00 - exact"},
        /* only in an emergency is a video a meeting */
        {"2026-02-10T12:00+01:00", "{" CHILD EVENTS(GUARDIAN_THEN_VIDEO), "contact_guardian",
         "soon 2026-02-11 2026-02-04 - exact"},
        {"2026-02-10T12:00+01:00", OTHERWISE CHILD EVENTS(GUARDIAN_THEN_VIDEO), "contact_guardian",
         "pending 2026-02-16 2026-02-09 - exact"},
        /* a challenge prolongs the period, where the profile says so */
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(APPEALED), "rr_further_extension",
         "pending 2026-05-05 2026-02-25 - exact"},
        {"2026-03-10T12:00+01:00", OTHERWISE ADULT EVENTS(APPEALED), "rr_further_extension", ""},
        /* a challenge stops no clock but where the profile says so: two days later then */
        {"2026-02-04T12:00+01:00", "{" CHILD EVENTS(AGE_CHALLENGED), "stage1_decision",
         "overdue 2026-02-03T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        {"2026-02-04T12:00+01:00", OTHERWISE CHILD EVENTS(AGE_CHALLENGED), "stage1_decision",
         "soon 2026-02-05T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        /* the first days count from the first contact */
        {"2026-02-02T12:00+01:00",
         OTHERWISE "safety: {disappearance_risk: high}, " CHILD EVENTS(DETECTED), "golden_day",
         "pending 2026-02-04T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        /* majority at 21 */
        {"2026-03-10T12:00+01:00",
         OTHERWISE "person: {birth_date: 2007-05-01}, " EVENTS(
             "{at: 2026-02-04, type: advocate_allocated, kind: guardian}"),
         "guardian_advocate_end", "pending 2028-05-01 2026-02-04 - exact"},
    };
    CHECK(rows);
}

/* The recovery and reflection period when stage 1 becomes positive once more. */
Test(clock, reflection_anew)
{
#define BACK(day)                                                                                  \
    "{at: 2025-12-03, type: stage1_decision, outcome: positive}, {at: 2025-12-04, type: "          \
    "rr_granted}, {at: 2025-12-10, type: withdrawn}, {at: " day                                    \
    ", type: stage1_decision, outcome: positive}"
    static const struct row rows[] = {
        /* it still runs: granted already, and 90 days more */
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(BACK("2026-02-20")), "rr_start",
         "met 2025-12-05T00:00+01:00 2025-12-03 2025-12-04 day"},
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(BACK("2026-02-20")), "rr_end",
         "pending 2026-05-21 2026-02-20 - exact"},
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(BACK("2026-02-20")), "rr_extension",
         "pending 2026-05-21 2026-02-20 - exact"},
        /* granted once and ended: what was granted then is no answer to what is due now */
        {"2026-03-10T12:00+01:00",
         "{" ADULT EVENTS(
             "{at: 2025-06-28, type: rr_granted}, {at: 2025-10-05, type: rr_ended}, {at: "
             "2026-03-09T10:00+01:00, type: stage1_decision, outcome: positive}"),
         "rr_start", "pending 2026-03-11T10:00+01:00 2026-03-09T10:00+01:00 - exact"},
        /* it has run out: to be granted anew */
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(BACK("2026-03-09T10:00+01:00")), "rr_start",
         "pending 2026-03-11T10:00+01:00 2026-03-09T10:00+01:00 - exact"},
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(BACK("2026-03-09T10:00+01:00")), "rr_extension",
         "pending 2026-06-07 2026-03-09T10:00+01:00 - exact"},
        /* granted at an unknown time: from stage 1 positive */
        {"2026-03-10T12:00+01:00", "{" ADULT EVENTS(POSITIVE1 "{type: rr_granted}"), "rr_end",
         "pending 2026-05-04 2026-02-03T12:00+01:00 - exact"},
    };
    CHECK(rows);
}

#define MISSING "{at: 2026-02-02T10:00+01:00, type: missing}"
#define RETURNED "{at: 2026-02-03T11:00+01:00, type: returned}"

/* What the format of profiles allows and no shipped profile uses: nrm-profile(5). */
Test(clock, kinds_of_other_profiles)
{
    static const struct row rows[] = {
        {"2026-02-01T12:00+01:00", "{profile: unusual, " ADULT EVENTS(DETECTED), "minutes",
         "overdue 2026-02-01T11:30+01:00 2026-02-01T10:00+01:00 - exact"},
        {"2026-02-01T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS("{at: 2026-02-01, type: detected}"), "minutes",
         "overdue 2026-02-01T01:30+01:00 2026-02-01 - day"},
        /* 25 hours of absence move an hour by 25 hours; without an end it stands still */
        {"2026-02-05T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(DETECTED ", " MISSING ", " RETURNED), "pausing",
         "overdue 2026-02-05T11:00+01:00 2026-02-01T10:00+01:00 - exact"},
        {"2026-03-05T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(
             DETECTED ", " MISSING ", {at: 2026-02-03T10:00+01:00, type: missing}"),
         "pausing", "pending 2026-02-04T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        /* what is done or has no due is not moved; nor is one moved by an absence of no known
         * length */
        {"2026-03-05T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(
             DETECTED ", {at: 2026-02-01T11:00+01:00, type: referred}, " MISSING ", " RETURNED),
         "pausing",
         "met 2026-02-04T10:00+01:00 2026-02-01T10:00+01:00 2026-02-01T11:00+01:00 exact"},
        {"2026-03-05T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(DETECTED ", " MISSING ", " RETURNED), "pausing_open",
         "pending - 2026-02-01T10:00+01:00 - exact"},
        {"2026-03-05T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(DETECTED ", " MISSING ", {type: returned}"), "pausing",
         "overdue 2026-02-04T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        {"2026-03-05T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(DETECTED ", {type: missing}, {type: returned}"),
         "pausing", "overdue 2026-02-04T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        /* the 18th birthday, which no event records */
        {"2026-03-01T12:00+01:00",
         "{profile: unusual, person: {birth_date: 2008-02-10}, " EVENTS(""), "birthday",
         "pending 2026-03-12 2026-02-10T00:00+01:00 - exact"},
        /* open for an adult, and for a child from the doubt on */
        {"2026-02-05T12:00+01:00", "{profile: unusual, " ADULT EVENTS(DETECTED), "first_open",
         "pending - 2026-02-01T10:00+01:00 - exact"},
        {"2026-02-05T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(DETECTED
                                            ", {at: 2026-02-05T10:00+01:00, type: age_doubted}"),
         "first_open", "soon 2026-02-07T10:00+01:00 2026-02-01T10:00+01:00 - exact"},
        /* no least length of the period: it ends when the grant says, or is open */
        {"2026-02-05T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(
             POSITIVE1 "{at: 2026-02-04, type: rr_granted, until: 2026-02-20}"),
         "rr_extension", "soon 2026-02-20 2026-02-03T12:00+01:00 - exact"},
        {"2026-02-05T12:00+01:00",
         "{profile: unusual, " ADULT EVENTS(POSITIVE1 "{at: 2026-02-04, type: rr_granted}"),
         "rr_extension", "pending - 2026-02-03T12:00+01:00 - exact"},
    };
    CHECK(rows);
}

/* An unknown state says what to fill in; what cannot matter any more is not asked for. */
Test(clock, what_is_missing)
{
    static const struct {
        const char *now, *yaml, *clock;
        const char *state, *missing; /* NULL: nothing */
    } rows[] = {
        {"2026-02-20T12:00+01:00", ADULT_CASE("{type: detected}"), "stage1_decision", "unknown",
         "at"},
        {"2026-02-20T12:00+01:00", ADULT_CASE("{at: 2026-02-02, type: accepted}"),
         "stage1_decision", "unknown", "start"},
        {"2026-02-20T12:00+01:00",
         ADULT_CASE(DETECTED ", {type: stage1_decision, outcome: negative}"), "stage1_decision",
         "unknown", "at"},
        {"2026-02-20T12:00+01:00", "{person: {birth_date: 2012-05-01}, " EVENTS(POSITIVE1),
         "parental_guardian", "unknown", "person.family_care"},
        {"2026-02-20T12:00+01:00",
         ADULT_CASE(POSITIVE1
                    "{at: 2026-02-04, type: service, service: accommodation, phase: started}"),
         "accommodation", "unknown", "service.kind"},
        {"2026-02-20T12:00+01:00",
         ADULT_CASE(POSITIVE1 "{at: 2026-02-04, type: service, service: education}"),
         "accommodation", "overdue", NULL},
        /* whether a window was one is idle once it is over */
        {"2026-02-05T12:00+01:00",
         "{" CHILD EVENTS(
             "{at: 2026-02-04T10:00+01:00, type: service, service: accommodation, phase: started}"),
         "golden_day", "unknown", "safety.disappearance_risk"},
        {"2026-02-08T12:00+01:00",
         "{" CHILD EVENTS(
             "{at: 2026-02-04T10:00+01:00, type: service, service: accommodation, phase: started}"),
         "golden_day", "met", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct harness harness;
        const struct nrm_due *dues, *found = NULL;
        harness_start(&harness, rows[i].now, NULL);
        harness_case(&harness, rows[i].yaml);
        size_t count = nrm_clocks(&harness.standing, NULL, &dues);
        for (size_t j = 0; j < count; j++)
            if (strcmp(dues[j].clock->id, rows[i].clock) == 0)
                found = &dues[j];
        cr_assert_not_null(found, "row %zu", i);
        cr_expect_str_eq(nrm_due_state_text((enum nrm_due_state)found->state), rows[i].state,
                         "row %zu", i);
        cr_expect_str_eq(found->missing ? found->missing : "nothing",
                         rows[i].missing ? rows[i].missing : "nothing", "row %zu", i);
        harness_end(&harness);
    }
}

/* Clocks for which the handbook gives no figure run only where a profile gives one (H03-D029
 * H03-D022 H03-D023 H03-D001 H03-D003 H03-D027), and the windows of a child's risk (H01-D005
 * H01-D006 H02-D020 H02-D021 H04-D010). */
Test(clock, windows_and_ends)
{
    static const struct row rows[] = {
        {"2026-03-10T12:00+01:00",
         "{" ADULT EVENTS("{at: 2026-03-01, type: referred}, {at: 2026-03-03, type: "
                          "stage1_decision, outcome: negative}"),
         "appeal_lodging", ""},
        {"2026-03-10T12:00+01:00", "{" CHILD EVENTS("{at: 2026-03-08T10:00+01:00, type: detected}"),
         "missing_risk_window", "soon 2026-03-11T10:00+01:00 2026-03-08T10:00+01:00 - exact"},
        {"2026-03-10T12:00+01:00", "{" CHILD EVENTS("{at: 2026-03-08T10:00+01:00, type: detected}"),
         "safety_information", "overdue 2026-03-09T10:00+01:00 2026-03-08T10:00+01:00 - exact"},
        {"2026-03-10T12:00+01:00", "{" CHILD EVENTS("{at: 2026-03-01, type: detected}"),
         "missing_risk_weeks", "pending 2026-03-15 2026-03-01 - exact"},
        /* H03-T036: a permit ends by its own date */
        {"2026-03-10T12:00+01:00",
         "{" ADULT EVENTS("{at: 2025-06-01, type: permit_granted, until: 2026-05-31}"),
         "permit_renewal", "soon 2026-05-31 2025-06-01 - exact"},
        {"2026-03-10T12:00+01:00",
         "{" ADULT EVENTS("{at: 2025-06-01, type: permit_granted, until: 2026-02-28}"),
         "permit_renewal", "overdue 2026-02-28 2025-06-01 - exact"},
        /* H03-D020 H03-D021 H02-D006: until 18 at the earliest, told a year before */
        {"2026-03-10T12:00+01:00",
         "{person: {birth_date: 2009-02-01}, " EVENTS(
             "{at: 2026-03-01, type: advocate_allocated, kind: guardian}"),
         "guardian_advocate_end", "soon 2027-02-01 2026-03-01 - exact"},
        /* between pause and resume a clock stands still, where a profile says so */
        {"2026-03-10T12:00+01:00",
         "{profile: pausing, " ADULT EVENTS(
             "{at: 2026-02-01, type: stage1_decision, outcome: positive}, {at: 2026-02-10, type: "
             "age_challenged}, {at: 2026-02-20, type: age_challenge_decided, outcome: adult}"),
         "stage2_decision", "pending 2026-05-12 2026-02-01 - exact"},
    };
    CHECK(rows);
}
