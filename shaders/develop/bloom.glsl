// A step of the bloom: down to half the size (0: 13 taps, after Jimenez 2014), up by a tent (1), or
// down to a quarter (2: a box of 4 x 4).
#stage fragment
in vec2 v_uv;
out vec4 out_light;

uniform sampler2D tex_light;
uniform vec2 u_texel;  // 1 / size of tex_light
uniform float u_scale; // what tex_light is multiplied with
uniform int u_up;

vec3 tap(vec2 at)
{
    return texture(tex_light, v_uv + at * u_texel).rgb;
}

void main()
{
    vec3 c;
    if (u_up == 2) {
        c = 0.25 * (tap(vec2(-1, -1)) + tap(vec2(1, -1)) + tap(vec2(-1, 1)) + tap(vec2(1, 1)));
    } else if (u_up == 0) {
        c = 0.125 * tap(vec2(0.0)) +
            0.125 * (tap(vec2(-1, -1)) + tap(vec2(1, -1)) + tap(vec2(-1, 1)) + tap(vec2(1, 1))) +
            0.03125 * (tap(vec2(-2, -2)) + tap(vec2(2, -2)) + tap(vec2(-2, 2)) + tap(vec2(2, 2))) +
            0.0625 * (tap(vec2(0, -2)) + tap(vec2(-2, 0)) + tap(vec2(2, 0)) + tap(vec2(0, 2)));
    } else {
        c = 0.25 * tap(vec2(0.0)) +
            0.125 * (tap(vec2(-1, 0)) + tap(vec2(1, 0)) + tap(vec2(0, -1)) + tap(vec2(0, 1))) +
            0.0625 * (tap(vec2(-1, -1)) + tap(vec2(1, -1)) + tap(vec2(-1, 1)) + tap(vec2(1, 1)));
    }
    out_light = vec4(c * u_scale, 1.0);
}
