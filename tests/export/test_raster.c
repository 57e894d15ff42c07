/* Every file of a raster, read again by a reader of another make than the writer. */
#include "tests/export/raster_fixture.h"

#include "picture/png.h"

#include <zlib.h>

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#include <stb/stb_image.h>

static const int sizes[][2] = {{1, 1}, {3, 2}, {2, 16}, {40, 17}, {300, 65}, {1, 33}};
enum { SIZE_COUNT = sizeof sizes / sizeof sizes[0] };

/* Runs `compare` on the file of every size, with hills and with noise. */
static void each(const struct place *place, raster_write *write,
                 void (*compare)(const struct raster *r, const struct bytes *file))
{
    struct error err = {0};
    for (int i = 0; i < 2 * SIZE_COUNT; i++) {
        struct raster r = make_grid(sizes[i / 2][0], sizes[i / 2][1], i % 2 == 1);
        assert_true(raster_measure(&r, &err));
        struct bytes file = written(place, &r, write);
        compare(&r, &file);
        free(file.at);
        free_grid(&r);
    }
}

static void test_measure(void **state)
{
    (void)state;
    struct error err = {0};
    struct raster r = make_grid(7, 5, false);
    float *samples = (float *)r.samples;
    samples[3] = -77;
    samples[4 * r.stride + 6] = 9e4f;
    samples[7] = 1e9f; /* the margin does not count */
    assert_true(raster_measure(&r, &err));
    assert_true(r.low == -77 && r.high == 9e4f);
    samples[2 * r.stride + 1] = NAN;
    assert_false(raster_measure(&r, &err));
    assert_non_null(strstr(err.text, "the height at -1234 m east, 1000000.2625 m north is not"));
    samples[2 * r.stride + 1] = INFINITY;
    assert_false(raster_measure(&r, &err));
    free_grid(&r);
}

/* ---- r32 ---- */

static void compare_r32(const struct raster *r, const struct bytes *file)
{
    assert_int_equal(file->size, 4 * r->columns * r->rows);
    for (int y = 0; y < r->rows; y++)
        for (int x = 0; x < r->columns; x++)
            assert_true(get_f32(file->at + 4 * (y * r->columns + x)) == raster_row(r, y)[x]);
}

static void test_r32(void **state)
{
    each(*state, raster_write_r32, compare_r32);
}

/* ---- asc ---- */

static double read_field(const char **at, const char *name)
{
    char found[32];
    double value;
    int used = 0;
    assert_int_equal(sscanf(*at, "%31s %lf%n", found, &value, &used), 2);
    assert_string_equal(found, name);
    *at += used;
    return value;
}

static void compare_asc(const struct raster *r, const struct bytes *file)
{
    const char *at = (const char *)file->at;
    assert_true(read_field(&at, "ncols") == r->columns);
    assert_true(read_field(&at, "nrows") == r->rows);
    assert_true(read_field(&at, "xllcenter") == r->west_m);
    assert_true(read_field(&at, "yllcenter") == r->south_m);
    assert_true(read_field(&at, "cellsize") == r->spacing_m);
    assert_true(read_field(&at, "NODATA_value") == -9999);
    for (int y = 0; y < r->rows; y++) {
        assert_int_equal(*at, '\n');
        for (int x = 0; x < r->columns; x++) {
            char *end;
            assert_true(strtof(at, &end) == raster_row(r, y)[x]);
            assert_true(end > at);
            at = end;
        }
    }
    assert_string_equal(at, "\n");
}

static void test_asc(void **state)
{
    each(*state, raster_write_asc, compare_asc);
}

/* ---- png ---- */

static double read_number(const struct bytes *file, const char *keyword)
{
    struct error err = {0};
    char *text = png_read_text(file->at, file->size, keyword, &err);
    if (!text)
        fail_msg("%s", err.text);
    double value = strtod(text, NULL);
    free(text);
    return value;
}

