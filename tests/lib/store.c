/* Case files on the disk: who may write, what stays of the old file, two writers, failures. */
#include "data/store.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

struct room {
    char directory[32];
    char path[64]; /* of the last file named */
    struct nrm_sink sink;
    struct nrm_buffer told;
};

static void hear(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                 const char *text)
{
    struct room *room = sink->context;
    cr_expect_eq(level, NRM_ERROR);
    cr_expect_not_null(place);
    nrm_buffer_printf(&room->told, "%s\n", text);
}

static void start(struct room *room)
{
    *room = (struct room){.directory = "/tmp/nrm-store.XXXXXX"};
    cr_assert(mkdtemp(room->directory));
    room->sink = (struct nrm_sink){.tell = hear, .context = room};
    nrm_buffer_add(&room->told, "", 0);
    umask(0);
}

static void end(struct room *room)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", room->directory);
    cr_assert_eq(system(command), 0);
    nrm_buffer_free(&room->told);
}

static const char *path_of(struct room *room, const char *name)
{
    snprintf(room->path, sizeof room->path, "%s/%s", room->directory, name);
    return room->path;
}

static const char *put(struct room *room, const char *name, const char *text, mode_t mode)
{
    const char *path = path_of(room, name);
    FILE *file = fopen(path, "w");
    cr_assert(file);
    fputs(text, file);
    fclose(file);
    cr_assert_eq(chmod(path, mode), 0);
    return path;
}

/* What the file holds, in a buffer of this function. */
static const char *get(struct room *room, const char *name)
{
    static char text[4096];
    FILE *file = fopen(path_of(room, name), "r");
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[length] = '\0';
    if (file)
        fclose(file);
    return file ? text : "(none)";
}

static mode_t mode_of(struct room *room, const char *name)
{
    struct stat status;
    cr_assert_eq(stat(path_of(room, name), &status), 0);
    return status.st_mode & 07777;
}

static size_t entries(struct room *room)
{
    DIR *stream = opendir(room->directory);
    size_t count = 0;
    while (readdir(stream))
        count++;
    closedir(stream);
    return count - 2;
}

static void age(struct room *room, const char *name)
{
    struct timespec times[2] = {{.tv_sec = time(NULL) - 3600}, {.tv_sec = time(NULL) - 3600}};
    cr_assert_eq(utimensat(AT_FDCWD, path_of(room, name), times, 0), 0);
}

static bool replace(struct room *room, const char *name, const char *text)
{
    struct nrm_store *store = nrm_store_open(path_of(room, name), &room->sink);
    bool done = store && nrm_store_replace(store, nrm_str(text), &room->sink);
    nrm_store_close(store);
    return done;
}

Test(store, reads_and_replaces)
{
    static const mode_t modes[] = {0600, 0640, 0644, 0666, 0620, 0400 | 0200, 0777, 04711};
    struct room room;
    start(&room);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct nrm_store *store =
            nrm_store_open(put(&room, "a.yaml", "old\n", modes[i]), &room.sink);
        cr_assert(store, "%s", room.told.text);
        cr_expect_str_eq(nrm_store_text(store).text, "old\n");
        cr_expect_eq(nrm_store_text(store).length, 4);
        cr_expect(nrm_store_replace(store, NRM_STR("new\n"), &room.sink));
        nrm_store_close(store);
        cr_expect_str_eq(get(&room, "a.yaml"), "new\n");
        cr_expect_eq(mode_of(&room, "a.yaml"), modes[i] & 0777, "%o", modes[i]);
    }
    cr_expect(replace(&room, "a.yaml", ""));
    cr_expect_str_eq(get(&room, "a.yaml"), "", "an empty file as well");
    cr_expect_eq(entries(&room), 1, "nothing is left beside it");
    cr_expect_eq(room.told.length, 0);
    end(&room);
}

Test(store, makes_new_files)
{
    struct room room;
    start(&room);
    cr_expect_eq(nrm_store_create(room.directory, "a.yaml", NRM_STR("one\n"), &room.sink),
                 NRM_STORE_MADE);
    cr_expect_eq(mode_of(&room, "a.yaml"), 0600, "for its owner alone, whatever the umask");
    cr_expect_eq(nrm_store_create(room.directory, "a.yaml", NRM_STR("two\n"), &room.sink),
                 NRM_STORE_EXISTS);
    cr_expect_str_eq(get(&room, "a.yaml"), "one\n", "never overwritten");
    cr_assert_eq(symlink("nowhere", path_of(&room, "b.yaml")), 0);
    cr_expect_eq(nrm_store_create(room.directory, "b.yaml", NRM_STR("two\n"), &room.sink),
                 NRM_STORE_EXISTS, "a link to nothing takes the name as well");
    cr_expect_eq(entries(&room), 2);
    cr_expect_eq(room.told.length, 0);
    cr_expect_eq(nrm_store_create(path_of(&room, "none"), "a.yaml", NRM_STR(""), &room.sink),
                 NRM_STORE_FAILED);
    cr_expect_neq(room.told.length, 0);
    end(&room);
}

