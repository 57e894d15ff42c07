// Fills the fan (lib/ground/fan.glsl) from the clipmap: a column a pixel across, a ring a pixel up.
#include "lib/ground/clipmap.glsl"
#include "lib/ground/fan.glsl"
#include "lib/noise.glsl"
#stage fragment
out float out_slope;

uniform sampler2DArray tex_height;

const float NOTHING = -1e9; // below whatever can be looked at

void main()
{
    float away = fan_distance(int(gl_FragCoord.y));
    vec2 rel = fan_way(gl_FragCoord.x) * away;
    float half_n = clipmap_half(CLIPMAP_MESH_MARGIN) * frame.level[0].w;
    float lf = log2(max(max(abs(rel.x), abs(rel.y)) / half_n, 1e-6));
    int level = clamp(int(ceil(lf)), frame.shot.y, CLIPMAP_LEVELS - 1);
    float height = texture(tex_height, clipmap_uv(rel, level)).r;
    // Toward the edge the height becomes that of the coarser level.
    float morph = clamp((exp2(lf - float(level)) - 0.9) / 0.1, 0.0, 1.0);
    WHEN(morph > 0.0 && level + 1 < CLIPMAP_LEVELS)
    {
        height = mix(height, texture(tex_height, clipmap_uv(rel, level + 1)).r, morph);
    }
    float slope = (height - frame.eye.x) / away - away / (2.0 * frame.eye.y);
    out_slope = lf > float(CLIPMAP_LEVELS - 1) ? NOTHING : slope;
}
