/* What the tests of whole parameter sets share: random ones that make sense, and what does. */
#ifndef STILLAIR_TESTS_PARAMS_FIXTURE_H
#define STILLAIR_TESTS_PARAMS_FIXTURE_H

#include "tests/preset/preset_fixture.h"

/* xorshift64*, 0-1. */
static inline double random_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * 0x2545F4914F6CDD1DU) >> 11) / 9007199254740992.0;
}

/* Every row gets a random value in range; a layer is given by visibility, by load, or is empty. */
static inline void random_params(struct params *p, uint64_t *random)
{
    params_init(p);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        union param_value value = {0};
        double t = random_next(random);
        if (row->type == PARAM_TYPE_FLOAT)
            value.f = (float)((row->min + (row->max - row->min) * t) * row->factor);
        else if (row->type == PARAM_TYPE_INT)
            value.i = (int32_t)(row->min + (row->max - row->min) * t);
        else if (row->type == PARAM_TYPE_CHOICE)
            value.i = (int32_t)((param_choice_count(row) - 1) * t + 0.5);
        else
            for (int c = 0; c < 3; c++)
                value.rgb[c] = (float)random_next(random);
        param_put(row, p, &value);
    }
#define MAKE_SENSE(layer)                                                                          \
    if (p->layer##_base >= p->layer##_top)                                                         \
        p->layer##_top = p->layer##_base + 1;                                                      \
    switch ((int)(random_next(random) * 3)) {                                                      \
    case 0:                                                                                        \
        p->layer##_load = 1;                                                                       \
        break;                                                                                     \
    case 1:                                                                                        \
        p->layer##_visibility = 0;                                                                 \
        break;                                                                                     \
    default:                                                                                       \
        p->layer##_visibility = p->layer##_load = p->layer##_no2 = 0;                              \
        break;                                                                                     \
    }
    MAKE_SENSE(haze)
    MAKE_SENSE(slab)
    MAKE_SENSE(fog)
#undef MAKE_SENSE
    if (p->grade_black >= p->grade_white)
        p->grade_white = p->grade_black + 1;
}

/* In range and sensible together: written out, it can be read back, to the same bits. */
static inline void assert_valid(const struct world *w, const struct params *p)
{
    struct preset *empty = parse(w, "");
    char *text = preset_write_resolved(empty, NULL, p);
    assert_non_null(text);
    struct params back = resolve_text(w, text, NULL);
    assert_memory_equal(&back, p, sizeof back);
    free(text);
    preset_destroy(&empty);
}

static inline struct params shipped(const char *name)
{
    const struct resources embedded = {NULL, NULL};
    struct diagnostics diag = {0};
    struct preset *p = preset_load(&embedded, name, &diag);
    if (!p)
        fail_msg("%s", diag.count ? diag.lines[0] : name);
    struct params out = resolve(p, NULL);
    preset_destroy(&p);
    return out;
}

#endif
