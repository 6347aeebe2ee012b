/* Evaluation: a walk over the tree that changes nothing in the case and always ends. Conditions
 * give a truth value with the name of what is missing, everything else a value. */
#include "rules/expr_internal.h"

const char expr_too_much[] = "a shorter history (this condition takes too many steps on this case)";

static struct nrm_value of_answer(struct expr_answer answer)
{
    if (answer.truth == NRM_CANNOT_TELL)
        return nrm_value_unknown(answer.missing);
    return nrm_value_boolean(answer.truth == NRM_TRUE);
}

/* --- fields and names --- */

/* Follow the keys of FIELD from number START on, below FROM; NULL where one is missing. A look into
 * a mapping costs its keys, as they are looked through. */
static const struct nrm_node *follow(struct expr_frame *frame, const struct expr_field *field,
                                     const struct nrm_node *from, uint32_t start)
{
    for (uint32_t i = start; from && i < field->key_count; i++) {
        if (from->kind == NRM_MAPPING && !expr_spend(frame, from->count / 8 + 1))
            return NULL;
        from = nrm_node_get(from, field->keys[i]);
    }
    return from;
}

/* The node that a field of the case or of the event is; NULL where it is missing. */
static const struct nrm_node *field_node(struct expr_frame *frame, const struct expr_node *node)
{
    const struct expr_field *field = &node->field;
    if (node->op != OP_EVENT_FIELD)
        return follow(frame, field, frame->scope->c->root, 0);
    const struct nrm_event *event = field->of_subject ? frame->subject : frame->event;
    if (!event || !expr_spend(frame, event->node->count / 8 + 1))
        return NULL;
    return follow(frame, field, nrm_event_get(event, field->keys[0]), 1);
}

/* The value of NODE's field, which stands at FOUND, read as FIELD says. */
static struct nrm_value read_field(const struct expr_node *node, const struct nrm_node *found,
                                   const struct nrm_field *field, const char *missing)
{
    if (!found || (node->field.each && nrm_node_is_null(found)))
        return nrm_value_unknown(missing);
    if (node->field.each)
        return (struct nrm_value){.kind = NRM_VALUE_LIST,
                                  {.list = {.node = found, .field = field}}};
    if (!field && node->field.as)
        return nrm_value_of_node_as(found, (enum nrm_value_kind)node->field.as, missing);
    return nrm_value_of_node(found, field, missing);
}

struct nrm_value expr_case_field(struct expr_frame *frame, const struct expr_node *node,
                                 const char *missing)
{
    return read_field(node, field_node(frame, node), node->field.field, missing);
}

static struct nrm_value event_field(struct expr_frame *frame, const struct expr_node *node)
{
    const struct nrm_event *event = node->field.of_subject ? frame->subject : frame->event;
    if (!event)
        return nrm_value_unknown(node->label);
    if (node->op == OP_EVENT_AT)
        return nrm_value_time(event->at, node->label);
    const struct nrm_field *field = node->field.field;
    if (node->field.varies) {
        field = event->type ? nrm_event_field_find(event->type, node->field.keys[0]) : NULL;
        if (!field)
            return nrm_value_unknown(node->label);
    }
    return read_field(node, field_node(frame, node), field, node->label);
}

static struct nrm_value name_value(const struct expr_frame *frame, const struct expr_node *node)
{
    if (!frame->scope->values)
        return nrm_value_unknown(node->label);
    struct nrm_value value = *nrm_scope_value(frame->scope, (size_t)node->name);
    if (value.kind == NRM_VALUE_UNKNOWN && !value.missing)
        value.missing = node->label;
    return value;
}

/* --- events --- */

static bool is_of_types(const struct nrm_event *event, const uint64_t types[2])
{
    return event->type && expr_types_has(types, (size_t)(event->type - nrm_event_types));
}

/* Whether CONDITION (NULL: none) holds with EVENT as the one being looked at. */
static struct expr_answer holds_for(struct expr_frame *frame, const struct expr_node *condition,
                                    const struct nrm_event *event)
{
    if (!condition)
        return expr_decided(true);
    const struct nrm_event *outer = frame->event;
    frame->event = event;
    struct expr_answer answer = expr_truth(frame, condition);
    frame->event = outer;
    return answer;
}

