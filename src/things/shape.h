/* The shape of a thing: limbs (round bars from one point to another, thin or thick) and faces
 * (triangles). x, y, z in metres, z up, the foot at 0, before it is turned and scaled. */
#ifndef STILLAIR_THINGS_SHAPE_H
#define STILLAIR_THINGS_SHAPE_H

#include "base/error.h"

#include <stdint.h>

/* What a thing is made of: a row of things_materials[] each. */
enum thing_material {
    THING_WOOD,    /* grey, weathered: dead trees, poles */
    THING_BARK,    /* what has not fallen off */
    THING_STEEL,   /* galvanised, rusting */
    THING_WIRE,    /* aluminium, dull */
    THING_CERAMIC, /* insulators */
    THING_STRAW,   /* dry blades */
    THING_REED,
    THING_ROCK, /* of the layer that it stands on: its colours are the ground's */
    THING_CLOTH,
    THING_CANVAS,
    THING_RUBBER,
    THING_MATERIAL_COUNT
};

struct thing_material_info {
    const char *name;
    float albedo[3];    /* linear; 0..1 */
    float roughness;    /* 1: matt */
    float translucency; /* share of the light on its back that leaves its front */
};
extern const struct thing_material_info thing_materials[THING_MATERIAL_COUNT];

struct thing_limb {
    float from[3], from_radius; /* m */
    float to[3], to_radius;
    float tone; /* brightness of its own, -1..1 */
    float rank; /* its lot, 0..1: who is left out where limbs are thin */
    int material;
    bool trunk; /* never left out */
};

struct thing_vertex {
    float at[3], normal[3]; /* m; outward */
    float tone;
    int material;
};

/* Faces are made in up to so many levels of detail, the finest first. */
#define THING_LEVELS 3

struct thing_shape {
    struct thing_limb *limbs; /* the weightiest first, once shape_finish() was called */
    int limb_count, limb_room;
    struct thing_vertex *vertices; /* three a triangle, counterclockwise from outside */
    int vertex_count, vertex_room;
    int level_first[THING_LEVELS + 1]; /* vertices of level i: [i], [i + 1] */
    int levels;
    float height, radius; /* of a cylinder round all of it, m */
    bool failed;          /* out of memory: what was added since is missing */
};

void shape_fini(struct thing_shape *s);

/* Adds a bar; tone and rank are made from `seed`. */
void shape_add_limb(struct thing_shape *s, const float from[3], float from_radius,
                    const float to[3], float to_radius, enum thing_material material,
                    uint32_t seed);
/* Adds a triangle whose normal is that of its corners' order. */
void shape_add_triangle(struct thing_shape *s, const float corners[3][3], float tone,
                        enum thing_material material);
/* Adds a triangle with a normal for each corner. */
void shape_add_smooth(struct thing_shape *s, const float corners[3][3], const float normals[3][3],
                      float tone, enum thing_material material);
/* Turns what was made so far about the x axis, by rad, then lifts it. */
void shape_lay(struct thing_shape *s, float angle, const float lift[3]);
/* Ends a level of detail of the faces; the next is coarser. */
void shape_end_level(struct thing_shape *s);
/* A limb's radius by its lot, m; much of what belongs to the trunk. Of those that weigh more than t
 * there are all that are thicker than t, and of others one in t / radius: as thick as t, they cover
 * what all do. */
float limb_weight(const struct thing_limb *l);
/* Sorts the limbs, measures height and radius. False, and err, when memory ran out. */
bool shape_finish(struct thing_shape *s, struct error *err);

#endif
