/* The yardstick of the benchmarks: a bare libyaml event loop (parse an event, delete it) over
 * files, the *.yaml files of directories, or standard input, read in blocks of 64 KiB. It prints
 * how many documents and events there were. What a tool needs beyond this time is its own doing. */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

struct input {
    int fd;
    size_t start, end;
    unsigned char block[64 * 1024];
};

static unsigned long documents, events;

static int read_block(void *data, unsigned char *buffer, size_t size, size_t *size_read)
{
    struct input *input = data;
    if (input->start == input->end) {
        ssize_t got = read(input->fd, input->block, sizeof input->block);
        if (got < 0)
            return 0;
        input->start = 0;
        input->end = (size_t)got;
    }
    size_t length = input->end - input->start;
    *size_read = length < size ? length : size;
    memcpy(buffer, input->block + input->start, *size_read);
    input->start += *size_read;
    return 1;
}

static void loop_over(const char *name, int fd)
{
    static struct input input;
    input.fd = fd;
    input.start = input.end = 0;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        abort();
    yaml_parser_set_input(&parser, read_block, &input);
    for (bool going = true; going;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            fprintf(stderr, "%s:%zu: %s\n", name, parser.problem_mark.line + 1, parser.problem);
            exit(2);
        }
        events++;
        documents += event.type == YAML_DOCUMENT_END_EVENT;
        going = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static void loop_over_file(const char *name)
{
    int fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY);
    if (fd < 0) {
        perror(name);
        exit(2);
    }
    loop_over(name, fd);
    close(fd);
}

static int is_case_file(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0;
}

static void loop_over_directory(const char *name)
{
    struct dirent **entries;
    int count = scandir(name, &entries, is_case_file, alphasort);
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", name, entries[i]->d_name);
        loop_over_file(path);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct stat status;
        if (stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode))
            loop_over_directory(argv[i]);
        else
            loop_over_file(argv[i]);
    }
    if (argc < 2)
        loop_over_file("-");
    printf("%lu documents, %lu events\n", documents, events);
    return 0;
}
