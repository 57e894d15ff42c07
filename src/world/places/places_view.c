/* Rays over the altitudes, and what a picture made of some of them holds. */
#include "base/consts.h"
#include "world/places/places_internal.h"

#include "world/lattice.h"

#include <math.h>

#define REACH_M 30000.0f
/* Samples along a ray: from FIRST_M on, finer than a cell near the eye and never more than
 * STEP_MOST_M apart there, farther apart with distance. */
#define FIRST_M     32.0f
#define STEP_CELLS  0.8f
#define STEP_MOST_M 50.0f
#define STEP_SHARE  0.04f
/* Near ground: from beyond the warp's reach to where detail no longer fills the frame. It must fall
 * away by 4% to be out of the way: gullies and ledges stand up to 20 m over the macro land. */
#define NEAR_FROM_M 60.0f
#define NEAR_TO_M   320.0f
#define NEAR_MARGIN 0.04f
#define FALL_AT_M   130.0f
#define PLAYA_TO_M  10000.0f
/* Land that dives out of sight for less is a fold of one slope, a few samples long: so much, and so
 * much of the distance. By eye. */
#define FOLD_M     200.0f
#define FOLD_SHARE 0.08f
/* The view is open up to what rises so far above the eye, rise over run: 1.1 degrees. By eye. */
#define OPEN_RISE 0.02f
/* Near ground as steep as this above the eye leaves no view; level with it, a clear one. By eye. */
#define BLOCK_RISE 0.06f
/* A line of land counts when it shows at least so much, rise over run: 3 pixels of 960. */
#define PLANE_RISE 0.003f

/* Where a ray starts, a cell, and which way it goes. */
struct origin {
    const struct macro *macro;
    int x, y;
    float east, north;
};

/* Altitude at a distance, bilinear. The cell is added to whole cells, so that the same land gives
 * the same bits wherever on the torus it lies. */
static float height_at(const struct origin *o, float d)
{
    const struct macro *m = o->macro;
    float x = o->east * d / m->cell_m, y = o->north * d / m->cell_m;
    int ix = lattice_floor(x), iy = lattice_floor(y), mask = m->size - 1;
    float a = x - (float)ix, b = y - (float)iy;
    size_t x0 = (size_t)((o->x + ix) & mask), x1 = (size_t)((o->x + ix + 1) & mask);
    const float *h = m->plane[MACRO_HEIGHT];
    const float *low = h + (size_t)((o->y + iy) & mask) * (size_t)m->size;
    const float *high = h + (size_t)((o->y + iy + 1) & mask) * (size_t)m->size;
    return (low[x0] * (1 - a) + low[x1] * a) * (1 - b) + (high[x0] * (1 - a) + high[x1] * a) * b;
}

/* Whether the nearest cell is a playa's. */
static bool playa_at(const struct origin *o, float d)
{
    const struct macro *m = o->macro;
    int ix = o->x + lattice_floor(o->east * d / m->cell_m + 0.5f);
    int iy = o->y + lattice_floor(o->north * d / m->cell_m + 0.5f);
    size_t x = (size_t)(ix & (m->size - 1)), y = (size_t)(iy & (m->size - 1));
    return m->plane[MACRO_PLAYA][y * (size_t)m->size + x] > 0.5f;
}

/* What a ray has met so far. */
struct march {
    struct ray ray;
    float lid;         /* -INFINITY without a sea */
    float top;         /* steepest so far: what is below is hidden */
    float plane_foot;  /* top where the present line of land began */
    float hidden_from; /* where the land dived under top */
    bool hidden, in_sea, on_land;
    bool from_sea; /* the present line of land rises from the sea */
};

static void end_plane(struct march *a)
{
    if (a->on_land && a->top - a->plane_foot >= PLANE_RISE) {
        a->ray.planes += 1;
        a->ray.islands += a->from_sea;
    }
    a->on_land = false;
}

