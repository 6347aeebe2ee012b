/* Indicator sets: indicators/NAME.yaml, nrm-indicators(5). Signs and questions with the element of
 * trafficking that each speaks to, the source, and the date of their last review. Sets stand side
 * by side; none of them is complete (handbook 13.8). What they say about a case is in screen.h. */
#ifndef NRM_RULES_INDICATORS_H
#define NRM_RULES_INDICATORS_H

#include "base/index.h"
#include "data/phrase.h"
#include "data/time.h"
#include "rules/profile.h"

enum nrm_weight { NRM_NO_WEIGHT, NRM_WEAK, NRM_MEDIUM, NRM_STRONG, NRM_WEIGHTS };

enum { NRM_SETS = 256, NRM_SET_INDICATORS = 4096, NRM_SET_DIMENSIONS = 64 }; /* at most */

/* A group of indicators that a combination rule looks at together. */
struct nrm_dimension {
    const char *id;
    struct nrm_phrase name;
    uint8_t element;  /* enum nrm_element, policy.h */
    bool recruitment; /* of the recruitment phase, which shows the act as well */
    bool used;
    struct nrm_place place;
};

struct nrm_indicator {
    const char *id;
    const struct nrm_indicator_set *set;
    struct nrm_phrase sign, question, explain;
    const struct nrm_dimension *dimension;
    uint8_t element;             /* of the dimension */
    bool tracks[NRM_TRACKS];     /* whom it is asked for */
    uint8_t weights[NRM_TRACKS]; /* enum nrm_weight */
    bool first_responder;        /* belongs to the short list */
    bool childhood;              /* seen, it says that the person may be a child */
    int32_t order;               /* smaller is asked earlier */
    const char *source;          /* NULL: that of the set */
    const char *const *forms;    /* forms of exploitation it speaks to */
    size_t form_count;
    uint32_t number; /* of its id over all sets: nrm_indicators_number */
    struct nrm_place place;
};

struct nrm_indicator_set {
    const char *id;
    const char *file;
    struct nrm_phrase name;
    const char *version;
    struct nrm_time reviewed;
    int32_t review_months; /* 0: as the profile says */
    const char *source;    /* or NULL */
    bool weighted;         /* by the ILO rule */
    bool tracks[NRM_TRACKS];
    struct nrm_dimension *dimensions; /* its own, then one for each element */
    size_t dimension_count;
    struct nrm_indicator *indicators; /* in the order of the file */
    size_t count;
    size_t position; /* among the sets of the run */
    struct nrm_place place;
};

/* All sets of a run. */
struct nrm_indicators {
    struct nrm_arena arena;
    struct nrm_sink *sink;
    struct nrm_indicator_set *sets[NRM_SETS];
    size_t count;
    struct nrm_index *ids;                          /* of indicators */
    const struct nrm_indicator **known[NRM_TRACKS]; /* by number: for this track, else any */
    size_t known_room;
};

struct nrm_indicators *nrm_indicators_new(struct nrm_sink *sink);
void nrm_indicators_free(struct nrm_indicators *indicators);
/* Add one set by its name, or a file by a path with a slash. NULL: not found or broken (told). */
const struct nrm_indicator_set *nrm_indicators_read(struct nrm_indicators *indicators,
                                                    struct nrm_str name);
/* Add every set of indicators/ (see find.h), in the order of their names. False: one is broken, or
 * there are none (told). */
bool nrm_indicators_read_all(struct nrm_indicators *indicators);
/* The set called NAME, or NULL. */
const struct nrm_indicator_set *nrm_indicators_set(const struct nrm_indicators *indicators,
                                                   struct nrm_str name);
/* Number of ID, below nrm_index_count(indicators->ids); NRM_INDEX_NONE: no set knows it. */
static inline uint32_t nrm_indicators_number(const struct nrm_indicators *indicators,
                                             struct nrm_str id)
{
    return nrm_index_find(indicators->ids, id);
}
/* The indicator of a number as the sets for TRACK have it, else as another set has it. */
static inline const struct nrm_indicator *
nrm_indicators_known(const struct nrm_indicators *indicators, uint32_t number, enum nrm_track track)
{
    return indicators->known[track][number];
}

/* The day by which SET is to be reviewed; MONTHS is the interval where the set names none. Unknown
 * where it was never reviewed. */
struct nrm_time nrm_set_review_due(const struct nrm_indicator_set *set, int32_t months);
/* Whether that was before DAY, or is unknown. */
bool nrm_set_overdue(const struct nrm_indicator_set *set, int32_t months, int32_t day);

/* "act", "means", ...; "strong", ... */
const char *nrm_element_text(enum nrm_element element);
const char *nrm_weight_text(enum nrm_weight weight);

/* What is wrong with the sets though they can be read. */
struct nrm_set_fault {
    const char *kind; /* "set_twice", "id_twice", "text_twice", "weight_without_source",
                         "weight_missing", "weight_unused", "unreachable", "dimension_unused",
                         "name", "empty", "no_review", ... */
    const char *message;
    struct nrm_place place;
};
/* All faults of all sets, in the order of sets and lines, *COUNT of them, in ARENA. */
const struct nrm_set_fault *nrm_indicators_faults(const struct nrm_indicators *indicators,
                                                  struct nrm_arena *arena, size_t *count);

#endif
