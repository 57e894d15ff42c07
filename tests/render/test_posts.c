/* How far one sees in a shipped fog: the contrast of black posts (posts_scene.h), drawn by the
 * march, against what the preset's visibility states. */
#include "preset/preset.h"
#include "tests/gpu/gl_fixture.h"
#include "tests/render/posts_scene.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* The strip about the horizon that is measured, and no more. */
enum { WIDTH = 1000, HEIGHT = 56 };
enum { AT_RANGE = 3 }; /* the post that stands at pea-souper's 40 m */

struct fog {
    struct posts posts;
    struct params params;
};

static void fog_init(struct fog *f, struct gl_fixture *fx, const char *name)
{
    struct diagnostics d = {0};
    struct error err = {0};
    struct preset *preset = preset_load(&fx->res, name, &d);
    assert_non_null(preset);
    assert_true(preset_resolve(preset, NULL, &f->params, &d));
    preset_destroy(&preset);
    if (!posts_init(&f->posts, &fx->shaders, WIDTH, HEIGHT, &err))
        fail_msg("%s", err.text);
}

static void fog_draw(struct fog *f, const struct gl_fixture *fx, double x, double y, int samples,
                     struct posts_contrast out[POSTS_COUNT])
{
    const struct posts_view view = {.x = x, .y = y, .samples = samples};
    posts_draw(&f->posts, &fx->shaders, &fx->triangle, &f->params, &view);
    posts_measure(&f->posts, out);
}

static void take_air(struct fog *f)
{
    struct error err = {0};
    if (!posts_take_air(&f->posts, &f->params, &err))
        fail_msg("%s", err.text);
}

/* Without patches the fog is what its numbers say. The march stops where 0.4% of the light comes
 * through, so that contrasts under that are not its own. */
static void test_even_fog(void **state)
{
    struct gl_fixture *fx = *state;
    struct posts_contrast c[POSTS_COUNT];
    struct fog f;
    fog_init(&f, fx, "pea-souper");
    f.params.fog_patch = 0;
    take_air(&f);
    fog_draw(&f, fx, 0, 0, 4, c);
    for (int i = 0; i < POSTS_COUNT; i++) {
        print_message("%2.0f m: contrast %.5f, stated %.5f\n", c[i].distance, c[i].contrast[1],
                      c[i].stated[1]);
        for (int w = 0; w < AIR_WAVES; w++)
            assert_true(fabs(c[i].contrast[w] - c[i].stated[w]) < 0.002);
    }
    assert_true(fabs(c[AT_RANGE].distance - (double)f.params.fog_visibility) < 1e-3);
    assert_true(fabs(c[AT_RANGE].contrast[1] - 0.02) < 0.002);
    posts_fini(&f.posts);
}

/* As shipped it is uneven, and the range with it from place to place. What patches keep is the mean
 * of the extinction: the mean over places of the depth, -ln contrast, is that of the range. Places
 * are as far from each other as two of the widest patches. */
static void test_patches_keep_the_range(void **state)
{
    enum { SIDE = 12 };
    struct gl_fixture *fx = *state;
    struct posts_contrast c[POSTS_COUNT];
    struct fog f;
    double depth = 0, least = 1, most = 0;
    fog_init(&f, fx, "pea-souper");
    take_air(&f);
    for (int i = 0; i < SIDE * SIDE; i++) {
        double apart = (double)f.params.fog_billow_size;
        fog_draw(&f, fx, i % SIDE * apart, (i / SIDE + 0.5 * (i % 2)) * apart, 1, c);
        depth -= log(c[AT_RANGE].contrast[1]) / (SIDE * SIDE);
        least = fmin(least, c[AT_RANGE].contrast[1]);
        most = fmax(most, c[AT_RANGE].contrast[1]);
    }
    print_message("40 m: contrast %.4f by the mean depth, %.4f to %.4f\n", exp(-depth), least,
                  most);
    assert_true(most > 1.5 * least);
    assert_true(fabs(exp(-depth) - 0.02) < 0.002);
    posts_fini(&f.posts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_even_fog),
        cmocka_unit_test(test_patches_keep_the_range),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
