/* What is derived from the parameters before anything is drawn (no GL): camera and sun maths.
 *
 * World axes: x east, y north, z up; shaders see metres relative to the eye. The sun's azimuth and
 * the camera's yaw are bearings (clockwise from north). The planet's curvature is a drop of
 * d^2 / 2R. Depth is reversed and infinite: 1 at the near plane, 0 far away. */
#ifndef STILLAIR_RENDER_FRAME_FRAME_H
#define STILLAIR_RENDER_FRAME_FRAME_H

#include "air/air.h"
#include "preset/params/params.h"

#include <stdint.h>

#define FRAME_NEAR_M 0.1
/* Farther than any land (it ends 131 km away), nearer than nothing. */
#define FRAME_FARTHEST_M 1e6
/* The sun's angular radius, 16 minutes of arc. */
#define FRAME_SUN_RADIUS 4.65e-3

struct frame {
#define FRAME_MAT4(name)              float name[16];
#define FRAME_VEC4(name)              float name[4];
#define FRAME_IVEC4(name)             int32_t name[4];
#define FRAME_VEC4_ARRAY(name, count) float name[count][4];
#include "render/frame/frame.def"
#undef FRAME_MAT4
#undef FRAME_VEC4
#undef FRAME_IVEC4
#undef FRAME_VEC4_ARRAY
};

/* A row of frame.def: its GLSL name ("Frame.sun") and where it stands in struct frame. */
struct frame_row {
    const char *name;
    size_t offset;
};
extern const struct frame_row frame_rows[];
extern const size_t frame_row_count;

/* Where the eye is, in the precision that it needs. */
struct frame_eye {
    double x, y;     /* m */
    double altitude; /* m above the datum */
};

struct frame_options {
    int width, height; /* of what is drawn: the picture inside the bars, or a window of it */
    int whole_width, whole_height; /* of that picture; 0: it is drawn whole */
    int crop_x, crop_y;            /* the window's corner in it, from the lower left */
    int air_width, air_height, air_x;
    int air_block; /* the air is marched for one pixel in a block this wide */
    int sample, sample_count;
    double jitter[2];    /* pixels off their middle, where sample_count is 1 */
    double focus;        /* m: what is sharp; 0: camera.focus */
    bool reversed_depth; /* ARB_clip_control is there */
};

/* Height of the ground under the eye decides its altitude. */
struct frame_eye frame_eye_derive(const struct params *p, double ground_m);

/* Moves p and its eye to the time of a sample: camera.shutter seconds lie about that of p, and
 * samples are spread over them (x, y: camera.move_* and turn_*; the billows: wind.time). */
void frame_shutter(struct params *p, struct frame_eye *eye, int sample, int sample_count);

/* Moves an eye to the camera's right, metres. */
void frame_step_aside(const struct params *p, struct frame_eye *eye, double metres);

/* Fills everything but `level` and `level_origin`, which the clipmap fills, and the rows of the
 * air, which air_pass_describe() fills. */
void frame_derive(struct frame *f, const struct params *p, const struct frame_eye *eye,
                  const struct frame_options *opt);

/* `layout(std140) uniform Frame { ... } frame;` A static string. */
const char *frame_glsl(void);

/* Element i of the Halton sequence in `base`, 0..1: the jitter of samples. */
double frame_halton(int i, int base);

#endif
