/* Measures a grid of heights as elevation models are measured; measure.h says what, and by whom,
 * and measure_close.h what --close measures in its place.
 *
 *   measure_land HEIGHT.r32 --cell METRES [--size N|WxH] [--playa MASK.r32] [--wrap]
 *                [--channel CELLS] [--json]
 *   measure_land HEIGHT.r32 --cell METRES --close [--hard HARD.r32] [--size N|WxH]
 *                [--playa MASK.r32] [--wrap] [--json]
 *
 * HEIGHT.r32: little-endian float32, metres, row by row; square unless --size says otherwise.
 * MASK.r32: the same, 1 where a playa is. HARD.r32: the same, above 0.5 where rock is hard, below
 * -0.5 where it is soft. --wrap: the grid is a torus; else its edge is an outlet. --channel: the
 * cells that a channel drains at least, 2 or more. --close: of ground seen from near by, on cells
 * of 1.5 m or less. The targets are the project's, of its macro world where cells are 30 m or more,
 * of its detail where they are smaller. Exit: 0 measured, whatever came out; 1 it could not be
 * read; 2 wrong usage. */
#include "base/file.h"
#include "base/json.h"
#include "tests/measure/measure.h"
#include "tests/measure/measure_close.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NONE                                                                                       \
    {                                                                                              \
        -INFINITY, INFINITY                                                                        \
    }

#define AT_LEAST(value)                                                                            \
    {                                                                                              \
        value, INFINITY                                                                            \
    }
#define AT_MOST(value)                                                                             \
    {                                                                                              \
        -INFINITY, value                                                                           \
    }

enum { SIDE_MAX = 16384 };

struct range {
    double low, high;
};

struct row {
    const char *key, *label;
    size_t offset;
    int digits;
    struct range macro, detail;
};

/* Rows, and the struct that their offsets are of. */
struct table {
    const struct row *rows;
    int count;
    const void *values;
    const char *unasked; /* key of a row that is not held against its target; NULL: none */
};

#define AT(member) offsetof(struct measure, member)

static const struct row land_rows[] = {
    {"min_m", "lowest, m", AT(min_m), 1, NONE, NONE},
    {"max_m", "highest, m", AT(max_m), 1, NONE, NONE},
    {"sigma_m", "standard deviation, m", AT(sigma_m), 1, NONE, NONE},
    {"playa_share", "area of playas", AT(playa_share), 3, NONE, NONE},
    {"depression_share",
     "area in closed depressions, outside playas",
     AT(depression_share),
     4,
     {-INFINITY, .05},
     {-INFINITY, .05}},
    {"depression_fill", "depression fill / sigma", AT(depression_fill), 4, {-INFINITY, .002}, NONE},
    {"chi_r2", "chi-elevation R2, mean of basins", AT(chi_r2), 3, {.8, INFINITY}, {.8, INFINITY}},
    {"chi_r2_median", "chi-elevation R2, median basin", AT(chi_r2_median), 3, NONE, NONE},
    {"chi_basins", "basins of 200 channel cells or more", AT(chi_basins), 0, NONE, NONE},
    {"channel_cells", "a channel drains at least, cells", AT(channel_cells), 0, NONE, NONE},
    {"concavity", "concavity theta, slope and area", AT(concavity), 3, {.3, .5}, NONE},
    {"concavity_chi", "concavity theta, best chi", AT(concavity_chi), 2, NONE, NONE},
    {"chi_r2_best", "   its chi-elevation R2", AT(chi_r2_best), 3, NONE, NONE},
    {"exceedance_exponent", "P(A > a) exponent", AT(exceedance), 3, {.43, .5}, NONE},
    {"exceedance_to_cells", "   fitted from 20 to, cells", AT(exceedance_to_cells), 0, NONE, NONE},
    {"hack_exponent", "Hack's exponent", AT(hack), 3, {.49, .58}, NONE},
    {"horton_rb", "Horton Rb, number of streams", AT(horton_b), 2, {4, 5}, NONE},
    {"horton_rl", "Horton Rl, length of streams", AT(horton_l), 2, {2, 2.6}, NONE},
    {"horton_ra", "Horton Ra, area of streams", AT(horton_a), 2, {4, 5}, NONE},
    {"horton_orders", "   over orders", AT(horton_orders), 0, NONE, NONE},
    {"beta", "spectral slope beta", AT(beta), 2, {3.1, 3.9}, NONE},
    {"beta_to_m", "   fitted from 8 cells to, m", AT(beta_to_m), 0, NONE, NONE},
    {"laplacian_skewness",
     "skewness of the Laplacian (4 cells)",
     AT(skewness),
     3,
     {-.3, -.1},
     {-INFINITY, -.05}},
    {"straightness",
     "straightness (8-fold bias of valleys)",
     AT(straightness),
     4,
     {-INFINITY, .01},
     {-INFINITY, .01}},
    {"straightness_channels", "   where 100 cells drain", AT(straightness_channels), 4, NONE, NONE},
    {"straightness_error", "   standard error", AT(straightness_error), 4, NONE, NONE},
    {"straightness_cos", "   along the lattice (+), between (-)", AT(straightness_cos), 4, NONE,
     NONE},
    {"slope_p50_deg", "slope, 50th percentile, degrees", AT(slope_deg[0]), 1, NONE, NONE},
    {"slope_p90_deg", "slope, 90th percentile, degrees", AT(slope_deg[1]), 1, {20, 40}, NONE},
    {"slope_p99_deg", "slope, 99th percentile, degrees", AT(slope_deg[2]), 1, NONE, NONE},
    {"hypsometric_integral", "hypsometric integral", AT(hypsometric), 3, {.35, .5}, NONE},
    {"hypsometric_integral_land", "   outside playas", AT(hypsometric_land), 3, NONE, NONE},
};

