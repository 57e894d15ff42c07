/* A grid of numbers over the land, and the files that hold one.
 *
 * Samples are points, spacing_m apart along both axes; rows run from north to south, as in a
 * picture, and columns from west to east.
 *
 *   .r32  IEEE 754 binary32, little-endian, no header (as World Machine and Gaea read it)
 *   .png  16-bit grey: 0 is `low`, 65535 is `high`, linear between, rounded to the nearest; the
 *         range is in iTXt chunks (W3C, Portable Network Graphics, Second Edition, 2003)
 *   .exr  one channel Y of 32-bit floats, scan lines, ZIP (exr_file.h)
 *   .asc  Esri ASCII grid: text with 9 significant digits, which give back the same float (Esri,
 *         "Esri ASCII raster format"; Library of Congress, fdd000421) */
#ifndef STILLAIR_EXPORT_RASTER_H
#define STILLAIR_EXPORT_RASTER_H

#include "base/error.h"
#include "base/file_writer.h"
#include "base/progress.h"

#include <stddef.h>

struct raster {
    const char *name, *unit; /* "height", "m"; the unit is "" for a plain number */
    int columns, rows;       /* 1..65535 each */
    size_t stride;           /* floats from the start of a row to the next, at least columns */
    const float *samples;    /* the north-west one; borrowed */
    double west_m, south_m;  /* where the south-west sample stands: metres east and north */
    double spacing_m;
    float low, high; /* what is 0 and 65535 in a PNG */
};

/* Sets low and high to the lowest and highest sample. False with ERROR_FAILED, saying where, when
 * one is not a finite number. */
bool raster_measure(struct raster *r, struct error *err);

static inline const float *raster_row(const struct raster *r, int row)
{
    return r->samples + (size_t)row * r->stride;
}

/* Each puts a whole file into an open writer, which the caller commits. progress may be NULL. False
 * with ERROR_FAILED (disk, memory) or ERROR_INTERRUPTED. */
typedef bool raster_write(const struct raster *r, struct file_writer *out,
                          struct progress *progress, struct error *err);
raster_write raster_write_r32, raster_write_png, raster_write_exr, raster_write_asc;

/* For writers: tells that `row` of the rows is done; false with ERROR_INTERRUPTED to stop. */
bool raster_step(const struct raster *r, int row, struct progress *progress, struct error *err);

#endif
