// The height of the ground at any point: the macro world through a warp, then gullies, octaves,
// ledges and stones. One function; `spacing` is the distance between samples, and whatever is
// shorter than two samples is faded out over one octave, so a coarse level is a filtered fine one.
#include "lib/noise.glsl"

uniform sampler2D tex_macro; // altitude in m; position on the slope, -1 valley to +1 ridge; broad slope

const float GROUND_MACRO_CELL = 64.0; // m, MACRO_CELL_M
const int GROUND_MACRO_SIZE = 1024;   // MACRO_SIZE

// 1 while a wavelength is over four samples, 0 under two.
float ground_keep(float wavelength, float spacing)
{
    return clamp(log2(wavelength / spacing) - 1.0, 0.0, 1.0);
}

void ground_bspline(float t, out vec4 w, out vec4 d)
{
    float s = 1.0 - t;
    w = vec4(s * s * s, 3.0 * t * t * t - 6.0 * t * t + 4.0, 3.0 * s * s * s - 6.0 * s * s + 4.0,
             t * t * t) / 6.0;
    d = vec4(-s * s, t * (3.0 * t - 4.0), 1.0 + 2.0 * t - 3.0 * t * t, t * t) * 0.5;
}

// A place in the macro world.
struct ground_macro_sample {
    float height; // altitude, m
    vec2 grad;    // its gradient
    float position;
    vec2 broad;   // slope of the surroundings
};

// By a cubic B-spline of mip level `mip`.
ground_macro_sample ground_macro(noise_place p, int mip)
{
    int m = 1 << mip;
    float cell = GROUND_MACRO_CELL * float(m);
    ivec2 quarter = p.tile * 4; // in cells of mip 0
    vec2 q = (vec2(quarter & ivec2(m - 1)) * GROUND_MACRO_CELL + p.off) / cell -
             0.5 * float(m - 1) / float(m);
    vec2 q0 = floor(q);
    ivec2 base = (quarter >> mip) + ivec2(q0) - 1;
    int mask = (GROUND_MACRO_SIZE >> mip) - 1;
    vec4 wx, dx, wy, dy;
    ground_bspline(q.x - q0.x, wx, dx);
    ground_bspline(q.y - q0.y, wy, dy);
    vec4 sum = vec4(0.0);
    vec2 grad = vec2(0.0);
    for (int j = 0; j < 4; j++) {
        for (int i = 0; i < 4; i++) {
            vec4 s = texelFetch(tex_macro, (base + ivec2(i, j)) & mask, mip);
            sum += wx[i] * wy[j] * s;
            grad += vec2(dx[i] * wy[j], wx[i] * dy[j]) * s.x;
        }
    }
    return ground_macro_sample(sum.x, grad / cell, sum.y, sum.zw);
}

float ground_ease_out(float t)
{
    float s = 1.0 - clamp(t, 0.0, 1.0);
    return 1.0 - s * s;
}

// Cosine and sine of 2 pi t by their series after reduction to half a turn; errors under 0.002.
vec2 ground_turn(float t)
{
    t -= floor(t + 0.5);
    float y = t * t;
    return vec2(1.0 + y * (-19.7392 + y * (64.9394 + y * (-85.4568 + y * (60.2446 - 26.4263 * y)))),
                t * (6.28319 + y * (-41.3417 + y * (81.6052 + y * (-76.7059 + y * 42.0587)))));
}

// Stripes that run along `down`: cosine and sine of a wave across it, blended over jittered cells
// (the "phacelle" of R. Skovbo Johansen, 2026, after C. John 2018 and Fewes 2023).
// n: cells a tile. Stripe wavelength = cell / STRIPES.
const float GROUND_STRIPES = 0.45; // stripes a cell
vec2 ground_stripes(noise_place p, int n, vec2 across, uint seed)
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
            vec2 v = f - o - 0.25 * noise_pair(noise_hash_cell(near + ivec2(i, j), seed));
            float k = max(0.0, 1.0 - dot(v, v) * (1.0 / 1.5625));
            float w = k * k * k;
            sum += w * ground_turn(GROUND_STRIPES * dot(v, across) + 0.25);
            total += w;
        }
    }
    return sum / max(max(0.5 * total, length(sum)), 1e-6);
}

const int GROUND_GULLIES = 4; // octaves
const float GROUND_GULLY_GAIN = 0.47;
const float GROUND_GULLY_TARGET = 0.7; // what ridges rise and valleys sink by, of an octave

float ground_gully_sum(int octaves)
{
    return (1.0 - pow(GROUND_GULLY_GAIN, float(octaves))) / (1.0 - GROUND_GULLY_GAIN);
}

