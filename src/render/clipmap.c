#include "render/clipmap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The last step of a level's sun sweep, samples; beyond twice that the coarser level tells. */
#define SWEEP_REACH 16

/* Pebbles and blades of grass are drawn where a pixel covers less: lib/ground_surface.glsl. */
#define CLIPMAP_NEAR_PIXEL_M 0.03

static double level_spacing(int level)
{
    return CLIPMAP_FINEST_M * (double)(1 << level);
}

/* --- making and freeing --------------------------------------------------------------------- */

static bool init_layer_targets(struct gpu_target *targets, const struct gpu_texture *texture,
                               struct error *err)
{
    for (int level = 0; level < CLIPMAP_LEVELS; level++)
        if (!gpu_target_init(&targets[level], &texture, &level, 1, NULL, err))
            return false;
    return true;
}

/* Mesh blocks along a side of a level. */
static int block_side(const struct clipmap *c)
{
    return c->n / (CLIPMAP_BLOCK * c->stride);
}

static bool init_textures(struct clipmap *c, struct error *err)
{
    int n = c->n, levels = CLIPMAP_LEVELS;
    bool ok = gpu_texture_init(&c->height, GL_R32F, n, n, levels, GPU_LINEAR, GPU_REPEAT, err) &&
              gpu_texture_init(&c->slope, GL_RG16F, n, n, levels, GPU_LINEAR, GPU_REPEAT, err) &&
              gpu_texture_init(&c->sky, GL_R8, n / 2, n / 2, levels, GPU_LINEAR, GPU_REPEAT, err) &&
              gpu_texture_init(&c->shadow, GL_RG32F, n, n, levels, GPU_LINEAR, GPU_REPEAT, err) &&
              init_layer_targets(c->height_target, &c->height, err) &&
              init_layer_targets(c->slope_target, &c->slope, err) &&
              init_layer_targets(c->sky_target, &c->sky, err) &&
              init_layer_targets(c->shadow_target, &c->shadow, err);
    int side = block_side(c);
    const struct gpu_texture *bounds = &c->bounds;
    ok = ok &&
         gpu_texture_init(&c->bounds, GL_RG32F, side, side * levels, 0, GPU_NEAREST, GPU_CLAMP,
                          err) &&
         gpu_target_init(&c->bounds_target, &bounds, NULL, 1, NULL, err);
    for (int i = 0; ok && i < 2; i++) {
        const struct gpu_texture *swept = &c->swept[i];
        ok = gpu_texture_init(&c->swept[i], GL_RG32F, n, n, 0, GPU_LINEAR, GPU_REPEAT, err) &&
             gpu_target_init(&c->swept_target[i], &swept, NULL, 1, NULL, err);
    }
    return ok;
}

/* The indices of one block: quads split from corner (0,0) to (1,1), as the geomorph assumes. */
static bool init_mesh(struct clipmap *c, struct error *err)
{
    const int b = CLIPMAP_BLOCK;
    size_t count = (size_t)b * b * 6;
    GLushort *indices = malloc(count * sizeof *indices);
    size_t blocks = (size_t)(block_side(c) * block_side(c) * CLIPMAP_LEVELS);
    c->blocks = malloc(blocks * sizeof *c->blocks);
    c->block_range = malloc(blocks * sizeof *c->block_range);
    if (!indices || !c->blocks || !c->block_range) {
        free(indices);
        return error_set(err, ERROR_FAILED, "out of memory");
    }
    GLushort *at = indices;
    for (int y = 0; y < b; y++) {
        for (int x = 0; x < b; x++) {
            GLushort v = (GLushort)(y * (b + 1) + x), above = (GLushort)(v + b + 1);
            GLushort quad[6] = {v, (GLushort)(v + 1),     (GLushort)(above + 1),
                                v, (GLushort)(above + 1), above};
            memcpy(at, quad, sizeof quad);
            at += 6;
        }
    }
    glGenVertexArrays(1, &c->vao);
    glBindVertexArray(c->vao);
    glGenBuffers(1, &c->index_buffer);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, c->index_buffer);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, (GLsizeiptr)(count * sizeof *indices), indices,
                 GL_STATIC_DRAW);
    glGenBuffers(1, &c->block_buffer);
    glBindBuffer(GL_ARRAY_BUFFER, c->block_buffer);
    glEnableVertexAttribArray(0);
    glVertexAttribIPointer(0, 4, GL_INT, 0, NULL);
    glVertexAttribDivisor(0, 1);
    glBindVertexArray(0);
    free(indices);
    return true;
}

