// The nearest and the farthest depth about a pixel of a moving frame: at an edge, what stood on either
// side of it is no stranger to the next frame, whose jitter may fall on the other.
#stage fragment
out vec2 out_range;

uniform sampler2D tex_depth;

float depth_at(ivec2 pixel)
{
    return texelFetch(tex_depth, clamp(pixel, ivec2(0), ivec2(frame.size.xy) - 1), 0).r;
}

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    float c = depth_at(pixel);
    float e = depth_at(pixel + ivec2(1, 0)), w = depth_at(pixel - ivec2(1, 0));
    float n = depth_at(pixel + ivec2(0, 1)), s = depth_at(pixel - ivec2(0, 1));
    out_range = vec2(min(c, min(min(e, w), min(n, s))), max(c, max(max(e, w), max(n, s))));
}
