#include "shot/picture_file.h"

#include "base/interrupt.h"
#include "picture/exr_file.h"
#include "picture/picture_input.h"
#include "render/frame/radiometry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    ATTRIBUTES_MAX = 32,
    CHANNELS_MAX = 3 * LAYER_COUNT,
    ROWS_AT_ONCE = 64 /* whole blocks of OpenEXR; an interrupt is seen between them */
};

bool picture_file_format(const char *path, enum picture_format *format, struct error *err)
{
    /* A name that promises another format than what is written would be a lie. */
    static const char *const others[] = {".tif", ".tiff", ".webp", ".bmp", ".ppm", ".gif"};
    const char *dot = strrchr(path, '.');
    *format = PICTURE_PNG;
    if (dot && strcasecmp(dot, ".exr") == 0)
        *format = PICTURE_EXR;
    else if (dot && strcasecmp(dot, ".hdr") == 0)
        *format = PICTURE_HDR;
    else if (dot && (strcasecmp(dot, ".jpg") == 0 || strcasecmp(dot, ".jpeg") == 0))
        *format = PICTURE_JPEG;
    for (size_t i = 0; dot && i < sizeof others / sizeof others[0]; i++) {
        if (strcasecmp(dot, others[i]) == 0)
            return error_set(err, ERROR_USAGE,
                             "%s: stillair writes PNG, JPEG, OpenEXR and Radiance; name the file "
                             "*.png, *.jpg, *.exr or *.hdr",
                             path);
    }
    return true;
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

static void add_layer(struct exr_parts *e, enum layer layer, bool full_floats)
{
    const struct layer_info *info = &layer_table[layer];
    for (int i = 0; i < info->channels; i++)
        e->channels[e->channel_count++] =
            (struct exr_channel){.name = info->channel[i], .half = !full_floats && !info->exact};
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
                         "R, G, B divided by stillair:white is relative to the sun. Distance, "
                         "albedo, normal and position are of the pixel's centre, and 0 where the "
                         "sky is; x is east, y north, z up.",
                         0,
                         {0}});
}

static bool open_exr(const struct picture_file *f, struct picture_stream_spec *spec,
                     struct picture_stream *s, struct error *err)
{
    struct exr_parts e = {.channel_count = 0};
    for (int i = 0; i < f->text_count; i++)
        add_attribute(&e, (struct exr_attribute){f->texts[i].keyword, f->texts[i].text, 0, {0}});
    for (int i = 0; i < LAYER_COUNT; i++)
        if (f->wanted & LAYER_BIT(i))
            add_layer(&e, (enum layer)i, f->full_floats);
    add_meaning(&e);
    const struct exr_picture picture = {
        .channels = e.channels,
        .channel_count = e.channel_count,
        .attributes = e.attributes,
        .attribute_count = e.attribute_count,
        .latlong = f->sphere,
        .packed = true,
    };
    spec->exr = &picture;
    return picture_stream_open(s, spec, err);
}

/* ---- Radiance ---- */

static bool open_hdr(const struct picture_file *f, struct picture_stream_spec *spec,
                     struct picture_stream *s, struct error *err)
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
    spec->notes = notes;
    return picture_stream_open(s, spec, err);
}

/* ---- rows ---- */

bool picture_file_open(const struct picture_file *f, struct picture_stream *s, struct error *err)
{
    struct picture_stream_spec spec = {
        .path = f->path,
        .width = f->width,
        .height = f->height,
        .bits = f->bits ? f->bits : 8,
        .quality = f->jpeg_quality ? f->jpeg_quality : JPEG_QUALITY_DEFAULT,
        .texts = f->texts,
        .text_count = (size_t)f->text_count,
    };
    switch (f->format) {
    case PICTURE_EXR:
        spec.format = PICTURE_STREAM_EXR;
        return open_exr(f, &spec, s, err);
    case PICTURE_HDR:
        spec.format = PICTURE_STREAM_HDR;
        return open_hdr(f, &spec, s, err);
    case PICTURE_JPEG:
        spec.format = PICTURE_STREAM_JPEG;
        break;
    case PICTURE_PNG:
        spec.format = PICTURE_STREAM_PNG;
        break;
    }
    return picture_stream_open(s, &spec, err);
}

/* Points the channels of the file, from `first` on, at rows of a plane. Returns the next channel.
 */
static int aim_layer(struct exr_channel *channels, int first, const struct plane *p, int y)
{
    for (int i = 0; i < p->channels; i++) {
        channels[first + i].samples = plane_at(p, 0, y) + i;
        channels[first + i].pixel_stride = (size_t)p->channels;
        channels[first + i].row_stride = (size_t)p->width * (size_t)p->channels;
    }
    return first + p->channels;
}

static bool put_layers(const struct picture_file *f, struct picture_stream *s,
                       const struct layers *rows, int y, int count, struct error *err)
{
    struct exr_channel channels[CHANNELS_MAX] = {{0}};
    unsigned wanted = f->format == PICTURE_EXR ? f->wanted : LAYER_BIT(LAYER_RADIANCE);
    for (int i = 0, at = 0; i < LAYER_COUNT; i++)
        if (wanted & LAYER_BIT(i))
            at = aim_layer(channels, at, &rows->planes[i], y);
    return picture_stream_put_floats(s, channels, count, err);
}

bool picture_file_put_layers(const struct picture_file *f, struct picture_stream *s,
                             const struct layers *rows, int count, struct error *err)
{
    return put_layers(f, s, rows, 0, count, err);
}

/* ---- a picture in memory ---- */

static bool check_size(const struct picture_file *f, const char *what, int width, int height,
                       struct error *err)
{
    return (width == f->width && height == f->height) ||
           error_set(err, ERROR_FAILED, "the %s came out as %dx%d, not %dx%d", what, width, height,
                     f->width, f->height);
}

static bool check_layers(const struct picture_file *f, struct error *err)
{
    for (int i = 0; i < LAYER_COUNT; i++) {
        const struct plane *p = &f->layers->planes[i];
        if (p->values && !check_size(f, layer_table[i].name, p->width, p->height, err))
            return false;
    }
    return true;
}

static bool check_picture(const struct picture_file *f, struct error *err)
{
    if (picture_format_is_measured(f->format))
        return check_layers(f, err);
    return check_size(f, "picture", f->image->width, f->image->height, err);
}

static bool put_rows(const struct picture_file *f, struct picture_stream *s, int y, int count,
                     struct error *err)
{
    size_t at = (size_t)y * (size_t)f->width * 3;
    if (picture_format_is_measured(f->format))
        return put_layers(f, s, f->layers, y, count, err);
    return picture_stream_put_8(s, f->image->pixels + at, count, err);
}

bool picture_file_write(const struct picture_file *f, struct error *err)
{
    struct picture_stream s;
    if (!check_picture(f, err))
        return false;
    bool ok = picture_file_open(f, &s, err);
    for (int y = 0; ok && y < f->height; y += ROWS_AT_ONCE) {
        int left = f->height - y;
        ok =
            put_rows(f, &s, y, left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE, err) &&
            (f->keep || !interrupt_requested() || error_set(err, ERROR_INTERRUPTED, "interrupted"));
    }
    ok = ok && picture_stream_commit(&s, err);
    picture_stream_fini(&s);
    return ok;
}

/* ---- reading ---- */

char *picture_file_read_text(const void *bytes, size_t size, const char *keyword)
{
    return picture_input_text(bytes, size, keyword, NULL);
}
