// The height of the ground at any point: the eroded macro world through a warp, then gullies and
// washes, ledges, octaves, dunes, craters and stones. One function; `spacing` is the distance between
// samples, and whatever is shorter than two samples is faded out over one octave, so a coarse level
// is a filtered fine one.
#include "lib/noise.glsl"

uniform sampler2D tex_macro; // altitude, m
uniform sampler2D tex_flow;  // position, slope east and north, nearness of a playa: world/guide.h
uniform sampler2D tex_rock;  // bottom of layer 0, sediment, level of the playa, m; log10 of drainage m^2

const float GROUND_WORLD = 65536.0; // m, MACRO_WORLD_M
const float GROUND_COARSEST = 4096.0; // m, of the last mip level: src/render/terrain.c

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
    float height;   // altitude, m
    vec2 grad;      // its gradient
    float position; // -1 on a valley floor to +1 on a crest
    vec2 broad;     // slope of the surroundings
    float near_playa;
    float bedding;  // altitude of the bottom of layer 0, m
    float sediment; // m
    float level;    // of the playa below, m
    float drainage; // log10 of m^2
};

// The altitude by a cubic B-spline of mip level `mip`, the rest linear.
ground_macro_sample ground_macro(noise_place p, int mip)
{
    int size = textureSize(tex_macro, 0).x; // at least 256: a tile is whole cells
    float fine = GROUND_WORLD / float(size);
    int m = 1 << mip;
    float cell = fine * float(m);
    ivec2 corner = p.tile * (size / 256); // in cells of mip 0
    vec2 q = (vec2(corner & ivec2(m - 1)) * fine + p.off) / cell - 0.5 * float(m - 1) / float(m);
    vec2 q0 = floor(q);
    ivec2 base = (corner >> mip) + ivec2(q0) - 1;
    int mask = (size >> mip) - 1;
    vec4 wx, dx, wy, dy;
    ground_bspline(q.x - q0.x, wx, dx);
    ground_bspline(q.y - q0.y, wy, dy);
    ground_macro_sample s;
    s.height = 0.0;
    s.grad = vec2(0.0);
    for (int j = 0; j < 4; j++) {
        vec4 row = vec4(texelFetch(tex_macro, (base + ivec2(0, j)) & mask, mip).r,
                        texelFetch(tex_macro, (base + ivec2(1, j)) & mask, mip).r,
                        texelFetch(tex_macro, (base + ivec2(2, j)) & mask, mip).r,
                        texelFetch(tex_macro, (base + ivec2(3, j)) & mask, mip).r);
        float line = dot(wx, row);
        s.height += wy[j] * line;
        s.grad += vec2(wy[j] * dot(dx, row), dy[j] * line);
    }
    s.grad /= cell;
    vec2 uv = (vec2(p.tile & 255) * NOISE_TILE + p.off) / GROUND_WORLD + 0.5 / float(size);
    vec4 flow = textureLod(tex_flow, uv, float(mip));
    vec4 rock = textureLod(tex_rock, uv, float(mip));
    s.position = flow.r;
    s.broad = flow.gb;
    s.near_playa = flow.a;
    s.bedding = rock.r;
    s.sediment = rock.g;
    s.level = rock.b;
    s.drainage = rock.a;
    return s;
}

