/* The compiled case model: every name is found and nothing else is; the words and the order of
 * events that tools promise. */
#include "data/schema.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "data/schema_index.h"

Test(schema, every_field_is_found_by_its_path)
{
    cr_assert_gt(nrm_field_count, 100);
    for (size_t i = 0; i < nrm_field_count; i++)
        cr_assert_eq(nrm_field_find(nrm_str(nrm_fields[i].path)), &nrm_fields[i], "%s",
                     nrm_fields[i].path);
}

Test(schema, every_event_type_is_found_and_knows_its_order)
{
    for (size_t i = 0; i < nrm_event_type_count; i++) {
        const struct nrm_event_type *type = nrm_event_type_find(nrm_str(nrm_event_types[i].name));
        cr_assert_eq(type, &nrm_event_types[i], "%s", nrm_event_types[i].name);
        cr_assert_eq(type->order, i);
    }
}

Test(schema, every_event_field_is_found_under_its_own_type)
{
    for (size_t i = 0; i < nrm_event_type_count; i++) {
        const struct nrm_event_type *type = &nrm_event_types[i];
        for (size_t k = 0; k < type->count; k++)
            cr_assert_eq(nrm_event_field_find(type, nrm_str(type->fields[k].path)),
                         &type->fields[k], "%s.%s", type->name, type->fields[k].path);
    }
    for (size_t k = 0; k < nrm_event_common.count; k++)
        cr_assert_eq(nrm_event_field_find(NULL, nrm_str(nrm_event_common.fields[k].path)),
                     &nrm_event_common.fields[k]);
}

/* Against a walk over the type's own rows: a name of one type is found under another one only where
 * that one has it too. */
Test(schema, event_fields_of_other_types_are_not_found)
{
    for (size_t i = 0; i < nrm_event_type_count; i++)
        for (size_t k = 0; k < nrm_event_types[i].count; k++) {
            const char *name = nrm_event_types[i].fields[k].path;
            for (size_t j = 0; j < nrm_event_type_count; j++) {
                const struct nrm_field *wanted = NULL;
                for (size_t l = 0; l < nrm_event_types[j].count; l++)
                    if (strcmp(nrm_event_types[j].fields[l].path, name) == 0)
                        wanted = &nrm_event_types[j].fields[l];
                cr_assert_eq(nrm_event_field_find(&nrm_event_types[j], nrm_str(name)), wanted,
                             "%s.%s", nrm_event_types[j].name, name);
            }
        }
}

Test(schema, every_event_has_the_common_fields)
{
    static const char *const names[] = {"at", "type", "by", "recorded", "note", "id"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        cr_assert_not_null(nrm_event_field_find(NULL, nrm_str(names[k])), "%s", names[k]);
        for (size_t i = 0; i < nrm_event_type_count; i++)
            cr_assert_not_null(nrm_event_field_find(&nrm_event_types[i], nrm_str(names[k])));
    }
    cr_assert_null(nrm_event_field_find(NULL, nrm_str("outcome")));
}

Test(schema, every_word_is_found_in_its_vocabulary)
{
    for (size_t i = 0; i < nrm_vocabulary_count; i++) {
        const struct nrm_vocabulary *vocabulary = &nrm_vocabularies[i];
        cr_assert_eq(nrm_vocabulary_find(nrm_str(vocabulary->name)), vocabulary);
        cr_assert_gt(vocabulary->count, 0);
        for (size_t k = 0; k < vocabulary->count; k++)
            cr_assert_eq(nrm_vocabulary_word(vocabulary, nrm_str(vocabulary->words[k])), (int)k,
                         "%s %s", vocabulary->name, vocabulary->words[k]);
    }
}

