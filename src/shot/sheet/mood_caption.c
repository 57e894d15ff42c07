#include "shot/sheet/mood_caption.h"

#include "air/report.h"
#include "base/consts.h"
#include "base/figure.h"

#include <stdio.h>
#include <string.h>

#define SHARE_MIN  0.1
#define NO2_MIN    50e-9 /* mole fraction */
#define GREEN      1     /* of air_nm: 550 nm */
#define AROUND     0.5   /* humidity at which what is in a layer is weighed */
#define DROPLETS_M 6e-6  /* their radius there */

enum { NAMED_MAX = 3 };

/* The particles' optical depth by ingredient; returns their sum. The layer's own depth is shared
 * out by extinction at one humidity for all: enough for an order. */
static double weigh(const struct air_report *r, double depth[AIR_INGREDIENT_COUNT])
{
    const struct air_condition around = {.humidity = AROUND, .droplet_m = DROPLETS_M, .iron = 0.04};
    double total = 0;
    memset(depth, 0, AIR_INGREDIENT_COUNT * sizeof *depth);
    for (int i = 0; i < AIR_LAYERS; i++) {
        double share[AIR_INGREDIENT_COUNT], sum = 0;
        for (int k = 0; k < AIR_INGREDIENT_COUNT; k++) {
            enum air_ingredient kind = (enum air_ingredient)k;
            share[k] =
                r->layer[i].empty
                    ? 0
                    : r->layer[i].mass[k] * air_ingredient_optics(kind, &around, GREEN).extinction;
            sum += share[k];
        }
        for (int k = 0; k < AIR_INGREDIENT_COUNT && sum > 0; k++)
            depth[k] += share[k] / sum * r->layer[i].optical_depth[GREEN];
        total += sum > 0 ? r->layer[i].optical_depth[GREEN] : 0;
    }
    return total;
}

static const char *word(int kind)
{
    return kind == AIR_INGREDIENT_water ? "fog" : air_ingredient_name((enum air_ingredient)kind);
}

static void name_particles(const struct air_report *r, char *out, size_t size)
{
    double depth[AIR_INGREDIENT_COUNT], total = weigh(r, depth);
    const char *names[NAMED_MAX];
    int count = 0;
    for (; count < NAMED_MAX; count++) {
        int most = 0;
        for (int k = 1; k < AIR_INGREDIENT_COUNT; k++)
            most = depth[k] > depth[most] ? k : most;
        if (!(depth[most] > 0) || depth[most] < SHARE_MIN * total)
            break;
        names[count] = word(most);
        depth[most] = 0;
    }
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < count && used < size; i++) {
        const char *joint = i == 0 ? "" : i < count - 1 ? ", " : " and ";
        used += (size_t)snprintf(out + used, size - used, "%s%s", joint, names[i]);
    }
}

/* Two digits do for people: "250 m", "30 km". */
static double two_digits(double value)
{
    return figure_round(value, 2);
}

bool mood_caption_write(const struct params *p, char *out, size_t size, struct error *err)
{
    struct air_report r;
    char particles[96];
    if (!air_report_make(&r, p, err))
        return false;
    bool no2 = false;
    for (int i = 0; i < AIR_LAYERS; i++)
        no2 = no2 || r.layer[i].no2 >= NO2_MIN;
    name_particles(&r, particles, sizeof particles);
    const char *what = particles[0] ? particles : no2 ? "NO2" : "clear air";
    double range = r.ground.visibility;
    snprintf(out, size, "sun %g\xC2\xB0, sees %g %s, %s%s",
             figure_round(p->sun_elevation * PER_DEG, 3),
             range < 1000 ? two_digits(range) : two_digits(range / 1000), range < 1000 ? "m" : "km",
             what, no2 && particles[0] ? " with NO2" : "");
    return true;
}
