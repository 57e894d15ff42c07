#include "render/frame/frame.h"

#include <cglm/cglm.h>
#include <math.h>
#include <string.h>

/* Samples of a pixel from which on surfaces are drawn as finely as half a pixel. */
enum { FINE_SAMPLES = 4 };

const struct frame_row frame_rows[] = {
#define FRAME_ROW(name)               {"Frame." #name, offsetof(struct frame, name)},
#define FRAME_MAT4(name)              FRAME_ROW(name)
#define FRAME_VEC4(name)              FRAME_ROW(name)
#define FRAME_IVEC4(name)             FRAME_ROW(name)
#define FRAME_VEC4_ARRAY(name, count) {"Frame." #name "[0]", offsetof(struct frame, name)},
#include "base/consts.h"
#include "render/frame/frame.def"
#undef FRAME_MAT4
#undef FRAME_VEC4
#undef FRAME_IVEC4
#undef FRAME_VEC4_ARRAY
};
const size_t frame_row_count = sizeof frame_rows / sizeof *frame_rows;

const char *frame_glsl(void)
{
#define FRAME_MAT4(name)              "    mat4 " #name ";\n"
#define FRAME_VEC4(name)              "    vec4 " #name ";\n"
#define FRAME_IVEC4(name)             "    ivec4 " #name ";\n"
#define FRAME_VEC4_ARRAY(name, count) "    vec4 " #name "[" #count "];\n"
    return "layout(std140) uniform Frame {\n"
#include "render/frame/frame.def"
           "} frame;\n";
#undef FRAME_MAT4
#undef FRAME_VEC4
#undef FRAME_IVEC4
#undef FRAME_VEC4_ARRAY
}

double frame_halton(int i, int base)
{
    double result = 0, fraction = 1.0 / base;
    for (; i > 0; i /= base, fraction /= base)
        result += fraction * (i % base);
    return result;
}

struct frame_eye frame_eye_derive(const struct params *p, double ground_m)
{
    struct frame_eye eye = {.x = p->camera_x, .y = p->camera_y};
    double lowest = ground_m + 0.2; /* m: the lens stays out of the ground; by eye */
    double wanted = p->camera_above == 0 ? ground_m + p->camera_height : p->camera_height;
    eye.altitude = wanted > lowest ? wanted : lowest;
    return eye;
}

/* The camera's axes in the world, and half the picture's size at distance 1. */
struct camera {
    vec3 right, up, forward;
    double half_x, half_y;
};

static struct camera camera_axes(const struct params *p, double aspect)
{
    struct camera c;
    double yaw = p->camera_yaw, pitch = p->camera_pitch, roll = p->camera_roll;
    vec3 right = {(float)cos(yaw), (float)-sin(yaw), 0};
    vec3 up;
    c.forward[0] = (float)(sin(yaw) * cos(pitch));
    c.forward[1] = (float)(cos(yaw) * cos(pitch));
    c.forward[2] = (float)sin(pitch);
    glm_vec3_cross(right, c.forward, up);
    for (int i = 0; i < 3; i++) {
        c.right[i] = (float)(right[i] * cos(roll) - up[i] * sin(roll));
        c.up[i] = (float)(up[i] * cos(roll) + right[i] * sin(roll));
    }
    c.half_x = FRAME_WIDTH_M / 2 / p->camera_focal;
    c.half_y = c.half_x / aspect;
    return c;
}

/* Where the sample stands: in the pixel (normalised device units) and on the lens (metres). */
struct sample_offsets {
    double x, y;
    double lens_x, lens_y;
};

/* A tent of one pixel's half width: its inverse distribution. */
static double tent(double u)
{
    return u < 0.5 ? sqrt(2 * u) - 1 : 1 - sqrt(2 - 2 * u);
}

