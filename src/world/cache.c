#include "world/cache.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Places in the header. */
enum { AT_FORMAT = 8, AT_ORDER = 12, AT_KEY = 16, AT_SIZE = 64, AT_PLANES_SUM = 72, AT_SUM = 80 };

/* A field that is added must be written into the key. */
_Static_assert(4 + sizeof(struct macro_params) == AT_SIZE - AT_KEY, "macro_params and the key");
_Static_assert(sizeof(float) == 4, "planes of 32 bits");

/* --- the header ----------------------------------------------------------------------------- */

static unsigned char *put(unsigned char *at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *at++ = (unsigned char)(value >> 8 * i);
    return at;
}

static unsigned char *put_float(unsigned char *at, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return put(at, bits, 4);
}

static uint64_t get_64(const unsigned char *at)
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

/* CACHE_SOLVER: a hash of the solver's sources, from CMake. */
uint32_t cache_solver(void)
{
    return MACRO_VERSION ^ CACHE_SOLVER;
}

/* All that a world depends on. */
static void write_key(unsigned char *at, const struct macro_params *p)
{
    at = put(at, cache_solver(), 4);
    at = put(at, p->seed, 4);
    at = put(at, (uint32_t)p->size, 4);
    at = put_float(at, p->relief_m);
    at = put_float(at, p->ranges_m);
    at = put_float(at, p->age_yr);
    at = put_float(at, p->rain_m);
    at = put_float(at, p->hardness);
    at = put_float(at, p->layer_m);
    at = put_float(at, p->dip);
    at = put_float(at, p->playa);
    put_float(at, p->diffusivity);
}

static size_t size_of_planes(const struct macro_params *p)
{
    return (size_t)p->size * (size_t)p->size * MACRO_PLANE_COUNT * sizeof(float);
}

static void write_header(unsigned char *header, const struct macro_params *p, uint64_t planes_sum)
{
    const uint32_t order = 0x01020304u;
    memcpy(header, "stillair", 8);
    put(header + AT_FORMAT, CACHE_FORMAT, 4);
    memcpy(header + AT_ORDER, &order, sizeof order);
    write_key(header + AT_KEY, p);
    put(header + AT_SIZE, size_of_planes(p), 8);
    put(header + AT_PLANES_SUM, planes_sum, 8);
    put(header + AT_SUM, hash_64(header, AT_SUM, 0), 8);
}

/* Why a file with this header is not the world that is wanted; NULL when it is. */
static const char *refuse(const unsigned char *header, const struct macro_params *p)
{
    unsigned char want[CACHE_HEADER_SIZE];
    write_header(want, p, 0);
    if (memcmp(header, want, AT_FORMAT) != 0)
        return "it is no world of stillair's";
    if (memcmp(header + AT_FORMAT, want + AT_FORMAT, AT_ORDER - AT_FORMAT) != 0)
        return "it is of another format";
    if (get_64(header + AT_SUM) != hash_64(header, AT_SUM, 0))
        return "its header is damaged";
    if (memcmp(header + AT_ORDER, want + AT_ORDER, AT_KEY - AT_ORDER) != 0)
        return "it was written by a machine with another order of bytes";
    if (memcmp(header + AT_KEY, want + AT_KEY, 4) != 0)
        return "it is of another version";
    if (memcmp(header + AT_KEY, want + AT_KEY, AT_PLANES_SUM - AT_KEY) != 0)
        return "it is another world";
    return NULL;
}

char *cache_world_path(const char *folder, const struct macro_params *params)
{
    unsigned char key[AT_SIZE - AT_KEY];
    write_key(key, params);
    size_t size = strlen(folder) + sizeof "/world-0123456789abcdef.stillair";
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/world-%016llx.stillair", folder,
                 (unsigned long long)hash_64(key, sizeof key, CACHE_FORMAT));
    return path;
}

/* --- reading -------------------------------------------------------------------------------- */

