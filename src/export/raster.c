#include "export/raster.h"

#include "base/decimal.h"
#include "base/little_endian.h"

#include <math.h>
#include <stdlib.h>

bool raster_measure(struct raster *r, struct error *err)
{
    r->low = r->high = r->samples[0];
    for (int y = 0; y < r->rows; y++) {
        const float *row = raster_row(r, y);
        for (int x = 0; x < r->columns; x++) {
            if (!isfinite(row[x]))
                return error_set(err, ERROR_FAILED,
                                 "the %s at %s m east, %s m north is not a finite number", r->name,
                                 decimal_of(r->west_m + x * r->spacing_m).text,
                                 decimal_of(r->south_m + (r->rows - 1 - y) * r->spacing_m).text);
            r->low = row[x] < r->low ? row[x] : r->low;
            r->high = row[x] > r->high ? row[x] : r->high;
        }
    }
    return true;
}

bool raster_step(const struct raster *r, int row, struct progress *progress, struct error *err)
{
    return progress_step(progress, "write", (double)row / r->rows) ||
           error_set(err, ERROR_INTERRUPTED, "interrupted");
}

bool raster_write_r32(const struct raster *r, struct file_writer *out, struct progress *progress,
                      struct error *err)
{
    unsigned char *bytes = malloc((size_t)r->columns * 4);
    bool ok = bytes || error_set(err, ERROR_FAILED, "no memory for a row of %d", r->columns);
    for (int y = 0; ok && y < r->rows; y++) {
        const float *row = raster_row(r, y);
        unsigned char *at = bytes;
        for (int x = 0; x < r->columns; x++)
            at = le_put_f32(at, row[x]);
        ok = file_writer_put(out, bytes, (size_t)(at - bytes), err) &&
             raster_step(r, y + 1, progress, err);
    }
    free(bytes);
    return ok;
}

/* The point in "-9999.0" tells GDAL that the numbers are floats, were the first of them whole. No
 * land is that low. */
static bool put_asc_header(const struct raster *r, struct file_writer *out, struct error *err)
{
    char text[256];
    int length = snprintf(text, sizeof text,
                          "ncols %d\nnrows %d\nxllcenter %s\nyllcenter %s\ncellsize %s\n"
                          "NODATA_value -9999.0\n",
                          r->columns, r->rows, decimal_of(r->west_m).text,
                          decimal_of(r->south_m).text, decimal_of(r->spacing_m).text);
    return file_writer_put(out, text, (size_t)length, err);
}

bool raster_write_asc(const struct raster *r, struct file_writer *out, struct progress *progress,
                      struct error *err)
{
    bool ok = put_asc_header(r, out, err);
    for (int y = 0; ok && y < r->rows; y++) {
        const float *row = raster_row(r, y);
        for (int x = 0; ok && x < r->columns; x++) {
            char text[32];
            int length = snprintf(text, sizeof text, "%.9g%c", (double)row[x],
                                  x + 1 < r->columns ? ' ' : '\n');
            ok = file_writer_put(out, text, (size_t)length, err);
        }
        ok = ok && raster_step(r, y + 1, progress, err);
    }
    return ok;
}
