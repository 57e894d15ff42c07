/* The air on the GPU: the tables (transmittance, column) and the march of a reduced picture. */
#ifndef STILLAIR_RENDER_AIR_H
#define STILLAIR_RENDER_AIR_H

#include "gpu/target.h"
#include "render/shader.h"

struct air {
    int width, height; /* of the marched picture */
    double column_bottom_m;
    struct gpu_texture transmittance, column, inscatter, through;
    struct gpu_target transmittance_target, march_target;
    struct gpu_program transmittance_program, march_program;
};

/* width, height: of the full picture; the march is `block` times smaller each way. */
bool air_init(struct air *a, const struct shader_set *shaders, int width, int height, int block,
              struct error *err);
void air_fini(struct air *a);

/* Solves the column on the CPU and uploads it; the frame's row `column` follows from
 * column_bottom_m. */
bool air_update_column(struct air *a, const struct params *p, const struct frame *f,
                       struct error *err);
/* Draws the transmittance table; the uploaded frame must be current. Binds both tables. */
void air_update_transmittance(struct air *a, const struct gpu_triangle *triangle);
/* Marches the air of the distances on UNIT_DISTANCE; leaves inscatter and through bound. */
void air_march(struct air *a, const struct gpu_triangle *triangle);

#endif
