/* One cell of a table of cases and the YAML value that it stands for, both ways, so that nothing is
 * lost (nrm-case(5)):
 *   - a cell that starts with [ { " or ! is a YAML value in flow form, whatever the column;
 *   - any other cell of a text column (string, text, code) is text as it stands;
 *   - any other cell of another column is a plain YAML scalar: 42 is a number, no is a boolean;
 *   - in a column of a list field, items are joined with ";";
 *   - an empty cell means that the key is absent.
 * A value that these rules would read as something else is written as YAML. Anchors are not kept:
 * an alias is written as what it stands for. */
#ifndef NRM_DATA_CELL_H
#define NRM_DATA_CELL_H

#include "data/node.h"
#include "data/schema.h"

/* Add the cell of NODE in a column of FIELD (NULL: a column that the model does not know). */
void nrm_cell_write(struct nrm_buffer *buffer, const struct nrm_node *node,
                    const struct nrm_field *field);
/* What CELL says, made in ARENA, standing at PLACE; an empty or blank cell is an absent key and
 * must not come here. NULL: YAML that cannot be read, told to SINK as an error. */
struct nrm_node *nrm_cell_read(struct nrm_arena *arena, struct nrm_str cell,
                               const struct nrm_field *field, const struct nrm_place *place,
                               struct nrm_sink *sink);
/* TEXT as the value of FIELD where no cell of ours is read but foreign text: nothing in it is YAML.
 */
struct nrm_node *nrm_cell_plain(struct nrm_arena *arena, struct nrm_str text,
                                const struct nrm_field *field, const struct nrm_place *place);

/* CELL without spaces and tabs at both ends; they are no part of a cell. */
struct nrm_str nrm_cell_trim(struct nrm_str cell);
/* Whether TEXT can stand in a file as it is: no control characters, no byte order mark. */
bool nrm_cell_shows(struct nrm_str text);
/* Whether a scalar is text, and not a number, boolean, null or time: by its quotes or by its look.
 */
bool nrm_cell_is_text(const struct nrm_node *scalar);
/* Add NODE as YAML in flow form; a plain scalar that is no text gets its core tag ("!!int 0042").
 */
void nrm_cell_write_marked(struct nrm_buffer *buffer, const struct nrm_node *node);
/* Read what nrm_cell_write_marked wrote. NULL: not YAML. */
struct nrm_node *nrm_cell_read_marked(struct nrm_arena *arena, struct nrm_str cell,
                                      const struct nrm_place *place);

#endif
