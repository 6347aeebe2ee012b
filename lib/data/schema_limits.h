/* How large the case model may be: lib/rules keeps states and milestones in bit sets, and what it
 * knows of regions and event types in arrays. schema/compile.c refuses tables that are larger. */
#ifndef NRM_DATA_SCHEMA_LIMITS_H
#define NRM_DATA_SCHEMA_LIMITS_H

enum {
    NRM_REGIONS = 16, /* of the state machine, at most */
    NRM_STATES = 64,  /* of one region */
    NRM_MARKS = 64,   /* different milestones */
    NRM_EVENT_TYPES = 128
};

#endif
