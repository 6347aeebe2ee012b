/* Explaining where a case stands; see explain.h. */
#include "rules/explain.h"

#include "rules/check.h"
#include "rules/profile.h"

static void add_safe(struct nrm_output *output, struct nrm_str text)
{
    struct nrm_buffer safe = {0};
    nrm_text_add_safe(&safe, text);
    nrm_output_add(output, safe.text, safe.length);
    nrm_buffer_free(&safe);
}

static void add_id(struct nrm_output *output, const struct nrm_standing *standing)
{
    struct nrm_str id = standing->scope.c->id;
    add_safe(output, id.length ? id : NRM_STR("(no id)"));
}

static void add_time(struct nrm_output *output, const struct nrm_time *time,
                     const struct nrm_zone *zone)
{
    struct nrm_buffer text = {0};
    nrm_time_text(time, zone, &text);
    nrm_output_text(output, text.length ? text.text : "not dated");
    nrm_buffer_free(&text);
}

static void explain_step(const struct nrm_standing *standing, const struct nrm_moment *moment,
                         const struct nrm_step *step, const struct nrm_region *region,
                         struct nrm_output *output)
{
    nrm_output_printf(output, "    %s: ", region->states[step->to]);
    if (moment->event)
        nrm_output_printf(output, "event %u, %s, ", moment->event->position,
                          moment->event->type->name);
    else
        nrm_output_text(output, "coming of age, ");
    add_time(output, &moment->at, standing->profile->calendar.zone);
    nrm_output_printf(output, " [%s; %s]", step->row->id, step->row->source);
    if (step->held)
        nrm_output_printf(output, "\n        held: %s", step->row->message);
    else if (step->guard != NRM_TRUE)
        nrm_output_printf(output, "\n        %s: %s",
                          step->guard == NRM_FALSE ? "not as it should be" : "cannot tell whether",
                          step->row->message);
    nrm_output_text(output, "\n");
}

static void explain_region(const struct nrm_machine *machine, size_t index,
                           const struct nrm_standing *standing, struct nrm_output *output)
{
    const struct nrm_region *region = &machine->regions[index];
    nrm_output_printf(output, "  %s: %s\n", region->name,
                      standing->scope.values[index].string.text);
    for (size_t i = 0; i < standing->begun; i++) {
        const struct nrm_step *step = &standing->steps[i];
        if (strcmp(step->row->region, region->name) == 0)
            nrm_output_printf(output, "    %s: from the beginning [%s; %s]\n",
                              region->states[step->to], step->row->id, step->row->source);
    }
    for (size_t i = 0; i < standing->moment_count; i++) {
        const struct nrm_moment *moment = &standing->moments[i];
        for (size_t j = 0; j < moment->step_count; j++) {
            const struct nrm_step *step = &standing->steps[moment->first_step + j];
            if (step->row && strcmp(step->row->region, region->name) == 0 &&
                (step->moved || step->held))
                explain_step(standing, moment, step, region, output);
        }
    }
}

/* The row of schema/derived.csv that gave NAME its value, where there is more to say than that none
 * before it held. */
static void add_reason(const struct nrm_machine *machine, int name,
                       const struct nrm_standing *standing, struct nrm_output *output)
{
    for (size_t i = 0; i < machine->derived_count; i++) {
        const struct nrm_derived *row = &machine->derived[i];
        if (row->name != name || row->collects ||
            nrm_condition_holds(row->when, &standing->scope, NULL) != NRM_TRUE)
            continue;
        if (strcmp(nrm_derived_rows[i].when, "true") != 0)
            nrm_output_printf(output, ", because %s [%s]", nrm_derived_rows[i].when,
                              nrm_derived_rows[i].source);
        return;
    }
}

static void explain_derived(const struct nrm_machine *machine, int name,
                            const struct nrm_standing *standing, struct nrm_output *output)
{
    const struct nrm_value *value = nrm_standing_value(standing, name);
    struct nrm_buffer text = {0};
    nrm_value_text(value, standing->profile->calendar.zone, &text);
    nrm_output_printf(output, "  %s: %s", machine->names.names[name],
                      text.length ? text.text : "unknown");
    nrm_buffer_free(&text);
    if (value->kind == NRM_VALUE_UNKNOWN && value->missing)
        nrm_output_printf(output, " (%s is missing)", value->missing);
    else
        add_reason(machine, name, standing, output);
    nrm_output_text(output, "\n");
}

