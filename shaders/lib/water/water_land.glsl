// The land that a mirror shows: a ray off it traced over the clipmap's heights (as in "relief mapping",
// Policarpo, Oliveira & Comba 2005, with steps that grow with the distance), and what light it meets there.
#include "lib/ground/ground_surface.glsl"
#include "lib/water/water_mirror.glsl"

// How far the ground stands above a place, metres; below it, negative.
float water_over(vec3 rel)
{
    int level = clipmap_level(rel.xy);
    return texture(tex_height, clipmap_uv(rel.xy, level)).r - view_altitude(rel);
}

// Metres along a ray from a place to the ground, or WATER_REACH where it meets none.
float water_meets(vec3 rel, vec3 dir)
{
    float far = clipmap_half(CLIPMAP_READ_MARGIN) * frame.level[CLIPMAP_LEVELS - 1].w;
    float near_t = 1.0, near_over = -1.0, t = 1.0;
    for (int k = 0; k < 64; k++) {
        t = near_t * 1.17 + 1.0;
        vec3 at = rel + dir * t;
        if (t > WATER_REACH || max(abs(at.x), abs(at.y)) > far)
            return WATER_REACH;
        float over = water_over(at);
        if (over > 0.0)
            break;
        near_t = t;
        near_over = over;
    }
    // The place in between: halved, then where the chord meets the ground.
    float far_t = t;
    for (int k = 0; k < 5; k++) {
        t = 0.5 * (near_t + far_t);
        float over = water_over(rel + dir * t);
        far_t = over > 0.0 ? t : far_t;
        near_t = over > 0.0 ? near_t : t;
    }
    return 0.5 * (near_t + far_t);
}

// Radiance of the ground at a place: of the mean albedo of all land, and of rock where it is steep, for what a
// mirror shows is blurred.
vec3 water_ground(vec3 rel)
{
    int level = clipmap_level(rel.xy);
    vec2 grad = texture(tex_slope, clipmap_uv(rel.xy, level)).rg;
    vec4 sky = texture(tex_sky, clipmap_uv(rel.xy, level));
    float sun = clipmap_sun(rel, (0.3 + 0.6 * length(grad)) * frame.level[level].w);
    outlook sees = outlook(vec3(horizon_unpack(sky.yz), sky.x), sky.w, sun);
    vec3 rock = 0.5 * (params.ground_rock_dark + params.ground_rock);
    vec3 albedo = mix(frame.ground_albedo.rgb, rock, smoothstep(0.25, 0.6, length(grad)));
    return surface_radiance(rel, albedo, normalize(vec3(-grad, 1.0)), sees);
}

// Radiance that comes to a place from a direction, of the land or of the sky. Ripples stretch what is mirrored
// upright: each sample after the first looks a little higher or lower, by 0.007 rad at most.
vec3 water_seen(vec3 rel, vec3 way)
{
    float lift = frame.shot.x > 0 ? fract(0.61803399 * float(frame.shot.x)) - 0.5 : 0.0;
    vec3 dir = normalize(vec3(way.xy, max(way.z + 0.013 * lift, 0.0005)));
    float reach = water_meets(rel, dir);
    air_ray r = water_air(rel, dir, reach);
    vec3 light = r.light;
    if (reach < WATER_REACH)
        light += r.through * water_ground(rel + dir * reach);
    return light;
}
