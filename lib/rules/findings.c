/* The list of findings, and how people read it; see findings.h. */
#include "rules/findings.h"

#include <stdlib.h>

void nrm_findings_add(struct nrm_findings *findings, const struct nrm_finding *finding)
{
    if (findings->count == findings->room) {
        findings->room = findings->room ? 2 * findings->room : 64;
        struct nrm_finding *list = nrm_arena_array(findings->arena, findings->room, sizeof *list);
        if (findings->count)
            memcpy(list, findings->list, findings->count * sizeof *list);
        findings->list = list;
    }
    findings->list[findings->count++] = *finding;
}

size_t nrm_findings_count(const struct nrm_findings *findings, enum nrm_result result)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += findings->list[i].result == result;
    return count;
}

const char *nrm_result_text(enum nrm_result result)
{
    static const char *const texts[] = {"pass", "fail", "unknown"};
    return texts[result];
}

/* --- lines --- */

/* "file:9:5: severity ID PATH event: " */
static void begin_line(struct nrm_buffer *line, const struct nrm_finding *finding,
                       struct nrm_str id, struct nrm_str path)
{
    nrm_text_add_safe(line, nrm_str(finding->place.file ? finding->place.file : "-"));
    nrm_buffer_printf(line, ":%u:%u: %s", finding->place.line, finding->place.column,
                      finding->result == NRM_FAIL
                          ? finding->severity
                          : nrm_result_text((enum nrm_result)finding->result));
    const struct nrm_str parts[] = {id, path, nrm_str(finding->event ? finding->event : "")};
    for (size_t i = 0; i < 3; i++)
        if (parts[i].length) {
            nrm_buffer_add_char(line, ' ');
            nrm_text_add_safe(line, parts[i]);
        }
    nrm_buffer_add(line, ": ", 2);
}

static void end_line(struct nrm_buffer *line, struct nrm_output *output)
{
    nrm_buffer_add_char(line, '\n');
    nrm_output_add(output, line->text, line->length);
    nrm_buffer_free(line);
}

static void print_one(const struct nrm_finding *finding, struct nrm_str id,
                      struct nrm_output *output)
{
    struct nrm_buffer line = {0};
    begin_line(&line, finding, id, nrm_str(finding->path));
    nrm_text_add_safe(&line, nrm_str(finding->message));
    nrm_buffer_printf(&line, " [%s; %s]", finding->rule, finding->source);
    end_line(&line, output);
}

/* --- what is missing, put together --- */

/* What a finding is about: its path without what is missing. */
static struct nrm_str subject(const struct nrm_finding *finding)
{
    struct nrm_str path = nrm_str(finding->path);
    size_t missing = strlen(finding->missing);
    path.length -= missing < path.length ? missing + 1 : path.length;
    return path;
}

static int compare_subjects(const struct nrm_finding *a, const struct nrm_finding *b)
{
    if (a->place.line != b->place.line)
        return a->place.line < b->place.line ? -1 : 1;
    if (a->place.column != b->place.column)
        return a->place.column < b->place.column ? -1 : 1;
    return nrm_str_compare(subject(a), subject(b));
}

/* By what they are about, then by what is missing. */
static int compare_missing(const void *left, const void *right)
{
    const struct nrm_finding *const *a = left, *const *b = right;
    int order = compare_subjects(*a, *b);
    return order ? order : strcmp((*a)->missing, (*b)->missing);
}

/* One line for COUNT findings about the same thing. */
static void print_group(const struct nrm_finding *const *group, size_t count, struct nrm_str id,
                        struct nrm_output *output)
{
    struct nrm_buffer line = {0};
    begin_line(&line, group[0], id, subject(group[0]));
    nrm_buffer_add_str(&line, NRM_STR("not on record: "));
    for (size_t i = 0; i < count; i++) {
        if (i && strcmp(group[i - 1]->missing, group[i]->missing) == 0)
            continue;
        nrm_buffer_add_str(&line, i ? NRM_STR(", ") : NRM_STR(""));
        nrm_text_add_safe(&line, nrm_str(group[i]->missing));
    }
    if (count == 1)
        nrm_buffer_printf(&line, " [%s; %s]", group[0]->rule, group[0]->source);
    else
        nrm_buffer_printf(&line, " [%zu checks wait for it]", count);
    end_line(&line, output);
}

static void print_missing(const struct nrm_findings *findings, struct nrm_str id,
                          struct nrm_output *output)
{
    const struct nrm_finding **sorted =
        nrm_arena_array(findings->arena, findings->count, sizeof *sorted);
    size_t count = 0, first = 0;
    for (size_t i = 0; i < findings->count; i++)
        if (findings->list[i].missing)
            sorted[count++] = &findings->list[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, compare_missing);
    for (size_t i = 1; i <= count; i++)
        if (i == count || compare_subjects(sorted[first], sorted[i]) != 0) {
            print_group(sorted + first, i - first, id, output);
            first = i;
        }
}

void nrm_findings_print(const struct nrm_findings *findings, struct nrm_str id, bool each,
                        struct nrm_output *output)
{
    for (size_t i = 0; i < findings->count; i++)
        if (each || !findings->list[i].missing)
            print_one(&findings->list[i], id, output);
    if (!each)
        print_missing(findings, id, output);
}
