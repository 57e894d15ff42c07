/* What the files of the places share. */
#ifndef STILLAIR_WORLD_PLACES_PLACES_INTERNAL_H
#define STILLAIR_WORLD_PLACES_PLACES_INTERNAL_H

#include "world/places/places.h"

/* --- survey: what can be said of a place without casting rays (places_survey.c) -------------- */

#define SURVEY_BLOCKS 128 /* a side: 512 m each */

struct survey {
    const struct macro *macro;
    int step;  /* cells between samples: about 128 m */
    int side;  /* samples a side, a multiple of SURVEY_BLOCKS */
    int block; /* samples a side of a block */
    float *memory;
    /* SURVEY_BLOCKS^2 each: altitudes over 1.5 km: mean, lowest, highest; mean over 4.6 km */
    float *mean, *low, *high, *broad;
    float *playa;    /* share of playa over 2.6 km */
    float *shore_m;  /* side^2: of a playa's samples, distance from its shore; others 0 */
    int32_t *labels; /* side^2: number of the playa, 0 for none */
    int largest;     /* its number */
};

bool survey_init(struct survey *s, const struct macro *m, struct error *err);
void survey_fini(struct survey *s);

/* What the survey knows of a sample. */
struct spot {
    int32_t sample;             /* y * side + x */
    float height, level, above; /* m; above = height - level */
    float slope;                /* rise over run, over 256 m */
    float drainage;             /* log10 m^2 */
    float stand;                /* m over the mean of 1.5 km */
    float broad_stand;          /* m over the mean of 4.6 km */
    float drop, wall;           /* m down to the lowest, up to the highest of 1.5 km */
    float playa;                /* share around */
    float shore_m;              /* 0 off the playas */
    float saddle;               /* m: how far two sides rise and the two between fall */
    float relief;               /* m of the whole world */
    bool is_playa, is_largest;
};

struct spot survey_spot(const struct survey *s, int32_t sample);
/* Cells east and north of a sample. */
static inline void survey_cell(const struct survey *s, int32_t sample, int *x, int *y)
{
    *x = sample % s->side * s->step;
    *y = sample / s->side * s->step;
}

/* --- view: what rays meet (places_view.c) ----------------------------------------------------- */

#define VIEW_BEARINGS 72 /* 5 degrees each, clockwise from north */
#define VIEW_HALF     5  /* rays on either side of the middle: a lens of 35 mm */
#define VIEW_EYE_M    2.0f

struct ray {
    float near;    /* the steepest rise within 60..320 m, margin for detail included */
    float fall;    /* rise over run of the ground 130 m ahead: negative downhill */
    float sky;     /* rise over run of the skyline */
    float sea;     /* extent of the sea in it, rise over run */
    float far_m;   /* the farthest that is seen */
    float playa_m; /* how much of the first 10 km is playa */
    float open_m;  /* how far until something stands above the eye */
    float planes;  /* lines of land behind one another */
    float islands; /* of them, out of the sea */
};

/* Rays from 2 m over the cell (x, y). What lies under `lid` counts as a sea at that altitude,
 * unless the eye does. */
void view_cast(const struct macro *m, int x, int y, float lid, struct ray rays[VIEW_BEARINGS]);

/* Means over the rays of a picture. */
struct view {
    int bearing; /* of its middle */
    float clear; /* share of rays with nothing near, 0..1 */
    float fall, sky, sea, far_m, playa_m, open_m, planes, islands;
    float ragged;  /* how much the skyline goes up and down, rise over run */
    float ahead_m; /* open_m in the middle third */
};

struct view view_window(const struct ray rays[VIEW_BEARINGS], int bearing);

/* --- things: orchards and lines of pylons (places_things.c) ------------------------------------
 */

/* Kinds before this one are found by the land alone. */
#define PLACE_OF_LAND PLACE_ORCHARD

/* Finds the kinds from `first` up to `end`, PLACE_OF_LAND or later, into p[kind]. */
bool places_find_things(struct place *p, int first, int end, const struct macro *m,
                        struct error *err);

/* --- judge: what a kind wants (places_judge.c) ----------------------------------------------- */

/* How far a spot looks like one of the kind, > 0. */
float judge_spot(enum place_kind kind, const struct spot *s);
/* What the kind takes for a sea. */
float judge_lid(enum place_kind kind, const struct spot *s);
/* How good a picture of that kind is, > 0; rays: all round, for what stands beside it. */
float judge_view(enum place_kind kind, const struct view *v, const struct ray rays[VIEW_BEARINGS]);
/* Tilt of the camera, rise over run. */
float judge_pitch(enum place_kind kind, const struct view *v);
void judge_reason(enum place_kind kind, const struct spot *s, const struct view *v, char *out,
                  size_t size);

#endif
