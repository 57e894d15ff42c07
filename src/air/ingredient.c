#include "air/ingredient.h"

#include <math.h>

const double air_nm[AIR_WAVES] = {680, 550, 440};

struct row {
    const char *name;
    double extinction[AIR_WAVES], albedo[AIR_WAVES], asymmetry[AIR_WAVES];
    double back, back_weight, pm25;
};

static const struct row rows[AIR_INGREDIENT_COUNT] = {
#define AIR_INGREDIENT(name, e0, e1, e2, w0, w1, w2, g0, g1, g2, back, weight, pm25)               \
    {#name, {e0, e1, e2}, {w0, w1, w2}, {g0, g1, g2}, back, weight, pm25},
#include "air/ingredients.def"
#include "base/consts.h"
#undef AIR_INGREDIENT
};

#define PER_GRAM 1e3 /* m2/g to m2/kg */

/* Dust scatters a narrow peak about its coarse grains, bluish within and reddish round it. A third
 * lobe of this weight and these asymmetries gives Mie's p(440)/p(680) of 1.79, 1.25 and .73 at 1, 3
 * and 10 degrees as 1.91, 1.23 and .84 (least squares of the logarithms). */
#define DUST_PEAK_WEIGHT 0.475
static const double dust_peak[AIR_WAVES] = {0.936, 0.947, 0.956};
#define DUST_IRON 0.04 /* of the row's albedo */

#define SALT_KAPPA 1.1 /* Petters & Kreidenweis 2007 */

const char *air_ingredient_name(enum air_ingredient kind)
{
    return rows[kind].name;
}

double air_ingredient_pm25(enum air_ingredient kind)
{
    return rows[kind].pm25;
}

/* Extinction per dry gram against the dry one, of OPAC's water-soluble aerosol; between the points
 * its logarithm is linear in the logarithm of the dryness 1 - RH. */
static double growth_over_dry(double humidity)
{
    static const double at[][2] = {{0, 1},      {0.5, 1.63},  {0.7, 2.03}, {0.8, 2.45},
                                   {0.9, 3.52}, {0.95, 5.22}, {0.99, 12.1}};
    enum { POINTS = sizeof at / sizeof *at };
    double h = fmin(fmax(humidity, 0), 0.99);
    int i = 1;
    while (i < POINTS - 1 && h > at[i][0])
        i++;
    double x0 = log(1 - at[i - 1][0]), x1 = log(1 - at[i][0]);
    double t = (log(1 - h) - x0) / (x1 - x0);
    return at[i - 1][1] * pow(at[i][1] / at[i - 1][1], t);
}

double air_sulphate_growth(double humidity)
{
    return growth_over_dry(humidity) / growth_over_dry(0.5);
}

/* Grains far larger than the wavelength: extinction grows as the area. */
static double salt_growth(double humidity)
{
    double h = fmin(fmax(humidity, 0), 0.99);
    return pow(1 + SALT_KAPPA * h / (1 - h), 2.0 / 3);
}

/* Droplets: 3 Q / 4 r rho with Q = 2 (1 + x^-2/3) (van de Hulst 1957), within 1% of Mie's figures
 * for 3, 5 and 10 um. */
static double water_extinction(double radius, int wave)
{
    double x = 2 * PI * radius / (air_nm[wave] * 1e-9);
    return 1.5 * (1 + pow(x, -2.0 / 3)) / (radius * 1000);
}

/* Asymmetry of droplets: .83, .85, .86 at 3, 5, 10 um (Mie), linear in 1/r between. */
static double water_asymmetry(double radius)
{
    return fmin(fmax(0.872 - 0.125e-6 / radius, 0.79), 0.87);
}

static struct air_phase phase_of(enum air_ingredient kind, double asymmetry, int wave)
{
    const struct row *r = &rows[kind];
    double narrow = kind == AIR_INGREDIENT_dust ? DUST_PEAK_WEIGHT : 0;
    double front = 1 - r->back_weight - narrow;
    struct air_phase p = {.weight = {front, r->back_weight, narrow},
                          .g = {0, r->back, dust_peak[wave]}};
    p.g[0] = (asymmetry - p.weight[1] * p.g[1] - p.weight[2] * p.g[2]) / front;
    return p;
}

struct air_optics air_ingredient_optics(enum air_ingredient kind, const struct air_condition *c,
                                        int wave)
{
    const struct row *r = &rows[kind];
    struct air_optics o = {.extinction = r->extinction[wave] * PER_GRAM,
                           .albedo = r->albedo[wave],
                           .asymmetry = r->asymmetry[wave]};
    if (kind == AIR_INGREDIENT_sulphate)
        o.extinction *= air_sulphate_growth(c->humidity);
    if (kind == AIR_INGREDIENT_salt)
        o.extinction *= salt_growth(c->humidity);
    if (kind == AIR_INGREDIENT_dust)
        o.albedo = 1 - fmin((1 - o.albedo) * c->iron / DUST_IRON, 0.9);
    if (kind == AIR_INGREDIENT_water) {
        o.extinction = water_extinction(c->droplet_m, wave);
        o.asymmetry = water_asymmetry(c->droplet_m);
    }
    o.phase = phase_of(kind, o.asymmetry, wave);
    return o;
}

double air_henyey_greenstein(double cosine, double g)
{
    double d = 1 + g * g - 2 * g * cosine;
    return (1 - g * g) / (4 * PI * d * sqrt(d));
}

double air_phase_value(const struct air_phase *p, double cosine)
{
    double sum = 0;
    for (int i = 0; i < AIR_LOBES; i++)
        if (p->weight[i] > 0)
            sum += p->weight[i] * air_henyey_greenstein(cosine, p->g[i]);
    return sum;
}

double air_phase_second(const struct air_phase *p)
{
    double sum = 0;
    for (int i = 0; i < AIR_LOBES; i++)
        sum += p->weight[i] * p->g[i] * p->g[i];
    return sum;
}
