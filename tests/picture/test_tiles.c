/* How pictures are cut into tiles: every pixel is in one tile, and every tile in its window. */
#include "picture/tiles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void check(int width, int height, int side)
{
    struct tile_grid g = tile_grid_cut(width, height, side);
    long long area = 0;
    for (int i = 0; i < tile_grid_count(&g); i++) {
        struct tile t = tile_grid_at(&g, i);
        assert_true(t.width > 0 && t.width <= g.tile_width);
        assert_true(t.height > 0 && t.height <= g.tile_height);
        assert_true(t.x >= 0 && t.x + t.width <= width);
        assert_true(t.y >= 0 && t.y + t.height <= height);
        /* blocks of the bloom and of the air are whole in every tile */
        assert_int_equal(t.x % 4, 0);
        assert_int_equal((height - t.y - t.height) % 4, 0);
        assert_int_equal(t.window_x % 4, 0);
        assert_int_equal(t.window_y % 4, 0);
        /* the same pixels, seen from the window */
        assert_int_equal(t.window_x + t.from_x, t.x);
        assert_int_equal(t.window_y + g.window_height - t.from_y, height - t.y);
        assert_true(t.from_x >= 0 && t.from_x + t.width <= g.window_width);
        assert_true(t.from_y >= 0 && t.from_y + t.height <= g.window_height);
        area += (long long)t.width * t.height;
        for (int k = 0; k < i; k++) {
            struct tile o = tile_grid_at(&g, k);
            assert_true(t.x >= o.x + o.width || o.x >= t.x + t.width || t.y >= o.y + o.height ||
                        o.y >= t.y + t.height);
        }
    }
    assert_true(area == (long long)width * height);
}

static void test_every_pixel_is_in_one_tile(void **state)
{
    (void)state;
    static const int sizes[][3] = {{1920, 804, 0},  {1920, 804, 256}, {16384, 6860, 0},
                                   {7680, 3214, 0}, {3841, 1607, 0},  {32768, 13720, 0},
                                   {101, 67, 64},   {17, 4001, 64},   {2561, 1601, 0},
                                   {65, 65, 64},    {16, 16, 64},     {16384, 16, 0}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        check(sizes[i][0], sizes[i][1], sizes[i][2]);
}

static void test_small_pictures_are_whole(void **state)
{
    (void)state;
    struct tile_grid g = tile_grid_cut(2560, 1600, 0);
    assert_int_equal(tile_grid_count(&g), 1);
    assert_int_equal(g.window_width, 2560);
    assert_int_equal(tile_grid_at(&g, 0).from_x, 0);
    g = tile_grid_cut(2561, 1600, 0);
    assert_true(tile_grid_count(&g) > 1);
    /* a window is not much more than its tile */
    g = tile_grid_cut(16384, 6860, 0);
    assert_true((double)g.window_width * g.window_height * tile_grid_count(&g) <
                1.1 * 16384 * 6860);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_pixel_is_in_one_tile),
                                       cmocka_unit_test(test_small_pictures_are_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
