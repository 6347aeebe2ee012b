/* Where cases stand: histories and what the derived names say of them, as a table. Every row states
 * facts and events in YAML, one name, and its value. Sections of the handbook and the case model
 * stand with the groups. */
#include "harness.h"

#include <sys/stat.h>
#include <unistd.h>

#define NOW "2026-03-10T12:00+01:00"
#define ADULT "person: {age_group: adult}, "
#define CHILD "person: {birth_date: 2012-05-01}, "
#define DETECTED "{at: 2026-02-01T10:00+01:00, type: detected}, "
#define REFERRED "{at: 2026-02-01T12:00+01:00, type: referred}, "
#define POSITIVE1 "{at: 2026-02-03T12:00+01:00, type: stage1_decision, outcome: positive}, "
#define NEGATIVE1 "{at: 2026-02-03T12:00+01:00, type: stage1_decision, outcome: negative}, "
#define GRANTED "{at: 2026-02-03T13:00+01:00, type: rr_granted}, "
#define POSITIVE2 "{at: 2026-03-01T12:00+01:00, type: stage2_decision, outcome: positive}, "
#define NEGATIVE2 "{at: 2026-03-01T12:00+01:00, type: stage2_decision, outcome: negative}, "
#define STAGE1 DETECTED REFERRED POSITIVE1 GRANTED
#define EVENTS(list) "events: [" list "]}"

struct row {
    const char *yaml, *name, *value;
};

static void check_rows(const struct row *rows, size_t count)
{
    struct harness harness;
    harness_start(&harness, NOW, NULL);
    cr_assert(harness.rules, "%s", harness.messages.text);
    for (size_t i = 0; i < count; i++) {
        harness_case(&harness, rows[i].yaml);
        cr_expect_str_eq(harness_value(&harness, rows[i].name), rows[i].value,
                         "row %zu: %s is %s, not %s\n%s", i, rows[i].name,
                         harness_value(&harness, rows[i].name), rows[i].value, rows[i].yaml);
    }
    harness_end(&harness);
}
#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

/* handbook 13.2, 13.8, 13.11, 13.13 */
Test(standing, straight_way)
{
    static const struct row rows[] = {
        {"{" ADULT EVENTS(""), "identification", "none"},
        {"{" ADULT EVENTS(DETECTED), "identification", "possible"},
        {"{" ADULT EVENTS(DETECTED REFERRED), "identification", "referred"},
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: accepted}"), "identification",
         "stage1"},
        {"{" ADULT EVENTS(STAGE1), "identification", "presumed"},
        {"{" ADULT EVENTS(STAGE1), "rr", "running"},
        {"{" ADULT EVENTS(DETECTED REFERRED POSITIVE1), "rr", "due"},
        {"{" ADULT EVENTS(STAGE1), "removal_barred", "true"},
        {"{" ADULT EVENTS(STAGE1 POSITIVE2), "identification", "victim"},
        /* a step that is not on record does not hold the next one up */
        {"{" ADULT EVENTS(POSITIVE1), "identification", "presumed"},
        {"{" ADULT EVENTS(POSITIVE2), "identification", "victim"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: accepted}"), "identification", "stage1"},
        /* what comes later than now is planned */
        {"{" ADULT EVENTS(DETECTED "{at: 2026-04-01, type: referred}"), "identification",
         "possible"},
    };
    CHECK(rows);
}