/* Closed world: what is not on record did not happen. But an event whose condition cannot be told
 * may be the one asked for. */
static struct expr_answer has(struct expr_frame *frame, const struct expr_node *node)
{
    struct expr_answer answer = expr_decided(false);
    for (size_t i = 0; i < frame->scope->event_count; i++) {
        const struct nrm_event *event = frame->scope->events[i];
        if (!expr_spend(frame, 1))
            return expr_cannot_tell(expr_too_much);
        if (!is_of_types(event, node->scan.types))
            continue;
        struct expr_answer holds = holds_for(frame, node->items, event);
        if (holds.truth == NRM_TRUE)
            return holds;
        if (holds.truth == NRM_CANNOT_TELL && answer.truth == NRM_FALSE)
            answer = holds;
    }
    return answer;
}

static struct nrm_value count_events(struct expr_frame *frame, const struct expr_node *node)
{
    size_t count = 0;
    for (size_t i = 0; i < frame->scope->event_count; i++) {
        const struct nrm_event *event = frame->scope->events[i];
        if (!expr_spend(frame, 1))
            return nrm_value_unknown(expr_too_much);
        if (!is_of_types(event, node->scan.types))
            continue;
        struct expr_answer holds = holds_for(frame, node->items, event);
        if (holds.truth == NRM_CANNOT_TELL)
            return nrm_value_unknown(holds.missing);
        count += holds.truth == NRM_TRUE;
    }
    return nrm_value_number((double)count);
}

/* A field of the first or last event for which the condition holds. An earlier one for which it
 * cannot be told may be the one, so nothing is certain then. */
static struct nrm_value find_event(struct expr_frame *frame, const struct expr_node *node)
{
    size_t count = frame->scope->event_count;
    for (size_t i = 0; i < count; i++) {
        const struct nrm_event *event =
            frame->scope->events[node->op == OP_FIRST ? i : count - 1 - i];
        if (!expr_spend(frame, 1))
            return nrm_value_unknown(expr_too_much);
        if (!is_of_types(event, node->scan.types))
            continue;
        struct expr_answer holds = holds_for(frame, node->items->next, event);
        if (holds.truth == NRM_CANNOT_TELL)
            return nrm_value_unknown(holds.missing);
        if (holds.truth == NRM_FALSE)
            continue;
        const struct nrm_event *outer = frame->event;
        frame->event = event;
        struct nrm_value value = event_field(frame, node->items);
        frame->event = outer;
        return value;
    }
    return nrm_value_unknown(node->label);
}

/* --- conditions --- */

/* And, or: the first item that DECIDES ends it; otherwise unknown where one is. */
static struct expr_answer joined(struct expr_frame *frame, const struct expr_node *node,
                                 enum nrm_truth decides)
{
    struct expr_answer answer = expr_decided(decides == NRM_FALSE);
    for (const struct expr_node *item = node->items; item; item = item->next) {
        struct expr_answer part = expr_truth(frame, item);
        if (part.truth == decides)
            return part;
        if (part.truth == NRM_CANNOT_TELL && answer.truth != NRM_CANNOT_TELL)
            answer = part;
    }
    return answer;
}

static struct expr_answer in(struct expr_frame *frame, const struct expr_node *node)
{
    struct nrm_value item = expr_value(frame, node->items);
    struct nrm_value list = expr_value(frame, node->items->next);
    struct expr_answer answer = expr_in(frame, &item, &list);
    if (answer.truth == NRM_CANNOT_TELL && !answer.missing)
        answer.missing = expr_value_label(node->items->next);
    return node->negated ? expr_not(answer) : answer;
}

static struct expr_answer two_lists(struct expr_frame *frame, const struct expr_node *node)
{
    struct nrm_value a = expr_value(frame, node->items);
    struct nrm_value b = expr_value(frame, node->items->next);
    struct expr_answer answer =
        node->op == OP_ANY ? expr_any(frame, &a, &b) : expr_all(frame, &a, &b);
    if (answer.truth == NRM_CANNOT_TELL && !answer.missing)
        answer.missing = node->label;
    return answer;
}

