/* The clipmap: however the eye came to a place, the ground there is the same. */
#include "base/consts.h"
#include "render/ground/clipmap.h"
#include "tests/gpu/gl_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

enum { N = GL_FIXTURE_CLIPMAP_N, LEVELS = CLIPMAP_LEVELS };

/* What the textures of a clipmap hold. */
struct content {
    float height[LEVELS][N][N];
    float slope[LEVELS][N][N][2];
    uint8_t sky[LEVELS][N / 2][N / 2][4];
    float shadow[LEVELS][N][N][2];
};

static void read_content(const struct clipmap *c, struct content *out)
{
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    gpu_texture_bind(&c->height, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D_ARRAY, 0, GL_RED, GL_FLOAT, out->height);
    gpu_texture_bind(&c->slope, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D_ARRAY, 0, GL_RG, GL_FLOAT, out->slope);
    gpu_texture_bind(&c->sky, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D_ARRAY, 0, GL_RGBA, GL_UNSIGNED_BYTE, out->sky);
    gpu_texture_bind(&c->shadow, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D_ARRAY, 0, GL_RG, GL_FLOAT, out->shadow);
}

/* Moves the eye as the renderer does. */
static struct frame go_with(struct gl_fixture *fx, struct clipmap *c, double x, double y,
                            const struct params *p)
{
    const struct frame_eye eye = {.x = x, .y = y, .altitude = 1000};
    struct frame f = gl_fixture_upload(fx, p, &eye);
    if (!fx->terrain.size)
        gl_fixture_build_land(fx, p);
    world_textures_bind(&fx->terrain);
    clipmap_place(c, x, y);
    clipmap_describe(c, &f, x, y);
    shader_upload_frame(&fx->shaders, &f);
    clipmap_fill(c);
    clipmap_sweep_sun(c, &f);
    clipmap_fill_sky(c, &f);
    return f;
}

static void go(struct gl_fixture *fx, struct clipmap *c, double x, double y)
{
    struct params p;
    params_init(&p);
    go_with(fx, c, x, y, &p);
}

static void make(struct gl_fixture *fx, struct clipmap *c)
{
    struct error err = {0};
    if (!clipmap_init(c, &fx->shaders, N, &err))
        fail_msg("%s", err.text);
}

/* Samples from a level's edge that the next level draws; and so near that horizons look over it,
 * where what was filled before the edge came there knows more (12 of 255 are allowed there). */
enum { EDGE = 8, LOOK = 20 };

/* Two contents for a pair of clipmaps at the same place, `moved` by a long way and `fresh` at once.
 * Heights and slopes must be the same bits, and so must the sky but for
 * LOOK. The land's light hangs on the sun's shadow,
 * which stands in the eye's tangent frame and is told by coarser levels toward the edge of each: it
 * is held to a step of its 8 bits in all but one place of a hundred. */
struct pair {
    struct clipmap moved, fresh;
    struct content a, b;
    int lights, lights_differ;
};

static void expect_same(struct pair *p, int level, int i, int j)
{
    const struct clipmap_level *l = &p->moved.levels[level];
    int x = (l->x + i) & (N - 1), y = (l->y + j) & (N - 1);
    if (p->a.height[level][y][x] != p->b.height[level][y][x])
        fail_msg("level %d, sample %d %d: height %g after a way, %g at once", level, i, j,
                 (double)p->a.height[level][y][x], (double)p->b.height[level][y][x]);
    if (i < EDGE || j < EDGE || i >= N - EDGE || j >= N - EDGE)
        return;
    if (memcmp(p->a.slope[level][y][x], p->b.slope[level][y][x], 2 * sizeof(float)) != 0)
        fail_msg("level %d, sample %d %d: the slope differs", level, i, j);
    const uint8_t *a = p->a.sky[level][y / 2][x / 2], *b = p->b.sky[level][y / 2][x / 2];
    bool inside = i >= LOOK && j >= LOOK && i < N - LOOK && j < N - LOOK;
    for (int k = 0; k < 3; k++)
        if (abs(a[k] - b[k]) > (inside ? 0 : 12))
            fail_msg("level %d, sample %d %d: the sky is %d %d %d after a way, %d %d %d at once",
                     level, i, j, a[0], a[1], a[2], b[0], b[1], b[2]);
    p->lights++;
    p->lights_differ += abs(a[3] - b[3]) > 1;
}