Test(standing, negative_ways)
{
    static const struct row rows[] = {
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1), "identification", "stage1_negative"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1), "removal_barred", "true"},
        /* a negative decision that nothing leads to does not move the case */
        {"{" ADULT EVENTS(DETECTED NEGATIVE1), "identification", "possible"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-05, type: stage1_decision, outcome: negative}"),
         "identification", "presumed"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE2), "identification", "referred"},
        {"{" ADULT EVENTS(STAGE1 NEGATIVE2), "identification", "stage2_negative"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: reconsideration_requested, of: stage1}"),
         "identification", "stage1_reconsideration"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: reconsideration_requested, of: stage1}"),
         "challenge", "stage1"},
        {"{" ADULT EVENTS(
             DETECTED REFERRED NEGATIVE1
             "{at: 2026-02-10, type: reconsideration_requested, of: stage1}, "
             "{at: 2026-02-20, type: reconsideration_decided, of: stage1, outcome: upheld}"),
         "identification", "stage1_negative"},
        {"{" ADULT EVENTS(
             DETECTED REFERRED NEGATIVE1
             "{at: 2026-02-10, type: reconsideration_requested, of: stage1}, "
             "{at: 2026-02-20, type: reconsideration_decided, of: stage1, outcome: overturned}"),
         "identification", "presumed"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: appeal_lodged, of: stage1}, "
                          "{at: 2026-02-20, type: appeal_decided, of: stage1, outcome: allowed}"),
         "rr", "due"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: appeal_lodged, of: stage1}, "
                          "{at: 2026-02-20, type: appeal_decided, of: stage1, outcome: remitted}"),
         "identification", "stage1"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: appeal_lodged, of: stage1}, "
                          "{at: 2026-02-20, type: appeal_decided, of: stage1, outcome: dismissed}"),
         "identification", "stage1_final"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: remedies_exhausted, of: stage1, how: lapsed}"),
         "identification", "stage1_final"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: remedies_exhausted, of: stage1, how: lapsed}"),
         "removal_barred", "unknown"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: remedies_exhausted, of: stage1, how: lapsed}, "
                          "{at: 2026-02-12, type: assessment, kind: immediate_risk}"),
         "removal_barred", "false"},
        {"{" ADULT EVENTS(STAGE1 NEGATIVE2
                          "{at: 2026-03-05, type: appeal_lodged, of: stage2}, "
                          "{at: 2026-03-08, type: appeal_decided, of: stage2, outcome: allowed}"),
         "identification", "victim"},
        {"{" ADULT EVENTS(STAGE1 NEGATIVE2
                          "{at: 2026-03-05, type: appeal_lodged, of: stage2}, "
                          "{at: 2026-03-08, type: appeal_decided, of: stage2, outcome: remitted}"),
         "identification", "presumed"},
        /* a positive decision after a negative one does move it */
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-20, type: stage1_decision, outcome: positive}"),
         "identification", "presumed"},
    };
    CHECK(rows);
}

/* handbook 13.2: leaving is free and the way back is open; a child's refusal moves nothing */
Test(standing, declined_and_withdrawn)
{
    static const struct row rows[] = {
        {"{" ADULT EVENTS(DETECTED "{at: 2026-02-02, type: declined}"), "identification",
         "declined"},
        {"{" CHILD EVENTS(DETECTED "{at: 2026-02-02, type: declined}"), "identification",
         "possible"},
        {"{" EVENTS(DETECTED "{at: 2026-02-02, type: declined}"), "identification", "possible"},
        {"{" ADULT EVENTS(DETECTED
                          "{at: 2026-02-02, type: declined}, {at: 2026-02-09, type: referred}"),
         "identification", "referred"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-20, type: withdrawn}"), "identification",
         "declined"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-20, type: withdrawn}"), "rr", "running"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-20, type: withdrawn}"), "removal_barred", "true"},
        {"{" ADULT EVENTS(DETECTED "{at: 2026-02-02, type: declined}"), "removal_barred",
         "unknown"},
        {"{" CHILD EVENTS(STAGE1 "{at: 2026-02-20, type: withdrawn}"), "identification",
         "presumed"},
    };
    CHECK(rows);
}

