/* The page of one case: what it says where something is missing, was held, or happened twice. How
 * facts are worded is in case_facts.c. */
#include "harness.h"

#include "rules/case_page.h"

#define NOW "2026-03-10T12:00+01:00"
#define ADULT "id: a, person: {age_group: adult}, events: "

static const char *page_of(struct harness *harness, struct nrm_output *output, const char *yaml,
                           const struct nrm_care_list *first, const struct nrm_care_list *second)
{
    struct nrm_case_page page = {
        .output = output, .width = 200, .rules = harness->rules, .care = {first, second}};
    harness_case(harness, yaml);
    nrm_buffer_clear(&output->buffer);
    nrm_case_page_print(&page, &harness->standing);
    return output->buffer.text;
}

struct row {
    const char *yaml;
    const char *there, *absent; /* ABSENT may be NULL */
};

static const struct row rows[] = {
    /* what is not on record */
    {"{person: {age_group: adult}}", "Case without number, an adult\n", NULL},
    {"{id: a}", "Case a, a child or perhaps a child\n", NULL},
    {"{id: a}", "\nHistory\n  no events\n", "does not count"},
    {"{id: a, events: [{type: detected}]}",
     "\n   1  not dated signs of trafficking were noticed [detected]\n", "no events"},
    {"{" ADULT "[]}", "\n  - right to stay: unknown\n", NULL},
    /* handbook 13.2: before stage 1 nothing tells whether removal is barred */
    {"{" ADULT "[{at: 2026-03-01, type: detected}]}", "\n  - removal is barred: cannot be told\n",
     NULL},
    /* a guard that holds, does not, cannot be told (handbook 13.4: consent comes first) */
    {"{" ADULT "[{at: 2026-03-01, type: consent, purpose: nrm_referral, status: given}, "
     "{at: 2026-03-02, type: referred}]}",
     "-> identification: referred, was none\n", "! "},
    {"{" ADULT "[{at: 2026-03-01, type: consent, purpose: nrm_referral, status: refused}, "
     "{at: 2026-03-02, type: referred}]}",
     "\n      ! an adult is referred only with consent", "perhaps"},
    {"{" ADULT "[{at: 2026-03-01, type: consent, purpose: nrm_referral}, "
     "{at: 2026-03-02, type: referred}]}",
     "\n      ! perhaps: an adult is referred only with consent", NULL},
    {"{" ADULT "[{at: 2026-03-02, type: accepted}, {at: 2026-03-03, type: stage2_decision, "
     "outcome: negative}]}",
     "\n      ! leads nowhere from where the case stood\n", "victim"},
    /* handbook 13.10: the period does not end before its minimum; the step is held */
    {"{" ADULT "[{at: 2026-03-01, type: stage1_decision, outcome: positive}, "
     "{at: 2026-03-02, type: rr_granted}, {at: 2026-03-05, type: rr_ended}]}",
     "\n  - recovery and reflection period: running, until 2026-05-31\n", "-> reflection: ended"},
    /* handbook 13.3: a child's no is recorded and moves nothing */
    {"{id: a, person: {age_group: child}, events: [{at: 2026-03-01, type: detected}, "
     "{at: 2026-03-05, type: declined}]}",
     ", since 2026-03-01\n", "was possible"},
    /* asked for anew, it stands where it stood from the first time on */
    {"{" ADULT "[{at: 2026-03-01, type: accepted}, {at: 2026-03-02, type: stage1_decision, "
     "outcome: negative}, {at: 2026-03-03, type: reconsideration_requested, of: stage1}, "
     "{at: 2026-03-04, type: reconsideration_requested, of: stage1}]}",
     ", since 2026-03-03\n", "was stage1_reconsideration"},
    /* events that do not count stand together, each with its reason */
    {"{" ADULT "[{at: 2026-03-01, type: detected}, {at: 2026-03-02, type: void, event: 1}, "
     "{at: 2026-04-01, type: contact}]}",
     "\nOn record, and does not count\n"
     "   1  2026-03-01 signs of trafficking were noticed [detected] (void)\n"
     "   3  2026-04-01 contact with the person [contact] (lies ahead)\n",
     "-> identification"},
    /* an hour is wanted and a date alone is there: on that day it may have been in time or not */
    {"{" ADULT "[{at: 2026-03-07T09:00+01:00, type: stage1_decision, outcome: positive}, "
     "{at: 2026-03-09, type: service, service: legal_advice, phase: started}]}",
     "\n  unknown  2026-03-09T09:00+01:00: Specialist legal advice\n", NULL},
    {"{" ADULT "[{at: 2026-03-09, type: stage1_decision}, {at: 2026-03-10, type: rr_granted}]}",
     "\n  unknown  no date: Recovery and reflection period granted (cannot be told, missing is "
     "start)\n",
     NULL},
    /* the law of a country may set the age of majority later than 18 */
    {"{id: a, person: {birth_date: 2008-03-05}, events: [{at: 2026-03-01, type: detected}]}",
     "\n      2026-03-05T00:00+01:00 coming of age\n", "birthday"},
};

Test(case_page, what_it_says)
{
    struct harness harness;
    struct nrm_output output;
    harness_start(&harness, NOW, NULL);
    nrm_output_init(&output, -1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *text = page_of(&harness, &output, rows[i].yaml, NULL, NULL);
        cr_expect(strstr(text, rows[i].there), "%s\nwanted: %s\ngot:\n%s", rows[i].yaml,
                  rows[i].there, text);
        cr_expect(!rows[i].absent || !strstr(text, rows[i].absent), "%s\nnot wanted: %s\ngot:\n%s",
                  rows[i].yaml, rows[i].absent, text);
    }
    nrm_output_finish(&output);
    harness_end(&harness);
}

/* What to do next comes from the lists that are given and concern the case: stage2 only a presumed
 * victim, guards nobody from then on. */
Test(case_page, lists_that_concern_the_case)
{
    static const char detected[] = "{" ADULT "[{at: 2026-03-01, type: detected}]}";
    static const char presumed[] =
        "{" ADULT "[{at: 2026-03-01, type: stage1_decision, outcome: positive}]}";
    static const char heading[] = "\nWhat to do next\n";
    struct harness harness;
    struct nrm_arena arena = {0};
    struct nrm_output output;
    harness_start(&harness, NOW, NULL);
    nrm_output_init(&output, -1);
    const struct nrm_names *names = nrm_rules_names(harness.rules);
    const struct nrm_care_list *guards =
        nrm_care_read(&arena, NRM_STR("guards"), names, &harness.sink);
    const struct nrm_care_list *stage2 =
        nrm_care_read(&arena, NRM_STR("stage2"), names, &harness.sink);
    cr_assert(guards && stage2, "%s", harness.messages.text);
    cr_expect(!strstr(page_of(&harness, &output, detected, NULL, stage2), heading));
    cr_expect(strstr(page_of(&harness, &output, presumed, NULL, stage2), heading));
    cr_expect(strstr(page_of(&harness, &output, detected, guards, NULL), heading));
    cr_expect(!strstr(page_of(&harness, &output, presumed, guards, NULL), heading));
    nrm_output_finish(&output);
    nrm_arena_free(&arena);
    harness_end(&harness);
}