// How far from the flat floor of a basin, by height: 0 on it, 1 some metres up its shore.
float ground_off_playa(ground_macro_sample m)
{
    return smoothstep(0.05, 7.0, m.height - m.level);
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
    return 0.10 * NOISE_TILE / (2.0 * GROUND_STRIPES) * params.land_gully;
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

// Gullies over a slope: returns the height to add; grad goes in and out with them.
// Octaves from 284 m, strength 0.10 of the wavelength. The first octave follows the broad
// slope, which must not turn within a stripe's length, or crests grow needles.
float ground_gullies(noise_place p, ground_macro_sample m, inout vec2 grad, float spacing)
{
    float h = 0.0;
    float fade_target = m.position * GROUND_GULLY_TARGET;
    vec2 down = m.broad;
    vec2 gully_slope = down;
    float wash = ground_wash_depth(m);
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
        fade_target = faded;
        float inv = 1.0 - mask;
        mask = (1.0 - inv * sqrt(inv)) * smoothstep(0.0, 0.9, abs(wave.y)) * agree;
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
    bool here = float(h & 1023u) < share * 1023.0;
    vec4 r = ground_random(h);
    float size = 0.09 + 0.22 * r.x * r.y;
    vec2 v = (f - 0.5 - (r.zw - 0.5) * (0.98 - 2.7 * size)) / size;
    inside = 0.0;
    vec3 stone = vec3(0.0);
    // Five flanks no farther out than 1 meet within 1.3.
    WHEN(here && dot(v, v) < 1.7)
    {
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
        inside = clamp(z.x * 8.0, 0.0, 1.0);
        stone = z.x > 0.0 ? vec3(z.x * size * (NOISE_TILE / float(n)), z.yz) : vec3(0.0);
    }
    return stone;
}

// Hardness of the rock at a place in the stack of layers, -1 soft .. 1 hard: erosion_hardness() of
// world/erosion.c, so that the benches stand where the rivers found them.
float ground_layer_hardness(int layer)
{
    uint seed = uint(params.land_seed) * 7919u + 101u;
    return noise_pair(noise_hash(uint(layer) * 0x8da6b343u + seed * 0xcb1ab31fu)).x;
}

// A bed's lower boundary, off the even ones by up to a third of a bed, and its own hardness, -1..1.
vec2 ground_bed(int bed)
{
    vec2 r = noise_pair(noise_hash(uint(bed) * 0x8da6b343u + 77u));
    return vec2(float(bed) + 0.33 * r.x, r.y);
}

// Beds of a layer: each weathers back in a cliff and a bench, the harder the steeper, and no two are
// of one thickness. `stack`: place in the stack of layers; `show`: how much the beds stand out.
// Returns the height to add, metres: 0 at every boundary, so that nothing jumps.
const float GROUND_BEDS = 5.0; // a layer
float ground_ledges(float stack, float show)
{
    float t = stack * GROUND_BEDS;
    int bed = int(floor(t));
    vec2 here = ground_bed(bed), above = ground_bed(bed + 1);
    vec2 low = here, high = above;
    if (t < here.x) {
        bed -= 1;
        low = ground_bed(bed);
        high = here;
    } else if (t >= above.x) {
        bed += 1;
        low = above;
        high = ground_bed(bed + 1);
    }
    float f = clamp((t - low.x) / (high.x - low.x), 0.0, 1.0);
    float step_f = smoothstep(0.35, 0.75, f) - f;
    float layer = ground_layer_hardness(int(floor(float(bed) / GROUND_BEDS)));
    float hard = clamp(0.7 + 0.5 * layer, 0.0, 1.0) * (0.55 + 0.45 * low.y);
    return step_f * (high.x - low.x) / GROUND_BEDS * params.land_layers * hard * show;
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
           (1.0 - smoothstep(0.22, 0.5, slope)) * smoothstep(-0.9, -0.3, position + 0.5) * (1.0 - 0.6 * smoothstep(0.3, 1.0, position));
}

// How strewn with stones a place is, 0..1: patches of about 30 m, more where the broad slope is steep.
float ground_strewn(noise_place p, vec2 broad)
{
    float slope = length(broad);
    float patchy = 0.5 + 0.9 * noise_octave(p, 8, 41u).x;
    return clamp(params.ground_stones * patchy * (0.6 + 1.4 * slope), 0.0, 1.0) *
           (1.0 - smoothstep(0.5, 0.9, slope)); // what is steeper sheds them
}

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

// Sand round the playas: transverse dunes along the wind, lee sides at the angle of repose, in fields
// that come and go. Wavelength about 80 m, height a twelfth of it (Lancaster 1995).
float ground_sand(noise_place p, float near_playa, vec2 broad)
{
    float shore = smoothstep(0.03, 0.3, near_playa) * (1.0 - smoothstep(0.7, 0.95, near_playa)) *
                  (1.0 - smoothstep(0.06, 0.16, length(broad))) *
                  clamp(8.0 * params.land_dunes, 0.0, 1.0);
    float sand = 0.0;
    WHEN(shore > 0.0)
    {
        float field = noise_octave_large(p, 4, 31u).x + 0.6 * noise_octave_large(p, 1, 32u).x;
        float most = 1.15 - 1.1 * params.land_dunes;
        sand = shore * smoothstep(most - 0.4, most, 0.5 + field);
    }
    return sand;
}

// Where the wind blows to.
vec2 ground_wind()
{
    return -vec2(sin(params.wind_from), cos(params.wind_from));
}

const float GROUND_DUNE = 80.0; // m
float ground_dunes(noise_place p, float sand, float spacing)
{
    float h = 0.0;
    WHEN(sand > 0.0)
    {
        // Distance down the wind, bent so that crests are crescents; 16 tiles are a whole number of
        // wavelengths east and north, so that it goes on from one to the next.
        vec2 place = vec2(p.tile & 15) * NOISE_TILE + p.off;
        float bend = noise_octave(p, 1, 33u).x * 55.0 + noise_octave(p, 4, 34u).x * 12.0;
        vec2 waves = round(ground_wind() * 16.0 * NOISE_TILE / GROUND_DUNE);
        float t = fract(dot(place, waves) / (16.0 * NOISE_TILE) + bend / GROUND_DUNE);
        // A gentle stoss side, then the slip face: 32 degrees over a quarter of the wavelength.
        float profile = t < 0.72 ? smoothstep(0.0, 0.72, t) : 1.0 - (t - 0.72) / 0.28;
        float size = 0.35 + 0.65 * smoothstep(-0.3, 0.4, noise_octave_large(p, 2, 35u).x);
        h = sand * size * profile * GROUND_DUNE / 12.0 * ground_keep(0.5 * GROUND_DUNE, spacing);
    }
    return h;
}

// Impact craters, three sizes of cell, one in each at most: a bowl of depth a fifth of its width and
// a rim of a twenty-fifth (Melosh 1989, simple craters), worn.
float ground_craters(noise_place p, float spacing)
{
    float h = 0.0;
    int n = 1;
    int sizes = params.land_craters > 0.0 ? 3 : 0;
    for (int k = 0; k < sizes; k++) {
        float keep = ground_keep(0.4 * NOISE_TILE / float(n), spacing);
        if (keep <= 0.0)
            break;
        ivec2 c;
        vec2 f;
        noise_cell(p, n, uint(340 + k), c, f);
        uint hash = noise_hash_cell(c, uint(340 + k));
        vec4 r = vec4(hash & 255u, (hash >> 8) & 255u, (hash >> 16) & 255u, hash >> 24) / 255.0;
        float radius = 0.10 + 0.16 * r.x * r.x;
        float d = length(f - 0.5 - (r.yz - 0.5) * (1.0 - 3.4 * radius)) / radius;
        float here = r.w < params.land_craters ? keep : 0.0;
        float bowl = d < 1.0 ? 0.4 * (d * d - 1.0) : 0.0;
        float rim = 0.08 * exp(-12.0 * (d - 1.0) * (d - 1.0)) * (1.0 - smoothstep(1.3, 1.7, d));
        h += here * 0.75 * (bowl + rim) * radius * NOISE_TILE / float(n);
        n *= 4;
    }
    return h;
}

// How rough a place is: the steep, and the crests, which are swept bare to the rock.
float ground_rough(float slope, float position)
{
    float crest = smoothstep(0.15, 0.95, position);
    return max(0.06 + 0.94 * smoothstep(0.05, 0.45, slope), 0.8 * crest);
}

// How much of the ground is bare rock that breaks in ribs and edges: cliffs and crests.
float ground_crag(float slope, float position)
{
    return max(smoothstep(0.55, 0.9, slope), smoothstep(0.35, 1.0, position));
}

// An octave of soil is waves; of crags, the sharp crests between folds, and higher. Value (of mean 0)
// and derivatives as they come in.
vec3 ground_break(vec3 o, float crag)
{
    float s = sqrt(o.x * o.x + 0.0016);
    vec3 rib = 2.6 * vec3(0.145 - s, -o.x / s * o.yz);
    return mix(o, rib, crag);
}

// Everything but stones on the macro world; `slope` is what the gullies leave, `sand` the share of
// ground under blown sand.
float ground_detail(noise_place p, ground_macro_sample m, float spacing, out float slope,
                    out float sand)
{
    vec2 grad = m.grad;
    float off_playa = ground_off_playa(m);
    slope = length(grad);
    float rough = params.land_detail * ground_rough(slope, m.position) *
                  (0.25 + 0.75 * off_playa);
    float h = params.land_detail * off_playa *
              ground_gullies(p, m, grad, spacing);
    slope = length(grad);

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
    rough *= 1.0 - 0.8 * sand;

    // Octaves below 128 m, rougher on the steep.
    float crag = off_playa * (1.0 - sand) * ground_crag(slope, m.position);
    int n = 2;
    for (int k = 0; k < (GROUND_TIER == 1 ? 4 : 12); k++) {
        float wavelength = NOISE_TILE / float(n);
        float keep = ground_keep(wavelength, spacing);
        if (keep <= 0.0)
            break;
        vec3 o = ground_break(noise_octave(p, n, uint(20 + k)), n >= 4 ? crag * clamp(0.4 * wavelength, 0.15, 1.0) : 0.0);
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
        float keep = ground_keep(0.4 * NOISE_TILE / float(n), spacing);
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

// The macro world is read through a warp of a cell and four cells' wavelength: no grid shows.
const float GROUND_WARP = 64.0; // m

ground_macro_sample ground_world(noise_place p, float spacing)
{
    float cell = GROUND_WORLD / float(textureSize(tex_macro, 0).x);
    int mip = int(ceil(max(log2(min(spacing, GROUND_COARSEST) / cell), 0.0)));
    float keep = ground_keep(256.0, spacing) * GROUND_WARP;
    vec3 wx = noise_octave(p, 1, 3u) * keep;
    vec3 wy = noise_octave(p, 1, 4u) * keep;
    noise_place q = p;
    q.off += vec2(wx.x, wy.x);
    ground_macro_sample m = ground_macro(q, mip);
    m.grad += m.grad.x * wx.yz + m.grad.y * wy.yz;
    return m;
}

// Altitude of the pool's surface on the playa of that level: it stands in the hollow of the floor.
const float GROUND_HOLLOW = 1.5; // m, MACRO_HOLLOW_M
float ground_water(ground_macro_sample m)
{
    return params.land_pool > 0.0 && m.near_playa > 0.5 ? m.level - GROUND_HOLLOW + params.land_pool
                                                        : -1e9;
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
        float slope, sand;
        h += ground_detail(p, m, spacing, slope, sand);
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
