/* The march of the air: as Beer and Lambert have it, and its light against integrals in double. How
 * it looks: test_air_look.c. */
#include "air/phase.h"
#include "base/consts.h"
#include "tests/render/march_fixture.h"

#define PI 3.14159265358979323846

enum { SIZE = MARCH_SIZE };

static const double sky[SIZE] = {0};

/* --- what is let through -------------------------------------------------------------------- */

/* T = exp(-e d) per channel, and where the eye's visibility ends a target has 2% contrast. */
static void test_beer_lambert(void **state)
{
    static const double visibilities[] = {50, 500, 20000};
    static const enum air_ingredient kinds[] = {AIR_INGREDIENT_water, AIR_INGREDIENT_soot,
                                                AIR_INGREDIENT_smoke};
    struct march *m = march_create(*state);
    double worst = 0;
    for (int k = 0; k < 9; k++) {
        double v = visibilities[k % 3], distances[SIZE];
        struct params p = air_even(kinds[k / 3], v);
        march_look(&p, 0, 0.3);
        m->sample = k;
        for (int y = 0; y < SIZE; y++)
            distances[y] = v * (y + 1) / 48; /* row 47: the visibility itself */
        march_run(*state, m, &p, distances);
        for (int i = 0; i < SIZE * SIZE; i++) {
            const float *t = m->through[i / SIZE][i % SIZE];
            for (int w = 0; w < AIR_WAVES; w++) {
                double depth = m->air.air.layer[AIR_FOG].mix[w].extinction * distances[i / SIZE];
                worst = fmax(worst, fabs((double)t[w] / exp(-depth) - 1));
            }
            assert_true(t[3] == (float)distances[i / SIZE]);
        }
        assert_float_equal(m->through[47][0][1], 0.02f, 0.0002f);
    }
    print_message("Beer-Lambert: off by %.2g\n", worst);
    assert_true(worst < 1e-3); /* a depth of up to 10 in float, step by step */
    march_destroy(m);
}

/* A layer aloft, looked at straight up: exp(-e d) for what it is deep. Deep enough, it lets no sun
 * through: the disc is 15,000 times as bright as white. */
static void test_layer_aloft(void **state)
{
    static const double visibilities[] = {2000, 300, 60};
    struct march *m = march_create(*state);
    double worst = 0;
    for (int k = 0; k < 6; k++) {
        struct params p = air_even(AIR_INGREDIENT_ash, visibilities[k % 3]);
        p.fog_base = 1500;
        p.fog_top = 1800;
        if (k / 3) { /* the slab, whose march is another */
            p.slab_base = p.fog_base;
            p.slab_top = p.fog_top;
            p.slab_lid = p.fog_lid;
            p.slab_ash = p.fog_ash;
            p.slab_visibility = p.fog_visibility;
            p.fog_visibility = p.fog_ash = 0;
        }
        march_look(&p, PI / 2, 0);
        march_run(*state, m, &p, sky);
        for (int i = 0; i < SIZE * SIZE; i++) {
            double depth = m->air.air.layer[k / 3 ? AIR_SLAB : AIR_FOG].mix[1].extinction * 300;
            double got = -log((double)m->through[i / SIZE][i % SIZE][1]);
            worst = fmax(worst, fabs(got / depth - 1));
        }
    }
    print_message("layer aloft: depth off by %.2g\n", worst);
    assert_true(worst < 1e-3);
    march_destroy(m);
}

/* Optical depth along a ray of the frame from the eye, in double: the profile's own shares. */
static void ray_depth(const struct march *m, const double v[3], double reach,
                      double depth[AIR_WAVES])
{
    enum { STEPS = 4000 };
    double d = reach / STEPS, r = PLANET_M + m->altitude;
    for (int i = 0; i < STEPS; i++) {
        double t = (i + 0.5) * d;
        double over = 2 * r * t * v[2] + t * t, h = m->altitude + over / (r + sqrt(r * r + over));
        for (int w = 0; w < AIR_WAVES; w++)
            depth[w] += d * air_at(&m->air.air, h, w).extinction;
    }
}

