/* What long work gets of the machine, and who waits for it. */
#ifndef STILLAIR_BASE_MACHINE_H
#define STILLAIR_BASE_MACHINE_H

struct log;
struct progress;
struct world_cache;

/* Zeroes are good: all cores, no cache, nobody who waits. Pointers are borrowed. */
struct machine {
    int threads;                     /* of the CPU; 0: one per core */
    const struct world_cache *cache; /* of built worlds (world/cache.h); NULL: none */
    struct progress *progress;       /* is told how far the work is, and may stop it */
    const struct log *log;           /* verbose: what was done, and how long it took */
};

#endif
