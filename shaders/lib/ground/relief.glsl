// Looking around from a texel of a clipmap level: the relief (shaders/ground/ground_relief.glsl) and the
// far horizons (shaders/ground/ground_far.glsl). Places are counted in samples of the level.
#include "lib/ground/horizon.glsl"

uniform sampler2DArray tex_relief;
uniform sampler2DArray tex_far; // of every other level: sines of 8 directions, light of 8
uniform ivec2 u_origin;         // index of the level's corner sample
uniform int u_level;

// Sine of the elevation, seen from altitude h, of land of altitude `there`, d metres away.
float relief_sine(float there, float h, float d)
{
    return horizon_sine((there - h) / d - d / (2.0 * frame.eye.y));
}

// Eight directions: along the axes and between them. Texels are those of the relief.
const int RELIEF_DIRECTIONS = 8;
const ivec2 RELIEF_WAY[RELIEF_DIRECTIONS] =
    ivec2[RELIEF_DIRECTIONS](ivec2(1, 0), ivec2(1, 1), ivec2(0, 1), ivec2(-1, 1), ivec2(-1, 0),
                             ivec2(-1, -1), ivec2(0, -1), ivec2(1, -1));

// The level's corner in the relief.
ivec2 relief_corner()
{
    return (u_origin >> 1) & (CLIPMAP_N / 2 - 1);
}

vec4 relief_far(vec2 uv, int level, int part)
{
    return texture(tex_far, vec3(uv, float((level >> 1) * 4 + part)));
}
