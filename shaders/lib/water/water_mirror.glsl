// What smooth ground sends on: Fresnel's share of the sky (Schlick 1994; 2% at right angles, water) and of
// the sun, whose image ripples spread to half a degree. One formula for stills and for the moving picture,
// which differ in where they take sky and beam from.
#include "lib/light/surface_light.glsl"

const float WATER_NORMAL = 0.02;
const float WATER_RIPPLE = 0.009; // rad, by eye

// toward: the cosine of the ray and the normal, which it meets.
float water_fresnel(float toward)
{
    float facing = clamp(1.0 + toward, 0.0, 1.0);
    return WATER_NORMAL + (1.0 - WATER_NORMAL) * pow(facing, 5.0);
}

// The direction that a ray along dir takes off a surface with normal n; never into the ground.
vec3 water_way(vec3 dir, vec3 n)
{
    vec3 way = reflect(dir, n);
    way.z = abs(way.z);
    return way;
}

const float WATER_REACH = 60000.0; // m: what a reflection can tell

// The air along a ray from a place, marched for `reach` metres: a few steps through the mean of it.
air_ray water_air(vec3 rel, vec3 dir, float reach)
{
    const int STEPS = 6;
    float altitude = view_altitude(rel);
    air_ray r = air_ray_begin(dir);
    float a = 0.0;
    for (int i = 1; i <= STEPS; i++) {
        float u = float(i) / float(STEPS);
        float b = reach * u * u * u;
        float t = 0.5 * (a + b);
        float z0 = altitude + a * dir.z;
        float z1 = altitude + b * dir.z;
        float z = altitude + t * dir.z;
        vec3 shares = air_layer_between(vec3(z0), vec3(z1)) * frame.layer_cover.xyz;
        air_ray_step(r, rel + dir * t, z, z, b - a, shares, 1.0, 1.0);
        a = b;
    }
    return r;
}

// The sun's beam at a place, through the billows of the layers' tops above it.
vec3 water_beam(vec3 rel)
{
    float altitude = view_altitude(rel);
    return air_light_at(rel, altitude, air_level(rel, altitude, max(length(rel) * frame.eye.z, 1.0))).beam;
}

// Radiance that a smooth place mirrors toward the eye, along a ray dir that meets its normal n. roughness:
// 0 is still water, 1 mirrors nothing; sun: share of the disc that the place sees; beam: the sun's there; sky:
// radiance along water_way(), of the sky or of the land in front of it.
vec3 water_mirror(vec3 dir, vec3 n, float roughness, float sun, vec3 beam, vec3 sky)
{
    float share = water_fresnel(dot(dir, n));
    float spread = WATER_RIPPLE + roughness;
    vec3 apart = water_way(dir, n) - frame.sun.xyz;
    vec3 disc = beam * sun * exp(-dot(apart, apart) / (spread * spread)) / (PI * spread * spread);
    // Rough ground is smoother the lower one looks along it (Rayleigh's criterion: Beckmann & Spizzichino 1963).
    float rises = 8.0 * roughness * dot(dir, n);
    float smooth_share = min(2.0 - 2.0 * roughness, 1.0) * exp(-rises * rises);
    return share * smooth_share * (sky + disc);
}
