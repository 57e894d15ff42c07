/* The picture of a moving eye: drawn at an internal size from what follow.h has baked, and brought
 * to the full one with the light of the frames before (temporal upsampling: samples jittered inside
 * the pixel, history reprojected by the distance of what is seen and dropped where something else
 * stood: Karis 2014; Yang, Liu, Salvi 2020, "A survey of temporal antialiasing techniques").
 *
 * History is kept as display values: the look (tone curve, grade) comes from a table. */
#ifndef STILLAIR_RENDER_LIVE_MOVING_H
#define STILLAIR_RENDER_LIVE_MOVING_H

#include "render/develop/bloom.h"
#include "render/develop/clarity.h"
#include "render/frame/live.h"
#include "render/live/follow.h"

#define MOVING_BLOOM_LEVELS 4
#define MOVING_COMPOSES     4
#define MOVING_CLARITY      80 /* texels in the width of the lines that clarity follows */

/* Everything of an internal size. */
struct moving_sample {
    int width, height;
    struct gpu_texture radiance, distance, z, colour, light;
    struct gpu_texture depth, range; /* of what is seen, m; nearest and farthest about a pixel */
    struct gpu_target ground_target, compose_target, range_target;
    struct gpu_texture bloom[MOVING_BLOOM_LEVELS];
    struct gpu_target bloom_target[MOVING_BLOOM_LEVELS];
};

struct moving {
    int width, height; /* of the picture inside the bars */
    struct moving_sample
        sample[2]; /* in turn: one has the depth and the bloom of the frame before */
    struct air_march march;
    struct clarity clarity; /* of the frame before, or of the one before that */
    bool has_clarity;
    struct gpu_texture history[2], show, look, grain;
    struct gpu_target resolve_target[2], show_target, look_target[LIVE_LOOK_SIZE];
    struct gpu_program compose[MOVING_COMPOSES], bloom, clarity_program, range, look_program,
        resolve;
    long long triangles;   /* of the last frame */
    struct params look_of; /* parameters that the table of the look was made for */
    bool has_look, has_history;
    struct frame before; /* the last frame, without jitter */
    struct frame_eye eye_before;
    float jitter_before[2];
    int latest; /* of history and sample */
    unsigned number;
    struct passes passes; /* PASSES_LIVE */
};

/* width, height: of the picture inside the bars. */
bool moving_init(struct moving *m, struct scene *s, int width, int height, struct error *err);
void moving_fini(struct moving *m);

/* The internal size of the next frame. */
bool moving_set_size(struct moving *m, int width, int height, struct error *err);
/* What is on the picture is of another world or another light: the next frame starts anew. */
void moving_forget(struct moving *m);

/* Draws the next frame of the scene into m->show. `most`: frames that the history may hold. */
void moving_draw(struct moving *m, struct scene *s, const struct follow *f, int most);

#endif
