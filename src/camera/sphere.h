/* The whole sphere as one picture of 2:1 (equirectangular): columns are bearings, rows elevations,
 * both evenly spaced. The camera's yaw is in the middle, bearings grow to the right, the zenith is
 * the upper edge; the camera's pitch, roll, lens and focal length do not count.
 *
 * It is put together from six square pictures, a little more than 90 degrees wide, that the
 * renderer draws in turn: four around and one up and down. */
#ifndef STILLAIR_CAMERA_SPHERE_H
#define STILLAIR_CAMERA_SPHERE_H

#include "picture/plane.h"

enum { SPHERE_FACES = 6 };

struct sphere {
    int width, height;
    int face;                      /* pixels a side of a face, margin included */
    double half;                   /* tangent of half its field of view */
    double *bearings, *elevations; /* sine and cosine of each direction's; owned */
};

/* width: of the picture, even; the height is half of it. */
bool sphere_init(struct sphere *s, int width, struct error *err);
void sphere_fini(struct sphere *s);
/* Where a face looks, radians: clockwise of the middle, and up. */
void sphere_view(int face, double *turn, double *pitch);
/* Adds what the face shows to the picture, which starts as all 0; all six make it whole. Each pixel
 * is the mean of 3 x 3 directions inside it, each read from the one face that it belongs to. */
void sphere_add(const struct sphere *s, int face, const struct plane *light, struct plane *out);

#endif
