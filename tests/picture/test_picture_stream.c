/* Pictures that are written row by row, read again by stb_image and the OpenEXR library: the same
 * pixels, the same bytes however the rows came, the texts, and nothing left of what failed. */
#include "tests/export/raster_fixture.h"
#include "tests/picture/exr_reader.h"

#include "picture/picture_stream.h"

#include <signal.h>
#include <sys/resource.h>

#define STB_IMAGE_IMPLEMENTATION
#include <stb/stb_image.h>

enum { WIDTH = 61, HEIGHT = 53 };

static char long_text[150000];
static const struct png_text texts[] = {
    {"Software", "stillair test"},
    {"stillair:preset", "title = \xc3\xa9\n[sun]\nelevation = 9 deg\n"},
    {"stillair:long", long_text},
    {"stillair:empty", ""},
};
enum { TEXT_COUNT = sizeof texts / sizeof *texts };

static uint8_t pixels_8[WIDTH * HEIGHT * 3];
static uint16_t pixels_16[WIDTH * HEIGHT * 3];
static float pixels_f[WIDTH * HEIGHT * 3];

static const struct exr_channel channels[3] = {
    {"R", pixels_f, 3, WIDTH * 3, true},
    {"G", pixels_f + 1, 3, WIDTH * 3, false},
    {"B", pixels_f + 2, 3, WIDTH * 3, true},
};
static const struct exr_attribute attributes[] = {{"stillair:preset", "a\nb\n", 0, {0}}};
static const struct exr_picture exr = {.width = WIDTH,
                                       .height = HEIGHT,
                                       .channels = channels,
                                       .channel_count = 3,
                                       .attributes = attributes,
                                       .attribute_count = 1,
                                       .packed = true};

static int make_pixels(void **state)
{
    (void)state;
    for (int i = 0; i < WIDTH * HEIGHT * 3; i++) {
        int x = i / 3 % WIDTH, y = i / 3 / WIDTH;
        pixels_8[i] = (uint8_t)(2 * x + (i % 3) * y); /* smooth: JPEG keeps it */
        pixels_16[i] = (uint16_t)random_hash1((uint32_t)i);
        pixels_f[i] = (float)(random_hash1((uint32_t)i) & 0xffffu) / 256.0f;
    }
    for (size_t i = 0; i + 1 < sizeof long_text; i++)
        long_text[i] = (char)('a' + random_hash1((uint32_t)i) % 26u);
    return 0;
}

static struct picture_stream_spec make_spec(const struct place *place,
                                            enum picture_stream_format format, int bits)
{
    return (struct picture_stream_spec){.path = place->path,
                                        .format = format,
                                        .width = WIDTH,
                                        .height = HEIGHT,
                                        .bits = bits,
                                        .quality = JPEG_QUALITY_DEFAULT,
                                        .texts = texts,
                                        .text_count = TEXT_COUNT,
                                        .notes = "# a note\n",
                                        .exr = &exr};
}

static bool put_rows(struct picture_stream *s, int y, int count, struct error *err)
{
    size_t at = (size_t)y * WIDTH * 3;
    struct exr_channel rows[3];
    for (int i = 0; i < 3; i++) {
        rows[i] = channels[i];
        rows[i].samples += at;
    }
    if (s->format == PICTURE_STREAM_EXR || s->format == PICTURE_STREAM_HDR)
        return picture_stream_put_floats(s, rows, count, err);
    return s->bits == 16 ? picture_stream_put_16(s, pixels_16 + at, count, err)
                         : picture_stream_put_8(s, pixels_8 + at, count, err);
}

/* Writes all rows, `step` at a time; returns what the file is then. */
static struct bytes write_picture(const struct picture_stream_spec *spec, int step)
{
    struct picture_stream s;
    struct error err = {0};
    bool ok = picture_stream_open(&s, spec, &err);
    for (int y = 0; ok && y < HEIGHT; y += step)
        ok = put_rows(&s, y, step < HEIGHT - y ? step : HEIGHT - y, &err);
    ok = ok && picture_stream_commit(&s, &err);
    picture_stream_fini(&s);
    if (!ok)
        fail_msg("%s", err.text);
    struct bytes bytes;
    bytes.at = (unsigned char *)file_read(spec->path, &bytes.size, &err);
    assert_non_null(bytes.at);
    return bytes;
}

