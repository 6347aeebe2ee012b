/* Reading profiles; see profile.h. Every file is interpreted onto what the file that it extends has
 * left, so that each message names the place where the mistake stands. */
#include "rules/profile.h"

#include "data/find.h"
#include "data/knowledge.h"

enum { PROFILE_CHAIN = 16, PROFILE_CLOCKS = 256, PROFILE_HOLIDAYS = 512 };
enum { ADULT_YEARS = 18 };

struct profile_reader {
    struct nrm_knowledge knowledge;
    const struct nrm_machine *machine;
    struct nrm_zones *zones;
    struct nrm_names marks;
    struct nrm_profile *profile;
};

static struct nrm_expr_context expression_context(struct profile_reader *reader,
                                                  const struct nrm_node *node)
{
    return (struct nrm_expr_context){.names = &reader->machine->names,
                                     .place = nrm_knowledge_place(&reader->knowledge, node),
                                     .sink = reader->knowledge.sink};
}

/* One pattern or a list of them. */
static struct nrm_patterns read_patterns(struct profile_reader *reader, const struct nrm_node *node)
{
    bool list = node->kind == NRM_SEQUENCE;
    size_t count = nrm_node_is_null(node) ? 0 : list ? node->count : 1;
    struct nrm_pattern *patterns =
        nrm_arena_array(reader->knowledge.arena, count, sizeof *patterns);
    for (size_t i = 0; i < count; i++) {
        const struct nrm_node *item = nrm_node_resolve(list ? node->items[i] : node);
        struct nrm_str text = nrm_node_text(item);
        struct nrm_expr_context context = expression_context(reader, item);
        if (!text.text)
            nrm_knowledge_wrong(&reader->knowledge, item,
                                "an event type or milestone is wanted here");
        else if (!nrm_pattern_parse(reader->knowledge.arena, text, &reader->marks, &context,
                                    &patterns[i]))
            reader->knowledge.failed = true;
    }
    return (struct nrm_patterns){patterns, count};
}

static struct nrm_amount read_amount(struct profile_reader *reader, const struct nrm_node *node)
{
    struct nrm_amount amount = {.kind = NRM_AMOUNT_NONE};
    struct nrm_str text = nrm_node_text(node);
    if (nrm_node_is_null(node) || nrm_str_is(text, "none"))
        return amount;
    if (nrm_str_is(text, "rr_end"))
        amount.kind = NRM_AMOUNT_RR_END;
    else if (nrm_str_is(text, "until"))
        amount.kind = NRM_AMOUNT_UNTIL;
    else if (nrm_str_is(text, "majority"))
        amount.kind = NRM_AMOUNT_MAJORITY;
    else if (text.text && nrm_duration_parse(text, &amount.duration))
        amount.kind = NRM_AMOUNT_DURATION;
    else
        nrm_knowledge_wrong(
            &reader->knowledge, node,
            "not an amount; write 48h, 5d, 5wd, 2w, 3mo, 1y, rr_end, until, majority or none");
    return amount;
}

/* A length of time; none and what is null are no time at all. */
static struct nrm_duration read_duration(struct profile_reader *reader, const struct nrm_node *node)
{
    struct nrm_amount amount = read_amount(reader, node);
    if (amount.kind > NRM_AMOUNT_DURATION)
        nrm_knowledge_wrong(&reader->knowledge, node,
                            "a length of time is wanted here; write 48h, 5d, 5wd, 2w, 3mo or 1y");
    return amount.duration;
}

static void read_condition(struct profile_reader *reader, const struct nrm_node *node,
                           const struct nrm_expr **expr)
{
    *expr = NULL;
    if (nrm_node_is_null(node))
        return;
    struct nrm_str text = nrm_node_text(node);
    struct nrm_expr_context context = expression_context(reader, node);
    if (text.text)
        *expr = nrm_condition_parse(reader->knowledge.arena, text, &context);
    else
        nrm_knowledge_wrong(&reader->knowledge, node, "a condition is wanted here");
    reader->knowledge.failed = reader->knowledge.failed || !*expr;
}

static void add_reach(struct nrm_clock *clock, const struct nrm_patterns *patterns)
{
    for (size_t i = 0; i < patterns->count; i++) {
        const struct nrm_pattern *pattern = &patterns->patterns[i];
        clock->types[0] |= pattern->mark < 0 ? pattern->types[0] : 0;
        clock->types[1] |= pattern->mark < 0 ? pattern->types[1] : 0;
        clock->marks |= pattern->mark < 0 ? 0 : UINT64_C(1) << pattern->mark;
    }
}

