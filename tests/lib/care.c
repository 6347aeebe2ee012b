/* Care lists: what is due, what is open, what is done; and mistakes in a list. */
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"
#include "rules/care.h"
#include "rules/policy.h"

#define NOW "2026-11-25T12:00+01:00"

static const struct nrm_care_list *read_list(struct harness *harness, struct nrm_arena *arena,
                                             const char *name)
{
    return nrm_care_read(arena, nrm_str(name), nrm_rules_names(harness->rules), &harness->sink);
}

static const struct nrm_care_item *item_of(const struct nrm_care_list *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].id, id) == 0)
            return &list->items[i];
    cr_assert_fail("no item %s", id);
    return NULL;
}

struct state {
    const char *list, *item, *yaml;
    enum nrm_care wanted;
};

#define ADULT "person: {age_group: adult}"
#define CHILD "person: {age_group: child}"
#define SAYS(kind, keys)                                                                           \
    "{person: {age_group: " kind "}, events: [{at: 2026-03-01, "                                   \
    "type: interview, stage: 1, " keys "}]}"
#define POSITIVE "{at: 2026-03-01, type: stage1_decision, outcome: positive}"
#define CONCLUSIVE "{at: 2026-03-05, type: stage2_decision, outcome: positive}"
#define NEGATIVE                                                                                   \
    "{at: 2026-02-28, type: referred}, {at: 2026-03-01, type: stage1_decision, outcome: negative}"
#define FINAL NEGATIVE ", {at: 2026-03-04, type: remedies_exhausted, of: stage1}"
#define ONWARD                                                                                     \
    "{at: 2026-03-05, type: assessment, kind: vulnerability}, {at: 2026-03-05, type: referred}"
#define REFLECTION "{at: 2026-03-02, type: rr_granted}"
#define RUNNING "{at: 2026-11-01, type: rr_granted, until: 2027-02-01}"
#define ALLOCATED(who) "{at: 2026-03-02, type: advocate_allocated, kind: " who "}"
#define GIVEN(what) "{at: 2026-03-02, type: service, service: " what ", phase: started}"
#define FIRST                                                                                      \
    GIVEN("nrm_referral")                                                                          \
    ", " GIVEN("urgent_health") ", " GIVEN("emergency_kit") ", " GIVEN("accommodation")
#define DOUBTED "{person: {birth_date: 2000-01-01}, events: [{at: 2026-03-01, type: age_doubted}"
#define REFERRED                                                                                   \
    ", {at: 2026-03-02, type: age_assessment_referred, last_resort: true, necessary: true"
#define FOUND(keys)                                                                                \
    ", {at: 2026-03-03, type: age_assessment_result, result: adult, experts: [a, b], "             \
    "methods: [interview]" keys "}"
#define WHOLE                                                                                      \
    ", guardian_present: true, margin: 2, qualifications_stated: true, written_at: 2026-03-03, "   \
    "explained_at: 2026-03-04, challenge_explained: true"
#define SETTLED ", {at: 2026-03-09, type: remedies_exhausted, of: age}"
#define OPEN NRM_CARE_OPEN
#define DONE NRM_CARE_DONE
#define OFF NRM_CARE_NOT_DUE

