#include "air/report.h"

#include "air/column.h"
#include "base/consts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- air quality ---- */

enum air_quality air_quality_of(double pm25)
{
    static const double highest[] = {9.0, 35.4, 55.4, 125.4, 225.4}; /* ug/m3 */
    /* Cut to a tenth, after what a float's last bit may lack. */
    double ug = floor(pm25 * 1e10 + 1e-4) / 10;
    int q = AIR_QUALITY_GOOD;
    while (q < AIR_QUALITY_HAZARDOUS && ug > highest[q])
        q++;
    return (enum air_quality)q;
}

const char *air_quality_name(enum air_quality q)
{
    static const char *const names[] = {
        "good",      "moderate",       "unhealthy for sensitive groups",
        "unhealthy", "very unhealthy", "hazardous",
    };
    return names[q];
}

/* ---- a layer ---- */

static double range(double extinction)
{
    return extinction > 0 ? KOSCHMIEDER / extinction : NAN;
}

/* What is seen in a layer by the rule of air_derive(): where its base's edge has ended, or at the
 * datum, in what is not torn, through this layer and those before it. */
static double layer_visibility(const struct air *a, int kind)
{
    const struct air_layer *l = &a->layer[kind];
    struct air before = *a;
    for (int i = kind; i < AIR_LAYERS; i++)
        memset(before.layer[i].mix, 0, sizeof before.layer[i].mix);
    double z = air_layer_reference(l);
    double share = air_layer_profile(l, z) / l->cover;
    return range(air_at(&before, z, 1).extinction + share * l->mix[1].extinction);
}

static double particle_extinction(const struct air_layer *l, int wave)
{
    double sum = 0;
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++)
        sum += l->mass[k] *
               air_ingredient_optics((enum air_ingredient)k, &l->condition, wave).extinction;
    return sum;
}

static double angstrom(const struct air_layer *l)
{
    double red = particle_extinction(l, 0), blue = particle_extinction(l, AIR_WAVES - 1);
    return red > 0 ? log(blue / red) / log(air_nm[0] / air_nm[AIR_WAVES - 1]) : NAN;
}

static double layer_pm25(const struct air_layer *l)
{
    double sum = 0;
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++)
        sum += l->mass[k] * air_ingredient_pm25((enum air_ingredient)k);
    return sum;
}

