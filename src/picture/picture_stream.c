#include "picture/picture_stream.h"

#include <stdlib.h>
#include <string.h>

static bool open_hdr(struct picture_stream *s, const struct picture_stream_spec *spec,
                     struct error *err)
{
    if (spec->width < 1 || spec->height < 1)
        return error_set(err, ERROR_FAILED, "Radiance: cannot hold a picture of %dx%d pixels",
                         spec->width, spec->height);
    s->row = malloc((size_t)spec->width * 3 * sizeof(float));
    s->notes = strdup(spec->notes ? spec->notes : "");
    if (s->row && s->notes)
        hdr_stream_init(&s->hdr, &s->out, spec->width, spec->height, s->notes);
    return (s->row && s->notes) ||
           error_set(err, ERROR_FAILED, "no memory for a row of %d pixels", spec->width);
}

static bool open_exr(struct picture_stream *s, const struct picture_stream_spec *spec,
                     struct error *err)
{
    struct exr_picture picture = *spec->exr;
    picture.width = spec->width;
    picture.height = spec->height;
    return (s->exr = exr_stream_create(&picture, &s->out, err)) != NULL;
}

static bool open_format(struct picture_stream *s, const struct picture_stream_spec *spec,
                        struct error *err)
{
    switch (spec->format) {
    case PICTURE_STREAM_PNG:
        s->png = png_stream_create(&s->out, spec->width, spec->height, spec->bits, spec->texts,
                                   spec->text_count, err);
        return s->png != NULL;
    case PICTURE_STREAM_JPEG:
        s->jpeg = jpeg_stream_create(&s->out, spec->width, spec->height, spec->quality, spec->texts,
                                     spec->text_count, err);
        return s->jpeg != NULL;
    case PICTURE_STREAM_EXR:
        return open_exr(s, spec, err);
    case PICTURE_STREAM_HDR:
        return open_hdr(s, spec, err);
    }
    return error_set(err, ERROR_FAILED, "no such format");
}

bool picture_stream_open(struct picture_stream *s, const struct picture_stream_spec *spec,
                         struct error *err)
{
    *s = (struct picture_stream){
        .format = spec->format, .bits = spec->bits, .width = spec->width, .out = {.fd = -1}};
    return file_writer_open(&s->out, spec->path, err) && open_format(s, spec, err);
}

static bool wrong_rows(const struct picture_stream *s, struct error *err)
{
    return error_set(err, ERROR_FAILED, "%s: rows of another kind than the file's", s->out.path);
}

/* What failed once is not whole, whatever comes after. */
static bool end_put(struct picture_stream *s, bool ok)
{
    s->failed = s->failed || !ok;
    return ok;
}

bool picture_stream_put_8(struct picture_stream *s, const uint8_t *rows, int count,
                          struct error *err)
{
    if (s->jpeg)
        return end_put(s, jpeg_stream_put(s->jpeg, rows, count, err));
    return end_put(s, s->png && s->bits == 8 ? png_stream_put(s->png, rows, count, err)
                                             : wrong_rows(s, err));
}

bool picture_stream_put_16(struct picture_stream *s, const uint16_t *rows, int count,
                           struct error *err)
{
    return end_put(s, s->png && s->bits == 16 ? png_stream_put(s->png, rows, count, err)
                                              : wrong_rows(s, err));
}

static bool put_hdr_row(struct picture_stream *s, const struct exr_channel *rows, int y,
                        struct error *err)
{
    for (int c = 0; c < 3; c++) {
        const float *from = rows[c].samples + (size_t)y * rows[c].row_stride;
        for (int x = 0; x < s->width; x++)
            s->row[3 * (size_t)x + (size_t)c] = from[(size_t)x * rows[c].pixel_stride];
    }
    return hdr_stream_put(&s->hdr, s->row, 1, err);
}

bool picture_stream_put_floats(struct picture_stream *s, const struct exr_channel *rows, int count,
                               struct error *err)
{
    if (s->exr)
        return end_put(s, exr_stream_put(s->exr, rows, count, err));
    bool ok = s->row || wrong_rows(s, err);
    for (int y = 0; ok && y < count; y++)
        ok = put_hdr_row(s, rows, y, err);
    return end_put(s, ok);
}

static bool finish(struct picture_stream *s, struct error *err)
{
    if (s->png)
        return png_stream_finish(s->png, err);
    if (s->jpeg)
        return jpeg_stream_finish(s->jpeg, err);
    return s->exr ? exr_stream_finish(s->exr, err) : hdr_stream_finish(&s->hdr, err);
}

bool picture_stream_commit(struct picture_stream *s, struct error *err)
{
    if (s->failed)
        return error_set(err, ERROR_FAILED, "%s: not all of the rows were written", s->out.path);
    return finish(s, err) && file_writer_commit(&s->out, err);
}

void picture_stream_fini(struct picture_stream *s)
{
    png_stream_destroy(&s->png);
    jpeg_stream_destroy(&s->jpeg);
    exr_stream_destroy(&s->exr); /* may still put: the writer goes after it */
    file_writer_fini(&s->out);
    free(s->notes);
    free(s->row);
    s->notes = NULL;
    s->row = NULL;
}
