// What the horizons of one clipmap level look at, at half its resolution: altitude, and the light
// that leaves the ground there (lit x cosine: of the beam, for an albedo of 1).
#include "lib/ground/clipmap.glsl"
#stage fragment
out vec2 out_relief;

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_slope;
uniform ivec2 u_origin;
uniform int u_level;

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy);
    // The mean of four samples' altitudes; the light of one of them.
    vec3 uv = vec3((vec2(texel) * 2.0 + 1.0) / float(CLIPMAP_N), float(u_level));
    float h = texture(tex_height, uv).r;
    vec2 grad = texelFetch(tex_slope, ivec3(texel * 2, u_level), 0).rg;
    vec2 s = texelFetch(tex_shadow, ivec3(texel * 2, u_level), 0).rg;

    float spacing = frame.level[u_level].w;
    vec2 index = vec2((texel * 2 - u_origin) & (CLIPMAP_N - 1));
    vec2 rel = frame.level_origin[u_level].xy + index * spacing;
    float height = h - 0.5 * spacing * (grad.x + grad.y) - dot(rel, rel) / (2.0 * frame.eye.y);
    float facing = dot(vec3(-grad, 1.0), frame.sun.xyz) * inversesqrt(1.0 + dot(grad, grad));
    out_relief = vec2(h, clipmap_sun_share(height, s, 0.35 * spacing) * max(facing, 0.0));
}
