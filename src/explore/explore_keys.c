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
    explore_say(x, false, x->controls.day_runs ? "the day runs" : "the day stands still");
}

static void toggle_pause(struct explore *x)
{
    x->controls.paused = !x->controls.paused;
    explore_say(x, false, x->controls.paused ? "time stands still" : "time runs: the air drifts");
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
        x->controls.show_help = !x->controls.show_help;
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
        if (!kept && e->action == GLFW_PRESS && e->code == GLFW_MOUSE_BUTTON_LEFT &&
            window_focused(x->window)) {
            window_capture_mouse(x->window, true);
            x->model.hint = false;
        }
        break;
    case WINDOW_SCROLL:
        if (!kept) {
            flight_change_speed(&x->flight, e->y);
            explore_say(x, false, "speed x %.2g", x->flight.speed);
        }
        break;
    case WINDOW_FOCUS:
        if (!e->code)
            window_capture_mouse(x->window, false);
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
    /* ImGui must see each press, drag and release in a frame of its own. */
    while (window_next_event(x->window, &e)) {
        on_event(x, &e);
        if (e.type == WINDOW_BUTTON || (e.type == WINDOW_MOVE && panel_drags(x->panel)))
            break;
    }
    x->model.mouse_captured = window_mouse_captured(x->window);
}

static double axis(const struct explore *x, int positive, int negative)
{
    return window_key_down(x->window, positive) - window_key_down(x->window, negative);
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

static void add_keys(struct explore *x, struct flight_input *in)
{
    struct window *w = x->window;
    bool control = window_key_down(w, GLFW_KEY_LEFT_CONTROL);
    /* Ctrl+S saves and Ctrl+Z undoes: with Ctrl, letters are no motion unless one is flying down
     * with a captured mouse. */
    if (!control || window_mouse_captured(w)) {
        in->right += axis(x, GLFW_KEY_D, GLFW_KEY_A);
        in->forward += axis(x, GLFW_KEY_W, GLFW_KEY_S);
        in->roll += axis(x, GLFW_KEY_E, GLFW_KEY_Q);
    }
    in->up += axis(x, GLFW_KEY_SPACE, GLFW_KEY_LEFT_CONTROL);
    in->focal += axis(x, GLFW_KEY_RIGHT_BRACKET, GLFW_KEY_LEFT_BRACKET) +
                 axis(x, GLFW_KEY_EQUAL, GLFW_KEY_MINUS);
    in->exposure += axis(x, GLFW_KEY_PERIOD, GLFW_KEY_COMMA);
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
    in.look_right = dx * mouse_gain * pixel_angle(x);
    in.look_up = -dy * mouse_gain * pixel_angle(x);
    if (!panel_types(x->panel) && window_focused(x->window))
        add_keys(x, &in);
    add_gamepad(x, &in, dt);
    in.right = limit(in.right);
    in.forward = limit(in.forward);
    in.up = limit(in.up);
    in.roll = limit(in.roll);
    in.focal = limit(in.focal);
    in.exposure = limit(in.exposure);
    return in;
}
