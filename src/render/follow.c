#include "render/follow.h"

#include "render/clipmap_internal.h"

#include <math.h>
#include <string.h>

/* Samples that a level may be off before it is placed anew. */
#define LAG 20

/* A level is of no use to an eye that is higher over the ground than this share of its half side.
 */
#define USE 0.6

static bool init_textures(struct follow *f, const struct scene *s, struct error *err)
{
    int n = s->clipmap.n, levels = CLIPMAP_LEVELS;
    if (!gpu_texture_init(&f->bake, GL_RGBA8, n, n, levels, GPU_LINEAR, GPU_REPEAT, err) ||
        !gpu_texture_init(&f->lit, GL_RGBA32F, n / 4, n / 4, levels, GPU_NEAREST, GPU_REPEAT, err))
        return false;
    for (int i = 0; i < levels; i++) {
        const struct gpu_texture *bake = &f->bake, *lit = &f->lit;
        if (!gpu_target_init(&f->bake_target[i], &bake, &i, 1, NULL, err) ||
            !gpu_target_init(&f->lit_target[i], &lit, &i, 1, NULL, err))
            return false;
    }
    return true;
}

bool follow_init(struct follow *f, const struct scene *s, struct error *err)
{
    *f = (struct follow){.finest = CLIPMAP_LEVELS - 1};
    bool ok = init_textures(f, s, err) &&
              shader_build(&s->shaders, &f->bake_program, "ground_bake.glsl", err) &&
              shader_build(&s->shaders, &f->lit_program, "ground_lit.glsl", err);
    if (!ok)
        follow_fini(f);
    return ok;
}

void follow_fini(struct follow *f)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        gpu_target_fini(&f->bake_target[i]);
        gpu_target_fini(&f->lit_target[i]);
    }
    gpu_texture_fini(&f->bake);
    gpu_texture_fini(&f->lit);
    gpu_program_fini(&f->bake_program);
    gpu_program_fini(&f->lit_program);
}

void follow_forget_ground(struct follow *f)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++)
        f->baked[i].valid = false;
}

void follow_forget_light(struct follow *f)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++)
        f->litten[i].valid = false;
}

/* --- what is to be done --------------------------------------------------------------------- */

/* How far the eye is from the middle of a level, samples. */
static double level_lag(const struct scene *s, int level)
{
    const struct clipmap_level *l = &s->clipmap.levels[level];
    double spacing = clipmap_spacing(level), half = 0.5 * s->clipmap.n;
    return fmax(fabs(s->eye.x / spacing - l->x - half), fabs(s->eye.y / spacing - l->y - half));
}

/* The finest level that an eye at this height can make use of. */
static int finest_wanted(const struct scene *s)
{
    double height = s->eye.altitude - s->ground_m;
    for (int level = 0; level < CLIPMAP_LEVELS - 4; level++)
        if (USE * clipmap_spacing(level) * 0.5 * s->clipmap.n > height)
            return level;
    return CLIPMAP_LEVELS - 4;
}

/* Whether a level can be drawn. */
static bool level_serves(const struct follow *f, const struct scene *s, int level)
{
    const struct clipmap_level *l = &s->clipmap.levels[level];
    const struct clipmap_held *held[5] = {&l->land, &l->shadow, &l->sky, &f->baked[level],
                                          &f->litten[level]};
    for (int i = 0; i < 5; i++)
        /* Light that is of yesterday serves, where it is light of the same place. */
        if ((i != 4 && !held[i]->valid) || held[i]->x != l->x || held[i]->y != l->y)
            return false;
    return level_lag(s, level) <= FOLLOW_SLACK;
}

static void upload(struct scene *s, struct frame *frame)
{
    scene_upload_land_frame(s, frame);
}

static void bake_level(struct follow *f, struct scene *s, int level)
{
    const struct clipmap_fill_pass pass = {&f->bake_program, f->bake_target, 1, 1};
    gpu_texture_bind(&s->clipmap.height, UNIT_HEIGHT);
    gpu_texture_bind(&s->clipmap.slope, UNIT_SLOPE);
    clipmap_run_fill(&s->clipmap, &pass, level, &f->baked[level]);
    f->baked[level] = clipmap_held_now(&s->clipmap, level);
}

