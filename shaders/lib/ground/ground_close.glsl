// The ground within some metres of the lens: pebbles, blades of dry grass, and what playas and sand
// have there. Gradients and albedo; nothing here moves the surface.
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

// What lies within some metres of the lens: pebbles, and dry grass as blades of light and dark on
// tussocks of noise.
void ground_near(noise_place p, ground_lie lie, float spacing, float grass, ground_turf turf, vec3 rock,
                 float mottle, inout vec2 grad, inout vec3 albedo)
{
    float pixel = lie.pixel;
    float near = 1.0 - smoothstep(0.4 * GROUND_NEAR_PIXEL, GROUND_NEAR_PIXEL, pixel);
    float dry = near * (1.0 - lie.off_playa) * (1.0 - lie.sand) * (1.0 - lie.wet);
    WHEN(dry > 0.0)
    {
        ground_playa_near(p, lie, spacing, dry, grad, albedo);
    }

    float on_stone, tint;
    float strewn = lie.strewn, boulder = ground_boulders(p, strewn);
    albedo = mix(albedo, rock * (1.0 + 0.6 * mottle), 0.85 * near * boulder);
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
    // Litter lies between the tufts.
    float grown = near * (1.0 - on_stone) * (1.0 - boulder);
    cover *= 0.8 * grown;
    grad += cover * (0.06 * tussock.yz + 0.55 * blades.yz);
    vec3 straw = params.ground_grass * (0.9 + 0.4 * tussock.x + 0.75 * blades.x);
    albedo = mix(albedo, max(straw, vec3(0.02)), cover * 0.85);
    straw = params.ground_grass * mix(0.25, 1.05, sqrt(turf.tip)) * (1.0 + 0.8 * turf.streak + 0.5 * blades.x);
    turf.share *= grown;
    albedo = mix(albedo, max(straw, vec3(0.02)), turf.share);
    // Light goes through blades: they are modelled less than their mound.
    grad = mix(grad, 0.45 * grad + 0.4 * blades.yz, turf.share);
}

