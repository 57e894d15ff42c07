// What the ground looks like at a place: normal, albedo, what it sees of sky and sun. Everything
// is taken at the scale of a pixel: the clipmap gives what its samples hold, arithmetic the rest.
#include "lib/ground/ground_close.glsl"
#include "lib/ground/ground_face.glsl"
#include "lib/ground/ground_limestone.glsl"
#include "lib/ground/ground_rubble.glsl"
#include "lib/ground/clipmap.glsl"
#include "lib/things/thing_shade.glsl"
#include "lib/view.glsl"

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_slope;
uniform sampler2DArray tex_sky;

struct ground_surface {
    vec3 normal;
    vec3 albedo;
    vec4 sky;  // B.z, B.x, B.y packed, light of the land: lib/ground/horizon.glsl
    float sun; // share of the disc
    float open;      // share of sky and land that things at the place leave
    float roughness; // 1: as matt as soil; 0: a mirror of water
};

noise_place ground_place(vec3 rel)
{
    noise_place p;
    p.tile = frame.eye_tile.xy;
    p.off = frame.eye_off.xy + rel.xy;
    vec2 whole = floor(p.off / TILE_M);
    p.tile += ivec2(whole);
    p.off -= whole * TILE_M;
    return p;
}

// Share of the sun's disc seen from the ground, 0..1. Where the mesh goes over into the next level it may lie under
// the samples that the shadow was swept over, beneath a face by metres: they count where they are higher.
float ground_sun(vec3 rel, int level, float slack)
{
    float samples = texture(tex_height, clipmap_uv(rel.xy, level)).r - frame.eye.x -
                    dot(rel.xy, rel.xy) / (2.0 * frame.eye.y);
    return clipmap_sun(vec3(rel.xy, max(rel.z, samples)), slack) * thing_shade(rel, 0.02);
}

