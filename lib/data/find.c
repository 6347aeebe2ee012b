/* Where maps and profiles are looked for; see find.h. */
#include "data/find.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef NRM_DATADIR
#define NRM_DATADIR "/usr/local/share/nrm"
#endif

/* Calls EACH for every directory to look in, in order, until it returns true. */
struct visit {
    bool (*each)(struct visit *visit, struct nrm_str directory);
    struct nrm_arena *arena;
    const char *folder;
    struct nrm_str name;
    const char *found;
};

/* The top of the source tree that the running program was built in: build/bin lies two below it. */
static bool built_in(char *directory, size_t room)
{
    static const char suffix[] = "/build/bin";
    ssize_t length = readlink("/proc/self/exe", directory, room - 1);
    if (length <= 0)
        return false;
    directory[length] = '\0';
    char *slash = strrchr(directory, '/');
    if (!slash || (size_t)(slash - directory) < sizeof suffix - 1)
        return false;
    char *start = slash - (sizeof suffix - 1);
    if (strncmp(start, suffix, sizeof suffix - 1) != 0)
        return false;
    *start = '\0';
    return true;
}

static void visit_directories(struct visit *visit)
{
    const char *path = getenv("NRM_PATH");
    while (path && *path) {
        size_t length = strcspn(path, ":");
        if (length > 0 && visit->each(visit, (struct nrm_str){path, length}))
            return;
        path += length + (path[length] == ':');
    }
    char directory[4096];
    if (built_in(directory, sizeof directory) && visit->each(visit, nrm_str(directory)))
        return;
    visit->each(visit, nrm_str(NRM_DATADIR));
}

static bool try_directory(struct visit *visit, struct nrm_str directory)
{
    char *file =
        nrm_arena_printf(visit->arena, "%.*s/%s/%.*s.yaml", (int)directory.length, directory.text,
                         visit->folder, (int)visit->name.length, visit->name.text);
    if (access(file, F_OK) != 0)
        return false;
    visit->found = file;
    return true;
}

const char *nrm_find(struct nrm_arena *arena, const char *folder, struct nrm_str name)
{
    if (name.length == 0 || memchr(name.text, '\0', name.length))
        return NULL;
    if (memchr(name.text, '/', name.length))
        return nrm_arena_copy(arena, name.text, name.length);
    struct visit visit = {try_directory, arena, folder, name, NULL};
    visit_directories(&visit);
    return visit.found;
}

static bool add_directory(struct visit *visit, struct nrm_str directory)
{
    visit->found = nrm_arena_printf(visit->arena, "%s%s%.*s/%s", visit->found ? visit->found : "",
                                    visit->found ? ", " : "", (int)directory.length, directory.text,
                                    visit->folder);
    return false;
}

const char *nrm_find_places(struct nrm_arena *arena, const char *folder)
{
    struct visit visit = {add_directory, arena, folder, {NULL, 0}, NULL};
    visit_directories(&visit);
    return visit.found;
}

/* The name of a knowledge file without its ending; false for other files. */
static bool is_knowledge(const char *file, struct nrm_str *name)
{
    size_t length = strlen(file);
    *name = (struct nrm_str){file, length > 5 ? length - 5 : 0};
    return file[0] != '.' && length > 5 && strcmp(file + length - 5, ".yaml") == 0;
}

static bool open_folder(struct visit *visit, struct nrm_str directory)
{
    char *path = nrm_arena_printf(visit->arena, "%.*s/%s", (int)directory.length, directory.text,
                                  visit->folder);
    if (access(path, R_OK | X_OK) != 0)
        return false;
    visit->found = path;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *nrm_find_all(struct nrm_arena *arena, const char *folder, size_t *count)
{
    struct visit visit = {open_folder, arena, folder, {NULL, 0}, NULL};
    const char **names = NULL;
    size_t room = 0;
    struct nrm_str name;
    *count = 0;
    visit_directories(&visit);
    DIR *directory = visit.found ? opendir(visit.found) : NULL;
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        if (!is_knowledge(entry->d_name, &name))
            continue;
        if (*count == room) {
            const char **more = nrm_arena_array(arena, room = room ? 2 * room : 32, sizeof *more);
            if (*count)
                memcpy(more, names, *count * sizeof *names);
            names = more;
        }
        names[(*count)++] = nrm_arena_copy(arena, name.text, name.length);
    }
    if (directory)
        closedir(directory);
    if (*count)
        qsort(names, *count, sizeof *names, compare_names);
    return names;
}
