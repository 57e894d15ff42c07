// Tussocks of dry grass: mounds of blades that stand up from their middle. Grasses of dry uplands grow in
// tufts of 10 to 40 cm, a third of the ground bare between them (Bertiller & Coronato 1994).
#include "lib/ground/ground_bedrock.glsl"

// Tufts at a place.
struct ground_turf {
    float rise;   // m
    float share;  // 0..1, of the ground that they cover
    float tip;    // 0 at a tuft's foot, 1 at its top
    float streak; // of blades, -1..1, along them
};

float ground_turf_ray(vec2 at, uint seed)
{
    return noise_gradient(ivec2(floor(at)), fract(at), seed).x;
}

// How thickly tufts stand at a place by their groups of some metres, 0.3..1.3.
float ground_turf_groups(noise_place p)
{
    return 0.3 + smoothstep(-0.2, 0.3, noise_octave(p, 70, 168u).x + 0.6 * noise_octave(p, 190, 169u).x);
}

// Tufts of 40 and 20 cm. `cover`: share of the ground under grass, 0..1; fine: metres that are told apart.
ground_turf ground_turf_at(noise_place p, float cover, float fine)
{
    ground_turf r = ground_turf(0.0, 0.0, 0.0, 0.0);
    int n = 480;
    for (int k = 0; k < 2; k++) {
        float size = TILE_M / float(n);
        float keep = ground_keep(0.7 * size, fine);
        if (keep <= 0.0 || cover <= 0.0)
            break;
        ground_block_pair b = ground_block_at(p, n, uint(160 + k));
        float own = float((b.hash >> 8) & 255u) / 255.0;
        float radius = 0.30 + 0.28 * fract(own * 13.0);
        float reach = length(b.to), d = reach / radius;
        // Blades: rays of their own length and brightness, that part toward the rim.
        vec2 way = b.to / max(reach, 0.02), own_way = 64.0 + vec2(b.hash & 63u, (b.hash >> 6) & 63u);
        float sheaf = ground_turf_ray(3.0 * way + own_way, uint(162 + k));
        float ray = ground_turf_ray((9.0 + 5.0 * d) * way + own_way, uint(164 + k));
        float hair = ground_turf_ray((32.0 + 14.0 * d) * way + own_way, uint(166 + k));
        d *= 1.0 - 0.3 * sheaf - 0.35 * ray - 0.25 * hair;
        float here = keep * smoothstep(0.0, 0.12, (0.85 - 0.1 * float(k)) * cover - own);
        float dome = max(1.0 - d * d, 0.0);
        float rise = here * size * radius * (0.25 + 0.33 * fract(own * 29.0)) * dome * (0.85 + 0.4 * ray);
        if (rise > r.rise) {
            r.rise = rise;
            r.tip = dome;
            r.streak = 1.1 * ray + 1.3 * hair + 0.6 * sheaf;
        }
        r.share = max(r.share, here * smoothstep(0.0, 0.15, dome));
        n *= 2;
    }
    return r;
}