static void test_moves_like_jumps(void **state)
{
    static const double way[][2] = {
        {100, 200},      {100.3, 200.1},    {103, 198},      {131, 260},
        {131, 260.0625}, {-20, 5},          {-3000, -77},    {-3001.5, -70},
        {-9000, 12345},  {25000.5, -29999}, {25003, -29000}, {24000, -29100},
    };
    struct gl_fixture *fx = *state;
    struct pair *p = calloc(1, sizeof *p);
    assert_non_null(p);
    make(fx, &p->moved);
    make(fx, &p->fresh);
    for (size_t k = 0; k < sizeof way / sizeof *way; k++) {
        go(fx, &p->moved, way[k][0], way[k][1]);
        if (k % 3 != 2)
            continue;
        read_content(&p->moved, &p->a);
        clipmap_invalidate(&p->fresh);
        go(fx, &p->fresh, way[k][0], way[k][1]);
        read_content(&p->fresh, &p->b);
        for (int level = 0; level < LEVELS; level++) {
            assert_int_equal(p->moved.levels[level].x, p->fresh.levels[level].x);
            for (int j = 0; j < N; j++)
                for (int i = 0; i < N; i++)
                    expect_same(p, level, i, j);
        }
    }
    /* Measured: 0.4%. */
    assert_true(p->lights_differ < p->lights / 100);
    clipmap_fini(&p->moved);
    clipmap_fini(&p->fresh);
    free(p);
}

/* Each level holds the eye in its middle, on even samples, aligned with its neighbour. */
static void test_place(void **state)
{
    (void)state;
    struct clipmap c = {.n = N};
    static const double eyes[][2] = {{0, 0}, {1234.5, -29999.97}, {-0.01, 0.01}, {30000, -30000}};
    for (int e = 0; e < 4; e++) {
        clipmap_place(&c, eyes[e][0], eyes[e][1]);
        for (int i = 0; i < LEVELS; i++) {
            double spacing = CLIPMAP_FINEST_M * (1 << i);
            const struct clipmap_level *l = &c.levels[i];
            assert_true(l->x % 2 == 0 && l->y % 2 == 0);
            assert_true(fabs(eyes[e][0] / spacing - (l->x + N / 2)) <= 1);
            assert_true(fabs(eyes[e][1] / spacing - (l->y + N / 2)) <= 1);
            if (i + 1 < LEVELS) { /* wholly inside the next */
                const struct clipmap_level *next = &c.levels[i + 1];
                assert_true(l->x / 2 > next->x && l->x / 2 + N / 2 < next->x + N);
                assert_true(l->y / 2 > next->y && l->y / 2 + N / 2 < next->y + N);
            }
        }
    }
}

/* The height that is read back is that of ground_height() under the eye. */
static void test_read_ground(void **state)
{
    struct gl_fixture *fx = *state;
    struct clipmap c;
    make(fx, &c);
    static const double eyes[][2] = {{16.25, 7.5}, {-1000.0625, 300}, {29000.5, -29999.9375}};
    for (int e = 0; e < 3; e++) {
        double x = eyes[e][0], y = eyes[e][1];
        go(fx, &c, x, y);
        struct gl_case here[2];
        memset(here, 0, sizeof here);
        for (int k = 0; k < 2; k++) { /* the sample under the eye, and its eastern neighbour */
            double east = x + k * CLIPMAP_FINEST_M;
            here[k].a[0] = (float)floor(east / 256);
            here[k].a[1] = (float)floor(y / 256);
            here[k].a[2] = (float)(east - floor(east / 256) * 256);
            here[k].a[3] = (float)(y - floor(y / 256) * 256);
            here[k].b[0] = (float)CLIPMAP_FINEST_M;
        }
        gl_fixture_run(fx, "ground/ground.glsl",
                       "#include \"lib/ground/ground.glsl\"\n"
                       "vec4 run(vec4 a, vec4 b)\n{\n"
                       "    return vec4(ground_height(noise_place(ivec2(a.xy), a.zw), b.x));\n}\n",
                       here, 2);
        assert_float_equal((float)clipmap_read_ground(&c, x, y), here[0].result[0], 1e-3f);
        double quarter = clipmap_read_ground(&c, x + 0.25 * CLIPMAP_FINEST_M, y);
        double expected = 0.75 * (double)here[0].result[0] + 0.25 * (double)here[1].result[0];
        assert_float_equal((float)quarter, (float)expected, 1e-3f);
    }
    clipmap_fini(&c);
}

