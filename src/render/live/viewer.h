/* The viewer: the picture of renderer.h at a window's pace.
 *
 * While anything moves, a frame is one sample of the still's at an internal size that the budget
 * decides, enlarged: nothing of the frames before is in it. At rest the still's own samples are
 * added, a part of the picture a frame, until the picture is the still's. Worlds are built on
 * threads of their own; what the eye uncovers, shadows and the sky's light are filled a level a
 * frame.
 *
 * Parameters are the only truth: the eye is camera.x, camera.y, camera.height over camera.above.
 * A viewer belongs to the thread of its GL context. */
#ifndef STILLAIR_RENDER_LIVE_VIEWER_H
#define STILLAIR_RENDER_LIVE_VIEWER_H

#include "base/error.h"
#include "base/machine.h"
#include "base/progress.h"
#include "base/resource.h"
#include "picture/image.h"
#include "picture/tones.h"
#include "preset/params/params.h"

struct gpu;
struct viewer;

struct viewer_options {
    int width, height;      /* of the framebuffer, pixels, bars included */
    int internal_width;     /* of moving frames, pixels; 0: what the budget allows */
    struct machine machine; /* that worlds are built on; its progress is not used */
};

/* gpu and res are borrowed and must outlive the viewer. */
struct viewer *viewer_create(struct gpu *gpu, const struct resources *res,
                             const struct viewer_options *opt, struct error *err);
void viewer_destroy(struct viewer **v);

/* Another size of the framebuffer, of which the left `free` pixels are somebody else's: the picture
 * is fitted beside them, as large as the rest has room for. Land, air and light stay. */
bool viewer_resize(struct viewer *v, int width, int height, int free, struct error *err);

/* Takes the parameters of the next frame; cheap when little changed. Another land, or another
 * camera.place, begins a build in the background, and frames show the last land until it is there;
 * the first call waits for it, telling `progress` (may be NULL). camera.place is resolved:
 * viewer_params() tells where that is. False: nothing changed (values not finite, out of memory).
 */
bool viewer_set_params(struct viewer *v, const struct params *p, struct progress *progress,
                       struct error *err);
/* What is drawn: camera.place resolved to x, y, yaw, pitch and roll (place is then `none`). */
const struct params *viewer_params(const struct viewer *v);
/* Waits until the world that was last asked for stands and is drawn from. */
bool viewer_wait_world(struct viewer *v, struct error *err);

/* Draws each kind of frame once, unseen: drivers compile programs when they are first used, for
 * seconds on a machine's first start, and no frame has to wait for that afterwards. After
 * viewer_set_params(), whose first call compiles too: `progress` (may be NULL) is told of both, and
 * may draw. False when it said to stop (ERROR_INTERRUPTED), or when drawing failed. */
bool viewer_warm_up(struct viewer *v, struct progress *progress, struct error *err);

/* Draws a frame into the framebuffer `fbo` (0: the window's), bars included, in about `budget_s`
 * seconds where the machine can; it is not waited for. */
bool viewer_frame(struct viewer *v, unsigned fbo, double budget_s, struct error *err);

/* Reads the shaders' files again. On a mistake the last good ones go on, and err says file:line. */
bool viewer_reload_shaders(struct viewer *v, struct error *err);

/* Altitude of the ground at a place near the eye, metres; false where it is not known. */
bool viewer_ground(struct viewer *v, double x, double y, double *altitude_m);

struct viewer_pass {
    const char *name;
    double ms; /* GPU time in the last moving frame; 0 when it did not run in it */
};
struct viewer_state {
    int x, y, width, height; /* the picture inside the bars, pixels of the framebuffer */
    int internal_width, internal_height; /* what moving frames are drawn at */
    bool moved;                          /* such a one was drawn in the last frame */
    bool resting;                        /* the still's samples are being added */
    double rest_samples;                 /* so far, of rest_total; parts count */
    int rest_total;
    bool building;           /* a world */
    double build_share;      /* 0..1 */
    const char *build_step;  /* "erosion", or "" */
    const char *build_error; /* why the last build failed, or "" */
    long long triangles;
    double ground_m; /* altitude of the ground under the eye */
    struct viewer_pass passes[16];
    int pass_count;
};
void viewer_get_state(struct viewer *v, struct viewer_state *out);

/* The frame as last drawn, bars included. The caller fini's out. */
bool viewer_read(struct viewer *v, struct image *out, struct error *err);
/* Counts the tones of the picture as last drawn, without bars, in about 160 x 68 of its pixels.
 * Waits
 * for the GPU to have drawn it. Framebuffers, textures and the scissor test stay as they were
 * bound and set. */
bool viewer_read_tones(struct viewer *v, struct tones *out, struct error *err);

#endif
