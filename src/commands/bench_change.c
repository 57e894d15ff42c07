#include "commands/bench_internal.h"

#include "base/consts.h"

#include <math.h>

enum { BEFORE = 12, DRAG = 12, AFTER = 24 }; /* frames */
#define CREEP_M 0.002 /* so far the eye moves a frame, so that it never rests */

enum change_kind { CHANGE_JUMP, CHANGE_TURN, CHANGE_SUN, CHANGE_FOG, CHANGE_EXPOSURE, CHANGES };
static const char *const change_names[CHANGES] = {"jump", "turn", "sun", "fog", "exposure"};

/* The parameters when a share (0..1) of the change is done: a jump of 1 km, a turn by 100 degrees,
 * and drags: the sun 12 degrees higher, half of the fog's visibility, a stop brighter. */
static void apply_change(struct params *p, enum change_kind kind, double share)
{
    switch (kind) {
    case CHANGE_JUMP:
        p->camera_x += (float)(1000 * share);
        break;
    case CHANGE_TURN:
        p->camera_yaw += (float)(100 / PER_DEG * share);
        break;
    case CHANGE_SUN:
        p->sun_elevation += (float)(12 / PER_DEG * share);
        break;
    case CHANGE_FOG:
        p->fog_visibility *= (float)(1 - 0.5 * share);
        p->fog_load *= p->fog_visibility > 0 ? 1 : (float)(1 + share);
        break;
    case CHANGE_EXPOSURE:
    default:
        p->grade_exposure += (float)share;
    }
}

/* Draws a change of the flight's last view: at once, or dragged. Its frames are taken from the
 * moment that it is done. */
static bool make_change(struct bench *b, bench_draw *draw, enum change_kind kind, struct error *err)
{
    struct bench_change *change = &b->like.changes[b->like.change_count++];
    struct params from = b->start;
    int drag = kind == CHANGE_JUMP || kind == CHANGE_TURN ? 0 : DRAG;
    *change = (struct bench_change){.name = change_names[kind], .first = b->like.count};
    from.grade_grain = 0;
    for (int i = 0; i < BEFORE + drag + AFTER; i++) {
        struct params p = from;
        double share = i < BEFORE ? 0 : drag ? fmin((i - BEFORE + 1.0) / drag, 1) : 1;
        p.camera_y += (float)(CREEP_M * i);
        apply_change(&p, kind, share);
        if (!draw(b, &p, err))
            return false;
        if (share == 1 &&
            !bench_likeness_take(&b->like, b->viewer, 10000 * ((int)kind + 1) + i, err))
            return false;
    }
    change->count = b->like.count - change->first;
    return true;
}

bool bench_make_changes(struct bench *b, bench_draw *draw, struct error *err)
{
    for (int i = 0; b->changes && i < CHANGES; i++)
        if (!progress_step(&b->bar.progress, "changes", (double)i / CHANGES) ||
            !make_change(b, draw, (enum change_kind)i, err))
            return err->kind != ERROR_NONE ? false
                                           : error_set(err, ERROR_INTERRUPTED, "interrupted");
    return true;
}
