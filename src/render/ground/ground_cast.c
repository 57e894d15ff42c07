#include "render/ground/ground_cast.h"

#include "base/consts.h"
#include "render/frame/pass_consts.h"

#include <math.h>

enum { COLUMNS_MAX = 2048, RINGS = 1024, FOOT = 64, STEP = 8 }; /* as in fan.glsl */

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
    return gpu_texture_init(t, GL_R32F, COLUMNS_MAX, rings, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_target_init(target, &only, NULL, 1, NULL, err);
}

bool ground_cast_init(struct ground_cast *g, const struct shader_set *shaders, bool reversed_depth,
                      struct error *err)
{
    *g = (struct ground_cast){.reversed_depth = reversed_depth};
    bool ok = init_level(&g->fan, &g->fan_target, RINGS, err) &&
              init_level(&g->piece, &g->piece_target, RINGS / STEP, err) &&
              init_level(&g->block, &g->block_target, RINGS / STEP / STEP, err) &&
              shader_build(shaders, &g->fill, "ground/ground_fan.glsl", err) &&
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

static void set_fan(const struct gpu_program *p, const float fan[4], const struct view *view)
{
    gpu_program_use(p);
    glUniform4f(gpu_program_uniform(p, "u_fan"), fan[0], fan[1], fan[2], fan[3]);
    glUniform4f(gpu_program_uniform(p, "u_ahead"), (float)view->ahead[0], (float)view->ahead[1],
                (float)(-log2(view->foot_share) / FOOT), 0);
}

static void fill_level(const struct gpu_target *target, int columns,
                       const struct gpu_triangle *triangle)
{
    gpu_target_bind(target);
    glViewport(0, 0, columns, target->height);
    gpu_triangle_draw(triangle);
}

/* Fills the fan and its two levels of pieces. */
static void fill(const struct ground_cast *g, const float fan[4], const struct view *view,
                 const struct gpu_triangle *triangle)
{
    int columns = (int)fan[1];
    set_fan(&g->fill, fan, view);
    fill_level(&g->fan_target, columns, triangle);
    set_fan(&g->most, fan, view);
    gpu_texture_bind(&g->fan, UNIT_FAN);
    fill_level(&g->piece_target, columns, triangle);
    gpu_texture_bind(&g->piece, UNIT_FAN);
    fill_level(&g->block_target, columns, triangle);
}

void ground_cast_draw(const struct ground_cast *g, const struct clipmap *c, const struct frame *f,
                      double eye_over_ground_m, const struct gpu_triangle *triangle)
{
    GLint target;
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &target);
    const struct view view = find_view(f);
    /* Columns are as wide as pixels in the middle of the picture. */
    double columns = fmin(ceil(2 * view.turn / (double)f->eye[2]), COLUMNS_MAX);
    double foot = fmax(FOOT_HEIGHTS * eye_over_ground_m, FOOT_MIN_M),
           last = sqrt(2) * clipmap_reach(c);
    const float fan[4] = {(float)(2 * view.turn / columns), (float)columns,
                          (float)(foot * view.foot_share),
                          (float)(log2(last / foot) / (RINGS - 1 - FOOT))};
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    fill(g, fan, &view, triangle);

    glBindFramebuffer(GL_FRAMEBUFFER, (GLuint)target);
    glViewport(0, 0, (int)f->size[0], (int)f->size[1]);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_ALWAYS); /* it is drawn first, and of the sky it tells crests */
    set_fan(&g->draw, fan, &view);
    gpu_texture_bind(&g->fan, UNIT_FAN);
    gpu_texture_bind(&g->piece, UNIT_FAN_PIECE);
    gpu_texture_bind(&g->block, UNIT_FAN_BLOCK);
    glUniform2f(gpu_program_uniform(&g->draw, "u_depth"), g->reversed_depth ? 1 : 0.5f,
                g->reversed_depth ? 0 : 0.5f);
    gpu_triangle_draw(triangle);
    glDepthFunc(GL_GREATER);
    glEnable(GL_CULL_FACE);
}
