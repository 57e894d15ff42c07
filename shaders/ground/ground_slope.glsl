// The slope of one clipmap level, by central differences of its heights.
#stage fragment
out vec2 out_slope;

uniform sampler2DArray tex_height;
uniform ivec2 u_origin;
uniform int u_level;
uniform float u_spacing;

float height_at(ivec2 g)
{
    return texelFetch(tex_height, ivec3(g & (CLIPMAP_N - 1), u_level), 0).r;
}

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy);
    ivec2 g = u_origin + ((texel - u_origin) & (CLIPMAP_N - 1));
    // One-sided on the border.
    ivec2 low = max(g - 1, u_origin), high = min(g + 1, u_origin + CLIPMAP_N - 1);
    out_slope = vec2(height_at(ivec2(high.x, g.y)) - height_at(ivec2(low.x, g.y)),
                     height_at(ivec2(g.x, high.y)) - height_at(ivec2(g.x, low.y))) /
                (vec2(high - low) * u_spacing);
}
