/* The cache of built worlds that tests of one run share. */
#ifndef STILLAIR_TESTS_SHARED_WORLDS_H
#define STILLAIR_TESTS_SHARED_WORLDS_H

#include "world/cache.h"

#include <stdlib.h>

/* Returns the cache in the folder that ctest names; NULL outside of ctest: worlds are then built.
 */
static inline const struct world_cache *shared_worlds(void)
{
    static struct world_cache cache;
    cache.folder = getenv("STILLAIR_TEST_WORLDS");
    return cache.folder ? &cache : NULL;
}

#endif
