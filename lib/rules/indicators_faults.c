/* What is wrong with sets that can be read: for those who write sets, through nrm-check; see
 * indicators.h. Screening goes on whatever is found here. */
#include <stdlib.h>

#include "rules/indicators.h"

struct fault_finder {
    struct nrm_arena *arena;
    struct nrm_set_fault *list;
    size_t count, room;
    struct nrm_index *texts;            /* of "kind language text" */
    const struct nrm_indicator **first; /* that has it, by number */
    size_t first_room;
};

static void __attribute__((format(printf, 4, 5)))
add(struct fault_finder *finder, const char *kind, const struct nrm_place *place,
    const char *format, ...)
{
    if (finder->count == finder->room) {
        struct nrm_set_fault *old = finder->list;
        finder->room = finder->room ? 2 * finder->room : 32;
        finder->list = nrm_arena_array(finder->arena, finder->room, sizeof *old);
        if (finder->count)
            memcpy(finder->list, old, finder->count * sizeof *old);
    }
    va_list arguments;
    va_start(arguments, format);
    const char *message = nrm_arena_vprintf(finder->arena, format, arguments);
    va_end(arguments);
    finder->list[finder->count++] = (struct nrm_set_fault){kind, message, *place};
}

/* --- texts --- */

static void look_for_text(struct fault_finder *finder, const struct nrm_indicator *indicator,
                          char kind, const struct nrm_phrase_text *text)
{
    struct nrm_buffer key = {0};
    bool new_one;
    nrm_buffer_printf(&key, "%c%.*s ", kind, (int)text->language.length, text->language.text);
    nrm_buffer_add_str(&key, text->text);
    uint32_t number =
        nrm_index_add(finder->texts, (struct nrm_str){key.text, key.length}, &new_one);
    nrm_buffer_free(&key);
    if (number >= finder->first_room) {
        finder->first_room = finder->first_room ? 2 * finder->first_room : 256;
        finder->first =
            nrm_realloc(finder->first, finder->first_room, sizeof(const struct nrm_indicator *));
    }
    if (new_one)
        finder->first[number] = indicator;
    else if (finder->first[number]->number != indicator->number)
        add(finder, "text_twice", &indicator->place,
            "%s has the same %s as %s (%.*s); say what sets them apart, or drop one", indicator->id,
            kind == 's' ? "sign" : "question", finder->first[number]->id,
            (int)text->language.length, text->language.text);
}

static void check_phrase(struct fault_finder *finder, const struct nrm_indicator *indicator,
                         char kind, const struct nrm_phrase *phrase)
{
    for (size_t i = 0; i < phrase->count; i++)
        look_for_text(finder, indicator, kind, &phrase->texts[i]);
    if (phrase->count && !nrm_phrase_has(phrase, NRM_STR("en")))
        add(finder, "language", &indicator->place, "%s has a text without English", indicator->id);
}

/* --- indicators --- */

static void check_weights(struct fault_finder *finder, const struct nrm_indicator *indicator)
{
    const struct nrm_indicator_set *set = indicator->set;
    bool weighted = indicator->weights[NRM_ADULT] || indicator->weights[NRM_CHILD];
    if (weighted && !indicator->source && !set->source)
        add(finder, "weight_without_source", &indicator->place,
            "%s has a weight and no source; only published weights count", indicator->id);
    if (weighted && !set->weighted)
        add(finder, "weight_unused", &indicator->place,
            "%s has a weight that the set's rule does not look at", indicator->id);
    for (size_t track = 0; track < NRM_TRACKS && set->weighted; track++)
        if (indicator->tracks[track] && set->tracks[track] && !indicator->weights[track]) {
            add(finder, "weight_missing", &indicator->place,
                "%s has no weight for %s, so that the set's rule never counts it", indicator->id,
                track == NRM_CHILD ? "a child" : "an adult");
            return;
        }
}

static void check_forms(struct fault_finder *finder, const struct nrm_indicator *indicator)
{
    const struct nrm_vocabulary *forms = nrm_vocabulary_find(NRM_STR("exploitation_form"));
    for (size_t i = 0; i < indicator->form_count; i++)
        if (nrm_vocabulary_word(forms, nrm_str(indicator->forms[i])) < 0)
            add(finder, "form", &indicator->place,
                "%s: %s is no form of exploitation in nrm-case(5)", indicator->id,
                indicator->forms[i]);
}

