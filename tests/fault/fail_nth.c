/* Preloaded into a tool, makes one call fail: FAIL_CALL names the kind (malloc, open, read, write,
 * fsync, rename, close, interrupt, short), FAIL_NTH the number of the call, and the file FAIL_MARK
 * is made when it happens. interrupt: a read or write ends with EINTR; short: all reads and writes
 * from that one on move a few bytes only. Messages are left alone: standard error never fails. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The allocator itself, under the names that glibc keeps for this. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

enum { FEW_BYTES = 7 };

static unsigned long calls;

static bool is_kind(const char *kind)
{
    const char *wanted = getenv("FAIL_CALL");
    return wanted && strcmp(wanted, kind) == 0;
}

/* Counts a call of KIND; true where it is the one, or behind it where ALL. */
static bool strikes(const char *kind, bool all)
{
    const char *nth = getenv("FAIL_NTH"), *mark = getenv("FAIL_MARK");
    if (!is_kind(kind) || !nth || !mark)
        return false;
    unsigned long wanted = strtoul(nth, NULL, 10);
    calls++;
    if (calls == wanted)
        syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY, 0600));
    return calls == wanted || (all && calls > wanted);
}

static bool fails(const char *kind, int why)
{
    if (!strikes(kind, false))
        return false;
    errno = why;
    return true;
}

void *malloc(size_t size)
{
    return fails("malloc", ENOMEM) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails("malloc", ENOMEM) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails("malloc", ENOMEM) ? NULL : __libc_realloc(old, size);
}

ssize_t read(int fd, void *bytes, size_t size)
{
    if (fails("read", EIO) || fails("interrupt", EINTR))
        return -1;
    if (size > FEW_BYTES && strikes("short", true))
        size = FEW_BYTES;
    return syscall(SYS_read, fd, bytes, size);
}

/* What read becomes where the compiler knows the size of the buffer. */
ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room);
ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room)
{
    return read(fd, bytes, size < room ? size : room);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    if (fd != STDERR_FILENO) {
        if (fails("write", ENOSPC) || fails("interrupt", EINTR))
            return -1;
        if (size > FEW_BYTES && strikes("short", true))
            size = FEW_BYTES;
    }
    return syscall(SYS_write, fd, bytes, size);
}

static int open_at(int directory, const char *name, int flags, mode_t mode)
{
    return fails("open", EACCES) ? -1 : (int)syscall(SYS_openat, directory, name, flags, mode);
}

static mode_t mode_of(int flags, va_list arguments)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

int open(const char *name, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_at(AT_FDCWD, name, flags, mode);
}

int openat(int directory, const char *name, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_at(directory, name, flags, mode);
}

int fsync(int fd)
{
    return fails("fsync", EIO) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return fails("fsync", EIO) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int rename(const char *from, const char *to)
{
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int renameat(int from_directory, const char *from, int to_directory, const char *to)
{
    if (fails("rename", EIO))
        return -1;
    return (int)syscall(SYS_renameat2, from_directory, from, to_directory, to, 0);
}

/* As the kernel does it: the descriptor is gone even where closing fails. */
int close(int fd)
{
    bool failing = fails("close", EIO);
    int result = (int)syscall(SYS_close, fd);
    if (failing)
        errno = EIO;
    return failing ? -1 : result;
}
