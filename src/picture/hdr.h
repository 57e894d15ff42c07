/* Radiance pictures (.hdr): three channels that share an exponent, by stb_image_write.
 *
 * A number is cut to a 256th of the power of two above the pixel's largest channel, as Radiance
 * itself does: readers that add half a step (Radiance) are right on average, others read up to
 * 0.8% low. Format: G. Ward, "Real Pixels", Graphics Gems II, 1991. */
#ifndef STILLAIR_PICTURE_HDR_H
#define STILLAIR_PICTURE_HDR_H

#include "base/file_writer.h"
#include "picture/plane.h"

/* A picture that comes row by row. Nothing to free. */
struct hdr_stream {
    struct file_writer *out; /* borrowed */
    const char *notes;       /* borrowed until the first row is put */
    int width, height, y;
};

/* Begins a file in an open writer, which the caller commits. notes: lines of the header, each
 * ended by a newline. */
void hdr_stream_init(struct hdr_stream *s, struct file_writer *out, int width, int height,
                     const char *notes);
/* The next `count` rows from above: width * 3 numbers each, no padding. */
bool hdr_stream_put(struct hdr_stream *s, const float *rows, int count, struct error *err);
/* After the last row. False when rows are missing. */
bool hdr_stream_finish(const struct hdr_stream *s, struct error *err);

/* The same for a plane, which has three channels. */
bool hdr_write(const struct plane *p, const char *notes, struct file_writer *out,
               struct error *err);

#endif
