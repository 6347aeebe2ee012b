/* Time zones out of the C library's database. The library holds one zone at a time, named by TZ, so
 * each zone keeps what it said: offset changes, asked for a span of 366 days at a time and found by
 * probing. TZ is back at its old value whenever a function here returns. */
#include "data/zone.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"

enum {
    MINUTE = 60,
    HOUR = 3600,
    DAY = 86400,
    SPAN_DAYS = 366,
    SPANS_PER_PAGE = 64,
    NAME_LENGTH = 64
};
/* No offset is wider; a day and more of room on both sides of the years 0001-9999. */
enum { WIDEST_OFFSET = 26 * HOUR, ROOM_DAYS = 2 };

#define SPAN_SECONDS ((int64_t)SPAN_DAYS * DAY)
#define UTC_MIN ((int64_t)NRM_DAY_MIN * DAY)
#define UTC_MAX ((int64_t)NRM_DAY_MAX * DAY + DAY - 1)
#define CACHE_START (UTC_MIN - ROOM_DAYS * DAY)
#define PAGE_COUNT ((NRM_DAY_MAX - NRM_DAY_MIN + 2 * ROOM_DAYS) / (SPAN_DAYS * SPANS_PER_PAGE) + 1)
#define CACHE_END (CACHE_START + PAGE_COUNT * SPANS_PER_PAGE * SPAN_SECONDS)

struct change {
    int64_t utc; /* from here on */
    int32_t offset;
};

/* 366 days of one zone. */
struct span {
    bool known;
    int32_t offset; /* at its start */
    uint32_t count;
    struct change *changes; /* behind its start, in order */
};

struct nrm_zone {
    struct nrm_zone *next;
    struct span **pages; /* the cache; a page is NULL until something in it is asked for */
    bool utc;            /* needs no database */
    char name[NAME_LENGTH + 1];
};

struct nrm_zones {
    struct nrm_zone *first;
};

/* --- the C library's zone --- */

static void put_tz(const char *value)
{
    if ((value ? setenv("TZ", value, 1) : unsetenv("TZ")) != 0)
        nrm_malloc(SIZE_MAX); /* the environment could not grow: out of memory */
    tzset();
}

/* Make NAME the C library's zone; returns the old TZ (NULL: none) for leave_zone. */
static char *enter_zone(const char *name)
{
    const char *now = getenv("TZ");
    char *old = NULL;
    if (now) {
        size_t size = strlen(now) + 1;
        old = memcpy(nrm_malloc(size), now, size);
    }
    put_tz(name);
    return old;
}

static void leave_zone(char *old)
{
    put_tz(old);
    free(old);
}

/* A zone file that could not be read leaves the C library in UTC without a word, except that there
 * is no second name then. */
static bool zone_is_loaded(void)
{
    return tzname[0] && tzname[0][0] && tzname[1] && tzname[1][0];
}

static int32_t probe(int64_t utc)
{
    time_t moment = (time_t)utc;
    struct tm local;
    return localtime_r(&moment, &local) ? (int32_t)local.tm_gmtoff : 0;
}

/* The first instant after BEFORE whose offset is not that of BEFORE; it is at most AFTER, whose
 * offset differs. */
static struct change find_change(int64_t before, int32_t offset, int64_t after)
{
    struct change change = {after, probe(after)};
    while (change.utc - before > 1) {
        int64_t middle = before + (change.utc - before) / 2;
        int32_t found = probe(middle);
        if (found == offset)
            before = middle;
        else
            change = (struct change){middle, found};
    }
    return change;
}

/* --- cache --- */

/* One probe a day is enough: the database has no two offset changes less than three days apart. */
static void fill_span(struct span *span, int64_t start)
{
    uint32_t room = 0;
    int32_t offset = span->offset = probe(start);
    for (int64_t day = start; day < start + SPAN_SECONDS; day += DAY) {
        int64_t at = day, next = day + DAY - (day + DAY == start + SPAN_SECONDS);
        int32_t last = probe(next);
        while (offset != last) {
            struct change change = find_change(at, offset, next);
            if (span->count == room) {
                room = room ? room * 2 : 2;
                span->changes = nrm_realloc(span->changes, room, sizeof change);
            }
            span->changes[span->count++] = change;
            at = change.utc;
            offset = change.offset;
        }
    }
    span->known = true;
}

static const struct span *span_at(const struct nrm_zone *zone, int64_t index)
{
    struct span **page = &zone->pages[index / SPANS_PER_PAGE];
    if (!*page)
        *page = nrm_calloc(SPANS_PER_PAGE, sizeof **page);
    struct span *span = &(*page)[index % SPANS_PER_PAGE];
    if (!span->known) {
        char *old = enter_zone(zone->name);
        if (!zone_is_loaded())
            nrm_malloc(SIZE_MAX); /* nrm_zone_get loaded it, so memory is what is missing now */
        fill_span(span, CACHE_START + index * SPAN_SECONDS);
        leave_zone(old);
    }
    return span;
}