/* Molecules, ozone and haze along slanted rays, with several jitters. */
static void test_clear_air(void **state)
{
    struct march *m = march_create(*state);
    struct params p;
    double distances[SIZE], worst = 0;
    params_init(&p);
    p.fog_visibility = p.fog_sulphate = 0;
    p.camera_pitch = 0.15f;
    m->altitude = 500;
    for (int y = 0; y < SIZE; y++)
        distances[y] = 20 * pow(1.14, y); /* to 80 km */
    for (m->sample = 0; m->sample < 3; m->sample++) {
        march_run(*state, m, &p, distances);
        for (int y = 0; y < SIZE; y++) {
            double v[3], depth[AIR_WAVES] = {0};
            march_direction(m, 0, y, v);
            ray_depth(m, v, distances[y], depth);
            for (int w = 0; w < AIR_WAVES; w++)
                worst = fmax(worst, fabs((double)m->through[y][0][w] / exp(-depth[w]) - 1));
        }
    }
    print_message("clear air: off by %.2g\n", worst);
    assert_true(worst < 0.01);
    march_destroy(m);
}

/* Through and along a crisp lid, from 40 m under it to 40 m over it: targets 2 km away in all
 * directions, every jitter. Near the horizon a ray's altitude in the lid decides. */
static void test_lid(void **state)
{
    struct march *m = march_create(*state);
    double distances[SIZE], worst = 0;
    struct params p;
    params_init(&p);
    p.fog_lid = 10;
    p.fog_billow = p.fog_patch = 0;
    p.camera_focal = 0.02f;
    m->altitude = (double)p.fog_top;
    for (int y = 0; y < SIZE; y++)
        distances[y] = 2000;
    march_air(*state, m, &p);
    for (double over = -40; over <= 40; over += 10) {
        m->altitude = (double)p.fog_top + over;
        march_draw(*state, m, &p, distances);
        for (int y = 0; y < SIZE; y += 3) {
            for (int x = 0; x < SIZE; x += 21) {
                double v[3], depth[AIR_WAVES] = {0};
                march_direction(m, x, y, v);
                ray_depth(m, v, distances[y], depth);
                for (int w = 0; w < AIR_WAVES; w++)
                    worst = fmax(worst, fabs((double)m->through[y][x][w] - exp(-depth[w])));
            }
        }
    }
    print_message("along a lid: off by %.2g of the light\n", worst);
    assert_true(worst < 0.004); /* what is opaque, under 0.004, is marched coarsely */
    march_destroy(m);
}

/* Without air everything is as it was: nothing is added, nothing taken, to a surface or the sky. */
static void test_no_air(void **state)
{
    struct march *m = march_create(*state);
    struct params p = air_nothing();
    double distances[SIZE];
    for (int y = 0; y < SIZE; y++)
        distances[y] = y % 4 == 0 ? 0 : 50.0 * y * y;
    march_run(*state, m, &p, distances);
    for (int i = 0; i < SIZE * SIZE; i++) {
        for (int w = 0; w < AIR_WAVES; w++) {
            assert_float_equal(m->light[i / SIZE][i % SIZE][w], 0.0f, 1e-6f);
            assert_float_equal(m->through[i / SIZE][i % SIZE][w], 1.0f, 1e-6f);
        }
    }
    march_destroy(m);
}

/* Nor over all of it: level and upward rays far above a thick fog meet none of it, however many
 * thousand kilometres they go. */
static void test_nothing_above(void **state)
{
    static const double altitudes[] = {600, 3000, 12000, 99000};
    struct march *m = march_create(*state);
    for (int k = 0; k < 8; k++) {
        struct params p = air_even(AIR_INGREDIENT_water, 10);
        p.fog_top = 350;
        p.fog_base = -200;
        p.fog_billow = k / 4 ? 60 : 0;
        p.camera_focal = 12;
        p.camera_pitch = 0;
        m->altitude = altitudes[k % 4];
        march_run(*state, m, &p, sky);
        for (int i = 0; i < SIZE * SIZE; i++)
            if (!(m->through[i / SIZE][i % SIZE][1] > 0.99999f))
                fail_msg("at %g m: %g", m->altitude, (double)m->through[i / SIZE][i % SIZE][1]);
    }
    march_destroy(m);
}

/* --- what is added -------------------------------------------------------------------------- */

/* In fog alike everywhere the light added is a share of one airlight, L (1 - T), the same from near
 * and from far, so that black and white targets end in the same colour; and a black target at the
 * visibility has 2% of contrast to the horizon. */
