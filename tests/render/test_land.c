/* The land by itself: the heights of the clipmap, whatever the grid they are asked for with. */
#include "render/ground/clipmap.h"
#include "render/ground/ground_heights.h"
#include "tests/gpu/gl_fixture.h"
#include "tests/world/shared_worlds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

enum { N = GL_FIXTURE_CLIPMAP_N, LEVELS = CLIPMAP_LEVELS, EYES = 2 };

static const double eyes[EYES][2] = {{1234.5, -777.25}, {-29999.9375, 30123.5}};

/* What a clipmap held at the eyes. */
struct held {
    struct clipmap_level levels[LEVELS];
    float height[LEVELS][N][N];
};

struct bench {
    struct gl_fixture *fx;
    struct land *land;
    struct held held[EYES];
};

static void hold(struct gl_fixture *fx, struct clipmap *c, const struct params *p,
                 const double place[2], struct held *out)
{
    const struct frame_eye eye = {.x = place[0], .y = place[1], .altitude = 1000};
    struct frame f = gl_fixture_upload(fx, p, &eye);
    world_textures_bind(&fx->terrain);
    clipmap_place(c, place[0], place[1]);
    clipmap_describe(c, &f, place[0], place[1]);
    shader_upload_frame(&fx->shaders, &f);
    clipmap_fill(c);
    memcpy(out->levels, c->levels, sizeof out->levels);
    gpu_texture_bind(&c->height, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D_ARRAY, 0, GL_RED, GL_FLOAT, out->height);
}

/* The clipmap first: a land takes the binding points of the blocks. */
static int setup(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    void *fx = NULL;
    *state = b;
    if (!b || gl_fixture_setup(&fx) != 0)
        return -1;
    struct error err = {0};
    struct params p;
    struct clipmap c;
    b->fx = fx;
    params_init(&p);
    gl_fixture_build_land(b->fx, &p);
    if (!clipmap_init(&c, &b->fx->shaders, N, &err))
        fail_msg("%s", err.text);
    for (int e = 0; e < EYES; e++)
        hold(b->fx, &c, &p, eyes[e], &b->held[e]);
    clipmap_fini(&c);
    b->land = land_create(&b->fx->res, &p, &(struct machine){.cache = shared_worlds()}, &err);
    if (!b->land)
        fail_msg("%s", err.text);
    return 0;
}

static int teardown(void **state)
{
    struct bench *b = *state;
    void *fx = b->fx;
    land_destroy(&b->land);
    int code = gl_fixture_teardown(&fx);
    free(b);
    return code;
}

/* To be freed. */
static float *heights(const struct bench *b, const struct land_grid *g)
{
    struct error err = {0};
    float *out = malloc((size_t)g->columns * (size_t)g->rows * sizeof *out);
    assert_non_null(out);
    if (!land_heights(b->land, g, out, NULL, &err))
        fail_msg("%s", err.text);
    for (int i = 0; i < g->columns * g->rows; i++)
        assert_true(isfinite(out[i]));
    return out;
}

/* Point i, j counted from the south-west. */
static float at(const struct land_grid *g, const float *values, int i, int j)
{
    return values[(g->rows - 1 - j) * g->columns + i];
}

static void compare_level(const struct bench *b, const struct held *held, int level)
{
    const struct clipmap_level *l = &held->levels[level];
    double spacing = CLIPMAP_FINEST_M * (1 << level);
    struct land_grid g = {l->x * spacing, l->y * spacing, spacing, N, N};
    float *got = heights(b, &g);
    for (int j = 0; j < N; j++)
        for (int i = 0; i < N; i++) {
            float drawn = held->height[level][(l->y + j) & (N - 1)][(l->x + i) & (N - 1)];
            /* The same program text and numbers, but a compiler may round another way. */
            if (fabsf(at(&g, got, i, j) - drawn) > 1e-3f)
                fail_msg("level %d, sample %d %d: %.9g, drawn %.9g", level, i, j,
                         (double)at(&g, got, i, j), (double)drawn);
        }
    free(got);
}

static void test_equals_clipmap(void **state)
{
    const struct bench *b = *state;
    for (int e = 0; e < EYES; e++)
        for (int level = 0; level < LEVELS; level++)
            compare_level(b, &b->held[e], level);
}

/* A piece of a grid that is drawn in several blocks, asked for alone. Where spacings are no powers
 * of two, a place may be rounded to another float: 256 m has steps of 1/65536 m. */
static void compare_piece(const struct bench *b, const struct land_grid *whole, int x, int y)
{
    struct land_grid piece = {whole->x + x * whole->spacing_m, whole->y + y * whole->spacing_m,
                              whole->spacing_m, 40, 30};
    double exponent = log2(whole->spacing_m);
    float bound = exponent == floor(exponent) ? 0 : 1e-3f;
    float *all = heights(b, whole), *alone = heights(b, &piece);
    for (int j = 0; j < piece.rows; j++)
        for (int i = 0; i < piece.columns; i++)
            assert_true(fabsf(at(whole, all, x + i, y + j) - at(&piece, alone, i, j)) <= bound);
    free(alone);
    free(all);
}

