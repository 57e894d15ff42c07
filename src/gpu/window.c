#include "gpu/window.h"

#include "gpu/context.h"

#define GLFW_INCLUDE_NONE
#include <ctype.h>
#include <GLFW/glfw3.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS = 256 };

struct window {
    GLFWwindow *handle;
    struct gpu *gpu;
    struct window_event events[EVENTS]; /* a ring; what does not fit is lost */
    int first, count;
    bool captured;
    bool pressed[GLFW_KEY_LAST + 1]; /* in the last poll, without Ctrl */
    double pointer_x, pointer_y;     /* as of the last event */
    double mouse_x, mouse_y;         /* of the last window_take_motion() */
    char *dropped;                   /* owned, or NULL */
    bool full_screen;
    int x, y, width, height; /* before full screen */
};

static void push(GLFWwindow *handle, struct window_event event)
{
    struct window *w = glfwGetWindowUserPointer(handle);
    if (w->count < EVENTS)
        w->events[(w->first + w->count++) % EVENTS] = event;
}

static void on_key(GLFWwindow *handle, int key, int scancode, int action, int mods)
{
    struct window *w = glfwGetWindowUserPointer(handle);
    if (action == GLFW_PRESS && !(mods & GLFW_MOD_CONTROL) && key >= 0 && key <= GLFW_KEY_LAST)
        w->pressed[key] = true;
    push(handle, (struct window_event){WINDOW_KEY, key, scancode, action, mods, 0, 0});
}

static void on_text(GLFWwindow *handle, unsigned point)
{
    push(handle, (struct window_event){.type = WINDOW_TEXT, .code = (int)point});
}

static void on_button(GLFWwindow *handle, int button, int action, int mods)
{
    /* Not glfwGetCursorPos(): that is where the pointer is by now. */
    const struct window *w = glfwGetWindowUserPointer(handle);
    push(handle,
         (struct window_event){WINDOW_BUTTON, button, 0, action, mods, w->pointer_x, w->pointer_y});
}

/* The queue need not tell every pixel of a way. */
static void on_move(GLFWwindow *handle, double x, double y)
{
    struct window *w = glfwGetWindowUserPointer(handle);
    struct window_event event = {.type = WINDOW_MOVE, .x = x, .y = y};
    w->pointer_x = x;
    w->pointer_y = y;
    struct window_event *last = &w->events[(w->first + w->count + EVENTS - 1) % EVENTS];
    if (w->count > 0 && last->type == WINDOW_MOVE)
        *last = event;
    else
        push(handle, event);
}

static void on_expose(GLFWwindow *handle)
{
    push(handle, (struct window_event){.type = WINDOW_EXPOSE});
}

static void on_scroll(GLFWwindow *handle, double x, double y)
{
    push(handle, (struct window_event){.type = WINDOW_SCROLL, .x = x, .y = y});
}

static void on_enter(GLFWwindow *handle, int entered)
{
    push(handle, (struct window_event){.type = WINDOW_ENTER, .code = entered});
}

static void on_focus(GLFWwindow *handle, int focused)
{
    push(handle, (struct window_event){.type = WINDOW_FOCUS, .code = focused});
}

static void on_drop(GLFWwindow *handle, int count, const char **paths)
{
    struct window *w = glfwGetWindowUserPointer(handle);
    char *path = count > 0 ? malloc(strlen(paths[0]) + 1) : NULL;
    if (!path)
        return;
    strcpy(path, paths[0]);
    free(w->dropped);
    w->dropped = path;
    push(handle, (struct window_event){.type = WINDOW_DROP});
}

static void listen(struct window *w)
{
    glfwSetWindowUserPointer(w->handle, w);
    glfwSetKeyCallback(w->handle, on_key);
    glfwSetCharCallback(w->handle, on_text);
    glfwSetMouseButtonCallback(w->handle, on_button);
    glfwSetScrollCallback(w->handle, on_scroll);
    glfwSetCursorPosCallback(w->handle, on_move);
    glfwSetWindowRefreshCallback(w->handle, on_expose);
    glfwSetCursorEnterCallback(w->handle, on_enter);
    glfwSetWindowFocusCallback(w->handle, on_focus);
    glfwSetDropCallback(w->handle, on_drop);
}

/* GLFW's own words for what went wrong last, or "". */
static const char *glfw_reason(void)
{
    const char *text = NULL;
    glfwGetError(&text);
    return text ? text : "";
}

static GLFWwindow *open_window(const struct window_options *opt)
{
    int width = opt->width, height = opt->height, area_width, area_height;
    GLFWmonitor *monitor = glfwGetPrimaryMonitor();
    if (monitor) {
        glfwGetMonitorWorkarea(monitor, NULL, NULL, &area_width, &area_height);
        width = area_width > 0 && width > area_width ? area_width : width;
        height = area_height > 0 && height > area_height ? area_height : height;
    }
    glfwDefaultWindowHints();
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE); /* macOS gives nothing else */
    glfwWindowHint(GLFW_OPENGL_DEBUG_CONTEXT, opt->debug ? GLFW_TRUE : GLFW_FALSE);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    glfwWindowHint(GLFW_DEPTH_BITS, 0); /* passes bring their own depth */
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "stillair");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "stillair");
    return glfwCreateWindow(width, height, opt->title, NULL, NULL);
}