/* handbook 13.14 */
Test(standing, age)
{
    static const struct row rows[] = {
        {"{" EVENTS(""), "age", "unknown"},
        {"{" EVENTS(""), "track", "child"},
        {"{" ADULT EVENTS(""), "track", "adult"},
        {"{" CHILD EVENTS(""), "age", "child"},
        {"{person: {birth_date: 2008-03-10}, " EVENTS(""), "age", "adult"},
        {"{person: {birth_date: 2008-03-11}, " EVENTS(""), "age", "child"},
        {"{person: {birth_date: 2008-03}, " EVENTS(""), "age", "child"},
        {"{person: {birth_date: 2008}, " EVENTS(""), "age", "child"},
        {"{person: {birth_date: 2007}, " EVENTS(""), "age", "adult"},
        {"{person: {birth_date: 2007-02-30, age_group: adult}, " EVENTS(""), "age", "adult"},
        {"{person: {birth_date: nobody knows}, " EVENTS(""), "track", "child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}"), "age", "presumed_child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}"), "track", "child"},
        {"{" EVENTS("{at: 2026-02-02, type: age_doubted}"), "age", "presumed_child"},
        {"{" CHILD EVENTS("{at: 2026-02-02, type: age_doubted}"), "age", "child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: inconclusive}"),
         "age", "presumed_child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: child}"),
         "age", "settled_child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2]}"),
         "age", "assessed_adult"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2]}"),
         "track", "child"},
        /* 13.14: the estimate less its margin, 5 years where none is given, must reach 18 */
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2], estimate: 23, margin: 5}"),
         "age", "assessed_adult"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2], estimate: 22, margin: 5}"),
         "age", "presumed_child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2], estimate: 22}"),
         "age", "presumed_child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2], estimate: 20, margin: 2}"),
         "age", "assessed_adult"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2], estimate: 30, estimate_low: 17}"),
         "age", "presumed_child"},
        /* a forbidden method, one expert, nothing said of either: the finding does not hold */
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview, dental], experts: [e1, e2]}"),
         "age", "presumed_child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1]}"),
         "age", "presumed_child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult}"),
         "age", "presumed_child"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2]}, "
                          "{at: 2026-02-09, type: age_challenged}, "
                          "{at: 2026-02-10, type: remedies_exhausted, of: age, how: lapsed}"),
         "age", "assessed_adult"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2]}, "
                          "{at: 2026-02-09, type: age_challenged}"),
         "challenge", "age"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2]}, "
                          "{at: 2026-02-09, type: age_challenged}, "
                          "{at: 2026-02-12, type: age_challenge_decided, outcome: adult}, "
                          "{at: 2026-02-20, type: remedies_exhausted, of: age, how: decided}"),
         "age", "settled_adult"},
        {"{" ADULT EVENTS("{at: 2026-02-02, type: age_doubted}, "
                          "{at: 2026-02-05, type: age_assessment_result, result: adult, methods: "
                          "[interview], experts: [e1, e2]}, "
                          "{at: 2026-02-09, type: age_challenged}, "
                          "{at: 2026-02-12, type: age_challenge_decided, outcome: child}"),
         "age", "settled_child"},
        /* the claimed birthday comes during the doubt */
        {"{person: {birth_date: 2008-03-01}, " EVENTS("{at: 2026-02-02, type: age_doubted}"), "age",
         "adult"},
        {"{person: {birth_date: 1990-01-01}, " EVENTS("{at: 2026-02-02, type: age_doubted}"), "age",
         "presumed_child"},
    };
    CHECK(rows);
}

