/* The steps of a screening dialogue; see dialogue.h. */
#include "screen/dialogue.h"

#include "base/wrap.h"
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
    dialogue->answers = nrm_arena_array(dialogue->arena, all, sizeof *dialogue->answers);
    dialogue->count = dialogue->at = 0;
    for (size_t i = 0; i < all; i++)
        if (dialogue->noted[questions[i]->number] <= NRM_NOT_ASKED)
            dialogue->questions[dialogue->count++] = questions[i];
}

void nrm_dialogue_begin(struct nrm_dialogue *dialogue)
{
    dialogue->step = dialogue->age_known ? NRM_STEP_CARE : NRM_STEP_AGE;
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
    uint8_t *answer = &dialogue->answers[dialogue->at];
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
    return go_on(dialogue);
}

enum nrm_dialogue_move nrm_dialogue_key(struct nrm_dialogue *dialogue, int key, size_t pages)
{
    if (key >= 'A' && key <= 'Z')
        key += 'a' - 'A';
    if (key == 'q')
        return NRM_MOVE_FINISHED;
    if (key == 'b')
        return go_back(dialogue);
    switch (dialogue->step) {
    case NRM_STEP_AGE:
        return answer_age(dialogue, key);
    case NRM_STEP_CARE:
        if (key != NRM_KEY_ENTER && key != ' ' && key != 's')
            return NRM_MOVE_STAY;
        if (dialogue->page + 1 < pages) {
            dialogue->page++;
            return NRM_MOVE_NEXT;
        }
        return go_on(dialogue);
    case NRM_STEP_QUESTION:
        return answer_question(dialogue, key);
    default:
        return key == NRM_KEY_ENTER ? NRM_MOVE_FINISHED : NRM_MOVE_STAY;
    }
}

/* Control characters become spaces; bytes that are no UTF-8 become question marks. */
void nrm_dialogue_line(struct nrm_dialogue *dialogue, struct nrm_str line)
{
    struct nrm_buffer kept = {0};
    for (size_t at = 0, size; at < line.length; at += size) {
        unsigned code = nrm_utf8_decode(line.text + at, line.length - at, &size);
        bool broken = code == 0xFFFD && size == 1;
        bool control = code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xFEFF;
        if (broken || control)
            nrm_buffer_add_char(&kept, broken ? '?' : ' ');
        else
            nrm_buffer_add(&kept, line.text + at, size);
    }
    while (kept.length > 0 && kept.text[kept.length - 1] == ' ')
        kept.length--;
    dialogue->other = (struct nrm_str){NULL, 0};
    if (kept.length)
        dialogue->other =
            (struct nrm_str){nrm_arena_copy(dialogue->arena, kept.text, kept.length), kept.length};
    nrm_buffer_free(&kept);
    go_on(dialogue);
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

static void show_care(const struct nrm_dialogue *dialogue, struct nrm_output *output, size_t width)
{
    nrm_wrap(output, "",
             dialogue->track == NRM_CHILD
                 ? NRM_STR("Before you go on. A child, or a person who may be one, is not "
                           "interviewed for this: answer from what you see and what services "
                           "know.")
                 : NRM_STR("Before you ask. Ask only what is needed, and stop where it hurts."),
             0, width);
    for (size_t i = 0; dialogue->care && i < dialogue->care->count; i++) {
        const struct nrm_care_item *item = &dialogue->care->items[i];
        if (is_open(dialogue, item))
            nrm_wrap(output, "- ", nrm_phrase_in(&item->text, dialogue->language), 2, width);
    }
}

static const char *answer_so_far(const struct nrm_dialogue *dialogue)
{
    switch (dialogue->answers[dialogue->at]) {
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
                       "names; empty for nothing.");
    default:
        return NRM_STR("All questions are through. The answers are kept when you leave.");
    }
}

void nrm_dialogue_show(const struct nrm_dialogue *dialogue, struct nrm_output *output, size_t width)
{
    if (dialogue->step == NRM_STEP_CARE)
        show_care(dialogue, output, width);
    else if (dialogue->step == NRM_STEP_QUESTION)
        show_question(dialogue, output, width);
    else
        nrm_wrap(output, "", fixed_text(dialogue), 0, width);
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
        return "Enter ends the line";
    default:
        return "Enter leave   b back";
    }
}

void nrm_dialogue_show_plain(const struct nrm_dialogue *dialogue, struct nrm_output *output)
{
    if (dialogue->step != NRM_STEP_QUESTION) {
        nrm_dialogue_show(dialogue, output, PLAIN_WIDTH);
        return;
    }
    const struct nrm_indicator *indicator = dialogue->questions[dialogue->at];
    struct nrm_buffer text = {0};
    const char *before = answer_so_far(dialogue);
    nrm_buffer_add_str(&text, nrm_indicator_asks(indicator, dialogue->language));
    if (indicator->question.count) {
        nrm_buffer_add_str(&text, NRM_STR(" (sign: "));
        nrm_buffer_add_str(&text, nrm_phrase_in(&indicator->sign, dialogue->language));
        nrm_buffer_add_char(&text, ')');
    }
    if (before)
        nrm_buffer_printf(&text, " Has an answer.");
    const char *lead =
        nrm_arena_printf(dialogue->arena, "%zu of %zu: ", dialogue->at + 1, dialogue->count);
    nrm_wrap(output, lead, (struct nrm_str){text.text, text.length}, 0, PLAIN_WIDTH);
    nrm_buffer_free(&text);
}
