#include "preset/path.h"

#include "base/colour.h"
#include "preset/params/param_slider.h"
#include "preset/path_spline.h"
#include "preset/preset_internal.h"
#include "preset/validate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TURN 6.283185307179586

/* Half the time over which velocities are measured. */
#define STEP_S 1e-3

/* ---- what it holds ---- */

void path_fini(struct path *path)
{
    for (size_t i = 0; i < path->track_count; i++)
        free(path->tracks[i].keys);
    free(path->tracks);
    free(path->name);
    free(path->camera);
    *path = (struct path){0};
}

struct path_track *path_find_track(const struct path *path, size_t row)
{
    for (size_t i = 0; i < path->track_count; i++)
        if (path->tracks[i].row == row)
            return &path->tracks[i];
    return NULL;
}

struct path_track *path_add_track(struct path *path, size_t row, const char *file, int line)
{
    struct path_track *tracks = realloc(path->tracks, (path->track_count + 1) * sizeof *tracks);
    if (!tracks)
        return NULL;
    path->tracks = tracks;
    tracks[path->track_count] = (struct path_track){.row = row, .file = file, .line = line};
    return &tracks[path->track_count++];
}

bool path_track_add(struct path_track *track, double time_s, const union param_value *value)
{
    struct path_key *keys = NULL;
    if (track->count < PATH_KEYS_MAX)
        keys = realloc(track->keys, (track->count + 1) * sizeof *keys);
    if (!keys)
        return false;
    track->keys = keys;
    keys[track->count++] = (struct path_key){time_s, *value};
    return true;
}

bool path_copy_track(struct path *path, const struct path_track *track)
{
    struct path_track *copy = path_add_track(path, track->row, track->file, track->line);
    bool ok = copy != NULL;
    for (size_t i = 0; ok && i < track->count; i++)
        ok = path_track_add(copy, track->keys[i].time_s, &track->keys[i].value);
    return ok;
}

double path_last_key_s(const struct path *path)
{
    double last = 0;
    for (size_t i = 0; i < path->track_count; i++)
        last = fmax(last, path->tracks[i].keys[path->tracks[i].count - 1].time_s);
    return last;
}

int path_frame_count(const struct path *path, double fps)
{
    return (int)fmax(1, round(path->duration_s * fps));
}

/* ---- one row ---- */

/* A value as what goes evenly, and back. */
static int flatten(const struct param_info *row, const union param_value *value,
                   double out[PATH_SPLINE_SIZE])
{
    if (row->type == PARAM_TYPE_COLOUR) {
        colour_to_oklab(value->rgb, out);
        return 3;
    }
    if (row->kind & KIND_DECAY)
        out[0] = value->f > 0 ? 1 / (double)value->f : 0;
    else if (row->scale == PARAM_SCALE_LINEAR)
        out[0] = value->f;
    else
        out[0] = param_slider_position(row, value->f);
    return 1;
}

static float in_range(const struct param_info *row, double x)
{
    double low = row->min * row->factor, high = row->max * row->factor;
    if ((row->kind & KIND_BEARING) && (x < low || x > high))
        x = remainder(x, TURN);
    return (float)fmin(fmax(x, low), high);
}

static void unflatten(const struct param_info *row, const double x[PATH_SPLINE_SIZE],
                      union param_value *out)
{
    if (row->type == PARAM_TYPE_COLOUR)
        colour_from_oklab(x, out->rgb);
    else if (row->kind & KIND_DECAY)
        out->f = x[0] > 0 ? in_range(row, 1 / x[0]) : 0;
    else if (row->scale == PARAM_SCALE_LINEAR)
        out->f = in_range(row, x[0]);
    else
        out->f = param_slider_value(row, x[0]);
}

/* The last key that is not after the time; the first one before all. */
static size_t find_key(const struct path_track *track, double time)
{
    size_t i = 0;
    while (i + 1 < track->count && track->keys[i + 1].time_s <= time)
        i++;
    return i;
}

