/* The macro world from above, as a map: north is up, the frame carries kilometres east and north,
 * a scale bar and what the colours mean.
 *
 * Shading from several directions at once after R. Mark, "Multidirectional, oblique-weighted,
 * shaded-relief image", USGS OFR 92-422, 1992: no slope drowns because it lies along the light.
 * Altitudes between cells by the B-spline that the ground shader uses too. Colours are sRGB as they
 * stand in the file, chosen by eye. */
#ifndef STILLAIR_WORLD_MAP_MAP_H
#define STILLAIR_WORLD_MAP_MAP_H

#include "picture/image.h"
#include "world/macro.h"

enum map_layer {
    MAP_HILLSHADE,
    MAP_HEIGHT,
    MAP_SLOPE,
    MAP_DRAINAGE,
    MAP_PLAYA,
    MAP_ROCK,
    MAP_SEDIMENT,
    MAP_LAYER_COUNT
};

enum { MAP_SIZE_MIN = 256, MAP_SIZE_MAX = 8192, MAP_MARKS_MAX = 64 };

struct map_mark {
    double x, y; /* m */
    float yaw;   /* bearing of the fan drawn before it, rad */
    const char *label;
};

struct map_options {
    enum map_layer layer;
    int size;              /* pixels a side, frame included; MAP_SIZE_MIN..MAP_SIZE_MAX */
    double x, y, extent_m; /* south-west corner and side of what is shown */
    float fog_top_m;       /* MAP_HILLSHADE shows where it meets the land */
    const char *title;
    const struct map_mark *marks;
    int mark_count;          /* MAP_MARKS_MAX at most */
    const double (*dots)[2]; /* m: places of small dots, such as the pylons of a line */
    int dot_count;
    int threads; /* 0: one per core */
};

const char *map_layer_name(enum map_layer layer);

/* Draws into an image of size x size, made here. */
bool map_draw(struct image *out, const struct macro *m, const struct map_options *o,
              struct error *err);

#endif
