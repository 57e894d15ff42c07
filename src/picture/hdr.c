#include "picture/hdr.h"

#include <stdio.h>
#include <string.h>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#include <stb/stb_image_write.h>

static const char signature[] = "#?RADIANCE\n";

/* stb_image_write writes whole pictures: each row is one to it, of which the header is taken off.
 * It packs every row by itself, so that the file is the same as of the whole. */
struct sink {
    struct hdr_stream *s;
    struct error *err;
    char head[256];
    size_t head_size;
    bool in_head, ok;
};

/* The notes go behind the first line, and the last line is that of the whole picture. */
static bool put_head(const struct sink *k)
{
    const struct hdr_stream *s = k->s;
    const char *rest = k->head + sizeof signature - 1, *size = strstr(k->head, "\n-Y ");
    char line[64];
    int length = snprintf(line, sizeof line, "\n-Y %d +X %d\n", s->height, s->width);
    if (strncmp(k->head, signature, sizeof signature - 1) != 0 || !size)
        return error_set(k->err, ERROR_FAILED, "the picture does not begin as Radiance");
    return file_writer_put(s->out, signature, sizeof signature - 1, k->err) &&
           file_writer_put(s->out, s->notes, strlen(s->notes), k->err) &&
           file_writer_put(s->out, rest, (size_t)(size - rest), k->err) &&
           file_writer_put(s->out, line, (size_t)length, k->err);
}

/* Takes a byte of the header, which ends with the line after the empty one. */
static bool take_head(struct sink *k, char byte)
{
    if (k->head_size + 1 >= sizeof k->head)
        return error_set(k->err, ERROR_FAILED, "the header of the picture is not as expected");
    k->head[k->head_size++] = byte;
    const char *empty = byte == '\n' ? strstr(k->head, "\n\n") : NULL;
    k->in_head = !empty || empty + 2 == k->head + k->head_size;
    return k->in_head || k->s->y > 0 || put_head(k);
}

static void put(void *user, void *data, int size)
{
    struct sink *k = user;
    const char *bytes = data;
    size_t count = (size_t)size;
    for (; k->ok && k->in_head && count > 0; count--)
        k->ok = take_head(k, *bytes++);
    k->ok = k->ok && file_writer_put(k->s->out, bytes, count, k->err);
}

void hdr_stream_init(struct hdr_stream *s, struct file_writer *out, int width, int height,
                     const char *notes)
{
    *s = (struct hdr_stream){.out = out, .notes = notes, .width = width, .height = height};
}

static bool put_row(struct hdr_stream *s, const float *row, struct error *err)
{
    struct sink sink = {.s = s, .err = err, .in_head = true, .ok = true};
    int done = stbi_write_hdr_to_func(put, &sink, s->width, 1, 3, row);
    if (sink.ok && !done)
        return error_set(err, ERROR_FAILED, "no memory for a row of the Radiance picture");
    s->y++;
    return sink.ok;
}

bool hdr_stream_put(struct hdr_stream *s, const float *rows, int count, struct error *err)
{
    if (count > s->height - s->y)
        return error_set(err, ERROR_FAILED, "Radiance: more rows than %d", s->height);
    for (int i = 0; i < count; i++)
        if (!put_row(s, rows + (size_t)i * (size_t)s->width * 3, err))
            return false;
    return true;
}

bool hdr_stream_finish(const struct hdr_stream *s, struct error *err)
{
    return s->y == s->height ||
           error_set(err, ERROR_FAILED, "Radiance: only %d of %d rows were put", s->y, s->height);
}

bool hdr_write(const struct plane *p, const char *notes, struct file_writer *out, struct error *err)
{
    struct hdr_stream s;
    if (p->channels != 3)
        return error_set(err, ERROR_FAILED, "a Radiance picture has 3 channels, not %d",
                         p->channels);
    hdr_stream_init(&s, out, p->width, p->height, notes);
    return hdr_stream_put(&s, p->values, p->height, err) && hdr_stream_finish(&s, err);
}
