// The window's picture at its own size, with grain. Columns are blended along the crest that runs through both,
// so that a sloping one is a line and no stair.
#include "lib/live/moving_crests.glsl"
#include "lib/live/moving_tables.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_show;

uniform sampler2D tex_sample; // moving_rows.glsl
uniform sampler2D tex_grain;  // grain_tile.glsl
uniform float u_sharp;        // rows of the window in one of the sample's

const float CREST_STEEPEST = 2.0; // rows that one crest may rise from column to column

void main()
{
    vec2 size = vec2(textureSize(tex_sample, 0));
    float place = v_uv.x * size.x - 0.5, left = floor(place), share = place - left;
    int row = int(gl_FragCoord.y), last = int(size.x) - 1;
    ivec2 columns = clamp(ivec2(left) + ivec2(0, 1), 0, last);
    vec2 crest = vec2(crest_unpack(texelFetch(tex_sample, ivec2(columns.x, row), 0).a),
                      crest_unpack(texelFetch(tex_sample, ivec2(columns.y, row), 0).a));
    float between = mix(crest.x, crest.y, share);
    // Two columns tell of one crest; rows are moved about it, and not farther off.
    bool one = max(crest.x, crest.y) < CREST_NONE && abs(crest.x - crest.y) < CREST_STEEPEST;
    float near = one ? clamp(2.0 - abs(between), 0.0, 1.0) : 0.0;
    ivec2 y = ivec2(gl_FragCoord.y + (crest - between) * (near * u_sharp));
    vec3 c = mix(texelFetch(tex_sample, ivec2(columns.x, y.x), 0).rgb,
                 texelFetch(tex_sample, ivec2(columns.y, y.y), 0).rgb, share);
    // grain_strength() by straight lines.
    float luma = dot(c, vec3(LUMA_R, LUMA_G, LUMA_B));
    float strength = clamp(0.35 + 2.76 * luma, 0.35, 1.0) * clamp(2.11 - 2.19 * luma, 0.4, 1.0);
    vec4 grain = texelFetch(tex_grain, ivec2(gl_FragCoord.xy) & 255, 0) - 0.5;
    float sigma = GRAIN_RANGE / 255.0 * params.grade_grain * strength;
    out_show = vec4(c + sigma * grain.rgb + grain.a * (1.0 / 255.0), 1.0);
}
