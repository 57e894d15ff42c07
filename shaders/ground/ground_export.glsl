// The ground at the points of a grid: the altitude in the first channel, or with EXPORT_MASKS the
// masks in four.
#include "lib/ground/ground.glsl"
#stage fragment
#ifndef EXPORT_MASKS
#define EXPORT_MASKS 0
#endif
out vec4 out_values;

// Texel i: tile and offset (m) of column i to the east, then of row i to the north.
uniform sampler2D tex_places;
uniform float u_spacing;

void main()
{
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec2 east = texelFetch(tex_places, ivec2(cell.x, 0), 0).xy;
    vec2 north = texelFetch(tex_places, ivec2(cell.y, 0), 0).zw;
    noise_place p = noise_place(ivec2(east.x, north.x), vec2(east.y, north.y));
#if EXPORT_MASKS
    out_values = ground_masks(p, u_spacing);
#else
    out_values = vec4(ground_height(p, u_spacing), 0.0, 0.0, 0.0);
#endif
}
