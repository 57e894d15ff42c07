// One doubling of the sun sweep of one clipmap level. For every place: the height (in the eye's
// tangent frame) above which the upper limb of the sun is seen, and the whole disc.
//   S_1(p) = max(h(p), h(p + d) - tan e);  S_2k(p) = max(S_k(p), S_k(p + k d) - k tan e)
// After 2^5 samples the next coarser level, finished before, tells the rest: it holds everything
// from there to the end of the land, with samples twice as wide as the one in hand.
//
// Variants, because a software rasteriser runs both sides of a branch: SWEEP_FIRST reads heights,
// SWEEP_LAST goes on by the coarser level, SWEEP_EDGE serves places that look out of the level.
#stage fragment
out vec2 out_shadow;

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_shadow; // the coarser level, finished
uniform sampler2D tex_sweep;       // this level after the last pass
uniform int u_level;
uniform int u_step; // samples that this pass looks ahead
uniform ivec2 u_origin;

vec2 coarser(vec2 to)
{
    if (u_level + 1 >= CLIPMAP_LEVELS)
        return vec2(-1e9); // beyond the last level nothing stands in the way
    vec2 rel = frame.level_origin[u_level].xy + to * frame.level[u_level].w;
    vec4 l = frame.level[u_level + 1];
    return texture(tex_shadow, vec3(rel * l.x + l.yz, float(u_level + 1))).rg;
}

// How far the planet has dropped at a sample: the sweep is straight in the eye's tangent frame.
float fall(vec2 index)
{
    vec2 rel = frame.level_origin[u_level].xy + index * frame.level[u_level].w;
    return dot(rel, rel) / (2.0 * frame.eye.y);
}

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy);
    vec2 way = frame.sun_slope.xy;
    vec2 drop = frame.level[u_level].w * vec2(frame.sun_slope.w, frame.sun_slope.z);
    vec2 index = vec2((texel - u_origin) & (CLIPMAP_N - 1));
    vec2 ahead = float(u_step) * way;
#if SWEEP_FIRST
    vec2 own = vec2(texelFetch(tex_height, ivec3(texel, u_level), 0).r - fall(index));
#else
    vec2 own = texelFetch(tex_sweep, texel, 0).rg;
#endif
#if SWEEP_EDGE
    vec2 there = coarser(index + ahead);
#elif SWEEP_FIRST
    vec2 uv = (vec2(texel) + 0.5 + ahead) / float(CLIPMAP_N);
    vec2 there = vec2(texture(tex_height, vec3(uv, float(u_level))).r - fall(index + ahead));
#else
    vec2 there = texture(tex_sweep, (vec2(texel) + 0.5 + ahead) / float(CLIPMAP_N)).rg;
#endif
    vec2 seen = max(own, there - float(u_step) * drop);
#if SWEEP_LAST
    seen = max(seen, coarser(index + 2.0 * ahead) - 2.0 * float(u_step) * drop);
#endif
    out_shadow = seen;
}
