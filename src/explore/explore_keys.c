/* Events and keys. A key that the panel types is the panel's; all others are the window's. */
#include "base/consts.h"
#include "explore/explore.h"

#include "gpu/window.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <math.h>

/* A mouse moves the picture under it twice as fast as the hand; a stick turns so fast, rad/s at
 * 35 mm; less than `stick_rest` is none. All by eye. */
static const double mouse_gain = 2, stick_rate = 1.6, stick_rest = 0.15;
/* Seconds that the shortest press of a key moves for. By eye. */
static const double tap_s = 1 / 30.0;

static void release_or_quit(struct explore *x)
{
    if (window_mouse_captured(x->window))
        window_capture_mouse(x->window, false);
    else if (x->controls.show_help)
        x->controls.show_help = false;
    else if (x->controls.show_panel)
        x->controls.show_panel = false;
    else
        explore_leave(x);
}

/* The keys that answer a question; what they do stands on its buttons. */
static bool on_answer(struct explore *x, int key)
{
    bool leave = x->model.question == PANEL_QUESTION_LEAVE;
    if (x->model.question == PANEL_QUESTION_NONE)
        return false;
    if (key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER)
        explore_wish(x, leave ? WISH_SAVE_AND_LEAVE : WISH_TAKE_UP, 0);
    else if (key == GLFW_KEY_DELETE)
        explore_wish(x, leave ? WISH_LEAVE : WISH_DROP, 0);
    else if (key == GLFW_KEY_ESCAPE)
        explore_wish(x, WISH_STAY, 0);
    else
        return false;
    return true;
}

static bool on_letter(struct explore *x, const struct window_event *e)
{
    bool control = e->mods & GLFW_MOD_CONTROL, shift = e->mods & GLFW_MOD_SHIFT;
    if (!control)
        return false;
    if (window_key_is_letter(e->code, e->scancode, 'z'))
        explore_wish(x, shift ? WISH_REDO : WISH_UNDO, 0);
    else if (window_key_is_letter(e->code, e->scancode, 'y'))
        explore_wish(x, WISH_REDO, 0);
    else if (window_key_is_letter(e->code, e->scancode, 's'))
        explore_wish(x, WISH_SAVE, 0);
    else
        return false;
    return true;
}

static void toggle_day(struct explore *x)
{
    x->controls.day_runs = !x->controls.day_runs;
    explore_note(x, x->controls.day_runs ? "the day runs" : "the day stands still");
}

static void toggle_pause(struct explore *x)
{
    x->controls.paused = !x->controls.paused;
    explore_note(x, x->controls.paused ? "time stands still" : "time runs: the air drifts");
}

/* False when it is none of them. */
static bool on_function_key(struct explore *x, int key)
{
    switch (key) {
    case GLFW_KEY_F1:
        x->controls.show_panel = !x->controls.show_panel;
        if (x->controls.show_panel)
            window_capture_mouse(x->window, false);
        return true;
    case GLFW_KEY_F2:
        x->controls.show_help = !x->controls.show_help;
        return true;
    case GLFW_KEY_F3:
        x->controls.show_times = !x->controls.show_times;
        return true;
    case GLFW_KEY_F5:
        explore_wish(x, WISH_RELOAD, 0);
        return true;
    case GLFW_KEY_F11:
        explore_wish(x, WISH_FULL_SCREEN, 0);
        return true;
    case GLFW_KEY_F12:
    case GLFW_KEY_PRINT_SCREEN:
        explore_wish(x, WISH_STILL, 0);
        return true;
    }
    return false;
}

