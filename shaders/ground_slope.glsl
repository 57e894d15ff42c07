// The slope of one clipmap level, by central differences of its heights.
#stage fragment
out vec2 out_slope;

uniform sampler2DArray tex_height;
uniform ivec2 u_origin;
uniform int u_level;
uniform float u_spacing;

float height_at(ivec2 g)
{
    g = clamp(g, u_origin, u_origin + CLIPMAP_N - 1);
    return texelFetch(tex_height, ivec3(g & (CLIPMAP_N - 1), u_level), 0).r;
}

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy);
    ivec2 g = u_origin + ((texel - u_origin) & (CLIPMAP_N - 1));
    out_slope = vec2(height_at(g + ivec2(1, 0)) - height_at(g - ivec2(1, 0)),
                     height_at(g + ivec2(0, 1)) - height_at(g - ivec2(0, 1))) /
                (2.0 * u_spacing);
}