ground_surface ground_shade(vec3 rel)
{
    ground_surface s;
    s.albedo = vec3(0.0);
    float reach = length(rel);
    float altitude = view_altitude(rel);
    noise_place p = ground_place(rel);

    // Two levels, blended toward the edge of the finer one.
    float half_n = clipmap_half(CLIPMAP_MESH_MARGIN) * frame.level[0].w;
    float lf = log2(max(max(abs(rel.x), abs(rel.y)) / half_n, 1e-6));
    int level = clamp(int(ceil(lf)), frame.shot.y, CLIPMAP_LEVELS - 1);
    int coarser = min(level + 1, CLIPMAP_LEVELS - 1);
    float blend = level == frame.shot.y ? smoothstep(0.7, 1.0, exp2(lf - float(level)))
                                      : smoothstep(-0.4, 0.0, lf - float(level));
    vec2 grad = texture(tex_slope, clipmap_uv(rel.xy, level)).rg;
    s.sky = texture(tex_sky, clipmap_uv(rel.xy, level));
    WHEN(blend > 0.0)
    {
        grad = mix(grad, texture(tex_slope, clipmap_uv(rel.xy, coarser)).rg, blend);
        s.sky = mix(s.sky, texture(tex_sky, clipmap_uv(rel.xy, coarser)), blend);
    }
    float spacing = frame.level[level].w * exp2(blend);
    // The steeper, the farther the mesh is from the samples that the shadow was swept over.
    s.sun = ground_sun(rel, clipmap_level(rel.xy), max((0.3 + 0.6 * length(grad)) * spacing, 0.015));

    // The footprint of a pixel on the ground: its width, not its length along the view.
    float pixel = max(reach * frame.surface.x, 0.0004);
    ground_lie lie = ground_lie_at(p, altitude, pixel, grad);
    // Steep is bare rock, which is drawn in space; the rest is drawn on the plane.
    float face = max(ground_far_beds(p, lie, spacing, grad), smoothstep(0.85, 1.15, lie.slope) * (1.0 - lie.sand));
#if GROUND_NEAR
    // Tufts are steep, and no rock; none grow where samples of a metre are steep.
    int metre = clamp(int(ceil(-log2(frame.level[0].w))), level, CLIPMAP_LEVELS - 1);
    float under = length(texture(tex_slope, clipmap_uv(rel.xy, metre)).rg);
    ground_turf turf = ground_turf_at(p, ground_grass(p, lie.patch, length(lie.broad), lie.position) *
                                             (1.0 - smoothstep(0.6, 1.0, under)) *
                                             (1.0 - lie.sand) * lie.off_playa * ground_turf_groups(p), pixel);
    face *= 1.0 - turf.share;
#endif
    vec3 face_normal = normalize(vec3(-grad, 1.0));
    vec3 rock = ground_rock(p, lie);
    vec3 face_albedo = ground_face(p, lie, spacing, face, rock, face_normal);
    float rough = ground_rough(lie.slope, lie.position, lie.off_playa, lie.sand);
    float mottle;
    ground_fine(p, spacing, pixel, rough, lie.sand, grad, mottle);
    mottle *= 1.0 - 0.6 * lie.sand;
    vec2 bare = grad;
    float rubble = ground_rubble_share(lie);
    mottle = mix(mottle, ground_rubble(p, pixel, rubble, grad), rubble);
    float grass = ground_grass(p, lie.patch, lie.slope, lie.position) * (1.0 - lie.sand) * lie.off_playa;
    s.albedo = ground_albedo(p, lie, grass, rock, mottle);
    // Waves that lie across the view are as narrow as a pixel is long. Slip faces have none.
    vec3 seen = normalize(rel);
    float graze = max(-dot(seen, normalize(vec3(-grad, 1.0))), 0.02);
    float across = dot(seen.xy, ground_wind());
    ground_ripples(p, pixel * mix(1.0, 1.0 / graze, across * across),
                   lie.sand * (1.0 - smoothstep(0.35, 0.5, lie.slope)), grad, s.albedo);
#if GROUND_NEAR
    ground_near(p, lie, spacing, grass, turf, rock, mottle, grad, s.albedo);
#endif
    ground_limestone(p, lie, spacing, bare, grad, s.albedo);
    s.normal = normalize(vec3(-grad, 1.0));
    s.albedo = mix(s.albedo, face_albedo, face);
    s.normal = normalize(mix(s.normal, face_normal, face));
    s.roughness = mix(1.0, 0.5, lie.wet);
    if (water_covers(lie.near_playa, lie.above, pixel, lie.slope * spacing)) {
        s.normal = vec3(0.0, 0.0, 1.0);
        s.albedo = params.ground_water;
        s.roughness = 0.0;
    }
    s.albedo = clamp(s.albedo, 0.01, 0.9);
    s.open = thing_contact(rel.xy);
    return s;
}

// What of a place mirrors: its normal, as the samples have it, its roughness, and the share of the sun's disc
// that it sees; the rest of the surface is left out.
ground_surface ground_mirror(vec3 rel)
{
    ground_surface s;
    float pixel = max(length(rel) * frame.eye.z, 0.0004);
    int level = clipmap_level(rel.xy);
    vec2 grad = texture(tex_slope, clipmap_uv(rel.xy, level)).rg;
    ground_lie lie = ground_lie_at(ground_place(rel), view_altitude(rel), pixel, grad);
    bool water = water_covers(lie.near_playa, lie.above, pixel, lie.slope * frame.level[level].w);
    s.normal = water ? vec3(0.0, 0.0, 1.0) : normalize(vec3(-grad, 1.0));
    s.roughness = water ? 0.0 : mix(1.0, 0.5, lie.wet);
    s.sun = clipmap_sun(rel, max((0.3 + 0.6 * length(grad)) * frame.level[level].w, 0.015));
    s.albedo = vec3(0.0);
    s.sky = vec4(0.0);
    s.open = 1.0;
    return s;
}
