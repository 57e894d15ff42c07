/* A thread pool with one job: the blocking parallel for.
 *
 * Indices are handed out one by one to whoever is free, so a job's result must depend on its index
 * alone. Signals are blocked in the workers: the main thread gets them. */
#ifndef STILLAIR_BASE_POOL_H
#define STILLAIR_BASE_POOL_H

#include "base/error.h"

struct pool;

/* threads: how many work at once, the caller included; 0 = one per core. NULL with err filled. */
struct pool *pool_create(int threads, struct error *err);
void pool_destroy(struct pool **pool);

int pool_threads(const struct pool *pool);

/* Calls job(user, index) for each index of [0, job_count), on the workers and the calling thread,
 * and returns when all are done; what they wrote is then visible to the caller. With one thread the
 * calls are made in order. Not to be called from a job, nor from two threads at once. */
void pool_run(struct pool *pool, int job_count, void (*job)(void *user, int index), void *user);

#endif
