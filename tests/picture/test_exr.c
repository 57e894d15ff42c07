/* OpenEXR files, read again by the library: channels, numbers to the bit, header lines. That a
 * reader of another make agrees is in test_raster.c. */
#include "tests/export/raster_fixture.h"
#include "tests/picture/exr_reader.h"

#include "picture/exr_file.h"

#include <float.h>

enum { WIDTH = 37, HEIGHT = 35 }; /* three blocks, the last one short */

static const char preset[] = "title = \"\xc3\xa9\"\n[sun]\nelevation = 9 deg\n";

static const struct exr_attribute attributes[] = {
    {"stillair:preset", preset, 0, {0}},
    {"stillair:white", NULL, 3, {1.474, 1.8504, 1.91198}},
    {"stillair:spacing_m", NULL, 1, {0.1}},
};

/* Three interleaved floats a pixel: small and large, and what 16 bits round. */
static float *make_pixels(void)
{
    float *pixels = malloc(WIDTH * HEIGHT * 3 * sizeof *pixels);
    assert_non_null(pixels);
    for (int i = 0; i < WIDTH * HEIGHT * 3; i++)
        pixels[i] = ldexpf((float)(random_hash1((uint32_t)i) & 0xffffffu) / 16777216.0f,
                           (int)(random_hash1((uint32_t)(i + 7919)) % 29u) - 14);
    pixels[0] = 65519.9f;
    pixels[3] = 0;
    pixels[6] = 2049; /* halfway between two halves: to the even one */
    pixels[9] = 2051;
    pixels[12] = -1.5f;
    pixels[15] = 5.9604645e-8f; /* the smallest half */
    return pixels;
}

static struct exr_picture make_picture(const float *pixels, struct exr_channel channels[4])
{
    static const char *const names[4] = {"R", "G", "B", "distance.Z"};
    for (int i = 0; i < 4; i++)
        channels[i] = (struct exr_channel){names[i], pixels + i % 3, 3, WIDTH * 3, i < 3};
    return (struct exr_picture){.width = WIDTH,
                                .height = HEIGHT,
                                .channels = channels,
                                .channel_count = 4,
                                .packed = true,
                                .attributes = attributes,
                                .attribute_count = 3};
}

static bool try_exr(const struct place *place, const struct exr_picture *p,
                    struct progress *progress, struct error *err)
{
    struct file_writer w;
    bool ok = file_writer_open(&w, place->path, err) && exr_file_write(p, &w, progress, err) &&
              file_writer_commit(&w, err);
    file_writer_fini(&w);
    return ok;
}

static void write_exr(const struct place *place, const struct exr_picture *p)
{
    struct error err = {0};
    if (!try_exr(place, p, NULL, &err))
        fail_msg("%s", err.text);
}

/* The nearest half, the even one of two: 11 bits of mantissa, steps of 2^-24 below 2^-14. */
static float round_half(float v)
{
    int exponent;
    frexpf(v, &exponent);
    float step = ldexpf(1, exponent - 11 > -24 ? exponent - 11 : -24);
    return (float)(nearbyint((double)v / (double)step) * (double)step);
}

static void test_numbers(void **state)
{
    struct exr_channel channels[4];
    struct exr_reading r;
    float *pixels = make_pixels();
    struct exr_picture p = make_picture(pixels, channels);
    write_exr(*state, &p);
    exr_reader_open(&r, ((struct place *)*state)->path);
    assert_true(r.width == WIDTH && r.height == HEIGHT && r.channel_count == 4);
    const float *z = exr_reader_channel(&r, "distance.Z", false);
    const float *half[3] = {exr_reader_channel(&r, "R", true), exr_reader_channel(&r, "G", true),
                            exr_reader_channel(&r, "B", true)};
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        assert_true(z[i] == pixels[3 * i]);
        for (int c = 0; c < 3; c++)
            if (half[c][i] != round_half(pixels[3 * i + c]))
                fail_msg("%.9g became %.9g, not %.9g", (double)pixels[3 * i + c],
                         (double)half[c][i], (double)round_half(pixels[3 * i + c]));
    }
    exr_reader_close(&r);
    free(pixels);
}

