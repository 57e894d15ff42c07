#include "tests/render/posts_scene.h"
#include "base/consts.h"

#include "render/ground/clipmap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI         3.14159265358979323846
#define HALF_ANGLE 0.36 /* rad: bearing of the outermost posts */
#define FOCAL_M    0.040

/* ---- what stands where ---- */

static double post_distance(int i)
{
    return POSTS_APART_M * (i + 1);
}

/* To the right of the view, rad. */
static double post_bearing(int i)
{
    return HALF_ANGLE * (2.0 * i / (POSTS_COUNT - 1) - 1);
}

static double post_half_angle(int i)
{
    return 0.5 * POSTS_WIDTH_M / post_distance(i);
}

static double view_yaw(const struct params *p)
{
    return (double)p->sun_azimuth + PI;
}

struct ray {
    double bearing, elevation; /* rad; to the right of the view */
    double level, rise;        /* cosine and sine of the elevation */
};

/* x, y: pixels from the left and the bottom. */
static struct ray ray_of(const struct frame *f, double yaw, int x, int y)
{
    double v[3], length = 0;
    for (int k = 0; k < 3; k++) {
        v[k] = (double)f->ray_origin[k] + (x + 0.5) * (double)f->size[2] * (double)f->ray_dx[k] +
               (y + 0.5) * (double)f->size[3] * (double)f->ray_dy[k];
        length += v[k] * v[k];
    }
    length = sqrt(length);
    double right = v[0] * cos(yaw) - v[1] * sin(yaw), ahead = v[0] * sin(yaw) + v[1] * cos(yaw);
    struct ray r = {.bearing = atan2(right, ahead), .elevation = asin(v[2] / length)};
    r.level = cos(r.elevation);
    r.rise = v[2] / length;
    return r;
}

/* Metres to the datum's sphere, 0 when the ray passes over it. */
static double ground_reach(const struct ray *r)
{
    double radius = PLANET_M + POSTS_EYE_M, b = radius * r->rise;
    double c = POSTS_EYE_M * (2 * PLANET_M + POSTS_EYE_M), under = b * b - c;
    return b < 0 && under >= 0 ? c / (sqrt(under) - b) : 0;
}

/* Metres to a post, 0 for none. */
static double post_reach(const struct ray *r)
{
    for (int i = 0; i < POSTS_COUNT; i++) {
        double d = post_distance(i), z = POSTS_EYE_M + d * r->rise / r->level;
        if (fabs(r->bearing - post_bearing(i)) < post_half_angle(i) && z > 0 && z < POSTS_HEIGHT_M)
            return d / r->level;
    }
    return 0;
}

/* ---- the passes ---- */

static bool open_sky(struct posts *s, struct error *err)
{
    enum { N = POSTS_CLIPMAP_N };
    size_t count = (size_t)2 * N * N * CLIPMAP_LEVELS;
    float *never = malloc(count * sizeof *never);
    if (!never)
        return error_set(err, ERROR_FAILED, "out of memory");
    for (size_t i = 0; i < count; i++)
        never[i] = -1e9f; /* m: the sun is seen from there up */
    gpu_texture_bind(&s->shadow, UNIT_SHADOW);
    glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, N, N, CLIPMAP_LEVELS, GL_RG, GL_FLOAT, never);
    free(never);
    return true;
}

bool posts_init(struct posts *s, const struct shader_set *shaders, int width, int height,
                struct error *err)
{
    enum { N = POSTS_CLIPMAP_N };
    *s = (struct posts){.reach = malloc((size_t)width * (size_t)height * sizeof *s->reach)};
    bool ok =
        (s->reach || error_set(err, ERROR_FAILED, "out of memory")) &&
        plane_init(&s->light, width, height, 3, err) &&
        plane_init(&s->inscatter, width, height, 3, err) &&
        plane_init(&s->through, width, height, 3, err) &&
        plane_init(&s->surface, width, height, 3, err) && air_pass_init(&s->air, err) &&
        air_march_init(&s->march, shaders, width, height, 1, NULL, 0, err) &&
        gpu_texture_init(&s->distance, GL_R32F, width, height, 0, GPU_NEAREST, GPU_CLAMP, err) &&
        gpu_texture_init(&s->shadow, GL_RG32F, N, N, CLIPMAP_LEVELS, GPU_LINEAR, GPU_REPEAT, err) &&
        open_sky(s, err);
    if (!ok)
        posts_fini(s);
    return ok;
}

void posts_fini(struct posts *s)
{
    air_march_fini(&s->march);
    air_pass_fini(&s->air);
    gpu_texture_fini(&s->distance);
    gpu_texture_fini(&s->shadow);
    plane_fini(&s->light);
    plane_fini(&s->inscatter);
    plane_fini(&s->through);
    plane_fini(&s->surface);
    free(s->reach);
    s->reach = NULL;
}

bool posts_take_air(struct posts *s, const struct params *p, struct error *err)
{
    const struct frame_options one = {.width = 1, .height = 1, .sample_count = 1};
    const struct frame_eye eye = {0};
    frame_derive(&s->frame, p, &eye, &one); /* for the ground's albedo */
    struct air_column *c = malloc(sizeof *c);
    if (!c)
        return error_set(err, ERROR_FAILED, "out of memory");
    double albedo[AIR_WAVES], beam[AIR_WAVES], sine = fmax(0, sin((double)p->sun_elevation));
    bool ok = air_pass_update(&s->air, p, s->frame.ground_albedo, err);
    for (int w = 0; w < AIR_WAVES; w++)
        albedo[w] = (double)s->frame.ground_albedo[w];
    air_column_solve(c, &s->air.air, p->sun_elevation, albedo, AIR_ORDER);
    air_column_read(c, AIR_TABLE_BEAM, 0, beam);
    for (int w = 0; w < AIR_WAVES; w++)
        s->ground[w] =
            (float)(albedo[w] / PI * (beam[w] * sine + air_column_sky_irradiance(c, 0, w)));
    free(c);
    return ok;
}

