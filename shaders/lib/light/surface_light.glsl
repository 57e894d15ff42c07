// Light on a surface and off it: sun through air and fog, the sky that the land leaves, one bounce off
// the land in view.
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
