// The window's picture at its own size, from the internal one, with grain.
#include "lib/live/moving_tables.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_show;

uniform sampler2D tex_sample; // moving_compose.glsl
uniform sampler2D tex_grain;  // grain_tile.glsl

void main()
{
    vec4 c = texture(tex_sample, v_uv);
    vec4 grain = texelFetch(tex_grain, ivec2(gl_FragCoord.xy) & 255, 0) - 0.5;
    float sigma = GRAIN_RANGE / 255.0 * params.grade_grain * c.a;
    out_show = vec4(c.rgb + sigma * grain.rgb + grain.a * (1.0 / 255.0), 1.0);
}
