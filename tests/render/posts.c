/* Posts in a preset's fog: how far one sees, as a picture and in numbers.
 *
 *   posts PRESET -o FILE.png [SECTION.KEY=VALUE]...
 *
 * Draws posts_scene.h through the renderer's march and prints the contrast of each post at 550 nm
 * beside exp(-extinction distance): at the meteorological range it is 2%. The picture is developed
 * as the mood is, without its vignette and grain, which are not of the air. Patches and tears make
 * the fog uneven: fog.patch=0 shows the even fog that the preset's numbers state. */
#include "base/file.h"
#include "gpu/context.h"
#include "picture/png.h"
#include "preset/preset.h"
#include "render/develop/grade.h"
#include "render/ground/clipmap.h"
#include "tests/render/posts_scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 1200, HEIGHT = 540, SAMPLES = 16 };

struct tool {
    struct resources res; /* embedded */
    struct params params;
    struct gpu *gpu;
    struct shader_set shaders;
    struct gpu_triangle triangle;
    struct posts posts;
    struct grade grade;
    struct gpu_texture light;
};

static bool load(struct tool *t, const char *name, char **sets, int count)
{
    struct diagnostics d = {0};
    struct preset *preset = preset_load(&t->res, name, &d);
    bool ok = preset != NULL;
    for (int i = 0; ok && i < count; i++)
        ok = preset_set(preset, sets[i], &d);
    ok = ok && preset_resolve(preset, NULL, &t->params, &d);
    for (size_t i = 0; i < d.count; i++)
        fprintf(stderr, "%s\n", d.lines[i]);
    diagnostics_fini(&d);
    preset_destroy(&preset);
    t->params.grade_vignette = t->params.grade_grain = 0;
    return ok;
}

static bool init(struct tool *t, struct error *err)
{
    const struct shader_set_options options = {.clipmap_n = POSTS_CLIPMAP_N,
                                               .clipmap_levels = CLIPMAP_LEVELS,
                                               .clipmap_block = CLIPMAP_BLOCK,
                                               .clipmap_stride = 1,
                                               .air_block = 1};
    t->gpu = gpu_create_headless(&(struct gpu_options){0}, err);
    if (!t->gpu || !shader_set_init(&t->shaders, &t->res, &options, err))
        return false;
    gpu_triangle_init(&t->triangle);
    return posts_init(&t->posts, &t->shaders, WIDTH, HEIGHT, err) &&
           grade_init(
               &t->grade, &t->shaders,
               &(struct grade_options){
                   .width = WIDTH, .height = HEIGHT, .inner_width = WIDTH, .inner_height = HEIGHT},
               err) &&
           gpu_texture_init(&t->light, GL_RGBA32F, WIDTH, HEIGHT, 0, GPU_LINEAR, GPU_CLAMP, err);
}

static void fini(struct tool *t)
{
    if (!t->gpu)
        return;
    gpu_texture_fini(&t->light);
    grade_fini(&t->grade);
    posts_fini(&t->posts);
    gpu_triangle_fini(&t->triangle);
    shader_set_fini(&t->shaders);
    gpu_destroy(&t->gpu);
}

/* The blocks are still those of the last sample. */
static bool develop(struct tool *t, struct image *out, struct error *err)
{
    gpu_texture_bind(&t->light, UNIT_LIGHT);
    for (int y = 0; y < HEIGHT; y++) /* rows from the bottom, as OpenGL has them */
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, HEIGHT - 1 - y, WIDTH, 1, GL_RGB, GL_FLOAT,
                        plane_at(&t->posts.light, 0, y));
    const struct bloom_piece all = {.width = t->light.width, .height = t->light.height};
    bloom_gather(&t->grade.bloom, &t->light, 1, &all, &t->triangle);
    grade_spread(&t->grade, t->params.grade_clarity, &t->triangle);
    grade_colour(&t->grade, &t->light, 1, &(struct grade_piece){0}, &t->triangle);
    return grade_read(&t->grade, out, err);
}

static bool write_picture(struct tool *t, const char *path, struct error *err)
{
    struct image image = {0};
    unsigned char *bytes = NULL;
    size_t size;
    bool ok = develop(t, &image, err) && png_encode(&image, NULL, 0, &bytes, &size, err) &&
              file_write_atomic(path, bytes, size, err);
    free(bytes);
    image_fini(&image);
    return ok;
}

static void print_table(const struct posts *s)
{
    struct posts_contrast row[POSTS_COUNT];
    posts_measure(s, row);
    printf("DISTANCE  CONTRAST  EXP(-BETA D), 550 nm\n");
    for (int i = 0; i < POSTS_COUNT; i++)
        printf("%6.0f m  %8.5f  %8.5f\n", row[i].distance, row[i].contrast[1], row[i].stated[1]);
}

int main(int arg_count, char **args)
{
    struct tool t = {0};
    struct error err = {0};
    const struct posts_view view = {.samples = SAMPLES};
    if (arg_count < 4 || strcmp(args[2], "-o") != 0) {
        fprintf(stderr, "usage: posts PRESET -o FILE.png [SECTION.KEY=VALUE]...\n");
        return 2;
    }
    if (!load(&t, args[1], args + 4, arg_count - 4))
        return 2;
    bool ok = init(&t, &err) && posts_take_air(&t.posts, &t.params, &err);
    if (ok) {
        posts_draw(&t.posts, &t.shaders, &t.triangle, &t.params, &view);
        print_table(&t.posts);
        ok = write_picture(&t, args[3], &err);
    }
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    fini(&t);
    return ok ? 0 : 1;
}
