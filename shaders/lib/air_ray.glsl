// A ray through the air: what it gathers and what it lets through, step by step.
//
// Light: the beam once scattered, with the sun's shadow V, plus what was scattered before, from the
// column. With s_i the scattering of a kind, p_i its phase function and v the ray's direction:
//   J = sum s_i { p_i T V + HG(g_i^2) (T' - T) + i_0 + g_i (3 i_1 . v) }
// The forward lobes stand in a table over the angle, read once a ray (src/air/phase.h).
// Integral of a step: J (1 - exp(-e d)) / e (Hillaire 2015).
#include "lib/air_light.glsl"

uniform sampler2D tex_phase; // rows: p of haze, slab, fog; HG(g^2) of them

struct air_ray {
    vec3 dir;
    float phase_rayleigh;
    vec3 phase[3], peak[3]; // of the layers
    float toward;           // the horizontal cosine toward the sun
    vec3 light, through;
};

vec3 air_phase(int row, float u)
{
    return texture(tex_phase, vec2(u, (float(row) + 0.5) / 6.0)).rgb;
}

air_ray air_ray_begin(vec3 dir)
{
    air_ray r;
    r.dir = dir;
    float c = dot(dir, frame.sun.xyz);
    // The angle by sine and cosine: near the sun the cosine alone loses it in float.
    float u = sqrt(atan(length(cross(dir, frame.sun.xyz)), c) / AIR_PI);
    r.phase_rayleigh = air_rayleigh_phase(c);
    r.phase = vec3[3](air_phase(0, u), air_phase(1, u), air_phase(2, u));
    r.peak = vec3[3](air_phase(3, u), air_phase(4, u), air_phase(5, u));
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
    vec3 lit = a.beam * seen;

    vec3 molecules = air_rayleigh_profile(altitude) * frame.beta_rayleigh.rgb;
    vec3 extinction = molecules + air_ozone_profile(altitude) * frame.beta_ozone.rgb;
    vec3 source = molecules * (r.phase_rayleigh * lit + a.spread / (4.0 * AIR_PI) + a.mean);
    for (int i = 0; i < 3; i++) {
        vec3 scattering = shares[i] * frame.layer_scattering[i].rgb;
        float bright = i == 2 ? relief : 1.0;
        extinction += shares[i] * frame.layer_extinction[i].rgb;
        source += scattering *
                  (r.phase[i] * lit +
                   bright * max(vec3(0.0), r.peak[i] * a.spread + a.mean +
                                               frame.layer_asymmetry[i].rgb * slant));
    }
    vec3 t = exp(-extinction * d);
    r.light += r.through * source * (1.0 - t) / max(extinction, vec3(1e-12));
    r.through *= t;
}
