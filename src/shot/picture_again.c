#include "shot/picture_again.h"

#include "base/file_view.h"
#include "shot/render_texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct picture_made_by made_by[PICTURE_AGAIN_MADE_BY] = {
    {"version", "Software", NULL},
    {"driver", RENDER_KEYWORD_DRIVER, NULL},
    {"world", RENDER_KEYWORD_WORLD, NULL},
};

void picture_again_fini(struct picture_again *p)
{
    for (int i = 0; i < PICTURE_AGAIN_MADE_BY; i++)
        free(p->made_by[i].was);
    free(p->preset);
    render_request_fini(&p->request);
    *p = (struct picture_again){0};
}

const char *picture_again_suffix(const struct picture_again *p)
{
    static const char *const suffixes[] = {[PICTURE_INPUT_NONE] = "",
                                           [PICTURE_INPUT_PNG] = ".png",
                                           [PICTURE_INPUT_JPEG] = ".jpg",
                                           [PICTURE_INPUT_EXR] = ".exr"};
    return suffixes[p->kind];
}

void picture_again_size(const struct picture_again *p, int *width, int *height)
{
    bool measured = p->kind == PICTURE_INPUT_EXR || p->request.region.width > 0; /* no bars */
    *width = measured ? p->request.inner_width : p->request.size.width;
    *height = measured ? p->request.inner_height : p->request.size.height;
}

/* ---- what the file is ---- */

static bool has_layer(const struct picture_info *info, enum layer layer, bool *half)
{
    for (int i = 0; i < info->channels; i++)
        if (strcmp(info->names[i], layer_table[layer].channel[0]) == 0) {
            *half = info->half[i];
            return true;
        }
    return false;
}

/* The layers of an OpenEXR file, and of how many bits those are that may have 16. */
static void take_layers(struct picture_again *p, const struct picture_info *info)
{
    size_t used = 0;
    bool half, only_radiance = true;
    for (int i = 0; i < LAYER_COUNT; i++) {
        if (!has_layer(info, (enum layer)i, &half))
            continue;
        p->full_floats = p->full_floats || (!layer_table[i].exact && !half);
        only_radiance = only_radiance && i == LAYER_RADIANCE;
        used += (size_t)snprintf(p->layers + used, sizeof p->layers - used, "%s%s", used ? "," : "",
                                 layer_table[i].name);
    }
    if (only_radiance)
        p->layers[0] = '\0';
}

static bool read_file(struct picture_again *p, const struct file_view *view, struct error *err)
{
    struct picture_input *in = picture_input_open(view->bytes, view->size, err);
    if (!in)
        return false;
    const struct picture_info *info = picture_input_info(in);
    p->kind = info->kind;
    p->width = info->width;
    p->height = info->height;
    p->bits = info->bits;
    if (info->kind == PICTURE_INPUT_EXR)
        take_layers(p, info);
    picture_input_close(&in);
    p->preset = picture_input_text(view->bytes, view->size, PRESET_PNG_KEYWORD, err);
    for (int i = 0; i < PICTURE_AGAIN_MADE_BY; i++) {
        p->made_by[i] = made_by[i];
        p->made_by[i].was = picture_input_text(view->bytes, view->size, made_by[i].keyword, NULL);
    }
    return p->preset != NULL;
}

static bool read_path(struct picture_again *p, const char *path, struct error *err)
{
    struct file_view view;
    struct error why = {0};
    if (!file_view_open(&view, path, err))
        return false;
    bool ok = read_file(p, &view, &why);
    file_view_close(&view);
    return ok || error_set(err, ERROR_USAGE, "%s: %s", path, why.text);
}

/* ---- what makes it again ---- */

bool picture_again_load(struct picture_again *p, const char *path, const struct preset_input *from,
                        struct error *err)
{
    struct render_request *r = &p->request;
    *p = (struct picture_again){0};
    if (!read_path(p, path, err))
        return false;
    r->input.name = path;
    r->input.data_dir = from->data_dir;
    r->input.threads = from->threads;
    r->input.cache.folder = from->cache.folder;
    r->output = picture_again_suffix(p);
    r->aov = p->layers[0] ? p->layers : NULL;
    r->depth = p->kind == PICTURE_INPUT_EXR && p->full_floats ? "float"
               : p->bits == 16                                ? "16"
                                                              : NULL;
    bool ok = render_request_check(r, err) && render_request_load(r, err);
    diagnostics_fini(&r->input.found.warnings);
    return ok;
}