/* Some stretch of time without a change of offset. */
struct stretch {
    int64_t end; /* first instant behind it */
    int32_t offset;
};

static struct stretch stretch_at(const struct nrm_zone *zone, int64_t utc)
{
    if (zone->utc)
        return (struct stretch){INT64_MAX, 0};
    if (utc < CACHE_START)
        return (struct stretch){CACHE_START, span_at(zone, 0)->offset};
    int64_t index =
        utc < CACHE_END ? (utc - CACHE_START) / SPAN_SECONDS : PAGE_COUNT * SPANS_PER_PAGE - 1;
    const struct span *span = span_at(zone, index);
    struct stretch stretch = {INT64_MAX, span->offset};
    if (utc < CACHE_END)
        stretch.end = CACHE_START + (index + 1) * SPAN_SECONDS;
    for (uint32_t i = 0; i < span->count; i++) {
        if (utc < span->changes[i].utc) {
            stretch.end = span->changes[i].utc;
            break;
        }
        stretch.offset = span->changes[i].offset;
    }
    return stretch;
}

/* --- zones by name --- */

struct nrm_zones *nrm_zones_new(void)
{
    return nrm_calloc(1, sizeof(struct nrm_zones));
}

static void free_zone(struct nrm_zone *zone)
{
    for (int i = 0; i < PAGE_COUNT; i++) {
        for (int j = 0; zone->pages[i] && j < SPANS_PER_PAGE; j++)
            free(zone->pages[i][j].changes);
        free(zone->pages[i]);
    }
    free(zone->pages);
    free(zone);
}

void nrm_zones_free(struct nrm_zones *zones)
{
    if (!zones)
        return;
    for (struct nrm_zone *zone = zones->first, *next; zone; zone = next) {
        next = zone->next;
        free_zone(zone);
    }
    free(zones);
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Words of letters, digits, _ + - that start with a letter, joined by single slashes: no name in
 * the database is anything else, and no path trick is such a name. */
static bool is_zone_name(struct nrm_str name)
{
    if (name.length == 0 || name.length > NAME_LENGTH)
        return false;
    bool word_starts = true;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.text[i];
        if (word_starts ? !is_letter(c)
                        : !is_letter(c) && !(c >= '0' && c <= '9') && c != '_' && c != '+' &&
                              c != '-' && c != '/')
            return false;
        word_starts = c == '/';
    }
    return !word_starts && !nrm_str_is(name, "localtime") &&
           !(name.length > 6 && memcmp(name.text, "right/", 6) == 0);
}

