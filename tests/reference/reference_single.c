/* Light scattered once, by quadrature along the view and, from every point of it, along the way to
 * the sun. The extinction comes from the shapes themselves: nothing is shared with the shells of
 * the Monte Carlo but the altitudes of kinks. */
#include "tests/reference/reference_air.h"
#include "tests/reference/reference_shells.h"

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

static const double R = REFERENCE_RADIUS_M;

enum { NODES = 4 };

static const double nodes[NODES] = {0.06943184420297371, 0.33000947820757187, 0.6699905217924281,
                                    0.9305681557970263};
static const double weights[NODES] = {0.17392742256872693, 0.32607257743127307, 0.32607257743127307,
                                      0.17392742256872693};

/* A straight line from an altitude; mu: cosine of its angle with the vertical there. */
struct line {
    double altitude, mu;
};

static double altitude_at(const struct line *l, double s)
{
    double r = R + l->altitude;
    /* Over the start: the root of r^2 + 2 r mu s + s^2, less r, without the loss of digits. */
    double more = s * (2 * r * l->mu + s);
    return fmax(l->altitude + more / (r + sqrt(r * r + more)), 0);
}

/* The distances at which the line passes an altitude: 0, 1 or 2 of them, ahead. */
static int crossings(const struct line *l, double altitude, double s[2])
{
    double r = R + l->altitude, rise = (altitude - l->altitude) * (altitude + l->altitude + 2 * R);
    double square = r * l->mu * r * l->mu + rise;
    if (square < 0)
        return 0;
    double far =
        r * fabs(l->mu) + sqrt(square); /* of the two roots, the one without a difference */
    double roots[2] = {l->mu < 0 ? far : -far, 0};
    roots[1] = roots[0] != 0 ? -rise / roots[0] : 0;
    int count = 0;
    for (int i = 0; i < 2; i++)
        if (roots[i] > 0)
            s[count++] = roots[i];
    return count;
}

static bool hits_ground(const struct line *l)
{
    double r = R + l->altitude;
    return l->mu < 0 && r * sqrt(1 - l->mu * l->mu) <= R;
}

