/* The sets of a run: which there are, and every indicator by its id; see indicators.h. Reading one
 * file is in indicators_read.c, what may be wrong with a set in indicators_faults.c. */
#include "rules/indicators.h"

#include <stdlib.h>

#include "data/find.h"
#include "rules/indicators_internal.h"

const char *nrm_element_text(enum nrm_element element)
{
    return nrm_element_names[element];
}

const char *nrm_weight_text(enum nrm_weight weight)
{
    static const char *const names[] = {"", "weak", "medium", "strong"};
    return names[weight];
}

struct nrm_indicators *nrm_indicators_new(struct nrm_sink *sink)
{
    struct nrm_indicators *indicators = nrm_calloc(1, sizeof *indicators);
    indicators->sink = sink;
    indicators->ids = nrm_index_new();
    return indicators;
}

void nrm_indicators_free(struct nrm_indicators *indicators)
{
    if (!indicators)
        return;
    for (size_t track = 0; track < NRM_TRACKS; track++)
        free(indicators->known[track]);
    nrm_index_free(indicators->ids);
    nrm_arena_free(&indicators->arena);
    free(indicators);
}

/* The first set for a track has the word there; a set for the other track only until one comes. */
static void know(struct nrm_indicators *indicators, const struct nrm_indicator *indicator)
{
    for (size_t track = 0; track < NRM_TRACKS; track++) {
        const struct nrm_indicator **known = &indicators->known[track][indicator->number];
        bool fits = indicator->set->tracks[track];
        if (!*known || (fits && !(*known)->set->tracks[track]))
            *known = indicator;
    }
}

static void number_ids(struct nrm_indicators *indicators, struct nrm_indicator_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        bool new_one;
        struct nrm_indicator *indicator = &set->indicators[i];
        indicator->number = nrm_index_add(indicators->ids, nrm_str(indicator->id), &new_one);
        if (indicator->number >= indicators->known_room) {
            size_t room = indicators->known_room ? 2 * indicators->known_room : 256;
            for (size_t track = 0; track < NRM_TRACKS; track++)
                indicators->known[track] = nrm_realloc(indicators->known[track], room,
                                                       sizeof(const struct nrm_indicator *));
            indicators->known_room = room;
        }
        if (new_one)
            for (size_t track = 0; track < NRM_TRACKS; track++)
                indicators->known[track][indicator->number] = NULL;
        know(indicators, indicator);
    }
}

const struct nrm_indicator_set *nrm_indicators_read(struct nrm_indicators *indicators,
                                                    struct nrm_str name)
{
    const char *file = nrm_find(&indicators->arena, "indicators", name);
    if (!file) {
        nrm_tell(indicators->sink, NRM_ERROR, NULL, "there is no set of indicators %.*s in %s",
                 (int)name.length, name.text, nrm_find_places(&indicators->arena, "indicators"));
        return NULL;
    }
    if (indicators->count == NRM_SETS) {
        nrm_tell(indicators->sink, NRM_ERROR, NULL, "more than %d sets of indicators", NRM_SETS);
        return NULL;
    }
    struct nrm_indicator_set *set =
        nrm_indicator_set_read(&indicators->arena, file, indicators->sink);
    if (!set)
        return NULL;
    number_ids(indicators, set);
    set->position = indicators->count;
    indicators->sets[indicators->count++] = set;
    return set;
}

bool nrm_indicators_read_all(struct nrm_indicators *indicators)
{
    size_t count;
    const char *const *names = nrm_find_all(&indicators->arena, "indicators", &count);
    bool read = count > 0;
    if (count == 0)
        nrm_tell(indicators->sink, NRM_ERROR, NULL, "there are no sets of indicators in %s",
                 nrm_find_places(&indicators->arena, "indicators"));
    for (size_t i = 0; i < count; i++)
        read = nrm_indicators_read(indicators, nrm_str(names[i])) && read;
    return read;
}

const struct nrm_indicator_set *nrm_indicators_set(const struct nrm_indicators *indicators,
                                                   struct nrm_str name)
{
    for (size_t i = 0; i < indicators->count; i++)
        if (nrm_str_is(name, indicators->sets[i]->id))
            return indicators->sets[i];
    return NULL;
}

struct nrm_time nrm_set_review_due(const struct nrm_indicator_set *set, int32_t months)
{
    if (set->reviewed.precision == NRM_TIME_UNKNOWN)
        return (struct nrm_time){0};
    int32_t interval = set->review_months ? set->review_months : months;
    return (struct nrm_time){.precision = NRM_TIME_DAY,
                             .day =
                                 nrm_day_add_months(nrm_time_last_day(&set->reviewed), interval)};
}

bool nrm_set_overdue(const struct nrm_indicator_set *set, int32_t months, int32_t day)
{
    struct nrm_time due = nrm_set_review_due(set, months);
    return due.precision == NRM_TIME_UNKNOWN || due.day < day;
}