static void light_level(struct follow *f, struct scene *s, int level)
{
    const struct clipmap_fill_pass pass = {&f->lit_program, f->lit_target, 0, 4};
    gpu_texture_bind(&s->clipmap.height, UNIT_HEIGHT);
    gpu_texture_bind(&s->clipmap.sky, UNIT_SKY);
    air_pass_bind(&s->air);
    clipmap_run_fill(&s->clipmap, &pass, level, &(struct clipmap_held){0});
    f->litten[level] = clipmap_held_now(&s->clipmap, level);
}

/* Everything that a level lacks, where it stands or where it should. */
static void place_level(struct follow *f, struct scene *s, int level)
{
    struct frame frame;
    clipmap_place_level(&s->clipmap, level, s->eye.x, s->eye.y);
    upload(s, &frame);
    terrain_bind(&s->terrain);
    clipmap_fill_land(&s->clipmap, level);
    clipmap_sweep_level(&s->clipmap, &frame, level);
    clipmap_fill_sky_level(&s->clipmap, &frame, level);
    terrain_bind(&s->terrain);
    bake_level(f, s, level);
    light_level(f, s, level);
    f->bounds_stale[level] = true;
}

/* The level that most needs a place, or -1: the coarsest that is not there, then the one that lags
 * most. */
static int level_to_place(const struct follow *f, const struct scene *s, int wanted)
{
    for (int level = CLIPMAP_LEVELS - 1; level >= wanted; level--)
        if (!level_serves(f, s, level))
            return level;
    int worst = -1;
    double most = LAG;
    for (int level = CLIPMAP_LEVELS - 1; level >= wanted; level--) {
        double lag = level_lag(s, level);
        if (lag > most) {
            most = lag;
            worst = level;
        }
    }
    return worst;
}

bool follow_behind(const struct follow *f, const struct scene *s)
{
    for (int level = finest_wanted(s); level < CLIPMAP_LEVELS; level++)
        if (!level_serves(f, s, level))
            return true;
    return false;
}

bool follow_step(struct follow *f, struct scene *s)
{
    struct frame frame;
    int wanted = finest_wanted(s), level = level_to_place(f, s, wanted);
    if (level >= 0) {
        place_level(f, s, level);
        return true;
    }
    upload(s, &frame);
    for (level = wanted; level < CLIPMAP_LEVELS; level++)
        if (!f->litten[level].valid) {
            for (; level < CLIPMAP_LEVELS; level++)
                light_level(f, s, level);
            return true;
        }
    for (level = CLIPMAP_LEVELS - 1; level >= wanted; level--)
        if (!clipmap_shadow_stands(&s->clipmap, &frame, level)) {
            clipmap_sweep_level(&s->clipmap, &frame, level);
            return true;
        }
    for (level = CLIPMAP_LEVELS - 1; level >= wanted; level--)
        if (!clipmap_sky_stands(&s->clipmap, &frame, level)) {
            clipmap_fill_sky_level(&s->clipmap, &frame, level);
            light_level(f, s, level);
            return true;
        }
    return false;
}

void follow_settle(struct follow *f, struct scene *s, int level)
{
    struct clipmap_level *l = &s->clipmap.levels[level];
    l->shadow.valid = l->sky.valid = false;
    place_level(f, s, level);
}

void follow_refresh(struct follow *f, struct scene *s)
{
    struct frame frame;
    if (f->next_lit < f->finest || f->next_lit >= CLIPMAP_LEVELS)
        f->next_lit = f->finest;
    upload(s, &frame);
    light_level(f, s, f->next_lit++);
}

void follow_finish(struct follow *f, struct scene *s)
{
    f->finest = CLIPMAP_LEVELS;
    int wanted = finest_wanted(s);
    while (f->finest > wanted && level_serves(f, s, f->finest - 1))
        f->finest--;
    if (f->finest == CLIPMAP_LEVELS)
        f->finest--;
    struct frame frame;
    upload(s, &frame);
    for (int level = 0; level < CLIPMAP_LEVELS; level++) {
        if (f->bounds_stale[level])
            clipmap_read_bounds(&s->clipmap, level, level + 1, FOLLOW_STRIDE);
        f->bounds_stale[level] = false;
    }
}

void follow_bind(const struct follow *f, const struct scene *s)
{
    gpu_texture_bind(&s->clipmap.height, UNIT_HEIGHT);
    gpu_texture_bind(&s->clipmap.slope, UNIT_SLOPE);
    gpu_texture_bind(&s->clipmap.sky, UNIT_SKY);
    gpu_texture_bind(&s->clipmap.shadow, UNIT_SHADOW);
    gpu_texture_bind(&f->bake, UNIT_BAKE);
    gpu_texture_bind(&f->lit, UNIT_LIT);
}
