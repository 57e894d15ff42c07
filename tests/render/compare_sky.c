/* Prints how far the renderer's sky is from the Monte Carlo's, in the same air.
 *
 *   compare_sky [--case NAME|all] [--paths N] [--seed N] [--order 1|3|5|7] [--finer N]
 *               [--reference FILE] [--views yes|no]
 *
 * Radiance over the sun's irradiance above the air at 680, 550 and 440 nm, an observer 2 m above
 * level ground of albedo 0.15, no sun's disc: a line a view with ours, the reference and ours over
 * it in percent (0 = the same). `sky` lines: the sky's light on level ground. Then for each case
 * the median and the largest of the views' errors, the mean of the ratios, and the Monte Carlo's
 * median standard error. --finer shortens the march's steps. --reference reads what the file holds
 * of the reference and adds what it had to compute; delete the file when the optics change. Azimuth
 * 0 is towards the sun. Exit: 0 done; 1 it could not be computed; 2 wrong usage. */
#include "tests/reference/monte_carlo.h"
#include "tests/render/compare_cases.h"
#include "tests/render/compare_march.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEG       (3.14159265358979323846 / 180)
#define EYE_M     2.0
#define GROUND    0.15
#define IRRADIANT (-1) /* in the place of an elevation */

static const double suns_deg[] = {30, 60, 85};
static const double views_deg[][2] = {{90, 0},  {60, 0},   {60, 90}, {60, 180},     {30, 0},
                                      {30, 90}, {30, 180}, {10, 0},  {10, 90},      {10, 180},
                                      {2, 0},   {2, 90},   {2, 180}, {IRRADIANT, 0}};
enum {
    SUNS = sizeof suns_deg / sizeof *suns_deg,
    VIEWS = sizeof views_deg / sizeof *views_deg,
    SKIES = VIEWS - 1
};

/* Of one case. */
struct truth {
    struct monte_carlo_estimate at[SUNS][VIEWS][AIR_WAVES]; /* error < 0: not known yet */
};

struct command {
    int first, last; /* cases */
    long paths;
    unsigned long seed;
    int order, finer;
    const char *reference;
    bool views;
    struct pool *pool;
    struct gl_fixture *fx;
    struct compare_march *march;
};

/* ---- the reference ---- */

static void read_truth(const struct command *c, const char *name, struct truth *t)
{
    char word[16];
    int s, v, w;
    double mean, error;
    for (s = 0; s < SUNS; s++)
        for (v = 0; v < VIEWS; v++)
            for (w = 0; w < AIR_WAVES; w++)
                t->at[s][v][w].error = -1;
    FILE *f = c->reference ? fopen(c->reference, "r") : NULL;
    if (!f)
        return;
    while (fscanf(f, "%15s %d %d %d %lf %lf", word, &s, &v, &w, &mean, &error) == 6)
        if (strcmp(word, name) == 0 && s >= 0 && s < SUNS && v >= 0 && v < VIEWS && w >= 0 &&
            w < AIR_WAVES)
            t->at[s][v][w] = (struct monte_carlo_estimate){mean, error};
    fclose(f);
}

static struct monte_carlo_estimate ask(const struct command *c, const struct reference_air *air,
                                       int sun, int view)
{
    const struct monte_carlo_effort effort = {.paths = c->paths, .seed = c->seed, .pool = c->pool};
    double zenith = suns_deg[sun] * DEG;
    if (views_deg[view][0] == IRRADIANT)
        return monte_carlo_irradiance(air, EYE_M, zenith, MONTE_CARLO_FROM_ABOVE, &effort);
    const struct reference_view v = {EYE_M, zenith, views_deg[view][0] * DEG,
                                     views_deg[view][1] * DEG};
    return monte_carlo_radiance(air, &v, &effort);
}

/* Fills what is not known yet. */
static void compute_truth(const struct command *c, const char *name,
                          const struct reference_air *air, int wave, struct truth *t)
{
    FILE *f = c->reference ? fopen(c->reference, "a") : NULL;
    for (int s = 0; s < SUNS; s++) {
        for (int v = 0; v < VIEWS; v++) {
            struct monte_carlo_estimate *e = &t->at[s][v][wave];
            if (e->error >= 0)
                continue;
            *e = ask(c, air, s, v);
            if (f)
                fprintf(f, "%s %d %d %d %.9e %.3e\n", name, s, v, wave, e->mean, e->error);
        }
    }
    if (f)
        fclose(f);
}

static bool make_truth(const struct command *c, int which, struct truth *t, struct error *err)
{
    struct params p;
    struct air air;
    bool ok = true;
    compare_case_params((enum compare_case)which, &p);
    air_derive(&air, &p);
    read_truth(c, compare_case_name((enum compare_case)which), t);
    for (int w = 0; ok && w < AIR_WAVES; w++) {
        struct compare_optics optics;
        struct reference_air *r = compare_reference_create(&air, w, GROUND, &optics, err);
        ok = r != NULL;
        if (ok)
            compute_truth(c, compare_case_name((enum compare_case)which), r, w, t);
        reference_air_destroy(&r);
        compare_optics_release(&optics);
    }
    return ok;
}

/* ---- the comparison ---- */