/* Each guard of handbook 13.4, 13.8 and 13.9 once open and once done, for whom it is meant. */
static const struct state states[] = {
    {"guards", "urgent_health", "{" ADULT "}", OPEN},
    {"guards", "urgent_health", "{" ADULT ", health: {urgent: true}}", OPEN},
    {"guards", "urgent_health", "{" ADULT ", health: {urgent: false}}", DONE},
    {"guards", "urgent_health", "{" CHILD ", health: {urgent: true, resolved_at: 2026-03-01}}",
     DONE},
    {"guards", "urgent_health", SAYS("adult", "health_ok: true"),
     DONE}, /* H03-G038 H03-G007 H03-E053 */
    {"guards", "ambulance", "{" ADULT ", health: {urgent: true}}", OPEN}, /* H02-S008 */
    {"guards", "ambulance", "{" ADULT "}", OFF},
    {"guards", "ambulance", "{" ADULT ", health: {urgent: true, resolved_at: 2026-03-01}}", OFF},
    {"guards", "emergency_kit", "{" ADULT "}", OPEN}, /* H03-G039 H03-E012 */
    {"guards", "emergency_kit", "{" ADULT ", needs: {kit_given_at: 2026-03-01}}", DONE},
    {"guards", "clothing", SAYS("child", "clothed: false"), OPEN}, /* H03-G040 */
    {"guards", "clothing", SAYS("child", "clothed: true"), DONE},
    {"guards", "private_place", SAYS("adult", "private: true"), DONE}, /* H03-G041 */
    {"guards", "private_place", "{" ADULT "}", OPEN},
    {"guards", "no_identity_yet", SAYS("adult", "nothing_before_private: true"), DONE},
    {"guards", "no_identity_yet", "{" CHILD "}", OPEN},                /* H03-G042 */
    {"guards", "companion", SAYS("adult", "companion: lawyer"), DONE}, /* H03-G043 */
    {"guards", "companion", SAYS("adult", "companion: none"), OPEN},
    {"guards", "companion", "{" CHILD "}", OFF},
    {"guards", "legal_offer", SAYS("adult", "legal_offer: true"), DONE}, /* H03-G044 H03-G006 */
    {"guards", "legal_offer", "{" ADULT "}", OPEN},
    {"guards", "interpreter", SAYS("adult", "interpreter: not_vetted"), OPEN}, /* H03-G045 */
    {"guards", "interpreter", SAYS("adult", "interpreter: vetted"), DONE},
    {"guards", "interpreter", "{person: {age_group: adult, interpreter: false}}", DONE},
    {"guards", "gender_preference", SAYS("adult", "gender_pref: true"), DONE}, /* H03-G046 */
    {"guards", "introduction", SAYS("child", "intro: true"), DONE},            /* H03-G049 */
    {"guards", "consent", SAYS("adult", "consent: true"), DONE}, /* H03-G050 H03-G005 */
    {"guards", "consent",
     "{" ADULT ", events: [{at: 2026-03-01, type: consent, purpose: interview, status: given}]}",
     DONE},
    {"guards", "consent",
     "{" ADULT ", events: [{at: 2026-03-01, type: consent, purpose: interview, status: given},"
     " {at: 2026-03-02, type: consent, purpose: interview, status: withdrawn}]}",
     OPEN},
    {"guards", "scope", SAYS("adult", "scope: true"), OPEN}, /* H03-G047 H03-G048 */
    {"guards", "scope", SAYS("adult", "scope: true, breaks_water: true"), DONE},
    {"guards", "separate_decision", SAYS("adult", "separate_decision: true"), DONE}, /* H03-G051 */
    {"guards", "participation", "{" CHILD "}", OPEN}, /* H03-G026 H03-G027 */
    {"guards", "participation", "{" ADULT "}", OFF},
    {"guards", "necessary", SAYS("child", "necessary_reason: asked for it"), DONE}, /* H03-G060 */
    {"guards", "child_needs", SAYS("child", "needs_met: true"), DONE},              /* H03-G052 */
    {"guards", "child_home", SAYS("child", "accommodation_settled: true"), DONE},   /* H03-G053 */
    {"guards", "child_home",
     "{" CHILD ", events: [{at: 2026-03-01, type: service, service: accommodation, phase: started,"
     " kind: interim}]}",
     OPEN},
    {"guards", "guardian_advocate",
     "{" CHILD ", events: [{at: 2026-03-01, type: advocate_allocated, kind: guardian}]}",
     DONE},                                                                        /* H03-G054 */
    {"guards", "guardian_present", SAYS("child", "guardian_present: true"), OPEN}, /* H03-G055 */
    {"guards", "guardian_present",
     SAYS("child", "guardian_present: true, guardian_met_before: true"), DONE},
    {"guards", "child_setting", SAYS("child", "child_centred: true"), DONE},         /* H03-G056 */
    {"guards", "child_interpreter", SAYS("child", "child_interpreter: true"), DONE}, /* H03-G057 */
    {"guards", "woman_specialist", SAYS("child", "woman_specialist: true"), DONE},   /* H03-G058 */
    {"guards", "child_specialists_only", SAYS("child", "child_specialist: true"), DONE},
    {"guards", "child_specialists_only", "{" CHILD "}", OPEN}, /* H03-G059 */
    {"stage2", "advocate_or_lawyer", "{" ADULT "}", OPEN},     /* H03-G061 */
    {"stage2", "advocate_or_lawyer",
     "{" ADULT ", events: [{at: 2026-03-01, type: interview, stage: 2, lawyer_present: true}]}",
     DONE},
    {"stage2", "verbatim_record",
     "{" ADULT ", events: [{at: 2026-03-01, type: interview, stage: 2, verbatim_record_offered: "
     "true}]}",
     DONE},                                        /* H03-G062 */
    {"stage2", "protocol", "{" ADULT "}", OPEN},   /* H03-G063 */
    {"steps", "child_first", "{" CHILD "}", OPEN}, /* H03-G029 H03-G028 H03-T052 */
    {"steps", "child_first", "{" ADULT "}", OFF},
    {"steps", "child_first", "{" CHILD ", events: [{at: 2026-03-01, type: assessment, kind: bic}]}",
     DONE},
    {"steps", "age_in_doubt", "{person: {age_group: unknown}}", OPEN}, /* H02-T002 H01-G003 */
    {"steps", "age_in_doubt", "{" CHILD "}", OFF},
    {"steps", "age_in_doubt",
     "{person: {birth_date: 2000-01-01, accused_status: charged, residence_status: irregular}, "
     "safety: {detained: true}, events: [{at: 2026-03-01, type: age_doubted}]}",
     OPEN}, /* H03-T102 H03-X008 */
    {"steps", "age_in_doubt", DOUBTED FOUND("") "]}", OFF},
    {"steps", "age_watch", DOUBTED "]}", OPEN}, /* H03-T085 */
    {"steps", "age_watch", DOUBTED REFERRED "}]}", OPEN},
    {"steps", "age_watch", DOUBTED REFERRED ", reason: two papers}]}", DONE}, /* H03-T087 */
    {"steps", "age_watch", "{" CHILD "}", OFF},
    {"steps", "age_estimate_stopped",
     DOUBTED ", {at: 2026-03-03, type: age_assessment_result, stopped_by_guardian: true}]}",
     OPEN}, /* H03-T090 */
    {"steps", "age_estimate_stopped", DOUBTED FOUND("") "]}", OFF},
    {"steps", "age_finding_whole", DOUBTED FOUND("") "]}", OPEN}, /* H03-X007 */
    {"steps", "age_finding_whole", DOUBTED FOUND(WHOLE) "]}", DONE},
    {"steps", "age_finding_whole", DOUBTED FOUND(WHOLE ", disagreement: true") "]}", OPEN},
    {"steps", "age_finding_whole",
     DOUBTED FOUND(WHOLE ", disagreement: true, supervisor: s-1") "]}", DONE}, /* H03-T091 */
    {"steps", "age_finding_open", DOUBTED FOUND("") "]}", OPEN}, /* H08-T013 */
    {"steps", "age_finding_open", DOUBTED "]}", OFF},
    {"steps", "age_finding_open", DOUBTED FOUND("") SETTLED "]}", OFF},
    {"steps", "age_settled_adult", DOUBTED FOUND("") SETTLED ", " POSITIVE "]}", OPEN},
    {"steps", "age_settled_adult", DOUBTED FOUND("") ", " POSITIVE "]}", OFF},
    {"steps", "age_settled_adult",
     DOUBTED FOUND("") SETTLED ", " POSITIVE ", {at: 2026-03-10, type: handover}]}",
     DONE}, /* H03-E057 */
    {"steps", "age_below_18", DOUBTED FOUND(", estimate: 22, margin: 5") "]}", OPEN},
    {"steps", "age_below_18", DOUBTED FOUND(", estimate: 23, margin: 5") "]}", OFF}, /* H03-C002 */
    {"steps", "age_below_18", DOUBTED FOUND(", estimate: 20, estimate_low: 17") "]}", OPEN},
    {"steps", "age_below_18", DOUBTED FOUND(", estimate: 22, margin: 5") SETTLED "]}", OPEN},
    {"steps", "support_at_once", "{" ADULT ", events: [{at: 2026-03-01, type: detected}]}",
     OPEN}, /* H03-E002 */
    {"steps", "support_at_once",
     "{" ADULT ", events: [{at: 2026-03-01, type: detected}, " GIVEN("health") "]}", DONE},
    {"steps", "child_safe_now", "{" CHILD ", events: [{at: 2026-03-01, type: detected}]}",
     OPEN}, /* H03-E036 */
    {"steps", "child_safe_now",
     "{" CHILD ", safety: {place_of_safety: interim}, events: [{at: 2026-03-01, type: detected}]}",
     DONE},
    {"steps", "child_safe_now",
     "{" CHILD ", events: [{at: 2026-03-01, type: detected}, " GIVEN("accommodation") "]}", DONE},
    {"steps", "child_safe_now", "{" ADULT ", events: [{at: 2026-03-01, type: detected}]}", OFF},
    {"steps", "child_registers",
     "{" CHILD ", indicators: [{id: child_criminal_signs}], "
     "events: [{at: 2026-03-01, type: detected}]}",
     OPEN}, /* H03-T046 */
    {"steps", "child_registers",
     "{" CHILD ", indicators: [{id: child_gang}], events: [{at: 2026-03-01, type: detected, "
     "registers: [police, missing_persons, child_services]}]}",
     DONE},
    {"steps", "child_registers", "{" CHILD ", events: [{at: 2026-03-01, type: detected}]}", OFF},
    {"steps", "asylum_advice",
     "{person: {age_group: adult, residence_status: irregular}, "
     "events: [{at: 2026-03-01, type: detected}]}",
     OPEN}, /* H03-E037 H03-E009 */
    {"steps", "asylum_advice",
     "{person: {age_group: child, residence_status: asylum_seeker}, "
     "events: [{at: 2026-03-01, type: detected}, " GIVEN("legal_advice") "]}",
     DONE},
    {"steps", "asylum_advice",
     "{person: {age_group: adult, residence_status: citizen}, "
     "events: [{at: 2026-03-01, type: detected}]}",
     OFF},
    {"steps", "contact_card", "{" ADULT "}", OPEN}, /* H03-S001 */
    {"steps", "contact_card", "{" ADULT ", needs: {contact_card_at: 2026-03-01}}", DONE},
    {"steps", "declined", "{" ADULT ", events: [{at: 2026-03-01, type: declined}]}", OPEN},
    {"steps", "declined",
     "{" ADULT ", events: [{at: 2026-03-01, type: declined, contact_card: true, "
     "alternative_service: true}]}",
     DONE}, /* H03-S002 H02-G007 H03-E054 */
    {"steps", "declined", "{" ADULT ", events: [" POSITIVE ", {at: 2026-03-02, type: withdrawn}]}",
     OPEN},
    {"steps", "declined",
     "{" ADULT ", events: [" POSITIVE ", {at: 2026-03-02, type: withdrawn}, " GIVEN("health") "]}",
     DONE}, /* H03-E001 */
    {"steps", "duty_to_notify", "{" ADULT ", events: [{at: 2026-03-01, type: declined}]}", OFF},
    {"steps", "legal_advice", "{" ADULT "}", OPEN},   /* H08-S027 H03-E007 */
    {"steps", "child_referral", "{" CHILD "}", OPEN}, /* H01-S011 H08-S028 */
    {"steps", "child_referral", "{" CHILD ", events: [{at: 2026-03-01, type: referred}]}", OFF},
    {"steps", "reachable_moment",
     "{" CHILD ", events: [{at: 2026-03-01, type: detected, reachable_moment: drug_arrest}]}",
     OPEN}, /* H03-S005 */
    {"steps", "contact_record", "{" CHILD ", events: [{at: 2026-03-01, type: detected}]}", OPEN},
    {"steps", "contact_record",
     "{" CHILD ", events: [{at: 2026-03-01, type: detected}, {at: 2026-03-02, type: contact}]}",
     DONE}, /* H03-S006 */
    {"steps", "missing_child", "{" CHILD ", events: [{at: 2026-03-01, type: missing}]}", OPEN},
    {"steps", "missing_child",
     "{" CHILD ", events: [{at: 2026-03-01, type: missing, register: true}]}", DONE}, /* H03-S008 */
    {"steps", "detained",
     "{" ADULT ", events: [{at: 2026-03-01, type: detected, place: admin_detention}]}",
     OPEN}, /* H03-S004 */
    {"steps", "smuggling", "{" ADULT ", exploitation: {smuggling_start: true}}", OPEN},
    {"steps", "smuggling", "{" ADULT "}", OFF}, /* H01-S007 H08-C048 */
    {"steps", "new_method", "{" ADULT ", exploitation: {control_methods: [other]}}", OPEN},
    {"steps", "new_method", "{" ADULT "}", OFF}, /* H01-S013 */
    {"steps", "before_charge", "{" ADULT ", exploitation: {offences: [prostitution]}}", OPEN},
    {"steps", "before_charge", "{" ADULT "}", OFF}, /* H07-S003 */
    {"steps", "work_permit",
     "{" ADULT ", events: [{at: 2026-03-01, type: stage1_decision, outcome: positive}]}",
     OPEN}, /* H03-S003 */
    {"steps", "work_permit",
     "{" ADULT ", events: [{at: 2026-11-01, type: stage1_decision, outcome: positive}]}", OFF},
    {"steps", "coming_of_age",
     "{person: {birth_date: 2009-01-15}, events: [{at: 2026-03-01, type: stage1_decision, outcome: "
     "positive}]}",
     OPEN}, /* H03-S007 H03-E020 H03-E021 */
    {"steps", "coming_of_age",
     "{person: {birth_date: 2011-01-15}, events: [{at: 2026-03-01, type: stage1_decision, outcome: "
     "positive}]}",
     OFF},
    {"steps", "corrected_age",
     "{" CHILD ", events: [{at: 2026-03-01, type: age_challenge_decided, outcome: child}]}",
     OPEN}, /* H03-S009 H03-T097 */
    /* what a presumed adult is owed within 48 hours: H03-X012 H03-E003 H03-E008 H03-E013 H03-E015
     * H03-E016 H03-E018 H03-E032 H03-E035 */
    {"steps", "first_48_hours", "{" ADULT ", events: [" POSITIVE "]}", OPEN},
    {"steps", "first_48_hours",
     "{" ADULT ", events: [" POSITIVE ", " ALLOCATED("independent") ", " REFLECTION ", " FIRST
     ", " GIVEN("legal_advice") "]}",
     DONE},
    {"steps", "first_48_hours",
     "{" ADULT ", events: [" POSITIVE ", " REFLECTION ", " FIRST ", " GIVEN("legal_advice") "]}",
     OPEN},
    {"steps", "first_48_hours", "{" ADULT ", events: [{at: 2026-03-01, type: referred}]}", OFF},
    {"steps", "first_48_hours", "{" CHILD ", events: [" POSITIVE "]}", OFF},
    /* and a child within 24: H03-X014 H03-E014 H03-E017 H03-E019 H03-E022; a parental guardian is
     * no guardian advocate, and a case that does not speak of the family's care may need one */
    {"steps", "first_24_hours", "{" CHILD ", events: [" POSITIVE "]}", OPEN},
    {"steps", "first_24_hours",
     "{person: {age_group: child, family_care: safe}, events: [" POSITIVE ", " REFLECTION ", " FIRST
     ", " GIVEN("child_protection_referral") ", {at: 2026-03-02, type: guardian_appointed}]}",
     OPEN},
    {"steps", "first_24_hours",
     "{person: {age_group: child, family_care: safe}, events: [" POSITIVE ", " REFLECTION ", " FIRST
     ", " GIVEN("child_protection_referral") ", " ALLOCATED("guardian") "]}",
     DONE},
    {"steps", "first_24_hours",
     "{" CHILD ", events: [" POSITIVE ", " REFLECTION ", " FIRST
     ", " GIVEN("child_protection_referral") ", " ALLOCATED("guardian") "]}",
     OPEN},
    {"steps", "first_24_hours", "{" ADULT ", events: [" POSITIVE "]}", OFF},
    {"steps", "domestic_child",
     "{" CHILD ", exploitation: {typology: [domestic]}, events: [" POSITIVE "]}", OPEN},
    {"steps", "domestic_child",
     "{" CHILD ", exploitation: {typology: [domestic]}, events: [" POSITIVE ", " FIRST
     ", " GIVEN("child_protection_referral") "]}",
     DONE}, /* H03-E052 */
    {"steps", "domestic_child",
     "{" CHILD ", exploitation: {typology: [transnational]}, events: [" POSITIVE "]}", OFF},
    {"steps", "free_to_choose", "{" ADULT ", events: [" POSITIVE ", " REFLECTION "]}", OFF},
    {"steps", "free_to_choose", "{" ADULT ", events: [" POSITIVE ", " RUNNING "]}", OPEN},
    {"steps", "free_to_choose",
     "{" ADULT ", events: [" POSITIVE ", " RUNNING ", " GIVEN("legal_advice") "]}",
     DONE}, /* H03-E048 */
    {"steps", "accused",
     "{person: {age_group: adult, accused_status: convicted}, events: [" POSITIVE "]}",
     OPEN}, /* H03-T042 */
    {"steps", "accused", "{" CHILD ", safety: {detained: true}, events: [" POSITIVE "]}",
     OPEN}, /* H03-T082 */
    {"steps", "accused",
     "{person: {age_group: child, accused_status: cleared}, safety: {detained: true, "
     "released_at: 2026-03-02}, events: [" POSITIVE "]}",
     DONE},
    {"steps", "accused", "{" ADULT ", events: [" POSITIVE "]}", OFF},
    {"steps", "no_removal",
     "{" ADULT ", events: [" POSITIVE ", {at: 2026-03-02, type: removal_ordered}]}",
     OPEN}, /* H03-T040 */
    {"steps", "no_removal", "{" ADULT ", events: [{at: 2026-03-02, type: removal_ordered}]}", OFF},
    {"steps", "support_continues", "{" ADULT ", events: [" NEGATIVE "]}",
     OPEN}, /* H03-E005 H03-E010 H03-E027 */
    {"steps", "support_continues", DOUBTED FOUND("") "]}", OPEN}, /* H03-E056 */
    {"steps", "support_continues", "{" ADULT ", events: [" POSITIVE "]}", OFF},
    {"steps", "before_closing", "{" ADULT ", events: [" FINAL "]}", OPEN}, /* H03-E006 */
    {"steps", "before_closing", "{" ADULT ", events: [" FINAL ", " ONWARD "]}", DONE},
    {"steps", "before_closing", "{" CHILD ", events: [" FINAL ", " ONWARD "]}", OPEN},
    {"steps", "before_closing",
     "{" CHILD ", events: [" FINAL ", " ONWARD ", {at: 2026-03-06, type: assessment, kind: bic}, "
     "{at: 2026-03-06, type: plan}]}",
     DONE}, /* H03-E023 */
    {"steps", "before_closing", "{" ADULT ", events: [" NEGATIVE "]}", OFF},
    {"steps", "victim_continues", "{" ADULT ", events: [" CONCLUSIVE "]}", OPEN}, /* H03-E004 */
    {"steps", "victim_continues",
     "{" ADULT ", events: [{at: 2026-02-01, type: plan}, " CONCLUSIVE "]}", OPEN},
    {"steps", "victim_continues",
     "{" ADULT ", events: [" CONCLUSIVE ", {at: 2026-03-06, type: plan}]}", DONE},
    {"steps", "permit_grounds", "{" ADULT ", events: [" CONCLUSIVE "]}", OPEN}, /* H03-X013 */
    {"steps", "permit_grounds",
     "{" ADULT ", events: [" CONCLUSIVE ", {at: 2026-03-06, type: permit_granted, "
     "grounds: [personal]}]}",
     DONE},
    {"steps", "permit_grounds",
     "{person: {age_group: adult, residence_status: citizen}, events: [" CONCLUSIVE "]}", OFF},
};

