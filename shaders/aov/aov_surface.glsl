// What stands in each pixel, for measured pictures: the land, beyond its end the bare datum (as
// light.glsl lights it), and 0 where the sky is.
#include "lib/ground/ground_surface.glsl"
#stage fragment
in vec2 v_uv;
layout(location = 0) out vec4 out_albedo;
layout(location = 1) out vec4 out_normal;
layout(location = 2) out vec4 out_place; // metres relative to the eye; w: metres along the ray

uniform sampler2D tex_distance;

void main()
{
    vec3 dir = view_ray(v_uv);
    float land = texelFetch(tex_distance, ivec2(gl_FragCoord.xy), 0).r;
    float reach = land > 0.0 ? land : view_datum(dir);
    out_albedo = out_normal = out_place = vec4(0.0);
    if (reach <= 0.0)
        return;
    vec3 albedo = frame.ground_albedo.rgb;
    vec3 normal = vec3(0.0, 0.0, 1.0);
    WHEN(land > 0.0)
    {
        ground_surface s = ground_shade(dir * land);
        albedo = s.albedo;
        normal = s.normal;
    }
    out_albedo = vec4(albedo, 1.0);
    out_normal = vec4(normal, 1.0);
    out_place = vec4(dir * reach, reach);
}
