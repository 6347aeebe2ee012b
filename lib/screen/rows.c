/* Machine formats of a screening; see rows.h. The columns are promises. */
#include "screen/rows.h"

#include <stdio.h>

#include "base/table.h"
#include "data/csv.h"
#include "data/json.h"
#include "screen/childhood.h"

/* --- CSV --- */

static const char *const columns[] = {"id",      "set",     "track",     "acts",
                                      "means",   "purpose", "threshold", "strength",
                                      "missing", "version", "reviewed"};
enum { COLUMNS = sizeof columns / sizeof *columns };

void nrm_screen_csv_header(struct nrm_output *output)
{
    struct nrm_str cells[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = nrm_str(columns[i]);
    nrm_csv_write_record(output, cells, COLUMNS);
}

static struct nrm_str track_text(const struct nrm_screening *screening)
{
    return screening->track == NRM_CHILD ? NRM_STR("child") : NRM_STR("adult");
}

static struct nrm_str threshold_text(const struct nrm_screen_row *row)
{
    return row->reached ? NRM_STR("reached") : NRM_STR("not_yet");
}

static void add_cell(struct nrm_output *output, struct nrm_str word)
{
    nrm_output_add_char(output, ',');
    nrm_output_add_str(output, word);
}

/* Words of ours and ids, which start with a letter or digit and hold no comma or quote, are written
 * as they are; ID and VERSIONS are cells already. */
static void write_row(struct nrm_output *output, struct nrm_str id, struct nrm_str versions,
                      const struct nrm_screening *screening, const struct nrm_screen_row *row)
{
    nrm_output_add_str(output, id);
    add_cell(output, row->set ? nrm_str(row->set->id) : NRM_STR("elements"));
    add_cell(output, track_text(screening));
    for (size_t i = 0; i < NRM_LEGAL_ELEMENTS; i++)
        add_cell(output, nrm_str(nrm_shown_text((enum nrm_shown)row->elements[i])));
    add_cell(output, threshold_text(row));
    nrm_output_add_char(output, ',');
    if (row->strength >= 0)
        nrm_output_printf(output, "%d", row->strength);
    nrm_output_add_char(output, ',');
    for (size_t i = 0; i < row->missing_count; i++) {
        if (i)
            nrm_output_add_char(output, ';');
        nrm_output_add_str(output, nrm_str(row->missing[i]->id));
    }
    nrm_output_add_char(output, ',');
    nrm_output_add_str(output, versions);
    nrm_output_add_char(output, '\n');
}

/* The cells of FIELDS as a record would have them, without its end. */
static struct nrm_str as_cells(struct nrm_arena *arena, const struct nrm_str *fields, size_t count)
{
    struct nrm_output output;
    nrm_output_init(&output, -1);
    nrm_csv_write_record(&output, fields, count);
    size_t length = output.buffer.length;
    while (length > 0 && strchr("\r\n", output.buffer.text[length - 1]))
        length--;
    struct nrm_str cells = {nrm_arena_copy(arena, output.buffer.text, length), length};
    nrm_output_finish(&output);
    return cells;
}

struct nrm_str *nrm_screen_versions(struct nrm_arena *arena,
                                    const struct nrm_indicators *indicators)
{
    struct nrm_str *versions = nrm_arena_array(arena, indicators->count + 1, sizeof *versions);
    for (size_t i = 0; i < indicators->count; i++) {
        struct nrm_buffer reviewed = {0};
        nrm_time_text(&indicators->sets[i]->reviewed, NULL, &reviewed);
        struct nrm_str fields[] = {
            nrm_str(indicators->sets[i]->version),
            {reviewed.text ? reviewed.text : "", reviewed.length},
        };
        versions[i] = as_cells(arena, fields, 2);
        nrm_buffer_free(&reviewed);
    }
    return versions;
}

void nrm_screen_csv(struct nrm_output *output, const struct nrm_case *c,
                    const struct nrm_str *versions, const struct nrm_screening *screening)
{
    struct nrm_str id = c->id.text ? c->id : NRM_STR("");
    if (id.length)
        id = as_cells(c->arena, &id, 1);
    for (size_t i = 0; i < screening->count; i++) {
        const struct nrm_screen_row *row = &screening->rows[i];
        write_row(output, id, row->set ? versions[row->set->position] : NRM_STR(","), screening,
                  row);
    }
}

/* --- JSON --- */

static void json_key(struct nrm_output *output, const char *key, struct nrm_str text)
{
    nrm_output_printf(output, ",\"%s\":", key);
    nrm_json_string(output, text);
}

static void json_row(struct nrm_output *output, const struct nrm_screen_row *row)
{
    static const char *const names[] = {"acts", "means", "purpose"};
    for (size_t i = 0; i < NRM_LEGAL_ELEMENTS; i++)
        json_key(output, names[i], nrm_str(nrm_shown_text((enum nrm_shown)row->elements[i])));
    json_key(output, "threshold", threshold_text(row));
    nrm_output_text(output, ",\"strength\":");
    if (row->strength >= 0)
        nrm_output_printf(output, "%d", row->strength);
    else
        nrm_output_text(output, "null");
    nrm_output_printf(output, ",\"seen\":%zu,\"missing\":[", row->seen);
    for (size_t i = 0; i < row->missing_count; i++) {
        nrm_output_text(output, i ? "," : "");
        nrm_json_string(output, nrm_str(row->missing[i]->id));
    }
    nrm_output_add_char(output, ']');
}

static void json_set(struct nrm_output *output, const struct nrm_screening *screening,
                     const struct nrm_screen_row *row, int32_t today)
{
    struct nrm_buffer reviewed = {0};
    nrm_time_text(&row->set->reviewed, NULL, &reviewed);
    nrm_output_text(output, "{\"set\":");
    nrm_json_string(output, nrm_str(row->set->id));
    json_key(output, "version", nrm_str(row->set->version));
    json_key(output, "reviewed", nrm_str(reviewed.text ? reviewed.text : ""));
    bool overdue = nrm_set_overdue(row->set, screening->policy->review_months, today);
    nrm_output_printf(output, ",\"review_overdue\":%s", overdue ? "true" : "false");
    json_row(output, row);
    nrm_output_add_char(output, '}');
    nrm_buffer_free(&reviewed);
}

static void json_answers(struct nrm_output *output, const struct nrm_screening *screening,
                         const struct nrm_indicators *indicators, enum nrm_answer answer)
{
    uint32_t count = nrm_index_count(indicators->ids);
    const char *joint = "";
    nrm_output_printf(output, "%s\"%s\":[", answer == NRM_SEEN ? "" : ",", nrm_answer_text(answer));
    for (uint32_t i = 0; i < count; i++)
        if (screening->answers[i] == answer) {
            nrm_output_text(output, joint);
            nrm_json_string(output, nrm_index_text(indicators->ids, i));
            joint = ",";
        }
    nrm_output_add_char(output, ']');
}

/* Signs of childhood of a person who is an adult by the record; of a child there is nothing to say.
 */
static void json_age_doubt(struct nrm_output *output, const struct nrm_standing *standing,
                           const struct nrm_screening *screening,
                           const struct nrm_indicators *indicators)
{
    const uint8_t *signs =
        screening->track == NRM_ADULT ? nrm_childhood_signs(indicators, standing) : NULL;
    const struct nrm_indicator *sign;
    const char *joint = "";
    nrm_output_text(output, ",\"age_doubt\":[");
    for (uint32_t at = 0; (sign = nrm_childhood_next(indicators, signs, &at)); joint = ",") {
        nrm_output_text(output, joint);
        nrm_json_string(output, nrm_str(sign->id));
    }
    nrm_output_add_char(output, ']');
}

static void json_unknown(struct nrm_output *output, const struct nrm_screening *screening)
{
    nrm_output_text(output, ",\"unknown\":[");
    for (size_t i = 0; i < screening->unknown_count; i++) {
        nrm_output_text(output, i ? "," : "");
        nrm_json_string(output, nrm_node_text(nrm_node_get(screening->unknown[i], NRM_STR("id"))));
    }
    nrm_output_add_char(output, ']');
}

static void json_care(struct nrm_output *output, const struct nrm_standing *standing,
                      const struct nrm_care_list *const *care, size_t count)
{
    const char *joint = "";
    nrm_output_text(output, ",\"care\":[");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; nrm_care_applies(care[i], standing) && j < care[i]->count; j++) {
            enum nrm_care state = nrm_care_state(&care[i]->items[j], standing);
            if (state == NRM_CARE_NOT_DUE)
                continue;
            nrm_output_printf(output, "%s{\"list\":", joint);
            nrm_json_string(output, nrm_str(care[i]->id));
            json_key(output, "item", nrm_str(care[i]->items[j].id));
            json_key(output, "state", state == NRM_CARE_DONE ? NRM_STR("done") : NRM_STR("open"));
            nrm_output_add_char(output, '}');
            joint = ",";
        }
    nrm_output_add_char(output, ']');
}

