/* Invents cases to measure with: generate [-d DIRECTORY] COUNT [SEED]. The same COUNT and SEED give
 * the same bytes: a stream of YAML documents of about 800 bytes, or a file per case in DIRECTORY.
 * The stories are those of practice: adults, children and doubtful ages, both ways after a refusal,
 * the reflection period, advocates, services, contacts; in flow and block style. No statement draws
 * two numbers, as compilers order arguments differently. */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MINUTES_PER_DAY = 24 * 60 };

struct story {
    FILE *out;
    uint64_t random;
    int64_t minute; /* local minutes since 1970 of the last event */
    bool block;     /* events in block style */
    bool child;
    bool doubtful;
};

/* A number below LIMIT (splitmix64: small, even, the same everywhere). */
static uint64_t below(struct story *story, uint64_t limit)
{
    uint64_t z = story->random += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % limit;
}

static bool chance(struct story *story, unsigned percent)
{
    return below(story, 100) < percent;
}

#define PICK(story, ...)                                                                           \
    pick(story, (const char *const[]){__VA_ARGS__},                                                \
         sizeof(const char *const[]){__VA_ARGS__} / sizeof(char *))

static const char *pick(struct story *story, const char *const *words, size_t count)
{
    return words[below(story, count)];
}

struct date {
    int64_t year;
    int month, day;
};

/* The civil date of a day number: years begin in March, so that leap days come last. */
static struct date date_of(int64_t days)
{
    int64_t shifted = days + 719468;
    int64_t era = shifted / 146097, of_era = shifted % 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    struct date date;
    date.day = (int)(of_year - (153 * month + 2) / 5 + 1);
    date.month = (int)(month < 10 ? month + 3 : month - 9);
    date.year = year + era * 400 + (date.month <= 2);
    return date;
}

static void put_date(struct story *story, int64_t minute)
{
    struct date date = date_of(minute / MINUTES_PER_DAY);
    fprintf(story->out, "%04" PRId64 "-%02d-%02d", date.year, date.month, date.day);
}

static void put_time(struct story *story, int64_t minute)
{
    int of_day = (int)(minute % MINUTES_PER_DAY);
    int month = date_of(minute / MINUTES_PER_DAY).month;
    int offset = month > 3 && month < 11 ? 2 : 1;
    put_date(story, minute);
    fprintf(story->out, "T%02d:%02d+0%d:00", of_day / 60, of_day % 60, offset);
}

static void wait_hours(struct story *story, uint64_t least, uint64_t most)
{
    story->minute += (int64_t)(60 * least + below(story, 60 * (most - least) + 1));
}

static void field(struct story *story, const char *name, const char *value)
{
    fprintf(story->out, story->block ? "\n    %s: %s" : ", %s: %s", name, value);
}

static void field_date(struct story *story, const char *name, int64_t days_ahead)
{
    field(story, name, "");
    put_date(story, story->minute + days_ahead * MINUTES_PER_DAY);
}

static void event(struct story *story, const char *type)
{
    fputs(story->block ? "  - at: " : "  - {at: ", story->out);
    if (chance(story, 8))
        put_date(story, story->minute);
    else
        put_time(story, story->minute);
    field(story, "type", type);
}

static void end_event(struct story *story)
{
    fputs(story->block ? "\n" : "}\n", story->out);
}

/* "NAME: WORD" on a line of its own, or "NAME: [WORD]". */
static void line(struct story *story, const char *name, const char *word)
{
    fprintf(story->out, "%s: %s\n", name, word);
}

static void list_line(struct story *story, const char *name, const char *words)
{
    fprintf(story->out, "%s: [%s]\n", name, words);
}

static void birth_date(struct story *story)
{
    int64_t age = story->child ? 12 + (int64_t)below(story, 5) : 19 + (int64_t)below(story, 40);
    if (story->doubtful)
        age = 16 + (int64_t)below(story, 4);
    int64_t birth = story->minute / MINUTES_PER_DAY - age * 365 - (int64_t)below(story, 365);
    struct date date = date_of(birth);
    uint64_t precision = below(story, 10);
    fprintf(story->out, "  birth_date: %04" PRId64, date.year);
    if (precision > 0)
        fprintf(story->out, "-%02d", date.month);
    if (precision > 2)
        fprintf(story->out, "-%02d", date.day);
    fputs("\n", story->out);
}

