/* Screening a case: its answers, then each set, then the case as a whole; see screen.h. What the
 * law asks is in elements.c, what to ask next in missing.c. H03-X004 H01-X004: several sets with
 * versions side by side. */
#include <stdlib.h>

#include "rules/screen_internal.h"

struct nrm_screener {
    const struct nrm_indicators *indicators;
    struct nrm_arena arena;
    bool *chosen;                     /* by the place of the set */
    struct screen_prepared *prepared; /* likewise; behind the sets all chosen ones together */
    struct screen_list questions[NRM_TRACKS][2];
};

/* --- preparation --- */

/* Which of two indicators is worth asking first: strong ones in a weighted set, the short list for
 * first responders, then the order that the sets give. */
struct ranked {
    const struct nrm_indicator *indicator;
    uint8_t weight;
    size_t number; /* order of the sets and files */
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    if (a->indicator->first_responder != b->indicator->first_responder)
        return a->indicator->first_responder ? -1 : 1;
    if (a->indicator->order != b->indicator->order)
        return a->indicator->order < b->indicator->order ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* A choice among the indicators of a set. */
struct choice {
    const struct nrm_screener *screener;
    enum nrm_track track;
    int element;                           /* -1: any */
    const struct nrm_dimension *dimension; /* NULL: any */
    bool recruitment;                      /* those of the recruitment phase only */
    bool short_list;                       /* those for first responders only */
    bool by_weight;
    struct ranked *ranked; /* room for all indicators of the run */
    size_t count;
};

static bool wanted(const struct choice *choice, const struct nrm_indicator *indicator)
{
    if (!indicator->tracks[choice->track])
        return false;
    if (choice->element >= 0 && indicator->element != choice->element)
        return false;
    if (choice->dimension && indicator->dimension != choice->dimension)
        return false;
    if (choice->recruitment &&
        (!indicator->dimension->recruitment || indicator->element == NRM_ACT))
        return false;
    return !choice->short_list || indicator->first_responder;
}

static void choose_from(struct choice *choice, const struct nrm_indicator_set *set)
{
    if (!set->tracks[choice->track])
        return;
    for (size_t i = 0; i < set->count; i++) {
        const struct nrm_indicator *indicator = &set->indicators[i];
        if (!wanted(choice, indicator))
            continue;
        choice->ranked[choice->count] = (struct ranked){
            indicator, choice->by_weight ? indicator->weights[choice->track] : 0, choice->count};
        choice->count++;
    }
}

/* SET NULL: of all chosen sets. */
static struct screen_list choose(struct nrm_screener *screener, struct choice choice,
                                 const struct nrm_indicator_set *set)
{
    const struct nrm_indicators *indicators = screener->indicators;
    for (size_t i = 0; i < indicators->count; i++)
        if (set ? indicators->sets[i] == set : screener->chosen[i])
            choose_from(&choice, indicators->sets[i]);
    struct screen_list list = {NULL, choice.count};
    if (choice.count == 0)
        return list;
    qsort(choice.ranked, choice.count, sizeof *choice.ranked, compare_ranked);
    list.items = nrm_arena_array(&screener->arena, choice.count, sizeof *list.items);
    for (size_t i = 0; i < choice.count; i++)
        list.items[i] = choice.ranked[i].indicator;
    return list;
}

static void prepare(struct nrm_screener *screener, struct ranked *room,
                    struct screen_prepared *prepared, const struct nrm_indicator_set *set)
{
    for (int track = 0; track < NRM_TRACKS; track++) {
        struct choice choice = {.screener = screener,
                                .track = (enum nrm_track)track,
                                .element = -1,
                                .by_weight = set && set->weighted,
                                .ranked = room};
        for (choice.element = 0; choice.element < NRM_CAUTION; choice.element++)
            prepared->lists[track][choice.element] = choose(screener, choice, set);
        choice.element = -1;
        choice.recruitment = true;
        prepared->recruitment[track] = choose(screener, choice, set);
        choice.recruitment = false;
        if (!set || !set->weighted)
            continue;
        prepared->dimensions[track] =
            nrm_arena_array(&screener->arena, set->dimension_count, sizeof(struct screen_list));
        for (size_t i = 0; i < set->dimension_count; i++) {
            choice.dimension = &set->dimensions[i];
            prepared->dimensions[track][i] = choose(screener, choice, set);
        }
    }
}

static void prepare_questions(struct nrm_screener *screener, struct ranked *room)
{
    for (int track = 0; track < NRM_TRACKS; track++) {
        struct choice choice = {
            .screener = screener, .track = (enum nrm_track)track, .element = -1, .ranked = room};
        screener->questions[track][false] = choose(screener, choice, NULL);
        choice.short_list = true;
        screener->questions[track][true] = choose(screener, choice, NULL);
        if (screener->questions[track][true].count == 0)
            screener->questions[track][true] = screener->questions[track][false];
    }
}

struct nrm_screener *nrm_screener_new(const struct nrm_indicators *indicators, const bool *chosen)
{
    struct nrm_screener *screener = nrm_calloc(1, sizeof *screener);
    size_t count = indicators->count, all = 0;
    screener->indicators = indicators;
    screener->chosen = nrm_arena_array(&screener->arena, count, sizeof *screener->chosen);
    screener->prepared = nrm_arena_array(&screener->arena, count + 1, sizeof *screener->prepared);
    for (size_t i = 0; i < count; i++) {
        screener->chosen[i] = !chosen || chosen[i];
        all += indicators->sets[i]->count;
    }
    struct ranked *room = nrm_malloc((all + 1) * sizeof *room);
    for (size_t i = 0; i < count; i++)
        prepare(screener, room, &screener->prepared[i], indicators->sets[i]);
    prepare(screener, room, &screener->prepared[count], NULL);
    prepare_questions(screener, room);
    free(room);
    return screener;
}

void nrm_screener_free(struct nrm_screener *screener)
{
    if (!screener)
        return;
    nrm_arena_free(&screener->arena);
    free(screener);
}

const struct nrm_indicator *const *nrm_screener_questions(const struct nrm_screener *screener,
                                                          enum nrm_track track, bool short_list,
                                                          size_t *count)
{
    const struct screen_list *list = &screener->questions[track][short_list];
    *count = list->count;
    return list->items;
}

/* --- answers --- */

static void read_entry(const struct nrm_indicators *indicators, const struct nrm_node *entry,
                       uint8_t *answers, struct nrm_screening *screening)
{
    struct nrm_str id = nrm_node_text(nrm_node_get(entry, NRM_STR("id")));
    if (!id.text || id.length == 0)
        return;
    uint32_t number = nrm_indicators_number(indicators, id);
    enum nrm_answer answer = nrm_answer_of(nrm_node_get(entry, NRM_STR("answer")));
    if (number == NRM_INDEX_NONE)
        screening->unknown[screening->unknown_count++] = entry;
    else if (answer > answers[number])
        answers[number] = (uint8_t)answer;
}

static void read_answers(const struct nrm_indicators *indicators, const struct nrm_case *c,
                         struct nrm_screening *screening)
{
    const struct nrm_node *list = nrm_node_get(c->root, NRM_STR("indicators"));
    uint8_t *answers = nrm_arena_array(c->arena, nrm_index_count(indicators->ids), 1);
    size_t count = !list ? 0 : list->kind == NRM_SEQUENCE ? list->count : 1;
    screening->answers = answers;
    screening->unknown = nrm_arena_array(c->arena, count, sizeof *screening->unknown);
    for (size_t i = 0; i < count; i++)
        read_entry(indicators, nrm_node_resolve(list->kind == NRM_SEQUENCE ? list->items[i] : list),
                   answers, screening);
}

/* --- rows --- */

/* Bits of the elements that the seen ones of INDICATOR's kind speak to. H01-G023 H01-G025
 * H08-C040: a vulnerability meets no element, a caution (a gap, a contradiction, a late word)
 * nothing at all. */
static unsigned speaks_to(const struct nrm_indicator *indicator)
{
    unsigned elements = 1u << indicator->element;
    if (indicator->element == NRM_CAUTION)
        return 0;
    return indicator->dimension->recruitment ? elements | 1u << NRM_ACT : elements;
}

static unsigned threshold_of(const struct nrm_screening *screening)
{
    return screening->track == NRM_CHILD ? screening->policy->child : screening->policy->adult;
}

static void screen_unweighted(const struct nrm_screening *screening, struct nrm_screen_row *row)
{
    unsigned elements = 0;
    for (size_t i = 0; i < row->set->count; i++)
        if (screening->answers[row->set->indicators[i].number] == NRM_SEEN) {
            unsigned more = speaks_to(&row->set->indicators[i]);
            elements |= more;
            row->seen += more != 0;
        }
    screen_set_elements(row, screening->track, elements);
    row->reached = (elements & threshold_of(screening)) != 0;
    row->strength = -1;
}

/* The combination rule, dimension by dimension (ILO and European Commission 2009). */
static void screen_weighted(const struct nrm_screening *screening, bool act_recorded,
                            struct screen_counts *counts, struct nrm_screen_row *row)
{
    const struct nrm_indicator_set *set = row->set;
    unsigned elements = act_recorded ? 1u << NRM_ACT : 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct nrm_indicator *indicator = &set->indicators[i];
        if (screening->answers[indicator->number] != NRM_SEEN)
            continue;
        counts[indicator->dimension - set->dimensions].of[indicator->weights[screening->track]]++;
        elements |= speaks_to(indicator) & 1u << NRM_ACT;
        row->seen += indicator->element != NRM_CAUTION;
    }
    for (size_t i = 0; i < set->dimension_count; i++) {
        const unsigned *of = counts[i].of;
        if (set->dimensions[i].element == NRM_CAUTION ||
            !nrm_ilo_positive(of[NRM_STRONG], of[NRM_MEDIUM], of[NRM_WEAK]))
            continue;
        elements |= 1u << set->dimensions[i].element;
        row->strength++;
    }
    screen_set_elements(row, screening->track, elements);
    row->reached = row->elements[NRM_PURPOSE] == NRM_MET &&
                   (screening->track == NRM_CHILD || row->elements[NRM_MEANS] == NRM_MET);
}

