/* The optics of what floats in the air: figures of ingredients.def, and how they follow humidity,
 * iron and the radius of droplets.
 *
 * Wavelengths are air_nm: 680, 550, 440 nm, as red, green, blue. SI: extinction in m2/kg. No GL. */
#ifndef STILLAIR_AIR_INGREDIENT_H
#define STILLAIR_AIR_INGREDIENT_H

#define AIR_WAVES 3

extern const double air_nm[AIR_WAVES];

enum air_ingredient {
#define AIR_INGREDIENT(name, e0, e1, e2, w0, w1, w2, g0, g1, g2, back, weight, pm25)               \
    AIR_INGREDIENT_##name,
#include "air/ingredients.def"
#undef AIR_INGREDIENT
    AIR_INGREDIENT_COUNT
};

/* What changes the optics of an ingredient. */
struct air_condition {
    double humidity;  /* 0..0.99 */
    double droplet_m; /* effective radius of fog droplets, metres */
    double iron;      /* iron oxides in the mass of dust, 0..1 */
};

/* A phase function: up to three Henyey-Greenstein lobes, whose weights sum to 1. */
#define AIR_LOBES 3
struct air_phase {
    double g[AIR_LOBES], weight[AIR_LOBES];
};

/* One ingredient at one wavelength. */
struct air_optics {
    double extinction; /* m2/kg, of dry mass for what swells */
    double albedo;     /* single scattering */
    double asymmetry;  /* mean cosine of the phase function */
    struct air_phase phase;
};

const char *air_ingredient_name(enum air_ingredient kind);
/* Share of the mass that counts as PM2.5. */
double air_ingredient_pm25(enum air_ingredient kind);

struct air_optics air_ingredient_optics(enum air_ingredient kind, const struct air_condition *c,
                                        int wave);

/* 1/sr, of the cosine of the angle of scattering. */
double air_henyey_greenstein(double cosine, double g);
double air_phase_value(const struct air_phase *p, double cosine);
/* The mean of P_2: the second Legendre moment. */
double air_phase_second(const struct air_phase *p);

/* Extinction of sulphate per dry mass against that at 50% humidity. */
double air_sulphate_growth(double humidity);

#endif
