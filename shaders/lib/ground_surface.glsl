// What the ground looks like at a place: normal, albedo, what it sees of sky and sun. Everything
// is taken at the scale of a pixel: the clipmap gives what its samples hold, arithmetic the rest.
#include "lib/ground.glsl"
#include "lib/clipmap.glsl"
#include "lib/view.glsl"

// What is seen close by is a variant: a software rasteriser runs both sides of a branch.
#ifndef GROUND_NEAR
#define GROUND_NEAR 1
#endif
const float GROUND_NEAR_PIXEL = 0.03; // m, CLIPMAP_NEAR_PIXEL_M

uniform sampler2DArray tex_slope;
uniform sampler2DArray tex_sky;

struct ground_surface {
    vec3 normal;
    vec3 albedo;
    float sky, sun;
};

const int GROUND_FINEST = 17; // octaves, down to 4 mm

// Octaves between the clipmap's samples and the pixel: gradient, and for the albedo the value.
void ground_fine(noise_place p, float spacing, float pixel, float rough, inout vec2 grad,
                 out float mottle)
{
    mottle = 0.0;
    // The first octave that the samples do not hold in full: under four of them.
    int first = clamp(int(ceil(log2(NOISE_TILE / (4.0 * spacing)))), 1, GROUND_FINEST);
    int n = 1 << first;
    for (int k = first; k < GROUND_FINEST; k++) {
        float wavelength = NOISE_TILE / float(n);
        float keep = ground_keep(wavelength, pixel);
        if (keep <= 0.0)
            break;
        float have = ground_keep(wavelength, spacing);
        float fine = n >= 64 ? 0.35 + 0.65 * rough : rough;
        vec3 o = noise_octave(p, n, uint(19 + k));
        grad += o.yz * wavelength * GROUND_ROUGHNESS * fine * max(keep - have, 0.0);
        mottle += o.x * keep * 0.5;
        n *= 2;
    }
}

// Pebbles under the lens: the gradient of their faces.
vec2 ground_pebbles(noise_place p, float pixel, float strewn, out float on_stone, out float tint)
{
    vec2 grad = vec2(0.0);
    on_stone = 0.0;
    tint = 0.0;
    int n = 256;
    for (int k = 0; k < 3; k++) {
        float keep = ground_keep(0.6 * NOISE_TILE / float(n), pixel);
        if (keep <= 0.0)
            break;
        float inside;
        vec3 stone =
            ground_stone(p, n, strewn * (k == 0 ? 0.8 : 0.95), uint(303 + k), inside);
        keep *= inside;
        grad = mix(grad, stone.yz, keep);
        on_stone = mix(on_stone, 1.0, keep);
        ivec2 c;
        vec2 f;
        noise_cell(p, n, uint(303 + k), c, f);
        tint = mix(tint, noise_pair(noise_hash_cell(c, 77u)).x, keep);
        n *= 4;
    }
    return grad;
}

// Layers of rock seen on the steep: darker and lighter bands along the altitude.
float ground_band(noise_place p, float altitude, float pixel_rise)
{
    // The layers dip and fold over some kilometres.
    float bent = altitude + 14.0 * noise_octave_large(p, 1, 12u).x +
                 90.0 * noise_octave_large(p, 8, 13u).x;
    float band = 0.0;
    float period = 60.0;
    float a = 0.5;
    for (int k = 0; k < 3; k++) {
        float keep = ground_keep(period, pixel_rise);
        float t = bent / period;
        float t0 = floor(t);
        float f = smoothstep(0.15, 0.85, t - t0);
        float lo = noise_pair(noise_hash_cell(ivec2(int(t0), 0), uint(90 + k))).x;
        float hi = noise_pair(noise_hash_cell(ivec2(int(t0) + 1, 0), uint(90 + k))).x;
        band += a * mix(lo, hi, f) * keep;
        period *= 0.28;
        a *= 0.8;
    }
    return clamp(0.5 + 0.6 * band, 0.0, 1.0);
}

