#include "world/request/world_job.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static bool step(struct progress *self, const char *what, double done)
{
    struct world_job *j = (struct world_job *)((char *)self - offsetof(struct world_job, progress));
    atomic_store(&j->step, what);
    atomic_store(&j->share, (int)(1000 * done));
    return !atomic_load(&j->stop) && progress_step(j->machine.progress, what, done);
}

static void *prepare(void *user)
{
    struct world_job *j = user;
    struct machine machine = j->machine;
    machine.progress = &j->progress;
    j->ok = world_prepare(&j->data, &j->params, &machine, &j->err);
    atomic_store(&j->done, true);
    return NULL;
}

/* What is drawn meanwhile goes first. On Linux niceness is a thread's, and goes on to those that it
 * starts; elsewhere it is left alone. */
static void *prepare_behind(void *user)
{
#ifdef __linux__
    enum { BEHIND = 10 };
    (void)!nice(BEHIND);
#endif
    return prepare(user);
}

/* Signals are the main thread's. */
void world_job_start(struct world_job *j, const struct params *params,
                     const struct machine *machine)
{
    sigset_t all, old;
    *j = (struct world_job){.params = *params, .machine = *machine, .progress = {step}};
    atomic_store(&j->step, "");
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    j->threaded = pthread_create(&j->thread, NULL, prepare_behind, j) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (!j->threaded)
        prepare(j);
}

void world_job_cancel(struct world_job *j)
{
    atomic_store(&j->stop, true);
}

bool world_job_done(struct world_job *j)
{
    return atomic_load(&j->done);
}

bool world_job_finish(struct world_job *j, struct world_data *out, struct error *err)
{
    if (j->threaded)
        pthread_join(j->thread, NULL);
    if (!j->ok) {
        *err = j->err;
        return false;
    }
    *out = j->data;
    return true;
}
