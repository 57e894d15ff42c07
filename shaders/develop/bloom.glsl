// One step of the bloom (u_step): down to half the size by 13 taps (after Jimenez 2014), up by a tent, or
// down to a quarter by a box of 4 x 4.
#stage fragment
in vec2 v_uv;
out vec4 out_light;

uniform sampler2D tex_light;
uniform vec2 u_texel;  // 1 / size of tex_light
uniform int u_step;    // BLOOM_DOWN, BLOOM_UP, BLOOM_QUARTER

vec3 tap(vec2 at)
{
    return texture(tex_light, v_uv + at * u_texel).rgb;
}

void main()
{
    vec3 c;
    if (u_step == BLOOM_QUARTER) {
        c = 0.25 * (tap(vec2(-1, -1)) + tap(vec2(1, -1)) + tap(vec2(-1, 1)) + tap(vec2(1, 1)));
    } else if (u_step == BLOOM_DOWN) {
        c = 0.125 * tap(vec2(0.0)) +
            0.125 * (tap(vec2(-1, -1)) + tap(vec2(1, -1)) + tap(vec2(-1, 1)) + tap(vec2(1, 1))) +
            0.03125 * (tap(vec2(-2, -2)) + tap(vec2(2, -2)) + tap(vec2(-2, 2)) + tap(vec2(2, 2))) +
            0.0625 * (tap(vec2(0, -2)) + tap(vec2(-2, 0)) + tap(vec2(2, 0)) + tap(vec2(0, 2)));
    } else {
        c = 0.25 * tap(vec2(0.0)) +
            0.125 * (tap(vec2(-1, 0)) + tap(vec2(1, 0)) + tap(vec2(0, -1)) + tap(vec2(0, 1))) +
            0.0625 * (tap(vec2(-1, -1)) + tap(vec2(1, -1)) + tap(vec2(-1, 1)) + tap(vec2(1, 1)));
    }
    out_light = vec4(c, 1.0);
}