static bool open_all(struct window *w, const struct window_options *opt, struct error *err)
{
    if (!glfwInit())
        return error_set(err, ERROR_NO_OPENGL,
                         "no display for a window (%s); start it on a desktop, or draw without a "
                         "screen: stillair render",
                         glfw_reason());
    w->handle = open_window(opt);
    if (!w->handle)
        return error_set(err, ERROR_NO_OPENGL,
                         "no window with OpenGL 3.3 core (%s); update the graphics driver, or try "
                         "Mesa's software one: LIBGL_ALWAYS_SOFTWARE=1 stillair explore",
                         glfw_reason());
    glfwMakeContextCurrent(w->handle);
    glfwSetWindowSizeLimits(w->handle, 320, 200, GLFW_DONT_CARE, GLFW_DONT_CARE);
    w->gpu =
        gpu_create_current(&(struct gpu_options){.debug = opt->debug}, glfwGetProcAddress, err);
    if (!w->gpu)
        return false;
    listen(w);
    window_set_vsync(w, true);
    return true;
}

struct window *window_create(const struct window_options *opt, struct error *err)
{
    struct window *w = calloc(1, sizeof *w);
    if (!w) {
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    if (!open_all(w, opt, err))
        window_destroy(&w);
    return w;
}

void window_destroy(struct window **w)
{
    if (!w || !*w)
        return;
    gpu_destroy(&(*w)->gpu);
    if ((*w)->handle)
        glfwDestroyWindow((*w)->handle);
    glfwTerminate();
    free((*w)->dropped);
    free(*w);
    *w = NULL;
}

struct gpu *window_gpu(const struct window *w)
{
    return w->gpu;
}

struct GLFWwindow *window_handle(const struct window *w)
{
    return w->handle;
}

/* GLFW keeps a motion for itself that ends where it has once put the pointer (3.3, X11). */
static void catch_up(struct window *w)
{
    double x, y;
    if (w->captured || !glfwGetWindowAttrib(w->handle, GLFW_HOVERED))
        return;
    glfwGetCursorPos(w->handle, &x, &y);
    if (x != w->pointer_x || y != w->pointer_y)
        on_move(w->handle, x, y);
}

void window_poll(struct window *w, double wait_s)
{
    memset(w->pressed, 0, sizeof w->pressed);
    if (wait_s > 0 && w->count == 0)
        glfwWaitEventsTimeout(wait_s);
    else
        glfwPollEvents();
    catch_up(w);
}

bool window_next_event(struct window *w, struct window_event *out)
{
    if (w->count == 0)
        return false;
    *out = w->events[w->first];
    w->first = (w->first + 1) % EVENTS;
    w->count--;
    return true;
}

const char *window_dropped(const struct window *w)
{
    return w->dropped ? w->dropped : "";
}

bool window_wants_close(const struct window *w)
{
    return glfwWindowShouldClose(w->handle);
}

void window_refuse_close(struct window *w)
{
    glfwSetWindowShouldClose(w->handle, GLFW_FALSE);
}

void window_framebuffer(const struct window *w, int *width, int *height)
{
    glfwGetFramebufferSize(w->handle, width, height);
}

double window_scale(const struct window *w)
{
    float x = 1, y = 1;
    glfwGetWindowContentScale(w->handle, &x, &y);
    return x > 0.5f ? x : 1;
}

bool window_focused(const struct window *w)
{
    return glfwGetWindowAttrib(w->handle, GLFW_FOCUSED);
}

bool window_minimised(const struct window *w)
{
    int width, height;
    window_framebuffer(w, &width, &height);
    return width <= 0 || height <= 0 || glfwGetWindowAttrib(w->handle, GLFW_ICONIFIED);
}

void window_set_title(struct window *w, const char *title)
{
    glfwSetWindowTitle(w->handle, title);
}

void window_set_clipboard(struct window *w, const char *text)
{
    glfwSetClipboardString(w->handle, text);
}

static int overlap(int a, int a_size, int b, int b_size)
{
    int from = a > b ? a : b, to = a + a_size < b + b_size ? a + a_size : b + b_size;
    return to > from ? to - from : 0;
}

static GLFWmonitor *monitor_of(const struct window *w)
{
    int count, best = -1;
    GLFWmonitor **monitors = glfwGetMonitors(&count), *found = glfwGetPrimaryMonitor();
    for (int i = 0; i < count; i++) {
        int x, y;
        const GLFWvidmode *mode = glfwGetVideoMode(monitors[i]);
        glfwGetMonitorPos(monitors[i], &x, &y);
        int area = mode ? overlap(w->x, w->width, x, mode->width) *
                              overlap(w->y, w->height, y, mode->height)
                        : 0;
        if (area > best) {
            best = area;
            found = monitors[i];
        }
    }
    return found;
}

void window_toggle_full_screen(struct window *w)
{
    if (w->full_screen) {
        glfwSetWindowMonitor(w->handle, NULL, w->x, w->y, w->width, w->height, GLFW_DONT_CARE);
        w->full_screen = false;
        return;
    }
    glfwGetWindowPos(w->handle, &w->x, &w->y);
    glfwGetWindowSize(w->handle, &w->width, &w->height);
    GLFWmonitor *monitor = monitor_of(w);
    const GLFWvidmode *mode = monitor ? glfwGetVideoMode(monitor) : NULL;
    if (!mode)
        return;
    glfwSetWindowMonitor(w->handle, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
    w->full_screen = true;
}

void window_capture_mouse(struct window *w, bool captured)
{
    if (captured == w->captured)
        return;
    w->captured = captured;
    glfwSetInputMode(w->handle, GLFW_CURSOR, captured ? GLFW_CURSOR_DISABLED : GLFW_CURSOR_NORMAL);
    if (glfwRawMouseMotionSupported()) /* without the pointer's acceleration */
        glfwSetInputMode(w->handle, GLFW_RAW_MOUSE_MOTION, captured ? GLFW_TRUE : GLFW_FALSE);
    glfwGetCursorPos(w->handle, &w->mouse_x, &w->mouse_y);
}

bool window_mouse_captured(const struct window *w)
{
    return w->captured;
}

void window_take_motion(struct window *w, double *dx, double *dy)
{
    double x, y;
    *dx = *dy = 0;
    if (!w->captured)
        return;
    glfwGetCursorPos(w->handle, &x, &y);
    *dx = x - w->mouse_x;
    *dy = y - w->mouse_y;
    w->mouse_x = x;
    w->mouse_y = y;
}

bool window_key_down(const struct window *w, int key)
{
    return glfwGetKey(w->handle, key) == GLFW_PRESS;
}

bool window_key_tapped(const struct window *w, int key)
{
    return w->pressed[key] && !window_key_down(w, key);
}

/* Keys that print nothing: GLFW has no names for them. */
static const struct {
    int key;
    const char *label;
} labels[] = {
    {GLFW_KEY_SPACE, "Space"},  {GLFW_KEY_ESCAPE, "Esc"},
    {GLFW_KEY_TAB, "Tab"},      {GLFW_KEY_LEFT_SHIFT, "Shift"},
    {GLFW_KEY_ENTER, "Enter"},  {GLFW_KEY_LEFT_CONTROL, "Ctrl"},
    {GLFW_KEY_F1, "F1"},        {GLFW_KEY_F2, "F2"},
    {GLFW_KEY_F5, "F5"},        {GLFW_KEY_F11, "F11"},
    {GLFW_KEY_F12, "F12"},      {GLFW_KEY_PRINT_SCREEN, "Print Screen"},
    {GLFW_KEY_LEFT_ALT, "Alt"},
};

/* ASCII small letters as they are printed on keys: capitals. Others stay. */
static const char *capital(const char *name)
{
    static const char capitals[] = "A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0K\0L\0M\0N\0O\0P\0Q\0R\0S\0T\0"
                                   "U\0V\0W\0X\0Y\0Z";
    if (name[0] >= 'a' && name[0] <= 'z' && name[1] == '\0')
        return &capitals[2 * (name[0] - 'a')];
    return name;
}

const char *window_key_label(int key)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (labels[i].key == key)
            return labels[i].label;
    const char *name = glfwGetKeyName(key, 0);
    return name && *name ? capital(name) : "?";
}

bool window_key_is_letter(int key, int scancode, char letter)
{
    const char *name = glfwGetKeyName(key, scancode);
    if (name && *name)
        return tolower((unsigned char)name[0]) == letter && name[1] == '\0';
    return key == toupper((unsigned char)letter);
}

bool window_gamepad(const struct window *w, struct window_pad *out)
{
    (void)w;
    for (int id = GLFW_JOYSTICK_1; id <= GLFW_JOYSTICK_LAST; id++) {
        GLFWgamepadstate state;
        if (!glfwJoystickIsGamepad(id) || !glfwGetGamepadState(id, &state))
            continue;
        memcpy(out->axes, state.axes, sizeof out->axes);
        memcpy(out->buttons, state.buttons, sizeof out->buttons);
        return true;
    }
    return false;
}

void window_swap(struct window *w)
{
    glfwSwapBuffers(w->handle);
}

void window_set_vsync(struct window *w, bool on)
{
    (void)w;
    glfwSwapInterval(on ? 1 : 0);
}
