/* The steps of a screening dialogue; see dialogue.h. */
#include "screen/dialogue.h"

#include "base/wrap.h"
#include "screen/childhood.h"
#include "screen/page.h"

enum { PLAIN_WIDTH = 100000 }; /* one line */

/* --- steps --- */

/* What has no answer yet, in the order of its use. An answer of the case before is not asked for
 * again; "not asked" is none. */
static void collect_questions(struct nrm_dialogue *dialogue)
{
    size_t all;
    const struct nrm_indicator *const *questions =
        nrm_screener_questions(dialogue->screener, dialogue->track, dialogue->short_list, &all);
    dialogue->questions = nrm_arena_array(dialogue->arena, all, sizeof *dialogue->questions);
    dialogue->count = dialogue->at = 0;
    for (size_t i = 0; i < all; i++)
        if (dialogue->noted[questions[i]->number] <= NRM_NOT_ASKED)
            dialogue->questions[dialogue->count++] = questions[i];
}

void nrm_dialogue_begin(struct nrm_dialogue *dialogue)
{
    dialogue->step = dialogue->age_known ? NRM_STEP_CARE : NRM_STEP_AGE;
    dialogue->answers =
        nrm_arena_array(dialogue->arena, nrm_index_count(dialogue->indicators->ids), 1);
    collect_questions(dialogue);
}

static enum nrm_dialogue_move go_on(struct nrm_dialogue *dialogue)
{
    dialogue->page = 0;
    if (dialogue->step == NRM_STEP_QUESTION && dialogue->at + 1 < dialogue->count)
        dialogue->at++;
    else if (dialogue->step == NRM_STEP_CARE && dialogue->count == 0)
        dialogue->step = NRM_STEP_OTHER;
    else
        dialogue->step++;
    return NRM_MOVE_NEXT;
}

static enum nrm_dialogue_move go_back(struct nrm_dialogue *dialogue)
{
    if (dialogue->page > 0) {
        dialogue->page--;
        return NRM_MOVE_NEXT;
    }
    dialogue->doubt = false;
    if (dialogue->step == NRM_STEP_QUESTION && dialogue->at > 0) {
        dialogue->at--;
        return NRM_MOVE_NEXT;
    }
    if (dialogue->step == NRM_STEP_AGE || (dialogue->step == NRM_STEP_CARE && dialogue->age_known))
        return NRM_MOVE_FIRST;
    if (dialogue->step == NRM_STEP_OTHER && dialogue->count == 0)
        dialogue->step = NRM_STEP_CARE;
    else
        dialogue->step--;
    return NRM_MOVE_NEXT;
}

static enum nrm_dialogue_move turn_page(struct nrm_dialogue *dialogue)
{
    dialogue->page++;
    return NRM_MOVE_NEXT;
}

static enum nrm_dialogue_move go_to_age(struct nrm_dialogue *dialogue)
{
    dialogue->step = NRM_STEP_AGE;
    dialogue->page = 0;
    dialogue->doubt = false;
    return NRM_MOVE_NEXT;
}

/* H02-T002: anything but a sure adult is screened as a child. */
static enum nrm_dialogue_move answer_age(struct nrm_dialogue *dialogue, int key)
{
    if (key != 'y' && key != 'n' && key != '?')
        return NRM_MOVE_STAY;
    enum nrm_track track = key == 'n' ? NRM_ADULT : NRM_CHILD;
    dialogue->age = (char)key;
    if (track != dialogue->track) {
        dialogue->track = track;
        collect_questions(dialogue);
    }
    return go_on(dialogue);
}

static enum nrm_dialogue_move answer_question(struct nrm_dialogue *dialogue, int key)
{
    const struct nrm_indicator *indicator = dialogue->questions[dialogue->at];
    uint8_t *answer = &dialogue->answers[indicator->number];
    switch (key) {
    case 'y':
        *answer = NRM_SEEN;
        break;
    case 'n':
        *answer = NRM_NOT_SEEN;
        break;
    case '?':
        *answer = NRM_NOT_ASKED;
        break;
    case 'r':
        *answer = NRM_REFUSED;
        break;
    case 's':
        break;
    default:
        return NRM_MOVE_STAY;
    }
    go_on(dialogue);
    dialogue->doubt = key == 'y' && indicator->childhood;
    return NRM_MOVE_NEXT;
}

