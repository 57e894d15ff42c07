// One doubling of the sun sweep of one clipmap level. For every place: the heights (in the eye's
// tangent frame) above which the upper limb of the sun is seen, and the whole disc.
//   S_1(p) = max(h(p), h(p + d) - tan e);  S_2k(p) = max(S_k(p), S_k(p + k d) - k tan e)
// Both heights are those of one ridge, the one that hides most of the whole disc, so that between
// them lies its penumbra. (Swept apart, that of the upper limb is mostly the ground at one's feet.)
// After 2^5 samples the next coarser level, finished before, tells the rest: it holds everything
// from there to the end of the land, with samples twice as wide as the one in hand.
//
// Variants, because a software rasteriser runs both sides of a branch: SWEEP_FIRST reads heights,
// SWEEP_LAST goes on by the coarser level, SWEEP_EDGE serves places that look out of the level, SWEEP_ROOFS
// (with SWEEP_FIRST) sees what stands on the ground as well: it shades what is beside it, not the ground
// that it stands on.
#stage fragment
out vec2 out_shadow;

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_shadow; // the coarser level, finished
#if SWEEP_ROOFS
uniform sampler2DArray tex_roof; // rise over the ground, m
#endif
uniform sampler2D tex_sweep;       // this level after the last pass
uniform int u_level;
uniform int u_step; // samples that this pass looks ahead
uniform ivec2 u_origin;

// What stands `ahead` samples from a place and farther.
vec2 coarser(vec2 index, float ahead, vec2 drop)
{
    if (u_level + 1 >= CLIPMAP_LEVELS)
        return vec2(-1e9); // beyond the last level nothing stands in the way
    vec2 to = index + ahead * frame.sun_slope.xy;
    vec2 rel = frame.level_origin[u_level].xy + to * frame.level[u_level].w;
    vec4 l = frame.level[u_level + 1];
    return texture(tex_shadow, vec3(rel * l.x + l.yz, float(u_level + 1))).rg - ahead * drop;
}

// How far the planet has dropped at a sample: the sweep is straight in the eye's tangent frame.
float fall(vec2 index)
{
    vec2 rel = frame.level_origin[u_level].xy + index * frame.level[u_level].w;
    return dot(rel, rel) / (2.0 * frame.eye.y);
}

// The ridge that hides more of the whole disc.
vec2 higher(vec2 a, vec2 b)
{
    return a.y > b.y ? a : b;
}

// Near and far land together: of what hides all of the disc from the ground, height h, nothing is
// forgotten for a ridge that hides a part.
vec2 both(vec2 a, vec2 b, float h)
{
    vec2 s = higher(a, b);
    float umbra = max(a.x, b.x);
    return vec2(umbra > h ? umbra : s.x, s.y);
}

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy);
    vec2 way = frame.sun_slope.xy;
    vec2 drop = frame.level[u_level].w * vec2(frame.sun_slope.w, frame.sun_slope.z);
    vec2 index = vec2((texel - u_origin) & (CLIPMAP_N - 1));
    float step = float(u_step);
    vec2 uv = (vec2(texel) + 0.5 + step * way) / float(CLIPMAP_N);
#if SWEEP_FIRST || SWEEP_LAST
    float ground = texelFetch(tex_height, ivec3(texel, u_level), 0).r - fall(index);
#endif
#if SWEEP_FIRST
    vec2 own = vec2(ground);
#else
    vec2 own = texelFetch(tex_sweep, texel, 0).rg;
#endif
#if SWEEP_EDGE
    vec2 there = coarser(index, step, drop);
#elif SWEEP_FIRST
    float ahead = texture(tex_height, vec3(uv, float(u_level))).r;
#if SWEEP_ROOFS
    ahead += texture(tex_roof, vec3(uv, float(u_level))).r;
#endif
    vec2 there = vec2(ahead - fall(index + step * way)) - step * drop;
#else
    vec2 there = texture(tex_sweep, uv).rg - step * drop;
#endif
    vec2 seen = higher(own, there);
#if SWEEP_LAST
    seen = both(seen, coarser(index, 2.0 * step, drop), ground);
#endif
    out_shadow = seen;
}
