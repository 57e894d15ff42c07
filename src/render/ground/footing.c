#include "render/ground/footing.h"

#include "render/ground/clipmap_internal.h"

#include <math.h>
#include <stdlib.h>

#define STEP_M  7.0   /* between spots */
#define NEAR_M  20.0  /* so far rays look on the fine window, which shows ribs of a metre */
#define VIEW_M  350.0 /* so far on the coarse one */
#define RAYS    13    /* over the 55 degrees of a 35 mm lens */
#define SPREAD  0.08  /* rad between rays */
#define PENALTY 0.25  /* of the farthest spot; a whole frame blocked is 2; by eye */

/* A level of the clipmap. */
struct height_window {
    int n;
    double spacing;
    float *height;
};

struct ground {
    struct height_window fine, coarse;
};

static double height_at(const struct height_window *w, double x, double y)
{
    double u = x / w->spacing, v = y / w->spacing;
    int x0 = (int)floor(u), y0 = (int)floor(v), mask = w->n - 1;
    double a = u - x0, b = v - y0;
    const float *low = w->height + (size_t)(y0 & mask) * (size_t)w->n;
    const float *high = w->height + (size_t)((y0 + 1) & mask) * (size_t)w->n;
    return (low[x0 & mask] * (1 - a) + low[(x0 + 1) & mask] * a) * (1 - b) +
           (high[x0 & mask] * (1 - a) + high[(x0 + 1) & mask] * a) * b;
}

/* How far the near ground stands up into the picture along a ray, in frame heights, the lower third
 * aside: that is the foreground's. Weighing less, how far there is no ground in front at all. */
static double blocked(const struct ground *g, const struct place *p, double x, double y, double yaw)
{
    double eye = height_at(&g->fine, x, y) + p->height_m, east = sin(yaw), north = cos(yaw);
    double top = -10, middle = tan(p->pitch), frame = 0.43; /* high at 35 mm and 2.39:1 */
    for (double d = 0.75; d < VIEW_M; d += d < NEAR_M ? 0.3 + 0.05 * d : 0.05 * d) {
        const struct height_window *w = d < NEAR_M ? &g->fine : &g->coarse;
        top = fmax(top, (height_at(w, x + east * d, y + north * d) - eye) / d);
    }
    double over = (top - middle) / frame + 1.0 / 6, under = (middle - top) / frame - 0.5;
    return fmin(1, over > 0 ? over : under > 0 ? 0.3 * under : 0);
}

static double judge(const struct ground *g, const struct place *p, double dx, double dy)
{
    double sum = 0;
    for (int k = 0; k < RAYS; k++) {
        double yaw = p->yaw + (k - RAYS / 2) * SPREAD;
        sum += blocked(g, p, p->x + dx, p->y + dy, yaw);
    }
    return 2 * sum / RAYS + PENALTY * hypot(dx, dy) / FOOTING_REACH_M;
}

/* Fills and reads a level that reaches so far from the place. Its samples are `spacing` apart if
 * that is far enough, so that a larger clipmap finds the same footing. */
static bool read_window(struct height_window *w, struct clipmap *c, double reach, double spacing)
{
    int level = 0;
    while (level < CLIPMAP_LEVELS - 1 &&
           (clipmap_spacing(level) < spacing || clipmap_spacing(level) * (c->n / 2 - 2) < reach))
        level++;
    clipmap_fill_height(c, level);
    *w = (struct height_window){.n = c->n, .spacing = clipmap_spacing(level)};
    w->height = malloc((size_t)c->n * (size_t)c->n * sizeof *w->height);
    if (w->height)
        clipmap_read_level(c, level, w->height);
    return w->height;
}

bool footing_find(struct clipmap *c, const struct place *place, double out[2], struct error *err)
{
    struct ground g = {0};
    double best = INFINITY;
    int steps = (int)(FOOTING_REACH_M / STEP_M);
    bool ok = read_window(&g.fine, c, FOOTING_REACH_M + NEAR_M, 0.5) &&
              read_window(&g.coarse, c, FOOTING_REACH_M + VIEW_M, 2);
    for (int k = 0; ok && k < (2 * steps + 1) * (2 * steps + 1); k++) {
        int i = k % (2 * steps + 1) - steps, j = k / (2 * steps + 1) - steps;
        if (i * i + j * j > steps * steps)
            continue;
        double score = judge(&g, place, i * STEP_M, j * STEP_M);
        if (score < best) {
            best = score;
            out[0] = i * STEP_M;
            out[1] = j * STEP_M;
        }
    }
    free(g.fine.height);
    free(g.coarse.height);
    return ok || error_set(err, ERROR_FAILED, "out of memory");
}
