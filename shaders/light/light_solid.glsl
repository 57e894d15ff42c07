// Light on what stands on the ground, by the surface words that its subject wrote. Radiance before the air
// in between; alpha 1: nothing of it mirrors.
#include "lib/light/solid_light.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_radiance;

uniform sampler2D tex_distance;
uniform usampler2D tex_surface;

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec3 rel = view_ray(v_uv) * texelFetch(tex_distance, pixel, 0).r;
    out_radiance = vec4(solid_radiance(rel, solid_unpack(texelFetch(tex_surface, pixel, 0).rg)), 1.0);
}
