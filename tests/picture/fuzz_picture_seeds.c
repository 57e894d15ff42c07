/* Writes the seeds of fuzz_picture.c into a folder: small pictures of every kind. */
#include "base/random.h"
#include "picture/picture_stream.h"

#include <math.h>
#include <stdio.h>

enum { WIDTH = 19, HEIGHT = 18 };

static const struct png_text texts[] = {
    {"Software", "stillair 0.2.0"},
    {"stillair:preset", "title = Seed\n[sun]\nelevation = 9 deg\n[camera.a]\nx = 1 m\n"},
};

static bool put(struct picture_stream *s, const struct picture_stream_spec *spec, struct error *err)
{
    static uint8_t bytes[WIDTH * HEIGHT * 3];
    static uint16_t words[WIDTH * HEIGHT * 3];
    static float floats[WIDTH * HEIGHT * 3];
    struct exr_channel rows[3];
    for (int i = 0; i < WIDTH * HEIGHT * 3; i++) {
        words[i] = (uint16_t)(random_hash1((uint32_t)i) >> 20);
        bytes[i] = (uint8_t)(i / 7);
        floats[i] = ldexpf((float)words[i], i % 20 - 15);
    }
    for (int i = 0; i < 3; i++)
        rows[i] = (struct exr_channel){
            .samples = floats + i, .pixel_stride = 3, .row_stride = (size_t)WIDTH * 3};
    if (spec->format == PICTURE_STREAM_EXR)
        return picture_stream_put_floats(s, rows, HEIGHT, err);
    return spec->bits == 16 ? picture_stream_put_16(s, words, HEIGHT, err)
                            : picture_stream_put_8(s, bytes, HEIGHT, err);
}

static bool write_seed(const char *folder, const char *name, struct picture_stream_spec spec)
{
    char path[4096];
    struct picture_stream s;
    struct error err = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    spec.path = path;
    spec.width = WIDTH;
    spec.height = HEIGHT;
    spec.quality = 90;
    spec.texts = texts;
    spec.text_count = 2;
    bool ok = picture_stream_open(&s, &spec, &err) && put(&s, &spec, &err) &&
              picture_stream_commit(&s, &err);
    picture_stream_fini(&s);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    return ok;
}

int main(int argc, char **argv)
{
    static const struct exr_channel channels[3] = {
        {.name = "R", .half = true}, {.name = "G", .half = true}, {.name = "distance.Z"}};
    static const struct exr_attribute attributes[2] = {
        {"Software", "stillair 0.2.0", 0, {0}},
        {"stillair:preset", "title = Seed\n[fog]\ntop = 90 m\n", 0, {0}},
    };
    struct exr_picture packed = {.channels = channels,
                                 .channel_count = 3,
                                 .attributes = attributes,
                                 .attribute_count = 2,
                                 .packed = true},
                       plain = packed;
    plain.packed = false;
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    return write_seed(argv[1], "png8",
                      (struct picture_stream_spec){.format = PICTURE_STREAM_PNG, .bits = 8}) &&
                   write_seed(
                       argv[1], "png16",
                       (struct picture_stream_spec){.format = PICTURE_STREAM_PNG, .bits = 16}) &&
                   write_seed(argv[1], "jpeg",
                              (struct picture_stream_spec){.format = PICTURE_STREAM_JPEG}) &&
                   write_seed(argv[1], "exr",
                              (struct picture_stream_spec){.format = PICTURE_STREAM_EXR,
                                                           .exr = &packed}) &&
                   write_seed(
                       argv[1], "exr-plain",
                       (struct picture_stream_spec){.format = PICTURE_STREAM_EXR, .exr = &plain})
               ? 0
               : 1;
}