static void person(struct story *story)
{
    fputs("person:\n", story->out);
    birth_date(story);
    line(story, "  age_basis", PICK(story, "documented", "claimed", "claimed", "estimated"));
    line(story, "  gender", PICK(story, "female", "female", "male", "male", "unknown"));
    list_line(story, "  nationality", PICK(story, "NGA", "VNM", "ALB", "ROU, MDA", "ETH", "COL"));
    line(story, "  residence_status",
         PICK(story, "irregular", "temporary", "asylum_seeker", "citizen", "unknown"));
    if (story->child)
        line(story, "  family_care", PICK(story, "none", "unsafe", "safe", "unknown"));
    if (chance(story, 50))
        list_line(story, "  languages", PICK(story, "en, ha", "vi", "sq, it", "am", "pl, uk"));
    if (chance(story, 30)) {
        fprintf(story->out, "contact: {phone: \"+48 22 555 %05" PRIu64 "\", safe_to_call: ",
                below(story, 100000));
        fputs(chance(story, 50) ? "true}\n" : "false}\n", story->out);
    }
}

static void exploitation(struct story *story)
{
    const char *form = PICK(story, "labour", "sexual", "domestic", "criminal", "labour, domestic");
    const char *act = PICK(story, "recruitment", "recruitment, transport", "harbouring");
    const char *means = PICK(story, "deception", "force, coercion", "deception, debt_bondage");
    if (chance(story, 50)) {
        fprintf(story->out, "exploitation: {forms: [%s], acts: [%s]}\n", form, act);
        return;
    }
    fputs("exploitation:\n", story->out);
    list_line(story, "  forms", form);
    list_line(story, "  acts", act);
    list_line(story, "  means", means);
}

static void service(struct story *story, const char *name, const char *phase, const char *kind)
{
    wait_hours(story, 1, 20);
    event(story, "service");
    field(story, "service", name);
    field(story, "phase", phase);
    if (kind)
        field(story, "kind", kind);
    end_event(story);
}

static void decision(struct story *story, const char *type, const char *outcome)
{
    event(story, type);
    field(story, "outcome", outcome);
    field(story, "by", "competent-authority");
    if (chance(story, 40))
        field(story, "basis", PICK(story, "[indicators]", "[indicators, interview]"));
    end_event(story);
}

/* After a refusal: reconsidered or appealed, or left standing. True where it fell. */
static bool challenge(struct story *story, const char *stage)
{
    bool appeal = chance(story, 50), won = chance(story, 50);
    if (chance(story, 30))
        return false;
    wait_hours(story, 24, 300);
    event(story, appeal ? "appeal_lodged" : "reconsideration_requested");
    field(story, "of", stage);
    end_event(story);
    if (chance(story, 30))
        return false;
    wait_hours(story, 100, 900);
    event(story, appeal ? "appeal_decided" : "reconsideration_decided");
    field(story, "of", stage);
    field(story, "outcome", appeal ? won ? "allowed" : "dismissed" : won ? "overturned" : "upheld");
    end_event(story);
    return won;
}

static void age_doubt(struct story *story)
{
    wait_hours(story, 1, 30);
    event(story, "age_doubted");
    field(story, "reason", PICK(story, "\"papers differ\"", "'birthday on 1 January'"));
    end_event(story);
    if (chance(story, 40))
        return;
    wait_hours(story, 100, 600);
    event(story, "age_assessment_result");
    field(story, "result", PICK(story, "child", "inconclusive", "adult"));
    field(story, "methods", "[interview, social, psychological]");
    field(story, "experts", "[e-4, e-9]");
    end_event(story);
}

static void reflection(struct story *story)
{
    wait_hours(story, 1, 60);
    event(story, "rr_granted");
    field_date(story, "until", 90 + (int64_t)below(story, 30));
    end_event(story);
    wait_hours(story, 1, 40);
    event(story, "advocate_allocated");
    field(story, "kind", story->child || story->doubtful ? "guardian" : "independent");
    field(story, "who", PICK(story, "ga-7", "ga-12", "ia-3", "ia-21"));
    end_event(story);
    service(story, "accommodation", "started", "safe");
    if (chance(story, 30))
        service(story, "legal_advice", PICK(story, "offered", "started", "refused"), NULL);
}