static bool build_height_tiers(struct clipmap *c, const struct shader_set *shaders,
                               struct error *err)
{
    static const char *const tiers[CLIPMAP_TIERS] = {"0", "1", "2"};
    for (int i = 0; i < CLIPMAP_TIERS; i++) {
        struct gpu_define tier = {"GROUND_TIER", tiers[i]};
        if (!shader_build_variant(shaders, &c->fill_height[i], "ground_height.glsl", &tier, 1, err))
            return false;
    }
    return true;
}

static bool build_sweep(struct clipmap *c, const struct shader_set *shaders, struct error *err)
{
    for (int stage = 0; stage < CLIPMAP_SWEEP_STAGES; stage++) {
        for (int edge = 0; edge < 2; edge++) {
            struct gpu_define defines[3] = {{"SWEEP_FIRST", stage == 0 ? "1" : "0"},
                                            {"SWEEP_LAST", stage == 2 ? "1" : "0"},
                                            {"SWEEP_EDGE", edge ? "1" : "0"}};
            if (!shader_build_variant(shaders, &c->sweep[stage][edge], "ground_shadow.glsl",
                                      defines, 3, err))
                return false;
        }
    }
    return true;
}

/* The macro world ends at 128 m, stones begin under 8 m: lib/ground.glsl. */
static int height_tier(int level)
{
    double spacing = level_spacing(level);
    return spacing >= 128 ? 0 : spacing >= 8 ? 1 : 2;
}

bool clipmap_init(struct clipmap *c, const struct shader_set *shaders, int n, int stride,
                  struct error *err)
{
    *c = (struct clipmap){.n = n, .stride = stride};
    gpu_triangle_init(&c->triangle);
    bool ok = init_textures(c, err) && init_mesh(c, err) && build_height_tiers(c, shaders, err) &&
              shader_build(shaders, &c->fill_slope, "ground_slope.glsl", err) &&
              shader_build(shaders, &c->fill_sky, "ground_sky.glsl", err) &&
              build_sweep(c, shaders, err) &&
              shader_build(shaders, &c->fill_bounds, "ground_bounds.glsl", err) &&
              shader_build_variant(shaders, &c->draw_near, "ground.glsl",
                                   &(struct gpu_define){"GROUND_NEAR", "1"}, 1, err) &&
              shader_build_variant(shaders, &c->draw_far, "ground.glsl",
                                   &(struct gpu_define){"GROUND_NEAR", "0"}, 1, err);
    if (!ok)
        clipmap_fini(c);
    return ok;
}

void clipmap_fini(struct clipmap *c)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        gpu_target_fini(&c->height_target[i]);
        gpu_target_fini(&c->slope_target[i]);
        gpu_target_fini(&c->sky_target[i]);
        gpu_target_fini(&c->shadow_target[i]);
    }
    for (int i = 0; i < 2; i++) {
        gpu_target_fini(&c->swept_target[i]);
        gpu_texture_fini(&c->swept[i]);
    }
    gpu_target_fini(&c->bounds_target);
    gpu_texture_fini(&c->bounds);
    gpu_texture_fini(&c->height);
    gpu_texture_fini(&c->slope);
    gpu_texture_fini(&c->sky);
    gpu_texture_fini(&c->shadow);
    for (int i = 0; i < CLIPMAP_TIERS; i++)
        gpu_program_fini(&c->fill_height[i]);
    gpu_program_fini(&c->fill_slope);
    gpu_program_fini(&c->fill_sky);
    for (int i = 0; i < CLIPMAP_SWEEP_STAGES; i++) {
        gpu_program_fini(&c->sweep[i][0]);
        gpu_program_fini(&c->sweep[i][1]);
    }
    gpu_program_fini(&c->fill_bounds);
    gpu_program_fini(&c->draw_near);
    gpu_program_fini(&c->draw_far);
    gpu_triangle_fini(&c->triangle);
    if (c->vao)
        glDeleteVertexArrays(1, &c->vao);
    if (c->index_buffer)
        glDeleteBuffers(1, &c->index_buffer);
    if (c->block_buffer)
        glDeleteBuffers(1, &c->block_buffer);
    free(c->blocks);
    free(c->block_range);
    *c = (struct clipmap){0};
}

