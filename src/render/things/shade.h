/* Maps of what things throw shadow on: along the sun, how far toward it the first thing is. Two
 * about the eye, a fine one and a wide one; they stand until sun, things or eye have moved. */
#ifndef STILLAIR_RENDER_THINGS_SHADE_H
#define STILLAIR_RENDER_THINGS_SHADE_H

#include "gpu/target.h"
#include "render/things/batch.h"

enum { SHADE_LAYERS = 2, SHADE_SIZE = 1024 };
#define SHADE_CONTACT_M 24.0f /* half the side */
/* A limb throws no shadow when so small a share of a texel is its own: it dims the ground by
 * nothing that one sees. */
#define SHADE_LEAST 0.4f
/* Of limbs that cover a smaller share few are drawn, for all. */
#define SHADE_FEW 3.0f

/* One of the maps, and what it was drawn for. */
struct shade_layer {
    struct gpu_target target;
    bool drawn;
    double eye[3];    /* m, of the grid */
    float half[2];    /* m, across the sun's way and up across it */
    float sun[2];     /* azimuth and elevation, rad */
    unsigned version; /* of the field */
};

struct shade {
    struct gpu_texture map; /* R32F: m toward the sun from the layer's eye; far below: nothing */
    struct shade_layer layers[SHADE_LAYERS];
    struct gpu_texture contact; /* R8: share of the sky that things hide at their feet, over the
                                   square of SHADE_CONTACT_M about the fine layer's eye */
    struct gpu_target contact_target;
    float axis[3][3]; /* across the sun's way, up across it, toward the sun */
};

bool shade_init(struct shade *s, struct error *err);
void shade_fini(struct shade *s);

/* Forgets what was drawn. */
void shade_forget(struct shade *s);
/* Returns the layer that is to be drawn anew for an eye, a sun (azimuth, elevation) and a field, of
 * a version for each; SHADE_LAYERS: all serve. */
int shade_lacking(const struct shade *s, const double eye[3], const float sun[2],
                  const unsigned version[SHADE_LAYERS]);
/* Turns a layer to the sun; it is drawn next. */
void shade_turn(struct shade *s, int layer, const double eye[3], const float sun[2],
                const unsigned version[SHADE_LAYERS]);
/* What a layer can see, for collecting. */
struct batch_view shade_view(const struct shade *s, int layer);
/* Binds and clears a layer, and sets the state in which it is drawn. */
void shade_begin(const struct shade *s, int layer);
/* The same of the map of feet. */
void shade_begin_contact(const struct shade *s);
/* What it can see. */
struct batch_view shade_contact_view(const struct shade *s);
void shade_end(void);

/* Writes the rows of a frame whose eye may have moved on. */
void shade_describe(const struct shade *s, struct frame *f);

#endif
