// A moving frame at the window's size: the new sample and the frames before, brought along to where
// what they show stands now. Where something else was seen there before, the sample stands alone.
#include "lib/view.glsl"
#stage fragment
in vec2 v_uv;
layout(location = 0) out vec4 out_history; // display values; w: frames in it / 255
layout(location = 1) out vec4 out_show;    // with grain

uniform sampler2D tex_sample; // moving_compose.glsl
uniform sampler2D tex_reach;
uniform sampler2D tex_past_reach;
uniform sampler2D tex_history;
uniform sampler2D tex_grain;
uniform mat4 u_past;       // clip from metres relative to the eye of the frame before
uniform vec3 u_moved;      // the eye since then, m
uniform vec2 u_jitter;     // of the sample, and
uniform vec2 u_past_jitter; // of the one before: share of the picture
uniform float u_most;      // frames that the history may hold; 0: there is none

const float GRAIN_RANGE = 8.0; // grain_tile.glsl
const float ALIKE = 0.12;      // of the distance: the same thing, seen again

void main()
{
    vec2 at = v_uv - u_jitter;
    vec3 now = texture(tex_sample, at).rgb;
    float reach = texture(tex_reach, at).r;
    vec3 past = view_ray(at) * reach + u_moved;
    vec4 clip = u_past * vec4(past, 1.0);
    vec2 uv = clip.xy / max(clip.w, 1e-6) * 0.5 + 0.5;
    bool inside = clip.w > 0.0 && all(equal(clamp(uv, 0.0, 1.0), uv));
    float was = texture(tex_past_reach, uv - u_past_jitter).r;
    bool alike = abs(was - length(past)) < ALIKE * was;
    vec4 before = texture(tex_history, uv);
    float count = inside && alike ? min(before.a * 255.0, u_most) : 0.0;

    // How near the sample's own place is to the pixel: a far one tells less.
    vec2 off = fract(at * frame.size.xy) - 0.5;
    float near = exp2(-4.0 * dot(off, off));
    float share = count < 0.5 ? 1.0 : near / (near + count);
    vec3 c = mix(before.rgb, now, share);
    vec2 grain = texture(tex_grain, gl_FragCoord.xy / 256.0).rg - 0.5;
    // Rounding to 8 bits would stop the mean short of its end.
    out_history = vec4(c + grain.y / 255.0, (count + 1.0) / 255.0);
    float luma = dot(c, vec3(0.2126, 0.7152, 0.0722));
    float mid = clamp(4.0 * luma * (1.0 - luma), 0.0, 1.0);
    c += (params.grade_grain * grain.x * GRAIN_RANGE * mix(0.35, 1.0, mid) + grain.y) / 255.0;
    out_show = vec4(c, 1.0);
}
