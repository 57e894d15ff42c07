// The height of the ground at any point: the eroded macro world through a warp, then gullies and
// washes, ledges, octaves, dunes, craters and stones. One function; `spacing` is the distance between
// samples, and whatever is shorter than two samples is faded out over one octave, so a coarse level
// is a filtered fine one.
#include "lib/ground/ground_features.glsl"
#include "lib/ground/ground_gullies.glsl"
#include "lib/ground/ground_karst.glsl"
#include "lib/ground/ground_mud.glsl"
#include "lib/ground/ground_sand.glsl"
#include "lib/ground/ground_turf.glsl"
#include "lib/water/water.glsl"

const float GROUND_ROUGHNESS = 0.055; // amplitude of an octave over its wavelength

// Share of it that an octave of n cells a tile has: the fine ones are rough everywhere but on sand.
float ground_fineness(int n, float rough, float sand)
{
    float least = n >= 512 ? 0.7 : n >= 64 ? 0.5 : 0.0; // gravel and clods under half a metre
    return (least + (least > 0.0 ? 0.6 : 1.0) * rough) * (n >= 64 ? 1.0 - 0.75 * sand : 1.0);
}

// How rough a place is: the steep, and the crests, which are swept bare to the rock.
float ground_rough(float slope, float position, float off_playa, float sand)
{
    float crest = smoothstep(0.15, 0.95, position);
    return params.land_detail * max(0.06 + 0.94 * smoothstep(0.05, 0.45, slope), 0.8 * crest) *
           (0.25 + 0.75 * off_playa) * (1.0 - 0.8 * sand);
}

// Rock that frost has broken: blocks of 9 m, 3 m and 1 m on faces, of 3 m and 1 m on scree, and tors, which rise in
// patches of some tens of metres on crests. face, scree, crest: their shares, 0..1.
float ground_broken(noise_place p, float face, float scree, float crest, float spacing)
{
    float patchy = noise_octave(p, 4, 67u).x + 0.6 * noise_octave(p, 13, 68u).x;
    float tor = crest * smoothstep(0.22, 0.45, patchy);
    float h = 2.5 * tor * ground_keep(16.0, spacing);
    // Faces lose blocks, tors are heaps of them.
    float share = max(4.6 * face, 1.2 * tor), lost = face > 0.4 * tor ? 0.5 : 0.0;
    int n = 28;
    for (int k = 0; k < 3; k++) {
        float size = TILE_M / float(n);
        float keep = ground_keep(size, spacing);
        if (keep <= 0.0)
            break;
        h += max(share, k > 0 ? 0.9 * scree : 0.0) * 0.17 * size *
             (keep * ground_blocks(p, n, uint(64 + k), ground_joint_width(n, spacing)).x - lost * keep);
        n *= 3;
    }
    return h;
}

// Everything but stones and grass on the macro world. sand: the share of ground under blown sand; rock: the share
// of faces, scree and limestone.
float ground_detail(noise_place p, ground_macro_sample m, float spacing, out float sand, out float rock)
{
    vec2 grad = m.grad;
    float off_playa = ground_off_playa(m);
    float macro_slope = length(grad);
    float h = params.land_detail * off_playa *
              ground_gullies(p, m, grad, spacing);
    float slope = length(grad);

    float stack = (m.height + h + 7.0 * noise_octave_large(p, 1, 12u).x - m.bedding) /
                  params.land_layers;
    float scree = 0.0, face = 0.0;
    float show = off_playa * min(params.land_detail, 1.0);
    slope = 1.1 * macro_slope; // of a gully's sides and floor alike
    WHEN(show * slope > 0.15)
    {
        float room = 1.0 - 0.5 * smoothstep(0.5, 0.95, m.position);
        h += ground_cliffs(p, stack, show, room, spacing, grad, slope, scree, face);
    }
    sand = ground_sand(p, m.near_playa, m.broad);
    h += ground_dunes(p, sand, spacing);
    float rough = ground_rough(macro_slope, m.position, off_playa, sand);
    rock = max(scree, face);

#if GROUND_TIER == 2
    float stands = params.land_detail * off_playa * (1.0 - sand) * (1.0 - scree);
    float steep = stands * max(face * face, 0.6 * smoothstep(0.9, 1.4, max(length(grad), macro_slope)));
    float crest = stands * smoothstep(0.3, 0.8, m.position);
    float broken = params.land_detail * off_playa * scree;
    WHEN(max(max(steep, crest), broken) > 0.0)
    {
        h += ground_broken(p, steep, broken, crest, spacing);
    }
#endif

    // Octaves below 128 m, rougher on the steep.
    int n = 2;
    for (int k = 0; k < (GROUND_TIER == 1 ? 4 : 12); k++) {
        float wavelength = TILE_M / float(n);
        float keep = ground_keep(wavelength, spacing);
        if (keep <= 0.0)
            break;
        vec3 o = noise_octave(p, n, uint(20 + k));
        h += o.x * wavelength * GROUND_ROUGHNESS * ground_fineness(n, rough, sand) * keep;
        n *= 2;
    }
    float karst = ground_karst(m.position, m.broad, off_playa, sand);
    WHEN(karst > 0.0)
    {
        float floor_share;
        h += ground_dolines(p, karst, spacing, floor_share);
#if GROUND_TIER == 2
        h += ground_shafts(p, karst, spacing);
        float dense = ground_clint_share(p, karst, stack, floor_share, macro_slope);
        ground_clints clints = ground_clints_at(p, dense, spacing, 0.0);
        h += clints.rise;
        rock = max(rock, clints.share);
#endif
    }
    return h + off_playa * ground_craters(p, spacing);
}

const float GROUND_TURF_SPACING = 0.2; // m: no tuft is seen by samples farther apart

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
        float sand, rock;
        h += ground_detail(p, m, spacing, sand, rock);
#if GROUND_TIER == 2
        if (spacing < 8.0) {
            float bare = ground_off_playa(m) * (1.0 - sand);
            float stone = ground_stones(p, ground_strewn(p, m.broad) * bare, spacing);
            h += stone;
            if (spacing < GROUND_TURF_SPACING) {
                float grass = ground_grass(p, ground_patch(p), length(m.broad), m.position);
                float cover = stone > 0.0 ? 0.0 : bare * (1.0 - rock) * grass * ground_turf_groups(p);
                h += ground_turf_at(p, cover, spacing).rise;
                float above = h - m.level, floor_share = 1.0 - ground_above_playa(above);
                float mud = floor_share * (1.0 - sand) * (1.0 - ground_crust(p, above, 1.0 - floor_share));
                h += ground_mud_rise(p, mud, spacing);
            }
        }
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