enum nrm_dialogue_move nrm_dialogue_key(struct nrm_dialogue *dialogue, int key, size_t pages)
{
    if (key >= 'A' && key <= 'Z')
        key += 'a' - 'A';
    if (key == 'q')
        return NRM_MOVE_FINISHED;
    if (key == 'b')
        return go_back(dialogue);
    if ((key == NRM_KEY_ENTER || key == ' ') && dialogue->page + 1 < pages)
        return turn_page(dialogue);
    if (key == 'a' && !dialogue->age_known && dialogue->step != NRM_STEP_AGE)
        return go_to_age(dialogue);
    switch (dialogue->step) {
    case NRM_STEP_AGE:
        return answer_age(dialogue, key);
    case NRM_STEP_CARE:
        return key == NRM_KEY_ENTER || key == ' ' || key == 's' ? go_on(dialogue) : NRM_MOVE_STAY;
    case NRM_STEP_QUESTION:
        return answer_question(dialogue, key);
    default:
        return key == NRM_KEY_ENTER ? NRM_MOVE_FINISHED : NRM_MOVE_STAY;
    }
}

/* Control characters become spaces; bytes that are no UTF-8 become question marks. No spaces at
 * either end. */
static struct nrm_str clean_line(struct nrm_arena *arena, struct nrm_str line)
{
    struct nrm_buffer kept = {0};
    for (size_t at = 0, size; at < line.length; at += size) {
        unsigned code = nrm_utf8_decode(line.text + at, line.length - at, &size);
        bool broken = code == 0xFFFD && size == 1;
        bool control = code <= 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xFEFF;
        if (!broken && !control)
            nrm_buffer_add(&kept, line.text + at, size);
        else if (broken || kept.length > 0)
            nrm_buffer_add_char(&kept, broken ? '?' : ' ');
    }
    while (kept.length > 0 && kept.text[kept.length - 1] == ' ')
        kept.length--;
    struct nrm_str text = {NULL, kept.length};
    if (kept.length)
        text.text = nrm_arena_copy(arena, kept.text, kept.length);
    nrm_buffer_free(&kept);
    return text;
}

enum nrm_dialogue_move nrm_dialogue_line(struct nrm_dialogue *dialogue, struct nrm_str line,
                                         size_t pages)
{
    struct nrm_str text = clean_line(dialogue->arena, line);
    if (text.length == 0)
        return dialogue->page + 1 < pages ? turn_page(dialogue) : go_on(dialogue);
    if (nrm_str_is(text, "b") || nrm_str_is(text, "B"))
        return go_back(dialogue);
    if (nrm_str_is(text, "q") || nrm_str_is(text, "Q"))
        return NRM_MOVE_FINISHED;
    if (!dialogue->age_known && (nrm_str_is(text, "a") || nrm_str_is(text, "A")))
        return go_to_age(dialogue);
    dialogue->other = nrm_str_is(text, "-") ? (struct nrm_str){NULL, 0} : text;
    return go_on(dialogue);
}

/* --- what is shown --- */

/* Once the age was told the case before cannot say what is due; what is always due still is. */
static bool is_open(const struct nrm_dialogue *dialogue, const struct nrm_care_item *item)
{
    bool child = dialogue->track == NRM_CHILD;
    if (child == dialogue->standing->child_track)
        return nrm_care_state(item, dialogue->standing) == NRM_CARE_OPEN;
    return item->tracks[dialogue->track] && !item->when;
}

/* H03-S002: who declines is not asked. */
static struct nrm_str before_you(const struct nrm_dialogue *dialogue)
{
    if (dialogue->track == NRM_CHILD)
        return NRM_STR("Before you go on. A child, or a person who may be one, is not interviewed "
                       "for this: answer from what you see and what services know.");
    if (dialogue->declined)
        return NRM_STR("Before you go on. This person declines: do not ask, and note only "
                       "what you see or are told.");
    return NRM_STR("Before you ask. Ask only what is needed, and stop where it hurts.");
}

