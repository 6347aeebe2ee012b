/* Zones against the C library's own answers, local days at clock changes, names that are tricks,
 * and that the process's own TZ neither matters nor changes. */
#include "data/zone.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct nrm_zones *zones;

static void begin(void)
{
    zones = nrm_zones_new();
}
static void end(void)
{
    nrm_zones_free(zones);
}
TestSuite(zone, .init = begin, .fini = end);

static const struct nrm_zone *zone_of(const char *name)
{
    const struct nrm_zone *zone = nrm_zone_get(zones, nrm_str(name));
    cr_assert_not_null(zone, "%s", name);
    return zone;
}

static struct nrm_time time_of(const char *text)
{
    struct nrm_time time;
    cr_assert_eq(nrm_time_parse(nrm_str(text), &time), NRM_TIME_OK, "%s", text);
    return time;
}

static const char *text_at(int64_t utc, const struct nrm_zone *zone)
{
    static char text[64];
    struct nrm_time time = nrm_time_at(utc, zone);
    struct nrm_buffer buffer = {0};
    nrm_time_text(&time, zone, &buffer);
    snprintf(text, sizeof text, "%s", buffer.text);
    nrm_buffer_free(&buffer);
    return text;
}

/* --- offsets --- */

static const char *const many[] = {
    "Europe/Warsaw",     "Europe/London",
    "Europe/Dublin",     "Europe/Istanbul",
    "Europe/Chisinau",   "Asia/Beirut",
    "Asia/Tehran",       "Asia/Kathmandu",
    "Asia/Pyongyang",    "America/Sao_Paulo",
    "America/St_Johns",  "America/Caracas",
    "Africa/Casablanca", "Africa/Freetown",
    "Africa/Monrovia",   "Pacific/Apia",
    "Pacific/Chatham",   "Australia/Lord_Howe",
    "Antarctica/Troll",  "Pacific/Kiritimati",
    "Etc/GMT+12",        "UTC",
};

Test(zone, agrees_with_the_c_library)
{
    /* Zones take turns at every question, so that the cache has to tell them apart. */
    uint64_t state = 20240226;
    for (int i = 0; i < 20000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        int64_t utc = (int64_t)(state >> 16) % (int64_t)8.0e9 - (int64_t)4.0e9; /* 1843 to 2096 */
        const char *name = many[i % (int)(sizeof many / sizeof *many)];
        int32_t offset = nrm_zone_offset(zone_of(name), utc);
        setenv("TZ", name, 1);
        tzset();
        time_t moment = (time_t)utc;
        struct tm local;
        localtime_r(&moment, &local);
        cr_assert_eq(offset, local.tm_gmtoff, "%s at %lld", name, (long long)utc);
    }
}

Test(zone, changes_are_found_to_the_second)
{
    static const struct {
        const char *zone, *change; /* first instant with the new offset */
        int before, after;         /* seconds */
    } rows[] = {
        {"Europe/Warsaw", "2024-03-31T01:00Z", 3600, 7200},
        {"Europe/Warsaw", "2024-10-27T01:00Z", 7200, 3600},
        {"Europe/Warsaw", "2500-03-28T01:00Z", 3600, 7200},
        {"Europe/London", "2024-03-31T01:00Z", 0, 3600},
        {"America/Sao_Paulo", "2018-11-04T03:00Z", -10800, -7200},
        {"Asia/Beirut", "2023-03-25T22:00Z", 7200, 10800},
        {"Pacific/Apia", "2011-12-30T10:00Z", -36000, 50400},
        {"Australia/Lord_Howe", "2024-04-06T15:00Z", 39600, 37800},
        {"Asia/Kathmandu", "1985-12-31T18:30Z", 19800, 20700},
        {"Africa/Monrovia", "1972-01-07T00:44:30Z", -2670, 0},
        {"Europe/Warsaw", "1915-08-04T22:36Z", 5040, 3600},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct nrm_zone *zone = zone_of(rows[i].zone);
        int64_t change = time_of(rows[i].change).utc;
        cr_expect_eq(nrm_zone_offset(zone, change - 1), rows[i].before, "%s", rows[i].change);
        cr_expect_eq(nrm_zone_offset(zone, change), rows[i].after, "%s", rows[i].change);
    }
}

