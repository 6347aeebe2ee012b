/* Counting cases by groups; see tabulate.h. A cell is a tuple of group numbers. Totals over a
 * column with each() are counted case by case, as there a person stands in several cells; the other
 * totals are sums of cells, made at the end. */
#include "stats/tabulate.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stats/group.h"

/* A sum that remembers what rounding took from it (Neumaier), so that fractions do not depend on
 * the order of the cases in any digit that is printed. */
struct sum {
    double total, lost;
};

/* The groups of one case in one column. */
struct chosen {
    uint32_t *groups;
    size_t count, room;
};

struct nrm_tabulation {
    const struct nrm_grouping *groupings;
    size_t columns;
    bool totals;
    struct nrm_groups groups;
    struct nrm_index *cells; /* a text here is COLUMNS group numbers */
    struct sum *sums;        /* by number of the cell */
    size_t sum_room;
    uint32_t *order; /* cells in the order of the output */
    struct chosen chosen[NRM_TABULATE_COLUMNS];
};

struct nrm_tabulation *nrm_tabulation_new(const struct nrm_grouping *groupings, size_t count,
                                          bool totals)
{
    struct nrm_tabulation *tabulation = nrm_calloc(1, sizeof *tabulation);
    tabulation->groupings = groupings;
    tabulation->columns = count < NRM_TABULATE_COLUMNS ? count : NRM_TABULATE_COLUMNS;
    tabulation->totals = totals;
    tabulation->cells = nrm_index_new();
    nrm_groups_init(&tabulation->groups);
    return tabulation;
}

void nrm_tabulation_free(struct nrm_tabulation *tabulation)
{
    if (!tabulation)
        return;
    nrm_groups_free(&tabulation->groups);
    nrm_index_free(tabulation->cells);
    free(tabulation->sums);
    free(tabulation->order);
    for (size_t i = 0; i < NRM_TABULATE_COLUMNS; i++)
        free(tabulation->chosen[i].groups);
    free(tabulation);
}

static void add_to_sum(struct sum *sum, double value)
{
    double total = sum->total + value;
    if (fabs(sum->total) >= fabs(value))
        sum->lost += sum->total - total + value;
    else
        sum->lost += value - total + sum->total;
    sum->total = total;
}

/* The sum of the cell with these groups. */
static struct sum *cell_of(struct nrm_tabulation *tabulation, const uint32_t *groups)
{
    struct nrm_str key = {(const char *)groups, tabulation->columns * sizeof *groups};
    bool is_new;
    uint32_t cell = nrm_index_add(tabulation->cells, key, &is_new);
    if (cell >= tabulation->sum_room) {
        tabulation->sum_room = tabulation->sum_room ? tabulation->sum_room * 2 : 64;
        tabulation->sums =
            nrm_realloc(tabulation->sums, tabulation->sum_room, sizeof *tabulation->sums);
    }
    if (is_new)
        tabulation->sums[cell] = (struct sum){0, 0};
    return &tabulation->sums[cell];
}

static const uint32_t *groups_of(const struct nrm_tabulation *tabulation, uint32_t cell)
{
    return (const uint32_t *)(const void *)nrm_index_text(tabulation->cells, cell).text;
}

static void choose(struct chosen *chosen, uint32_t group)
{
    if (chosen->count == chosen->room) {
        chosen->room = chosen->room ? chosen->room * 2 : 8;
        chosen->groups = nrm_realloc(chosen->groups, chosen->room, sizeof *chosen->groups);
    }
    chosen->groups[chosen->count++] = group;
}

