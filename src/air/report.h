/* What follows from what is in the air, in the figures that instruments and agencies give.
 *
 *   visibility     meteorological range, 2% contrast at 550 nm (Koschmieder): air_derive()'s own
 *                  rule. A layer is judged with the molecules and the layers before it, in the
 *                  order haze, slab, fog, just above its lower edge, or at the datum when that lies
 *                  under it
 *   optical depth  along the vertical, above the datum; a torn layer by its mean
 *   Angstrom       mean exponent of the particles' extinction, between 440 and 680 nm
 *   PM2.5          dry mass times the rounded share of ingredients.def: of dust, ash and salt it is
 *                  good to a factor of two
 *   air quality    the US EPA's classes of PM2.5, as of 2024 (40 CFR 58, appendix G; 89 FR 16202):
 *                  up to 9.0, 35.4, 55.4, 125.4, 225.4 ug/m3 and more, with what is under 0.1 cut
 *                  off. They are meant for means of 24 hours
 *   the sun        on the curved path, without refraction, relative to its light above the air
 *
 * Triples are of air_nm. What has no value (the albedo of nothing) is NaN. SI units; no GL. */
#ifndef STILLAIR_AIR_REPORT_H
#define STILLAIR_AIR_REPORT_H

#include "air/air.h"
#include "base/error.h"

enum air_quality {
    AIR_QUALITY_GOOD,
    AIR_QUALITY_MODERATE,
    AIR_QUALITY_SENSITIVE, /* unhealthy for sensitive groups */
    AIR_QUALITY_UNHEALTHY,
    AIR_QUALITY_VERY_UNHEALTHY,
    AIR_QUALITY_HAZARDOUS
};

/* At the base of a layer, full strength, unless a member says otherwise. */
struct air_report_layer {
    bool empty;            /* holds nothing; then only the visibilities have values */
    bool unmet;            /* the rest of the air is thicker than the visibility asked for */
    double base, top, lid; /* m */
    double visibility, visibility_asked;                                   /* m; asked 0: none */
    double extinction[AIR_WAVES], albedo[AIR_WAVES], asymmetry[AIR_WAVES]; /* gas included */
    double angstrom;
    double optical_depth[AIR_WAVES];
    double mass[AIR_INGREDIENT_COUNT], pm25; /* kg/m3 */
    double no2;                              /* mole fraction */
};

/* All that is there, at an altitude. */
struct air_report_spot {
    double altitude, visibility; /* m */
    double extinction[AIR_WAVES], albedo[AIR_WAVES];
    double pm25; /* kg/m3 */
    double no2;  /* mole fraction */
};

struct air_report_sun {
    int layer;       /* the level stands above this one; -1: at the datum */
    double altitude; /* m */
    double transmittance[AIR_WAVES];
    double red_over_green;       /* 680 over 550 nm; 1 above the air */
    double colour[AIR_WAVES];    /* linear sRGB, the largest is 1; the sun above the air is white */
    double sky_share[AIR_WAVES]; /* of the light on a level surface: the rest is the sun's */
};

enum { AIR_REPORT_SUNS = AIR_LAYERS + 1 };

struct air_report {
    struct air_report_layer layer[AIR_LAYERS];
    struct air_report_spot ground; /* at the datum */
    double rayleigh_depth[AIR_WAVES], ozone_depth[AIR_WAVES], optical_depth[AIR_WAVES]; /* all */
    double sun_elevation;                                                               /* rad */
    int sun_count;
    struct air_report_sun sun[AIR_REPORT_SUNS]; /* upward, from the datum */
};

/* How far above the end of a layer's upper edge the sun is looked at, m. */
#define AIR_REPORT_ABOVE_M 100.0

/* False with ERROR_FAILED when there is no memory. */
bool air_report_make(struct air_report *r, const struct params *p, struct error *err);

enum air_quality air_quality_of(double pm25); /* kg/m3 */
const char *air_quality_name(enum air_quality q);

#endif
