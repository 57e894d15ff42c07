// Limbs: round bars as ribbons that face the eye. What is thinner than a pixel is drawn a pixel wide, in that share
// of the samples (phone-wire antialiasing, Persson 2012; stochastic simplification, Cook et al. 2007).
// With THING_SPAN they hang between two places; with THING_SHADE they are drawn as the sun sees them.
#stage vertex
#include "lib/things/thing_stand.glsl"
layout(location = 0) in vec4 a_from; // m; radius. Of a span: share of the way, m beside it, height; radius
layout(location = 1) in vec4 a_to;
layout(location = 2) in vec4 a_own;   // material, tone, rank, 1: of the trunk
uniform float u_thin; // m: a thinner limb stands for others, and covers as this

#if THING_SHADE
uniform vec3 u_axis[3]; // across, up, toward the sun
uniform vec2 u_half;    // m
uniform float u_texel;  // m
out float v_toward;
#endif
out vec3 v_rel;
out float v_across; // -1..1
out float v_along;  // m
flat out vec3 v_side;
flat out vec3 v_front;
flat out vec3 v_own; // material, tone, the thing's hash
flat out float v_wide; // pixels

#if THING_SPAN
vec3 place_of(vec3 part, vec4 stand)
{
    float t = part.x, turn = mix(i_more.x, i_more.y, t), sag = fract(i_more.z) * 1000.0;
    vec2 at = mix(i_place.xy, i_place.zw, t) + part.y * vec2(cos(turn), sin(turn));
    return vec3(at, mix(stand.x, stand.y, t) + part.z - sag * 4.0 * t * (1.0 - t));
}
#else
uniform float u_lean; // of the height, at most

vec3 place_of(vec3 part, vec4 stand)
{
    // Few lean by much. Which way is another number of the same hash.
    float lean = u_lean * pow(fract(i_more.w * 61.0), 4.0), way = 6.2831853 * fract(i_more.w * 17.0);
    vec3 p = thing_turned(part, i_place.z) * i_place.w;
    p.xy += lean * max(p.z, 0.0) * vec2(cos(way), sin(way));
    return vec3(i_place.xy, stand.x - 0.03) + p;
}
#endif

void main()
{
    vec4 stand = thing_stand();
    vec3 from = place_of(a_from.xyz, stand), to = place_of(a_to.xyz, stand);
    bool upper = (gl_VertexID & 2) != 0;
    float sign = (gl_VertexID & 1) != 0 ? 1.0 : -1.0;
    vec3 at = upper ? to : from;
    vec3 axis = to - from;
    float scale = 1.0;
#if !THING_SPAN
    scale = i_place.w;
#endif
    float radius = (upper ? a_to.w : a_from.w) * scale;
    float most = max(a_to.w, a_from.w) * scale;
    float stands_for = a_own.w > 0.5 ? most : max(most, u_thin * scale);
#if THING_SHADE
    vec3 eye_way = -u_axis[2];
    float half_pixel = 0.5 * u_texel;
    float cover = min(stands_for / half_pixel, 1.0);
    float turn = fract(97.0 * a_own.z + i_more.w);
#else
    vec3 eye_way = at;
    float half_pixel = 0.5 * frame.eye.z * length(at);
    // One share for the whole limb: its ends must not differ.
    float cover = min(stands_for / (0.5 * frame.eye.z * length(0.5 * (from + to))), 1.0);
    float turn = fract(97.0 * a_own.z + i_more.w + 0.61803399 * float(frame.shot.x));
#endif
#if THING_SPAN
    // A pixel wide in that share of the samples: unbroken in each.
    bool gone = turn > cover;
    float wide = 1.0;
#else
    // One that stands for others covers for them.
    cover = min(cover * i_more.y, 1.0);
    float wide = min(1.0, 0.3 + cover);
    bool gone = turn * wide > cover || stand.z > 0.5;
#endif
    vec3 side = cross(axis, eye_way);
    side *= inversesqrt(max(dot(side, side), 1e-12));
    vec3 way = axis * inversesqrt(max(dot(axis, axis), 1e-12));
    radius = max(radius, half_pixel * wide);
    v_side = side;
    v_front = cross(side, way);
    v_front *= dot(v_front, eye_way) > 0.0 ? -1.0 : 1.0;
    v_across = sign;
    // Continuous from one limb to the next.
    v_along = dot(upper ? a_to.xyz : a_from.xyz, vec3(0.6, 0.5, 1.0)) * scale;
    v_own = vec3(a_own.x, a_own.y * (1.0 - 0.8 * smoothstep(0.02, 0.08, most)), i_more.w);
    v_wide = radius / half_pixel;
    v_rel = at + side * (sign * radius) + way * ((upper ? 0.3 : -0.3) * radius);
#if THING_SHADE
    v_toward = dot(u_axis[2], v_rel);
    gl_Position = vec4(gone ? vec2(-9.0) : vec2(dot(u_axis[0], v_rel), dot(u_axis[1], v_rel)) / u_half, 0.0, 1.0);
#else
    gl_Position = gone ? vec4(0.0, 0.0, -1.0, 0.0) : frame.clip_from_world * vec4(v_rel, 1.0);
#endif
}
#stage fragment
#if THING_SHADE
in float v_toward;
out float out_toward;

void main()
{
    out_toward = v_toward;
}
#else
#include "lib/light/solid.glsl"
#include "lib/noise.glsl"
#include "lib/things/thing_weather.glsl"
in vec3 v_rel;
in float v_across;
in float v_along;
flat in vec3 v_side;
flat in vec3 v_front;
flat in vec3 v_own;
flat in float v_wide;
layout(location = 0) out float out_distance;
layout(location = 1) out uvec2 out_surface;

void main()
{
    int material = int(v_own.x + 0.5);
    float s = clamp(v_across, -1.0, 1.0);
    float tone = v_own.y;
    // Fibres run along wood.
    WHEN(v_wide > 3.0 && material <= THING_BARK)
    {
        vec2 q = vec2(asin(s) * 5.0 + 64.0 * v_own.z, v_along * (material == THING_BARK ? 9.0 : 2.5));
        vec2 r = vec2(q.x * 3.0, q.y * 2.0);
        vec3 coarse = noise_gradient(ivec2(floor(q)), fract(q), 501u);
        vec3 fine = noise_gradient(ivec2(floor(r)), fract(r), 502u);
        tone += 1.6 * coarse.x + 1.2 * fine.x;
        s = clamp(s + 0.25 * coarse.y + 0.12 * fine.y, -1.0, 1.0);
    }
    vec3 normal = normalize(s * v_side + sqrt(max(1.0 - s * s, 0.0)) * v_front);
    solid o;
    o.normal = normal;
    o.albedo = thing_albedo(material, tone, v_own.z, normal);
    o.roughness = u_albedo[material].w;
    o.translucency = u_through[material];
    o.kind = material;
    out_distance = length(v_rel);
    out_surface = solid_pack(o);
}
#endif
