/* How like the still the window's frames are: `stillair bench --likeness`.
 *
 *   bench_likeness_init -> bench_likeness_take for some frames -> (the viewer is destroyed)
 *       -> bench_likeness_measure -> ... -> bench_likeness_fini
 *
 * A frame is compared with the still of the same parameters, 16 samples at the window's size,
 * neither with grain, inside the bars. */
#ifndef STILLAIR_COMMANDS_BENCH_LIKENESS_H
#define STILLAIR_COMMANDS_BENCH_LIKENESS_H

#include "base/json.h"
#include "base/machine.h"
#include "base/resource.h"
#include "base/series.h"
#include "match/similarity.h"
#include "preset/params/params.h"

struct gpu;
struct viewer;

/* A frame that was taken: as the window showed it, and what it was to show. */
struct bench_shot {
    int number;
    struct params params;
    struct image picture; /* inside the bars */
    struct similarity like;
};

/* After a cut, or in a drag: frames one after another. */
struct bench_change {
    const char *name; /* "jump" */
    int first, count; /* of the shots */
    int until; /* frames until the likeness is within 5% of the last one's; after the change */
};
enum { BENCH_CHANGES_MAX = 8 };

struct bench_likeness {
    int width, height; /* of the window */
    const char *keep;  /* the folder that pictures are written to; NULL: none. Borrowed */
    struct bench_shot *shots;
    int count, flight; /* so many in all, and of the flight, which come first */
    struct bench_change changes[BENCH_CHANGES_MAX];
    int change_count;
};

/* Takes what the viewer showed last. */
bool bench_likeness_take(struct bench_likeness *l, struct viewer *v, int number, struct error *err);
/* Draws the stills and compares. */
bool bench_likeness_measure(struct bench_likeness *l, struct gpu *gpu, const struct resources *res,
                            const struct machine *machine, struct error *err);
void bench_likeness_print(const struct bench_likeness *l);
void bench_likeness_put(struct json *j, const struct bench_likeness *l);
void bench_likeness_fini(struct bench_likeness *l);

#endif