/* --- where the levels stand ----------------------------------------------------------------- */

void clipmap_invalidate(struct clipmap *c)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++)
        c->levels[i].valid = false;
}

/* Even multiples of the stride, so that the vertices of a level fall on its neighbours' grid. */
static int corner(double eye, double spacing, int n, int stride)
{
    double grain = 2.0 * stride;
    return (int)(floor((eye / spacing - 0.5 * n) / grain + 0.5) * grain);
}

void clipmap_place(struct clipmap *c, double eye_x, double eye_y)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        struct clipmap_level *l = &c->levels[i];
        l->x = corner(eye_x, level_spacing(i), c->n, c->stride);
        l->y = corner(eye_y, level_spacing(i), c->n, c->stride);
    }
}

void clipmap_describe(const struct clipmap *c, struct frame *f, double eye_x, double eye_y)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        const struct clipmap_level *l = &c->levels[i];
        double spacing = level_spacing(i), n = c->n;
        double bias_x = (eye_x / spacing + 0.5) / n, bias_y = (eye_y / spacing + 0.5) / n;
        f->level[i][0] = (float)(1 / (spacing * n));
        f->level[i][1] = (float)(bias_x - floor(bias_x));
        f->level[i][2] = (float)(bias_y - floor(bias_y));
        f->level[i][3] = (float)spacing;
        f->level_origin[i][0] = (float)(l->x * spacing - eye_x);
        f->level_origin[i][1] = (float)(l->y * spacing - eye_y);
        f->level_origin[i][2] = (float)(l->x & (c->n - 1));
        f->level_origin[i][3] = (float)(l->y & (c->n - 1));
    }
}

/* --- filling -------------------------------------------------------------------------------- */

struct rect {
    int x0, y0, x1, y1; /* sample indices, x1 and y1 excluded */
};

/* What a level has to fill: nothing, all of it, or one or two strips. */
static int dirty_rects(const struct clipmap_level *l, int n, struct rect out[2])
{
    int dx = l->x - l->old_x, dy = l->y - l->old_y;
    if (!l->valid || abs(dx) >= n || abs(dy) >= n) {
        out[0] = (struct rect){l->x, l->y, l->x + n, l->y + n};
        return 1;
    }
    int count = 0;
    if (dx)
        out[count++] = (struct rect){dx > 0 ? l->x + n - dx : l->x, l->y,
                                     dx > 0 ? l->x + n : l->x - dx, l->y + n};
    if (dy)
        out[count++] = (struct rect){l->x, dy > 0 ? l->y + n - dy : l->y, l->x + n,
                                     dy > 0 ? l->y + n : l->y - dy};
    return count;
}

static int clamp_int(int v, int low, int high)
{
    return v < low ? low : v > high ? high : v;
}

/* Runs the bound program over a rectangle of samples, grown by `grow` inside the level, in a
 * toroidal texture of n / divide texels: up to four pieces. */
static void draw_rect(const struct clipmap *c, const struct clipmap_level *l, struct rect r,
                      int grow, int divide)
{
    int n = c->n;
    r.x0 = clamp_int(r.x0 - grow, l->x, l->x + n) / divide;
    r.y0 = clamp_int(r.y0 - grow, l->y, l->y + n) / divide;
    r.x1 = clamp_int(r.x1 + grow, l->x, l->x + n) / divide;
    r.y1 = clamp_int(r.y1 + grow, l->y, l->y + n) / divide;
    int size = n / divide;
    for (int y = r.y0; y < r.y1;) {
        int ty = y & (size - 1), h = r.y1 - y < size - ty ? r.y1 - y : size - ty;
        for (int x = r.x0; x < r.x1;) {
            int tx = x & (size - 1), w = r.x1 - x < size - tx ? r.x1 - x : size - tx;
            glScissor(tx, ty, w, h);
            gpu_triangle_draw(&c->triangle);
            x += w;
        }
        y += h;
    }
}

