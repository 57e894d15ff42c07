/* What each kind of place wants. Every number here is by eye, on pictures of several worlds. */
#include "world/places/places_internal.h"

#include <stdio.h>

/* 0 up to a, 1 from b to c, 0 from d on; never quite 0, so that there is always a best. */
static float hump(float x, float a, float b, float c, float d)
{
    const float least = 0.01f;
    float t = x < b ? (x - a) / (b - a) : x > c ? (d - x) / (d - c) : 1;
    return t < least ? least : t > 1 ? 1 : t;
}

/* From `low` at x = a to 1 at x = b. */
static float rise(float x, float a, float b, float low)
{
    float t = (x - a) / (b - a);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return low + (1 - low) * t;
}

/* The height over its playa that a terrace should have: 800 m, less where the land is low. */
static float terrace_target(const struct spot *s)
{
    float most = 0.6f * s->relief;
    return most < 800 ? most : 800;
}

/* --- places --------------------------------------------------------------------------------- */

static float spot_terrace(const struct spot *s)
{
    float target = terrace_target(s);
    return hump(s->above, target - 350, target - 90, target + 90, target + 400) *
           rise(s->height, PLACES_LID_M, PLACES_LID_M + 250, 0.1f) *
           hump(s->slope, -1, 0, 0.16f, 0.5f) * rise(s->drop, 60, 320, 0.05f) *
           rise(s->stand, -60, 40, 0.1f);
}

static float spot_slope(const struct spot *s)
{
    float over = s->height - PLACES_LID_M;
    return hump(over, 20, 55, 90, 170) * hump(s->slope, 0.05f, 0.15f, 0.35f, 0.6f) *
           rise(s->drop, 40, 200, 0.05f) * rise(s->stand, -40, 40, 0.1f) *
           hump(s->drainage, 0, 1, 5, 6.5f);
}

static float spot_shore(const struct spot *s)
{
    return (s->is_playa ? 0.05f : 1) * hump(s->above, 0, 1, 5, 20) *
           hump(s->slope, -1, 0, 0.04f, 0.2f) * rise(s->playa, 0, 0.45f, 0.02f) *
           hump(s->drainage, 0, 1, 6, 8);
}

static float spot_canyon(const struct spot *s)
{
    return hump(s->drainage, 6, 7, 8.3f, 9.5f) * rise(-s->stand, 20, 160, 0.02f) *
           rise(s->wall, 150, 600, 0.05f) * rise(s->above, 5, 60, 0.05f) *
           (s->is_playa ? 0.02f : 1);
}

static float spot_ridge(const struct spot *s)
{
    return rise(s->stand, 20, 160, 0.02f) * rise(s->broad_stand, 0, 300, 0.1f) *
           rise(s->height, PLACES_LID_M, PLACES_LID_M + 450, 0.05f) *
           hump(s->drainage, 0, 1, 4.2f, 5.5f) * hump(s->slope, -1, 0, 0.25f, 0.7f);
}

static float spot_summit(const struct spot *s)
{
    float top = s->relief > 0 ? s->height / s->relief : 0;
    return rise(top, 0.3f, 1, 0.001f) * rise(s->stand, 0, 200, 0.1f) *
           hump(s->drainage, 0, 1, 4, 5);
}

static float spot_playa(const struct spot *s)
{
    return (s->is_largest ? 1
            : s->is_playa ? 0.2f
                          : 0.01f) *
           rise(s->shore_m, 0, 4000, 0.01f) * hump(s->above, -1000, -100, 10, 300);
}

static float spot_pass(const struct spot *s)
{
    return rise(s->saddle, -20, 80, 0.01f) *
           rise(s->height, PLACES_LID_M, PLACES_LID_M + 300, 0.1f) *
           hump(s->drainage, 0, 1, 4.5f, 6) * rise(s->drop, 60, 300, 0.1f);
}

static float spot_hollow(const struct spot *s)
{
    return hump(s->above, 5, 20, 90, 220) * hump(s->height, -1000, -500, PLACES_LID_M - 150, 340) *
           rise(-s->stand, 0, 90, 0.05f) * rise(s->wall, 60, 300, 0.05f) *
           hump(s->slope, -1, 0, 0.08f, 0.3f) * hump(s->drainage, 4.5f, 6, 8, 9) *
           (s->is_playa ? 0.02f : 1);
}

