/* The kinds of things: a row of things_kinds[] each. How one is grown is a file of its own. */
#ifndef STILLAIR_THINGS_KINDS_H
#define STILLAIR_THINGS_KINDS_H

#include "things/shape.h"
#include "world/terrain.h"

/* In the order of things_kinds[]. */
enum thing_kind {
    THING_TREE,
    THING_ORCHARD,
    THING_PINE,
    THING_SHRUB,
    THING_BOULDER,
    THING_STONE,
    THING_TUFT,
    THING_REEDS,
    THING_PYLON,
    THING_PYLON_SPAN,
    THING_POLE,
    THING_POLE_SPAN,
    THING_LOG,
    THING_FALLEN,
    THING_STUMP,
    THING_WALL,
    THING_FENCE,
    THING_FENCE_SPAN,
    THING_CAIRN,
    THING_FIGURE,
    THING_SITTING,
    THING_KIND_COUNT
};

#define THING_VARIANTS_MAX 12

/* How much of them a mood asks for: the rows of [things]. */
struct things_want {
    float amount;                         /* of everything that is scattered */
    float trees, pines, shrubs, boulders; /* a hectare, where they stand thickest */
    float orchards;                       /* share of their trees that stand */
    float grass;                          /* tufts a square metre */
    float reeds;                          /* the same, along a shore */
    float walls, fences;                  /* share of those that stand */
    float pylons, poles;                  /* 0: none of those lines */
    float wind_from, wind_speed;          /* rad, m/s: what leans, leans away from it */
};

struct thing_kind_info {
    const char *name; /* as [thing.NAME] calls it */
    int variants;
    void (*grow)(struct thing_shape *s, uint32_t seed, int variant);
    /* Things are scattered, one candidate a cell of so many metres; 0: a line places them. */
    float cell_m;
    float jitter;             /* how far from a cell's corner it may stand, a share of the cell */
    float reach_m;            /* drawn so far from the eye */
    float small, large;       /* their scale */
    bool exponential;         /* few are large: Golombek & Rapp 1997 */
    bool span;                /* hangs between two places: things/line.h */
    float sink;               /* so much of its height is in the ground */
    float steepest;           /* slope of the ground that it stands on, at most */
    float lean;               /* leans by so much of its height, at most; few do */
    float foot_m, foot_hides; /* radius at a scale of 1 in which it hides the sky from the ground,
                                 and how much of it in the middle; 0: nothing that one sees */
    float over_water; /* stands at most so far over the level of its playa, m; 0: anywhere */
    float spread_m;   /* apart by at least so much from others of its kind */
    /* How many a square metre there are where they stand thickest, of those along edges the share
     * that stands; NULL: a line places them, or a hand alone. */
    float (*most)(const struct things_want *w);
    /* How far a place suits them, 0..1 of that. */
    float (*suits)(const struct terrain_cell *c, double x, double y, uint32_t seed);
    /* They stand along the lines where this is 0, one a cell, and look across; NULL: anywhere. Its
     * slope is at most THING_EDGE_SLOPE a metre. */
    float (*edge)(double x, double y);
    int edge_span; /* the kind that hangs from each to the next; 0: none */
};
#define THING_EDGE_SLOPE 0.012f

extern const struct thing_kind_info thing_kinds[THING_KIND_COUNT];

/* Grows a variant of a kind: the same for ever. */
bool thing_grow(struct thing_shape *s, enum thing_kind kind, int variant, struct error *err);

/* Smooth noise, 0..1, of a wavelength in metres that is a power of two: the same on every machine.
 */
float thing_noise(double x, double y, float wavelength_m, uint32_t seed);

/* Grow shapes: see the files. */
void thing_grow_tree(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_pine(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_shrub(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_boulder(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_stone(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_tuft(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_reeds(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_pylon(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_pylon_span(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_pole(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_pole_span(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_log(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_fallen(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_stump(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_wall(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_fence(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_fence_span(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_cairn(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_figure(struct thing_shape *s, uint32_t seed, int variant);
void thing_grow_sitting(struct thing_shape *s, uint32_t seed, int variant);

#endif
