/* Clocks: a case, a moment, a clock, and what is due. The figures are those of the case model. */
#include "harness.h"

#define ADULT "person: {age_group: adult}, "
#define CHILD "person: {birth_date: 2012-05-01, family_care: none}, "
#define EVENTS(list) "events: [" list "]}"
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
        /* a date alone: an hours clock runs from the start of the day */
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

/* case model, change of track */
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
        /* what only children have starts then */
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1 "{at: 2026-02-10T10:00+01:00, type: age_doubted}"),
         "guardian_advocate", "pending 2026-02-11T10:00+01:00 2026-02-10T10:00+01:00 - exact"},
        {"2026-02-10T12:00+01:00",
         "{" ADULT EVENTS(POSITIVE1 "{at: 2026-02-10T10:00+01:00, type: age_doubted}"),
         "independent_advocate", "waived 2026-02-05T12:00+01:00 2026-02-03T12:00+01:00 - exact"},
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
