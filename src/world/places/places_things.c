/* The place from which a line of pylons is seen to go away: beside a pylon, looking along the next
 * ones. */
#include "base/consts.h"
#include "things/line.h"
#include "world/places/places_internal.h"

#include <math.h>
#include <stdio.h>

/* Where one stands: so far behind a pylon and beside the line. */
#define BEHIND_M 120.0
#define BESIDE_M 42.0
/* Pylons ahead that count, and how high they are. */
enum { AHEAD = 10 };
#define PYLON_M 50.0f

struct standpoint {
    double x, y, yaw;
    float seen,
        drop; /* pylons that are seen, or the planted share; m that the land falls along them */
    float score;
};

static float ground_at(const struct macro *m, double x, double y)
{
    return macro_sample(m, MACRO_HEIGHT, x, y);
}

/* How much of a pylon is seen over the land, 0..1. */
static float seen_share(const struct macro *m, const struct standpoint *s, double x, double y)
{
    enum { STEPS = 24 };
    float eye = ground_at(m, s->x, s->y) + VIEW_EYE_M, foot = ground_at(m, x, y), least = 1;
    for (int i = 2; i < STEPS; i++) {
        double t = (double)i / STEPS;
        float over = ground_at(m, s->x + t * (x - s->x), s->y + t * (y - s->y)) + 6;
        /* The height at the pylon of the ray that grazes the land here. */
        float grazed = eye + (over - eye) / (float)t;
        least = fminf(least, (foot + PYLON_M - grazed) / PYLON_M);
    }
    return fmaxf(least, 0);
}

/* How open the land beyond is: nothing stands over the eye. */
static float open_beyond(const struct macro *m, double x, double y, double yaw)
{
    float eye = ground_at(m, x, y) + VIEW_EYE_M, least = 1;
    for (double far = 400; far < 7000; far *= 1.4) {
        float rise = (ground_at(m, x + far * sin(yaw), y + far * cos(yaw)) - eye) / (float)far;
        least = fminf(least, fmaxf(0, 1 - fmaxf(rise, 0) / 0.15f));
    }
    return least;
}

/* Beside support n, looking along `way` (+1, -1), on a side. */
static struct standpoint stand_at(const struct macro *m, const struct line *l, int n, int way,
                                  int side)
{
    const struct line_support *at = &l->at[n], *next = &l->at[n + way], *far = &l->at[n + 4 * way];
    double dx = next->x - at->x, dy = next->y - at->y, length = sqrt(dx * dx + dy * dy);
    struct standpoint s = {0};
    if (!(length > 100 && length < 600))
        return s;
    dx /= length;
    dy /= length;
    s.x = at->x - BEHIND_M * dx + side * BESIDE_M * dy;
    s.y = at->y - BEHIND_M * dy - side * BESIDE_M * dx;
    s.yaw = atan2(far->x - s.x, far->y - s.y);
    float eye = ground_at(m, s.x, s.y) + VIEW_EYE_M, worth = 0, foot = 0, first = 0;
    for (int k = 0; k < AHEAD; k++) {
        const struct line_support *p = &l->at[n + k * way], *q = &l->at[n + (k ? k - 1 : 0) * way];
        if (fabs(p->x - q->x) > 600 || fabs(p->y - q->y) > 600)
            return (struct standpoint){0}; /* another line begins */
        double off = atan2(p->x - s.x, p->y - s.y) - s.yaw;
        float seen = (cos(off) > 0.93 ? 1 : 0.2f) * seen_share(m, &s, p->x, p->y);
        foot = ground_at(m, p->x, p->y);
        /* Those that a fog does not cover count, above all against the sky. */
        float out = fminf(fmaxf((foot + PYLON_M - PLACES_LID_M) / PYLON_M, 0.05f), 1);
        s.seen += seen;
        first += k < 2 ? 0.5f * seen * (foot + PYLON_M > eye + 10 ? 1 : 0.3f) : 0;
        worth += seen * out * (foot + PYLON_M > eye ? 1 : 0.4f) / (1 + 0.15f * (float)k);
    }
    s.drop = eye - foot;
    /* Over the lid of a fog, billows and all, into which the line goes down. */
    float over = eye - PLACES_LID_M;
    float high = over < 60 ? 0.05f : over < 110 ? (over - 55) / 55 : over < 350 ? 1 : 0.5f;
    float open = open_beyond(m, s.x, s.y, s.yaw);
    s.score = worth * first * first * high * (0.05f + open * open) *
              (foot < PLACES_LID_M ? 1 : 0.6f) * (s.drop > 0 ? 1 : 0.2f);
    return s;
}

