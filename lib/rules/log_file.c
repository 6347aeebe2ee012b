/* Logging in a file; see log_file.h. */
#include "rules/log_file.h"

#include <stdlib.h>

#include "rules/profile.h"

/* Lock and read the file, find the case in it, and what it is judged by. */
static bool open_case(struct nrm_logging *logging)
{
    logging->store = nrm_store_open(logging->file, logging->sink);
    if (!logging->store ||
        !nrm_edit_read(&logging->text, logging->arena, nrm_store_text(logging->store),
                       logging->file, logging->sink) ||
        !nrm_edit_choose(&logging->text, logging->id, logging->sink) ||
        !nrm_case_from_node(&logging->before, logging->arena,
                            logging->text.roots[logging->text.chosen], logging->file,
                            logging->sink))
        return false;
    logging->profile = nrm_rules_profile(logging->rules, &logging->before);
    return logging->profile != NULL;
}

/* The present moment as a case writes it; -n with a date alone is that date. */
static bool put_time(struct nrm_logging *logging)
{
    const struct nrm_zone *zone = logging->profile->calendar.zone;
    struct nrm_time now = logging->now;
    struct nrm_buffer text = {0};
    if (logging->now_is_day)
        now = (struct nrm_time){.precision = NRM_TIME_DAY, .day = nrm_zone_day(zone, now.utc)};
    nrm_time_text(&now, zone, &text);
    bool put = nrm_event_form_put(&logging->form, "at", (struct nrm_str){text.text, text.length});
    nrm_buffer_free(&text);
    return put;
}

/* The event that void is about, by its id where it has one of its own, so that the record stays
 * true when somebody sorts the file. */
static bool put_target(struct nrm_logging *logging)
{
    struct nrm_str typed = nrm_str(logging->target), named = {0};
    const struct nrm_case *c = &logging->before;
    const struct nrm_event *found = NULL;
    size_t same = 0;
    for (size_t i = 0; i < c->event_count; i++)
        if (c->events[i].id.text && nrm_str_equal(c->events[i].id, typed)) {
            found = &c->events[i];
            same++;
        }
    char *end;
    unsigned long number = strtoul(logging->target, &end, 10);
    bool digits = logging->target[0] >= '0' && logging->target[0] <= '9' && *end == '\0';
    for (size_t i = 0; i < c->event_count && digits && !same; i++)
        if (c->events[i].position == number)
            found = &c->events[i];
    if (!found || same > 1) {
        struct nrm_place place = {.file = logging->file};
        nrm_tell(logging->sink, NRM_ERROR, &place,
                 same > 1 ? "several events have this id; name one by its number in the list"
                          : "there is no such event; name it by its id or its number in the list, "
                            "as nrm-case show prints it");
        return false;
    }
    same = 0;
    for (size_t i = 0; i < c->event_count && found->id.text; i++)
        same += nrm_str_equal(c->events[i].id, found->id);
    named = same == 1 ? found->id : nrm_str(nrm_arena_printf(c->arena, "%u", found->position));
    return nrm_event_form_put(&logging->form, "event", named);
}

/* Another event must not have the id of this one. */
static bool check_id(struct nrm_logging *logging)
{
    const struct nrm_case *c = &logging->before;
    struct nrm_str id = nrm_node_text(nrm_node_get(logging->form.node, NRM_STR("id")));
    struct nrm_place place = {.file = logging->file};
    for (size_t i = 0; i < c->event_count && id.text; i++)
        if (c->events[i].id.text && nrm_str_equal(c->events[i].id, id)) {
            nrm_tell(logging->sink, NRM_ERROR, &place,
                     "id: another event of this case has it; give each its own");
            return false;
        }
    return true;
}

/* The file with the event in it, and what the case would be. */
static bool edit_text(struct nrm_logging *logging)
{
    struct nrm_place place = {.file = logging->file};
    if (!nrm_edit_append(&logging->text, logging->form.node, &logging->edited, logging->sink))
        return false;
    if (nrm_case_from_node(&logging->after, logging->arena,
                           logging->edited.roots[logging->edited.chosen], logging->file, NULL))
        return true;
    nrm_tell(logging->sink, NRM_ERROR, &place,
             "a case may have 100000 events; nothing was changed");
    return false;
}

/* Objections are no trouble of this program: they are told and leave the status to the caller. */
static void tell_objections(struct nrm_logging *logging, enum nrm_level level, const char *what)
{
    struct nrm_sink *sink = logging->sink;
    struct nrm_place place = {.file = logging->file};
    for (size_t i = 0; i < logging->log.objection_count; i++) {
        const struct nrm_objection *objection = &logging->log.objections[i];
        struct nrm_buffer text = {0};
        nrm_buffer_printf(&text, "%s: %s [%s]", what, objection->text, objection->source);
        sink->tell(sink, level, &place, text.text);
        nrm_buffer_free(&text);
    }
}

static void tell_consequences(struct nrm_logging *logging)
{
    struct nrm_sink *sink = logging->sink;
    for (size_t i = 0; i < logging->log.consequence_count; i++) {
        const struct nrm_objection *objection = &logging->log.consequences[i];
        struct nrm_place place = {.file = logging->file};
        nrm_tell(sink, NRM_WARNING, &place, "with this, event %u is not as it should be: %s [%s]",
                 objection->event->position, objection->text, objection->source);
    }
    if (logging->log.planned)
        nrm_tell(sink, NRM_NOTE, NULL, "this event lies ahead; it counts from then on");
}

/* Whether to go on: the step is foreseen, or is logged anyway, with the reason. *LOGGED:
 * otherwise. */
static bool look(struct nrm_logging *logging, enum nrm_logged *logged)
{
    nrm_log_look(nrm_rules_machine(logging->rules), logging->profile, &logging->before,
                 &logging->after, logging->now, &logging->log);
    if (!logging->log.objection_count) {
        if (logging->anyway)
            nrm_tell(logging->sink, NRM_NOTE, NULL,
                     "the step is as it should be; the reason of --anyway is not recorded");
        return true;
    }
    if (!logging->anyway) {
        tell_objections(logging, NRM_ERROR, "not logged");
        nrm_tell(logging->sink, NRM_NOTE, NULL, "to log it all the same: --anyway REASON");
        *logged = NRM_LOG_REFUSED;
        return false;
    }
    tell_objections(logging, NRM_WARNING, "logged anyway");
    return nrm_event_form_put(&logging->form, "anyway", nrm_str(logging->anyway)) &&
           edit_text(logging);
}

enum nrm_logged nrm_log_in_file(struct nrm_logging *logging)
{
    enum nrm_logged logged = NRM_LOG_FAILED;
    if (open_case(logging) && (logging->dated || put_time(logging)) &&
        (!logging->target || put_target(logging)) && check_id(logging) && edit_text(logging) &&
        look(logging, &logged)) {
        tell_consequences(logging);
        if (nrm_store_replace(logging->store, logging->edited.text, logging->sink))
            logged = NRM_LOGGED;
    }
    nrm_store_close(logging->store);
    logging->store = NULL;
    return logged;
}
