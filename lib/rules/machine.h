/* The state machine compiled from schema/states.csv, transitions.csv and derived.csv: regions and
 * their states, rows by event type, milestones, and the names that expressions may use. Nothing
 * here looks at a case. */
#ifndef NRM_RULES_MACHINE_H
#define NRM_RULES_MACHINE_H

#include "data/schema_limits.h"
#include "rules/expr.h"

/* Events that no case records: the beginning of the fold, and coming of age. They stand behind the
 * event types in row lists. */
enum nrm_own_event { NRM_BEGIN, NRM_MAJORITY, NRM_OWN_EVENTS };

enum nrm_target { NRM_SAME_STATE = -1, NRM_STATE_BEFORE = -2 };

struct nrm_region {
    const char *name;
    const char *states[NRM_STATES];
    size_t count;
};

struct nrm_transition {
    const struct nrm_transition_row *row;
    uint64_t from; /* bit set of states */
    int8_t to;     /* state, or enum nrm_target */
    uint8_t region;
    bool adult, child; /* tracks it is for */
    bool protective;   /* the guard holds the state; otherwise it only becomes a finding */
    uint64_t marks;
    const struct nrm_expr *when, *guard; /* NULL: none */
};

/* The rows of one event type, in the order of the table. */
struct nrm_transition_list {
    const struct nrm_transition *rows;
    size_t count;
    size_t regions; /* how many different regions they touch */
};

struct nrm_derived {
    int name; /* index in names */
    struct nrm_value value;
    bool collects; /* "+word": all that hold are listed */
    const struct nrm_expr *when;
};

struct nrm_machine {
    struct nrm_region regions[NRM_REGIONS];
    size_t region_count;
    int age, reflection; /* regions that the fold itself speaks of */
    const char *marks[NRM_MARKS];
    size_t mark_count;
    uint64_t stage1_positive; /* the bit of that milestone */
    uint64_t case_reopened;   /* the bit of that milestone: whatever led out of `closed` */
    struct nrm_transition_list lists[NRM_EVENT_TYPES + NRM_OWN_EVENTS];
    const struct nrm_derived *derived;
    size_t derived_count;
    const char **name_texts;
    struct nrm_field **name_fields; /* what each name holds */
    struct nrm_names names; /* regions, track and the period's ends, settings; then the rest */
    struct nrm_names early_names; /* those that a transition may use: a prefix of NAMES */
    int track, rr_end, rr_minimum, rr_over, weight; /* indexes in names */
    int settings;  /* index of the first setting; they follow in the order of schema/settings.csv */
    size_t faults; /* conditions that could not be read */
};

/* Compile the tables into ARENA. That they fit each other was checked when the program was built
 * (schema/compile.c); false where a condition in them is broken (told, with its line). */
bool nrm_machine_compile(struct nrm_machine *machine, struct nrm_arena *arena,
                         struct nrm_sink *sink);
/* Bit of a milestone, 0 where there is none of that name. */
uint64_t nrm_machine_mark(const struct nrm_machine *machine, const char *name);
/* The rows for an event of TYPE. */
static inline const struct nrm_transition_list *nrm_machine_rows(const struct nrm_machine *machine,
                                                                 const struct nrm_event_type *type)
{
    return &machine->lists[type - nrm_event_types];
}

#endif
