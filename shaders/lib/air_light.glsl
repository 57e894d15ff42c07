// Light in the air, from the tables. See lib/air.glsl.
#include "lib/air.glsl"

uniform sampler2D tex_transmittance; // clear air, from a place to the sun
uniform sampler2D tex_column;        // rows: I0, I1, T'

// Transmittance of the clear air from a place (relative to the eye) to the sun; 0 behind the planet.
vec3 air_sun_clear(vec3 rel, float altitude)
{
    vec3 up = vec3(rel.xy, frame.eye.y + altitude - dot(rel.xy, rel.xy) / (2.0 * frame.eye.y));
    float mu = dot(up, frame.sun.xyz) / length(up);
    float r = frame.eye.y + max(altitude, 0.0);
    // The planet's edge seen from here, softened by the sun's radius.
    float edge = -sqrt(max(0.0, 1.0 - frame.eye.y * frame.eye.y / (r * r)));
    float seen = clamp((mu - edge) / (2.0 * frame.sun.w) + 0.5, 0.0, 1.0);
    return texture(tex_transmittance, air_table_uv(altitude, mu)).rgb * seen;
}

// Metres of full fog from an altitude (against an unbillowed lid) to the sun.
float air_fog_to_sun(float z)
{
    // A shallow layer on a curved planet: the path never exceeds about 1/0.035 of its depth.
    return air_fog_above(z) / sqrt(frame.sun.z * frame.sun.z + 0.0012);
}

vec3 air_column(float altitude, float row)
{
    float u = sqrt(clamp((altitude - frame.column.x) * frame.column.y, 0.0, 1.0));
    return texture(tex_column, vec2(u, (row + 0.5) / 3.0)).rgb;
}

// What the sky gives a surface with normal n at an altitude: irradiance over that of the sun above
// the air. Mean and slope, bent with the normal.
vec3 air_sky_irradiance(float altitude, vec3 n)
{
    return AIR_PI * max(vec3(0.0), air_column(altitude, 0.0) +
                                       (2.0 / 3.0) * n.z * air_column(altitude, 1.0));
}

// Radiance of the sky in a direction above the horizon, from a place: clear air scattered once, as a
// layer of its scale heights, and the fog above by its mean and slope. For reflections; what the
// eye sees is marched.
vec3 air_sky_radiance(vec3 rel, float altitude, float z, vec3 dir)
{
    float rise = max(dir.z, 0.03);
    float c = dot(dir, frame.sun.xyz);
    vec2 above = air_clear_profile(altitude) * vec2(AIR_RAYLEIGH_HEIGHT, params.air_height) / rise;
    vec3 rayleigh = above.x * frame.beta_rayleigh.rgb;
    vec3 aerosol = above.y * frame.beta_aerosol.rgb;
    vec3 beam = air_sun_clear(rel, altitude);
    vec3 depth = rayleigh + aerosol;
    vec3 once = beam * (rayleigh * air_rayleigh_phase(c) +
                        aerosol * params.air_albedo * air_lobe(c, params.air_forward));
    vec3 clear = once * (1.0 - exp(-depth)) / max(depth, vec3(1e-6));
    vec3 through = exp(-frame.beta_fog.rgb * air_fog_above(z) / rise);
    vec3 fog = max(vec3(0.0), air_column(z, 0.0) + dir.z * air_column(z, 1.0));
    return mix(fog, clear, through);
}

// Light scattered many times under a billowed lid, against that under a level one: a slope that
// leans to the sun takes more of it. The sun's share of the light is that of a low sun; what is
// deeper than a few free paths has forgotten the lid's shape.
float air_lid_light(vec2 slope, float depth)
{
    const float SUN_SHARE = 0.8; // tuned by eye against the sky's share over thick fog
    float facing = 1.0 - dot(slope, frame.sun_slope.xy) / max(frame.sun_slope.z, 0.10);
    float free_paths = max(depth, 0.0) * frame.beta_fog.g;
    float share = SUN_SHARE * exp(-0.25 * free_paths);
    return 1.0 + share * (clamp(facing, 0.1, 2.6) - 1.0);
}
