#include "app/picture_file.h"

#include "base/exr_file.h"
#include "base/file.h"
#include "base/file_writer.h"
#include "base/hdr.h"
#include "base/interrupt.h"
#include "render/radiometry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ATTRIBUTES_MAX = 32, CHANNELS_MAX = 3 * LAYER_COUNT };

bool picture_file_format(const char *path, enum picture_format *format, struct error *err)
{
    /* A name that promises another format than what is written would be a lie. */
    static const char *const others[] = {".jpg",  ".jpeg", ".tif", ".tiff",
                                         ".webp", ".bmp",  ".ppm", ".gif"};
    const char *dot = strrchr(path, '.');
    *format = PICTURE_PNG;
    if (dot && strcasecmp(dot, ".exr") == 0)
        *format = PICTURE_EXR;
    else if (dot && strcasecmp(dot, ".hdr") == 0)
        *format = PICTURE_HDR;
    for (size_t i = 0; dot && i < sizeof others / sizeof others[0]; i++) {
        if (strcasecmp(dot, others[i]) == 0)
            return error_set(err, ERROR_USAGE,
                             "%s: stillair writes PNG, OpenEXR and Radiance; name the file *.png, "
                             "*.exr or *.hdr",
                             path);
    }
    return true;
}

/* ---- PNG ---- */

/* The bytes must be a PNG of the size that was asked for. That they reach the disk as they are,
 * file_write_atomic() sees to. */
static bool verify_png(const struct picture_file *f, const unsigned char *bytes, size_t size,
                       struct error *err)
{
    int width, height;
    if (!png_read_size(bytes, size, &width, &height, err))
        return false;
    return (width == f->width && height == f->height) ||
           error_set(err, ERROR_FAILED, "the PNG came out as %dx%d, not %dx%d", width, height,
                     f->width, f->height);
}

static bool interrupted(struct error *err)
{
    return interrupt_requested() && !error_set(err, ERROR_INTERRUPTED, "interrupted");
}

static bool write_png(const struct picture_file *f, struct error *err)
{
    unsigned char *bytes;
    size_t size;
    if (!png_encode(f->image, f->texts, (size_t)f->text_count, &bytes, &size, err))
        return false;
    bool ok = !interrupted(err) && verify_png(f, bytes, size, err) &&
              file_write_atomic(f->path, bytes, size, err);
    free(bytes);
    return ok;
}

/* ---- OpenEXR ---- */

struct exr_parts {
    struct exr_channel channels[CHANNELS_MAX];
    struct exr_attribute attributes[ATTRIBUTES_MAX];
    char unit_names[LAYER_COUNT][32];
    int channel_count, attribute_count;
};

static void add_attribute(struct exr_parts *e, struct exr_attribute a)
{
    if (e->attribute_count < ATTRIBUTES_MAX)
        e->attributes[e->attribute_count++] = a;
}

static void add_layer(struct exr_parts *e, enum layer layer, const struct plane *p,
                      bool full_floats)
{
    const struct layer_info *info = &layer_table[layer];
    size_t stride = (size_t)p->channels;
    for (int i = 0; i < p->channels; i++)
        e->channels[e->channel_count++] =
            (struct exr_channel){info->channel[i], p->values + i, stride, (size_t)p->width * stride,
                                 !full_floats && !info->exact};
    char *name = e->unit_names[layer];
    snprintf(name, sizeof e->unit_names[0], "stillair:unit%s%s", layer == LAYER_RADIANCE ? "" : ".",
             layer == LAYER_RADIANCE ? "" : info->name);
    add_attribute(e, (struct exr_attribute){name, info->unit, 0, {0}});
}

static void add_meaning(struct exr_parts *e)
{
    const double *sun = radiometry_sun, *nm = radiometry_nm;
    add_attribute(
        e, (struct exr_attribute){"stillair:wavelengths_nm", NULL, 3, {nm[0], nm[1], nm[2]}});
    add_attribute(e, (struct exr_attribute){"stillair:white", NULL, 3, {sun[0], sun[1], sun[2]}});
    add_attribute(e, (struct exr_attribute){
                         "comments",
                         "R, G, B divided by stillair:white is linear Rec. 709 colour. Distance, "
                         "albedo, normal and position are of the pixel's centre, and 0 where the "
                         "sky is; x is east, y north, z up.",
                         0,
                         {0}});
}

static bool put_exr(const struct picture_file *f, struct file_writer *out, struct error *err)
{
    struct exr_parts e = {.channel_count = 0};
    for (int i = 0; i < f->text_count; i++)
        add_attribute(&e, (struct exr_attribute){f->texts[i].keyword, f->texts[i].text, 0, {0}});
    for (int i = 0; i < LAYER_COUNT; i++)
        if (f->wanted & LAYER_BIT(i))
            add_layer(&e, (enum layer)i, &f->layers->planes[i], f->full_floats);
    add_meaning(&e);
    const struct exr_picture picture = {
        .width = f->width,
        .height = f->height,
        .channels = e.channels,
        .channel_count = e.channel_count,
        .attributes = e.attributes,
        .attribute_count = e.attribute_count,
        .latlong = f->sphere,
        .packed = true,
    };
    return exr_file_write(&picture, out, NULL, err);
}

/* ---- Radiance ---- */

static bool put_hdr(const struct picture_file *f, struct file_writer *out, struct error *err)
{
    char notes[2048];
    size_t used =
        (size_t)snprintf(notes, sizeof notes,
                         "# stillair:unit %s\n# stillair:wavelengths_nm %g %g %g\n"
                         "# stillair:white %g %g %g\n",
                         RADIOMETRY_UNIT, radiometry_nm[0], radiometry_nm[1], radiometry_nm[2],
                         radiometry_sun[0], radiometry_sun[1], radiometry_sun[2]);
    for (int i = 0; i < f->text_count; i++) {
        const struct png_text *t = &f->texts[i];
        size_t length = strlen(t->keyword) + strlen(t->text) + 5;
        if (!strchr(t->text, '\n') && used + length < sizeof notes)
            used += (size_t)snprintf(notes + used, sizeof notes - used, "# %s %s\n", t->keyword,
                                     t->text);
    }
    return hdr_write(&f->layers->planes[LAYER_RADIANCE], notes, out, err);
}

static bool verify_layers(const struct picture_file *f, struct error *err)
{
    for (int i = 0; i < LAYER_COUNT; i++) {
        const struct plane *p = &f->layers->planes[i];
        if (p->values && (p->width != f->width || p->height != f->height))
            return error_set(err, ERROR_FAILED, "the %s came out as %dx%d, not %dx%d",
                             layer_table[i].name, p->width, p->height, f->width, f->height);
    }
    return true;
}

static bool write_measured(const struct picture_file *f, struct error *err)
{
    if (!verify_layers(f, err))
        return false;
    struct file_writer out;
    bool ok = file_writer_open(&out, f->path, err) &&
              (f->format == PICTURE_EXR ? put_exr(f, &out, err) : put_hdr(f, &out, err)) &&
              !interrupted(err) && file_writer_commit(&out, err);
    file_writer_fini(&out);
    return ok;
}

/* ---- all ---- */

bool picture_file_write(const struct picture_file *f, struct error *err)
{
    return f->format == PICTURE_PNG ? write_png(f, err) : write_measured(f, err);
}

char *picture_file_read_text(const void *bytes, size_t size, const char *keyword)
{
    struct error unused;
    if (exr_file_is_exr(bytes, size))
        return exr_file_read_text(bytes, size, keyword, &unused);
    return png_is_png(bytes, size) ? png_read_text(bytes, size, keyword, &unused) : NULL;
}
