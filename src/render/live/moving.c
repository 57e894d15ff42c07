#include "render/live/moving.h"

#include "gpu/context.h"
#include "render/develop/grade.h"

#include <math.h>
#include <string.h>

#define GLOW_FRAMES 3    /* that a glow serves */
#define CUT_TURN    0.97 /* cosine: so far the eye turns in few frames only at a cut */
#define CUT_M       200  /* and so far it moves */

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

static void draw_surfaces(struct moving *m, struct scene *s, const struct frame *frame)
{
    const struct moving_sample *w = &m->sample;
    const struct subject_site site = scene_site(s);
    if (gpu_has_clip_control(s->gpu))
        glClipControl(GL_LOWER_LEFT, GL_ZERO_TO_ONE);
    gbuffer_begin(&w->gbuffer, w->width, w->height);
    m->triangles = subjects_draw(&s->subjects, &site, &w->gbuffer, frame, true);
    gbuffer_end();
}

/* A ray of the frame in the clip space (x, y, w) of the one that the glow is of, of an eye that has
 * turned but not moved. */
static void set_past(const struct moving *m, const struct frame *frame)
{
    static const int rows[3] = {0, 1, 3};
    const float *rays[3] = {frame->ray_origin, frame->ray_dx, frame->ray_dy};
    const float *c = m->has_glow ? m->glow_clip : frame->clip_from_world;
    float past[9];
    for (int ray = 0; ray < 3; ray++)
        for (int i = 0; i < 3; i++)
            past[3 * ray + i] = c[rows[i]] * rays[ray][0] + c[4 + rows[i]] * rays[ray][1] +
                                c[8 + rows[i]] * rays[ray][2];
    glUniformMatrix3fv(gpu_program_uniform(&m->compose, "u_past_ray"), 1, GL_FALSE, past);
}

static void draw_compose(struct moving *m, const struct scene *s, const struct frame *frame)
{
    const struct moving_sample *w = &m->sample;
    const struct gpu_program *p = &m->compose;
    gpu_program_use(p);
    set_past(m, frame);
    gpu_texture_bind(&w->gbuffer.distance, UNIT_DISTANCE);
    gpu_texture_bind(&w->gbuffer.radiance, UNIT_RADIANCE);
    gpu_texture_bind(&w->gbuffer.crest, UNIT_CREST);
    gpu_texture_bind(&m->march.inscatter, UNIT_INSCATTER);
    gpu_texture_bind(&m->march.through, UNIT_THROUGH);
    gpu_texture_bind(m->has_glow ? &m->glow[0] : &m->grain, UNIT_BLOOM);
    gpu_texture_bind(&m->look, UNIT_LOOK);
    gpu_texture_bind(m->has_clarity ? &m->clarity.line : &m->grain, UNIT_CLARITY);
    glUniform1f(gpu_program_uniform(p, "u_bloom"), m->has_glow ? s->params.grade_bloom : 0);
    glUniform1f(gpu_program_uniform(p, "u_clarity"), m->has_clarity ? s->params.grade_clarity : 0);
    gpu_target_bind(&w->compose_target);
    gpu_triangle_draw(&s->triangle);
}

/* Whether the eye is elsewhere than where the glow was made, or looks elsewhere: after a cut. */
static bool has_cut(const struct moving *m, const struct scene *s, const struct frame *frame)
{
    /* Rows of w: unit vectors ahead. */
    const float *now = frame->clip_from_world, *then = m->glow_clip;
    double along = 0;
    for (int i = 0; i < 3; i++)
        along += (double)now[4 * i + 3] * (double)then[4 * i + 3];
    return along < CUT_TURN || hypot(s->eye.x - m->glow_eye.x, s->eye.y - m->glow_eye.y) > CUT_M;
}

/* Makes the glow, and from it the lines of clarity, for the next frames: both are wide, and so late
 * nobody sees. */
