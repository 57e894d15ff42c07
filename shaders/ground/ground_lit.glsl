// What light arrives at a place, per texel of a quarter of a clipmap level: surface_lit, packed.
#include "lib/ground/clipmap.glsl"
#include "lib/light/lit_pack.glsl"
#include "lib/light/surface_light.glsl"
#include "lib/view.glsl"
#stage fragment
out vec4 out_lit;

uniform sampler2DArray tex_height;
uniform sampler2DArray tex_sky;
uniform ivec2 u_origin;
uniform int u_level;

void main()
{
    const int QUARTER = CLIPMAP_N / 4;
    ivec2 texel = ivec2(gl_FragCoord.xy);
    vec3 uv = vec3(gl_FragCoord.xy / float(QUARTER), float(u_level));
    // The middle of the texel's samples.
    vec2 index = vec2((texel * 4 - u_origin) & (CLIPMAP_N - 1)) + 1.5;
    float spacing = frame.level[u_level].w;
    float altitude = texture(tex_height, uv).r;
    vec3 rel = vec3(frame.level_origin[u_level].xy + index * spacing, 0.0);
    rel.z = altitude - frame.eye.x - dot(rel.xy, rel.xy) / (2.0 * frame.eye.y);
    vec4 sees = texture(tex_sky, uv);
    surface_lit l = surface_lit_at(rel, altitude, max(4.0 * spacing, 1.0),
                                   vec3(horizon_unpack(sees.yz), sees.x), sees.w);
    out_lit = lit_pack(l.beam, l.sky, vec2(sees.w, sees.x));
}