/* Neighbouring levels, where both stand: heights differ by a share of the spacing (see
 * test_shaders.c), slopes are those of the heights. */
static void test_levels_agree(void **state)
{
    struct gl_fixture *fx = *state;
    struct clipmap c;
    struct content *got = calloc(1, sizeof *got);
    assert_non_null(got);
    make(fx, &c);
    go(fx, &c, 1000, 1000);
    read_content(&c, got);
    for (int level = 0; level < LEVELS; level++) {
        const struct clipmap_level *l = &c.levels[level];
        double spacing = CLIPMAP_FINEST_M * (1 << level), sum = 0, mean = 0;
        for (int j = 2; j < N - 2; j++) {
            for (int i = 2; i < N - 2; i++) {
                int x = l->x + i, y = l->y + j, m = N - 1;
                float h = got->height[level][y & m][x & m];
                assert_true(isfinite(h));
                assert_true(got->sky[level][(y & m) / 2][(x & m) / 2][0] > 0);
                double west = (double)got->height[level][y & m][(x - 1) & m];
                double east = (double)got->height[level][y & m][(x + 1) & m];
                double slope = (double)got->slope[level][y & m][x & m][0];
                /* Half floats. */
                assert_float_equal((float)slope, (float)((east - west) / (2 * spacing)),
                                   (float)(fabs(slope) * 1e-3 + 1e-4));
                if (level + 1 < LEVELS && x % 2 == 0 && y % 2 == 0) {
                    double d = (double)(h - got->height[level + 1][y / 2 & m][x / 2 & m]);
                    mean += fabs(d);
                    sum += d * d;
                }
            }
        }
        printf("level %d: mean %.3f rms %.3f spacings\n", level, mean / (N * N / 4) / spacing,
               sqrt(sum / (N * N / 4)) / spacing);
        /* Faces of rock move by more: rms. */
        assert_true(mean / (N * N / 4) < 0.45 * spacing && sqrt(sum / (N * N / 4)) < 1.4 * spacing);
    }
    clipmap_fini(&c);
    free(got);
}

/* The height of a sample in the tangent frame of the eye of test_shadow(): the planet drops. */
static double tangent_height(const struct content *got, const struct clipmap_level *l, int level,
                             int i, int j)
{
    double spacing = CLIPMAP_FINEST_M * (1 << level);
    double x = (l->x + i) * spacing + 5000, y = (l->y + j) * spacing - 3000;
    double h = (double)got->height[level][(l->y + j) & (N - 1)][(l->x + i) & (N - 1)];
    return h - (x * x + y * y) / (2 * PLANET_M);
}

/* The highest that the land toward a sun in the west stands over a sample, seen along rays of
 * `drop` metres a sample: brute force over the next `reach` samples of the level. */
static double horizon(const struct content *got, const struct clipmap_level *l, int level, int i,
                      int j, int reach, double drop)
{
    double highest = -1e9;
    for (int k = 0; k <= reach && k <= i; k++) {
        highest = fmax(highest, tangent_height(got, l, level, i - k, j) - k * drop);
    }
    return highest;
}

/* Against brute force, with the sun in the west so that rows are rays: all of the coarsest level,
 * and the least that must hold of the others, which go on by coarser ones. */
static void test_shadow(void **state)
{
    struct gl_fixture *fx = *state;
    struct clipmap c;
    struct content *got = calloc(1, sizeof *got);
    struct params p;
    assert_non_null(got);
    make(fx, &c);
    params_init(&p);
    p.sun_azimuth = 4.71238898f;
    struct frame f = go_with(fx, &c, -5000, 3000, &p);
    read_content(&c, got);
    for (int level = 0; level < LEVELS; level++) {
        const struct clipmap_level *l = &c.levels[level];
        double spacing = CLIPMAP_FINEST_M * (1 << level), tan_low = (double)f.sun_slope[2];
        for (int j = 0; j < N; j++) {
            for (int i = 0; i < N; i++) {
                const float *s = got->shadow[level][(l->y + j) & (N - 1)][(l->x + i) & (N - 1)];
                double h = tangent_height(got, l, level, i, j);
                /* The upper limb is seen first, and the whole disc from no place under the ground.
                 */
                assert_true((double)s[1] >= h - 0.01 && s[1] >= s[0]);
                bool last = level == LEVELS - 1;
                double brute = horizon(got, l, level, i, j, last ? N : 16, spacing * tan_low);
                assert_true((double)s[1] >= brute - 0.1);
                assert_true(!last || (double)s[1] <= brute + 0.1);
            }
        }
    }
    clipmap_fini(&c);
    free(got);
}