/* handbook 13.10, 13.11: the recovery and reflection period, stay, removal */
Test(standing, period_and_stay)
{
    static const struct row rows[] = {
        {"{" ADULT EVENTS(STAGE1), "rr_end", "2026-05-04"},
        {"{" ADULT EVENTS(DETECTED REFERRED POSITIVE1
                          "{at: 2026-02-03, type: rr_granted, until: 2026-02-20}"),
         "rr", "running"},
        {"{" ADULT EVENTS(DETECTED REFERRED POSITIVE1
                          "{at: 2026-02-03, type: rr_granted, from: 2026-02-05}"),
         "rr_end", "2026-05-06"},
        /* before the minimum it cannot be ended, nor while stage 2 is open */
        {"{" ADULT EVENTS(STAGE1 POSITIVE2 "{at: 2026-03-05, type: rr_ended}"), "rr", "running"},
        {"{" ADULT EVENTS("{at: 2025-10-01, type: stage1_decision, outcome: positive}, "
                          "{at: 2025-10-01, type: rr_granted}"),
         "rr", "lapsed"},
        {"{" ADULT EVENTS("{at: 2025-10-01, type: stage1_decision, outcome: positive}, "
                          "{at: 2025-10-01, type: rr_granted}, {at: 2026-01-05, type: rr_ended}"),
         "rr", "lapsed"},
        {"{" ADULT EVENTS("{at: 2025-10-01, type: stage1_decision, outcome: positive}, "
                          "{at: 2025-10-01, type: rr_granted}, " POSITIVE2),
         "rr", "ended"},
        {"{" ADULT EVENTS("{at: 2025-10-01, type: stage1_decision, outcome: positive}, "
                          "{at: 2025-10-01, type: rr_granted}, {at: 2025-12-20, type: rr_extended, "
                          "until: 2026-04-01}"),
         "rr", "extended"},
        {"{" ADULT EVENTS(
             "{at: 2025-10-01, type: stage1_decision, outcome: positive}, "
             "{at: 2025-10-01, type: rr_granted}, {at: 2025-12-20, type: rr_extended}"),
         "rr", "extended"},
        {"{" ADULT EVENTS(STAGE1), "stay", "rr"},
        {"{" ADULT EVENTS(DETECTED), "stay", "unknown"},
        {"{person: {age_group: adult, residence_status: irregular}, " EVENTS(DETECTED), "stay",
         "none"},
        {"{person: {age_group: adult, residence_status: citizen}, " EVENTS(STAGE1), "stay",
         "secure"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-03-01, type: permit_granted, until: 2027-03-01}"),
         "stay", "permit"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-03-01, type: permit_granted, until: 2026-03-09}"),
         "stay", "rr"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-03-01, type: permit_granted, until: 2026-03-10}"),
         "stay", "permit"},
        {"{" ADULT EVENTS(
             STAGE1 "{at: 2026-03-01, type: permit_granted}, {at: 2026-03-05, type: permit_ended}"),
         "stay", "rr"},
        {"{" ADULT EVENTS(""), "removal_barred", "false"},
        {"{" ADULT EVENTS(DETECTED), "removal_barred", "unknown"},
        {"{" ADULT EVENTS(DETECTED REFERRED), "removal_barred", "true"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-04, type: advocate_allocated, kind: interim}"),
         "support", "interim"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-04, type: advocate_allocated, kind: independent}"),
         "support", "advocate"},
        {"{" CHILD EVENTS(STAGE1 "{at: 2026-02-04, type: advocate_allocated, kind: guardian}, "
                                 "{at: 2026-02-10, type: handover}"),
         "support", "handover"},
        /* whoever else stands by is still there: the event says which advocate it was */
        {"{" CHILD EVENTS(STAGE1 "{at: 2026-02-04, type: advocate_allocated, kind: guardian}, "
                                 "{at: 2026-02-09, type: advocate_allocated, kind: independent}, "
                                 "{at: 2026-02-10, type: handover}"),
         "support", "advocate"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-04, type: advocate_allocated, kind: independent}, "
                                 "{at: 2026-02-10, type: advocate_ended, kind: interim}"),
         "support", "advocate"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-04, type: advocate_allocated, kind: independent}, "
                                 "{at: 2026-02-10, type: advocate_ended, kind: guardian}"),
         "support", "advocate"},
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-04, type: advocate_allocated, kind: independent}, "
                                 "{at: 2026-02-10, type: advocate_ended}"),
         "support", "none"},
        /* a permit bars removal, whatever else makes the stay secure */
        {"{person: {age_group: adult, residence_status: refugee}, " EVENTS(
             "{at: 2026-02-04, type: permit_granted, until: 2027-02-04}"),
         "removal_barred", "true"},
        /* withdrawn and back after the period ran out: it is owed anew */
        {"{" ADULT EVENTS("{at: 2025-03-03, type: stage1_decision, outcome: positive}, "
                          "{at: 2025-03-04, type: rr_granted}, {at: 2025-04-01, type: withdrawn}, "
                          "{at: 2026-03-01, type: stage1_decision, outcome: positive}"),
         "rr", "due"},
        /* back while it runs: it goes on, and no shorter than 90 days from now */
        {"{" ADULT EVENTS("{at: 2025-12-03, type: stage1_decision, outcome: positive}, "
                          "{at: 2025-12-04, type: rr_granted}, {at: 2025-12-10, type: withdrawn}, "
                          "{at: 2026-02-20, type: stage1_decision, outcome: positive}"),
         "rr", "running"},
    };
    CHECK(rows);
}

