/* One case on one page; see page.h.
 * H01-X002: result, reasons, sources and open questions. H06-D003: each result names the version of
 * a set and the date of its last review. */
#include "screen/page.h"

#include "base/wrap.h"
#include "screen/childhood.h"

enum { WIDTH = 80 };

struct writing {
    const struct nrm_page *page;
    const struct nrm_standing *standing;
    const struct nrm_screening *screening;
    size_t width;
    struct nrm_buffer text; /* of the line being made */
};

/* --- pieces --- */

static void heading(const struct writing *writing, const char *text)
{
    struct nrm_output *output = writing->page->output;
    bool bold = writing->page->bold;
    nrm_output_text(output, bold ? "\n\033[1m" : "\n");
    nrm_wrap(output, "", nrm_str(text), 0, writing->width);
    if (bold)
        nrm_output_text(output, "\033[0m");
}

static void line(const struct writing *writing, const char *lead, struct nrm_str text)
{
    nrm_wrap(writing->page->output, lead, text, 6, writing->width);
}

/* Print what was gathered in TEXT and forget it. */
static void flush(struct writing *writing, const char *lead)
{
    line(writing, lead, (struct nrm_str){writing->text.text, writing->text.length});
    nrm_buffer_clear(&writing->text);
}

bool nrm_declines(const struct nrm_rules *rules, const struct nrm_standing *standing)
{
    int name = nrm_rules_name(rules, NRM_STR("identification"));
    const struct nrm_value *state = nrm_standing_value(standing, name);
    return state->kind == NRM_VALUE_STRING && nrm_str_is(state->string, "declined");
}

struct nrm_str nrm_indicator_asks(const struct nrm_indicator *indicator, struct nrm_str language)
{
    return nrm_phrase_in(indicator->question.count ? &indicator->question : &indicator->sign,
                         language);
}

/* --- head, threshold, elements --- */

static void print_head(struct writing *writing)
{
    const struct nrm_case *c = writing->standing->scope.c;
    bool child = writing->screening->track == NRM_CHILD;
    if (writing->page->many)
        nrm_output_add_char(writing->page->output, '\n');
    if (writing->page->bold)
        nrm_output_text(writing->page->output, "\033[1m");
    nrm_buffer_add_str(&writing->text, NRM_STR("Case "));
    nrm_buffer_add_str(&writing->text, c->id.text ? c->id : NRM_STR("without number"));
    nrm_buffer_add_str(&writing->text,
                       child ? NRM_STR(", a child or perhaps a child") : NRM_STR(", an adult"));
    flush(writing, "");
    if (writing->page->bold)
        nrm_output_text(writing->page->output, "\033[0m");
    nrm_buffer_add_str(&writing->text, NRM_STR("Screened "));
    nrm_time_text(&writing->standing->scope.now, writing->standing->profile->calendar.zone,
                  &writing->text);
    nrm_buffer_printf(&writing->text, ", profile %s", writing->standing->profile->id);
    flush(writing, "");
}

/* The track stays that of the record; what speaks against it comes before everything else. H02-T002
 * H03-T083 H03-T084 */
static void print_doubt(struct writing *writing)
{
    const struct nrm_indicators *indicators = writing->page->indicators;
    const uint8_t *signs = nrm_childhood_signs(indicators, writing->standing);
    const struct nrm_indicator *sign;
    if (writing->screening->track == NRM_CHILD || !signs)
        return;
    heading(writing, "Age in doubt");
    for (uint32_t at = 0; (sign = nrm_childhood_next(indicators, signs, &at));) {
        nrm_buffer_add_str(&writing->text, nrm_phrase_in(&sign->sign, writing->page->language));
        nrm_buffer_printf(&writing->text, " (%s)", sign->id);
        flush(writing, "  - ");
    }
    line(writing, "  ",
         NRM_STR("The record says adult. A person who may be a child is treated as one: log "
                 "age_doubted with nrm-case, and screen as a child from now on."));
}

static void print_threshold(struct writing *writing)
{
    heading(writing, writing->screening->whole->reached ? "Threshold of stage 1: reached"
                                                        : "Threshold of stage 1: not yet reached");
    /* H03-G008 H03-G097 */
    line(writing, "  ",
         NRM_STR("Indicators prove nothing and disprove nothing. The decision lies "
                 "with the competent authority; doubt counts for the person."));
}