static bool read_clock_patterns(struct profile_reader *reader, struct nrm_clock *clock,
                                struct nrm_str key, const struct nrm_node *value)
{
    struct {
        const char *key;
        struct nrm_patterns *patterns;
    } lists[] = {
        {"start", &clock->start},
        {"start_child", &clock->start_child},
        {"anew", &clock->anew},
        {"stop", &clock->stop},
        {"waive", &clock->waive},
        {"implied_by", &clock->implied_by},
        {"pause", &clock->pause},
        {"resume", &clock->resume},
        {"owed_again", &clock->owed_again},
        {"undone_by", &clock->undone_by},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (nrm_str_is(key, lists[i].key)) {
            *lists[i].patterns = read_patterns(reader, value);
            add_reach(clock, lists[i].patterns);
            return true;
        }
    return false;
}

static const char *const clock_keys[] = {
    "owed_again", "undone_by",   "pause",       "resume",      "label", "kind",
    "start",      "start_child", "anew",        "stop",        "waive", "repeats",
    "keeps_stop", "implied_by",  "counts_from", "applies",     "adult", "child",
    "warn",       "severity",    "source",      "requirements"};

static void read_clock_key(struct profile_reader *reader, struct nrm_clock *clock,
                           const struct nrm_node *key, const struct nrm_node *value)
{
    static const char *const kinds[] = {"maximum", "minimum", NULL};
    static const char *const severities[] = {"violation", "warning", "note", NULL};
    struct nrm_str name = nrm_node_text(key);
    if (read_clock_patterns(reader, clock, name, value))
        return;
    if (nrm_str_is(name, "label"))
        clock->label = nrm_knowledge_text(&reader->knowledge, value);
    else if (nrm_str_is(name, "kind"))
        clock->minimum = nrm_knowledge_choice(&reader->knowledge, value, kinds) == kinds[1];
    else if (nrm_str_is(name, "repeats"))
        clock->repeats = nrm_knowledge_flag(&reader->knowledge, value);
    else if (nrm_str_is(name, "keeps_stop"))
        clock->keeps_stop = nrm_knowledge_flag(&reader->knowledge, value);
    else if (nrm_str_is(name, "counts_from"))
        clock->counts_from = nrm_knowledge_text(&reader->knowledge, value);
    else if (nrm_str_is(name, "applies"))
        read_condition(reader, value, &clock->applies);
    else if (nrm_str_is(name, "adult"))
        clock->amounts[NRM_ADULT] = read_amount(reader, value);
    else if (nrm_str_is(name, "child"))
        clock->amounts[NRM_CHILD] = read_amount(reader, value);
    else if (nrm_str_is(name, "warn"))
        clock->warn = read_duration(reader, value);
    else if (nrm_str_is(name, "severity"))
        clock->severity = nrm_knowledge_choice(&reader->knowledge, value, severities);
    else if (nrm_str_is(name, "source"))
        clock->source = nrm_knowledge_text(&reader->knowledge, value);
    else if (!nrm_str_is(name, "requirements"))
        nrm_knowledge_unknown_key(&reader->knowledge, key, clock_keys,
                                  sizeof clock_keys / sizeof *clock_keys);
}

static struct nrm_clock *find_clock(struct nrm_profile *profile, struct nrm_str id)
{
    for (size_t i = 0; i < profile->clock_count; i++)
        if (nrm_str_is(id, profile->clocks[i].id))
            return &profile->clocks[i];
    return NULL;
}

const struct nrm_clock *nrm_profile_clock(const struct nrm_profile *profile, struct nrm_str id)
{
    return find_clock((struct nrm_profile *)(uintptr_t)profile, id);
}

static struct nrm_clock *new_clock(struct profile_reader *reader, const struct nrm_node *key)
{
    struct nrm_profile *profile = reader->profile;
    if (profile->clock_count == PROFILE_CLOCKS) {
        nrm_knowledge_wrong(&reader->knowledge, key, "a profile has at most %d clocks",
                            PROFILE_CLOCKS);
        return NULL;
    }
    struct nrm_clock *clock = &profile->clocks[profile->clock_count++];
    *clock = (struct nrm_clock){
        .id = nrm_knowledge_text(&reader->knowledge, key), .severity = "warning", .source = ""};
    clock->label = clock->id;
    return clock;
}

static void read_clocks(struct profile_reader *reader, const struct nrm_node *clocks)
{
    if (clocks->kind != NRM_MAPPING) {
        nrm_knowledge_wrong(&reader->knowledge, clocks,
                            "the clocks are a mapping: one key for each deadline");
        return;
    }
    for (uint32_t i = 0; i < clocks->count && !reader->knowledge.failed; i++) {
        const struct nrm_node *key = clocks->pairs[i].key;
        const struct nrm_node *value = nrm_node_resolve(clocks->pairs[i].value);
        struct nrm_clock *clock = find_clock(reader->profile, nrm_node_text(key));
        if (!clock)
            clock = new_clock(reader, key);
        if (!clock)
            return;
        if (nrm_node_is_null(value) ||
            nrm_str_is(nrm_node_text(value), "none")) { /* this country has no such deadline */
            clock->amounts[NRM_ADULT] = clock->amounts[NRM_CHILD] = (struct nrm_amount){0};
            continue;
        }
        if (value->kind != NRM_MAPPING) {
            nrm_knowledge_wrong(&reader->knowledge, value, "a clock is a mapping, or none");
            return;
        }
        for (uint32_t j = 0; j < value->count; j++)
            read_clock_key(reader, clock, value->pairs[j].key,
                           nrm_node_resolve(value->pairs[j].value));
    }
}

/* What a setting's value is, by its row; lists of one may be written without brackets. */
static void read_setting(struct profile_reader *reader, const struct nrm_node *key,
                         const struct nrm_node *value)
{
    size_t index = 0;
    while (index < nrm_setting_row_count &&
           !nrm_str_is(nrm_node_text(key), nrm_setting_rows[index].name))
        index++;
    if (index == nrm_setting_row_count) {
        const char **names = nrm_arena_array(reader->knowledge.arena, index, sizeof *names);
        for (size_t i = 0; i < index; i++)
            names[i] = nrm_setting_rows[i].name;
        nrm_knowledge_unknown_key(&reader->knowledge, key, names, index);
        return;
    }
    const struct nrm_field *field =
        reader->machine->names.fields[(size_t)reader->machine->settings + index];
    struct nrm_value *setting = &reader->profile->settings[index];
    if (nrm_node_is_null(value)) {
        *setting = (struct nrm_value){.kind = NRM_VALUE_UNKNOWN, .missing = field->path};
        return;
    }
    const char *fault = NULL;
    bool many = value->kind == NRM_SEQUENCE;
    for (uint32_t i = 0; !fault && i < (many ? value->count : 1); i++)
        fault = nrm_field_fault(field, many ? nrm_node_resolve(value->items[i]) : value, NULL);
    if (fault || (many && !field->list))
        nrm_knowledge_wrong(&reader->knowledge, value, "%s%s%s",
                            fault ? fault : "one value is wanted",
                            *nrm_setting_rows[index].words ? "; the words are " : "",
                            nrm_setting_rows[index].words);
    else
        *setting = nrm_value_of_node(value, field, field->path);
}

static void read_settings(struct profile_reader *reader, const struct nrm_node *settings)
{
    if (settings->kind != NRM_MAPPING) {
        nrm_knowledge_wrong(&reader->knowledge, settings, "the settings are a mapping");
        return;
    }
    for (uint32_t i = 0; i < settings->count; i++)
        read_setting(reader, settings->pairs[i].key, nrm_node_resolve(settings->pairs[i].value));
}

/* The defaults of schema/settings.csv, read as if a profile said so. */
static void default_settings(struct profile_reader *reader)
{
    struct nrm_arena *arena = reader->knowledge.arena;
    reader->profile->settings =
        nrm_arena_array(arena, nrm_setting_row_count, sizeof *reader->profile->settings);
    reader->knowledge.file = "schema/settings.csv";
    for (size_t i = 0; i < nrm_setting_row_count; i++) {
        const struct nrm_setting_row *row = &nrm_setting_rows[i];
        const char *rest = row->initial;
        bool list = strcmp(row->list, "yes") == 0;
        struct nrm_node *value = list ? nrm_node_sequence(arena, NRM_FLOW)
                                      : nrm_node_scalar(arena, nrm_str(rest), NRM_PLAIN);
        while (list && *rest) {
            size_t length = strcspn(rest, "|");
            nrm_node_append(arena, value,
                            nrm_node_scalar(arena, (struct nrm_str){rest, length}, NRM_PLAIN));
            rest += length + (rest[length] == '|');
        }
        value->line = row->line;
        read_setting(reader, nrm_node_scalar(arena, nrm_str(row->name), NRM_PLAIN), value);
    }
}

static void read_weekend(struct profile_reader *reader, const struct nrm_node *node)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
    reader->profile->calendar.weekend = 0;
    for (uint32_t i = 0; node->kind == NRM_SEQUENCE && i < node->count; i++) {
        const struct nrm_node *item = nrm_node_resolve(node->items[i]);
        size_t day = 0;
        while (day < 7 && !nrm_str_is(nrm_node_text(item), days[day]))
            day++;
        if (day == 7)
            nrm_knowledge_wrong(&reader->knowledge, item,
                                "not a day of the week; write monday .. sunday");
        else
            reader->profile->calendar.weekend |= (uint8_t)(1u << day);
    }
    if (node->kind != NRM_SEQUENCE)
        nrm_knowledge_wrong(&reader->knowledge, node, "the weekend is a list of days");
    if (reader->profile->calendar.weekend == 0x7F)
        nrm_knowledge_wrong(&reader->knowledge, node, "a week needs at least one working day");
}

