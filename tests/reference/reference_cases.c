#include "tests/reference/reference_cases.h"

#include <stddef.h>

/* Mass extinction (only its ratios count), single-scattering albedo and asymmetry; the double
 * Henyey-Greenstein function is of 550 nm. */
struct particle {
    double extinction[REFERENCE_WAVELENGTHS], albedo[REFERENCE_WAVELENGTHS];
    double asymmetry[REFERENCE_WAVELENGTHS];
    double g1, g2, weight;
};

static const struct particle sulphate = {
    {2.93, 3.51, 4.05}, {1, 1, 1}, {.76, .77, .77}, .79, -.66, .986};
static const struct particle soot = {
    {6.85, 9.27, 12.7}, {.17, .21, .25}, {.30, .34, .38}, .425, -.38, .890};
static const struct particle dust = {
    {.483, .511, .568}, {.965, .944, .919}, {.67, .69, .70}, .735, -.6, .966};
static const struct particle ash = {
    {.491, .473, .462}, {.95, .92, .88}, {.70, .73, .76}, .785, -.6, .962};
static const struct particle smoke = {
    {2.79, 4.45, 6.70}, {.945, .945, .924}, {.55, .61, .66}, .615, -.6, .995};
/* Droplets of 5 um look the same at all three wavelengths. */
static const struct particle droplets = {{1, 1, 1}, {1, 1, 1}, {.85, .85, .85}, .91, -.6, .963};

static const struct reference_exponential air_shape = {8435}, dust_shape = {2000};
static const struct reference_tent ozone_shape = {10e3, 25e3, 40e3};
static const struct reference_lid smog_shape = {600, 100}, ash_shape = {2000, 100};
static const struct reference_lid smoke_shape = {1500, 100};
static const struct reference_layer fog_shape = {350, 20};

struct recipe {
    const char *name;
    double beta; /* of all particles at the ground, 550 nm */
    double (*shape)(const void *user, double altitude_m);
    const void *user;
    double corners_m[2];
    const struct particle *particles[2];
    double shares[2]; /* of the extinction at 550 nm */
};

static const struct recipe recipes[REFERENCE_CASES] = {
    {.name = "clear"},
    {"smog", 3.912 / 2000, reference_lid, &smog_shape, {600}, {&sulphate}, {1}},
    {"soot", 3.912 / 2000, reference_lid, &smog_shape, {600}, {&sulphate, &soot}, {.8, .2}},
    {"dust", 1.0 / 2000, reference_exponential, &dust_shape, {0}, {&dust}, {1}},
    {"ash", 1.0 / (2000 + 100), reference_lid, &ash_shape, {2000}, {&ash}, {1}},
    {"smoke", 2.0 / (1500 + 100), reference_lid, &smoke_shape, {1500}, {&smoke}, {1}},
    {"fog", 3.912 / 300, reference_layer, &fog_shape, {340, 360}, {&droplets}, {1}},
};

static struct reference_constituent constituent(const struct recipe *r, int i, int wavelength)
{
    const struct particle *p = r->particles[i];
    double g = p->asymmetry[wavelength], at_550 = p->asymmetry[1];
    double mean = p->weight * p->g1 + (1 - p->weight) * p->g2; /* at 550 nm */
    double g1 = (mean * g / at_550 - (1 - p->weight) * p->g2) / p->weight;
    return (struct reference_constituent){
        .beta = r->beta * r->shares[i] * p->extinction[wavelength] / p->extinction[1],
        .shape = r->shape,
        .user = r->user,
        .albedo = p->albedo[wavelength],
        .phase = {REFERENCE_DOUBLE_HG, .g1 = g1, .g2 = p->g2, .weight = p->weight}};
}

const char *reference_case_name(enum reference_case which)
{
    return recipes[which].name;
}

struct reference_air *reference_case_create(enum reference_case which, int wavelength,
                                            double ground_albedo, struct error *err)
{
    static const double molecules[] = {4.848e-6, 11.49e-6, 28.71e-6};
    static const double ozone[] = {6.50e-7, 1.881e-6, 8.50e-8};
    const struct recipe *r = &recipes[which];
    struct reference_constituent list[4] = {
        {molecules[wavelength], reference_exponential, &air_shape, 1, {.kind = REFERENCE_RAYLEIGH}},
        {ozone[wavelength], reference_tent, &ozone_shape, 0, {.kind = REFERENCE_ISOTROPIC}},
    };
    int count = 2;
    for (int i = 0; i < 2 && r->particles[i]; i++)
        list[count++] = constituent(r, i, wavelength);
    const double corners[] = {10e3, 25e3, 40e3, r->corners_m[0], r->corners_m[1]};
    return reference_air_create(list, count, corners, 5, ground_albedo, err);
}
