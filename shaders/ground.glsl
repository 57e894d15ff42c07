// The ground into the G-buffer: instanced blocks of the clipmap's levels, geomorphed so that each
// level ends as the next coarser one (Losasso & Hoppe 2004).
#stage vertex
layout(location = 0) in ivec4 a_block; // index of the corner (x, y) in its level, level, -

uniform sampler2DArray tex_height;

out vec3 v_rel; // metres relative to the eye

float height_of(ivec2 index, int level)
{
    ivec2 corner = ivec2(frame.level_origin[level].zw);
    return texelFetch(tex_height, ivec3((corner + index) & (CLIPMAP_N - 1), level), 0).r;
}

void main()
{
    int level = a_block.z;
    ivec2 in_block = ivec2(gl_VertexID % (CLIPMAP_BLOCK + 1), gl_VertexID / (CLIPMAP_BLOCK + 1));
    ivec2 index = a_block.xy + in_block * CLIPMAP_STRIDE;
    index = min(index, ivec2(CLIPMAP_N - 1));
    float spacing = frame.level[level].w;
    vec2 rel = frame.level_origin[level].xy + vec2(index) * spacing;
    float h = height_of(index, level);

    // Toward the edge the height becomes that of the coarser mesh: the mean of its two vertices.
    float half_n = float(CLIPMAP_N) * 0.5 - 8.0;
    float reach = max(abs(rel.x), abs(rel.y)) / spacing;
    float morph = clamp((reach - 0.8 * half_n) / (0.2 * half_n), 0.0, 1.0);
    if (morph > 0.0 && level + 1 < CLIPMAP_LEVELS) {
        // Indices are even-aligned with the coarser level's: see clipmap_origin().
        ivec2 fine = index / CLIPMAP_STRIDE;
        ivec2 shift = ivec2(round((frame.level_origin[level].xy -
                                   frame.level_origin[level + 1].xy) /
                                  (2.0 * spacing)));
        ivec2 odd = (fine & 1) * CLIPMAP_STRIDE;
        ivec2 low = (index - odd) / 2 + shift;
        ivec2 high = (index + odd) / 2 + shift;
        float coarse = 0.5 * (height_of(low, level + 1) + height_of(high, level + 1));
        h = mix(h, coarse, morph);
    }

    float drop = dot(rel, rel) / (2.0 * frame.eye.y);
    v_rel = vec3(rel, h - frame.eye.x - drop);
    gl_Position = frame.clip_from_world * vec4(v_rel, 1.0);

    // Trim what the finer level covers, but for one quad of overlap.
    gl_ClipDistance[0] = 1.0;
    if (level > 0) {
        float covered = (float(CLIPMAP_N) * 0.5 - 3.0) * 0.5 * spacing;
        vec2 centre = frame.level_origin[level - 1].xy + 0.25 * float(CLIPMAP_N) * spacing;
        vec2 v = abs(rel - centre);
        gl_ClipDistance[0] = max(v.x, v.y) - covered + 2.0 * spacing * float(CLIPMAP_STRIDE);
    }
}

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
