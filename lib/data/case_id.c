/* Ids and file names; see case_id.h. */
#include "data/case_id.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { LONGEST = 64, MOST = 99999999 };

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

const char *nrm_case_id_fault(struct nrm_str id)
{
    if (id.length == 0)
        return "an id is needed, as 2026-0042";
    if (id.length > LONGEST)
        return "an id has at most 64 characters";
    if (id.text[0] == '.' || id.text[0] == '-')
        return "an id starts with a letter or a digit";
    for (size_t i = 0; i < id.length; i++)
        if (!strchr(letters, id.text[i]))
            return "an id is made of letters from a to z, digits, dots, dashes and underlines, as "
                   "2026-0042; it is no name of a person";
    return NULL;
}

const char *nrm_case_file(struct nrm_arena *arena, const char *directory, struct nrm_str id,
                          struct nrm_sink *sink)
{
    size_t length = strlen(directory);
    const char *slash = length && directory[length - 1] == '/' ? "" : "/";
    if (!id.length || id.length > 250 || id.text[0] == '.' || memchr(id.text, '/', id.length)) {
        nrm_tell(
            sink, NRM_ERROR, NULL,
            "with -d the case is given by its id, which is the name of its file without .yaml");
        return NULL;
    }
    const char *path =
        nrm_arena_printf(arena, "%s%s%.*s.yaml", directory, slash, (int)id.length, id.text);
    const char *other =
        nrm_arena_printf(arena, "%s%s%.*s.yml", directory, slash, (int)id.length, id.text);
    return access(path, F_OK) != 0 && access(other, F_OK) == 0 ? other : path;
}

/* The number in a name YEAR-NUMBER.yaml or .yml; 0 where it is none. */
static unsigned long number_of(const char *name, const char *year, size_t year_length)
{
    char *end;
    if (strncmp(name, year, year_length) != 0 || name[year_length] < '0' || name[year_length] > '9')
        return 0;
    errno = 0;
    unsigned long number = strtoul(name + year_length, &end, 10);
    bool file = strcmp(end, ".yaml") == 0 || strcmp(end, ".yml") == 0;
    return file && errno == 0 && number <= MOST ? number : 0;
}

unsigned nrm_case_next_number(const char *directory, int year, struct nrm_sink *sink)
{
    struct nrm_place place = {.file = directory};
    struct nrm_buffer start = {0};
    unsigned long highest = 0;
    DIR *stream = opendir(directory);
    nrm_buffer_printf(&start, "%04d-", year);
    errno = stream ? 0 : errno;
    for (struct dirent *entry; stream && (entry = readdir(stream)); errno = 0) {
        unsigned long number = number_of(entry->d_name, start.text, start.length);
        highest = number > highest ? number : highest;
    }
    int error = errno;
    if (stream)
        closedir(stream);
    nrm_buffer_free(&start);
    if (error)
        nrm_tell(sink, NRM_ERROR, &place, "the directory cannot be read: %s", strerror(error));
    else if (highest == MOST)
        nrm_tell(sink, NRM_ERROR, &place, "there are no numbers left in this year; give an id");
    return error || highest == MOST ? 0 : (unsigned)highest + 1;
}
