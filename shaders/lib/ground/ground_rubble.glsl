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

// Stones from 3 m down to the pixel, where `share` is more than 0: turns the gradient and returns how dark and
// light they are, -1..0.4: stones differ, and between them it is dark.
float ground_rubble(noise_place p, float pixel, float share, inout vec2 grad)
{
    float tone = 0.0;
    vec2 turn = vec2(0.0);
    int n = 85;
    for (int k = 0; k < 6; k++) {
        float size = TILE_M / float(n);
        float keep = ground_keep(0.7 * size, pixel);
        if (keep <= 0.0 || share <= 0.0)
            break;
        ground_block_pair b = ground_block_at(p, n, uint(130 + k));
        vec3 top = ground_block_top(b.to, b.hash);
        float gap = 1.0 - smoothstep(0.0, 0.16, b.edge);
        // Only some stones of a size lie on top, the more the smaller (N ~ d^-2.5 overlaps).
        float most = min(0.08 * exp2(0.6 * float(k)), 0.5);
        float lies = keep * step(float((b.hash >> 8) & 255u), 255.0 * most);
        // They are round at the rim.
        vec2 round_off = b.to * smoothstep(0.05, 0.4, length(b.to)) * 0.9;
        turn = mix(turn, 1.1 * top.yz - 0.7 * round_off, lies);
        tone = mix(tone, 0.35 * noise_pair(b.hash * 7u).x - 0.5 * gap, lies);
        n *= 3;
    }
    grad += share * turn;
    return tone;
}
