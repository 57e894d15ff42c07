// What each place sees of the sky and what the land gives it, per texel of half a clipmap level: the
// vector B of lib/ground/horizon.glsl, and the light that leaves the land in view (of the beam, for an
// albedo of 1), weighted as a surface of the slope's normal sees it.
#include "lib/ground/relief.glsl"
#stage fragment
out vec4 out_sky; // B.z, B.x, B.y packed, light of the land

uniform sampler2DArray tex_slope;

// Weight of every sample looked at, seen or not: what level ground, which sees none, goes by. By eye.
const float BASE = 0.0005;

// What a place has seen so far.
struct outlook {
    vec3 sky;  // B x 8
    vec2 land; // light x weight, weight
};

// A sample, or the far land, along a way: raises the horizon and gathers the light in between.
// lean: the normal's part along the way and up.
void rise(vec2 lean, vec2 seen, inout float top, inout vec2 land)
{
    // cos x (n . w) over the elevations: at the middle.
    float mid = 0.5 * (seen.x + top);
    float facing = max(0.0, lean.x * sqrt(max(0.0, 1.0 - mid * mid)) + lean.y * mid);
    land += (max(seen.x - top, 0.0) * facing + BASE) * vec2(seen.y, 1.0);
    top = max(top, seen.x);
}

// Three texels along an axis or two across: 2 to 6 samples. The far horizons go on at 8.5.
void look(ivec2 index, int i, float h, vec3 normal, vec2 far, inout outlook o)
{
    const int HALF = CLIPMAP_N / 2;
    ivec2 way = RELIEF_WAY[i];
    float stride = (i & 1) == 0 ? 1.0 : 1.41421356;
    vec2 unit = vec2(way) / stride;
    vec2 lean = vec2(dot(normal.xy, unit), normal.z);
    float top = horizon_sine(-lean.x / lean.y); // the slope's own plane
    float d = 2.0 * frame.level[u_level].w * stride;
    int steps = (i & 1) == 0 ? 3 : 2;
    for (int k = 1; k <= steps; k++) {
        // Not beyond the level's edge, where the torus goes on with the other side.
        ivec2 there = clamp(index + way * k, 0, HALF - 1);
        ivec2 texel = (there + relief_corner()) & (HALF - 1);
        vec2 seen = texelFetch(tex_relief, ivec3(texel, u_level), 0).rg;
        seen.x = relief_sine(seen.x, h, d * float(k));
        rise(lean, seen, top, o.land);
    }
    rise(lean, far, top, o.land);
    float s = max(top, 0.0);
    o.sky += vec3(unit * 2.0 * horizon_open(s), 1.0 - s * s);
}

void main()
{
    const int HALF = CLIPMAP_N / 2;
    ivec2 texel = ivec2(gl_FragCoord.xy);
    ivec2 index = (texel - relief_corner()) & (HALF - 1);
    vec2 uv = gl_FragCoord.xy / float(HALF);
    float h = texelFetch(tex_relief, ivec3(texel, u_level), 0).r;
    vec3 normal = normalize(vec3(-texture(tex_slope, vec3(uv, float(u_level))).rg, 1.0));
    vec4 s0 = horizon_unpack_sines(relief_far(uv, u_level, 0));
    vec4 s1 = horizon_unpack_sines(relief_far(uv, u_level, 1));
    vec4 l0 = relief_far(uv, u_level, 2);
    vec4 l1 = relief_far(uv, u_level, 3);
    outlook o = outlook(vec3(0.0), vec2(0.0));
    look(index, 0, h, normal, vec2(s0.x, l0.x), o);
    look(index, 1, h, normal, vec2(s0.y, l0.y), o);
    look(index, 2, h, normal, vec2(s0.z, l0.z), o);
    look(index, 3, h, normal, vec2(s0.w, l0.w), o);
    look(index, 4, h, normal, vec2(s1.x, l1.x), o);
    look(index, 5, h, normal, vec2(s1.y, l1.y), o);
    look(index, 6, h, normal, vec2(s1.z, l1.z), o);
    look(index, 7, h, normal, vec2(s1.w, l1.w), o);
    o.sky /= float(RELIEF_DIRECTIONS);
    out_sky = vec4(o.sky.z, horizon_pack(o.sky.xy), o.land.x / o.land.y);
}