/* The bytes do not depend on how many rows come at a time. */
static struct bytes write_by_any_steps(const struct picture_stream_spec *spec)
{
    static const int steps[] = {1, 5, 16, 19, 32, 52};
    struct bytes whole = write_picture(spec, HEIGHT);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct bytes other = write_picture(spec, steps[i]);
        assert_int_equal(other.size, whole.size);
        assert_memory_equal(other.at, whole.at, whole.size);
        free(other.at);
    }
    return whole;
}

static void check_png(const struct bytes *png)
{
    struct error err = {0};
    int width, height;
    assert_true(png_read_size(png->at, png->size, &width, &height, &err));
    assert_true(width == WIDTH && height == HEIGHT);
    for (int i = 0; i < TEXT_COUNT; i++) {
        char *text = png_read_text(png->at, png->size, texts[i].keyword, &err);
        assert_non_null(text);
        assert_string_equal(text, texts[i].text);
        free(text);
    }
}

static void test_png(void **state)
{
    int width, height, count;
    struct picture_stream_spec spec = make_spec(*state, PICTURE_STREAM_PNG, 8);
    struct bytes png = write_by_any_steps(&spec);
    check_png(&png);
    uint8_t *back = stbi_load_from_memory(png.at, (int)png.size, &width, &height, &count, 0);
    assert_true(back && count == 3);
    assert_memory_equal(back, pixels_8, sizeof pixels_8);
    free(back);
    /* The head is that of png_encode(): the same chunks in the same order. */
    unsigned char *small;
    size_t small_size, head = 33 + 13 + 21;
    struct error err = {0};
    struct image img = {WIDTH, HEIGHT, pixels_8};
    assert_true(png_encode(&img, texts, TEXT_COUNT, &small, &small_size, &err));
    for (int i = 0; i < TEXT_COUNT; i++)
        head += 12 + strlen(texts[i].keyword) + 5 + strlen(texts[i].text);
    assert_memory_equal(small, png.at, head);
    assert_memory_equal(png.at + head + 4, "IDAT", 4);
    free(small);
    free(png.at);
    spec.bits = 16;
    png = write_by_any_steps(&spec);
    check_png(&png);
    uint16_t *deep = stbi_load_16_from_memory(png.at, (int)png.size, &width, &height, &count, 0);
    assert_true(deep && count == 3);
    assert_memory_equal(deep, pixels_16, sizeof pixels_16);
    free(deep);
    free(png.at);
}

static void test_jpeg(void **state)
{
    int width, height, count;
    struct error err = {0};
    struct picture_stream_spec spec = make_spec(*state, PICTURE_STREAM_JPEG, 8);
    struct bytes jpeg = write_by_any_steps(&spec);
    uint8_t *back = stbi_load_from_memory(jpeg.at, (int)jpeg.size, &width, &height, &count, 0);
    assert_true(back && count == 3 && width == WIDTH && height == HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT * 3; i++) {
        int x = i / 3 % WIDTH, y = i / 3 / WIDTH;
        bool smooth = 2 * x + 2 * y < 250; /* where no channel starts again from 0 */
        if (smooth && abs(back[i] - pixels_8[i]) > 6)
            fail_msg("%d became %d at %d,%d", pixels_8[i], back[i], x, y);
    }
    free(back);
    assert_true(jpeg_is_jpeg(jpeg.at, jpeg.size));
    assert_true(jpeg_read_size(jpeg.at, jpeg.size, &width, &height, &err));
    assert_true(width == WIDTH && height == HEIGHT);
    for (int i = 0; i < TEXT_COUNT; i++) {
        char *text = jpeg_read_text(jpeg.at, jpeg.size, texts[i].keyword, &err);
        assert_non_null(text);
        assert_string_equal(text, texts[i].text);
        free(text);
    }
    assert_null(jpeg_read_text(jpeg.at, jpeg.size, "stillair:absent", &err));
    assert_non_null(strstr(err.text, "holds no text named 'stillair:absent'"));
    size_t good = jpeg.size;
    free(jpeg.at);
    spec.quality = 40;
    jpeg = write_picture(&spec, 7);
    assert_true(jpeg.size < good);
    free(jpeg.at);
}

