// Tones of the light, in stops about mid grey, as exposure and vignette leave them: what the meter counts.
#include "lib/develop/grade.glsl"
#stage fragment
in vec2 v_uv;
out float out_tone;

uniform sampler2D tex_light; // sum of the samples
uniform float u_samples;

void main()
{
    vec3 light = texelFetch(tex_light, ivec2(gl_FragCoord.xy), 0).rgb / u_samples;
    out_tone = print_stops(grade_luma(light) * grade_vignette(v_uv) * PI * exp2(grade_stops()));
}
