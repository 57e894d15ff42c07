#include "render/ground/ground_cast.h"

#include "base/consts.h"
#include "render/frame/pass_consts.h"

#include <math.h>

/* As in fan.glsl; TEXEL: rings that a texel holds. */
enum { COLUMNS_MAX = 2048, RINGS = 512, FOOT = 32, STEP = 8, TEXEL = 4 };

/* Sides of the square of bearings that a view can see, two of them in part: as in ground_fan.glsl.
 */
enum { SIDES_MAX = 5 };

/* Samples less than half a level's side: CLIPMAP_MESH_MARGIN of clipmap.glsl. */
#define MESH_MARGIN 8
/* The share of a level's half side from which its heights go over into the next one's. */
#define EDGE_SHARE 0.9

/* The rings of the foot end at so many times the eye's height over the ground, which is as far off
 * as nothing hides anything yet. They begin at a share of that: before the first one the ground is
 * a plain, and a picture that looks straight down sees it. */
#define FOOT_HEIGHTS 4.0
#define FOOT_MIN_M   2.0
#define FOOT_SHARE   0.1
#define PLUMB_SHARE  0.005

static bool init_level(struct gpu_texture *t, struct gpu_target *target, int rings,
                       struct error *err)
{
    const struct gpu_texture *only = t;
    return gpu_texture_init(t, GL_RGBA32F, COLUMNS_MAX, rings / TEXEL, 0, GPU_NEAREST, GPU_CLAMP,
                            err) &&
           gpu_target_init(target, &only, NULL, 1, NULL, err);
}

static bool build_fill(const struct shader_set *shaders, struct gpu_program *p, const char *edge,
                       struct error *err)
{
    const struct gpu_define define = {"FAN_MORPH", edge};
    return shader_build_variant(shaders, p, "ground/ground_fan.glsl", &define, 1, err);
}

bool ground_cast_init(struct ground_cast *g, const struct shader_set *shaders, bool reversed_depth,
                      struct error *err)
{
    *g = (struct ground_cast){.reversed_depth = reversed_depth};
    bool ok = init_level(&g->fan, &g->fan_target, RINGS, err) &&
              init_level(&g->piece, &g->piece_target, RINGS / STEP, err) &&
              init_level(&g->block, &g->block_target, RINGS / STEP / STEP, err) &&
              build_fill(shaders, &g->fill, "0", err) &&
              build_fill(shaders, &g->fill_edge, "1", err) &&
              shader_build(shaders, &g->most, "ground/ground_fan_most.glsl", err) &&
              shader_build(shaders, &g->draw, "ground/ground_cast.glsl", err);
    if (!ok)
        ground_cast_fini(g);
    return ok;
}

void ground_cast_fini(struct ground_cast *g)
{
    gpu_target_fini(&g->fan_target);
    gpu_target_fini(&g->piece_target);
    gpu_target_fini(&g->block_target);
    gpu_texture_fini(&g->fan);
    gpu_texture_fini(&g->piece);
    gpu_texture_fini(&g->block);
    gpu_program_fini(&g->fill);
    gpu_program_fini(&g->fill_edge);
    gpu_program_fini(&g->most);
    gpu_program_fini(&g->draw);
    *g = (struct ground_cast){0};
}

/* What a picture sees of the horizon. */
struct view {
    double ahead[2];   /* bearing of its middle: sine, cosine */
    double turn;       /* to either side, rad */
    double foot_share; /* FOOT_SHARE or PLUMB_SHARE */
};

static void ray_at(const struct frame *f, double u, double v, double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = (double)f->ray_origin[i] + u * (double)f->ray_dx[i] + v * (double)f->ray_dy[i];
}

/* Whether the ray up or down is in the picture: it looks every way then. */
static bool sees_plumb(const struct frame *f)
{
    /* ray = origin + u dx + v dy has no x and no y. */
    double a = (double)f->ray_dx[0], b = (double)f->ray_dy[0], c = (double)f->ray_dx[1],
           d = (double)f->ray_dy[1], x = -(double)f->ray_origin[0], y = -(double)f->ray_origin[1];
    double det = a * d - b * c;
    if (fabs(det) < 1e-9)
        return false;
    double u = (x * d - b * y) / det, v = (a * y - c * x) / det;
    return u > -0.1 && u < 1.1 && v > -0.1 && v < 1.1;
}