static void draw_bloom(struct moving *m, const struct scene *s, const struct frame *frame)
{
    const struct gpu_triangle *triangle = &s->triangle;
    const struct moving_sample *w = &m->sample;
    const int levels = MOVING_BLOOM_LEVELS;
    if (m->has_glow && m->number % GLOW_FRAMES != 0 && !has_cut(m, s, frame))
        return;
    gpu_program_use(&m->bloom);
    for (int i = 0; i < levels; i++)
        bloom_step(&m->bloom, i ? BLOOM_DOWN : BLOOM_QUARTER, i ? &m->glow[i - 1] : &w->light,
                   &m->glow_target[i], triangle);
    clarity_make(&m->clarity, &m->clarity_program, &m->glow[0], 1, triangle);
    gpu_program_use(&m->bloom);
    bloom_join(&m->bloom, m->glow, m->glow_target, levels, triangle);
    memcpy(m->glow_clip, frame->clip_from_world, sizeof m->glow_clip);
    m->glow_eye = s->eye;
    m->has_glow = m->has_clarity = true;
}

static void draw_enlarged(struct moving *m, const struct scene *s)
{
    const struct moving_sample *w = &m->sample;
    float sharp = (float)m->height / (float)w->height;
    gpu_program_use(&m->crests);
    gpu_texture_bind(&w->colour, UNIT_SAMPLE);
    gpu_target_bind(&w->crests_target);
    gpu_triangle_draw(&s->triangle);
    gpu_program_use(&m->rows);
    gpu_texture_bind(&w->crests, UNIT_CREST);
    glUniform1f(gpu_program_uniform(&m->rows, "u_sharp"), sharp);
    gpu_target_bind(&w->rows_target);
    gpu_triangle_draw(&s->triangle);
    gpu_program_use(&m->enlarge);
    glUniform1f(gpu_program_uniform(&m->enlarge, "u_sharp"), sharp);
    gpu_texture_bind(&w->rows, UNIT_SAMPLE);
    gpu_texture_bind(&m->grain, UNIT_GRAIN);
    gpu_target_bind(&m->show_target);
    gpu_triangle_draw(&s->triangle);
}

void moving_fade(struct moving *m, const struct scene *s, const struct gpu_texture *from, int x,
                 int y, double share)
{
    gpu_program_use(&m->fade);
    gpu_texture_bind(from, UNIT_SAMPLE);
    glUniform3f(gpu_program_uniform(&m->fade, "u_from"), (float)x, (float)y, (float)share);
    gpu_target_bind(&m->show_target);
    glEnable(GL_BLEND);
    glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
    gpu_triangle_draw(&s->triangle);
    glDisable(GL_BLEND);
}

static void describe(const struct moving *m, const struct scene *s, const struct follow *f,
                     struct frame *frame)
{
    const struct moving_sample *w = &m->sample;
    const struct frame_options view = {.width = w->width,
                                       .height = w->height,
                                       .air_width = m->march.width,
                                       .air_height = m->march.height,
                                       .air_x = m->march.x,
                                       .air_block = LIVE_AIR_BLOCK,
                                       .sample_count = 1};
    scene_describe(s, &view, frame);
    frame->shot[1] = f->finest;
    frame->eye[3] = LIVE_SLACK;
}

void moving_draw(struct moving *m, struct scene *s, const struct follow *f)
{
    struct frame frame;
    describe(m, s, f, &frame);
    shader_upload_frame(&s->shaders, &frame);
    update_look(m, s);

    passes_begin(&m->passes, PASS_GROUND);
    draw_surfaces(m, s, &frame);
    passes_end(&m->passes, PASS_GROUND);
    passes_begin(&m->passes, PASS_LIGHT);
    lighting_draw(&m->lighting, s, &m->sample.gbuffer, &frame);
    passes_end(&m->passes, PASS_LIGHT);
    passes_begin(&m->passes, PASS_AIR);
    air_march_run(&m->coarse, &s->triangle);
    air_march_refine(&m->march, &m->coarse, &s->triangle);
    passes_end(&m->passes, PASS_AIR);
    passes_begin(&m->passes, PASS_COMPOSE);
    draw_compose(m, s, &frame);
    passes_end(&m->passes, PASS_COMPOSE);
    passes_begin(&m->passes, PASS_BLOOM);
    draw_bloom(m, s, &frame);
    passes_end(&m->passes, PASS_BLOOM);
    passes_begin(&m->passes, PASS_ENLARGE);
    draw_enlarged(m, s);
    passes_end(&m->passes, PASS_ENLARGE);

    m->number++;
}
