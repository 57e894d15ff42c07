// What ground that mirrors (water, wet mud) adds to its own light: radiance before the air in between.
#include "lib/water/water_land.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_radiance;

uniform sampler2D tex_distance;

void main()
{
    vec3 rel = view_ray(v_uv) * texelFetch(tex_distance, ivec2(gl_FragCoord.xy), 0).r;
    ground_surface s = ground_mirror(rel);
    vec3 dir = normalize(rel);
    vec3 sky = water_seen(rel, water_way(dir, s.normal));
    out_radiance = vec4(water_mirror(dir, s.normal, s.roughness, s.sun, water_beam(rel), sky), 0.0);
}
