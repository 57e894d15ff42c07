#include "match/trial/matching.h"

#include "match/simplex.h"
#include "preset/params/param_value.h"

#include <math.h>
#include <string.h>

/* Evaluations inside: of the first light, and of each other one. */
enum { FIRST_DEVELOPMENTS = 240, DEVELOPMENTS = 90, LAST_DEVELOPMENTS = 240, SCAN_PLACES = 5 };
#define STEP       0.15
#define STEP_AGAIN 0.05
#define SMALL      0.002

struct search {
    struct matching *m;
    struct error *err;
    double outer[FIT_VARIABLES_MAX]; /* of the light that is looked at */
    double inner[FIT_VARIABLES_MAX]; /* where the best development was */
    double at[FIT_VARIABLES_MAX];    /* the best of all */
    double best;
    int used; /* lights drawn */
    bool developed_before;
};

static bool measure(const struct matching *m, const struct params *p, struct likeness_distance *out,
                    struct error *err)
{
    struct image img = {0};
    struct likeness like;
    bool ok = match_picture_make(m->picture, p, m->progress, &img, err) &&
              likeness_measure(&img, &like, err);
    if (ok)
        *out = likeness_compare(&like, m->reference);
    image_fini(&img);
    return ok;
}

/* ---- inside ---- */

/* The distance with the outer positions and these inner ones. */
static bool develop(const double *at, double *out, void *user)
{
    struct search *s = user;
    const struct fit *f = s->m->fit;
    double all[FIT_VARIABLES_MAX];
    struct params p;
    struct likeness_distance d;
    for (int i = 0; i < f->count; i++)
        all[i] = i < f->drawn ? s->outer[i] : at[i - f->drawn];
    fit_put(f, all, &p);
    if (!measure(s->m, &p, &d, s->err))
        return false;
    *out = d.sum;
    if (d.sum < s->best) {
        s->best = d.sum;
        memcpy(s->at, all, sizeof s->at);
    }
    return true;
}

static bool search_inside(struct search *s, int evaluations, double step, double *out)
{
    int dimensions = s->m->fit->count - s->m->fit->drawn;
    double at[FIT_VARIABLES_MAX], before = s->best;
    memcpy(at, s->inner, sizeof at);
    if (dimensions == 0)
        return develop(at, out, s);
    const struct simplex_problem problem = {dimensions, evaluations, step, SMALL, develop, s};
    if (!simplex_search(&problem, at, out))
        return false;
    if (*out <= before)
        memcpy(s->inner, at, sizeof at);
    return true;
}

/* ---- outside ---- */

static bool look(const double *at, double *out, void *user)
{
    struct search *s = user;
    if (!progress_step(s->m->progress, "match", fmin(1, (double)s->used / s->m->drawings)))
        return error_set(s->err, ERROR_INTERRUPTED, "interrupted");
    s->used++;
    memcpy(s->outer, at, (size_t)s->m->fit->drawn * sizeof *at);
    bool again = s->developed_before;
    s->developed_before = true;
    return search_inside(s, again ? DEVELOPMENTS : FIRST_DEVELOPMENTS, again ? STEP_AGAIN : STEP,
                         out);
}

/* Each variable alone, the others where the best is. */
static bool scan(struct search *s)
{
    const struct fit *f = s->m->fit;
    for (int i = 0; i < f->drawn; i++) {
        double at[FIT_VARIABLES_MAX];
        memcpy(at, s->at, sizeof at);
        for (int place = 0; place < SCAN_PLACES && s->used < s->m->drawings; place++) {
            double value;
            at[i] = (place + 0.5) / SCAN_PLACES;
            if (!look(at, &value, s))
                return false;
        }
    }
    return true;
}

static bool search_outside(struct search *s)
{
    double at[FIT_VARIABLES_MAX], value;
    fit_start(s->m->fit, at);
    if (!look(at, &value, s) || !scan(s))
        return false;
    if (s->m->fit->drawn == 0)
        return true;
    memcpy(at, s->at, sizeof at);
    const struct simplex_problem problem = {
        .dimensions = s->m->fit->drawn,
        .evaluations = s->m->drawings - s->used,
        .step = STEP / 2,
        .small = SMALL,
        .value = look,
        .user = s,
    };
    return simplex_search(&problem, at, &value);
}

/* Once more inside, at the best light. */
static bool finish(struct search *s)
{
    const struct fit *f = s->m->fit;
    double value;
    if (f->drawn == 0 || f->drawn == f->count)
        return true;
    memcpy(s->outer, s->at, sizeof s->outer);
    memcpy(s->inner, s->at + f->drawn, (size_t)(f->count - f->drawn) * sizeof *s->inner);
    return search_inside(s, LAST_DEVELOPMENTS, STEP_AGAIN, &value);
}

/* What was fitted, as people write it. */
static void round_values(const struct fit *f, struct params *p)
{
    for (int i = 0; i < f->count; i++) {
        const struct param_info *row = f->variables[i].row;
        char text[PARAM_TEXT_MAX], why[PARAM_WHY_MAX];
        union param_value value;
        param_format(row, p, PARAM_FORM_SHORT, text);
        if (param_parse(row, row->key, text, &value, why))
            param_put(row, p, &value);
    }
}

bool matching_search(struct matching *m, struct error *err)
{
    struct search s = {.m = m, .err = err, .best = INFINITY};
    struct params p;
    if (!measure(m, &m->fit->start, &m->before, err))
        return false;
    double start[FIT_VARIABLES_MAX] = {0};
    fit_start(m->fit, start);
    memcpy(s.inner, start + m->fit->drawn,
           (size_t)(m->fit->count - m->fit->drawn) * sizeof *s.inner);
    if (!search_outside(&s) || !finish(&s))
        return false;
    fit_put(m->fit, s.at, &p);
    round_values(m->fit, &p);
    if (!measure(m, &p, &m->after, err))
        return false;
    m->best = p;
    if (!(m->after.sum < m->before.sum)) {
        m->best = m->fit->start;
        m->after = m->before;
    }
    return true;
}