#define CLOSE(member) offsetof(struct measure_close, member)

static const struct row close_rows[] = {
    {"over_45", "area over 45 degrees", CLOSE(over_45), 4, NONE, NONE},
    {"under_20", "area under 20 degrees", CLOSE(under_20), 4, NONE, NONE},
    {"talus", "area within 30 to 37 degrees", CLOSE(talus), 4, NONE, NONE},
    {"rough_steep", "rough share of what is over 45 degrees", CLOSE(rough_steep), 3, NONE,
     AT_LEAST(.4)},
    {"rough_gentle", "rough share of what is under 20 degrees", CLOSE(rough_gentle), 3, NONE,
     AT_MOST(.03)},
    {"beta_close", "spectral slope beta, 3 to 30 m", CLOSE(beta), 2, NONE, AT_MOST(4)},
    {"rms_2_5_m", "rms height, waves of 2 to 5 m, m", CLOSE(rms_m[0]), 3, NONE, AT_LEAST(.13)},
    {"rms_5_10_m", "rms height, waves of 5 to 10 m, m", CLOSE(rms_m[1]), 3, NONE, AT_LEAST(.27)},
    {"rms_10_20_m", "rms height, waves of 10 to 20 m, m", CLOSE(rms_m[2]), 3, NONE, AT_LEAST(.55)},
    {"kurtosis_10_m", "excess kurtosis of Laplacian, 10 m", CLOSE(kurtosis[0]), 2, NONE,
     AT_LEAST(6)},
    {"kurtosis_20_m", "excess kurtosis of Laplacian, 20 m", CLOSE(kurtosis[1]), 2, NONE,
     AT_LEAST(2.5)},
    {"skewness_10_m", "skewness of Laplacian, 10 m, under 30 deg", CLOSE(skewness), 2, NONE,
     AT_LEAST(.3)},
    {"edge_radius_m", "radius of the sharpest 1% of edges, m", CLOSE(edge_radius_m), 2, NONE,
     AT_MOST(4)},
    {"over_70", "area over 70 degrees", CLOSE(over_70), 4, NONE, AT_LEAST(.01)},
    {"face_share", "area of 60-85 degrees by 45-60", CLOSE(face_share), 3, NONE, AT_LEAST(.5)},
    {"hard_steep", "over 45 degrees, hard by soft rock", CLOSE(hard_steep), 2, NONE, AT_LEAST(4)},
};

