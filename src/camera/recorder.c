#include "camera/recorder.h"

#include "preset/params/part.h"

#include <string.h>

enum { ABOVE_GROUND, ABOVE_DATUM }; /* camera.above */

bool recorder_add(struct recorder *r, const struct params *view, double ground_m)
{
    if (r->count == RECORDER_KEYS_MAX)
        return false;
    struct params *key = &r->keys[r->count++];
    *key = *view;
    key->camera_place = 0;
    if (view->camera_above == ABOVE_GROUND)
        key->camera_height = (float)(view->camera_height + ground_m);
    key->camera_above = ABOVE_DATUM;
    return true;
}

bool recorder_take_back(struct recorder *r)
{
    bool any = r->count > 0;
    r->count -= any;
    return any;
}

double recorder_duration_s(const struct recorder *r)
{
    return r->count > 1 ? (r->count - 1) * RECORDER_KEY_S : 0;
}

static bool moves(const struct recorder *r, const struct param_info *row)
{
    bool always = row->offset == offsetof(struct params, camera_x) ||
                  row->offset == offsetof(struct params, camera_y);
    for (int i = 1; i < r->count && !always; i++)
        always = !param_equal(row, &r->keys[i], &r->keys[0]);
    return always;
}

/* Only numbers of the view, and none that a path finds for itself or that does not move. */
static bool may_move(const struct param_info *row)
{
    return row->kind & KIND_KEYED;
}

/* A lens that is sharp everywhere in one key and not in another has no way between. */
static bool has_way(const struct recorder *r, const struct param_info *row)
{
    bool zero = false;
    for (int i = 0; i < r->count; i++) {
        union param_value value;
        param_get(row, &r->keys[i], &value);
        zero = zero || value.f == 0;
    }
    return !zero || !(row->kind & KIND_APART);
}

static bool add_track(const struct recorder *r, size_t row, struct path *path)
{
    struct path_track *track = path_add_track(path, row, NULL, 0);
    bool ok = track != NULL;
    for (int i = 0; ok && i < r->count; i++) {
        union param_value value;
        param_get(&params_table[row], &r->keys[i], &value);
        ok = path_track_add(track, i * RECORDER_KEY_S, &value);
    }
    return ok;
}

static bool add_tracks(const struct recorder *r, struct path *path)
{
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        if (may_move(row) && moves(r, row) && has_way(r, row) && !add_track(r, i, path))
            return false;
    }
    return true;
}

bool recorder_path(const struct recorder *r, struct path *out)
{
    *out = (struct path){.fps = PATH_FPS_DEFAULT, .duration_s = recorder_duration_s(r)};
    if (r->count < 2)
        return false;
    out->name = strdup(RECORDER_NAME);
    out->camera = strdup(RECORDER_NAME);
    if (out->name && out->camera && add_tracks(r, out))
        return true;
    path_fini(out);
    return false;
}

bool recorder_view_at(const struct recorder *r, double time_s, struct params *p)
{
    struct path path;
    struct params view;
    params_take(p, &r->keys[0], PARAMS_CAMERA);
    if (r->count < 2)
        return true;
    if (!recorder_path(r, &path))
        return false;
    path_at(&path, &r->keys[0], time_s, &view);
    for (size_t i = 0; i < path.track_count; i++) {
        union param_value value;
        const struct param_info *row = &params_table[path.tracks[i].row];
        param_get(row, &view, &value);
        param_put(row, p, &value);
    }
    path_fini(&path);
    return true;
}
