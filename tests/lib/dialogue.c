/* The dialogue of nrm-screen -i without a terminal: steps and keys, what is shown, lines from a
 * pipe, and what answers make of a case document (record.h). */
#include <fcntl.h>

#include "screening.h"

#include "screen/childhood.h"
#include "screen/page.h"
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

/* Two signs of childhood, one of them a caution, and a question for children only. */
static const char young[] =
    "set: young\nname: Young\nindicators:\n"
    "  - {id: maybe, sign: May be under eighteen, dimension: presentation, childhood: true}\n"
    "  - {id: passed, sign: Passes as an adult, dimension: caution, explain: Papers lie., "
    "childhood: true}\n"
    "  - {id: home, sign: Sign home, question: Home?, dimension: act, track: child}\n"
    "  - {id: grown, sign: Sign grown, dimension: act, track: adult}\n";

struct talk {
    struct screening_test test;
    struct nrm_dialogue dialogue;
    struct nrm_arena arena;
};

static void begin_with(struct talk *talk, const char *set, const char *yaml)
{
    screening_start(&talk->test, NOW);
    screening_set(&talk->test, set);
    screening_of(&talk->test, yaml);
    talk->arena = (struct nrm_arena){0};
    talk->dialogue = (struct nrm_dialogue){
        .screener = talk->test.screener,
        .indicators = talk->test.indicators,
        .short_list = true,
        .age_known = strstr(yaml, "age_group") != NULL,
        .track = talk->test.screening.track,
        .standing = &talk->test.harness.standing,
        .noted = talk->test.screening.answers,
        .childhood = nrm_childhood_signs(talk->test.indicators, &talk->test.harness.standing),
        .arena = &talk->arena,
    };
    nrm_dialogue_begin(&talk->dialogue);
}

static void begin(struct talk *talk, const char *yaml)
{
    begin_with(talk, few, yaml);
}

static enum nrm_answer answer_to(const struct talk *talk, const char *id)
{
    return (enum nrm_answer)
        talk->dialogue.answers[nrm_indicators_number(talk->test.indicators, nrm_str(id))];
}

/* KEYS one after the other; in NRM_STEP_OTHER an empty line for each Enter. */
static void press(struct talk *talk, const char *keys, size_t pages)
{
    for (; *keys; keys++)
        if (talk->dialogue.step == NRM_STEP_OTHER && *keys == '\n')
            nrm_dialogue_line(&talk->dialogue, NRM_STR(""), pages);
        else
            nrm_dialogue_key(&talk->dialogue, *keys, pages);
}

/* What the step shows, in TEXT, which is overwritten. */
static const char *shown(const struct talk *talk, struct nrm_output *output, bool plain)
{
    nrm_buffer_clear(&output->buffer);
    if (plain)
        nrm_dialogue_show_plain(&talk->dialogue, output);
    else
        nrm_dialogue_show(&talk->dialogue, output, 79);
    return output->buffer.text;
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
    {"{}", "\n", "age", 2},        /* a page more of the question about the age */
    {"{}", "y\n\n\n\n", "one", 2}, /* the second Enter behind the care list turns a page */
    {"{}", "y\n\n\ny", "two", 2},  /* an answer is taken on any page */
    {"{}", "y\n\n\nb", "one", 2},  /* back turns the page first */
    {"{}", "y\n\n\nbb", "care", 2},
    {"{}", "n\nyya", "age", 1},
    {"{}", "n\nyya?", "care", 1},
    {"{person: {age_group: adult}}", "\nya", "two", 1}, /* an age on record is not asked about */
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
        press(&talk, walks[i].keys, walks[i].pages);
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

/* Protective and the other way round: answers stay when the age is put right, those to questions
 * that are not asked at that age too. */
Test(dialogue, answers_outlive_the_age)
{
    static const char *const ages[] = {"b?", "by", "b?\nbbn", "b?\nbb?"};
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        struct talk talk;
        begin(&talk, "{}");
        press(&talk, "n\nynrbbbb", 1);
        press(&talk, ages[i], 1);
        cr_expect_str_eq(where(&talk.dialogue), "care", "row %zu", i);
        cr_expect_eq(answer_to(&talk, "one"), NRM_SEEN, "row %zu", i);
        cr_expect_eq(answer_to(&talk, "two"), NRM_NOT_SEEN, "row %zu", i);
        cr_expect_eq(answer_to(&talk, "grown"), NRM_REFUSED, "row %zu", i);
        press(&talk, "\n", 1);
        struct nrm_output output;
        nrm_output_init(&output, -1);
        cr_expect(strstr(shown(&talk, &output, false), "Answer so far: yes, seen"), "row %zu", i);
        nrm_output_finish(&output);
        end(&talk);
    }
}

