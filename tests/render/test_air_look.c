/* How marched air looks: which pollution has which colour, what doubling it does, no jump where the
 * eye goes through a lid, and finite light everywhere. */
#include "tests/render/march_fixture.h"

#define PI  3.14159265358979323846
#define DEG (PI / 180)

enum { SIZE = MARCH_SIZE, RED = 0, GREEN = 1, BLUE = 2 };

static const double sky[SIZE] = {0};

/* A boundary layer 1500 m deep under molecules and ozone. */
static struct params smog(double visibility_m)
{
    struct params p;
    params_init(&p);
    air_clear_layers(&p);
    p.fog_base = -2000;
    p.fog_top = 1500;
    p.fog_lid = 200;
    p.fog_billow = p.fog_patch = 0;
    p.fog_visibility = (float)visibility_m;
    p.sun_elevation = (float)(35 * DEG);
    return p;
}

/* Light in one direction: `pitch` up, `bearing` from the sun; all radians. */
static void look(const struct gl_fixture *fx, struct march *m, struct params *p, double pitch,
                 double bearing, double light[AIR_WAVES])
{
    march_look(p, pitch, (double)p->sun_azimuth + bearing);
    march_run(fx, m, p, sky);
    march_mean(m, light);
}

/* --- colours -------------------------------------------------------------------------------- */

/* The horizon across from the sun with 5 km of visibility, by what makes it. */
static void horizon(const struct gl_fixture *fx, struct march *m, const char *kind,
                    double light[AIR_WAVES])
{
    struct params p = smog(5000);
    *air_row(&p, AIR_FOG, kind) = 100 * UG;
    look(fx, m, &p, 0.01, PI / 2, light);
    print_message("%s: %.4f %.4f %.4f\n", kind, light[0], light[1], light[2]);
}

/* At equal visibility: sulphate is bright and hardly coloured, soot dark, half of it dims; dust has
 * less blue than red. */
static void test_colours(void **state)
{
    struct march *m = march_create(*state);
    double sulphate[AIR_WAVES], soot[AIR_WAVES], dust[AIR_WAVES], ash[AIR_WAVES], mixed[AIR_WAVES];
    horizon(*state, m, "sulphate", sulphate);
    horizon(*state, m, "soot", soot);
    horizon(*state, m, "dust", dust);
    horizon(*state, m, "ash", ash);
    struct params p = smog(5000);
    p.fog_sulphate = 100 * UG; /* city smog: a quarter of the extinction is soot's */
    p.fog_soot = 16 * UG;
    look(*state, m, &p, 0.01, PI / 2, mixed);
    print_message("mixed: %.4f %.4f %.4f\n", mixed[0], mixed[1], mixed[2]);
    for (int w = 0; w < AIR_WAVES; w++) {
        double share = mixed[w] / sulphate[w];
        assert_true(soot[w] < 0.3 * sulphate[w] && ash[w] < sulphate[w] && dust[w] < sulphate[w]);
        assert_true(share > 0.3 && share < 0.65); /* about half */
    }
    /* Soot darkens more than it tints: the hue changes by less than half as much (Angstrom's
     * exponent of its extinction is 1.4, so that it is a little brown). */
    double hue = mixed[BLUE] / mixed[RED] / (sulphate[BLUE] / sulphate[RED]);
    assert_true(hue < 1 && log(hue) > 0.5 * log(mixed[GREEN] / sulphate[GREEN]));
    assert_true(dust[RED] > 1.15 * dust[BLUE] && dust[RED] > dust[GREEN] &&
                dust[GREEN] > dust[BLUE]);
    march_destroy(m);
}

