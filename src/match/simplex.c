#include "match/simplex.h"

#include <math.h>
#include <string.h>

enum { CORNERS_MAX = SIMPLEX_DIMENSIONS_MAX + 1 };

struct corner {
    double at[SIMPLEX_DIMENSIONS_MAX], value;
};

struct walk {
    const struct simplex_problem *p;
    struct corner corners[CORNERS_MAX]; /* the best first */
    int count, used;
    bool stopped;
};

/* False when it is over: the evaluations are used up, or value() says so. */
static bool evaluate(struct walk *w, struct corner *c)
{
    for (int i = 0; i < w->p->dimensions; i++)
        c->at[i] = fmin(fmax(c->at[i], 0), 1);
    if (w->stopped || w->used == w->p->evaluations)
        return false;
    w->used++;
    if (!w->p->value(c->at, &c->value, w->p->user)) {
        w->stopped = true;
        return false;
    }
    if (isnan(c->value))
        c->value = INFINITY;
    return true;
}

/* Puts a corner in its place by value; of equals, the older one first. */
static void insert(struct walk *w, const struct corner *c)
{
    int i = w->count++;
    for (; i > 0 && c->value < w->corners[i - 1].value; i--)
        w->corners[i] = w->corners[i - 1];
    w->corners[i] = *c;
}

static bool is_small(const struct walk *w)
{
    for (int i = 1; i < w->count; i++)
        for (int d = 0; d < w->p->dimensions; d++)
            if (fabs(w->corners[i].at[d] - w->corners[0].at[d]) > w->p->small)
                return false;
    return true;
}

/* from + share * (to - from). */
static struct corner between(const struct walk *w, const struct corner *from,
                             const struct corner *to, double share)
{
    struct corner c = {.value = INFINITY};
    for (int d = 0; d < w->p->dimensions; d++)
        c.at[d] = from->at[d] + share * (to->at[d] - from->at[d]);
    return c;
}

/* All corners but the best go half the way to it. */
static bool shrink(struct walk *w)
{
    struct corner old[CORNERS_MAX];
    int count = w->count;
    memcpy(old, w->corners, sizeof old);
    w->count = 1;
    for (int i = 1; i < count; i++) {
        struct corner c = between(w, &old[0], &old[i], 0.5);
        if (!evaluate(w, &c))
            return false;
        insert(w, &c);
    }
    return true;
}

/* One step: the worst corner is turned over, further out, or drawn in. */
static bool step(struct walk *w)
{
    struct corner middle = {.value = INFINITY}, worst = w->corners[w->count - 1];
    double second = w->corners[w->count - 2].value;
    for (int d = 0; d < w->p->dimensions; d++) {
        for (int i = 0; i + 1 < w->count; i++)
            middle.at[d] += w->corners[i].at[d];
        middle.at[d] /= w->count - 1;
    }
    struct corner turned = between(w, &middle, &worst, -1);
    if (!evaluate(w, &turned))
        return false;
    struct corner taken = turned;
    if (turned.value < w->corners[0].value) {
        struct corner further = between(w, &middle, &worst, -2);
        bool on = evaluate(w, &further);
        taken = on && further.value < turned.value ? further : turned;
    } else if (!(turned.value < second)) {
        bool outside = turned.value < worst.value;
        struct corner in = between(w, &middle, outside ? &turned : &worst, 0.5);
        if (!evaluate(w, &in))
            return false;
        if (!(in.value < fmin(turned.value, worst.value)))
            return shrink(w);
        taken = in;
    }
    w->count--;
    insert(w, &taken);
    return true;
}

bool simplex_search(const struct simplex_problem *p, double *at, double *best)
{
    struct walk w = {.p = p};
    bool going = true;
    for (int i = 0; going && i <= p->dimensions; i++) {
        struct corner c = {.value = INFINITY};
        memcpy(c.at, at, (size_t)p->dimensions * sizeof *at);
        if (i > 0) /* inward, where the range ends */
            c.at[i - 1] += c.at[i - 1] + p->step <= 1 ? p->step : -p->step;
        going = evaluate(&w, &c);
        if (going)
            insert(&w, &c);
    }
    while (going && !is_small(&w))
        going = step(&w);
    *best = w.count > 0 ? w.corners[0].value : INFINITY;
    if (w.count > 0)
        memcpy(at, w.corners[0].at, (size_t)p->dimensions * sizeof *at);
    return !w.stopped;
}