static void compare_png(const struct raster *r, const struct bytes *file)
{
    int width, height, channels;
    double low = read_number(file, "stillair:low"), high = read_number(file, "stillair:high");
    assert_true((float)low == r->low && (float)high == r->high);
    assert_true(read_number(file, "stillair:spacing_m") == r->spacing_m);
    assert_true(read_number(file, "stillair:origin_x_m") == r->west_m);
    assert_true(read_number(file, "stillair:origin_y_m") == r->south_m);
    assert_true(stbi_is_16_bit_from_memory(file->at, (int)file->size));
    uint16_t *grey =
        stbi_load_16_from_memory(file->at, (int)file->size, &width, &height, &channels, 0);
    assert_non_null(grey);
    assert_int_equal(width, r->columns);
    assert_int_equal(height, r->rows);
    assert_int_equal(channels, 1);
    double step = (high - low) / 65535;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            double back = low + grey[y * width + x] * step;
            assert_true(fabs(back - (double)raster_row(r, y)[x]) <= 0.5001 * step);
        }
    free(grey);
}

/* stb checks no checksums. */
static void check_png_chunks(const struct raster *r, const struct bytes *file)
{
    (void)r;
    size_t at = 8;
    const unsigned char *type = NULL;
    while (at < file->size) {
        const unsigned char *c = file->at + at;
        size_t size = (size_t)c[0] << 24 | (size_t)c[1] << 16 | (size_t)c[2] << 8 | c[3];
        type = c + 4;
        assert_true(at + 12 + size <= file->size);
        const unsigned char *crc = c + 8 + size;
        assert_int_equal((uint32_t)crc[0] << 24 | (uint32_t)crc[1] << 16 | (uint32_t)crc[2] << 8 |
                             crc[3],
                         crc32(0, type, (uInt)size + 4));
        at += 12 + size;
    }
    assert_int_equal(at, file->size);
    assert_memory_equal(type, "IEND", 4);
}

static void test_png(void **state)
{
    each(*state, raster_write_png, compare_png);
    each(*state, raster_write_png, check_png_chunks);
}

/* A mask keeps 0 and 1 apart, were all of it 1; what is outside the range is cut off. */
static void test_png_range(void **state)
{
    struct raster r = make_grid(4, 1, false);
    float *samples = (float *)r.samples;
    const float values[4] = {0, 1, -3, 7};
    memcpy(samples, values, sizeof values);
    r.low = 0;
    r.high = 1;
    struct bytes file = written(*state, &r, raster_write_png);
    int width, height, channels;
    uint16_t *grey =
        stbi_load_16_from_memory(file.at, (int)file.size, &width, &height, &channels, 0);
    assert_non_null(grey);
    assert_true(grey[0] == 0 && grey[1] == 65535 && grey[2] == 0 && grey[3] == 65535);
    free(grey);
    free(file.at);
    r.high = 0; /* no range at all: nothing is divided by zero */
    file = written(*state, &r, raster_write_png);
    free(file.at);
    free_grid(&r);
}

/* ---- exr ---- */

struct exr {
    const unsigned char *at, *end;
    int columns, rows;
    bool zip, channel, window, order, spacing;
};

static const char *read_string(struct exr *e)
{
    const char *text = (const char *)e->at;
    e->at = memchr(e->at, 0, (size_t)(e->end - e->at));
    assert_non_null(e->at);
    e->at++;
    return text;
}

