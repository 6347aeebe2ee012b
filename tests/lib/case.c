/* Cases made of documents: what is found in them, what is told about values that cannot be, and
 * that no message shows a value. Documents are written as YAML. */
#include "data/case.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/yaml.h"

/* A case read from YAML, and all messages as lines "line:column: text". */
struct made {
    struct nrm_sink sink;
    struct nrm_buffer told;
    struct nrm_arena arena;
    struct nrm_case c;
    bool is_case;
};

static void hear(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                 const char *text)
{
    struct made *made = sink->context;
    nrm_buffer_printf(&made->told, "%u:%u: %s%s\n", place->line, place->column,
                      level == NRM_ERROR ? "error: " : "", text);
}

static struct made *make(const char *yaml, size_t length)
{
    struct made *made = calloc(1, sizeof *made);
    made->sink = (struct nrm_sink){.tell = hear, .context = made};
    nrm_buffer_add(&made->told, "", 0);
    struct nrm_input input;
    struct nrm_node *root = NULL;
    nrm_input_memory(&input, "x.yaml", yaml, length, &made->sink);
    struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, &made->sink);
    cr_assert_eq(nrm_yaml_read(reader, &made->arena, &root), 1, "%.200s", yaml);
    nrm_yaml_reader_free(reader);
    nrm_input_close(&input);
    made->is_case = nrm_case_from_node(&made->c, &made->arena, root, "x.yaml", &made->sink);
    return made;
}

static void done(struct made *made)
{
    nrm_buffer_free(&made->told);
    nrm_arena_free(&made->arena);
    free(made);
}

/* --- what is found --- */

Test(case_from_node, the_case_of_the_manual)
{
    static const char yaml[] =
        "nrm: 1\nid: \"2026-0042\"\nprofile: odihr\n"
        "person:\n  birth_date: 2009-05\n  age_basis: claimed\n  gender: female\n"
        "  nationality: [NGA]\n  residence_status: irregular\n  family_care: none\n"
        "  languages: [en, ha]\n"
        "identity: {name: Somebody}\ncontact: {phone: \"+44 20\", safe_to_call: false}\n"
        "indicators:\n  - {id: destination.documents, seen: 2026-03-01, by: unit-4}\n"
        "exploitation: {forms: [labour], acts: [recruitment, transport], "
        "means: [deception, debt_bondage], countries: [DEU]}\n"
        "events:\n"
        "  - {at: 2026-03-01T22:40+01:00, type: detected, by: police, place: hotel}\n"
        "  - {at: 2026-03-01T23:30+01:00, type: referred, to: child-protection, id: r1}\n"
        "  - {at: 2026-03-02T10:00+01:00, type: advocate_allocated, kind: guardian, who: ga-7}\n"
        "  - {at: 2026-03-03T09:00+01:00, type: stage1_decision, outcome: positive, "
        "by: competent-authority, basis: [indicators]}\n"
        "  - {at: 2026-03-03T09:00+01:00, type: rr_granted, until: 2026-06-01}\n"
        "  - {at: 2026-03-03, type: service, service: accommodation, phase: started, "
        "kind: interim}\n"
        "whatever: {else: [is, kept]}\n";
    struct made *made = make(yaml, sizeof yaml - 1);
    cr_assert(made->is_case);
    cr_assert_str_eq(made->told.text, "");
    cr_assert(nrm_str_is(made->c.id, "2026-0042"));
    cr_assert(nrm_str_is(made->c.profile, "odihr"));
    cr_assert_eq(made->c.weight, 1);
    cr_assert_eq(made->c.event_count, 6);
    const struct nrm_event *events = made->c.events;
    cr_assert_str_eq(events[0].type->name, "detected");
    cr_assert_eq(events[0].at.utc, 1772401200);
    cr_assert_eq(events[0].position, 1);
    cr_assert_null(events[0].id.text);
    cr_assert(nrm_str_is(events[1].id, "r1"));
    cr_assert_eq(events[5].at.precision, NRM_TIME_DAY);
    cr_assert(nrm_str_is(nrm_node_text(nrm_event_get(&events[4], NRM_STR("until"))), "2026-06-01"));
    done(made);
}

