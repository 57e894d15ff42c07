// A tile of film grain and dither, as grade.glsl makes them a pixel: 0.5 is none.
#include "lib/grade.glsl"
#include "lib/moving_tables.glsl"
#stage fragment
out vec4 out_grain; // grain, dither

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    float dither = grade_triangular(noise_hash_cell(pixel, 901u));
    out_grain = vec4(0.5 + grade_grain(pixel) / GRAIN_RANGE, 0.5 + 0.5 * dither, 0.0, 1.0);
}