struct line {
    const char *lines[3]; /* each answers the last step, which is gone back to in between */
    size_t pages;
    const char *other, *where;
    enum nrm_dialogue_move move; /* of the last line */
};

static const struct line lines[] = {
    {{""}, 1, "", "end", NRM_MOVE_NEXT},
    {{"  "}, 1, "", "end", NRM_MOVE_NEXT},
    {{"a sign"}, 1, "a sign", "end", NRM_MOVE_NEXT},
    {{"  a sign\t"}, 1, "a sign", "end", NRM_MOVE_NEXT},
    {{"a sign", ""}, 1, "a sign", "end", NRM_MOVE_NEXT},
    {{"a sign", "another"}, 1, "another", "end", NRM_MOVE_NEXT},
    {{"a sign", "-"}, 1, "", "end", NRM_MOVE_NEXT},
    {{"-"}, 1, "", "end", NRM_MOVE_NEXT},
    {{"a sign", "b"}, 1, "a sign", "grown", NRM_MOVE_NEXT},
    {{"B"}, 1, "", "grown", NRM_MOVE_NEXT},
    {{" b "}, 1, "", "grown", NRM_MOVE_NEXT},
    {{"a sign", "q"}, 1, "a sign", "other", NRM_MOVE_FINISHED},
    {{"Q"}, 1, "", "other", NRM_MOVE_FINISHED},
    {{"a sign", "a"}, 1, "a sign", "age", NRM_MOVE_NEXT}, /* as the doubt about the age asks for */
    {{"A"}, 1, "", "age", NRM_MOVE_NEXT},
    {{"bq"}, 1, "bq", "end", NRM_MOVE_NEXT},
    {{"b", ""}, 1, "", "end", NRM_MOVE_NEXT},
    {{"--"}, 1, "--", "end", NRM_MOVE_NEXT},
    {{"a sign", ""}, 2, "a sign", "other", NRM_MOVE_NEXT}, /* the rest of a long text first */
};

/* A line of just b, q, a or - is a command; every other one is text, and an empty one keeps the
 * text that stands there. */
Test(dialogue, the_line_for_what_no_question_asked)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct talk talk;
        enum nrm_dialogue_move move = NRM_MOVE_STAY;
        begin(&talk, "{}");
        press(&talk, "n\nsss", 1);
        for (size_t j = 0; j < 3 && lines[i].lines[j]; j++) {
            if (talk.dialogue.step == NRM_STEP_END)
                press(&talk, "b", 1);
            if (talk.dialogue.step == NRM_STEP_QUESTION)
                press(&talk, "s", 1);
            cr_assert_eq(talk.dialogue.step, NRM_STEP_OTHER, "row %zu", i);
            move = nrm_dialogue_line(&talk.dialogue, nrm_str(lines[i].lines[j]), lines[i].pages);
        }
        struct nrm_str other = talk.dialogue.other;
        cr_expect(nrm_str_is(other.text ? other : NRM_STR(""), lines[i].other), "row %zu: %.*s", i,
                  (int)other.length, other.text);
        cr_expect_str_eq(where(&talk.dialogue), lines[i].where, "row %zu", i);
        cr_expect_eq(move, lines[i].move, "row %zu", i);
        end(&talk);
    }
}

/* The age on record is not put right here: there a is text. */
Test(dialogue, a_line_of_a_where_the_age_is_on_record)
{
    struct talk talk;
    begin(&talk, "{person: {age_group: adult}}");
    press(&talk, "\nsss", 1);
    cr_expect_eq(nrm_dialogue_line(&talk.dialogue, NRM_STR("a"), 1), NRM_MOVE_NEXT);
    cr_expect_str_eq(where(&talk.dialogue), "end");
    cr_expect(nrm_str_is(talk.dialogue.other, "a"));
    end(&talk);
}

