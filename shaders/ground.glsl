// The ground into the G-buffer.
#stage vertex
#include "lib/ground_mesh.glsl"
#stage fragment
#include "lib/ground_surface.glsl"
in vec3 v_rel;
layout(location = 0) out vec4 out_albedo; // square root of the linear albedo, for its 8 bits
layout(location = 1) out vec4 out_normal; // octahedral normal, sky visibility, sun visibility
layout(location = 2) out float out_distance;
layout(location = 3) out vec4 out_shade; // bent sky (x, y), light of the land, roughness

vec2 octahedral(vec3 n)
{
    n /= abs(n.x) + abs(n.y) + abs(n.z);
    vec2 folded = (1.0 - abs(n.yx)) * vec2(n.x >= 0.0 ? 1.0 : -1.0, n.y >= 0.0 ? 1.0 : -1.0);
    return (n.z >= 0.0 ? n.xy : folded) * 0.5 + 0.5;
}

void main()
{
    ground_surface s = ground_shade(v_rel);
    out_albedo = vec4(sqrt(s.albedo), 1.0);
    out_normal = vec4(octahedral(s.normal), s.sky.x, s.sun);
    out_distance = length(v_rel);
    out_shade = vec4(s.sky.yzw, s.roughness);
}