static void check_indicator(struct fault_finder *finder, const struct nrm_indicator *indicator)
{
    const struct nrm_indicator_set *set = indicator->set;
    bool asked = false;
    for (size_t track = 0; track < NRM_TRACKS; track++)
        asked = asked || (indicator->tracks[track] && set->tracks[track]);
    if (!asked)
        add(finder, "unreachable", &indicator->place,
            "%s is never asked: it is for %s, the set is not", indicator->id,
            indicator->tracks[NRM_CHILD] ? "children" : "adults");
    if (indicator->element == NRM_CAUTION && !indicator->explain.count)
        add(finder, "caution", &indicator->place,
            "%s is a caution and does not explain why it counts for nothing", indicator->id);
    check_weights(finder, indicator);
    check_forms(finder, indicator);
    check_phrase(finder, indicator, 's', &indicator->sign);
    check_phrase(finder, indicator, 'q', &indicator->question);
}

/* --- sets --- */

/* Ids of SET that it or an earlier set with a track in common has already; OWNERS holds by number
 * the first set for each track. */
static void check_ids(struct fault_finder *finder, const struct nrm_indicator_set *set,
                      const struct nrm_indicator **owners, size_t numbers)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct nrm_indicator *indicator = &set->indicators[i], *other = NULL;
        for (size_t track = 0; track < NRM_TRACKS; track++) {
            const struct nrm_indicator **owner = &owners[track * numbers + indicator->number];
            if (!set->tracks[track])
                continue;
            if (*owner)
                other = *owner;
            else
                *owner = indicator;
        }
        if (other)
            add(finder, "id_twice", &indicator->place, "%s stands in %s, line %u, already",
                indicator->id, other->place.file, (unsigned)other->place.line);
    }
}

/* A set is always read by a path with a slash. */
static bool named_as_file(const struct nrm_indicator_set *set)
{
    const char *base = strrchr(set->file, '/') + 1;
    size_t length = strlen(set->id);
    return strncmp(base, set->id, length) == 0 && strcmp(base + length, ".yaml") == 0;
}

static void check_set(struct fault_finder *finder, const struct nrm_indicators *indicators,
                      size_t position)
{
    const struct nrm_indicator_set *set = indicators->sets[position];
    for (size_t i = 0; i < position; i++)
        if (strcmp(indicators->sets[i]->id, set->id) == 0)
            add(finder, "set_twice", &set->place, "the set %s is %s already", set->id,
                indicators->sets[i]->file);
    if (!named_as_file(set))
        add(finder, "name", &set->place, "the set is called %s; its file must be %s.yaml", set->id,
            set->id);
    if (set->count == 0)
        add(finder, "empty", &set->place, "the set %s has no indicators", set->id);
    if (set->reviewed.precision == NRM_TIME_UNKNOWN)
        add(finder, "no_review", &set->place, "the set %s does not say when it was reviewed last",
            set->id);
    if (!*set->version)
        add(finder, "no_version", &set->place, "the set %s has no version", set->id);
    for (size_t i = 0; i < set->dimension_count; i++)
        if (!set->dimensions[i].used)
            add(finder, "dimension_unused", &set->dimensions[i].place,
                "no indicator is of the dimension %s", set->dimensions[i].id);
}

const struct nrm_set_fault *nrm_indicators_faults(const struct nrm_indicators *indicators,
                                                  struct nrm_arena *arena, size_t *count)
{
    struct fault_finder finder = {.arena = arena, .texts = nrm_index_new()};
    size_t numbers = nrm_index_count(indicators->ids);
    const struct nrm_indicator **owners =
        nrm_arena_array(arena, NRM_TRACKS * numbers, sizeof *owners);
    for (size_t i = 0; i < indicators->count; i++) {
        const struct nrm_indicator_set *set = indicators->sets[i];
        check_set(&finder, indicators, i);
        check_ids(&finder, set, owners, numbers);
        for (size_t j = 0; j < set->count; j++)
            check_indicator(&finder, &set->indicators[j]);
    }
    nrm_index_free(finder.texts);
    free(finder.first);
    *count = finder.count;
    return finder.list;
}
