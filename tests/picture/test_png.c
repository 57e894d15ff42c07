/* PNG: what is written decodes to the same pixels and texts; reading is safe on any bytes. */
#include "base/random.h"
#include "picture/png.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <zlib.h>

/* Another reader than ours. */
#define STB_IMAGE_IMPLEMENTATION
#include <stb/stb_image.h>

static const char preset_text[] = "title = D\xc3\xa4mmerung\n[sun]\nelevation = 9 deg\n";

static const struct png_text texts[] = {
    {"Software", "stillair test"},
    {"stillair:preset", preset_text},
    {"empty", ""},
};
enum { TEXT_COUNT = sizeof texts / sizeof texts[0] };

struct bytes {
    unsigned char *at;
    size_t size;
};

static void make_image(struct image *img, int width, int height)
{
    struct error err = {0};
    assert_true(image_init(img, width, height, &err));
    for (int i = 0; i < width * height * 3; i++)
        img->pixels[i] = (uint8_t)(random_hash1((uint32_t)i) >> 24 >> (i % 8));
}

static struct bytes encode(int width, int height)
{
    struct image img;
    struct bytes out;
    struct error err = {0};
    make_image(&img, width, height);
    assert_true(png_encode(&img, texts, TEXT_COUNT, &out.at, &out.size, &err));
    image_fini(&img);
    return out;
}

static uint32_t u32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void put_u32(unsigned char *at, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(v >> (24 - 8 * i));
}

static void test_pixels_come_back(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1}, {16, 16}, {97, 41}, {1, 300}, {640, 3}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct image img;
        struct error err = {0};
        int width, height, channels;
        make_image(&img, sizes[i][0], sizes[i][1]);
        struct bytes png = encode(img.width, img.height);
        unsigned char *back =
            stbi_load_from_memory(png.at, (int)png.size, &width, &height, &channels, 0);
        assert_non_null(back);
        assert_int_equal(width, img.width);
        assert_int_equal(height, img.height);
        assert_int_equal(channels, 3);
        assert_memory_equal(back, img.pixels, (size_t)width * (size_t)height * 3);
        assert_true(png_read_size(png.at, png.size, &width, &height, &err));
        assert_int_equal(width, img.width);
        assert_int_equal(height, img.height);
        free(back);
        free(png.at);
        image_fini(&img);
    }
}

/* The specification's order: IHDR, then sRGB and pHYs before IDAT; texts before it by our choice.
 */
/* What does not pack grows: the room for it must be there. */
static void test_noise_fits(void **state)
{
    (void)state;
    struct image img;
    struct error err = {0};
    unsigned char *bytes;
    size_t size;
    assert_true(image_init(&img, 640, 400, &err));
    uint32_t h = 1;
    for (size_t i = 0; i < (size_t)640 * 400 * 3; i++) {
        h = h * 747796405u + 2891336453u;
        img.pixels[i] = (uint8_t)(h >> 24);
    }
    if (!png_encode(&img, NULL, 0, &bytes, &size, &err))
        fail_msg("%s", err.text);
    assert_true(size > (size_t)640 * 400 * 3);
    free(bytes);
    image_fini(&img);
}

static void test_chunks(void **state)
{
    (void)state;
    static const char *const order[] = {"IHDR", "sRGB", "pHYs", "iTXt",
                                        "iTXt", "iTXt", "IDAT", "IEND"};
    struct bytes png = encode(32, 20);
    size_t at = 8, count = 0;
    while (at < png.size) {
        const unsigned char *chunk = png.at + at;
        uint32_t length = u32(chunk);
        assert_true(count < sizeof order / sizeof order[0]);
        assert_memory_equal(chunk + 4, order[count], 4);
        assert_int_equal(u32(chunk + 8 + length), crc32(0, chunk + 4, length + 4));
        if (count == 1)
            assert_memory_equal(chunk, "\0\0\0\1sRGB\0", 9);
        if (count == 2)
            assert_memory_equal(chunk, "\0\0\0\11pHYs\0\0\13\23\0\0\13\23\1", 17);
        at += 12 + length;
        count++;
    }
    assert_int_equal(at, png.size);
    assert_int_equal(count, sizeof order / sizeof order[0]);
    free(png.at);
}

static void test_same_input_same_bytes(void **state)
{
    (void)state;
    struct bytes a = encode(64, 64), b = encode(64, 64);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.at, b.at, a.size);
    free(a.at);
    free(b.at);
}

