/* OpenEXR files through the OpenEXR Core library: one part of scan lines, channels of 16-bit or
 * 32-bit floats. Reading covers what stillair needs of its own files: a text attribute; the pixels
 * are read by exr_input.h.
 *
 * A picture in memory: exr_file_write. Row by row, in the memory of one block (16 rows) of a
 * picture of any height:
 *
 *   exr_stream_create -> exr_stream_put ... -> exr_stream_finish -> exr_stream_destroy
 *
 * Format: Academy Software Foundation, "OpenEXR File Layout". */
#ifndef STILLAIR_PICTURE_EXR_FILE_H
#define STILLAIR_PICTURE_EXR_FILE_H

#include "base/error.h"
#include "base/file_writer.h"
#include "base/progress.h"

#include <stddef.h>

/* Larger numbers do not fit 16 bits: half of the last step above 65504 rounds to infinity. */
#define EXR_HALF_LIMIT 65520.0f

enum { EXR_CHANNELS_MAX = 64 };

struct exr_channel {
    const char *name;                /* "R", "normal.X" */
    const float *samples;            /* of the first pixel; borrowed */
    size_t pixel_stride, row_stride; /* floats from one pixel, and from one row, to the next */
    bool half;                       /* 16 bits, rounded to the nearest; else 32 */
};

/* A line of the header: text, or, where text is NULL, one number (a double) or three (a V3f). */
struct exr_attribute {
    const char *name, *text;
    int count;
    double numbers[3];
};

struct exr_picture {
    int width, height;
    const struct exr_channel *channels; /* in any order: the file has them by name */
    int channel_count;
    const struct exr_attribute *attributes;
    int attribute_count;
    bool latlong; /* the whole sphere: the attribute `envmap` says so */
    bool packed;  /* ZIP; else the numbers as they are, any row of which is found at once */
};

struct exr_stream;

/* Puts the head into an open writer, which must outlive the stream and which the caller commits.
 * The channels' samples are not looked at. NULL with ERROR_FAILED. */
struct exr_stream *exr_stream_create(const struct exr_picture *picture, struct file_writer *out,
                                     struct error *err);
/* The next `count` rows from above. rows: the picture's channels in the same order, with the
 * samples of the first of these rows; names and depths are those given before. False with
 * ERROR_FAILED: disk, memory, a number beyond 16 bits, too many rows. */
bool exr_stream_put(struct exr_stream *s, const struct exr_channel *rows, int count,
                    struct error *err);
/* After the last row. False when rows are missing. */
bool exr_stream_finish(struct exr_stream *s, struct error *err);
void exr_stream_destroy(struct exr_stream **s);

/* Puts a whole file into an open writer, which the caller commits. progress may be NULL. False with
 * ERROR_FAILED (disk, memory, a number beyond 16 bits) or ERROR_INTERRUPTED. Same input, same bytes
 * (for one version of the library). */
bool exr_file_write(const struct exr_picture *picture, struct file_writer *out,
                    struct progress *progress, struct error *err);

bool exr_file_is_exr(const void *bytes, size_t size);
/* The text attribute `name` of the first part, to be freed by the caller. NULL and err filled when
 * there is none or the header is damaged. Safe on any bytes. */
char *exr_file_read_text(const void *bytes, size_t size, const char *name, struct error *err);

#endif