static void read_holidays(struct profile_reader *reader, const struct nrm_node *node)
{
    if (node->kind != NRM_SEQUENCE || node->count > PROFILE_HOLIDAYS) {
        nrm_knowledge_wrong(&reader->knowledge, node, "the holidays are a list of at most %d days",
                            PROFILE_HOLIDAYS);
        return;
    }
    struct nrm_holiday *holidays =
        nrm_arena_array(reader->knowledge.arena, node->count, sizeof *holidays);
    for (uint32_t i = 0; i < node->count; i++) {
        const struct nrm_node *item = nrm_node_resolve(node->items[i]);
        struct nrm_str text = nrm_node_text(item);
        if (!text.text || !nrm_holiday_parse(text, &holidays[i]))
            nrm_knowledge_wrong(
                &reader->knowledge, item,
                "not a holiday; write 05-03, 2026-05-03, easter+1 or orthodox-easter+1");
    }
    reader->profile->calendar.holidays = holidays;
    reader->profile->calendar.holiday_count = node->count;
}

static void read_zone(struct profile_reader *reader, const struct nrm_node *node)
{
    reader->profile->zone_name = nrm_knowledge_text(&reader->knowledge, node);
    reader->profile->calendar.zone =
        nrm_zone_get(reader->zones, nrm_str(reader->profile->zone_name));
    if (!reader->profile->calendar.zone)
        nrm_knowledge_wrong(&reader->knowledge, node,
                            "no such time zone; write a name such as Europe/Warsaw");
}

