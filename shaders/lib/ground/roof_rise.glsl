// The fragment stage of drawing into a level's roofs: how much higher than the ground what stands there is,
// metres. The highest wins.
uniform sampler2DArray tex_height;
uniform int u_level;

// The rise of a top, from its altitude, over the ground of the texel.
float roof_rise(float top)
{
    return max(top - texelFetch(tex_height, ivec3(ivec2(gl_FragCoord.xy), u_level), 0).r, 0.0);
}
