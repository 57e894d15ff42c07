// What limestone country looks like: pale rock through straw, red earth in the hollows.
#include "lib/ground/ground_material.glsl"

// Lays rock and earth over the ground: mixes the gradient and the albedo; `bare`: the gradient of the ground
// without what lies on it. Rock is pitted and grooved by
// rain (rillenkarren 1 to 3 cm wide: Ford & Williams 2007), and grey with lichen.
void ground_limestone(noise_place p, ground_lie l, float spacing, vec2 bare, inout vec2 grad,
                      inout vec3 albedo)
{
    float floor_share;
    ground_dolines(p, l.karst, l.pixel, floor_share);
    float dense = ground_clint_share(p, l.karst, l.stack, floor_share, max(length(l.broad), 0.6 * l.slope));
    ground_clints c = ground_clints_at(p, dense, l.pixel, spacing);
    // What is too small to be seen leaves its mean.
    float share = mix(0.6 * dense, c.share, ground_keep(2.8, l.pixel));
    albedo = mix(albedo, params.ground_earth, 0.55 * max(floor_share, 0.0) * l.karst);
    vec2 pits = vec2(0.0);
    float tone = 0.0;
    int n = 256;
    for (int k = 0; k < 5; k++) {
        float size = TILE_M / float(n);
        float keep = ground_keep(size, l.pixel);
        if (keep <= 0.0 || share <= 0.0)
            break;
        vec3 o = noise_octave(p, n, uint(155 + k));
        float s = sqrt(o.x * o.x + 0.004);
        pits += keep * 0.22 * size * o.x / s * o.yz;
        tone += keep * (s - 0.2);
        n *= 3;
    }
    float lichen = smoothstep(-0.25, 0.45, noise_octave(p, 700, 152u).x * ground_keep(0.36, l.pixel) +
                                               0.5 * l.medium + 0.3 * c.tone);
    vec3 rock = params.ground_limestone * mix(1.0, 0.62, lichen) * (1.0 + 0.9 * tone);
    albedo = mix(albedo, rock, share) * (1.0 - 0.45 * c.cleft);
    grad = mix(grad, bare + pits, share) + c.grad;
}
