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
        {"profile: x\nextends: odihr\nsettings: {stage1_ancor: x}\n", "x.yaml:3:12",
         "stage1_anchor"},
        {"profile: x\nextends: odihr\nsettings: {stage1_anchor: x}\n", "x.yaml:3:27",
         "first_contact"},
        {"profile: x\nextends: odihr\nsettings: {majority_age: old}\n", "x.yaml:3:26", ""},
        {"profile: x\nextends: odihr\nclocks: 5\n", "x.yaml:3:9: ", "one key for each deadline"},
        {"profile: x\nextends: odihr\nclocks: {a: 5}\n",
         "x.yaml:3:13: ", "a clock is a mapping, or none"},
        {"profile: x\nextends: odihr\nclocks: {a: {start: [[detected]]}}\n",
         "x.yaml:3:22: ", "event type or milestone"},
        {"profile: x\nextends: odihr\nclocks: {a: {start: {detected: x}}}\n",
         "x.yaml:3:21: ", "event type or milestone"},
        {"profile: x\nextends: odihr\nclocks: {a: {adult: [5d]}}\n", "x.yaml:3:21: ", "amount"},
        {"profile: x\nextends: odihr\nclocks: {a: {adult: -5d}}\n", "x.yaml:3:21: ", "amount"},
        {"profile: x\nextends: odihr\nclocks: {a: {applies: [x]}}\n",
         "x.yaml:3:23: ", "a condition is wanted"},
        {"profile: x\nextends: odihr\nclocks: {a: {warn: rr_end}}\n",
         "x.yaml:3:20: ", "a length of time"},
        {"profile: x\nextends: odihr\nclocks: {a: {adult: soon, applies: personn.gender == 1}}\n",
         "x.yaml:3:36: ", "person"},
        {"profile: x\nextends: odihr\nsettings: 5\n",
         "x.yaml:3:11: ", "the settings are a mapping"},
        {"profile: x\nextends: odihr\nsettings: {majority_age: [18, 21]}\n",
         "x.yaml:3:26: ", "one value is wanted"},
        {"profile: x\nextends: odihr\nsetings: {}\n", "x.yaml:3:1: ", "settings"},
        {"profile: x\nextends: odihr\nweekend: saturday\n", "x.yaml:3:10: ", "a list of days"},
        {"profile: x\nextends: odihr\nweekend: [monday, tuesday, wednesday, thursday, friday, "
         "saturday, sunday]\n",
         "x.yaml:3:10: ", "working day"},
        {"profile: x\nextends: odihr\nholidays: 05-03\n", "x.yaml:3:11: ", "a list"},
        {"profile: x\nextends: odihr\nholidays: [[05-03]]\n", "x.yaml:3:12: ", "not a holiday"},
        {"profile: x\nextends: [odihr]\n", "x.yaml:2:10", "the name of one profile"},
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

static size_t mistakes_of(struct harness *harness, const char *text)
{
    size_t count = 0;
    cr_expect_null(read_profile(harness, text), "%s was read", text);
    for (const char *at = harness->messages.text; (at = strstr(at, "error: ")); at++)
        count++;
    return count;
}

/* What stands behind a mistake would be read by a profile that is not there. */
Test(profile, the_first_mistake_ends_it, .init = make_folder, .fini = remove_folder)
{
    static const char *const texts[] = {
        "profile: x\nextends: odihr\nclocks: {a: {adult: soon}, b: {adult: later}}\n",
        "profile: x\nextends: odihr\nclocks: {a: 5, b: 5}\n",
        "profile: x\nextends: odihr\nclocks: 5\nholydays: []\nweekend: none\n",
        "profile: x\nextends: y\nholydays: []\n",
    };
    struct harness harness;
    start(&harness);
    write_profile("y", "profile: y\nextends: odihr\nweekend: none\n");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_expect_eq(mistakes_of(&harness, texts[i]), 1, "%s: %s", texts[i], harness.messages.text);
    harness_end(&harness);
}

/* A list of COUNT items as PART makes them of their numbers, between BEFORE and AFTER. */
static char *many(const char *before, const char *part, int count, const char *after)
{
    struct nrm_buffer text = {0};
    nrm_buffer_add_str(&text, nrm_str(before));
    for (int i = 0; i < count; i++)
        nrm_buffer_printf(&text, part, i);
    nrm_buffer_add_str(&text, nrm_str(after));
    return text.text;
}