/* Whatever the bytes are: an answer, or an error that says something. */
static void test_jpeg_damage(void **state)
{
    struct picture_stream_spec spec = make_spec(*state, PICTURE_STREAM_JPEG, 8);
    struct bytes jpeg = write_picture(&spec, HEIGHT);
    for (uint32_t i = 0; i < 4000; i++) {
        struct error err = {0};
        int width, height;
        size_t size = i % 2 ? jpeg.size : random_hash1(i + 9) % (unsigned)jpeg.size;
        unsigned char *exact = malloc(size ? size : 1);
        memcpy(exact, jpeg.at, size);
        if (size > 700)
            exact[random_hash1(i) % 700u] = (unsigned char)random_hash1(i + 77);
        char *text = jpeg_read_text(exact, size, texts[i % TEXT_COUNT].keyword, &err);
        assert_true(text || err.kind == ERROR_FAILED);
        free(text);
        assert_true(jpeg_read_size(exact, size, &width, &height, &err) || err.kind == ERROR_FAILED);
        free(exact);
    }
    free(jpeg.at);
}

static void test_exr(void **state)
{
    const struct place *place = *state;
    struct exr_reading r;
    struct picture_stream_spec spec = make_spec(place, PICTURE_STREAM_EXR, 0);
    struct bytes streamed = write_by_any_steps(&spec), whole;
    struct error err = {0};
    exr_reader_open(&r, place->path);
    assert_true(r.width == WIDTH && r.height == HEIGHT && r.channel_count == 3);
    const float *g = exr_reader_channel(&r, "G", false);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        assert_true(g[i] == pixels_f[3 * i + 1]);
    assert_string_equal(exr_reader_text(&r, "stillair:preset"), "a\nb\n");
    exr_reader_close(&r);
    struct file_writer w;
    assert_true(file_writer_open(&w, place->path, &err) && exr_file_write(&exr, &w, NULL, &err) &&
                file_writer_commit(&w, &err));
    file_writer_fini(&w);
    whole.at = (unsigned char *)file_read(place->path, &whole.size, &err);
    assert_true(whole.size == streamed.size && memcmp(whole.at, streamed.at, whole.size) == 0);
    free(whole.at);
    free(streamed.at);
}

static void test_hdr(void **state)
{
    int width, height, count;
    struct picture_stream_spec spec = make_spec(*state, PICTURE_STREAM_HDR, 0);
    struct bytes hdr = write_by_any_steps(&spec);
    assert_true(strncmp((char *)hdr.at, "#?RADIANCE\n# a note\n", 20) == 0);
    float *back = stbi_loadf_from_memory(hdr.at, (int)hdr.size, &width, &height, &count, 0);
    assert_true(back && count == 3 && width == WIDTH && height == HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT * 3; i++)
        assert_true(fabsf(back[i] - pixels_f[i]) <= 1.01f);
    free(back);
    free(hdr.at);
}

static void assert_old(const struct place *place)
{
    char *bytes = file_read(place->path, NULL, NULL);
    assert_string_equal(bytes, "old");
    free(bytes);
}

/* Without a commit, with rows missing or too many, or of another kind, nothing changes. */
static void test_unfinished(void **state)
{
    static const int formats[] = {PICTURE_STREAM_PNG, PICTURE_STREAM_JPEG, PICTURE_STREAM_EXR,
                                  PICTURE_STREAM_HDR};
    struct error err = {0};
    assert_true(file_write_atomic(((struct place *)*state)->path, "old", 3, &err));
    for (int i = 0; i < 4; i++) {
        struct picture_stream s;
        struct picture_stream_spec spec =
            make_spec(*state, (enum picture_stream_format)formats[i], 8);
        assert_true(picture_stream_open(&s, &spec, &err));
        assert_true(put_rows(&s, 0, 20, &err));
        assert_false(picture_stream_commit(&s, &err));
        assert_non_null(strstr(err.text, "only 20 of 53 rows"));
        assert_false(put_rows(&s, 0, HEIGHT - 19, &err));
        assert_non_null(strstr(err.text, "more rows than 53"));
        assert_false(picture_stream_put_16(&s, pixels_16, 1, &err));
        assert_non_null(strstr(err.text, "rows of another kind"));
        assert_false(picture_stream_commit(&s, &err));
        assert_non_null(strstr(err.text, "not all of the rows"));
        picture_stream_fini(&s);
        assert_old(*state);
    }
}

