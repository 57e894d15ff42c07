/* The things round the eye: squares of them that are kept while the eye is near, and the lines that
 * cross the land. */
#ifndef STILLAIR_RENDER_THINGS_FIELD_H
#define STILLAIR_RENDER_THINGS_FIELD_H

#include "preset/params/params.h"
#include "things/line.h"
#include "things/scatter.h"

/* One square of one kind. */
struct field_square {
    int x, y;
    bool held;
    float low, high; /* altitude of the terrain under its things, m */
    struct thing_list things;
};

/* The squares of a kind, addressed toroidally. */
struct field_ring {
    struct field_square *squares;
    int side;    /* squares a side; 0: none of this kind are wanted */
    int x, y;    /* the square that the eye was in when it was last looked after */
    int missing; /* where to go on, of side * side */
};

/* Changes that the maps of shadows show: the fine one, the wide one. */
enum { FIELD_CLOSE, FIELD_NEAR, FIELD_RANGES };

struct field {
    struct things_want want;
    const struct terrain *terrain; /* borrowed */
    struct field_ring rings[THING_KIND_COUNT];
    struct line lines[LINE_KIND_COUNT];
    bool has_lines;
    struct field_square crossing; /* what lines there are about the eye */
    double crossing_at[2];
    struct field_square placed;     /* by hand */
    unsigned version[FIELD_RANGES]; /* another after each change so near to the eye */
};

/* Returns what the parameters ask for. */
struct things_want field_want(const struct params *p);

/* Adds a thing that is placed by hand: resolved, of no place. False when out of memory. */
bool field_place(struct field *f, const struct params_placed *one);

/* Forgets everything, and takes what is wanted from now on. */
void field_begin(struct field *f, const struct things_want *want, const struct terrain *terrain);
void field_fini(struct field *f);

/* Whether anything is wanted. */
bool field_wants_any(const struct field *f);

/* Does a piece of the work of some milliseconds for an eye at x, y; false when there was none.
 * Out of memory: what could not be placed is not there. */
bool field_step(struct field *f, double x, double y);

#endif
