// A ray through the air: what it gathers and what it lets through, step by step.
//
// Light: the beam once scattered, with the sun's shadow V, plus what was scattered before, from the
// column. With s_i the scattering of a kind, p_i its phase function, g_i and f_i the first two moments
// of it and v the ray's direction:
//   J = sum s_i { p_i T V + q_i (T' - T) + i_0 + g_i (3 i_1 . v) + f_i (second moment at v) }
// q_i is p_i smoothed by the forward scatterings that the light of T' - T has behind it: of molecules
// it is p_i, of particles it stands between two rows of a table over the angle, read once a ray
// (src/air/phase.h). By Poisson's law these are x / (1 - exp(-x)) in the mean, x = log(T' / T).
// Integral of a step: J (1 - exp(-e d)) / e (Hillaire 2015).
#include "lib/air/air_light.glsl"

uniform sampler2D tex_phase; // rows: p of haze, slab, fog; smoothed once; often

struct air_ray {
    vec3 dir;
    float phase_rayleigh;
    vec3 phase[AIR_LAYERS], once[AIR_LAYERS], often[AIR_LAYERS]; // of the layers
    float toward;                     // the horizontal cosine toward the sun
    vec3 light, through;
};

// Rows of the table: a kind of every layer, then the next kind (src/air/phase.h).

vec3[AIR_LAYERS] air_phase(int kind, float u)
{
    vec3 p[AIR_LAYERS];
    for (int i = 0; i < AIR_LAYERS; i++)
        p[i] = texture(tex_phase, vec2(u, (float(AIR_LAYERS * kind + i) + 0.5) / float(AIR_PHASE_KINDS * AIR_LAYERS))).rgb;
    return p;
}

air_ray air_ray_begin(vec3 dir)
{
    air_ray r;
    r.dir = dir;
    float c = dot(dir, frame.sun.xyz);
    // The angle by sine and cosine: near the sun the cosine alone loses it in float.
    float u = sqrt(atan(length(cross(dir, frame.sun.xyz)), c) / PI);
    r.phase_rayleigh = air_rayleigh_phase(c);
    r.phase = air_phase(AIR_PHASE_FULL, u);
    r.once = air_phase(AIR_PHASE_ONCE, u);
    r.often = air_phase(AIR_PHASE_OFTEN, u);
    r.toward = dot(dir.xy, frame.sun_slope.xy);
    r.light = vec3(0.0);
    r.through = vec3(1.0);
    return r;
}

// One step of length d about a place where the layers have these shares. z: its altitude against
// unbillowed lids; seen: share of the sun's disc; relief: air_lid_light().
void air_ray_step(inout air_ray r, vec3 rel, float altitude, float z, float d, vec3 shares,
                  float seen, float relief)
{
    air_tables a = air_light_at(rel, altitude, z);
    // The zenith turns along a long ray.
    float rise = r.dir.z + dot(rel.xy, r.dir.xy) / frame.eye.y;
    vec3 slant = rise * a.slope + r.toward * a.side;
    vec3 second = 5.0 * (1.5 * rise * rise - 0.5) * a.bend + rise * r.toward * a.turn;
    vec3 lit = a.beam * seen;
    vec3 ratio = max((a.beam + a.spread) / max(a.beam, 1e-20), 1.0001);
    vec3 times = log(ratio) * ratio / (ratio - 1.0);
    vec3 often = a.spread * clamp((times - 1.0) / (AIR_PHASE_TIMES - 1.0), 0.0, 1.0);
    vec3 once = a.spread - often;

    // The mean of the exponential over the step: sinh(x) / x times the middle's.
    float x = 0.5 * d * rise / AIR_RAYLEIGH_HEIGHT_M;
    float bulge = 1.0 + x * x * (1.0 / 6.0 + x * x / 120.0);
    vec3 molecules = bulge * air_rayleigh_profile(altitude) * frame.beta_rayleigh.rgb;
    vec3 extinction = molecules + air_ozone_profile(altitude) * frame.beta_ozone.rgb;
    vec3 source = molecules * (r.phase_rayleigh * (lit + a.spread) + a.mean + 0.1 * second);
    for (int i = 0; i < 3; i++) {
        vec3 scattering = shares[i] * frame.layer_scattering[i].rgb;
        float bright = i == 2 ? relief : 1.0;
        extinction += shares[i] * frame.layer_extinction[i].rgb;
        source += scattering *
                  (r.phase[i] * lit +
                   bright * max(vec3(0.0), r.once[i] * once + r.often[i] * often + a.mean +
                                               frame.layer_asymmetry[i].rgb * slant +
                                               frame.layer_forward[i].rgb * second));
    }
    vec3 t = exp(-extinction * d);
    r.light += r.through * source * (1.0 - t) / max(extinction, vec3(1e-12));
    r.through *= t;
}
