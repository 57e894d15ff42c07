// Where things stand: on the ground as it is drawn, at every level.
#include "lib/ground/clipmap.glsl"

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_slope;

// Altitude of the drawn ground, metres relative to the eye: as lib/ground/ground_mesh.glsl blends its levels.
float thing_ground(vec2 rel)
{
    float half_n = clipmap_half(CLIPMAP_MESH_MARGIN);
    float reach = max(abs(rel.x), abs(rel.y));
    int level = clamp(int(ceil(log2(max(reach / (half_n * frame.level[0].w), 1e-6)))), frame.shot.y,
                      CLIPMAP_LEVELS - 1);
    float h = texture(tex_height, clipmap_uv(rel, level)).r;
    float morph = clamp((reach / frame.level[level].w - 0.8 * half_n) / (0.2 * half_n), 0.0, 1.0);
    if (morph > 0.0 && level + 1 < CLIPMAP_LEVELS)
        h = mix(h, texture(tex_height, clipmap_uv(rel, level + 1)).r, morph);
    return h - frame.eye.x - dot(rel, rel) / (2.0 * frame.eye.y);
}

// Slope of the ground there, of samples of a metre or what there is.
vec2 thing_slope(vec2 rel)
{
    int metre = int(ceil(-log2(frame.level[0].w)));
    int level = clamp(max(metre, clipmap_level(rel)), 0, CLIPMAP_LEVELS - 1);
    return texture(tex_slope, clipmap_uv(rel, level)).rg;
}

vec3 thing_turned(vec3 v, float turn)
{
    float c = cos(turn), s = sin(turn);
    return vec3(c * v.x - s * v.y, s * v.x + c * v.y, v.z);
}