static void show_care(const struct nrm_dialogue *dialogue, struct nrm_output *output, size_t width)
{
    nrm_wrap(output, "", before_you(dialogue), 0, width);
    for (size_t i = 0; dialogue->care && i < dialogue->care->count; i++) {
        const struct nrm_care_item *item = &dialogue->care->items[i];
        if (is_open(dialogue, item))
            nrm_wrap(output, "- ", nrm_phrase_in(&item->text, dialogue->language), 2, width);
    }
}

static const char *answer_so_far(const struct nrm_dialogue *dialogue)
{
    switch (dialogue->answers[dialogue->questions[dialogue->at]->number]) {
    case NRM_SEEN:
        return "yes, seen";
    case NRM_NOT_SEEN:
        return "no, not seen";
    case NRM_NOT_ASKED:
        return "not asked";
    case NRM_REFUSED:
        return "refused";
    default:
        return NULL;
    }
}

static void show_question(const struct nrm_dialogue *dialogue, struct nrm_output *output,
                          size_t width)
{
    const struct nrm_indicator *indicator = dialogue->questions[dialogue->at];
    struct nrm_str sign = nrm_phrase_in(&indicator->sign, dialogue->language);
    const char *before = answer_so_far(dialogue);
    nrm_output_printf(output, "%zu of %zu", dialogue->at + 1, dialogue->count);
    nrm_wrap(output, "  ", nrm_phrase_in(&indicator->set->name, dialogue->language), 2,
             width > 12 ? width - 10 : width);
    nrm_output_add_char(output, '\n');
    if (indicator->question.count)
        nrm_wrap(output, "", nrm_phrase_in(&indicator->question, dialogue->language), 0, width);
    nrm_wrap(output, "Sign: ", sign, 6, width);
    if (indicator->explain.count)
        nrm_wrap(output, "", nrm_phrase_in(&indicator->explain, dialogue->language), 0, width);
    if (before) {
        nrm_output_add_char(output, '\n');
        nrm_wrap(output, "Answer so far: ", nrm_str(before), 2, width);
    }
}

static struct nrm_str fixed_text(const struct nrm_dialogue *dialogue)
{
    switch (dialogue->step) {
    case NRM_STEP_AGE:
        return NRM_STR("Is the person under 18, or could that be?");
    case NRM_STEP_OTHER:
        return NRM_STR("What else was noticed that no question asked about? One line, without "
                       "names.");
    default:
        return NRM_STR("All questions are through. The answers are kept when you leave.");
    }
}

/* Whether a sign of childhood, of before or of now, speaks against the age as it is on record or
 * was told. */
static bool is_childhood(const struct nrm_dialogue *dialogue, uint32_t number)
{
    if (dialogue->childhood && dialogue->childhood[number])
        return true;
    return dialogue->answers[number] == NRM_SEEN &&
           nrm_indicators_known(dialogue->indicators, number, NRM_ADULT)->childhood;
}

/* The signs, and what to do about them: where the sign was just noted, before everything else, and
 * at the end. The track stays that of the record. H02-T002 H03-T084 */
static void show_doubt(const struct nrm_dialogue *dialogue, struct nrm_output *output, size_t width)
{
    struct nrm_buffer text = {0};
    uint32_t count = nrm_index_count(dialogue->indicators->ids);
    bool due = dialogue->doubt || dialogue->step == NRM_STEP_CARE || dialogue->step == NRM_STEP_END;
    for (uint32_t i = 0; due && dialogue->track == NRM_ADULT && i < count; i++) {
        if (!is_childhood(dialogue, i))
            continue;
        nrm_buffer_add_str(&text, text.length ? NRM_STR("; ") : NRM_STR(""));
        nrm_buffer_add_str(
            &text, nrm_phrase_in(&nrm_indicators_known(dialogue->indicators, i, NRM_ADULT)->sign,
                                 dialogue->language));
    }
    if (text.length == 0)
        return;
    nrm_buffer_add_str(
        &text, dialogue->age_known
                   ? NRM_STR(". The record says adult. A person who may be a child is treated as "
                             "one: log age_doubted with nrm-case, and screen as a child from now "
                             "on.")
                   : NRM_STR(". A person who may be a child is treated as one. Press a to put the "
                             "age right; the answers stay."));
    nrm_wrap(output, "Age in doubt: ", (struct nrm_str){text.text, text.length}, 2, width);
    nrm_buffer_free(&text);
    if (width < PLAIN_WIDTH)
        nrm_output_add_char(output, '\n');
}

