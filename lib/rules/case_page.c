/* The page of one case; see case_page.h. The facts are put into words in case_facts.c.
 * H08-F032: each status stands with the date from which it holds. */
#include "rules/case_page.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/wrap.h"
#include "rules/case_facts.h"
#include "rules/clock.h"
#include "rules/history.h"

enum { WIDTH = 80, LEAD = 16 };

struct writing {
    const struct nrm_case_page *page;
    const struct nrm_standing *standing;
    const struct nrm_machine *machine;
    const struct nrm_zone *zone;
    size_t width;
    struct nrm_buffer text; /* of the line being made */
    struct nrm_facts facts;
};

/* --- pieces --- */

static void heading(const struct writing *writing, const char *text)
{
    struct nrm_output *output = writing->page->output;
    nrm_output_text(output, writing->page->bold ? "\n\033[1m" : "\n");
    nrm_wrap(output, "", nrm_str(text), 0, writing->width);
    if (writing->page->bold)
        nrm_output_text(output, "\033[0m");
}

/* Print what was gathered in TEXT and forget it. */
static void flush(struct writing *writing, const char *lead, size_t indent)
{
    nrm_wrap(writing->page->output, lead,
             (struct nrm_str){writing->text.text, writing->text.length}, indent, writing->width);
    nrm_buffer_clear(&writing->text);
}

static void add(struct writing *writing, const char *text)
{
    nrm_buffer_add_str(&writing->text, nrm_str(text));
}

static void add_time(struct writing *writing, const struct nrm_time *time)
{
    size_t before = writing->text.length;
    nrm_time_text(time, writing->zone, &writing->text);
    if (writing->text.length == before)
        add(writing, "not dated");
}

static const char *state_description(const char *region, const char *state)
{
    const char *description = state;
    for (size_t i = 0; i < nrm_state_row_count; i++)
        if (strcmp(nrm_state_rows[i].region, region) == 0 &&
            strcmp(nrm_state_rows[i].state, state) == 0)
            description = nrm_state_rows[i].description;
    return description;
}

/* The value of a region or derived name of the model. */
static const struct nrm_value *value_of(const struct writing *writing, const char *name)
{
    return nrm_standing_value(writing->standing,
                              nrm_rules_name(writing->page->rules, nrm_str(name)));
}

/* --- head and standing --- */

static void print_head(struct writing *writing)
{
    const struct nrm_case *c = writing->standing->scope.c;
    if (writing->page->bold)
        nrm_output_text(writing->page->output, "\033[1m");
    add(writing, "Case ");
    nrm_buffer_add_str(&writing->text, c->id.text ? c->id : NRM_STR("without number"));
    add(writing, writing->standing->child_track ? ", a child or perhaps a child" : ", an adult");
    flush(writing, "", 4);
    if (writing->page->bold)
        nrm_output_text(writing->page->output, "\033[0m");
    add(writing, "As of ");
    add_time(writing, &writing->standing->scope.now);
    nrm_buffer_printf(&writing->text, ", profile %s", writing->standing->profile->id);
    flush(writing, "", 4);
}

/* When a region was last moved to where it is; NULL: nothing did. */
static const struct nrm_moment *moved_at(const struct nrm_standing *standing, const char *region)
{
    for (size_t i = standing->moment_count; i-- > 0;) {
        const struct nrm_moment *moment = &standing->moments[i];
        for (size_t k = 0; k < moment->step_count; k++) {
            const struct nrm_step *step = &standing->steps[moment->first_step + k];
            if (step->row && step->moved && step->from != step->to &&
                strcmp(step->row->region, region) == 0)
                return moment;
        }
    }
    return NULL;
}

static void print_region(struct writing *writing, const char *region, const char *label)
{
    const char *state = value_of(writing, region)->string.text;
    const struct nrm_moment *moment = moved_at(writing->standing, region);
    nrm_buffer_printf(&writing->text, "%s: %s", label, state_description(region, state));
    if (moment) {
        add(writing, ", since ");
        add_time(writing, &moment->at);
    }
    flush(writing, "  - ", 4);
}

