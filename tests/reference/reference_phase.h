/* Phase functions of the references: which way a collision sends light.
 *
 * All are in 1/sr, of the cosine of the scattering angle (1 = straight on), and integrate to 1 over
 * the sphere. Polarisation is ignored. L. G. Henyey & J. L. Greenstein (1941), ApJ 93. */
#ifndef STILLAIR_TESTS_REFERENCE_PHASE_H
#define STILLAIR_TESTS_REFERENCE_PHASE_H

#include "base/error.h"

struct reference_table;

enum reference_phase_kind {
    REFERENCE_ISOTROPIC,
    REFERENCE_RAYLEIGH,  /* 3/(16 pi) (1 + cos^2), no depolarisation */
    REFERENCE_DOUBLE_HG, /* weight HG(g1) + (1 - weight) HG(g2) */
    REFERENCE_TABLE,
};

struct reference_phase {
    enum reference_phase_kind kind;
    double g1, g2, weight;               /* REFERENCE_DOUBLE_HG only */
    const struct reference_table *table; /* REFERENCE_TABLE only; borrowed */
};

/* A phase function by its values (any unit: it is normalised) at increasing angles from 0 to pi
 * (rad); linear in the cosine between them, so a forward peak wants them close together there. */
struct reference_table *reference_table_create(const double *angles, const double *values,
                                               int count, struct error *err);
void reference_table_destroy(struct reference_table **table);

double reference_phase_value(const struct reference_phase *p, double cosine);

/* A cosine distributed as the phase function is, when u is uniform in [0, 1). */
double reference_phase_sample(const struct reference_phase *p, double u);

#endif
