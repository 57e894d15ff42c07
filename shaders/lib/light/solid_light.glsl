// Light on what stands on the ground. The sun is hidden by land as on the ground (clipmap_sun); the sky and
// the land in view are those of the ground beneath, at the level whose samples are about as far apart as the
// place is high: land nearer than that lies below its horizon.
#include "lib/ground/clipmap.glsl"
#include "lib/light/solid.glsl"
#include "lib/light/surface_light.glsl"
#include "lib/noise.glsl"
#include "lib/things/thing_shade.glsl"
#include "lib/view.glsl"

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_sky;

// What a place sees, metres relative to the eye.
outlook solid_outlook(vec3 rel)
{
    int level = clipmap_level(rel.xy);
    float ground = texture(tex_height, clipmap_uv(rel.xy, level)).r;
    float height = max(view_altitude(rel) - ground, 0.0);
    int high = int(ceil(log2(max(height / frame.level[0].w, 1.0))));
    vec4 sees = texture(tex_sky, clipmap_uv(rel.xy, clamp(high, level, CLIPMAP_LEVELS - 1)));
    float sun = clipmap_sun(rel, max(0.6 * frame.level[level].w, 0.05)) * thing_shade(rel, 0.12);
    return outlook(vec3(horizon_unpack(sees.yz), sees.x), sees.w, sun);
}

// Radiance of a surface under the light that arrives at it; what is translucent passes on a share of the
// light on its back.
vec3 solid_sent(surface_lit l, vec3 albedo, vec3 n, float translucency, outlook sees)
{
    vec3 front = surface_sent(l, albedo, n, sees);
    return mix(front, surface_sent(l, albedo, -n, sees), translucency);
}

vec3 solid_radiance(vec3 rel, solid s)
{
    outlook sees = solid_outlook(rel);
    surface_lit l = surface_lit_at(rel, view_altitude(rel), max(length(rel) * frame.eye.z, 1.0), sees.sky,
                                   sees.land);
    return solid_sent(l, s.albedo, s.normal, s.translucency, sees);
}
