#include "render/live/viewer.h"

#include "base/clock.h"
#include "gpu/program.h"
#include "preset/params/placed.h"
#include "render/develop/grade.h"
#include "render/live/follow.h"
#include "render/live/moving.h"
#include "render/live/rest.h"
#include "render/live/shown.h"
#include "render/live/viewer_pace.h"
#include "world/request/world_job.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define AIR_BLOCK 4 /* of the still's samples: those of `render --quality good` */

/* Frames without a change after which the still's samples begin. */
#define SETTLED 5

/* Frames in which the moving picture becomes the still's. */
#define FADE 6

/* Seconds a frame that land which is missing may take; while somebody looks at something, less. */
#define CATCH_UP_S 0.06

/* Pieces of work on the land in a frame, about 2 ms each on two cores without a GPU. */
#define LAND_STEPS 2

struct viewer {
    struct gpu *gpu;
    const struct resources *res;
    struct viewer_options opt;
    struct scene *scene;
    struct follow follow;
    struct moving moving;
    struct rest rest;
    struct viewer_pace pace;
    float aspect;            /* that the pictures were made for */
    int free;                /* pixels at the left of the framebuffer that hold no picture */
    int x, y, width, height; /* of the picture inside the bars */

    struct params wanted; /* as last asked for */
    bool has_params, building;
    struct world_job job;
    struct error build_error; /* why the last build failed */

    int unchanged; /* frames since a change */
    bool eye_known;
    double ground_of[2]; /* where scene.ground_m is of */
    int faded;           /* frames since the still's picture was there */
    bool shows_rest;     /* the last frame was the still's */
    bool moved;          /* a moving picture was drawn in it */
    struct shown_copy tones;
};

/* --- making and freeing --------------------------------------------------------------------- */

