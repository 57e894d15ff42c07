/* The layers of a measured picture ("AOVs"): what each is, its channels and its unit.
 *
 * radiance, transmittance, inscatter and opticaldepth are means over all samples; distance, albedo,
 * normal and position are those of the pixel's centre through a pinhole, and 0 where the sky is:
 * of infinities and huge numbers, filters of other programs make a mess. In one sample radiance is
 * surface x transmittance + inscatter, where the surface's light is what leaves it. */
#ifndef STILLAIR_RENDER_LAYERS_H
#define STILLAIR_RENDER_LAYERS_H

#include "base/error.h"
#include "picture/plane.h"

enum layer {
    LAYER_RADIANCE,      /* W/(m2 sr nm) at 680, 550, 440 nm (radiometry.h) */
    LAYER_DISTANCE,      /* m from the eye along the ray */
    LAYER_TRANSMITTANCE, /* 0..1, of the air before the surface, or of all of it */
    LAYER_INSCATTER,     /* as radiance: what the air before the surface adds */
    LAYER_ALBEDO,        /* 0..1 */
    LAYER_NORMAL,        /* unit vector: east, north, up */
    LAYER_POSITION,      /* m east, north, and above the datum, on the curved planet. 32 bits tell
                          * 4 mm apart at 65 km from the origin, 6 cm at 1,000 km */
    LAYER_OPTICALDEPTH,  /* -ln transmittance; at most 87.3: a float's smallest */
    LAYER_COUNT
};

#define LAYER_BIT(layer) (1u << (layer))
#define LAYERS_ALL       ((1u << LAYER_COUNT) - 1)
/* Those that need what stands in the pixel, and those that need the air alone. */
#define LAYERS_SURFACE                                                                             \
    (LAYER_BIT(LAYER_DISTANCE) | LAYER_BIT(LAYER_ALBEDO) | LAYER_BIT(LAYER_NORMAL) |               \
     LAYER_BIT(LAYER_POSITION))
#define LAYERS_AIR                                                                                 \
    (LAYER_BIT(LAYER_TRANSMITTANCE) | LAYER_BIT(LAYER_INSCATTER) | LAYER_BIT(LAYER_OPTICALDEPTH))

struct layer_info {
    const char *name;       /* "distance" */
    int channels;           /* 1 or 3 */
    const char *channel[3]; /* "distance.Z" */
    const char *unit;       /* "m" */
    bool exact;             /* 16 bits would spoil it */
};
extern const struct layer_info layer_table[LAYER_COUNT];

/* One plane a layer; those that are not there have no values. Zero-initialise. */
struct layers {
    struct plane planes[LAYER_COUNT];
};
void layers_fini(struct layers *layers);

/* "distance,normal": the bits of the layers. False with ERROR_USAGE and a hint. */
bool layers_parse(const char *list, unsigned *bits, struct error *err);

#endif
