/* The events of long CSV files, gathered by the id of their case. Private to the case reader. */
#ifndef NRM_DATA_EVENT_STORE_H
#define NRM_DATA_EVENT_STORE_H

#include "data/case.h"
#include "data/input.h"

struct nrm_event_store;

struct nrm_event_store *nrm_event_store_new(void);
/* Read a whole long file. Wrong values of events are told here, with the place that they have in
 * it. False, told: something in it could not be read; with KEEP_GOING the rest is there. */
bool nrm_event_store_load(struct nrm_event_store *store, struct nrm_input *input, bool keep_going,
                          struct nrm_sink *sink);
/* Ids are numbered in the order of their first row. */
size_t nrm_event_store_count(const struct nrm_event_store *store);
/* The number of ID, or -1. It counts as taken from now on. */
long nrm_event_store_take(struct nrm_event_store *store, struct nrm_str id);
bool nrm_event_store_taken(const struct nrm_event_store *store, size_t number);
/* The events of an id, a sequence; and where the first of them stands. */
const struct nrm_node *nrm_event_store_events(const struct nrm_event_store *store, size_t number);
struct nrm_place nrm_event_store_place(const struct nrm_event_store *store, size_t number);
/* A case of an id that has no other record, in ARENA. */
struct nrm_node *nrm_event_store_case(const struct nrm_event_store *store, size_t number,
                                      struct nrm_arena *arena);
void nrm_event_store_free(struct nrm_event_store *store);

#endif
