/* Picture files that are written row by row, from above, in the memory of some rows: PNG (8 or 16
 * bits), JPEG, OpenEXR and Radiance, each through its own writer (png_stream.h, jpeg.h, exr_file.h,
 * hdr.h). The file appears whole or not at all (file_writer.h).
 *
 *   picture_stream_open -> picture_stream_put_* ... -> picture_stream_commit -> picture_stream_fini
 *
 * Fini without a commit leaves the file that was there before. Same input, same bytes, however many
 * rows came at a time. */
#ifndef STILLAIR_PICTURE_PICTURE_STREAM_H
#define STILLAIR_PICTURE_PICTURE_STREAM_H

#include "picture/exr_file.h"
#include "picture/hdr.h"
#include "picture/jpeg.h"
#include "picture/png_stream.h"

enum picture_stream_format {
    PICTURE_STREAM_PNG,
    PICTURE_STREAM_JPEG,
    PICTURE_STREAM_EXR,
    PICTURE_STREAM_HDR
};

/* What is written; all of it is borrowed until open returns, the path until fini. */
struct picture_stream_spec {
    const char *path;
    enum picture_stream_format format;
    int width, height;
    int bits;                     /* of PNG: 8 or 16 */
    int quality;                  /* of JPEG: 1 to 100 */
    const struct png_text *texts; /* of PNG and JPEG */
    size_t text_count;
    const char *notes;             /* of Radiance: header lines, each ended by a newline */
    const struct exr_picture *exr; /* of OpenEXR: channels (no samples) and attributes; its size is
                                      that above */
};

struct picture_stream {
    enum picture_stream_format format;
    int bits, width;
    bool failed; /* a put did */
    struct file_writer out;
    struct png_stream *png;
    struct jpeg_stream *jpeg;
    struct exr_stream *exr;
    struct hdr_stream hdr;
    char *notes; /* of Radiance, and */
    float *row;  /* one of its rows */
};

/* False with ERROR_FAILED, naming path and cause. fini is allowed, and needed, after that too. */
bool picture_stream_open(struct picture_stream *s, const struct picture_stream_spec *spec,
                         struct error *err);
/* The next `count` rows, width * 3 numbers each without padding. 8 bits: JPEG, and PNG of 8; 16
 * bits: PNG of 16. */
bool picture_stream_put_8(struct picture_stream *s, const uint8_t *rows, int count,
                          struct error *err);
bool picture_stream_put_16(struct picture_stream *s, const uint16_t *rows, int count,
                           struct error *err);
/* The next `count` rows of floats: OpenEXR: the spec's channels in the spec's order, with samples
 * and strides of these rows; Radiance: R, G and B. */
bool picture_stream_put_floats(struct picture_stream *s, const struct exr_channel *rows, int count,
                               struct error *err);
/* After the last row: the file is on the disk, read back and in its place. False after a put that
 * failed. */
bool picture_stream_commit(struct picture_stream *s, struct error *err);
void picture_stream_fini(struct picture_stream *s);

#endif