/* One kind of texture of every level. */
struct fill {
    const struct gpu_program *program; /* or NULL: the height variant of the level */
    const struct gpu_target *targets;
    int grow, divide;
};

static void run_fill(const struct clipmap *c, const struct fill *fill)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        const struct clipmap_level *l = &c->levels[i];
        struct rect rects[2];
        int count = dirty_rects(l, c->n, rects);
        if (count == 0)
            continue;
        const struct gpu_program *p =
            fill->program ? fill->program : &c->fill_height[height_tier(i)];
        gpu_program_use(p);
        gpu_target_bind(&fill->targets[i]);
        glUniform2i(gpu_program_uniform(p, "u_origin"), l->x, l->y);
        glUniform1f(gpu_program_uniform(p, "u_spacing"), (float)level_spacing(i));
        glUniform1i(gpu_program_uniform(p, "u_level"), i);
        /* A tile of 256 m holds 4096 of the finest samples. */
        glUniform1i(gpu_program_uniform(p, "u_shift"), 12 - i);
        for (int k = 0; k < count; k++)
            draw_rect(c, l, rects[k], fill->grow, fill->divide);
    }
}

bool clipmap_upload_macro(struct gpu_texture *t, const struct macro *macro, struct error *err)
{
    glActiveTexture(GL_TEXTURE0 + UNIT_MACRO);
    if (!t->id &&
        !gpu_texture_init(t, GL_RGBA32F, MACRO_SIZE, MACRO_SIZE, 0, GPU_LINEAR, GPU_REPEAT, err))
        return false;
    gpu_texture_bind(t, UNIT_MACRO);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, MACRO_SIZE, MACRO_SIZE, GL_RGBA, GL_FLOAT,
                    macro->samples);
    /* The coarsest levels sample 512 m apart; the coarsest mip level has 4 samples left. */
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 8);
    glGenerateMipmap(GL_TEXTURE_2D);
    return true;
}

void clipmap_fill(struct clipmap *c)
{
    const struct fill fills[] = {
        {NULL, c->height_target, 0, 1},
        {&c->fill_slope, c->slope_target, 1, 1},
        /* Horizons look four samples around on their own level. */
        {&c->fill_sky, c->sky_target, 8, 2},
    };
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
        run_fill(c, &fills[i]);
    glDisable(GL_SCISSOR_TEST);
    gpu_program_use(&c->fill_bounds);
    gpu_target_bind(&c->bounds_target);
    gpu_triangle_draw(&c->triangle);
    glReadPixels(0, 0, c->bounds.width, c->bounds.height, GL_RG, GL_FLOAT, c->block_range);
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        struct clipmap_level *l = &c->levels[i];
        l->old_x = l->x;
        l->old_y = l->y;
        l->valid = true;
    }
}

static void sweep_rect(const struct clipmap *c, int stage, int edge, int level, int step,
                       struct rect r)
{
    if (r.x0 >= r.x1 || r.y0 >= r.y1)
        return;
    const struct clipmap_level *l = &c->levels[level];
    const struct gpu_program *p = &c->sweep[stage][edge];
    gpu_program_use(p);
    glUniform1i(gpu_program_uniform(p, "u_level"), level);
    glUniform1i(gpu_program_uniform(p, "u_step"), step);
    glUniform2i(gpu_program_uniform(p, "u_origin"), l->x, l->y);
    draw_rect(c, l, r, 0, 1);
}

/* One pass over a level: the rectangle whose places look `step` samples toward the sun and stay
 * inside, then the strips along two edges that do not. */
