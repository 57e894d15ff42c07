/* The air of the references: profiles cut into shells, each fine enough to be taken as linear. */
#include "tests/reference/reference_air.h"
#include "tests/reference/reference_shells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

static const double R = REFERENCE_RADIUS_M;

static double reduce(double altitude_m)
{
    return altitude_m + altitude_m * altitude_m / (2 * R);
}

/* --- cutting into shells -------------------------------------------------------------------- */

/* Altitudes from which the cutting begins; the corners come in between. */
static const double ladder_m[] = {0, 1e3, 2e3, 5e3, 1e4, 2e4, 3e4, 5e4, 7e4, REFERENCE_TOP_M};

enum { LADDER = sizeof ladder_m / sizeof *ladder_m };

/* A little inside the shell, where a jump at its end is not seen yet. */
static double within(double low, double high, double share)
{
    const double inset = 1e-9;
    return low + (high - low) * (inset + (1 - 2 * inset) * share);
}

static double extinction_at(const struct reference_constituent *c, double altitude_m)
{
    return c->beta * c->shape(c->user, altitude_m);
}

/* True when a straight line from low to high misses the profile by little: by 0.0005 of it, or by
 * what is 1e-4 over the longest way through the air, 450 km below 30 km. It misses to both sides,
 * as the shell holds as much as the profile does, so that depths come out far closer. */
static bool is_straight(const struct reference_constituent *c, double low, double high)
{
    const double relative = 5e-4, absolute = 2e-10, spacing_m = 5;
    int steps = (int)fmax(8, ceil((high - low) / spacing_m));
    double first = extinction_at(c, within(low, high, 0));
    double last = extinction_at(c, within(low, high, 1));
    for (int i = 1; i < steps; i++) {
        double share = (double)i / steps;
        double value = extinction_at(c, within(low, high, share));
        if (fabs(first + share * (last - first) - value) > relative * value + absolute)
            return false;
    }
    return true;
}

/* Of one constituent, over altitude: Gauss-Legendre, five points. */
static double integrate(const struct reference_constituent *c, double low, double high)
{
    static const double nodes[3] = {0, 0.5384693101056831, 0.9061798459386640};
    static const double weights[3] = {0.5688888888888889, 0.4786286704993665, 0.2369268850561891};
    double sum = 0;
    for (int i = 0; i < 3; i++)
        for (int side = -1; side <= (i ? 1 : -1); side += 2)
            sum += weights[i] * extinction_at(c, low + (high - low) * (1 + side * nodes[i]) / 2);
    return sum * (high - low) / 2;
}

/* The line through the ends, scaled to hold as much as the profile does. */
static void fill_part(struct reference_shell *s, int i, const struct reference_constituent *c,
                      double low, double high)
{
    double first = extinction_at(c, within(low, high, 0));
    double last = extinction_at(c, within(low, high, 1));
    double line = (high - low) * (first + last) / 2;
    double scale = line > 0 ? integrate(c, low, high) / line : 0;
    s->parts_bottom[i] = scale * first;
    s->parts_slope[i] = scale * (last - first) / (s->top - s->bottom);
    s->at_bottom += s->parts_bottom[i];
    s->slope += s->parts_slope[i];
}

static bool add_shell(struct reference_air *air, double low, double high)
{
    if (air->shell_count == air->shell_capacity) {
        int capacity = air->shell_capacity ? 2 * air->shell_capacity : 256;
        void *more = realloc(air->shells, (size_t)capacity * sizeof *air->shells);
        if (!more)
            return false;
        air->shells = more;
        air->shell_capacity = capacity;
    }
    struct reference_shell *s = &air->shells[air->shell_count++];
    *s = (struct reference_shell){.bottom = reduce(low), .top = reduce(high)};
    for (int i = 0; i < air->count; i++)
        fill_part(s, i, &air->constituents[i], low, high);
    return true;
}

