/* The GL context: EGL without a screen (surfaceless, device, default display, in turn), or one that
 * a window has made (window.h).
 *
 * OpenGL 3.3 core. The functions of glad are loaded once per context; a gpu belongs to the
 * thread that created it. */
#ifndef STILLAIR_GPU_CONTEXT_H
#define STILLAIR_GPU_CONTEXT_H

#include "base/error.h"

#include <stdbool.h>

struct gpu;

struct gpu_options {
    bool debug; /* ask for a debug context; KHR_debug errors are then counted and logged */
};

/* NULL with ERROR_NO_OPENGL and advice when no display gives OpenGL 3.3 core. */
struct gpu *gpu_create_headless(const struct gpu_options *opt, struct error *err);
/* For the context that is current and stays another's; load finds its functions. NULL with
 * ERROR_NO_OPENGL when it is older than 3.3. */
typedef void (*(*gpu_load_fn)(const char *name))(void);
struct gpu *gpu_create_current(const struct gpu_options *opt, gpu_load_fn load, struct error *err);
void gpu_destroy(struct gpu **gpu);

const char *gpu_renderer_name(const struct gpu *gpu); /* GL_RENDERER */
const char *gpu_version_name(const struct gpu *gpu);  /* GL_VERSION: the driver's too */
bool gpu_has_clip_control(const struct gpu *gpu);
/* KHR_debug messages of type error, or severity medium and up, since creation. */
int gpu_debug_message_count(const struct gpu *gpu);

#endif