Test(schema, words_of_other_vocabularies_are_not_found)
{
    static const struct {
        const char *vocabulary, *word;
    } rows[] = {{"decision", "overturned"}, {"decision", "Positive"}, {"age_group", "inconclusive"},
                {"permit_ground", "both"},  {"act", "deception"},     {"decision", "unknown"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_assert_eq(nrm_vocabulary_word(nrm_vocabulary_find(nrm_str(rows[i].vocabulary)),
                                         nrm_str(rows[i].word)),
                     -1, "%s %s", rows[i].vocabulary, rows[i].word);
}

Test(schema, what_is_no_name_is_not_found)
{
    char longer[100];
    memset(longer, 'a', sizeof longer);
    const struct nrm_str texts[] = {{NULL, 0},
                                    NRM_STR(""),
                                    NRM_STR("person.birth_dat"),
                                    NRM_STR("person.birth_date."),
                                    NRM_STR("person.birth_date\0x"),
                                    NRM_STR("detected\0"),
                                    NRM_STR("\xff\xfe"),
                                    NRM_STR("*"),
                                    {longer, sizeof longer}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cr_assert_null(nrm_field_find(texts[i]), "%zu", i);
        cr_assert_null(nrm_event_type_find(texts[i]));
        cr_assert_null(nrm_vocabulary_find(texts[i]));
        cr_assert_null(nrm_event_field_find(&nrm_event_types[0], texts[i]));
        cr_assert_eq(nrm_vocabulary_word(&nrm_vocabularies[0], texts[i]), -1);
    }
}

/* A lookup looks at a few slots: no run of taken slots is long. */
Test(schema, indexes_stay_sparse)
{
    const struct nrm_schema_index *const indexes[] = {
        &nrm_schema_field_index, &nrm_schema_event_index, &nrm_schema_event_field_index,
        &nrm_schema_vocabulary_index, &nrm_schema_word_index};
    for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++) {
        uint32_t run = 0, longest = 0, taken = 0;
        for (uint32_t k = 0; k <= indexes[i]->mask; k++) {
            taken += indexes[i]->slots[k] != 0;
            run = indexes[i]->slots[k] ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
        cr_assert_leq(taken * 2, indexes[i]->mask + 1, "%zu", i);
        cr_assert_leq(longest, 24, "index %zu: a run of %u", i, longest);
    }
}

/* --- promises of the case model --- */

Test(schema, events_stand_in_the_order_that_decides_ties)
{
    static const char *const names[] = {"detected",
                                        "declined",
                                        "referred",
                                        "accepted",
                                        "interview",
                                        "stage1_decision",
                                        "stage2_decision",
                                        "reconsideration_requested",
                                        "reconsideration_decided",
                                        "appeal_lodged",
                                        "appeal_decided",
                                        "remedies_exhausted",
                                        "withdrawn",
                                        "rr_granted",
                                        "rr_extended",
                                        "rr_ended",
                                        "permit_granted",
                                        "permit_renewed",
                                        "permit_ended",
                                        "interim_permit",
                                        "removal_ordered",
                                        "removal_suspended",
                                        "age_doubted",
                                        "age_assessment_referred",
                                        "age_assessment_started",
                                        "age_assessment_result",
                                        "age_challenged",
                                        "age_challenge_decided",
                                        "advocate_allocated",
                                        "advocate_ended",
                                        "handover",
                                        "guardian_appointed",
                                        "guardian_ended",
                                        "service",
                                        "consent",
                                        "contact",
                                        "missing",
                                        "returned",
                                        "cooperation",
                                        "assessment",
                                        "plan",
                                        "void",
                                        "closed",
                                        "reopened",
                                        "screening"};
    cr_assert_eq(nrm_event_type_count, sizeof names / sizeof *names);
    for (size_t i = 0; i < nrm_event_type_count; i++)
        cr_assert_str_eq(nrm_event_types[i].name, names[i]);
}

/* TYPE "" stands for a field of the case. WORDS, separated by spaces, are all of a closed
 * vocabulary and some of an open one (marked +). */
static const struct {
    const char *type, *field, *words;
} promised[] = {
    {"", "person.age_basis", "documented claimed estimated unknown"},
    {"", "person.age_group", "adult child unknown"},
    {"", "person.family_care", "safe none unsafe unknown"},
    {"", "person.residence_status",
     "citizen permanent refugee temporary asylum_seeker irregular stateless internally_displaced "
     "unknown"},
    {"", "person.nationality", "+NGA DEU GBR ALB unknown"},
    {"", "person.languages", "+en ha eng hau deu kmr"},
    {"", "person.gender", "+female male other unknown"},
    {"", "safety.disappearance_risk", "high medium low unknown"},
    {"", "indicators.answer", "seen not_seen not_asked refused"},
    {"", "exploitation.forms", "+labour sexual criminal domestic organ_removal"},
    {"", "exploitation.acts", "recruitment transport transfer harbouring receipt"},
    {"", "exploitation.means", "+deception debt_bondage force abuse_of_vulnerability"},
    {"stage1_decision", "outcome", "positive negative"},
    {"stage2_decision", "outcome", "positive negative"},
    {"stage1_decision", "basis", "+indicators interview bic"},
    {"reconsideration_requested", "of", "stage1 stage2"},
    {"reconsideration_decided", "outcome", "overturned upheld"},
    {"appeal_decided", "outcome", "allowed remitted dismissed"},
    {"remedies_exhausted", "of", "stage1 stage2 age"},
    {"remedies_exhausted", "how", "lapsed waived decided"},
    {"permit_granted", "grounds", "personal cooperation"},
    {"age_assessment_result", "result", "child adult inconclusive"},
    {"age_assessment_result", "methods",
     "+documents observation interview social psychological dental radiological anthropometric "
     "sexual_maturity"},
    {"age_challenge_decided", "outcome", "child adult"},
    {"advocate_allocated", "kind", "independent guardian interim"},
    {"service", "service",
     "+accommodation urgent_health health psychological emergency_kit practical material financial "
     "legal_advice interpretation education nrm_referral child_protection_referral "
     "voluntary_return social_inclusion"},
    {"service", "phase", "needed not_needed offered accepted refused started ended"},
    {"service", "kind", "interim safe"},
    {"consent", "purpose",
     "nrm_referral support data_sharing criminal_justice interview medical voluntary_return "
     "transnational_referral publication"},
    {"consent", "status", "given refused withdrawn"},
    {"contact", "kind", "in_person video phone"},
    {"missing", "kind", "in_person video phone"},
    {"cooperation", "choice", "undecided yes no withdrawn"},
    {"assessment", "kind", "+needs_risks bic vulnerability immediate_risk"},
    {"closed", "reason",
     "goals_met moved_abroad returned_voluntarily transferred person_wishes died other"},
};

Test(schema, promised_words_are_there)
{
    for (size_t i = 0; i < sizeof promised / sizeof *promised; i++) {
        const char *words = promised[i].words, *name = promised[i].field;
        const struct nrm_field *field =
            *promised[i].type ? nrm_event_field_find(nrm_event_type_find(nrm_str(promised[i].type)),
                                                     nrm_str(name))
                              : nrm_field_find(nrm_str(name));
        cr_assert(field && field->vocabulary, "%s", name);
        bool some = *words == '+';
        size_t count = 0;
        for (words += some; *words; count++) {
            size_t length = strcspn(words, " ");
            cr_assert_geq(nrm_vocabulary_word(field->vocabulary, (struct nrm_str){words, length}),
                          0, "%s lacks %.*s", name, (int)length, words);
            words += length + (words[length] == ' ');
        }
        if (!some) {
            cr_assert_not(field->vocabulary->open, "%s", name);
            cr_assert_eq(field->vocabulary->count, count, "%s has more words", name);
        }
    }
}

Test(schema, fields_have_the_promised_types)
{
    static const struct {
        const char *type, *field;
        enum nrm_field_type wanted;
        bool list;
    } rows[] = {
        {"", "id", NRM_FIELD_STRING, false},
        {"", "weight", NRM_FIELD_NUMBER, false},
        {"", "quarter", NRM_FIELD_STRING, false},
        {"", "age_group", NRM_FIELD_CODE, false},
        {"", "first_responder.name", NRM_FIELD_STRING, false},
        {"", "person.birth_date", NRM_FIELD_DATE, false},
        {"", "person.nationality", NRM_FIELD_CODE, true},
        {"", "person.pregnant", NRM_FIELD_BOOLEAN, false},
        {"", "indicators", NRM_FIELD_MAPPING, true},
        {"", "events", NRM_FIELD_MAPPING, true},
        {"", "contact.safe_to_call", NRM_FIELD_BOOLEAN, false},
        {"detected", "at", NRM_FIELD_TIME, false},
        {"rr_granted", "from", NRM_FIELD_TIME, false},
        {"rr_granted", "until", NRM_FIELD_TIME, false},
        {"interview", "stage", NRM_FIELD_NUMBER, false},
        {"interview", "health_ok", NRM_FIELD_BOOLEAN, false},
        {"age_assessment_result", "experts", NRM_FIELD_ANY, true},
        {"age_assessment_result", "estimate", NRM_FIELD_NUMBER, false},
        {"assessment", "review_by", NRM_FIELD_TIME, false},
        {"consent", "to", NRM_FIELD_STRING, true},
        {"void", "event", NRM_FIELD_STRING, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct nrm_field *field =
            *rows[i].type ? nrm_event_field_find(nrm_event_type_find(nrm_str(rows[i].type)),
                                                 nrm_str(rows[i].field))
                          : nrm_field_find(nrm_str(rows[i].field));
        cr_assert_not_null(field, "%s", rows[i].field);
        cr_assert_eq(field->type, rows[i].wanted, "%s", rows[i].field);
        cr_assert_eq(field->list, rows[i].list, "%s", rows[i].field);
    }
}

/* Whoever writes a redaction can rely on it: what names a person or finds them is direct. */
Test(schema, what_names_a_person_is_direct)
{
    for (size_t i = 0; i < nrm_field_count; i++) {
        const struct nrm_field *field = &nrm_fields[i];
        bool names = strncmp(field->path, "identity", 8) == 0;
        bool finds = strncmp(field->path, "contact.", 8) == 0 &&
                     (field->type == NRM_FIELD_STRING || field->type == NRM_FIELD_TEXT) &&
                     strcmp(field->path, "contact.best_time") != 0;
        if (names || finds)
            cr_assert_str_eq(field->sensitivity, "direct", "%s", field->path);
    }
}

Test(schema, machine_tables_are_compiled)
{
    cr_assert_gt(nrm_transition_row_count, 10);
    cr_assert_gt(nrm_state_row_count, 10);
    cr_assert_gt(nrm_derived_row_count, 5);
    for (size_t i = 0; i < nrm_transition_row_count; i++)
        cr_assert_gt(nrm_transition_rows[i].line, i ? nrm_transition_rows[i - 1].line : 1);
    for (size_t i = 0; i < nrm_derived_row_count; i++)
        cr_assert_gt(nrm_derived_rows[i].line, 1);
}
