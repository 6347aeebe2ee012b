/* The case model's compiler: reads schema/ *.csv, checks that the tables fit each other, and prints
 * them as the constant tables of lib/data/schema.h. Runs while building, never afterwards. A fault
 * is told as file:line: text and ends the build with status 2. The output depends on nothing but
 * the tables. Every field must carry a sensitivity class (H03-F028). */
#include "../lib/data/schema_index.h"
#include "../lib/data/schema_limits.h"
#include "table.h"

/* The columns of each table, in the order of its header. */
enum {
    FIELD_PATH,
    FIELD_TYPE,
    FIELD_LIST,
    FIELD_VOCABULARY,
    FIELD_SENSITIVITY,
    FIELD_TRACK,
    FIELD_DESCRIPTION,
    FIELD_SOURCE,
    FIELD_REQUIREMENTS
};
enum { EVENT_TYPE, EVENT_DESCRIPTION, EVENT_SOURCE, EVENT_REQUIREMENTS };
enum {
    EF_EVENT,
    EF_FIELD,
    EF_TYPE,
    EF_LIST,
    EF_VOCABULARY,
    EF_SENSITIVITY,
    EF_DESCRIPTION,
    EF_SOURCE,
    EF_REQUIREMENTS
};
enum { WORD_VOCABULARY, WORD_WORD, WORD_OPEN, WORD_MEANING, WORD_SOURCE, WORD_REQUIREMENTS };
enum {
    STEP_ID,
    STEP_REGION,
    STEP_EVENT,
    STEP_FROM,
    STEP_WHEN,
    STEP_GUARD,
    STEP_KIND,
    STEP_MESSAGE,
    STEP_TO,
    STEP_TRACK,
    STEP_MARKS,
    STEP_SOURCE,
    STEP_REQUIREMENTS
};
enum { STATE_REGION, STATE_STATE, STATE_DESCRIPTION, STATE_SOURCE, STATE_REQUIREMENTS };
enum { DERIVED_NAME, DERIVED_VALUE, DERIVED_WHEN, DERIVED_SOURCE };
enum {
    SETTING_NAME,
    SETTING_TYPE,
    SETTING_LIST,
    SETTING_WORDS,
    SETTING_DEFAULT,
    SETTING_DESCRIPTION,
    SETTING_SOURCE,
    SETTING_USED,
    SETTING_REQUIREMENTS
};

static struct table fields = {
    .file = "fields.csv",
    .header = "path,type,list,vocabulary,sensitivity,track,description,source,requirements"};
static struct table events = {.file = "events.csv",
                              .header = "type,description,source,requirements"};
static struct table event_fields = {
    .file = "event_fields.csv",
    .header = "event,field,type,list,vocabulary,sensitivity,description,source,requirements"};
static struct table words = {.file = "vocabularies.csv",
                             .header = "vocabulary,word,open,meaning,source,requirements"};
static struct table steps = {
    .file = "transitions.csv",
    .header = "id,region,event,from,when,guard,kind,message,to,track,marks,source,requirements"};
static struct table states = {.file = "states.csv",
                              .header = "region,state,description,source,requirements"};
static struct table settings = {
    .file = "settings.csv",
    .header = "setting,type,list,words,default,description,source,used,requirements"};
static struct table derived = {.file = "derived.csv", .header = "name,value,when,source"};

static const char *const type_words[] = {"string", "text", "boolean",  "number",  "date",
                                         "time",   "code", "duration", "mapping", "any"};
static const char *const type_names[] = {"STRING", "TEXT", "BOOLEAN",  "NUMBER",  "DATE",
                                         "TIME",   "CODE", "DURATION", "MAPPING", "ANY"};

static size_t type_of(const struct table *table, const struct row *row, size_t column)
{
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++)
        if (strcmp(type_words[i], row->cell[column]) == 0)
            return i;
    fault(table, row->line, "%s is no type of a field", row->cell[column]);
}

/* --- checks --- */

