// The window's picture with as many rows as the window, and still the columns of its internal size. Rows are
// blended, but not where a crest parts them: its own place between them is known.
// Alpha: how far the column's nearest crest is (lib/live/moving_crests.glsl).
#include "lib/live/moving_crests.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_colour;

uniform sampler2D tex_sample; // moving_compose.glsl
uniform sampler2D tex_crest;  // moving_crests.glsl
uniform float u_sharp;        // rows of the window in one of the sample's

void main()
{
    float place = max(v_uv.y * frame.size.y - 0.5, 0.0);
    int column = int(gl_FragCoord.x), row = int(place);
    vec4 low = texelFetch(tex_sample, ivec2(column, row), 0);
    vec4 high = texelFetch(tex_sample, ivec2(column, min(row + 1, int(frame.size.y) - 1)), 0);
    float share = place - float(row);
    float parted = clamp((share - high.a) * u_sharp + 0.5, 0.0, 1.0);
    int nearest = min(row + int(share > 0.5), int(frame.size.y) - 1);
    float crest = crest_unpack(texelFetch(tex_crest, ivec2(column, nearest), 0).r) + float(nearest) - place;
    out_colour = vec4(mix(low.rgb, high.rgb, high.a > 0.0 ? parted : share), crest_pack(crest));
}