void nrm_explain(const struct nrm_machine *machine, const struct nrm_standing *standing,
                 struct nrm_output *output)
{
    int done = -1;
    add_id(output, standing);
    nrm_output_printf(output, " (profile %s)\n", standing->profile->id);
    for (size_t i = 0; i < machine->region_count; i++)
        explain_region(machine, i, standing, output);
    for (size_t i = 0; i < machine->derived_count; i++)
        if (machine->derived[i].name != done) {
            done = machine->derived[i].name;
            explain_derived(machine, done, standing, output);
        }
}

size_t nrm_explain_owed(const struct nrm_rule_set *items, const struct nrm_standing *standing,
                        struct nrm_output *output)
{
    static const char *const words[] = {"given", "missing", "cannot tell"};
    struct nrm_findings findings = {.arena = standing->scope.c->arena, .passes = true};
    size_t missing = 0, found = 0;
    add_id(output, standing);
    nrm_output_text(output, "\n");
    for (size_t i = 0; i < items->count; i++) {
        struct nrm_rule_set one = {.rules = &items->rules[i], .count = 1};
        findings.count = 0;
        nrm_check_rules(&findings, standing, &one);
        for (size_t j = 0; j < findings.count; j++) {
            const struct nrm_finding *finding = &findings.list[j];
            nrm_output_printf(output, "  %-11s  %s [%s]\n", words[finding->result],
                              items->rules[i].label, finding->source);
            if (finding->result == NRM_UNKNOWN)
                nrm_output_printf(output, "               %s\n", finding->message);
            missing += finding->result == NRM_FAIL;
        }
        found += findings.count;
    }
    if (!found)
        nrm_output_text(output, "  nothing is owed at this point\n");
    return missing;
}

/* Rows of the machine one after the other; the first for *LIST = *I = 0; NULL: no more. */
static const struct nrm_transition *next_row(const struct nrm_machine *machine, size_t *list,
                                             size_t *i)
{
    while (*list < nrm_event_type_count + NRM_OWN_EVENTS) {
        if (*i < machine->lists[*list].count)
            return &machine->lists[*list].rows[(*i)++];
        ++*list;
        *i = 0;
    }
    return NULL;
}

/* From where rows of REGION lead to STATE, as a bit set. */
static uint64_t states_before(const struct nrm_machine *machine, size_t region, size_t state)
{
    const struct nrm_transition *row;
    uint64_t before = 0;
    for (size_t list = 0, i = 0; (row = next_row(machine, &list, &i)) != NULL;)
        if (row->region == region && row->to == (int)state)
            before |= row->from;
    return before;
}

/* A row back to the state before may lead to any state that one could come from. */
static void graph_row(const struct nrm_machine *machine, const struct nrm_transition *row,
                      struct nrm_output *output)
{
    const struct nrm_region *region = &machine->regions[row->region];
    for (size_t from = 0; from < region->count; from++) {
        if (row->to == NRM_SAME_STATE || !(row->from >> from & 1))
            continue;
        uint64_t targets = row->to == NRM_STATE_BEFORE ? states_before(machine, row->region, from)
                                                       : UINT64_C(1) << row->to;
        for (size_t to = 0; to < region->count; to++)
            if (to != from && targets >> to & 1)
                nrm_output_printf(output, "    \"%s.%s\" -> \"%s.%s\" [label=\"%s\\n%s\"%s];\n",
                                  region->name, region->states[from], region->name,
                                  region->states[to], row->row->event, row->row->id,
                                  row->guard ? ", style=dashed" : "");
    }
}

void nrm_machine_graph(const struct nrm_machine *machine, struct nrm_output *output)
{
    const struct nrm_transition *row;
    nrm_output_text(output, "digraph nrm {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    for (size_t i = 0; i < machine->region_count; i++) {
        const struct nrm_region *region = &machine->regions[i];
        nrm_output_printf(output, "  subgraph \"cluster_%s\" {\n    label=\"%s\";\n", region->name,
                          region->name);
        for (size_t j = 0; j < region->count; j++)
            nrm_output_printf(output, "    \"%s.%s\" [label=\"%s\"];\n", region->name,
                              region->states[j], region->states[j]);
        for (size_t list = 0, j = 0; (row = next_row(machine, &list, &j)) != NULL;)
            if (row->region == i)
                graph_row(machine, row, output);
        nrm_output_text(output, "  }\n");
    }
    nrm_output_text(output, "}\n");
}
