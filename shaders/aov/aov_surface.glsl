// What stands in each pixel, for measured pictures. Two variants, which the stencil keeps apart: AOV_SOLID
// is what stands on the ground; the other the ground, beyond its end the bare datum (as light_sky.glsl
// lights it), and 0 where the sky is.
#include "lib/view.glsl"
#if AOV_SOLID
#include "lib/light/solid.glsl"
#else
#include "lib/ground/ground_surface.glsl"
#endif
#stage fragment
in vec2 v_uv;
layout(location = 0) out vec4 out_albedo;
layout(location = 1) out vec4 out_normal;
layout(location = 2) out vec4 out_place; // metres relative to the eye; w: metres along the ray

uniform sampler2D tex_distance;
#if AOV_SOLID
uniform usampler2D tex_surface;
#endif

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec3 dir = view_ray(v_uv);
    float reach = texelFetch(tex_distance, pixel, 0).r;
#if AOV_SOLID
    solid s = solid_unpack(texelFetch(tex_surface, pixel, 0).rg);
    vec3 albedo = s.albedo;
    vec3 normal = s.normal;
#else
    bool land = reach > 0.0;
    if (!land)
        reach = view_datum(dir);
    out_albedo = out_normal = out_place = vec4(0.0);
    if (reach <= 0.0)
        return;
    vec3 albedo = frame.ground_albedo.rgb;
    vec3 normal = vec3(0.0, 0.0, 1.0);
    WHEN(land)
    {
        ground_surface s = ground_shade(dir * reach);
        albedo = s.albedo;
        normal = s.normal;
    }
#endif
    out_albedo = vec4(albedo, 1.0);
    out_normal = vec4(normal, 1.0);
    out_place = vec4(dir * reach, reach);
}
