/* Reading the tables of schema/ for compile.c: strict CSV into rows of cells that remember their
 * line, faults as file:line: text. What the columns mean is not known here. Only one program
 * includes this, so that one compiler call builds it. */
#ifndef NRM_SCHEMA_TABLE_H
#define NRM_SCHEMA_TABLE_H

#include <csv.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = 16, NAME_LENGTH = 63 /* as in lib/data/schema.c */ };

struct row {
    unsigned line;
    char *cell[COLUMNS_MOST];
};

/* One file of schema/. HEADER lists its columns, separated by commas. */
struct table {
    const char *file, *header;
    size_t columns, count, room;
    struct row *rows;
    /* while reading */
    size_t cells;
    unsigned line;
};

/* --- faults --- */

static const char *folder;

static _Noreturn void fault(const struct table *table, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static _Noreturn void fault(const struct table *table, unsigned line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s/%s:%u: ", folder, table->file, line);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

static void *need(void *memory)
{
    if (!memory) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

/* --- reading --- */

static void take_cell(void *text, size_t length, void *data)
{
    struct table *table = data;
    if (table->cells == 0) {
        if (table->count == table->room) {
            table->room = table->room ? table->room * 2 : 64;
            table->rows = need(realloc(table->rows, table->room * sizeof *table->rows));
        }
        table->rows[table->count] = (struct row){.line = table->line};
    }
    if (table->cells < table->columns) {
        char *copy = need(calloc(length + 1, 1));
        memcpy(copy, text, length);
        table->rows[table->count].cell[table->cells] = copy;
    }
    table->cells++;
}

static void take_row(int end, void *data)
{
    struct table *table = data;
    (void)end;
    if (table->cells != table->columns)
        fault(table, table->rows[table->count].line, "%zu columns; the table has %zu", table->cells,
              table->columns);
    table->cells = 0;
    table->count++;
}

/* No trimming: a space at the edge of a cell is a fault of the table, and stays to be seen. */
static int no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void check_header(struct table *table)
{
    if (table->count == 0)
        fault(table, 1, "no header; the first line must be %s", table->header);
    const char *wanted = table->header;
    for (size_t i = 0; i < table->columns; i++) {
        size_t length = strcspn(wanted, ",");
        const char *name = table->rows[0].cell[i];
        if (strlen(name) != length || strncmp(name, wanted, length) != 0)
            fault(table, 1, "column %zu is named %s; the first line must be %s", i + 1, name,
                  table->header);
        wanted += length + 1;
    }
    table->rows++;
    table->count--;
}

static void read_table(struct table *table)
{
    char path[4096];
    struct csv_parser parser;
    snprintf(path, sizeof path, "%s/%s", folder, table->file);
    FILE *file = fopen(path, "rb");
    if (!file)
        fault(table, 1, "cannot be opened");
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        need(NULL);
    csv_set_space_func(&parser, no_space);
    table->columns = 1;
    for (const char *c = table->header; *c; c++)
        table->columns += *c == ',';
    table->line = 1;
    for (int c; (c = getc(file)) != EOF; table->line += c == '\n') {
        unsigned char byte = (unsigned char)c;
        if (csv_parse(&parser, &byte, 1, take_cell, take_row, table) != 1)
            fault(table, table->line, "%s", csv_strerror(csv_error(&parser)));
    }
    if (ferror(file))
        fault(table, table->line, "cannot be read");
    if (csv_fini(&parser, take_cell, take_row, table) != 0)
        fault(table, table->line, "a quote is not closed");
    csv_free(&parser);
    fclose(file);
    check_header(table);
}

/* --- checks of any table --- */

static bool is_one_of(const char *word, const char *choices)
{
    size_t length = strlen(word);
    for (const char *c = choices; *c; c += strcspn(c, "|"), c += *c == '|')
        if (strcspn(c, "|") == length && strncmp(c, word, length) == 0)
            return true;
    return false;
}

static int find(const struct table *table, size_t column, const char *text)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].cell[column], text) == 0)
            return (int)i;
    return -1;
}

static void check_name(const struct table *table, const struct row *row, size_t column,
                       const char *also)
{
    const char *name = row->cell[column];
    for (const char *c = name; *c; c++)
        if (!(*c >= 'a' && *c <= 'z') && !(*c >= '0' && *c <= '9') && *c != '_' &&
            !strchr(also, *c))
            fault(table, row->line, "\"%s\" has a character that names do not have", name);
    if (!*name || (strlen(name) > NAME_LENGTH && !strchr(also, '|')))
        fault(table, row->line, "column %zu must hold a name of up to %d characters", column + 1,
              NAME_LENGTH);
}

static void check_filled(const struct table *table, size_t column)
{
    for (size_t i = 0; i < table->count; i++)
        if (!*table->rows[i].cell[column])
            fault(table, table->rows[i].line, "column %zu is empty", column + 1);
}

/* Two rows that agree in both columns. The tables are small: a few thousand rows at most. */
static void check_unique(const struct table *table, size_t a, size_t b)
{
    for (size_t i = 0; i < table->count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(table->rows[i].cell[a], table->rows[j].cell[a]) == 0 &&
                strcmp(table->rows[i].cell[b], table->rows[j].cell[b]) == 0)
                fault(table, table->rows[i].line, "%s stands in line %u already",
                      table->rows[i].cell[b], table->rows[j].line);
}

static void check_grouped(const struct table *table, size_t column)
{
    for (size_t i = 1; i < table->count; i++) {
        const char *name = table->rows[i].cell[column];
        if (strcmp(name, table->rows[i - 1].cell[column]) != 0 &&
            find(table, column, name) < (int)i)
            fault(table, table->rows[i].line, "rows of %s must stand together", name);
    }
}

/* Ids of requirements: H03-F002, or a span H03-F002..005, separated by spaces. */
static void check_requirements(const struct table *table, size_t column)
{
    static const char form[] = "H99-A999..999";
    for (size_t i = 0; i < table->count; i++) {
        size_t at = 0;
        for (const char *c = table->rows[i].cell[column];; c++) {
            bool good = form[at] == '9'   ? *c >= '0' && *c <= '9'
                        : form[at] == 'A' ? *c >= 'A' && *c <= 'Z'
                                          : *c == form[at];
            if (good && *c)
                at++;
            else if ((*c == ' ' || !*c) && (at == 8 || at == 13 || (at == 0 && !*c)))
                at = 0;
            else
                fault(table, table->rows[i].line, "column %zu is no list of requirements",
                      column + 1);
            if (!*c)
                break;
        }
    }
}

#endif
