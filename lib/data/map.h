/* Maps: how a foreign table's columns and values become fields of a case; maps/NAME.yaml,
 * nrm-map(5). */
#ifndef NRM_DATA_MAP_H
#define NRM_DATA_MAP_H

#include "data/columns.h"

struct nrm_map;

/* Read the map in FILE into ARENA; FILE was found by nrm_find (see find.h). NULL: broken, told to
 * SINK with place (a map naming an unknown field, an unknown vocabulary word on the right, a wrong
 * key). A map remembers the header that it met and the values that it told of, so it serves one
 * reader. Free what is beside the arena with nrm_map_free. */
struct nrm_map *nrm_map_read(struct nrm_arena *arena, const char *file, struct nrm_sink *sink);
/* Its separator, or 0. */
char nrm_map_separator(const struct nrm_map *map);
/* Meet the header of a table: false (told) where a column that the map needs is missing. */
bool nrm_map_header(struct nrm_map *map, const char *file, const struct nrm_csv_record *header,
                    struct nrm_sink *sink);
/* One record as a case document in ROW, with the weight in its key "weight". False: broken, told. A
 * value that the map does not list stays as it is, with one warning per value. */
bool nrm_map_record(struct nrm_map *map, struct nrm_arena *arena, const char *file,
                    const struct nrm_csv_record *record, struct nrm_row *row,
                    struct nrm_sink *sink);
void nrm_map_free(struct nrm_map *map);

#endif