/* To the ground, or to the top of the air. */
static double line_length(const struct line *l)
{
    double s[2] = {0};
    if (!hits_ground(l)) {
        int count = crossings(l, REFERENCE_TOP_M, s);
        return count ? s[count - 1] : 0;
    }
    int count = crossings(l, 0, s);
    return count == 2 ? fmin(s[0], s[1]) : 0;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Altitudes between which the quadrature may step: the air's levels, and steps that grow upward. */
enum { STEPS_MAX = 256 };

static double step_altitude(int i)
{
    return i < 40 ? 50.0 * i : i < 80 ? 2e3 + 200.0 * (i - 40) : 1e4 + 1e3 * (i - 80);
}

/* The ends of the panels along the line, from 0 to where the air or the ground ends it. */
static int list_panels(const struct reference_air *air, const struct line *l, double **ends)
{
    size_t room = 2 * (STEPS_MAX + (size_t)air->level_count) + 2;
    *ends = malloc(room * sizeof **ends);
    if (!*ends)
        return 0;
    double last = line_length(l), s[2];
    int count = 0;
    (*ends)[count++] = 0;
    for (int k = 0; k < STEPS_MAX + air->level_count; k++) {
        double altitude = k < STEPS_MAX ? step_altitude(k) : air->levels_m[k - STEPS_MAX];
        int crossed = altitude < REFERENCE_TOP_M ? crossings(l, altitude, s) : 0;
        for (int i = 0; i < crossed; i++)
            if (s[i] < last)
                (*ends)[count++] = s[i];
    }
    (*ends)[count++] = last;
    qsort(*ends, (size_t)count, sizeof **ends, compare);
    return count;
}

static double extinction_of(const struct reference_constituent *c, double altitude)
{
    return c->beta * c->shape(c->user, altitude);
}

static double extinction(const struct reference_air *air, double altitude)
{
    double sum = 0;
    for (int i = 0; i < air->count; i++)
        sum += extinction_of(&air->constituents[i], altitude);
    return sum;
}

static double depth_between(const struct reference_air *air, const struct line *l, double from,
                            double to)
{
    double sum = 0;
    for (int i = 0; i < NODES; i++)
        sum += weights[i] * extinction(air, altitude_at(l, from + (to - from) * nodes[i]));
    return sum * (to - from);
}

/* To the sun; 0 in the planet's shadow. */
static double sunlight(const struct reference_air *air, double altitude, double mu_sun)
{
    const struct line l = {altitude, mu_sun};
    if (hits_ground(&l))
        return 0;
    double *ends, depth = 0;
    int count = list_panels(air, &l, &ends);
    for (int i = 0; i + 1 < count; i++)
        depth += depth_between(air, &l, ends[i], ends[i + 1]);
    free(ends);
    return exp(-depth);
}

/* What goes on along one view. */
struct walk {
    const struct reference_air *air;
    struct line line;
    double mu_sun, toward_sun; /* cosines at the observer: of the sun's zenith angle, view to sun */
    double depth, radiance;    /* so far */
};

/* Cosine of the sun's zenith angle at a distance along the view. */
static double mu_sun_at(const struct walk *w, double s)
{
    double r = R + altitude_at(&w->line, s);
    return ((R + w->line.altitude) * w->mu_sun + s * w->toward_sun) / r;
}

/* Light scattered at s, per metre. */
static double source(const struct walk *w, double s)
{
    double altitude = altitude_at(&w->line, s), sum = 0;
    for (int i = 0; i < w->air->count; i++) {
        const struct reference_constituent *c = &w->air->constituents[i];
        double scattering = c->albedo * extinction_of(c, altitude);
        if (scattering > 0)
            sum += scattering * reference_phase_value(&c->phase, w->toward_sun);
    }
    return sum > 0 ? sum * sunlight(w->air, altitude, mu_sun_at(w, s)) : 0;
}

static void add_panel(struct walk *w, double from, double to)
{
    for (int i = 0; i < NODES; i++) {
        double s = from + (to - from) * nodes[i];
        double depth = w->depth + depth_between(w->air, &w->line, from, s);
        w->radiance += weights[i] * (to - from) * exp(-depth) * source(w, s);
    }
    w->depth += depth_between(w->air, &w->line, from, to);
}

/* Panels of an optical depth of a quarter at most; what is behind a depth of 40 is not seen. */
static void add_panels(struct walk *w, double from, double to)
{
    const double depth_max = 0.25, unseen = 40;
    double peak = extinction(w->air, altitude_at(&w->line, (from + to) / 2));
    peak = fmax(peak, extinction(w->air, altitude_at(&w->line, from)));
    peak = fmax(peak, extinction(w->air, altitude_at(&w->line, to)));
    double parts = ceil(fmax(peak * (to - from) / depth_max, 1)), step = (to - from) / parts;
    for (double k = 0; k < parts && w->depth < unseen; k++)
        add_panel(w, from + k * step, k + 1 < parts ? from + (k + 1) * step : to);
}

static void add_ground(struct walk *w, double s)
{
    double mu_sun = mu_sun_at(w, s);
    if (mu_sun > 0)
        w->radiance +=
            exp(-w->depth) * w->air->ground_albedo / PI * mu_sun * sunlight(w->air, 0, mu_sun);
}

double reference_single_scattering(const struct reference_air *air,
                                   const struct reference_view *view)
{
    struct walk w = {.air = air, .line = {view->altitude_m, sin(view->elevation)}};
    w.mu_sun = cos(view->sun_zenith);
    w.toward_sun =
        w.mu_sun * w.line.mu + sin(view->sun_zenith) * cos(view->elevation) * cos(view->azimuth);
    double *ends;
    int count = list_panels(air, &w.line, &ends);
    for (int i = 0; i + 1 < count; i++)
        if (ends[i + 1] > ends[i])
            add_panels(&w, ends[i], ends[i + 1]);
    if (count && hits_ground(&w.line))
        add_ground(&w, ends[count - 1]);
    free(ends);
    return w.radiance;
}