/* NO2 absorbs: adds no light, leaves the red, takes the blue; more of it the browner. */
static void test_no2(void **state)
{
    struct march *m = march_create(*state);
    double last[AIR_WAVES], first_red = 0;
    for (int k = 0; k < 4; k++) {
        struct params p = smog(5000);
        double light[AIR_WAVES];
        p.fog_visibility = 0;
        p.fog_sulphate = 100 * UG;
        p.fog_no2 = 50e-9f * (float)k;
        look(*state, m, &p, 0.01, PI / 2, light);
        print_message("%d ppb: %.4f %.4f %.4f\n", 50 * k, light[0], light[1], light[2]);
        first_red = k == 0 ? light[RED] : first_red;
        for (int w = 0; w < AIR_WAVES && k > 0; w++)
            assert_true(light[w] < last[w]);
        if (k > 0)
            assert_true(light[BLUE] / light[RED] < 0.85 * last[BLUE] / last[RED]);
        memcpy(last, light, sizeof last);
    }
    assert_true(last[RED] > 0.9 * first_red);
    march_destroy(m);
}

/* Smoke: bluish against the dark when thin, orange when thick, never black: the zenith under a deep
 * plume stays lit by many orders. */
static void test_smoke(void **state)
{
    struct march *m = march_create(*state);
    double zenith[2][AIR_WAVES];
    for (int k = 0; k < 2; k++) {
        struct params p = smog(0);
        p.fog_visibility = 0;
        p.fog_smoke = (k ? 800 : 20) * UG;
        look(*state, m, &p, 85 * DEG, PI / 2, zenith[k]);
        print_message("smoke: %.4f %.4f %.4f\n", zenith[k][0], zenith[k][1], zenith[k][2]);
    }
    assert_true(zenith[0][BLUE] > zenith[0][RED]);
    assert_true(zenith[1][RED] > 1.3 * zenith[1][GREEN] &&
                zenith[1][GREEN] > 1.6 * zenith[1][BLUE]);
    assert_true(zenith[1][GREEN] > 0.005);
    march_destroy(m);
}

/* Dust's aureole against its sky: tighter in the blue, so that it is less ochre near the sun. */
static void test_dust_aureole(void **state)
{
    static const double degrees[] = {0.7, 3, 10, 40};
    struct march *m = march_create(*state);
    double ratio[4], brightness[4];
    for (int k = 0; k < 4; k++) {
        struct params p = smog(15000);
        double light[AIR_WAVES];
        p.fog_dust = 100 * UG;
        look(*state, m, &p, (35 + degrees[k]) * DEG, 0, light);
        ratio[k] = light[BLUE] / light[RED];
        brightness[k] = light[GREEN];
        print_message("dust, %g deg from the sun: blue/red %.3f, %.4f\n", degrees[k], ratio[k],
                      light[GREEN]);
    }
    assert_true(ratio[0] > 1.2 * ratio[1] && ratio[1] > 1.1 * ratio[2]);
    for (int k = 1; k < 4; k++)
        assert_true(brightness[k] < 0.7 * brightness[k - 1]);
    march_destroy(m);
}

/* Doubling a grey load leaves the horizon nearly as it was and halves its distance. */
static void test_doubling(void **state)
{
    struct march *m = march_create(*state);
    double one[AIR_WAVES], two[AIR_WAVES], distances[SIZE];
    struct params p = smog(2000);
    p.fog_water = MG;
    look(*state, m, &p, 0.002, PI / 2, one);
    for (int y = 0; y < SIZE; y++)
        distances[y] = 2000.0 * (y + 1) / SIZE;
    march_draw(*state, m, &p, distances);
    float through = m->through[SIZE - 1][0][GREEN];
    p.fog_visibility = 1000;
    look(*state, m, &p, 0.002, PI / 2, two);
    march_draw(*state, m, &p, distances);
    assert_float_equal(m->through[SIZE / 2 - 1][0][GREEN], through, 1e-4f);
    for (int w = 0; w < AIR_WAVES; w++) {
        print_message("doubled: %.4f to %.4f\n", one[w], two[w]);
        /* Deeper layers send more back up, and down here it is darker. */
        assert_true(fabs(two[w] / one[w] - 1) < 0.15);
    }
    march_destroy(m);
}

