/* Pixels of pictures come back as they were written; damaged files, other kinds and sizes that lie
 * are refused. What any bytes do, the fuzzer tries (fuzz_picture.c). */
#include "tests/export/raster_fixture.h"

#include "picture/picture_input.h"
#include "picture/picture_stream.h"

enum { WIDTH = 23, HEIGHT = 37 };

static const struct exr_channel channels[3] = {
    {.name = "R", .half = true}, {.name = "G"}, {.name = "B", .half = true}};
static const struct exr_attribute attributes[] = {{"Software", "a test", 0, {0}}};
static const struct png_text texts[] = {{"Software", "a test"}};

/* The number at i: whole, and less than 8, 16 or 11 bits hold. */
static unsigned number(int bits, int i)
{
    return random_hash1((uint32_t)i) & (bits == 8 ? 0xffu : bits == 16 ? 0xffffu : 0x7ffu);
}

static void write_picture(const struct place *place, enum picture_stream_format format, int bits)
{
    static uint8_t bytes[WIDTH * HEIGHT * 3];
    static uint16_t words[WIDTH * HEIGHT * 3];
    static float floats[WIDTH * HEIGHT * 3];
    const struct exr_picture exr = {.channels = channels,
                                    .channel_count = 3,
                                    .attributes = attributes,
                                    .attribute_count = 1,
                                    .packed = true};
    const struct picture_stream_spec spec = {place->path, format, WIDTH, HEIGHT, bits,
                                             95,          texts,  1,     NULL,   &exr};
    struct exr_channel rows[3];
    struct picture_stream s;
    struct error err = {0};
    for (int i = 0; i < WIDTH * HEIGHT * 3; i++) {
        bytes[i] = (uint8_t)number(8, i);
        words[i] = (uint16_t)number(16, i);
        floats[i] = (float)number(0, i);
    }
    for (int c = 0; c < 3; c++)
        rows[c] = (struct exr_channel){NULL, floats + c, 3, WIDTH * 3, false};
    bool ok = picture_stream_open(&s, &spec, &err) &&
              (format == PICTURE_STREAM_EXR ? picture_stream_put_floats(&s, rows, HEIGHT, &err)
               : bits == 16                 ? picture_stream_put_16(&s, words, HEIGHT, &err)
                                            : picture_stream_put_8(&s, bytes, HEIGHT, &err)) &&
              picture_stream_commit(&s, &err);
    picture_stream_fini(&s);
    if (!ok)
        fail_msg("%s", err.text);
}

/* Reads the file's bytes to the end; how many rows there were. */
static int read_picture(const void *bytes, size_t size, float *out, struct picture_info *info,
                        struct error *err)
{
    struct picture_input *in = picture_input_open(bytes, size, err);
    int rows = 0, count;
    if (!in)
        return 0;
    *info = *picture_input_info(in);
    assert_true(info->rows_at_once * info->width * info->channels <= WIDTH * HEIGHT * 3);
    for (; rows < info->height; rows += count)
        if (!picture_input_next(in, out + rows * WIDTH * 3, &count, err))
            break;
    assert_true(rows < info->height || !picture_input_next(in, out, &count, NULL));
    picture_input_close(&in);
    return rows;
}

static void test_pixels(void **state)
{
    const struct place *place = *state;
    static const struct {
        enum picture_stream_format format;
        enum picture_input_kind kind;
        int bits;
    } kinds[] = {{PICTURE_STREAM_PNG, PICTURE_INPUT_PNG, 8},
                 {PICTURE_STREAM_PNG, PICTURE_INPUT_PNG, 16},
                 {PICTURE_STREAM_JPEG, PICTURE_INPUT_JPEG, 8},
                 {PICTURE_STREAM_EXR, PICTURE_INPUT_EXR, 0}};
    for (int k = 0; k < 4; k++) {
        static float out[WIDTH * HEIGHT * 3];
        struct picture_info info = {0};
        struct error err = {0};
        size_t size;
        write_picture(place, kinds[k].format, kinds[k].bits);
        char *bytes = file_read(place->path, &size, &err);
        assert_int_equal(picture_input_kind(bytes, size), kinds[k].kind);
        char *text = picture_input_text(bytes, size, "Software", &err);
        assert_string_equal(text, "a test");
        free(text);
        assert_int_equal(read_picture(bytes, size, out, &info, &err), HEIGHT);
        assert_true(info.width == WIDTH && info.channels == 3 && info.bits == kinds[k].bits);
        double apart = 0;
        for (int i = 0; i < WIDTH * HEIGHT * 3; i++) {
            /* Channels of OpenEXR are sorted by name: B, G, R. */
            int from = k == 3 ? i / 3 * 3 + 2 - i % 3 : i;
            apart += fabs((double)out[i] - number(kinds[k].bits, from));
        }
        apart /= WIDTH * HEIGHT * 3;
        assert_true(k == 2 ? apart > 0 && apart < 4 : apart == 0); /* JPEG loses some of noise */
        free(bytes);
    }
}

/* Half of a picture gives what there is of it, then an error. */
static void test_cut(void **state)
{
    const struct place *place = *state;
    static const enum picture_stream_format formats[] = {PICTURE_STREAM_PNG, PICTURE_STREAM_JPEG,
                                                         PICTURE_STREAM_EXR};
    for (int k = 0; k < 3; k++) {
        static float out[WIDTH * HEIGHT * 3];
        struct picture_info info;
        struct error err = {0};
        size_t size;
        write_picture(place, formats[k], 8);
        char *bytes = file_read(place->path, &size, &err), *half = malloc(size / 2);
        memcpy(half, bytes, size / 2);
        assert_in_range(read_picture(half, size / 2, out, &info, &err), 0, HEIGHT - 1);
        assert_int_equal(err.kind, ERROR_FAILED);
        free(half);
        free(bytes);
    }
}

static void test_refused(void **state)
{
    (void)state;
    /* A frame of 65535x65535, and a grey picture of 1x1. */
    static const unsigned char large[] =
        "\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x11\0\2\x11"
        "\0\3\x11\0\xff\xda\0\x0c\3\1\0\2\0\3\0\0\x3f\0\xff\xd9";
    static const unsigned char grey[] =
        "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0\x3a\x7e\x9b\x55";
    struct error err = {0};
    assert_null(picture_input_open("#?RADIANCE\n", 11, &err));
    assert_non_null(strstr(err.text, "no PNG, JPEG or OpenEXR"));
    assert_null(picture_input_open(grey, sizeof grey - 1, &err));
    assert_non_null(strstr(err.text, "PNG"));
    assert_null(picture_input_open(large, sizeof large - 1, &err));
    assert_non_null(strstr(err.text, "JPEG"));
    assert_null(picture_input_text("", 0, "Software", &err));
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(test_pixels),
        PLACED(test_cut),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
