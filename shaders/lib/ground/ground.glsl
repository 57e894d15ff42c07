// The height of the ground at any point: the eroded macro world through a warp, then gullies and
// washes, ledges, octaves, dunes, craters and stones. One function; `spacing` is the distance between
// samples, and whatever is shorter than two samples is faded out over one octave, so a coarse level
// is a filtered fine one.
#include "lib/ground/ground_features.glsl"
#include "lib/ground/ground_gullies.glsl"
#include "lib/water/water.glsl"

const float GROUND_ROUGHNESS = 0.055; // amplitude of an octave over its wavelength

// Share of it that an octave of n cells a tile has: the fine ones are rough everywhere but on sand.
float ground_fineness(int n, float rough, float sand)
{
    float least = n >= 512 ? 1.3 : n >= 64 ? 0.5 : 0.0; // gravel and clods under half a metre
    return (least + (least > 0.0 ? 0.6 : 1.0) * rough) * (n >= 64 ? 1.0 - 0.75 * sand : 1.0);
}

// What a level can hold. A software rasteriser runs both sides of a branch, so levels have variants:
// 0: the macro world (samples 128 m apart and more); 1: gullies, ledges, octaves; 2: stones as well
// (samples less than 8 m apart). The default holds everything.
#ifndef GROUND_TIER
#define GROUND_TIER 2
#endif

// How rough a place is: the steep, and the crests, which are swept bare to the rock.
float ground_rough(float slope, float position, float off_playa, float sand)
{
    float crest = smoothstep(0.15, 0.95, position);
    return params.land_detail * max(0.06 + 0.94 * smoothstep(0.05, 0.45, slope), 0.8 * crest) *
           (0.25 + 0.75 * off_playa) * (1.0 - 0.8 * sand);
}

// How much of the ground is bare rock that breaks in ribs and edges: cliffs and crests.
float ground_crag(float slope, float position, float off_playa, float sand)
{
    return off_playa * (1.0 - sand) *
           max(smoothstep(0.55, 0.9, slope), smoothstep(0.35, 1.0, position));
}

// An octave of soil is waves; of crags, the sharp crests between folds, and higher. Value (of mean 0)
// and derivatives as they come in.
vec3 ground_break(vec3 o, float crag)
{
    float s = sqrt(o.x * o.x + 0.0016);
    vec3 rib = 2.6 * vec3(0.145 - s, -o.x / s * o.yz);
    return mix(o, rib, crag);
}

// Everything but stones on the macro world; `sand`: the share of ground under blown sand.
float ground_detail(noise_place p, ground_macro_sample m, float spacing, out float sand)
{
    vec2 grad = m.grad;
    float off_playa = ground_off_playa(m);
    float macro_slope = length(grad);
    float h = params.land_detail * off_playa *
              ground_gullies(p, m, grad, spacing);
    float slope = length(grad);

    float stack = (m.height + h + 7.0 * noise_octave_large(p, 1, 12u).x - m.bedding) /
                  params.land_layers;
    float bed = params.land_layers / GROUND_BEDS;
    // A cliff takes 0.4 of its bed: it must be wide enough for the samples. What is steep already is
    // cliff all over.
    h += ground_ledges(stack, params.land_detail * params.land_hardness *
                                  smoothstep(0.22, 0.55, slope) *
                                  (1.0 - 0.7 * smoothstep(0.8, 1.6, slope)) *
                                  ground_keep(0.5 * bed / max(slope, 0.2), spacing));
    sand = ground_sand(p, m.near_playa, m.broad);
    h += ground_dunes(p, sand, spacing);
    float rough = ground_rough(macro_slope, m.position, off_playa, sand);

    // Octaves below 128 m, rougher on the steep.
    float crag = ground_crag(slope, m.position, off_playa, sand);
    int n = 2;
    for (int k = 0; k < (GROUND_TIER == 1 ? 4 : 12); k++) {
        float wavelength = TILE_M / float(n);
        float keep = ground_keep(wavelength, spacing);
        if (keep <= 0.0)
            break;
        float ribs = n >= 4 ? crag * clamp(0.4 * wavelength, 0.15, 1.0) : 0.0;
        vec3 o = ground_break(noise_octave(p, n, uint(20 + k)), ribs);
        h += o.x * wavelength * GROUND_ROUGHNESS * ground_fineness(n, rough, sand) * keep;
        n *= 2;
    }
    return h + off_playa * ground_craters(p, spacing);
}

const int GROUND_BOULDER = 16; // cells a tile of the largest stones
const float GROUND_BOULDER_SHARE = 0.35;

// Stones from boulders of some metres to pebbles.
float ground_stones(noise_place p, float strewn, float spacing)
{
    float h = 0.0;
    int n = GROUND_BOULDER;
    float share = GROUND_BOULDER_SHARE;
    for (int k = 0; k < 4; k++) {
        float keep = ground_keep(0.4 * TILE_M / float(n), spacing);
        if (keep <= 0.0)
            break;
        float inside;
        h += ground_stone(p, n, strewn * share, uint(301 + k), inside).x * keep;
        n *= 4;
        share = min(share + 0.2, 0.9);
    }
    return h;
}

// What ground_detail() leaves where the samples are too far apart for it: its mean.
float ground_detail_mean(ground_macro_sample m)
{
    return params.land_detail * ground_gully_height() * m.position * GROUND_GULLY_TARGET *
           (1.0 - ground_gully_mask(m.broad)) * ground_gully_sum(GROUND_GULLIES);
}

// Altitude of the water that stands over a place, far below all land where there is none.
float ground_water(ground_macro_sample m)
{
    return params.land_pool > 0.0 && m.near_playa > 0.5 ? water_altitude(m.level) : -1e9;
}

float ground_height(noise_place p, float spacing)
{
    ground_macro_sample m = ground_world(p, spacing);
    float h = m.height;
#if GROUND_TIER == 0
    h += ground_detail_mean(m);
#else
    if (spacing >= 128.0) {
        h += ground_detail_mean(m);
    } else {
        float sand;
        h += ground_detail(p, m, spacing, sand);
#if GROUND_TIER == 2
        if (spacing < 8.0)
            h += ground_stones(p, ground_strewn(p, m.broad) * ground_off_playa(m) * (1.0 - sand),
                               spacing);
#endif
    }
#endif
    return max(h, ground_water(m));
}

// What the land is at a place: playa 0 or 1, log10 of the drainage area in m^2, number of the layer
// of rock, sediment in metres.
vec4 ground_masks(noise_place p, float spacing)
{
    ground_macro_sample m = ground_world(p, spacing);
    return vec4(m.height < m.level + 0.02 && m.near_playa > 0.3 ? 1.0 : 0.0, m.drainage,
                floor((m.height - m.bedding) / params.land_layers), m.sediment);
}
