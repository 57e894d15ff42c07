// Light on what the G-buffer holds: sun through air and fog, the sky, one bounce off the ground
// around; and where nothing stands, the sun's disc. Radiance before the air in between.
#include "lib/air_light.glsl"
#include "lib/sky.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_radiance;

uniform sampler2D tex_albedo;
uniform sampler2D tex_normal;
uniform sampler2D tex_distance;

vec3 octahedral_normal(vec2 e)
{
    e = e * 2.0 - 1.0;
    vec3 n = vec3(e, 1.0 - abs(e.x) - abs(e.y));
    float t = max(-n.z, 0.0);
    n.xy += vec2(n.x >= 0.0 ? -t : t, n.y >= 0.0 ? -t : t);
    return normalize(n);
}

// Light that leaves a surface: albedo, normal, and what it sees of the sky and the sun.
vec3 surface_radiance(vec3 rel, vec3 albedo, vec3 n, float sees_sky, float sees_sun)
{
    float altitude = view_altitude(rel);
    float z = altitude - air_lid(rel.xy, max(length(rel) * frame.eye.z, 1.0), 1.0).x;
    vec3 beam = air_sun_clear(rel, altitude) * exp(-frame.beta_fog.rgb * air_fog_to_sun(z));
    vec3 sun = beam * sees_sun * max(0.0, dot(n, frame.sun.xyz));
    // What the fog scattered forward still comes from about where the sun is.
    vec3 spread = max(vec3(0.0), air_column(z, 2.0) - beam) * max(0.0, frame.sun.z);
    vec3 sky = air_sky_irradiance(z, n) + spread * max(0.0, 0.5 + 0.5 * n.z);
    vec3 level = beam * max(0.0, frame.sun.z) + spread +
                 air_sky_irradiance(z, vec3(0.0, 0.0, 1.0));
    float below = 1.0 - sees_sky * (0.5 + 0.5 * n.z);
    vec3 bounce = level * frame.ground_albedo.rgb * below;
    return albedo / AIR_PI * (sun + sky * sees_sky + bounce);
}

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec3 dir = view_ray(v_uv);
    float reach = texelFetch(tex_distance, pixel, 0).r;
    float datum = view_datum(dir);
    bool land = reach > 0.0;
    if (!land && datum <= 0.0) {
        out_radiance = vec4(sky_sun_disc(dir), 1.0);
        return;
    }
    vec4 albedo = texelFetch(tex_albedo, pixel, 0);
    vec4 normal = texelFetch(tex_normal, pixel, 0);
    vec3 colour = land ? albedo.rgb * albedo.rgb : frame.ground_albedo.rgb;
    vec3 n = land ? octahedral_normal(normal.xy) : vec3(0.0, 0.0, 1.0);
    vec2 sees = land ? normal.zw : vec2(1.0);
    out_radiance = vec4(
        surface_radiance(dir * (land ? reach : datum), colour, n, sees.x, sees.y), 1.0);
}
