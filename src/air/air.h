/* The air of a preset: which optics follow from what is in it, and where it is.
 *
 * Molecules and ozone over everything; three layers (haze, slab, fog) of particles and nitrogen
 * dioxide. All that is in a layer shares one profile: full from its base to its top, thinned by
 * exp(-(z - base) / decay), with smoothstep edges. Amounts are those just above the base's edge.
 * A visibility is meant at a height of its own (air_layer_reference); far below it the layer is
 * opaque within a step, and thickens no more than AIR_THICKENING folds.
 *
 *   Rayleigh   Bodhaine et al. 1999, 15 C, 1013.25 hPa; scale height 8435 m
 *   ozone      Serdyuchenko et al. 2014, a tent of 10-25-40 km (Bruneton 2017)
 *   NO2        Burrows et al. 1998, 273 K; per ppb at 25 C
 *   particles  ingredients.def
 *   visibility Koschmieder with 2% contrast at 550 nm: ln 50 / extinction
 *
 * delta-scaling (Joseph, Wiscombe & Weinman 1976) is per ingredient, f = the second moment of its
 * phase function: what scatters by less than its forward peak counts as not scattered. SI units; no
 * GL. */
#ifndef STILLAIR_AIR_AIR_H
#define STILLAIR_AIR_AIR_H

#include "air/ingredient.h"
#include "preset/params/params.h"

#include <stdbool.h>

enum air_layer_kind { AIR_HAZE, AIR_SLAB, AIR_FOG, AIR_LAYERS };

#define AIR_TOP_M             100000.0
#define AIR_RAYLEIGH_HEIGHT_M 8435.0
#define AIR_LOWEST_M          (-600.0) /* under it nothing grows denser */
#define AIR_THICKENING        16.0     /* e-folds from where the visibility is meant, downward */
#define AIR_BASE_EDGE_M       100.0    /* the lower edge of a layer is no thicker */

/* A mixture at one wavelength, 1/m. */
struct air_mix {
    double extinction, scattering;
    double asymmetry; /* mean g, by scattering */
    double forward;   /* mean share in the forward peaks, of the layers' own mixtures only */
    /* without the forward peaks: scattering, and its asymmetry */
    double scaled_scattering, scaled_asymmetry;
};

struct air_layer {
    double base, top, lid, base_edge, decay; /* m; decay 0: none */
    double thin_from;                        /* altitude under which the decay adds nothing, m */
    double cover;                            /* share that is not torn open */
    double mass[AIR_INGREDIENT_COUNT];       /* kg/m3 at the base */
    double no2;                              /* mole fraction */
    struct air_condition condition;
    struct air_mix mix[AIR_WAVES]; /* at full strength */
    double visibility;             /* asked for, m; 0: none */
    bool unmet;                    /* the rest of the air is thicker than that by itself */
};

struct air {
    double rayleigh[AIR_WAVES]; /* 1/m at the datum */
    double ozone[AIR_WAVES];    /* 1/m at 25 km */
    struct air_layer layer[AIR_LAYERS];
};

void air_derive(struct air *a, const struct params *p);

/* Shares of the full strength at an altitude, 0..1 (molecules over 1 under the datum). Torn layers
 * count by their mean. */
double air_layer_profile(const struct air_layer *l, double z);
double air_ozone_profile(double z);
double air_rayleigh_profile(double z);

/* The mixture of everything at an altitude. */
struct air_mix air_at(const struct air *a, double z, int wave);
/* The same when the layers' shares are known. */
struct air_mix air_of_shares(const struct air *a, double rayleigh, double ozone,
                             const double layers[AIR_LAYERS], int wave);

/* Where a layer's visibility is meant: above the edge of its base, or at the datum when that lies
 * under it. */
double air_layer_reference(const struct air_layer *l);

/* Of the ground under the air, linear: the mean of what most of it is made of. */
void air_ground_albedo(const struct params *p, double albedo[AIR_WAVES]);

bool air_layer_is_empty(const struct air_layer *l);
const char *air_layer_name(enum air_layer_kind kind);

#endif