Test(store, follows_links)
{
    struct room room;
    start(&room);
    put(&room, "real.yaml", "old\n", 0600);
    cr_assert_eq(mkdir(path_of(&room, "sub"), 0700), 0);
    cr_assert_eq(symlink("../real.yaml", path_of(&room, "sub/link.yaml")), 0);
    cr_expect(replace(&room, "sub/link.yaml", "new\n"));
    struct stat status;
    cr_expect_eq(lstat(path_of(&room, "sub/link.yaml"), &status), 0);
    cr_expect(S_ISLNK(status.st_mode), "the link stays a link");
    cr_expect_str_eq(get(&room, "real.yaml"), "new\n");
    cr_assert_eq(symlink("loop.yaml", path_of(&room, "loop.yaml")), 0);
    cr_expect_not(replace(&room, "loop.yaml", "new\n"));
    cr_assert_eq(symlink("nowhere", path_of(&room, "lost.yaml")), 0);
    cr_expect_not(replace(&room, "lost.yaml", "new\n"));
    end(&room);
}

Test(store, refuses)
{
    struct room room;
    start(&room);
    cr_expect_not(replace(&room, "none.yaml", "new\n"));
    cr_expect(strstr(room.told.text, "No such file"), "%s", room.told.text);
    nrm_buffer_clear(&room.told);
    cr_expect_not(replace(&room, "", "new\n"));
    cr_expect(strstr(room.told.text, "this is a directory"), "%s", room.told.text);
    nrm_buffer_clear(&room.told);
    cr_assert_eq(mkfifo(path_of(&room, "pipe.yaml"), 0600), 0);
    cr_expect_not(replace(&room, "pipe.yaml", "new\n"));
    cr_expect(strstr(room.told.text, "no plain file"), "%s", room.told.text);
    nrm_buffer_clear(&room.told);
    put(&room, "closed.yaml", "old\n", 0444);
    cr_expect_not(replace(&room, "closed.yaml", "new\n"));
    cr_expect(strstr(room.told.text, "read-only"), "%s", room.told.text);
    cr_expect_str_eq(get(&room, "closed.yaml"), "old\n");
    cr_expect_not(nrm_store_open("", &room.sink));
    cr_expect_not(nrm_store_open("/dev/null", &room.sink));
    end(&room);
}

/* As another person, who may read the directory but not write there. */
Test(store, read_only_directory)
{
    struct room room;
    start(&room);
    put(&room, "a.yaml", "old\n", 0666);
    cr_assert_eq(chmod(room.directory, 0555), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && seteuid(65534) != 0)
            _exit(3);
        bool refused = !replace(&room, "a.yaml", "new\n") &&
                       strstr(room.told.text, "nothing was changed") &&
                       nrm_store_create(room.directory, "b.yaml", NRM_STR("x"), &room.sink) ==
                           NRM_STORE_FAILED;
        _exit(refused ? 0 : 1);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %x", status);
    cr_expect_str_eq(get(&room, "a.yaml"), "old\n");
    cr_expect_eq(entries(&room), 1);
    cr_assert_eq(chmod(room.directory, 0700), 0);
    end(&room);
}

/* An access list of the directory must not let others into a file that had none. */
Test(store, access_lists)
{
    static const unsigned char list[] = {
        2, 0,    0,    0,    1,    0,    7,    0, 0xff, 0xff, 0xff, 0xff, 2,    0,    7,
        0, 0xe8, 3,    0,    0,    4,    0,    0, 0,    0xff, 0xff, 0xff, 0xff, 0x10, 0,
        7, 0,    0xff, 0xff, 0xff, 0xff, 0x20, 0, 0,    0,    0xff, 0xff, 0xff, 0xff};
    struct room room;
    char found[64];
    start(&room);
    put(&room, "a.yaml", "old\n", 0640);
    if (setxattr(room.directory, "system.posix_acl_default", list, sizeof list, 0) == 0) {
        cr_expect(replace(&room, "a.yaml", "new\n"));
        cr_expect_eq(mode_of(&room, "a.yaml"), 0640);
        cr_expect_lt(
            getxattr(path_of(&room, "a.yaml"), "system.posix_acl_access", found, sizeof found), 0,
            "no list came up");
        nrm_store_create(room.directory, "b.yaml", NRM_STR("x"), &room.sink);
        cr_expect_lt(
            getxattr(path_of(&room, "b.yaml"), "system.posix_acl_access", found, sizeof found), 0,
            "nor with a new file");
        cr_assert_eq(
            setxattr(path_of(&room, "a.yaml"), "system.posix_acl_access", list, sizeof list, 0), 0);
        cr_expect(replace(&room, "a.yaml", "newer\n"));
        cr_expect_eq(
            getxattr(path_of(&room, "a.yaml"), "system.posix_acl_access", found, sizeof found),
            (ssize_t)sizeof list, "an own list stays");
        cr_expect_eq(memcmp(found, list, sizeof list), 0);
    }
    end(&room);
}