static struct view find_view(const struct frame *f)
{
    enum { SIDES = 16 };
    struct view view = {{0, 1}, PI, PLUMB_SHARE};
    double middle[3], length, most = 0;
    ray_at(f, 0.5, 0.5, middle);
    length = hypot(middle[0], middle[1]);
    if (length > 1e-9) {
        view.ahead[0] = middle[0] / length;
        view.ahead[1] = middle[1] / length;
    }
    if (length <= 1e-9 || sees_plumb(f))
        return view;
    for (int i = 0; i <= SIDES; i++)
        for (int edge = 0; edge < 4; edge++) {
            double along = (double)i / SIDES, ray[3];
            ray_at(f, edge < 2 ? along : edge - 2, edge < 2 ? edge : along, ray);
            double x = ray[0] * view.ahead[1] - ray[1] * view.ahead[0];
            double y = ray[0] * view.ahead[0] + ray[1] * view.ahead[1];
            most = fmax(most, fabs(atan2(x, y)));
        }
    view.turn = fmin(most, PI);
    view.foot_share = FOOT_SHARE;
    return view;
}

/* --- the fan -------------------------------------------------------------------------------- */

/* A fan for a view: see fan.glsl. */
struct fan {
    double column;                         /* bearing a column */
    int columns;                           /* all of them */
    double first, last;                    /* bearings of its ends, first within 0 to 8 */
    double nearest, foot, step, foot_step; /* metres; log2 of a ring over the one before */
    float uniform[4], ahead[4];
};

/* The bearing along the square, 0 to 8, of one clockwise from north. */
static double square_bearing(double turn)
{
    double x = sin(turn), y = cos(turn);
    double b = fabs(y) >= fabs(x) ? (y > 0 ? 1 : 5) + x / y : (x > 0 ? 3 : 7) - y / x;
    return b - 8 * floor(b / 8);
}

/* The point of the square there. */
static void square_point(double bearing, float out[2])
{
    double b = bearing - 8 * floor(bearing / 8), t = b - 2 * floor(b / 2) - 1;
    int side = (int)(b / 2);
    out[0] = (float)(side == 0 ? t : side == 1 ? 1 : side == 2 ? -t : -1);
    out[1] = (float)(side == 0 ? 1 : side == 1 ? -t : side == 2 ? -1 : t);
}

static struct fan make_fan(const struct view *view, const struct frame *f, double foot_m,
                           double last_m)
{
    double middle = atan2(view->ahead[0], view->ahead[1]), pixel = (double)f->eye[2];
    struct fan fan = {.foot = foot_m, .nearest = foot_m * view->foot_share};
    fan.first = square_bearing(middle - view->turn);
    double wide = square_bearing(middle + view->turn) - fan.first;
    wide = view->turn > PI - 1e-3 ? 8 : wide - 8 * floor(wide / 8);
    fan.last = fan.first + wide;
    /* Columns are as wide as pixels in the middle of the picture, or narrower. */
    fan.columns = (int)fmin(ceil(wide / pixel), COLUMNS_MAX);
    fan.column = wide / fan.columns;
    fan.step = log2(last_m / foot_m) / (RINGS - 1 - FOOT);
    fan.foot_step = -log2(view->foot_share) / FOOT;
    fan.uniform[0] = (float)fan.column;
    fan.uniform[1] = (float)fan.columns;
    fan.uniform[2] = (float)fan.nearest;
    fan.uniform[3] = (float)fan.step;
    fan.ahead[0] = (float)(fan.first + wide / 2);
    fan.ahead[1] = (float)(0.5 * fan.columns);
    fan.ahead[2] = (float)fan.foot_step;
    return fan;
}

/* The ring that is at most d metres away and begins a texel. */
static int ring_at(const struct fan *fan, double d)
{
    double ring = d < fan->foot ? log2(fmax(d, fan->nearest) / fan->nearest) / fan->foot_step
                                : FOOT + log2(d / fan->foot) / fan->step;
    return (int)fmin(floor(ring / TEXEL) * TEXEL, RINGS);
}

static double ring_distance(const struct fan *fan, int ring)
{
    return ring < FOOT ? fan->nearest * exp2(ring * fan->foot_step)
                       : fan->foot * exp2((ring - FOOT) * fan->step);
}

static void set_fan(const struct gpu_program *p, const struct fan *fan)
{
    gpu_program_use(p);
    glUniform4fv(gpu_program_uniform(p, "u_fan"), 1, fan->uniform);
    glUniform4fv(gpu_program_uniform(p, "u_ahead"), 1, fan->ahead);
}

