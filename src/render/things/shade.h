/* Maps of what things throw shadow on: along the sun, how far toward it the first thing is. Two
 * about the eye, a fine one and a wide one; they stand until sun, things or eye have moved. */
#ifndef STILLAIR_RENDER_THINGS_SHADE_H
#define STILLAIR_RENDER_THINGS_SHADE_H

#include "gpu/target.h"
#include "render/things/batch.h"

enum { SHADE_LAYERS = 2, SHADE_SIZE = 1024 };

struct shade {
    struct gpu_texture map; /* R32F: m toward the sun from where it was drawn; far below: nothing */
    struct gpu_target target[SHADE_LAYERS];
    bool drawn;
    double eye[3];               /* m: where it was drawn for */
    float axis[3][3];            /* across the sun's way, up across it, toward the sun */
    float half[SHADE_LAYERS][2]; /* m, along the first two */
    float sun[2];                /* azimuth and elevation that it was drawn for, rad */
    unsigned version;            /* of the field */
};

bool shade_init(struct shade *s, struct error *err);
void shade_fini(struct shade *s);

/* Whether the maps serve for an eye, a sun and a field. */
bool shade_stands(const struct shade *s, const double eye[3], const float sun[2], unsigned version);
/* Turns them to the sun, and makes them serve; their layers are drawn next. */
void shade_turn(struct shade *s, const double eye[3], const float sun[2], unsigned version);
/* What a layer can see, for collecting. */
struct batch_view shade_view(const struct shade *s, int layer);
/* Binds and clears a layer, and sets the state in which it is drawn. */
void shade_begin(const struct shade *s, int layer);
void shade_end(void);

/* Writes the rows of a frame whose eye may have moved on. */
void shade_describe(const struct shade *s, struct frame *f);

#endif