void nrm_dialogue_show(const struct nrm_dialogue *dialogue, struct nrm_output *output, size_t width)
{
    show_doubt(dialogue, output, width);
    if (dialogue->step == NRM_STEP_CARE)
        show_care(dialogue, output, width);
    else if (dialogue->step == NRM_STEP_QUESTION)
        show_question(dialogue, output, width);
    else
        nrm_wrap(output, "", fixed_text(dialogue), 0, width);
    if (dialogue->step == NRM_STEP_OTHER && dialogue->other.length) {
        nrm_output_add_char(output, '\n');
        nrm_wrap(output, "So far: ", dialogue->other, 2, width);
    }
}

const char *nrm_dialogue_keys(const struct nrm_dialogue *dialogue)
{
    switch (dialogue->step) {
    case NRM_STEP_AGE:
        return "y yes   n no, surely an adult   ? not sure   q stop";
    case NRM_STEP_CARE:
        return "Enter go on   b back   q stop";
    case NRM_STEP_QUESTION:
        return "y yes, seen   n no, not seen   ? not asked   r refused   b back   s skip   q stop "
               "and keep";
    case NRM_STEP_OTHER:
        return "Type a line and Enter; Enter alone goes on. A line of just b goes back, q stops "
               "and keeps, - erases the text.";
    default:
        return "Enter leave   b back";
    }
}

/* Add TEXT as a sentence of its own. */
static void add_sentence(struct nrm_buffer *line, struct nrm_str text)
{
    if (line->length && !strchr(".?!)", line->text[line->length - 1]))
        nrm_buffer_add_char(line, '.');
    nrm_buffer_add_str(line, line->length ? NRM_STR(" ") : NRM_STR(""));
    nrm_buffer_add_str(line, text);
}

static void add_question(const struct nrm_dialogue *dialogue, struct nrm_buffer *line)
{
    const struct nrm_indicator *indicator = dialogue->questions[dialogue->at];
    nrm_buffer_add_str(line, nrm_indicator_asks(indicator, dialogue->language));
    if (indicator->question.count) {
        nrm_buffer_add_str(line, NRM_STR(" (sign: "));
        nrm_buffer_add_str(line, nrm_phrase_in(&indicator->sign, dialogue->language));
        nrm_buffer_add_char(line, ')');
    }
    if (indicator->explain.count)
        add_sentence(line, nrm_phrase_in(&indicator->explain, dialogue->language));
    if (answer_so_far(dialogue))
        add_sentence(line, NRM_STR("Has an answer."));
}

void nrm_dialogue_show_plain(const struct nrm_dialogue *dialogue, struct nrm_output *output)
{
    struct nrm_buffer line = {0};
    const char *lead = "";
    if (dialogue->step != NRM_STEP_QUESTION && dialogue->step != NRM_STEP_OTHER) {
        nrm_dialogue_show(dialogue, output, PLAIN_WIDTH);
        return;
    }
    show_doubt(dialogue, output, PLAIN_WIDTH);
    if (dialogue->step == NRM_STEP_QUESTION) {
        add_question(dialogue, &line);
        lead = nrm_arena_printf(dialogue->arena, "%zu of %zu: ", dialogue->at + 1, dialogue->count);
    } else {
        nrm_buffer_add_str(&line, fixed_text(dialogue));
        if (dialogue->other.length)
            add_sentence(&line, NRM_STR("There is a text; Enter keeps it."));
    }
    nrm_wrap(output, lead, (struct nrm_str){line.text, line.length}, 0, PLAIN_WIDTH);
    nrm_buffer_free(&line);
}