/* What stands there is shown, but not in plain lines, which stay on the screen. */
Test(dialogue, the_text_so_far)
{
    struct talk talk;
    struct nrm_output output;
    begin(&talk, "{}");
    nrm_output_init(&output, -1);
    press(&talk, "n\nsss", 1);
    cr_expect(!strstr(shown(&talk, &output, false), "So far"));
    nrm_dialogue_line(&talk.dialogue, NRM_STR("by the shop"), 1);
    press(&talk, "b", 1);
    cr_expect(strstr(shown(&talk, &output, false), "\n\nSo far: by the shop\n"), "%s",
              output.buffer.text);
    cr_expect(strstr(shown(&talk, &output, true), " There is a text; Enter keeps it.\n"), "%s",
              output.buffer.text);
    cr_expect(!strstr(output.buffer.text, "by the shop"));
    cr_expect(strstr(nrm_dialogue_keys(&talk.dialogue), "A line of just b goes back"));
    nrm_output_finish(&output);
    end(&talk);
}

struct doubt {
    const char *yaml, *keys;
    const char *signs; /* NULL: the age is not spoken of */
    bool by_key;       /* the age was told here and can be put right here */
};

#define RECORDED(group, signs) "{person: {age_group: " group "}, indicators: [" signs "]}"

static const struct doubt doubts[] = {
    {"{}", "n\nn", NULL, false},
    {"{}", "n\ny", "May be under eighteen", true},
    {"{}", "n\nyb", NULL, false}, /* said once, and again at the end */
    {"{}", "n\nyn", NULL, false},
    {"{}", "n\nyy", "May be under eighteen; Passes as an adult", true},
    {"{}", "n\nyss\n", "May be under eighteen", true},
    {"{}", "n\nybnss\n", NULL, false}, /* taken back */
    {"{}", "n\nr?s\n", NULL, false},
    {"{}", "?\ny", NULL, false}, /* a child is one already */
    {"{}", "n\nya?", NULL, false},
    {"{indicators: [{id: maybe}]}", "n", "May be under eighteen", true},
    {"{indicators: [{id: maybe}]}", "?", NULL, false},
    {RECORDED("adult", "{id: maybe}"), "", "May be under eighteen", false},
    {RECORDED("adult", "{id: maybe}"), "\n", NULL, false},
    {RECORDED("adult", "{id: maybe}"), "\ny", "May be under eighteen; Passes as an adult", false},
    {RECORDED("adult", "{id: maybe, answer: not_seen}"), "", NULL, false},
    {RECORDED("adult", "{id: home}"), "", NULL, false},
    {RECORDED("child", "{id: maybe}"), "", NULL, false},
};

/* H02-T002 H03-T084: a sign of childhood is pointed at where the person counts as an adult, and
 * nothing but what is said changes. */
Test(dialogue, a_sign_of_childhood_is_pointed_at)
{
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
        struct talk talk;
        struct nrm_output output;
        begin_with(&talk, young, doubts[i].yaml);
        nrm_output_init(&output, -1);
        press(&talk, doubts[i].keys, 1);
        for (int plain = 0; plain < 2; plain++) {
            const char *text = shown(&talk, &output, plain);
            struct nrm_buffer wanted = {0};
            nrm_buffer_printf(&wanted, "Age in doubt: %s. ", doubts[i].signs);
            cr_expect_eq(strncmp(text, "Age in doubt", 12) == 0, doubts[i].signs != NULL,
                         "row %zu: %s", i, text);
            if (doubts[i].signs)
                cr_expect(strncmp(text, wanted.text, wanted.length) == 0, "row %zu: %s", i, text);
            cr_expect_eq(strstr(text, "Press a") != NULL, doubts[i].by_key, "row %zu: %s", i, text);
            cr_expect_eq(strstr(text, "age_doubted") != NULL, doubts[i].signs && !doubts[i].by_key,
                         "row %zu: %s", i, text);
            nrm_buffer_free(&wanted);
        }
        nrm_output_finish(&output);
        end(&talk);
    }
}

struct noted {
    const char *yaml;
    bool wanted;
};

#define AGED(birth, events, entry)                                                                 \
    "{person: {birth_date: " birth "}, events: [" events "], indicators: [" entry "]}"
#define DOUBTED "{at: 2026-02-01, type: age_doubted}, "
#define FOUND                                                                                      \
    DOUBTED "{at: 2026-03-01, type: age_assessment_result, result: adult, experts: [a, b], "       \
            "methods: [interview]}, {at: 2026-04-01, type: remedies_exhausted, of: age}"

/* What was noted while the person was treated as a child was weighed when the person left that
 * track; a new sign speaks again (handbook 13.14: new information opens the question anew). */
