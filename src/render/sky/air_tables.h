/* The air on the GPU: the tables of src/air (column, phase functions) and the march of a reduced
 * picture. */
#ifndef STILLAIR_RENDER_SKY_AIR_TABLES_H
#define STILLAIR_RENDER_SKY_AIR_TABLES_H

#include "air/column.h"
#include "gpu/target.h"
#include "render/frame/shader.h"

/* A marched picture. */
struct air_march {
    int width, height;
    int x; /* column of the textures that it begins at */
    struct gpu_texture inscatter, through;
    struct gpu_target target;
    struct gpu_program program;
};

struct air_pass {
    struct air air;
    struct air_grid grid;
    double column_ms; /* CPU time of the last tables */
    struct gpu_texture tables, phase;
};

bool air_pass_init(struct air_pass *a, struct error *err);
void air_pass_fini(struct air_pass *a);

/* Solves the column and the phase functions on the CPU and uploads them; ground_albedo linear. */
bool air_pass_update(struct air_pass *a, const struct params *p, const float ground_albedo[3],
                     struct error *err);
/* Fills the frame's rows of the air. */
void air_pass_describe(const struct air_pass *a, struct frame *f);
/* Binds the tables to their units. */
void air_pass_bind(const struct air_pass *a);

/* width, height: of the full picture; the march is `block` times smaller each way. `defines`: what
 * a variant of the program has of its own. */
bool air_march_init(struct air_march *m, const struct shader_set *shaders, int width, int height,
                    int block, const struct gpu_define *defines, int define_count,
                    struct error *err);
/* Another size; what was marched is lost. astride: it may begin at a column x of its textures,
 * which the frame must then tell. */
bool air_march_set_size(struct air_march *m, int width, int height, int block, bool astride,
                        struct error *err);
void air_march_fini(struct air_march *m);
/* Marches the air of the distances on UNIT_DISTANCE, the tables bound; leaves inscatter and through
 * bound. */
void air_march_run(const struct air_march *m, const struct gpu_triangle *triangle);
/* The same with a program of the define AIR_REFINE, so many times finer each way than `coarse`,
 * which was run before it: marches only where rays of that one are unlike. */
void air_march_refine(const struct air_march *m, const struct air_march *coarse,
                      const struct gpu_triangle *triangle);

#endif