// Height of the first octave; how far the stripes show where the broad slope is `down`.
float ground_gully_height()
{
    return 0.135 * NOISE_TILE / (2.0 * GROUND_STRIPES) * params.land_gully;
}

float ground_gully_mask(vec2 down)
{
    return smoothstep(0.04, 0.5, length(down));
}

// Gullies over a slope: returns the height to add; grad goes in and out with them.
// Octaves from 284 m, strength 0.135 of the wavelength. `down` is the slope that the first octave
// follows: it must not turn within a stripe's length, or crests grow needles.
float ground_gullies(noise_place p, vec2 down, inout vec2 grad, float position, float spacing)
{
    float h = 0.0;
    float fade_target = position;
    vec2 gully_slope = down;
    float mask = ground_gully_mask(down);
    float a = ground_gully_height();
    int n = 2;
    int k = 0;
    for (; k < GROUND_GULLIES; k++) {
        float wavelength = NOISE_TILE / (float(n) * GROUND_STRIPES);
        float keep = ground_keep(wavelength, spacing);
        if (keep <= 0.0)
            break;
        float steep = length(gully_slope);
        vec2 across = steep > 1e-5 ? vec2(-gully_slope.y, gully_slope.x) / steep : vec2(1.0, 0.0);
        vec2 wave = ground_stripes(p, n, across, uint(200 + k));
        vec2 d = -6.2831853 / wavelength * across;
        // Branches: the next octaves lean into the first one's gullies. Each further turn would
        // twist the stripes faster than a wavelength, into walls.
        if (k == 0)
            gully_slope += wave.y * d * a * 0.35;
        float faded = mix(fade_target, wave.x * 0.7, mask);
        h += a * mix((1.0 - mask) * fade_target, faded, keep);
        grad += a * mask * 0.7 * wave.y * d * keep;
        fade_target = faded;
        float inv = 1.0 - mask;
        mask = (1.0 - inv * sqrt(inv)) * ground_ease_out(3.0 * abs(wave.y));
        a *= GROUND_GULLY_GAIN;
        n *= 2;
    }
    // What is too fine for the samples leaves its mean.
    return h + a * (1.0 - mask) * fade_target * ground_gully_sum(GROUND_GULLIES - k);
}

vec4 ground_random(inout uint h)
{
    h = noise_hash(h + 0x9e3779b9u);
    return vec4(h & 255u, (h >> 8) & 255u, (h >> 16) & 255u, h >> 24) / 255.0;
}

// One stone a cell of 256 m / n: height in metres and its gradient, the smallest of a tilted top
// and five flanks, so that stones are broken rather than round. `share` of the cells hold one;
// `inside` is 0..1.
vec3 ground_stone(noise_place p, int n, float share, uint seed, out float inside)
{
    ivec2 c;
    vec2 f;
    noise_cell(p, n, seed, c, f);
    uint h = noise_hash_cell(c, seed);
    float here = float(h & 1023u) < share * 1023.0 ? 1.0 : 0.0;
    vec4 r = ground_random(h);
    float size = 0.09 + 0.22 * r.x * r.y;
    vec2 v = (f - 0.5 - (r.zw - 0.5) * (0.98 - 2.7 * size)) / size;
    vec4 q = ground_random(h);
    vec2 tilt = (q.yz - 0.5) * 0.7;
    vec3 z = vec3(0.22 + 0.33 * q.x + dot(v, tilt), tilt);
    vec4 u = ground_random(h), w = ground_random(h), t = ground_random(h);
    float steep[5] = float[5](u.x, u.y, u.z, u.w, q.w);
    float reach[5] = float[5](w.x, w.y, w.z, w.w, t.y);
    for (int k = 0; k < 5; k++) {
        float angle = 1.2566 * float(k) + 6.2832 * t.x + 0.8 * steep[k];
        vec2 way = vec2(cos(angle), sin(angle));
        float flank = 0.7 + 2.2 * steep[4 - k] * steep[4 - k];
        float plane = flank * (0.55 + 0.45 * reach[k] - dot(v, way));
        z = plane < z.x ? vec3(plane, -flank * way) : z;
    }
    inside = here * clamp(z.x * 8.0, 0.0, 1.0);
    z = z.x > 0.0 ? z * here : vec3(0.0);
    return vec3(z.x * size * (NOISE_TILE / float(n)), z.yz);
}

// Benches and cliffs: rock in layers weathers in steps of altitude.
float ground_ledges(float h, float period, float hardness)
{
    float t = h / period;
    float f = fract(t);
    float step_f = smoothstep(0.30, 0.72, f) - f;
    return step_f * period * hardness;
}

