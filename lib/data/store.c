/* Replacing a case file safely; see store.h. The lock is one on the file itself: after a rename the
 * name stands for another file, so whoever gets the lock looks whether it still has the right one.
 * New content goes to a hidden file beside it whose name says nothing about anybody; one that a
 * crash leaves behind is no case for those who read the directory, and the next writer clears it.
 */
#include "data/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"

enum {
    PATIENCE_MS = 30 * 1000, /* for another writer */
    PAUSE_MS = 5,
    RENAMED_TIMES = 1000,  /* the file was replaced while we waited, again and again */
    LEFTOVER_SECONDS = 60, /* a writer that takes longer fails, and loses nothing */
    TEMPORARY_NAME = 32
};

static const char temporary_start[] = ".nrm-", temporary_end[] = ".tmp";
static const char access_list[] = "system.posix_acl_access";

struct nrm_store {
    const char *name; /* as the user named it */
    int directory, file;
    char *entry;     /* in the directory */
    struct stat was; /* when it was read */
    char *text;
    size_t length;
};

static void tell(struct nrm_sink *sink, const char *name, const char *text)
{
    struct nrm_place place = {.file = name};
    nrm_tell(sink, NRM_ERROR, &place, "%s", text);
}

static void tell_errno(struct nrm_sink *sink, const char *name, const char *what, int error)
{
    struct nrm_place place = {.file = name};
    const char *hint = "";
    if (error == EACCES || error == EPERM || error == EROFS)
        hint = "; ask whoever looks after this directory for the right to write there";
    else if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        hint = "; make room and try again";
    nrm_tell(sink, NRM_ERROR, &place, "%s: %s%s", what, strerror(error), hint);
}

/* --- temporary files --- */

static bool is_temporary(const char *name)
{
    size_t length = strlen(name), start = sizeof temporary_start - 1,
           end = sizeof temporary_end - 1;
    return length > start + end && strncmp(name, temporary_start, start) == 0 &&
           strcmp(name + length - end, temporary_end) == 0;
}

/* Remove what writers left behind that were ended long ago. */
static void clear_leftovers(int directory)
{
    int again = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = again < 0 ? NULL : fdopendir(again);
    if (!stream) {
        if (again >= 0)
            close(again);
        return;
    }
    time_t now = time(NULL);
    for (struct dirent *entry; (entry = readdir(stream));) {
        struct stat status;
        if (is_temporary(entry->d_name) &&
            fstatat(directory, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode) && status.st_mtime < now - LEFTOVER_SECONDS)
            unlinkat(directory, entry->d_name, 0);
    }
    closedir(stream);
}

/* A new file for its owner alone; NAME receives what it is called. -1 and errno where there is
 * none.
 */
