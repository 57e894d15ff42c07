// Fills texels of one clipmap level with the ground's altitude.
#include "lib/ground/ground.glsl"
#stage fragment
out float out_height;

uniform ivec2 u_origin; // index of the level's corner sample
uniform int u_shift;    // samples a tile = 1 << u_shift; -1: two tiles a sample
uniform float u_spacing;

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy);
    ivec2 g = u_origin + ((texel - u_origin) & (CLIPMAP_N - 1));
    noise_place p;
    if (u_shift >= 0) {
        p.tile = g >> u_shift;
        p.off = vec2(g & ((1 << u_shift) - 1)) * u_spacing;
    } else {
        p.tile = g << (-u_shift);
        p.off = vec2(0.0);
    }
    out_height = ground_height(p, u_spacing);
}
