#include "render/live/follow.h"

#include "base/consts.h"
#include "render/ground/clipmap_internal.h"

#include <math.h>
#include <string.h>

/* Samples that a level may be off before it is placed anew. */
#define LAG 32

/* Metres that the eye may go before a level's shadows are swept anew: at a level's edge, 256
 * samples away, its tangent frame has then tilted by 0.3 of a sample. */
#define TANGENT_M (0.3 / 256 * PLANET_M)

/* A level is of no use to an eye that is higher over the ground than this share of its half side.
 */
#define USE 0.6

void follow_init(struct follow *f)
{
    *f = (struct follow){.finest = CLIPMAP_LEVELS - 1};
}

/* --- what is to be done --------------------------------------------------------------------- */

/* What a level is filled with, each from those before. */
enum part { PART_LAND, PART_SHADOW, PART_SKY, PARTS };

static const struct clipmap_held *held(const struct scene *s, int level, enum part part)
{
    const struct clipmap_level *l = &s->clipmap.levels[level];
    return part == PART_LAND ? &l->land : part == PART_SHADOW ? &l->shadow : &l->sky;
}

/* How far the eye is from the middle of what is held, samples. */
static double lag_of(const struct scene *s, int level, const struct clipmap_held *h)
{
    double spacing = clipmap_spacing(level), half = 0.5 * s->clipmap.n;
    return fmax(fabs(s->eye.x / spacing - h->x - half), fabs(s->eye.y / spacing - h->y - half));
}

/* Levels finer than this are left to the resting picture: an eye that walks would fill them anew
 * each frame. */
#define MOVING_FINEST 2

/* The finest level that a moving eye at this height can make use of. */
static int finest_wanted(const struct scene *s)
{
    double height = s->eye.altitude - s->ground_m;
    for (int level = MOVING_FINEST; level < CLIPMAP_LEVELS - 4; level++)
        if (USE * clipmap_spacing(level) * 0.5 * s->clipmap.n > height)
            return level;
    return CLIPMAP_LEVELS - 4;
}

/* Whether a level can be drawn from. Of yesterday's sun everything serves. */
static bool level_serves(const struct scene *s, int level)
{
    for (int part = 0; part < PARTS; part++) {
        const struct clipmap_held *h = held(s, level, (enum part)part);
        if (!h->valid || lag_of(s, level, h) > LIVE_SLACK)
            return false;
    }
    return true;
}

/* Whether a part is where its level stands. */
static bool part_stands(const struct scene *s, int level, enum part part)
{
    const struct clipmap_held *h = held(s, level, part);
    const struct clipmap_level *l = &s->clipmap.levels[level];
    return h->valid && h->x == l->x && h->y == l->y;
}

/* --- doing it ------------------------------------------------------------------------------- */

/* The levels finer than one look at it: when it has another sun, they are to follow. */
static void sweep(struct follow *f, struct scene *s, const struct frame *frame, int level)
{
    struct clipmap *c = &s->clipmap;
    bool same = clipmap_shadow_stands(c, frame, level);
    double *at = f->swept_at[level];
    /* Shadows count in the tangent frame of the eye that they were swept for. */
    if (hypot(s->eye.x - at[0], s->eye.y - at[1]) > TANGENT_M || !c->levels[level].shadow.valid) {
        c->levels[level].shadow.valid = false;
        at[0] = s->eye.x;
        at[1] = s->eye.y;
    }
    clipmap_sweep_level(c, frame, level);
    for (int finer = 0; finer < level && !same; finer++)
        c->levels[finer].shadow_sun[3] = 0;
}

static void fill_sky(struct scene *s, const struct frame *frame, int level)
{
    bool same = clipmap_sky_stands(&s->clipmap, frame, level);
    clipmap_fill_sky_level(&s->clipmap, frame, level);
    for (int finer = 0; finer < level && !same; finer++)
        s->clipmap.levels[finer].sky_sun[3] = 0;
}

static void do_part(struct follow *f, struct scene *s, int level, enum part part)
{
    struct frame frame;
    if (part == PART_LAND)
        clipmap_place_level(&s->clipmap, level, s->eye.x, s->eye.y);
    scene_upload_land_frame(s, &frame);
    world_textures_bind(&s->terrain);
    switch (part) {
    case PART_LAND:
        clipmap_fill_land(&s->clipmap, level);
        scene_raise_roofs(s, level);
        break;
    case PART_SHADOW:
        sweep(f, s, &frame, level);
        break;
    default:
        fill_sky(s, &frame, level);
    }
}

/* The most urgent piece of work: of the coarsest level, since the others look at it. */
struct work {
    int level;
    enum part part;
};

static bool find_work(const struct scene *s, int wanted, struct work *w)
{
    for (w->level = CLIPMAP_LEVELS - 1; w->level >= wanted; w->level--)
        for (w->part = 0; w->part < PARTS; w->part++)
            if (!part_stands(s, w->level, w->part) ||
                lag_of(s, w->level, held(s, w->level, w->part)) > LIVE_SLACK)
                return true;
    double most = LAG;
    bool found = false;
    for (int level = CLIPMAP_LEVELS - 1; level >= wanted; level--) {
        double lag = lag_of(s, level, &s->clipmap.levels[level].land);
        if (lag <= most)
            continue;
        most = lag;
        *w = (struct work){level, PART_LAND};
        found = true;
    }
    return found;
}

/* Everything is in its place; but the sun is not where it was. In turn, from the coarsest to the
 * finest, shadow and then sky of each: a sun that runs would have the coarse ones done over and
 * over.
 */
static bool find_sun_work(struct follow *f, const struct scene *s, int wanted, struct work *w)
{
    struct frame frame;
    const struct frame_options none = {.width = 1, .height = 1, .sample_count = 1};
    scene_describe(s, &none, &frame);
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        if (f->next_sun < wanted || f->next_sun >= CLIPMAP_LEVELS)
            f->next_sun = CLIPMAP_LEVELS - 1;
        w->level = f->next_sun;
        w->part = PART_SHADOW;
        if (!f->sky_next && !clipmap_shadow_stands(&s->clipmap, &frame, w->level)) {
            f->sky_next = true;
            return true;
        }
        w->part = PART_SKY;
        f->sky_next = false;
        f->next_sun--;
        if (!clipmap_sky_stands(&s->clipmap, &frame, w->level))
            return true;
    }
    return false;
}

bool follow_behind(const struct scene *s)
{
    for (int level = finest_wanted(s); level < CLIPMAP_LEVELS; level++)
        if (!level_serves(s, level))
            return true;
    return false;
}

bool follow_step(struct follow *f, struct scene *s)
{
    struct work w;
    int wanted = finest_wanted(s);
    if (find_work(s, wanted, &w)) {
        do_part(f, s, w.level, w.part);
        return true;
    }
    if (!find_sun_work(f, s, wanted, &w))
        return false;
    do_part(f, s, w.level, w.part);
    return true;
}

void follow_settle(struct follow *f, struct scene *s, int level)
{
    struct clipmap_level *l = &s->clipmap.levels[level];
    l->shadow.valid = l->sky.valid = false;
    do_part(f, s, level, PART_LAND);
    clipmap_fill_slope(&s->clipmap, level);
    for (int part = PART_SHADOW; part < PARTS; part++)
        do_part(f, s, level, (enum part)part);
}

void follow_finish(struct follow *f, const struct scene *s)
{
    f->finest = CLIPMAP_LEVELS;
    int wanted = finest_wanted(s);
    while (f->finest > wanted && level_serves(s, f->finest - 1))
        f->finest--;
    if (f->finest == CLIPMAP_LEVELS)
        f->finest--;
}
