#include "render/live/moving.h"

#include "base/consts.h"
#include "gpu/context.h"
#include "render/develop/grade.h"

#include <math.h>
#include <string.h>

#define EDGE_FRAMES 3  /* in the history where near and far meet, of a moving eye */
#define JITTERS     16 /* places in the pixel, in turn */

/* Frames narrower than this share of the picture are drawn with the coarse mesh: its quads are then
 * no more pixels wide than those of the fine one in a larger frame. */
#define COARSE_SCALE 0.36

/* --- passes --------------------------------------------------------------------------------- */

/* The table of the look, where the grade has changed. */
static void update_look(struct moving *m, const struct scene *s)
{
    if (m->has_look && !(params_changed(&m->look_of, &s->params) & AFFECTS_PRINT))
        return;
    gpu_program_use(&m->look_program);
    for (int i = 0; i < LIVE_LOOK_SIZE; i++) {
        gpu_target_bind(&m->look_target[i]);
        glUniform1i(gpu_program_uniform(&m->look_program, "u_layer"), i);
        gpu_triangle_draw(&s->triangle);
    }
    m->look_of = s->params;
    m->has_look = true;
}

static void draw_surfaces(struct moving *m, struct scene *s, const struct follow *f,
                          const struct frame *frame)
{
    const struct moving_sample *w = &m->sample[1 - m->latest];
    const struct subject_site site = scene_site(s);
    const struct subject_live picture = {frame, w->width < COARSE_SCALE * m->width};
    if (gpu_has_clip_control(s->gpu))
        glClipControl(GL_LOWER_LEFT, GL_ZERO_TO_ONE);
    follow_bind(f, s);
    gpu_target_bind(&w->ground_target);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_GREATER);
    glDepthMask(GL_TRUE);
    glClearDepth(0);
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    glEnable(GL_CULL_FACE);
    m->triangles = subjects_draw_live(&s->subjects, &site, &picture);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
}

/* Whether the horizon may lie beyond the levels, where the datum is all there is. */
static bool sees_datum(const struct scene *s)
{
    double reach = clipmap_reach(&s->clipmap), height = reach * reach / (2 * PLANET_M);
    return s->eye.altitude > 0.8 * height;
}

/* Whether the sun's disc may be in the picture, give or take its own width. */
static bool sees_sun(const struct frame *f)
{
    const float *c = f->clip_from_world, *sun = f->sun;
    double at[4];
    for (int i = 0; i < 4; i++)
        at[i] = c[i] * sun[0] + c[4 + i] * sun[1] + c[8 + i] * sun[2];
    /* Four radii to each side, of a picture that is two high and wide. */
    double x = 8 * sun[3] / (f->eye[2] * f->size[0]), y = 8 * sun[3] / (f->eye[2] * f->size[1]);
    return at[3] > 0 && fabs(at[0]) < (1 + x) * at[3] && fabs(at[1]) < (1 + y) * at[3];
}

static void draw_compose(struct moving *m, const struct scene *s, int which)
{
    const struct moving_sample *w = &m->sample[1 - m->latest], *past = &m->sample[m->latest];
    const struct gpu_program *p = &m->compose[which];
    gpu_program_use(p);
    gpu_texture_bind(&w->radiance, UNIT_RADIANCE);
    gpu_texture_bind(m->has_history ? &past->bloom[0] : &m->grain, UNIT_BLOOM);
    gpu_texture_bind(&m->look, UNIT_LOOK);
    bool clear = m->has_history && m->has_clarity;
    gpu_texture_bind(clear ? &m->clarity.line : &m->grain, UNIT_CLARITY);
    glUniform1f(gpu_program_uniform(p, "u_bloom"), m->has_history ? s->params.grade_bloom : 0);
    glUniform1f(gpu_program_uniform(p, "u_clarity"), clear ? s->params.grade_clarity : 0);
    gpu_target_bind(&w->compose_target);
    gpu_triangle_draw(&s->triangle);
}

static void draw_range(struct moving *m, const struct scene *s)
{
    const struct moving_sample *w = &m->sample[1 - m->latest];
    gpu_program_use(&m->range);
    gpu_texture_bind(&w->depth, UNIT_DEPTH);
    gpu_target_bind(&w->range_target);
    gpu_triangle_draw(&s->triangle);
}

/* Makes the bloom for the next frame, and for the next two the lines of clarity: both are wide, and
 * so late nobody sees. */
static void draw_bloom(struct moving *m, const struct gpu_triangle *triangle)
{
    struct moving_sample *w = &m->sample[1 - m->latest];
    const int levels = MOVING_BLOOM_LEVELS;
    gpu_program_use(&m->bloom);
    for (int i = 0; i < levels; i++)
        bloom_step(&m->bloom, i ? BLOOM_DOWN : BLOOM_QUARTER, i ? &w->bloom[i - 1] : &w->light,
                   &w->bloom_target[i], triangle);
    if (!m->has_clarity || m->number % 2 == 0) {
        clarity_make(&m->clarity, &m->clarity_program, &w->bloom[0], 1, triangle);
        m->has_clarity = true;
        gpu_program_use(&m->bloom);
    }
    bloom_join(&m->bloom, w->bloom, w->bloom_target, levels, triangle);
}

/* A vector in the clip space (x, y, w) of the frame before; w: 1 for a place, 0 for a way. */
static void in_past(const struct moving *m, const double v[3], double w, float out[3])
{
    static const int rows[3] = {0, 1, 3};
    const float *c = m->before.clip_from_world;
    for (int i = 0; i < 3; i++)
        out[i] = (float)(c[rows[i]] * v[0] + c[4 + rows[i]] * v[1] + c[8 + rows[i]] * v[2] +
                         c[12 + rows[i]] * w);
}

