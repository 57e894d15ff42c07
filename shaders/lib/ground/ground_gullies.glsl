// Gullies led by the drainage, and washes: the erosion filter.
#include "lib/ground/ground_world.glsl"

// Cosine and sine of 2 pi t by their series after reduction to half a turn; errors under 0.007.
vec2 ground_turn(float t)
{
    t -= floor(t + 0.5);
    float y = t * t;
    return vec2(1.0 + y * (-19.7392 + y * (64.9394 + y * (-85.4568 + y * (60.2446 - 26.4263 * y)))),
                t * (6.28319 + y * (-41.3417 + y * (81.6052 + y * (-76.7059 + y * 42.0587)))));
}

// Stripes that run along `down`: cosine and sine of a wave across it, blended over jittered cells
// (the "phacelle" of R. Skovbo Johansen, 2026, after C. John 2018 and Fewes 2023), and how far the
// cells agree on it, 0..1: where they do not, the wave turns fast, and nothing should follow it.
// n: cells a tile. Stripe wavelength = cell / STRIPES.
const float GROUND_STRIPES = 0.45; // stripes a cell
vec3 ground_stripes(noise_place p, int n, vec2 across, uint seed)
{
    ivec2 c0;
    vec2 f;
    noise_cell(p, n, seed, c0, f);
    // The nine cells whose jittered centres can be within 1.25 cells.
    vec2 shift = step(0.5, f);
    ivec2 near = c0 + ivec2(shift);
    f -= shift;
    vec2 sum = vec2(0.0);
    float total = 0.0;
    for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
            vec2 o = vec2(float(i), float(j));
            vec2 v = f - o - 0.40 * noise_pair(noise_hash_cell(near + ivec2(i, j), seed));
            float k = max(0.0, 1.0 - dot(v, v) * (1.0 / 1.5625));
            float w = k * k * k;
            sum += w * ground_turn(GROUND_STRIPES * dot(v, across) + 0.25);
            total += w;
        }
    }
    sum /= max(total, 1e-6);
    return vec3(sum, length(sum));
}

const int GROUND_GULLIES = 4; // octaves
const float GROUND_GULLY_GAIN = 0.47;
const float GROUND_GULLY_CREST = 0.10; // by the skewness of the Laplacian
const float GROUND_GULLY_TARGET = 0.7; // what ridges rise and valleys sink by, of an octave

float ground_gully_sum(int octaves)
{
    return (1.0 - pow(GROUND_GULLY_GAIN, float(octaves))) / (1.0 - GROUND_GULLY_GAIN);
}

// Height of the first octave; how far the stripes show where the broad slope is `down`.
float ground_gully_height()
{
    return 0.10 * TILE_M / (2.0 * GROUND_STRIPES) * params.land_gully;
}

float ground_gully_mask(vec2 down)
{
    return smoothstep(0.04, 0.5, length(down));
}

// Depth of a wash, m: dry beds that braid down the aprons, where the gullies fade out. It goes with
// A^0.4 (hydraulic geometry, Leopold & Maddock 1953), from 0.4 m at a hectare's drainage.
float ground_wash_depth(ground_macro_sample m)
{
    float steep = length(m.broad);
    return 0.4 * exp2(1.329 * (min(m.drainage, 6.5) - 4.0)) * smoothstep(0.002, 0.012, steep) *
           (1.0 - smoothstep(0.10, 0.25, steep));
}

// Rills 18 and 9 m apart, that rain cuts into a slope along `down`, in patches: hollows with a sharp bed between
// rounded backs, as soil has them (its creep rounds what sheds water, its water cuts what gathers it). Metres to add.
float ground_rills(noise_place p, vec2 down, float spacing)
{
    float h = 0.0, steep = length(down);
    float shows = smoothstep(0.42, 0.7, steep) * smoothstep(-0.45, 0.1, noise_octave(p, 3, 45u).x);
    vec2 across = vec2(-down.y, down.x) / max(steep, 1e-5);
    int n = 16;
    for (int k = 0; k < 3; k++) {
        float wavelength = TILE_M / (float(n) * GROUND_STRIPES);
        float keep = ground_keep(0.4 * wavelength, spacing);
        if (keep <= 0.0 || shows <= 0.0)
            break;
        vec3 wave = ground_stripes(p, n, across, uint(206 + k));
        float bed = max(1.0 - abs(wave.y) / 0.9, 0.0) * smoothstep(0.1, -0.3, wave.x);
        h -= keep * shows * 0.07 * wavelength * smoothstep(0.2, 0.6, wave.z) * (bed * bed - 0.12);
        n *= 2;
    }
    return h;
}

// Gullies over a slope: returns the height to add; grad goes in and out with them.
// Octaves from 284 m, strength 0.10 of the wavelength. The first octave follows the broad
// slope, which must not turn within a stripe's length, or crests grow needles.
float ground_gullies(noise_place p, ground_macro_sample m, inout vec2 grad, float spacing)
{
    float h = 0.0;
    float fade_target = m.position * GROUND_GULLY_TARGET;
    vec2 down = m.broad;
    vec2 gully_slope = down, sides = grad;
    float wash = ground_wash_depth(m);
    float mask = ground_gully_mask(down);
    float a = ground_gully_height();
    int n = 2;
    int k = 0;
    for (; k < GROUND_GULLIES; k++) {
        float wavelength = TILE_M / (float(n) * GROUND_STRIPES);
        float keep = ground_keep(wavelength, spacing);
        if (keep <= 0.0)
            break;
        float steep = length(gully_slope);
        vec2 across = steep > 1e-5 ? vec2(-gully_slope.y, gully_slope.x) / steep : vec2(1.0, 0.0);
        vec3 wave = ground_stripes(p, n, across, uint(200 + k));
        float agree = smoothstep(0.25, 0.7, wave.z);
        vec2 d = -6.2831853 / wavelength * across;
        // Branches: the next octaves lean into the first one's gullies, by 0.6 of the slope at most:
        // turned right round, the wave would jump in sign. Each further turn would twist the stripes
        // faster than a wavelength, into walls.
        if (k == 0) {
            vec2 lean = agree * wave.y * d * a * 0.35;
            gully_slope += lean * min(1.0, 0.6 * steep / max(length(lean), 1e-5));
        }
        // Washes lie where the second and third octave have their valleys.
        if (k == 1 || k == 2) {
            h -= wash * smoothstep(0.2, 0.95, -wave.x) * keep;
            wash *= 0.5;
        }
        // A second harmonic makes crests sharper than floors.
        float crest = wave.x + GROUND_GULLY_CREST * (2.0 * wave.x * wave.x - 1.0);
        float turn = wave.y * (1.0 + 4.0 * GROUND_GULLY_CREST * wave.x);
        float faded = mix(fade_target, crest * 0.7, mask);
        h += a * mix((1.0 - mask) * fade_target, faded, keep);
        grad += a * mask * 0.7 * turn * d * keep;
        // Rills run down the sides of the two widest.
        sides = k < 2 ? grad : sides;
        fade_target = faded;
        float inv = 1.0 - mask;
        mask = (1.0 - inv * sqrt(inv)) * smoothstep(0.0, 0.9, abs(wave.y)) * agree;
        a *= GROUND_GULLY_GAIN;
        n *= 2;
    }
#if GROUND_TIER == 2
    h += ground_rills(p, sides, spacing);
#endif
    // What is too fine for the samples leaves its mean.
    return h + a * (1.0 - mask) * fade_target * ground_gully_sum(GROUND_GULLIES - k);
}

