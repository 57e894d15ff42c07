// How far above each pixel's middle the nearest crest of its column is, rows of the internal picture: as of
// lib/live/moving_crests.glsl.
#include "lib/live/moving_crests.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_crest;

uniform sampler2D tex_sample; // moving_compose.glsl

void main()
{
    ivec2 at = ivec2(gl_FragCoord.xy);
    int top = int(frame.size.y) - 1;
    float nearest = CREST_NONE;
    for (int k = 1 - CREST_REACH; k <= CREST_REACH; k++) {
        // Between the row before and this one.
        float share = texelFetch(tex_sample, ivec2(at.x, clamp(at.y + k, 0, top)), 0).a;
        float off = float(k - 1) + share;
        nearest = share > 0.0 && abs(off) < abs(nearest) ? off : nearest;
    }
    out_crest = vec4(crest_pack(nearest));
}
