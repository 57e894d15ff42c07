// What stands where nothing was drawn: the sun's disc and the sky behind the air, and beyond the land's end
// the bare datum. Radiance before the air in between.
#include "lib/air/sky.glsl"
#include "lib/light/surface_light.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_radiance;

void main()
{
    vec3 dir = view_ray(v_uv);
    float datum = view_datum(dir);
    outlook open = outlook(vec3(0.0, 0.0, 1.0), 0.0, 1.0);
    vec3 bare = surface_radiance(dir * datum, frame.ground_albedo.rgb, vec3(0.0, 0.0, 1.0), open);
    out_radiance = vec4(datum > 0.0 ? bare : sky_behind(dir), 1.0);
}
