// A moving frame at the window's size: the new sample and the frames before, brought along to where
// what they show stands now. Where something else was seen there before, the sample stands alone.
#stage vertex
uniform mat3 u_past_ray; // a ray of the picture in the past's clip space (x, y, w): origin, dx, dy
out vec2 v_uv;
out vec3 v_past_ray;

void main()
{
    v_uv = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
    v_past_ray = u_past_ray * vec3(1.0, v_uv);
    gl_Position = vec4(v_uv * 2.0 - 1.0, 0.0, 1.0);
}

#stage fragment
#include "lib/develop/grain.glsl"
#include "lib/live/moving_tables.glsl"
in vec2 v_uv;
in vec3 v_past_ray;
layout(location = 0) out vec4 out_history; // display values; w: frames in it / 255
layout(location = 1) out vec4 out_show;    // with grain

uniform sampler2D tex_sample; // moving_compose.glsl
uniform sampler2D tex_depth;
uniform sampler2D tex_past_range; // moving_range.glsl
uniform sampler2D tex_history;
uniform sampler2D tex_grain;
uniform vec3 u_past_eye;    // where the eye is in the past's clip space (x, y, w)
uniform vec2 u_jitter;      // of the sample, and
uniform vec2 u_past_jitter; // of the one before: share of the picture
uniform vec2 u_past_size;   // of that one, pixels
uniform float u_most;       // frames that the history may hold; 0: there is none
uniform float u_most_edge;  // and where near and far meet, of which either may be remembered

const float ALIKE = 0.12;      // of the depth: the same thing, seen again

void main()
{
    vec2 at = v_uv - u_jitter;
    vec2 texel = clamp(at, 0.0, 0.9999) * frame.size.xy;
    vec3 now = texture(tex_sample, at).rgb;
    float depth = texelFetch(tex_depth, ivec2(texel), 0).r;
    vec3 clip = v_past_ray * depth + u_past_eye;
    vec2 uv = clip.xy * (0.5 / max(clip.z, 1e-6)) + 0.5;
    bool inside = clip.z > 0.0 && all(equal(clamp(uv, 0.0, 1.0), uv));
    vec2 was = texelFetch(tex_past_range,
                          ivec2(clamp(uv - u_past_jitter, 0.0, 0.9999) * u_past_size), 0).rg;
    bool alike = clip.z > was.x * (1.0 - ALIKE) && clip.z < was.y * (1.0 + ALIKE);
    vec4 before = texture(tex_history, uv);
    float most = was.y > was.x * (1.0 + 3.0 * ALIKE) ? u_most_edge : u_most;
    float count = inside && alike ? min(before.a * 255.0, most) : 0.0;

    // How near the sample's own place is to the pixel: a far one tells less.
    vec2 off = texel - floor(texel) - 0.5;
    float near = 1.0 - 1.6 * dot(off, off);
    float share = count < 0.5 ? 1.0 : near / (near + count);
    vec3 c = mix(before.rgb, now, share);
    vec4 grain = texelFetch(tex_grain, ivec2(gl_FragCoord.xy) & 255, 0) - 0.5;
    // Rounding to 8 bits would stop the mean short of its end.
    out_history = vec4(c + grain.w / 255.0, (count + 1.0) / 255.0);
    float luma = dot(c, vec3(LUMA_R, LUMA_G, LUMA_B));
    c += (grain_codes(GRAIN_RANGE * grain.xyz, luma, params.grade_grain) + grain.w) / 255.0;
    out_show = vec4(c, 1.0);
}
