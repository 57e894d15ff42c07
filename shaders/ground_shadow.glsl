// One doubling of the sun sweep of one clipmap level. For every place: the altitude above which
// the upper limb of the sun is seen, and the whole disc. After pass k the sweep has looked 2^k
// samples toward the sun; what lies outside the level comes from the next coarser one, which is
// done already.
//   S_0 = h;  S_{k+1}(p) = max(S_k(p), S_k(p + 2^k d) - 2^k tan e)
#stage fragment
out vec2 out_shadow;

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_shadow; // the coarser level, finished
uniform sampler2D tex_sweep;       // this level after the last pass
uniform int u_level;
uniform int u_step; // samples; 0: the first pass
uniform ivec2 u_origin;

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy);
    if (u_step == 0) {
        out_shadow = vec2(texelFetch(tex_height, ivec3(texel, u_level), 0).r);
        return;
    }
    float spacing = frame.level[u_level].w;
    float reach = float(u_step) * spacing;
    vec2 drop = reach * vec2(frame.sun_slope.w, frame.sun_slope.z);
    vec2 own = texelFetch(tex_sweep, texel, 0).rg;

    ivec2 index = (texel - u_origin) & (CLIPMAP_N - 1);
    vec2 to = vec2(index) + float(u_step) * frame.sun_slope.xy;
    vec2 there;
    if (all(greaterThanEqual(to, vec2(0.0))) && all(lessThanEqual(to, vec2(CLIPMAP_N - 1)))) {
        vec2 uv = (vec2(texel) + 0.5 + float(u_step) * frame.sun_slope.xy) / float(CLIPMAP_N);
        there = texture(tex_sweep, uv).rg;
    } else if (u_level + 1 < CLIPMAP_LEVELS) {
        vec2 rel = frame.level_origin[u_level].xy + to * spacing;
        vec4 l = frame.level[u_level + 1];
        there = texture(tex_shadow, vec3(rel * l.x + l.yz, float(u_level + 1))).rg;
    } else {
        there = vec2(-1e9); // beyond the last level nothing stands in the way
    }
    out_shadow = max(own, there - drop);
}
