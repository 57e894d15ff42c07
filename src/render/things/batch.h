/* Things in view, sorted into draws: those of one shape at about one distance are one. */
#ifndef STILLAIR_RENDER_THINGS_BATCH_H
#define STILLAIR_RENDER_THINGS_BATCH_H

#include "render/frame/frame.h"
#include "render/things/field.h"
#include "render/things/stock.h"

/* What the vertex stage is told of one. */
struct batch_thing {
    float place[4]; /* metres from the eye (x, y), turn rad, scale; of a span: both ends */
    float more[4]; /* share of limestone, boost, kind, hash 0..1; of a span: turn at both ends, kind
                      + sag m / 1000, hash */
};

/* Distances double from one band to the next: of a thing of its kind's largest scale; a smaller one
 * is in the band of the largest that looks as small. What is drawn of a thing depends on nothing
 * else that is in view. */
#define BATCH_BANDS   11
#define BATCH_FIRST_M 6.0f

struct batch {
    struct batch_thing *things;
    int count, room;
};

struct batches {
    struct batch of[THING_KIND_COUNT][THING_VARIANTS_MAX][BATCH_BANDS];
};

/* What is seen: planes of the view, and from where. */
struct batch_view {
    double eye[2];      /* m */
    float altitude;     /* m, of the eye */
    float planes[5][4]; /* inside: x, y, z, 1 of a place relative to the eye give 0 or more */
    int plane_count;
    float reach;                /* nothing is farther, m; 0: that of its kind */
    float long_shadow;          /* of a map: reach grows by so much a metre of height */
    float pixel;                /* rad; 0: as the sun sees, all alike */
    float texel;                /* then a pixel is so wide, m */
    float full_m, full_heights; /* all are drawn to here, and to so many of their heights; beyond, a
                                   share (that / distance)^2 of them */
    float least_pixels;         /* across: smaller faces are left out */
    float least_wide;           /* of a pixel: what has no limb so thick is left out */
    float least_share; /* of those that are so wide as a pixel, at least so many are drawn */
    int sample;        /* another share in each */
    float nearest; /* m: what would stand in the lens is left out, but for what a hand put there */
};

/* The view of a frame. */
struct batch_view batch_view_of(const struct frame *f);

/* Empties the batches and collects what of the field is in view. */
void batches_collect(struct batches *b, const struct field *f, const struct stock *s,
                     const struct batch_view *view, const struct params *p);
void batches_fini(struct batches *b);

/* Least distance in a band, metres. */
float batch_near(int band);

#endif