static void test_refused(void **state)
{
    struct error err = {0};
    struct picture_stream s;
    struct picture_stream_spec spec = make_spec(*state, PICTURE_STREAM_JPEG, 8);
    assert_true(file_write_atomic(spec.path, "old", 3, &err));
    spec.width = JPEG_SIDE_MAX + 1;
    assert_false(picture_stream_open(&s, &spec, &err));
    assert_non_null(strstr(err.text, "JPEG holds up to 65500 pixels a side, not 65501x53"));
    picture_stream_fini(&s);
    spec.width = WIDTH;
    spec.quality = 101;
    assert_false(picture_stream_open(&s, &spec, &err));
    picture_stream_fini(&s);
    char *huge = malloc(PNG_TEXT_MAX + 2);
    memset(huge, 'x', PNG_TEXT_MAX + 1);
    huge[PNG_TEXT_MAX + 1] = '\0';
    const struct png_text text = {"stillair:huge", huge};
    for (int i = 0; i < 2; i++) {
        spec = make_spec(*state, i ? PICTURE_STREAM_PNG : PICTURE_STREAM_JPEG, 8);
        spec.texts = &text;
        spec.text_count = 1;
        assert_false(picture_stream_open(&s, &spec, &err));
        assert_non_null(strstr(err.text, "is longer than"));
        picture_stream_fini(&s);
        huge[PNG_TEXT_MAX] = '\0';
        assert_true(picture_stream_open(&s, &spec, &err));
        picture_stream_fini(&s);
        huge[PNG_TEXT_MAX] = 'x';
    }
    free(huge);
    spec = make_spec(*state, PICTURE_STREAM_EXR, 0);
    pixels_f[3 * (30 * WIDTH + 7)] = 70000;
    assert_true(picture_stream_open(&s, &spec, &err) && put_rows(&s, 0, 20, &err));
    assert_false(put_rows(&s, 20, 20, &err));
    assert_non_null(strstr(err.text, "R is 70000 at pixel 7,30, more than 16 bits hold"));
    picture_stream_fini(&s);
    make_pixels(NULL);
    assert_old(*state);
}

/* A disk that is full: here, a file that may not grow. The path and the cause are told. */
static void test_full_disk(void **state)
{
    static const int formats[] = {PICTURE_STREAM_PNG, PICTURE_STREAM_JPEG, PICTURE_STREAM_EXR,
                                  PICTURE_STREAM_HDR};
    struct error err = {0};
    struct rlimit before, small;
    assert_true(file_write_atomic(((struct place *)*state)->path, "old", 3, &err));
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 1000;
    for (int i = 0; i < 4; i++) {
        struct picture_stream s;
        struct picture_stream_spec spec =
            make_spec(*state, (enum picture_stream_format)formats[i], 16);
        setrlimit(RLIMIT_FSIZE, &small);
        err = (struct error){0};
        bool ok = picture_stream_open(&s, &spec, &err);
        for (int y = 0; ok && y < HEIGHT; y++)
            ok = i == 1 ? picture_stream_put_8(&s, pixels_8, 1, &err) : put_rows(&s, y, 1, &err);
        ok = ok && picture_stream_commit(&s, &err);
        picture_stream_fini(&s);
        setrlimit(RLIMIT_FSIZE, &before);
        assert_false(ok);
        if (!strstr(err.text, spec.path) || !strstr(err.text, "File too large"))
            fail_msg("format %d: %s", i, err.text);
        assert_old(*state);
    }
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(test_png), PLACED(test_jpeg),       PLACED(test_jpeg_damage), PLACED(test_exr),
        PLACED(test_hdr), PLACED(test_unfinished), PLACED(test_refused),     PLACED(test_full_disk),
    };
    return cmocka_run_group_tests(tests, make_pixels, NULL);
}
