/* Which events count, and in which order; see history.h. */
#include "rules/history.h"

#include <stdlib.h>

struct ordered {
    int64_t when;
    const struct nrm_event *event;
};

/* Order by content that does not depend on the order of keys: kind, then text, item by item. */
static int compare_nodes(const struct nrm_node *a, const struct nrm_node *b)
{
    a = nrm_node_resolve(a);
    b = nrm_node_resolve(b);
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == NRM_SCALAR)
        return nrm_str_compare(nrm_node_text(a), nrm_node_text(b));
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (uint32_t i = 0; i < a->count; i++) {
        int order = a->kind == NRM_SEQUENCE ? compare_nodes(a->items[i], b->items[i])
                                            : compare_nodes(a->pairs[i].key, b->pairs[i].key);
        if (!order && a->kind == NRM_MAPPING)
            order = compare_nodes(a->pairs[i].value, b->pairs[i].value);
        if (order)
            return order;
    }
    return 0;
}

static int compare_content(const struct nrm_event *a, const struct nrm_event *b)
{
    if (!a->type)
        return compare_nodes(a->node, b->node);
    for (size_t i = 0; i < a->type->count; i++) {
        struct nrm_str field = nrm_str(a->type->fields[i].path);
        int order = compare_nodes(nrm_node_get(a->node, field), nrm_node_get(b->node, field));
        if (order)
            return order;
    }
    return 0;
}

static int compare_events(const void *left, const void *right)
{
    const struct ordered *a = left, *b = right;
    if (a->when != b->when)
        return a->when < b->when ? -1 : 1;
    if (a->event->type != b->event->type) {
        int order_a = a->event->type ? a->event->type->order : 1000;
        int order_b = b->event->type ? b->event->type->order : 1000;
        return order_a - order_b;
    }
    return compare_content(a->event, b->event);
}

static void sort_events(struct ordered *events, size_t count)
{
    size_t i = 1;
    while (i < count && compare_events(&events[i - 1], &events[i]) <= 0)
        i++;
    if (i < count)
        qsort(events, count, sizeof *events, compare_events);
}

struct by_id {
    struct nrm_str id;
    ptrdiff_t index;
};

static int compare_ids(const void *left, const void *right)
{
    const struct by_id *a = left, *b = right;
    int order = nrm_str_compare(a->id, b->id);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* All events that carry an id, sorted by it, so that many voids of a large case stay cheap. */
static size_t sorted_ids(const struct nrm_case *c, struct by_id *ids)
{
    size_t count = 0;
    for (size_t i = 0; i < c->event_count; i++)
        if (c->events[i].id.text)
            ids[count++] = (struct by_id){c->events[i].id, (ptrdiff_t)i};
    qsort(ids, count, sizeof *ids, compare_ids);
    return count;
}

enum { NOBODY = -1, SEVERAL = -2 };

static ptrdiff_t find_id(const struct by_id *ids, size_t count, struct nrm_str id)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (nrm_str_compare(ids[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || !nrm_str_equal(ids[low].id, id))
        return NOBODY;
    if (low + 1 < count && nrm_str_equal(ids[low + 1].id, id))
        return SEVERAL;
    return ids[low].index;
}

/* The event at a 1-based place in the file, by its index; items that are no events have none. */
static ptrdiff_t parse_position(struct nrm_str text, const struct nrm_case *c)
{
    size_t number = 0, low = 0, high = c->event_count;
    if (text.length == 0 || text.length > 9)
        return NOBODY;
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] < '0' || text.text[i] > '9')
            return NOBODY;
        number = number * 10 + (size_t)(text.text[i] - '0');
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->events[middle].position < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->event_count && c->events[low].position == number ? (ptrdiff_t)low : NOBODY;
}

