/* The march's sum against the same light in double: src/air's tables and phase functions along a
 * ray in thousands of steps. Layers without billows; what the steps of the march lose is the
 * difference. */
#include "air/phase.h"
#include "base/consts.h"
#include "tests/render/march_fixture.h"

#define PI  3.14159265358979323846
#define DEG (PI / 180)

enum { SIZE = MARCH_SIZE };

static struct air_column column; /* large */

/* lib/air/air_ray.glsl: J of a place, 1/m; `v` the ray's direction, u its angle to the sun. */
static void sources(const struct air *a, const struct frame *f, const double v[3], double z,
                    double extinction[AIR_WAVES], double source[AIR_WAVES])
{
    double t[AIR_TABLES][AIR_WAVES], bend[AIR_WAVES], shares[AIR_LAYERS];
    double cosine = v[0] * (double)f->sun[0] + v[1] * (double)f->sun[1] + v[2] * (double)f->sun[2];
    double toward = v[0] * (double)f->sun_slope[0] + v[1] * (double)f->sun_slope[1];
    for (int k = 0; k < AIR_TABLES; k++)
        air_column_read(&column, (enum air_table)k, z, t[k]);
    air_column_bend(&column, z, bend);
    for (int l = 0; l < AIR_LAYERS; l++)
        shares[l] = air_layer_profile(&a->layer[l], z);
    for (int w = 0; w < AIR_WAVES; w++) {
        double molecules = a->rayleigh[w] * air_rayleigh_profile(z);
        double slant = v[2] * t[AIR_TABLE_SLOPE][w] + toward * t[AIR_TABLE_SIDE][w];
        double beam = t[AIR_TABLE_BEAM][w], spread = t[AIR_TABLE_SPREAD][w];
        double second =
            5 * (1.5 * v[2] * v[2] - 0.5) * bend[w] + v[2] * toward * t[AIR_TABLE_TURN][w];
        double ratio = fmax((beam + spread) / fmax(beam, 1e-20), 1.0001);
        double often = fmin((log(ratio) * ratio / (ratio - 1) - 1) / 3, 1);
        source[w] = molecules * (3 / (16 * PI) * (1 + cosine * cosine) * (beam + spread) +
                                 t[AIR_TABLE_MEAN][w] + 0.1 * second);
        for (int l = 0; l < AIR_LAYERS; l++) {
            const struct air_mix *mix = &a->layer[l].mix[w];
            double angle = acos(fmin(cosine, 1));
            if (mix->scattering <= 0)
                continue;
            double p = air_layer_phase(&a->layer[l], AIR_PHASE_FULL, angle, w);
            double q = (1 - often) * air_layer_phase(&a->layer[l], AIR_PHASE_ONCE, angle, w) +
                       often * air_layer_phase(&a->layer[l], AIR_PHASE_OFTEN, angle, w);
            double before =
                q * spread + t[AIR_TABLE_MEAN][w] + mix->asymmetry * slant + mix->forward * second;
            source[w] += shares[l] * mix->scattering * (p * beam + fmax(before, 0));
        }
        extinction[w] = air_at(a, z, w).extinction;
    }
}

static void integrate(const struct march *m, const double v[3], double reach,
                      double light[AIR_WAVES])
{
    enum { STEPS = 4000 };
    double through[AIR_WAVES] = {1, 1, 1};
    for (int i = 0; i < STEPS; i++) {
        double u0 = (double)i / STEPS, u1 = (i + 1.0) / STEPS, e[AIR_WAVES], j[AIR_WAVES];
        double s = reach * 0.5 * (u0 * u0 + u1 * u1), d = reach * (u1 * u1 - u0 * u0);
        double z = m->altitude + s * v[2] + s * s * (1 - v[2] * v[2]) / (2 * PLANET_M);
        sources(&m->air.air, &m->frame, v, z, e, j);
        for (int w = 0; w < AIR_WAVES; w++) {
            light[w] += through[w] * j[w] * (1 - exp(-e[w] * d)) / e[w];
            through[w] *= exp(-e[w] * d);
        }
    }
}

/* An eye and an air. */
struct scene {
    float visibility, lid;
    double altitude, pitch, reach;
};

static double compare(const struct gl_fixture *fx, struct march *m, const struct scene *s)
{
    struct params p;
    double distances[SIZE], v[3], want[AIR_WAVES] = {0}, got[AIR_WAVES], worst = 0;
    const double ground[AIR_WAVES] = {0.25, 0.25, 0.25};
    params_init(&p);
    p.fog_visibility = s->visibility;
    p.fog_lid = s->lid;
    p.fog_billow = p.fog_patch = 0;
    p.sun_elevation = (float)(20 * DEG);
    march_look(&p, s->pitch * DEG, (double)p.sun_azimuth + 60 * DEG);
    m->altitude = s->altitude;
    for (int y = 0; y < SIZE; y++)
        distances[y] = s->reach;
    march_run(fx, m, &p, distances);
    air_column_solve(&column, &m->air.air, (double)p.sun_elevation, ground, AIR_ORDER);
    march_direction(m, SIZE / 2, SIZE / 2, v);
    integrate(m, v, s->reach, want);
    march_mean(m, got);
    for (int w = 0; w < AIR_WAVES; w++)
        worst = fmax(worst, fabs(got[w] / want[w] - 1));
    if (worst > 0.01)
        fail_msg("%g m, lid %g m, eye at %g m, pitch %g: %.4f %.4f %.4f, not %.4f %.4f %.4f",
                 (double)s->visibility, (double)s->lid, s->altitude, s->pitch, got[0], got[1],
                 got[2], want[0], want[1], want[2]);
    return worst;
}

static void test_integral(void **state)
{
    static const struct scene scenes[] = {
        {300, 14, 2, 0.5, 10000},  {300, 14, 2, 20, 20000},     {300, 14, 2, 85, 30000},
        {300, 14, 345, 5, 20000},  {300, 14, 360, -1.5, 12000}, {300, 14, 600, -20, 1700},
        {300, 14, 600, 3, 20000},  {50, 200, 2, 85, 30000},     {50, 200, 2, 10, 10000},
        {50, 200, 330, 30, 20000}, {50, 200, 460, -30, 800},    {5, 50, 2, 85, 20000},
        {5, 50, 340, 80, 20000},   {3000, 100, 2, 5, 20000},    {3000, 100, 3000, -10, 15000},
    };
    struct march *m = march_create(*state);
    double worst = 0;
    for (size_t k = 0; k < sizeof scenes / sizeof *scenes; k++)
        worst = fmax(worst, compare(*state, m, &scenes[k]));
    print_message("integral: off by %.2g\n", worst);
    march_destroy(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integral),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