float judge_spot(enum place_kind kind, const struct spot *s)
{
    static float (*const judges[PLACE_KIND_COUNT])(const struct spot *) = {
        [PLACE_TERRACE] = spot_terrace, [PLACE_SLOPE] = spot_slope, [PLACE_SHORE] = spot_shore,
        [PLACE_CANYON] = spot_canyon,   [PLACE_RIDGE] = spot_ridge, [PLACE_SUMMIT] = spot_summit,
        [PLACE_PLAYA] = spot_playa,     [PLACE_PASS] = spot_pass,   [PLACE_HOLLOW] = spot_hollow};
    return judges[kind](s);
}

float judge_lid(enum place_kind kind, const struct spot *s)
{
    /* Down in the basins the flat floor is the sea. */
    bool low = kind == PLACE_SHORE || kind == PLACE_PLAYA;
    return low ? s->level + 0.5f : PLACES_LID_M;
}

/* --- views ---------------------------------------------------------------------------------- */

/* What makes any wide view: lines of land behind one another, far, under a skyline that moves. */
static float composed(const struct view *v)
{
    return rise(v->planes, 1, 5, 0.15f) * rise(v->far_m, 2000, 18000, 0.2f) *
           rise(v->ragged, 0, 0.008f, 0.6f);
}

static float over_the_sea(const struct view *v)
{
    return rise(v->sea, 0.005f, 0.10f, 0.1f) * rise(v->islands, 0, 2, 0.3f);
}

static float view_terrace(const struct view *v)
{
    return v->clear * composed(v) * over_the_sea(v) * hump(v->sky, -0.1f, -0.03f, 0.05f, 0.2f) *
           hump(v->fall, -0.5f, -0.22f, -0.05f, 0.02f);
}

static float view_slope(const struct view *v)
{
    return v->clear * composed(v) * over_the_sea(v) * hump(v->sky, -0.1f, 0, 0.09f, 0.3f) *
           hump(v->fall, -0.7f, -0.35f, -0.05f, 0.05f);
}

static float view_shore(const struct view *v)
{
    return rise(v->clear, 0, 0.6f, 0.05f) * rise(v->open_m, 1500, 6000, 0.05f) *
           hump(v->sky, 0, 0.05f, 0.12f, 0.35f) * rise(v->planes, 1, 4, 0.2f) *
           rise(v->ragged, 0, 0.012f, 0.5f) * rise(v->playa_m, 300, 3500, 0.01f);
}

/* Steepness of the walls beside the view: the skyline from 40 to 90 degrees off. */
static float walls(const struct ray rays[VIEW_BEARINGS], int bearing)
{
    float left = 0, right = 0;
    for (int k = 8; k <= 18; k++) {
        left += rays[(bearing - k + VIEW_BEARINGS) % VIEW_BEARINGS].sky / 11;
        right += rays[(bearing + k) % VIEW_BEARINGS].sky / 11;
    }
    return left < right ? left : right;
}

static float view_canyon(const struct view *v, const struct ray rays[VIEW_BEARINGS])
{
    return rise(v->ahead_m, 400, 3000, 0.02f) * rise(walls(rays, v->bearing), 0.05f, 0.45f, 0.02f) *
           rise(v->planes, 1, 4, 0.3f) * hump(v->sky, -0.1f, 0.05f, 0.25f, 0.7f) *
           rise(-v->fall, -0.15f, 0, 0.2f);
}

static float view_ridge(const struct view *v)
{
    return v->clear * rise(v->planes, 1, 7, 0.05f) * rise(v->far_m, 4000, 22000, 0.2f) *
           rise(v->islands, 0, 2, 0.5f) * rise(v->ragged, 0, 0.008f, 0.6f) *
           hump(v->sky, -0.1f, -0.03f, 0.06f, 0.2f) * hump(v->fall, -0.7f, -0.3f, -0.03f, 0.05f);
}

static float view_summit(const struct view *v, const struct ray rays[VIEW_BEARINGS])
{
    float around = 0;
    for (int k = 0; k < VIEW_BEARINGS; k++)
        around += (rays[k].open_m > 20000 ? 1.0f : 0.0f) / VIEW_BEARINGS;
    return rise(around, 0.2f, 1, 0.02f) * v->clear * composed(v);
}