static void on_key(struct explore *x, const struct window_event *e)
{
    if (e->action == GLFW_RELEASE || (e->action == GLFW_REPEAT && e->code != GLFW_KEY_Z))
        return;
    if (on_answer(x, e->code) || on_letter(x, e) || on_function_key(x, e->code))
        return;
    if (e->code >= GLFW_KEY_1 && e->code <= GLFW_KEY_9) {
        bool set = e->mods & GLFW_MOD_CONTROL;
        explore_wish(x, set ? WISH_MARK_SET : WISH_MARK_GO, e->code - GLFW_KEY_1);
        return;
    }
    switch (e->code) {
    case GLFW_KEY_ENTER:
        if (e->mods & GLFW_MOD_ALT)
            explore_wish(x, WISH_FULL_SCREEN, 0);
        break;
    case GLFW_KEY_TAB:
        explore_wish(x, WISH_NEXT_MOOD, e->mods & GLFW_MOD_SHIFT ? -1 : 1);
        break;
    case GLFW_KEY_G:
        explore_wish(x, WISH_WALK, 0);
        break;
    case GLFW_KEY_H:
        explore_show_hint(x);
        break;
    case GLFW_KEY_K:
        explore_wish(x, e->mods & GLFW_MOD_SHIFT ? WISH_KEY_BACK : WISH_KEY_ADD, 0);
        break;
    case GLFW_KEY_L:
        explore_wish(x, WISH_PLAY, 0);
        break;
    case GLFW_KEY_P:
        toggle_pause(x);
        break;
    case GLFW_KEY_T:
        toggle_day(x);
        break;
    case GLFW_KEY_ESCAPE:
        release_or_quit(x);
        break;
    }
}

/* A click on the picture captures the mouse, and the next lets it go; the right button looks while
 * it is down. */
static void on_button(struct explore *x, const struct window_event *e, bool kept)
{
    bool down = e->action == GLFW_PRESS && !kept && window_focused(x->window);
    if (e->code == GLFW_MOUSE_BUTTON_RIGHT) {
        x->looks = down;
        x->look_at[0] = e->x;
        x->look_at[1] = e->y;
    } else if (e->code == GLFW_MOUSE_BUTTON_LEFT && down) {
        window_capture_mouse(x->window, !window_mouse_captured(x->window));
        if (window_mouse_captured(x->window))
            explore_note(x, "the mouse looks; a click or Esc lets it go");
    }
    if (down)
        x->model.hint = false;
}

static void on_event(struct explore *x, const struct window_event *e)
{
    bool typed = panel_types(x->panel);
    bool kept = panel_event(x->panel, e);
    if (e->type != WINDOW_MOVE || panel_visible(x->panel))
        x->awake = EXPLORE_AWAKE;
    switch (e->type) {
    case WINDOW_KEY:
        if ((!typed && !kept) || (e->code >= GLFW_KEY_F1 && e->code <= GLFW_KEY_F12))
            on_key(x, e);
        break;
    case WINDOW_BUTTON:
        on_button(x, e, kept);
        break;
    case WINDOW_MOVE:
        if (x->looks && !window_mouse_captured(x->window)) {
            x->look[0] += e->x - x->look_at[0];
            x->look[1] += e->y - x->look_at[1];
        }
        x->look_at[0] = e->x;
        x->look_at[1] = e->y;
        break;
    case WINDOW_SCROLL:
        if (!kept) {
            flight_change_speed(&x->flight, e->y);
            explore_read_out(x, "speed %.3g m/s", x->flight.speed_mps);
        }
        break;
    case WINDOW_FOCUS:
        if (!e->code) {
            window_capture_mouse(x->window, false);
            x->looks = false;
        }
        break;
    case WINDOW_DROP:
        explore_take_file(x, window_dropped(x->window));
        break;
    default:
        break;
    }
}

bool explore_is_escape(const struct window_event *e)
{
    return e->type == WINDOW_KEY && e->code == GLFW_KEY_ESCAPE && e->action == GLFW_PRESS;
}

void explore_events(struct explore *x)
{
    struct window_event e = {0};
    bool told = false; /* something that the panel must see before what follows */
    while (window_next_event(x->window, &e)) {
        bool hands = e.type == WINDOW_BUTTON || e.type == WINDOW_KEY || e.type == WINDOW_TEXT ||
                     (e.type == WINDOW_MOVE && panel_drags(x->panel));
        if (told && hands) {
            explore_answer(x);
            told = false;
        }
        told = told || e.type == WINDOW_BUTTON ||
               (hands && (e.type == WINDOW_MOVE || panel_types(x->panel)));
        on_event(x, &e);
    }
    x->model.mouse_captured = window_mouse_captured(x->window);
}

/* Returns how much of the frame a key was down, 0 to 1; one that went down and up in it counts as
 * down for `tap_s`. */