static void test_airlight(void **state)
{
    static const double visibilities[] = {100, 1000, 10000};
    struct march *m = march_create(*state);
    double worst = 0, worst_contrast = 0;
    m->altitude = 2000; /* in the middle of it, where the light hardly changes with height */
    for (int k = 0; k < 6; k++) {
        double v = visibilities[k % 3], distances[SIZE];
        struct params p = air_even(k / 3 ? AIR_INGREDIENT_dust : AIR_INGREDIENT_water, v);
        march_look(&p, 0, 1 + k);
        for (int y = 0; y < SIZE; y++)
            distances[y] = v * (y + 1) / 48;
        distances[SIZE - 1] = 5 * v;
        march_run(*state, m, &p, distances);
        for (int x = 0; x < SIZE; x++) {
            const float *horizon = m->light[SIZE - 1][x], *target = m->light[47][x];
            double contrast = 1 - (double)target[1] / (double)horizon[1];
            worst_contrast = fmax(worst_contrast, fabs(contrast - 0.02));
            for (int y = 0; y < SIZE; y++) {
                for (int w = 0; w < AIR_WAVES; w++) {
                    double share = 1 - (double)m->through[y][x][w];
                    double airlight = (double)m->light[y][x][w] / share;
                    worst = fmax(worst, fabs(airlight / (double)horizon[w] - 1));
                }
            }
        }
    }
    print_message("airlight: off by %.2g; contrast at the visibility: by %.2g\n", worst,
                  worst_contrast);
    assert_true(worst < 0.02);
    assert_true(worst_contrast < 0.002);
    march_destroy(m);
}

/* Transmittance to the sun from an altitude, over the sphere. */
static void sun_through(const struct air *a, double z, double elevation, double t[AIR_WAVES])
{
    enum { STEPS = 400 };
    double r = PLANET_M + z, mu = sin(elevation), top = PLANET_M + AIR_TOP_M;
    double reach = sqrt(r * r * (mu * mu - 1) + top * top) - r * mu, depth[AIR_WAVES] = {0};
    for (int i = 0; i < STEPS; i++) {
        double u0 = (double)i / STEPS, u1 = (i + 1.0) / STEPS;
        double s = reach * 0.5 * (u0 * u0 + u1 * u1), d = reach * (u1 * u1 - u0 * u0);
        double h = sqrt(r * r + 2 * r * mu * s + s * s) - PLANET_M;
        for (int w = 0; w < AIR_WAVES; w++)
            depth[w] += d * air_at(a, h, w).extinction;
    }
    for (int w = 0; w < AIR_WAVES; w++)
        t[w] = exp(-depth[w]);
}

/* What is scattered once, in double. */
static void single(const struct march *m, const double v[3], double reach, double light[AIR_WAVES])
{
    enum { STEPS = 300 };
    const struct air *a = &m->air.air;
    const float *sun = m->frame.sun;
    double r = PLANET_M + m->altitude, through[AIR_WAVES] = {1, 1, 1};
    double cosine = v[0] * (double)sun[0] + v[1] * (double)sun[1] + v[2] * (double)sun[2];
    double molecules = 3 / (16 * PI) * (1 + cosine * cosine);
    for (int i = 0; i < STEPS; i++) {
        double u0 = (double)i / STEPS, u1 = (i + 1.0) / STEPS, t[AIR_WAVES];
        double s = reach * 0.5 * (u0 * u0 + u1 * u1), d = reach * (u1 * u1 - u0 * u0);
        double over = 2 * r * s * v[2] + s * s, h = m->altitude + over / (r + sqrt(r * r + over));
        sun_through(a, h, asin((double)sun[2]), t);
        for (int w = 0; w < AIR_WAVES; w++) {
            double e = air_at(a, h, w).extinction;
            double source = a->rayleigh[w] * air_rayleigh_profile(h) * molecules;
            for (int l = 0; l < AIR_LAYERS; l++)
                if (a->layer[l].mix[w].scattering > 0)
                    source += a->layer[l].mix[w].scattering * air_layer_profile(&a->layer[l], h) *
                              air_layer_phase(&a->layer[l], AIR_PHASE_FULL, acos(cosine), w);
            light[w] += through[w] * source * t[w] * (1 - exp(-e * d)) / e;
            through[w] *= exp(-e * d);
        }
    }
}

/* The beam's light alone, without what was scattered before: haze and dust from 30 m to 40 km,
 * toward the sun, across and away. A pixel's jitter moves its steps: the mean of a row's. */