static const char *const profile_keys[] = {
    "profile", "name",    "extends",  "source", "as_of",    "warning",     "country",
    "zone",    "weekend", "holidays", "clocks", "settings", "requirements"};

static void read_key(struct profile_reader *reader, const struct nrm_node *key,
                     const struct nrm_node *value)
{
    struct nrm_profile *profile = reader->profile;
    struct nrm_str name = nrm_node_text(key);
    if (nrm_str_is(name, "profile"))
        profile->id = nrm_knowledge_text(&reader->knowledge, value);
    else if (nrm_str_is(name, "name"))
        profile->name = nrm_knowledge_text(&reader->knowledge, value);
    else if (nrm_str_is(name, "source"))
        profile->source = nrm_knowledge_text(&reader->knowledge, value);
    else if (nrm_str_is(name, "as_of"))
        profile->as_of = nrm_knowledge_text(&reader->knowledge, value);
    else if (nrm_str_is(name, "warning"))
        profile->warning = nrm_knowledge_text(&reader->knowledge, value);
    else if (nrm_str_is(name, "zone"))
        read_zone(reader, value);
    else if (nrm_str_is(name, "weekend"))
        read_weekend(reader, value);
    else if (nrm_str_is(name, "holidays"))
        read_holidays(reader, value);
    else if (nrm_str_is(name, "clocks"))
        read_clocks(reader, value);
    else if (nrm_str_is(name, "settings"))
        read_settings(reader, value);
    else if (!nrm_str_is(name, "extends") && !nrm_str_is(name, "country") &&
             !nrm_str_is(name, "requirements"))
        nrm_knowledge_unknown_key(&reader->knowledge, key, profile_keys,
                                  sizeof profile_keys / sizeof *profile_keys);
}

struct profile_file {
    const char *file;
    struct nrm_node *root;
};