struct viewer *viewer_create(struct gpu *gpu, const struct resources *res,
                             const struct viewer_options *opt, struct error *err)
{
    struct viewer *v = calloc(1, sizeof *v);
    if (!v) {
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    *v = (struct viewer){.gpu = gpu, .res = res, .opt = *opt};
    v->opt.machine.progress = NULL;
    v->opt.width = opt->width > 1 ? opt->width : 1;
    v->opt.height = opt->height > 1 ? opt->height : 1;
    return v;
}

static void free_pictures(struct viewer *v)
{
    moving_fini(&v->moving);
    rest_fini(&v->rest);
}

static void free_scene(struct viewer *v)
{
    if (!v->scene)
        return;
    free_pictures(v);
    viewer_pace_fini(&v->pace);
    scene_fini(v->scene);
    free(v->scene);
    v->scene = NULL;
}

static void drop_job(struct viewer *v)
{
    struct world_data data;
    struct error err = {0};
    if (!v->building)
        return;
    world_job_cancel(&v->job);
    if (world_job_finish(&v->job, &data, &err))
        world_data_fini(&data);
    v->building = false;
}

void viewer_destroy(struct viewer **viewer)
{
    if (!viewer || !*viewer)
        return;
    drop_job(*viewer);
    shown_copy_fini(&(*viewer)->tones);
    free_scene(*viewer);
    free(*viewer);
    *viewer = NULL;
}

static bool make_pictures(struct viewer *v, float aspect, struct error *err)
{
    free_pictures(v);
    const struct renderer_options still = {.width = v->opt.width - v->free,
                                           .height = v->opt.height,
                                           .aspect = aspect,
                                           .air_block = AIR_BLOCK};
    renderer_fit_aspect(still.width, still.height, aspect, &v->width, &v->height);
    v->x = v->free + (still.width - v->width) / 2;
    v->y = (v->opt.height - v->height) / 2;
    v->aspect = aspect;
    v->unchanged = 0;
    v->shows_rest = false;
    return moving_init(&v->moving, v->scene, v->width, v->height, err) &&
           rest_init(&v->rest, v->scene, &still, err);
}

/* Returns samples a side of the clipmap's levels. Flying has no time for those of large pictures.
 */
static int clipmap_size(const struct viewer *v)
{
    int size = clipmap_size_for(v->opt.width);
    return size < 512 ? size : 512;
}

static bool make_scene(struct viewer *v, struct error *err)
{
    const struct scene_options o = {.clipmap_n = clipmap_size(v), .machine = v->opt.machine};
    v->scene = calloc(1, sizeof *v->scene);
    if (!v->scene)
        return error_set(err, ERROR_FAILED, "out of memory");
    if (!scene_init(v->scene, v->gpu, v->res, &o, err)) {
        free(v->scene);
        v->scene = NULL;
        return false;
    }
    viewer_pace_init(&v->pace);
    follow_init(&v->follow);
    return true;
}

bool viewer_resize(struct viewer *v, int width, int height, int free, struct error *err)
{
    width = width > 1 ? width : 1;
    height = height > 1 ? height : 1;
    free = free < 0 ? 0 : free < width ? free : width - 1;
    if (width == v->opt.width && height == v->opt.height && free == v->free)
        return true;
    v->free = free;
    v->opt.width = width;
    v->opt.height = height;
    viewer_pace_forget(&v->pace);
    if (v->has_params && v->scene->clipmap.n != clipmap_size(v))
        return viewer_reload_shaders(v, err);
    return !v->has_params || make_pictures(v, v->aspect, err);
}

/* --- parameters ----------------------------------------------------------------------------- */

static bool take_params(struct viewer *v, const struct params *given, struct error *err)
{
    struct params old = v->scene->params, ours = *given, *p = &ours;
    bool first = !v->scene->has_params;
    if (!first && given->grade_auto && old.grade_auto) { /* until the eye rests again */
        ours.grade_black = old.grade_black;
        ours.grade_white = old.grade_white;
        ours.camera_black = ours.camera_white = 0;
    }
    if (!first && memcmp(p, &old, sizeof old) == 0)
        return true;
    if (!scene_take_params(v->scene, p, NULL, err))
        return false;
    v->unchanged = 0;
    if (first || v->scene->terrain.stands != 0)
        v->eye_known = false;
    if (!first && params_changed(&old, &v->scene->params) & AFFECTS_LAND)
        v->eye_known = false;
    if (v->aspect != p->grade_aspect || first)
        return make_pictures(v, p->grade_aspect, err);
    return true;
}

/* What is asked for, on the land that is there. */
static struct params on_present_land(const struct viewer *v)
{
    struct params p = v->wanted;
    const struct params *now = &v->scene->params;
    params_take_affecting(&p, now, AFFECTS_WORLD);
    if (p.camera_place != 0)
        params_take_affecting(&p, now, AFFECTS_VIEW);
    placed_take(&p, now); /* their places are not known here */
    return p;
}

static bool finish_job(struct viewer *v, struct error *err)
{
    struct world_data data;
    struct error failed = {0};
    v->building = false;
    if (!world_job_finish(&v->job, &data, &failed)) {
        v->build_error = failed;
        *err = failed;
        return false;
    }
    v->build_error.text[0] = '\0';
    bool ok = scene_take_world(v->scene, &v->job.params, &data, err);
    world_data_fini(&data);
    if (!ok)
        v->build_error = *err;
    moving_forget(&v->moving);
    rest_forget(&v->rest);
    v->unchanged = 0;
    v->eye_known = false;
    return ok && take_params(v, &v->wanted, err);
}

bool viewer_wait_world(struct viewer *v, struct error *err)
{
    return !v->building || finish_job(v, err);
}

static void begin_job(struct viewer *v)
{
    bool same = world_same_request(&v->job.params, &v->wanted);
    if (same && (v->building || v->build_error.text[0]))
        return; /* at it, or it has failed */
    drop_job(v);
    v->build_error.text[0] = '\0';
    world_job_start(&v->job, &v->wanted, &v->opt.machine);
    v->building = true;
}

/* The listener is told from this thread: it may draw. */
static void wait_job(struct viewer *v, struct progress *progress)
{
    const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
    while (progress && !world_job_done(&v->job)) {
        if (!progress_step(progress, atomic_load(&v->job.step), atomic_load(&v->job.share) / 1e3))
            world_job_cancel(&v->job);
        nanosleep(&pause, NULL);
    }
}

/* Programs that a scene builds, and that the first frames use, about: of a bar, which need not be
 * exact. */
#define PROGRAMS_BUILT 15
#define PROGRAMS_USED  40

struct warming {
    struct progress *progress;
    bool stopped;
};

static void tell_warming(void *user, int built, int used)
{
    struct warming *w = user;
    GLint draw, read;
    glFinish(); /* what the driver compiles meanwhile is over */
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &draw);
    glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &read);
    bool compiling = built == 0; /* a scene that is built uses some at once */
    double share = compiling ? (double)used / PROGRAMS_USED : (double)built / PROGRAMS_BUILT;
    if (!progress_step(w->progress, compiling ? "compiling shaders" : "reading shaders",
                       fmin(share, 1)))
        w->stopped = true;
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, (GLuint)draw);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, (GLuint)read);
}