static void fill(struct place *p, const struct standpoint *s, const struct macro *m)
{
    double x = s->x - MACRO_WORLD_M * floor(s->x / MACRO_WORLD_M + 0.5);
    double y = s->y - MACRO_WORLD_M * floor(s->y / MACRO_WORLD_M + 0.5);
    float ground = ground_at(m, x, y);
    *p = (struct place){.x = x,
                        .y = y,
                        .altitude_m = ground,
                        .above_m = ground - macro_sample(m, MACRO_LEVEL, x, y),
                        .yaw = (float)(s->yaw < 0 ? s->yaw + 2 * PI : s->yaw),
                        .pitch = -0.02f,
                        .height_m = VIEW_EYE_M,
                        .score = s->score};
}

static bool find_line(struct place *p, const struct terrain *t, const struct macro *m,
                      struct error *err)
{
    struct line line;
    if (!line_find(&line, LINE_PYLONS, t, err))
        return false;
    /* Whatever the land, there is a pylon to stand by. */
    const struct line_support *at = line.at;
    struct standpoint best = {at->x, at->y, atan2(at[1].x - at->x, at[1].y - at->y), 1, 0, 1e-6f};
    for (int n = AHEAD; n < line.count - AHEAD; n++)
        for (int k = 0; k < 4; k++) {
            struct standpoint s = stand_at(m, &line, n, k & 1 ? 1 : -1, k & 2 ? 1 : -1);
            if (s.score > best.score)
                best = s;
        }
    line_fini(&line);
    fill(p, &best, m);
    snprintf(p->reason, sizeof p->reason,
             "%d pylons ahead, the last %d m lower; %d m over the basin", (int)(best.seen + 0.5f),
             (int)best.drop, (int)p->above_m);
    return true;
}

/* --- orchards -----------------------------------------------------------------------------------
 */

/* How thickly what lies ahead is planted, 0..1; nothing where the ground rises over the eye. Gives
 * up, with less than that, where it cannot come to more than `enough`. */
static float planted_ahead(const struct terrain *t, double x, double y, double yaw, float enough)
{
    float eye = terrain_at(t, x, y).altitude + VIEW_EYE_M, sum = 0;
    for (int i = 0; i < 12 && sum + (float)(12 - i) / 12 > enough; i++) {
        double far = 15 + 22 * i, off = yaw + 0.35 * (i % 3 - 1);
        double at_x = x + far * sin(off), at_y = y + far * cos(off);
        struct terrain_cell c = terrain_at(t, at_x, at_y);
        float level = fmaxf(0, 1 - fabsf(c.altitude - eye) / (float)(6 + 0.16 * far));
        sum += level * thing_kinds[THING_ORCHARD].suits(&c, at_x, at_y, 0) / 12;
    }
    return sum;
}

/* Looks at the cells that are so near to just under the lid, where a fog is knee-deep: from `low`
 * to below `high` of 1. */
static void find_orchard_in(struct standpoint *best, const struct terrain *t, const struct macro *m,
                            float low, float high)
{
    enum { BEARINGS = 16 };
    for (int i = 0; i < t->size * t->size; i++) {
        const struct terrain_cell *c = &t->cells[i];
        float off = c->altitude - (PLACES_LID_M - 8), near = fmaxf(0, 1 - fabsf(off) / 60);
        float slope = hypotf(c->slope_x, c->slope_y);
        if (near < low || near >= high || near <= best->score || slope > 0.25f || c->above < 20)
            continue;
        double x = i % t->size * (MACRO_WORLD_M / t->size),
               y = i / t->size * (MACRO_WORLD_M / t->size);
        for (int b = 0; b < BEARINGS; b++) {
            double yaw = 2 * PI * b / BEARINGS;
            float planted = planted_ahead(t, x, y, yaw, best->score / near);
            if (planted * near <= best->score)
                continue;
            float score = planted * near * (0.2f + 0.8f * open_beyond(m, x, y, yaw));
            if (score > best->score)
                *best = (struct standpoint){x, y, yaw, planted, off, score};
        }
    }
}

static void find_orchard(struct place *p, const struct terrain *t, const struct macro *m)
{
    struct standpoint best = {.score = 1e-6f}; /* whatever the land */
    /* The best first: few of the others can come to more. */
    find_orchard_in(&best, t, m, 0.9f, 2);
    find_orchard_in(&best, t, m, 0.02f, 0.9f);
    fill(p, &best, m);
    snprintf(p->reason, sizeof p->reason, "%d%% of the ground ahead planted; %d m over the basin",
             (int)(100 * best.seen), (int)p->above_m);
}

bool places_find_things(struct place *p, int first, int end, const struct macro *m,
                        struct error *err)
{
    struct guide guide;
    struct terrain terrain;
    if (!guide_build(&guide, m, 0, err))
        return false;
    bool ok = terrain_build(&terrain, m, &guide, 0, err);
    guide_fini(&guide);
    for (int kind = first; ok && kind < end; kind++) {
        if (kind == PLACE_LINE)
            ok = find_line(&p[kind], &terrain, m, err);
        else
            find_orchard(&p[kind], &terrain, m);
    }
    terrain_fini(&terrain);
    return ok;
}
