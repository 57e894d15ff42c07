/* How the layers scatter the beam, by angle: a table for the march, looked up once a ray.
 *
 * What the forward peak has scattered k times has the moments (x_l / x_2)^k beyond the second, x_l
 * being the layer's own; scattered once more, x_l times that. The peak of delta-scaling is so
 * narrow that the first moments pass it whole.
 *
 * Sharp forward lobes stay sharp: u = sqrt(angle / pi), so that the first degree has 76 texels. */
#ifndef STILLAIR_AIR_PHASE_H
#define STILLAIR_AIR_PHASE_H

#include "air/air.h"

#define AIR_PHASE_ANGLES 1024
#define AIR_PHASE_TIMES  4.0 /* that the forward peak has scattered the light of the last rows */

enum air_phase_row {
    AIR_PHASE_FULL,  /* p, 1/sr, by the mixture's scattering: rows 0..AIR_LAYERS-1 */
    AIR_PHASE_ONCE,  /* of light that the peak has scattered once: the rows after them */
    AIR_PHASE_OFTEN, /* AIR_PHASE_TIMES */
    AIR_PHASE_KINDS
};

struct air_phase_table {
    float texels[AIR_PHASE_KINDS * AIR_LAYERS][AIR_PHASE_ANGLES][4];
};

void air_phase_tabulate(struct air_phase_table *t, const struct air *a);

/* The same of one layer, at one angle (rad). */
double air_layer_phase(const struct air_layer *l, enum air_phase_row kind, double angle, int wave);

#endif