/* --- what comes out -------------------------------------------------------------------------- */

static struct table table_of_land(const struct measure *m)
{
    return (struct table){land_rows, sizeof land_rows / sizeof *land_rows, m, NULL};
}

static struct table table_of_close(const struct measure_close *m, bool with_hard)
{
    return (struct table){close_rows, sizeof close_rows / sizeof *close_rows, m,
                          with_hard ? NULL : "hard_steep"};
}

static double value_of(const struct table *t, const struct row *row)
{
    double value;
    memcpy(&value, (const char *)t->values + row->offset, sizeof value);
    return value;
}

static const struct range *target_of(const struct row *row, const struct grid *g)
{
    const double macro_m = 30;
    return g->cell_m >= macro_m ? &row->macro : &row->detail;
}

static bool is_open(const struct range *r)
{
    return isinf(r->low) && isinf(r->high);
}

/* As it is printed: 0.5004 is within 0.5. */
static bool is_within(const struct range *r, double value, int digits)
{
    double scale = pow(10, digits), rounded = round(value * scale) / scale;
    return rounded >= r->low && rounded <= r->high;
}

static bool is_judged(const struct table *t, const struct row *row, const struct grid *g)
{
    return !is_open(target_of(row, g)) && !(t->unasked && strcmp(t->unasked, row->key) == 0);
}

static void print_table(const struct grid *g, const struct table *t)
{
    printf("%-44s %10s   %-14s\n", "measure", "value", "must reach");
    for (const struct row *row = t->rows; row < t->rows + t->count; row++) {
        const struct range *r = target_of(row, g);
        double value = value_of(t, row);
        char target[32] = "";
        if (isinf(r->low) && !isinf(r->high))
            snprintf(target, sizeof target, "<= %g", r->high);
        else if (isinf(r->high) && !isinf(r->low))
            snprintf(target, sizeof target, ">= %g", r->low);
        else if (!is_open(r))
            snprintf(target, sizeof target, "%g to %g", r->low, r->high);
        if (isnan(value))
            printf("%-44s %10s", row->label, "-");
        else
            printf("%-44s %10.*f", row->label, row->digits, value);
        if (is_judged(t, row, g))
            printf("   %-14s%s", target, is_within(r, value, row->digits) ? "ok" : "short");
        printf("\n");
    }
}

static void print_json(const struct grid *g, const struct table *t)
{
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_integer(&j, "width", g->width);
    json_integer(&j, "height", g->height);
    json_number(&j, "cell_m", g->cell_m);
    json_bool(&j, "wrap", g->wrap);
    for (int i = 0; i < t->count; i++)
        json_number(&j, t->rows[i].key, value_of(t, &t->rows[i]));
    json_array_begin(&j, "short");
    for (const struct row *row = t->rows; row < t->rows + t->count; row++) {
        double value = value_of(t, row);
        if (is_judged(t, row, g) && !is_within(target_of(row, g), value, row->digits))
            json_string(&j, NULL, row->key);
    }
    json_array_end(&j);
    json_object_end(&j);
}

/* --- what goes in ---------------------------------------------------------------------------- */

struct command {
    const char *height, *playa, *hard;
    struct grid grid;
    int channel_cells;
    bool close, json;
};

