#include "world/places/places_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Candidates of a kind, at least 1.5 km apart. */
#define CANDIDATES  30
#define APART       3 /* blocks */
#define BLOCKS      (SURVEY_BLOCKS * SURVEY_BLOCKS)
#define BEARING_RAD 0.0872664626f

const char *place_name(enum place_kind kind)
{
    static const char *const names[PLACE_KIND_COUNT] = {
        [PLACE_TERRACE] = "terrace", [PLACE_SLOPE] = "slope", [PLACE_SHORE] = "shore",
        [PLACE_CANYON] = "canyon",   [PLACE_RIDGE] = "ridge", [PLACE_SUMMIT] = "summit",
        [PLACE_PLAYA] = "playa",     [PLACE_PASS] = "pass",   [PLACE_HOLLOW] = "hollow",
        [PLACE_ORCHARD] = "orchard", [PLACE_LINE] = "line"};
    return names[kind];
}

/* The best sample of each block for a kind. */
struct block_best {
    float score;
    int32_t sample;
};

struct search {
    struct survey survey;
    struct block_best *best; /* PLACE_KIND_COUNT * BLOCKS */
};

/* For the kinds from `first` up to `end`. */
static void survey_blocks(struct search *s, int first, int end)
{
    const struct survey *v = &s->survey;
    for (int32_t i = 0; i < v->side * v->side; i++) {
        struct spot spot = survey_spot(v, i);
        int block = i / v->side / v->block * SURVEY_BLOCKS + i % v->side / v->block;
        for (int kind = first; kind < end; kind++) {
            struct block_best *b = &s->best[kind * BLOCKS + block];
            float score = judge_spot((enum place_kind)kind, &spot);
            if (score > b->score)
                *b = (struct block_best){score, i};
        }
    }
}

/* Takes the best block out of the list, and its neighbourhood with it. */
static struct block_best take_best(struct block_best *list)
{
    int at = 0;
    for (int i = 1; i < BLOCKS; i++)
        if (list[i].score > list[at].score)
            at = i;
    struct block_best best = list[at];
    for (int y = -APART; y <= APART; y++)
        for (int x = -APART; x <= APART; x++) {
            int row = (at / SURVEY_BLOCKS + y) & (SURVEY_BLOCKS - 1);
            int column = (at % SURVEY_BLOCKS + x) & (SURVEY_BLOCKS - 1);
            list[row * SURVEY_BLOCKS + column].score = 0;
        }
    return best;
}

static double centred(int cell, const struct macro *m)
{
    int from_middle = cell < m->size / 2 ? cell : cell - m->size;
    return from_middle * (double)m->cell_m;
}

/* atan for slopes of a camera's tilt: its series, to 2e-4 below 0.5. */
static float angle_of(float slope)
{
    float q = slope * slope;
    return slope * (1 - q * (1.0f / 3 - q * (1.0f / 5 - q * (1.0f / 7))));
}

static void fill_place(struct place *p, enum place_kind kind, const struct survey *survey,
                       const struct spot *spot, const struct view *view, float score)
{
    int x, y;
    survey_cell(survey, spot->sample, &x, &y);
    *p = (struct place){.x = centred(x, survey->macro),
                        .y = centred(y, survey->macro),
                        .altitude_m = spot->height,
                        .above_m = spot->above,
                        .yaw = (float)view->bearing * BEARING_RAD,
                        .pitch = angle_of(judge_pitch(kind, view)),
                        .height_m = VIEW_EYE_M,
                        .score = score};
    judge_reason(kind, spot, view, p->reason, sizeof p->reason);
}

static void find_kind(struct place *p, enum place_kind kind, struct search *s)
{
    struct spot best_spot = {0};
    struct view best_view = {0};
    float best_score = -1;
    for (int c = 0; c < CANDIDATES; c++) {
        struct block_best best = take_best(s->best + (size_t)kind * BLOCKS);
        if (!(best.score > 0))
            break;
        struct spot spot = survey_spot(&s->survey, best.sample);
        struct ray rays[VIEW_BEARINGS];
        int x, y;
        survey_cell(&s->survey, best.sample, &x, &y);
        view_cast(s->survey.macro, x, y, judge_lid(kind, &spot), rays);
        for (int k = 0; k < VIEW_BEARINGS; k++) {
            struct view view = view_window(rays, k);
            float score = best.score * judge_view(kind, &view, rays);
            if (score > best_score) {
                best_score = score;
                best_spot = spot;
                best_view = view;
            }
        }
    }
    fill_place(p, kind, &s->survey, &best_spot, &best_view, best_score);
}

static void search_fini(struct search *s)
{
    free(s->best);
    survey_fini(&s->survey);
}

static bool search_init(struct search *s, const struct macro *m, int first, int end,
                        struct error *err)
{
    *s = (struct search){0};
    if (!survey_init(&s->survey, m, err))
        return false;
    s->best = calloc((size_t)PLACE_KIND_COUNT * BLOCKS, sizeof *s->best);
    if (!s->best) {
        search_fini(s);
        return error_set(err, ERROR_FAILED, "out of memory for places");
    }
    survey_blocks(s, first, end);
    return true;
}

bool places_find(struct places *p, const struct macro *m, struct error *err)
{
    struct search s;
    if (!search_init(&s, m, 0, PLACE_OF_LAND, err))
        return false;
    for (int kind = 0; kind < PLACE_OF_LAND; kind++)
        find_kind(&p->kind[kind], (enum place_kind)kind, &s);
    search_fini(&s);
    return places_find_things(p->kind, PLACE_OF_LAND, PLACE_KIND_COUNT, m, err);
}

bool places_find_one(struct place *p, enum place_kind kind, const struct macro *m,
                     struct error *err)
{
    struct search s;
    if (kind >= PLACE_OF_LAND)
        return places_find_things(p - kind, (int)kind, (int)kind + 1, m, err);
    if (!search_init(&s, m, (int)kind, (int)kind + 1, err))
        return false;
    find_kind(p, kind, &s);
    search_fini(&s);
    return true;
}
