/* An OpenEXR file as the library reads it: every channel as floats, and the header's lines. */
#ifndef STILLAIR_TESTS_EXR_READER_H
#define STILLAIR_TESTS_EXR_READER_H

#include <stdbool.h>

enum { EXR_READER_CHANNELS = 32 };

struct exr_reading {
    struct _priv_exr_context_t *context; /* of the library: exr_context_t */
    int width, height, channel_count;
    struct {
        const char *name;
        bool half;
        float *samples;
    } channels[EXR_READER_CHANNELS];
};

/* Reads the file, or fails the test. */
void exr_reader_open(struct exr_reading *reading, const char *path);
void exr_reader_close(struct exr_reading *reading);
/* The samples of a channel; the test fails when there is none, or when it is of another depth. */
const float *exr_reader_channel(const struct exr_reading *reading, const char *name, bool half);
/* The value of a text attribute, valid while the reading is open; fails when there is none. */
const char *exr_reader_text(const struct exr_reading *reading, const char *name);
/* The three numbers of a V3f attribute. */
void exr_reader_triple(const struct exr_reading *reading, const char *name, float out[3]);

#endif
