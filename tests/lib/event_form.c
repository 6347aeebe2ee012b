/* Events from words: the YAML that comes out, and what is refused in which words; never a value. */
#include "data/event_form.h"

#include <criterion/criterion.h>

#include "data/yaml.h"

static struct nrm_buffer told;

static void hear(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                 const char *text)
{
    (void)sink;
    cr_expect_null(place);
    nrm_buffer_printf(&told, "%c: %s\n", "nwe"[level], text);
}

static bool answer(void *context, const struct nrm_field *field, struct nrm_str *text)
{
    (void)field;
    *text = nrm_str(context);
    return text->length > 0;
}

/* TYPE and words with a bar between them; the event in flow form, or what was told. */
static const struct {
    const char *words, *wanted;
} rows[] = {
    {"accepted", "{at: 2026-03-10, type: accepted}"},
    {"accepted|at=2026-03-01T10:00Z|by=ca", "{at: 2026-03-01T10:00Z, type: accepted, by: ca}"},
    {"accepted|by=a: b, {c}", "{at: 2026-03-10, type: accepted, by: 'a: b, {c}'}"},
    {"accepted|by=#1", "{at: 2026-03-10, type: accepted, by: '#1'}"},
    {"accepted|by=a=b", "{at: 2026-03-10, type: accepted, by: a=b}"},
    {"contact|who=007", "{at: 2026-03-10, type: contact, who: \"007\"}"},
    {"contact|who=null", "{at: 2026-03-10, type: contact, who: \"null\"}"},
    {"contact|who=2026-03-01", "{at: 2026-03-10, type: contact, who: \"2026-03-01\"}"},
    {"cooperation|choice=yes", "{at: 2026-03-10, type: cooperation, choice: \"yes\"}"},
    {"cooperation|choice=no|pressured=No|legal_advice=yes",
     "{at: 2026-03-10, type: cooperation, choice: \"no\", pressured: false, legal_advice: true}"},
    {"consent|language=no", "{at: 2026-03-10, type: consent, language: \"no\"}"},
    {"interview|stage=2", "{at: 2026-03-10, type: interview, stage: 2}"},
    {"interview|private=unknown", "{at: 2026-03-10, type: interview, private: unknown}"},
    {"permit_granted|grounds=personal;cooperation",
     "{at: 2026-03-10, type: permit_granted, grounds: [personal, cooperation]}"},
    {"permit_granted|grounds=personal|until=2026-09-01|grounds=cooperation",
     "{at: 2026-03-10, type: permit_granted, grounds: [personal, cooperation], until: 2026-09-01}"},
    {"contact|note=-", "{at: 2026-03-10, type: contact, note: said \"no\"}"},
    {"permit_granted|number=-", "{at: 2026-03-10, type: permit_granted, number: said \"no\"}"},
    {"void|event=3|reason=wrong case",
     "{at: 2026-03-10, type: void, event: \"3\", reason: wrong case}"},
    {"detected|place=hotl", "w: place: this word is new; did you mean hotel?\n"
                            "{at: 2026-03-10, type: detected, place: hotl}"},
    {"detectd", "e: the model has no such event; did you mean detected?\n"},
    {"", "e: the model has no such event; nrm-case(5) lists the events\n"},
    {"accepted|by", "e: what follows the type are fields, each as key=value, as in "
                    "outcome=positive\n"},
    {"accepted|=x", "e: what follows the type are fields, each as key=value, as in "
                    "outcome=positive\n"},
    {"accepted|by=", "e: by: there is no value behind it; leave it out where it is not known\n"},
    {"accepted|by=a\xff",
     "e: by: this is not UTF-8 text; type it anew in a terminal set to UTF-8\n"},
    {"accepted|by=\xc3\xa9", "{at: 2026-03-10, type: accepted, by: \xc3\xa9}"},
    {"detected|place=\xed\xa0\x80",
     "e: place: this is not UTF-8 text; type it anew in a terminal set to UTF-8\n"},
    {"permit_granted|grounds=personal;\xc3",
     "e: grounds: this is not UTF-8 text; type it anew in a terminal set to UTF-8\n"},
    {"accepted|by=a|by=b", "e: by: this is given twice and takes one value\n"},
    {"accepted|type=referred", "e: type: the type of the event stands in front of its fields\n"},
    {"accepted|anyway=x", "e: anyway: give the reason with --anyway\n"},
    {"accepted|outcome=positive",
     "e: outcome is no field of accepted; nrm-case form accepted lists them\n"},
    {"contact|kimd=video", "e: kimd is no field of contact; did you mean kind?\n"},
    {"contact|kind=vido", "e: kind: not a word of this field; did you mean video?\n"},
    {"contact|kind=Hauptstrasse",
     "e: kind: not a word of this field; give one of: in_person, video, phone\n"},
    {"accepted|at=unknown", "e: at: an event needs its day at least, as 2026-03-10\n"},
    {"accepted|at=null",
     "e: at: there is no value behind it; leave it out where it is not known\n"},
    {"accepted|at=10.3.2026", "e: at: "},
    {"accepted|at=2026-03-10T10:00", "e: at: "},
    {"accepted|at=2026-03", "e: at: the day is wanted here; write it as YYYY-MM-DD or "
                            "YYYY-MM-DDThh:mm+hh:mm\n"},
    {"interview|stage=two", "e: stage: no number; write digits, as 12 or 2.5\n"},
    {"interview|private=perhaps", "e: private: neither yes nor no; write yes, no or unknown\n"},
    {"permit_granted|grounds=;personal", "e: grounds: there is no value behind it; leave it out "
                                         "where it is not known\n"},
    {"contact|note=Hauptstrasse",
     "e: note: everybody on this machine can see what stands here; write note=- and give the text "
     "on standard input\n"},
    {"permit_granted|number=A12",
     "e: number: everybody on this machine can see what stands here; write number=- and give the "
     "text on standard input\n"},
    {"contact|note=-|wellbeing=-",
     "e: wellbeing: one text is read from standard input for one event; log the other one as an "
     "event of its own, or add it in an editor\n"},
};

