#include "camera/sphere.h"

#include "base/consts.h"

#include <math.h>
#include <stdlib.h>

enum {
    MARGIN = 4, /* pixels round a face: what interpolation and the air's upsampling reach over */
    TAPS = 3
};

/* A face's pixels, widest in its middle, are there 0.8 of the picture's at the horizon, so that
 * interpolating between them costs no sharpness: by eye. */
#define FACE_SHARE (1.25 / PI)

/* Sine and cosine of `count` directions' angles, evenly from `from` to `to`; NULL without memory.
 */
static double *angles(int count, double from, double to)
{
    double *out = malloc((size_t)count * 2 * sizeof *out);
    for (int i = 0; out && i < count; i++) {
        double angle = from + (to - from) * (i + 0.5) / count;
        out[2 * i] = sin(angle);
        out[2 * i + 1] = cos(angle);
    }
    return out;
}

bool sphere_init(struct sphere *s, int width, struct error *err)
{
    int inner = (int)ceil(width * FACE_SHARE);
    *s = (struct sphere){.width = width, .height = width / 2, .face = inner + 2 * MARGIN};
    s->half = (double)s->face / inner;
    s->bearings = angles(s->width * TAPS, -PI, PI);
    s->elevations = angles(s->height * TAPS, PI / 2, -PI / 2);
    return (s->bearings && s->elevations) ||
           error_set(err, ERROR_FAILED, "no memory for a sphere of %dx%d pixels", s->width,
                     s->height);
}

void sphere_fini(struct sphere *s)
{
    free(s->bearings);
    free(s->elevations);
    *s = (struct sphere){0};
}

void sphere_view(int face, double *turn, double *pitch)
{
    *turn = face < 4 ? face * PI / 2 : 0;
    *pitch = face < 4 ? 0 : face == 4 ? PI / 2 : -PI / 2;
}

/* Right, forward, up of a direction along a face's own right, up and forward. */
static void to_face(int face, const double d[3], double out[3])
{
    switch (face) {
    case 0:
        out[0] = d[0], out[1] = d[2], out[2] = d[1];
        break;
    case 1:
        out[0] = -d[1], out[1] = d[2], out[2] = d[0];
        break;
    case 2:
        out[0] = -d[0], out[1] = d[2], out[2] = -d[1];
        break;
    case 3:
        out[0] = d[1], out[1] = d[2], out[2] = -d[0];
        break;
    case 4: /* up: what is ahead is below */
        out[0] = d[0], out[1] = -d[1], out[2] = d[2];
        break;
    default:
        out[0] = d[0], out[1] = d[1], out[2] = -d[2];
    }
}

/* The face whose axis is nearest; of equals the first. */
static int face_of(const double d[3])
{
    const double along[SPHERE_FACES] = {d[1], d[0], -d[1], -d[0], d[2], -d[2]};
    int best = 0;
    for (int i = 1; i < SPHERE_FACES; i++)
        if (along[i] > along[best])
            best = i;
    return best;
}

/* Adds `weight` times the light at a place of the picture, in pixels from its first centre. */
static void add_light(const struct plane *light, double x, double y, double weight, double sum[3])
{
    double fx = fmin(fmax(x, 0), light->width - 1.001),
           fy = fmin(fmax(y, 0), light->height - 1.001);
    int x0 = (int)fx, y0 = (int)fy;
    fx -= x0;
    fy -= y0;
    const float *a = plane_at(light, x0, y0), *b = plane_at(light, x0, y0 + 1);
    for (int c = 0; c < 3; c++) {
        double upper = (double)a[c] * (1 - fx) + (double)a[c + 3] * fx;
        double lower = (double)b[c] * (1 - fx) + (double)b[c + 3] * fx;
        sum[c] += weight * (upper * (1 - fy) + lower * fy);
    }
}

static void add_pixel(const struct sphere *s, int face, const struct plane *light, int x, int y,
                      double sum[3])
{
    for (int k = 0; k < TAPS * TAPS; k++) {
        const double *bearing = s->bearings + 2 * (x * TAPS + k % TAPS);
        const double *elevation = s->elevations + 2 * (y * TAPS + k / TAPS);
        const double d[3] = {elevation[1] * bearing[0], elevation[1] * bearing[1], elevation[0]};
        double at[3];
        if (face_of(d) != face)
            continue;
        to_face(face, d, at);
        add_light(light, (at[0] / at[2] / s->half + 1) / 2 * s->face - 0.5,
                  (1 - at[1] / at[2] / s->half) / 2 * s->face - 0.5, 1.0 / (TAPS * TAPS), sum);
    }
}

void sphere_add(const struct sphere *s, int face, const struct plane *light, struct plane *out)
{
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            double sum[3] = {0};
            float *to = plane_at(out, x, y);
            add_pixel(s, face, light, x, y, sum);
            for (int c = 0; c < 3; c++)
                to[c] += (float)sum[c];
        }
}
