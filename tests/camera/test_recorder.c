/* A path made by hand: what its keys hold, and that a preset keeps it. */
#include "camera/recorder.h"

#include "preset/preset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEAR(a, b, within) assert_true(fabs((double)(a) - (double)(b)) <= (within))

static struct params view(float x, float height, int above)
{
    struct params p;
    params_init(&p);
    p.camera_place = 3;
    p.camera_x = x;
    p.camera_y = 5;
    p.camera_height = height;
    p.camera_above = above;
    p.camera_fstop = x > 0 ? 4 : 0;
    return p;
}

static void record(struct recorder *r)
{
    *r = (struct recorder){.count = 0};
    struct params a = view(0, 2, 0), b = view(30, 140, 1), c = view(60, 4, 0);
    c.camera_yaw = 1;
    assert_true(recorder_add(r, &a, 100));
    assert_true(recorder_add(r, &b, 120));
    assert_true(recorder_add(r, &c, 110));
}

static void test_keys(void **state)
{
    (void)state;
    struct recorder r;
    struct path path;
    record(&r);
    assert_true(recorder_duration_s(&r) == 2 * RECORDER_KEY_S);
    assert_true(recorder_path(&r, &path));
    assert_true(path.duration_s == 2 * RECORDER_KEY_S);
    assert_int_equal(path.track_count, 4); /* x, y, height, yaw; the lens has no way */
    for (int i = 0; i < 3; i++) {
        static const float heights[] = {102, 140, 114};
        struct params p = {.camera_above = 0, .sun_elevation = 7};
        assert_true(recorder_view_at(&r, i * RECORDER_KEY_S, &p));
        NEAR(p.camera_x, 30 * i, 1e-4);
        NEAR(p.camera_height, heights[i], 1e-4);
        assert_true(p.camera_y == 5 && p.camera_place == 0 && p.camera_above == 1);
        assert_true(p.sun_elevation == 7 && p.camera_move_east == 0);
    }
    path_fini(&path);
}

static void test_few_and_many(void **state)
{
    (void)state;
    struct recorder r = {.count = 0};
    struct params p = view(1, 2, 1);
    struct path path;
    assert_false(recorder_take_back(&r));
    assert_false(recorder_path(&r, &path));
    for (int i = 0; i < RECORDER_KEYS_MAX; i++)
        assert_true(recorder_add(&r, &p, 0));
    assert_false(recorder_add(&r, &p, 0));
    assert_int_equal(r.count, RECORDER_KEYS_MAX);
    while (r.count > 1)
        assert_true(recorder_take_back(&r));
    assert_true(recorder_duration_s(&r) == 0);
    assert_false(recorder_path(&r, &path));
    struct params out;
    assert_true(recorder_view_at(&r, 1, &out));
    assert_true(out.camera_x == 1);
}

/* What a save writes is what was recorded. */
static void test_saved(void **state)
{
    (void)state;
    struct resources res = {0};
    struct diagnostics diag = {0};
    struct recorder r;
    struct path path, back;
    record(&r);
    assert_true(recorder_path(&r, &path));
    struct preset *p = preset_parse(&res, "x.ini", "title = T\n", 10, &diag);
    char *viewed = preset_save_camera(p, RECORDER_NAME, &r.keys[0]);
    preset_destroy(&p);
    p = preset_parse(&res, "x.ini", viewed, strlen(viewed), &diag);
    char *text = preset_save_path(p, &path);
    preset_destroy(&p);
    p = preset_parse(&res, "x.ini", text, strlen(text), &diag);
    if (!p)
        fail_msg("%s", diag.lines[0]);
    assert_true(preset_get_path(p, RECORDER_NAME, &back, &diag));
    struct params start, at, kept;
    assert_true(preset_resolve(p, back.camera, &start, &diag));
    for (int i = 0; i <= 8; i++) {
        double t = i * RECORDER_KEY_S / 4;
        path_at(&back, &start, t, &at);
        assert_true(recorder_view_at(&r, t, &kept));
        assert_true(at.camera_x == kept.camera_x && at.camera_yaw == kept.camera_yaw);
        assert_true(at.camera_height == kept.camera_height && at.camera_above == 1);
    }
    path_fini(&path);
    path_fini(&back);
    preset_destroy(&p);
    free(viewed);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_few_and_many),
        cmocka_unit_test(test_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
