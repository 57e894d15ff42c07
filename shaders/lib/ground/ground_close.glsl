// The ground within some metres of the lens: pebbles, blades of dry grass, cracked mud,
// ripples of sand. Gradients and albedo; nothing here moves the surface.
#include "lib/ground/ground_material.glsl"

// What is seen close by is a variant: a software rasteriser runs both sides of a branch.
#ifndef GROUND_NEAR
#define GROUND_NEAR 1
#endif
const float GROUND_NEAR_PIXEL = 0.03; // m

// Pebbles under the lens: turns the gradient to that of their faces where the samples do not hold them already
// (the larger are those of ground_stones()). on_stone: their share; tint: their own, -1..1.
void ground_pebbles(noise_place p, float pixel, float spacing, float strewn, float near,
                    inout vec2 grad, out float on_stone, out float tint)
{
    on_stone = 0.0;
    tint = 0.0;
    int n = 256;
    for (int k = 0; k < 3; k++) {
        float keep = ground_keep(0.6 * TILE_M / float(n), pixel);
        if (keep <= 0.0)
            break;
        float inside;
        float share = k == 0 ? 0.75 * strewn : k == 1 ? 0.9 * strewn : 0.95 * sqrt(strewn);
        vec3 stone = ground_stone(p, n, share, uint(303 + k), inside);
        keep *= inside;
        float have = ground_keep(0.4 * TILE_M / float(n), spacing);
        grad = mix(grad, stone.yz + 0.6 * grad, 0.9 * near * keep * (1.0 - have));
        on_stone = mix(on_stone, 1.0, keep);
        ivec2 c;
        vec2 f;
        noise_cell(p, n, uint(303 + k), c, f);
        tint = mix(tint, noise_pair(noise_hash_cell(c, 77u)).x, keep);
        n *= 4;
    }
    on_stone *= near;
}

// Share of a boulder at a place: the largest two sizes of ground_stones(), which stand as heights.
float ground_boulders(noise_place p, float strewn)
{
    float inside, more;
    ground_stone(p, GROUND_BOULDER, strewn * GROUND_BOULDER_SHARE, 301u, inside);
    ground_stone(p, 4 * GROUND_BOULDER, strewn * (GROUND_BOULDER_SHARE + 0.2), 302u, more);
    return max(inside, more);
}

// Cracks of dried mud: the way to the second nearest point against the nearest (Worley 1996), which
// is 0 on the edge between two plates. Returns how much of a crack there is, 0..1, and the
// plate's own number; grad: the rim's fall into the crack.
float ground_cracks(noise_place p, int n, uint seed, float width, inout vec2 grad, out float plate)
{
    ivec2 c;
    vec2 f;
    noise_cell(p, n, seed, c, f);
    vec2 near = vec2(8.0), second = vec2(8.0);
    float d1 = 8.0, d2 = 8.0;
    ivec2 which = c;
    for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
            ivec2 o = ivec2(i, j);
            vec2 v = vec2(o) + 0.5 + 0.42 * noise_pair(noise_hash_cell(c + o, seed)) - f;
            float d = dot(v, v);
            if (d < d1) {
                d2 = d1;
                second = near;
                d1 = d;
                near = v;
                which = c + o;
            } else if (d < d2) {
                d2 = d;
                second = v;
            }
        }
    }
    plate = noise_pair(noise_hash_cell(which, seed + 1u)).x;
    vec2 apart = normalize(second - near + vec2(1e-5));
    float edge = dot(0.5 * (near + second), apart); // cells to the border of the plate
    float crack = 1.0 - smoothstep(0.35 * width, width, edge);
    grad -= crack * (1.0 - crack) * 3.0 * apart;
    return crack;
}

// The floor of a playa: plates of 20 cm (a third of them broken into 3 cm ones), curled at the rim.
void ground_mud(noise_place p, float pixel, float share, inout vec2 grad, inout vec3 albedo)
{
    float large = ground_keep(0.2, pixel) * share, small = ground_keep(0.03, pixel) * share;
    float plate, chip;
    vec2 rim = vec2(0.0), chip_rim = vec2(0.0);
    noise_place q = p;
    q.off += 0.004 * noise_octave(p, 1024, 96u).yz; // rims are not straight
    float crack = ground_cracks(q, 1280, 97u, 0.055, rim, plate);
    float fine = ground_cracks(q, 8192, 98u, 0.09, chip_rim, chip) * step(0.1, plate);
    grad += large * rim * 0.8 + small * chip_rim * 0.4 * step(0.1, plate);
    albedo *= 1.0 + large * (0.07 * plate - 0.55 * crack) + small * (0.05 * chip - 0.3 * fine);
}

// Wind ripples on sand: 12 cm from crest to crest, across the wind (Sharp 1963).
void ground_ripples(noise_place p, float pixel, float share, inout vec2 grad, inout vec3 albedo)
{
    float keep = ground_keep(0.12, pixel) * share;
    vec2 place = vec2(p.tile & 1) * TILE_M + p.off;
    vec2 waves = round(ground_wind() * 2.0 * TILE_M / 0.12);
    float bend = 0.55 * noise_octave(p, 256, 93u).x + 0.8 * noise_octave(p, 64, 94u).x;
    vec2 wave = ground_turn(dot(place, waves) / (2.0 * TILE_M) + bend);
    grad -= keep * 0.17 * wave.y * ground_wind();
    albedo *= 1.0 + 0.06 * keep * wave.x;
}

// What lies within some metres of the lens: pebbles, and dry grass as blades of light and dark on
// tussocks of noise.
void ground_near(noise_place p, ground_lie lie, float spacing, float grass, float mottle,
                 inout vec2 grad, inout vec3 albedo)
{
    float pixel = lie.pixel;
    float near = 1.0 - smoothstep(0.4 * GROUND_NEAR_PIXEL, GROUND_NEAR_PIXEL, pixel);
    float mud = near * (1.0 - lie.off_playa) * (1.0 - lie.sand) * (1.0 - lie.wet);
    WHEN(mud > 0.0)
    {
        ground_mud(p, pixel, mud, grad, albedo);
    }
    WHEN(lie.sand > 0.0)
    {
        ground_ripples(p, pixel, near * lie.sand, grad, albedo);
    }

    float on_stone, tint;
    float strewn = lie.strewn;
    albedo = mix(albedo, ground_rock(p, lie) * (1.0 + 0.6 * mottle),
                 0.85 * near * ground_boulders(p, strewn));
    ground_pebbles(p, pixel, spacing, strewn, near, grad, on_stone, tint);
    vec3 stone = mix(params.ground_rock_dark, params.ground_rock, 0.5 + 0.5 * tint);
    albedo = mix(albedo, stone * (1.0 + 0.7 * mottle), on_stone * 0.85);

    vec3 tussock = noise_octave(p, 512, 73u) + 0.6 * noise_octave(p, 1024, 74u);
    float cover = smoothstep(0.30, 0.75, grass + 0.7 * tussock.x);
    // Blades lie as creases of the noise: ridges of it, sharper the finer.
    vec3 blades = vec3(0.0);
    int n = 4096;
    for (int k = 0; k < 5; k++) {
        float wavelength = TILE_M / float(n);
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