static void print_recorded(struct writing *writing, uint8_t element)
{
    const char *joint = "recorded: ";
    for (size_t i = 0; i < nrm_recorded_field_count; i++) {
        const struct nrm_recorded_field *field = &nrm_recorded_fields[i];
        const struct nrm_node *value;
        uint32_t at = 0;
        if (field->element != element)
            continue;
        while ((value = nrm_recorded_value(writing->standing->scope.c, field, &at))) {
            nrm_buffer_add_str(&writing->text, nrm_str(joint));
            nrm_buffer_add_str(&writing->text,
                               field->word ? NRM_STR("online") : nrm_node_text(value));
            joint = ", ";
        }
    }
    if (writing->text.length)
        flush(writing, "    - ");
}

static bool shows(const struct nrm_indicator *indicator, uint8_t element)
{
    return indicator->element == element ||
           (element == NRM_ACT && indicator->dimension->recruitment &&
            indicator->element != NRM_CAUTION);
}

/* Signs that were seen and speak to ELEMENT; false: none. */
static bool print_seen(struct writing *writing, uint8_t element, const char *title)
{
    const char *lead = title ? "  - " : "    - ";
    const struct nrm_indicators *indicators = writing->page->indicators;
    uint32_t count = nrm_index_count(indicators->ids);
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        if (writing->screening->answers[i] != NRM_SEEN)
            continue;
        const struct nrm_indicator *indicator =
            nrm_indicators_known(indicators, i, writing->screening->track);
        if (!shows(indicator, element))
            continue;
        if (!any && title)
            heading(writing, title);
        any = true;
        nrm_buffer_add_str(&writing->text,
                           nrm_phrase_in(&indicator->sign, writing->page->language));
        nrm_buffer_printf(&writing->text, " (%s)", indicator->id);
        flush(writing, lead);
        if (element == NRM_CAUTION && indicator->explain.count)
            line(writing, "    ", nrm_phrase_in(&indicator->explain, writing->page->language));
    }
    return any;
}

static void print_elements(struct writing *writing)
{
    static const char *const names[] = {"Act", "Means", "Purpose"};
    static const char *const states[] = {"not shown", "met", "not needed of a child"};
    heading(writing, "Elements of trafficking");
    for (uint8_t i = 0; i < NRM_LEGAL_ELEMENTS; i++) {
        nrm_buffer_printf(&writing->text, "%s: %s", names[i],
                          states[writing->screening->whole->elements[i]]);
        flush(writing, "  ");
        print_recorded(writing, i);
        print_seen(writing, i, NULL);
    }
    print_seen(writing, NRM_VULNERABILITY, "Vulnerability");
    print_seen(writing, NRM_PRESENTATION, "Other signs");
}

/* --- what comes next --- */

/* H02-G007: of a person who declines nothing more is asked. */
static void print_missing(struct writing *writing)
{
    const struct nrm_screen_row *whole = writing->screening->whole;
    if (nrm_declines(writing->page->rules, writing->standing))
        return;
    if (whole->missing_count)
        heading(writing, "Ask or find out next");
    for (size_t i = 0; i < whole->missing_count; i++) {
        char lead[8] = "  1. ";
        lead[2] = (char)('1' + i);
        nrm_buffer_add_str(&writing->text,
                           nrm_indicator_asks(whole->missing[i], writing->page->language));
        nrm_buffer_printf(&writing->text, " (%s)", whole->missing[i]->id);
        flush(writing, lead);
    }
}

/* The open items of LIST: those that come first of all, or the others. */
static void print_care(struct writing *writing, const struct nrm_care_list *list, bool first,
                       bool *titled, const char *title)
{
    if (!list || !nrm_care_applies(list, writing->standing))
        return;
    for (size_t i = 0; i < list->count; i++) {
        const struct nrm_care_item *item = &list->items[i];
        if (item->first != first || nrm_care_state(item, writing->standing) != NRM_CARE_OPEN)
            continue;
        if (!*titled)
            heading(writing, title);
        *titled = true;
        line(writing, "  - ", nrm_phrase_in(&item->text, writing->page->language));
    }
}

static void print_first(struct writing *writing)
{
    bool titled = false;
    for (size_t i = 0; i < NRM_CARE_LISTS; i++)
        print_care(writing, writing->page->care[i], true, &titled, "First of all");
}

static void print_lists(struct writing *writing)
{
    for (size_t i = 0; i < NRM_CARE_LISTS; i++) {
        const struct nrm_care_list *list = writing->page->care[i];
        bool titled = false;
        if (!list)
            continue;
        struct nrm_str name = nrm_phrase_in(&list->name, writing->page->language);
        const char *title =
            nrm_arena_printf(writing->standing->scope.c->arena, "%.*s (not on record yet)",
                             (int)name.length, name.text);
        print_care(writing, list, false, &titled, title);
    }
}

/* --- the rest of the record --- */

