#include "world/request/world_of.h"

#include "preset/params/units.h"
#include "world/cache.h"

#include <string.h>

struct macro_params world_params(const struct params *p)
{
    return (struct macro_params){
        .seed = (uint32_t)p->land_seed,
        .size = 512 << p->land_grid, /* the rows of land.grid */
        .relief_m = p->land_relief,
        .ranges_m = p->land_ranges,
        .age_yr = (float)(p->land_age / UNIT_FACTOR_yr),
        .rain_m = p->land_rain,
        .hardness = p->land_hardness,
        .layer_m = p->land_layers,
        .dip = p->land_dip,
        .playa = p->land_playa,
        .diffusivity = (float)(p->land_creep * UNIT_FACTOR_yr),
    };
}

bool world_same(const struct params *a, const struct params *b)
{
    struct macro_params wa = world_params(a), wb = world_params(b);
    return memcmp(&wa, &wb, sizeof wa) == 0;
}

bool world_same_request(const struct params *a, const struct params *b)
{
    return world_same(a, b) && a->camera_place == b->camera_place;
}

bool world_prepare(struct world_data *d, const struct params *p, const struct machine *machine,
                   struct error *err)
{
    struct macro_params want = world_params(p);
    *d = (struct world_data){.place_of = p->camera_place, .seed = want.seed};
    bool ok =
        cache_build_world(&d->macro, &want, machine, err) &&
        (p->camera_place == 0 ||
         places_find_one(&d->place, (enum place_kind)(p->camera_place - 1), &d->macro, err)) &&
        guide_build(&d->guide, &d->macro, machine->threads, err);
    if (!ok)
        world_data_fini(d);
    return ok;
}

void world_data_fini(struct world_data *d)
{
    macro_fini(&d->macro);
    guide_fini(&d->guide);
}