/* The lower the sun, the more lies in shadow; under a high one, nearly nothing. */
static void test_shadow_grows(void **state)
{
    struct gl_fixture *fx = *state;
    struct clipmap c;
    struct content *got = calloc(1, sizeof *got);
    struct params p;
    assert_non_null(got);
    make(fx, &c);
    params_init(&p);
    static const float suns_deg[] = {1, 8, 25, 85};
    int dark[4] = {0};
    for (int k = 0; k < 4; k++) {
        p.sun_elevation = suns_deg[k] * 0.01745329f;
        go_with(fx, &c, 1000, 1000, &p);
        read_content(&c, got);
        for (int i = 0; i < N * N; i++)
            for (int level = 6; level < 12; level++)
                dark[k] +=
                    got->shadow[level][i / N][i % N][0] > got->height[level][i / N][i % N] + 2;
    }
    assert_true(dark[0] > dark[1] && dark[1] > dark[2] && dark[2] >= dark[3]);
    assert_true(dark[0] > N * N / 2 && dark[3] < N * N / 100);
    clipmap_fini(&c);
    free(got);
}

/* The altitude of a place by four samples drawn for it: the bits of the level that is filled. */
static void test_probe(void **state)
{
    static const double places[][2] = {
        {0, 0}, {1000.03, -2000.7}, {-0.031, 0.0312}, {25000.5, -29999.97}, {-12345.678, 4321.01}};
    struct gl_fixture *fx = *state;
    struct clipmap c;
    make(fx, &c);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        double x = places[i][0], y = places[i][1];
        go(fx, &c, x, y);
        assert_true(clipmap_probe(&c, x, y) == clipmap_read_ground(&c, x, y));
    }
    clipmap_fini(&c);
}

/* Moves a few metres, and sweeps what that uncovered. */
static struct frame step_aside(struct gl_fixture *fx, struct clipmap *c, double x, double y)
{
    struct params p;
    const struct frame_eye eye = {.x = x, .y = y, .altitude = 1000};
    params_init(&p);
    struct frame f = gl_fixture_upload(fx, &p, &eye);
    world_textures_bind(&fx->terrain);
    clipmap_place(c, x, y);
    clipmap_describe(c, &f, x, y);
    shader_upload_frame(&fx->shaders, &f);
    clipmap_fill(c);
    for (int level = LEVELS - 1; level >= 0; level--)
        clipmap_sweep_level(c, &f, level);
    return f;
}

/* Shadows swept by strips while the eye moves stand where a whole sweep puts them, but for the
 * eye's tangent frame, which tilts with the way that it went, and for what a strip asked of coarser
 * levels near its level's edge. */
static void test_sweep_by_strips(void **state)
{
    struct gl_fixture *fx = *state;
    struct clipmap c;
    struct content *a = calloc(2, sizeof *a), *b = a + 1;
    struct frame f;
    int off = 0;
    double sum = 0;
    assert_non_null(a);
    make(fx, &c);
    go(fx, &c, 1000, 1000);
    for (int i = 1; i <= 16; i++)
        f = step_aside(fx, &c, 1000 + 3.3 * i, 1000 - 2.1 * i);
    read_content(&c, a);
    clipmap_sweep_sun(&c, &f);
    read_content(&c, b);
    for (int level = 0; level < LEVELS; level++)
        for (int i = 0; i < N * N; i++) {
            double d = fabs(
                (double)(a->shadow[level][i / N][i % N][1] - b->shadow[level][i / N][i % N][1]));
            sum += d;
            off += d > 1;
        }
    print_message("strips: %.4f m off in the mean, %.3f%% by more than 1 m\n",
                  sum / (LEVELS * N * N), 100.0 * off / (LEVELS * N * N));
    /* Measured: 0.13 m, 0.2%. */
    assert_true(sum / (LEVELS * N * N) < 0.5 && off < LEVELS * N * N / 50);
    clipmap_fini(&c);
    free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_moves_like_jumps),
        cmocka_unit_test(test_read_ground),
        cmocka_unit_test(test_levels_agree),
        cmocka_unit_test(test_shadow),
        cmocka_unit_test(test_shadow_grows),
        cmocka_unit_test(test_probe),
        cmocka_unit_test(test_sweep_by_strips),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