// The colour of the ground between stones and tufts. `grass`: ground_grass() at the place.
vec3 ground_albedo(noise_place p, float altitude, float slope, float position, float grass,
                   float mottle, float pixel)
{
    // Patches of 0.1 to 2 km break every rule a little.
    float broad = noise_octave_large(p, 8, 51u).x + 0.5 * noise_octave_large(p, 2, 52u).x;
    float medium = noise_octave(p, 2, 53u).x * ground_keep(128.0, pixel) +
                   0.6 * noise_octave(p, 16, 54u).x * ground_keep(16.0, pixel);
    float steep = slope + 0.10 * medium + 0.06 * broad + 0.05 * mottle;

    float band = ground_band(p, altitude, pixel * max(slope, 0.05));
    vec3 rock = mix(params.ground_rock_dark, params.ground_rock, band);
    vec3 soil = params.ground_soil * (1.0 + 0.25 * broad + 0.2 * medium);
    vec3 silt = params.ground_silt * (1.0 + 0.10 * broad + 0.08 * medium);

    float flat_share = (1.0 - smoothstep(0.04, 0.14, steep)) *
                       smoothstep(0.35, -0.15, position + 0.3 * broad);
    vec3 c = mix(soil, silt, flat_share);
    c = mix(c, params.ground_grass * (1.0 + 0.35 * mottle), grass * (1.0 - 0.8 * flat_share) * 0.75);
    float bare = smoothstep(0.36, 0.62, steep);
    c = mix(c, rock, bare);
    // Dust settles on what is flat, least on crests that the wind sweeps.
    float settled = params.ground_dust * (1.0 - smoothstep(0.12, 0.5, steep)) *
                    (0.75 - 0.35 * position);
    c = mix(c, params.ground_silt, clamp(settled, 0.0, 1.0) * 0.7);
    return c * (1.0 + 0.3 * mottle);
}

// Steep rock close by, on the planes that stand: chips and weathering along strike and altitude.
// A rise of the face by d turns the ground's gradient by d along the fall line.
void ground_rock_face(noise_place p, float altitude, float pixel, float bare, inout vec2 grad,
                      inout vec3 albedo)
{
    vec2 way = normalize(grad + vec2(1e-4, 0.0));
    bool along_x = abs(way.x) < abs(way.y);
    noise_place q = p;
    q.tile.y = p.tile.x * 31 + p.tile.y;
    q.off = vec2(along_x ? p.off.x : p.off.y, altitude);
    float shade = 0.0;
    vec2 turn = vec2(0.0);
    int n = 128;
    for (int k = 0; k < 5; k++) {
        float wavelength = NOISE_TILE / float(n);
        float keep = ground_keep(wavelength, pixel);
        if (keep <= 0.0)
            break;
        vec3 o = noise_octave(q, n, uint(83 + k));
        // Folded: flat chips that meet in edges.
        float fold = o.x < 0.0 ? -1.0 : 1.0;
        shade += keep * (abs(o.x) - 0.22);
        turn += keep * 0.16 * wavelength * fold * o.yz;
        n *= 2;
    }
    vec2 strike = vec2(-way.y, way.x) * (along_x ? -sign(way.y) : sign(way.x));
    grad += bare * length(grad) * 1.6 * (strike * turn.x - way * turn.y);
    albedo *= 1.0 + 0.55 * bare * shade;
}

