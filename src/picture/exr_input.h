/* The pixels of OpenEXR files as stillair writes them (exr_file.h): one part of scan lines, not
 * packed or ZIP, channels of 16-bit or 32-bit floats, from 0,0. Anything else is refused. Rows are
 * read in the memory of one block. Safe on any bytes. */
#ifndef STILLAIR_PICTURE_EXR_INPUT_H
#define STILLAIR_PICTURE_EXR_INPUT_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* Pixels a side; larger files are refused. */
#define EXR_INPUT_SIDE_MAX 65536

struct exr_input;

/* Where rows of a channel go. */
struct exr_target {
    int channel;                     /* its number in the file: exr_input_find() */
    float *to;                       /* the first pixel of the first row that is read */
    size_t pixel_stride, row_stride; /* floats */
};

/* Reads the head from a file of `size` bytes (fd is borrowed until close, and read with pread), or
 * from memory (borrowed). NULL with ERROR_FAILED. */
struct exr_input *exr_input_open_fd(int fd, uint64_t size, struct error *err);
struct exr_input *exr_input_open_bytes(const void *bytes, size_t size, struct error *err);
void exr_input_close(struct exr_input **in);

int exr_input_width(const struct exr_input *in);
int exr_input_height(const struct exr_input *in);
int exr_input_channel_count(const struct exr_input *in);
/* The name of channel i, and whether it has 16 bits. Borrowed. */
const char *exr_input_channel(const struct exr_input *in, int i, bool *half);
/* The number of the channel of that name; -1: none. */
int exr_input_find(const struct exr_input *in, const char *name);
/* Rows of a block: reads begin and end at multiples of it, or at the picture's end. */
int exr_input_block(const struct exr_input *in);
/* A text attribute, borrowed; NULL: none. *length: without the NUL that may not be there. */
const char *exr_input_text(const struct exr_input *in, const char *name, size_t *length);
/* A number attribute (a double). */
bool exr_input_number(const struct exr_input *in, const char *name, double *out);
/* Reads rows y0 to y1 - 1 of some channels. False with ERROR_FAILED. */
bool exr_input_rows(struct exr_input *in, const struct exr_target *targets, int count, int y0,
                    int y1, struct error *err);

#endif
