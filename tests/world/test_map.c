/* The map: every layer shows something, marks stand where they belong, threads change nothing. */
#include "tests/world/world_fixture.h"
#include "world/map/map.h"

#include "picture/font.h"

static struct macro world;

static int set_up(void **state)
{
    (void)state;
    struct macro_params params = usual_params(7, 256);
    world = build_world(&params, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    macro_fini(&world);
    return 0;
}

static struct map_options usual_options(void)
{
    return (struct map_options){.size = 256,
                                .x = -MACRO_WORLD_M / 2,
                                .y = -MACRO_WORLD_M / 2,
                                .extent_m = MACRO_WORLD_M,
                                .fog_top_m = 350,
                                .title = "A title"};
}

static struct image draw(const struct map_options *o)
{
    struct image img;
    struct error err = {0};
    if (!map_draw(&img, &world, o, &err))
        fail_msg("%s", err.text);
    assert_true(img.width == o->size && img.height == o->size);
    if (!image_check_not_blank(&img, &err))
        fail_msg("%s", err.text);
    return img;
}

static size_t bytes_of(const struct image *img)
{
    return (size_t)img->width * (size_t)img->height * 3;
}

static void test_layers(void **state)
{
    (void)state;
    struct image images[MAP_LAYER_COUNT];
    for (int i = 0; i < MAP_LAYER_COUNT; i++) {
        struct map_options o = usual_options();
        o.layer = (enum map_layer)i;
        images[i] = draw(&o);
        for (int k = 0; k < i; k++)
            assert_memory_not_equal(images[i].pixels, images[k].pixels, bytes_of(&images[i]));
    }
    for (int i = 0; i < MAP_LAYER_COUNT; i++)
        image_fini(&images[i]);
}

static void test_threads(void **state)
{
    (void)state;
    struct map_options o = usual_options();
    o.threads = 1;
    struct image one = draw(&o);
    o.threads = 3;
    struct image three = draw(&o);
    assert_memory_equal(one.pixels, three.pixels, bytes_of(&one));
    image_fini(&one);
    image_fini(&three);
}

/* Mean row and column where two pictures differ, in pixels; the count of pixels that do. */
static int difference(const struct image *a, const struct image *b, double *x, double *y)
{
    int count = 0;
    *x = *y = 0;
    for (int i = 0; i < a->width * a->height; i++)
        if (memcmp(a->pixels + 3 * i, b->pixels + 3 * i, 3) != 0) {
            *x += i % a->width;
            *y += i / a->width;
            count++;
        }
    *x /= count > 0 ? count : 1;
    *y /= count > 0 ? count : 1;
    return count;
}

static void test_marks(void **state)
{
    (void)state;
    struct map_options o = usual_options();
    struct image plain = draw(&o);
    /* The last lies outside -32768..32767 and is the first again. */
    struct map_mark marks[3] = {
        {24000, 24000, 0, "a"}, {-24000, -24000, 1, "b"}, {24000 - MACRO_WORLD_M, 24000, 0, "a"}};
    for (int i = 0; i < 3; i++) {
        o.marks = &marks[i];
        o.mark_count = 1;
        struct image marked = draw(&o);
        double x, y;
        assert_true(difference(&plain, &marked, &x, &y) > 20);
        bool east = i != 1;
        assert_true(east ? x > 180 && y < 100 : x < 110 && y > 150);
        image_fini(&marked);
    }
    /* Crowded at the edges: nothing is written outside (the sanitizer tells). */
    struct map_mark many[MAP_MARKS_MAX];
    for (int i = 0; i < MAP_MARKS_MAX; i++)
        many[i] = (struct map_mark){i % 2 ? 32767 : -32768, i % 4 < 2 ? 32767 : -32768, (float)i,
                                    "a long label"};
    o.marks = many;
    o.mark_count = MAP_MARKS_MAX;
    struct image marked = draw(&o);
    image_fini(&marked);
    image_fini(&plain);
}

static void test_extents(void **state)
{
    (void)state;
    static const double extents[] = {500, 3000, 8000, 16384, 50000};
    for (int i = 0; i < 5; i++) {
        struct map_options o = usual_options();
        o.extent_m = extents[i];
        o.x = i % 2 ? 40000 : -64000;
        o.layer = MAP_HEIGHT;
        struct image img = draw(&o);
        image_fini(&img);
    }
    struct map_options o = usual_options();
    o.size = 1800; /* twofold type */
    struct image img = draw(&o);
    image_fini(&img);
}

static void test_font(void **state)
{
    (void)state;
    assert_int_equal(font_width("", 1), 0);
    assert_int_equal(font_width("a", 1), 5);
    assert_int_equal(font_width("ab", 2), 22);
    assert_int_equal(font_width("A", 1), font_width("a", 1));
    struct image img;
    struct error err = {0};
    assert_true(image_init(&img, 20, 12, &err));
    const uint8_t white[3] = {255, 255, 255};
    font_draw(&img, -3, -2, "edges \xC3\xA9?", 3, white);
    font_draw(&img, 15, 8, "gy", 1, white);
    size_t lit = 0;
    for (size_t i = 0; i < bytes_of(&img); i += 3)
        lit += img.pixels[i] == 255;
    assert_true(lit > 10 && lit < 200);
    image_fini(&img);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layers), cmocka_unit_test(test_threads),
        cmocka_unit_test(test_marks),  cmocka_unit_test(test_extents),
        cmocka_unit_test(test_font),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