static int compare_groups(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

/* The members of VALUE, each once, and the total: a person counts once in any of them. */
static void choose_each(struct nrm_tabulation *tabulation, struct chosen *chosen,
                        const struct nrm_value *value, const struct nrm_zone *zone)
{
    size_t members = value->kind == NRM_VALUE_LIST ? nrm_value_list_count(value) : 0;
    for (size_t i = 0; i < members; i++) {
        struct nrm_value member = nrm_value_list_item(value, i);
        choose(chosen, nrm_groups_add(&tabulation->groups, &member, zone));
    }
    if (members == 0) /* no list, an empty one, or not known: one group, so that nobody is lost */
        choose(chosen, nrm_groups_add(&tabulation->groups, value, zone));
    qsort(chosen->groups, chosen->count, sizeof *chosen->groups, compare_groups);
    size_t kept = 1;
    for (size_t i = 1; i < chosen->count; i++)
        if (chosen->groups[i] != chosen->groups[kept - 1])
            chosen->groups[kept++] = chosen->groups[i];
    chosen->count = kept;
    if (tabulation->totals)
        choose(chosen, NRM_GROUP_TOTAL);
}

/* Count WEIGHT in every combination of what was chosen in each column. */
static void count_combinations(struct nrm_tabulation *tabulation, double weight)
{
    uint32_t groups[NRM_TABULATE_COLUMNS];
    size_t at[NRM_TABULATE_COLUMNS] = {0}, column;
    do {
        for (size_t i = 0; i < tabulation->columns; i++)
            groups[i] = tabulation->chosen[i].groups[at[i]];
        add_to_sum(cell_of(tabulation, groups), weight);
        for (column = 0; column < tabulation->columns; column++) {
            if (++at[column] < tabulation->chosen[column].count)
                break;
            at[column] = 0;
        }
    } while (column < tabulation->columns);
}

bool nrm_tabulation_add_values(struct nrm_tabulation *tabulation, const struct nrm_value *values,
                               const struct nrm_zone *zone, double weight)
{
    size_t combinations = 1;
    for (size_t i = 0; i < tabulation->columns; i++) {
        struct chosen *chosen = &tabulation->chosen[i];
        chosen->count = 0;
        if (tabulation->groupings[i].each)
            choose_each(tabulation, chosen, &values[i], zone);
        else
            choose(chosen, nrm_groups_add(&tabulation->groups, &values[i], zone));
        if (chosen->count > NRM_TABULATE_PER_CASE / combinations)
            return false;
        combinations *= chosen->count;
    }
    count_combinations(tabulation, weight);
    return true;
}

bool nrm_tabulation_add(struct nrm_tabulation *tabulation, const struct nrm_scope *scope,
                        double weight)
{
    struct nrm_value values[NRM_TABULATE_COLUMNS];
    for (size_t i = 0; i < tabulation->columns; i++)
        values[i] = nrm_expr_eval(tabulation->groupings[i].expr, scope);
    const struct nrm_zone *zone = scope->calendar ? scope->calendar->zone : NULL;
    return nrm_tabulation_add_values(tabulation, values, zone, weight);
}

/* Sum over COLUMN: every cell so far counts also in the cell that has the total there. Done column
 * after column this gives every set of columns. */
static void sum_over(struct nrm_tabulation *tabulation, size_t column)
{
    uint32_t count = nrm_index_count(tabulation->cells);
    for (uint32_t cell = 0; cell < count; cell++) {
        uint32_t groups[NRM_TABULATE_COLUMNS];
        memcpy(groups, groups_of(tabulation, cell), tabulation->columns * sizeof *groups);
        groups[column] = NRM_GROUP_TOTAL;
        struct sum *sum = cell_of(tabulation, groups);
        add_to_sum(sum, tabulation->sums[cell].total);
        sum->lost += tabulation->sums[cell].lost;
    }
}

static int compare_cells(const void *a, const void *b, void *context)
{
    const struct nrm_tabulation *tabulation = context;
    const uint32_t *first = groups_of(tabulation, *(const uint32_t *)a);
    const uint32_t *second = groups_of(tabulation, *(const uint32_t *)b);
    for (size_t i = 0; i < tabulation->columns; i++) {
        uint32_t x = tabulation->groups.ranks[first[i]], y = tabulation->groups.ranks[second[i]];
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

void nrm_tabulation_finish(struct nrm_tabulation *tabulation)
{
    static const uint32_t over_all[NRM_TABULATE_COLUMNS] = {0}; /* NRM_GROUP_TOTAL */
    for (size_t i = 0; i < tabulation->columns && tabulation->totals; i++)
        if (!tabulation->groupings[i].each)
            sum_over(tabulation, i);
    if (tabulation->totals || tabulation->columns == 0)
        cell_of(tabulation, over_all);
    nrm_groups_rank(&tabulation->groups);
    uint32_t count = nrm_index_count(tabulation->cells);
    free(tabulation->order);
    tabulation->order = nrm_calloc(count, sizeof *tabulation->order);
    for (uint32_t i = 0; i < count; i++)
        tabulation->order[i] = i;
    qsort_r(tabulation->order, count, sizeof *tabulation->order, compare_cells, tabulation);
}

size_t nrm_tabulation_cells(const struct nrm_tabulation *tabulation)
{
    return nrm_index_count(tabulation->cells);
}

static uint32_t group_at(const struct nrm_tabulation *tabulation, size_t cell, size_t column)
{
    return groups_of(tabulation, tabulation->order[cell])[column];
}

struct nrm_str nrm_tabulation_label(const struct nrm_tabulation *tabulation, size_t cell,
                                    size_t column)
{
    return nrm_groups_label(&tabulation->groups, group_at(tabulation, cell, column));
}

bool nrm_tabulation_is_total(const struct nrm_tabulation *tabulation, size_t cell, size_t column)
{
    return group_at(tabulation, cell, column) == NRM_GROUP_TOTAL;
}

double nrm_tabulation_count(const struct nrm_tabulation *tabulation, size_t cell)
{
    const struct sum *sum = &tabulation->sums[tabulation->order[cell]];
    return sum->total + sum->lost;
}

void nrm_count_text(double count, struct nrm_buffer *buffer)
{
    bool whole = floor(count) == count && fabs(count) <= 9007199254740992.0; /* 2^53 */
    nrm_buffer_printf(buffer, whole ? "%.0f" : "%.15g", count);
}
