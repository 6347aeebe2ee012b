/* The dialogue of nrm-screen -i without a terminal: steps and keys, what is shown, lines from a
 * pipe, and what answers make of a case document (record.h). */
#include <fcntl.h>

#include "screening.h"

#include "screen/record.h"
#include "screen/session.h"

#define NOW "2026-11-25T12:00+01:00"

static const char few[] =
    "set: few\nname: {en: Few, fr: Peu}\nindicators:\n"
    "  - {id: one, sign: {en: Sign one, fr: Signe un}, question: One?, dimension: means, "
    "first_responder: true}\n"
    "  - {id: two, sign: Sign two, dimension: purpose, first_responder: true}\n"
    "  - {id: grown, sign: Sign grown, dimension: act, track: adult, first_responder: true}\n"
    "  - {id: rest, sign: Sign rest, dimension: act}\n";

struct talk {
    struct screening_test test;
    struct nrm_dialogue dialogue;
    struct nrm_arena arena;
};

static void begin(struct talk *talk, const char *yaml)
{
    screening_start(&talk->test, NOW);
    screening_set(&talk->test, few);
    screening_of(&talk->test, yaml);
    talk->arena = (struct nrm_arena){0};
    talk->dialogue = (struct nrm_dialogue){
        .screener = talk->test.screener,
        .short_list = true,
        .age_known = strstr(yaml, "age_group") != NULL,
        .track = talk->test.screening.track,
        .standing = &talk->test.harness.standing,
        .noted = talk->test.screening.answers,
        .arena = &talk->arena,
    };
    nrm_dialogue_begin(&talk->dialogue);
}

static void end(struct talk *talk)
{
    nrm_arena_free(&talk->arena);
    screening_end(&talk->test);
}

/* Steps as letters: age, care, question by its number, other, end. */
static const char *where(const struct nrm_dialogue *dialogue)
{
    static char text[24];
    static const char *const names[] = {"age", "care", "question", "other", "end"};
    if (dialogue->step == NRM_STEP_QUESTION)
        snprintf(text, sizeof text, "%s", dialogue->questions[dialogue->at]->id);
    else
        snprintf(text, sizeof text, "%s", names[dialogue->step]);
    return text;
}

struct walk {
    const char *yaml, *keys, *where;
    size_t pages;
};

static const struct walk walks[] = {
    {"{}", "", "age", 1},
    {"{}", "b", "age", 1},
    {"{}", "zx \n", "age", 1},
    {"{}", "y", "care", 1},
    {"{}", "yb", "age", 1},
    {"{}", "y\n", "one", 1},
    {"{}", "y\n", "care", 2},
    {"{}", "y\n\n", "one", 2},
    {"{}", "y\nb", "care", 2},
    {"{}", "Y\nYN", "other", 1},
    {"{}", "n\nyn", "grown", 1},
    {"{}", "n\nynb", "two", 1},
    {"{}", "n\nynbbb", "care", 1},
    {"{}", "n\nsss", "other", 1},
    {"{}", "n\nsss\nb", "grown", 1},
    {"{person: {age_group: adult}}", "", "care", 1},
    {"{person: {age_group: adult}}", "b", "care", 1},
    {"{person: {age_group: adult}}", "\n?r", "grown", 1},
    {"{person: {age_group: child}, indicators: [{id: one}, {id: two, answer: refused}]}", "\n",
     "other", 1},
    {"{person: {age_group: child}, indicators: [{id: one}, {id: two, answer: refused}]}", "\nb",
     "care", 1},
    {"{person: {age_group: child}, indicators: [{id: one, answer: not_asked}]}", "\n", "one", 1},
    {"{person: {age_group: child}, indicators: [{id: one, answer: not_seen}]}", "\n", "two", 1},
};

Test(dialogue, keys_lead_from_step_to_step)
{
    for (size_t i = 0; i < sizeof walks / sizeof *walks; i++) {
        struct talk talk;
        begin(&talk, walks[i].yaml);
        for (const char *key = walks[i].keys; *key; key++)
            if (talk.dialogue.step == NRM_STEP_OTHER && *key == '\n')
                nrm_dialogue_line(&talk.dialogue, NRM_STR(""));
            else
                nrm_dialogue_key(&talk.dialogue, *key, walks[i].pages);
        if (talk.dialogue.step == NRM_STEP_END)
            nrm_dialogue_key(&talk.dialogue, 'b', 1);
        if (strcmp(walks[i].where, "grown") == 0 && talk.dialogue.step == NRM_STEP_OTHER)
            nrm_dialogue_key(&talk.dialogue, 'b', 1);
        cr_expect_str_eq(where(&talk.dialogue), walks[i].where, "row %zu", i);
        end(&talk);
    }
}