static void test_texts_come_back(void **state)
{
    (void)state;
    struct bytes png = encode(16, 16);
    struct error err = {0};
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        char *text = png_read_text(png.at, png.size, texts[i].keyword, &err);
        assert_non_null(text);
        assert_string_equal(text, texts[i].text);
        free(text);
    }
    assert_null(png_read_text(png.at, png.size, "stillair", &err));
    assert_non_null(strstr(err.text, "no text named 'stillair'"));
    free(png.at);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    struct image img;
    struct error err = {0};
    unsigned char *bytes;
    size_t size;
    make_image(&img, 16, 16);
    char long_word[81];
    memset(long_word, 'k', 80);
    long_word[80] = '\0';
    struct png_text text = {long_word, "x"};
    assert_false(png_encode(&img, &text, 1, &bytes, &size, &err));
    text.keyword = "";
    assert_false(png_encode(&img, &text, 1, &bytes, &size, &err));
    char *long_text = malloc(PNG_TEXT_MAX + 2);
    memset(long_text, 'x', PNG_TEXT_MAX + 1);
    long_text[PNG_TEXT_MAX + 1] = '\0';
    text = (struct png_text){"k", long_text};
    assert_false(png_encode(&img, &text, 1, &bytes, &size, &err));
    long_text[PNG_TEXT_MAX] = '\0';
    assert_true(png_encode(&img, &text, 1, &bytes, &size, &err));
    char *back = png_read_text(bytes, size, "k", &err);
    assert_string_equal(back, long_text);
    free(back);
    free(bytes);
    free(long_text);
    image_fini(&img);
}

/* A PNG of IHDR, one iTXt chunk with these data, and IEND. */
static struct bytes with_itxt(const void *data, size_t size)
{
    struct bytes whole = encode(16, 16), out;
    out.size = 33 + 12 + size + 12;
    out.at = malloc(out.size);
    memcpy(out.at, whole.at, 33);
    unsigned char *chunk = out.at + 33;
    put_u32(chunk, (uint32_t)size);
    memcpy(chunk + 4, "iTXt", 4);
    memcpy(chunk + 8, data, size);
    put_u32(chunk + 8 + size, (uint32_t)crc32(0, chunk + 4, (uInt)size + 4));
    memcpy(chunk + 12 + size, whole.at + whole.size - 12, 12);
    free(whole.at);
    return out;
}

/* "k", compressed, "en", "", and the packed text. */
static struct bytes with_compressed(size_t text_size, size_t cut)
{
    unsigned char *text = malloc(text_size + 1);
    memset(text, 'a', text_size + 1);
    uLongf packed = compressBound((uLong)text_size);
    unsigned char *data = malloc(packed + 8);
    memcpy(data, "k\0\1\0en\0\0", 8);
    compress2(data + 8, &packed, text, (uLong)text_size, 9);
    struct bytes png = with_itxt(data, 8 + packed - cut);
    free(data);
    free(text);
    return png;
}

