// One doubling of the sun sweep of one clipmap level. For every place: the altitude above which
// the upper limb of the sun is seen, and the whole disc.
//   S_1(p) = max(h(p), h(p + d) - tan e);  S_2k(p) = max(S_k(p), S_k(p + k d) - k tan e)
// After 2^5 samples the next coarser level, finished before, tells the rest: it holds everything
// from there to the end of the land, with samples twice as wide as the one in hand.
#stage fragment
out vec2 out_shadow;

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_shadow; // the coarser level, finished
uniform sampler2D tex_sweep;       // this level after the last pass
uniform int u_level;
uniform int u_step;   // samples that this pass looks ahead
uniform bool u_last;  // then on by the coarser level
uniform ivec2 u_origin;

vec2 coarser(vec2 to)
{
    if (u_level + 1 >= CLIPMAP_LEVELS)
        return vec2(-1e9); // beyond the last level nothing stands in the way
    vec2 rel = frame.level_origin[u_level].xy + to * frame.level[u_level].w;
    vec4 l = frame.level[u_level + 1];
    return texture(tex_shadow, vec3(rel * l.x + l.yz, float(u_level + 1))).rg;
}

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy);
    vec2 way = frame.sun_slope.xy;
    vec2 drop = frame.level[u_level].w * vec2(frame.sun_slope.w, frame.sun_slope.z);
    vec2 index = vec2((texel - u_origin) & (CLIPMAP_N - 1));
    vec2 to = index + float(u_step) * way;
    vec2 uv = (vec2(texel) + 0.5 + float(u_step) * way) / float(CLIPMAP_N);
    bool inside = all(greaterThanEqual(to, vec2(0.0))) &&
                  all(lessThanEqual(to, vec2(float(CLIPMAP_N - 1))));
    vec2 own, there;
    if (u_step == 1) {
        own = vec2(texelFetch(tex_height, ivec3(texel, u_level), 0).r);
        there = vec2(texture(tex_height, vec3(uv, float(u_level))).r);
    } else {
        own = texelFetch(tex_sweep, texel, 0).rg;
        there = texture(tex_sweep, uv).rg;
    }
    if (!inside)
        there = coarser(to);
    vec2 seen = max(own, there - float(u_step) * drop);
    if (u_last)
        seen = max(seen, coarser(index + 2.0 * float(u_step) * way) - 2.0 * float(u_step) * drop);
    out_shadow = seen;
}
