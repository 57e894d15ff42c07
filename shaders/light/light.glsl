// Light on what stands in the pixels: sun through air and fog, the sky that the land leaves, one bounce
// off the land in view. Radiance before the air in between; alpha: 1, less where the ground mirrors.
//
// LIGHT_PART says whose pixels these are; the depth and stencil tests keep the others out, for a software
// rasteriser runs both sides of a branch:
//   0  none: the sun's disc, and beyond the land's end the bare datum
//   1  land whose pebbles and blades are too small to be seen
//   2  land close by
//   3  land that mirrors: what it adds
#ifndef LIGHT_PART
#define LIGHT_PART 2
#endif
#define GROUND_NEAR (LIGHT_PART >= 2)
#include "lib/ground/ground_surface.glsl"
#include "lib/air/sky.glsl"
#include "lib/light/surface_light.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_radiance;

uniform sampler2D tex_distance;

#if LIGHT_PART == 0
void main()
{
    vec3 dir = view_ray(v_uv);
    float datum = view_datum(dir);
    outlook open = outlook(vec3(0.0, 0.0, 1.0), 0.0, 1.0);
    vec3 bare = surface_radiance(dir * datum, frame.ground_albedo.rgb, vec3(0.0, 0.0, 1.0), open);
    out_radiance = vec4(datum > 0.0 ? bare : sky_behind(dir), 1.0);
}
#else
void main()
{
    vec3 rel = view_ray(v_uv) * texelFetch(tex_distance, ivec2(gl_FragCoord.xy), 0).r;
    ground_surface s = ground_shade(rel);
    outlook sees = outlook(vec3(horizon_unpack(s.sky.yz), s.sky.x), s.sky.w, s.sun);
#if LIGHT_PART == 3
    out_radiance = vec4(surface_mirror(rel, s.normal, s.roughness, s.sun), 0.0);
#else
    out_radiance = vec4(surface_radiance(rel, s.albedo, s.normal, sees), s.roughness);
#endif
}
#endif
