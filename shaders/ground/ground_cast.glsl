// How far the ground is in each pixel, for the window's pictures: by the fan (lib/ground/fan.glsl) instead of
// by triangles, of which a picture of few pixels has more than it can afford.
#include "lib/ground/clipmap.glsl"
#include "lib/ground/fan.glsl"
#include "lib/view.glsl"
#stage fragment
in vec2 v_uv;
layout(location = 0) out float out_distance;
layout(location = 1) out float out_crest; // render/frame/gbuffer.h

uniform sampler2DArray tex_height;
uniform sampler2D tex_fan;       // slopes of the rings
uniform sampler2D tex_fan_piece; // the steepest of FAN_STEP
uniform sampler2D tex_fan_block; // and of FAN_STEP of those
uniform vec2 u_depth;            // what the depth buffer makes of z / w: factor, offset

// The slope of the line of sight in the pixel below.
float slope_below()
{
    vec3 ray = view_ray(v_uv - vec2(0.0, frame.size.w));
    return ray.z / max(fan_length(ray.xy), 1e-6);
}

// Where between the pixel below and this one what is nearer ends: `most` is the steepest of it, `before` the
// slope of the ground right before what this pixel sees.
float crest(float slope, float below, float most, float before)
{
    float share = (most - below) / (slope - below);
    return share > 0.0 && before < most ? clamp(share, 1.0 / 255.0, 1.0) : 0.0;
}

// Metres to where a line of sight of that slope meets the straight ground between two places.
float meet(float slope, float near, float low, float far, float high)
{
    float a = low * near, b = high * far;
    float share = (slope * near - a) / (b - a - slope * (far - near));
    return mix(near, far, clamp(share, 0.0, 1.0));
}

// The slope of the line of sight to the ground at a place.
float ground_slope(vec2 way, float away)
{
    float half_n = clipmap_half(CLIPMAP_MESH_MARGIN) * frame.level[0].w;
    int level = clamp(int(ceil(log2(max(away / half_n, 1e-6)))), frame.shot.y, CLIPMAP_LEVELS - 1);
    float height = texture(tex_height, clipmap_uv(way * away, level)).r;
    return (height - frame.eye.x) / away - away * dot(way, way) / (2.0 * frame.eye.y);
}

// The first of eight that is as steep as `slope`, 8: none is. `most` becomes the steepest before it, `before`
// what is right before it.
int first_steep(vec4 a, vec4 b, float slope, inout float most, inout float before, out float there)
{
    float s[8] = float[8](a.x, a.y, a.z, a.w, b.x, b.y, b.z, b.w);
    int first = 0;
    bool open = true;
    there = s[7];
    for (int i = 0; i < 8; i++) {
        open = open && s[i] < slope;
        most = open ? max(most, s[i]) : most;
        before = open ? s[i] : before;
        first += int(open);
    }
    for (int i = 6; i >= 0; i--)
        there = first <= i ? s[i] : there;
    return first;
}

void main()
{
    vec3 ray = view_ray(v_uv);
    float level = fan_length(ray.xy);
    float slope = ray.z / max(level, 1e-6), below = slope_below();
    int column = fan_column(ray.xy);
    float most = -1e9, before = -1e9, there;
    int block = first_steep(texelFetch(tex_fan_block, ivec2(column, 0), 0),
                            texelFetch(tex_fan_block, ivec2(column, 1), 0), slope, most, before, there);
    if (block == FAN_RINGS / (FAN_STEP * FAN_STEP)) {
        out_distance = 0.0;
        out_crest = crest(slope, below, most, -1e9);
        gl_FragDepth = u_depth.y;
        return;
    }
    ivec2 at = ivec2(column, 2 * block);
    int piece = block * FAN_STEP + min(first_steep(texelFetch(tex_fan_piece, at, 0),
                                                   texelFetch(tex_fan_piece, at + ivec2(0, 1), 0), slope, most,
                                                   before, there), FAN_STEP - 1);
    at.y = 2 * piece;
    before = texelFetch(tex_fan, ivec2(column, max(at.y - 1, 0)), 0).w;
    int ring = piece * FAN_STEP + min(first_steep(texelFetch(tex_fan, at, 0),
                                                  texelFetch(tex_fan, at + ivec2(0, 1), 0), slope, most, before,
                                                  there), FAN_STEP - 1);

    // Between the rings before and after: where a straight line says, then where one from there on does. Before
    // the first, a plain.
    float far = fan_distance(float(ring)), away = there * far * level / min(ray.z, -1e-6);
    if (ring > 0) {
        float near = fan_distance(float(ring - 1));
        away = meet(slope, near, before, far, there);
        vec2 way = ray.xy / max(level, 1e-6);
        float between = ground_slope(way, away);
        bool beyond = between < slope;
        away = meet(slope, beyond ? away : near, beyond ? between : before, beyond ? far : away,
                    beyond ? there : between);
    }
    float reach = away / max(level, 1e-6);
    vec4 clip = frame.clip_from_world * vec4(ray * reach, 1.0);
    gl_FragDepth = clip.z / clip.w * u_depth.x + u_depth.y;
    out_distance = reach;
    out_crest = ring > 0 ? crest(slope, below, most, before) : 0.0;
}