/* The file of NAME and of all that it extends, the farthest last; 0: told. */
static size_t read_chain(struct profile_reader *reader, struct nrm_str name,
                         struct profile_file *chain)
{
    size_t count = 0;
    struct nrm_place from = {0};
    for (;;) {
        const char *file = nrm_find(reader->knowledge.arena, "profiles", name);
        if (!file) {
            nrm_tell(reader->knowledge.sink, NRM_ERROR, from.file ? &from : NULL,
                     "no profile %.*s; looked in %s", (int)name.length, name.text,
                     nrm_find_places(reader->knowledge.arena, "profiles"));
            return 0;
        }
        for (size_t i = 0; i < count; i++)
            if (strcmp(chain[i].file, file) == 0) {
                nrm_tell(
                    reader->knowledge.sink, NRM_ERROR, &from,
                    "the profiles extend each other in a circle; one of them must stand by itself");
                return 0;
            }
        if (count == PROFILE_CHAIN) {
            nrm_tell(reader->knowledge.sink, NRM_ERROR, &from,
                     "more than %d profiles extend each other", PROFILE_CHAIN);
            return 0;
        }
        struct nrm_node *root = nrm_knowledge_read(&reader->knowledge, file);
        if (!root)
            return 0;
        chain[count++] = (struct profile_file){file, root};
        const struct nrm_node *extends = nrm_node_get(root, NRM_STR("extends"));
        if (nrm_node_is_null(extends))
            return count;
        name = nrm_node_text(extends);
        if (!name.text) {
            nrm_knowledge_wrong(&reader->knowledge, extends,
                                "the name of one profile is wanted here");
            return 0;
        }
        from = nrm_node_place(extends, file);
    }
}

static void settle_period(struct nrm_profile *profile)
{
    const struct nrm_value *majority = nrm_setting_value(profile->settings, "majority_age");
    const struct nrm_value *detention = nrm_setting_value(profile->settings, "rr_detention_days");
    const struct nrm_value *start = nrm_setting_value(profile->settings, "rr_start");
    bool later = majority->kind == NRM_VALUE_NUMBER && majority->number > ADULT_YEARS &&
                 majority->number < 100;
    profile->majority = later ? (int32_t)majority->number : ADULT_YEARS;
    profile->from_positive =
        start->kind == NRM_VALUE_STRING && nrm_str_is(start->string, "stage1_positive");
    profile->detention_counts =
        detention->kind == NRM_VALUE_STRING && nrm_str_is(detention->string, "counted");
}

static bool complete(struct profile_reader *reader, const struct nrm_node *root)
{
    struct nrm_profile *profile = reader->profile;
    if (!reader->knowledge.failed && !profile->calendar.zone)
        nrm_knowledge_wrong(&reader->knowledge, root,
                            "the profile names no zone; write for instance zone: Europe/Warsaw");
    profile->screening = nrm_screening_policy_of(profile->settings);
    settle_period(profile);
    profile->reflection = nrm_profile_clock(profile, NRM_STR("rr_end"));
    if (!reader->knowledge.failed && !profile->reflection)
        nrm_knowledge_wrong(&reader->knowledge, root,
                            "the profile has no clock rr_end; extend odihr or add it");
    return !reader->knowledge.failed;
}

struct nrm_profile *nrm_profile_read(struct nrm_arena *arena, struct nrm_str name,
                                     const struct nrm_machine *machine, struct nrm_zones *zones,
                                     struct nrm_sink *sink)
{
    struct profile_file chain[PROFILE_CHAIN];
    struct profile_reader reader = {
        .knowledge = {.arena = arena,
                      .sink = sink,
                      .kind = "a profile",
                      .manual = "nrm-profile(5)"},
        .machine = machine,
        .zones = zones,
        .marks = {machine->marks, machine->mark_count},
        .profile = nrm_arena_array(arena, 1, sizeof *reader.profile),
    };
    reader.profile->clocks = nrm_arena_array(arena, PROFILE_CLOCKS, sizeof(struct nrm_clock));
    reader.profile->calendar.weekend = 0x60;
    reader.profile->closed = nrm_machine_mark(machine, "case_closed");
    reader.profile->reopened = nrm_machine_mark(machine, "case_reopened");
    default_settings(&reader);
    size_t count = read_chain(&reader, name, chain);
    if (!count)
        return NULL;
    for (size_t i = count; i-- > 0 && !reader.knowledge.failed;) {
        reader.knowledge.file = chain[i].file;
        reader.profile->id = "";
        reader.profile->source = reader.profile->as_of = NULL; /* each profile names its own */
        for (uint32_t j = 0; j < chain[i].root->count && !reader.knowledge.failed; j++)
            read_key(&reader, chain[i].root->pairs[j].key,
                     nrm_node_resolve(chain[i].root->pairs[j].value));
    }
    reader.profile->file = chain[0].file;
    return complete(&reader, chain[0].root) ? reader.profile : NULL;
}
