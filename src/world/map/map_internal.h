/* What the files of the map share. */
#ifndef STILLAIR_WORLD_MAP_MAP_INTERNAL_H
#define STILLAIR_WORLD_MAP_MAP_INTERNAL_H

#include "world/map/map.h"

struct map_colour {
    float r, g, b; /* sRGB, 0..255 */
};

/* Where the land stands in the picture. */
struct map_layout {
    int scale;           /* pixels to a pixel of the font, and to the width of a line */
    int left, top, side; /* pixels */
    double pixel_m;
};

/* What is the same all over a map. */
struct map_paint {
    const struct macro *macro;
    const struct map_options *options;
    float *broad; /* altitudes averaged over MAP_BROAD^2 squares */
    double pixel_m;
    float low, high; /* of the layer's ramp */
};

#define MAP_BROAD 128

bool map_paint_init(struct map_paint *p, const struct macro *m, const struct map_options *o,
                    double pixel_m, struct error *err);
void map_paint_fini(struct map_paint *p);
/* The land's colour at a place in metres. */
struct map_colour map_paint_at(const struct map_paint *p, double x, double y);

/* The colour of a value that the layer shows, for its legend: of low + t (high - low). */
struct map_colour map_ramp(enum map_layer layer, float t);
/* What the ends of the ramp stand for, and its unit; false when the layer has none. */
bool map_ramp_range(const struct macro *m, enum map_layer layer, float *low, float *high,
                    const char **unit);

/* Everything about the land: paper, border, kilometres, scale bar, legend. */
void map_frame_draw(struct image *img, const struct macro *m, const struct map_options *o,
                    const struct map_layout *l);
/* Marks with their labels, on the land. */
void map_marks_draw(struct image *img, const struct map_options *o, const struct map_layout *l);

/* Mixes a share of a colour into a pixel; nothing outside the picture. */
void map_blend(struct image *img, int x, int y, struct map_colour c, float share);

#endif