void nrm_screen_json(struct nrm_output *output, const struct nrm_standing *standing,
                     const struct nrm_screening *screening, const struct nrm_indicators *indicators,
                     const struct nrm_care_list *const *care, size_t count)
{
    struct nrm_str id = standing->scope.c->id;
    int32_t today = nrm_zone_day(standing->profile->calendar.zone, standing->scope.now.utc);
    nrm_output_text(output, "{\"id\":");
    nrm_json_string(output, id.text ? id : NRM_STR(""));
    json_key(output, "track", track_text(screening));
    json_age_doubt(output, standing, screening, indicators);
    json_row(output, screening->whole);
    nrm_output_text(output, ",\"sets\":[");
    for (size_t i = 0; i + 1 < screening->count; i++) {
        nrm_output_text(output, i ? "," : "");
        json_set(output, screening, &screening->rows[i], today);
    }
    nrm_output_text(output, "],\"answers\":{");
    for (int answer = NRM_SEEN; answer > NRM_NOTHING_NOTED; answer--)
        json_answers(output, screening, indicators, (enum nrm_answer)answer);
    nrm_output_add_char(output, '}');
    json_unknown(output, screening);
    json_care(output, standing, care, count);
    nrm_output_text(output, "}\n");
}

/* --- the sets --- */

