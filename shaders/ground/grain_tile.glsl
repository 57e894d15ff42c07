// A tile of film grain and dither, as grade.glsl makes them a pixel of full strength: 0.5 is none.
#include "lib/develop/grain.glsl"
#include "lib/live/moving_tables.glsl"
#stage fragment
out vec4 out_grain; // grain in units of its sigma; dither

uniform float u_width; // of the picture, pixels

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    float dither = grain_triangular(noise_hash_cell(pixel, 901u));
    vec3 grain = grain_colour(grain_at(pixel, u_width, 900u));
    out_grain = vec4(0.5 + grain / GRAIN_RANGE, 0.5 + 0.5 * dither);
}
