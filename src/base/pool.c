#include "base/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { POOL_THREADS_MAX = 1024 };

struct pool {
    pthread_mutex_t lock; /* guards everything below */
    pthread_cond_t wake;  /* a run began, or the pool ends */
    pthread_cond_t idle;  /* the last job of a run is done */
    void (*job)(void *user, int index);
    void *user;
    int next, count; /* indices handed out, and how many there are */
    int running;     /* jobs handed out and not yet done */
    bool quit;
    int worker_count;
    pthread_t workers[];
};

/* Works while there is an index to take. Called and left with the lock held. */
static void work(struct pool *pool)
{
    while (pool->next < pool->count) {
        int index = pool->next++;
        pool->running++;
        pthread_mutex_unlock(&pool->lock);
        pool->job(pool->user, index);
        pthread_mutex_lock(&pool->lock);
        if (--pool->running == 0 && pool->next >= pool->count)
            pthread_cond_signal(&pool->idle);
    }
}

static void *worker_main(void *user)
{
    struct pool *pool = user;
    pthread_mutex_lock(&pool->lock);
    while (!pool->quit) {
        work(pool);
        if (!pool->quit)
            pthread_cond_wait(&pool->wake, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Returns 0 or an errno. */
static int start_workers(struct pool *pool, int count)
{
    sigset_t all, before;
    int code = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (code == 0 && pool->worker_count < count) {
        code = pthread_create(&pool->workers[pool->worker_count], NULL, worker_main, pool);
        if (code == 0)
            pool->worker_count++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

struct pool *pool_create(int threads, struct error *err)
{
    if (threads == 0)
        threads = (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (threads < 1)
        threads = 1;
    if (threads > POOL_THREADS_MAX)
        threads = POOL_THREADS_MAX;
    int workers = threads - 1;
    struct pool *pool = calloc(1, sizeof *pool + (size_t)workers * sizeof pool->workers[0]);
    if (!pool) {
        error_set(err, ERROR_FAILED, "no memory for a pool of %d threads", threads);
        return NULL;
    }
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    pthread_cond_init(&pool->idle, NULL);
    int code = start_workers(pool, workers);
    if (code != 0) {
        pool_destroy(&pool);
        error_set(err, ERROR_FAILED, "cannot start %d threads: %s; ask for fewer with --threads",
                  threads, strerror(code));
    }
    return pool;
}

void pool_destroy(struct pool **pool)
{
    struct pool *p = *pool;
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->quit = true;
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->worker_count; i++)
        pthread_join(p->workers[i], NULL);
    pthread_cond_destroy(&p->idle);
    pthread_cond_destroy(&p->wake);
    pthread_mutex_destroy(&p->lock);
    free(p);
    *pool = NULL;
}

int pool_threads(const struct pool *pool)
{
    return pool->worker_count + 1;
}

void pool_run(struct pool *pool, int job_count, void (*job)(void *user, int index), void *user)
{
    pthread_mutex_lock(&pool->lock);
    pool->job = job;
    pool->user = user;
    pool->next = 0;
    pool->count = job_count;
    pthread_cond_broadcast(&pool->wake);
    work(pool);
    while (pool->running > 0)
        pthread_cond_wait(&pool->idle, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}
