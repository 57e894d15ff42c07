/* Things as they are drawn: what is thinner than a pixel covers what it should, without dots, and
 * what stands stands on the drawn ground, near and far. */
#include "gpu/context.h"
#include "preset/params/param_value.h"
#include "preset/params/placed.h"
#include "render/scene.h"
#include "tests/gpu/gl_fixture.h"
#include "tests/world/shared_worlds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

enum { WIDTH = 192, HEIGHT = 160, PIXELS = WIDTH * HEIGHT, SAMPLES = 64 };
#define FOCAL_M 0.100f /* 9.6 px a metre at 100 m */

struct stage {
    struct scene scene;
    struct gbuffer g;
    float distance[PIXELS]; /* of the last sample; 0: sky */
};

static void draw_sample(struct stage *t, int sample)
{
    struct scene *s = &t->scene;
    const struct frame_options view = {.width = WIDTH,
                                       .height = HEIGHT,
                                       .air_width = 1,
                                       .air_height = 1,
                                       .sample = sample,
                                       .sample_count = SAMPLES};
    const struct subject_site site = scene_site(s);
    struct frame f;
    scene_describe(s, &view, &f);
    shader_upload_frame(&s->shaders, &f);
    if (gpu_has_clip_control(s->gpu))
        glClipControl(GL_LOWER_LEFT, GL_ZERO_TO_ONE);
    gbuffer_begin(&t->g, WIDTH, HEIGHT);
    subjects_draw(&s->subjects, &site, &t->g, &f, false);
    gbuffer_end();
    gpu_texture_read(&t->g.distance, UNIT_LIGHT, 1, t->distance);
}

/* A thing on level ground, so far ahead of an eye 1.7 m over it. */
static void place(struct stage *t, const char *kind, float away)
{
    struct params p;
    struct error err = {0};
    union param_value value;
    char why[PARAM_WHY_MAX];
    params_init(&p);
    p.land_grid = 0; /* the smallest: built in a moment */
    assert_true(param_parse(params_find("camera.place"), "place", "playa", &value, why));
    p.camera_place = value.i;
    p.camera_height = 1.7f;
    p.camera_focal = FOCAL_M;
    p.grade_aspect = (float)WIDTH / HEIGHT;
    placed_init(&p.placed[0], "one");
    assert_true(param_parse(&placed_table[0], "kind", kind, &value, why));
    p.placed[0].kind = value.i;
    p.placed[0].place = p.camera_place;
    p.placed[0].y = away;
    p.placed_count = 1;
    if (!scene_set_params(&t->scene, &p, NULL, &err))
        fail_msg("%s", err.text);
    /* The place's pitch is not level. */
    t->scene.params.camera_pitch = 0;
}

static bool is_thing(float distance, float away)
{
    return distance > 0.97f * away && distance < 1.03f * away + 1;
}

/* --- what they cover -------------------------------------------------------------------------- */

/* Pixels that the thing covers of each row, the mean of all samples. Rows count in which all else
 * is sky or far land. Returns how many. */
static int cover_rows(struct stage *t, float away, double cover[HEIGHT])
{
    int hits[HEIGHT] = {0}, clear[HEIGHT] = {0}, rows = 0;
    for (int i = 0; i < SAMPLES; i++) {
        draw_sample(t, i);
        for (int k = 0; k < PIXELS; k++) {
            bool thing = is_thing(t->distance[k], away);
            hits[k / WIDTH] += thing;
            clear[k / WIDTH] += thing || t->distance[k] <= 0 || t->distance[k] > 2 * away;
        }
    }
    for (int y = 0; y < HEIGHT; y++)
        if (clear[y] == SAMPLES * WIDTH && hits[y] > 0)
            cover[rows++] = (double)hits[y] / SAMPLES;
    return rows;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A pole's shaft is 0.24 m wide, at its top 0.21, at its foot 0.30. It covers what it should,
 * however thin it is (under a pixel a limb counts by its thicker end), and each row of it alike: no
 * gaps, no dots. */
static void test_cover(void **state)
{
    struct stage *t = *state;
    for (float away = 50; away < 700; away *= 2) {
        double cover[HEIGHT], pixel = 0.036 / WIDTH / (double)FOCAL_M * (double)away;
        place(t, "pole", away);
        int rows = cover_rows(t, away, cover);
        qsort(cover, (size_t)rows, sizeof *cover, by_size);
        double middle = rows > 0 ? cover[rows / 2] * pixel : 0,
               low = rows > 0 ? cover[rows / 5] * pixel : 0;
        print_message(
            "%4.0f m away, a pixel %.2f m: %d rows, %.3f m wide, one in five less than %.3f\n",
            (double)away, pixel, rows, middle, low);
        assert_true(rows * pixel > 4 && rows * pixel < 9);
        assert_true(middle > 0.20 && middle < 0.34);
        assert_true(low > 0.12);
    }
}

/* --- where they stand ------------------------------------------------------------------------- */

/* Under the lowest of a cairn is ground, as far away: it neither floats nor hangs. */
static void test_stands(void **state)
{
    struct stage *t = *state;
    for (float away = 16; away < 300; away *= 2) {
        static float bare[PIXELS];
        int rows[2] = {-1, -1}; /* the lowest that it is seen in, and the ground so far away */
        place(t, "none", away);
        draw_sample(t, 0);
        memcpy(bare, t->distance, sizeof bare);
        place(t, "cairn", away);
        draw_sample(t, 0);
        for (int y = 0; y < HEIGHT; y++) { /* rows go down */
            int k = y * WIDTH + WIDTH / 2;
            if (fabsf(t->distance[k] - bare[k]) > 0.02f)
                rows[0] = y;
            if (bare[k] > away - 0.6f)
                rows[1] = y;
        }
        print_message("%3.0f m away: seen from row %d, the ground at its foot is row %d\n",
                      (double)away, rows[0], rows[1]);
        assert_true(rows[0] >= 0 && abs(rows[0] - rows[1]) <= 3);
    }
}

static int setup(void **state)
{
    static struct stage stage;
    static struct gl_fixture *fx;
    void *fixture = NULL;
    struct error err = {0};
    if (gl_fixture_setup(&fixture) != 0)
        return -1;
    fx = fixture;
    const struct scene_options options = {.clipmap_n = 256, .machine.cache = shared_worlds()};
    if (!scene_init(&stage.scene, fx->gpu, &fx->res, &options, &err) ||
        !scene_begin(&stage.scene, &err) || !gbuffer_init(&stage.g, WIDTH, HEIGHT, false, &err)) {
        print_error("%s\n", err.text);
        return -1;
    }
    *state = &stage;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cover), cmocka_unit_test(test_stands)};
    return cmocka_run_group_tests(tests, setup, NULL);
}
