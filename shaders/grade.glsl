// The developed picture: bloom, vignette, exposure, tone curve, grade, grain, dither, bars.
// Alpha is 0 where the radiance was not finite, for the caller to refuse.
#include "lib/grade.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_colour;

uniform sampler2D tex_light; // sum of the samples
uniform sampler2D tex_bloom; // mean of the samples, spread
uniform float u_samples;
uniform ivec2 u_shift;       // from the output's pixels to those of the picture inside the bars
uniform ivec2 u_light;       // the pixel in the light's first texel
uniform float u_steps;       // between black and white in the output

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy) + u_shift;
    if (any(lessThan(pixel, ivec2(0))) || any(greaterThanEqual(pixel, ivec2(frame.size.xy)))) {
        out_colour = vec4(0.0, 0.0, 0.0, 1.0);
        return;
    }
    vec2 uv = (vec2(pixel) + 0.5) * frame.size.zw;
    vec3 light = texelFetch(tex_light, pixel - u_light, 0).rgb / u_samples;
    bool broken = any(isnan(light)) || any(isinf(light));
    vec3 c = mix(light, texture(tex_bloom, uv).rgb, params.grade_bloom);
    float luma;
    c = grade_look(c * grade_vignette(uv), luma);

    float mid = 4.0 * luma * (1.0 - luma);
    c += params.grade_grain / 255.0 * grade_grain(pixel) * mix(0.35, 1.0, clamp(mid, 0.0, 1.0));
    uint h = noise_hash_cell(pixel, 901u);
    vec3 dither = vec3(grade_triangular(h), grade_triangular(noise_hash(h)), grade_triangular(noise_hash(h ^ 77u)));
    c += dither / u_steps * 0.5;
    out_colour = vec4(clamp(c, 0.0, 1.0), broken ? 0.0 : 1.0);
}