static void sweep_pass(const struct clipmap *c, const struct frame *f, int stage, int level,
                       int step)
{
    const struct clipmap_level *l = &c->levels[level];
    /* A thousandth of a sample over the edge is still inside: the sun due west is not quite. */
    int dx = (int)ceil(fabs(step * f->sun_slope[0]) - 1e-3);
    int dy = (int)ceil(fabs(step * f->sun_slope[1]) - 1e-3);
    struct rect all = {l->x, l->y, l->x + c->n, l->y + c->n}, inside = all;
    if (f->sun_slope[0] > 0)
        inside.x1 -= dx;
    else
        inside.x0 += dx;
    if (f->sun_slope[1] > 0)
        inside.y1 -= dy;
    else
        inside.y0 += dy;
    struct rect side = all, end = inside;
    side.x0 = f->sun_slope[0] > 0 ? inside.x1 : all.x0;
    side.x1 = f->sun_slope[0] > 0 ? all.x1 : inside.x0;
    end.y0 = f->sun_slope[1] > 0 ? inside.y1 : all.y0;
    end.y1 = f->sun_slope[1] > 0 ? all.y1 : inside.y0;
    sweep_rect(c, stage, 0, level, step, inside);
    sweep_rect(c, stage, 1, level, step, side);
    sweep_rect(c, stage, 1, level, step, end);
}

void clipmap_sweep_sun(struct clipmap *c, const struct frame *f)
{
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    gpu_texture_bind(&c->shadow, UNIT_SHADOW);
    for (int i = CLIPMAP_LEVELS - 1; i >= 0; i--) {
        int from = 0;
        /* The coarsest level has nobody to ask, and looks over all of itself. */
        int reach = i == CLIPMAP_LEVELS - 1 ? c->n / 2 : SWEEP_REACH;
        for (int s = 1; s <= reach; s *= 2) {
            bool last = s == reach;
            gpu_texture_bind(&c->swept[from], UNIT_SWEEP);
            gpu_target_bind(last ? &c->shadow_target[i] : &c->swept_target[1 - from]);
            sweep_pass(c, f, s == 1 ? 0 : last ? 2 : 1, i, s);
            from = 1 - from;
        }
    }
    glDisable(GL_SCISSOR_TEST);
}

double clipmap_read_ground(const struct clipmap *c, double eye_x, double eye_y)
{
    double u = eye_x / CLIPMAP_FINEST_M, v = eye_y / CLIPMAP_FINEST_M;
    int x0 = (int)floor(u), y0 = (int)floor(v);
    double a = u - x0, b = v - y0;
    gpu_target_bind(&c->height_target[0]);
    float h[2][2];
    for (int j = 0; j < 2; j++)
        for (int i = 0; i < 2; i++)
            glReadPixels((x0 + i) & (c->n - 1), (y0 + j) & (c->n - 1), 1, 1, GL_RED, GL_FLOAT,
                         &h[j][i]);
    return (h[0][0] * (1 - a) + h[0][1] * a) * (1 - b) + (h[1][0] * (1 - a) + h[1][1] * a) * b;
}

/* --- drawing -------------------------------------------------------------------------------- */

/* False when a box (metres relative to the eye) lies outside one of the view's side planes, or
 * behind the eye. m: column-major clip_from_world. */
static bool box_visible(const float m[16], const double low[3], const double high[3])
{
    int outside[5] = {0};
    for (int i = 0; i < 8; i++) {
        double p[3] = {i & 1 ? high[0] : low[0], i & 2 ? high[1] : low[1],
                       i & 4 ? high[2] : low[2]};
        double clip[4];
        for (int k = 0; k < 4; k++)
            clip[k] = m[k] * p[0] + m[4 + k] * p[1] + m[8 + k] * p[2] + m[12 + k];
        outside[0] += clip[0] > clip[3];
        outside[1] += clip[0] < -clip[3];
        outside[2] += clip[1] > clip[3];
        outside[3] += clip[1] < -clip[3];
        outside[4] += clip[3] < 0;
    }
    for (int k = 0; k < 5; k++)
        if (outside[k] == 8)
            return false;
    return true;
}

