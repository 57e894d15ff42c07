// How far the ground is in each pixel, for the window's pictures: by the fan (lib/ground/fan.glsl) instead of
// by triangles, of which a picture of few pixels has more than it can afford.
#include "lib/ground/fan.glsl"
#include "lib/view.glsl"
#stage fragment
in vec2 v_uv;
layout(location = 0) out float out_distance;
layout(location = 1) out float out_crest; // render/frame/gbuffer.h

uniform sampler2D tex_fan;       // slopes of the rings
uniform sampler2D tex_fan_piece; // the steepest of FAN_STEP
uniform sampler2D tex_fan_block; // and of FAN_STEP of those
uniform vec2 u_depth;            // what the depth buffer makes of z / w: factor, offset

// The slope of the line of sight in the pixel below.
float slope_below()
{
    vec3 ray = view_ray(v_uv - vec2(0.0, frame.size.w));
    return ray.z / max(length(ray.xy), 1e-6);
}

// Where between the pixel below and this one what is nearer ends: `most` is the steepest of it, `before` the
// slope of the ground right before what this pixel sees.
float crest(float slope, float below, float most, float before)
{
    float share = (most - below) / (slope - below);
    return share > 0.0 && before < most ? clamp(share, 1.0 / 255.0, 1.0) : 0.0;
}

void main()
{
    vec3 ray = view_ray(v_uv);
    float level = length(ray.xy);
    float slope = ray.z / max(level, 1e-6), below = slope_below();
    int column = fan_column(ray.xy);
    const int BLOCKS = FAN_RINGS / (FAN_STEP * FAN_STEP);
    int block = 0;
    float most = -1e9, there = texelFetch(tex_fan_block, ivec2(column, 0), 0).r;
    while (block < BLOCKS && there < slope) {
        most = max(most, there);
        there = texelFetch(tex_fan_block, ivec2(column, min(++block, BLOCKS - 1)), 0).r;
    }
    if (block == BLOCKS) {
        out_distance = 0.0;
        out_crest = crest(slope, below, most, -1e9);
        gl_FragDepth = u_depth.y;
        return;
    }
    int piece = block * FAN_STEP, last = piece + FAN_STEP - 1;
    there = texelFetch(tex_fan_piece, ivec2(column, piece), 0).r;
    while (piece < last && there < slope) {
        most = max(most, there);
        there = texelFetch(tex_fan_piece, ivec2(column, ++piece), 0).r;
    }
    int ring = piece * FAN_STEP;
    last = ring + FAN_STEP - 1;
    float before = ring > 0 ? texelFetch(tex_fan, ivec2(column, ring - 1), 0).r : -1e9;
    there = texelFetch(tex_fan, ivec2(column, ring), 0).r;
    while (ring < last && there < slope) {
        most = max(most, there);
        before = there;
        there = texelFetch(tex_fan, ivec2(column, ++ring), 0).r;
    }

    // Between the rings before and after, where the ground is a straight line; before the first, a plain.
    float far = fan_distance(ring), high = there * far, reach = high / min(ray.z, -1e-6);
    if (ring > 0) {
        float near = fan_distance(ring - 1), low = before * near;
        float share = (slope * near - low) / (high - low - slope * (far - near));
        reach = mix(near, far, clamp(share, 0.0, 1.0)) / max(level, 1e-6);
    }
    vec4 clip = frame.clip_from_world * vec4(ray * reach, 1.0);
    gl_FragDepth = clip.z / clip.w * u_depth.x + u_depth.y;
    out_distance = reach;
    out_crest = ring > 0 ? crest(slope, below, most, before) : 0.0;
}