static ptrdiff_t void_target(const struct nrm_case *c, const struct nrm_event *event,
                             const struct by_id *ids, size_t id_count)
{
    struct nrm_str named = nrm_node_text(nrm_node_get(event->node, NRM_STR("event")));
    if (!named.text)
        return NOBODY;
    ptrdiff_t target = find_id(ids, id_count, named);
    if (target == NOBODY)
        target = parse_position(named, c);
    return target < 0 ? NOBODY : target;
}

ptrdiff_t nrm_void_target(const struct nrm_case *c, const struct nrm_event *event)
{
    struct by_id *ids = nrm_arena_array(c->arena, c->event_count, sizeof *ids);
    return void_target(c, event, ids, sorted_ids(c, ids));
}

static bool is_void(const struct nrm_event *event)
{
    return event->type && strcmp(event->type->name, "void") == 0;
}

const ptrdiff_t *nrm_void_targets(const struct nrm_case *c)
{
    struct by_id *ids = nrm_arena_array(c->arena, c->event_count, sizeof *ids);
    ptrdiff_t *targets = nrm_arena_array(c->arena, c->event_count, sizeof *targets);
    size_t id_count = sorted_ids(c, ids);
    for (size_t i = 0; i < c->event_count; i++)
        targets[i] = is_void(&c->events[i]) ? void_target(c, &c->events[i], ids, id_count) : NOBODY;
    return targets;
}

/* Voids point at one event each. Taken from those that nobody voids, each settles its target; what
 * is left over stands in a circle and voids nothing. */
static void settle_voids(struct nrm_history *history, const struct nrm_case *c)
{
    const ptrdiff_t *named = nrm_void_targets(c);
    ptrdiff_t *target = nrm_arena_array(c->arena, c->event_count, sizeof *target);
    uint32_t *waiting = nrm_arena_array(c->arena, c->event_count, sizeof *waiting);
    size_t *queue = nrm_arena_array(c->arena, c->event_count, sizeof *queue);
    size_t head = 0, tail = 0;
    for (size_t i = 0; i < c->event_count; i++) {
        target[i] = history->left_out[i] == NRM_COUNTS ? named[i] : NOBODY;
        if (target[i] >= 0)
            waiting[target[i]]++;
    }
    for (size_t i = 0; i < c->event_count; i++)
        if (target[i] >= 0 && !waiting[i])
            queue[tail++] = i;
    while (head < tail) {
        size_t from = queue[head++];
        size_t to = (size_t)target[from];
        if (history->left_out[from] == NRM_COUNTS && history->left_out[to] == NRM_COUNTS)
            history->left_out[to] = NRM_VOIDED;
        if (--waiting[to] == 0 && target[to] >= 0)
            queue[tail++] = to;
    }
}

void nrm_history_of(struct nrm_history *history, const struct nrm_case *c, int64_t now,
                    const struct nrm_zone *zone)
{
    size_t count = 0;
    bool voids = false;
    struct ordered *events = nrm_arena_array(c->arena, c->event_count, sizeof *events);
    int64_t *when = nrm_arena_array(c->arena, c->event_count, sizeof *when);
    history->left_out = nrm_arena_array(c->arena, c->event_count, sizeof *history->left_out);
    for (size_t i = 0; i < c->event_count; i++) {
        const struct nrm_time *at = &c->events[i].at;
        when[i] = at->precision == NRM_TIME_UNKNOWN ? INT64_MAX : nrm_time_first(at, zone);
        if (when[i] > now && when[i] != INT64_MAX)
            history->left_out[i] = NRM_PLANNED;
        voids = voids || is_void(&c->events[i]);
    }
    if (voids)
        settle_voids(history, c);
    for (size_t i = 0; i < c->event_count; i++)
        if (history->left_out[i] == NRM_COUNTS)
            events[count++] = (struct ordered){when[i], &c->events[i]};
    sort_events(events, count);
    history->events = nrm_arena_array(c->arena, count, sizeof *history->events);
    history->when = nrm_arena_array(c->arena, count, sizeof *history->when);
    history->count = count;
    for (size_t i = 0; i < count; i++) {
        history->events[i] = events[i].event;
        history->when[i] = events[i].when;
    }
}