static float decode(const unsigned char *b)
{
    uint32_t bits =
        (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* width and height 0 are set to the side of the square. */
static float *read_grid(const char *path, int *width, int *height, struct error *err)
{
    size_t size;
    char *bytes = file_read(path, &size, err);
    if (!bytes)
        return NULL;
    if (*width == 0)
        *width = *height = (int)lround(sqrt((double)(size / 4)));
    size_t count = (size_t)*width * (size_t)*height;
    float *values = malloc(size + sizeof *values);
    const char *wrong = NULL;
    if (!values)
        wrong = "out of memory";
    else if (size != count * 4 || *width < 16 || *height < 16 || *width > SIDE_MAX ||
             *height > SIDE_MAX)
        wrong = "is no grid of that size, of at least 16 x 16; give --size WxH";
    for (size_t i = 0; !wrong && i < count; i++) {
        values[i] = decode((const unsigned char *)bytes + 4 * i);
        if (!isfinite(values[i]))
            wrong = "has a value that is not finite";
    }
    free(bytes);
    if (!wrong)
        return values;
    free(values);
    error_set(err, ERROR_FAILED, "%s: %s", path, wrong);
    return NULL;
}

static bool parse_size(const char *text, struct grid *g)
{
    char end;
    if (sscanf(text, "%dx%d%c", &g->width, &g->height, &end) == 2)
        return g->width > 0 && g->height > 0;
    g->height = 0;
    if (sscanf(text, "%d%c", &g->width, &end) == 1)
        g->height = g->width;
    return g->height > 0;
}

/* True when args[0], and its value if it has one, was understood; moves *i on over the value. */
static bool parse_argument(struct command *c, int count, char **args, int *i)
{
    const char *name = args[*i];
    if (strcmp(name, "--wrap") == 0)
        return c->grid.wrap = true;
    if (strcmp(name, "--json") == 0)
        return c->json = true;
    if (strcmp(name, "--close") == 0)
        return c->close = true;
    if (name[0] != '-')
        return !c->height && (c->height = name);
    if (++*i >= count)
        return false;
    const char *value = args[*i];
    char end;
    if (strcmp(name, "--cell") == 0)
        return sscanf(value, "%lf%c", &c->grid.cell_m, &end) == 1 && isfinite(c->grid.cell_m) &&
               c->grid.cell_m > 0;
    if (strcmp(name, "--channel") == 0)
        return sscanf(value, "%d%c", &c->channel_cells, &end) == 1 && c->channel_cells > 1;
    if (strcmp(name, "--size") == 0)
        return parse_size(value, &c->grid);
    if (strcmp(name, "--hard") == 0)
        return (c->hard = value);
    return strcmp(name, "--playa") == 0 && (c->playa = value);
}

static bool parse(struct command *c, int count, char **args)
{
    for (int i = 1; i < count; i++)
        if (!parse_argument(c, count, args, &i))
            return false;
    if (c->close ? c->channel_cells > 0 : c->hard != NULL)
        return false;
    return c->height && c->grid.cell_m > 0;
}

/* Measures what the command asks for and prints it. */
static bool measure_and_print(const struct command *c, const float *hard, struct error *err)
{
    struct measure land;
    struct measure_close ground;
    bool ok = c->close ? measure_close(&c->grid, hard, &ground, err)
                       : measure_land(&c->grid, c->channel_cells, &land, err);
    if (!ok)
        return false;
    struct table t = c->close ? table_of_close(&ground, hard) : table_of_land(&land);
    if (c->json)
        print_json(&c->grid, &t);
    else
        print_table(&c->grid, &t);
    return true;
}

int main(int count, char **args)
{
    struct command c = {0};
    if (!parse(&c, count, args)) {
        fprintf(stderr, "usage: measure_land HEIGHT.r32 --cell METRES [--size N|WxH] "
                        "[--playa MASK.r32] [--wrap] [--channel CELLS] [--json]\n"
                        "       measure_land HEIGHT.r32 --cell METRES --close [--hard HARD.r32] "
                        "[--size N|WxH] [--playa MASK.r32] [--wrap] [--json]\n");
        return 2;
    }
    struct error err = {0};
    struct grid *g = &c.grid;
    float *h = read_grid(c.height, &g->width, &g->height, &err), *playa = NULL, *hard = NULL;
    bool ok = h && (!c.playa || (playa = read_grid(c.playa, &g->width, &g->height, &err))) &&
              (!c.hard || (hard = read_grid(c.hard, &g->width, &g->height, &err)));
    g->h = h;
    g->playa = playa;
    ok = ok && measure_and_print(&c, hard, &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    free(h);
    free(playa);
    free(hard);
    return ok ? 0 : 1;
}