static bool make_scene_told(struct viewer *v, struct progress *progress, struct error *err)
{
    struct warming w = {.progress = progress};
    gpu_program_watch(progress ? tell_warming : NULL, &w);
    bool ok = make_scene(v, err);
    gpu_program_watch(NULL, NULL);
    return ok;
}

bool viewer_set_params(struct viewer *v, const struct params *p, struct progress *progress,
                       struct error *err)
{
    if (!scene_check_params(p, err))
        return false;
    v->wanted = *p;
    bool first = !v->has_params;
    if (!v->scene || !scene_has_world(v->scene, p)) {
        begin_job(v);
        if (!v->scene && !make_scene_told(v, progress, err)) {
            free_scene(v);
            return false;
        }
        if (first) {
            wait_job(v, progress);
            if (!finish_job(v, err))
                return false;
            v->has_params = true;
            return true;
        }
        struct params now = on_present_land(v);
        return take_params(v, &now, err);
    }
    drop_job(v); /* of a land that was asked for meanwhile */
    v->build_error.text[0] = '\0';
    v->has_params = true;
    return take_params(v, p, err);
}

const struct params *viewer_params(const struct viewer *v)
{
    return &v->scene->params;
}

/* --- frames --------------------------------------------------------------------------------- */

/* Where the eye is: over the ground, which is drawn for it and read back where it has moved. */
static void find_eye(struct viewer *v)
{
    struct scene *s = v->scene;
    double x = s->params.camera_x, y = s->params.camera_y;
    if (!v->eye_known || x != v->ground_of[0] || y != v->ground_of[1])
        s->ground_m = scene_ground_at(s, x, y);
    v->ground_of[0] = x;
    v->ground_of[1] = y;
    v->eye_known = true;
    s->eye = frame_eye_derive(&s->params, s->ground_m);
}

/* Does one piece of work on the land, then on what stands on it; false when none was left. */
static bool step(struct viewer *v)
{
    struct scene *s = v->scene;
    if (follow_step(&v->follow, s))
        return true;
    struct frame f;
    scene_upload_land_frame(s, &f); /* subjects ask for the ground about the eye */
    const struct subject_site site = scene_site(s);
    return subjects_fill(&s->subjects, &site);
}

/* The land's share of a frame. Beside something that the user may be at, what is missing comes a
 * piece a frame. True when nothing was left to do; `rushed`: it took more than usual. */