static float view_playa(const struct view *v)
{
    return hump(v->sky, 0, 0.04f, 0.15f, 0.4f) * rise(v->planes, 1, 4, 0.2f) *
           rise(v->ragged, 0, 0.012f, 0.4f);
}

static float view_pass(const struct view *v, const struct ray rays[VIEW_BEARINGS])
{
    return v->clear * composed(v) * rise(walls(rays, v->bearing), 0, 0.25f, 0.3f) *
           hump(v->sky, -0.1f, -0.03f, 0.08f, 0.3f) * hump(v->fall, -0.7f, -0.3f, -0.03f, 0.05f);
}

static float view_hollow(const struct view *v, const struct ray rays[VIEW_BEARINGS])
{
    return rise(walls(rays, v->bearing), 0.05f, 0.35f, 0.05f) * rise(v->ahead_m, 200, 1200, 0.1f) *
           hump(v->fall, -0.2f, -0.06f, 0.02f, 0.12f);
}

float judge_view(enum place_kind kind, const struct view *v, const struct ray rays[VIEW_BEARINGS])
{
    switch (kind) {
    case PLACE_TERRACE:
        return view_terrace(v);
    case PLACE_SLOPE:
        return view_slope(v);
    case PLACE_SHORE:
        return view_shore(v);
    case PLACE_CANYON:
        return view_canyon(v, rays);
    case PLACE_RIDGE:
        return view_ridge(v);
    case PLACE_SUMMIT:
        return view_summit(v, rays);
    case PLACE_PLAYA:
        return view_playa(v);
    case PLACE_PASS:
        return view_pass(v, rays);
    case PLACE_HOLLOW:
    case PLACE_ORCHARD:
    case PLACE_LINE:
    case PLACE_KIND_COUNT:
        break;
    }
    return view_hollow(v, rays);
}

/* The skyline a third from the top, by 35 mm in 2.39:1 (half the frame is 0.215 high), unless there
 * is more to see above it or below. */
float judge_pitch(enum place_kind kind, const struct view *v)
{
    float tilt = kind == PLACE_CANYON || kind == PLACE_HOLLOW ? -0.04f
                 : kind == PLACE_SHORE                        ? -0.04f
                 : kind == PLACE_PLAYA                        ? 0.03f
                 : kind == PLACE_SLOPE                        ? -0.11f
                                                              : -0.085f;
    float sky = v->sky < -0.1f ? -0.1f : v->sky > 0.25f ? 0.25f : v->sky;
    return sky + tilt;
}

void judge_reason(enum place_kind kind, const struct spot *s, const struct view *v, char *out,
                  size_t size)
{
    int above = (int)s->above, planes = (int)(v->planes + 0.5f), km = (int)(v->far_m / 1000);
    int sea = (int)(v->sea / 0.43f * 100), islands = (int)(v->islands * 10);
    switch (kind) {
    case PLACE_TERRACE:
    case PLACE_SLOPE:
        snprintf(out, size,
                 "%s %d m over its basin; sea in %d%% of the view, %d planes, %d.%d islands",
                 kind == PLACE_TERRACE ? "shelf" : "flank", above, sea, planes, islands / 10,
                 islands % 10);
        break;
    case PLACE_SHORE:
        snprintf(out, size, "%d m over the playa; %.1f km of it, then %d planes", above,
                 (double)v->playa_m / 1000, planes);
        break;
    case PLACE_CANYON:
    case PLACE_HOLLOW:
        snprintf(out, size, "floor %d m over its basin, walls of %d m; open for %.1f km ahead",
                 above, (int)s->wall, (double)v->ahead_m / 1000);
        break;
    case PLACE_PLAYA:
        snprintf(out, size, "%.1f km from the shore of the largest playa; %d planes",
                 (double)s->shore_m / 1000, planes);
        break;
    case PLACE_RIDGE:
    case PLACE_SUMMIT:
    case PLACE_PASS:
    case PLACE_ORCHARD:
    case PLACE_LINE:
    case PLACE_KIND_COUNT:
        snprintf(out, size, "%d m over its surroundings; %d planes up to %d km", (int)s->drop,
                 planes, km);
        break;
    }
}