static struct sample_offsets sample_offsets(const struct params *p, const struct frame_options *o)
{
    struct sample_offsets s = {0};
    if (o->sample_count <= 1) {
        s.x = o->jitter[0] * 2 / o->width;
        s.y = o->jitter[1] * 2 / o->height;
        return s;
    }
    int i = o->sample + 1;
    s.x = tent(frame_halton(i, 2)) * 2 / o->width;
    s.y = tent(frame_halton(i, 3)) * 2 / o->height;
    if (p->camera_fstop > 0) {
        double radius = 0.5 * p->camera_focal / p->camera_fstop * sqrt(frame_halton(i, 5));
        double angle = 2 * PI * frame_halton(i, 7);
        s.lens_x = radius * cos(angle);
        s.lens_y = radius * sin(angle);
    }
    return s;
}

void frame_shutter(struct params *p, struct frame_eye *eye, int sample, int sample_count)
{
    if (p->camera_shutter <= 0 || sample_count <= 1)
        return;
    /* An additive recurrence of its own: independent of what spreads the samples elsewhere. */
    double u = (sample + 0.5) * (sqrt(2) - 1);
    double t = (u - floor(u) - 0.5) * p->camera_shutter;
    eye->x += t * p->camera_move_east;
    eye->y += t * p->camera_move_north;
    eye->altitude += t * p->camera_move_up;
    p->camera_yaw += (float)(t * p->camera_turn_yaw);
    p->camera_pitch += (float)(t * p->camera_turn_pitch);
    p->camera_roll += (float)(t * p->camera_turn_roll);
    p->wind_time += (float)t;
}

void frame_step_aside(const struct params *p, struct frame_eye *eye, double metres)
{
    struct camera c = camera_axes(p, 1);
    eye->x += metres * (double)c.right[0];
    eye->y += metres * (double)c.right[1];
    eye->altitude += metres * (double)c.right[2];
}

/* A window of the picture: its middle and half its size, in the picture's device units. */
struct picture_window {
    double x, y, half_x, half_y;
};

static struct picture_window window_of(const struct frame_options *o)
{
    struct picture_window w = {0, 0, 1, 1};
    if (o->whole_width > 0) {
        w.half_x = (double)o->width / o->whole_width;
        w.half_y = (double)o->height / o->whole_height;
        w.x = (2.0 * o->crop_x + o->width) / o->whole_width - 1;
        w.y = (2.0 * o->crop_y + o->height) / o->whole_height - 1;
    }
    return w;
}

static void derive_view(struct frame *f, const struct params *p, const struct frame_options *o)
{
    struct frame_options whole = *o;
    if (o->whole_width > 0) {
        whole.width = o->whole_width;
        whole.height = o->whole_height;
    }
    struct picture_window window = window_of(o);
    struct camera c = camera_axes(p, (double)whole.width / whole.height);
    struct sample_offsets s = sample_offsets(p, &whole);
    double focus = o->focus > 0 ? o->focus : fmax(p->camera_focus, FRAME_NEAR_M);
    double shear_x = s.lens_x / focus / c.half_x - s.x - window.x;
    double shear_y = s.lens_y / focus / c.half_y - s.y - window.y;
    double near = FRAME_NEAR_M;
    mat4 m;
    for (int i = 0; i < 3; i++) {
        double w = c.forward[i];
        m[i][0] = (float)((c.right[i] / c.half_x + shear_x * w) / window.half_x);
        m[i][1] = (float)((c.up[i] / c.half_y + shear_y * w) / window.half_y);
        m[i][2] = o->reversed_depth ? 0.0f : (float)-w;
        m[i][3] = (float)w;
    }
    /* The lens shift: v = P - o. */
    m[3][0] = (float)(-s.lens_x / c.half_x / window.half_x);
    m[3][1] = (float)(-s.lens_y / c.half_y / window.half_y);
    m[3][2] = (float)(o->reversed_depth ? near : 2 * near);
    m[3][3] = 0;
    memcpy(f->clip_from_world, m, sizeof f->clip_from_world);

    double corner_x = window.x - window.half_x + s.x - s.lens_x / focus / c.half_x;
    double corner_y = window.y - window.half_y + s.y - s.lens_y / focus / c.half_y;
    for (int i = 0; i < 3; i++) {
        f->ray_origin[i] = (float)(c.forward[i] + corner_x * c.half_x * c.right[i] +
                                   corner_y * c.half_y * c.up[i]);
        f->ray_dx[i] = (float)(2 * window.half_x * c.half_x * c.right[i]);
        f->ray_dy[i] = (float)(2 * window.half_y * c.half_y * c.up[i]);
    }
    f->eye[2] = (float)(2 * c.half_x / whole.width);
    /* So many samples of a pixel hold what is half as wide. */
    f->surface[0] = f->eye[2] * (o->sample_count >= FINE_SAMPLES ? 0.5f : 1);
    f->crop[0] = o->crop_x;
    f->crop[1] = o->crop_y;
}

