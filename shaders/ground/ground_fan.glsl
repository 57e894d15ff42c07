// Fills the fan (lib/ground/fan.glsl) from the clipmap: a column a pixel across, four rings a pixel up, each the
// steeper of two places: it and half a ring before. One draw for the rings that lie in one level; with FAN_MORPH for those near its edge, whose heights go over into the next
// coarser level's.
#include "lib/ground/clipmap.glsl"
#include "lib/ground/fan.glsl"
#stage vertex
uniform vec3 u_side[10]; // both ends of each side of the square in view: column, direction
uniform vec2 u_rings;    // of the draw: from, to; whole fours

out vec2 v_way;

void main()
{
    int corner = gl_VertexID % 6; // two triangles a side
    bool right = corner == 1 || corner == 2 || corner == 4, top = corner >= 2 && corner != 3;
    vec3 end = u_side[2 * (gl_VertexID / 6) + (right ? 1 : 0)];
    v_way = end.yz;
    gl_Position = vec4(end.x / u_fan.y * 2.0 - 1.0,
                       (top ? u_rings.y : u_rings.x) / float(FAN_RINGS) * 2.0 - 1.0, 0.0, 1.0);
}

#stage fragment
in vec2 v_way;
out vec4 out_slopes;

uniform sampler2DArray tex_height;
uniform int u_level;
uniform float u_edge; // metres from the eye to the level's edge

float slope_at(float away)
{
    vec2 rel = v_way * away;
    float height = texture(tex_height, clipmap_uv(rel, u_level)).r;
#if FAN_MORPH
    float morph = clamp((away / u_edge - 0.9) / 0.1, 0.0, 1.0);
    height = mix(height, texture(tex_height, clipmap_uv(rel, u_level + 1)).r, morph);
#endif
    return (height - frame.eye.x) / away - away * dot(v_way, v_way) / (2.0 * frame.eye.y);
}

void main()
{
    float ring = 4.0 * floor(gl_FragCoord.y);
    for (int i = 0; i < 4; i++)
        out_slopes[i] = max(slope_at(fan_distance(ring + float(i))),
                            slope_at(fan_distance(max(ring + float(i) - 0.5, 0.0))));
}