Test(care, what_is_open_and_what_is_done)
{
    struct harness harness;
    struct nrm_arena arena = {0};
    harness_start(&harness, NOW, NULL);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        const struct nrm_care_list *list = read_list(&harness, &arena, states[i].list);
        cr_assert(list, "%s", harness.messages.text);
        harness_case(&harness, states[i].yaml);
        enum nrm_care got = nrm_care_state(item_of(list, states[i].item), &harness.standing);
        cr_expect_eq(got, states[i].wanted, "%s: %s: %d", states[i].item, states[i].yaml, got);
    }
    nrm_arena_free(&arena);
    harness_end(&harness);
}

Test(care, every_item_stands_in_the_table)
{
    static const char *const names[] = {"guards", "stage2", "steps"};
    struct harness harness;
    struct nrm_arena arena = {0};
    harness_start(&harness, NOW, NULL);
    for (size_t i = 0; i < 3; i++) {
        const struct nrm_care_list *list = read_list(&harness, &arena, names[i]);
        cr_assert(list, "%s", harness.messages.text);
        for (size_t j = 0; j < list->count; j++) {
            bool found = false;
            for (size_t k = 0; k < sizeof states / sizeof *states; k++)
                found = found || (strcmp(states[k].list, names[i]) == 0 &&
                                  strcmp(states[k].item, list->items[j].id) == 0);
            cr_expect(found, "%s", list->items[j].id);
        }
    }
    nrm_arena_free(&arena);
    harness_end(&harness);
}

