/* The picture of a moving eye: a sample of the still's drawn at an internal size, with air marched
 * for fewer of its pixels, and enlarged. Nothing of the frames before is in it but the glow and the
 * lines of clarity, which are wide: whatever changes, the next frame shows it whole.
 *
 * The look (tone curve, grade) comes from a table. */
#ifndef STILLAIR_RENDER_LIVE_MOVING_H
#define STILLAIR_RENDER_LIVE_MOVING_H

#include "render/develop/bloom.h"
#include "render/develop/clarity.h"
#include "render/frame/live.h"
#include "render/lighting.h"
#include "render/live/follow.h"

#define MOVING_BLOOM_LEVELS 4
#define MOVING_BLOOM        8  /* pixels of the picture in a texel of the glow's first level */
#define MOVING_CLARITY      80 /* texels in the width of the lines that clarity follows */

/* Everything of an internal size. */
struct moving_sample {
    int width, height;
    struct gbuffer gbuffer;
    struct gpu_texture colour, light; /* display values; light through the air */
    struct gpu_texture crests;        /* how far the nearest one is */
    struct gpu_texture rows;          /* of the internal width and the picture's height */
    struct gpu_target compose_target, crests_target, rows_target;
};

struct moving {
    int width, height; /* of the picture inside the bars */
    struct moving_sample sample;
    struct lighting lighting;
    struct air_march coarse, march;
    /* Of one of the frames before: */
    struct gpu_texture glow[MOVING_BLOOM_LEVELS];
    struct gpu_target glow_target[MOVING_BLOOM_LEVELS];
    struct clarity clarity;
    bool has_clarity, has_glow;
    float glow_clip[16]; /* clip_from_world of the frame that they are of */
    struct frame_eye glow_eye;
    struct gpu_texture show, look, grain;
    struct gpu_target show_target, look_target[LIVE_LOOK_SIZE];
    struct gpu_program compose, bloom, clarity_program, look_program, crests, rows, enlarge, fade;
    long long triangles;   /* of the last frame */
    struct params look_of; /* parameters that the table of the look was made for */
    bool has_look;
    unsigned number;
    struct passes passes; /* PASSES_LIVE */
};

/* width, height: of the picture inside the bars. */
bool moving_init(struct moving *m, struct scene *s, int width, int height, struct error *err);
void moving_fini(struct moving *m);

/* The internal size of the next frame. */
bool moving_set_size(struct moving *m, int width, int height, struct error *err);
/* What is on the picture is of another world: the next frame has no glow of it. */
void moving_forget(struct moving *m);

/* Draws the next frame of the scene into m->show. */
void moving_draw(struct moving *m, struct scene *s, const struct follow *f);
/* Blends a share of a picture into m->show; x, y: its corner in `from`, pixels. */
void moving_fade(struct moving *m, const struct scene *s, const struct gpu_texture *from, int x,
                 int y, double share);

#endif
