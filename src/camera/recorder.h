/* A path made by hand: views that were kept one after another become the keys of one.
 *
 * Keys stand RECORDER_KEY_S apart. All heights count from the datum, so that the way between two
 * keys does not follow every stone. Rows of the camera that are the same in all keys make no track;
 * x and y always do. */
#ifndef STILLAIR_CAMERA_RECORDER_H
#define STILLAIR_CAMERA_RECORDER_H

#include "preset/path.h"

enum { RECORDER_KEYS_MAX = 32 };

/* Seconds from key to key. */
#define RECORDER_KEY_S 2.0
/* What a preset calls the path, and the camera that it starts from. */
#define RECORDER_NAME "recorded"

struct recorder {
    struct params keys[RECORDER_KEYS_MAX]; /* views: without a place, heights from the datum */
    int count;
};

/* view: as it is drawn, with its place resolved; ground_m: altitude of the ground under it. False
 * when there are RECORDER_KEYS_MAX. */
bool recorder_add(struct recorder *r, const struct params *view, double ground_m);
/* False when there is none. */
bool recorder_take_back(struct recorder *r);
/* 0 for fewer than two keys. */
double recorder_duration_s(const struct recorder *r);
/* Puts the view at a time into p; its other rows stay. Needs a key. False when memory ran out. */
bool recorder_view_at(const struct recorder *r, double time_s, struct params *p);
/* The path, to be path_fini()ed. False when memory ran out or there are fewer than two keys. */
bool recorder_path(const struct recorder *r, struct path *out);

#endif
