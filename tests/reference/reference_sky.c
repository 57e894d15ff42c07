/* Prints the sky of the reference airs: every order of scattering, by Monte Carlo.
 *
 *   reference_sky [--case NAME|all] [--paths N] [--seed N] [--altitude METRES] [--albedo A]
 *
 * A table on stdout, a line a view: radiance / the sun's irradiance above the air (1/sr) at 680,
 * 550 and 440 nm, each with its standard error in percent; then how much of it was scattered once,
 * at 550 nm. `sky` lines: what the sky gives to a level surface there, and `sun` lines what the sun
 * gives to one that faces it, as shares of its irradiance above the air. Azimuth 0 is towards the
 * sun. Exit: 0 done; 1 it could not be computed; 2 wrong usage. */
#include "tests/reference/monte_carlo.h"
#include "tests/reference/reference_cases.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEG (3.14159265358979323846 / 180)

struct command {
    int first, last; /* cases */
    long paths;
    unsigned long seed;
    double altitude_m, albedo;
};

/* Of one case; [i]: wavelength. */
struct sky {
    const struct command *command;
    const char *name;
    struct reference_air *air[REFERENCE_WAVELENGTHS];
    struct monte_carlo_effort effort;
};

static void print_estimates(const struct monte_carlo_estimate e[REFERENCE_WAVELENGTHS])
{
    for (int i = 0; i < REFERENCE_WAVELENGTHS; i++)
        printf(" %11.4e %5.2f", e[i].mean, e[i].mean > 0 ? 100 * e[i].error / e[i].mean : 0);
}

static void print_view(const struct sky *s, double sun_deg, double elevation_deg,
                       double azimuth_deg)
{
    const struct reference_view view = {s->command->altitude_m, sun_deg * DEG, elevation_deg * DEG,
                                        azimuth_deg * DEG};
    struct monte_carlo_estimate e[REFERENCE_WAVELENGTHS];
    for (int i = 0; i < REFERENCE_WAVELENGTHS; i++)
        e[i] = monte_carlo_radiance(s->air[i], &view, &s->effort);
    printf("%-6s %4.0f %4.0f %4.0f", s->name, sun_deg, elevation_deg, azimuth_deg);
    print_estimates(e);
    printf("  %5.3f\n", reference_single_scattering(s->air[1], &view) / e[1].mean);
    fflush(stdout);
}

static void print_level(const struct sky *s, double sun_deg)
{
    struct monte_carlo_estimate sky[REFERENCE_WAVELENGTHS], sun[REFERENCE_WAVELENGTHS] = {{0}};
    for (int i = 0; i < REFERENCE_WAVELENGTHS; i++) {
        sky[i] = monte_carlo_irradiance(s->air[i], s->command->altitude_m, sun_deg * DEG,
                                        MONTE_CARLO_FROM_ABOVE, &s->effort);
        sun[i].mean = reference_sun_transmittance(s->air[i], s->command->altitude_m, sun_deg * DEG);
    }
    printf("%-6s %4.0f  sky    -", s->name, sun_deg);
    print_estimates(sky);
    printf("\n%-6s %4.0f  sun    -", s->name, sun_deg);
    print_estimates(sun);
    printf("\n");
}

static void print_sky(const struct sky *s)
{
    static const double suns_deg[] = {30, 60, 85}, elevations_deg[] = {60, 30, 10, 2};
    for (int i = 0; i < 3; i++) {
        print_view(s, suns_deg[i], 90, 0);
        for (int k = 0; k < 4; k++)
            for (int azimuth_deg = 0; azimuth_deg <= 180; azimuth_deg += 90)
                print_view(s, suns_deg[i], elevations_deg[k], azimuth_deg);
        print_level(s, suns_deg[i]);
    }
}

static bool print_case(const struct command *c, int which, struct pool *pool, struct error *err)
{
    struct sky s = {.command = c,
                    .name = reference_case_name(which),
                    .effort = {.paths = c->paths, .seed = c->seed, .pool = pool}};
    bool ok = true;
    for (int i = 0; ok && i < REFERENCE_WAVELENGTHS; i++)
        ok = (s.air[i] = reference_case_create(which, i, c->albedo, err)) != NULL;
    if (ok)
        print_sky(&s);
    for (int i = 0; i < REFERENCE_WAVELENGTHS; i++)
        reference_air_destroy(&s.air[i]);
    return ok;
}

static bool parse_case(struct command *c, const char *value)
{
    c->first = 0;
    c->last = REFERENCE_CASES - 1;
    if (strcmp(value, "all") == 0)
        return true;
    for (int i = 0; i < REFERENCE_CASES; i++)
        if (strcmp(value, reference_case_name(i)) == 0) {
            c->first = c->last = i;
            return true;
        }
    return false;
}

static bool parse_option(struct command *c, const char *name, const char *value)
{
    char end;
    if (strcmp(name, "--case") == 0)
        return parse_case(c, value);
    if (strcmp(name, "--paths") == 0)
        return sscanf(value, "%ld%c", &c->paths, &end) == 1 && c->paths > 0;
    if (strcmp(name, "--seed") == 0)
        return sscanf(value, "%lu%c", &c->seed, &end) == 1;
    if (strcmp(name, "--altitude") == 0)
        return sscanf(value, "%lf%c", &c->altitude_m, &end) == 1 && c->altitude_m >= 0 &&
               c->altitude_m <= REFERENCE_TOP_M;
    return strcmp(name, "--albedo") == 0 && sscanf(value, "%lf%c", &c->albedo, &end) == 1 &&
           c->albedo >= 0 && c->albedo <= 1;
}

int main(int count, char **args)
{
    struct command c = {.paths = 65536, .seed = 1, .altitude_m = 2, .albedo = 0.15};
    bool ok = count % 2 == 1;
    for (int i = 1; ok && i < count; i += 2)
        ok = parse_option(&c, args[i], args[i + 1]);
    if (!ok) {
        fprintf(stderr, "usage: reference_sky [--case NAME|all] [--paths N] [--seed N] "
                        "[--altitude METRES] [--albedo A]\n");
        return 2;
    }
    struct error err = {0};
    struct pool *pool = pool_create(0, &err);
    ok = pool;
    printf("# case  sun view azim %12s %4s %12s %4s %12s %4s  once\n", "680 nm", "%", "550 nm", "%",
           "440 nm", "%");
    for (int i = c.first; ok && i <= c.last; i++)
        ok = print_case(&c, i, pool, &err);
    pool_destroy(&pool);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    return ok ? 0 : 1;
}
