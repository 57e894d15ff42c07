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
    return world_same(a, b) && world_places(a) == world_places(b);
}

unsigned world_places(const struct params *p)
{
    unsigned places = 1u << p->camera_place;
    for (int i = 0; p->things_amount > 0 && i < p->placed_count; i++)
        places |= 1u << p->placed[i].place;
    return places & ~1u;
}

static bool find_places(struct world_data *d, struct error *err)
{
    bool ok = true;
    for (int i = 1; ok && i <= PLACE_KIND_COUNT; i++)
        if (d->places & (1u << i))
            ok = places_find_one(&d->place[i], (enum place_kind)(i - 1), &d->macro, err);
    return ok;
}

bool world_prepare(struct world_data *d, const struct params *p, const struct machine *machine,
                   struct error *err)
{
    struct macro_params want = world_params(p);
    *d = (struct world_data){.places = world_places(p), .seed = want.seed};
    bool ok = cache_build_world(&d->macro, &want, machine, err) && find_places(d, err) &&
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
