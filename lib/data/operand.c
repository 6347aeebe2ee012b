/* Looking at operands; see operand.h. */
#include "data/operand.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

#include "data/cell.h"

enum { LOOK_SIZE = 16 * 1024 };

static bool has_ending(const char *path, const char *ending)
{
    size_t length = strlen(path), wanted = strlen(ending);
    return length > wanted && strcasecmp(path + length - wanted, ending) == 0;
}

/* The first line that is neither blank nor a comment. */
static struct nrm_str first_line(struct nrm_str text)
{
    struct nrm_str line = {text.text, 0};
    for (size_t start = 0; start < text.length; start += line.length + 1) {
        line.text = text.text + start;
        const char *end = memchr(line.text, '\n', text.length - start);
        line.length = end ? (size_t)(end - line.text) : text.length - start;
        struct nrm_str shown = nrm_cell_trim(line);
        if (shown.length > 0 && shown.text[0] != '#' && shown.text[0] != '\r')
            return shown;
    }
    return (struct nrm_str){line.text, 0};
}

/* Whether the first line of a file is that of a table. YAML begins a document or has a key and a
 * colon there; a table has neither, and nearly always a separator. */
static bool looks_like_table(struct nrm_str text)
{
    struct nrm_str line = first_line(text);
    if (line.length == 0 || strchr("-%{[!&?", line.text[0]))
        return false;
    bool separated = false, quoted = false;
    for (size_t i = 0; i < line.length; i++) {
        char c = line.text[i];
        quoted ^= c == '"';
        if (quoted)
            continue;
        separated |= c == ',' || c == ';' || c == '\t';
        if (c == ':' && (i + 1 == line.length || strchr(" \t\r", line.text[i + 1])))
            return false;
    }
    return separated || memchr(line.text, ':', line.length) == NULL;
}

/* Whether the header that TEXT begins with has the columns id, at and type. */
static bool has_events_header(struct nrm_str text)
{
    static const char *const wanted[] = {"id", "at", "type"};
    struct nrm_input input;
    nrm_input_memory(&input, "", text.text, text.length, NULL);
    struct nrm_csv_reader *csv = nrm_csv_reader_new(&input, 0, NULL);
    struct nrm_arena arena = {0};
    struct nrm_csv_record header;
    unsigned found = 0;
    if (nrm_csv_read(csv, &arena, &header) == 1)
        for (size_t i = 0; i < header.count; i++)
            for (unsigned k = 0; k < 3; k++)
                if (nrm_str_is(nrm_cell_trim(header.fields[i].text), wanted[k]))
                    found |= 1u << k;
    nrm_arena_free(&arena);
    nrm_csv_reader_free(csv);
    nrm_input_close(&input);
    return found == 7;
}

static enum nrm_operand_kind kind_by_content(struct nrm_operand *operand,
                                             const struct nrm_reader_options *options,
                                             bool is_table)
{
    char *look = nrm_malloc(LOOK_SIZE);
    struct nrm_str text = {look, nrm_input_peek(&operand->input, look, LOOK_SIZE)};
    enum nrm_operand_kind kind = NRM_OPERAND_YAML;
    if (is_table || looks_like_table(text)) {
        kind = NRM_OPERAND_TABLE;
        if (!options->map && has_events_header(text))
            kind = NRM_OPERAND_EVENTS;
    }
    free(look);
    return kind;
}

void nrm_operand_settle(struct nrm_operand *operand, const struct nrm_reader_options *options)
{
    struct stat status;
    bool standard = strcmp(operand->path, "-") == 0;
    bool there = standard ? fstat(0, &status) == 0 : stat(operand->path, &status) == 0;
    bool named_yaml = has_ending(operand->path, ".yaml") || has_ending(operand->path, ".yml");
    bool automatic = options->format == NRM_FORMAT_AUTO;
    bool is_table =
        options->format == NRM_FORMAT_CSV || (automatic && has_ending(operand->path, ".csv"));
    operand->kind = NRM_OPERAND_YAML;
    if (there && !standard && S_ISDIR(status.st_mode)) {
        operand->kind = NRM_OPERAND_DIRECTORY;
    } else if (options->format == NRM_FORMAT_EVENTS) {
        operand->kind = NRM_OPERAND_EVENTS;
    } else if (is_table && options->map) {
        operand->kind = NRM_OPERAND_TABLE;
    } else if (is_table || (automatic && !named_yaml)) {
        bool again = !standard && (!there || S_ISREG(status.st_mode));
        if (!nrm_input_open(&operand->input, operand->path, again ? NULL : options->sink)) {
            operand->kind = again ? NRM_OPERAND_YAML : NRM_OPERAND_BROKEN;
            return;
        }
        operand->input.sink = options->sink; /* a read error must not pass for a kind */
        operand->kind = (uint8_t)kind_by_content(operand, options, is_table);
        if (operand->input.failed)
            operand->kind = NRM_OPERAND_BROKEN;
        operand->open = !again && !operand->input.failed;
        if (!operand->open)
            nrm_input_close(&operand->input);
    }
}

static bool is_case_file(const char *directory, const struct dirent *entry)
{
    if (entry->d_name[0] == '.' ||
        !(has_ending(entry->d_name, ".yaml") || has_ending(entry->d_name, ".yml")))
        return false;
    if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
        return entry->d_type == DT_REG;
    struct nrm_buffer path = {0};
    nrm_buffer_printf(&path, "%s/%s", directory, entry->d_name);
    struct stat status;
    bool plain = stat(path.text, &status) != 0 || S_ISREG(status.st_mode);
    nrm_buffer_free(&path);
    return plain;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool nrm_directory_files(struct nrm_arena *arena, const char *directory, struct nrm_sink *sink,
                         const char ***files, size_t *count)
{
    struct nrm_place place = {directory, 0, 0};
    DIR *stream = opendir(directory);
    size_t room = 0, length = strlen(directory);
    const char *slash = length > 0 && directory[length - 1] == '/' ? "" : "/";
    const char **found = NULL;
    *count = 0;
    errno = 0;
    for (struct dirent *entry; stream && (entry = readdir(stream)); errno = 0) {
        if (!is_case_file(directory, entry))
            continue;
        if (*count == room)
            found = nrm_realloc(found, room = room ? room * 2 : 64, sizeof *found);
        found[(*count)++] = nrm_arena_printf(arena, "%s%s%s", directory, slash, entry->d_name);
    }
    int error = errno;
    if (stream)
        closedir(stream);
    if (error)
        nrm_tell(sink, NRM_ERROR, &place, "the directory cannot be read: %s", strerror(error));
    else if (*count == 0)
        nrm_tell(sink, NRM_ERROR, &place,
                 "the directory has no case files: they are named ID.yaml and lie directly in it");
    else
        qsort(found, *count, sizeof *found, compare_paths);
    *files = *count > 0 ? nrm_arena_array(arena, *count, sizeof **files) : NULL;
    if (*count > 0)
        memcpy(*files, found, *count * sizeof **files);
    free(found);
    return !error && *count > 0;
}
