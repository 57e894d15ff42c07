// The ground's albedo at a texel of a clipmap level, for pictures of a moving eye: all that does not
// change from pixel to pixel.
#define GROUND_NEAR 0
#include "lib/ground/ground_close.glsl"
#stage fragment
out vec4 out_bake; // square root of the linear albedo; half of the roughness of its relief, 0: water

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_slope;
uniform ivec2 u_origin; // as in ground_height.glsl
uniform int u_shift;
uniform int u_level;
uniform float u_spacing;

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy);
    ivec2 g = u_origin + ((texel - u_origin) & (CLIPMAP_N - 1));
    noise_place p;
    if (u_shift >= 0) {
        p.tile = g >> u_shift;
        p.off = vec2(g & ((1 << u_shift) - 1)) * u_spacing;
    } else {
        p.tile = g << (-u_shift);
        p.off = vec2(0.0);
    }
    float altitude = texelFetch(tex_height, ivec3(texel, u_level), 0).r;
    vec2 grad = texelFetch(tex_slope, ivec3(texel, u_level), 0).rg;
    ground_lie lie = ground_lie_at(p, altitude, u_spacing, grad);
    float rough = ground_rough(lie.slope, lie.position, lie.off_playa, lie.sand);
    float crag = ground_crag(lie.slope, lie.position, lie.off_playa, lie.sand);
    float mottle;
    ground_fine(p, u_spacing, u_spacing, rough, lie.sand, crag, grad, mottle);
    float grass = ground_grass(p, lie.slope, lie.position) * (1.0 - lie.sand) * lie.off_playa;
    vec3 albedo = ground_albedo(p, lie, grass, mottle);
    bool water = water_covers(lie.near_playa, lie.above, u_spacing);
    if (water)
        albedo = params.ground_water;
    out_bake = vec4(sqrt(clamp(albedo, 0.01, 0.9)), water ? 0.0 : clamp(0.5 * rough, 0.02, 1.0));
}