/* Sets the sides of the square; returns how many the fan has. */
static int set_sides(const struct gpu_program *p, const struct fan *fan)
{
    float sides[2 * SIDES_MAX][3];
    int count = 0;
    for (double b = fan->first; b < fan->last - 1e-9 && count < SIDES_MAX; count++) {
        double end = fmin(2 * floor(b / 2 + 1e-9) + 2, fan->last);
        sides[2 * count][0] = (float)((b - fan->first) / fan->column);
        sides[2 * count + 1][0] = (float)((end - fan->first) / fan->column);
        square_point(b + 1e-9, &sides[2 * count][1]);
        square_point(end - 1e-9, &sides[2 * count + 1][1]);
        b = end;
    }
    glUniform3fv(gpu_program_uniform(p, "u_side"), 2 * count, sides[0]);
    return count;
}

/* Fills rings from..to - 1, of one level. */
static void fill_rings(const struct gpu_program *p, int level, double edge_m, int from, int to,
                       int sides)
{
    if (from >= to)
        return;
    gpu_program_use(p);
    glUniform1i(gpu_program_uniform(p, "u_level"), level);
    glUniform1f(gpu_program_uniform(p, "u_edge"), (float)edge_m);
    glUniform2f(gpu_program_uniform(p, "u_rings"), (float)from, (float)to);
    glDrawArrays(GL_TRIANGLES, 0, 6 * sides);
}

static void fill_fan(const struct ground_cast *g, const struct clipmap *c, const struct frame *f,
                     const struct fan *fan, const struct gpu_triangle *triangle)
{
    set_fan(&g->fill, fan);
    int sides = set_sides(&g->fill, fan);
    set_fan(&g->fill_edge, fan);
    set_sides(&g->fill_edge, fan);
    gpu_target_bind(&g->fan_target);
    glViewport(0, 0, fan->columns, RINGS / TEXEL);
    glBindVertexArray(triangle->vao); /* it has no arrays */
    int at = 0;
    for (int level = f->shot[1]; level < CLIPMAP_LEVELS; level++) {
        bool coarsest = level + 1 == CLIPMAP_LEVELS;
        double edge = (0.5 * c->n - MESH_MARGIN - (double)f->eye[3]) * (double)f->level[level][3];
        int to = coarsest ? RINGS : ring_at(fan, edge),
            half = coarsest ? RINGS : ring_at(fan, EDGE_SHARE * edge);
        edge = ring_distance(fan, to); /* a little nearer */
        fill_rings(&g->fill, level, edge, at, half, sides);
        fill_rings(&g->fill_edge, level, edge, half > at ? half : at, to, sides);
        at = to > at ? to : at;
    }
}

static void fill_level(const struct gpu_target *target, int columns,
                       const struct gpu_triangle *triangle)
{
    gpu_target_bind(target);
    glViewport(0, 0, columns, target->height);
    gpu_triangle_draw(triangle);
}

/* Fills the fan and its two levels of pieces. */
static void fill(const struct ground_cast *g, const struct clipmap *c, const struct frame *f,
                 const struct fan *fan, const struct gpu_triangle *triangle)
{
    fill_fan(g, c, f, fan, triangle);
    set_fan(&g->most, fan);
    gpu_texture_bind(&g->fan, UNIT_FAN);
    fill_level(&g->piece_target, fan->columns, triangle);
    gpu_texture_bind(&g->piece, UNIT_FAN);
    fill_level(&g->block_target, fan->columns, triangle);
}

void ground_cast_draw(const struct ground_cast *g, const struct clipmap *c, const struct frame *f,
                      double eye_over_ground_m, const struct gpu_triangle *triangle)
{
    GLint target;
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &target);
    const struct view view = find_view(f);
    double foot = fmax(FOOT_HEIGHTS * eye_over_ground_m, FOOT_MIN_M);
    const struct fan fan = make_fan(&view, f, foot, clipmap_reach(c));
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    fill(g, c, f, &fan, triangle);

    glBindFramebuffer(GL_FRAMEBUFFER, (GLuint)target);
    glViewport(0, 0, (int)f->size[0], (int)f->size[1]);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_ALWAYS); /* it is drawn first, and of the sky it tells crests */
    set_fan(&g->draw, &fan);
    gpu_texture_bind(&g->fan, UNIT_FAN);
    gpu_texture_bind(&g->piece, UNIT_FAN_PIECE);
    gpu_texture_bind(&g->block, UNIT_FAN_BLOCK);
    glUniform2f(gpu_program_uniform(&g->draw, "u_depth"), g->reversed_depth ? 1 : 0.5f,
                g->reversed_depth ? 0 : 0.5f);
    gpu_triangle_draw(triangle);
    glDepthFunc(GL_GREATER);
    glEnable(GL_CULL_FACE);
}
