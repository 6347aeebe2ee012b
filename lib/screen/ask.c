/* The way from a case file through the dialogue and back; see ask.h. The file is not locked while
 * somebody thinks: it is read again at the end, and the answers are added to what it says then. */
#include "screen/ask.h"

#include <errno.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/case_id.h"
#include "data/edit.h"
#include "data/operand.h"
#include "data/store.h"
#include "data/yaml.h"
#include "screen/childhood.h"
#include "screen/page.h"
#include "screen/record.h"
#include "screen/session.h"

/* --- before --- */

/* The case number that a new file's name stands for: without folder and ending. */
static struct nrm_str number_of(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL, *name = slash ? slash + 1 : path;
    const char *dot = name ? strrchr(name, '.') : NULL;
    return (struct nrm_str){name, dot ? (size_t)(dot - name) : name ? strlen(name) : 0};
}

/* The folder that a new file goes to. */
static const char *folder_of(const struct nrm_asking *asking)
{
    const char *slash = strrchr(asking->path, '/');
    if (!slash)
        return ".";
    return slash == asking->path
               ? "/"
               : nrm_arena_copy(asking->arena, asking->path, (size_t)(slash - asking->path));
}

static bool refuse(const struct nrm_asking *asking, const char *text)
{
    struct nrm_place place = {.file = asking->path};
    nrm_tell(asking->sink, NRM_ERROR, &place, "%s", text);
    return false;
}

/* Whether a new file can be made, and read by every tool under the name it is to have. False: told,
 * before anybody is asked for answers that could not be kept. */
static bool check_new(const struct nrm_asking *asking)
{
    struct nrm_place place = {.file = asking->path};
    struct stat status;
    struct nrm_str number = number_of(asking->path);
    const char *fault = nrm_case_id_fault(number);
    if (fault)
        return refuse(asking,
                      nrm_arena_printf(asking->arena,
                                       "the id of the case comes from this name, and %s", fault));
    if (strcasecmp(number.text + number.length, ".csv") == 0)
        return refuse(asking,
                      nrm_arena_printf(asking->arena,
                                       "-i keeps answers as YAML, which a file of this name is not "
                                       "read as; call it %.*s.yaml",
                                       (int)number.length, number.text));
    if (lstat(asking->path, &status) == 0)
        return refuse(asking, "a link to a file that is not there");
    if (access(folder_of(asking), W_OK | X_OK) == 0)
        return true;
    nrm_tell(asking->sink, NRM_ERROR, &place, "no file can be made in this folder: %s",
             strerror(errno));
    return false;
}

/* Whether a file that is there can be the YAML of a case. False: told. */
static bool check_kind(const struct nrm_asking *asking)
{
    struct nrm_reader_options options = {.sink = asking->sink};
    struct nrm_operand operand = {.path = asking->path};
    struct stat status;
    if (stat(asking->path, &status) != 0)
        return true; /* the one who opens it says why not */
    if (S_ISDIR(status.st_mode))
        return refuse(asking, "a directory; -i needs the file of one case");
    if (!S_ISREG(status.st_mode))
        return true;
    nrm_operand_settle(&operand, &options);
    if (operand.kind == NRM_OPERAND_TABLE || operand.kind == NRM_OPERAND_EVENTS)
        return refuse(asking, "this is a table, and -i takes YAML; nrm-convert -o yaml makes cases "
                              "of it, and each needs a file of its own");
    return operand.kind == NRM_OPERAND_YAML;
}

/* The file as text and as the one case in it. NULL: told. */
static struct nrm_store *open_case(const struct nrm_asking *asking, struct nrm_case_text *text)
{
    struct nrm_place place = {.file = asking->path};
    if (!check_kind(asking))
        return NULL;
    struct nrm_store *store = nrm_store_open(asking->path, asking->sink);
    if (!store)
        return NULL;
    struct nrm_str bytes = nrm_store_text(store);
    struct nrm_str kept = {nrm_arena_copy(asking->arena, bytes.text, bytes.length), bytes.length};
    if (nrm_edit_read(text, asking->arena, kept, asking->path, asking->sink)) {
        if (text->count == 1)
            return store;
        nrm_tell(asking->sink, NRM_ERROR, &place,
                 "there are several cases in this file; give each a file of its own");
    }
    nrm_store_close(store);
    return NULL;
}

/* A case that is there, or a new one; NULL: told. */
static struct nrm_node *first_look(const struct nrm_asking *asking, bool *new_file)
{
    struct nrm_case_text text;
    *new_file = !asking->path || (access(asking->path, F_OK) != 0 && errno == ENOENT);
    if (*new_file && asking->path && !check_new(asking))
        return NULL;
    if (*new_file)
        return nrm_record_new(asking->arena, number_of(asking->path));
    struct nrm_store *store = open_case(asking, &text);
    nrm_store_close(store);
    return store ? text.roots[0] : NULL;
}

