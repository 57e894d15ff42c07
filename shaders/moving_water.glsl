// Is any water in the picture? A query counts what is left: one pixel in each block of the march.
#stage fragment
out vec4 out_nothing;

uniform sampler2D tex_radiance; // ground_moving.glsl
uniform sampler2D tex_distance;

void main()
{
    ivec2 pixel = min(ivec2(gl_FragCoord.xy) * AIR_BLOCK, ivec2(frame.size.xy) - 1);
    if (texelFetch(tex_distance, pixel, 0).r <= 0.0 || texelFetch(tex_radiance, pixel, 0).a > 0.5)
        discard;
    out_nothing = vec4(0.0);
}
