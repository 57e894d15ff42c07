#include "render/develop.h"

#include "render/grade.h"

#include <stdlib.h>
#include <string.h>

struct developer {
    struct shader_set shaders;
    struct gpu_triangle triangle;
    struct grade grade;
    struct gpu_texture light;
    int pad; /* columns that are repeated beyond each edge */
};

/* How far bloom reaches: the coarsest level's pixels are 2^levels wide, and its filters reach over
 * four of them. Not wider than the driver's textures. */
static int padding(int width)
{
    GLint most = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
    int wanted = 4 << GRADE_BLOOM_LEVELS, room = (most - width) / 2;
    wanted = wanted < width ? wanted : width;
    return wanted < room ? wanted : room > 0 ? room : 0;
}

/* Rows from the bottom, as OpenGL has them, with the columns of the other edge on either side. */
static bool upload(struct developer *d, const struct plane *light, struct error *err)
{
    int width = light->width, wide = width + 2 * d->pad;
    float *row = malloc((size_t)wide * 3 * sizeof *row);
    if (!row)
        return error_set(err, ERROR_FAILED, "out of memory");
    gpu_texture_bind(&d->light, UNIT_LIGHT);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    for (int y = 0; y < light->height; y++) {
        for (int x = 0; x < wide; x++)
            memcpy(row + 3 * x, plane_at(light, (x - d->pad + width) % width, y), 3 * sizeof *row);
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, light->height - 1 - y, wide, 1, GL_RGB, GL_FLOAT, row);
    }
    free(row);
    return true;
}

static bool init(struct developer *d, const struct resources *res, int width, int height,
                 struct error *err)
{
    const struct shader_set_options options = {1, 1, 1, 1, 1, false}; /* no ground, no air */
    int wide;
    d->pad = padding(width);
    wide = width + 2 * d->pad;
    gpu_triangle_init(&d->triangle);
    return shader_set_init(&d->shaders, res, &options, err) &&
           grade_init(&d->grade, &d->shaders, wide, height, wide, height, err) &&
           gpu_texture_init(&d->light, GL_RGBA32F, wide, height, 0, GPU_LINEAR, GPU_CLAMP, err);
}

static void fini(struct developer *d)
{
    gpu_texture_fini(&d->light);
    grade_fini(&d->grade);
    gpu_triangle_fini(&d->triangle);
    shader_set_fini(&d->shaders);
}

/* What the grade needs of the blocks: its parameters and the picture's size. */
static void upload_blocks(const struct developer *d, const struct params *p)
{
    struct frame f;
    struct params ours = *p;
    const struct frame_eye eye = {0};
    const struct frame_options options = {.width = d->grade.width,
                                          .height = d->grade.height,
                                          .air_width = 1,
                                          .air_height = 1,
                                          .sample_count = 1};
    ours.grade_vignette = 0;
    frame_derive(&f, &ours, &eye, &options);
    shader_upload_params(&d->shaders, &ours);
    shader_upload_frame(&d->shaders, &f);
}

static bool cut(const struct image *wide, int pad, struct image *out, struct error *err)
{
    int width = wide->width - 2 * pad;
    if (!image_init(out, width, wide->height, err))
        return false;
    for (int y = 0; y < wide->height; y++)
        memcpy(out->pixels + (size_t)y * (size_t)width * 3,
               wide->pixels + ((size_t)y * (size_t)wide->width + (size_t)pad) * 3,
               (size_t)width * 3);
    return true;
}

bool develop_sphere(const struct resources *res, const struct params *p, const struct plane *light,
                    struct image *out, struct error *err)
{
    struct developer d = {0};
    struct image wide = {0};
    bool ok = init(&d, res, light->width, light->height, err) && upload(&d, light, err);
    if (ok) {
        upload_blocks(&d, p);
        grade_bloom(&d.grade, &d.light, 1, &d.triangle);
        grade_colour(&d.grade, &d.light, 1, &d.triangle);
        ok = grade_read(&d.grade, &wide, err) && cut(&wide, d.pad, out, err);
    }
    image_fini(&wide);
    fini(&d);
    return ok;
}
