/* A path: how parameters move while a camera flies, as tracks of keys in time.
 *
 * Times are seconds from the path's start. A track is one row of params.def: numbers go from key to
 * key on the row's slider (param_slider.h), so that what doubles evenly on the slider doubles
 * evenly in time; bearings the short way round; decays by their inverse, 0 being well mixed;
 * colours in OKLab (colour.h). Whole numbers jump at their keys. Before its first key a track is
 * worth the first, after its last one the last. Choices cannot move.
 *
 * x, y and height of the camera are one curve in space, whichever of them have keys.
 *
 * Between keys: a cubic in time (Hermite's form) that passes each key at its time, with a
 * continuous velocity. A key's velocity is that of the parabola through it and its neighbours
 * (Catmull & Rom 1974 for uneven times), limited as M. Steffen, "A simple method for monotonic
 * interpolation in one dimension", A&A 239 (1990), does it: never more than twice the slower of
 * both sides' mean velocities, and no component of it back along either side. For one number that
 * is Steffen's interpolant, which is monotone between keys and never leaves their range; for places
 * and colours it is the same rule for vectors, which does not depend on where north is. Two equal
 * keys hold still. Knots at distances (centripetal: Barry & Goldman 1988; Yuksel, Schaefer &
 * Keyser 2011) make good curves too, but then the keys' times only reach the camera through a
 * second curve, and uneven ones make it surge; the limit keeps loops away as well.
 *
 *   PATH_SMOOTH   each track starts and ends at rest
 *   PATH_LINEAR   straight from key to key, at a constant speed between two
 *
 * Time is the frame's, never the clock's: the same time gives the same bits. */
#ifndef STILLAIR_PRESET_PATH_H
#define STILLAIR_PRESET_PATH_H

#include "preset/params/param_value.h"

#define PATH_KEYS_MAX    256 /* a track */
#define PATH_FPS_DEFAULT 24.0

enum path_ease { PATH_SMOOTH, PATH_LINEAR };

struct path_key {
    double time_s;
    union param_value value;
};

struct path_track {
    size_t row;            /* in params_table; not a choice */
    struct path_key *keys; /* owned, at least one, times ascending */
    size_t count;
    const char *file; /* borrowed from the preset whose text has it, or NULL; for messages */
    int line;
};

struct path {
    char *name, *camera; /* owned; camera NULL: the preset's first */
    double duration_s;
    double fps;
    enum path_ease ease;
    struct path_track *tracks; /* owned, each row at most once */
    size_t track_count;
};

void path_fini(struct path *path);

/* The track of a row, or NULL. */
struct path_track *path_find_track(const struct path *path, size_t row);
/* A new track without keys; NULL when memory ran out. The row must have none. */
struct path_track *path_add_track(struct path *path, size_t row, const char *file, int line);
/* False when memory ran out or the track is full. The key must come after the last one. */
bool path_track_add(struct path_track *track, double time_s, const union param_value *value);
bool path_copy_track(struct path *path, const struct path_track *track);
/* The time of the last key of all; 0 without any. */
double path_last_key_s(const struct path *path);

/* The parameters at a time: `start` with the tracks' values put in. wind.time, unless it has a
 * track, goes on from start's, up to its end. A track of a layer's visibility sets its load anew,
 * and the reverse. The camera's velocities (camera.move_*, camera.turn_*) are those of the tracks:
 * m/s east, north and of height, rad/s; they are left alone where the preset moves the camera by
 * no track. path NULL: nothing but the wind moves. out may not be start. */
void path_at(const struct path *path, const struct params *start, double time_s,
             struct params *out);

/* Frames of a path: the n-th (from 1) is at (n - 1) / fps. At least one. */
int path_frame_count(const struct path *path, double fps);

#endif
