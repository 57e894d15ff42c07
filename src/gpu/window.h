/* A window with an OpenGL 3.3 core context: GLFW 3.3.
 *
 * Everything here belongs to the main thread. Sizes are those of the framebuffer, in pixels; scale
 * is the desktop's content scale (1 on an ordinary screen, 2 on a dense one). Keys are GLFW's
 * tokens, which stand for places on the keyboard: GLFW_KEY_W is where an American keyboard has its
 * W, whatever is printed there. What happened since the last poll lies in a queue, oldest first. */
#ifndef STILLAIR_GPU_WINDOW_H
#define STILLAIR_GPU_WINDOW_H

#include "base/error.h"

#include <stdbool.h>

struct gpu;
struct window;
struct GLFWwindow;

struct window_options {
    const char *title;
    int width, height; /* of the content, in the desktop's units; cut to fit the screen */
    bool debug;        /* of the context, see gpu_options */
};

/* NULL with ERROR_NO_OPENGL and advice when there is no display, or no OpenGL 3.3 core on it. */
struct window *window_create(const struct window_options *opt, struct error *err);
void window_destroy(struct window **w);

/* Borrowed; lives as long as the window. */
struct gpu *window_gpu(const struct window *w);
/* For the panel's backend. */
struct GLFWwindow *window_handle(const struct window *w);

enum window_event_type {
    WINDOW_KEY,    /* code: GLFW_KEY_*, scancode, action: GLFW_PRESS.., mods: GLFW_MOD_* */
    WINDOW_TEXT,   /* code: a Unicode code point */
    WINDOW_BUTTON, /* code: GLFW_MOUSE_BUTTON_*, action, mods; x, y: where */
    WINDOW_SCROLL, /* x, y: steps */
    WINDOW_MOVE,   /* the pointer went to x, y; one for many */
    WINDOW_EXPOSE, /* the window must be drawn again */
    WINDOW_ENTER,  /* code: 1 the mouse came, 0 it left */
    WINDOW_FOCUS,  /* code: 1 gained, 0 lost */
    WINDOW_DROP,   /* files were dropped: window_dropped() */
};
/* x and y of the pointer are in the desktop's units, from the upper left corner. */
struct window_event {
    enum window_event_type type;
    int code, scancode, action, mods;
    double x, y;
};

/* Takes what happened; waits for something for up to `wait_s` (0: not at all). */
void window_poll(struct window *w, double wait_s);
/* The oldest event; false when there is none (more). */
bool window_next_event(struct window *w, struct window_event *out);
/* The path of the file that was dropped last, of several the first; valid until the next poll. */
const char *window_dropped(const struct window *w);
/* True when the window's own button was pressed. */
bool window_wants_close(const struct window *w);
/* Takes note that it stays open. */
void window_refuse_close(struct window *w);

void window_framebuffer(const struct window *w, int *width, int *height);
double window_scale(const struct window *w);
bool window_focused(const struct window *w);
bool window_minimised(const struct window *w);
void window_set_title(struct window *w, const char *title);
void window_set_clipboard(struct window *w, const char *text);

/* Full screen on the monitor that shows most of the window, and back to where it was. */
void window_toggle_full_screen(struct window *w);

/* A captured mouse has no pointer and no edges: it only moves. */
void window_capture_mouse(struct window *w, bool captured);
bool window_mouse_captured(const struct window *w);
/* How far the captured mouse went since the last call, in pixels; y down. */
void window_take_motion(struct window *w, double *dx, double *dy);

bool window_key_down(const struct window *w, int key);
/* Returns whether it went down, without Ctrl, and up again in the last poll. */
bool window_key_tapped(const struct window *w, int key);
/* "W", "F1", "Space": what is printed on that key here. A static or GLFW's own string. */
const char *window_key_label(int key);
/* The key that carries a letter here ('z'), or that of an American keyboard. */
bool window_key_is_letter(int key, int scancode, char letter);

/* Axes -1 to 1, pressed as by GLFW_GAMEPAD_*; false when there is no gamepad. */
struct window_pad {
    float axes[6];
    unsigned char buttons[15];
};
bool window_gamepad(const struct window *w, struct window_pad *out);

/* Shows the framebuffer; waits for the screen's next picture when vsync is on (it is at first). */
void window_swap(struct window *w);
void window_set_vsync(struct window *w, bool on);

#endif
