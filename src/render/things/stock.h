/* The shapes of things on the GPU: one buffer of limbs, one of faces. */
#ifndef STILLAIR_RENDER_THINGS_STOCK_H
#define STILLAIR_RENDER_THINGS_STOCK_H

#include "things/kinds.h"

#include <glad/gl.h>

#define STOCK_RADII 24 /* steps in which the limbs' radii are known */

struct stock_shape {
    int limb_first, limb_count;
    int face_first[THING_LEVELS + 1], levels; /* vertices */
    float height, radius;                     /* m */
    float thickest;                           /* radius of a limb, m */
    /* How many limbs weigh more than 0.5 m / 2^(i / 2): limb_weight(). */
    int weightier[STOCK_RADII];
};

struct stock {
    struct stock_shape shapes[THING_KIND_COUNT][THING_VARIANTS_MAX];
    GLuint limbs, limb_indices, faces; /* buffers */
    bool ready;
};

/* Grows every variant of every kind and uploads it. */
bool stock_fill(struct stock *s, struct error *err);
void stock_fini(struct stock *s);

/* How many of a shape's limbs, the first, to draw when those that weigh less than `radius` metres
 * are left out, to a step of the table. */
int stock_limbs_over(const struct stock_shape *s, float radius);

/* What a vertex of the buffers is. Of a limb there are four. */
struct stock_limb_vertex {
    float from[4], to[4]; /* x, y, z, radius */
    float own[4];         /* material, tone, rank, 1: of the trunk */
};
struct stock_face_vertex {
    float at[3], normal[3];
    float own[2]; /* material, tone */
};

#endif