/* The C library takes any text for TZ and falls back on UTC, so the file is looked at first. */
static bool zone_file_exists(const char *name)
{
    const char *directory = getenv("TZDIR");
    if (!directory || !*directory)
        directory = "/usr/share/zoneinfo";
    struct nrm_buffer path = {0};
    nrm_buffer_printf(&path, "%s/%s", directory, name);
    int file = open(path.text, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    nrm_buffer_free(&path);
    if (file < 0)
        return false;
    struct stat status;
    char magic[4];
    bool exists = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
                  read(file, magic, sizeof magic) == (ssize_t)sizeof magic &&
                  memcmp(magic, "TZif", sizeof magic) == 0;
    close(file);
    return exists;
}

static bool zone_loads(const char *name)
{
    if (!zone_file_exists(name))
        return false;
    char *old = enter_zone(name);
    bool loaded = zone_is_loaded();
    leave_zone(old);
    return loaded;
}

const struct nrm_zone *nrm_zone_get(struct nrm_zones *zones, struct nrm_str name)
{
    for (struct nrm_zone *zone = zones->first; zone; zone = zone->next) {
        if (nrm_str_is(name, zone->name))
            return zone;
    }
    if (!is_zone_name(name))
        return NULL;
    char text[NAME_LENGTH + 1] = {0};
    memcpy(text, name.text, name.length);
    bool utc = nrm_str_is(name, "UTC");
    if (!utc && !zone_loads(text))
        return NULL;

    struct nrm_zone *zone = nrm_calloc(1, sizeof *zone);
    memcpy(zone->name, text, sizeof text);
    zone->utc = utc;
    zone->pages = nrm_calloc(PAGE_COUNT, sizeof *zone->pages);
    zone->next = zones->first;
    zones->first = zone;
    return zone;
}

const char *nrm_zone_name(const struct nrm_zone *zone)
{
    return zone->name;
}

/* --- local days --- */

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

static int64_t floor_day(int64_t seconds)
{
    return seconds / DAY - (seconds % DAY < 0);
}

int32_t nrm_zone_offset(const struct nrm_zone *zone, int64_t utc)
{
    return stretch_at(zone, utc).offset;
}

int32_t nrm_zone_day(const struct nrm_zone *zone, int64_t utc)
{
    int64_t inside = clamp(utc, ((int64_t)INT32_MIN - 2) * DAY, ((int64_t)INT32_MAX + 2) * DAY);
    return (int32_t)clamp(floor_day(inside + nrm_zone_offset(zone, inside)), INT32_MIN, INT32_MAX);
}

int64_t nrm_zone_day_start(const struct nrm_zone *zone, int32_t day)
{
    int64_t midnight = (int64_t)day * DAY;
    for (int64_t utc = midnight - WIDEST_OFFSET;;) {
        struct stretch stretch = stretch_at(zone, utc);
        int64_t start = midnight - stretch.offset;
        if (start < utc)
            start = utc; /* the change at UTC skipped midnight */
        if (start < stretch.end)
            return start;
        utc = stretch.end;
    }
}

int64_t nrm_time_first(const struct nrm_time *time, const struct nrm_zone *zone)
{
    return time->precision == NRM_TIME_SECOND ? time->utc : nrm_zone_day_start(zone, time->day);
}

int64_t nrm_time_last(const struct nrm_time *time, const struct nrm_zone *zone)
{
    if (time->precision == NRM_TIME_SECOND)
        return time->utc;
    int32_t day = nrm_time_last_day(time);
    int64_t start = nrm_zone_day_start(zone, day);
    int64_t next = day < INT32_MAX ? nrm_zone_day_start(zone, day + 1) : start + DAY;
    return next > start ? next - 1 : start;
}

/* --- times in a zone --- */

/* At most a day outside the years 0001-9999: where instants of those years lie, whatever the
 * offset. */
static int64_t near_calendar(int64_t utc)
{
    return clamp(utc, UTC_MIN - DAY, UTC_MAX + DAY);
}

/* Seconds since 1970 as a clock with this offset shows them. */
static int64_t local_seconds(int64_t utc, int offset_minutes)
{
    return clamp(near_calendar(utc) + offset_minutes * MINUTE, UTC_MIN, UTC_MAX);
}

struct nrm_time nrm_time_at(int64_t utc, const struct nrm_zone *zone)
{
    int64_t near = near_calendar(utc);
    int minutes = nrm_zone_offset(zone, near) / MINUTE;
    return (struct nrm_time){.precision = NRM_TIME_SECOND,
                             .offset_minutes = (int16_t)minutes,
                             .day = (int32_t)floor_day(local_seconds(near, minutes)),
                             .utc = near};
}

/* SEPARATOR (0: none) and NUMBER in DIGITS digits; returns what is behind. By hand, because long
 * tables of deadlines spend their time here. */
static char *put_number(char *at, char separator, int number, int digits)
{
    if (separator)
        *at++ = separator;
    for (int i = digits - 1; i >= 0; i--, number /= 10)
        at[i] = (char)('0' + number % 10);
    return at + digits;
}

static char *put_date(char *at, int32_t day, enum nrm_precision precision)
{
    int year, month, day_of_month;
    nrm_day_to_civil(day, &year, &month, &day_of_month);
    at = put_number(at, 0, year, 4);
    if (precision >= NRM_TIME_MONTH)
        at = put_number(at, '-', month, 2);
    if (precision >= NRM_TIME_DAY)
        at = put_number(at, '-', day_of_month, 2);
    return at;
}

static char *put_instant(char *at, const struct nrm_time *time)
{
    int64_t local = local_seconds(time->utc, time->offset_minutes);
    int32_t day = (int32_t)floor_day(local);
    int seconds = (int)(local - (int64_t)day * DAY);
    at = put_date(at, day, NRM_TIME_DAY);
    at = put_number(at, 'T', seconds / HOUR, 2);
    at = put_number(at, ':', seconds % HOUR / MINUTE, 2);
    if (seconds % MINUTE)
        at = put_number(at, ':', seconds % MINUTE, 2);
    int minutes = abs(time->offset_minutes);
    at = put_number(at, time->offset_minutes < 0 ? '-' : '+', minutes / 60, 2);
    return put_number(at, ':', minutes % 60, 2);
}

void nrm_time_text(const struct nrm_time *time, const struct nrm_zone *zone,
                   struct nrm_buffer *buffer)
{
    if (time->precision == NRM_TIME_UNKNOWN)
        return;
    char text[sizeof "2026-03-01T22:40:00+01:00"];
    char *end;
    if (time->precision == NRM_TIME_SECOND) {
        struct nrm_time here = zone ? nrm_time_at(time->utc, zone) : *time;
        end = put_instant(text, &here);
    } else {
        end = put_date(text, (int32_t)clamp(time->day, NRM_DAY_MIN, NRM_DAY_MAX),
                       (enum nrm_precision)time->precision);
    }
    nrm_buffer_add(buffer, text, (size_t)(end - text));
}
