/* The way from a case file through the dialogue and back; see ask.h. */
#include "screen/ask.h"

#include <errno.h>
#include <unistd.h>

#include "data/case_file.h"
#include "screen/record.h"
#include "screen/session.h"

/* The case number that a new file's name stands for. */
static struct nrm_str number_of(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL, *name = slash ? slash + 1 : path;
    struct nrm_str number = {name, name ? strcspn(name, ".") : 0};
    if (name && strchr(name, '.') != strrchr(name, '.'))
        number.length = (size_t)(strrchr(name, '.') - name);
    return number;
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

static void keep_age(const struct nrm_asking *asking, struct nrm_node *root, char age)
{
    const char *group = age == 'y' ? "child" : age == 'n' ? "adult" : "unknown";
    nrm_node_set_at(asking->arena, root, NRM_STR("person.age_group"),
                    nrm_node_scalar(asking->arena, nrm_str(group), NRM_PLAIN));
}

/* Put the answers into ROOT; how many there are. */
static size_t keep_answers(const struct nrm_asking *asking, const struct nrm_dialogue *dialogue,
                           struct nrm_node *root, struct nrm_str day)
{
    size_t kept = 0;
    if (dialogue->age) {
        keep_age(asking, root, dialogue->age);
        kept++;
    }
    for (size_t i = 0; i < dialogue->count; i++) {
        enum nrm_answer answer = (enum nrm_answer)dialogue->answers[i];
        if (answer == NRM_NOTHING_NOTED)
            continue;
        nrm_record_answer(asking->arena, root, nrm_str(dialogue->questions[i]->id), answer, day,
                          (struct nrm_str){NULL, 0});
        kept++;
    }
    if (dialogue->other.length) {
        nrm_record_answer(asking->arena, root, NRM_STR("other"), NRM_SEEN, day, dialogue->other);
        kept++;
    }
    return kept;
}

/* False: the terminal cannot be had (told). *KEEP: not interrupted. */
static bool hold_dialogue(const struct nrm_asking *asking, struct nrm_dialogue *dialogue, int out,
                          bool *keep)
{
    struct nrm_terminal terminal;
    if (!nrm_terminal_open(&terminal, STDIN_FILENO, out, asking->plain)) {
        nrm_tell(asking->sink, NRM_ERROR, NULL, "the terminal cannot be used: %s; try --plain",
                 strerror(errno));
        return false;
    }
    nrm_dialogue_begin(dialogue);
    *keep = nrm_session_run(dialogue, &terminal);
    nrm_terminal_close(&terminal);
    return true;
}

static enum nrm_asked ask_about(const struct nrm_asking *asking, struct nrm_case *c, int out,
                                struct nrm_node *root, bool new_file, size_t *answered,
                                size_t *open)
{
    struct nrm_standing standing;
    struct nrm_screening before;
    bool keep = false;
    if (!nrm_rules_stand(asking->rules, c, &standing))
        return NRM_ASKED_TROUBLE;
    nrm_screen(asking->screener, &standing, &before);
    struct nrm_dialogue dialogue = {
        .screener = asking->screener,
        .language = asking->language,
        .short_list = asking->short_list,
        .age_known = age_known(asking, &standing),
        .track = before.track,
        .care = asking->care && nrm_care_applies(asking->care, &standing) ? asking->care : NULL,
        .standing = &standing,
        .noted = before.answers,
        .arena = asking->arena,
    };
    if (!hold_dialogue(asking, &dialogue, out, &keep))
        return NRM_ASKED_TROUBLE;
    if (!keep)
        return NRM_ASKED_INTERRUPTED;
    *answered = keep_answers(asking, &dialogue, root, today(asking, &standing));
    for (size_t i = 0; i < dialogue.count; i++)
        *open += dialogue.answers[i] <= NRM_NOT_ASKED;
    if (*answered == 0)
        return NRM_ASKED_NOTHING;
    if (asking->path && !nrm_case_file_write(asking->path, new_file, root, asking->sink))
        return NRM_ASKED_TROUBLE;
    return NRM_ASKED_KEPT;
}

enum nrm_asked nrm_ask(const struct nrm_asking *asking, int out, struct nrm_node **root,
                       size_t *answered, size_t *open)
{
    struct nrm_case c;
    enum nrm_case_file file = NRM_FILE_NEW;
    *root = NULL;
    *answered = *open = 0;
    if (asking->path)
        file = nrm_case_file_read(asking->arena, asking->path, root, asking->sink);
    if (file == NRM_FILE_BROKEN)
        return NRM_ASKED_TROUBLE;
    if (file == NRM_FILE_NEW)
        *root = nrm_record_new(asking->arena, number_of(asking->path));
    if (!nrm_case_from_node(&c, asking->arena, *root, asking->path ? asking->path : "-",
                            asking->sink))
        return NRM_ASKED_TROUBLE;
    return ask_about(asking, &c, out, *root, file == NRM_FILE_NEW, answered, open);
}
