#include "gpu/context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glad/gl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct gpu {
    EGLDisplay display; /* EGL_NO_DISPLAY when the context is somebody else's */
    EGLContext context;
    int debug_messages;
    bool debug_to_stderr;
};

/* Severity medium and up, and every error, count: in tests they are failures. */
static void GLAD_API_PTR on_debug_message(GLenum source, GLenum type, GLuint id, GLenum severity,
                                          GLsizei length, const GLchar *message, const void *user)
{
    (void)source;
    (void)id;
    (void)length;
    struct gpu *gpu = (struct gpu *)(uintptr_t)user;
    if (type == GL_DEBUG_TYPE_PERFORMANCE)
        return; /* advice, such as a shader that is compiled again */
    bool serious = type == GL_DEBUG_TYPE_ERROR || type == GL_DEBUG_TYPE_UNDEFINED_BEHAVIOR ||
                   severity == GL_DEBUG_SEVERITY_HIGH || severity == GL_DEBUG_SEVERITY_MEDIUM;
    if (!serious)
        return;
    gpu->debug_messages++;
    if (gpu->debug_to_stderr)
        fprintf(stderr, "OpenGL: %s\n", message);
}

static bool has_extension(const char *list, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = list; at && (at = strstr(at, name)); at += n) {
        bool starts = at == list || at[-1] == ' ';
        if (starts && (at[n] == ' ' || at[n] == '\0'))
            return true;
    }
    return false;
}

/* The displays that need no window system, best first. */
static EGLDisplay open_display(int attempt)
{
    const char *client = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
    PFNEGLGETPLATFORMDISPLAYEXTPROC get_platform_display =
        (PFNEGLGETPLATFORMDISPLAYEXTPROC)(void (*)(void))eglGetProcAddress(
            "eglGetPlatformDisplayEXT");
    if (attempt == 0) {
        if (!get_platform_display || !has_extension(client, "EGL_MESA_platform_surfaceless"))
            return EGL_NO_DISPLAY;
        return get_platform_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
    }
    if (attempt == 1) {
        PFNEGLQUERYDEVICESEXTPROC query_devices =
            (PFNEGLQUERYDEVICESEXTPROC)(void (*)(void))eglGetProcAddress("eglQueryDevicesEXT");
        EGLDeviceEXT device;
        EGLint count = 0;
        if (!get_platform_display || !query_devices ||
            !has_extension(client, "EGL_EXT_platform_device") ||
            !query_devices(1, &device, &count) || count < 1)
            return EGL_NO_DISPLAY;
        return get_platform_display(EGL_PLATFORM_DEVICE_EXT, device, NULL);
    }
    return eglGetDisplay(EGL_DEFAULT_DISPLAY);
}

static bool make_context(struct gpu *gpu, bool debug)
{
    EGLint major, minor;
    if (!eglInitialize(gpu->display, &major, &minor))
        return false;
    if (!eglBindAPI(EGL_OPENGL_API))
        return false;
    const EGLint config_attributes[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, 0,
                                        EGL_NONE};
    EGLConfig config = NULL;
    EGLint count = 0;
    if (!eglChooseConfig(gpu->display, config_attributes, &config, 1, &count) || count < 1)
        return false;
    const EGLint context_attributes[] = {EGL_CONTEXT_MAJOR_VERSION,
                                         3,
                                         EGL_CONTEXT_MINOR_VERSION,
                                         3,
                                         EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                         EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                         EGL_CONTEXT_OPENGL_DEBUG,
                                         debug ? EGL_TRUE : EGL_FALSE,
                                         EGL_NONE};
    gpu->context = eglCreateContext(gpu->display, config, EGL_NO_CONTEXT, context_attributes);
    return gpu->context != EGL_NO_CONTEXT &&
           eglMakeCurrent(gpu->display, EGL_NO_SURFACE, EGL_NO_SURFACE, gpu->context) &&
           gladLoadGL((GLADloadfunc)eglGetProcAddress) != 0;
}

static void close_display(struct gpu *gpu)
{
    if (gpu->context != EGL_NO_CONTEXT) {
        eglMakeCurrent(gpu->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        eglDestroyContext(gpu->display, gpu->context);
        gpu->context = EGL_NO_CONTEXT;
    }
    if (gpu->display != EGL_NO_DISPLAY)
        eglTerminate(gpu->display);
    gpu->display = EGL_NO_DISPLAY;
}

static struct gpu *allocate(struct error *err)
{
    struct gpu *gpu = calloc(1, sizeof *gpu);
    if (!gpu)
        error_set(err, ERROR_FAILED, "out of memory");
    else
        gpu->display = EGL_NO_DISPLAY;
    return gpu;
}

/* The context is current and loaded. */
static void watch_messages(struct gpu *gpu, bool debug)
{
    gpu->debug_to_stderr = debug;
    if (debug && GLAD_GL_KHR_debug) {
        glEnable(GL_DEBUG_OUTPUT);
        glEnable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
        glDebugMessageCallback(on_debug_message, gpu);
    }
}

struct gpu *gpu_create_current(const struct gpu_options *opt, gpu_load_fn load, struct error *err)
{
    struct gpu *gpu = allocate(err);
    if (!gpu)
        return NULL;
    gpu->context = EGL_NO_CONTEXT;
    int version = gladLoadGL((GLADloadfunc)load);
    if (version < GLAD_MAKE_VERSION(3, 3)) {
        free(gpu);
        error_set(
            err, ERROR_NO_OPENGL,
            "the window's driver has OpenGL %d.%d, and 3.3 core is needed; update the driver, "
            "or try Mesa's software one: LIBGL_ALWAYS_SOFTWARE=1 stillair explore",
            GLAD_VERSION_MAJOR(version), GLAD_VERSION_MINOR(version));
        return NULL;
    }
    watch_messages(gpu, opt && opt->debug);
    return gpu;
}

struct gpu *gpu_create_headless(const struct gpu_options *opt, struct error *err)
{
    struct gpu *gpu = allocate(err);
    if (!gpu)
        return NULL;
    bool debug = opt && opt->debug;
    for (int attempt = 0; attempt < 3; attempt++) {
        gpu->context = EGL_NO_CONTEXT;
        gpu->display = open_display(attempt);
        if (gpu->display == EGL_NO_DISPLAY)
            continue;
        if (make_context(gpu, debug)) {
            watch_messages(gpu, debug);
            return gpu;
        }
        close_display(gpu);
    }
    free(gpu);
    error_set(err, ERROR_NO_OPENGL,
              "no OpenGL 3.3 core without a screen (EGL surfaceless, device and default display "
              "were tried); install a driver, for example Mesa's software one: "
              "apt-get install libegl1 libgl1-mesa-dri");
    return NULL;
}

void gpu_destroy(struct gpu **gpu)
{
    if (!gpu || !*gpu)
        return;
    close_display(*gpu);
    free(*gpu);
    *gpu = NULL;
}

const char *gpu_renderer_name(const struct gpu *gpu)
{
    (void)gpu;
    return (const char *)glGetString(GL_RENDERER);
}

const char *gpu_version_name(const struct gpu *gpu)
{
    (void)gpu;
    return (const char *)glGetString(GL_VERSION);
}

bool gpu_has_clip_control(const struct gpu *gpu)
{
    (void)gpu;
    return GLAD_GL_ARB_clip_control != 0;
}

int gpu_debug_message_count(const struct gpu *gpu)
{
    return gpu->debug_messages;
}