/* Simpson's rule between two altitudes where the profile is smooth. */
static double integrate(const struct air_layer *l, double from, double to)
{
    enum { STEPS = 200 };
    double sum = 0;
    for (int n = 0; n <= STEPS; n++)
        sum += air_layer_profile(l, from + (to - from) * n / STEPS) * (n == 0 || n == STEPS ? 1
                                                                       : n % 2              ? 4
                                                                                            : 2);
    return sum * (to - from) / (3 * STEPS);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Metres at full strength above the datum: piecewise between the edges and where the decay has
 * taken most. */
static double full_depth(const struct air_layer *l)
{
    double at[] = {0,
                   l->base - 0.5 * l->base_edge,
                   l->base,
                   l->base + 0.5 * l->base_edge,
                   l->thin_from + 3 * l->decay,
                   l->thin_from + 12 * l->decay,
                   l->top - 0.5 * l->lid,
                   l->top + 0.5 * l->lid};
    enum { COUNT = sizeof at / sizeof *at };
    double sum = 0;
    qsort(at, COUNT, sizeof *at, ascending);
    for (int i = 1; i < COUNT; i++)
        if (at[i] > 0)
            sum += integrate(l, fmax(at[i - 1], 0), at[i]);
    return sum;
}

static void report_layer(struct air_report_layer *r, const struct air *a, int kind)
{
    const struct air_layer *l = &a->layer[kind];
    double depth = full_depth(l);
    *r = (struct air_report_layer){.empty = air_layer_is_empty(l),
                                   .unmet = l->unmet,
                                   .base = l->base,
                                   .top = l->top,
                                   .lid = l->lid,
                                   .visibility = layer_visibility(a, kind),
                                   .visibility_asked = l->visibility,
                                   .angstrom = angstrom(l),
                                   .pm25 = layer_pm25(l),
                                   .no2 = l->no2};
    memcpy(r->mass, l->mass, sizeof r->mass);
    for (int w = 0; w < AIR_WAVES; w++) {
        const struct air_mix *m = &l->mix[w];
        r->extinction[w] = m->extinction;
        r->albedo[w] = m->extinction > 0 ? m->scattering / m->extinction : NAN;
        r->asymmetry[w] = m->scattering > 0 ? m->asymmetry : NAN;
        r->optical_depth[w] = m->extinction * depth;
    }
}

/* ---- the whole ---- */

static void report_ground(struct air_report_spot *s, const struct air *a)
{
    *s = (struct air_report_spot){.altitude = 0};
    for (int w = 0; w < AIR_WAVES; w++) {
        struct air_mix m = air_at(a, s->altitude, w);
        s->extinction[w] = m.extinction;
        s->albedo[w] = m.extinction > 0 ? m.scattering / m.extinction : NAN;
    }
    s->visibility = range(s->extinction[1]);
    for (int i = 0; i < AIR_LAYERS; i++) {
        double share = air_layer_profile(&a->layer[i], s->altitude);
        s->pm25 += share * layer_pm25(&a->layer[i]);
        s->no2 += share * a->layer[i].no2;
    }
}

static void report_depths(struct air_report *r, const struct air *a)
{
    double molecules = AIR_RAYLEIGH_HEIGHT_M * (1 - exp(-AIR_TOP_M / AIR_RAYLEIGH_HEIGHT_M));
    double ozone = 15000; /* m: the tent's area at its peak's strength */
    for (int w = 0; w < AIR_WAVES; w++) {
        r->rayleigh_depth[w] = a->rayleigh[w] * molecules;
        r->ozone_depth[w] = a->ozone[w] * ozone;
        r->optical_depth[w] = r->rayleigh_depth[w] + r->ozone_depth[w];
        for (int i = 0; i < AIR_LAYERS; i++)
            r->optical_depth[w] += r->layer[i].optical_depth[w];
    }
}

/* The tables are of single precision: what is less has lost its digits. */
#define LEAST_TRANSMITTANCE 1e-30

static void report_sun(struct air_report_sun *s, const struct air_column *c)
{
    double *t = s->transmittance;
    air_column_read(c, AIR_TABLE_BEAM, s->altitude, t);
    for (int w = 0; w < AIR_WAVES; w++)
        t[w] = t[w] < LEAST_TRANSMITTANCE ? 0 : t[w];
    double most = fmax(t[0], fmax(t[1], t[2]));
    s->red_over_green = t[1] > 0 ? t[0] / t[1] : NAN;
    for (int w = 0; w < AIR_WAVES; w++) {
        double sun = t[w] * fmax(0, sin(c->sun_elevation));
        double sky = air_column_sky_irradiance(c, s->altitude, w);
        s->colour[w] = most > 0 ? t[w] / most : NAN;
        s->sky_share[w] = sun + sky > 0 ? sky / (sun + sky) : NAN;
    }
}

/* The datum, and above each layer that reaches over it: the lowest first. */
static void place_suns(struct air_report *r)
{
    r->sun[0] = (struct air_report_sun){.layer = -1};
    r->sun_count = 1;
    for (int i = 0; i < AIR_LAYERS; i++) {
        const struct air_report_layer *l = &r->layer[i];
        struct air_report_sun s = {.layer = i,
                                   .altitude = l->top + 0.5 * l->lid + AIR_REPORT_ABOVE_M};
        int at = r->sun_count;
        if (l->empty || s.altitude <= 0)
            continue;
        for (; r->sun[at - 1].altitude > s.altitude; at--)
            r->sun[at] = r->sun[at - 1];
        r->sun[at] = s;
        r->sun_count++;
    }
}

bool air_report_make(struct air_report *r, const struct params *p, struct error *err)
{
    struct air a;
    double albedo[AIR_WAVES];
    struct air_column *column = malloc(sizeof *column);
    if (!column)
        return error_set(err, ERROR_FAILED, "no memory for the column of air");
    memset(r, 0, sizeof *r);
    air_derive(&a, p);
    for (int i = 0; i < AIR_LAYERS; i++)
        report_layer(&r->layer[i], &a, i);
    report_ground(&r->ground, &a);
    report_depths(r, &a);
    place_suns(r);
    air_ground_albedo(p, albedo);
    r->sun_elevation = p->sun_elevation;
    air_column_solve(column, &a, r->sun_elevation, albedo, AIR_ORDER);
    for (int i = 0; i < r->sun_count; i++)
        report_sun(&r->sun[i], column);
    free(column);
    return true;
}
