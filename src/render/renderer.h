/* The renderer: parameters in, a developed picture out. Window and still share renderer_draw().
 *
 *   renderer_create -> renderer_set_params -> renderer_draw x N -> renderer_develop ->
 * renderer_read
 *
 * Scene light is linear, relative to the sun's irradiance above the air (see lib/air/air.glsl). A
 * renderer belongs to the thread of its GL context. */
#ifndef STILLAIR_RENDER_RENDERER_H
#define STILLAIR_RENDER_RENDERER_H

#include "base/error.h"
#include "base/progress.h"
#include "picture/image.h"
#include "picture/plane.h"
#include "preset/params/params.h"
#include "render/frame/passes.h"
#include "render/layers.h"

struct renderer;
struct scene;

struct renderer_options {
    int width, height; /* pixels, bars included */
    float aspect;      /* width to height of the picture inside the bars; 0: no bars */
    /* Size of the full picture when this renderer draws one tile of it (tiles are not developed).
     * 0: it draws the whole picture. */
    int whole_width, whole_height;
    int air_block;  /* the air is marched for one pixel in a block this wide; 0: 2 */
    bool air_draft; /* by longer steps, a per cent or two off */
    bool layers;    /* renderer_read_air and renderer_read_surface are wanted */
};

/* The largest picture of the aspect inside the size. No bars are drawn where the size's own aspect
 * is within 1% of it, or its height within a row: sizes are whole numbers. */
void renderer_fit_aspect(int width, int height, float aspect, int *inner_width, int *inner_height);

/* Creates a renderer of a scene, which is borrowed and must outlive it. NULL on failure. */
struct renderer *renderer_create(struct scene *scene, const struct renderer_options *opt,
                                 struct error *err);
void renderer_destroy(struct renderer **r);

/* Takes the parameters: builds the world if the land changed, fills what the eye uncovered, sweeps
 * the sun, looks for horizons and rebuilds the air's tables. */
bool renderer_set_params(struct renderer *r, const struct params *p, struct progress *progress,
                         struct error *err);
/* The same where nothing but the print (AFFECTS_PRINT) differs from the last ones: the land and its
 * light stay. */
bool renderer_set_print(struct renderer *r, const struct params *p, struct error *err);
/* The bearing of the view, radians, whatever decided it. */
double renderer_yaw(const struct renderer *r);
/* Turns the camera where it stands, until the next renderer_set_params: bearing and elevation in
 * radians, focal length in metres, no roll, everything sharp. */
void renderer_aim(struct renderer *r, double yaw, double pitch, double focal);
/* Where in the whole picture the window's lower left corner is: multiples of 4 pixels. */
void renderer_place(struct renderer *r, int x, int y);
/* Where camera.focus is 0: finds how far what stands in the middle of the picture is, and makes
 * that sharp. Before the first sample. */
void renderer_find_focus(struct renderer *r);
/* Adds sample `index` of `count` to the light; sample 0 begins anew. */
bool renderer_draw(struct renderer *r, int index, int count, struct error *err);
/* The same in parts, bit for bit: part (column, row) of columns x rows, in any order; when all are
 * drawn they are joined. */
void renderer_draw_part(struct renderer *r, int index, int count, int column, int columns, int row,
                        int rows);
bool renderer_draw_join(struct renderer *r, int index, struct error *err);
/* Develops the samples drawn so far. */
void renderer_develop(struct renderer *r);
/* The same in parts: the bloom, then strips 0 .. count - 1. */
void renderer_develop_bloom(struct renderer *r);
void renderer_develop_strip(struct renderer *r, int strip, int count);
bool renderer_read(struct renderer *r, struct image *out, struct error *err);
/* The framebuffer that holds the developed picture, bars included. */
unsigned renderer_output(const struct renderer *r);
/* The texture behind it. */
const struct gpu_texture *renderer_output_texture(const struct renderer *r);
/* The mean of the samples drawn so far, relative light in three channels, of the picture inside the
 * bars. The caller fini's out. */
bool renderer_read_light(struct renderer *r, struct plane *out, struct error *err);
/* Tones of the picture inside the bars, one channel: stops about mid grey, after exposure and
 * vignette. The caller fini's out. */
bool renderer_read_tones(struct renderer *r, struct plane *out, struct error *err);
/* The wanted layers of the air (mean of the samples drawn so far; inscatter is relative light), and
 * those of what stands in the pixels of the last sample: sample 0 of 1 looks through their centres.
 * The caller fini's out, after a failure too. */
bool renderer_read_air(struct renderer *r, unsigned wanted, struct layers *out, struct error *err);
bool renderer_read_surface(struct renderer *r, unsigned wanted, struct layers *out,
                           struct error *err);

/* Milliseconds of GPU time of a pass, the last time it ran; waits for it. */
double renderer_pass_ms(struct renderer *r, enum pass pass);
/* Triangles sent by the last sample. */
long long renderer_triangles(const struct renderer *r);
/* Altitude of the ground under the eye, metres. */
double renderer_ground_m(const struct renderer *r);

#endif
