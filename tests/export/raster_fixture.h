/* What the tests of rasters and meshes share: a grid with a margin, a folder, and writing there. */
#ifndef STILLAIR_TESTS_RASTER_FIXTURE_H
#define STILLAIR_TESTS_RASTER_FIXTURE_H

#include "base/file.h"
#include "base/random.h"
#include "export/raster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>
#include <unistd.h>

struct place {
    char folder[64], path[128];
};

struct bytes {
    unsigned char *at;
    size_t size;
};

static inline int setup(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    strcpy(place->folder, "/tmp/stillair-raster-XXXXXX");
    if (!mkdtemp(place->folder))
        return -1;
    snprintf(place->path, sizeof place->path, "%s/grid", place->folder);
    *state = place;
    return 0;
}

/* Fails when anything but the file is left. */
static inline int teardown(void **state)
{
    struct place *place = *state;
    remove(place->path);
    int code = rmdir(place->folder);
    free(place);
    return code;
}

/* Hills, or numbers that no compression shortens; a margin of one sample round them. Free
 * grid_memory(). */
static inline struct raster make_grid(int columns, int rows, bool noise)
{
    size_t stride = (size_t)columns + 2;
    float *all = malloc(stride * ((size_t)rows + 2) * sizeof *all);
    assert_non_null(all);
    for (int y = 0; y < rows + 2; y++)
        for (int x = 0; x < columns + 2; x++) {
            uint32_t hash = random_hash1((uint32_t)(y * 4099 + x));
            double hill = 300 * sin(x * 0.07) * cos(y * 0.05) + 412.3;
            all[(size_t)y * stride + (size_t)x] =
                noise ? (float)((double)hash * 1e-6 - 2000) : (float)hill;
        }
    return (struct raster){.name = "height",
                           .unit = "m",
                           .columns = columns,
                           .rows = rows,
                           .stride = stride,
                           .samples = all + stride + 1,
                           .west_m = -1234.1,
                           .south_m = 1e6 + 0.0625,
                           .spacing_m = 0.1};
}

static inline void free_grid(struct raster *r)
{
    free((float *)r->samples - r->stride - 1);
    r->samples = NULL;
}

static inline bool try_writing(const struct place *place, const struct raster *r,
                               raster_write *write, struct progress *progress, struct error *err)
{
    struct file_writer w;
    bool ok = file_writer_open(&w, place->path, err) && write(r, &w, progress, err) &&
              file_writer_commit(&w, err);
    file_writer_fini(&w);
    return ok;
}

/* The bytes of the file that is written, with a zero after them. */
static inline struct bytes written(const struct place *place, const struct raster *r,
                                   raster_write *write)
{
    struct bytes out;
    struct error err = {0};
    if (!try_writing(place, r, write, NULL, &err))
        fail_msg("%s", err.text);
    out.at = (unsigned char *)file_read(place->path, &out.size, &err);
    assert_non_null(out.at);
    return out;
}

static inline uint32_t get_u32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline float get_f32(const unsigned char *at)
{
    uint32_t bits = get_u32(at);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A listener that wants to stop once half is done. */
static inline bool stop_halfway(struct progress *self, const char *what, double done)
{
    (void)self;
    (void)what;
    return done < 0.5;
}

static inline void expect_stop(const struct place *place, raster_write *write)
{
    struct raster r = make_grid(20, 20, false);
    struct progress progress = {.step = stop_halfway};
    struct error err = {0};
    assert_true(file_write_atomic(place->path, "old", 3, &err));
    assert_true(raster_measure(&r, &err));
    assert_false(try_writing(place, &r, write, &progress, &err));
    assert_int_equal(err.kind, ERROR_INTERRUPTED);
    char *bytes = file_read(place->path, NULL, &err);
    assert_string_equal(bytes, "old");
    free(bytes);
    free_grid(&r);
}

#endif