Test(care, a_list_is_for_its_stage)
{
    struct harness harness;
    struct nrm_arena arena = {0};
    harness_start(&harness, NOW, NULL);
    const struct nrm_care_list *guards = read_list(&harness, &arena, "guards");
    const struct nrm_care_list *stage2 = read_list(&harness, &arena, "stage2");
    harness_case(&harness, "{" ADULT "}");
    cr_expect(nrm_care_applies(guards, &harness.standing));
    cr_expect(!nrm_care_applies(stage2, &harness.standing));
    harness_case(&harness, "{" ADULT ", events: [{at: 2026-03-01, type: stage1_decision, outcome: "
                           "positive}]}");
    cr_expect(!nrm_care_applies(guards, &harness.standing));
    cr_expect(nrm_care_applies(stage2, &harness.standing));
    nrm_arena_free(&arena);
    harness_end(&harness);
}

struct mistake {
    const char *text, *message;
};
static const struct mistake mistakes[] = {
    {"list: x\nname: X\nitems: {}\n", "the items are a list"},
    {"list: x\nitems: []\n", "a care list needs list and name"},
    {"list: x\nname: X\nitms: []\n", "no key itms here; perhaps you mean items"},
    {"list: x\nname: X\nwhen: age == \n", "x.yaml:3:"},
    {"list: x\nname: X\nwhen: [a]\n", "a condition is wanted here"},
    {"name: X\nitems: []\n", "a care list needs list and name"},
    {"list: x\nname: X\nitems: [\n", "x.yaml:4:"},
    {"list: x\nname: X\nitems: [{id: a, text: A}]\n", "an item is a mapping with id, text and"},
    {"list: x\nname: X\nitems: [{text: A, source: s}]\n", "an item is a mapping with id, text and"},
    {"list: x\nname: X\nitems: [a]\n", "an item is a mapping with id, text and"},
    {"list: x\nname: X\nitems: [{id: a, text: A, source: s, dun: true}]\n",
     "perhaps you mean done"},
    {"list: x\nname: X\nitems: [{id: a, text: A, source: s, done: yes or}]\n", "x.yaml:3:"},
    {"list: x\nname: X\nitems: [{id: a, text: A, source: s, first: 1}]\n", "write true or false"},
    {"list: x\nname: X\nitems: [{id: a, text: A, source: s, sheet: []}]\n", "x.yaml:3:"},
    {"list: x\nname: X\nitems: [{id: a, text: A, source: s, track: teen}]\n",
     "write both or adult"},
};

