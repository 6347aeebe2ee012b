/* What to ask or find out next: for each element that is not shown the indicators that could show
 * it, in turn, so that the first few look at every gap; see screen.h. H01-S008.
 * What was answered or refused is not asked again. */
#include "rules/screen_internal.h"

/* Candidates of one element, at most as many as a row can name; who takes one looks for room. */
struct candidates {
    const struct nrm_indicator *items[NRM_MISSING];
    size_t count;
};

static bool is_open(const struct nrm_screening *screening, const struct nrm_indicator *indicator)
{
    return screening->answers[indicator->number] <= NRM_NOT_ASKED;
}

static void take(struct candidates *candidates, const struct nrm_indicator *indicator)
{
    candidates->items[candidates->count++] = indicator;
}

static void take_list(struct candidates *candidates, const struct nrm_screening *screening,
                      const struct screen_list *list)
{
    for (size_t i = 0; i < list->count && candidates->count < NRM_MISSING; i++)
        if (is_open(screening, list->items[i]))
            take(candidates, list->items[i]);
}

/* Whether one more of WEIGHT makes the dimension positive. */
static bool would_decide(const struct screen_counts *counts, uint8_t weight)
{
    unsigned of[NRM_WEIGHTS];
    memcpy(of, counts->of, sizeof of);
    of[weight]++;
    return nrm_ilo_positive(of[NRM_STRONG], of[NRM_MEDIUM], of[NRM_WEAK]);
}

/* Of the dimensions of one element first what makes one positive at once, then by weight. */
static void take_weighted(struct candidates *candidates, const struct screen_prepared *prepared,
                          const struct nrm_screening *screening, const struct screen_counts *counts,
                          const struct nrm_screen_row *row, uint8_t element)
{
    const struct nrm_indicator_set *set = row->set;
    for (unsigned pass = NRM_WEIGHTS; pass > 0 && candidates->count < NRM_MISSING; pass--)
        for (size_t i = 0; i < set->dimension_count; i++) {
            const struct screen_list *list = &prepared->dimensions[screening->track][i];
            if (set->dimensions[i].element != element)
                continue;
            for (size_t j = 0; j < list->count && candidates->count < NRM_MISSING; j++) {
                uint8_t weight = list->items[j]->weights[screening->track];
                bool decides = would_decide(&counts[i], weight);
                bool now = pass == NRM_WEIGHTS ? decides : !decides && weight == pass;
                if (now && is_open(screening, list->items[j]))
                    take(candidates, list->items[j]);
            }
        }
}

static void add_missing(struct nrm_screen_row *row, const struct nrm_indicator *indicator)
{
    for (size_t i = 0; i < row->missing_count; i++)
        if (row->missing[i]->number == indicator->number)
            return;
    if (row->missing_count < NRM_MISSING)
        row->missing[row->missing_count++] = indicator;
}

void screen_missing(const struct screen_prepared *prepared, const struct nrm_screening *screening,
                    const struct screen_counts *counts, struct nrm_screen_row *row)
{
    static const uint8_t order[] = {NRM_PURPOSE, NRM_MEANS, NRM_VULNERABILITY, NRM_PRESENTATION,
                                    NRM_ACT};
    enum { ORDER = sizeof order };
    struct candidates candidates[ORDER] = {0};
    const struct screen_list *lists = prepared->lists[screening->track];
    unsigned counting =
        screening->track == NRM_CHILD ? screening->policy->child : screening->policy->adult;
    for (size_t i = 0; i < ORDER; i++) {
        uint8_t element = order[i];
        /* beyond the elements in law only what could reach the threshold is worth asking */
        bool open = element < NRM_LEGAL_ELEMENTS
                        ? row->elements[element] == NRM_NOT_SHOWN
                        : !counts && !row->reached && (counting >> element & 1) != 0;
        if (!open)
            continue;
        if (counts)
            take_weighted(&candidates[i], prepared, screening, counts, row, element);
        else
            take_list(&candidates[i], screening, &lists[element]);
        if (element == NRM_ACT)
            take_list(&candidates[i], screening, &prepared->recruitment[screening->track]);
    }
    for (size_t turn = 0; turn < NRM_MISSING; turn++)
        for (size_t i = 0; i < ORDER; i++)
            if (turn < candidates[i].count)
                add_missing(row, candidates[i].items[turn]);
}