static bool keep_up(struct viewer *v, bool *rushed)
{
    double start = clock_seconds();
    bool more = true;
    *rushed = follow_behind(v->scene);
    for (int i = 0; more && i < (*rushed && v->free > 0 ? 1 : LAND_STEPS); i++)
        more = step(v);
    while (more && v->free == 0 && follow_behind(v->scene) &&
           clock_seconds() - start < CATCH_UP_S) {
        more = step(v);
        glFinish();
    }
    follow_finish(&v->follow, v->scene);
    return !more;
}

/* Returns where the picture of the last frame lies. */
static struct shown shown(const struct viewer *v)
{
    struct shown s = {v->moving.show_target.fbo,
                      0,
                      0,
                      v->x,
                      v->y,
                      v->width,
                      v->height,
                      v->opt.width,
                      v->opt.height};
    if (v->shows_rest) {
        s.fbo = rest_picture(&v->rest);
        s.from_x = v->x - v->free;
        s.from_y = v->y;
    }
    return s;
}

/* Draws bars, and the picture between them. */
static void put(const struct viewer *v, unsigned fbo, const struct shown *s)
{
    glBindFramebuffer(GL_FRAMEBUFFER, fbo);
    glDisable(GL_SCISSOR_TEST);
    if (v->width < v->opt.width || v->height < v->opt.height) {
        glClearColor(0, 0, 0, 1);
        glClear(GL_COLOR_BUFFER_BIT);
    }
    int x = s->from_x, y = s->from_y;
    glBindFramebuffer(GL_READ_FRAMEBUFFER, s->fbo);
    glBlitFramebuffer(x, y, x + v->width, y + v->height, v->x, v->y, v->x + v->width,
                      v->y + v->height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_FRAMEBUFFER, fbo);
    glViewport(0, 0, v->opt.width, v->opt.height);
}

static bool draw_moving(struct viewer *v, double budget_s, struct error *err)
{
    double scale = v->opt.internal_width > 0 ? fmin((double)v->opt.internal_width / v->width, 1)
                                             : viewer_pace_scale(&v->pace, budget_s);
    int w = (int)fmax(16, floor(scale * v->width + 0.5));
    int h = (int)fmax(16, floor(scale * v->height + 0.5));
    if (!moving_set_size(&v->moving, w, h, err))
        return false;
    moving_draw(&v->moving, v->scene, &v->follow);
    return true;
}

/* The still's picture does not pop up, once there is one: it is blended in. */
static void fade(struct viewer *v)
{
    bool there = rest_has_picture(&v->rest);
    v->faded = !there ? 0 : v->faded < FADE ? v->faded + 1 : FADE;
    v->shows_rest = v->faded == FADE;
    if (there && !v->shows_rest)
        moving_fade(&v->moving, v->scene, rest_texture(&v->rest), v->x - v->free, v->y,
                    1.0 / (FADE - v->faded + 1));
}

bool viewer_frame(struct viewer *v, unsigned fbo, double budget_s, struct error *err)
{
    if (!v->has_params || !v->rest.renderer)
        return error_set(err, ERROR_FAILED, "there is nothing to draw with");
    /* A world that failed leaves the last one; build_error tells. */
    struct error failed;
    if (v->building && world_job_done(&v->job))
        finish_job(v, &failed);
    bool resting = v->unchanged > SETTLED && rest_step(&v->rest, v->scene, &v->follow, budget_s);
    v->moved = !resting;
    if (!resting) {
        viewer_pace_begin(&v->pace);
        find_eye(v);
        bool rushed, kept_up = keep_up(v, &rushed);
        if (v->unchanged == 0)
            rest_forget(&v->rest);
        if (!draw_moving(v, budget_s, err))
            return false;
        viewer_pace_end(&v->pace, rushed);
        if (kept_up || v->unchanged == 0)
            v->unchanged++;
    }
    fade(v);
    struct shown s = shown(v);
    put(v, fbo, &s);
    GLenum code = glGetError();
    if (code != GL_NO_ERROR)
        return error_set(err, ERROR_FAILED, "OpenGL error 0x%04x while drawing", code);
    return true;
}

/* --- the first frames ----------------------------------------------------------------------- */

