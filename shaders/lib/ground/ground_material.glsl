// What the ground is made of at a place: rock by layer, scree, soil, silt, salt, mud, sand, dust and
// ash, dry grass. Masks come from slope, drainage, the stack of layers, the height above the playa
// and the wind; where two meet, noise breaks the border. Albedos are the preset's; the rules are by
// eye after what they are named for.
#include "lib/ground/ground_playa.glsl"

const int GROUND_FINEST = 17; // octaves, down to 4 mm

// Octaves between the clipmap's samples and the pixel: gradient, and for the albedo the value.
void ground_fine(noise_place p, float spacing, float pixel, float rough, float sand,
                 inout vec2 grad, out float mottle)
{
    mottle = 0.0;
    // The first octave that the samples do not hold in full: under four of them.
    int first = clamp(int(ceil(log2(TILE_M / (4.0 * spacing)))), 1, GROUND_FINEST);
    int n = 1 << first;
    for (int k = first; k < GROUND_FINEST; k++) {
        float wavelength = TILE_M / float(n);
        float keep = ground_keep(wavelength, pixel);
        if (keep <= 0.0)
            break;
        float have = ground_keep(wavelength, spacing);
        float fine = ground_fineness(n, rough, sand);
        vec3 o = noise_octave(p, n, uint(19 + k));
        grad += o.yz * wavelength * GROUND_ROUGHNESS * fine * max(keep - have, 0.0);
        mottle += o.x * keep * 0.5;
        n *= 2;
    }
}

// Darker and lighter bands of the layers, 0..1; detail below a pixel's rise is left out.
float ground_band(noise_place p, float stack, float pixel_rise)
{
    float band = 0.0;
    float per_layer = 1.0;
    float a = 0.55;
    for (int k = 0; k < 4; k++) {
        float keep = ground_keep(params.land_layers / per_layer, pixel_rise);
        if (keep <= 0.0)
            break;
        float t = stack * per_layer;
        float t0 = floor(t);
        float f = smoothstep(0.75, 1.0, t - t0);
        float lo = noise_pair(noise_hash_cell(ivec2(int(t0), 0), uint(90 + k))).x;
        float hi = noise_pair(noise_hash_cell(ivec2(int(t0) + 1, 0), uint(90 + k))).x;
        band += a * mix(lo, hi, f) * keep;
        per_layer *= k == 0 ? GROUND_BEDS : 3.7;
        a *= 0.75;
    }
    return clamp(0.5 + 0.6 * band, 0.0, 1.0);
}

// Bare rock: its layer's own brightness and warmth. Beds wave a little.
vec3 ground_rock(noise_place p, ground_lie l)
{
    float band = ground_band(p, l.stack + 1.5 * l.medium / params.land_layers, l.pixel * max(l.slope, 0.05));
    vec3 rock = mix(params.ground_rock_dark, params.ground_rock, band);
    // Iron in some layers, none in others: a tenth warmer or cooler.
    float warm = ground_layer_hardness(int(floor(l.stack)) + 31);
    rock *= 1.0 + 0.10 * warm * vec3(1.0, 0.1, -0.9);
    // Uplands of limestone show it in their faces too.
    float pale = 0.7 * params.land_karst * smoothstep(-0.7, -0.1, l.position);
    return mix(rock, params.ground_limestone * (0.5 + 0.4 * band), pale);
}

// Drifts that the wind leaves of dust and ash, and the bare strips that it scours between them, -1..1: 9 and 2 m
// wide, six times as long.
float ground_drift(noise_place p, float pixel)
{
    float drift = 0.0;
    int n = 28;
    for (int k = 0; k < 2; k++) {
        float keep = ground_keep(TILE_M / float(n), pixel);
        if (keep <= 0.0)
            break;
        drift += keep * noise_drawn_out(p, ground_wind(), n, 6.0, uint(177 + k)).x;
        n = 130;
    }
    return 1.4 * drift;
}

// The colour of the ground between stones and tufts. grass, rock: ground_grass() and ground_rock() at the place.
vec3 ground_albedo(noise_place p, ground_lie l, float grass, vec3 rock, float mottle)
{
    float broad = l.patch, medium = l.medium;
    // Sand lies at its own angle, and is no scree.
    float steep = (l.slope + 0.10 * medium + 0.06 * broad + 0.05 * mottle) * (1.0 - 0.7 * l.sand);

    // Turf and damp are darker in hollows, shoulders are pale.
    vec3 soil = params.ground_soil * (1.0 + 0.25 * broad + 0.4 * medium + 0.2 * l.position);
    // Washes and valley floors carry paler silt, brought from everywhere.
    float washed = smoothstep(4.6, 6.2, l.drainage + 0.5 * medium) *
                   (1.0 - smoothstep(0.05, 0.2, steep)) * smoothstep(0.4, -0.6, l.position);
    vec3 c = mix(soil, params.ground_silt * (1.0 + 0.10 * broad + 0.08 * medium), 0.75 * washed);
    c = mix(c, params.ground_grass * (1.0 + 0.35 * mottle + 0.3 * medium),
            grass * l.off_playa * (1.0 - 0.8 * washed) * 0.75);
    WHEN(l.off_playa < 1.0)
    {
        c = mix(ground_playa(p, l, mottle), c, l.off_playa);
    }
    c = mix(c, params.ground_sand * (1.0 + 0.08 * mottle), l.sand);
    // Scree: the rock above, broken, from 28 degrees to its angle of repose at 37.
    // It hides most of the bands, for it comes from them all.
    vec3 mixed = 0.5 * (params.ground_rock_dark + params.ground_rock);
    vec3 scree = mix(mix(rock, mixed, 0.6), soil, 0.45) * (1.0 + 0.35 * mottle + 0.2 * medium);
    c = mix(c, scree, smoothstep(0.36, 0.56, steep));
    // Bare rock: cliffs, and crests that weather faster than soil forms.
    float crest = smoothstep(0.2, 1.0, l.position + 0.4 * medium + 0.2 * mottle) * l.off_playa *
                  (1.0 - 0.85 * l.karst) * (1.0 - l.sand);
    float bare = smoothstep(0.60, 0.85, steep + 0.12 * medium + 0.10 * broad);
    c = mix(c, rock, max(bare, 0.8 * crest));
    // Dust and ash settle on what is flat, more in the lee, least on crests that the wind sweeps.
    float rest = (1.0 - smoothstep(0.12, 0.55, steep)) * (0.75 - 0.35 * l.position) *
                 (1.0 + 0.6 * l.lee);
    float drift = 0.0;
    WHEN(rest * max(params.ground_dust, params.ground_ash_cover) > 0.0)
    {
        drift = ground_drift(p, l.pixel);
    }
    c = mix(c, params.ground_silt, clamp(params.ground_dust * rest * (1.0 + drift), 0.0, 1.0) * 0.7);
    float ash = params.ground_ash_cover * (0.5 + 0.7 * rest * (1.0 + drift) + 0.35 * medium + 0.4 * drift);
    c = mix(c, params.ground_ash * (1.0 + 0.1 * mottle), clamp(ash, 0.0, 1.0));
    c *= 1.0 + 0.55 * mottle * (0.2 + 0.8 * l.off_playa);
    c = water_edge(p, l.near_playa, l.above, l.slope, l.pixel, c);
    // Water between the grains halves the albedo (Twomey et al. 1986).
    return c * mix(1.0, 0.5, l.wet);
}

