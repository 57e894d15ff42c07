/* OpenEXR of a raster: one channel Y, and in the header where it lies and in which unit. */
#include "export/raster.h"
#include "picture/exr_file.h"

bool raster_write_exr(const struct raster *r, struct file_writer *out, struct progress *progress,
                      struct error *err)
{
    const struct exr_channel channel = {"Y", r->samples, 1, r->stride, false};
    const struct exr_attribute attributes[] = {
        {"stillair:name", r->name, 0, {0}},
        {"stillair:unit", r->unit, 0, {0}},
        {"stillair:spacing_m", NULL, 1, {r->spacing_m}},
        {"stillair:origin_x_m", NULL, 1, {r->west_m}},
        {"stillair:origin_y_m", NULL, 1, {r->south_m}},
    };
    const struct exr_picture picture = {.width = r->columns,
                                        .height = r->rows,
                                        .channels = &channel,
                                        .channel_count = 1,
                                        .packed = true,
                                        .attributes = attributes,
                                        .attribute_count = sizeof attributes / sizeof *attributes};
    return exr_file_write(&picture, out, progress, err);
}