static int open_temporary(int directory, char name[TEMPORARY_NAME])
{
    for (int tries = 0; tries < 100; tries++) {
        uint64_t number;
        if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
            return -1;
        snprintf(name, TEMPORARY_NAME, "%s%016jx%s", temporary_start, (uintmax_t)number,
                 temporary_end);
        int file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                          S_IRUSR | S_IWUSR);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

/* 0 or an errno. */
static int write_all(int file, struct nrm_str text)
{
    while (text.length > 0) {
        ssize_t written = write(file, text.text, text.length);
        if (written < 0 && errno != EINTR)
            return errno;
        if (written > 0) {
            text.text += written;
            text.length -= (size_t)written;
        }
    }
    return 0;
}

/* Close a file that is complete. 0 or an errno. */
static int finish(int file, int error)
{
    if (!error && fsync(file) != 0)
        error = errno;
    if (close(file) != 0 && !error)
        error = errno;
    return error;
}

/* Some file systems cannot sync a directory and need not. */
static int sync_directory(int directory)
{
    return fsync(directory) == 0 || errno == EINVAL ? 0 : errno;
}

/* --- permissions --- */

/* Copy the access list of the old file; a list that the directory hands down to new files goes.
 * False: the old file has one that cannot be copied. */
static bool copy_access_list(int from, int to)
{
    char list[4096];
    ssize_t length = fgetxattr(from, access_list, list, sizeof list);
    if (length >= 0)
        return fsetxattr(to, access_list, list, (size_t)length, 0) == 0;
    if (errno == ERANGE)
        return false;
    return fremovexattr(to, access_list) == 0 || errno == ENODATA || errno == ENOTSUP;
}

/* Give the new file owner, group and permissions of the old one. Where owner or group cannot be
 * kept, nobody may do with the new file what they could not do with the old one. 0 or an errno. */
static int keep_permissions(int file, const struct nrm_store *store)
{
    struct stat fresh;
    mode_t mode = store->was.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
    if (fstat(file, &fresh) != 0)
        return errno;
    if (fresh.st_uid != store->was.st_uid || fresh.st_gid != store->was.st_gid) {
        bool group = fchown(file, (uid_t)-1, store->was.st_gid) == 0;
        (void)!fchown(file, store->was.st_uid, (gid_t)-1);
        mode_t others_as_group = (mode & S_IRWXG) >> 3;
        if (!group)
            mode &= S_IRWXU | others_as_group;
    }
    if (!copy_access_list(store->file, file))
        mode &= S_IRWXU;
    return fchmod(file, mode) == 0 ? 0 : errno;
}

/* --- opening --- */

/* Take the path of NAME apart, links resolved: the directory is opened, the last part kept. */
static bool open_directory(struct nrm_store *store, struct nrm_sink *sink)
{
    char *path = realpath(store->name, NULL);
    if (!path) {
        tell_errno(sink, store->name, "the file cannot be opened", errno);
        return false;
    }
    char *slash = strrchr(path, '/');
    size_t length = strlen(slash + 1);
    store->entry = nrm_malloc(length + 1);
    memcpy(store->entry, slash + 1, length + 1);
    slash[slash == path] = '\0';
    store->directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (store->directory < 0)
        tell_errno(sink, store->name, "its directory cannot be opened", errno);
    free(path);
    return store->directory >= 0;
}

static bool open_file(struct nrm_store *store, struct nrm_sink *sink)
{
    struct stat status;
    int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    const char *wrong = NULL;
    if (fstatat(store->directory, store->entry, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        tell_errno(sink, store->name, "the file cannot be opened", errno);
        return false;
    }
    if (S_ISDIR(status.st_mode))
        wrong = "this is a directory where a case file is needed; name a file in it, or give the "
                "directory with -d and the id of the case";
    else if (!S_ISREG(status.st_mode))
        wrong = "this is no plain file, and nothing can be added to it";
    else if (!(status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)))
        wrong = "the file is read-only; if it is to be changed, make it writable first: chmod u+w";
    if (wrong) {
        tell(sink, store->name, wrong);
        return false;
    }
    store->file = openat(store->directory, store->entry, flags);
    if (store->file < 0)
        tell_errno(sink, store->name, "the file cannot be opened for writing", errno);
    return store->file >= 0;
}

static void pause_briefly(void)
{
    struct timespec pause = {.tv_nsec = PAUSE_MS * 1000 * 1000};
    nanosleep(&pause, NULL);
}

/* Lock what is open. False, told: another writer does not end, or there are no locks here. */
static bool lock_file(struct nrm_store *store, int *patience, struct nrm_sink *sink)
{
    while (flock(store->file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            tell_errno(sink, store->name, "the file cannot be locked against other writers", errno);
            return false;
        }
        if (*patience <= 0) {
            tell(sink, store->name,
                 "another program has been writing this file for half a minute; nothing was "
                 "changed, try again later");
            return false;
        }
        *patience -= PAUSE_MS;
        pause_briefly();
    }
    return true;
}

/* Whether the name still stands for the file that is open; *NOW (may be NULL) is how it is now. */
static bool is_same_file(const struct nrm_store *store, struct stat *now)
{
    struct stat named, opened;
    if (fstat(store->file, &opened) != 0)
        return false;
    if (now)
        *now = opened;
    return fstatat(store->directory, store->entry, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

static bool open_locked(struct nrm_store *store, struct nrm_sink *sink)
{
    int patience = PATIENCE_MS;
    for (int tries = 0; tries < RENAMED_TIMES; tries++) {
        if (!open_file(store, sink) || !lock_file(store, &patience, sink))
            return false;
        if (is_same_file(store, &store->was))
            return true;
        close(store->file);
        store->file = -1;
    }
    tell(sink, store->name, "the file is being replaced all the time; nothing was changed");
    return false;
}

static bool read_file(struct nrm_store *store, struct nrm_sink *sink)
{
    if (store->was.st_size > NRM_STORE_BYTES) {
        tell(sink, store->name,
             "the file is over 256 MiB; give each case a file of its own to log events in it");
        return false;
    }
    size_t room = (size_t)store->was.st_size;
    store->text = nrm_malloc(room + 1);
    while (store->length < room) {
        ssize_t got = read(store->file, store->text + store->length, room - store->length);
        if (got < 0 && errno != EINTR) {
            tell_errno(sink, store->name, "reading failed", errno);
            return false;
        }
        if (got == 0)
            break;
        if (got > 0)
            store->length += (size_t)got;
    }
    store->text[store->length] = '\0';
    return true;
}

struct nrm_store *nrm_store_open(const char *name, struct nrm_sink *sink)
{
    struct nrm_store *store = nrm_calloc(1, sizeof *store);
    *store = (struct nrm_store){.name = name, .directory = -1, .file = -1};
    if (open_directory(store, sink) && open_locked(store, sink) && read_file(store, sink))
        return store;
    nrm_store_close(store);
    return NULL;
}

struct nrm_str nrm_store_text(const struct nrm_store *store)
{
    return (struct nrm_str){store->text, store->length};
}

void nrm_store_close(struct nrm_store *store)
{
    if (!store)
        return;
    if (store->file >= 0)
        close(store->file);
    if (store->directory >= 0)
        close(store->directory);
    free(store->entry);
    free(store->text);
    free(store);
}

/* --- writing --- */

/* A program that does not lock, an editor perhaps, saved the file since it was read. */
static bool was_changed(const struct nrm_store *store)
{
    struct stat now;
    return !is_same_file(store, &now) || now.st_size != store->was.st_size ||
           now.st_mtim.tv_sec != store->was.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != store->was.st_mtim.tv_nsec;
}

bool nrm_store_replace(struct nrm_store *store, struct nrm_str text, struct nrm_sink *sink)
{
    char temporary[TEMPORARY_NAME];
    int file = open_temporary(store->directory, temporary);
    if (file < 0) {
        tell_errno(sink, store->name, "nothing was changed, a file beside it cannot be made",
                   errno);
        return false;
    }
    int error = write_all(file, text);
    if (!error)
        error = keep_permissions(file, store);
    error = finish(file, error);
    bool changed = !error && was_changed(store);
    if (!error && !changed &&
        renameat(store->directory, temporary, store->directory, store->entry) != 0)
        error = errno;
    if (error || changed) {
        unlinkat(store->directory, temporary, 0);
        if (changed)
            tell(sink, store->name,
                 "another program saved this file just now; nothing was changed, try again");
        else
            tell_errno(sink, store->name, "nothing was changed, writing failed", error);
        return false;
    }
    error = sync_directory(store->directory);
    if (error)
        tell_errno(sink, store->name, "it was written, but may not survive a power failure", error);
    clear_leftovers(store->directory);
    return !error;
}

/* Give the file its name, unless that is taken. Not every file system knows this kind of rename,
 * and not every other one knows links. 0 or an errno. */
static int put_in_place(int directory, const char *temporary, const char *name)
{
    if (renameat2(directory, temporary, directory, name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (linkat(directory, temporary, directory, name, 0) != 0)
        return errno;
    return unlinkat(directory, temporary, 0) == 0 ? 0 : errno;
}

static int create(int directory, const char *name, struct nrm_str text)
{
    char temporary[TEMPORARY_NAME];
    int file = open_temporary(directory, temporary);
    if (file < 0)
        return errno;
    int error = write_all(file, text);
    /* a list that the directory hands down to new files would let others in */
    if (!error && fremovexattr(file, access_list) != 0 && errno != ENODATA && errno != ENOTSUP)
        error = errno;
    if (!error && fchmod(file, S_IRUSR | S_IWUSR) != 0)
        error = errno;
    error = finish(file, error);
    if (!error)
        error = put_in_place(directory, temporary, name);
    if (error)
        unlinkat(directory, temporary, 0);
    return error ? error : sync_directory(directory);
}

enum nrm_store_made nrm_store_create(const char *directory, const char *name, struct nrm_str text,
                                     struct nrm_sink *sink)
{
    int opened = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) {
        tell_errno(sink, directory, "the directory cannot be opened", errno);
        return NRM_STORE_FAILED;
    }
    int error = create(opened, name, text);
    if (error && error != EEXIST)
        tell_errno(sink, directory, "the new file was not written", error);
    if (!error)
        clear_leftovers(opened);
    close(opened);
    return !error ? NRM_STORE_MADE : error == EEXIST ? NRM_STORE_EXISTS : NRM_STORE_FAILED;
}
