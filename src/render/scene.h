/* The scene: what is seen, whatever it is seen at: the land's clipmap, its light and the air's
 * tables, for one set of parameters and one eye. Pictures of it are renderer.h's and viewer.h's.
 *
 * Two live scenes of one GL context would share the blocks' binding points: one at a time. */
#ifndef STILLAIR_RENDER_SCENE_H
#define STILLAIR_RENDER_SCENE_H

#include "base/error.h"
#include "base/machine.h"
#include "base/progress.h"
#include "base/resource.h"
#include "preset/params/params.h"
#include "render/frame/frame.h"
#include "render/frame/passes.h"
#include "render/frame/shader.h"
#include "render/ground/clipmap.h"
#include "render/ground/world_textures.h"
#include "render/sky/air_tables.h"
#include "render/subjects.h"

struct gpu;

struct scene_options {
    int clipmap_n;          /* samples a side of a clipmap level */
    struct machine machine; /* that worlds are built on; its progress is scene_take_params()' own */
};

struct scene {
    struct gpu *gpu;
    struct scene_options opt;
    struct shader_set shaders;
    struct gpu_triangle triangle;
    struct clipmap clipmap;
    struct air_pass air;
    struct world_textures terrain;
    struct subjects subjects;
    struct passes passes; /* its own: PASSES_SCENE */

    bool has_world;
    struct params world_of; /* what the terrain was built for */
    bool has_params;
    struct params params; /* camera.place resolved */
    struct frame_eye eye;
    double ground_m; /* altitude of the ground under the eye */
    double aside;    /* m to the camera's right: where one eye of a pair is */
};

/* gpu and res are borrowed and must outlive the scene. */
bool scene_init(struct scene *s, struct gpu *gpu, const struct resources *res,
                const struct scene_options *opt, struct error *err);
void scene_fini(struct scene *s);

/* False, and err names the row, when a value is not finite. */
bool scene_check_params(const struct params *p, struct error *err);

/* Uploads a world that was prepared for p, so that scene_set_params need not build it. */
bool scene_take_world(struct scene *s, const struct params *p, const struct world_data *world,
                      struct error *err);
/* Whether the world that p asks for is there. */
bool scene_has_world(const struct scene *s, const struct params *p);
/* Takes the parameters: builds the world if the land changed, finds the camera's footing and solves
 * the air's tables where they changed. The clipmap is placed and filled by scene_fill(). */
bool scene_take_params(struct scene *s, const struct params *p, struct progress *progress,
                       struct error *err);
/* Takes black and white of the print from p (grade.auto, meter.h), and nothing else. */
void scene_take_print(struct scene *s, const struct params *p);
/* Centres the clipmap on the eye and fills it: altitude, shadow, sky. */
void scene_fill(struct scene *s);
/* Both. */
bool scene_set_params(struct scene *s, const struct params *p, struct progress *progress,
                      struct error *err);

/* The uniform block of passes over the land, which know of no picture: uploaded, and in f. */
void scene_upload_land_frame(struct scene *s, struct frame *f);
/* Altitude of the ground at a place, metres: drawn for it and read back. */
double scene_ground_at(struct scene *s, double x, double y);

/* Draws the roofs of a level whose land was filled. */
void scene_raise_roofs(struct scene *s, int level);
/* What subjects are told of the scene, which it outlives. */
struct subject_site scene_site(struct scene *s);
/* Build the programs of stills and of the window's pictures, unless they are there. */
bool scene_begin(struct scene *s, struct error *err);
bool scene_begin_live(struct scene *s, struct error *err);

/* Fills the uniform block of a picture; reversed_depth is the scene's own. */
void scene_describe(const struct scene *s, const struct frame_options *view, struct frame *f);

#endif