Test(care, mistakes_are_told)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct harness harness;
        struct nrm_arena arena = {0};
        char folder[] = "/tmp/nrm-care.XXXXXX", path[64];
        harness_start(&harness, NOW, NULL);
        cr_assert(mkdtemp(folder));
        snprintf(path, sizeof path, "%s/x.yaml", folder);
        FILE *file = fopen(path, "w");
        cr_assert(file && fputs(mistakes[i].text, file) >= 0 && fclose(file) == 0);
        cr_expect_null(read_list(&harness, &arena, path), "%s", mistakes[i].text);
        cr_expect(harness.messages.text && strstr(harness.messages.text, mistakes[i].message),
                  "wanted %s, got %s", mistakes[i].message, harness.messages.text);
        unlink(path);
        rmdir(folder);
        nrm_arena_free(&arena);
        harness_end(&harness);
    }
}

Test(care, no_list_is_told)
{
    struct harness harness;
    struct nrm_arena arena = {0};
    harness_start(&harness, NOW, NULL);
    cr_expect_null(read_list(&harness, &arena, "nowhere"));
    cr_expect(strstr(harness.messages.text, "there is no care list nowhere in ./rules/screening"));
    nrm_arena_free(&arena);
    harness_end(&harness);
}

/* The settings of a profile that screening reads (policy.h). */
Test(policy, settings_become_thresholds)
{
    static const struct {
        const char *settings;
        unsigned adult, child;
        int32_t months;
        bool duty;
    } table[] = {
        {"{}", 1u << NRM_MEANS | 1u << NRM_PURPOSE,
         1u << NRM_MEANS | 1u << NRM_PURPOSE | 1u << NRM_VULNERABILITY, 12, false},
        {"{screening_adult: [purpose], screening_child: [act, presentation]}", 1u << NRM_PURPOSE,
         1u << NRM_ACT | 1u << NRM_PRESENTATION, 12, false},
        {"{screening_adult: vulnerability, indicator_review_months: 3, duty_to_notify: true}",
         1u << NRM_VULNERABILITY, 1u << NRM_MEANS | 1u << NRM_PURPOSE | 1u << NRM_VULNERABILITY, 3,
         true},
        {"{screening_adult: [], indicator_review_months: 0, duty_to_notify: null}",
         1u << NRM_MEANS | 1u << NRM_PURPOSE,
         1u << NRM_MEANS | 1u << NRM_PURPOSE | 1u << NRM_VULNERABILITY, 12, false},
        /* what is expressly not settled, and a hundred years and more, are not taken at their word
         */
        {"{screening_adult: null, screening_child: null, indicator_review_months: null}",
         1u << NRM_MEANS | 1u << NRM_PURPOSE,
         1u << NRM_MEANS | 1u << NRM_PURPOSE | 1u << NRM_VULNERABILITY, 12, false},
        {"{indicator_review_months: 1200}", 1u << NRM_MEANS | 1u << NRM_PURPOSE,
         1u << NRM_MEANS | 1u << NRM_PURPOSE | 1u << NRM_VULNERABILITY, 1200, false},
        {"{indicator_review_months: 1201}", 1u << NRM_MEANS | 1u << NRM_PURPOSE,
         1u << NRM_MEANS | 1u << NRM_PURPOSE | 1u << NRM_VULNERABILITY, 12, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct harness harness;
        char path[] = "/tmp/nrm-profile.XXXXXX";
        char text[256];
        int fd = mkstemp(path);
        snprintf(text, sizeof text, "profile: x\nextends: odihr\nsettings: %s\n",
                 table[i].settings);
        cr_assert(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
        close(fd);
        harness_start(&harness, NOW, path);
        unlink(path);
        cr_assert(harness.rules, "%s", harness.messages.text);
        harness_case(&harness, "{}");
        const struct nrm_screening_policy *policy = &harness.standing.profile->screening;
        cr_expect_eq(policy->adult, table[i].adult, "row %zu", i);
        cr_expect_eq(policy->child, table[i].child, "row %zu", i);
        cr_expect_eq(policy->review_months, table[i].months, "row %zu", i);
        cr_expect_eq(policy->duty_to_notify, table[i].duty, "row %zu", i);
        harness_end(&harness);
    }
}

Test(policy, a_setting_by_its_name)
{
    struct harness harness;
    harness_start(&harness, NOW, "uk");
    harness_case(&harness, "{}");
    const struct nrm_value *settings = harness.standing.profile->settings;
    const struct nrm_value *review = nrm_setting_value(settings, "stage2_review_of_negative");
    cr_expect_eq(review->kind, NRM_VALUE_STRING);
    cr_expect(nrm_str_is(review->string, "automatic_panel"));
    cr_expect_eq(nrm_setting_value(settings, "stage2_review")->kind, NRM_VALUE_UNKNOWN,
                 "no setting has that name");
    harness_end(&harness);
}