/* least <= x and x <= most. */
static struct expr_answer between(struct expr_frame *frame, const struct expr_node *node)
{
    struct nrm_value x = expr_value(frame, node->items);
    struct nrm_value least = expr_value(frame, node->items->next);
    struct nrm_value most = expr_value(frame, node->items->next->next);
    struct expr_answer above =
        expr_compare(frame, &x, &least, RELATION_GREATER | RELATION_EQUAL, node->label);
    if (above.truth == NRM_FALSE)
        return above;
    struct expr_answer below =
        expr_compare(frame, &x, &most, RELATION_LESS | RELATION_EQUAL, node->label);
    return below.truth == NRM_FALSE || above.truth == NRM_TRUE ? below : above;
}

static struct expr_answer known(struct expr_frame *frame, const struct expr_node *node)
{
    const struct expr_node *item = node->items;
    bool is_field = item->op == OP_FIELD || item->op == OP_EVENT_FIELD;
    if (is_field && (item->kinds & KIND_MAPPING)) {
        const struct nrm_node *mapping = field_node(frame, item);
        return expr_decided(mapping && mapping->kind == NRM_MAPPING && mapping->count);
    }
    return expr_decided(expr_value(frame, item).kind != NRM_VALUE_UNKNOWN);
}

static struct expr_answer compare(struct expr_frame *frame, const struct expr_node *node)
{
    struct nrm_value a = expr_value(frame, node->items);
    if (a.kind == NRM_VALUE_UNKNOWN)
        return expr_cannot_tell(a.missing);
    struct nrm_value b = expr_value(frame, node->items->next);
    return expr_compare(frame, &a, &b, node->relation, node->label);
}

/* Whether FIELD accepts FOUND; of a plain word of a closed vocabulary its being one is all there is
 * to ask, and guards ask it for every event. */
static bool accepts(const struct nrm_field *field, const struct nrm_node *found)
{
    if (field->type != NRM_FIELD_CODE || field->vocabulary->open || found->kind != NRM_SCALAR ||
        found->tag)
        return nrm_field_accepts(field, found);
    return nrm_vocabulary_word(field->vocabulary, nrm_node_text(found)) >= 0;
}

/* A field that holds the very word needs no other check, unless a tag says that it is none: the
 * word was checked while parsing. */
static struct expr_answer is_word(struct expr_frame *frame, const struct expr_node *node)
{
    const struct expr_node *field = node->items, *word = field->next;
    const struct nrm_node *found = field_node(frame, field);
    bool equal = node->relation == RELATION_EQUAL;
    if (!found)
        return expr_cannot_tell(field->label);
    bool same = found->kind == NRM_SCALAR &&
                nrm_str_equal((struct nrm_str){found->text, found->count}, word->value.string);
    if ((!same || found->tag) && !accepts(field->field.field, found))
        return expr_cannot_tell(field->label);
    return expr_decided(same == equal);
}

struct expr_answer expr_truth(struct expr_frame *frame, const struct expr_node *node)
{
    switch (node->op) {
    case OP_AND:
        return joined(frame, node, NRM_FALSE);
    case OP_OR:
        return joined(frame, node, NRM_TRUE);
    case OP_NOT:
        return expr_not(expr_truth(frame, node->items));
    case OP_COMPARE:
        return compare(frame, node);
    case OP_IS_WORD:
        return is_word(frame, node);
    case OP_IN:
        return in(frame, node);
    case OP_HAS:
        return has(frame, node);
    case OP_ANY:
    case OP_ALL:
        return two_lists(frame, node);
    case OP_BETWEEN:
        return between(frame, node);
    case OP_KNOWN:
        return known(frame, node);
    default:
        break;
    }
    struct nrm_value value = expr_value(frame, node);
    if (value.kind == NRM_VALUE_BOOLEAN)
        return expr_decided(value.boolean);
    return expr_cannot_tell(value.kind == NRM_VALUE_UNKNOWN ? value.missing : node->label);
}

