#include "render/frame/live.h"

#include <string.h>

const struct gpu_define live_defines[LIVE_DEFINES] = {{"AIR_BLOCK", LIVE_TEXT(LIVE_AIR_BLOCK)},
                                                      {"AIR_DRAFT", "1"},
                                                      {"LOOK_SIZE", LIVE_TEXT(LIVE_LOOK_SIZE)}};
_Static_assert(LIVE_AIR_COARSE == LIVE_AIR_BLOCK * LIVE_AIR_REFINE, "live.h");
_Static_assert(LIVE_DEFINES + LIVE_VARIANT_MAX <= SHADER_VARIANT_MAX, "live_build");

bool live_build(const struct shader_set *s, struct gpu_program *p, const char *name,
                const struct gpu_define *defines, int count, struct error *err)
{
    struct gpu_define all[LIVE_DEFINES + LIVE_VARIANT_MAX];
    memcpy(all, live_defines, sizeof live_defines);
    if (count > 0)
        memcpy(all + LIVE_DEFINES, defines, (size_t)count * sizeof *defines);
    return shader_build_variant(s, p, name, all, LIVE_DEFINES + count, err);
}

bool live_draw_tile(const struct shader_set *s, const struct gpu_triangle *triangle,
                    const struct gpu_texture *tile, const char *name, int width, struct error *err)
{
    struct gpu_target target;
    struct gpu_program program;
    if (!live_build(s, &program, name, NULL, 0, err))
        return false;
    bool ok = gpu_target_init(&target, &tile, NULL, 1, NULL, err);
    if (ok) {
        gpu_program_use(&program);
        gpu_target_bind(&target);
        glUniform1f(gpu_program_uniform(&program, "u_width"), (float)width);
        gpu_triangle_draw(triangle);
        gpu_target_fini(&target);
    }
    gpu_program_fini(&program);
    return ok;
}
