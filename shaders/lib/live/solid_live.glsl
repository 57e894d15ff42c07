// Light on what stands on the ground in the window's pictures: what arrives is baked with the levels of the
// clipmap (ground/ground_lit.glsl) and read once a vertex.
#include "lib/light/lit_pack.glsl"
#include "lib/light/solid_light.glsl"

uniform sampler2DArray tex_lit;

// What arrives at a place, metres relative to the eye.
surface_lit solid_lit_at(vec3 rel)
{
    const int QUARTER = CLIPMAP_N / 4;
    int level = clipmap_level(rel.xy);
    vec2 index = (rel.xy - frame.level_origin[level].xy) / frame.level[level].w;
    ivec2 at = (ivec2(frame.level_origin[level].zw + index) >> 2) & (QUARTER - 1);
    surface_lit l;
    vec2 shares;
    lit_unpack(texelFetch(tex_lit, ivec3(at, level), 0), l.beam, l.sky, shares);
    l.land = frame.ground_albedo.rgb * (l.beam * shares.x + l.sky * shares.y);
    return l;
}