static void read_attribute(struct exr *e, const struct raster *r, const char *name)
{
    static const unsigned char channel[] = "Y\0\2\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0";
    const char *type = read_string(e);
    uint32_t size = get_u32(e->at);
    const unsigned char *value = e->at + 4;
    e->at = value + size;
    assert_true(e->at < e->end);
    if (strcmp(name, "channels") == 0) {
        assert_string_equal(type, "chlist");
        assert_int_equal(size, sizeof channel);
        assert_memory_equal(value, channel, sizeof channel);
        e->channel = true;
    } else if (strcmp(name, "compression") == 0) {
        assert_true(size == 1 && value[0] == 3);
        e->zip = true;
    } else if (strcmp(name, "dataWindow") == 0) {
        assert_string_equal(type, "box2i");
        assert_true(size == 16 && get_u32(value) == 0 && get_u32(value + 4) == 0);
        e->columns = (int)get_u32(value + 8) + 1;
        e->rows = (int)get_u32(value + 12) + 1;
        e->window = true;
    } else if (strcmp(name, "lineOrder") == 0) {
        assert_true(size == 1 && value[0] == 0);
        e->order = true;
    } else if (strcmp(name, "stillair:spacing_m") == 0) {
        uint64_t bits = get_u32(value) | (uint64_t)get_u32(value + 4) << 32;
        double spacing;
        memcpy(&spacing, &bits, sizeof spacing);
        assert_true(size == 8 && strcmp(type, "double") == 0 && spacing == r->spacing_m);
        e->spacing = true;
    }
}

/* zlib, then the differences, then the two halves: in the reader's direction. */
static void unpack(const unsigned char *packed, size_t packed_size, unsigned char *out, size_t size)
{
    if (packed_size == size) {
        memcpy(out, packed, size);
        return;
    }
    unsigned char *halves = malloc(size);
    uLongf got = (uLongf)size;
    assert_int_equal(uncompress(halves, &got, packed, (uLong)packed_size), Z_OK);
    assert_int_equal(got, size);
    for (size_t i = 1; i < size; i++)
        halves[i] = (unsigned char)(halves[i - 1] + halves[i] - 128);
    for (size_t i = 0; i < size; i++)
        out[i] = halves[i / 2 + (i % 2 ? (size + 1) / 2 : 0)];
    free(halves);
}

static void compare_block(const struct exr *e, const struct raster *r, const unsigned char *block,
                          int first)
{
    int count = e->rows - first < 16 ? e->rows - first : 16;
    size_t size = (size_t)count * (size_t)e->columns * 4;
    unsigned char *plain = malloc(size);
    assert_int_equal(get_u32(block), first);
    assert_true(block + 8 + get_u32(block + 4) <= e->end);
    unpack(block + 8, get_u32(block + 4), plain, size);
    for (int y = 0; y < count; y++)
        for (int x = 0; x < e->columns; x++)
            assert_true(get_f32(plain + 4 * (y * e->columns + x)) == raster_row(r, first + y)[x]);
    free(plain);
}

static void compare_exr(const struct raster *r, const struct bytes *file)
{
    struct exr e = {.at = file->at + 8, .end = file->at + file->size};
    assert_int_equal(get_u32(file->at), 20000630);
    assert_int_equal(get_u32(file->at + 4), 2);
    while (*e.at)
        read_attribute(&e, r, read_string(&e));
    assert_true(e.zip && e.channel && e.window && e.order && e.spacing);
    assert_int_equal(e.columns, r->columns);
    assert_int_equal(e.rows, r->rows);
    const unsigned char *offsets = e.at + 1, *expected = offsets + 8 * ((e.rows + 15) / 16);
    for (int i = 0; i * 16 < e.rows; i++) {
        const unsigned char *block = file->at + get_u32(offsets + 8 * i);
        assert_int_equal(get_u32(offsets + 8 * i + 4), 0);
        assert_ptr_equal(block, expected);
        compare_block(&e, r, block, i * 16);
        expected = block + 8 + get_u32(block + 4);
    }
    assert_ptr_equal(expected, e.end);
}

static void test_exr(void **state)
{
    each(*state, raster_write_exr, compare_exr);
}

static void test_stops(void **state)
{
    expect_stop(*state, raster_write_r32);
    expect_stop(*state, raster_write_asc);
    expect_stop(*state, raster_write_png);
    expect_stop(*state, raster_write_exr);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measure), PLACED(test_r32), PLACED(test_asc),   PLACED(test_png),
        PLACED(test_png_range),         PLACED(test_exr), PLACED(test_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
