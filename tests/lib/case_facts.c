/* The facts of a case in words, with and without what names the person. The handbook keeps identity
 * apart (20.A1, 20.C1): what is not known to be safe is not shown, and every wrong value is said to
 * count for nothing. */
#include "harness.h"

#include "rules/case_facts.h"

#define NOW "2026-03-10T12:00+01:00"
#define WRONG "(wrong value, counts as unknown)"

struct row {
    const char *yaml;
    const char *shown, *all; /* ALL NULL: the same */
    unsigned long hidden;
};

static const struct row documents[] = {
    /* values by their type */
    {"{id: a, nrm: 1, profile: odihr, events: []}", "", NULL, 0},
    {"{person: {gender: female, nationality: [NGA, null]}}",
     "  - person: gender: female; nationality: NGA, unknown\n", NULL, 0},
    {"{person: {nationality: []}}", "  - person: nationality: none\n", NULL, 0},
    {"{contact: {safe_to_call: no, safe_to_text: 'Yes', safe_to_write: unknown}}",
     "  - contact: safe to call: no; safe to text: yes; safe to write: unknown\n", NULL, 0},
    {"{person: {residence_status: asylum_seeker}}", "  - person: residence status: asylum seeker\n",
     NULL, 0},
    {"{person: {gender: }, health: null}", "", NULL, 0},
    {"{x: &g female, person: {gender: *g}}", "  - person: gender: female\n",
     "  - x: female\n  - person: gender: female\n", 1},
    {"{<<: {person: {<<: {gender: female}}}}", "  - person: gender: female\n", NULL, 0},
    /* wrong ones */
    {"{person: {age_group: adlut}}", "  - person: age group: " WRONG "\n", NULL, 0},
    {"{person: {gender: [female, male]}}", "  - person: gender: " WRONG "\n", NULL, 0},
    {"{person: {nationality: [[NGA], POL]}}", "  - person: nationality: " WRONG ", POL\n", NULL, 0},
    {"{person: {gender: {a: Bee}}}", "  - person: gender: (not shown)\n",
     "  - person: gender: (a Bee)\n", 1},
    {"{person: Bee}", "  - person: " WRONG "\n", NULL, 0},
    {"{person: [{gender: female}]}", "  - person: " WRONG "\n", NULL, 0},
    {"{exploitation: {debt: owed}}", "  - exploitation: debt: " WRONG "\n", NULL, 0},
    {"{team: police}", "  - team: " WRONG "\n", NULL, 0},
    /* groups, and the lists in them */
    {"{exploitation: {debt: {claimed: true, interest: no}, forms: [labour]}}",
     "  - exploitation: debt claimed: yes; debt interest: no; forms: labour\n", NULL, 0},
    {"{exploitation: {periods: [{country: POL}, {country: NGA, place: P}], forms: [labour]}}",
     "  - exploitation: forms: labour\n  - exploitation periods: country: POL\n"
     "  - exploitation periods: country: NGA; place: P\n",
     NULL, 0},
    {"{exploitation: {periods: [{country: POL}]}}", "  - exploitation periods: country: POL\n",
     NULL, 0},
    {"{team: [{profession: police}, {}]}", "  - team: profession: police\n", NULL, 0},
    {"{person: {dependants: {relation: son}}}", "  - person: dependants relation: son\n", NULL, 0},
    {"{person: {dependants: [{relation: son}, daughter, null]}}",
     "  - person dependants: relation: son\n  - person dependants: " WRONG "\n"
     "  - person dependants: unknown\n",
     NULL, 0},
    /* what names the person, and what may */
    {"{identity: {name: Bee, known_as: B}}", "", "  - identity: name: Bee; known as: B\n", 2},
    {"{identity: Bee}", "", "  - identity: " WRONG "\n", 1},
    {"{contact: {phone: ['+1', '+2'], best_time: noon}}", "  - contact: best time: noon\n",
     "  - contact: phone: +1, +2; best time: noon\n", 1},
    {"{nickname: Bee}", "", "  - nickname: Bee\n", 1},
    {"{person: {nickname: Bee, gender: female}}", "  - person: gender: female\n",
     "  - person: nickname: Bee; gender: female\n", 1},
    {"{exploitation: {debt: {lender: Bee}}}", "", "  - exploitation: debt lender: Bee\n", 1},
    {"{team: [{badge: Bee}]}", "", "  - team: badge: Bee\n", 1},
    {"{odd: {deep: [1, {a: {}, b_c: []}], ? [x] : ~}}", "",
     "  - odd: (deep 1, (a (), b c none), (a key) unknown)\n", 1},
    /* keys that only look like those of the model */
    {"{person.gender: Bee}", "", "  - person gender: Bee\n", 1},
    {"{exploitation: {debt.purpose: Bee}}", "", "  - exploitation: debt purpose: Bee\n", 1},
    {"{? [a, b] : Bee, person: {? {a: b} : Bee}}", "",
     "  - (a key): Bee\n  - person: (a key): Bee\n", 2},
    {"{person: "
     "{x234567890123456789012345678901234567890123456789012345678901234567890123456789012345"
     "6789012345: Bee}}",
     "",
     "  - person: "
     "x2345678901234567890123456789012345678901234567890123456789012345678901234567890123"
     "456789012345: Bee\n",
     1},
};

