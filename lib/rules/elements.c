/* The elements of trafficking in law as a case records them, and what decides a row: for an adult
 * act, means and purpose; for a child, or one who may be a child, act and purpose
 * (handbook 5.2, 6.1). H01-G001 H01-G002 H01-G003 H08-C042 H08-C043: means are not needed for a
 * child, even where they are recorded. H01-G004 H01-G005: abuse of vulnerability is a means like
 * any other. H01-G006: what is recorded as purpose may be intended only; exploitation.occurred is
 * not looked at. H01-G007 H01-G008 H01-G009 H01-G011 H08-C044: movement, borders and consent are
 * not looked at. */
#include "rules/screen_internal.h"

/* H01-G010: each element may be committed online. Offences that a person was made to commit are no
 * evidence of anything here; the form `criminal` is. */
const struct nrm_recorded_field nrm_recorded_fields[] = {
    {"acts", NRM_ACT, NULL},
    {"recruitment_methods", NRM_ACT, NULL},
    {"online", NRM_ACT, "act"},
    {"means", NRM_MEANS, NULL},
    {"control_methods", NRM_MEANS, NULL},
    {"online", NRM_MEANS, "means"},
    {"forms", NRM_PURPOSE, NULL},
    {"purposes", NRM_PURPOSE, NULL},
    {"online", NRM_PURPOSE, "purpose"},
};
const size_t nrm_recorded_field_count = sizeof nrm_recorded_fields / sizeof *nrm_recorded_fields;

/* Whether a word of the vocabulary says something: "unknown" does not. */
static bool says(const struct nrm_recorded_field *field, const struct nrm_field *model,
                 const struct nrm_node *node)
{
    struct nrm_str text = nrm_node_text(node);
    if (!text.text || nrm_str_is(text, "unknown") || nrm_str_is(text, "none"))
        return false;
    if (field->word && !nrm_str_is(text, field->word))
        return false;
    return nrm_field_accepts(model, node);
}

/* Every recorded field is one of the model. */
static const struct nrm_field *model_of(const struct nrm_recorded_field *field)
{
    char path[64] = "exploitation.";
    size_t length = strlen(path), more = strlen(field->key);
    memcpy(path + length, field->key, more + 1);
    return nrm_field_find((struct nrm_str){path, length + more});
}

const struct nrm_node *nrm_recorded_value(const struct nrm_case *c,
                                          const struct nrm_recorded_field *field, uint32_t *at)
{
    const struct nrm_node *exploitation = nrm_node_get(c->root, NRM_STR("exploitation"));
    const struct nrm_node *node = nrm_node_get(exploitation, nrm_str(field->key));
    if (!node)
        return NULL;
    const struct nrm_field *model = model_of(field);
    if (node->kind != NRM_SEQUENCE)
        return (*at)++ == 0 && says(field, model, node) ? node : NULL;
    while (*at < node->count) {
        const struct nrm_node *item = nrm_node_resolve(node->items[(*at)++]);
        if (says(field, model, item))
            return item;
    }
    return NULL;
}

void screen_read_recorded(const struct nrm_case *c, struct screen_recorded *recorded)
{
    *recorded = (struct screen_recorded){0};
    if (!nrm_node_get(c->root, NRM_STR("exploitation")))
        return;
    for (size_t i = 0; i < nrm_recorded_field_count; i++) {
        uint32_t at = 0;
        if (!nrm_recorded_value(c, &nrm_recorded_fields[i], &at))
            continue;
        recorded->elements |= (uint8_t)(1u << nrm_recorded_fields[i].element);
        recorded->act = recorded->act || i == 0;
    }
}

bool nrm_ilo_positive(unsigned strong, unsigned medium, unsigned weak)
{
    return strong >= 2 || (strong == 1 && medium + weak >= 1) || medium >= 3 ||
           (medium == 2 && weak >= 1);
}

void screen_set_elements(struct nrm_screen_row *row, enum nrm_track track, unsigned met)
{
    for (unsigned i = 0; i < NRM_LEGAL_ELEMENTS; i++)
        row->elements[i] = met >> i & 1 ? NRM_MET : NRM_NOT_SHOWN;
    if (track == NRM_CHILD)
        row->elements[NRM_MEANS] = NRM_NOT_NEEDED;
}

const char *nrm_shown_text(enum nrm_shown shown)
{
    static const char *const texts[] = {"not_shown", "met", "not_needed"};
    return texts[shown];
}

const char *nrm_answer_text(enum nrm_answer answer)
{
    static const char *const texts[] = {"", "not_asked", "refused", "not_seen", "seen"};
    return texts[answer];
}

/* H01-G012 H01-G024: an answer is one of these or none; silence is none of them. */
enum nrm_answer nrm_answer_of(const struct nrm_node *answer)
{
    if (nrm_node_is_null(answer))
        return NRM_SEEN;
    struct nrm_str text = nrm_node_text(answer);
    for (int i = NRM_NOT_ASKED; text.text && i <= NRM_SEEN; i++)
        if (nrm_str_is(text, nrm_answer_text((enum nrm_answer)i)))
            return (enum nrm_answer)i;
    return NRM_NOTHING_NOTED;
}