Test(case_from_node, little_is_enough)
{
    static const struct {
        const char *yaml, *id;
        double weight;
        size_t events;
    } rows[] = {
        {"{}", NULL, 1, 0},
        {"id: 7", "7", 1, 0},
        {"id: ~\nprofile:\nevents:\nperson: null\nweight:", NULL, 1, 0},
        {"weight: 12", NULL, 12, 0},
        {"weight: \"2.5\"", NULL, 2.5, 0},
        {"weight: 0", NULL, 0, 0},
        {"id: x\nevents: []", "x", 1, 0},
        {"person: {pregnant: unknown, birth_date: unknown, children: unknown}", NULL, 1, 0},
        {"contact: {safe_to_call: \"yes\", safe_to_text: No, safe_to_write: TRUE}", NULL, 1, 0},
        {"person: {nationality: NGA, languages: en}", NULL, 1, 0},
        {"person: {nationality: [Albanian, Unknown], gender: Not Recorded}", NULL, 1, 0},
        {"first_responder: {type: Police, name: X}\nage_group: Child", NULL, 1, 0},
        {"indicators: {id: a}", NULL, 1, 0},
        {"x: &x {at: 2026-01-01, by: police}\nevents: [{<<: *x, type: detected}]", NULL, 1, 1},
        {"events: [{at: unknown, type: detected}]", NULL, 1, 1},
        {"events: [{at: 2026-01-01, type: age_assessment_result, experts: [{profession: x}, y]}]",
         NULL, 1, 1},
        {"events: [{at: 2026-01-01, type: cooperation, choice: no}]", NULL, 1, 1},
        {"events: [{at: 2026-01-01, type: rr_granted, until: 2026-01-01}]", NULL, 1, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct made *made = make(rows[i].yaml, strlen(rows[i].yaml));
        cr_assert(made->is_case);
        cr_assert_str_eq(made->told.text, "", "%s\n%s", rows[i].yaml, made->told.text);
        cr_assert_eq(made->c.weight, rows[i].weight);
        cr_assert_eq(made->c.event_count, rows[i].events);
        cr_assert_eq(made->c.id.text != NULL, rows[i].id != NULL);
        if (rows[i].id)
            cr_assert(nrm_str_is(made->c.id, rows[i].id));
        done(made);
    }
}

/* --- what is told --- */

static const struct {
    const char *yaml, *told;
} faults[] = {
    {"person: {gender: [female, male]}",
     "1:18: person.gender: one value is wanted here, not a list; it counts as unknown\n"},
    {"person: none", "1:9: person: keys and values are wanted here (key: value); it counts as "
                     "unknown\n"},
    {"person: [a]", "1:9: person: one value is wanted here, not a list; it counts as unknown\n"},
    {"person: {pregnant: maybe}", "1:20: person.pregnant: neither yes nor no; write yes, no or "
                                  "unknown; it counts as unknown\n"},
    {"person: {children: two}",
     "1:20: person.children: no number; write digits, as 12 or 2.5; it counts as unknown\n"},
    {"person: {nationality: [NGA, {a: b}]}",
     "1:29: person.nationality[2]: a plain value is wanted here; it counts as unknown\n"},
    {"person: {nationality: [[NGA]]}",
     "1:24: person.nationality[1]: a plain value is wanted here; it counts as unknown\n"},
    {"person: {family_care: saef}",
     "1:23: person.family_care: not a word of this field; did you mean safe? it counts as "
     "unknown\n"},
    {"person: {family_care: grandmother}",
     "1:23: person.family_care: not a word of this field; write one of: safe, none, unsafe, "
     "unknown; it counts as unknown\n"},
    {"person: {education: something-else-altogether}",
     "1:21: person.education: not a word of this field; nrm-case(5) lists the words of education; "
     "it counts as unknown\n"},
    {"indicators:\n- {id: a, answer: sene}\n- 7",
     "2:19: indicators[1].answer: not a word of this field; did you mean seen? it counts as "
     "unknown\n"
     "3:3: indicators[2]: keys and values are wanted here (key: value); it counts as unknown\n"},
    {"exploitation:\n  periods:\n  - {phase: transit}\n  - {phase: transport}",
     "4:13: exploitation.periods[2].phase: not a word of this field; did you mean transit? it "
     "counts as unknown\n"},
    {"weight: many", "1:9: weight: no number; write digits, as 12 or 2.5; it counts as unknown\n"},
    {"weight: -1", "1:9: weight: fewer than no persons; it counts as 1\n"},
    {"events: 7", "1:9: events: a list is wanted here, each event behind a dash; there are no "
                  "events\n"},
    {"events: {at: 2026-01-01}", "1:9: events: a list is wanted here, each event behind a dash; "
                                 "there are no events\n"},
    {"events: [7]", "1:10: events[1]: no event; write {at: ..., type: ...}; it is left out\n"},
    {"events: [{at: 2026-01-01}]",
     "1:10: events[1]: its type is missing; write what happened, as type: detected\n"},
    {"events: [{at: 2026-01-01, type: {}}]",
     "1:10: events[1]: its type is missing; write what happened, as type: detected\n"
     "1:33: events[1].type: a plain value is wanted here; it counts as unknown\n"},
    {"events: [{type: detected}]", "1:10: events[1]: it does not say when; write at: YYYY-MM-DD\n"},
    {"events: [{at: 2026-01-01, type: stage1_decison, by: []}]",
     "1:33: events[1].type: no event of the model: stage1_decison; did you mean stage1_decision? "
     "it "
     "is kept and moves nothing\n"
     "1:53: events[1].by: one value is wanted here, not a list; it counts as unknown\n"},
    {"events: [{at: 2026-01-01, type: \"a\\eb\"}]",
     "1:33: events[1].type: no event of the model: a\\x1bb; nrm-case(5) lists the events; it is "
     "kept and moves nothing\n"},
    {"events: [{at: 2026-01-01, type: appeal_decided, outcome: overturned}]",
     "1:58: events[1].outcome: not a word of this field; write one of: allowed, remitted, "
     "dismissed; it counts as unknown\n"},
    {"events: [{at: 2026-01-05, type: rr_granted, from: 2026-01-10, until: 2026-01-09}]",
     "1:70: events[1].until: lies before from; it counts as unknown\n"},
    {"events: [{at: 2026-01-05T10:00+01:00, type: rr_granted, until: 2026-01-04}]",
     "1:64: events[1].until: lies before at; it counts as unknown\n"},
    {"events: [{until: 2026-01-05T08:59Z, at: 2026-01-05T10:00+01:00, type: rr_granted}]",
     "1:18: events[1].until: lies before at; it counts as unknown\n"},
    {"x: &d saef\nperson: {family_care: *d}",
     "2:23: person.family_care: not a word of this field; did you mean safe? it counts as "
     "unknown\n"},
};

Test(case_from_node, wrong_values_are_told_by_field)
{
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct made *made = make(faults[i].yaml, strlen(faults[i].yaml));
        cr_assert(made->is_case, "%s", faults[i].yaml);
        cr_assert_str_eq(made->told.text, faults[i].told, "%s\n%s", faults[i].yaml,
                         made->told.text);
        cr_assert_eq(made->sink.errors, 0);
        done(made);
    }
}