/* handbook 13.11, 13.13: closing is held until nobody is left behind */
Test(standing, closing)
{
    static const struct row rows[] = {
        {"{" ADULT EVENTS(STAGE1 "{at: 2026-02-20, type: closed, reason: other}"), "identification",
         "presumed"},
        {"{" ADULT EVENTS(STAGE1 POSITIVE2 "{at: 2026-03-05, type: closed, reason: goals_met}"),
         "identification", "closed"},
        {"{" CHILD EVENTS(STAGE1 POSITIVE2 "{at: 2026-03-05, type: closed, reason: goals_met}"),
         "identification", "victim"},
        {"{" CHILD EVENTS(
             STAGE1 POSITIVE2
             "{at: 2026-03-02, type: assessment, kind: bic}, {at: 2026-03-03, type: plan}, "
             "{at: 2026-03-05, type: closed, reason: goals_met}"),
         "identification", "closed"},
        {"{" ADULT EVENTS(
             STAGE1 POSITIVE2
             "{at: 2026-03-05, type: closed, reason: goals_met}, {at: 2026-03-06, type: reopened}"),
         "identification", "victim"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: remedies_exhausted, of: stage1}, "
                          "{at: 2026-02-11, type: closed, reason: other}"),
         "identification", "stage1_final"},
        {"{" ADULT EVENTS(DETECTED REFERRED NEGATIVE1
                          "{at: 2026-02-10, type: remedies_exhausted, of: stage1}, "
                          "{at: 2026-02-11, type: assessment, kind: vulnerability}, {at: "
                          "2026-02-12, type: referred, to: welfare}, "
                          "{at: 2026-02-13, type: closed, reason: other}"),
         "identification", "closed"},
    };
    CHECK(rows);
}