// What lies within some metres of the lens: pebbles, and dry grass as blades of light and dark on
// tussocks of noise.
void ground_near(noise_place p, float altitude, float pixel, float slope, float grass, float mottle,
                 inout vec2 grad, inout vec3 albedo)
{
    float near = 1.0 - smoothstep(0.4 * GROUND_NEAR_PIXEL, GROUND_NEAR_PIXEL, pixel);
    if (near <= 0.0)
        return;
    float bare = near * smoothstep(0.4, 0.8, slope);
    if (bare > 0.0)
        ground_rock_face(p, altitude, pixel, bare, grad, albedo);

    float on_stone, tint;
    vec2 stone_grad = ground_pebbles(p, pixel, ground_strewn(p, slope), on_stone, tint);
    on_stone *= near;
    grad = mix(grad, stone_grad + 0.6 * grad, on_stone * 0.9);
    vec3 stone = mix(params.ground_rock_dark, params.ground_rock, 0.5 + 0.5 * tint);
    albedo = mix(albedo, stone * (1.0 + 0.7 * mottle), on_stone * 0.85);

    vec3 tussock = noise_octave(p, 512, 73u) + 0.6 * noise_octave(p, 1024, 74u);
    float cover = smoothstep(0.30, 0.75, grass + 0.7 * tussock.x);
    // Blades lie as creases of the noise: ridges of it, sharper the finer.
    vec3 blades = vec3(0.0);
    int n = 4096;
    for (int k = 0; k < 5; k++) {
        float wavelength = NOISE_TILE / float(n);
        float keep = ground_keep(wavelength, pixel);
        if (keep <= 0.0)
            break;
        vec3 o = noise_octave(p, n, uint(75 + k));
        float soft = sqrt(o.x * o.x + 0.01);
        vec3 ridge = vec3(0.30 - soft, -o.x / soft * o.yz * wavelength * 0.4);
        blades += keep * mix(vec3(o.x, o.yz * wavelength * 0.4), ridge, float(k) * 0.25);
        n *= 2;
    }
    cover *= near * (1.0 - on_stone);
    grad += cover * (0.06 * tussock.yz + 0.55 * blades.yz);
    vec3 straw = params.ground_grass * (0.9 + 0.4 * tussock.x + 0.75 * blades.x);
    albedo = mix(albedo, max(straw, vec3(0.02)), cover * 0.85);
}

ground_surface ground_shade(vec3 rel)
{
    ground_surface s;
    float reach = length(rel);
    float altitude = view_altitude(rel);
    noise_place p;
    p.tile = frame.eye_tile.xy;
    p.off = frame.eye_off.xy + rel.xy;
    vec2 whole = floor(p.off / NOISE_TILE);
    p.tile += ivec2(whole);
    p.off -= whole * NOISE_TILE;

    // Two levels, blended toward the edge of the finer one.
    float half_n = (float(CLIPMAP_N) * 0.5 - 8.0) * frame.level[0].w;
    float lf = log2(max(max(abs(rel.x), abs(rel.y)) / half_n, 1e-6));
    int level = clamp(int(ceil(lf)), 0, CLIPMAP_LEVELS - 1);
    int coarser = min(level + 1, CLIPMAP_LEVELS - 1);
    float blend = level == 0 ? smoothstep(0.7, 1.0, exp2(lf)) : smoothstep(-0.4, 0.0, lf - float(level));
    vec2 grad = mix(texture(tex_slope, clipmap_uv(rel.xy, level)).rg,
                    texture(tex_slope, clipmap_uv(rel.xy, coarser)).rg, blend);
    float spacing = frame.level[level].w * exp2(blend);
    s.sky = mix(texture(tex_sky, clipmap_uv(rel.xy, level)).r,
                texture(tex_sky, clipmap_uv(rel.xy, coarser)).r, blend);
    s.sun = clipmap_sun(rel, max(0.35 * spacing, 0.05));

    // The footprint of a pixel on the ground: its width, not its length along the view.
    float pixel = max(reach * frame.eye.z, 0.0004);
    float slope = length(grad);
    float position =
        texture(tex_macro, (vec2(p.tile & 255) * NOISE_TILE + p.off + 32.0) / 65536.0).g;
    float rough = params.land_detail * (0.10 + 0.90 * smoothstep(0.05, 0.45, slope));
    float mottle;
    ground_fine(p, spacing, pixel, rough, grad, mottle);
    float grass = ground_grass(p, slope, position);
    s.albedo = ground_albedo(p, altitude, slope, position, grass, mottle, pixel);
#if GROUND_NEAR
    ground_near(p, altitude, pixel, slope, grass, mottle, grad, s.albedo);
#endif
    s.albedo = clamp(s.albedo, 0.01, 0.9);
    s.normal = normalize(vec3(-grad, 1.0));
    return s;
}