static const struct row events[] = {
    {"{at: 2026-03-01, type: detected, by: police, place: hotel}", "by: police; place: hotel", NULL,
     0},
    {"{at: 2026-03-01, type: detected, by: null, place: hotel}", "place: hotel", NULL, 0},
    {"{at: 2026-03-01, type: permit_granted, number: A12, grounds: [personal]}",
     "grounds: personal", "number: A12; grounds: personal", 1},
    {"{at: 2026-03-01, type: permit_granted, until: 2026-02-01}", "until: " WRONG, NULL, 0},
    {"{at: 2026-03-01, type: permit_granted, grounds: [personal], until: 2026-02-01}",
     "grounds: personal; until: " WRONG, NULL, 0},
    {"{at: 2026-03-01, type: permit_granted, until: 2026-04-01}", "until: 2026-04-01", NULL, 0},
    {"{at: 2026-03-01, type: detected, nickname: Bee}", "", "nickname: Bee", 1},
    {"{at: 2026-03-01, type: detected, ? [b] : Bee}", "", "(a key): Bee", 1},
    {"{at: 2026-03-01, type: arrived, by: police, where: Bee}", "by: police",
     "by: police; where: Bee", 1},
    {"{at: 2026-03-01, type: age_assessment_started, experts: [doctor, {name: Bee}, [a, b]]}",
     "experts: doctor, (not shown), a, b", "experts: doctor, (name Bee), a, b", 1},
};

static void check(const struct row *row, bool identity, const char *text, unsigned long hidden)
{
    const char *wanted = identity && row->all ? row->all : row->shown;
    cr_expect_str_eq(text, wanted, "%s\nwanted: %s\ngot: %s", row->yaml, wanted, text);
    cr_expect_eq(hidden, identity ? 0 : row->hidden, "%s: %lu hidden", row->yaml, hidden);
}

Test(case_facts, a_document_group_by_group)
{
    struct harness harness;
    harness_start(&harness, NOW, NULL);
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        for (int identity = 0; identity < 2; identity++) {
            struct nrm_output output;
            nrm_output_init(&output, -1);
            nrm_output_text(&output, "");
            harness_case(&harness, documents[i].yaml);
            struct nrm_facts facts = {.arena = &harness.arena, .identity = identity};
            nrm_facts_print(&facts, &harness.c, &output, 200);
            check(&documents[i], identity, output.buffer.text ? output.buffer.text : "",
                  facts.hidden);
            nrm_output_finish(&output);
        }
    harness_end(&harness);
}

Test(case_facts, the_fields_of_an_event)
{
    struct harness harness;
    harness_start(&harness, NOW, NULL);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        for (int identity = 0; identity < 2; identity++) {
            struct nrm_buffer text = {0};
            char yaml[200];
            snprintf(yaml, sizeof yaml, "{events: [%s]}", events[i].yaml);
            harness_case(&harness, yaml);
            struct nrm_facts facts = {.arena = &harness.arena, .identity = identity};
            nrm_facts_event(&facts, &harness.c.events[0], &text);
            check(&events[i], identity, text.text ? text.text : "", facts.hidden);
            nrm_buffer_free(&text);
        }
    harness_end(&harness);
}

/* What the model leaves open is shown down to the depth that reading allows; nothing is counted as
 * left out where all was asked for. */
Test(case_facts, nothing_is_too_deep)
{
    struct harness harness;
    struct nrm_buffer yaml = {0};
    struct nrm_output output;
    nrm_buffer_printf(&yaml, "{odd: ");
    for (int i = 0; i < 60; i++)
        nrm_buffer_printf(&yaml, i % 2 ? "[" : "{a: ");
    nrm_buffer_printf(&yaml, "Bee");
    for (int i = 60; i-- > 0;)
        nrm_buffer_printf(&yaml, i % 2 ? "]" : "}");
    nrm_buffer_printf(&yaml, "}");
    harness_start(&harness, NOW, NULL);
    harness_case(&harness, yaml.text);
    nrm_output_init(&output, -1);
    struct nrm_facts facts = {.arena = &harness.arena, .identity = true};
    nrm_facts_print(&facts, &harness.c, &output, 200);
    cr_expect(strstr(output.buffer.text, "(a (a Bee))"), "%s", output.buffer.text);
    cr_expect_eq(facts.hidden, 0);
    nrm_output_finish(&output);
    nrm_buffer_free(&yaml);
    harness_end(&harness);
}