static void second_stage(struct story *story)
{
    bool positive = chance(story, 65);
    if (chance(story, 30)) {
        wait_hours(story, 24, 200);
        event(story, "contact");
        field(story, "kind", PICK(story, "in_person", "video", "phone"));
        end_event(story);
    }
    if (chance(story, 60))
        return;
    wait_hours(story, 500, 2400);
    decision(story, "stage2_decision", positive ? "positive" : "negative");
    if (!positive && !challenge(story, "stage2"))
        return;
    if (chance(story, 40)) {
        wait_hours(story, 1, 72);
        event(story, "permit_granted");
        field(story, "grounds", PICK(story, "[personal]", "[personal, cooperation]"));
        field_date(story, "until", 365);
        end_event(story);
    }
}

static void events(struct story *story)
{
    fputs("events:\n", story->out);
    event(story, "detected");
    field(story, "by", PICK(story, "police", "ngo", "health", "labour_inspectorate"));
    field(story, "place", PICK(story, "hotel", "private_home", "formal_work", "hostel"));
    end_event(story);
    wait_hours(story, 1, 48);
    if (!story->child && chance(story, 6)) {
        event(story, "declined");
        end_event(story);
        return;
    }
    event(story, "referred");
    field(story, "to", PICK(story, "competent-authority", "child-protection"));
    end_event(story);
    if (chance(story, 50))
        service(story, "accommodation", "started", "interim");
    if (chance(story, 20))
        service(story, PICK(story, "urgent_health", "emergency_kit"), "started", NULL);
    if (story->doubtful)
        age_doubt(story);
    if (chance(story, 15))
        return;
    wait_hours(story, 12, 150);
    bool positive = chance(story, 85);
    decision(story, "stage1_decision", positive ? "positive" : "negative");
    if (!positive && !challenge(story, "stage1"))
        return;
    reflection(story);
    second_stage(story);
}

static void write_case(FILE *out, uint64_t seed, unsigned number)
{
    struct story story = {.out = out, .random = seed * UINT64_C(1000003) + number};
    uint64_t kind = below(&story, 100);
    story.child = kind < 30;
    story.doubtful = kind >= 30 && kind < 40;
    story.block = chance(&story, 20);
    story.minute = INT64_C(20089) * MINUTES_PER_DAY + (int64_t)below(&story, 400 * MINUTES_PER_DAY);
    fprintf(out, "nrm: 1\nid: \"2026-%06u\"\n", number);
    if (chance(&story, 20))
        fputs("profile: odihr\n", out);
    person(&story);
    if (chance(&story, 70))
        exploitation(&story);
    if (chance(&story, 10))
        fputs("note: |\n  Speaks freely with the cultural mediator only.\n  Pl\303\241n: krok za "
              "krokem.\n",
              out);
    events(&story);
}

static FILE *open_case(const char *directory, unsigned number)
{
    char name[4096];
    int length = snprintf(name, sizeof name, "%s/2026-%06u.yaml", directory, number);
    return length > 0 && (size_t)length < sizeof name ? fopen(name, "w") : NULL;
}

static int trouble(const char *what)
{
    fprintf(stderr, "generate: %s: %s\n", what, strerror(errno));
    return 2;
}

int main(int argc, char **argv)
{
    const char *directory = NULL;
    int letter;
    while ((letter = getopt(argc, argv, "d:")) != -1) {
        if (letter != 'd')
            return 2;
        directory = optarg;
    }
    if (optind >= argc) {
        fputs("usage: generate [-d DIRECTORY] COUNT [SEED]\n", stderr);
        return 2;
    }
    unsigned count = (unsigned)strtoul(argv[optind], NULL, 10);
    uint64_t seed = optind + 1 < argc ? strtoull(argv[optind + 1], NULL, 10) : 1;
    if (directory && mkdir(directory, 0777) != 0 && errno != EEXIST)
        return trouble(directory);
    for (unsigned number = 1; number <= count; number++) {
        FILE *out = directory ? open_case(directory, number) : stdout;
        if (!out)
            return trouble(directory);
        if (!directory && number > 1)
            fputs("---\n", out);
        write_case(out, seed, number);
        if (directory && fclose(out) != 0)
            return trouble(directory);
    }
    return fflush(stdout) == 0 ? 0 : trouble("standard output");
}