static void set_size(float out[4], int width, int height)
{
    out[0] = (float)width;
    out[1] = (float)height;
    out[2] = 1.0f / (float)width;
    out[3] = 1.0f / (float)height;
}

static void derive_sun(struct frame *f, const struct params *p)
{
    double elevation = p->sun_elevation, azimuth = p->sun_azimuth;
    f->sun[0] = (float)(sin(azimuth) * cos(elevation));
    f->sun[1] = (float)(cos(azimuth) * cos(elevation));
    f->sun[2] = (float)sin(elevation);
    f->sun[3] = (float)FRAME_SUN_RADIUS;
    double highest = 89.5 * PI / 180;
    f->sun_slope[0] = (float)sin(azimuth);
    f->sun_slope[1] = (float)cos(azimuth);
    f->sun_slope[2] = (float)tan(fmin(elevation - FRAME_SUN_RADIUS, highest - FRAME_SUN_RADIUS));
    f->sun_slope[3] = (float)tan(fmin(elevation + FRAME_SUN_RADIUS, highest));
    f->sun_angle[0] = (float)elevation;
}

static void derive_ground(struct frame *f, const struct params *p)
{
    double albedo[AIR_WAVES];
    air_ground_albedo(p, albedo);
    for (int i = 0; i < AIR_WAVES; i++)
        f->ground_albedo[i] = (float)albedo[i];
}

/* The billows drift with the wind: where the eye stands on a lattice of that size. */
static void drift_sheet(const struct params *p, const struct frame_eye *eye, double size,
                        int32_t cell[2], float off[2])
{
    double way = p->wind_from + PI, drift = p->wind_speed * p->wind_time;
    double at[2] = {(eye->x - sin(way) * drift) / size, (eye->y - cos(way) * drift) / size};
    for (int i = 0; i < 2; i++) {
        cell[i] = (int32_t)floor(at[i]);
        off[i] = (float)(at[i] - floor(at[i]));
    }
}

/* Which pixel of its block the air is marched for: its quarters in four samples, and those of a
 * block of four in sixteen. */
static void place_in_block(int sample, int block, int32_t at[2])
{
    static const int quarters[4][2] = {{0, 0}, {1, 1}, {1, 0}, {0, 1}};
    for (int i = 0; i < 2; i++)
        at[i] =
            quarters[sample & 3][i] * (block / 2) + (block == 4 ? quarters[sample >> 2 & 3][i] : 0);
}

void frame_derive(struct frame *f, const struct params *p, const struct frame_eye *eye,
                  const struct frame_options *opt)
{
    memset(f, 0, sizeof *f);
    derive_view(f, p, opt);
    derive_sun(f, p);
    derive_ground(f, p);
    drift_sheet(p, eye, p->fog_billow_size, f->sheet_cell, f->sheet_off);
    drift_sheet(p, eye, p->slab_billow_size, f->sheet_cell + 2, f->sheet_off + 2);
    set_size(f->size, opt->width, opt->height);
    set_size(f->air_size, opt->air_width, opt->air_height);
    f->shot[0] = opt->sample;
    place_in_block(opt->sample, opt->air_block, f->shot + 2);
    f->eye[0] = (float)eye->altitude;
    f->eye[1] = (float)PLANET_M;
    double tile_x = floor(eye->x / TILE_M), tile_y = floor(eye->y / TILE_M);
    f->eye_tile[0] = (int32_t)tile_x;
    f->eye_tile[1] = (int32_t)tile_y;
    f->eye_off[2] = (float)opt->air_x;
    f->eye_off[0] = (float)(eye->x - tile_x * TILE_M);
    f->eye_off[1] = (float)(eye->y - tile_y * TILE_M);
}
