/* The G-buffer of a sample: how far what stands in each pixel is, what it is made of, and the light
 * that leaves it toward the eye.
 *
 * The ground's surface is arithmetic from its distance (shaders/lib/ground/ground_surface.glsl);
 * whatever else stands there writes its normal and albedo as two words (lib/light/solid.glsl). The
 * stencil holds the material, so that each is lit by a program of its own over the whole picture: a
 * software rasteriser would run both sides of a branch. */
#ifndef STILLAIR_RENDER_FRAME_GBUFFER_H
#define STILLAIR_RENDER_FRAME_GBUFFER_H

#include "gpu/program.h"
#include "gpu/target.h"
#include "render/frame/pass_consts.h"

/* The stencil: the material in the low bits, marks of lighting passes in the high ones. */
#define GBUFFER_MATERIALS 0x0fu
enum gbuffer_mark { GBUFFER_NEAR = 0x40, GBUFFER_MIRRORS = 0x80 };

struct gbuffer {
    struct gpu_texture distance; /* R32F: m along the ray, 0: nothing */
    struct gpu_texture surface;  /* RG32UI: lib/light/solid.glsl; of MATERIAL_SOLID alone */
    struct gpu_texture depth;    /* with the stencil */
    struct gpu_texture crest; /* R8, of the window's pictures: between the middle of the pixel below
                                 and that of this one, where what is nearer ends; 0: nowhere */
    struct gpu_texture radiance; /* RGBA16F; alpha: roughness */
    struct gpu_target distance_target, surface_target, radiance_target, mark_target;
};

/* width, height: pixels. crests: whether the ground tells its crests as well. */
bool gbuffer_init(struct gbuffer *g, int width, int height, bool crests, struct error *err);
void gbuffer_fini(struct gbuffer *g);

/* Clears distance, depth and stencil, and sets the state in which surfaces are drawn: nearer ones
 * win. The viewport becomes width x height. */
void gbuffer_begin(const struct gbuffer *g, int width, int height);
/* Binds the targets for a surface of a material: the ground's has no words. */
void gbuffer_draw_as(const struct gbuffer *g, enum material material);
/* Ends the drawing of surfaces. */
void gbuffer_end(void);

/* Pixels that a lighting program is for: those of a material, nearer than `limit_m` along the
 * view's axis, or where `beyond` is set not nearer. */
struct gbuffer_pixels {
    enum material material;
    double limit_m;
    bool beyond;
    unsigned without; /* marks that they must not have */
    unsigned with;    /* marks that they must have */
    unsigned marks;   /* marks that they get */
    bool only_marks;  /* nothing is lit */
};

/* Sets the state for gbuffer_light(); distance, surface and radiance become bound. */
void gbuffer_begin_light(const struct gbuffer *g);
/* Draws a program over the pixels, into the radiance. */
void gbuffer_light(const struct gbuffer *g, const struct gpu_program *program,
                   const struct gbuffer_pixels *pixels, const struct gpu_triangle *triangle);
void gbuffer_end_light(void);

/* Draws a program over all pixels of a material into the bound target, whose depth is the
 * G-buffer's. */
void gbuffer_draw_material(const struct gpu_program *program, enum material material,
                           const struct gpu_triangle *triangle);

#endif
