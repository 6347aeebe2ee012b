/* Compiling the state machine's tables; see machine.h. That rows name regions, states and events
 * which are there, and not too many of them, was checked by schema/compile.c. */
#include "rules/machine.h"

static struct nrm_place row_place(const char *file, uint32_t line)
{
    return (struct nrm_place){.file = file, .line = line};
}

/* The next word of a list joined with '|'; false at the end. */
static bool next_word(const char **list, struct nrm_str *word)
{
    if (!**list)
        return false;
    size_t length = strcspn(*list, "|");
    *word = (struct nrm_str){*list, length};
    *list += length + ((*list)[length] == '|');
    return true;
}

static int find_region(const struct nrm_machine *machine, const char *name)
{
    for (size_t i = 0; i < machine->region_count; i++)
        if (strcmp(machine->regions[i].name, name) == 0)
            return (int)i;
    return -1;
}

static size_t find_state(const struct nrm_region *region, struct nrm_str name)
{
    size_t state = 0;
    while (!nrm_str_is(name, region->states[state]))
        state++;
    return state;
}

static void collect_regions(struct nrm_machine *machine)
{
    for (size_t i = 0; i < nrm_state_row_count; i++) {
        const struct nrm_state_row *row = &nrm_state_rows[i];
        int index = find_region(machine, row->region);
        if (index < 0) {
            index = (int)machine->region_count++;
            machine->regions[index].name = row->region;
        }
        struct nrm_region *region = &machine->regions[index];
        region->states[region->count++] = row->state;
    }
    machine->age = find_region(machine, "age");
    machine->reflection = find_region(machine, "reflection");
}

static int add_name(struct nrm_machine *machine, const char *name)
{
    for (size_t i = 0; i < machine->names.count; i++)
        if (strcmp(machine->name_texts[i], name) == 0)
            return (int)i;
    machine->name_texts[machine->names.count] = name;
    return (int)machine->names.count++;
}

/* What a name holds, so that an expression with a wrong word is refused when it is read. */
static struct nrm_field *name_field(struct nrm_machine *machine, struct nrm_arena *arena, int name,
                                    enum nrm_field_type type)
{
    if (!machine->name_fields[name]) {
        struct nrm_field *field = nrm_arena_array(arena, 1, sizeof *field);
        *field = (struct nrm_field){.path = machine->name_texts[name], .type = (uint8_t)type};
        machine->name_fields[name] = field;
    }
    return machine->name_fields[name];
}

static void add_word(struct nrm_field *field, struct nrm_arena *arena, const char *word)
{
    struct nrm_vocabulary *vocabulary = nrm_arena_array(arena, 1, sizeof *vocabulary);
    size_t count = field->vocabulary ? field->vocabulary->count : 0;
    const char **words = nrm_arena_array(arena, count + 1, sizeof *words);
    for (size_t i = 0; i < count; i++)
        words[i] = field->vocabulary->words[i];
    words[count] = word;
    *vocabulary = (struct nrm_vocabulary){.name = field->path, .words = words, .count = count + 1};
    field->vocabulary = vocabulary;
}

static const enum nrm_field_type setting_types[] = {
    NRM_FIELD_BOOLEAN, NRM_FIELD_NUMBER, NRM_FIELD_CODE, NRM_FIELD_DURATION, NRM_FIELD_STRING};

static enum nrm_field_type setting_type(const char *type)
{
    static const char *const words[] = {"boolean", "number", "code", "duration"};
    size_t i = 0;
    while (i < sizeof words / sizeof *words && strcmp(words[i], type) != 0)
        i++;
    return setting_types[i];
}

/* What a profile settles is visible as setting_NAME. */
static void collect_settings(struct nrm_machine *machine, struct nrm_arena *arena)
{
    machine->settings = (int)machine->names.count;
    for (size_t i = 0; i < nrm_setting_row_count; i++) {
        const struct nrm_setting_row *row = &nrm_setting_rows[i];
        const char *words = row->words;
        struct nrm_str word;
        int name = add_name(machine, nrm_arena_printf(arena, "setting_%s", row->name));
        struct nrm_field *field = name_field(machine, arena, name, setting_type(row->type));
        field->list = strcmp(row->list, "yes") == 0;
        while (next_word(&words, &word))
            add_word(field, arena, nrm_arena_copy(arena, word.text, word.length));
    }
}