Test(zone, answers_for_any_instant)
{
    static const int64_t instants[] = {INT64_MIN, INT64_MIN + 1,         -62135596800 - 200000,
                                       0,         253402300799 + 200000, INT64_MAX - 1,
                                       INT64_MAX};
    for (size_t z = 0; z < sizeof many / sizeof *many; z++) {
        const struct nrm_zone *zone = zone_of(many[z]);
        for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
            cr_expect_lt(abs(nrm_zone_offset(zone, instants[i])), 86400);
            nrm_zone_day(zone, instants[i]);
            nrm_time_at(instants[i], zone);
        }
        cr_expect_eq(nrm_zone_day(zone, INT64_MAX), INT32_MAX);
        cr_expect_eq(nrm_zone_day(zone, INT64_MIN), INT32_MIN);
        cr_expect_lt(nrm_zone_day_start(zone, INT32_MIN), nrm_zone_day_start(zone, INT32_MAX));
    }
}

/* --- local days --- */

Test(zone, a_day_starts_at_its_first_moment)
{
    static const struct {
        const char *zone, *day, *start; /* in the zone */
        int hours;                      /* to the start of the next day */
    } rows[] = {
        {"UTC", "2024-02-29", "2024-02-29T00:00+00:00", 24},
        {"Europe/Warsaw", "2024-02-29", "2024-02-29T00:00+01:00", 24},
        {"Europe/Warsaw", "2024-03-31", "2024-03-31T00:00+01:00", 23},
        {"Europe/Warsaw", "2024-10-27", "2024-10-27T00:00+02:00", 25},
        {"America/Sao_Paulo", "2018-11-03", "2018-11-03T00:00-03:00", 24},
        {"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00-02:00", 23},
        {"America/Sao_Paulo", "2018-02-17", "2018-02-17T00:00-02:00", 25},
        {"America/Sao_Paulo", "2018-02-18", "2018-02-18T00:00-03:00", 24},
        {"Asia/Beirut", "2022-03-27", "2022-03-27T01:00+03:00", 23},
        {"Asia/Beirut", "2022-10-29", "2022-10-29T00:00+03:00", 25},
        {"Asia/Beirut", "2022-10-30", "2022-10-30T00:00+02:00", 24},
        {"Pacific/Apia", "2011-12-29", "2011-12-29T00:00-10:00", 24},
        {"Pacific/Apia", "2011-12-30", "2011-12-31T00:00+14:00", 0},
        {"Pacific/Apia", "2011-12-31", "2011-12-31T00:00+14:00", 24},
        {"Pacific/Kiritimati", "1995-01-01", "1995-01-01T00:00+14:00", 24},
        {"Pacific/Kiritimati", "1994-12-31", "1995-01-01T00:00+14:00", 0},
        /* the clock went back over midnight, so 00:00 came twice */
        {"America/St_Johns", "2010-11-07", "2010-11-07T00:00-02:30", 25},
        {"Europe/Warsaw", "0001-01-01", "0001-01-01T00:00+01:24", 24},
        {"Europe/Warsaw", "9999-12-31", "9999-12-31T00:00+01:00", 24},
        {"Asia/Kathmandu", "2026-03-01", "2026-03-01T00:00+05:45", 24},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct nrm_zone *zone = zone_of(rows[i].zone);
        struct nrm_time day = time_of(rows[i].day);
        int64_t start = nrm_zone_day_start(zone, day.day);
        cr_expect_str_eq(text_at(start, zone), rows[i].start);
        cr_expect_eq(nrm_zone_day_start(zone, day.day + 1) - start, rows[i].hours * 3600, "%s %s",
                     rows[i].zone, rows[i].day);
        cr_expect_eq(nrm_time_first(&day, zone), start);
        cr_expect_eq(nrm_time_last(&day, zone),
                     rows[i].hours ? start + rows[i].hours * 3600 - 1 : start);
        if (rows[i].hours)
            cr_expect_eq(nrm_zone_day(zone, start), day.day, "%s", rows[i].start);
        cr_expect_lt(nrm_zone_day(zone, start - 1), day.day);
    }
}