static void test_no_seams(void **state)
{
    static const double spacings[] = {0.01, 0.125, 3.7, 16, 100, 4096};
    for (int k = 0; k < 6; k++) {
        struct land_grid g = {-1000.5, 300.25, spacings[k], 300, 280};
        compare_piece(*state, &g, 240, 0);
        compare_piece(*state, &g, 235, 245);
    }
}

/* The ground is as smooth far out: neighbours 25 cm apart differ by a slope, not by the steps that
 * single precision has there. */
static void test_far_away(void **state)
{
    static const double places[][2] = {{0, 0}, {5e6, -7e6}, {-9.9e8, 9.9e8}};
    for (int k = 0; k < 3; k++) {
        struct land_grid g = {places[k][0], places[k][1], 0.25, 64, 64};
        float *got = heights(*state, &g);
        double sum = 0;
        for (int j = 0; j < g.rows; j++)
            for (int i = 0; i + 1 < g.columns; i++) {
                double d = (double)(at(&g, got, i + 1, j) - at(&g, got, i, j));
                assert_true(fabs(d) < 12); /* a wall of rock, as steep as samples can hold */
                sum += fabs(d);
            }
        assert_true(sum > 0 && sum / (g.rows * (g.columns - 1)) < 0.6);
        free(got);
    }
}

/* Twice the spacing is the same land, filtered: the bounds of test_clipmap.c, between levels too.
 * On a face of rock the height turns by some spacings within one; elsewhere it hardly moves. */
static void test_spacings_agree(void **state)
{
    static const double spacings[] = {0.03, 0.3, 5, 7, 37, 90, 300, 1500};
    for (int k = 0; k < 8; k++) {
        struct land_grid fine = {3000, -2000, spacings[k], 128, 128};
        struct land_grid coarse = {3000, -2000, 2 * spacings[k], 64, 64};
        float *a = heights(*state, &fine), *b = heights(*state, &coarse);
        double sum = 0, squares = 0;
        for (int j = 0; j < coarse.rows; j++)
            for (int i = 0; i < coarse.columns; i++) {
                double d = (double)(at(&fine, a, 2 * i, 2 * j) - at(&coarse, b, i, j));
                sum += fabs(d);
                squares += d * d;
            }
        double mean = sum / (64 * 64) / spacings[k], rms = sqrt(squares / (64 * 64)) / spacings[k];
        print_message("%g m against %g m: mean %.3f, rms %.3f of the spacing\n", spacings[k],
                      2 * spacings[k], mean, rms);
        assert_true(mean < 0.45 && rms < 1.2);
        free(b);
        free(a);
    }
}

static void test_masks(void **state)
{
    const struct bench *b = *state;
    struct land_grid g = {-32768, -32768, 128, 500, 500};
    struct error err = {0};
    int count = g.columns * g.rows, playa = 0;
    float *got = malloc((size_t)count * sizeof *got);
    assert_non_null(got);
    for (int which = 0; which < LAND_MASK_COUNT; which++) {
        assert_true(land_masks(b->land, &g, (enum land_mask)which, got, NULL, &err));
        float least = got[0], most = got[0];
        for (int i = 0; i < count; i++) {
            assert_true(isfinite(got[i]));
            least = fminf(least, got[i]);
            most = fmaxf(most, got[i]);
            if (which == LAND_MASK_PLAYA) {
                assert_true(got[i] == 0 || got[i] == 1);
                playa += got[i] == 1;
            } else if (which == LAND_MASK_ROCK) {
                assert_true(got[i] == floorf(got[i]));
            } else {
                assert_true(got[i] >= 0);
            }
        }
        assert_true(most > least);
    }
    assert_true(playa > 0 && playa < count);
    free(got);
}

static bool stop(struct progress *self, const char *what, double done)
{
    (void)self;
    (void)what;
    return done < 0.5;
}

static void test_refusals(void **state)
{
    const struct bench *b = *state;
    struct error err = {0};
    struct progress progress = {.step = stop};
    float *out = malloc(512 * 512 * sizeof *out);
    assert_non_null(out);
    struct land_grid g = {0, 0, 1, 512, 512};
    assert_false(land_heights(b->land, &g, out, &progress, &err));
    assert_int_equal(err.kind, ERROR_INTERRUPTED);
    g.x = 1e9;
    assert_false(land_heights(b->land, &g, out, NULL, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    g.x = NAN;
    assert_false(land_heights(b->land, &g, out, NULL, &err));
    free(out);
}

static void test_no_messages(void **state)
{
    struct bench *b = *state;
    void *fx = b->fx;
    gl_fixture_test_no_messages(&fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equals_clipmap), cmocka_unit_test(test_no_seams),
        cmocka_unit_test(test_far_away),       cmocka_unit_test(test_spacings_agree),
        cmocka_unit_test(test_masks),          cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_no_messages),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