Test(store, clears_leftovers)
{
    struct room room;
    start(&room);
    put(&room, "a.yaml", "old\n", 0600);
    put(&room, ".nrm-00000000000000ff.tmp", "half", 0600);
    age(&room, ".nrm-00000000000000ff.tmp");
    put(&room, ".nrm-00000000000000aa.tmp", "being written", 0600);
    put(&room, ".nrm-notes.yaml", "somebody's", 0600);
    age(&room, ".nrm-notes.yaml");
    put(&room, "nrm-0.tmp", "somebody's", 0600);
    age(&room, "nrm-0.tmp");
    cr_expect(replace(&room, "a.yaml", "new\n"));
    cr_expect_str_eq(get(&room, ".nrm-00000000000000ff.tmp"), "(none)");
    cr_expect_str_eq(get(&room, ".nrm-00000000000000aa.tmp"), "being written");
    cr_expect_eq(entries(&room), 4);
    end(&room);
}

/* An editor that does not lock saved meanwhile, in place or by renaming. */
Test(store, notices_other_programs)
{
    struct room room;
    start(&room);
    for (int renames = 0; renames < 2; renames++) {
        struct nrm_store *store = nrm_store_open(put(&room, "a.yaml", "old\n", 0600), &room.sink);
        put(&room, renames ? "b.yaml" : "a.yaml", "edited\n", 0600);
        char from[64];
        snprintf(from, sizeof from, "%s/b.yaml", room.directory);
        if (renames)
            cr_assert_eq(rename(from, path_of(&room, "a.yaml")), 0);
        nrm_buffer_clear(&room.told);
        cr_expect_not(nrm_store_replace(store, NRM_STR("new\n"), &room.sink));
        cr_expect(strstr(room.told.text, "another program saved this file"), "%s", room.told.text);
        nrm_store_close(store);
        cr_expect_str_eq(get(&room, "a.yaml"), "edited\n");
        cr_expect_eq(entries(&room), 1);
    }
    end(&room);
}

Test(store, full_disk)
{
    struct room room;
    struct rlimit limit = {.rlim_cur = 4096, .rlim_max = RLIM_INFINITY};
    char *large = malloc(8193);
    memset(large, 'x', 8192);
    large[8192] = '\0';
    start(&room);
    put(&room, "a.yaml", "old\n", 0600);
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_expect_not(replace(&room, "a.yaml", large));
    bool told = strstr(room.told.text, "nothing was changed, writing failed") != NULL;
    nrm_buffer_clear(&room.told);
    cr_expect_eq(nrm_store_create(room.directory, "b.yaml", nrm_str(large), &room.sink),
                 NRM_STORE_FAILED);
    limit.rlim_cur = RLIM_INFINITY;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_expect(told);
    cr_expect(strstr(room.told.text, "the new file was not written: "), "%s", room.told.text);
    cr_expect_str_eq(get(&room, "a.yaml"), "old\n");
    cr_expect_eq(entries(&room), 1);
    free(large);
    end(&room);
}

/* Each child adds its letter so many times; no letter is lost. */
Test(store, many_writers, .timeout = 60)
{
    enum { WRITERS = 8, TIMES = 10 };
    struct room room;
    int status;
    start(&room);
    put(&room, "a.yaml", "", 0600);
    for (int i = 0; i < WRITERS; i++) {
        if (fork() > 0)
            continue;
        for (int k = 0; k < TIMES; k++) {
            char text[WRITERS * TIMES + 2];
            struct nrm_store *store = nrm_store_open(path_of(&room, "a.yaml"), &room.sink);
            if (!store)
                _exit(1);
            struct nrm_str old = nrm_store_text(store);
            memcpy(text, old.text, old.length);
            text[old.length] = (char)('a' + i);
            text[old.length + 1] = '\0';
            if (!nrm_store_replace(store, nrm_str(text), &room.sink))
                _exit(1);
            nrm_store_close(store);
        }
        _exit(0);
    }
    for (int i = 0; i < WRITERS; i++) {
        cr_assert_gt(wait(&status), 0);
        cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    const char *text = get(&room, "a.yaml");
    cr_expect_eq(strlen(text), WRITERS * TIMES);
    for (int i = 0; i < WRITERS; i++) {
        int count = 0;
        for (const char *at = text; *at; at++)
            count += *at == 'a' + i;
        cr_expect_eq(count, TIMES, "writer %d: %d", i, count);
    }
    cr_expect_eq(entries(&room), 1);
    end(&room);
}

/* A writer that is killed leaves no lock. */
Test(store, killed_writer, .timeout = 20)
{
    struct room room;
    int ready[2];
    char byte;
    start(&room);
    put(&room, "a.yaml", "old\n", 0600);
    cr_assert_eq(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        nrm_store_open(path_of(&room, "a.yaml"), &room.sink);
        (void)!write(ready[1], "x", 1);
        pause();
    }
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    cr_assert_eq(kill(child, SIGKILL), 0);
    cr_assert_eq(waitpid(child, NULL, 0), child);
    cr_expect(replace(&room, "a.yaml", "new\n"));
    cr_expect_str_eq(get(&room, "a.yaml"), "new\n");
    end(&room);
}