Test(profile, limits, .init = make_folder, .fini = remove_folder)
{
    static const struct {
        const char *before, *part, *after;
        int most;
        const char *word;
    } rows[] = {
        {"zone: UTC\nclocks:\n  rr_end: {adult: 30d}\n", "  c%d: {adult: 5d}\n", "", 255,
         "at most 256 clocks"},
        {"extends: odihr\nholidays: [", "2%03d-05-03, ", "]\n", 512, "at most 512 days"},
    };
    struct harness harness;
    start(&harness);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *most = many(rows[i].before, rows[i].part, rows[i].most, rows[i].after);
        char *over = many(rows[i].before, rows[i].part, rows[i].most + 1, rows[i].after);
        cr_expect(read_profile(&harness, most), "row %zu: %s", i, harness.messages.text);
        cr_expect_eq(mistakes_of(&harness, over), 1, "row %zu: %s", i, harness.messages.text);
        cr_expect(strstr(harness.messages.text, rows[i].word), "row %zu: %s", i,
                  harness.messages.text);
        free(most);
        free(over);
    }
    /* x, p0 to p13 and odihr are sixteen; one more is too many */
    for (int i = 0; i < 15; i++) {
        char name[8], text[64];
        snprintf(name, sizeof name, "p%d", i);
        snprintf(text, sizeof text, i ? "profile: p\nextends: p%d\n" : "extends: odihr\n", i - 1);
        write_profile(name, text);
    }
    cr_expect(read_profile(&harness, "extends: p13\n"), "%s", harness.messages.text);
    cr_expect_eq(mistakes_of(&harness, "extends: p14\n"), 1, "%s", harness.messages.text);
    cr_expect(strstr(harness.messages.text, "p0.yaml:1:10: error: more than 16 profiles"), "%s",
              harness.messages.text);
    harness_end(&harness);
}

/* Null takes away what the profile below says. */
Test(profile, null_takes_away, .init = make_folder, .fini = remove_folder)
{
    struct harness harness;
    start(&harness);
    struct nrm_profile *profile = read_profile(
        &harness, "profile: x\nextends: odihr\nsettings: {legal_aid: ~}\n"
                  "clocks:\n  stage1_decision: {adult: none, child: ~, warn: ~, implied_by: ~}\n"
                  "  parental_guardian: {applies: ~}\n  plan_review: ~\n");
    cr_assert(profile, "%s", harness.messages.text);
    const struct nrm_clock *stage1 = nrm_profile_clock(profile, NRM_STR("stage1_decision"));
    const struct nrm_clock *guardian = nrm_profile_clock(profile, NRM_STR("parental_guardian"));
    const struct nrm_clock *review = nrm_profile_clock(profile, NRM_STR("plan_review"));
    cr_assert(stage1 && guardian && review);
    cr_expect_eq(stage1->amounts[NRM_ADULT].kind, NRM_AMOUNT_NONE);
    cr_expect_eq(stage1->amounts[NRM_CHILD].kind, NRM_AMOUNT_NONE);
    cr_expect_eq(stage1->warn.amount, 0);
    cr_expect_eq(stage1->implied_by.count, 0);
    cr_expect_eq(stage1->stop.count, 1, "what is not written stays");
    cr_expect_null(guardian->applies);
    cr_expect_eq(review->amounts[NRM_ADULT].kind, NRM_AMOUNT_NONE);
    size_t legal_aid = 0;
    while (strcmp(nrm_setting_rows[legal_aid].name, "legal_aid") != 0)
        legal_aid++;
    cr_expect_eq(profile->settings[legal_aid].kind, NRM_VALUE_UNKNOWN);
    harness_end(&harness);
}

/* H07-P044 H07-P001 H07-P002: every profile that is shipped reads, states its source and date, and
 * falls back on the recommended standards. H07-P045: ge, nl, es, it, uk, me hold what is printed of
 * them. */
