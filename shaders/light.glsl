// Light on what the G-buffer holds: sun through air and fog, the sky that the land leaves, one bounce
// off the land in view; and where nothing stands, the sun's disc. Radiance before the air in between.
#include "lib/air_ray.glsl"
#include "lib/gbuffer.glsl"
#include "lib/horizon.glsl"
#include "lib/sky.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_radiance;

uniform sampler2D tex_albedo;
uniform sampler2D tex_normal;
uniform sampler2D tex_shade;
uniform sampler2D tex_distance;

// What a surface sees: lib/horizon.glsl.
struct outlook {
    vec3 sky;   // B
    float land; // light that leaves the land in view: of the beam, for an albedo of 1
    float sun;  // share of the disc
};

// Light that leaves a surface, from its albedo and normal.
vec3 surface_radiance(vec3 rel, vec3 albedo, vec3 n, outlook sees)
{
    float altitude = view_altitude(rel);
    float z = air_level(rel, altitude, max(length(rel) * frame.eye.z, 1.0));
    air_tables air = air_light_at(rel, altitude, z);
    vec3 sun = air.beam * sees.sun * max(0.0, dot(n, frame.sun.xyz));
    // What the air scattered forward still comes from about where the sun is.
    vec3 spread = air.spread * max(0.0, frame.sun.z);
    float open = horizon_sky_share(n, sees.sky);
    vec3 bent = sees.sky * inversesqrt(max(dot(sees.sky, sees.sky), 1e-6));
    vec3 sky = air_sky_irradiance(air, bent) + spread;
    // The land in view lies under about the same share of sky as the place itself.
    vec3 up = air_sky_irradiance(air, vec3(0.0, 0.0, 1.0)) + spread;
    vec3 land = frame.ground_albedo.rgb * (air.beam * sees.land + up * sees.sky.z);
    return albedo / AIR_PI * (sun + sky * open + land * (1.0 - open));
}

// Radiance of the sky in a direction, from a place, for reflections: a few steps through the mean of
// the air.
vec3 sky_radiance(vec3 rel, float altitude, vec3 dir)
{
    const int STEPS = 6;
    const float REACH = 60000.0; // m: what a reflection can tell
    air_ray r = air_ray_begin(dir);
    float a = 0.0;
    for (int i = 1; i <= STEPS; i++) {
        float u = float(i) / float(STEPS);
        float b = REACH * u * u * u;
        float t = 0.5 * (a + b);
        float z0 = altitude + a * dir.z;
        float z1 = altitude + b * dir.z;
        float z = altitude + t * dir.z;
        vec3 shares = air_layer_between(vec3(z0), vec3(z1)) * frame.layer_cover.xyz;
        air_ray_step(r, rel + dir * t, z, z, b - a, shares, 1.0, 1.0);
        a = b;
    }
    return r.light;
}

// What smooth ground sends on: Fresnel's share of the sky (Schlick 1994; 2% at right angles, water) and
// of the sun, whose image ripples spread to half a degree.
const float WATER_NORMAL = 0.02;
const float WATER_RIPPLE = 0.009; // rad, by eye
vec3 mirrored(vec3 rel, vec3 n, float roughness, float sun)
{
    vec3 dir = normalize(rel);
    vec3 way = reflect(dir, n);
    way.z = abs(way.z);
    float altitude = view_altitude(rel);
    float z = air_level(rel, altitude, max(length(rel) * frame.eye.z, 1.0));
    float facing = clamp(1.0 + dot(dir, n), 0.0, 1.0);
    float share = WATER_NORMAL + (1.0 - WATER_NORMAL) * pow(facing, 5.0);
    float spread = WATER_RIPPLE + roughness;
    vec3 apart = way - frame.sun.xyz;
    vec3 beam = air_light_at(rel, altitude, z).beam;
    vec3 disc = beam * sun * exp(-dot(apart, apart) / (spread * spread)) / (AIR_PI * spread * spread);
    float smooth_share = (1.0 - roughness) * (1.0 - roughness);
    return share * smooth_share * (sky_radiance(rel, altitude, way) + disc);
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
    vec3 colour = land ? gbuffer_albedo(albedo.rgb) : frame.ground_albedo.rgb;
    vec3 n = land ? gbuffer_normal(normal.xy) : vec3(0.0, 0.0, 1.0);
    outlook sees = outlook(vec3(0.0, 0.0, 1.0), 0.0, 1.0);
    float roughness = 1.0;
    if (land) {
        vec4 shade = texelFetch(tex_shade, pixel, 0);
        roughness = shade.w;
        sees = outlook(vec3(horizon_unpack(shade.xy), normal.z), shade.z, normal.w);
    }
    vec3 rel = dir * (land ? reach : datum);
    vec3 radiance = surface_radiance(rel, colour, n, sees);
    WHEN(land && roughness < 1.0)
    {
        radiance += mirrored(rel, n, roughness, sees.sun);
    }
    out_radiance = vec4(radiance, 1.0);
}