static const char *const set_columns[] = {"set",   "version", "reviewed",   "review_due",
                                          "track", "rule",    "indicators", "source"};
enum { SET_COLUMNS = sizeof set_columns / sizeof *set_columns };

struct set_cells {
    struct nrm_str cells[SET_COLUMNS];
    struct nrm_buffer reviewed, due;
    char count[24];
};

static struct nrm_str buffer_text(const struct nrm_buffer *buffer)
{
    return (struct nrm_str){buffer->text ? buffer->text : "", buffer->length};
}

static void fill_cells(struct set_cells *set_cells, const struct nrm_indicator_set *set,
                       int32_t months)
{
    bool adult = set->tracks[NRM_ADULT], child = set->tracks[NRM_CHILD];
    const char *track = adult && child ? "both" : adult ? "adult" : "child";
    nrm_buffer_clear(&set_cells->reviewed);
    nrm_buffer_clear(&set_cells->due);
    nrm_time_text(&set->reviewed, NULL, &set_cells->reviewed);
    struct nrm_time due = nrm_set_review_due(set, months);
    nrm_time_text(&due, NULL, &set_cells->due);
    snprintf(set_cells->count, sizeof set_cells->count, "%zu", set->count);
    struct nrm_str cells[SET_COLUMNS] = {nrm_str(set->id),
                                         nrm_str(set->version),
                                         buffer_text(&set_cells->reviewed),
                                         buffer_text(&set_cells->due),
                                         nrm_str(track),
                                         nrm_str(set->weighted ? "ilo" : "any"),
                                         nrm_str(set_cells->count),
                                         nrm_str(set->source ? set->source : "")};
    memcpy(set_cells->cells, cells, sizeof cells);
}

static void print_set(struct nrm_output *output, const struct set_cells *set_cells,
                      enum nrm_sets_format format, struct nrm_table *table)
{
    if (format == NRM_SETS_CSV) {
        nrm_csv_write_record(output, set_cells->cells, SET_COLUMNS);
        return;
    }
    for (size_t i = 0; i < SET_COLUMNS; i++) {
        if (format == NRM_SETS_TEXT) {
            nrm_table_add(table, set_cells->cells[i]);
            continue;
        }
        nrm_output_printf(output, "%s\"%s\":", i ? "," : "{", set_columns[i]);
        nrm_json_string(output, set_cells->cells[i]);
    }
    if (format == NRM_SETS_JSON)
        nrm_output_text(output, "}\n");
}

void nrm_sets_print(struct nrm_output *output, const struct nrm_indicators *indicators,
                    const bool *chosen, int32_t months, enum nrm_sets_format format, size_t width)
{
    struct set_cells set_cells = {0};
    struct nrm_table *table = nrm_table_new(SET_COLUMNS);
    for (size_t i = 0; i < SET_COLUMNS; i++)
        set_cells.cells[i] = nrm_str(set_columns[i]);
    if (format != NRM_SETS_JSON)
        print_set(output, &set_cells, format, table);
    for (size_t i = 0; i < indicators->count; i++)
        if (!chosen || chosen[i]) {
            fill_cells(&set_cells, indicators->sets[i], months);
            print_set(output, &set_cells, format, table);
        }
    if (format == NRM_SETS_TEXT)
        nrm_table_print(table, output, width);
    nrm_table_free(table);
    nrm_buffer_free(&set_cells.reviewed);
    nrm_buffer_free(&set_cells.due);
}
