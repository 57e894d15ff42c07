// Light on what the G-buffer holds: sun through air and fog, the sky that the land leaves, one bounce
// off the land in view; and where nothing stands, the sun's disc. Radiance before the air in between.
#include "lib/gbuffer.glsl"
#include "lib/sky.glsl"
#include "lib/surface_light.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_radiance;

uniform sampler2D tex_albedo;
uniform sampler2D tex_normal;
uniform sampler2D tex_shade;
uniform sampler2D tex_distance;

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec3 dir = view_ray(v_uv);
    float reach = texelFetch(tex_distance, pixel, 0).r;
    float datum = view_datum(dir);
    bool land = reach > 0.0;
    if (!land && datum <= 0.0) {
        out_radiance = vec4(sky_sun_disc(dir), 1.0);
        return;
    }
    vec4 albedo = texelFetch(tex_albedo, pixel, 0);
    vec4 normal = texelFetch(tex_normal, pixel, 0);
    vec3 colour = land ? gbuffer_albedo(albedo.rgb) : frame.ground_albedo.rgb;
    vec3 n = land ? gbuffer_normal(normal.xy) : vec3(0.0, 0.0, 1.0);
    outlook sees = outlook(vec3(0.0, 0.0, 1.0), 0.0, 1.0);
    float roughness = 1.0;
    if (land) {
        vec4 shade = texelFetch(tex_shade, pixel, 0);
        roughness = shade.w;
        sees = outlook(vec3(horizon_unpack(shade.xy), normal.z), shade.z, normal.w);
    }
    vec3 rel = dir * (land ? reach : datum);
    vec3 radiance = surface_radiance(rel, colour, n, sees);
    WHEN(land && roughness < 1.0)
    {
        radiance += surface_mirror(rel, n, roughness, sees.sun);
    }
    out_radiance = vec4(radiance, 1.0);
}
