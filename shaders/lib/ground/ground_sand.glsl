// Blown sand: dunes along the wind and the ripples on them.
#include "lib/ground/ground_features.glsl"

// Share of the ground under blown sand round the playas, in fields that come and go, 0..1.
float ground_sand(noise_place p, float near_playa, vec2 broad)
{
    float shore = smoothstep(0.03, 0.3, near_playa) * (1.0 - smoothstep(0.7, 0.95, near_playa)) *
                  (1.0 - smoothstep(0.06, 0.16, length(broad))) *
                  clamp(8.0 * params.land_dunes, 0.0, 1.0);
    float sand = 0.0;
    WHEN(shore > 0.0)
    {
        float field = noise_octave_large(p, 4, 31u).x + 0.6 * noise_octave_large(p, 1, 32u).x;
        // The field's edge is where sand gives out, not where it thins.
        float most = 1.15 - 1.1 * params.land_dunes;
        sand = smoothstep(most - 0.35, most - 0.15, 0.5 + field - 0.6 * (1.0 - shore));
    }
    return sand;
}

// A wave along `way` (unit), as phasor noise has it (Tricard et al. 2019): waves of jittered cells, each with its
// own phase and nearly its own direction, are summed as complex numbers, so that crests fork and end as those
// of ripples do. n: cells a tile; waves: of a cell. x: the phase in turns, 0..1;
// y: how far the cells agree, 0..1.
vec2 ground_phasor(noise_place p, int n, float waves, vec2 way, uint seed)
{
    ivec2 c;
    vec2 f;
    noise_cell(p, n, seed, c, f);
    vec2 sum = vec2(0.0);
    float total = 0.0;
    for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
            uint h = noise_hash_cell(c + ivec2(i, j), seed);
            vec2 jitter = vec2(h & 255u, (h >> 8) & 255u) / 255.0 - 0.5;
            float turn = (float((h >> 16) & 255u) / 255.0 - 0.5) * 0.2, phase = float(h >> 24) / 255.0;
            vec2 v = f - vec2(i, j) - 0.5 - 0.6 * jitter;
            vec2 own = way + turn * vec2(-way.y, way.x);
            float w = max(0.0, 1.0 - dot(v, v) * (1.0 / 1.44));
            sum += w * w * ground_turn(waves * dot(v, own) + phase);
            total += w * w;
        }
    }
    return vec2(fract(atan(sum.y, sum.x) / (2.0 * PI)), length(sum) / total);
}

// Transverse dunes: wavelength about 80 m, height a twelfth of it (Lancaster 1995), a long windward side and
// a slip face at the angle of repose of dry sand under a crest that is a line. Metres to add.
const float GROUND_DUNE = 80.0;    // m
const float GROUND_REPOSE = 0.625; // tan 32 degrees
float ground_dunes(noise_place p, float sand, float spacing)
{
    float h = 0.0;
    WHEN(sand > 0.0)
    {
        vec2 wind = ground_wind();
        noise_place q = p;
        q.off += wind * (14.0 * noise_octave(p, 2, 33u).x + 5.0 * noise_octave(p, 6, 34u).x);
        vec2 wave = ground_phasor(q, 1, TILE_M / GROUND_DUNE, wind, 36u);
        float size = sand * (0.35 + 0.65 * smoothstep(-0.3, 0.4, noise_octave_large(p, 2, 35u).x)) *
                     smoothstep(0.05, 0.45, wave.y);
        // The slip face is as wide as its height asks for.
        float slip = max(size / (12.0 * GROUND_REPOSE), 0.02), u = wave.x / (1.0 - slip);
        float up = u * u * (2.4 - 1.4 * u), down = (1.0 - wave.x) / slip;
        // The samples round the crest and the foot off, or both would be cut into teeth.
        float blend = max(0.9 * spacing / (slip * GROUND_DUNE), 0.01);
        float mixed = max(blend - abs(up - down), 0.0) / blend;
        float foot = max(blend - min(wave.x, 1.0 - wave.x) / slip, 0.0) / blend;
        float profile = min(up, down) + 0.25 * blend * (foot * foot - mixed * mixed);
        h = size * profile * GROUND_DUNE / 12.0 * ground_keep(0.5 * GROUND_DUNE, spacing);
    }
    return h;
}

// Wind ripples: 12 cm from crest to crest, across the wind, flat to windward and steep to leeward (Sharp 1963),
// over ridges of coarse grains 2 m apart. Turns the gradient and the tone; nothing here moves the surface.
void ground_ripples(noise_place p, float pixel, float share, inout vec2 grad, inout vec3 albedo)
{
    // The wind turns over land of some tens of metres; what turned within a wave would tear it.
    vec2 wind = ground_wind();
    vec2 way = normalize(wind + 0.4 * noise_octave(p, 3, 93u).x * vec2(-wind.y, wind.x));
    int n = 10;
    float wave = 2.3;
    for (int k = 0; k < 2; k++) {
        float keep = ground_keep(wave, 1.6 * pixel);
        if (keep <= 0.0 || share <= 0.0)
            break;
        float size = TILE_M / float(n);
        float t = ground_phasor(p, n, size / wave, way, uint(95 + k)).x;
        // Rising for 0.7 of the wave, then falling; the pixel rounds both off.
        float soft = clamp(2.0 * pixel / wave, 0.22, 0.5);
        float rise = smoothstep(0.0, soft, t) * (1.0 - smoothstep(0.65 - 0.5 * soft, 0.65 + 0.5 * soft, t));
        float fall = smoothstep(0.65 - 0.5 * soft, 0.65 + 0.5 * soft, t) * (1.0 - smoothstep(1.0 - soft, 1.0, t));
        float tall = (k == 0 ? 0.45 : 1.0) * smoothstep(-0.35, 0.15, noise_octave(p, 13, uint(90 + k)).x);
        grad += share * keep * tall * (0.13 * rise - 0.27 * fall) * way;
        albedo *= 1.0 + share * keep * tall * (0.05 * rise - 0.12 * fall);
        n = 180;
        wave = 0.12;
    }
}