/* Fills the distances and the surfaces' light for the rays of the frame. */
static void place(struct posts *s, double yaw)
{
    int width = s->light.width, height = s->light.height;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            struct ray r = ray_of(&s->frame, yaw, x, y);
            double post = post_reach(&r), reach = post > 0 ? post : ground_reach(&r);
            float *surface = plane_at(&s->surface, x, height - 1 - y);
            s->reach[(size_t)y * (size_t)width + (size_t)x] = (float)reach;
            for (int w = 0; w < AIR_WAVES; w++)
                surface[w] = post > 0 || reach <= 0 ? 0 : s->ground[w];
        }
    }
    gpu_texture_bind(&s->distance, UNIT_DISTANCE);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RED, GL_FLOAT, s->reach);
}

static void add_sample(struct posts *s, int samples)
{
    size_t count = (size_t)s->light.width * (size_t)s->light.height * 3;
    gpu_texture_read(&s->march.inscatter, UNIT_LIGHT, 3, s->inscatter.values);
    gpu_texture_read(&s->march.through, UNIT_LIGHT, 3, s->through.values);
    for (size_t i = 0; i < count; i++)
        s->light.values[i] +=
            (s->surface.values[i] * s->through.values[i] + s->inscatter.values[i]) / (float)samples;
}

static void describe(struct posts *s, const struct shader_set *shaders, const struct params *p,
                     const struct posts_view *view, int sample)
{
    const struct frame_eye eye = {.x = view->x, .y = view->y, .altitude = POSTS_EYE_M};
    const struct clipmap where = {.n = POSTS_CLIPMAP_N};
    const struct frame_options options = {.width = s->light.width,
                                          .height = s->light.height,
                                          .air_width = s->light.width,
                                          .air_height = s->light.height,
                                          .sample = sample,
                                          .sample_count = view->samples};
    frame_derive(&s->frame, p, &eye, &options);
    air_pass_describe(&s->air, &s->frame);
    clipmap_describe(&where, &s->frame, view->x, view->y);
    shader_upload_params(shaders, p);
    shader_upload_frame(shaders, &s->frame);
}

void posts_draw(struct posts *s, const struct shader_set *shaders,
                const struct gpu_triangle *triangle, const struct params *p,
                const struct posts_view *view)
{
    struct params ours = *p;
    ours.camera_focal = (float)FOCAL_M;
    ours.camera_yaw = (float)view_yaw(p);
    ours.camera_pitch = ours.camera_roll = ours.camera_fstop = 0;
    memset(s->light.values, 0,
           (size_t)s->light.width * (size_t)s->light.height * 3 * sizeof *s->light.values);
    for (int sample = 0; sample < view->samples; sample++) {
        describe(s, shaders, &ours, view, sample);
        place(s, view_yaw(p));
        gpu_texture_bind(&s->shadow, UNIT_SHADOW);
        air_pass_bind(&s->air);
        air_march_run(&s->march, triangle);
        add_sample(s, view->samples);
    }
}

/* ---- contrast ---- */

/* A sample's ray goes through up to a pixel and its neighbour. */
#define MARGIN_PX 1.5

/* What a pixel shows of a post: 1 it, 2 the horizon beside it, 0 neither or both. */
static int part_of(const struct ray *r, int post, double pixel)
{
    double margin = MARGIN_PX * pixel, half = post_half_angle(post);
    double off = fabs(r->bearing - post_bearing(post));
    double top = (POSTS_HEIGHT_M - POSTS_EYE_M) / post_distance(POSTS_COUNT - 1);
    if (r->elevation < margin || r->elevation > top - margin)
        return 0;
    if (off < half - margin)
        return 1;
    return off > half + margin && off < 2 * half + 2 * margin ? 2 : 0;
}

void posts_measure(const struct posts *s, struct posts_contrast out[POSTS_COUNT])
{
    double sum[POSTS_COUNT][3][AIR_WAVES] = {{{0}}}, count[POSTS_COUNT][3] = {{0}};
    int width = s->light.width, height = s->light.height;
    double yaw = atan2((double)s->frame.sun_slope[0], (double)s->frame.sun_slope[1]) + PI;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            struct ray r = ray_of(&s->frame, yaw, x, y);
            for (int i = 0; i < POSTS_COUNT; i++) {
                int part = part_of(&r, i, (double)s->frame.eye[2]);
                for (int w = 0; w < AIR_WAVES; w++)
                    sum[i][part][w] += (double)plane_at(&s->light, x, height - 1 - y)[w];
                count[i][part]++;
            }
        }
    }
    for (int i = 0; i < POSTS_COUNT; i++) {
        out[i].distance = post_distance(i);
        for (int w = 0; w < AIR_WAVES; w++) {
            double e = air_at(&s->air.air, POSTS_EYE_M, w).extinction;
            out[i].contrast[w] = 1 - sum[i][1][w] / count[i][1] / (sum[i][2][w] / count[i][2]);
            out[i].stated[w] = exp(-e * out[i].distance);
        }
    }
}
