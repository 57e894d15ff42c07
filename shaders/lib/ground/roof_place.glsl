// The vertex stage of drawing into a level's roofs (clipmap_begin_roofs). A level is a torus, so that
// everything is drawn four times, moved by u_wrap.
uniform int u_level;
uniform ivec2 u_wrap; // 0 or 1 each

// Where a place is in the level's texture, metres relative to the eye. Sets what clips at the level's edge.
vec4 roof_place(vec2 rel)
{
    vec4 origin = frame.level_origin[u_level];
    vec2 index = (rel - origin.xy) / frame.level[u_level].w + 0.5;
    gl_ClipDistance[0] = index.x;
    gl_ClipDistance[1] = index.y;
    gl_ClipDistance[2] = float(CLIPMAP_N) - index.x;
    gl_ClipDistance[3] = float(CLIPMAP_N) - index.y;
    vec2 texel = index + origin.zw - vec2(u_wrap * CLIPMAP_N);
    return vec4(texel / float(CLIPMAP_N) * 2.0 - 1.0, 0.0, 1.0);
}
