/* Answers questions about times, one a line, fields separated by tabs, so that another program can
 * check the library: see time_oracle.py. What is no question is answered with "?". */
#include <stdio.h>
#include <stdlib.h>

#include "data/calendar.h"

enum { FIELDS_MOST = 6, HOLIDAYS_MOST = 64 };

struct question {
    char *fields[FIELDS_MOST];
    int count;
    struct nrm_zones *zones;
};

static void split(struct question *question, char *line)
{
    question->count = 0;
    for (char *field = line; field && question->count < FIELDS_MOST;) {
        char *tab = strchr(field, '\t');
        if (tab)
            *tab++ = '\0';
        question->fields[question->count++] = field;
        field = tab;
    }
}

static bool time_field(const struct question *question, int index, struct nrm_time *time)
{
    return nrm_time_parse(nrm_str(question->fields[index]), time) == NRM_TIME_OK;
}

static const struct nrm_zone *zone_field(const struct question *question, int index)
{
    return nrm_zone_get(question->zones, nrm_str(question->fields[index]));
}

static void print_time(struct nrm_time time, const struct nrm_zone *zone)
{
    struct nrm_buffer buffer = {0};
    nrm_time_text(&time, zone, &buffer);
    puts(buffer.text ? buffer.text : "unknown");
    nrm_buffer_free(&buffer);
}

static void print_day(int32_t day)
{
    print_time((struct nrm_time){.precision = NRM_TIME_DAY, .day = day}, NULL);
}

/* parse TEXT: the fault's name, or the precision, the day, the offset and the instant */
static bool answer_parse(const struct question *question)
{
    static const char *const faults[] = {"ok", "form", "impossible", "no-offset", "bad-offset"};
    struct nrm_time time;
    enum nrm_time_fault fault = nrm_time_parse(nrm_str(question->fields[1]), &time);
    if (fault != NRM_TIME_OK)
        puts(faults[fault]);
    else
        printf("%d %d %d %lld\n", time.precision, (int)time.day, time.offset_minutes,
               (long long)time.utc);
    return true;
}

/* text TIME ZONE */
static bool answer_text(const struct question *question)
{
    struct nrm_time time;
    const struct nrm_zone *zone = zone_field(question, 2);
    if (!zone || !time_field(question, 1, &time))
        return false;
    print_time(time, zone);
    return true;
}

/* offset UTC ZONE and day UTC ZONE */
static bool answer_instant(const struct question *question)
{
    const struct nrm_zone *zone = zone_field(question, 2);
    if (!zone)
        return false;
    int64_t utc = strtoll(question->fields[1], NULL, 10);
    if (strcmp(question->fields[0], "offset") == 0)
        printf("%d\n", (int)nrm_zone_offset(zone, utc));
    else
        print_day(nrm_zone_day(zone, utc));
    return true;
}

/* span TIME ZONE: first and last instant */
static bool answer_span(const struct question *question)
{
    struct nrm_time time;
    const struct nrm_zone *zone = zone_field(question, 2);
    if (!zone || !time_field(question, 1, &time))
        return false;
    printf("%lld %lld\n", (long long)nrm_time_first(&time, zone),
           (long long)nrm_time_last(&time, zone));
    return true;
}

/* birthday DATE AGE */
static bool answer_birthday(const struct question *question)
{
    struct nrm_time born;
    if (!time_field(question, 1, &born))
        return false;
    print_day(nrm_birthday(nrm_time_last_day(&born), atoi(question->fields[2])));
    return true;
}

/* easter YEAR western|orthodox */
static bool answer_easter(const struct question *question)
{
    print_day(nrm_easter(atoi(question->fields[1]), strcmp(question->fields[2], "orthodox") == 0));
    return true;
}

/* add TIME DURATION ZONE WEEKEND HOLIDAYS: WEEKEND as the number of its bits, HOLIDAYS separated by
 * spaces. A minus before DURATION counts backwards. */
static bool answer_add(const struct question *question)
{
    struct nrm_time start;
    struct nrm_duration duration;
    struct nrm_holiday holidays[HOLIDAYS_MOST];
    const char *amount = question->fields[2];
    struct nrm_calendar calendar = {.zone = zone_field(question, 3),
                                    .weekend = (uint8_t)atoi(question->fields[4]),
                                    .holidays = holidays};
    if (!calendar.zone || !time_field(question, 1, &start) ||
        !nrm_duration_parse(nrm_str(amount + (*amount == '-')), &duration))
        return false;
    if (*amount == '-')
        duration.amount = -duration.amount;
    for (char *rest, *word = strtok_r(question->fields[5], " ", &rest); word;
         word = strtok_r(NULL, " ", &rest)) {
        if (calendar.holiday_count == HOLIDAYS_MOST ||
            !nrm_holiday_parse(nrm_str(word), &holidays[calendar.holiday_count++]))
            return false;
    }
    print_time(nrm_time_add(&start, duration, &calendar), calendar.zone);
    return true;
}

static const struct {
    const char *name;
    int fields;
    bool (*answer)(const struct question *question);
} questions[] = {
    {"parse", 2, answer_parse},    {"text", 3, answer_text},
    {"offset", 3, answer_instant}, {"day", 3, answer_instant},
    {"span", 3, answer_span},      {"birthday", 3, answer_birthday},
    {"easter", 3, answer_easter},  {"add", FIELDS_MOST, answer_add},
};

static bool answer(const struct question *question)
{
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (strcmp(question->fields[0], questions[i].name) == 0)
            return question->count == questions[i].fields && questions[i].answer(question);
    }
    return false;
}

int main(void)
{
    struct question question = {.zones = nrm_zones_new()};
    char *line = NULL;
    size_t room = 0;
    for (ssize_t length; (length = getline(&line, &room, stdin)) >= 0;) {
        if (length > 0 && line[length - 1] == '\n')
            line[length - 1] = '\0';
        split(&question, line);
        if (!answer(&question))
            puts("?");
    }
    free(line);
    nrm_zones_free(question.zones);
    return fflush(stdout) == 0 ? 0 : 2;
}
