#include "render/develop/grade.h"

#include "preset/params/param_value.h"

#include <stdlib.h>
#include <string.h>

/* The first level of the bloom that is small enough for clarity, and its lines. */
static bool init_clarity(struct grade *g, const struct shader_set *shaders, struct error *err)
{
    int i = 0;
    while (i < BLOOM_LEVELS - 1 && g->bloom.level[i].width > CLARITY_WIDTH)
        i++;
    g->clarity_level = i;
    const struct gpu_texture *light = &g->bloom.level[i];
    return clarity_init(&g->clarity, light->width, light->height, err) &&
           clarity_build(shaders, &g->clarity_program, err);
}

bool grade_init(struct grade *g, const struct shader_set *shaders, const struct grade_options *opt,
                struct error *err)
{
    *g = (struct grade){.opt = *opt,
                        .x = (opt->width - opt->inner_width) / 2,
                        .y = (opt->height - opt->inner_height) / 2};
    if (g->opt.piece_width == 0) {
        g->opt.piece_width = opt->width;
        g->opt.piece_height = opt->height;
    }
    const struct gpu_texture *output = &g->output;
    bool ok = gpu_texture_init(&g->output, opt->deep ? GL_RGBA16 : GL_RGBA8, g->opt.piece_width,
                               g->opt.piece_height, 0, GPU_NEAREST, GPU_CLAMP, err) &&
              gpu_target_init(&g->output_target, &output, NULL, 1, NULL, err) &&
              bloom_init(&g->bloom, shaders, opt->inner_width, opt->inner_height, err) &&
              init_clarity(g, shaders, err) &&
              shader_build(shaders, &g->program, "develop/grade.glsl", err);
    if (!ok)
        grade_fini(g);
    return ok;
}

void grade_fini(struct grade *g)
{
    bloom_fini(&g->bloom);
    clarity_fini(&g->clarity);
    gpu_program_fini(&g->clarity_program);
    gpu_texture_fini(&g->output);
    gpu_target_fini(&g->output_target);
    gpu_program_fini(&g->program);
}

void grade_spread(struct grade *g, float clarity, const struct gpu_triangle *triangle)
{
    const struct gpu_texture *light = &g->bloom.level[g->clarity_level];
    int width = g->opt.inner_width;
    bloom_reduce(&g->bloom, triangle);
    if (clarity != 0)
        clarity_make(&g->clarity, &g->clarity_program, light,
                     (float)(width - g->opt.repeated) / (float)width, triangle);
    bloom_spread(&g->bloom, triangle);
}

void grade_colour(struct grade *g, const struct gpu_texture *light, int samples,
                  const struct grade_piece *piece, const struct gpu_triangle *triangle)
{
    const struct gpu_program *p = &g->program;
    glDisable(GL_DEPTH_TEST);
    gpu_program_use(p);
    gpu_texture_bind(light, UNIT_LIGHT);
    gpu_texture_bind(&g->bloom.level[0], UNIT_BLOOM);
    gpu_texture_bind(&g->clarity.line, UNIT_CLARITY);
    gpu_target_bind(&g->output_target);
    glUniform1f(gpu_program_uniform(p, "u_samples"), (float)samples);
    glUniform1f(gpu_program_uniform(p, "u_steps"), g->opt.deep ? 65535.0f : 255.0f);
    glUniform1f(gpu_program_uniform(p, "u_width"), (float)(g->opt.inner_width - g->opt.repeated));
    glUniform2i(gpu_program_uniform(p, "u_shift"), piece->x - g->x, piece->y - g->y);
    glUniform2i(gpu_program_uniform(p, "u_light"), piece->light_x, piece->light_y);
    gpu_triangle_draw(triangle);
}

/* Takes the alpha away; returns how many pixels had none. */
static size_t take_row8(const uint8_t *from, int width, uint8_t *to)
{
    size_t broken = 0;
    for (int x = 0; x < width; x++, from += 4, to += 3) {
        to[0] = from[0];
        to[1] = from[1];
        to[2] = from[2];
        broken += from[3] == 0;
    }
    return broken;
}

static size_t take_row16(const uint16_t *from, int width, uint16_t *to)
{
    size_t broken = 0;
    for (int x = 0; x < width; x++, from += 4, to += 3) {
        to[0] = from[0];
        to[1] = from[1];
        to[2] = from[2];
        broken += from[3] == 0;
    }
    return broken;
}

bool grade_read_piece(const struct grade *g, int width, int height, void *out, struct error *err)
{
    size_t line = (size_t)width * (g->opt.deep ? 2 : 1), broken = 0;
    unsigned char *rgba = malloc(line * 4 * (size_t)height);
    if (!rgba)
        return error_set(err, ERROR_FAILED, "out of memory");
    gpu_target_bind(&g->output_target);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGBA, g->opt.deep ? GL_UNSIGNED_SHORT : GL_UNSIGNED_BYTE,
                 rgba);
    for (int y = 0; y < height; y++) {
        const unsigned char *from = rgba + (size_t)(height - 1 - y) * line * 4;
        unsigned char *to = (unsigned char *)out + (size_t)y * line * 3;
        broken += g->opt.deep ? take_row16((const void *)from, width, (void *)to)
                              : take_row8(from, width, to);
    }
    free(rgba);
    return !broken || error_set(err, ERROR_FAILED,
                                "%zu pixels have no finite light; that is a fault of the renderer "
                                "or its driver, please report the preset",
                                broken);
}

bool grade_read(const struct grade *g, struct image *out, struct error *err)
{
    if (!image_init(out, g->opt.width, g->opt.height, err))
        return false;
    bool ok = grade_read_piece(g, out->width, out->height, out->pixels, err);
    if (!ok)
        image_fini(out);
    return ok;
}