Test(dialogue, moves_say_what_happened)
{
    struct talk talk;
    begin(&talk, "{}");
    cr_expect_eq(nrm_dialogue_key(&talk.dialogue, 'z', 1), NRM_MOVE_STAY);
    cr_expect_eq(nrm_dialogue_key(&talk.dialogue, 'b', 1), NRM_MOVE_FIRST);
    cr_expect_eq(nrm_dialogue_key(&talk.dialogue, 'n', 1), NRM_MOVE_NEXT);
    cr_expect_eq(nrm_dialogue_key(&talk.dialogue, 'q', 1), NRM_MOVE_FINISHED);
    talk.dialogue.step = NRM_STEP_END;
    cr_expect_eq(nrm_dialogue_key(&talk.dialogue, 'y', 1), NRM_MOVE_STAY);
    cr_expect_eq(nrm_dialogue_key(&talk.dialogue, '\n', 1), NRM_MOVE_FINISHED);
    end(&talk);
}

/* H02-T002: a person who may be a child gets the questions for children. */
Test(dialogue, the_age_chooses_the_questions)
{
    static const struct {
        char key;
        size_t count;
    } table[] = {{'y', 2}, {'?', 2}, {'n', 3}};
    for (size_t i = 0; i < 3; i++) {
        struct talk talk;
        begin(&talk, "{}");
        nrm_dialogue_key(&talk.dialogue, table[i].key, 1);
        cr_expect_eq(talk.dialogue.count, table[i].count, "%c", table[i].key);
        end(&talk);
    }
}

Test(dialogue, what_is_shown)
{
    struct talk talk;
    struct nrm_output output;
    begin(&talk, "{person: {age_group: adult}}");
    talk.dialogue.language = NRM_STR("fr");
    nrm_dialogue_key(&talk.dialogue, '\n', 1);
    nrm_dialogue_key(&talk.dialogue, 'y', 1);
    nrm_dialogue_key(&talk.dialogue, 'b', 1);
    nrm_output_init(&output, -1);
    nrm_dialogue_show(&talk.dialogue, &output, 79);
    cr_expect_str_eq(output.buffer.text, "1 of 3  Peu\n\nOne?\nSign: Signe un\n\n"
                                         "Answer so far: yes, seen\n");
    nrm_buffer_clear(&output.buffer);
    nrm_dialogue_show_plain(&talk.dialogue, &output);
    cr_expect(strcmp(output.buffer.text, "1 of 3: One? (sign: Signe un) Has an answer.\n") == 0,
              "%s", output.buffer.text);
    nrm_output_finish(&output);
    end(&talk);
}

/* Lines from a pipe, as a screen reader would send them. */
Test(dialogue, a_session_on_a_pipe)
{
    static const char typed[] = "what\n\nn\n\ny\nn\n?\nseen through a window\n\n";
    struct talk talk;
    struct nrm_terminal terminal;
    int in[2], out[2];
    char shown[4096];
    begin(&talk, "{}");
    cr_assert(pipe(in) == 0 && pipe(out) == 0);
    cr_assert_eq(write(in[1], typed, sizeof typed - 1), sizeof typed - 1);
    close(in[1]);
    cr_assert(nrm_terminal_open(&terminal, in[0], out[1], true));
    cr_expect(nrm_session_run(&talk.dialogue, &terminal));
    nrm_terminal_close(&terminal);
    ssize_t length = read(out[0], shown, sizeof shown - 1);
    cr_assert_gt(length, 0);
    shown[length] = '\0';
    cr_expect(strstr(shown, "3 of 3: Sign grown\n"), "%s", shown);
    cr_expect(!strchr(shown, '\033'), "no cursor movement");
    cr_expect(!strstr(shown, "window"), "no echo");
    cr_expect_eq(talk.dialogue.age, 'n');
    cr_expect_eq(talk.dialogue.answers[0], NRM_SEEN);
    cr_expect_eq(talk.dialogue.answers[1], NRM_NOT_SEEN);
    cr_expect_eq(talk.dialogue.answers[2], NRM_NOT_ASKED);
    cr_expect(nrm_str_is(talk.dialogue.other, "seen through a window"));
    close(in[0]);
    close(out[0]);
    close(out[1]);
    end(&talk);
}