static void test_single_scattering(void **state)
{
    struct march *m = march_create(*state);
    struct params p;
    double distances[SIZE], worst = 0;
    params_init(&p);
    p.fog_visibility = p.fog_sulphate = 0;
    p.haze_dust = 40 * UG;
    p.haze_visibility = 15000;
    p.sun_elevation = (float)(25 * PI / 180);
    m->single_only = true;
    for (int y = 0; y < SIZE; y++)
        distances[y] = 30 * pow(1.12, y);
    for (int k = 0; k < 3; k++) {
        march_look(&p, k == 0 ? 0.3 : 0.05, (double)p.sun_azimuth + k * PI / 2);
        march_run(*state, m, &p, distances);
        for (int y = 3; y < SIZE; y += 6) {
            double v[3], light[AIR_WAVES] = {0};
            march_direction(m, SIZE / 2, y, v);
            single(m, v, distances[y], light);
            for (int w = 0; w < AIR_WAVES; w++) {
                double mean = 0;
                for (int x = 0; x < SIZE; x++)
                    mean += (double)m->light[y][x][w] / SIZE;
                worst = fmax(worst, fabs(mean / light[w] - 1));
            }
        }
    }
    print_message("single scattering: off by %.2g\n", worst);
    assert_true(worst < 0.02);
    march_destroy(m);
}

/* --- the whole sky -------------------------------------------------------------------------- */

/* Irradiance of level ground by the marched sky: a picture up and four around. */
static void irradiance(const struct gl_fixture *fx, struct march *m, struct params *p,
                       double sum[AIR_WAVES])
{
    p->camera_focal = 0.018f; /* 90 degrees */
    for (int face = 0; face < 5; face++) {
        p->camera_pitch = face == 4 ? (float)(PI / 2) : 0;
        p->camera_yaw = (float)(face * PI / 2);
        march_draw(fx, m, p, sky);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double v[3], a = (x + 0.5) * 2 / SIZE - 1, b = (y + 0.5) * 2 / SIZE - 1;
                double solid = 4.0 / (SIZE * SIZE) / pow(1 + a * a + b * b, 1.5);
                march_direction(m, x, y, v);
                for (int w = 0; w < AIR_WAVES; w++)
                    sum[w] += fmax(v[2], 0) * solid * (double)m->light[y][x][w];
            }
        }
    }
}

/* Over black ground what does not go back to space arrives: the marched sky must bring what the
 * beam leaves of it. Air that absorbs nothing; lobes that the pictures resolve. */
static void test_sky_brings_the_energy(void **state)
{
    static const double suns[] = {20, 40, 70};
    static const double visibilities[] = {0, 30000, 5000, 1000, 200};
    struct march *m = march_create(*state);
    double worst = 0;
    struct air_column *c = malloc(sizeof *c);
    assert_non_null(c);
    m->ground_albedo = 0;
    m->altitude = 1;
    for (int k = 0; k < 15; k++) {
        const double black[AIR_WAVES] = {0};
        struct params p;
        double sum[AIR_WAVES] = {0};
        params_init(&p);
        air_clear_layers(&p);
        p.air_ozone = 0;
        p.fog_top = 1000;
        p.fog_lid = 300;
        p.fog_billow = p.fog_patch = 0;
        p.fog_visibility = (float)visibilities[k / 3];
        p.fog_sulphate = p.fog_visibility > 0 ? 10 * UG : 0;
        p.sun_elevation = (float)(suns[k % 3] * PI / 180);
        march_air(*state, m, &p);
        irradiance(*state, m, &p, sum);
        air_column_solve(c, &m->air.air, (double)p.sun_elevation, black, AIR_ORDER);
        for (int w = 0; w < AIR_WAVES; w++) {
            double mu = sin((double)p.sun_elevation);
            double back =
                -4 * PI / 3 * (double)c->texels[AIR_TABLE_SLOPE][AIR_SUNS / 2][AIR_CELLS - 1][w];
            double beam = (double)c->texels[AIR_TABLE_BEAM][AIR_SUNS / 2][0][w];
            double want = mu * (1 - beam) - back;
            worst = fmax(worst, fabs(sum[w] / want - 1));
        }
    }
    print_message("energy of the marched sky: off by %.2g\n", worst);
    /* Order 7 on a plane against a sphere, and phase functions cut to their asymmetry where light
     * was scattered before. */
    assert_true(worst < 0.08);
    free(c);
    march_destroy(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_beer_lambert),
        cmocka_unit_test(test_layer_aloft),
        cmocka_unit_test(test_clear_air),
        cmocka_unit_test(test_lid),
        cmocka_unit_test(test_no_air),
        cmocka_unit_test(test_nothing_above),
        cmocka_unit_test(test_airlight),
        cmocka_unit_test(test_single_scattering),
        cmocka_unit_test(test_sky_brings_the_energy),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