static bool is_between(const struct path_track *track, double time, size_t key)
{
    return key + 1 < track->count && time > track->keys[key].time_s;
}

/* Bearings are put beside the one before: the short way round. */
static void fill_spline(const struct path_track *track, size_t key, bool smooth,
                        struct path_spline *s)
{
    const struct param_info *row = &params_table[track->row];
    *s = (struct path_spline){.smooth = smooth, .before = key > 0, .after = key + 2 < track->count};
    for (int i = s->before ? 0 : 1; i < (s->after ? 4 : 3); i++) {
        const struct path_key *k = &track->keys[key + (size_t)i - 1];
        s->time[i] = k->time_s;
        s->size = flatten(row, &k->value, s->point[i]);
        if ((row->kind & KIND_BEARING) && i > (s->before ? 0 : 1))
            s->point[i][0] =
                s->point[i - 1][0] + remainder(s->point[i][0] - s->point[i - 1][0], TURN);
    }
}

static void track_at(const struct path_track *track, bool smooth, double time,
                     union param_value *out)
{
    const struct param_info *row = &params_table[track->row];
    size_t key = find_key(track, time);
    *out = track->keys[key].value;
    if (row->type == PARAM_TYPE_INT || !is_between(track, time, key))
        return;
    struct path_spline s;
    double x[PATH_SPLINE_SIZE];
    fill_spline(track, key, smooth, &s);
    path_spline_at(&s, time, x);
    unflatten(row, x, out);
}

/* ---- the camera's place ---- */

static const char *const place_keys[] = {PRESET_CAMERA_SECTION ".x", PRESET_CAMERA_SECTION ".y",
                                         PRESET_CAMERA_SECTION ".height"};

struct flown {
    const struct path *path;
    const struct path_track *tracks[3]; /* NULL: `still` */
    double still[3];
};

static bool flown_init(struct flown *f, const struct path *path, const struct params *start)
{
    bool moves = false;
    f->path = path;
    for (int c = 0; c < 3; c++) {
        const struct param_info *row = params_find(place_keys[c]);
        union param_value value;
        param_get(row, start, &value);
        f->still[c] = value.f;
        f->tracks[c] = path_find_track(path, preset_row_index(row));
        moves = moves || f->tracks[c];
    }
    return moves;
}

/* The place at a time of which some track has a key: those that have none are on their way. */
static void flown_key(const struct flown *f, double time, double out[PATH_SPLINE_SIZE])
{
    for (int c = 0; c < 3; c++) {
        union param_value value = {.f = (float)f->still[c]};
        if (f->tracks[c])
            track_at(f->tracks[c], f->path->ease == PATH_SMOOTH, time, &value);
        out[c] = value.f;
    }
}

/* The nearest time of a key after `time`, or before it (or there, where `also`); INFINITY when
 * there is none. */
static double next_key(const struct flown *f, double time, int way, bool also)
{
    double best = INFINITY;
    for (int c = 0; c < 3; c++)
        for (size_t i = 0; f->tracks[c] && i < f->tracks[c]->count; i++) {
            double at = f->tracks[c]->keys[i].time_s, ahead = way * (at - time);
            if ((ahead > 0 || (also && ahead == 0)) && (isinf(best) || ahead < way * (best - time)))
                best = at;
        }
    return best;
}

/* Metres east, north and of height. */
static void flown_at(const struct flown *f, double time, double out[PATH_SPLINE_SIZE])
{
    struct path_spline s = {.size = 3, .smooth = f->path->ease == PATH_SMOOTH};
    s.time[1] = next_key(f, time, -1, true);
    s.time[2] = next_key(f, time, 1, false);
    if (isinf(s.time[1]) || isinf(s.time[2])) { /* before the first, after the last */
        flown_key(f, time, out);
        return;
    }
    s.time[0] = next_key(f, s.time[1], -1, false);
    s.time[3] = next_key(f, s.time[2], 1, false);
    s.before = !isinf(s.time[0]);
    s.after = !isinf(s.time[3]);
    for (int i = s.before ? 0 : 1; i < (s.after ? 4 : 3); i++)
        flown_key(f, s.time[i], s.point[i]);
    path_spline_at(&s, time, out);
}

