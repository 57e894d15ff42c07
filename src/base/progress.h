/* Progress of a long job, told to whoever listens, and asked whether to stop.
 *
 * The listener may be NULL everywhere. step() returns false when the job should stop
 * (interrupted); the job then cleans up and fails with ERROR_INTERRUPTED. */
#ifndef STILLAIR_BASE_PROGRESS_H
#define STILLAIR_BASE_PROGRESS_H

#include <stdbool.h>

struct progress {
    bool (*step)(struct progress *self, const char *what, double done_0_1);
};

/* True when the job may go on. */
static inline bool progress_step(struct progress *p, const char *what, double done_0_1)
{
    return !p || p->step(p, what, done_0_1);
}

#endif
