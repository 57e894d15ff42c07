/* What the tests of the air share: emptying and filling its layers. */
#ifndef STILLAIR_TESTS_AIR_FIXTURE_H
#define STILLAIR_TESTS_AIR_FIXTURE_H

#include "air/air.h"

#include <math.h>
#include <stdio.h>

#define MG 1e-6f /* kg/m3 */
#define UG 1e-9f

/* The row of a layer, for example "water". */
static inline float *air_row(struct params *p, enum air_layer_kind layer, const char *name)
{
    char key[64];
    snprintf(key, sizeof key, "%s.%s", air_layer_name(layer), name);
    return (float *)((char *)p + params_find(key)->offset);
}

/* Takes everything out of the layers. */
static inline void air_clear_layers(struct params *p)
{
    for (int l = 0; l < AIR_LAYERS; l++) {
        *air_row(p, l, "visibility") = *air_row(p, l, "no2") = 0;
        *air_row(p, l, "load") = 1;
        for (int k = 0; k < AIR_INGREDIENT_COUNT; k++)
            *air_row(p, l, air_ingredient_name(k)) = 0;
    }
}

/* Nothing at all: no molecules, no ozone, no layers, no billows. */
static inline struct params air_nothing(void)
{
    struct params p;
    params_init(&p);
    air_clear_layers(&p);
    p.air_pressure = p.air_ozone = 0;
    p.fog_billow = p.fog_patch = p.slab_billow = p.slab_patch = 0;
    return p;
}

/* Fog alone, alike everywhere that tests look at. */
static inline struct params air_even(enum air_ingredient kind, double visibility_m)
{
    struct params p = air_nothing();
    p.fog_base = -2000;
    p.fog_top = 9000;
    p.fog_visibility = (float)visibility_m;
    *air_row(&p, AIR_FOG, air_ingredient_name(kind)) = MG;
    return p;
}

#endif
