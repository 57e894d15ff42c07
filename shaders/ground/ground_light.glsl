// Light on the ground: sun through air and fog, the sky that the land leaves, one bounce off the land in
// view. Radiance before the air in between; alpha: roughness, less than 1 where the ground mirrors.
//
// Two variants, for a software rasteriser runs both sides of a branch: with GROUND_NEAR pebbles and blades
// of grass as well, which are too small to be seen farther off.
#include "lib/ground/ground_surface.glsl"
#include "lib/light/surface_light.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_radiance;

uniform sampler2D tex_distance;

void main()
{
    vec3 rel = view_ray(v_uv) * texelFetch(tex_distance, ivec2(gl_FragCoord.xy), 0).r;
    ground_surface s = ground_shade(rel);
    outlook sees = outlook(vec3(horizon_unpack(s.sky.yz), s.sky.x), s.sky.w, s.sun);
    surface_lit l = surface_lit_at(rel, view_altitude(rel), max(length(rel) * frame.eye.z, 1.0), sees.sky, sees.land);
    l.sky *= s.open;
    l.land *= s.open;
    out_radiance = vec4(surface_sent(l, s.albedo, s.normal, sees), s.roughness);
}