/* In fog the zenith is bright, the horizon darker, both nearly without colour. */
static void test_fog_is_neutral(void **state)
{
    struct march *m = march_create(*state);
    double zenith[AIR_WAVES], horizon[AIR_WAVES];
    struct params p = smog(200);
    p.fog_top = 400;
    p.fog_water = MG;
    m->altitude = 2;
    look(*state, m, &p, 89 * DEG, PI / 2, zenith);
    look(*state, m, &p, 0.01, PI / 2, horizon);
    print_message("fog: zenith %.4f %.4f %.4f, horizon %.4f %.4f %.4f\n", zenith[0], zenith[1],
                  zenith[2], horizon[0], horizon[1], horizon[2]);
    assert_true(zenith[GREEN] > 1.3 * horizon[GREEN]);
    assert_true(fabs(zenith[BLUE] / zenith[RED] - 1) < 0.15);
    assert_true(fabs(horizon[BLUE] / horizon[RED] - 1) < 0.15);
    march_destroy(m);
}

/* Humidity more than doubles a haze at the same dry mass, and makes it no darker. */
static void test_humidity(void **state)
{
    struct march *m = march_create(*state);
    double dry[AIR_WAVES], wet[AIR_WAVES], extinction;
    struct params p = smog(0);
    p.fog_visibility = 0;
    p.fog_sulphate = 30 * UG;
    p.fog_humidity = 0.5f;
    look(*state, m, &p, 0.05, PI / 2, dry);
    extinction = m->air.air.layer[AIR_FOG].mix[GREEN].extinction;
    p.fog_humidity = 0.9f;
    look(*state, m, &p, 0.05, PI / 2, wet);
    assert_true(m->air.air.layer[AIR_FOG].mix[GREEN].extinction > 2 * extinction);
    for (int w = 0; w < AIR_WAVES; w++)
        assert_true(wet[w] > dry[w]);
    march_destroy(m);
}

/* After sunset ozone makes the zenith blue: 2.0 of blue to green with it, 1.1 without. */
static void test_blue_hour(void **state)
{
    struct march *m = march_create(*state);
    double ratio[2];
    for (int k = 0; k < 2; k++) {
        struct params p = smog(0);
        double light[AIR_WAVES];
        p.fog_visibility = 0;
        p.sun_elevation = (float)(-2 * DEG);
        p.air_ozone = k ? 0 : 300;
        look(*state, m, &p, 89 * DEG, PI / 2, light);
        ratio[k] = light[BLUE] / light[GREEN];
    }
    print_message("blue hour: blue/green %.2f, %.2f without ozone\n", ratio[0], ratio[1]);
    assert_true(fabs(ratio[0] - 2.0) < 0.3 && fabs(ratio[1] - 1.1) < 0.2);
    march_destroy(m);
}

/* --- through the lid ------------------------------------------------------------------------ */

/* The eye rises through a crisp lid: along every row of the picture the light changes by no more
 * than the metre of air that it left behind can do. Rows within 6 degrees of the horizon apart,
 * where that metre is a hundred. */
static void check_lid(const struct gl_fixture *fx, struct march *m, const struct params *p,
                      double step, double *worst_light, double *worst_through)
{
    static double last[SIZE][2 * AIR_WAVES];
    m->altitude = (double)p->fog_top - 40;
    march_air(fx, m, p);
    for (int k = 0; m->altitude <= (double)p->fog_top + 40; k++, m->altitude += step) {
        double beta = 0;
        march_draw(fx, m, p, sky);
        for (int w = 0; w < AIR_WAVES; w++)
            beta = fmax(beta, m->air.air.layer[AIR_FOG].mix[w].extinction);
        for (int y = 0; y < SIZE; y++) {
            double v[3], now[2 * AIR_WAVES] = {0};
            march_direction(m, SIZE / 2, y, v);
            for (int x = 0; x < SIZE; x++) {
                for (int w = 0; w < AIR_WAVES; w++) {
                    now[w] += (double)m->light[y][x][w] / SIZE;
                    now[AIR_WAVES + w] += (double)m->through[y][x][w] / SIZE;
                }
            }
            double depth = beta * step / fabs(v[2]);
            for (int i = 0; i < 2 * AIR_WAVES && k > 0 && fabs(v[2]) > 0.1; i++) {
                double change = i < AIR_WAVES ? fabs(now[i] / last[y][i] - 1) / depth
                                              : fabs(now[i] - last[y][i]) / depth;
                double *worst = i < AIR_WAVES ? worst_light : worst_through;
                *worst = fmax(*worst, change);
            }
            memcpy(last[y], now, sizeof now);
        }
    }
}

