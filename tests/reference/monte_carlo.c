#include "tests/reference/monte_carlo.h"
#include "tests/reference/reference_shells.h"

#include <math.h>

#define PI 3.14159265358979323846

static const double R = REFERENCE_RADIUS_M;

/* --- random numbers ------------------------------------------------------------------------- */

enum { DIMENSIONS = 6 };

/* One per batch. The first numbers of a path come from a shifted lattice sequence, the rest from
 * splitmix64: G. Steele, D. Lea & C. Flood, "Fast splittable pseudorandom number generators"
 * (2014). */
struct stream {
    uint64_t state;
    double shift[DIMENSIONS], stride[DIMENSIONS];
    long path;
    int used; /* by this path */
};

static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double uniform(struct stream *r)
{
    return (double)(next_bits(&r->state) >> 11) * 0x1p-53;
}

static double draw(struct stream *r)
{
    if (r->used >= DIMENSIONS)
        return uniform(r);
    int k = r->used++;
    double value = r->shift[k] + (double)r->path * r->stride[k];
    return fmin(value - floor(value), 1 - 0x1p-53);
}

/* Strides of Kronecker's sequence from the root of y^(d+1) = y + 1: M. Roberts, "The unreasonable
 * effectiveness of quasirandom sequences" (2018). */
static void stream_init(struct stream *r, uint64_t seed, int batch)
{
    double root = 1.1, power = 1;
    for (int i = 0; i < 60; i++)
        root = pow(1 + root, 1.0 / (DIMENSIONS + 1));
    uint64_t mixed = seed;
    r->state = next_bits(&mixed) ^ (uint64_t)batch * 0xd1342543de82ef95u;
    r->state = next_bits(&r->state);
    for (int k = 0; k < DIMENSIONS; k++) {
        r->stride[k] = power /= root;
        r->shift[k] = uniform(r);
    }
}

/* --- vectors -------------------------------------------------------------------------------- */

struct vector {
    double x, y, z;
};

