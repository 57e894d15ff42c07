// Faces: rock, and what people wear and carry. Chips and weave are drawn in the thing's own space. With THING_SHADE
// they are drawn as the sun sees them.
#stage vertex
#include "lib/things/thing_stand.glsl"
uniform float u_sink; // share of the height that is in the ground
layout(location = 0) in vec3 a_at;
layout(location = 1) in vec3 a_normal;
layout(location = 2) in vec2 a_own;   // material, tone

#if THING_SHADE
uniform vec3 u_axis[3]; // across, up, toward the sun
uniform vec2 u_half;    // m
out float v_toward;
#endif
out vec3 v_rel;
out vec3 v_normal;
out vec3 v_object;    // m, in the thing's own space
flat out vec4 v_own;  // material, tone, share of limestone, the thing's hash
flat out vec2 v_turn; // cosine, sine

void main()
{
    vec4 stand = thing_stand();
    float size = i_place.w;
    float low = (u_sink + 0.35 * min(stand.y, 1.0)) * size * 0.6;
    vec3 p = thing_turned(a_at, i_place.z) * size;
    v_rel = vec3(i_place.xy, stand.x - low) + p;
    v_normal = thing_turned(a_normal, i_place.z);
    v_object = a_at * size + 40.0 * i_more.w;
    v_own = vec4(a_own, i_more.x, i_more.w);
    v_turn = vec2(cos(i_place.z), sin(i_place.z));
    bool gone = stand.z > 0.5;
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
in vec3 v_normal;
in vec3 v_object;
flat in vec4 v_own;
flat in vec2 v_turn;
layout(location = 0) out float out_distance;
layout(location = 1) out uvec2 out_surface;

// Octaves of chips from `wavelength` metres down to the pixel: turn the normal; returns lighter and darker.
float chips(float pixel, float wavelength, inout vec3 turn)
{
    float mottle = 0.0;
    for (int k = 0; k < 8; k++) {
        float keep = 1.0 - smoothstep(0.25, 0.6, pixel / wavelength);
        if (keep <= 0.0)
            break;
        vec3 q = v_object / (wavelength * vec3(1.0, 1.0, 0.55));
        vec3 q0 = floor(q);
        vec4 o = noise_space(ivec3(q0), q - q0, uint(521 + k));
        // Folded: flat chips that meet in edges.
        float fold = o.x < 0.0 ? -1.0 : 1.0;
        turn += keep * 0.2 * fold * o.yzw;
        mottle += keep * 0.5 * (abs(o.x) - 0.2) + keep * 0.15 * o.x;
        wavelength *= 0.5;
    }
    return mottle;
}

void main()
{
    float distance = length(v_rel);
    vec3 turn = vec3(0.0);
    int material = int(v_own.x + 0.5);
    bool is_rock = material == THING_ROCK;
    float mottle = chips(distance * frame.surface.x, is_rock ? 0.55 : 0.06, turn);
    turn *= is_rock ? 1.0 : 0.22;
    vec3 normal = normalize(v_normal);
    turn.xy = vec2(v_turn.x * turn.x - v_turn.y * turn.y, v_turn.y * turn.x + v_turn.x * turn.y);
    normal = normalize(normal - (turn - normal * dot(normal, turn)));
    vec3 rock = mix(params.ground_rock_dark, params.ground_rock, 0.45 + 0.3 * v_own.y + 0.5 * (v_own.w - 0.5));
    rock = mix(rock, params.ground_limestone * (0.75 + 0.2 * v_own.y), v_own.z);
    rock *= 1.0 + 0.8 * mottle;
    // Lichens on what faces the sky, soil at the foot.
    float up = clamp(normal.z, 0.0, 1.0);
    up *= up;
    rock = mix(rock, params.ground_silt, clamp(0.6 * params.ground_dust * up, 0.0, 1.0));
    rock = mix(rock, params.ground_ash, clamp(1.1 * params.ground_ash_cover * up, 0.0, 1.0));
    vec3 made = thing_albedo(material, v_own.y + 1.5 * mottle, v_own.w, normal);
    solid o;
    o.normal = normal;
    o.albedo = clamp(is_rock ? rock : made, 0.01, 0.9);
    o.roughness = u_albedo[material].w;
    o.translucency = u_through[material];
    o.kind = material;
    out_distance = distance;
    out_surface = solid_pack(o);
}
#endif