static void print_name(struct writing *writing, const char *word, const char *label)
{
    const struct nrm_value *value = value_of(writing, word);
    nrm_buffer_printf(&writing->text, "%s: ", label);
    if (value->kind == NRM_VALUE_UNKNOWN)
        add(writing, "cannot be told");
    else if (value->kind == NRM_VALUE_BOOLEAN)
        add(writing, value->boolean ? "yes" : "no");
    else if (value->kind == NRM_VALUE_STRING && nrm_str_is(value->string, "rr"))
        add(writing, "during the recovery and reflection period");
    else
        nrm_value_text(value, writing->zone, &writing->text);
    if (strcmp(word, "rr") == 0 && writing->standing->rr_end.precision != NRM_TIME_UNKNOWN) {
        add(writing, ", until ");
        add_time(writing, &writing->standing->rr_end);
    }
    flush(writing, "  - ", 4);
}

static void print_standing(struct writing *writing)
{
    heading(writing, "Where it stands");
    print_region(writing, "identification", "identification");
    print_region(writing, "age", "age");
    print_name(writing, "rr", "recovery and reflection period");
    print_name(writing, "stay", "right to stay");
    print_name(writing, "removal_barred", "removal is barred");
    print_name(writing, "support", "support");
    if (writing->standing->child_track)
        print_region(writing, "guardian", "parental guardian");
    print_name(writing, "challenge", "open challenges");
    print_region(writing, "whereabouts", "whereabouts");
    print_region(writing, "cooperation", "co-operation with criminal justice");
}

/* --- what is due --- */

struct by_limit {
    int64_t limit;
    size_t number; /* in the order of the profile */
    const struct nrm_due *due;
};

static int compare_limits(const void *left, const void *right)
{
    const struct by_limit *a = left, *b = right;
    if (a->limit != b->limit)
        return a->limit < b->limit ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static bool is_open(const struct nrm_due *due)
{
    return due->state == NRM_DUE_OVERDUE || due->state == NRM_DUE_SOON ||
           due->state == NRM_DUE_PENDING || due->state == NRM_DUE_UNKNOWN;
}

static void print_due(struct writing *writing, const struct nrm_due *due)
{
    char lead[LEAD];
    snprintf(lead, sizeof lead, "  %-8s ", nrm_due_state_text(due->state));
    if (due->due.precision != NRM_TIME_UNKNOWN)
        add_time(writing, &due->due);
    else
        add(writing, "no date");
    nrm_buffer_printf(&writing->text, ": %s", due->clock->label);
    if (due->clock->minimum)
        add(writing, " (not before this)");
    if (due->state == NRM_DUE_UNKNOWN && due->missing)
        nrm_buffer_printf(&writing->text, " (cannot be told, missing is %s)", due->missing);
    flush(writing, lead, LEAD);
}

static void print_dues(struct writing *writing)
{
    const struct nrm_due *dues;
    size_t count = nrm_clocks(writing->standing, NULL, &dues), open = 0;
    struct by_limit *order = nrm_arena_array(writing->facts.arena, count + 1, sizeof *order);
    for (size_t i = 0; i < count; i++)
        if (is_open(&dues[i]))
            order[open++] =
                (struct by_limit){nrm_due_instant(&dues[i], writing->zone), i, &dues[i]};
    if (open)
        qsort(order, open, sizeof *order, compare_limits);
    heading(writing, "What is due");
    for (size_t i = 0; i < open; i++)
        print_due(writing, order[i].due);
    if (!open)
        nrm_output_text(writing->page->output, "  nothing\n");
}

/* --- what to do next --- */

static void print_care(struct writing *writing)
{
    bool any = false;
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < NRM_CASE_PAGE_LISTS; i++) {
            const struct nrm_care_list *list = writing->page->care[i];
            if (!list || !nrm_care_applies(list, writing->standing))
                continue;
            for (size_t k = 0; k < list->count; k++) {
                const struct nrm_care_item *item = &list->items[k];
                if (item->first != (first == 1) ||
                    nrm_care_state(item, writing->standing) != NRM_CARE_OPEN)
                    continue;
                if (!any)
                    heading(writing, "What to do next");
                any = true;
                nrm_wrap(writing->page->output, "  - ", nrm_phrase_in(&item->text, NRM_STR("en")),
                         4, writing->width);
            }
        }
}

/* --- facts --- */

