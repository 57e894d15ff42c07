/* The ground cast for the window's pictures is the ground that stills draw, wherever the eye looks.
 */
#include "gpu/context.h"
#include "render/scene.h"
#include "tests/gpu/gl_fixture.h"
#include "tests/world/shared_worlds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <math.h>

#define DEG 0.017453293f

enum { WIDTH = 160, HEIGHT = 90, PIXELS = WIDTH * HEIGHT };

/* The distances of all pixels, as stills or as the window's pictures find them. */
static void draw(struct scene *s, struct gbuffer *g, bool live, float *out)
{
    const struct frame_options view = {
        .width = WIDTH, .height = HEIGHT, .air_width = 1, .air_height = 1, .sample_count = 1};
    const struct subject_site site = scene_site(s);
    struct frame f;
    scene_describe(s, &view, &f);
    shader_upload_frame(&s->shaders, &f);
    if (gpu_has_clip_control(s->gpu))
        glClipControl(GL_LOWER_LEFT, GL_ZERO_TO_ONE);
    gbuffer_begin(g, WIDTH, HEIGHT);
    subjects_draw(&s->subjects, &site, g, &f, live);
    gbuffer_end();
    gpu_texture_read(&g->distance, UNIT_LIGHT, 1, out);
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

struct view {
    const char *name;
    float height, pitch, roll; /* m, degrees */
    double median, most;       /* of the distance: half, and nine in ten, are nearer alike */
};

/* Compares the two; sky in one alone is allowed for one pixel in a hundred: along the horizon. */
static void compare(struct scene *s, struct gbuffer *still, struct gbuffer *window,
                    const struct view *view)
{
    static float mesh[PIXELS], cast[PIXELS], apart[PIXELS];
    int both = 0, one = 0;
    struct params p;
    struct error err = {0};
    params_init(&p);
    p.land_grid = 0; /* the smallest: built in a moment */
    p.camera_height = view->height;
    p.camera_pitch = view->pitch * DEG;
    p.camera_roll = view->roll * DEG;
    p.grade_aspect = (float)WIDTH / HEIGHT;
    if (!scene_set_params(s, &p, NULL, &err))
        fail_msg("%s", err.text);
    clipmap_read_bounds(&s->clipmap, 0, CLIPMAP_LEVELS, 1);
    draw(s, still, false, mesh);
    draw(s, window, true, cast);
    for (int i = 0; i < PIXELS; i++) {
        if (mesh[i] > 0 && cast[i] > 0)
            apart[both++] = fabsf(logf(cast[i] / mesh[i]));
        else
            one += (mesh[i] > 0) != (cast[i] > 0);
    }
    assert_true(both > PIXELS / 4);
    qsort(apart, (size_t)both, sizeof *apart, by_size);
    double median = (double)apart[both / 2], most = (double)apart[both * 9 / 10];
    print_message("%s: half within %.5f, nine in ten within %.4f, sky in one alone %d\n",
                  view->name, median, most, one);
    assert_true(median < view->median && most < view->most);
    assert_true(one <= PIXELS / 100);
}

static void test_cast_is_the_mesh(void **state)
{
    static const struct view views[] = {{"over the land", 300, -6, 0, 0.002, 0.02},
                                        {"close to it", 2, -3, 0, 0.002, 0.02},
                                        {"rolled", 300, -6, 35, 0.002, 0.02},
                                        {"straight down", 300, -90, 0, 0.002, 0.02},
                                        {"down and rolled", 1500, -60, 160, 0.002, 0.02}};
    const struct gl_fixture *fx = *state;
    const struct scene_options options = {.clipmap_n = 512, .machine.cache = shared_worlds()};
    struct scene s;
    struct gbuffer still, window;
    struct error err = {0};
    if (!scene_init(&s, fx->gpu, &fx->res, &options, &err) || !scene_begin_live(&s, &err) ||
        !gbuffer_init(&still, WIDTH, HEIGHT, false, &err) ||
        !gbuffer_init(&window, WIDTH, HEIGHT, true, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        compare(&s, &still, &window, &views[i]);
    gbuffer_fini(&still);
    gbuffer_fini(&window);
    scene_fini(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cast_is_the_mesh),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
