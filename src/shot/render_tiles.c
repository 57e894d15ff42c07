#include "shot/render_tiles.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *tile_path(const struct render_tiles *t, int index)
{
    size_t size = strlen(t->folder) + 32;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/tile-%05d.exr", t->folder, index);
    return path;
}

static struct tile_head head_of(const struct render_tiles *t, int index)
{
    struct tile tile = tile_grid_at(&t->grid, index);
    return (struct tile_head){.width = tile.width,
                              .height = tile.height,
                              .channel_count = t->channels,
                              .channel_name = t->names,
                              .identity = t->identity,
                              .index = index,
                              .samples = t->samples};
}

/* --- the store ------------------------------------------------------------------------------ */

static bool has(void *user, int index)
{
    struct render_tiles *t = user;
    if (t->mine[index] || !t->take_others)
        return t->mine[index];
    char *path = tile_path(t, index);
    struct tile_head head = head_of(t, index);
    struct error why;
    if (path)
        t->mine[index] = tile_file_check(path, &head, NULL, &why) == TILE_FILE_GOOD;
    free(path);
    return t->mine[index];
}

/* One plane a channel, of planes whose channels lie side by side. */
static float *separate(const struct render_tiles *t, const struct layers *layers, size_t pixels)
{
    float *out = malloc(pixels * (size_t)t->channels * sizeof *out);
    for (int i = 0; out && i < LAYER_COUNT; i++) {
        const struct plane *p = &layers->planes[i];
        size_t channels = (size_t)layer_table[i].channels;
        if (!(t->wanted & LAYER_BIT(i)))
            continue;
        for (size_t c = 0; c < channels; c++)
            for (size_t k = 0; k < pixels; k++)
                out[((size_t)t->first[i] + c) * pixels + k] = p->values[k * channels + c];
    }
    return out;
}

static bool put(void *user, int index, const struct layers *layers, struct error *err)
{
    struct render_tiles *t = user;
    struct tile_head head = head_of(t, index);
    size_t pixels = (size_t)head.width * (size_t)head.height;
    char *path = tile_path(t, index);
    float *values = separate(t, layers, pixels);
    const float *planes[EXR_CHANNELS_MAX];
    for (int i = 0; values && i < t->channels; i++)
        planes[i] = values + (size_t)i * pixels;
    bool ok = path && values ? tile_file_write(path, &head, planes, err)
                             : error_set(err, ERROR_FAILED, "out of memory");
    t->mine[index] = ok;
    free(values);
    free(path);
    return ok;
}

/* Rows are asked for band by band, and to open a tile takes a reading of all of it: those of one
 * row of tiles are held open together. */
static struct tile_file *open_tile(struct render_tiles *t, int index, struct error *err)
{
    struct render_open_tile *slot = &t->open[index % t->grid.columns];
    if (slot->file && slot->index == index)
        return slot->file;
    struct tile_head head = head_of(t, index);
    char *path = tile_path(t, index);
    tile_file_close(&slot->file);
    slot->index = index;
    if (path)
        slot->file = tile_file_open(path, &head, NULL, err);
    else
        error_set(err, ERROR_FAILED, "out of memory");
    free(path);
    return slot->file;
}

static bool read_rows(void *user, int index, enum layer layer, int y, int rows, float *out,
                      struct error *err)
{
    struct render_tiles *t = user;
    struct tile_file *f = open_tile(t, index, err);
    size_t channels = (size_t)layer_table[layer].channels;
    size_t pixels = (size_t)tile_grid_at(&t->grid, index).width * (size_t)rows;
    float *planes = f ? malloc(pixels * channels * sizeof *planes) : NULL;
    if (f && !planes)
        return error_set(err, ERROR_FAILED, "out of memory");
    bool ok = f && tile_file_read_rows(f, t->first[layer], (int)channels, y, y + rows, planes, err);
    for (size_t c = 0; ok && c < channels; c++)
        for (size_t k = 0; k < pixels; k++)
            out[k * channels + c] = planes[c * pixels + k];
    free(planes);
    return ok;
}

struct still_store render_tiles_store(struct render_tiles *t)
{
    return (struct still_store){t, has, put, read_rows};
}

/* --- the folder ----------------------------------------------------------------------------- */

/* All that is said of the picture, a line each. */
static char *describe(const struct render_texts *texts)
{
    size_t size = 1, used = 0;
    for (int i = 0; i < texts->count; i++)
        size += strlen(texts->texts[i].keyword) + strlen(texts->texts[i].text) + 2;
    char *out = malloc(size);
    for (int i = 0; out && i < texts->count; i++)
        used += (size_t)snprintf(out + used, size - used, "%s %s\n", texts->texts[i].keyword,
                                 texts->texts[i].text);
    return out;
}

static void name_channels(struct render_tiles *t)
{
    for (int i = 0; i < LAYER_COUNT; i++) {
        if (!(t->wanted & LAYER_BIT(i)))
            continue;
        t->first[i] = t->channels;
        for (int c = 0; c < layer_table[i].channels; c++)
            t->names[t->channels++] = layer_table[i].channel[c];
    }
}

bool render_tiles_init(struct render_tiles *t, const char *path, const struct render_texts *texts,
                       const struct tile_grid *grid, unsigned wanted, bool take_others,
                       struct error *err)
{
    size_t size = strlen(path) + sizeof ".tiles";
    *t = (struct render_tiles){.grid = *grid,
                               .wanted = wanted | LAYER_BIT(LAYER_RADIANCE),
                               .take_others = take_others,
                               .folder = malloc(size),
                               .identity = describe(texts),
                               .mine = calloc((size_t)tile_grid_count(grid), sizeof *t->mine),
                               .open = calloc((size_t)grid->columns, sizeof *t->open)};
    if (!t->folder || !t->identity || !t->mine || !t->open)
        return error_set(err, ERROR_FAILED, "out of memory");
    snprintf(t->folder, size, "%s.tiles", path);
    name_channels(t);
    return file_create_folders(t->folder, err);
}

static void close_all(struct render_tiles *t)
{
    for (int i = 0; t->open && i < t->grid.columns; i++)
        tile_file_close(&t->open[i].file);
}

void render_tiles_fini(struct render_tiles *t)
{
    close_all(t);
    if (t->folder)
        rmdir(t->folder); /* when there is nothing in it */
    free(t->folder);
    free(t->identity);
    free(t->mine);
    free(t->open);
    *t = (struct render_tiles){.folder = NULL};
}

int render_tiles_count(struct render_tiles *t)
{
    int count = 0;
    for (int i = 0; t->mine && i < tile_grid_count(&t->grid); i++)
        count += has(t, i);
    return count;
}

void render_tiles_remove(struct render_tiles *t)
{
    close_all(t);
    for (int i = 0; i < tile_grid_count(&t->grid); i++) {
        char *path = tile_path(t, i);
        if (path)
            unlink(path);
        free(path);
    }
}