bool viewer_warm_up(struct viewer *v, struct progress *progress, struct error *err)
{
    struct warming w = {.progress = progress};
    gpu_program_watch(progress ? tell_warming : NULL, &w);
    find_eye(v);
    while (!w.stopped && step(v))
        glFinish();
    follow_finish(&v->follow, v->scene);
    bool ok = w.stopped || (draw_moving(v, 1, err) && rest_warm_up(&v->rest, v->scene, &v->follow));
    if (ok)
        moving_fade(&v->moving, v->scene, rest_texture(&v->rest), 0, 0, 0);
    glFinish();
    gpu_program_watch(NULL, NULL);
    v->unchanged = 0;
    viewer_pace_forget(&v->pace);
    if (w.stopped)
        return error_set(err, ERROR_INTERRUPTED, "interrupted");
    return ok || error_set(err, ERROR_FAILED, "the picture cannot be drawn");
}

bool viewer_reload_shaders(struct viewer *v, struct error *err)
{
    if (!v->has_params)
        return true;
    struct viewer *fresh = viewer_create(v->gpu, v->res, &v->opt, err);
    if (!fresh)
        return false;
    fresh->free = v->free;
    if (!make_scene(fresh, err) || !make_pictures(fresh, v->aspect, err)) {
        viewer_destroy(&fresh);
        shader_set_bind(&v->scene->shaders);
        return false;
    }
    struct scene *old = v->scene, *now = fresh->scene;
    struct params p = old->params;
    now->terrain = old->terrain;
    now->has_world = old->has_world;
    now->world_of = old->world_of;
    old->terrain = (struct world_textures){0};
    free_scene(v);
    v->scene = now;
    v->follow = fresh->follow;
    v->moving = fresh->moving;
    v->rest = fresh->rest;
    v->pace = fresh->pace;
    v->x = fresh->x; /* of another size, where levels are */
    v->y = fresh->y;
    v->width = fresh->width;
    v->height = fresh->height;
    free(fresh);
    shader_set_bind(&v->scene->shaders);
    v->eye_known = false;
    v->unchanged = 0;
    return scene_take_params(v->scene, &p, NULL, err);
}

bool viewer_ground(struct viewer *v, double x, double y, double *altitude_m)
{
    if (!v->has_params)
        return false;
    *altitude_m = scene_ground_at(v->scene, x, y);
    return true;
}

/* --- what is told --------------------------------------------------------------------------- */

void viewer_get_state(struct viewer *v, struct viewer_state *out)
{
    const struct moving_sample *w = &v->moving.sample;
    *out = (struct viewer_state){.x = v->x,
                                 .y = v->y,
                                 .width = v->width,
                                 .height = v->height,
                                 .internal_width = w->width,
                                 .internal_height = w->height,
                                 .moved = v->moved,
                                 .resting = v->shows_rest,
                                 .rest_samples = rest_samples(&v->rest),
                                 .rest_total = REST_SAMPLES,
                                 .building = v->building,
                                 .build_step = "",
                                 .triangles = v->moving.triangles,
                                 .ground_m = v->scene->ground_m};
    if (v->building) {
        out->build_share = atomic_load(&v->job.share) / 1000.0;
        out->build_step = atomic_load(&v->job.step);
    }
    out->build_error = v->build_error.text;
    for (enum pass i = 0; i < PASS_COUNT; i++)
        if (pass_makers(i) & PASSES_LIVE)
            out->passes[out->pass_count++] =
                (struct viewer_pass){pass_name(i), passes_known_ms(&v->moving.passes, i)};
}

bool viewer_read(struct viewer *v, struct image *out, struct error *err)
{
    struct shown s = shown(v);
    return shown_read(&s, out, err);
}

bool viewer_read_tones(struct viewer *v, struct tones *out, struct error *err)
{
    struct shown s = shown(v);
    return shown_read_tones(&s, &v->tones, out, err);
}