static void print_facts(struct writing *writing)
{
    heading(writing, "Facts");
    nrm_facts_print(&writing->facts, writing->standing->scope.c, writing->page->output,
                    writing->width);
}

static void print_hidden(struct writing *writing)
{
    if (!writing->facts.hidden)
        return;
    nrm_output_add_char(writing->page->output, '\n');
    nrm_buffer_printf(&writing->text,
                      "Not shown: %lu %s that %s the person, or that the model does "
                      "not know. To show them: --identity",
                      writing->facts.hidden, writing->facts.hidden == 1 ? "entry" : "entries",
                      writing->facts.hidden == 1 ? "names" : "name");
    flush(writing, "", 4);
}

/* --- history --- */

static void print_event(struct writing *writing, const struct nrm_event *event, const char *behind)
{
    char lead[LEAD];
    snprintf(lead, sizeof lead, "%4u  ", event->position);
    add_time(writing, &event->at);
    if (event->type) /* "a service: needed, offered, ...": its fields tell which of these */
        nrm_buffer_printf(&writing->text, " %.*s [%s]%s",
                          (int)strcspn(event->type->description, ":"), event->type->description,
                          event->type->name, behind);
    else
        nrm_buffer_printf(&writing->text, " an event that the model does not know%s", behind);
    flush(writing, lead, 6);
    nrm_facts_event(&writing->facts, event, &writing->text);
    if (writing->text.length)
        flush(writing, "      ", 6);
}

static void print_step(struct writing *writing, const struct nrm_step *step)
{
    if (!step->row) {
        add(writing, "! leads nowhere from where the case stood");
    } else if (step->guard != NRM_TRUE) {
        nrm_buffer_printf(&writing->text, "! %s%s",
                          step->guard == NRM_FALSE ? "" : "perhaps: ", step->row->message);
    }
    if (writing->text.length)
        flush(writing, "      ", 8);
    if (!step->row || !step->moved || step->from == step->to)
        return;
    for (size_t i = 0; i < writing->machine->region_count; i++) {
        const struct nrm_region *region = &writing->machine->regions[i];
        if (strcmp(region->name, step->row->region) == 0)
            nrm_buffer_printf(&writing->text, "-> %s: %s, was %s", region->name,
                              region->states[step->to], region->states[step->from]);
    }
    flush(writing, "      ", 9);
}

static void print_moment(struct writing *writing, const struct nrm_moment *moment)
{
    if (moment->event) {
        print_event(writing, moment->event, "");
    } else {
        add_time(writing, &moment->at);
        add(writing, " coming of age");
        flush(writing, "      ", 6);
    }
    for (size_t i = 0; i < moment->step_count; i++)
        print_step(writing, &writing->standing->steps[moment->first_step + i]);
    if (moment->child_before != moment->child_after) {
        add(writing, moment->child_after ? "-> treated as a child from here on"
                                         : "-> treated as an adult from here on");
        flush(writing, "      ", 9);
    }
}

static void print_history(struct writing *writing)
{
    const struct nrm_standing *standing = writing->standing;
    const struct nrm_case *c = standing->scope.c;
    bool any = false;
    heading(writing, "History");
    for (size_t i = 0; i < standing->moment_count; i++)
        print_moment(writing, &standing->moments[i]);
    if (!standing->moment_count)
        nrm_output_text(writing->page->output, "  no events\n");
    for (size_t i = 0; i < c->event_count; i++) {
        if (standing->left_out[i] == NRM_COUNTS)
            continue;
        if (!any)
            heading(writing, "On record, and does not count");
        any = true;
        print_event(writing, &c->events[i],
                    standing->left_out[i] == NRM_VOIDED ? " (void)" : " (lies ahead)");
    }
}

void nrm_case_page_print(const struct nrm_case_page *page, const struct nrm_standing *standing)
{
    struct writing writing = {
        .page = page,
        .standing = standing,
        .machine = nrm_rules_machine(page->rules),
        .zone = standing->profile->calendar.zone,
        .width = page->width ? page->width : WIDTH,
        .facts = {.arena = standing->scope.c->arena, .identity = page->identity},
    };
    print_head(&writing);
    print_standing(&writing);
    print_dues(&writing);
    print_care(&writing);
    print_facts(&writing);
    print_history(&writing);
    print_hidden(&writing);
    nrm_buffer_free(&writing.text);
}