/* The words on times come from the module that reads them. */
Test(case_from_node, wrong_times_are_told)
{
    static const struct {
        const char *yaml, *place;
    } rows[] = {
        {"events: [{at: 2025-02-30, type: detected}]", "1:15: events[1].at: "},
        {"events: [{at: 2025-02-28T24:61Z, type: detected}]", "1:15: events[1].at: "},
        {"events: [{at: 2025-02-28T10:00 CEST, type: detected}]", "1:15: events[1].at: "},
        {"events: [{at: 2025-02-28T10:00, type: detected}]", "1:15: events[1].at: "},
        {"events: [{at: yesterday, type: detected}]", "1:15: events[1].at: "},
        {"events: [{at: 2025-02, type: detected}]", "1:15: events[1].at: the day is wanted here"},
        {"events: [{at: [2025-02-02], type: detected}]", "1:15: events[1].at: one value"},
        {"events: [{at: 2025-02-01, recorded: 01.02.2025, type: x-y}]", "1:55: events[1].type: "},
        {"events: [{at: \"\", type: detected}]", "1:15: events[1].at: "},
        {"person: {birth_date: 2009-13}", "1:22: person.birth_date: "},
        {"person: {birth_date: 2009-05-01T00:00Z}", "1:22: person.birth_date: a date is wanted"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct made *made = make(rows[i].yaml, strlen(rows[i].yaml));
        cr_assert_eq(strncmp(made->told.text, rows[i].place, strlen(rows[i].place)), 0, "%s\n%s",
                     rows[i].yaml, made->told.text);
        cr_assert_geq(made->sink.warnings, 1);
        for (size_t k = 0; k < made->c.event_count; k++)
            if (strstr(rows[i].place, ".at: "))
                cr_assert_eq(made->c.events[k].at.precision, NRM_TIME_UNKNOWN);
        done(made);
    }
}

Test(case_from_node, an_early_end_counts_as_missing)
{
    static const char yaml[] = "events:\n- {at: 2026-01-05, type: rr_granted, until: 2026-01-04}\n"
                               "- {at: 2026-01-05, type: rr_granted, until: 2026-01-06}";
    struct made *made = make(yaml, sizeof yaml - 1);
    cr_assert(made->c.events[0].ends_early);
    cr_assert_null(nrm_event_get(&made->c.events[0], NRM_STR("until")));
    cr_assert_not_null(nrm_event_get(&made->c.events[0], NRM_STR("at")));
    cr_assert_not(made->c.events[1].ends_early);
    cr_assert_not_null(nrm_event_get(&made->c.events[1], NRM_STR("until")));
    done(made);
}

Test(case_from_node, positions_count_what_is_left_out)
{
    static const char yaml[] =
        "events: [7, {at: 2026-01-01, type: detected}, ~, {at: 2026-01-02, type: referred}]";
    struct made *made = make(yaml, sizeof yaml - 1);
    cr_assert_eq(made->c.event_count, 2);
    cr_assert_eq(made->c.events[0].position, 2);
    cr_assert_eq(made->c.events[1].position, 4);
    cr_assert_eq(made->sink.warnings, 2);
    done(made);
}

/* A secret word in every field of the model and in every field of every event: whatever is told
 * about it, the word is not in it. Only the type of an event may be shown. */
Test(case_from_node, messages_never_show_values)
{
    struct nrm_buffer yaml = {0};
    for (size_t i = 0; i < nrm_field_count; i++)
        if (!strchr(nrm_fields[i].path, '.') && nrm_fields[i].type != NRM_FIELD_MAPPING)
            nrm_buffer_printf(&yaml, "%s: Mata-Hari\n", nrm_fields[i].path);
    for (size_t i = 0; i < nrm_field_count; i++) {
        const char *name = strchr(nrm_fields[i].path, '.');
        bool top = !name && nrm_fields[i].type == NRM_FIELD_MAPPING;
        if (top && strcmp(nrm_fields[i].path, "events") != 0)
            nrm_buffer_printf(&yaml, "%s:\n  x: y\n", nrm_fields[i].path);
        else if (name && !strchr(name + 1, '.'))
            nrm_buffer_printf(&yaml, "  %s: Mata-Hari\n", name + 1);
    }
    nrm_buffer_printf(&yaml, "events:\n");
    for (size_t i = 0; i < nrm_event_type_count; i++) {
        nrm_buffer_printf(&yaml, "- type: %s\n", nrm_event_types[i].name);
        for (size_t k = 0; k < nrm_event_types[i].count; k++)
            if (strcmp(nrm_event_types[i].fields[k].path, "type") != 0)
                nrm_buffer_printf(&yaml, "  %s: Mata-Hari\n", nrm_event_types[i].fields[k].path);
    }
    struct made *made = make(yaml.text, yaml.length);
    cr_assert_gt(made->sink.warnings, 200);
    cr_assert_null(strstr(made->told.text, "Mata"));
    cr_assert_null(strstr(made->told.text, "Hari"));
    done(made);
    nrm_buffer_free(&yaml);
}

Test(case_from_node, a_key_with_a_dot_is_no_path)
{
    static const char yaml[] = "person.birth_date: tomorrow\nperson: {dependants.id: []}";
    struct made *made = make(yaml, sizeof yaml - 1);
    cr_assert_str_eq(made->told.text, "");
    done(made);
}

Test(case_from_node, what_is_no_case_is_refused)
{
    static const struct {
        const char *yaml, *told;
    } rows[] = {{"- a\n- b", "1:1: error: this is no case"},
                {"word", "1:1: error: this is no case"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct made *made = make(rows[i].yaml, strlen(rows[i].yaml));
        cr_assert_not(made->is_case);
        cr_assert_eq(strncmp(made->told.text, rows[i].told, strlen(rows[i].told)), 0, "%s",
                     made->told.text);
        done(made);
    }
}

/* --- limits --- */

static struct made *make_repeated(const char *head, const char *item, size_t count)
{
    struct nrm_buffer yaml = {0};
    nrm_buffer_add_str(&yaml, nrm_str(head));
    for (size_t i = 0; i < count; i++)
        nrm_buffer_add_str(&yaml, nrm_str(item));
    struct made *made = make(yaml.text, yaml.length);
    nrm_buffer_free(&yaml);
    return made;
}

Test(case_from_node, too_many_events_are_refused)
{
    static const char item[] = "- {at: 2026-01-01, type: detected}\n";
    struct made *made = make_repeated("events:\n", item, NRM_CASE_EVENTS);
    cr_assert(made->is_case);
    cr_assert_eq(made->c.event_count, NRM_CASE_EVENTS);
    done(made);
    made = make_repeated("events:\n", item, NRM_CASE_EVENTS + 1);
    cr_assert_not(made->is_case);
    cr_assert_eq(made->sink.errors, 1);
    cr_assert_eq(strncmp(made->told.text, "2:1: error: a case may have 100000 events", 41), 0, "%s",
                 made->told.text);
    done(made);
}

Test(case_from_node, a_case_with_too_much_wrong_is_not_told_to_the_end)
{
    struct made *made =
        make_repeated("events:\n", "- {at: 2026-01-01, type: detcted}\n", 5 * NRM_CASE_WARNINGS);
    cr_assert(made->is_case);
    cr_assert_eq(made->c.event_count, 5 * NRM_CASE_WARNINGS);
    cr_assert_eq(made->sink.warnings, NRM_CASE_WARNINGS + 1);
    cr_assert_not_null(strstr(made->told.text, "more is wrong in this case and not told"));
    done(made);
}

/* --- single values --- */

static struct nrm_field field_of(enum nrm_field_type type, const char *vocabulary, bool list)
{
    return (struct nrm_field){.path = "x",
                              .type = (uint8_t)type,
                              .list = list,
                              .vocabulary =
                                  vocabulary ? nrm_vocabulary_find(nrm_str(vocabulary)) : NULL};
}

Test(field_accepts, by_type)
{
    static const struct {
        enum nrm_field_type type;
        const char *vocabulary, *yes, *no; /* separated by | */
    } rows[] = {
        {NRM_FIELD_STRING, NULL, "a|0|unknown", "~|null|"},
        {NRM_FIELD_TEXT, NULL, "a b|unknown", "~"},
        {NRM_FIELD_BOOLEAN, NULL, "true|false|yes|no|Yes|NO|True|FALSE",
         "y|n|on|off|1|0|tRue|unknown|~|yes "},
        {NRM_FIELD_NUMBER, NULL, "0|12|-3|+4|2.5|007|1e3|1E-3|0.1|99999999999999999999",
         ".5|5.|1,5|1 000|0x10|1_000|.inf|.nan|nan|1e999|1e|e1|-|+|unknown|12a|1.2.3"},
        {NRM_FIELD_DATE, NULL, "2009|2009-05|2009-05-31",
         "2009-05-32|2009-05-31T10:00Z|31.5.2009|unknown"},
        {NRM_FIELD_TIME, NULL, "2009-05-31|2009-05-31T10:00Z|2009-05-31T10:00:30+02:00",
         "2009|2009-05|2009-05-31T10:00|10:00|unknown"},
        {NRM_FIELD_DURATION, NULL, "48h|5d|3mo", "48|h|unknown|5 d"},
        {NRM_FIELD_CODE, "decision", "positive|negative", "Positive|unknown|positive |~|pos"},
        {NRM_FIELD_CODE, "age_group", "adult|unknown", "grown"},
        {NRM_FIELD_CODE, "gender", "female|anything|unknown", "~|null"},
        {NRM_FIELD_MAPPING, NULL, "", "a|unknown|~"},
        {NRM_FIELD_ANY, NULL, "a|1|unknown", "~"},
    };
    struct nrm_arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int wanted = 0; wanted < 2; wanted++) {
            const char *words = wanted ? rows[i].yes : rows[i].no;
            for (size_t length; *words; words += length + (words[length] == '|')) {
                length = strcspn(words, "|");
                struct nrm_field field = field_of(rows[i].type, rows[i].vocabulary, false);
                const struct nrm_node *node =
                    nrm_node_scalar(&arena, (struct nrm_str){words, length}, NRM_PLAIN);
                cr_assert_eq(nrm_field_accepts(&field, node), wanted, "row %zu: %.*s", i,
                             (int)length, words);
            }
        }
    nrm_arena_free(&arena);
}

Test(field_accepts, nothing_is_no_value)
{
    struct nrm_field field = field_of(NRM_FIELD_STRING, NULL, false);
    struct nrm_arena arena = {0};
    cr_assert_not(nrm_field_accepts(&field, NULL));
    cr_assert_null(nrm_field_fault(&field, NULL, NULL));
    const struct nrm_node *empty = nrm_node_scalar(&arena, NRM_STR(""), NRM_DOUBLE_QUOTED);
    cr_assert(nrm_field_accepts(&field, empty), "an empty text was written down");
    const struct nrm_node *null = nrm_node_scalar(&arena, NRM_STR("null"), NRM_SINGLE_QUOTED);
    cr_assert(nrm_field_accepts(&field, null), "quoted, it is a word");
    nrm_arena_free(&arena);
}

Test(field_fault, of_a_time_gives_the_time)
{
    struct nrm_field field = field_of(NRM_FIELD_TIME, NULL, false);
    struct nrm_arena arena = {0};
    struct nrm_time time;
    cr_assert_null(
        nrm_field_fault(&field, nrm_node_scalar(&arena, NRM_STR("2026-03-01"), NRM_PLAIN), &time));
    cr_assert_eq(time.precision, NRM_TIME_DAY);
    cr_assert_not_null(
        nrm_field_fault(&field, nrm_node_scalar(&arena, NRM_STR("2026-03"), NRM_PLAIN), &time));
    cr_assert_eq(time.precision, NRM_TIME_UNKNOWN);
    cr_assert_null(
        nrm_field_fault(&field, nrm_node_scalar(&arena, NRM_STR("unknown"), NRM_PLAIN), &time));
    cr_assert_eq(time.precision, NRM_TIME_UNKNOWN);
    nrm_arena_free(&arena);
}

/* strtod in the C locale is the oracle. */
Test(scalar_number, agrees_with_the_C_library)
{
    static const char *const texts[] = {"0",
                                        "-0",
                                        "1",
                                        "12",
                                        "0.1",
                                        "0.2",
                                        "0.3",
                                        "1.15",
                                        "123456.789",
                                        "2.5",
                                        "1e3",
                                        "1e22",
                                        "1.7976931348623157e308",
                                        "5e-324",
                                        "1e-400",
                                        "9007199254740993",
                                        "18446744073709551615",
                                        "18446744073709551616",
                                        "0000000000000000000000001",
                                        "3.14159265358979",
                                        "1e0000000001",
                                        "0e99999999",
                                        "100000000000000000000000",
                                        "0.000000000000000000000000000001"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double got = 1, wanted = strtod(texts[i], NULL);
        cr_assert(nrm_scalar_number(nrm_str(texts[i]), &got), "%s", texts[i]);
        double error = got > wanted ? got - wanted : wanted - got;
        double size = wanted < 0 ? -wanted : wanted;
        cr_assert_leq(error, size * 4e-16, "%s: %.17g, not %.17g", texts[i], got, wanted);
    }
}

Test(scalar_number, what_people_write_is_exact)
{
    for (int i = 0; i < 100000; i += 7) {
        char text[32];
        double got;
        snprintf(text, sizeof text, "%d.%02d", i / 100, i % 100);
        cr_assert(nrm_scalar_number(nrm_str(text), &got));
        cr_assert_eq(got, strtod(text, NULL), "%s", text);
    }
}
