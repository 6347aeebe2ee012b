/* Case files read and written whole; see case_file.h. */
#include "data/case_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/yaml.h"

static void tell(struct nrm_sink *sink, const char *path, const char *what, const char *why)
{
    struct nrm_place place = {.file = path};
    nrm_tell(sink, NRM_ERROR, &place, "%s: %s", what, why);
}

enum nrm_case_file nrm_case_file_read(struct nrm_arena *arena, const char *path,
                                      struct nrm_node **root, struct nrm_sink *sink)
{
    struct nrm_input input;
    struct nrm_node *second = NULL;
    *root = NULL;
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return NRM_FILE_NEW;
    if (!nrm_input_open(&input, path, sink))
        return NRM_FILE_BROKEN;
    struct nrm_yaml_reader *reader = nrm_yaml_reader_new(&input, sink);
    int first = nrm_yaml_read(reader, arena, root);
    int more = first == 1 ? nrm_yaml_read(reader, arena, &second) : 0;
    nrm_yaml_reader_free(reader);
    nrm_input_close(&input);
    if (first == 1 && more == 0 && (*root)->kind == NRM_MAPPING)
        return NRM_FILE_READ;
    if (first == 0 || (first == 1 && more == 0))
        tell(sink, path, "there is no case in it", "see nrm-case(5)");
    else if (more == 1)
        tell(sink, path, "there are several cases in it", "give each a file of its own");
    return NRM_FILE_BROKEN;
}

/* Write ROOT to FD and make sure that it is on the disk; 0 or an errno. */
static int write_document(int fd, const struct nrm_node *root)
{
    struct nrm_output output;
    nrm_output_init(&output, fd);
    nrm_yaml_write(&output, root);
    if (!nrm_output_finish(&output))
        return output.error;
    return fsync(fd) == 0 ? 0 : errno;
}

/* The name that is given out only once: a link to nothing that stands there already. */
static int put_in_place(const char *temporary, const char *path, bool new_file)
{
    if (!new_file)
        return rename(temporary, path) == 0 ? 0 : errno;
    if (link(temporary, path) != 0)
        return errno;
    return unlink(temporary) == 0 ? 0 : errno;
}

static int sync_directory(const char *path)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int length = slash ? (int)(slash - path) : 1;
    snprintf(directory, sizeof directory, "%.*s", length ? length : 1, slash ? path : ".");
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return error;
}

static int write_beside(const char *path, bool new_file, const struct nrm_node *root)
{
    char temporary[PATH_MAX];
    struct stat old;
    if (snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= (int)sizeof temporary)
        return ENAMETOOLONG;
    int fd = mkostemp(temporary, O_CLOEXEC); /* its owner's alone, whatever the umask */
    if (fd < 0)
        return errno;
    int error = write_document(fd, root);
    if (!error && !new_file && (stat(path, &old) != 0 || fchmod(fd, old.st_mode & 0777) != 0))
        error = errno;
    if (close(fd) != 0 && !error)
        error = errno;
    if (!error)
        error = put_in_place(temporary, path, new_file);
    if (error)
        unlink(temporary);
    return error ? error : sync_directory(path);
}

bool nrm_case_file_write(const char *path, bool new_file, const struct nrm_node *root,
                         struct nrm_sink *sink)
{
    /* what a link points to is replaced, not the link */
    char *real = new_file ? NULL : realpath(path, NULL);
    int error = new_file || real ? write_beside(real ? real : path, new_file, root) : errno;
    free(real);
    if (error)
        tell(sink, path, "cannot be written", strerror(error));
    return error == 0;
}