/* case model, settled semantics: voids */
Test(standing, voids)
{
    static const struct row rows[] = {
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: void, event: 2}"),
         "identification", "possible"},
        {"{" ADULT EVENTS(DETECTED "{id: r, at: 2026-02-01T12:00+01:00, type: referred}, {at: "
                                   "2026-02-02, type: void, event: r}"),
         "identification", "possible"},
        /* a void of a void restores */
        {"{" ADULT EVENTS(
             DETECTED REFERRED
             "{at: 2026-02-02, type: void, event: 2}, {at: 2026-02-03, type: void, event: 3}"),
         "identification", "referred"},
        /* a circle voids nothing */
        {"{" ADULT EVENTS(
             DETECTED REFERRED
             "{at: 2026-02-02, type: void, event: 4}, {at: 2026-02-03, type: void, event: 3}"),
         "identification", "referred"},
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: void, event: 3}"),
         "identification", "referred"},
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: void, event: 99}"),
         "identification", "referred"},
        /* two events of one id cannot be told apart */
        {"{" ADULT EVENTS("{id: x, at: 2026-02-01T10:00+01:00, type: detected}, {id: x, at: "
                          "2026-02-01T12:00+01:00, type: referred}, "
                          "{at: 2026-02-02, type: void, event: x}"),
         "identification", "referred"},
        /* what names no event voids none: nothing, too much, no number, a place behind the last */
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: void}"), "identification",
         "referred"},
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: void, event: ''}"),
         "identification", "referred"},
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: void, event: '0000000002'}"),
         "identification", "referred"},
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: void, event: '-2'}"),
         "identification", "referred"},
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: void, event: '2nd'}"),
         "identification", "referred"},
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-02-02, type: void, event: 0}"),
         "identification", "referred"},
        /* places are counted as the file has them; an item that is no event keeps its own */
        {"{" ADULT EVENTS("lost, " DETECTED REFERRED "{at: 2026-02-02, type: void, event: 1}"),
         "identification", "referred"},
        {"{" ADULT EVENTS("lost, " DETECTED REFERRED "{at: 2026-02-02, type: void, event: 3}"),
         "identification", "possible"},
        /* an id is looked for before a place */
        {"{" ADULT EVENTS(DETECTED "{id: '1', at: 2026-02-01T12:00+01:00, type: referred}, "
                                   "{at: 2026-02-02, type: void, event: 1}"),
         "identification", "possible"},
        /* a planned void does not count yet */
        {"{" ADULT EVENTS(DETECTED REFERRED "{at: 2026-04-02, type: void, event: 2}"),
         "identification", "referred"},
    };
    CHECK(rows);
}

/* handbook 13.7: co-operation moves nothing but its own record */
Test(standing, cooperation_moves_nothing)
{
    static const char *const choices[] = {"undecided", "yes", "no", "withdrawn"};
    static const char *const names[] = {"track", "age",     "identification", "rr",
                                        "stay",  "support", "challenge",      "removal_barred"};
    struct harness with, without;
    harness_start(&with, NOW, NULL);
    harness_start(&without, NOW, NULL);
    for (size_t i = 0; i < 4; i++) {
        char yaml[1024];
        snprintf(yaml, sizeof yaml,
                 "{%s events: [%s {at: 2026-02-01T11:00+01:00, type: cooperation, choice: %s}]}",
                 ADULT, STAGE1, choices[i]);
        harness_case(&with, yaml);
        harness_case(&without, "{" ADULT EVENTS(STAGE1));
        for (size_t j = 0; j < sizeof names / sizeof *names; j++)
            cr_expect_str_eq(harness_value(&with, names[j]), harness_value(&without, names[j]));
        cr_expect_str_eq(harness_value(&with, "cooperation"), choices[i]);
    }
    harness_end(&with);
    harness_end(&without);
}

static bool stands(struct harness *harness, const char *yaml)
{
    struct nrm_place place = {.file = "case", .line = 1, .column = 1};
    nrm_arena_reset(&harness->arena);
    nrm_buffer_clear(&harness->messages);
    struct nrm_node *root = nrm_yaml_parse(&harness->arena, nrm_str(yaml), &place, &harness->sink);
    cr_assert(nrm_case_from_node(&harness->c, &harness->arena, root, "case", &harness->sink));
    return nrm_rules_stand(harness->rules, &harness->c, &harness->standing);
}

static const char *told(const struct harness *harness)
{
    return harness->messages.length ? harness->messages.text : "";
}

#define NAME_64 "a234567890123456789012345678901234567890123456789012345678901234"

/* nrm-profile(5): a case is judged by the profile that it names, without one by odihr; a name that
 * leads nowhere leaves it to odihr as well, so that its clocks do not fall silent. No name from a
 * case reaches files outside profiles/. */
