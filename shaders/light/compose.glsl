// The picture of one sample: radiance through the air, and what the air adds.
#include "lib/air/air_upsample.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_radiance;

uniform sampler2D tex_radiance;
uniform sampler2D tex_distance;

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    air_along air = air_upsample(pixel, texelFetch(tex_distance, pixel, 0).r);
    vec3 surface = texelFetch(tex_radiance, pixel, 0).rgb;
    out_radiance = vec4(surface * air.through + air.inscatter, 1.0);
}
