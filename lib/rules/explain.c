/* Explaining where a case stands; see explain.h. */
#include "rules/explain.h"

#include "rules/check.h"
#include "rules/profile.h"

static void add_safe(struct nrm_output *output, struct nrm_str text)
{
    struct nrm_buffer safe = {0};
    nrm_text_add_safe(&safe, text);
    nrm_output_add(output, safe.text ? safe.text : "", safe.length);
    nrm_buffer_free(&safe);
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
        nrm_output_text(output, "18th birthday, ");
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
    nrm_output_printf(output, "  %s: ", region->name);
    add_safe(output, standing->scope.values[index].string);
    nrm_output_text(output, "\n");
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
    for (size_t i = 0; i < machine->derived_count; i++) {
        const struct nrm_derived *row = &machine->derived[i];
        if (row->name != name || row->collects ||
            nrm_condition_holds(row->when, &standing->scope, NULL) != NRM_TRUE)
            continue;
        if (strcmp(nrm_derived_rows[i].when, "true") != 0)
            nrm_output_printf(output, ", because %s [%s]", nrm_derived_rows[i].when,
                              nrm_derived_rows[i].source);
        break;
    }
    nrm_output_text(output, "\n");
}

void nrm_explain(const struct nrm_machine *machine, const struct nrm_standing *standing,
                 struct nrm_output *output)
{
    int done = -1;
    add_safe(output, standing->scope.c->id.text ? standing->scope.c->id : NRM_STR("(no id)"));
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
    add_safe(output, standing->scope.c->id.text ? standing->scope.c->id : NRM_STR("(no id)"));
    nrm_output_text(output, "\n");
    for (size_t i = 0; i < items->count; i++) {
        struct nrm_rule_set one = {.rules = &items->rules[i], .count = 1};
        findings.count = 0;
        nrm_check_rules(&findings, standing, &one);
        if (!findings.count)
            continue;
        const struct nrm_finding *finding = &findings.list[0];
        nrm_output_printf(output, "  %-11s  %s [%s]\n", words[finding->result],
                          items->rules[i].label, finding->source);
        if (finding->result == NRM_UNKNOWN)
            nrm_output_printf(output, "               %s\n", finding->message);
        missing += finding->result == NRM_FAIL;
        found++;
    }
    if (!found)
        nrm_output_text(output, "  nothing is owed at this point\n");
    return missing;
}

static void graph_row(const struct nrm_region *region, const struct nrm_transition *row,
                      struct nrm_output *output)
{
    if (row->to < 0)
        return;
    for (size_t state = 0; state < region->count; state++) {
        if (!(row->from >> state & 1) || state == (size_t)row->to)
            continue;
        nrm_output_printf(output, "    \"%s.%s\" -> \"%s.%s\" [label=\"%s\\n%s\"%s];\n",
                          region->name, region->states[state], region->name,
                          region->states[row->to], row->row->event, row->row->id,
                          row->guard ? ", style=dashed" : "");
    }
}

void nrm_machine_graph(const struct nrm_machine *machine, struct nrm_output *output)
{
    nrm_output_text(output, "digraph nrm {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    for (size_t i = 0; i < machine->region_count; i++) {
        const struct nrm_region *region = &machine->regions[i];
        nrm_output_printf(output, "  subgraph \"cluster_%s\" {\n    label=\"%s\";\n", region->name,
                          region->name);
        for (size_t j = 0; j < region->count; j++)
            nrm_output_printf(output, "    \"%s.%s\" [label=\"%s\"];\n", region->name,
                              region->states[j], region->states[j]);
        for (size_t j = 0; j < nrm_event_type_count + NRM_OWN_EVENTS; j++)
            for (size_t k = 0; k < machine->lists[j].count; k++)
                if (machine->lists[j].rows[k].region == i)
                    graph_row(region, &machine->lists[j].rows[k], output);
        nrm_output_text(output, "  }\n");
    }
    nrm_output_text(output, "}\n");
}
