// The steepest of FAN_STEP rings of the fan (lib/ground/fan.glsl), or of as many pieces of rings: four of them.
#include "lib/ground/fan.glsl"
#stage fragment
out vec4 out_slopes;

uniform sampler2D tex_fan;

float steepest(vec4 a, vec4 b)
{
    vec4 m = max(a, b);
    return max(max(m.x, m.y), max(m.z, m.w));
}

void main()
{
    ivec2 at = ivec2(gl_FragCoord.x, 8.0 * floor(gl_FragCoord.y));
    for (int i = 0; i < 4; i++)
        out_slopes[i] = steepest(texelFetch(tex_fan, at + ivec2(0, 2 * i), 0),
                                 texelFetch(tex_fan, at + ivec2(0, 2 * i + 1), 0));
}
