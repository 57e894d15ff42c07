/* What the files of a still share. */
#ifndef STILLAIR_RENDER_STILL_STILL_INTERNAL_H
#define STILLAIR_RENDER_STILL_STILL_INTERNAL_H

#include "render/develop/develop.h"
#include "render/renderer.h"
#include "render/scene.h"
#include "render/still/still.h"

struct still {
    struct gpu *gpu;
    const struct resources *res;
    struct scene scene;
    bool has_scene;
    struct renderer *renderer;       /* over the scene */
    struct renderer_options options; /* its own */
    bool has_land;                   /* the scene's land, shadows and air are those of `given` */
    struct params given;
    double aside; /* m: of one eye of a pair; 0 */
};

/* The renderer of these options over a scene that has taken params; NULL on failure. What it draws
 * does not depend on what was drawn before. */
struct renderer *still_renderer(struct still *s, const struct params *params,
                                const struct still_options *opt,
                                const struct renderer_options *options, struct error *err);
/* Returns what the options make of those: without size and bars. */
struct renderer_options still_renderer_options(const struct still_options *opt);
/* Samples of part `part` of `parts`. */
bool still_draw_samples(struct renderer *r, const struct still_options *opt, int part, int parts,
                        struct samples_report *report, struct error *err);
/* The layers of pixels' centres: one sample for themselves, before the others. */
bool still_draw_surface(struct renderer *r, const struct still_options *opt, struct layers *out,
                        struct error *err);
bool still_check_layers(const struct layers *l, struct error *err);
void still_log_passes(struct renderer *r, const struct log *log);

/* Draws one perspective picture whose black and white are known: whole, in tiles, or a region. */
bool still_draw_one(struct still *s, const struct params *params, const struct still_options *opt,
                    struct image *out, struct still_report *report, struct error *err);
/* Tiles, kept in memory, put together. */
bool still_draw_in_memory(struct still *s, const struct params *params,
                          const struct still_options *opt, const struct tile_grid *grid,
                          struct image *out, struct still_report *report, struct error *err);
/* Develops light that is read by rows into a picture in memory. `developing` says its sizes. */
bool still_develop_image(struct still *s, const struct params *params,
                         const struct develop_options *developing,
                         const struct develop_source *source, struct progress *progress,
                         struct image *out, struct error *err);

/* The two eyes' pictures side by side. */
bool still_draw_pair(struct still *s, const struct params *params, const struct still_options *opt,
                     struct image *out, struct still_report *report, struct error *err);
/* A rectangle of the picture. */
bool still_draw_region(struct still *s, const struct params *params,
                       const struct still_options *opt, struct image *out,
                       struct samples_report *report, struct error *err);

/* The whole sphere, as an equirectangular picture or as a cube. */
bool still_draw_sphere(struct still *s, const struct params *params,
                       const struct still_options *opt, struct image *out,
                       struct samples_report *report, struct error *err);

#endif