static void collect_names(struct nrm_machine *machine, struct nrm_arena *arena)
{
    size_t most = machine->region_count + nrm_derived_row_count + nrm_setting_row_count + 8;
    machine->name_texts = nrm_arena_array(arena, most, sizeof *machine->name_texts);
    machine->name_fields = nrm_arena_array(arena, most, sizeof *machine->name_fields);
    for (size_t i = 0; i < machine->region_count; i++) {
        int name = add_name(machine, machine->regions[i].name);
        for (size_t j = 0; j < machine->regions[i].count; j++)
            add_word(name_field(machine, arena, name, NRM_FIELD_CODE), arena,
                     machine->regions[i].states[j]);
    }
    machine->track = add_name(machine, "track");
    machine->rr_end = add_name(machine, "rr_end");
    machine->rr_minimum = add_name(machine, "rr_minimum");
    collect_settings(machine, arena);
    size_t early = machine->names.count;
    machine->rr_over = add_name(machine, "rr_over");
    machine->weight = add_name(machine, "weight");
    name_field(machine, arena, machine->rr_end, NRM_FIELD_TIME);
    name_field(machine, arena, machine->rr_minimum, NRM_FIELD_TIME);
    name_field(machine, arena, machine->rr_over, NRM_FIELD_BOOLEAN);
    name_field(machine, arena, machine->weight, NRM_FIELD_NUMBER);
    for (size_t i = 0; i < nrm_derived_row_count; i++) {
        const char *value = nrm_derived_rows[i].value;
        bool truth = strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
        int name = add_name(machine, nrm_derived_rows[i].name);
        struct nrm_field *field =
            name_field(machine, arena, name, truth ? NRM_FIELD_BOOLEAN : NRM_FIELD_CODE);
        field->list = value[0] == '+';
        if (!truth && value[0] != '?')
            add_word(field, arena, value + field->list);
        if (field->list && field->vocabulary->count == 1)
            add_word(field, arena, "none");
    }
    machine->names.names = machine->early_names.names = machine->name_texts;
    machine->names.fields = machine->early_names.fields =
        (const struct nrm_field *const *)machine->name_fields;
    machine->early_names.count = early;
}

uint64_t nrm_machine_mark(const struct nrm_machine *machine, const char *name)
{
    for (size_t i = 0; i < machine->mark_count; i++)
        if (strcmp(machine->marks[i], name) == 0)
            return UINT64_C(1) << i;
    return 0;
}

static uint64_t add_marks(struct nrm_machine *machine, struct nrm_arena *arena, const char *list)
{
    uint64_t marks = 0;
    struct nrm_str word;
    while (next_word(&list, &word)) {
        const char *name = nrm_arena_copy(arena, word.text, word.length);
        uint64_t mark = nrm_machine_mark(machine, name);
        if (!mark) {
            mark = UINT64_C(1) << machine->mark_count;
            machine->marks[machine->mark_count++] = name;
        }
        marks |= mark;
    }
    return marks;
}

/* The states of a row's FROM as a bit set. */
static uint64_t state_set(const struct nrm_region *region, const char *list)
{
    if (strcmp(list, "*") == 0)
        return UINT64_MAX;
    uint64_t set = 0;
    struct nrm_str word;
    while (next_word(&list, &word))
        set |= UINT64_C(1) << find_state(region, word);
    return set;
}

static int8_t target_state(const struct nrm_region *region, const char *to)
{
    if (strcmp(to, "=") == 0)
        return NRM_SAME_STATE;
    if (strcmp(to, "<") == 0)
        return NRM_STATE_BEFORE;
    return (int8_t)find_state(region, nrm_str(to));
}

/* NULL for an empty one. */
static const struct nrm_expr *compile_condition(struct nrm_machine *machine,
                                                struct nrm_arena *arena, const char *text,
                                                const struct nrm_expr_context *context)
{
    if (!*text)
        return NULL;
    const struct nrm_expr *condition = nrm_condition_parse(arena, nrm_str(text), context);
    machine->faults += (size_t)!condition;
    return condition;
}