static void check_vocabularies(void)
{
    check_unique(&words, WORD_VOCABULARY, WORD_WORD);
    check_grouped(&words, WORD_VOCABULARY);
    check_filled(&words, WORD_SOURCE);
    check_requirements(&words, WORD_REQUIREMENTS);
    for (size_t i = 0; i < words.count; i++) {
        const struct row *row = &words.rows[i];
        check_name(&words, row, WORD_VOCABULARY, "");
        check_name(&words, row, WORD_WORD, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (!is_one_of(row->cell[WORD_OPEN], "yes|no"))
            fault(&words, row->line, "open is yes or no");
        const char *vocabulary = row->cell[WORD_VOCABULARY];
        const struct row *first = &words.rows[find(&words, WORD_VOCABULARY, vocabulary)];
        if (strcmp(first->cell[WORD_OPEN], row->cell[WORD_OPEN]) != 0)
            fault(&words, row->line, "%s is open in one row and not in another", vocabulary);
        if (row == first && find(&fields, FIELD_VOCABULARY, vocabulary) < 0 &&
            find(&event_fields, EF_VOCABULARY, vocabulary) < 0)
            fault(&words, row->line, "no field uses the vocabulary %s", vocabulary);
    }
}

/* What fields of cases and of events have in common; TYPE is the first of the columns type, list,
 * vocabulary, sensitivity. */
static void check_field(const struct table *table, const struct row *row, size_t type)
{
    bool code = strcmp(type_words[type_of(table, row, type)], "code") == 0;
    const char *vocabulary = row->cell[type + 2];
    if (!is_one_of(row->cell[type + 1], "yes|no"))
        fault(table, row->line, "list is yes or no");
    if (code && find(&words, WORD_VOCABULARY, vocabulary) < 0)
        fault(table, row->line, "there is no vocabulary \"%s\"", vocabulary);
    if (!code && *vocabulary)
        fault(table, row->line, "only a field of type code has a vocabulary");
    if (!is_one_of(row->cell[type + 3], "direct|special|indirect|process"))
        fault(table, row->line, "\"%s\" is no sensitivity class", row->cell[type + 3]);
}

static void check_fields(void)
{
    check_unique(&fields, FIELD_PATH, FIELD_PATH);
    check_filled(&fields, FIELD_DESCRIPTION);
    check_filled(&fields, FIELD_SOURCE);
    check_requirements(&fields, FIELD_REQUIREMENTS);
    for (size_t i = 0; i < fields.count; i++) {
        const struct row *row = &fields.rows[i];
        check_name(&fields, row, FIELD_PATH, ".");
        check_field(&fields, row, FIELD_TYPE);
        if (!is_one_of(row->cell[FIELD_TRACK], "all|adult|child"))
            fault(&fields, row->line, "track is all, adult or child");
        char parent[256];
        snprintf(parent, sizeof parent, "%s", row->cell[FIELD_PATH]);
        char *dot = strrchr(parent, '.');
        if (!dot)
            continue;
        *dot = '\0';
        int above = find(&fields, FIELD_PATH, parent);
        if (above < 0 || strcmp(fields.rows[above].cell[FIELD_TYPE], "mapping") != 0)
            fault(&fields, row->line, "there is no mapping %s", parent);
    }
}

static void check_events(void)
{
    check_unique(&events, EVENT_TYPE, EVENT_TYPE);
    check_filled(&events, EVENT_DESCRIPTION);
    check_filled(&events, EVENT_SOURCE);
    check_requirements(&events, EVENT_REQUIREMENTS);
    for (size_t i = 0; i < events.count; i++)
        check_name(&events, &events.rows[i], EVENT_TYPE, "");
    if (events.count > NRM_EVENT_TYPES)
        fault(&events, events.rows[NRM_EVENT_TYPES].line, "more than %d event types",
              NRM_EVENT_TYPES);
    check_unique(&event_fields, EF_EVENT, EF_FIELD);
    check_filled(&event_fields, EF_DESCRIPTION);
    check_filled(&event_fields, EF_SOURCE);
    check_requirements(&event_fields, EF_REQUIREMENTS);
    for (size_t i = 0; i < event_fields.count; i++) {
        const struct row *row = &event_fields.rows[i];
        check_name(&event_fields, row, EF_FIELD, "");
        check_field(&event_fields, row, EF_TYPE);
        const char *event = row->cell[EF_EVENT];
        if (strcmp(event, "*") != 0 && find(&events, EVENT_TYPE, event) < 0)
            fault(&event_fields, row->line, "there is no event type \"%s\"", event);
    }
}

static bool has_state(const char *region, const char *state, size_t length)
{
    for (size_t i = 0; i < states.count; i++) {
        const struct row *row = &states.rows[i];
        if (strcmp(row->cell[STATE_REGION], region) == 0 &&
            strlen(row->cell[STATE_STATE]) == length &&
            strncmp(row->cell[STATE_STATE], state, length) == 0)
            return true;
    }
    return false;
}

static void check_states_named(const struct row *row, size_t column)
{
    for (const char *c = row->cell[column];; c++) {
        size_t length = strcspn(c, "|");
        if (!has_state(row->cell[STEP_REGION], c, length))
            fault(&steps, row->line, "%s has no state \"%.*s\"", row->cell[STEP_REGION],
                  (int)length, c);
        c += length;
        if (!*c)
            break;
    }
}

static void check_step(const struct row *row)
{
    const char *event = row->cell[STEP_EVENT];
    check_name(&steps, row, STEP_ID, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (find(&states, STATE_REGION, row->cell[STEP_REGION]) < 0)
        fault(&steps, row->line, "there is no region \"%s\"", row->cell[STEP_REGION]);
    if (find(&events, EVENT_TYPE, event) < 0 && !is_one_of(event, "begin|majority"))
        fault(&steps, row->line, "there is no event type \"%s\"", event);
    if (strcmp(row->cell[STEP_FROM], "*") != 0)
        check_states_named(row, STEP_FROM);
    if (!is_one_of(row->cell[STEP_TO], "=|<")) {
        if (strchr(row->cell[STEP_TO], '|'))
            fault(&steps, row->line, "a step leads to one state");
        check_states_named(row, STEP_TO);
    }
    if (*row->cell[STEP_GUARD] ? !is_one_of(row->cell[STEP_KIND], "procedural|protective")
                               : *row->cell[STEP_KIND] != '\0')
        fault(&steps, row->line,
              "kind is procedural or protective where there is a guard, and "
              "empty where there is none");
    if (!is_one_of(row->cell[STEP_TRACK], "all|adult|child"))
        fault(&steps, row->line, "track is all, adult or child");
    if (*row->cell[STEP_MARKS])
        check_name(&steps, row, STEP_MARKS, "|");
}

/* The regions and states, as many as lib/rules can hold, and the regions that it speaks of itself.
 */
static void check_regions(void)
{
    static const char *const needed[] = {"identification", "age", "reflection"};
    size_t regions = 0, in_region = 0;
    for (size_t i = 0; i < states.count; i++) {
        const struct row *row = &states.rows[i];
        check_name(&states, row, STATE_REGION, "");
        check_name(&states, row, STATE_STATE, "");
        bool first = find(&states, STATE_REGION, row->cell[STATE_REGION]) == (int)i;
        regions += first;
        in_region = first ? 1 : in_region + 1;
        if (regions > NRM_REGIONS)
            fault(&states, row->line, "more than %d regions", NRM_REGIONS);
        if (in_region > NRM_STATES)
            fault(&states, row->line, "more than %d states in one region", NRM_STATES);
    }
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (find(&states, STATE_REGION, needed[i]) < 0)
            fault(&states, 1, "there is no region %s, and the fold needs it", needed[i]);
}

/* Different milestones of all steps: they fit a bit set, and none can be taken for an event. */
static void check_marks(void)
{
    const char *marks[NRM_MARKS];
    size_t count = 0;
    for (size_t i = 0; i < steps.count; i++)
        for (size_t j = 0; j < events.count && *steps.rows[i].cell[STEP_MARKS]; j++)
            if (is_one_of(events.rows[j].cell[EVENT_TYPE], steps.rows[i].cell[STEP_MARKS]))
                fault(&steps, steps.rows[i].line, "the milestone %s has the name of an event",
                      events.rows[j].cell[EVENT_TYPE]);
    for (size_t i = 0; i < steps.count; i++)
        for (const char *c = steps.rows[i].cell[STEP_MARKS]; *c;) {
            size_t length = strcspn(c, "|"), j = 0;
            while (j < count &&
                   (strncmp(marks[j], c, length) != 0 || strcspn(marks[j], "|") != length))
                j++;
            if (j == NRM_MARKS)
                fault(&steps, steps.rows[i].line, "more than %d milestones", NRM_MARKS);
            marks[j] = c;
            count += j == count;
            c += length + (c[length] == '|');
        }
}

static void check_machine(void)
{
    check_unique(&states, STATE_REGION, STATE_STATE);
    check_grouped(&states, STATE_REGION);
    check_filled(&states, STATE_DESCRIPTION);
    check_filled(&states, STATE_SOURCE);
    check_requirements(&states, STATE_REQUIREMENTS);
    check_regions();
    check_unique(&steps, STEP_ID, STEP_ID);
    check_filled(&steps, STEP_SOURCE);
    check_requirements(&steps, STEP_REQUIREMENTS);
    for (size_t i = 0; i < steps.count; i++)
        check_step(&steps.rows[i]);
    check_marks();
    check_grouped(&derived, DERIVED_NAME);
    check_filled(&derived, DERIVED_VALUE);
    check_filled(&derived, DERIVED_WHEN);
    check_filled(&derived, DERIVED_SOURCE);
    for (size_t i = 0; i < derived.count; i++)
        check_name(&derived, &derived.rows[i], DERIVED_NAME, "");
}

static void check_settings(void)
{
    check_unique(&settings, SETTING_NAME, SETTING_NAME);
    check_filled(&settings, SETTING_DESCRIPTION);
    check_filled(&settings, SETTING_SOURCE);
    check_requirements(&settings, SETTING_REQUIREMENTS);
    for (size_t i = 0; i < settings.count; i++) {
        const struct row *row = &settings.rows[i];
        check_name(&settings, row, SETTING_NAME, "");
        type_of(&settings, row, SETTING_TYPE);
        if (!is_one_of(row->cell[SETTING_LIST], "yes|no"))
            fault(&settings, row->line, "list is yes or no");
        if (!is_one_of(row->cell[SETTING_USED], "yes|no"))
            fault(&settings, row->line, "used is yes or no");
        if ((strcmp(row->cell[SETTING_TYPE], "code") == 0) != (*row->cell[SETTING_WORDS] != 0))
            fault(&settings, row->line, "a code, and nothing else, has words");
    }
}

/* --- output --- */

/* Octal escapes are three digits long and so end by themselves; ? is escaped against trigraphs. */
static void put_text(const char *text)
{
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c == '"' || *c == '\\' || *c == '?')
            printf("\\%c", *c);
        else if (*c < ' ' || *c > '~')
            printf("\\%03o", *c);
        else
            putchar(*c);
    putchar('"');
}

static void put_column(const struct table *table, size_t column, const char *declaration)
{
    printf("%s = {\n", declaration);
    for (size_t i = 0; i < table->count; i++) {
        fputs("    ", stdout);
        put_text(table->rows[i].cell[column]);
        puts(",");
    }
    puts("};");
}

/* Cells up to LAST of each row as a struct of strings, and the row's line WITH_LINE. */
static void put_rows(const struct table *table, size_t last, bool with_line, const char *name)
{
    printf("const struct %s_row %s_rows[] = {\n", name, name);
    for (size_t i = 0; i < table->count; i++) {
        fputs("    {", stdout);
        for (size_t column = 0; column <= last; column++) {
            fputs(column ? ", " : "", stdout);
            put_text(table->rows[i].cell[column]);
        }
        if (with_line)
            printf(", %u", table->rows[i].line);
        puts("},");
    }
    printf("};\nconst size_t %s_row_count = %zu;\n", name, table->count);
}

/* An index under construction; see schema_index.h. */
struct slots {
    uint16_t *slot;
    uint32_t mask;
};

static struct slots new_slots(size_t entries)
{
    uint32_t size = 2;
    while (size < entries * 2)
        size *= 2;
    return (struct slots){need(calloc(size, sizeof(uint16_t))), size - 1};
}

static void add_slot(struct slots *slots, uint32_t salt, const char *text, size_t number)
{
    uint32_t at = nrm_schema_hash(salt, text, strlen(text)) & slots->mask;
    while (slots->slot[at])
        at = (at + 1) & slots->mask;
    if (number + 1 > UINT16_MAX) {
        fprintf(stderr, "%s: a table has more than %d rows\n", folder, UINT16_MAX - 1);
        exit(2);
    }
    slots->slot[at] = (uint16_t)(number + 1);
}

static void put_slots(struct slots *slots, const char *name)
{
    printf("static const uint16_t %s_slots[] = {", name);
    for (uint32_t i = 0; i <= slots->mask; i++)
        printf("%s%u,", i % 16 ? " " : "\n    ", slots->slot[i]);
    printf("\n};\nconst struct nrm_schema_index nrm_schema_%s_index = {%s_slots, %u};\n", name,
           name, slots->mask);
    free(slots->slot);
}

/* All vocabularies. Their numbers are those of their first words among the first words. */
static int vocabulary_number(const char *name)
{
    int number = -1;
    for (size_t i = 0; i < words.count; i++) {
        const char *here = words.rows[i].cell[WORD_VOCABULARY];
        number += i == 0 || strcmp(here, words.rows[i - 1].cell[WORD_VOCABULARY]) != 0;
        if (strcmp(here, name) == 0)
            return number;
    }
    return -1;
}

static void put_vocabularies(void)
{
    struct slots names = new_slots(words.count), all = new_slots(words.count);
    size_t number = 0;
    put_column(&words, WORD_WORD, "const char *const nrm_schema_words[]");
    put_column(&words, WORD_MEANING, "static const char *const meanings[]");
    puts("const struct nrm_vocabulary nrm_vocabularies[] = {");
    for (size_t i = 0, end; i < words.count; i = end, number++) {
        const struct row *row = &words.rows[i];
        const char *name = row->cell[WORD_VOCABULARY];
        add_slot(&names, 0, name, number);
        for (end = i; end < words.count; end++) {
            if (strcmp(words.rows[end].cell[WORD_VOCABULARY], name) != 0)
                break;
            add_slot(&all, (uint32_t)number, words.rows[end].cell[WORD_WORD], end);
        }
        printf("    {\"%s\", nrm_schema_words + %zu, meanings + %zu, %zu, %s},\n", name, i, i,
               end - i, strcmp(row->cell[WORD_OPEN], "yes") == 0 ? "true" : "false");
    }
    printf("};\nconst size_t nrm_vocabulary_count = %zu;\n", number);
    put_slots(&names, "vocabulary");
    put_slots(&all, "word");
}

/* TYPE is the column of the type; list, vocabulary and sensitivity follow it. */
static void put_field(const struct table *table, const struct row *row, size_t name, size_t type,
                      size_t description)
{
    printf("    {\"%s\", NRM_FIELD_%s, %s, ", row->cell[name],
           type_names[type_of(table, row, type)],
           strcmp(row->cell[type + 1], "yes") == 0 ? "true" : "false");
    if (*row->cell[type + 2])
        printf("&nrm_vocabularies[%d]", vocabulary_number(row->cell[type + 2]));
    else
        fputs("NULL", stdout);
    printf(", \"%s\",\n     ", row->cell[type + 3]);
    put_text(row->cell[description]);
    fputs(", ", stdout);
    put_text(row->cell[description + 1]);
    printf(", \"%s\"},\n", table == &fields ? row->cell[FIELD_TRACK] : "all");
}

static void put_fields(void)
{
    struct slots slots = new_slots(fields.count);
    puts("const struct nrm_field nrm_fields[] = {");
    for (size_t i = 0; i < fields.count; i++) {
        put_field(&fields, &fields.rows[i], FIELD_PATH, FIELD_TYPE, FIELD_DESCRIPTION);
        add_slot(&slots, 0, fields.rows[i].cell[FIELD_PATH], i);
    }
    printf("};\nconst size_t nrm_field_count = %zu;\n", fields.count);
    put_slots(&slots, "field");
}

static bool is_own(const char *event, const char *field)
{
    for (size_t i = 0; i < event_fields.count; i++)
        if (strcmp(event_fields.rows[i].cell[EF_EVENT], event) == 0 &&
            strcmp(event_fields.rows[i].cell[EF_FIELD], field) == 0)
            return true;
    return false;
}

/* The fields of EVENT, then the common ones that it does not define anew; "*": the common ones.
 * Returns how many; NUMBER is the first one's. */
static size_t put_fields_of(const char *event, uint32_t salt, size_t number, struct slots *slots)
{
    size_t first = number;
    for (int common = strcmp(event, "*") == 0; common < 2; common++)
        for (size_t i = 0; i < event_fields.count; i++) {
            const struct row *row = &event_fields.rows[i];
            if (strcmp(row->cell[EF_EVENT], common ? "*" : event) != 0 ||
                (common && is_own(event, row->cell[EF_FIELD]) && strcmp(event, "*") != 0))
                continue;
            put_field(&event_fields, row, EF_FIELD, EF_TYPE, EF_DESCRIPTION);
            add_slot(slots, salt, row->cell[EF_FIELD], number++);
        }
    return number - first;
}

static void put_events(void)
{
    struct slots names = new_slots(events.count);
    struct slots slots = new_slots(event_fields.count + events.count * 8);
    size_t counts[NRM_EVENT_TYPES], number = 0;
    puts("static const struct nrm_field event_fields[] = {");
    for (size_t i = 0; i < events.count; i++) {
        counts[i] = put_fields_of(events.rows[i].cell[EVENT_TYPE], (uint32_t)i, number, &slots);
        number += counts[i];
    }
    size_t common = put_fields_of("*", (uint32_t)events.count, number, &slots);
    printf("};\nconst struct nrm_event_type nrm_event_common = {\n"
           "    \"*\", %zu, event_fields + %zu, %zu, \"any event\", \"nrm-case(5)\"};\n",
           events.count, number, common);
    puts("const struct nrm_event_type nrm_event_types[] = {");
    number = 0;
    for (size_t i = 0; i < events.count; number += counts[i++]) {
        const struct row *row = &events.rows[i];
        printf("    {\"%s\", %zu, event_fields + %zu, %zu, ", row->cell[EVENT_TYPE], i, number,
               counts[i]);
        put_text(row->cell[EVENT_DESCRIPTION]);
        fputs(", ", stdout);
        put_text(row->cell[EVENT_SOURCE]);
        puts("},");
        add_slot(&names, 0, row->cell[EVENT_TYPE], i);
    }
    printf("};\nconst size_t nrm_event_type_count = %zu;\n", events.count);
    put_slots(&names, "event");
    put_slots(&slots, "event_field");
}

int main(int argc, char **argv)
{
    struct table *const all[] = {&fields, &events, &event_fields, &words,
                                 &steps,  &states, &derived,      &settings};
    if (argc != 2) {
        fputs("usage: compile DIRECTORY > tables.c\n", stderr);
        return 2;
    }
    folder = argv[1];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        read_table(all[i]);
    check_fields();
    check_events();
    check_vocabularies();
    check_machine();
    check_settings();
    puts("/* Compiled from the tables in schema/; change those. */\n"
         "#include \"data/schema.h\"\n"
         "#include \"data/schema_index.h\"");
    put_vocabularies();
    put_fields();
    put_events();
    put_rows(&steps, STEP_REQUIREMENTS, true, "nrm_transition");
    put_rows(&states, STATE_SOURCE, false, "nrm_state");
    put_rows(&derived, DERIVED_SOURCE, true, "nrm_derived");
    put_rows(&settings, SETTING_SOURCE, true, "nrm_setting");
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("the tables cannot be written\n", stderr);
        return 2;
    }
    return 0;
}
