#include "explore/thumbs.h"

#include "base/file.h"
#include "picture/picture_input.h"
#include "preset/params/param_value.h"
#include "preset/preset.h"

#include <glad/gl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STBI_NO_STDIO
#include <stb/stb_image.h>

enum { PATH_SIZE = 4096, SIDE_MAX = 2048 };

static bool path_of(const struct thumbs *t, const struct panel_mood *mood, int index,
                    char path[PATH_SIZE])
{
    const char *slash = strrchr(mood->name, '/');
    int used = snprintf(path, PATH_SIZE, "%s/thumbnails/%.60s-%016llx.png", t->cache,
                        slash ? slash + 1 : mood->name, (unsigned long long)t->hashes[index]);
    return used > 0 && used < PATH_SIZE;
}

static unsigned upload(const unsigned char *rgb, int width, int height)
{
    GLint before;
    GLuint texture;
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &before);
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, width, height, 0, GL_RGB, GL_UNSIGNED_BYTE, rgb);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
    glGenerateMipmap(GL_TEXTURE_2D);
    glBindTexture(GL_TEXTURE_2D, (GLuint)before);
    return texture;
}

static bool take(struct panel_mood *mood, const char *bytes, size_t size)
{
    int width, height, channels;
    unsigned char *rgb = NULL;
    if (picture_input_kind(bytes, size) != PICTURE_INPUT_NONE)
        rgb = stbi_load_from_memory((const unsigned char *)bytes, (int)size, &width, &height,
                                    &channels, 3);
    if (rgb && width <= SIDE_MAX && height <= SIDE_MAX)
        mood->thumbnail = upload(rgb, width, height);
    stbi_image_free(rgb);
    return mood->thumbnail != 0;
}

static bool load(const char *path, struct panel_mood *mood)
{
    size_t size;
    char *bytes = file_read(path, &size, NULL);
    bool ok = bytes && take(mood, bytes, size);
    free(bytes);
    return ok;
}

/* Whether a picture was drawn of these values, but for what `start` sets. */
static bool is_of(const struct thumbs *t, const char *bytes, size_t size,
                  const struct params *values)
{
    struct params drawn;
    struct error err;
    struct diagnostics diag = {0};
    char *text = picture_input_text(bytes, size, PRESET_PNG_KEYWORD, &err);
    struct preset *p =
        text ? preset_parse_picture(t->resources, "thumbnail", text, strlen(text), &diag) : NULL;
    bool same = p && preset_resolve(p, NULL, &drawn, &diag);
    if (same) {
        drawn.grade_aspect = values->grade_aspect;
        drawn.grade_grain = values->grade_grain;
    }
    same = same && params_changed(&drawn, values) == 0;
    preset_destroy(&p);
    diagnostics_fini(&diag);
    free(text);
    return same;
}

static bool load_shipped(const struct thumbs *t, int index, struct panel_mood *mood)
{
    char name[256];
    size_t size;
    struct error err;
    if (mood->own)
        return false;
    snprintf(name, sizeof name, "presets/thumbnails/%.200s.jpg", mood->name);
    char *bytes = resource_read(t->resources, name, &size, &err);
    bool ok = bytes && is_of(t, bytes, size, &t->values[index]) && take(mood, bytes, size);
    free(bytes);
    return ok;
}

static bool start(struct thumbs *t, const struct panel_mood *mood, const char *path)
{
    struct option_list words = {0};
    const char *const list[] = {
        "stillair", "render",        mood->name, "-q",     "--size",
        "320x180",  "--quality",     "draft",    "--set",  "grade.aspect=1.7777778",
        "--set",    "grade.grain=0", "--cache",  t->cache, "-o",
        path,       "--data",        t->data_dir};
    size_t count = sizeof list / sizeof *list - (t->data_dir ? 0 : 2);
    char folder[PATH_SIZE];
    snprintf(folder, sizeof folder, "%s/thumbnails", t->cache);
    bool ok = file_create_folders(folder, NULL);
    for (size_t i = 0; ok && i < count; i++)
        ok = option_list_add(&words, NULL, list[i], NULL);
    ok = ok && child_start(&t->child, &words, NULL);
    option_list_fini(&words);
    return ok;
}

static bool poll_child(struct thumbs *t, struct panel_mood *moods)
{
    char path[PATH_SIZE];
    if (child_poll(&t->child))
        return false;
    child_fini(&t->child);
    int index = t->drawing;
    t->drawing = -1;
    return path_of(t, &moods[index], index, path) && load(path, &moods[index]);
}

bool thumbs_poll(struct thumbs *t, struct panel_mood *moods, int count, bool wanted, bool idle)
{
    char path[PATH_SIZE];
    bool fresh = false;
    if (t->drawing >= 0)
        return poll_child(t, moods);
    for (int i = 0; wanted && i < count && i < THUMBS_MAX; i++) {
        if (moods[i].thumbnail || t->tried[i])
            continue;
        if (load_shipped(t, i, &moods[i]) ||
            (t->cache && path_of(t, &moods[i], i, path) && load(path, &moods[i]))) {
            fresh = true;
            continue;
        }
        if (!t->cache || !idle)
            continue;
        t->tried[i] = true;
        if (path_of(t, &moods[i], i, path) && start(t, &moods[i], path)) {
            t->drawing = i;
            break;
        }
    }
    return fresh;
}

void thumbs_reset(struct thumbs *t, struct panel_mood *moods, int count)
{
    for (int i = 0; i < count; i++) {
        if (moods[i].thumbnail)
            glDeleteTextures(1, &moods[i].thumbnail);
        moods[i].thumbnail = 0;
    }
    memset(t->tried, 0, sizeof t->tried);
    child_fini(&t->child);
    t->drawing = -1;
}
