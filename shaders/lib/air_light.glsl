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
    float seen = clamp((mu - edge) / 0.0093 + 0.5, 0.0, 1.0);
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

// What the sky gives a surface with normal n at an altitude, times pi over the irradiance of the
// sun above the air: mean + slope, bent with the normal.
vec3 air_sky_irradiance(float altitude, vec3 n)
{
    return AIR_PI * max(vec3(0.0), air_column(altitude, 0.0) +
                                       (2.0 / 3.0) * n.z * air_column(altitude, 1.0));
}