/* Whatever is typed: no crash, and an end. */
Test(dialogue, any_bytes_end)
{
    srand(11);
    for (int round = 0; round < 300; round++) {
        struct talk talk;
        struct nrm_terminal terminal;
        char typed[600];
        int in[2], null = open("/dev/null", O_WRONLY);
        size_t length = (size_t)(rand() % 600);
        for (size_t i = 0; i < length; i++)
            typed[i] = rand() % 3 ? "yn?rbsq\n\n\n"[rand() % 10] : (char)rand();
        begin(&talk, round % 2 ? "{}" : "{person: {age_group: adult}}");
        cr_assert(null >= 0 && pipe(in) == 0);
        cr_assert_eq(write(in[1], typed, length), (ssize_t)length);
        close(in[1]);
        cr_assert(nrm_terminal_open(&terminal, in[0], null, true));
        cr_expect(nrm_session_run(&talk.dialogue, &terminal));
        nrm_terminal_close(&terminal);
        cr_expect_leq(talk.dialogue.at, talk.dialogue.count);
        close(in[0]);
        close(null);
        end(&talk);
    }
}

/* --- what becomes of a case --- */

struct answer {
    const char *yaml, *id;
    enum nrm_answer answer;
    const char *note, *wanted;
};

static const struct answer answers[] = {
    {"{id: a}", "x", NRM_SEEN, NULL,
     "{id: a, indicators: [{id: x, answer: seen, seen: 2026-11-25}]}"},
    {"{indicators: null}", "x", NRM_REFUSED, NULL,
     "{indicators: [{id: x, answer: refused, seen: 2026-11-25}]}"},
    {"{indicators: [{id: y}]}", "x", NRM_SEEN, NULL,
     "{indicators: [{id: y}, {id: x, answer: seen, seen: 2026-11-25}]}"},
    {"{indicators: {id: y}}", "x", NRM_SEEN, NULL,
     "{indicators: [{id: y}, {id: x, answer: seen, seen: 2026-11-25}]}"},
    {"{indicators: [{id: x, answer: not_asked, by: me}]}", "x", NRM_NOT_SEEN, NULL,
     "{indicators: [{id: x, answer: not_seen, by: me, seen: 2026-11-25}]}"},
    {"{indicators: [{id: other, note: a}]}", "other", NRM_SEEN, "b: c",
     "{indicators: [{id: other, note: a}, {id: other, answer: seen, seen: 2026-11-25, note: \"b: "
     "c\"}]}"},
    {"{a: &l [{id: y}], indicators: *l}", "x", NRM_SEEN, NULL,
     "{a: [{id: y}], indicators: [{id: y}, {id: x, answer: seen, seen: 2026-11-25}]}"},
    {"{<<: {indicators: [{id: y}]}}", "x", NRM_SEEN, NULL,
     "{indicators: [{id: y}, {id: x, answer: seen, seen: 2026-11-25}]}"},
};

static const char *as_json(struct nrm_arena *arena, const struct nrm_node *node)
{
    struct nrm_output output;
    nrm_output_init(&output, -1);
    nrm_json_node(&output, node);
    const char *copy = nrm_arena_copy(arena, output.buffer.text, output.buffer.length);
    nrm_output_finish(&output);
    return copy;
}

Test(record, answers_go_where_they_belong)
{
    struct nrm_arena arena = {0};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct nrm_node *root = nrm_yaml_parse(&arena, nrm_str(answers[i].yaml), NULL, NULL);
        struct nrm_node *wanted = nrm_yaml_parse(&arena, nrm_str(answers[i].wanted), NULL, NULL);
        struct nrm_str note = {NULL, 0};
        cr_assert(root && wanted, "row %zu", i);
        if (answers[i].note)
            note = nrm_str(answers[i].note);
        nrm_record_answer(&arena, root, nrm_str(answers[i].id), answers[i].answer,
                          NRM_STR("2026-11-25"), note);
        const char *got = as_json(&arena, root), *want = as_json(&arena, wanted);
        if (strstr(answers[i].yaml, "<<"))
            cr_expect(strstr(got, "\"id\":\"x\"") && strstr(got, "\"id\":\"y\""), "%s", got);
        else
            cr_expect_str_eq(got, want, "row %zu: %s", i, got);
    }
    nrm_arena_free(&arena);
}

Test(record, a_new_case_quotes_its_number)
{
    struct nrm_arena arena = {0};
    cr_expect_str_eq(as_json(&arena, nrm_record_new(&arena, NRM_STR("0042"))),
                     "{\"nrm\":1,\"id\":\"0042\"}");
    cr_expect_str_eq(as_json(&arena, nrm_record_new(&arena, NRM_STR(""))), "{\"nrm\":1}");
    nrm_arena_free(&arena);
}