Test(standing, the_profile_that_a_case_names)
{
    static const struct {
        const char *yaml, *profile, *message; /* message "": none */
    } rows[] = {
        {"{id: a}", "odihr", ""},
        {"{profile: nl}", "nl", ""},
        {"{profile: nl}", "nl", ""},
        {"{profile: ~}", "odihr", ""},
        {"{profile: ''}", "odihr", "a plain name is wanted, without a path"},
        {"{profile: ../profiles/nl}", "odihr", "case:1:11: warning: profile: a plain name is"},
        {"{profile: profiles/nl}", "odihr", "a plain name is wanted, without a path"},
        {"{profile: .nl}", "odihr", "a plain name is wanted, without a path"},
        {"{profile: " NAME_64 "5}", "odihr", "a plain name is wanted, without a path"},
        {"{profile: " NAME_64 "}", "odihr",
         "case:1:11: warning: profile: there is no such profile"},
    };
    struct harness harness;
    harness_start(&harness, NOW, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_assert(stands(&harness, rows[i].yaml), "%s", rows[i].yaml);
        cr_expect_str_eq(harness.standing.profile->id, rows[i].profile, "%s", rows[i].yaml);
        cr_expect(*rows[i].message ? strstr(told(&harness), rows[i].message) != NULL
                                   : *told(&harness) == '\0',
                  "%s: %s", rows[i].yaml, told(&harness));
    }
    harness_end(&harness);
    /* -p goes before what a case names */
    harness_start(&harness, NOW, "uk");
    cr_assert(stands(&harness, "{profile: nl}"));
    cr_expect_str_eq(harness.standing.profile->id, "uk");
    harness_end(&harness);
}

static char folder[] = "/tmp/nrm-standing.XXXXXX";

static void make_folder(void)
{
    char path[64];
    cr_assert(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/profiles", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
}

static void remove_folder(void)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

static void write_profile(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/profiles/%s.yaml", folder, name);
    FILE *file = fopen(path, "w");
    cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* A profile that is there and cannot be read is trouble, told once however many cases name it. */
Test(standing, a_broken_profile, .init = make_folder, .fini = remove_folder)
{
    char places[64];
    struct harness harness;
    write_profile("torn", "profile: torn\nextends: odihr\nzone: Mars/Phobos\n");
    harness_start(&harness, NOW, NULL);
    snprintf(places, sizeof places, "%s:.", folder);
    setenv("NRM_PATH", places, 1);
    cr_expect(!stands(&harness, "{profile: torn}"));
    cr_expect(strstr(told(&harness), "torn.yaml:3:7: error: no such time zone"), "%s",
              told(&harness));
    cr_expect(!stands(&harness, "{profile: torn}"));
    cr_expect_str_eq(told(&harness), "");
    cr_expect(stands(&harness, "{profile: nl}"), "other cases are judged all the same");
    harness_end(&harness);
}

/* One run keeps so many profiles and no more, whatever cases name. */
Test(standing, too_many_profiles, .init = make_folder, .fini = remove_folder)
{
    enum { MOST = 512 };
    char places[64], name[16], yaml[32];
    struct harness harness;
    harness_start(&harness, NOW, NULL);
    snprintf(places, sizeof places, "%s:.", folder);
    setenv("NRM_PATH", places, 1);
    for (int i = 0; i <= MOST; i++) {
        snprintf(name, sizeof name, "p%d", i);
        snprintf(yaml, sizeof yaml, "{profile: p%d}", i);
        write_profile(name, "- no profile\n");
        cr_expect(!stands(&harness, yaml));
        cr_expect_eq(strstr(told(&harness), "more than 512 profiles are named in one run") != NULL,
                     i == MOST, "profile %d: %s", i, told(&harness));
    }
    harness_end(&harness);
}

Test(standing, names_of_expressions)
{
    struct harness harness;
    harness_start(&harness, NOW, NULL);
    int track = nrm_rules_name(harness.rules, NRM_STR("track"));
    cr_assert(track >= 0);
    cr_expect_str_eq(nrm_rules_names(harness.rules)->names[track], "track");
    cr_expect_eq(nrm_rules_name(harness.rules, NRM_STR("trac")), -1);
    harness_end(&harness);
}