/* --- values --- */

static struct nrm_value choose(struct expr_frame *frame, const struct expr_node *node)
{
    if (node->op == OP_DEFAULT) {
        struct nrm_value value = expr_value(frame, node->items);
        return value.kind == NRM_VALUE_UNKNOWN ? expr_value(frame, node->items->next) : value;
    }
    struct expr_answer condition = expr_truth(frame, node->items);
    if (condition.truth == NRM_CANNOT_TELL)
        return nrm_value_unknown(condition.missing);
    const struct expr_node *then = node->items->next;
    return expr_value(frame, condition.truth == NRM_TRUE ? then : then->next);
}

static struct nrm_value negative(struct expr_frame *frame, const struct expr_node *node)
{
    struct nrm_value value = expr_value(frame, node->items);
    if (value.kind == NRM_VALUE_NUMBER)
        value.number = -value.number;
    else if (value.kind != NRM_VALUE_UNKNOWN)
        value = nrm_value_unknown(node->label);
    return value;
}

struct nrm_value expr_value(struct expr_frame *frame, const struct expr_node *node)
{
    switch ((enum expr_op)node->op) {
    case OP_VALUE:
        return node->value;
    case OP_NOW:
        return nrm_value_time(frame->scope->now, "now");
    case OP_NAME:
        return name_value(frame, node);
    case OP_FIELD:
        return expr_case_field(frame, node, node->label);
    case OP_EVENT_FIELD:
    case OP_EVENT_AT:
        return event_field(frame, node);
    case OP_NEGATIVE:
        return negative(frame, node);
    case OP_SUM:
    case OP_PRODUCT:
        return expr_sum(frame, node);
    case OP_COUNT_EVENTS:
        return count_events(frame, node);
    case OP_FIRST:
    case OP_LAST:
        return find_event(frame, node);
    case OP_AGE:
    case OP_DATE:
    case OP_YEAR:
    case OP_MONTH:
    case OP_QUARTER:
    case OP_DAYS_BETWEEN:
    case OP_HOURS_BETWEEN:
        return expr_time_function(frame, node);
    case OP_COUNT:
    case OP_LOWER:
    case OP_CONTAINS:
    case OP_STARTS:
    case OP_SIZE:
        return expr_text_function(frame, node);
    case OP_DEFAULT:
    case OP_IF:
        return choose(frame, node);
    case OP_AND:
    case OP_OR:
    case OP_NOT:
    case OP_COMPARE:
    case OP_IS_WORD:
    case OP_IN:
    case OP_HAS:
    case OP_ANY:
    case OP_ALL:
    case OP_BETWEEN:
    case OP_KNOWN:
        break;
    }
    return of_answer(expr_truth(frame, node));
}

/* --- whole expressions --- */

static struct expr_frame frame_of(const struct nrm_scope *scope)
{
    return (struct expr_frame){scope, scope->event, scope->event, 0};
}

struct nrm_value nrm_expr_eval(const struct nrm_expr *expr, const struct nrm_scope *scope)
{
    struct expr_frame frame = frame_of(scope);
    struct nrm_value value = expr_value(&frame, expr->root);
    return frame.steps > NRM_EXPR_STEPS ? nrm_value_unknown(expr_too_much) : value;
}

struct expr_answer expr_condition(const struct nrm_expr *expr, const struct nrm_scope *scope,
                                  const struct nrm_event *event)
{
    struct expr_frame frame = {scope, event, event, 0};
    struct expr_answer answer = expr_truth(&frame, expr->root);
    return frame.steps > NRM_EXPR_STEPS ? expr_cannot_tell(expr_too_much) : answer;
}

enum nrm_truth nrm_condition_holds(const struct nrm_expr *expr, const struct nrm_scope *scope,
                                   const char **missing)
{
    struct expr_answer answer = expr_condition(expr, scope, scope->event);
    if (missing)
        *missing = answer.missing;
    return answer.truth;
}