// Share of the ground under dry grass, 0..1: patches of 30 m to 2 km on gentle slopes.
float ground_grass(noise_place p, float slope, float position)
{
    float broad = noise_octave_large(p, 8, 51u).x + 0.5 * noise_octave_large(p, 2, 52u).x;
    float medium = noise_octave(p, 8, 56u).x + 0.6 * noise_octave(p, 32, 57u).x;
    return smoothstep(0.75, 0.1, params.ground_grass_cover <= 0.0
                                     ? 1.0
                                     : 0.62 - 0.75 * params.ground_grass_cover + 0.5 * broad +
                                           0.35 * medium) *
           (1.0 - smoothstep(0.22, 0.5, slope)) * smoothstep(-0.9, -0.3, position + 0.5);
}

// How strewn with stones a place is, 0..1: patches of about 30 m, more on slopes.
float ground_strewn(noise_place p, float slope)
{
    float patchy = 0.5 + 0.9 * noise_octave(p, 8, 41u).x;
    return clamp(params.ground_stones * patchy * (0.35 + 1.6 * slope), 0.0, 1.0) *
           (1.0 - smoothstep(0.5, 0.9, slope)); // what is steeper sheds them
}

const float GROUND_ROUGHNESS = 0.055; // amplitude of an octave over its wavelength

// What a level can hold. A software rasteriser runs both sides of a branch, so levels have variants:
// 0: the macro world (samples 128 m apart and more); 1: gullies, ledges, octaves; 2: stones as well
// (samples less than 8 m apart). The default holds everything.
#ifndef GROUND_TIER
#define GROUND_TIER 2
#endif

// Gullies, ledges and octaves on the macro world; `slope` is what they leave.
float ground_detail(noise_place p, ground_macro_sample m, float spacing, out float slope)
{
    vec2 grad = m.grad;
    slope = length(grad);
    float rough = params.land_detail * (0.10 + 0.90 * smoothstep(0.05, 0.45, slope));
    float h = params.land_detail *
              ground_gullies(p, m.broad, grad, m.position * GROUND_GULLY_TARGET, spacing);
    slope = length(grad);

    float hard = params.land_detail *
                 clamp(noise_octave_large(p, 8, 9u).x * 1.6 + 0.25 + m.position * 0.35, 0.0, 1.0) *
                 smoothstep(0.18, 0.5, slope);
    float bent = m.height + h + 9.0 * noise_octave_large(p, 1, 12u).x;
    h += ground_ledges(bent, 23.0, 0.4 * hard * ground_keep(22.0 / max(slope, 0.2), spacing));

    // Octaves below 128 m, rougher on the steep.
    int n = 2;
    for (int k = 0; k < (GROUND_TIER == 1 ? 4 : 12); k++) {
        float wavelength = NOISE_TILE / float(n);
        float keep = ground_keep(wavelength, spacing);
        if (keep <= 0.0)
            break;
        float fine = n >= 64 ? 0.35 + 0.65 * rough : rough;
        vec3 o = noise_octave(p, n, uint(20 + k));
        h += o.x * wavelength * GROUND_ROUGHNESS * fine * keep;
        n *= 2;
    }
    return h;
}

// Stones from boulders of some metres to pebbles.
float ground_stones(noise_place p, float slope, float spacing)
{
    float strewn = ground_strewn(p, slope);
    float h = 0.0;
    int n = 16;
    float share = 0.35;
    for (int k = 0; k < 4; k++) {
        float keep = ground_keep(0.75 * NOISE_TILE / float(n), spacing);
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

float ground_height(noise_place p, float spacing)
{
    int mip = clamp(int(ceil(log2(spacing / GROUND_MACRO_CELL))), 0, 8);
    // The macro world through a warp of 0.8 cell, wavelength 8 cells: no grid shows.
    float keep = ground_keep(512.0, spacing);
    vec3 wx = noise_octave_large(p, 2, 3u) * 70.0 * keep;
    vec3 wy = noise_octave_large(p, 2, 4u) * 70.0 * keep;
    noise_place q = p;
    q.off += vec2(wx.x, wy.x);
    ground_macro_sample m = ground_macro(q, mip);
    m.grad += m.grad.x * wx.yz + m.grad.y * wy.yz;
#if GROUND_TIER == 0
    return m.height + ground_detail_mean(m);
#else
    if (spacing >= 128.0)
        return m.height + ground_detail_mean(m);
    float slope;
    float h = m.height + ground_detail(p, m, spacing, slope);
#if GROUND_TIER == 2
    if (spacing < 8.0)
        h += ground_stones(p, slope, spacing);
#endif
    return h;
#endif
}
