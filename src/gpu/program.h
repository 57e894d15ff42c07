/* Programs: GLSL 3.30 with includes, #line, and uniform blocks bound by name.
 *
 * A pass is one file with both stages: `#stage vertex` and `#stage fragment` lines part it; text
 * before the first stage belongs to both. A pass without a vertex stage gets the full-screen
 * triangle of shaders/lib/fullscreen.glsl. `#include "lib/noise.glsl"` (relative to shaders/) is
 * pasted once. Before everything goes `#version 330 core`, then the defines, then the prelude (the
 * generated uniform blocks). #line numbers are file * 10000 + line, and messages of the compiler
 * are translated back to file:line. */
#ifndef STILLAIR_GPU_PROGRAM_H
#define STILLAIR_GPU_PROGRAM_H

#include "base/error.h"
#include "base/resource.h"

#include <glad/gl.h>

struct gpu_define {
    const char *name, *value;
};

struct gpu_program_options {
    const char *prelude;              /* GLSL text, or NULL */
    const struct gpu_define *defines; /* define_count of them */
    int define_count;
    bool strict; /* anything that the compiler or linker says is an error: for tests */
};

struct gpu_block_binding {
    const char *block; /* "Params" */
    GLuint binding;
};

struct gpu_program {
    GLuint id;
};

/* Builds shaders/NAME. An error carries the compiler's messages with file:line. */
bool gpu_program_init(struct gpu_program *p, const struct resources *res, const char *name,
                      const struct gpu_program_options *opt, struct error *err);
/* The same from one text in memory, which `name` names in messages. */
bool gpu_program_init_text(struct gpu_program *p, const struct resources *res, const char *name,
                           const char *text, const struct gpu_program_options *opt,
                           struct error *err);
void gpu_program_fini(struct gpu_program *p);

void gpu_program_use(const struct gpu_program *p);

/* Calls told(user, built, used) after each program that is built and before each that is used for
 * the first time, with how many that is since: drivers compile at either, for up to seconds. One
 * watcher at a time, of the thread that has the context; NULL ends it. It leaves the GL's state as
 * it was. */
void gpu_program_watch(void (*told)(void *user, int built, int used), void *user);
void gpu_program_bind_blocks(const struct gpu_program *p, const struct gpu_block_binding *bindings,
                             int count);
/* Points sampler `name` at a texture unit; quietly nothing if the program has no such sampler. The
 * program must be in use. */
void gpu_program_sampler(const struct gpu_program *p, const char *name, int unit);
GLint gpu_program_uniform(const struct gpu_program *p, const char *name);

#endif