static void print_line(const char *name, int sun, int view, const double ours[AIR_WAVES],
                       const struct monte_carlo_estimate truth[AIR_WAVES])
{
    if (views_deg[view][0] == IRRADIANT)
        printf("%-6s %4.0f  sky    -", name, suns_deg[sun]);
    else
        printf("%-6s %4.0f %4.0f %4.0f", name, suns_deg[sun], views_deg[view][0],
               views_deg[view][1]);
    for (int w = 0; w < AIR_WAVES; w++)
        printf("  %10.3e %10.3e %6.1f", ours[w], truth[w].mean,
               100 * (ours[w] / truth[w].mean - 1));
    printf("\n");
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_size);
    return count % 2 ? values[count / 2] : 0.5 * (values[count / 2 - 1] + values[count / 2]);
}

/* One wavelength's line, or all three's when wave < 0. */
static void print_summary(const char *name, int wave, double ours[SUNS][VIEWS][AIR_WAVES],
                          const struct truth *t)
{
    double errors[SUNS * SKIES * AIR_WAVES], noise[SUNS * SKIES * AIR_WAVES];
    double sum = 0, worst = 0;
    int count = 0, at[3] = {0};
    for (int s = 0; s < SUNS; s++) {
        for (int v = 0; v < SKIES; v++) {
            for (int w = wave < 0 ? 0 : wave; w <= (wave < 0 ? AIR_WAVES - 1 : wave); w++) {
                double truth = t->at[s][v][w].mean, e = ours[s][v][w] / truth - 1;
                if (fabs(e) > fabs(worst)) {
                    worst = e;
                    at[0] = s;
                    at[1] = v;
                    at[2] = w;
                }
                noise[count] = t->at[s][v][w].error / truth;
                errors[count++] = fabs(e);
                sum += e;
            }
        }
    }
    printf("= %-6s %4s median %5.1f%%  worst %6.1f%% (sun %.0f view %.0f/%.0f, %.0f nm)"
           "  mean ratio %.3f  noise %.2f%%\n",
           name,
           wave < 0    ? "all"
           : wave == 0 ? "680"
           : wave == 1 ? "550"
                       : "440",
           100 * median(errors, count), 100 * worst, suns_deg[at[0]], views_deg[at[1]][0],
           views_deg[at[1]][1], air_nm[at[2]], 1 + sum / count, 100 * median(noise, count));
}

static bool compare_case(const struct command *c, int which, struct error *err)
{
    static double ours[SUNS][VIEWS][AIR_WAVES];
    const char *name = compare_case_name((enum compare_case)which);
    struct truth truth;
    struct params p;
    if (!make_truth(c, which, &truth, err))
        return false;
    compare_case_params((enum compare_case)which, &p);
    for (int s = 0; s < SUNS; s++) {
        p.sun_elevation = (float)((90 - suns_deg[s]) * DEG);
        if (!compare_march_prepare(c->march, &p, GROUND, c->order, err))
            return false;
        for (int v = 0; v < VIEWS; v++) {
            if (v < SKIES)
                compare_march_view(c->march, &p, EYE_M, views_deg[v][0] * DEG,
                                   views_deg[v][1] * DEG, ours[s][v]);
            else
                for (int w = 0; w < AIR_WAVES; w++)
                    ours[s][v][w] = air_column_sky_irradiance(&c->march->column, EYE_M, w);
            if (c->views || v >= SKIES)
                print_line(name, s, v, ours[s][v], truth.at[s][v]);
        }
    }
    for (int w = -1; w < AIR_WAVES; w++)
        print_summary(name, w, ours, &truth);
    fflush(stdout);
    return true;
}

/* ---- the command ---- */

static bool parse_case(struct command *c, const char *value)
{
    if (strcmp(value, "all") == 0)
        return true;
    for (int i = 0; i < COMPARE_CASES; i++)
        if (strcmp(value, compare_case_name((enum compare_case)i)) == 0) {
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
    if (strcmp(name, "--order") == 0)
        return sscanf(value, "%d%c", &c->order, &end) == 1 && c->order % 2 == 1 && c->order > 0 &&
               c->order <= AIR_ORDER;
    if (strcmp(name, "--finer") == 0)
        return sscanf(value, "%d%c", &c->finer, &end) == 1 && c->finer > 0;
    if (strcmp(name, "--reference") == 0) {
        c->reference = value;
        return true;
    }
    if (strcmp(name, "--views") == 0) {
        c->views = strcmp(value, "no") != 0;
        return c->views == (strcmp(value, "yes") == 0);
    }
    return false;
}

static bool run(struct command *c, struct error *err)
{
    void *state = NULL;
    bool ok = gl_fixture_setup_quiet(&state) == 0;
    c->fx = state;
    if (!ok)
        error_set(err, ERROR_FAILED, "there is no OpenGL 3.3");
    ok = ok && (c->pool = pool_create(0, err)) &&
         (c->march = compare_march_create(c->fx, c->finer, err));
    for (int i = c->first; ok && i <= c->last; i++)
        ok = compare_case(c, i, err);
    compare_march_destroy(&c->march);
    pool_destroy(&c->pool);
    gl_fixture_teardown(&state);
    return ok;
}

int main(int argc, char **argv)
{
    struct command c = {.last = COMPARE_CASES - 1,
                        .paths = 50000,
                        .seed = 1,
                        .order = AIR_ORDER,
                        .finer = 1,
                        .views = true};
    bool ok = argc % 2 == 1;
    for (int i = 1; ok && i < argc; i += 2)
        ok = parse_option(&c, argv[i], argv[i + 1]);
    if (!ok) {
        fprintf(stderr, "usage: compare_sky [--case NAME|all] [--paths N] [--seed N] "
                        "[--order 1|3|5|7] [--finer N] [--reference FILE] [--views yes|no]\n");
        return 2;
    }
    struct error err = {0};
    ok = run(&c, &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    return ok ? 0 : 1;
}
