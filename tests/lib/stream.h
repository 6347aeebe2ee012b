/* For tests of the case stream: files made from text, read through the case reader, written again
 * through the case writer; messages kept. */
#ifndef NRM_TESTS_STREAM_H
#define NRM_TESTS_STREAM_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nrm.h"

struct stream {
    char directory[32];
    struct nrm_arena arena;
    struct nrm_sink sink;
    struct nrm_buffer messages; /* "FILE:LINE:COLUMN: LEVEL: TEXT", one line each */
    struct nrm_reader_options options;
    enum nrm_out_format format; /* to write in */
    struct nrm_output output;   /* what was written */
    int result;                 /* the last of nrm_reader_next */
    bool failed;
};

static void stream_tell(struct nrm_sink *sink, enum nrm_level level, const struct nrm_place *place,
                        const char *text)
{
    static const char *const levels[] = {"note", "warning", "error"};
    struct stream *stream = sink->context;
    const char *slash = place && place->file ? strrchr(place->file, '/') : NULL;
    if (place && place->file)
        nrm_buffer_printf(&stream->messages, "%s:%u:%u: ", slash ? slash + 1 : place->file,
                          place->line, place->column);
    nrm_buffer_printf(&stream->messages, "%s: %s\n", levels[level], text);
}

static inline void stream_start(struct stream *stream)
{
    *stream = (struct stream){.directory = "/tmp/nrm-stream.XXXXXX"};
    cr_assert(mkdtemp(stream->directory));
    stream->sink = (struct nrm_sink){.tell = stream_tell, .context = stream};
    stream->options.sink = &stream->sink;
    nrm_output_init(&stream->output, -1);
}

/* A path in the stream's own directory. */
static inline const char *stream_path(struct stream *stream, const char *name)
{
    return nrm_arena_printf(&stream->arena, "%s/%s", stream->directory, name);
}

static inline const char *stream_file(struct stream *stream, const char *name, const char *text)
{
    const char *path = stream_path(stream, name);
    FILE *file = fopen(path, "w");
    cr_assert(file);
    fputs(text, file);
    fclose(file);
    return path;
}

/* Read PATHS (up to a NULL) and write what comes; messages and output start anew. */
static inline void stream_read(struct stream *stream, const char *const *paths)
{
    size_t count = 0;
    struct nrm_case *c;
    while (paths[count])
        count++;
    nrm_buffer_clear(&stream->messages);
    nrm_buffer_clear(&stream->output.buffer);
    struct nrm_reader *reader = nrm_reader_new(paths, count, &stream->options);
    struct nrm_writer *writer = nrm_writer_new(&stream->output, stream->format, &stream->sink);
    while ((stream->result = nrm_reader_next(reader, &c)) == 1)
        nrm_writer_add(writer, c);
    stream->failed = nrm_reader_failed(reader);
    nrm_writer_finish(writer);
    nrm_reader_free(reader);
}

static inline const char *stream_output(const struct stream *stream)
{
    return stream->output.buffer.text ? stream->output.buffer.text : "";
}

static inline const char *stream_messages(const struct stream *stream)
{
    return stream->messages.text ? stream->messages.text : "";
}

static inline void stream_end(struct stream *stream)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", stream->directory);
    cr_assert_eq(system(command), 0);
    nrm_output_finish(&stream->output);
    nrm_buffer_free(&stream->messages);
    nrm_arena_free(&stream->arena);
}

#endif