static void compile_row(struct nrm_machine *machine, struct nrm_arena *arena,
                        const struct nrm_transition_row *row, const struct nrm_event_type *type,
                        struct nrm_transition *transition, struct nrm_sink *sink)
{
    int region = find_region(machine, row->region);
    struct nrm_expr_context context = {
        .names = &machine->early_names,
        .event_types = &type,
        .event_type_count = type ? 1 : 0,
        .place = row_place("schema/transitions.csv", row->line),
        .sink = sink,
    };
    *transition = (struct nrm_transition){
        .row = row,
        .region = (uint8_t)region,
        .from = state_set(&machine->regions[region], row->from),
        .to = target_state(&machine->regions[region], row->to),
        .adult = strcmp(row->track, "child") != 0,
        .child = strcmp(row->track, "adult") != 0,
        .protective = strcmp(row->kind, "protective") == 0,
        .marks = add_marks(machine, arena, row->marks),
        .when = compile_condition(machine, arena, row->when, &context),
        .guard = compile_condition(machine, arena, row->guard, &context),
    };
}

/* Where rows of an event are listed: its type's number, or behind the types for the machine's own
 * events. */
static size_t list_index(const char *event, const struct nrm_event_type **type)
{
    *type = nrm_event_type_find(nrm_str(event));
    if (*type)
        return (size_t)(*type - nrm_event_types);
    return nrm_event_type_count + (strcmp(event, "begin") == 0 ? NRM_BEGIN : NRM_MAJORITY);
}

static size_t count_regions(const struct nrm_transition *rows, size_t count)
{
    uint32_t seen = 0;
    for (size_t i = 0; i < count; i++)
        seen |= UINT32_C(1) << rows[i].region;
    return (size_t)__builtin_popcount(seen);
}

static void compile_rows(struct nrm_machine *machine, struct nrm_arena *arena,
                         struct nrm_sink *sink)
{
    struct nrm_transition *rows = nrm_arena_array(arena, nrm_transition_row_count, sizeof *rows);
    size_t used = 0;
    for (size_t list = 0; list < nrm_event_type_count + NRM_OWN_EVENTS; list++) {
        size_t first = used;
        for (size_t i = 0; i < nrm_transition_row_count; i++) {
            const struct nrm_transition_row *row = &nrm_transition_rows[i];
            const struct nrm_event_type *type;
            if (list_index(row->event, &type) == list)
                compile_row(machine, arena, row, type, &rows[used++], sink);
        }
        machine->lists[list] = (struct nrm_transition_list){
            &rows[first], used - first, count_regions(&rows[first], used - first)};
    }
}

static struct nrm_value derived_value(const char *text)
{
    if (strcmp(text, "?") == 0)
        return (struct nrm_value){.kind = NRM_VALUE_UNKNOWN};
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return (struct nrm_value){.kind = NRM_VALUE_BOOLEAN, .boolean = text[0] == 't'};
    return (struct nrm_value){.kind = NRM_VALUE_STRING, .string = nrm_str(text)};
}

static void compile_derived(struct nrm_machine *machine, struct nrm_arena *arena,
                            struct nrm_sink *sink)
{
    struct nrm_derived *derived = nrm_arena_array(arena, nrm_derived_row_count, sizeof *derived);
    for (size_t i = 0; i < nrm_derived_row_count; i++) {
        const struct nrm_derived_row *row = &nrm_derived_rows[i];
        struct nrm_expr_context context = {
            .names = &machine->names,
            .place = row_place("schema/derived.csv", row->line),
            .sink = sink,
        };
        derived[i].collects = row->value[0] == '+';
        derived[i].name = add_name(machine, row->name);
        derived[i].value = derived_value(row->value + derived[i].collects);
        derived[i].when = compile_condition(machine, arena, row->when, &context);
    }
    machine->derived = derived;
    machine->derived_count = nrm_derived_row_count;
}

bool nrm_machine_compile(struct nrm_machine *machine, struct nrm_arena *arena,
                         struct nrm_sink *sink)
{
    *machine = (struct nrm_machine){0};
    collect_regions(machine);
    collect_names(machine, arena);
    compile_rows(machine, arena, sink);
    compile_derived(machine, arena, sink);
    machine->stage1_positive = nrm_machine_mark(machine, "stage1_positive");
    machine->case_reopened = nrm_machine_mark(machine, "case_reopened");
    return machine->faults == 0;
}
