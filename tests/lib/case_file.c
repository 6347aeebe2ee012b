/* Case files read and written whole: what is read, what is refused, permissions, links, and that a
 * failure leaves the old file. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nrm.h"
#include "data/case_file.h"

struct files {
    struct nrm_arena arena;
    struct nrm_sink sink;
    struct nrm_buffer messages;
    char folder[32], path[64];
};

static void keep_message(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                         const char *text)
{
    (void)level;
    (void)place;
    nrm_buffer_printf(sink->context, "%s\n", text);
}

static void begin(struct files *files, const char *text)
{
    *files = (struct files){.sink = {.tell = keep_message}, .folder = "/tmp/nrm-file.XXXXXX"};
    files->sink.context = &files->messages;
    nrm_buffer_add(&files->messages, "", 0);
    cr_assert(mkdtemp(files->folder));
    snprintf(files->path, sizeof files->path, "%s/a.yaml", files->folder);
    FILE *file = text ? fopen(files->path, "w") : NULL;
    cr_assert(!text || (file && fputs(text, file) >= 0 && fclose(file) == 0));
}

static void end(struct files *files)
{
    char command[96];
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", files->folder, files->folder);
    cr_assert_eq(system(command), 0);
    nrm_arena_free(&files->arena);
    nrm_buffer_free(&files->messages);
}

static unsigned mode_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? status.st_mode & 07777 : 0;
}

static bool holds(const char *path, const char *text)
{
    char bytes[256] = "";
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(bytes, 1, sizeof bytes - 1, file) : 0;
    if (file)
        fclose(file);
    return length == strlen(text) && strcmp(bytes, text) == 0;
}

static size_t files_in(const char *folder)
{
    char command[96];
    unsigned count = 0;
    snprintf(command, sizeof command, "ls -A %s | wc -l", folder);
    FILE *pipe = popen(command, "r");
    cr_assert(pipe && fscanf(pipe, "%u", &count) == 1);
    pclose(pipe);
    return count;
}

static const struct {
    const char *text; /* NULL: no file */
    enum nrm_case_file wanted;
    const char *message;
} readings[] = {
    {NULL, NRM_FILE_NEW, ""},
    {"id: a\n", NRM_FILE_READ, ""},
    {"", NRM_FILE_BROKEN, "there is no case in it"},
    {"# nothing\n", NRM_FILE_BROKEN, "there is no case in it"},
    {"- a\n", NRM_FILE_BROKEN, "there is no case in it"},
    {"id: a\n---\nid: b\n", NRM_FILE_BROKEN, "there are several cases in it"},
    {"id: [\n", NRM_FILE_BROKEN, ""},
    {"id: a\n---\n[\n", NRM_FILE_BROKEN, ""},
};

Test(case_file, one_case_is_read_and_nothing_else)
{
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        struct files files;
        struct nrm_node *root;
        begin(&files, readings[i].text);
        cr_expect_eq(nrm_case_file_read(&files.arena, files.path, &root, &files.sink),
                     readings[i].wanted, "row %zu", i);
        cr_expect(strstr(files.messages.text ? files.messages.text : "", readings[i].message),
                  "row %zu: %s", i, files.messages.text);
        end(&files);
    }
}

Test(case_file, a_new_file_is_its_owners_and_replaces_nothing)
{
    struct files files;
    begin(&files, NULL);
    umask(0);
    struct nrm_node *root = nrm_yaml_parse(&files.arena, NRM_STR("{id: a}"), NULL, &files.sink);
    cr_assert(nrm_case_file_write(files.path, true, root, &files.sink));
    cr_expect(holds(files.path, "--- {id: a}\n") || holds(files.path, "---\n{id: a}\n"));
    cr_expect_eq(mode_of(files.path), 0600);
    root = nrm_yaml_parse(&files.arena, NRM_STR("{id: b}"), NULL, &files.sink);
    cr_expect(!nrm_case_file_write(files.path, true, root, &files.sink));
    cr_expect(strstr(files.messages.text, "cannot be written: File exists"));
    cr_expect(!holds(files.path, "--- {id: b}\n"));
    cr_expect_eq(files_in(files.folder), 1, "no temporary file is left");
    end(&files);
}

Test(case_file, an_old_file_keeps_its_permissions)
{
    static const mode_t modes[] = {0600, 0640, 0660, 0400};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct files files;
        begin(&files, "id: a\n");
        cr_assert_eq(chmod(files.path, modes[i]), 0);
        struct nrm_node *root = nrm_yaml_parse(&files.arena, NRM_STR("id: b"), NULL, &files.sink);
        cr_assert(nrm_case_file_write(files.path, false, root, &files.sink));
        cr_expect(holds(files.path, "---\nid: b\n"));
        cr_expect_eq(mode_of(files.path), modes[i]);
        cr_expect_eq(files_in(files.folder), 1);
        end(&files);
    }
}

Test(case_file, what_a_link_points_to_is_written)
{
    struct files files;
    struct stat status;
    char link[64];
    begin(&files, "id: a\n");
    snprintf(link, sizeof link, "%s/link", files.folder);
    cr_assert_eq(symlink("a.yaml", link), 0);
    struct nrm_node *root = nrm_yaml_parse(&files.arena, NRM_STR("id: b"), NULL, &files.sink);
    cr_assert(nrm_case_file_write(link, false, root, &files.sink));
    cr_expect(lstat(link, &status) == 0 && S_ISLNK(status.st_mode));
    cr_expect(holds(files.path, "---\nid: b\n"));
    end(&files);
}

Test(case_file, failures_change_nothing)
{
    struct files files;
    char nowhere[64];
    begin(&files, "id: a\n");
    struct nrm_node *root = nrm_yaml_parse(&files.arena, NRM_STR("id: b"), NULL, &files.sink);
    snprintf(nowhere, sizeof nowhere, "%s/none/a.yaml", files.folder);
    cr_expect(!nrm_case_file_write(nowhere, true, root, &files.sink));
    cr_expect(!nrm_case_file_write(nowhere, false, root, &files.sink));
    cr_expect(strstr(files.messages.text, "cannot be written: No such file"));
    if (getuid() != 0) {
        cr_assert_eq(chmod(files.folder, 0500), 0);
        cr_expect(!nrm_case_file_write(files.path, false, root, &files.sink));
    }
    cr_expect(holds(files.path, "id: a\n"));
    end(&files);
}