/* Is a block of a level wholly under the next finer one? */
static bool block_covered(const struct clipmap *c, int level, int x, int y, int size)
{
    if (level == 0)
        return false;
    const struct clipmap_level *coarse = &c->levels[level], *fine = &c->levels[level - 1];
    int low_x = fine->x / 2 - coarse->x, low_y = fine->y / 2 - coarse->y, half = c->n / 2;
    /* The fine level's last sample is one short of the coarse one's. */
    return x >= low_x && x + size < low_x + half && y >= low_y && y + size < low_y + half;
}

/* The box round a block, metres relative to the eye. */
static void block_box(const struct clipmap *c, const struct frame *f, const int32_t block[4],
                      double low[3], double high[3])
{
    int size = CLIPMAP_BLOCK * c->stride, side = block_side(c), level = block[2];
    double spacing = level_spacing(level);
    for (int k = 0; k < 2; k++) {
        low[k] = f->level_origin[level][k] + block[k] * spacing;
        high[k] = low[k] + size * spacing;
    }
    const float *range = c->block_range[(level * side + block[1] / size) * side + block[0] / size];
    /* Geomorphed vertices take the height of the next level: within a slope of three. */
    double margin = 3 * spacing * c->stride;
    double far_x = fmax(-low[0], high[0]), far_y = fmax(-low[1], high[1]);
    low[2] = range[0] - f->eye[0] - margin - (far_x * far_x + far_y * far_y) / (2 * FRAME_PLANET_M);
    high[2] = range[1] - f->eye[0] + margin;
}

/* Collects the blocks of levels [first, last) that the view sees, after `count` others. */
static int add_visible_blocks(struct clipmap *c, const struct frame *f, int32_t first, int32_t last,
                              int count)
{
    int size = CLIPMAP_BLOCK * c->stride;
    for (int32_t level = first; level < last; level++) {
        for (int32_t y = 0; y < c->n; y += size) {
            for (int32_t x = 0; x < c->n; x += size) {
                int32_t block[4] = {x, y, level, 0};
                double low[3], high[3];
                block_box(c, f, block, low, high);
                if (!block_covered(c, level, x, y, size) &&
                    box_visible(f->clip_from_world, low, high))
                    memcpy(c->blocks[count++], block, sizeof block);
            }
        }
    }
    return count;
}

/* The first level of which nothing is near enough for pebbles and blades to show. */
static int first_far_level(const struct clipmap *c, const struct frame *f)
{
    double reach = CLIPMAP_NEAR_PIXEL_M / f->eye[2];
    for (int level = 1; level < CLIPMAP_LEVELS; level++)
        if (level_spacing(level - 1) * (0.5 * c->n - 4) > reach)
            return level;
    return CLIPMAP_LEVELS;
}

static void draw_blocks(const struct gpu_program *program, int first, int count)
{
    if (count <= 0)
        return;
    gpu_program_use(program);
    glVertexAttribIPointer(0, 4, GL_INT, 0, (const void *)((size_t)first * 4 * sizeof(int32_t)));
    glDrawElementsInstanced(GL_TRIANGLES, CLIPMAP_BLOCK * CLIPMAP_BLOCK * 6, GL_UNSIGNED_SHORT,
                            NULL, count);
}

void clipmap_draw(struct clipmap *c, const struct frame *f)
{
    int far_level = first_far_level(c, f);
    int near = add_visible_blocks(c, f, 0, far_level, 0);
    int all = add_visible_blocks(c, f, far_level, CLIPMAP_LEVELS, near);
    c->triangles = (long long)all * CLIPMAP_BLOCK * CLIPMAP_BLOCK * 2;
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    gpu_texture_bind(&c->slope, UNIT_SLOPE);
    gpu_texture_bind(&c->sky, UNIT_SKY);
    gpu_texture_bind(&c->shadow, UNIT_SHADOW);
    glBindVertexArray(c->vao);
    glBindBuffer(GL_ARRAY_BUFFER, c->block_buffer);
    glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)all * sizeof *c->blocks), c->blocks,
                 GL_STREAM_DRAW);
    glEnable(GL_CLIP_DISTANCE0);
    draw_blocks(&c->draw_near, 0, near);
    draw_blocks(&c->draw_far, near, all - near);
    glDisable(GL_CLIP_DISTANCE0);
    glBindVertexArray(0);
}
