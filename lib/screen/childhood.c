/* Signs of childhood in a case; see childhood.h. */
#include "screen/childhood.h"

/* When the person last left the child track; INT64_MIN: was never on it, or still is. */
static int64_t left_child_track(const struct nrm_standing *standing)
{
    int64_t left = INT64_MIN;
    for (size_t i = 0; i < standing->moment_count; i++)
        if (standing->moments[i].child_before && !standing->moments[i].child_after)
            left = standing->moments[i].when;
    return left;
}

/* Whether the sign of ENTRY was noted, or may have been, when it could not be weighed any more. */
static bool is_since(const struct nrm_node *entry, int64_t left, const struct nrm_zone *zone)
{
    struct nrm_str text = nrm_node_text(nrm_node_get(entry, NRM_STR("seen")));
    struct nrm_time seen;
    if (left == INT64_MIN)
        return true;
    return text.text && nrm_time_parse(text, &seen) == NRM_TIME_OK &&
           seen.precision != NRM_TIME_UNKNOWN && nrm_time_last(&seen, zone) >= left;
}

/* The number of ENTRY's indicator where it is a sign of childhood that was seen; NRM_INDEX_NONE. */
static uint32_t sign_of(const struct nrm_indicators *indicators, const struct nrm_node *entry)
{
    struct nrm_str id = nrm_node_text(nrm_node_get(entry, NRM_STR("id")));
    uint32_t number = id.length ? nrm_indicators_number(indicators, id) : NRM_INDEX_NONE;
    if (number == NRM_INDEX_NONE ||
        nrm_answer_of(nrm_node_get(entry, NRM_STR("answer"))) != NRM_SEEN)
        return NRM_INDEX_NONE;
    return nrm_indicators_known(indicators, number, NRM_ADULT)->childhood ? number : NRM_INDEX_NONE;
}

const uint8_t *nrm_childhood_signs(const struct nrm_indicators *indicators,
                                   const struct nrm_standing *standing)
{
    const struct nrm_case *c = standing->scope.c;
    const struct nrm_node *list = nrm_node_get(c->root, NRM_STR("indicators"));
    size_t count = !list ? 0 : list->kind == NRM_SEQUENCE ? list->count : 1;
    int64_t left = left_child_track(standing);
    uint8_t *signs = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct nrm_node *entry =
            nrm_node_resolve(list->kind == NRM_SEQUENCE ? list->items[i] : list);
        uint32_t number = sign_of(indicators, entry);
        if (number == NRM_INDEX_NONE || !is_since(entry, left, standing->profile->calendar.zone))
            continue;
        if (!signs)
            signs = nrm_arena_array(c->arena, nrm_index_count(indicators->ids), 1);
        signs[number] = 1;
    }
    return signs;
}

const struct nrm_indicator *nrm_childhood_next(const struct nrm_indicators *indicators,
                                               const uint8_t *signs, uint32_t *at)
{
    uint32_t count = signs ? nrm_index_count(indicators->ids) : 0;
    while (*at < count)
        if (signs[(*at)++])
            return nrm_indicators_known(indicators, *at - 1, NRM_ADULT);
    return NULL;
}