/* steady: the frame without jitter. */
static void set_past(const struct moving *m, const struct scene *s, const struct frame *steady)
{
    const struct gpu_program *p = &m->resolve;
    const float *rays[3] = {steady->ray_origin, steady->ray_dx, steady->ray_dy};
    const double moved[3] = {s->eye.x - m->eye_before.x, s->eye.y - m->eye_before.y,
                             s->eye.altitude - m->eye_before.altitude};
    float ray[9], eye[3];
    for (int i = 0; i < 3; i++) {
        const double way[3] = {rays[i][0], rays[i][1], rays[i][2]};
        in_past(m, way, 0, ray + 3 * i);
    }
    in_past(m, moved, 1, eye);
    glUniformMatrix3fv(gpu_program_uniform(p, "u_past_ray"), 1, GL_FALSE, ray);
    glUniform3fv(gpu_program_uniform(p, "u_past_eye"), 1, eye);
}

/* What stands before the sky leaves traces in it when the eye moves, unless they are soon
 * forgotten. */
static int most_at_edges(const struct moving *m, const struct scene *s, int most)
{
    bool moved = s->eye.x != m->eye_before.x || s->eye.y != m->eye_before.y ||
                 s->eye.altitude != m->eye_before.altitude;
    return moved && most > EDGE_FRAMES ? EDGE_FRAMES : most;
}

static void draw_resolve(struct moving *m, const struct scene *s, const struct frame *steady,
                         const float jitter[2], int most)
{
    const struct gpu_program *p = &m->resolve;
    bool kept = m->has_history;
    int next = 1 - m->latest;
    const struct moving_sample *past = &m->sample[kept ? m->latest : next];
    gpu_program_use(p);
    gpu_texture_bind(&m->sample[next].colour, UNIT_SAMPLE);
    gpu_texture_bind(&m->sample[next].depth, UNIT_DEPTH);
    gpu_texture_bind(&past->range, UNIT_PAST_RANGE);
    gpu_texture_bind(&m->history[m->latest], UNIT_HISTORY);
    gpu_texture_bind(&m->grain, UNIT_GRAIN);
    set_past(m, s, steady);
    glUniform2f(gpu_program_uniform(p, "u_jitter"), jitter[0], jitter[1]);
    glUniform2f(gpu_program_uniform(p, "u_past_jitter"), m->jitter_before[0], m->jitter_before[1]);
    glUniform2f(gpu_program_uniform(p, "u_past_size"), (float)past->width, (float)past->height);
    glUniform1f(gpu_program_uniform(p, "u_most"), kept ? (float)most : 0);
    glUniform1f(gpu_program_uniform(p, "u_most_edge"), kept ? (float)most_at_edges(m, s, most) : 0);
    gpu_target_bind(&m->resolve_target[next]);
    gpu_triangle_draw(&s->triangle);
    m->latest = next;
}

static void describe(const struct moving *m, const struct scene *s, const struct follow *f,
                     const double jitter[2], struct frame *frame)
{
    const struct moving_sample *w = &m->sample[1 - m->latest];
    const struct frame_options view = {.width = w->width,
                                       .height = w->height,
                                       .air_width = m->march.width,
                                       .air_height = m->march.height,
                                       .air_x = m->march.x,
                                       .air_block = LIVE_AIR_BLOCK,
                                       .sample = (int)(m->number & 0xffff),
                                       .sample_count = 1,
                                       .jitter = {jitter[0], jitter[1]}};
    scene_describe(s, &view, frame);
    frame->shot[1] = f->finest;
}

void moving_draw(struct moving *m, struct scene *s, const struct follow *f, int most)
{
    struct frame steady, frame;
    int turn = (int)(m->number % JITTERS) + 1;
    const double none[2] = {0, 0},
                 jitter[2] = {frame_halton(turn, 2) - 0.5, frame_halton(turn, 3) - 0.5};
    struct moving_sample *w = &m->sample[1 - m->latest];
    const float share[2] = {(float)(jitter[0] / w->width), (float)(jitter[1] / w->height)};
    describe(m, s, f, none, &steady);
    describe(m, s, f, jitter, &frame);
    shader_upload_frame(&s->shaders, &frame);
    update_look(m, s);
    air_pass_bind(&s->air);

    passes_begin(&m->passes, PASS_GROUND);
    draw_surfaces(m, s, f, &frame);
    passes_end(&m->passes, PASS_GROUND);
    passes_begin(&m->passes, PASS_AIR);
    gpu_texture_bind(&w->distance, UNIT_DISTANCE);
    air_march_run(&m->march, &s->triangle);
    passes_end(&m->passes, PASS_AIR);
    passes_begin(&m->passes, PASS_COMPOSE);
    /* Drivers compile when they first draw: one a frame, not in the middle of a flight; the first
     * frame has another bloom, which counts as another.
     */
    if (m->number < 2 * MOVING_COMPOSES)
        draw_compose(m, s, (int)m->number % MOVING_COMPOSES);
    draw_compose(m, s, (sees_sun(&steady) ? 1 : 0) + (sees_datum(s) ? 2 : 0));
    draw_range(m, s);
    passes_end(&m->passes, PASS_COMPOSE);
    passes_begin(&m->passes, PASS_BLOOM);
    draw_bloom(m, &s->triangle);
    passes_end(&m->passes, PASS_BLOOM);
    passes_begin(&m->passes, PASS_RESOLVE);
    draw_resolve(m, s, &steady, share, most);
    passes_end(&m->passes, PASS_RESOLVE);

    m->before = steady;
    m->eye_before = s->eye;
    memcpy(m->jitter_before, share, sizeof share);
    m->has_history = true;
    m->number++;
}