Test(zone, days_follow_each_other)
{
    for (size_t z = 0; z < sizeof many / sizeof *many; z++) {
        const struct nrm_zone *zone = zone_of(many[z]);
        int64_t last = nrm_zone_day_start(zone, 14000);
        for (int32_t day = 14001; day < 20000; day++) { /* 2008 to 2024 */
            int64_t start = nrm_zone_day_start(zone, day);
            cr_assert(start >= last && start - last <= 26 * 3600, "%s %d", many[z], (int)day);
            cr_assert_geq(nrm_zone_day(zone, start), day, "%s %d", many[z], (int)day);
            last = start;
        }
    }
}

Test(zone, times_of_reduced_precision_span_their_days)
{
    static const struct {
        const char *zone, *time, *first, *last;
    } rows[] = {
        {"Europe/Warsaw", "2024", "2024-01-01T00:00+01:00", "2024-12-31T23:59:59+01:00"},
        {"Europe/Warsaw", "2024-03", "2024-03-01T00:00+01:00", "2024-03-31T23:59:59+02:00"},
        {"Europe/Warsaw", "2024-02", "2024-02-01T00:00+01:00", "2024-02-29T23:59:59+01:00"},
        {"Europe/Warsaw", "2024-03-01T09:00Z", "2024-03-01T10:00+01:00", "2024-03-01T10:00+01:00"},
        {"Asia/Beirut", "2022-03", "2022-03-01T00:00+02:00", "2022-03-31T23:59:59+03:00"},
        {"UTC", "0001", "0001-01-01T00:00+00:00", "0001-12-31T23:59:59+00:00"},
        {"UTC", "9999", "9999-01-01T00:00+00:00", "9999-12-31T23:59:59+00:00"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct nrm_zone *zone = zone_of(rows[i].zone);
        struct nrm_time time = time_of(rows[i].time);
        cr_expect_str_eq(text_at(nrm_time_first(&time, zone), zone), rows[i].first);
        cr_expect_str_eq(text_at(nrm_time_last(&time, zone), zone), rows[i].last);
    }
}

/* --- text --- */

Test(zone, instants_are_shown_in_the_zone)
{
    static const struct {
        const char *zone, *time, *shown;
    } rows[] = {
        {"Europe/Warsaw", "2026-03-01T21:40Z", "2026-03-01T22:40+01:00"},
        {"Europe/Warsaw", "2026-07-01T21:40:07Z", "2026-07-01T23:40:07+02:00"},
        {"Europe/Warsaw", "2026-12-31T23:30Z", "2027-01-01T00:30+01:00"},
        {"Europe/Warsaw", "2024-10-27T00:30Z", "2024-10-27T02:30+02:00"},
        {"Europe/Warsaw", "2024-10-27T01:30Z", "2024-10-27T02:30+01:00"},
        {"America/St_Johns", "2026-01-01T01:00Z", "2025-12-31T21:30-03:30"},
        {"UTC", "2026-03-01T22:40+01:00", "2026-03-01T21:40+00:00"},
        /* local mean time: the seconds of its offset cannot be written, the instant is kept */
        {"Africa/Monrovia", "1972-01-07T00:44:29Z", "1972-01-07T00:00:29-00:44"},
        /* what would be a year without a name stops at the edge */
        {"Europe/Warsaw", "9999-12-31T23:30Z", "9999-12-31T23:59:59+01:00"},
        {"America/St_Johns", "0001-01-01T00:00Z", "0001-01-01T00:00-03:30"},
        {"Europe/Warsaw", "0001-01-01T00:00+01:24", "0001-01-01T00:00+01:24"},
        {"UTC", "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59+00:00"},
        {"UTC", "0001-01-01T00:00+23:59", "0001-01-01T00:00+00:00"},
        /* dates are what they are, everywhere */
        {"Pacific/Apia", "2026-03-01", "2026-03-01"},
        {"Pacific/Apia", "2026-03", "2026-03"},
        {"Pacific/Apia", "0009", "0009"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nrm_time time = time_of(rows[i].time);
        struct nrm_buffer buffer = {0};
        nrm_time_text(&time, zone_of(rows[i].zone), &buffer);
        cr_expect_str_eq(buffer.text, rows[i].shown);
        nrm_buffer_free(&buffer);
    }
    struct nrm_buffer buffer = {0};
    struct nrm_time unknown = {0};
    nrm_time_text(&unknown, zone_of("UTC"), &buffer);
    cr_expect_eq(buffer.length, 0);
    nrm_buffer_free(&buffer);
}

Test(zone, an_instant_as_a_time_knows_its_day_and_offset)
{
    struct nrm_time time = nrm_time_at(time_of("2026-12-31T23:30Z").utc, zone_of("Europe/Warsaw"));
    cr_expect_eq(time.precision, NRM_TIME_SECOND);
    cr_expect_eq(time.offset_minutes, 60);
    cr_expect_eq(time.day, time_of("2027-01-01").day);
    cr_expect_eq(time.utc, time_of("2026-12-31T23:30Z").utc);
}

/* --- names --- */

Test(zone, names_that_are_no_zones)
{
    static const char *const rows[] = {
        "",
        "/",
        "Europe/",
        "/Europe/Warsaw",
        "Europe//Warsaw",
        "Europe",
        "Warsaw",
        "Europe/Atlantis",
        "europe/warsaw",
        "CEST",
        "UTC0",
        "CET-1CEST",
        ":Europe/Warsaw",
        "<+01>-1",
        "+01:00",
        "../zoneinfo/Europe/Warsaw",
        "Europe/../Europe/Warsaw",
        "Europe/./Warsaw",
        "..",
        ".",
        "/etc/passwd",
        "/usr/share/zoneinfo/Europe/Warsaw",
        "Europe/Warsaw\n",
        "Europe\tWarsaw",
        "Europe/Warsaw ",
        "Europe\\Warsaw",
        "zone.tab",
        "leapseconds",
        "tzdata.zi",
        "right/Europe/Warsaw",
        "localtime",
        "Europe/\xc5\x81\xc3\xb3\x64\xc5\xba",
        "Europe/Warsaw\x01",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_null(nrm_zone_get(zones, nrm_str(rows[i])), "\"%s\"", rows[i]);
    cr_expect_null(nrm_zone_get(zones, (struct nrm_str){"Europe/Warsaw\0", 14}));
    cr_expect_null(nrm_zone_get(zones, (struct nrm_str){"UTC\0", 4}));
    cr_expect_null(nrm_zone_get(zones, (struct nrm_str){NULL, 0}));
}

Test(zone, one_zone_per_name)
{
    const struct nrm_zone *warsaw = zone_of("Europe/Warsaw");
    cr_expect_str_eq(nrm_zone_name(warsaw), "Europe/Warsaw");
    cr_expect_neq(zone_of("Europe/London"), warsaw);
    cr_expect_eq(zone_of("Europe/Warsaw"), warsaw);
    cr_expect_str_eq(nrm_zone_name(zone_of("UTC")), "UTC");
    cr_expect_str_eq(nrm_zone_name(zone_of("America/Argentina/Buenos_Aires")),
                     "America/Argentina/Buenos_Aires");
}

Test(zone, every_zone_of_the_table_is_known)
{
    FILE *table = fopen("/usr/share/zoneinfo/zone1970.tab", "r");
    if (!table)
        cr_skip_test("no table of zones here");
    char line[512], name[128];
    int count = 0;
    while (fgets(line, sizeof line, table)) {
        if (line[0] == '#' || sscanf(line, "%*s %*s %127s", name) != 1)
            continue;
        cr_expect_not_null(nrm_zone_get(zones, nrm_str(name)), "%s", name);
        count++;
    }
    fclose(table);
    cr_expect_gt(count, 200);
}

static void put_file(const char *directory, const char *name, const char *bytes, size_t length)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fwrite(bytes, 1, length, file);
    fclose(file);
}

Test(zone, tzdir_is_honoured_and_utc_needs_no_database)
{
    char directory[] = "/tmp/nrm-zone-test-XXXXXX", path[256];
    cr_assert_not_null(mkdtemp(directory));
    put_file(directory, "Text", "not a zone\n", 11);
    put_file(directory, "Short", "TZif2", 5);
    put_file(directory, "Empty", "", 0);
    snprintf(path, sizeof path, "%s/Pipe", directory);
    cr_assert_eq(mkfifo(path, 0600), 0);
    setenv("TZDIR", directory, 1);

    static const char *const names[] = {"Europe/Warsaw", "Text", "Short", "Empty", "Pipe", "GMT"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cr_expect_null(nrm_zone_get(zones, nrm_str(names[i])), "%s", names[i]);
    const struct nrm_zone *utc = zone_of("UTC");
    cr_expect_eq(nrm_zone_offset(utc, 1700000000), 0);
    cr_expect_str_eq(text_at(1700000000, utc), "2023-11-14T22:13:20+00:00");

    unsetenv("TZDIR");
    cr_expect_eq(nrm_zone_offset(zone_of("Europe/Warsaw"), 1700000000), 3600);
    static const char *const made[] = {"Text", "Short", "Empty", "Pipe"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, made[i]);
        unlink(path);
    }
    rmdir(directory);
}

/* --- the process's own zone --- */

Test(zone, tz_is_put_back)
{
    static const char *const settings[] = {
        "Pacific/Chatham", "CET-1CEST,M3.5.0,M10.5.0/3", "", "Not/A/Zone", "Europe/Warsaw", NULL};
    int64_t utc = 1700000000;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++, utc += 40000000) {
        if (settings[i])
            setenv("TZ", settings[i], 1);
        else
            unsetenv("TZ");
        tzset();
        time_t moment = 1720000000;
        struct tm before, after;
        localtime_r(&moment, &before);

        cr_expect_eq(nrm_zone_offset(zone_of("Asia/Kathmandu"), utc), 20700);
        cr_expect_leq(nrm_zone_offset(zone_of("Europe/Warsaw"), utc), 7200);
        cr_expect_null(nrm_zone_get(zones, NRM_STR("Europe/Atlantis")));

        const char *now = getenv("TZ");
        if (settings[i])
            cr_expect(now && strcmp(now, settings[i]) == 0, "TZ is %s", now ? now : "gone");
        else
            cr_expect_null(now);
        localtime_r(&moment, &after);
        cr_expect_eq(before.tm_gmtoff, after.tm_gmtoff, "setting %zu", i);
        cr_expect_eq(before.tm_hour, after.tm_hour);
    }
}

Test(zone, answers_do_not_depend_on_tz)
{
    static const char *const settings[] = {"UTC", "Pacific/Chatham", "Not/A/Zone", "XYZ-14"};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        setenv("TZ", settings[i], 1);
        tzset();
        struct nrm_zones *fresh = nrm_zones_new();
        const struct nrm_zone *zone = nrm_zone_get(fresh, NRM_STR("Europe/Warsaw"));
        cr_assert_not_null(zone);
        struct nrm_time day = time_of("2024-03-31");
        cr_expect_eq(nrm_time_first(&day, zone), time_of("2024-03-30T23:00Z").utc);
        cr_expect_eq(nrm_time_last(&day, zone), time_of("2024-03-31T21:59:59Z").utc);
        nrm_zones_free(fresh);
    }
    nrm_zones_free(NULL);
}
