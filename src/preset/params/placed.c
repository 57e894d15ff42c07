#include "preset/params/placed.h"

#include "preset/params/units.h"

#include <stdio.h>
#include <string.h>

#define KINDS                                                                                      \
    "none|tree|orchard|pine|shrub|boulder|stone|tuft|reeds|pylon|pole|log|fallen|stump|wall|"      \
    "fence|"                                                                                       \
    "cairn|figure|sitting"

#define ROW(name_, type_, def_, min_, max_, unit_, scale_, choices_, help_)                        \
    {                                                                                              \
        .type = type_, .section = PLACED_SECTION, .name = #name_,                                  \
        .key = PLACED_SECTION "." #name_, .offset = offsetof(struct params_placed, name_),         \
        .def = def_, .min = min_, .max = max_, .unit = UNIT_NAME_##unit_,                          \
        .factor = UNIT_FACTOR_##unit_, .scale = scale_, .part = PARAMS_MOOD,                       \
        .affects = AFFECTS_WORD_things, .kind = KIND_PLAIN, .choices = choices_, .help = help_,    \
    }

const struct param_info placed_table[PLACED_ROWS] = {
    ROW(kind, PARAM_TYPE_CHOICE, 0, 0, 0, none, PARAM_SCALE_LINEAR, KINDS,
        "what it is; none takes away one that the base has"),
    ROW(place, PARAM_TYPE_CHOICE, 0, 0, 0, none, PARAM_SCALE_LINEAR, PARAM_PLACES,
        "x, y and turn count from where a camera stands at that place, and from how it looks"),
    ROW(x, PARAM_TYPE_FLOAT, 0, -1000000, 1000000, m, PARAM_SCALE_LINEAR, NULL,
        "east; of a place: to the right"),
    ROW(y, PARAM_TYPE_FLOAT, 0, -1000000, 1000000, m, PARAM_SCALE_LINEAR, NULL,
        "north; of a place: ahead"),
    ROW(turn, PARAM_TYPE_FLOAT, 0, -360, 360, deg, PARAM_SCALE_LINEAR, NULL,
        "where its front looks, clockwise from north; of a place: from how it looks"),
    ROW(scale, PARAM_TYPE_FLOAT, 1, 0.1, 10, none, PARAM_SCALE_LOG, NULL, "times its own size"),
};

void placed_init(struct params_placed *t, const char *name)
{
    *t = (struct params_placed){.scale = 1};
    snprintf(t->name, sizeof t->name, "%s", name);
}

struct params_placed *placed_find(struct params *p, const char *name)
{
    for (int i = 0; i < p->placed_count; i++)
        if (strcmp(p->placed[i].name, name) == 0)
            return &p->placed[i];
    return NULL;
}

bool placed_same(const struct params *a, const struct params *b)
{
    return a->placed_count == b->placed_count &&
           memcmp(a->placed, b->placed, (size_t)a->placed_count * sizeof a->placed[0]) == 0;
}

void placed_take(struct params *to, const struct params *from)
{
    memcpy(to->placed, from->placed, sizeof to->placed);
    to->placed_count = from->placed_count;
}

void placed_sift(struct params *p)
{
    int kept = 0;
    for (int i = 0; i < p->placed_count; i++)
        if (p->placed[i].kind != 0)
            p->placed[kept++] = p->placed[i];
    memset(&p->placed[kept], 0, (size_t)(PARAMS_PLACED_MAX - kept) * sizeof p->placed[0]);
    p->placed_count = kept;
}
