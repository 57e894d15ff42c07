// What compose.glsl took of the air, apart: for measured pictures.
#include "lib/air/air_upsample.glsl"
#stage fragment
in vec2 v_uv;
layout(location = 0) out vec4 out_inscatter;
layout(location = 1) out vec4 out_through;

uniform sampler2D tex_distance;

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    air_along air = air_upsample(pixel, texelFetch(tex_distance, pixel, 0).r);
    out_inscatter = vec4(air.inscatter, 1.0);
    out_through = vec4(air.through, 1.0);
}