/* ---- all of it ---- */

static void put_number(struct params *p, const char *key, double number)
{
    const struct param_info *row = params_find(key);
    const union param_value value = {.f = row ? in_range(row, number) : 0};
    if (row)
        param_put(row, p, &value);
}

/* A speed that has a track of its own is what that says. */
static void put_speed(const struct path *path, struct params *p, const char *key, double speed)
{
    const struct param_info *row = params_find(key);
    if (row && !path_find_track(path, preset_row_index(row)))
        put_number(p, key, speed);
}

static float get_number(const struct params *p, const char *key)
{
    union param_value value;
    param_get(params_find(key), p, &value);
    return value.f;
}

/* The ends of the time over which velocities are measured: inside the path, where it is at an end.
 */
static void find_step(const struct path *path, double time, double *from, double *to)
{
    double end = fmax(path_last_key_s(path), STEP_S);
    *from = time - STEP_S >= 0 ? time - STEP_S : time;
    *to = time + STEP_S <= end || time > end ? time + STEP_S : time;
}

static void put_place(const struct path *path, const struct params *start, double time,
                      struct params *out)
{
    static const char *const speeds[] = {"camera.move_east", "camera.move_north", "camera.move_up"};
    struct flown f;
    double at[PATH_SPLINE_SIZE], a[PATH_SPLINE_SIZE], b[PATH_SPLINE_SIZE], from, to;
    if (!flown_init(&f, path, start))
        return;
    find_step(path, time, &from, &to);
    flown_at(&f, time, at);
    flown_at(&f, from, a);
    flown_at(&f, to, b);
    for (int c = 0; c < 3; c++) {
        put_number(out, place_keys[c], at[c]);
        put_speed(path, out, speeds[c], (b[c] - a[c]) / (to - from));
    }
}

static void put_turn(const struct path *path, double time, struct params *out)
{
    static const struct {
        const char *angle, *speed;
    } turns[] = {{PRESET_CAMERA_SECTION ".yaw", "camera.turn_yaw"},
                 {PRESET_CAMERA_SECTION ".pitch", "camera.turn_pitch"},
                 {PRESET_CAMERA_SECTION ".roll", "camera.turn_roll"}};
    double from, to;
    find_step(path, time, &from, &to);
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        size_t row = preset_row_index(params_find(turns[i].angle));
        const struct path_track *track = path_find_track(path, row);
        union param_value a, b;
        if (!track)
            continue;
        track_at(track, path->ease == PATH_SMOOTH, from, &a);
        track_at(track, path->ease == PATH_SMOOTH, to, &b);
        put_speed(path, out, turns[i].speed, remainder((double)b.f - a.f, TURN) / (to - from));
    }
}

static void start_loads(const struct path *path, struct params *out)
{
    for (size_t i = 0; i < validate_layer_count; i++) {
        const struct validate_layer *layer = &validate_layers[i];
        bool visibility = path_find_track(path, preset_row_index(params_find(layer->visibility)));
        bool load = path_find_track(path, preset_row_index(params_find(layer->load)));
        if (visibility && !load)
            put_number(out, layer->load, 1);
        else if (load && !visibility)
            put_number(out, layer->visibility, 0);
    }
}

void path_at(const struct path *path, const struct params *start, double time_s, struct params *out)
{
    *out = *start;
    put_number(out, "wind.time", get_number(start, "wind.time") + time_s);
    if (!path)
        return;
    start_loads(path, out);
    for (size_t i = 0; i < path->track_count; i++) {
        union param_value value;
        track_at(&path->tracks[i], path->ease == PATH_SMOOTH, time_s, &value);
        param_put(&params_table[path->tracks[i].row], out, &value);
    }
    put_place(path, start, time_s, out);
    put_turn(path, time_s, out);
}