static void test_header(void **state)
{
    const struct place *place = *state;
    struct exr_channel channels[4];
    struct exr_reading r;
    struct error err = {0};
    float white[3], *pixels = make_pixels();
    struct exr_picture p = make_picture(pixels, channels);
    write_exr(place, &p);
    exr_reader_open(&r, place->path);
    assert_string_equal(exr_reader_text(&r, "stillair:preset"), preset);
    exr_reader_triple(&r, "stillair:white", white);
    assert_true(white[0] == 1.474f && white[1] == 1.8504f && white[2] == 1.91198f);
    exr_reader_close(&r);

    size_t size;
    char *bytes = file_read(place->path, &size, &err), *text;
    assert_true(exr_file_is_exr(bytes, size));
    text = exr_file_read_text(bytes, size, "stillair:preset", &err);
    assert_string_equal(text, preset);
    free(text);
    assert_null(exr_file_read_text(bytes, size, "stillair:absent", &err));
    assert_non_null(strstr(err.text, "holds no text named 'stillair:absent'"));
    assert_null(exr_file_read_text(bytes, size, "stillair:white", &err));
    write_exr(place, &p);
    size_t size_again;
    char *again = file_read(place->path, &size_again, &err);
    assert_true(size == size_again && memcmp(bytes, again, size) == 0);
    free(again);
    free(bytes);
    free(pixels);
}

/* Whatever the bytes are: a text, or an error that says something. */
static void test_damage(void **state)
{
    const struct place *place = *state;
    struct exr_channel channels[4];
    struct error err = {0};
    float *pixels = make_pixels();
    struct exr_picture p = make_picture(pixels, channels);
    write_exr(place, &p);
    size_t size;
    char *bytes = file_read(place->path, &size, &err);
    for (size_t cut = 0; cut < 700; cut += 7) {
        err = (struct error){0};
        char *exact = malloc(cut ? cut : 1); /* so that a sanitizer sees a step too far */
        memcpy(exact, bytes, cut);
        char *text = exr_file_read_text(exact, cut, "stillair:preset", &err);
        assert_true(text || err.kind == ERROR_FAILED);
        free(text);
        free(exact);
    }
    for (uint32_t i = 0; i < 3000; i++) {
        err = (struct error){0};
        char *at = bytes + random_hash1(i) % 700u, old = *at;
        *at = (char)random_hash1(i + 5000);
        char *text = exr_file_read_text(bytes, size, "stillair:preset", &err);
        assert_true(text || err.kind == ERROR_FAILED);
        free(text);
        *at = old;
    }
    assert_false(exr_file_is_exr("\x89PNG", 4));
    assert_false(exr_file_is_exr(bytes, 3));
    free(bytes);
    free(pixels);
}

static void test_refused(void **state)
{
    const struct place *place = *state;
    struct exr_channel channels[4];
    struct error err = {0};
    struct progress progress = {.step = stop_halfway};
    float *pixels = make_pixels();
    struct exr_picture p = make_picture(pixels, channels);
    assert_true(file_write_atomic(place->path, "old", 3, &err));
    assert_false(try_exr(place, &p, &progress, &err));
    assert_int_equal(err.kind, ERROR_INTERRUPTED);
    pixels[3 * (2 * WIDTH + 5) + 1] = EXR_HALF_LIMIT;
    assert_false(try_exr(place, &p, NULL, &err));
    assert_non_null(strstr(err.text, "G is 65520 at pixel 5,2, more than 16 bits hold"));
    char *bytes = file_read(place->path, NULL, &err);
    assert_string_equal(bytes, "old");
    free(bytes);
    channels[1].half = false;
    write_exr(place, &p);
    free(pixels);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(test_numbers),
        PLACED(test_header),
        PLACED(test_damage),
        PLACED(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
