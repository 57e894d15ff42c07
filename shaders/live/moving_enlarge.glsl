// The window's picture at its own size, with grain.
#include "lib/live/moving_tables.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_show;

uniform sampler2D tex_sample; // moving_rows.glsl
uniform sampler2D tex_grain;  // grain_tile.glsl

void main()
{
    vec3 c = texture(tex_sample, v_uv).rgb;
    // grain_strength() by straight lines.
    float luma = dot(c, vec3(LUMA_R, LUMA_G, LUMA_B));
    float strength = clamp(0.35 + 2.76 * luma, 0.35, 1.0) * clamp(2.11 - 2.19 * luma, 0.4, 1.0);
    vec4 grain = texelFetch(tex_grain, ivec2(gl_FragCoord.xy) & 255, 0) - 0.5;
    float sigma = GRAIN_RANGE / 255.0 * params.grade_grain * strength;
    out_show = vec4(c + sigma * grain.rgb + grain.a * (1.0 / 255.0), 1.0);
}
