/* The lowest place of a function of a few positions, each from 0 to 1, without slopes.
 *
 * The downhill simplex (Nelder & Mead 1965, "A simplex method for function minimization"), with
 * positions clamped to their range, until a number of evaluations is used up or the simplex has
 * become small. Deterministic: the same function, the same walk. */
#ifndef STILLAIR_MATCH_SIMPLEX_H
#define STILLAIR_MATCH_SIMPLEX_H

#include <stdbool.h>

enum { SIMPLEX_DIMENSIONS_MAX = 16 };

struct simplex_problem {
    int dimensions;  /* 1 to SIMPLEX_DIMENSIONS_MAX */
    int evaluations; /* at most; never more */
    double step;     /* how far the first corners stand off, 0 to 1 */
    double small;    /* corners nearer than this to each other are one: the end */
    /* The value there; false stops the search. */
    bool (*value)(const double *at, double *out, void *user);
    void *user;
};

/* at: where to begin, then the best place that was seen; *best: the value there. False when value()
 * stopped the search; at and *best then hold what was best before (INFINITY: nothing). */
bool simplex_search(const struct simplex_problem *p, double *at, double *best);

#endif