static void print_answers(struct writing *writing, enum nrm_answer answer, const char *title)
{
    const struct nrm_indicators *indicators = writing->page->indicators;
    uint32_t count = nrm_index_count(indicators->ids);
    for (uint32_t i = 0; i < count; i++)
        if (writing->screening->answers[i] == answer) {
            nrm_buffer_add_str(&writing->text, nrm_str(writing->text.length ? ", " : title));
            nrm_buffer_add_str(&writing->text, nrm_index_text(indicators->ids, i));
        }
    if (writing->text.length)
        flush(writing, "  ");
}

static bool has_answer(const struct writing *writing)
{
    uint32_t count = nrm_index_count(writing->page->indicators->ids);
    for (uint32_t i = 0; i < count; i++)
        if (writing->screening->answers[i] != NRM_NOTHING_NOTED &&
            writing->screening->answers[i] != NRM_SEEN)
            return true;
    return false;
}

/* H03-X005: lists are never complete; what no set knows is shown with the result. H01-S013: a way
 * that is not known yet is asked about, not dismissed. */
static void print_unknown(struct writing *writing)
{
    const struct nrm_screening *screening = writing->screening;
    if (screening->unknown_count)
        heading(writing, "Noted, and known to no set: ask more, and have the sets renewed");
    for (size_t i = 0; i < screening->unknown_count; i++) {
        struct nrm_str note = nrm_node_text(nrm_node_get(screening->unknown[i], NRM_STR("note")));
        nrm_buffer_add_str(&writing->text,
                           nrm_node_text(nrm_node_get(screening->unknown[i], NRM_STR("id"))));
        if (note.length) {
            nrm_buffer_add_str(&writing->text, NRM_STR(": "));
            nrm_buffer_add_str(&writing->text, note);
        }
        flush(writing, "  - ");
    }
}

static bool is_overdue(const struct writing *writing, const struct nrm_indicator_set *set)
{
    const struct nrm_standing *standing = writing->standing;
    int32_t today = nrm_zone_day(standing->profile->calendar.zone, standing->scope.now.utc);
    return nrm_set_overdue(set, writing->screening->policy->review_months, today);
}

static void print_set(struct writing *writing, const struct nrm_screen_row *row)
{
    const struct nrm_indicator_set *set = row->set;
    nrm_buffer_printf(&writing->text, "%s, version %s", set->id, set->version);
    if (set->reviewed.precision != NRM_TIME_UNKNOWN) {
        nrm_buffer_add_str(&writing->text, NRM_STR(" of "));
        nrm_time_text(&set->reviewed, NULL, &writing->text);
    }
    if (row->seen)
        nrm_buffer_printf(&writing->text, ": %s, %zu seen", row->reached ? "reached" : "not yet",
                          row->seen);
    else
        nrm_buffer_add_str(&writing->text, NRM_STR(": nothing seen"));
    if (row->strength > 0)
        nrm_buffer_printf(&writing->text, ", %d positive dimension%s", row->strength,
                          row->strength == 1 ? "" : "s");
    if (is_overdue(writing, set))
        nrm_buffer_add_str(&writing->text, NRM_STR("; its review is overdue"));
    flush(writing, "  - ");
}

static void print_sets(struct writing *writing)
{
    struct nrm_buffer others = {0};
    heading(writing, "By set");
    for (size_t i = 0; i + 1 < writing->screening->count; i++) {
        const struct nrm_screen_row *row = &writing->screening->rows[i];
        if (row->seen || is_overdue(writing, row->set))
            print_set(writing, row);
        else
            nrm_buffer_printf(&others, "%s%s",
                              others.length ? ", " : "nothing seen in: ", row->set->id);
    }
    if (others.length)
        line(writing, "  - ", (struct nrm_str){others.text, others.length});
    nrm_buffer_free(&others);
}

void nrm_page_print(const struct nrm_page *page, const struct nrm_standing *standing,
                    const struct nrm_screening *screening)
{
    struct writing writing = {.page = page,
                              .standing = standing,
                              .screening = screening,
                              .width = page->width ? page->width : WIDTH};
    print_head(&writing);
    print_doubt(&writing);
    print_first(&writing);
    print_threshold(&writing);
    print_elements(&writing);
    print_missing(&writing);
    print_lists(&writing);
    print_seen(&writing, NRM_CAUTION, "To bear in mind; it counts for nothing against the person");
    if (has_answer(&writing)) {
        heading(&writing, "Other answers");
        print_answers(&writing, NRM_NOT_SEEN, "looked for, not seen: ");
        print_answers(&writing, NRM_REFUSED, "refused: ");
        print_answers(&writing, NRM_NOT_ASKED, "not asked: ");
    }
    print_unknown(&writing);
    print_sets(&writing);
    nrm_buffer_free(&writing.text);
}