static void test_compressed_text(void **state)
{
    (void)state;
    struct error err = {0};
    struct bytes png = with_compressed(5000, 0);
    char *text = png_read_text(png.at, png.size, "k", &err);
    assert_non_null(text);
    assert_int_equal(strlen(text), 5000);
    free(text);
    free(png.at);

    png = with_compressed(5000, 6);
    assert_null(png_read_text(png.at, png.size, "k", &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    free(png.at);

    png = with_compressed(PNG_TEXT_MAX, 0);
    text = png_read_text(png.at, png.size, "k", &err);
    assert_non_null(text);
    free(text);
    free(png.at);

    png = with_compressed(PNG_TEXT_MAX * 100, 0); /* small in the file, vast when unpacked */
    assert_null(png_read_text(png.at, png.size, "k", &err));
    assert_non_null(strstr(err.text, "longer than"));
    free(png.at);
}

static void test_malformed_text(void **state)
{
    (void)state;
    static const struct {
        const char *data;
        size_t size;
    } cases[] = {
        {"k\0", 2},                /* no flags */
        {"k\0\0", 3},              /* half the flags */
        {"k\0\0\0", 4},            /* no language */
        {"k\0\0\0en\0", 7},        /* no translated keyword */
        {"k\0\2\0\0\0text", 10},   /* unknown flag */
        {"k\0\1\1\0\0text", 10},   /* unknown method */
        {"k\0\1\0\0\0text", 10},   /* not what zlib writes */
        {"k\0\0\0\0\0te\0xt", 11}, /* a zero byte in the text */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = {0};
        struct bytes png = with_itxt(cases[i].data, cases[i].size);
        assert_null(png_read_text(png.at, png.size, "k", &err));
        assert_int_equal(err.kind, ERROR_FAILED);
        free(png.at);
    }
}

/* Reads a copy of exactly this size, so that the sanitizer sees any byte read beyond. */
static bool reads(const unsigned char *bytes, size_t size)
{
    unsigned char *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    struct error err = {0};
    int width, height;
    png_read_size(copy, size, &width, &height, &err);
    err = (struct error){0};
    char *text = png_read_text(copy, size, "stillair:preset", &err);
    bool ok = text != NULL;
    assert_true(ok || err.kind != ERROR_NONE);
    assert_true(!ok || strcmp(text, preset_text) == 0);
    free(text);
    free(copy);
    return ok;
}

static size_t find_chunk(const struct bytes *png, const char *type, int nth)
{
    size_t at = 8;
    while (memcmp(png->at + at + 4, type, 4) != 0 || nth-- > 0)
        at += 12 + u32(png->at + at);
    return at;
}

/* Cut anywhere before the text ends: an error. Any byte changed there: an error, for the checksum
 * sees it. */
static void test_damage_is_seen(void **state)
{
    (void)state;
    struct bytes png = encode(16, 16);
    size_t chunk = find_chunk(&png, "iTXt", 1);
    size_t end = chunk + 12 + u32(png.at + chunk);
    for (size_t size = 0; size <= png.size; size++)
        assert_int_equal(reads(png.at, size), size >= end);
    for (size_t at = 0; at < end; at++) {
        for (int bit = 0; bit < 8; bit++) {
            png.at[at] ^= (unsigned char)(1 << bit);
            assert_false(reads(png.at, png.size));
            png.at[at] ^= (unsigned char)(1 << bit);
        }
    }
    free(png.at);
}

/* Damage with the checksums made good again, so that it reaches the code behind them: nothing is
 * promised but an end without a crash. */
static void test_forged_checksums(void **state)
{
    (void)state;
    struct bytes png = with_compressed(300, 0);
    unsigned char *chunk = png.at + 33;
    uint32_t size = u32(chunk);
    unsigned char *data = malloc(size);
    memcpy(data, chunk + 8, size);
    for (uint32_t round = 0; round < 20000; round++) {
        memcpy(chunk + 8, data, size);
        for (uint32_t k = 0; k < 1 + round % 3; k++) {
            uint32_t h = random_hash2(round, k);
            chunk[8 + (h >> 8) % size] = (unsigned char)h;
        }
        put_u32(chunk + 8 + size, (uint32_t)crc32(0, chunk + 4, size + 4));
        struct error err = {0};
        char *text = png_read_text(png.at, png.size, "k", &err);
        assert_true(text || err.kind != ERROR_NONE);
        free(text);
    }
    free(data);
    free(png.at);
}

static void test_noise(void **state)
{
    (void)state;
    unsigned char noise[200];
    for (uint32_t round = 0; round < 20000; round++) {
        for (uint32_t i = 0; i < sizeof noise; i++)
            noise[i] = (unsigned char)random_hash2(round, i);
        memcpy(noise, "\x89PNG\r\n\x1a\n", 8);
        if (round & 1)
            put_u32(noise + 8, random_hash1(round) % 250);
        assert_false(reads(noise, random_hash1(~round) % sizeof noise));
    }
}

static void test_blank_picture(void **state)
{
    (void)state;
    struct image img;
    struct error err = {0};
    assert_false(image_init(&img, 0, 5, &err));
    assert_true(image_init(&img, 20, 10, &err));
    assert_false(image_check_not_blank(&img, &err));
    assert_non_null(strstr(err.text, "blank"));
    image_fini(&img);

    /* Grain alone is blank, with bars or without; a faint gradient under it is not. */
    assert_true(image_init(&img, 200, 100, &err));
    for (int slope = 0; slope < 2; slope++) {
        for (int bars = 0; bars < 2; bars++) {
            for (int i = 0; i < 200 * 100 * 3; i++) {
                int y = i / 600, grain = (int)(random_hash1((uint32_t)i) % 7) - 3;
                bool bar = bars && (y < 20 || y >= 80);
                img.pixels[i] = bar ? 0 : (unsigned char)(60 + grain + slope * (y / 12));
            }
            assert_int_equal(image_check_not_blank(&img, &err), slope);
        }
    }
    image_fini(&img);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pixels_come_back),
        cmocka_unit_test(test_noise_fits),
        cmocka_unit_test(test_chunks),
        cmocka_unit_test(test_same_input_same_bytes),
        cmocka_unit_test(test_texts_come_back),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_compressed_text),
        cmocka_unit_test(test_malformed_text),
        cmocka_unit_test(test_damage_is_seen),
        cmocka_unit_test(test_forged_checksums),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_blank_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