static void meet(struct march *a, float d, float h, float eye)
{
    bool sea = h < a->lid;
    float rise = ((sea ? a->lid : h) - d * d * (0.5f / (float)PLANET_M) - eye) / d;
    if (rise <= a->top) {
        if (!a->hidden)
            a->hidden_from = d;
        a->hidden = true;
        return;
    }
    bool gap = a->hidden && d - a->hidden_from > FOLD_M + FOLD_SHARE * d;
    if (a->on_land && (gap || sea))
        end_plane(a);
    if (!sea && !a->on_land) {
        a->on_land = true;
        a->from_sea = a->in_sea;
        a->plane_foot = a->top > -1 ? a->top : rise;
    }
    if (sea && a->top > -1)
        a->ray.sea += rise - a->top;
    a->in_sea = sea;
    a->hidden = false;
    a->top = rise;
    a->ray.far_m = d;
    if (rise > OPEN_RISE && a->ray.open_m == 0)
        a->ray.open_m = d;
}

static struct ray cast(const struct origin *o, float ground, float lid)
{
    float eye = ground + VIEW_EYE_M, cell = o->macro->cell_m;
    struct march a = {.lid = lid, .top = -2, .plane_foot = -2, .ray = {.near = -2}};
    for (float d = FIRST_M; d < REACH_M;) {
        float h = height_at(o, d);
        if (d >= NEAR_FROM_M && d <= NEAR_TO_M) {
            float near = (h - eye) / d + NEAR_MARGIN;
            a.ray.near = near > a.ray.near ? near : a.ray.near;
            if (d < FALL_AT_M || a.ray.fall == 0)
                a.ray.fall = (h - ground) / d;
        }
        meet(&a, d, h, eye);
        float step = cell * STEP_CELLS < STEP_MOST_M ? cell * STEP_CELLS : STEP_MOST_M;
        step = d * STEP_SHARE > step ? d * STEP_SHARE : step;
        if (d < PLAYA_TO_M && playa_at(o, d))
            a.ray.playa_m += step;
        d += step;
    }
    end_plane(&a);
    a.ray.sky = a.top;
    if (a.ray.open_m == 0)
        a.ray.open_m = REACH_M;
    return a.ray;
}

void view_cast(const struct macro *m, int x, int y, float lid, struct ray rays[VIEW_BEARINGS])
{
    /* cos and sin of 5 degrees; the rest by turning. */
    const double c = 0.99619469809174555, s = 0.087155742747658174;
    double east = 0, north = 1;
    int mask = m->size - 1;
    float ground =
        m->plane[MACRO_HEIGHT][(size_t)(y & mask) * (size_t)m->size + (size_t)(x & mask)];
    if (ground + VIEW_EYE_M <= lid)
        lid = -INFINITY;
    for (int k = 0; k < VIEW_BEARINGS; k++) {
        struct origin o = {m, x, y, (float)east, (float)north};
        rays[k] = cast(&o, ground, lid);
        double turned = east * c + north * s;
        north = north * c - east * s;
        east = turned;
    }
}

struct view view_window(const struct ray rays[VIEW_BEARINGS], int bearing)
{
    struct view v = {.bearing = bearing};
    float share = 1.0f / (2 * VIEW_HALF + 1), last = 0;
    for (int k = -VIEW_HALF; k <= VIEW_HALF; k++) {
        const struct ray *r = &rays[(bearing + k + VIEW_BEARINGS) % VIEW_BEARINGS];
        float clear = 1 - r->near / BLOCK_RISE; /* a little above the eye still leaves a view */
        v.clear += share * (clear < 0 ? 0 : clear > 1 ? 1 : clear);
        v.fall += share * r->fall;
        v.sky += share * r->sky;
        v.sea += share * r->sea;
        v.far_m += share * r->far_m;
        v.playa_m += share * r->playa_m;
        v.open_m += share * r->open_m;
        v.planes += share * r->planes;
        v.islands += share * r->islands;
        if (k > -VIEW_HALF)
            v.ragged += share * (r->sky > last ? r->sky - last : last - r->sky);
        last = r->sky;
        if (k >= -1 && k <= 1)
            v.ahead_m += r->open_m / 3;
    }
    return v;
}
