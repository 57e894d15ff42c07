/* The pixels and texts of picture files, as stillair writes them: PNG (8 or 16 bits RGB), JPEG
 * (baseline RGB) and OpenEXR (exr_input.h). Rows are read from above in the memory of some of them.
 * Other kinds are refused, sizes before anything is allocated for them. Safe on any bytes. */
#ifndef STILLAIR_PICTURE_PICTURE_INPUT_H
#define STILLAIR_PICTURE_PICTURE_INPUT_H

#include "base/error.h"

#include <stddef.h>

/* Pixels a side. */
#define PICTURE_INPUT_SIDE_MAX 65536

enum picture_input_kind {
    PICTURE_INPUT_NONE, /* nothing that is read here */
    PICTURE_INPUT_PNG,
    PICTURE_INPUT_JPEG,
    PICTURE_INPUT_EXR
};

/* What the bytes begin as. */
enum picture_input_kind picture_input_kind(const void *bytes, size_t size);
/* A text, to be freed by the caller. NULL and err filled when there is none or the file is damaged
 * before it. */
char *picture_input_text(const void *bytes, size_t size, const char *keyword, struct error *err);

struct picture_input;

struct picture_info {
    enum picture_input_kind kind;
    int width, height, channels;
    int bits;           /* 8 or 16; 0: floats */
    int rows_at_once;   /* how many picture_input_next() gives; fewer at the end */
    const char **names; /* of the channels of an OpenEXR file, else NULL */
    const bool *half;   /* and whether each has 16 bits */
};

/* Reads the head; the bytes are borrowed. NULL with ERROR_FAILED. */
struct picture_input *picture_input_open(const void *bytes, size_t size, struct error *err);
const struct picture_info *picture_input_info(const struct picture_input *in);
/* The next rows: rows_at_once * width * channels numbers, those of a pixel together; 0 to 255, 0 to
 * 65535, or the floats. False with ERROR_FAILED when the file is damaged. */
bool picture_input_next(struct picture_input *in, float *out, int *count, struct error *err);
void picture_input_close(struct picture_input **in);

#endif
