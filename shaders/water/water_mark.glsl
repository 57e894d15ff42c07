// Keeps the pixels whose ground mirrors: the stencil marks them.
#stage fragment
out vec4 out_nothing;

uniform sampler2D tex_radiance; // alpha: roughness (ground_light.glsl)

void main()
{
    if (texelFetch(tex_radiance, ivec2(gl_FragCoord.xy), 0).a >= 1.0)
        discard;
    out_nothing = vec4(0.0);
}
