/* A world for tests that do not care which. */
#ifndef STILLAIR_TESTS_WORLD_FIXTURE_H
#define STILLAIR_TESTS_WORLD_FIXTURE_H

#include "world/macro.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* An initialiser. */
#define USUAL_PARAMS(seed_, size_)                                                                 \
    {                                                                                              \
        .seed = (seed_), .size = (size_), .relief_m = 1500, .ranges_m = 16000, .age_yr = 6.4e6f,   \
        .rain_m = 0.3f, .hardness = 0.55f, .layer_m = 120, .dip = 0.05f, .playa = 0.06f,           \
        .diffusivity = 0.05f                                                                       \
    }

static inline struct macro_params usual_params(uint32_t seed, int size)
{
    return (struct macro_params)USUAL_PARAMS(seed, size);
}

static inline struct macro build_world(const struct macro_params *p, int threads)
{
    struct macro m;
    struct error err = {0};
    if (!macro_build(&m, p, threads, NULL, &err))
        fail_msg("%s", err.text);
    return m;
}

#endif
