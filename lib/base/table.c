/* Tables for people; see table.h. Cells are kept as safe text in one buffer. Widths are shared out
 * when the table is printed: numbers keep theirs, the widest texts give way first. */
#include "base/table.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"

enum {
    GAP = 2,           /* spaces between columns */
    NARROWEST = 4,     /* no text column is squeezed below this: the table then stands out */
    WIDEST_PADDED = 80 /* without a width, longer cells do not make the rows around them longer */
};

struct cell {
    size_t start, length; /* in the text of the table */
    size_t width;
};

struct nrm_table {
    size_t columns;
    bool *right;
    struct nrm_buffer text;
    struct cell *cells;
    size_t count, room;
};

struct nrm_table *nrm_table_new(size_t columns)
{
    struct nrm_table *table = nrm_calloc(1, sizeof *table);
    table->columns = columns;
    table->right = nrm_calloc(columns, sizeof *table->right);
    return table;
}

void nrm_table_free(struct nrm_table *table)
{
    if (!table)
        return;
    nrm_buffer_free(&table->text);
    free(table->cells);
    free(table->right);
    free(table);
}

void nrm_table_align_right(struct nrm_table *table, size_t column)
{
    if (column < table->columns)
        table->right[column] = true;
}

void nrm_table_add(struct nrm_table *table, struct nrm_str text)
{
    if (table->count == table->room) {
        table->room = table->room ? table->room * 2 : 64;
        table->cells = nrm_realloc(table->cells, table->room, sizeof *table->cells);
    }
    struct cell *cell = &table->cells[table->count++];
    cell->start = table->text.length;
    nrm_text_add_safe(&table->text, text);
    cell->length = table->text.length - cell->start;
    cell->width =
        cell->length
            ? nrm_text_width((struct nrm_str){table->text.text + cell->start, cell->length})
            : 0;
}

/* The width that each column needs to stand on one line. */
static void natural_widths(const struct nrm_table *table, size_t most, size_t *widths)
{
    for (size_t i = 0; i < table->count; i++) {
        size_t width = table->cells[i].width, *column = &widths[i % table->columns];
        if (width > *column && width <= most)
            *column = width;
    }
}

/* Columns that the texts take together when none of them is wider than SHARE. */
static size_t width_at(const struct nrm_table *table, const size_t *widths, size_t share)
{
    size_t total = 0;
    for (size_t i = 0; i < table->columns; i++)
        if (!table->right[i])
            total += widths[i] < share ? widths[i] : share;
    return total;
}

/* Make the widths fit WIDTH: texts wider than the largest share that fits are cut down to it,
 * narrower ones and numbers keep their own. */
static void fit_widths(const struct nrm_table *table, size_t width, size_t *widths)
{
    size_t fixed = (table->columns - 1) * GAP;
    for (size_t i = 0; i < table->columns; i++)
        fixed += table->right[i] ? widths[i] : 0;
    size_t room = width > fixed ? width - fixed : 0, share = NARROWEST, most = room;
    while (share < most) {
        size_t middle = share + (most - share + 1) / 2;
        if (width_at(table, widths, middle) <= room)
            share = middle;
        else
            most = middle - 1;
    }
    for (size_t i = 0; i < table->columns; i++)
        if (!table->right[i] && widths[i] > share)
            widths[i] = share;
}

static bool breaks_after(char c)
{
    return c == ' ' || c == ';' || c == ',' || c == '/' || c == '&' || c == '-';
}

/* How many bytes of TEXT go on a line of ROOM columns; *USED tells the columns they take. At least
 * one character, whatever its width. */
static size_t line_length(struct nrm_str text, size_t room, size_t *used)
{
    size_t width = 0, last = 0, last_width = 0, at = 0;
    for (size_t size; at < text.length; at += size) {
        nrm_utf8_decode(text.text + at, text.length - at, &size);
        size_t columns = nrm_text_width((struct nrm_str){text.text + at, size});
        if (width + columns > room && at > 0) {
            if (text.text[at] == ' ' || last == 0) {
                last = at;
                last_width = width;
            }
            *used = last_width;
            return last;
        }
        width += columns;
        if (breaks_after(text.text[at])) {
            last = at + size;
            last_width = width;
        }
    }
    *used = width;
    return at;
}

/* Print what fits of *REST in WIDTH columns and take it away. *PAD counts the spaces that the line
 * owes: they are printed only in front of something, so that no line ends in spaces. */
static void print_piece(struct nrm_output *output, struct nrm_str *rest, size_t width, bool right,
                        size_t *pad)
{
    size_t used = 0, length = rest->length ? line_length(*rest, width, &used) : 0, shown = length;
    for (; shown > 0 && rest->text[shown - 1] == ' '; used--)
        shown--;
    size_t padding = width > used ? width - used : 0;
    *pad += right ? padding : 0;
    if (shown > 0) {
        for (; *pad > 0; --*pad)
            nrm_output_add_char(output, ' ');
        nrm_output_add(output, rest->text, shown);
    }
    *pad += (right ? 0 : padding) + GAP;
    while (length < rest->length && rest->text[length] == ' ')
        length++;
    rest->text += length;
    rest->length -= length;
}

static void print_row(const struct nrm_table *table, struct nrm_output *output, size_t row,
                      const size_t *widths, bool wrap, struct nrm_str *rest)
{
    const struct cell *cells = &table->cells[row * table->columns];
    size_t count = table->count - row * table->columns; /* the last row may be short */
    if (count > table->columns)
        count = table->columns;
    for (size_t i = 0; i < count; i++)
        rest[i] = (struct nrm_str){table->text.text + cells[i].start, cells[i].length};
    for (bool more = true; more;) {
        size_t pad = 0;
        more = false;
        for (size_t i = 0; i < count; i++) {
            bool whole = !wrap || table->right[i];
            size_t width = whole && cells[i].width > widths[i] ? cells[i].width : widths[i];
            print_piece(output, &rest[i], width, table->right[i], &pad);
            more = more || rest[i].length > 0;
        }
        nrm_output_add_char(output, '\n');
    }
}

void nrm_table_print(const struct nrm_table *table, struct nrm_output *output, size_t width)
{
    if (table->columns == 0 || table->count == 0)
        return;
    size_t *widths = nrm_calloc(table->columns, sizeof *widths);
    struct nrm_str *rest = nrm_calloc(table->columns, sizeof *rest);
    natural_widths(table, width ? SIZE_MAX : WIDEST_PADDED, widths);
    if (width)
        fit_widths(table, width, widths);
    size_t rows = (table->count + table->columns - 1) / table->columns;
    for (size_t row = 0; row < rows; row++)
        print_row(table, output, row, widths, width > 0, rest);
    free(rest);
    free(widths);
}
