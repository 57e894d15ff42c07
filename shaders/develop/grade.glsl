// The developed picture: bloom, vignette, exposure, clarity, print, tints, grain, dither, bars.
// Alpha is 0 where the radiance was not finite, for the caller to refuse.
#include "lib/develop/grade.glsl"
#include "lib/develop/grain.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_colour;

uniform sampler2D tex_light;   // sum of the samples
uniform sampler2D tex_bloom;   // mean of the samples, spread
uniform sampler2D tex_clarity; // lines that clarity follows
uniform float u_samples;
uniform ivec2 u_shift;       // from the output's pixels to those of the picture inside the bars
uniform ivec2 u_light;       // the pixel in the light's first texel; neighbours of what is drawn are there
uniform float u_steps;       // between black and white in the output
uniform float u_width;       // of the picture, pixels, without what is repeated beyond its edges

// The light of a pixel. Where something next to it is far over white - the sun's disc - it is the mean of
// what is to be printed of it and its neighbours: else the smallest share of it would be all white, and its
// limb a staircase.
vec3 light_at(ivec2 pixel)
{
    float disc = grade_over_white(GRADE_DISC), far = grade_over_white(GRADE_GLOW), peak = 0.0;
    ivec2 last = ivec2(frame.size.xy) - 1;
    vec3 sum = vec3(0.0), middle = vec3(0.0);
    for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
            vec3 light = texelFetch(tex_light, clamp(pixel + ivec2(i, j), ivec2(0), last) - u_light, 0).rgb / u_samples;
            middle = i == 0 && j == 0 ? light : middle;
            peak = max(peak, grade_luma(light));
            sum += (i == 0 ? 0.5 : 0.25) * (j == 0 ? 0.5 : 0.25) * grade_cap(light, disc);
        }
    }
    return peak > far ? sum : middle;
}

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy) + u_shift;
    if (any(lessThan(pixel, ivec2(0))) || any(greaterThanEqual(pixel, ivec2(frame.size.xy)))) {
        out_colour = vec4(0.0, 0.0, 0.0, 1.0);
        return;
    }
    vec2 uv = (vec2(pixel) + 0.5) * frame.size.zw;
    vec3 light = light_at(pixel);
    bool broken = any(isnan(light)) || any(isinf(light));
    vec3 c = mix(light, texture(tex_bloom, uv).rgb, params.grade_bloom) * grade_vignette(uv);
    if (params.grade_clarity != 0.0)
        c *= clarity_gain(light, texture(tex_clarity, uv).rg, params.grade_clarity);
    float luma;
    c = grade_look(c, luma);

    uint seed = 900u + uint(params.grade_grain_frame) * 0x9E3779B9u; // a film's frames differ
    c += grain_codes(grain_at(pixel, u_width, seed), luma, params.grade_grain) / 255.0;
    uint h = noise_hash_cell(pixel, 901u);
    vec3 dither = vec3(grain_triangular(h), grain_triangular(noise_hash(h)), grain_triangular(noise_hash(h ^ 77u)));
    c += dither / u_steps * 0.5;
    out_colour = vec4(clamp(c, 0.0, 1.0), broken ? 0.0 : 1.0);
}
