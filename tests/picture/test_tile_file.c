/* Tiles kept between runs: what was put comes back to the bit, by any rows and channels; what is
 * damaged, foreign or of another job is told apart from a good one. */
#include "tests/export/raster_fixture.h"
#include "tests/picture/exr_reader.h"

#include "picture/tile_file.h"

enum { WIDTH = 45, HEIGHT = 31, CHANNELS = 5 };

/* Not in the order of the file, which is by name. */
static const char *const names[CHANNELS] = {"R", "G", "B", "distance.Z", "A"};
static float values[CHANNELS][WIDTH * HEIGHT];
static const struct tile_head head = {.width = WIDTH,
                                      .height = HEIGHT,
                                      .channel_count = CHANNELS,
                                      .channel_name = names,
                                      .identity = "job 7f\nsize = 16384x6860\n",
                                      .index = 12,
                                      .samples = 64};

static void write_tile(const struct place *place)
{
    const float *planes[CHANNELS];
    struct error err = {0};
    for (int c = 0; c < CHANNELS; c++) {
        planes[c] = values[c];
        for (int i = 0; i < WIDTH * HEIGHT; i++)
            values[c][i] = ldexpf((float)random_hash1((uint32_t)(i + 10000 * c)), i % 64 - 60);
    }
    values[1][7] = -0.0f;
    values[1][8] = INFINITY;
    if (!tile_file_write(place->path, &head, planes, &err))
        fail_msg("%s", err.text);
}

static void check_rows(struct tile_file *f, int first, int count, int y0, int y1)
{
    size_t plane = (size_t)(y1 - y0) * WIDTH;
    float *out = malloc((size_t)count * plane * sizeof *out);
    struct error err = {0};
    if (!tile_file_read_rows(f, first, count, y0, y1, out, &err))
        fail_msg("%s", err.text);
    for (int c = 0; c < count; c++)
        assert_memory_equal(out + (size_t)c * plane, values[first + c] + y0 * WIDTH,
                            plane * sizeof *out);
    free(out);
}

static void test_rows(void **state)
{
    const struct place *place = *state;
    struct error err = {0};
    enum tile_file_state tile_state;
    float unused;
    write_tile(place);
    struct tile_file *f = tile_file_open(place->path, &head, &tile_state, &err);
    if (!f)
        fail_msg("%s", err.text);
    assert_true(tile_state == TILE_FILE_GOOD && tile_file_samples(f) == 64);
    check_rows(f, 0, CHANNELS, 0, HEIGHT);
    check_rows(f, 3, 1, 30, 31);
    check_rows(f, 1, 3, 4, 9);
    check_rows(f, 4, 1, 0, 1);
    assert_false(tile_file_read_rows(f, 0, 1, 0, HEIGHT + 1, &unused, &err));
    assert_false(tile_file_read_rows(f, 4, 2, 0, 1, &unused, &err));
    assert_false(tile_file_read_rows(f, 0, 1, 3, 3, &unused, &err));
    tile_file_close(&f);
    assert_null(f);
}

/* Any viewer of OpenEXR shows it, in spite of the trailer. */
static void test_is_exr(void **state)
{
    const struct place *place = *state;
    struct exr_reading r;
    write_tile(place);
    exr_reader_open(&r, place->path);
    assert_true(r.width == WIDTH && r.height == HEIGHT && r.channel_count == CHANNELS);
    assert_memory_equal(exr_reader_channel(&r, "distance.Z", false), values[3], sizeof values[3]);
    assert_string_equal(exr_reader_text(&r, "stillair:job"), head.identity);
    exr_reader_close(&r);
}

static enum tile_file_state state_of(const struct place *place, const struct tile_head *wanted)
{
    struct error err = {0};
    int samples = -1;
    enum tile_file_state got = tile_file_check(place->path, wanted, &samples, &err);
    assert_true(got == TILE_FILE_GOOD ? samples == 64 : strstr(err.text, place->path) != NULL);
    return got;
}

static void test_other(void **state)
{
    const struct place *place = *state;
    static const char *const renamed[CHANNELS] = {"R", "G", "B", "distance.Z", "X"};
    assert_int_equal(state_of(place, &head), TILE_FILE_ABSENT);
    write_tile(place);
    assert_int_equal(state_of(place, &head), TILE_FILE_GOOD);
    struct tile_head other = head;
    other.identity = "job 7f\nsize = 16384x6861\n";
    assert_int_equal(state_of(place, &other), TILE_FILE_OTHER);
    other.identity = "job 7f";
    assert_int_equal(state_of(place, &other), TILE_FILE_OTHER);
    other = head;
    other.index++;
    assert_int_equal(state_of(place, &other), TILE_FILE_OTHER);
    other = head;
    other.height--;
    assert_int_equal(state_of(place, &other), TILE_FILE_OTHER);
    other = head;
    other.channel_count--;
    assert_int_equal(state_of(place, &other), TILE_FILE_OTHER);
    other = head;
    other.channel_name = renamed;
    assert_int_equal(state_of(place, &other), TILE_FILE_OTHER);
}

static void put_bytes(const struct place *place, const void *bytes, size_t size)
{
    FILE *file = fopen(place->path, "wb");
    assert_non_null(file);
    assert_true(fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

static void test_damaged(void **state)
{
    const struct place *place = *state;
    struct error err = {0};
    size_t size;
    write_tile(place);
    char *bytes = file_read(place->path, &size, &err);
    for (uint32_t i = 0; i < 300; i++) { /* any one bit, anywhere */
        size_t at = i < 20 ? size - 1 - i : random_hash1(i) % (unsigned)size;
        bytes[at] = (char)(bytes[at] ^ 1 << i % 8);
        put_bytes(place, bytes, size);
        enum tile_file_state got = state_of(place, &head);
        assert_int_equal(got, at < 4 ? TILE_FILE_FOREIGN : TILE_FILE_DAMAGED);
        bytes[at] = (char)(bytes[at] ^ 1 << i % 8);
    }
    for (uint32_t i = 0; i < 60; i++) {
        size_t cut = i < 30 ? size - 1 - i : random_hash1(i) % (unsigned)size;
        put_bytes(place, bytes, cut);
        assert_int_equal(state_of(place, &head), cut < 4 ? TILE_FILE_FOREIGN : TILE_FILE_DAMAGED);
    }
    put_bytes(place, "\x89PNG and so on, and more than a trailer", 40);
    assert_int_equal(state_of(place, &head), TILE_FILE_FOREIGN);
    put_bytes(place, bytes, size);
    assert_int_equal(state_of(place, &head), TILE_FILE_GOOD);
    free(bytes);
}

static void test_refused(void **state)
{
    const struct place *place = *state;
    struct error err = {0};
    const float *planes[CHANNELS] = {values[0], values[0], values[0], values[0], values[0]};
    struct tile_head wrong = head;
    wrong.identity = "";
    assert_false(tile_file_write(place->path, &wrong, planes, &err));
    wrong = head;
    wrong.channel_count = EXR_CHANNELS_MAX + 1;
    assert_false(tile_file_write(place->path, &wrong, planes, &err));
    wrong = head;
    wrong.width = 0;
    assert_false(tile_file_write(place->path, &wrong, planes, &err));
    assert_int_equal(state_of(place, &head), TILE_FILE_ABSENT);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(test_rows),    PLACED(test_is_exr),  PLACED(test_other),
        PLACED(test_damaged), PLACED(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