Test(event_form, words)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_arena arena = {0};
        struct nrm_sink sink = {.tell = hear};
        char said[] = "said \"no\"";
        struct nrm_event_form form = {
            .arena = &arena, .sink = &sink, .ask = answer, .context = said};
        const char *at = rows[i].words;
        size_t length = strcspn(at, "|");
        nrm_buffer_clear(&told);
        nrm_buffer_add(&told, "", 0);
        bool right =
            nrm_event_form_start(&form, (struct nrm_str){at, length}, NRM_STR("2026-03-10"));
        for (at += length; right && *at; at += length) {
            at++;
            length = strcspn(at, "|");
            right = nrm_event_form_set(&form, (struct nrm_str){at, length});
        }
        if (right)
            nrm_yaml_write_flow(&told, form.node);
        size_t compared = rows[i].wanted[0] == 'e' && !strchr(rows[i].wanted, '\n')
                              ? strlen(rows[i].wanted)
                              : told.length + 1;
        cr_expect_eq(strncmp(told.text, rows[i].wanted, compared), 0, "%s:\n%s\nwanted:\n%s",
                     rows[i].words, told.text, rows[i].wanted);
        cr_expect_eq(right, sink.errors == 0);
        cr_expect_null(strstr(told.text, "Hauptstrasse"), "a value is shown");
        nrm_arena_free(&arena);
    }
    nrm_buffer_free(&told);
    told = (struct nrm_buffer){0};
}

/* Whatever is taken is read again as a value of its field. */
Test(event_form, values_are_valid)
{
    static const char *const words[] = {"1",        "yes", "no",      "null", "2026-03-01",
                                        "positive", "a;b", "~",       "- x",  "x: y",
                                        "#",        "[",   "unknown", "1e3",  "é"};
    struct nrm_sink sink = {0};
    for (size_t i = 0; i < nrm_event_type_count; i++)
        for (size_t k = 0; k < nrm_event_types[i].count; k++)
            for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
                struct nrm_arena arena = {0};
                const struct nrm_field *field = &nrm_event_types[i].fields[k];
                struct nrm_event_form form = {.arena = &arena, .sink = &sink};
                struct nrm_buffer text = {0};
                cr_assert(nrm_event_form_start(&form, nrm_str(nrm_event_types[i].name),
                                               NRM_STR("2026-03-10")));
                if (strcmp(field->path, "type") != 0 &&
                    nrm_event_form_put(&form, field->path, nrm_str(words[w]))) {
                    nrm_yaml_write_flow(&text, form.node);
                    struct nrm_str yaml = {text.text, text.length};
                    const struct nrm_node *again = nrm_yaml_parse(&arena, yaml, NULL, NULL);
                    const struct nrm_node *value = nrm_node_get(again, nrm_str(field->path));
                    if (value && value->kind == NRM_SEQUENCE)
                        value = value->items[0];
                    cr_expect(value && !nrm_field_fault(field, value, NULL), "%s", text.text);
                    cr_expect_not(nrm_node_is_null(value), "%s", text.text);
                }
                nrm_buffer_free(&text);
                nrm_arena_free(&arena);
            }
}