Test(profile, shipped)
{
    static const char *const names[] = {"odihr", "ge", "nl", "es", "it", "uk", "me"};
    struct harness harness;
    start(&harness);
    setenv("NRM_PATH", ".", 1);
    struct nrm_machine *machine = nrm_arena_array(&harness.arena, 1, sizeof *machine);
    struct nrm_zones *zones = nrm_zones_new();
    cr_assert(nrm_machine_compile(machine, &harness.arena, &harness.sink));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct nrm_profile *profile =
            nrm_profile_read(&harness.arena, nrm_str(names[i]), machine, zones, &harness.sink);
        cr_assert(profile, "%s: %s", names[i], harness.messages.text);
        cr_expect_str_eq(profile->id, names[i]);
        cr_expect(profile->source && profile->as_of && profile->warning, "%s", names[i]);
        cr_expect(nrm_profile_clock(profile, NRM_STR("stage2_decision")), "%s", names[i]);
    }
    nrm_zones_free(zones);
    harness_end(&harness);
}

static void add_amount(struct nrm_buffer *text, const struct nrm_amount *amount)
{
    static const char *const units[] = {"min", "h", "d", "wd", "w", "mo", "y"};
    static const char *const kinds[] = {"none", "", "rr_end", "until", "majority"};
    nrm_buffer_clear(text);
    nrm_buffer_printf(text, "%s", kinds[amount->kind]);
    if (amount->kind == NRM_AMOUNT_DURATION)
        nrm_buffer_printf(text, "%d%s", amount->duration.amount, units[amount->duration.unit]);
}

/* The figures of the recommended standards, clock by clock, with the requirements that they carry:
 * tests/data/clocks.csv. */
Test(profile, figures_of_the_standards)
{
    struct harness harness;
    struct nrm_arena arena = {0};
    struct nrm_input input;
    struct nrm_csv_record record;
    struct nrm_buffer text = {0};
    size_t rows = 0;
    harness_start(&harness, "2026-02-10T12:00+01:00", NULL);
    harness_case(&harness, "{events: []}");
    const struct nrm_profile *odihr = harness.standing.profile;
    cr_assert(nrm_input_open(&input, "tests/data/clocks.csv", &harness.sink));
    struct nrm_csv_reader *reader = nrm_csv_reader_new(&input, ',', &harness.sink);
    while (nrm_csv_read(reader, &arena, &record) == 1) {
        if (record.line == 1)
            continue;
        const struct nrm_clock *clock = nrm_profile_clock(odihr, record.fields[0].text);
        cr_assert(clock, "line %u: no such clock", record.line);
        cr_expect_eq(clock->minimum, nrm_str_is(record.fields[1].text, "minimum"), "%s", clock->id);
        for (int track = 0; track < NRM_TRACKS; track++) {
            add_amount(&text, &clock->amounts[track]);
            cr_expect(nrm_str_is(record.fields[2 + track].text, text.text), "%s: %s", clock->id,
                      text.text);
        }
        rows++;
    }
    cr_expect_eq(rows, odihr->clock_count);
    nrm_csv_reader_free(reader);
    nrm_input_close(&input);
    nrm_buffer_free(&text);
    nrm_arena_free(&arena);
    harness_end(&harness);
}

/* One case under several profiles has different dates (H07-P046); the clock, the profile, the due.
 */
Test(profile, one_case_many_dates)
{
    static const struct {
        const char *profile, *clock, *due; /* requirements beside the row that they ask for */
    } rows[] = {
        {"odihr", "stage1_decision", "2026-02-06"},          /* H07-D033 H06-D008 */
        {"ge", "stage1_decision", "2026-02-03T13:00+04:00"}, /* H07-D001 H07-P006 */
        {"odihr", "rr_end", "2026-05-04"},                   /* H07-D035 H06-D005 H01-P003 */
        {"nl", "rr_end", "2026-05-03"},                      /* H07-D002 H07-P012 */
        {"es", "rr_end_assessment", "2026-05-04"},           /* H07-D004 H07-T005 */
        {"uk", "stage2_decision", "2026-05-04"},             /* H07-D036 H06-D010 */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct harness harness;
        const struct nrm_due *dues;
        struct nrm_buffer due = {0};
        harness_start(&harness, "2026-02-10T12:00+01:00", rows[i].profile);
        cr_assert(harness.rules, "%s", harness.messages.text);
        harness_case(&harness,
                     "{person: {age_group: adult}, events: ["
                     "{at: 2026-02-01T10:00+01:00, type: detected},"
                     "{at: 2026-02-03T11:00+01:00, type: stage1_decision, outcome: positive},"
                     "{at: 2026-02-03T11:00+01:00, type: rr_granted}]}");
        size_t count = nrm_clocks(&harness.standing, NULL, &dues);
        for (size_t j = 0; j < count; j++)
            if (strcmp(dues[j].clock->id, rows[i].clock) == 0)
                nrm_time_text(&dues[j].due, harness.standing.profile->calendar.zone, &due);
        cr_expect_str_eq(due.length ? due.text : "none", rows[i].due, "%s, %s", rows[i].profile,
                         rows[i].clock);
        nrm_buffer_free(&due);
        harness_end(&harness);
    }
}