/* A jump would grow against shorter steps: four times. The light may change by some of itself over
 * a free path: the sky is darker than the fog. */
static void test_lid(void **state)
{
    struct march *m = march_create(*state);
    for (int k = 0; k < 2; k++) {
        double light[2] = {0}, through[2] = {0};
        struct params p;
        params_init(&p);
        p.fog_lid = 10;
        p.fog_billow = k ? 35 : 0;
        p.fog_patch = 0;
        p.camera_focal = 0.012f;
        check_lid(*state, m, &p, 1, &light[0], &through[0]);
        check_lid(*state, m, &p, 0.25, &light[1], &through[1]);
        print_message("lid, billows of %g m: light by %.2g and %.2g, transmittance by %.2g and "
                      "%.2g of the depth\n",
                      (double)p.fog_billow, light[0], light[1], through[0], through[1]);
        if (k == 0)
            assert_true(light[0] < 3 && through[0] < 1);
        assert_true(light[1] < 1.3 * light[0] && through[1] < 1.3 * through[0]);
    }
    march_destroy(m);
}

/* --- nothing breaks ------------------------------------------------------------------------- */

static void check_light(const struct march *m, const char *what, double elevation)
{
    for (int i = 0; i < SIZE * SIZE; i++) {
        for (int w = 0; w < AIR_WAVES; w++) {
            double light = (double)m->light[i / SIZE][i % SIZE][w];
            double through = (double)m->through[i / SIZE][i % SIZE][w];
            /* Nothing but the sun's own aureole is brighter than white in the sun, 1 / pi. */
            if (!(light >= 0 && light < 100 && through >= 0 && through <= 1))
                fail_msg("%s, sun %g, eye at %g m, pixel %d: %g, %g", what, elevation, m->altitude,
                         i, light, through);
        }
    }
}

/* Every sun, from the fog to space, nothing, the usual, and 20 mg/m3 of everything in turn. */
static void test_finite_everywhere(void **state)
{
    static const double suns[] = {-30, -9, -2, 0, 1, 9, 40, 90};
    static const double altitudes[] = {2, 300, 3000, 30000, 99000};
    struct march *m = march_create(*state);
    for (int k = 0; k < 8; k++) {
        for (int load = -2; load < AIR_INGREDIENT_COUNT; load++) {
            struct params p;
            const char *what = load < -1 ? "nothing" : load < 0 ? "the usual" : "load";
            params_init(&p);
            p.sun_elevation = (float)(suns[k] * DEG);
            p.camera_focal = 0.008f; /* 130 degrees */
            p.camera_pitch = -0.3f;
            p.camera_yaw = p.sun_azimuth;
            if (load == -2)
                air_clear_layers(&p);
            if (load >= 0) {
                what = air_ingredient_name((enum air_ingredient)load);
                p.fog_visibility = 0;
                *air_row(&p, AIR_FOG, what) = 20 * MG;
            }
            march_air(*state, m, &p);
            for (int h = 0; h < 5; h++) {
                m->altitude = altitudes[h];
                march_draw(*state, m, &p, sky);
                check_light(m, what, suns[k]);
            }
        }
    }
    march_destroy(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_no2),
        cmocka_unit_test(test_smoke),
        cmocka_unit_test(test_dust_aureole),
        cmocka_unit_test(test_doubling),
        cmocka_unit_test(test_fog_is_neutral),
        cmocka_unit_test(test_humidity),
        cmocka_unit_test(test_blue_hour),
        cmocka_unit_test(test_lid),
        cmocka_unit_test(test_finite_everywhere),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