static double dot(struct vector a, struct vector b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static struct vector combine(double s, struct vector a, double t, struct vector b)
{
    return (struct vector){s * a.x + t * b.x, s * a.y + t * b.y, s * a.z + t * b.z};
}

static struct vector cross(struct vector a, struct vector b)
{
    return (struct vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static struct vector normalize(struct vector a)
{
    return combine(1 / sqrt(dot(a, a)), a, 0, a);
}

/* At an angle with an axis (unit), turned about it. */
static struct vector around(struct vector axis, double cosine, double turn)
{
    struct vector other = {fabs(axis.x) < 0.5, fabs(axis.x) >= 0.5, 0};
    struct vector u = normalize(cross(axis, other)), v = cross(axis, u);
    double sine = sqrt(fmax(1 - cosine * cosine, 0));
    struct vector side = combine(sine * cos(turn), u, sine * sin(turn), v);
    return normalize(combine(cosine, axis, 1, side));
}

/* --- one path ------------------------------------------------------------------------------- */

struct path {
    const struct reference_air *air;
    struct vector sun;                 /* towards it */
    struct vector position, direction; /* from the planet's centre; away from the eye */
    struct reference_ray ray;          /* the same, as the shells see it */
    double weight, radiance;
};

static void set_direction(struct path *p, struct vector direction)
{
    p->direction = direction;
    p->ray.c = dot(p->position, direction) / R;
}

static double sunlight(const struct path *p)
{
    struct reference_ray ray = {p->ray.x, dot(p->position, p->sun) / R, p->ray.shell};
    return reference_ray_hits_ground(&ray) ? 0 : exp(-reference_ray_depth(p->air, &ray));
}

/* The optical depth to the next collision; INFINITY: none before the ground. A forced flight ends
 * in a collision: always where space is behind the air, and more often than it would where ground
 * that reflects is; the weight makes up for it. */
static double draw_depth(struct path *p, struct stream *r, bool forced)
{
    if (!forced)
        return -log1p(-draw(r));
    double share = -expm1(-reference_ray_depth(p->air, &p->ray)), often = 1, u = draw(r);
    if (reference_ray_hits_ground(&p->ray) && p->air->ground_albedo > 0)
        often = sqrt(share);
    if (u >= often) {
        p->weight *= (1 - share) / (1 - often);
        return INFINITY;
    }
    p->weight *= share / often;
    return -log1p(-share * u / often);
}

/* Goes to the next collision, or to where the air ends. */
static enum reference_end fly(struct path *p, struct stream *r, bool forced)
{
    double distance, depth = draw_depth(p, r, forced);
    enum reference_end end = reference_ray_advance(p->air, &p->ray, depth, &distance);
    p->position = combine(1, p->position, distance, p->direction);
    return end;
}

/* What the air is at a collision. */
struct site {
    const struct reference_air *air;
    double scattering[REFERENCE_CONSTITUENTS_MAX]; /* shares, together 1 */
    double albedo;
};

static struct site site_at(const struct path *p)
{
    const struct reference_shell *shell = &p->air->shells[p->ray.shell];
    struct site s = {.air = p->air};
    double over = p->ray.x - shell->bottom, total = 0;
    for (int i = 0; i < p->air->count; i++) {
        s.scattering[i] = p->air->constituents[i].albedo *
                          (shell->parts_bottom[i] + shell->parts_slope[i] * over);
        total += s.scattering[i];
    }
    s.albedo = total / (shell->at_bottom + shell->slope * over);
    for (int i = 0; i < p->air->count; i++)
        s.scattering[i] = total > 0 ? s.scattering[i] / total : 0;
    return s;
}

static double site_phase(const struct site *s, double cosine)
{
    double sum = 0;
    for (int i = 0; i < s->air->count; i++)
        if (s->scattering[i] > 0)
            sum += s->scattering[i] * reference_phase_value(&s->air->constituents[i].phase, cosine);
    return sum;
}

/* A cosine distributed as site_phase() is. What chose the constituent is uniform again. */
static double site_sample(const struct site *s, double u)
{
    int i = 0;
    for (; i + 1 < s->air->count && u >= s->scattering[i]; i++)
        u -= s->scattering[i];
    return reference_phase_sample(&s->air->constituents[i].phase,
                                  fmin(u / s->scattering[i], 1 - 0x1p-53));
}

/* A new direction: of the phase function about the old one, or, so that forward peaks towards the
 * sun are not left to chance, about the sun; the weight is that of either having led there. */
static void turn(struct path *p, struct stream *r, const struct site *s, double to_sun)
{
    double u = draw(r), about = 2 * PI * draw(r);
    bool sunward = u < to_sun;
    u = sunward ? u / to_sun : (u - to_sun) / (1 - to_sun);
    struct vector old = p->direction, axis = sunward ? p->sun : old;
    set_direction(p, around(axis, site_sample(s, u), about));
    if (to_sun > 0) {
        double wanted = site_phase(s, dot(old, p->direction));
        double aimed = site_phase(s, dot(p->sun, p->direction));
        p->weight *= wanted / ((1 - to_sun) * wanted + to_sun * aimed);
    }
}

/* The share of paths to turn about the sun, found by trial in smog and fog: more where the sun is
 * bright, but some from far below too, for those are what comes up into the bright. */
static double sunward(double light)
{
    const double most = 0.25, power = 0.2;
    return light > 0 ? most * pow(light, power) : 0;
}

/* Light from the sun by way of this collision, then on in a new direction. */
static void scatter(struct path *p, struct stream *r, bool last)
{
    struct site s = site_at(p);
    p->weight *= s.albedo;
    if (p->weight <= 0)
        return;
    double light = sunlight(p);
    p->radiance += p->weight * light * site_phase(&s, dot(p->direction, p->sun));
    if (!last)
        turn(p, r, &s, sunward(light));
}

/* Lambert's ground: the sun's light on it, then on in a direction by the cosine. */
static void reflect(struct path *p, struct stream *r, bool last)
{
    struct vector up = normalize(p->position);
    double mu_sun = dot(up, p->sun);
    p->weight *= p->air->ground_albedo;
    if (mu_sun > 0 && p->weight > 0)
        p->radiance += p->weight / PI * mu_sun * sunlight(p);
    if (last || p->weight <= 0)
        return;
    double cosine = sqrt(1 - draw(r));
    set_direction(p, around(up, cosine, 2 * PI * draw(r)));
    p->ray.x = 0;
}

static void trace(struct path *p, struct stream *r, int orders)
{
    const int forced_flights = 2;
    const double light = 0.05; /* weights under this play roulette for it */
    for (int order = 1; orders == 0 || order <= orders; order++) {
        enum reference_end end = fly(p, r, order <= forced_flights);
        if (end == REFERENCE_ESCAPED)
            return;
        if (end == REFERENCE_GROUND)
            reflect(p, r, order == orders);
        else
            scatter(p, r, order == orders);
        if (p->weight < light) {
            if (uniform(r) * light >= p->weight)
                return;
            p->weight = light;
        }
    }
}

/* --- batches -------------------------------------------------------------------------------- */

struct task {
    const struct reference_air *air;
    const struct monte_carlo_effort *effort;
    double altitude_m, sun_zenith;
    struct vector view;         /* of radiance */
    bool level;                 /* irradiance instead */
    enum monte_carlo_side side; /* of irradiance */
    long paths;                 /* a batch */
    double means[MONTE_CARLO_BATCHES];
};

/* z is the observer's vertical, x the sun's azimuth. */
static void start_path(const struct task *t, struct path *p, struct stream *r)
{
    double r_m = R + fmin(fmax(t->altitude_m, 0), REFERENCE_TOP_M);
    *p = (struct path){.air = t->air, .weight = 1, .position = {0, 0, r_m}};
    p->sun = (struct vector){sin(t->sun_zenith), 0, cos(t->sun_zenith)};
    p->ray = reference_ray_start(t->air, t->altitude_m, 1);
    struct vector view = t->view;
    if (t->level) {
        double sign = t->side == MONTE_CARLO_FROM_ABOVE ? 1 : -1;
        double cosine = sqrt(1 - draw(r));
        view = around((struct vector){0, 0, sign}, cosine, 2 * PI * draw(r));
        p->weight = PI;
    }
    set_direction(p, view);
}

static void run_batch(void *user, int batch)
{
    struct task *t = user;
    struct stream r;
    stream_init(&r, t->effort->seed, batch);
    double sum = 0;
    for (r.path = 0; r.path < t->paths; r.path++) {
        struct path p;
        r.used = 0;
        start_path(t, &p, &r);
        trace(&p, &r, t->effort->orders);
        sum += p.radiance;
    }
    t->means[batch] = sum / (double)t->paths;
}

static struct monte_carlo_estimate run(struct task *t)
{
    t->paths = (t->effort->paths + MONTE_CARLO_BATCHES - 1) / MONTE_CARLO_BATCHES;
    t->paths = t->paths > 0 ? t->paths : 1;
    if (t->effort->pool)
        pool_run(t->effort->pool, MONTE_CARLO_BATCHES, run_batch, t);
    else
        for (int i = 0; i < MONTE_CARLO_BATCHES; i++)
            run_batch(t, i);
    double mean = 0, square = 0;
    for (int i = 0; i < MONTE_CARLO_BATCHES; i++)
        mean += t->means[i] / MONTE_CARLO_BATCHES;
    for (int i = 0; i < MONTE_CARLO_BATCHES; i++)
        square += (t->means[i] - mean) * (t->means[i] - mean);
    double variance = square / (MONTE_CARLO_BATCHES - 1) / MONTE_CARLO_BATCHES;
    return (struct monte_carlo_estimate){mean, sqrt(variance)};
}

struct monte_carlo_estimate monte_carlo_radiance(const struct reference_air *air,
                                                 const struct reference_view *view,
                                                 const struct monte_carlo_effort *effort)
{
    double level = cos(view->elevation);
    struct task t = {
        .air = air,
        .effort = effort,
        .altitude_m = view->altitude_m,
        .sun_zenith = view->sun_zenith,
        .view = {level * cos(view->azimuth), level * sin(view->azimuth), sin(view->elevation)},
    };
    return run(&t);
}

struct monte_carlo_estimate monte_carlo_irradiance(const struct reference_air *air,
                                                   double altitude_m, double sun_zenith,
                                                   enum monte_carlo_side side,
                                                   const struct monte_carlo_effort *effort)
{
    struct task t = {.air = air,
                     .effort = effort,
                     .altitude_m = altitude_m,
                     .sun_zenith = sun_zenith,
                     .level = true,
                     .side = side};
    return run(&t);
}
