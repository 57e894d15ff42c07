#include "base/file.h"
#include "world/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* What a writer left is deleted when it is this old: no writer is at work for a day. */
#define TEMPORARY_AGE_S (24 * 3600)

struct entry {
    char name[sizeof "world-0123456789abcdef.stillair"];
    long long size;
    struct timespec used;
    bool keep;
};

struct entries {
    struct entry *items;
    size_t count;
};

static bool is_world(const char *name)
{
    static const char end[] = ".stillair";
    size_t digits = strspn(name + (strncmp(name, "world-", 6) == 0 ? 6 : 0), "0123456789abcdef");
    return digits == 16 && strncmp(name, "world-", 6) == 0 && strcmp(name + 22, end) == 0;
}

/* The kept one first, then by the time of their last use, the latest first. */
static int compare(const void *a, const void *b)
{
    const struct entry *l = a, *r = b;
    if (l->keep != r->keep)
        return l->keep ? -1 : 1;
    if (l->used.tv_sec != r->used.tv_sec)
        return l->used.tv_sec > r->used.tv_sec ? -1 : 1;
    if (l->used.tv_nsec != r->used.tv_nsec)
        return l->used.tv_nsec > r->used.tv_nsec ? -1 : 1;
    return strcmp(l->name, r->name);
}

static bool add(struct entries *e, const char *name, const struct stat *st, const char *keep)
{
    struct entry *items = realloc(e->items, (e->count + 1) * sizeof *items);
    if (!items)
        return false;
    e->items = items;
    struct entry *entry = &items[e->count++];
    *entry = (struct entry){.size = st->st_size, .used = st->st_mtim};
    memcpy(entry->name, name, sizeof entry->name);
    const char *slash = keep ? strrchr(keep, '/') : NULL;
    entry->keep = keep && strcmp(slash ? slash + 1 : keep, name) == 0;
    return true;
}

static void collect(DIR *dir, const char *keep, struct entries *e)
{
    bool ok = true;
    for (struct dirent *d; ok && (d = readdir(dir)) != NULL;) {
        struct stat st;
        bool world = is_world(d->d_name);
        if ((!world && !file_is_temporary(d->d_name)) ||
            fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
            continue;
        if (world)
            ok = add(e, d->d_name, &st, keep);
        else if (time(NULL) - st.st_mtim.tv_sec > TEMPORARY_AGE_S)
            unlinkat(dirfd(dir), d->d_name, 0);
    }
}

void cache_trim(const char *folder, size_t limit, const char *keep, const struct log *log)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    struct entries e = {0};
    collect(dir, keep, &e);
    if (e.count > 0)
        qsort(e.items, e.count, sizeof *e.items, compare);
    unsigned long long total = 0;
    for (size_t i = 0; i < e.count; i++) {
        total += (unsigned long long)e.items[i].size;
        if (total <= limit || e.items[i].keep)
            continue;
        /* Another process may have been faster. */
        if (unlinkat(dirfd(dir), e.items[i].name, 0) == 0 && log)
            log_verbose(log, "world: %s/%s deleted: over %zu MiB are kept", folder, e.items[i].name,
                        limit >> 20);
    }
    free(e.items);
    closedir(dir);
}
