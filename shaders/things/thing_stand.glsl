// Where each thing of a picture stands, a texel each: altitude of the ground under it relative to the eye, the slope
// there, 1 where it is too steep for it; of a span, the ground at both ends.
#include "lib/ground/clipmap.glsl"
#stage fragment
out vec4 out_stand;

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_slope;
uniform samplerBuffer tex_things; // two texels a thing: render/things/batch.h
uniform vec3 u_kinds[32];                 // steepest slope; 1: a span; most over the water, m
uniform int u_width, u_count;
uniform vec3 u_from; // m: where places count from, relative to the eye of the frame

// Altitude of the drawn ground, metres relative to the eye: as lib/ground/ground_mesh.glsl blends its levels.
float ground_at(vec2 rel)
{
    float half_n = clipmap_half(CLIPMAP_MESH_MARGIN);
    float reach = max(abs(rel.x), abs(rel.y));
    int level = clamp(int(ceil(log2(max(reach / (half_n * frame.level[0].w), 1e-6)))), frame.shot.y,
                      CLIPMAP_LEVELS - 1);
    int coarser = min(level + 1, CLIPMAP_LEVELS - 1);
    float h = texture(tex_height, clipmap_uv(rel, level)).r;
    float morph = clamp((reach / frame.level[level].w - 0.8 * half_n) / (0.2 * half_n), 0.0, 1.0);
    h = mix(h, texture(tex_height, clipmap_uv(rel, coarser)).r, morph);
    return h - frame.eye.x - dot(rel, rel) / (2.0 * frame.eye.y);
}

// Slope of the ground there, of samples of a metre or what there is.
float slope_at(vec2 rel)
{
    int metre = int(ceil(-log2(frame.level[0].w)));
    int level = clamp(max(metre, clipmap_level(rel)), 0, CLIPMAP_LEVELS - 1);
    return length(texture(tex_slope, clipmap_uv(rel, level)).rg);
}

void main()
{
    int i = int(gl_FragCoord.y) * u_width + int(gl_FragCoord.x);
    vec4 place = texelFetch(tex_things, 2 * min(i, u_count - 1)), more = texelFetch(tex_things, 2 * min(i, u_count - 1) + 1);
    vec3 kind = u_kinds[int(more.z)];
    float ground = ground_at(place.xy + u_from.xy) - u_from.z, slope = slope_at(place.xy + u_from.xy);
    bool dry = kind.z > 0.0 && ground + dot(place.xy, place.xy) / (2.0 * frame.eye.y) > more.x + kind.z;
    vec4 one = vec4(ground, slope, slope > kind.x || dry ? 1.0 : 0.0, 0.0);
    out_stand = kind.y > 0.5 ? vec4(ground, ground_at(place.zw + u_from.xy) - u_from.z, 0.0, 0.0) : one;
}
