// Light on a surface and off it: sun through air and fog, the sky that the land leaves, one bounce off
// the land in view, and what smooth ground mirrors.
#include "lib/air/air_ray.glsl"
#include "lib/ground/horizon.glsl"

// What a surface sees: lib/ground/horizon.glsl.
struct outlook {
    vec3 sky;   // B
    float land; // light that leaves the land in view: of the beam, for an albedo of 1
    float sun;  // share of the disc
};

// What arrives at a place, as irradiance over that of the sun above the air.
struct surface_lit {
    vec3 beam; // the sun, where it is seen, on what faces it
    vec3 sky;  // where all of the sky is seen
    vec3 land; // where nothing but land is
};

// footprint: metres that a pixel covers there.
surface_lit surface_lit_at(vec3 rel, float altitude, float footprint, vec3 sky_seen, float land_seen)
{
    surface_lit l;
    float z = air_level(rel, altitude, footprint);
    air_tables air = air_light_at(rel, altitude, z);
    l.beam = air.beam;
    // What the air scattered forward still comes from about where the sun is.
    vec3 spread = air.spread * max(0.0, frame.sun.z);
    vec3 bent = sky_seen * inversesqrt(max(dot(sky_seen, sky_seen), 1e-6));
    l.sky = air_sky_irradiance(air, bent) + spread;
    // The land in view lies under about the same share of sky as the place itself.
    vec3 up = air_sky_irradiance(air, vec3(0.0, 0.0, 1.0)) + spread;
    l.land = frame.ground_albedo.rgb * (air.beam * land_seen + up * sky_seen.z);
    return l;
}

// Light that leaves a surface, from its albedo and normal.
vec3 surface_sent(surface_lit l, vec3 albedo, vec3 n, outlook sees)
{
    vec3 sun = l.beam * sees.sun * max(0.0, dot(n, frame.sun.xyz));
    float open = horizon_sky_share(n, sees.sky);
    return albedo / PI * (sun + l.sky * open + l.land * (1.0 - open));
}

vec3 surface_radiance(vec3 rel, vec3 albedo, vec3 n, outlook sees)
{
    surface_lit l = surface_lit_at(rel, view_altitude(rel), max(length(rel) * frame.eye.z, 1.0),
                                   sees.sky, sees.land);
    return surface_sent(l, albedo, n, sees);
}

// Radiance of the sky in a direction, from a place, for reflections: a few steps through the mean of
// the air.
vec3 surface_sky(vec3 rel, float altitude, vec3 dir)
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

// toward: the cosine of the ray and the normal, which it meets.
float surface_fresnel(float toward)
{
    float facing = clamp(1.0 + toward, 0.0, 1.0);
    return WATER_NORMAL + (1.0 - WATER_NORMAL) * pow(facing, 5.0);
}

vec3 surface_mirror(vec3 rel, vec3 n, float roughness, float sun)
{
    vec3 dir = normalize(rel);
    vec3 way = reflect(dir, n);
    way.z = abs(way.z);
    float altitude = view_altitude(rel);
    float z = air_level(rel, altitude, max(length(rel) * frame.eye.z, 1.0));
    float share = surface_fresnel(dot(dir, n));
    float spread = WATER_RIPPLE + roughness;
    vec3 apart = way - frame.sun.xyz;
    vec3 beam = air_light_at(rel, altitude, z).beam;
    vec3 disc = beam * sun * exp(-dot(apart, apart) / (spread * spread)) / (PI * spread * spread);
    float smooth_share = (1.0 - roughness) * (1.0 - roughness);
    return share * smooth_share * (surface_sky(rel, altitude, way) + disc);
}