/* Halves until every profile is straight; a jump without a corner ends at 2 cm. */
static bool cut(struct reference_air *air, double low, double high)
{
    const double thinnest_m = 0.02;
    bool straight = true;
    for (int i = 0; straight && i < air->count; i++)
        straight = is_straight(&air->constituents[i], low, high);
    if (straight || high - low < thinnest_m)
        return add_shell(air, low, high);
    double middle = (low + high) / 2;
    return cut(air, low, middle) && cut(air, middle, high);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool list_levels(struct reference_air *air, const double *corners_m, int corner_count)
{
    air->levels_m = malloc((LADDER + (size_t)corner_count) * sizeof *air->levels_m);
    if (!air->levels_m)
        return false;
    memcpy(air->levels_m, ladder_m, sizeof ladder_m);
    int count = LADDER;
    for (int i = 0; i < corner_count; i++)
        if (corners_m[i] > 0 && corners_m[i] < REFERENCE_TOP_M)
            air->levels_m[count++] = corners_m[i];
    qsort(air->levels_m, (size_t)count, sizeof *air->levels_m, compare);
    for (int i = 0; i < count; i++)
        if (i == 0 || air->levels_m[i] > air->levels_m[air->level_count - 1])
            air->levels_m[air->level_count++] = air->levels_m[i];
    return true;
}

struct reference_air *reference_air_create(const struct reference_constituent *constituents,
                                           int count, const double *corners_m, int corner_count,
                                           double ground_albedo, struct error *err)
{
    if (count < 0 || count > REFERENCE_CONSTITUENTS_MAX) {
        error_set(err, ERROR_FAILED, "%d constituents of air; there is room for %d", count,
                  REFERENCE_CONSTITUENTS_MAX);
        return NULL;
    }
    struct reference_air *air = calloc(1, sizeof *air);
    bool ok = air;
    if (ok) {
        air->count = count;
        air->ground_albedo = ground_albedo;
        for (int i = 0; i < count; i++)
            air->constituents[i] = constituents[i];
        ok = list_levels(air, corners_m, corner_count);
        for (int i = 0; ok && i + 1 < air->level_count; i++)
            ok = cut(air, air->levels_m[i], air->levels_m[i + 1]);
    }
    if (ok)
        return air;
    reference_air_destroy(&air);
    error_set(err, ERROR_FAILED, "out of memory");
    return NULL;
}

void reference_air_destroy(struct reference_air **air)
{
    if (*air) {
        free((*air)->levels_m);
        free((*air)->shells);
    }
    free(*air);
    *air = NULL;
}

/* --- lines through the shells --------------------------------------------------------------- */

static int find_shell(const struct reference_air *air, double x)
{
    int low = 0, high = air->shell_count - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (x < air->shells[middle].top)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

struct reference_ray reference_ray_start(const struct reference_air *air, double altitude_m,
                                         double mu)
{
    double x = reduce(fmin(fmax(altitude_m, 0), REFERENCE_TOP_M));
    return (struct reference_ray){x, mu * sqrt(1 + 2 * x / R), find_shell(air, x)};
}

static double lowest_x(const struct reference_ray *ray)
{
    return ray->c < 0 ? ray->x - ray->c * ray->c * R / 2 : ray->x;
}

bool reference_ray_hits_ground(const struct reference_ray *ray)
{
    return ray->c < 0 && lowest_x(ray) <= 0;
}

/* Of a rising ray (c >= 0), up to x = until. Within a shell the extinction is quadratic in s, with
 * the second derivative slope / R: the trapezium, less slope ds^3 / (12 R). */
static double rising_depth(const struct reference_air *air, double x, double c, int shell,
                           double until)
{
    const double opaque = 200; /* exp(-200) is nothing */
    double depth = 0;
    for (int k = shell; x < until && depth < opaque; k++) {
        const struct reference_shell *sh = &air->shells[k];
        double end = fmin(sh->top, until), rise = end - x;
        double root = sqrt(c * c + 2 * rise / R);
        double step = rise > 0 ? 2 * rise / (c + root) : 0;
        double both = 2 * sh->at_bottom + sh->slope * (x + end - 2 * sh->bottom);
        depth += step * (both / 2 - sh->slope * step * step / (12 * R));
        c = root;
        x = end;
    }
    return depth;
}

double reference_ray_depth(const struct reference_air *air, const struct reference_ray *ray)
{
    double top = air->shells[air->shell_count - 1].top;
    if (ray->c >= 0)
        return rising_depth(air, ray->x, ray->c, ray->shell, top);
    /* Backwards from the ground, or from the lowest point both ways. */
    double x = lowest_x(ray);
    if (x <= 0)
        return rising_depth(air, 0, sqrt(-2 * x / R), 0, ray->x);
    int shell = find_shell(air, x);
    return rising_depth(air, x, 0, shell, ray->x) + rising_depth(air, x, 0, shell, top);
}

/* How far the ray goes within its shell; c at that end. */
static double chord(const struct reference_ray *ray, const struct reference_shell *shell,
                    double *c_end)
{
    double c = ray->c, fall = ray->x - shell->bottom;
    double square = c * c - 2 * fall / R;
    if (c < 0 && square >= 0) {
        *c_end = -sqrt(square);
        return 2 * fall / (-c - *c_end);
    }
    double rise = shell->top - ray->x;
    *c_end = sqrt(c * c + 2 * rise / R);
    if (c < 0)
        return R * (*c_end - c);
    return *c_end > 0 ? 2 * rise / (c + *c_end) : 0;
}

/* b0 s + b1 s^2 / 2 + b2 s^3 / 3: the optical depth after s in a shell. */
struct cubic {
    double b0, b1, b2;
};

static double cubic_value(const struct cubic *q, double s)
{
    return s * (q->b0 + s * (q->b1 / 2 + s * q->b2 / 3));
}

/* Where a rising cubic reaches value in [0, end]: Newton's method, kept in brackets. */
static double cubic_solve(const struct cubic *q, double value, double end)
{
    double low = 0, high = end, s = end * fmin(value / cubic_value(q, end), 1);
    for (int i = 0; i < 60; i++) {
        double over = cubic_value(q, s) - value;
        double rate = q->b0 + s * (q->b1 + s * q->b2);
        if (over > 0)
            high = s;
        else
            low = s;
        double next = rate > 0 ? s - over / rate : low;
        if (!(next > low && next < high))
            next = (low + high) / 2;
        if (fabs(next - s) <= 1e-13 * end)
            return next;
        s = next;
    }
    return s;
}

enum reference_end reference_ray_advance(const struct reference_air *air, struct reference_ray *ray,
                                         double depth, double *distance)
{
    *distance = 0;
    while (ray->shell >= 0 && ray->shell < air->shell_count) {
        const struct reference_shell *shell = &air->shells[ray->shell];
        double c_end, step = chord(ray, shell, &c_end);
        struct cubic q = {shell->at_bottom + shell->slope * (ray->x - shell->bottom),
                          shell->slope * ray->c, shell->slope / (2 * R)};
        double here = cubic_value(&q, step);
        if (here > depth) {
            double s = cubic_solve(&q, depth, step);
            *distance += s;
            ray->x = fmin(fmax(ray->x + s * (ray->c + s / (2 * R)), shell->bottom), shell->top);
            ray->c += s / R;
            return REFERENCE_COLLIDED;
        }
        depth -= here;
        *distance += step;
        bool down = ray->c < 0 && c_end <= 0;
        ray->x = down ? shell->bottom : shell->top;
        ray->c = c_end;
        ray->shell += down ? -1 : 1;
    }
    bool ground = ray->shell < 0;
    ray->shell = ground ? 0 : air->shell_count - 1;
    return ground ? REFERENCE_GROUND : REFERENCE_ESCAPED;
}

double reference_optical_depth(const struct reference_air *air, double altitude_m, double elevation)
{
    struct reference_ray ray = reference_ray_start(air, altitude_m, sin(elevation));
    return reference_ray_hits_ground(&ray) ? INFINITY : reference_ray_depth(air, &ray);
}

double reference_sun_transmittance(const struct reference_air *air, double altitude_m,
                                   double sun_zenith)
{
    return exp(-reference_optical_depth(air, altitude_m, PI / 2 - sun_zenith));
}
