/* Any bytes as a set of indicators, and behind a line "..." a case that is screened with it: what
 * can be read is searched for faults, screened and written; nothing that was answered is asked
 * again. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "data/yaml.h"
#include "rules/profile.h"
#include "screen/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct nrm_arena arena;

static const struct nrm_indicator_set *read_set(struct nrm_indicators *indicators,
                                                const uint8_t *data, size_t size)
{
    char path[64];
    int fd = memfd_create("set", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    const struct nrm_indicator_set *set = nrm_indicators_read(indicators, nrm_str(path));
    close(fd);
    return set;
}

static void screen(const struct nrm_indicators *indicators, struct nrm_node *root)
{
    struct nrm_profile profile = {.id = "fuzz", .screening = {.adult = 6, .child = 14}};
    struct nrm_case c;
    struct nrm_screening screening;
    struct nrm_output output;
    if (!nrm_case_from_node(&c, &arena, root, "fuzz", NULL))
        return;
    struct nrm_standing standing = {
        .profile = &profile, .scope.c = &c, .child_track = root->count % 2};
    struct nrm_screener *screener = nrm_screener_new(indicators, NULL);
    nrm_screen(screener, &standing, &screening);
    for (size_t i = 0; i < screening.count; i++)
        for (size_t j = 0; j < screening.rows[i].missing_count; j++)
            if (screening.answers[screening.rows[i].missing[j]->number] > NRM_NOT_ASKED)
                abort();
    nrm_output_init(&output, -1);
    nrm_screen_csv(&output, &c, nrm_screen_versions(&arena, indicators), &screening);
    nrm_output_finish(&output);
    nrm_screener_free(screener);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char mark[] = "\n...\n";
    const uint8_t *end = memmem(data, size, mark, sizeof mark - 1);
    size_t set = end ? (size_t)(end - data) + 1 : size;
    size_t rest = end ? set + sizeof mark - 2 : size, faults;
    struct nrm_indicators *indicators = nrm_indicators_new(NULL);
    if (read_set(indicators, data, set)) {
        struct nrm_place place = {.file = "fuzz", .line = 1, .column = 1};
        nrm_indicators_faults(indicators, &arena, &faults);
        struct nrm_str text = {(const char *)data + rest, size - rest};
        struct nrm_node *root = nrm_yaml_parse(&arena, text, &place, NULL);
        if (root && root->kind == NRM_MAPPING)
            screen(indicators, root);
    }
    nrm_indicators_free(indicators);
    nrm_arena_reset(&arena);
    return 0;
}
