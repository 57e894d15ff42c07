// Rubble: angular stones of all sizes that lie on one another, as on scree and on frost-shattered crests.
// Gradients and tone; nothing here moves the surface.
#include "lib/ground/ground_material.glsl"

// Share of the ground that is rubble at a place, 0..1: scree, crests, and what is strewn.
float ground_rubble_share(ground_lie l)
{
    float scree = smoothstep(0.40, 0.58, l.slope + 0.25 * l.medium);
    float crest = smoothstep(0.3, 0.9, l.position + 0.8 * l.medium);
    crest *= 1.0 - 0.7 * l.karst;
    return max(max(scree, 0.7 * crest) * l.off_playa * (1.0 - l.sand), 0.5 * l.strewn);
}

// Stones from 1 m down to the pixel, where `share` is more than 0: turns the gradient and returns how dark and
// light they are, -1..0.4. The large lie apart in a shadow of their own; the small lie on one another.
float ground_rubble(noise_place p, float pixel, float share, inout vec2 grad)
{
    float tone = 0.0;
    vec2 turn = vec2(0.0);
    int n = 200;
    for (int k = 0; k < 5; k++) {
        float size = TILE_M / float(n);
        float keep = ground_keep(0.5 * size, pixel);
        if (keep <= 0.0 || share <= 0.0)
            break;
        ground_block_pair b = ground_block_at(p, n, uint(130 + k));
        float own = float((b.hash >> 8) & 255u) / 255.0;
        vec3 top = ground_block_top(b.to, b.hash);
        // Half the stones of a size are half as large: sizes are spread (N ~ d^-2.5).
        float crowd = min(0.30 * float(k), 1.0);
        float most = 0.16 + 0.26 * fract(own * 7.0) + 0.4 * crowd;
        float far = length(b.to) * (1.0 + 0.5 * top.x + dot(b.to, top.yz));
        float in_by = min(b.edge, most - far);
        float lies = keep * step(own, min(0.10 * exp2(0.55 * float(k)), 0.5));
        float stone = lies * smoothstep(0.0, 0.05, in_by), shadow = lies * smoothstep(-0.1, 0.0, in_by);
        vec2 round_off = b.to * smoothstep(0.1, most, far) * 1.2;
        turn = mix(turn, 1.3 * top.yz - round_off, stone);
        tone = mix(tone - 0.22 * shadow, 0.3 * noise_pair(b.hash * 7u).x, stone);
        n *= 3;
    }
    grad += share * turn;
    return tone;
}
