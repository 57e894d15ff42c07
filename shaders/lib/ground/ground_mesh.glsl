// The vertex stage of the ground (the pass includes lib/ground/clipmap.glsl before its stages): instanced blocks of the clipmap's levels, geomorphed so that each
// level ends as the next coarser one (Losasso & Hoppe 2004).
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
    // Vertices stand at whole multiples of the stride on the plane, wherever the level's corner is.
    ivec2 corner = ivec2(frame.level_origin[level].zw);
    ivec2 index = a_block.xy + in_block * CLIPMAP_STRIDE - (corner & (CLIPMAP_STRIDE - 1));
    index = clamp(index, ivec2(0), ivec2(CLIPMAP_N - 1));
    float spacing = frame.level[level].w;
    vec2 rel = frame.level_origin[level].xy + vec2(index) * spacing;
    float h = height_of(index, level);

    // Toward the edge the height becomes that of the coarser mesh: the mean of its two vertices.
    float half_n = clipmap_half(CLIPMAP_MESH_MARGIN);
    float reach = max(abs(rel.x), abs(rel.y)) / spacing;
    float morph = clamp((reach - 0.8 * half_n) / (0.2 * half_n), 0.0, 1.0);
    if (morph > 0.0 && level + 1 < CLIPMAP_LEVELS) {
        // Corners are even: see clipmap_place().
        ivec2 fine = (index + corner) / CLIPMAP_STRIDE;
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
    if (level > frame.shot.y) {
        float covered = (float(CLIPMAP_N) * 0.5 - 3.0) * 0.5 * spacing;
        vec2 centre = frame.level_origin[level - 1].xy + 0.25 * float(CLIPMAP_N) * spacing;
        vec2 v = abs(rel - centre);
        gl_ClipDistance[0] = max(v.x, v.y) - covered + 2.0 * spacing * float(CLIPMAP_STRIDE);
    }
}