/* Whether the age need not be asked: it is on record, or that it is not known is. */
static bool age_known(const struct nrm_asking *asking, const struct nrm_standing *standing)
{
    if (!nrm_node_is_null(nrm_node_at(standing->scope.c->root, NRM_STR("person.age_group"))))
        return true;
    int name = nrm_rules_name(asking->rules, NRM_STR("age"));
    const struct nrm_value *age = nrm_standing_value(standing, name);
    return age->kind == NRM_VALUE_STRING && !nrm_str_is(age->string, "unknown");
}

static struct nrm_str today(const struct nrm_asking *asking, const struct nrm_standing *standing)
{
    struct nrm_buffer text = {0};
    struct nrm_time day = {
        .precision = NRM_TIME_DAY,
        .day = nrm_zone_day(standing->profile->calendar.zone, standing->scope.now.utc)};
    nrm_time_text(&day, NULL, &text);
    struct nrm_str kept = {nrm_arena_copy(asking->arena, text.text, text.length), text.length};
    nrm_buffer_free(&text);
    return kept;
}

/* --- after --- */

/* What was answered, and when. */
struct answers {
    const struct nrm_dialogue *dialogue;
    struct nrm_str day;
    uint32_t *numbers; /* of the indicators, in the order to be written */
    size_t count;
};

/* Add an answer that says more than what was on record, once. */
static void add_answer(struct answers *answers, uint32_t number)
{
    const struct nrm_dialogue *dialogue = answers->dialogue;
    for (size_t i = 0; i < answers->count; i++)
        if (answers->numbers[i] == number)
            return;
    if (dialogue->answers[number] > dialogue->noted[number])
        answers->numbers[answers->count++] = number;
}

/* In the order of the questions; behind them answers to questions that were asked before the age
 * was put right, and are not asked at the age that holds now. */
static struct answers collect_answers(const struct nrm_asking *asking,
                                      const struct nrm_dialogue *dialogue, struct nrm_str day)
{
    uint32_t count = nrm_index_count(asking->indicators->ids);
    struct answers answers = {.dialogue = dialogue, .day = day};
    answers.numbers = nrm_arena_array(asking->arena, count, sizeof *answers.numbers);
    for (size_t i = 0; i < dialogue->count; i++)
        add_answer(&answers, dialogue->questions[i]->number);
    for (uint32_t i = 0; i < count; i++)
        add_answer(&answers, i);
    return answers;
}

static struct nrm_str id_of(const struct nrm_asking *asking, uint32_t number)
{
    return nrm_index_text(asking->indicators->ids, number);
}

/* Into the document itself: all of it is written anew. */
static void put_into_tree(const struct nrm_asking *asking, const struct answers *answers,
                          struct nrm_node *root)
{
    const struct nrm_dialogue *dialogue = answers->dialogue;
    const char *group = dialogue->age == 'y' ? "child" : dialogue->age == 'n' ? "adult" : "unknown";
    if (dialogue->age)
        nrm_node_set_at(asking->arena, root, NRM_STR("person.age_group"),
                        nrm_node_scalar(asking->arena, nrm_str(group), NRM_PLAIN));
    for (size_t i = 0; i < answers->count; i++) {
        uint32_t number = answers->numbers[i];
        nrm_record_answer(asking->arena, root, id_of(asking, number),
                          (enum nrm_answer)dialogue->answers[number], answers->day,
                          (struct nrm_str){NULL, 0});
    }
    if (dialogue->other.length)
        nrm_record_answer(asking->arena, root, NRM_STR("other"), NRM_SEEN, answers->day,
                          dialogue->other);
}

static bool append(struct nrm_case_text *text, struct nrm_node *entry)
{
    struct nrm_case_text longer;
    if (!nrm_edit_append_to(text, "indicators", entry, &longer, NULL))
        return false;
    *text = longer;
    return true;
}

/* Behind the entries there are, so that everything else in the file, comments too, stays as it is.
 * False: that cannot be done, TEXT is of no use. */
static bool put_into_text(const struct nrm_asking *asking, const struct answers *answers,
                          struct nrm_case_text *text)
{
    const struct nrm_dialogue *dialogue = answers->dialogue;
    bool done = !dialogue->age;
    for (size_t i = 0; done && i < answers->count; i++) {
        uint32_t number = answers->numbers[i];
        done = append(text, nrm_record_entry(asking->arena, id_of(asking, number),
                                             (enum nrm_answer)dialogue->answers[number],
                                             answers->day, (struct nrm_str){NULL, 0}));
    }
    if (done && dialogue->other.length)
        done = append(text, nrm_record_entry(asking->arena, NRM_STR("other"), NRM_SEEN,
                                             answers->day, dialogue->other));
    return done;
}

