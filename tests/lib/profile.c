/* Profiles: what is read, and what each mistake is told as. */
#include "harness.h"

#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/nrm-profile.XXXXXX";

static void write_profile(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/profiles/%s.yaml", folder, name);
    FILE *file = fopen(path, "w");
    cr_assert(file);
    fputs(text, file);
    fclose(file);
}

static void make_folder(void)
{
    char path[256];
    cr_assert(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/profiles", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
}

static void remove_folder(void)
{
    char command[300];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

/* Reads profile x of the test's folder, with the project's own profiles behind it. */
static struct nrm_profile *read_profile(struct harness *harness, const char *text)
{
    char path[300];
    struct nrm_machine *machine = nrm_arena_array(&harness->arena, 1, sizeof *machine);
    write_profile("x", text);
    snprintf(path, sizeof path, "%s:.", folder);
    setenv("NRM_PATH", path, 1);
    nrm_buffer_clear(&harness->messages);
    cr_assert(nrm_machine_compile(machine, &harness->arena, &harness->sink));
    return nrm_profile_read(&harness->arena, NRM_STR("x"), machine, nrm_zones_new(),
                            &harness->sink);
}

static void start(struct harness *harness)
{
    *harness = (struct harness){0};
    harness->sink = (struct nrm_sink){.tell = harness_tell, .context = &harness->messages};
}

Test(profile, extends_and_overrides, .init = make_folder, .fini = remove_folder)
{
    struct harness harness;
    start(&harness);
    struct nrm_profile *profile =
        read_profile(&harness, "profile: x\nextends: odihr\nname: Example\nzone: Europe/Vienna\n"
                               "holidays: [01-01, easter+1]\n"
                               "clocks:\n  stage2_decision: {adult: 45wd}\n  plan_review: none\n"
                               "  own: {start: detected, adult: 2w, label: Own clock}\n");
    cr_assert(profile, "%s", harness.messages.text);
    cr_expect_str_eq(profile->id, "x");
    cr_expect_str_eq(profile->zone_name, "Europe/Vienna");
    cr_expect_eq(profile->calendar.holiday_count, 2);
    const struct nrm_clock *stage2 = nrm_profile_clock(profile, NRM_STR("stage2_decision"));
    cr_assert(stage2);
    cr_expect_eq(stage2->amounts[NRM_ADULT].duration.amount, 45);
    cr_expect_eq(stage2->amounts[NRM_ADULT].duration.unit, NRM_WORKING_DAYS);
    cr_expect_eq(stage2->amounts[NRM_CHILD].duration.amount, 90, "what is not written stays");
    const struct nrm_clock *review = nrm_profile_clock(profile, NRM_STR("plan_review"));
    cr_expect_eq(review->amounts[NRM_ADULT].kind, NRM_AMOUNT_NONE);
    const struct nrm_clock *own = nrm_profile_clock(profile, NRM_STR("own"));
    cr_assert(own);
    cr_expect_str_eq(own->label, "Own clock");
    harness_end(&harness);
}

Test(profile, mistakes, .init = make_folder, .fini = remove_folder)
{
    static const struct {
        const char *text, *place, *word;
    } rows[] = {
        {"profile: x\nextends: x\n", "x.yaml:2:10", "circle"},
        {"profile: x\nextends: y\n", "y.yaml:2:10", "circle"},
        {"profile: x\nextends: nowhere\n", "x.yaml:2:10", "no profile"},
        {"profile: x\nextends: odihr\nzone: Mars/Phobos\n", "x.yaml:3:7", "time zone"},
        {"profile: x\n", "x.yaml:1:1", "zone"},
        {"profile: x\nzone: UTC\n", "x.yaml:1:1", "rr_end"},
        {"profile: x\nextends: odihr\nholydays: []\n", "x.yaml:3:1", "holidays"},
        {"profile: x\nextends: odihr\nholidays: [13-45]\n", "x.yaml:3:12", "holiday"},
        {"profile: x\nextends: odihr\nweekend: [caturday]\n", "x.yaml:3:11", "day of the week"},
        {"profile: x\nextends: odihr\nclocks: {stage1_decision: {adult: soon}}\n", "x.yaml:3:35",
         "amount"},
        {"profile: x\nextends: odihr\nclocks: {stage1_decision: {adults: 5d}}\n", "x.yaml:3:28",
         "adult"},
        {"profile: x\nextends: odihr\nclocks: {a: {start: detectd}}\n", "x.yaml:3:21", "detected"},
        {"profile: x\nextends: odihr\nclocks: {a: {applies: personn.gender == 1}}\n", "x.yaml:3:23",
         "person"},
        {"profile: x\nextends: odihr\nclocks: {a: {severity: bad}}\n", "x.yaml:3:24", "violation"},
        {"profile: x\nextends: odihr\nclocks: {a: {kind: maximal}}\n", "x.yaml:3:20", "maximum"},
        {"- a list\n", "x.yaml:1:1", "mapping"},
        {"", "x.yaml:1:1", "mapping"},
        {"profile: [\n", "x.yaml", ""},
    };
    struct harness harness;
    start(&harness);
    write_profile("y", "profile: y\nextends: x\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_expect_null(read_profile(&harness, rows[i].text), "row %zu was read", i);
        cr_expect(strstr(harness.messages.text, rows[i].place), "row %zu: no %s in: %s", i,
                  rows[i].place, harness.messages.text);
        cr_expect(strstr(harness.messages.text, rows[i].word), "row %zu: no %s in: %s", i,
                  rows[i].word, harness.messages.text);
    }
    harness_end(&harness);
}

/* A case that names a profile which is not there is judged all the same. */
Test(profile, unknown_profile_of_a_case)
{
    struct harness harness;
    harness_start(&harness, "2026-03-10T12:00+01:00", NULL);
    harness_case(&harness, "{profile: atlantis, events: [{at: 2026-03-01, type: detected}]}");
    cr_expect_str_eq(harness.standing.profile->id, "odihr");
    cr_expect(strstr(harness.messages.text, "case:1:11: warning: profile"), "%s",
              harness.messages.text);
    harness_case(&harness, "{profile: ../../etc/passwd, events: []}");
    cr_expect_str_eq(harness.standing.profile->id, "odihr");
    harness_end(&harness);
}
