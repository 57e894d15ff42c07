// The ground for a moving eye: what the clipmap has baked, roughened by octaves down to the pixel, and
// lit at once. Light that leaves it, and its distance.
#define GROUND_LIT 1
#include "lib/ground/clipmap.glsl"
#stage vertex
#include "lib/ground/ground_mesh.glsl"
#stage fragment
#include "lib/ground/ground_material.glsl"
#include "lib/live/moving_tables.glsl"
#include "lib/light/surface_light.glsl"
#include "lib/view.glsl"
in vec3 v_rel;
in vec3 v_beam;
in vec3 v_sky;
in vec3 v_land;
layout(location = 0) out vec4 out_light; // w: 1 + the sun's share; its negative on water, whose mirror compose adds
layout(location = 1) out float out_distance;

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_slope;
uniform sampler2DArray tex_sky;
uniform sampler2DArray tex_bake;
uniform sampler2D tex_detail;

// Relief between the samples and the pixel, after ground_fine() of the still, from a tile of noise: its
// gradient in units of an octave's slope, and its mottle (detail_tile.glsl).
const float TILE_SAMPLES = 64.0; // side of the tile, samples of the level

vec3 detail(noise_place p, float spacing)
{
    vec2 uv = p.off / (TILE_SAMPLES * spacing) +
              fract(vec2(p.tile) * (TILE_M / (TILE_SAMPLES * spacing)));
    return texture(tex_detail, uv).rgb * 2.0 - 1.0;
}

void main()
{
    noise_place p;
    p.tile = frame.eye_tile.xy;
    p.off = frame.eye_off.xy + v_rel.xy;
    vec2 whole = floor(p.off / TILE_M);
    p.tile += ivec2(whole);
    p.off -= whole * TILE_M;
    float reach = length(v_rel);

    // The level, dithered toward the edge of the finer one: the frames' mean blends them.
    float half_n = clipmap_half(CLIPMAP_MESH_MARGIN) * frame.level[0].w;
    float lf = log2(max(max(abs(v_rel.x), abs(v_rel.y)) / half_n, 1e-6));
    float dither = noise_dither(gl_FragCoord.xy, frame.shot.x);
    int level = clamp(int(ceil(lf + 0.4 * dither)), frame.shot.y, CLIPMAP_LEVELS - 1);
    vec3 uv = clipmap_uv(v_rel.xy, level);
    float spacing = frame.level[level].w;
    vec2 grad = texture(tex_slope, uv).rg;
    vec4 sees = texture(tex_sky, uv);
    vec4 bake = texture(tex_bake, uv);
    vec2 shadow = texture(tex_shadow, uv).rg;
    float slack = max((0.3 + 0.6 * length(grad)) * spacing, 0.05);
    // By the samples' height, not the mesh's, whose quads are wider: it would lie in its own shadow.
    float height = texture(tex_height, uv).r - dot(v_rel.xy, v_rel.xy) / (2.0 * frame.eye.y);
    float seen = clipmap_sun_share(height, shadow, slack);
    bool water = bake.a < 0.01;
    int n = int(TILE_M / (4.0 * spacing));
    vec3 fine = detail(p, spacing) * ground_keep(2.0 * spacing, max(reach * frame.eye.z, 0.0004));
    grad = water ? vec2(0.0)
                 : grad + fine.xy * DETAIL_SLOPE * GROUND_ROUGHNESS *
                              ground_fineness(n, 2.0 * bake.a, 0.0);
    vec3 albedo = clamp(bake.rgb * bake.rgb * (water ? 1.0 : 1.0 + 0.6 * fine.z), 0.01, 0.9);
    outlook sees_all = outlook(vec3(horizon_unpack(sees.yz), sees.x), sees.w, seen);
    out_light = vec4(surface_sent(surface_lit(v_beam, v_sky, v_land), albedo, normalize(vec3(-grad, 1.0)), sees_all),
                     water ? -seen : 1.0 + seen);
    out_distance = reach;
}