static const struct noted noted[] = {
    {"{person: {age_group: adult}, indicators: [{id: maybe}]}", true},
    {"{person: {age_group: adult}, indicators: {id: maybe}}", true},
    {"{person: {age_group: adult}, indicators: [{id: passed, seen: 2020-01-01}]}", true},
    {"{person: {age_group: adult}, indicators: [{id: maybe, answer: refused}]}", false},
    {"{person: {age_group: adult}, indicators: [{id: grown}, {id: none}, maybe]}", false},
    {AGED("2008-05-01", "", "{id: maybe, seen: 2026-03-01}"), false},
    {AGED("2008-05-01", "", "{id: maybe, seen: 2026-06-01}"), true},
    {AGED("2008-05-01", "", "{id: maybe}"), false},
    {AGED("1990-05-01", FOUND, "{id: maybe, seen: 2026-01-15}"), false},
    {AGED("1990-05-01", FOUND, "{id: maybe, seen: 2026-04-02}"), true},
    {AGED("1990-05-01", FOUND, "{id: maybe, seen: 2026-04}"), true}, /* or perhaps not: it counts */
    {AGED("1990-05-01", FOUND, "{id: maybe}"), false},
    {AGED("1990-05-01", FOUND, "{id: maybe, seen: soon}"), false},
    {AGED("1990-05-01", FOUND, "{id: maybe, seen: 2026-01-15}, {id: maybe, seen: 2026-05-01}"),
     true},
};

Test(childhood, what_was_weighed_already_is_not_told_again)
{
    for (size_t i = 0; i < sizeof noted / sizeof *noted; i++) {
        struct talk talk;
        uint32_t at = 0;
        begin_with(&talk, young, noted[i].yaml);
        cr_assert(!talk.test.harness.standing.child_track, "row %zu", i);
        cr_expect_eq(nrm_childhood_next(talk.test.indicators, talk.dialogue.childhood, &at) != NULL,
                     noted[i].wanted, "row %zu", i);
        end(&talk);
    }
}

/* H03-S002: who declines is not asked; what is seen may be noted. */
Test(dialogue, of_who_declines_nothing_is_asked)
{
    static const struct {
        const char *yaml, *wanted;
    } table[] = {
        {"{person: {age_group: adult}}", "Before you ask."},
        {"{person: {age_group: adult}, events: [{at: 2026-03-01, type: declined}]}",
         "Before you go on. This person declines: do not ask"},
        {"{person: {age_group: child}}", "Before you go on. A child"},
    };
    for (size_t i = 0; i < 3; i++) {
        struct talk talk;
        struct nrm_output output;
        begin(&talk, table[i].yaml);
        talk.dialogue.declined = nrm_declines(talk.test.harness.rules, &talk.test.harness.standing);
        nrm_output_init(&output, -1);
        const char *text = shown(&talk, &output, true);
        cr_expect(strncmp(text, table[i].wanted, strlen(table[i].wanted)) == 0, "%s", text);
        nrm_output_finish(&output);
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

/* Why a caution does not count is heard as well, each text a sentence. */
Test(dialogue, plain_explains)
{
    static const struct {
        const char *set, *wanted;
    } table[] = {
        {"{id: x, sign: Tells it late, dimension: caution, explain: Shock delays.}",
         "1 of 1: Tells it late. Shock delays.\n"},
        {"{id: x, sign: Late, question: When?, dimension: caution, explain: Shock delays.}",
         "1 of 1: When? (sign: Late) Shock delays.\n"},
    };
    for (size_t i = 0; i < 2; i++) {
        struct talk talk;
        struct nrm_output output;
        struct nrm_buffer set = {0};
        nrm_buffer_printf(&set, "set: s\nname: S\nindicators: [%s]\n", table[i].set);
        begin_with(&talk, set.text, "{person: {age_group: adult}}");
        nrm_output_init(&output, -1);
        press(&talk, "\n", 1);
        cr_expect_str_eq(shown(&talk, &output, true), table[i].wanted, "%s", output.buffer.text);
        nrm_output_finish(&output);
        nrm_buffer_free(&set);
        end(&talk);
    }
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
    cr_expect_eq(answer_to(&talk, "one"), NRM_SEEN);
    cr_expect_eq(answer_to(&talk, "two"), NRM_NOT_SEEN);
    cr_expect_eq(answer_to(&talk, "grown"), NRM_NOT_ASKED);
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
            typed[i] = rand() % 3 ? "yn?rbsa-\n\n\n"[rand() % 11] : (char)rand();
        begin_with(&talk, round % 3 ? few : young,
                   round % 2 ? "{}" : "{person: {age_group: adult}}");
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
