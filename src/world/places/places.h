/* Good places for a camera, found on the macro world alone: one of each kind for every world.
 *
 * A cheap criterion over a grid of 128 m names a few dozen candidates of each kind; from each of
 * them rays are cast over the altitudes in 72 bearings up to 30 km, and what they meet is scored:
 * whether the lens is clear, how many ridge lines stand behind one another, how much of the view
 * lies under the lid of a fog at PLACES_LID_M and what sticks out of it. Scores are products of
 * soft terms tuned by eye, never conditions, so that there is always a best.
 *
 * Only + - * / and sqrtf decide (of orchards and lines sines too), ties go to the lower index: the
 * same bits everywhere. The ground shader moves the land by up to a cell and adds detail of some 20
 * m: margins allow for that. */
#ifndef STILLAIR_WORLD_PLACES_PLACES_H
#define STILLAIR_WORLD_PLACES_PLACES_H

#include "world/macro.h"

/* The order is that of camera.place in params.def, from its second choice on. */
enum place_kind {
    PLACE_TERRACE, /* a gentle shelf some 800 m over a basin, ridges beyond the basin */
    PLACE_SLOPE,   /* a flank just above the lid */
    PLACE_SHORE,   /* the edge of a playa, mountains beyond it */
    PLACE_CANYON,  /* the floor of a deep valley, looking along it */
    PLACE_RIDGE,   /* a crest with ridge lines behind one another */
    PLACE_SUMMIT,  /* the highest crest with the widest view */
    PLACE_PLAYA,   /* the middle of the largest playa */
    PLACE_PASS,    /* a saddle between two valleys */
    PLACE_HOLLOW,  /* a deep valley floor low over its basin, drowned in any fog */
    PLACE_ORCHARD, /* gentle ground at the lid where trees were planted, open ahead */
    PLACE_LINE,    /* beside a line of pylons that goes down and away (things/line.h) */
    PLACE_KIND_COUNT
};

/* Mean altitude of the lid that views are judged for, m: the default of fog.top. */
#define PLACES_LID_M 350.0f

struct place {
    double x, y;      /* m east and north, -MACRO_WORLD_M / 2 .. MACRO_WORLD_M / 2 */
    float altitude_m; /* of the macro land */
    float above_m;    /* over the playa that the place drains to */
    float yaw, pitch; /* rad: bearing of the best view, and a tilt that composes it */
    float height_m;   /* of the eye over the ground that the view was judged for */
    float score;      /* comparable within a kind only */
    char reason[128]; /* why this one, with figures */
};

struct places {
    struct place kind[PLACE_KIND_COUNT];
};

const char *place_name(enum place_kind kind);

/* Finds all kinds. Fails only when out of memory. About 0.1 s for 1024^2 cells. */
bool places_find(struct places *p, const struct macro *m, struct error *err);
/* Finds one, the same, judging that kind alone: in a quarter of the time (0.23 to 0.27 of it, mean
 * of the kinds in three worlds of 1024^2 cells). */
bool places_find_one(struct place *p, enum place_kind kind, const struct macro *m,
                     struct error *err);

#endif