/* Bytes read: fewer than asked for at the end of the file or on an error. */
static size_t read_block(int fd, unsigned char *to, size_t size)
{
    size_t used = 0;
    while (used < size) {
        ssize_t got = read(fd, to + used, size - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        used += (size_t)got;
    }
    return used;
}

/* Each block is summed while the processor's cache still holds it. */
static const char *read_planes(int fd, struct macro *m, size_t size, uint64_t want)
{
    unsigned char *planes = (unsigned char *)m->plane[0];
    uint64_t sum = 0;
    for (size_t at = 0; at < size; at += CACHE_BLOCK) {
        size_t block = size - at < CACHE_BLOCK ? size - at : CACHE_BLOCK;
        if (read_block(fd, planes + at, block) != block)
            return "it cannot be read to its end";
        sum = hash_64(planes + at, block, sum);
    }
    return sum == want ? NULL : "its planes are damaged";
}

static const char *read_open(int fd, struct macro *m, const struct macro_params *p)
{
    unsigned char header[CACHE_HEADER_SIZE];
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return "it is no file";
    if (read_block(fd, header, sizeof header) != sizeof header)
        return "it is cut short";
    const char *why = refuse(header, p);
    if (why)
        return why;
    size_t size = size_of_planes(p);
    if ((unsigned long long)st.st_size != sizeof header + size)
        return (unsigned long long)st.st_size < sizeof header + size ? "it is cut short"
                                                                     : "it is too long";
    if (!macro_init(m, p->size, p->layer_m, NULL))
        return "there is no memory for it";
    why = read_planes(fd, m, size, get_64(header + AT_PLANES_SUM));
    if (why)
        macro_fini(m);
    else
        macro_find_range(m);
    return why;
}

const char *cache_read_world(const char *path, struct macro *m, const struct macro_params *params)
{
    /* O_NONBLOCK: a pipe of that name does not hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? "it is not there yet" : strerror(errno);
    const char *why = read_open(fd, m, params);
    if (!why)
        futimens(fd, NULL); /* used now; in a folder that we may only read it stays as it was */
    close(fd);
    return why;
}

/* --- writing -------------------------------------------------------------------------------- */

bool cache_write_world(const char *path, const struct macro *m, const struct macro_params *params,
                       struct error *err)
{
    unsigned char header[CACHE_HEADER_SIZE];
    const unsigned char *planes = (const unsigned char *)m->plane[0];
    size_t size = size_of_planes(params);
    uint64_t sum = 0;
    for (size_t at = 0; at < size; at += CACHE_BLOCK)
        sum = hash_64(planes + at, size - at < CACHE_BLOCK ? size - at : CACHE_BLOCK, sum);
    write_header(header, params, sum);
    const struct file_part parts[] = {{header, sizeof header}, {planes, size}};
    return file_write_atomic_parts(path, parts, 2, err);
}

/* --- both ----------------------------------------------------------------------------------- */

static void keep_world(const struct world_cache *cache, const char *path, const struct macro *m,
                       const struct macro_params *p)
{
    struct error err = {0};
    if (file_create_folders(cache->folder, &err) && cache_write_world(path, m, p, &err))
        cache_trim(cache->folder, cache->limit ? cache->limit : CACHE_LIMIT, path, cache->log);
    else if (cache->log)
        log_warning(cache->log, "the world is not kept for the next time: %s", err.text);
}

static bool build(struct macro *m, const struct macro_params *params, const struct log *log,
                  const struct machine *machine, struct error *err)
{
    double start = clock_seconds();
    if (!macro_build(m, params, machine->threads, machine->progress, err))
        return false;
    if (log)
        log_verbose(log, "world: built (%.1f ms)", 1e3 * (clock_seconds() - start));
    return true;
}

bool cache_build_world(struct macro *m, const struct macro_params *params,
                       const struct machine *machine, struct error *err)
{
    const struct world_cache *cache = machine->cache;
    const struct log *log = cache ? cache->log : NULL;
    char *path = cache && cache->folder ? cache_world_path(cache->folder, params) : NULL;
    if (!path)
        return build(m, params, log, machine, err);
    double start = clock_seconds();
    const char *why = cache_read_world(path, m, params);
    if (log && why)
        log_verbose(log, "world: %s: %s; building", path, why);
    else if (log)
        log_verbose(log, "world: read from %s (%.1f ms)", path, 1e3 * (clock_seconds() - start));
    bool ok = !why;
    if (why && build(m, params, log, machine, err)) {
        keep_world(cache, path, m, params);
        ok = true;
    }
    free(path);
    return ok;
}