static void screen_set(const struct nrm_screener *screener, struct nrm_screening *screening,
                       size_t place, bool act_recorded, struct nrm_screen_row *row)
{
    const struct nrm_indicator_set *set = screener->indicators->sets[place];
    struct screen_counts counts[NRM_SET_DIMENSIONS + NRM_ELEMENTS] = {0};
    *row = (struct nrm_screen_row){.set = set};
    if (set->weighted)
        screen_weighted(screening, act_recorded, counts, row);
    else
        screen_unweighted(screening, row);
    screen_missing(&screener->prepared[place], screening, set->weighted ? counts : NULL, row);
}

static void screen_whole(const struct nrm_screener *screener, struct nrm_screening *screening,
                         struct nrm_screen_row *row)
{
    const struct nrm_indicators *indicators = screener->indicators;
    unsigned elements = screening->recorded;
    uint32_t numbers = nrm_index_count(indicators->ids);
    *row = (struct nrm_screen_row){.strength = -1};
    for (uint32_t i = 0; i < numbers; i++)
        if (screening->answers[i] == NRM_SEEN) {
            unsigned more = speaks_to(nrm_indicators_known(indicators, i, screening->track));
            elements |= more;
            row->seen += more != 0;
        }
    screen_set_elements(row, screening->track, elements);
    row->reached = (elements & threshold_of(screening)) != 0;
    screen_missing(&screener->prepared[indicators->count], screening, NULL, row);
}

void nrm_screen(const struct nrm_screener *screener, const struct nrm_standing *standing,
                struct nrm_screening *screening)
{
    const struct nrm_indicators *indicators = screener->indicators;
    const struct nrm_case *c = standing->scope.c;
    struct screen_recorded recorded;
    /* H02-T002: any doubt about age counts as childhood */
    *screening = (struct nrm_screening){.track = standing->child_track ? NRM_CHILD : NRM_ADULT,
                                        .policy = &standing->profile->screening};
    read_answers(indicators, c, screening);
    screen_read_recorded(c, &recorded);
    screening->recorded = recorded.elements;
    screening->rows = nrm_arena_array(c->arena, indicators->count + 1, sizeof *screening->rows);
    for (size_t i = 0; i < indicators->count; i++)
        if (screener->chosen[i] && indicators->sets[i]->tracks[screening->track])
            screen_set(screener, screening, i, recorded.act, &screening->rows[screening->count++]);
    struct nrm_screen_row *whole = &screening->rows[screening->count++];
    screening->whole = whole;
    screen_whole(screener, screening, whole);
}
