/* Wishes, of keys and of the panel. */
#include "explore/explore.h"
#include "preset/mood/settle.h"

#include "gpu/window.h"
#include "preset/mood/blend.h"
#include "preset/params/param_value.h"

#include <stdlib.h>
#include <string.h>

/* Where one has flown to is no step of its own, and is kept; but a step that went to a view, or
 * moved a camera's slider, is undone with it. */
static bool step_is_view(int row)
{
    return row == HISTORY_VIEW ||
           (row >= 0 && row < PARAM_ROWS && params_table[row].part == PARAMS_CAMERA);
}

static void next_mood(struct explore *x, int step)
{
    int count = x->model.mood_count;
    if (count > 0)
        explore_take_mood(x, ((x->model.mood < 0 && step < 0 ? 0 : x->model.mood) + step + count) %
                                 count);
}

static void undo(struct explore *x, bool back)
{
    const char *label = back ? history_undo_label(x->history) : history_redo_label(x->history);
    int row = back ? history_undo_row(x->history) : history_redo_row(x->history);
    struct params other;
    if (back && explore_undelete(x))
        return;
    if (!label) {
        explore_note(x, back ? "nothing to undo" : "nothing to redo");
        return;
    }
    char text[HISTORY_LABEL_MAX];
    snprintf(text, sizeof text, "%s", label);
    if (!(back ? history_undo(x->history, &other) : history_redo(x->history, &other)))
        return;
    if (!step_is_view(row))
        params_take(&other, &x->now, PARAMS_CAMERA);
    other.wind_time = x->now.wind_time;
    x->now = other;
    x->controls.blend = 0;
    explore_show_undo(x);
    explore_note(x, "%s: %s", back ? "undone" : "done again", text);
}

static void go_to_mark(struct explore *x, int index)
{
    char label[HISTORY_LABEL_MAX];
    if (!x->model.marks[index]) {
        explore_note(x, "no view is marked %d; Ctrl+%d marks this one", index + 1, index + 1);
        return;
    }
    params_take(&x->now, &x->marks[index], PARAMS_CAMERA);
    flight_stop(&x->flight);
    snprintf(label, sizeof label, "mark %d", index + 1);
    explore_changed(x, label, HISTORY_VIEW);
    explore_note(x, "%s", label);
}

static void set_mark(struct explore *x, int index)
{
    x->marks[index] = x->now;
    x->model.marks[index] = true;
    x->views_unsaved = true;
    explore_note(x, "this view is marked %d; saving the preset keeps it", index + 1);
}

static void reset(struct explore *x, bool view)
{
    struct params base = x->base;
    base.wind_time = x->now.wind_time;
    params_take(&x->now, &base, view ? PARAMS_ALL : PARAMS_MOOD | PARAMS_LAND);
    explore_changed(x, view ? "view and all reset" : "all reset",
                    view ? HISTORY_VIEW : HISTORY_NO_ROW);
}

static void throw_mood(struct explore *x)
{
    params_randomise(&x->now, x->locked, ++x->random_seed, x->controls.random_strength);
    explore_changed(x, "a random mood", HISTORY_NO_ROW);
}

static void blend(struct explore *x)
{
    float t = x->controls.blend;
    if (x->model.blend_mood < 0)
        return;
    struct params out = x->now;
    params_blend(&x->blend_from, &x->blend_to, t, PARAMS_MOOD, &out);
    params_take(&x->now, &out, PARAMS_MOOD);
    char label[HISTORY_LABEL_MAX];
    snprintf(label, sizeof label, "blend with %s", x->model.moods[x->model.blend_mood].name);
    history_push(x->history, &x->now, label, PARAM_ROWS, x->time_s); /* a row of its own */
    explore_show_undo(x);
}

static void walk(struct explore *x)
{
    struct flight_ground ground = explore_ground(x);
    explore_leave_place(x);
    flight_set_walking(&x->flight, !x->flight.walking, &ground, &x->now);
    explore_note(x, x->flight.walking ? "walking" : "flying");
}

/* What changes the values, but for the view. False when it is no such wish. */
static bool do_wish_of_values(struct explore *x, const struct panel_wish *w)
{
    switch (w->type) {
    case WISH_UNDO:
    case WISH_REDO:
        undo(x, w->type == WISH_UNDO);
        return true;
    case WISH_RESET_ALL:
    case WISH_RESET_MOOD:
        reset(x, w->type == WISH_RESET_ALL);
        return true;
    case WISH_MOOD:
        explore_take_mood(x, w->number);
        return true;
    case WISH_NEXT_MOOD:
        next_mood(x, w->number);
        return true;
    case WISH_BLEND_WITH:
        explore_blend_with(x, w->number);
        return true;
    case WISH_BLEND:
        blend(x);
        return true;
    case WISH_RANDOM:
        throw_mood(x);
        return true;
    case WISH_RELOAD:
        explore_reload(x);
        return true;
    default:
        return false;
    }
}

static bool do_wish_of_view(struct explore *x, const struct panel_wish *w)
{
    switch (w->type) {
    case WISH_VIEW:
        explore_go_to_view(x, w->number);
        return true;
    case WISH_MARK_GO:
        go_to_mark(x, w->number);
        return true;
    case WISH_MARK_SET:
        set_mark(x, w->number);
        return true;
    case WISH_WALK:
        walk(x);
        return true;
    case WISH_FULL_SCREEN:
        window_toggle_full_screen(x->window);
        return true;
    default:
        return false;
    }
}

static void do_wish(struct explore *x, const struct panel_wish *w)
{
    if (do_wish_of_values(x, w) || do_wish_of_view(x, w) || explore_path_wish(x, w) ||
        explore_unsaved_wish(x, w))
        return;
    if (w->type == WISH_STILL)
        explore_take_still(x);
    else if (w->type == WISH_COPY)
        explore_copy_command(x);
    else if (w->type == WISH_SAVE || w->type == WISH_SAVE_AS)
        explore_save(x, w->type == WISH_SAVE ? NULL : w->text);
    else if (w->type == WISH_RENAME)
        explore_rename_own(x, w->number, w->text);
    else if (w->type == WISH_DELETE)
        explore_delete_own(x, w->number);
    else if (w->type == WISH_FORGET)
        explore_forget(x, w->number);
}

void explore_do_wishes(struct explore *x)
{
    for (int i = 0; i < x->controls.wish_count; i++)
        do_wish(x, &x->controls.wishes[i]);
    if (x->controls.wish_count > 0)
        x->awake = EXPLORE_AWAKE;
    x->controls.wish_count = 0;
}
