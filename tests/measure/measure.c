#include "tests/measure/measure.h"

#include "tests/measure/measure_parts.h"

#include <math.h>

/* Where cells are coarse, what the heads of valleys drain is known in square metres. */
static uint32_t channel_cells(const struct grid *g)
{
    const double usual = 100, coarse_m = 30, head_m2 = 0.5e6;
    double head = ceil(head_m2 / (g->cell_m * g->cell_m));
    return (uint32_t)(g->cell_m >= coarse_m ? fmax(usual, head) : usual);
}

bool measure_land(const struct grid *g, int least_cells, struct measure *m, struct error *err)
{
    struct flow flow;
    struct channels channels;
    *m = (struct measure){0};
    if (!flow_init(&flow, g, err))
        return false;
    uint32_t least = least_cells > 0 ? (uint32_t)least_cells : channel_cells(g);
    bool ok = channels_init(&channels, &flow, least, err);
    if (ok) {
        m->channel_cells = least;
        measure_surface(g, &flow, m);
        ok = measure_spectrum(g, m, err) && measure_profiles(g, &flow, &channels, m, err) &&
             measure_network(g, &flow, &channels, m, err) && measure_straightness(g, &flow, m, err);
        channels_fini(&channels);
    }
    flow_fini(&flow);
    return ok;
}
