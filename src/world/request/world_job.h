/* A world that is prepared on a thread of its own (world_prepare), while programs are built or
 * somebody flies over another. */
#ifndef STILLAIR_WORLD_REQUEST_WORLD_JOB_H
#define STILLAIR_WORLD_REQUEST_WORLD_JOB_H

#include "base/progress.h"
#include "preset/params/params.h"
#include "world/request/world_of.h"

#include <pthread.h>
#include <stdatomic.h>

struct world_job {
    struct params params;
    struct machine machine; /* its progress is told from the job's thread */
    struct world_data data;
    struct error err;
    bool ok, threaded;
    pthread_t thread;
    struct progress progress; /* passes on to the machine's, until it is told to stop */
    atomic_bool stop, done;
    _Atomic(const char *) step; /* what it is at: a static string */
    atomic_int share;           /* of that, thousandths */
};

/* Starts it; the job must stay where it is until world_job_finish(). Where no thread can be had the
 * world is prepared before this returns. */
void world_job_start(struct world_job *j, const struct params *params,
                     const struct machine *machine);
/* Asks it to stop; world_job_finish() still has to be called, and fails. */
void world_job_cancel(struct world_job *j);
/* Whether world_job_finish() would not wait. */
bool world_job_done(struct world_job *j);
/* Waits; the caller fini's out on success. */
bool world_job_finish(struct world_job *j, struct world_data *out, struct error *err);

#endif
