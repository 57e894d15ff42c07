#include "base/watch.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What tells one state of a file from another; all zero when it is not there. */
struct stamp {
    bool exists;
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified, changed; /* `changed` moves even when `modified` is set back */
};

struct watched {
    char *path;            /* owned */
    struct stamp reported; /* what the caller knows */
    struct stamp seen;     /* by the last poll */
    double since;          /* `seen` is as it is */
};

struct watch {
    struct watched *files; /* owned, `count` of them */
    size_t count;
    const char **changed; /* owned, room for each file; borrowed paths */
    size_t changed_count;
};

static struct stamp stamp_of(const char *path)
{
    struct stat st;
    struct stamp stamp = {0};
    if (stat(path, &st) == 0)
        stamp = (struct stamp){true, st.st_dev, st.st_ino, st.st_size, st.st_mtim, st.st_ctim};
    return stamp;
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same(const struct stamp *a, const struct stamp *b)
{
    return a->exists == b->exists && a->device == b->device && a->inode == b->inode &&
           a->size == b->size && same_time(a->modified, b->modified) &&
           same_time(a->changed, b->changed);
}

struct watch *watch_create(void)
{
    return calloc(1, sizeof(struct watch));
}

void watch_destroy(struct watch **ww)
{
    struct watch *w = *ww;
    *ww = NULL;
    if (!w)
        return;
    watch_clear(w);
    free(w->files);
    free(w->changed);
    free(w);
}

static bool is_watched(const struct watch *w, const char *path)
{
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->files[i].path, path) == 0)
            return true;
    return false;
}

bool watch_add(struct watch *w, const char *path)
{
    w->changed_count = 0;
    if (is_watched(w, path))
        return true;
    struct watched *files = realloc(w->files, (w->count + 1) * sizeof *files);
    if (files)
        w->files = files;
    const char **changed = realloc(w->changed, (w->count + 1) * sizeof *changed);
    if (changed)
        w->changed = changed;
    char *copy = strdup(path);
    if (!files || !changed || !copy) {
        free(copy);
        return false;
    }
    struct stamp now = stamp_of(path);
    w->files[w->count++] = (struct watched){.path = copy, .reported = now, .seen = now};
    return true;
}

void watch_clear(struct watch *w)
{
    for (size_t i = 0; i < w->count; i++)
        free(w->files[i].path);
    w->count = w->changed_count = 0;
}

/* True when the file is there, otherwise than it was reported, and has been so for a while. */
static bool poll_file(struct watched *f, double time_s)
{
    struct stamp now = stamp_of(f->path);
    if (!same(&now, &f->seen)) {
        f->seen = now;
        f->since = time_s;
    }
    if (!now.exists || same(&now, &f->reported) || time_s - f->since < WATCH_QUIET_S)
        return false;
    f->reported = now;
    return true;
}

size_t watch_poll(struct watch *w, double time_s)
{
    w->changed_count = 0;
    for (size_t i = 0; i < w->count; i++)
        if (poll_file(&w->files[i], time_s))
            w->changed[w->changed_count++] = w->files[i].path;
    return w->changed_count;
}

const char *watch_changed(const struct watch *w, size_t index)
{
    return index < w->changed_count ? w->changed[index] : NULL;
}
