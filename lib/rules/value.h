/* Values of the expression language, and how the scalars of a case become values. Unknown is a
 * value: it names what is missing, so that a message can say what to fill in. */
#ifndef NRM_RULES_VALUE_H
#define NRM_RULES_VALUE_H

#include "data/calendar.h"
#include "data/case.h"

enum nrm_value_kind {
    NRM_VALUE_UNKNOWN, /* {0} is unknown */
    NRM_VALUE_BOOLEAN,
    NRM_VALUE_NUMBER, /* never infinite, never NaN */
    NRM_VALUE_TIME,   /* a time whose precision is not NRM_TIME_UNKNOWN */
    NRM_VALUE_DURATION,
    NRM_VALUE_STRING,
    NRM_VALUE_LIST /* of text, numbers and booleans; a time in a list is its text as written */
};

struct nrm_value {
    uint8_t kind; /* enum nrm_value_kind */
    union {
        bool boolean;
        double number;
        struct nrm_time time;
        struct nrm_duration duration;
        struct nrm_str string;
        struct {
            /* either a node of a case, read as FIELD says (NULL: by the look of its scalars), or
             * COUNT VALUES where NODE is NULL */
            const struct nrm_node *node;
            const struct nrm_field *field;
            const struct nrm_value *values;
            size_t count;
        } list;
        const char *missing; /* unknown: what is missing ("person.birth_date"), or NULL */
    };
};

static inline struct nrm_value nrm_value_unknown(const char *missing)
{
    return (struct nrm_value){.kind = NRM_VALUE_UNKNOWN, {.missing = missing}};
}
static inline struct nrm_value nrm_value_boolean(bool boolean)
{
    return (struct nrm_value){.kind = NRM_VALUE_BOOLEAN, {.boolean = boolean}};
}
/* Infinite numbers and NaN become unknown. */
struct nrm_value nrm_value_number(double number);
static inline struct nrm_value nrm_value_string(struct nrm_str string)
{
    return (struct nrm_value){.kind = NRM_VALUE_STRING, {.string = string}};
}
/* An unknown time becomes unknown, with MISSING. */
struct nrm_value nrm_value_time(struct nrm_time time, const char *missing);

/* What NODE holds, read as FIELD says. Nothing is copied: text and lists point into the case.
 * Unknown, with MISSING as the path to name: a node that is missing or null, one that FIELD does
 * not accept (impossible date, word that a closed vocabulary lacks, wrong type), and a mapping. The
 * word "unknown" of a vocabulary that lists it is an ordinary text: somebody wrote it down. A list
 * field with one scalar is a list of one; wrong members of a list are unknown members. FIELD NULL:
 * plain scalars that look like a decimal number, true, false, or a time of ISO 8601 are that,
 * everything else is text, a sequence is a list. */
struct nrm_value nrm_value_of_node(const struct nrm_node *node, const struct nrm_field *field,
                                   const char *missing);
/* The same for a node that the case model does not know, read as KIND: what the expression compares
 * it with says what it must be, so that .file_number == "0042" finds a plain 0042. */
struct nrm_value nrm_value_of_node_as(const struct nrm_node *node, enum nrm_value_kind kind,
                                      const char *missing);

/* Members of a list. INDEX is below the count. A member that is a mapping, in a list whose FIELD is
 * a field of such mappings ("indicators.id"), is read as that field of the mapping. */
size_t nrm_value_list_count(const struct nrm_value *list);
struct nrm_value nrm_value_list_item(const struct nrm_value *list, size_t index);
/* The node of a member of a list that is a node of a case; NULL where a mapping lacks the key. */
const struct nrm_node *nrm_value_list_node(const struct nrm_value *list, size_t index);

/* As machine formats print it: true, false, numbers without needless digits, ISO times (instants in
 * ZONE), 48h, text as it is, lists joined with ";", unknown as nothing. */
void nrm_value_text(const struct nrm_value *value, const struct nrm_zone *zone,
                    struct nrm_buffer *buffer);

/* Up to 15 significant digits, with a point whatever the locale. */
void nrm_number_text(double number, struct nrm_buffer *buffer);

#endif