static struct nrm_str as_text(const struct nrm_asking *asking, const struct nrm_node *root)
{
    struct nrm_output output;
    nrm_output_init(&output, -1);
    nrm_yaml_write(&output, root);
    struct nrm_str text = {nrm_arena_copy(asking->arena, output.buffer.text, output.buffer.length),
                           output.buffer.length};
    nrm_output_finish(&output);
    return text;
}

static bool change_file(const struct nrm_asking *asking, const struct answers *answers)
{
    struct nrm_case_text text;
    struct nrm_store *store = open_case(asking, &text);
    if (!store)
        return false;
    struct nrm_case_text longer = text;
    struct nrm_str whole;
    if (put_into_text(asking, answers, &longer)) {
        whole = longer.text;
    } else {
        put_into_tree(asking, answers, text.roots[0]);
        whole = as_text(asking, text.roots[0]);
    }
    bool kept = nrm_store_replace(store, whole, asking->sink);
    nrm_store_close(store);
    return kept;
}

/* False: told. A file that came up meanwhile is added to. */
static bool keep(const struct nrm_asking *asking, const struct answers *answers,
                 struct nrm_node *root, bool new_file)
{
    if (new_file)
        put_into_tree(asking, answers, root);
    if (!asking->path)
        return true;
    enum nrm_store_made made = NRM_STORE_EXISTS;
    if (new_file) {
        const char *slash = strrchr(asking->path, '/');
        made = nrm_store_create(folder_of(asking), slash ? slash + 1 : asking->path,
                                as_text(asking, root), asking->sink);
    }
    return made == NRM_STORE_EXISTS ? change_file(asking, answers) : made == NRM_STORE_MADE;
}

/* --- the dialogue --- */

/* False: the terminal cannot be had (told). *WANTED: not interrupted. */
static bool hold_dialogue(const struct nrm_asking *asking, struct nrm_dialogue *dialogue, int out,
                          bool *wanted)
{
    struct nrm_terminal terminal;
    if (!nrm_terminal_open(&terminal, STDIN_FILENO, out, asking->plain)) {
        nrm_tell(asking->sink, NRM_ERROR, NULL, "the terminal cannot be used: %s; try --plain",
                 strerror(errno));
        return false;
    }
    nrm_dialogue_begin(dialogue);
    *wanted = nrm_session_run(dialogue, &terminal);
    nrm_terminal_close(&terminal);
    return true;
}

static enum nrm_asked ask_about(const struct nrm_asking *asking, const struct nrm_case *c, int out,
                                bool new_file, size_t *answered, size_t *open)
{
    struct nrm_standing standing;
    struct nrm_screening before;
    bool wanted = false;
    if (!nrm_rules_stand(asking->rules, c, &standing))
        return NRM_ASKED_TROUBLE;
    nrm_screen(asking->screener, &standing, &before);
    struct nrm_dialogue dialogue = {
        .screener = asking->screener,
        .indicators = asking->indicators,
        .language = asking->language,
        .short_list = asking->short_list,
        .age_known = age_known(asking, &standing),
        .declined = nrm_declines(asking->rules, &standing),
        .track = before.track,
        .care = asking->care && nrm_care_applies(asking->care, &standing) ? asking->care : NULL,
        .standing = &standing,
        .noted = before.answers,
        .childhood = nrm_childhood_signs(asking->indicators, &standing),
        .arena = asking->arena,
    };
    if (!hold_dialogue(asking, &dialogue, out, &wanted))
        return NRM_ASKED_TROUBLE;
    if (!wanted)
        return NRM_ASKED_INTERRUPTED;
    struct answers answers = collect_answers(asking, &dialogue, today(asking, &standing));
    *answered = answers.count + (dialogue.age != 0) + (dialogue.other.length != 0);
    for (size_t i = 0; i < dialogue.count; i++)
        *open += dialogue.answers[dialogue.questions[i]->number] <= NRM_NOT_ASKED;
    if (*answered == 0)
        return NRM_ASKED_NOTHING;
    return keep(asking, &answers, c->root, new_file) ? NRM_ASKED_KEPT : NRM_ASKED_TROUBLE;
}

enum nrm_asked nrm_ask(const struct nrm_asking *asking, int out, struct nrm_node **root,
                       size_t *answered, size_t *open)
{
    struct nrm_case c;
    bool new_file;
    *answered = *open = 0;
    *root = first_look(asking, &new_file);
    if (!*root || !nrm_case_from_node(&c, asking->arena, *root, asking->path ? asking->path : "-",
                                      asking->sink))
        return NRM_ASKED_TROUBLE;
    return ask_about(asking, &c, out, new_file, answered, open);
}