/* What the handbook leaves open has a default, and a profile can change it. Requirements stand
 * beside the setting; the values are those of a case without a profile, and of the profile that is
 * named. */
Test(profile, settings)
{
    static const struct {
        const char *profile, *name, *value;
    } rows[] = {
        {NULL, "setting_stage1_anchor", "first_contact"}, /* H03-P001 H06-P001 H04-P009 */
        {NULL, "setting_stage1_decider",
         "competent_authority;first_responder"},                    /* H03-P003 H07-P004 */
        {NULL, "setting_stage1_interview", "optional"},             /* H03-P004 */
        {NULL, "setting_stage1_threshold", "any_indicator"},        /* H03-P005 */
        {"nl", "setting_stage1_threshold", "slightest_indication"}, /* H07-P005 H07-T003 */
        {NULL, "setting_indicator_review_months", "12"},            /* H03-P006 */
        {NULL, "setting_referral_order", "both"},                   /* H03-P007 */
        {NULL, "setting_referral_authority",
         "police;immigration;ngo;social_services"},                                   /* H03-P008 */
        {"ge", "setting_identification_channels", "permanent_group;law_enforcement"}, /* H07-P003 */
        {NULL, "setting_stage2_decider", "competent_authority"},                      /* H01-P002 */
        {"uk", "setting_stage2_decider", "Single Competent Authority"}, /* H07-P007 H07-R008 */
        {"ge", "setting_stage2_decider",
         "Permanent Group of the inter-agency council;law enforcement"}, /* H07-R007 */
        {NULL, "setting_stage2_delegation_approval", "true"},            /* H03-P009 */
        {NULL, "setting_stage2_route", "single"},                        /* H03-P010 */
        {"ge", "setting_stage2_route", "dual"},
        {NULL, "setting_stage2_mode", "separate"},                       /* H03-P011 H07-P008 */
        {NULL, "setting_child_stage1_conclusive", "false"},              /* H03-P012 */
        {NULL, "setting_stage2_interview", "false"},                     /* H03-P013 */
        {"uk", "setting_stage2_review_of_negative", "automatic_panel"},  /* H07-P009 H07-T011 */
        {NULL, "setting_rr_start", "grant"},                             /* H03-P016 */
        {NULL, "setting_rr_extendable", "true"},                         /* H07-P012 */
        {NULL, "setting_rr_extension_trigger", "stage2_late;challenge"}, /* H03-P017 */
        {NULL, "setting_rr_early_stage2", "minimum_stands"},             /* H03-P018 */
        {NULL, "setting_rr_stage2_negative", "keeps_running"},           /* H03-P019 */
        {NULL, "setting_rr_detention_days", "excluded"},                 /* H03-P020 */
        {NULL, "setting_rr_after_age_dispute", "continues"},             /* H03-P021 */
        {NULL, "setting_rr_eligible", "everyone"},                       /* H07-P013 */
        {"es", "setting_rr_effects",
         "stay_authorised;no_removal;no_sanction_procedure;subsistence;safety"}, /* H07-P014
                                                                                    H07-T006 */
        {NULL, "setting_rr_conditional_on_cooperation", "false"},                /* H07-P015 */
        {"nl", "setting_rr_duty_to_inform", "police"},                    /* H07-P016 H07-R019 */
        {NULL, "setting_stay_document", "temporary_stay;interim_permit"}, /* H03-P022 */
        {NULL, "setting_work_permit", "with_permit"},                     /* H03-P023 H05-P015 */
        {NULL, "setting_permit_grounds", "personal;cooperation"}, /* H03-P024 H05-P014 H07-E038 */
        {"nl", "setting_permit_grounds", "personal;cooperation"}, /* H07-T004 */
        {"nl", "setting_support_conditional_on_cooperation", "false"}, /* H07-T004 */
        {"it", "setting_permit_grounds", "personal;cooperation"},      /* H07-T008 */
        {"it", "setting_permit_ex_officio", "true"},                   /* H07-T009 */
        {"me", "setting_permit_grounds", "personal"},                  /* H07-T010 */
        {"uk", "setting_permit_grounds", "personal;cooperation"},      /* H07-E003 */
        {"es", "setting_permit_grounds",
         "cooperation;personal;labour_humanitarian"}, /* H07-P020 H07-T007 */
        {NULL, "setting_permit_ex_officio", "true"},  /* H03-P025 */
        {"uk", "setting_reconsideration_requesters",
         "first_responder;support_organisation;lawyer"},          /* H07-P010 H03-P026 H07-T012 */
        {NULL, "setting_appeal_effect", "substitute;remit"},      /* H03-P027 */
        {NULL, "setting_court_bound_by_authority", "false"},      /* H07-P011 */
        {"uk", "setting_court_bound_by_authority", "false"},      /* H07-T013 */
        {NULL, "setting_challenge_suspensive", "true"},           /* H03-P028 */
        {NULL, "setting_challenge_waiver_child", "nobody_alone"}, /* H03-P045 */
        {NULL, "setting_re_entry", "true"},                       /* H03-P029 */
        {NULL, "setting_revocation", "false"},                    /* H03-P030 */
        {NULL, "setting_majority_age", "18"},                     /* H03-P031 H02-P001 H05-P001 */
        {NULL, "setting_support_after_18", "unknown"},            /* H03-P032 H07-P018 H07-P026 */
        {"it", "setting_age_body", "court"},                      /* H07-P024 */
        {NULL, "setting_age_margin_years", "5"},                  /* H03-P033 */
        {NULL, "setting_age_medical_methods", "prohibited"},      /* H07-P023 */
        {NULL, "setting_age_refusal", "stays_child"},             /* H03-P034 */
        {NULL, "setting_age_proof", ""},                          /* H03-P035 */
        {NULL, "setting_declined_package", "same"},               /* H03-P036 */
        {NULL, "setting_support_conditional_on_cooperation", "false"}, /* H07-P017 */
        {NULL, "setting_witness_duty", "false"},                       /* H03-P037 */
        {NULL, "setting_role_names", ""},                 /* H03-P038 H01-P001 H02-P003 */
        {NULL, "setting_guardian_roles_in_one", "false"}, /* H03-P039 */
        {NULL, "setting_guardian_caseload", "20"},        /* H02-P007 */
        {NULL, "setting_child_registers", "police;missing_persons;child_services"}, /* H03-P040 */
        {NULL, "setting_legal_aid", "required"},                                    /* H03-P041 */
        {NULL, "setting_overdue_told", "advocate;supervisor;competent_authority"},  /* H03-P042 */
        {NULL, "setting_clock_suspended_by", "none"},                               /* H03-P043 */
        {NULL, "setting_closing", "guarded"},                                       /* H03-P044 */
        {NULL, "setting_child_consent_signer", "child;parental_guardian"},          /* H02-P009 */
        {NULL, "setting_legal_capacity_rule", "unknown"},                           /* H02-P005 */
        {NULL, "setting_mandated_reporting", ""},                                   /* H02-P006 */
        {NULL, "setting_emergency_contact_rule", "false"},                          /* H02-P008 */
        {NULL, "setting_urgent_housing_need", "nowhere_to_sleep;danger;child"},     /* H04-P008 */
        {NULL, "setting_golden_day_start", "accommodation"},                        /* H04-P010 */
        {NULL, "setting_statistics_entry", "unknown"},                              /* H07-P038 */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct harness harness;
        harness_start(&harness, "2026-02-10T12:00+01:00", rows[i].profile);
        cr_assert(harness.rules, "%s", harness.messages.text);
        harness_case(&harness, "{events: []}");
        cr_expect_str_eq(harness_value(&harness, rows[i].name), rows[i].value, "%s", rows[i].name);
        harness_end(&harness);
    }
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
