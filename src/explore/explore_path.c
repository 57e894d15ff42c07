/* A path, recorded key by key and played back. */
#include "explore/explore.h"

#include <stdlib.h>
#include <string.h>

static void show_keys(struct explore *x)
{
    x->model.keys = x->recorder.count;
    x->model.key_gap_s = (float)RECORDER_KEY_S;
    x->model.playing = x->play_s >= 0;
    x->awake = EXPLORE_AWAKE;
}

static void stop(struct explore *x)
{
    x->play_s = -1;
    show_keys(x);
}

static void add_key(struct explore *x)
{
    struct params view = x->now;
    params_take(&view, viewer_params(x->viewer), PARAMS_CAMERA); /* a place is a spot there */
    stop(x);
    if (!recorder_add(&x->recorder, &view, x->state.ground_m)) {
        explore_note(x, "a path has at most %d keys; take some back", RECORDER_KEYS_MAX);
        return;
    }
    x->views_unsaved = true;
    show_keys(x);
    explore_note(x, "key %d of the path, at %.0f s; saving the preset keeps it", x->recorder.count,
                 (x->recorder.count - 1) * RECORDER_KEY_S);
}

static void take_back(struct explore *x)
{
    bool any = recorder_take_back(&x->recorder);
    stop(x);
    explore_note(x, any ? "the path's last key is gone" : "the path has no key");
}

static void view_at(struct explore *x, double time_s)
{
    if (!recorder_view_at(&x->recorder, time_s, &x->now))
        explore_fault(x, CAUSE_SAVE, "no memory for a path");
    flight_stop(&x->flight);
}

static void go_to_key(struct explore *x, int index)
{
    if (index < 0 || index >= x->recorder.count)
        return;
    stop(x);
    view_at(x, index * RECORDER_KEY_S);
    explore_changed(x, "view of a key", HISTORY_VIEW);
}

static void play(struct explore *x)
{
    if (x->play_s >= 0) {
        stop(x);
    } else if (x->recorder.count < 2) {
        explore_note(x, "a path has two keys or more; K makes this view one");
    } else {
        explore_leave_place(x);
        x->play_s = 0;
        show_keys(x);
    }
}

bool explore_path_wish(struct explore *x, const struct panel_wish *w)
{
    switch (w->type) {
    case WISH_KEY_ADD:
        add_key(x);
        return true;
    case WISH_KEY_BACK:
        take_back(x);
        return true;
    case WISH_KEY_GO:
        go_to_key(x, w->number);
        return true;
    case WISH_PLAY:
        play(x);
        return true;
    default:
        return false;
    }
}

void explore_path_step(struct explore *x, bool hands, double dt)
{
    if (x->play_s < 0)
        return;
    if (hands) {
        stop(x);
        return;
    }
    x->play_s += dt;
    view_at(x, x->play_s);
    if (x->play_s < recorder_duration_s(&x->recorder))
        return;
    stop(x);
    explore_changed(x, "view of a path", HISTORY_VIEW);
}

static char *save_path(const struct preset *p, const struct recorder *r)
{
    struct path path;
    if (!p || !recorder_path(r, &path))
        return NULL;
    char *text = preset_save_path(p, &path);
    path_fini(&path);
    return text;
}

char *explore_path_save(struct explore *x, const char *file, char *text)
{
    const struct resources *res = &x->input->resources;
    struct diagnostics diag = {0};
    if (!text || x->recorder.count < 2)
        return text;
    struct preset *p = preset_parse(res, file, text, strlen(text), &diag);
    char *viewed = p ? preset_save_camera(p, RECORDER_NAME, &x->recorder.keys[0]) : NULL;
    preset_destroy(&p);
    if (viewed)
        p = preset_parse(res, file, viewed, strlen(viewed), &diag);
    char *saved = save_path(p, &x->recorder);
    if (!saved)
        explore_fault(x, CAUSE_SAVE, "the path is not saved: %s",
                      diag.count > 0 ? diag.lines[0] : "out of memory");
    diagnostics_fini(&diag);
    preset_destroy(&p);
    free(viewed);
    free(text);
    return saved;
}
