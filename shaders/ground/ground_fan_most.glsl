// The steepest of FAN_STEP rings of the fan (lib/ground/fan.glsl), or of as many pieces of rings.
#include "lib/ground/fan.glsl"
#stage fragment
out float out_slope;

uniform sampler2D tex_fan;

void main()
{
    ivec2 at = ivec2(gl_FragCoord.xy);
    float most = texelFetch(tex_fan, ivec2(at.x, at.y * FAN_STEP), 0).r;
    for (int i = 1; i < FAN_STEP; i++)
        most = max(most, texelFetch(tex_fan, ivec2(at.x, at.y * FAN_STEP + i), 0).r);
    out_slope = most;
}