static double held(const struct explore *x, int key, double dt)
{
    if (window_key_down(x->window, key))
        return 1;
    return window_key_tapped(x->window, key) ? fmin(1, tap_s / fmax(dt, 1e-3)) : 0;
}

static double axis(const struct explore *x, int positive, int negative, double dt)
{
    return held(x, positive, dt) - held(x, negative, dt);
}

static double stick(float value)
{
    double size = fabs(value);
    return size < stick_rest ? 0 : copysign((size - stick_rest) / (1 - stick_rest), value);
}

/* Radians that a pixel of the middle spans. */
static double pixel_angle(const struct explore *x)
{
    double width = x->state.width > 0 ? x->state.width : x->width;
    return FRAME_WIDTH_M / x->now.camera_focal / (width > 0 ? width : 1);
}

static void add_keys(struct explore *x, struct flight_input *in, double dt)
{
    struct window *w = x->window;
    bool control = window_key_down(w, GLFW_KEY_LEFT_CONTROL);
    /* Ctrl+S saves and Ctrl+Z undoes: with Ctrl, letters are no motion unless one is flying down
     * with a captured mouse. */
    if (!control || window_mouse_captured(w)) {
        in->right += axis(x, GLFW_KEY_D, GLFW_KEY_A, dt);
        in->forward += axis(x, GLFW_KEY_W, GLFW_KEY_S, dt);
        in->roll += axis(x, GLFW_KEY_E, GLFW_KEY_Q, dt);
    }
    in->up += axis(x, GLFW_KEY_SPACE, GLFW_KEY_LEFT_CONTROL, dt);
    in->focal += axis(x, GLFW_KEY_RIGHT_BRACKET, GLFW_KEY_LEFT_BRACKET, dt) +
                 axis(x, GLFW_KEY_EQUAL, GLFW_KEY_MINUS, dt);
    in->exposure += axis(x, GLFW_KEY_PERIOD, GLFW_KEY_COMMA, dt);
    in->faster =
        window_key_down(w, GLFW_KEY_LEFT_SHIFT) || window_key_down(w, GLFW_KEY_RIGHT_SHIFT);
}

static void add_gamepad(struct explore *x, struct flight_input *in, double dt)
{
    struct window_pad pad;
    if (!window_focused(x->window) || !window_gamepad(x->window, &pad))
        return;
    double rate = stick_rate * dt * 0.035 / fmax(x->now.camera_focal, 0.02);
    in->right += stick(pad.axes[GLFW_GAMEPAD_AXIS_LEFT_X]);
    in->forward -= stick(pad.axes[GLFW_GAMEPAD_AXIS_LEFT_Y]);
    in->look_right += stick(pad.axes[GLFW_GAMEPAD_AXIS_RIGHT_X]) * rate;
    in->look_up -= stick(pad.axes[GLFW_GAMEPAD_AXIS_RIGHT_Y]) * rate;
    in->up +=
        (pad.axes[GLFW_GAMEPAD_AXIS_RIGHT_TRIGGER] - pad.axes[GLFW_GAMEPAD_AXIS_LEFT_TRIGGER]) /
        2.0;
    in->roll += pad.buttons[GLFW_GAMEPAD_BUTTON_RIGHT_BUMPER] -
                (double)pad.buttons[GLFW_GAMEPAD_BUTTON_LEFT_BUMPER];
    in->faster = in->faster || pad.buttons[GLFW_GAMEPAD_BUTTON_A];
}

static double limit(double v)
{
    return v < -1 ? -1 : v > 1 ? 1 : v;
}

struct flight_input explore_input(struct explore *x, double dt)
{
    struct flight_input in = {0};
    double dx, dy;
    window_take_motion(x->window, &dx, &dy);
    dx += x->look[0];
    dy += x->look[1];
    x->look[0] = x->look[1] = 0;
    in.look_right = dx * mouse_gain * pixel_angle(x);
    in.look_up = -dy * mouse_gain * pixel_angle(x);
    if (!panel_types(x->panel) && window_focused(x->window))
        add_keys(x, &in, dt);
    add_gamepad(x, &in, dt);
    in.right = limit(in.right);
    in.forward = limit(in.forward);
    in.up = limit(in.up);
    in.roll = limit(in.roll);
    in.focal = limit(in.focal);
    in.exposure = limit(in.exposure);
    return in;
}
