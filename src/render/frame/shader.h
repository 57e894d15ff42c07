/* Programs of the passes: built with the generated blocks Params and Frame in front, which stand
 * at fixed binding points and are uploaded by one copy each. */
#ifndef STILLAIR_RENDER_FRAME_SHADER_H
#define STILLAIR_RENDER_FRAME_SHADER_H

#include "gpu/program.h"
#include "gpu/target.h"
#include "preset/params/params.h"
#include "render/frame/frame.h"

#include <stdbool.h>

/* Texture units: a sampler of one name has one unit in every pass. OpenGL 3.3 has at least 48 units
 * in all, and lets one stage of a program use 16 of them. */
#define SHADER_UNIT_MAX 32
enum shader_unit {
#define UNIT(name, sampler) UNIT_##name,
#include "render/frame/units.def"
#undef UNIT
    UNIT_COUNT
};

struct shader_set {
    const struct resources *res;
    char *prelude;
    char clipmap_n[16], clipmap_levels[16], clipmap_block[16], clipmap_stride[16], air_block[16];
    struct gpu_define defines[5];
    bool strict;
    GLuint params_buffer, frame_buffer;
};

struct shader_set_options {
    int clipmap_n, clipmap_levels, clipmap_block, clipmap_stride;
    int air_block; /* AIR_BLOCK of programs that are not built for another; 0: 1 */
    bool strict;   /* whatever a compiler has to say is an error: for tests */
};

/* res is borrowed and must outlive the set. */
bool shader_set_init(struct shader_set *s, const struct resources *res,
                     const struct shader_set_options *opt, struct error *err);
void shader_set_fini(struct shader_set *s);
/* Binds its blocks again, after another set has been made. */
void shader_set_bind(const struct shader_set *s);

/* Builds shaders/NAME; its samplers and blocks are bound by name. */
bool shader_build(const struct shader_set *s, struct gpu_program *p, const char *name,
                  struct error *err);
/* The same with `count` more defines, at most SHADER_VARIANT_MAX, which go before the set's own. */
#define SHADER_VARIANT_MAX 12
bool shader_build_variant(const struct shader_set *s, struct gpu_program *p, const char *name,
                          const struct gpu_define *defines, int count, struct error *err);
/* The same from a text (tests run library functions that way). */
bool shader_build_text(const struct shader_set *s, struct gpu_program *p, const char *name,
                       const char *text, struct error *err);

void shader_upload_params(const struct shader_set *s, const struct params *p);
void shader_upload_frame(const struct shader_set *s, const struct frame *f);

#endif
