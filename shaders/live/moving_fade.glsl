// A share of a picture that lies elsewhere, to be blended into the window's.
#stage fragment
in vec2 v_uv;
out vec4 out_show;

uniform sampler2D tex_sample;
uniform vec3 u_from; // its corner there, pixels; the share

void main()
{
    out_show = vec4(texelFetch(tex_sample, ivec2(gl_FragCoord.xy + u_from.xy), 0).rgb, u_from.z);
}
