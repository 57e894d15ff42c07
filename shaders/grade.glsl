// The developed picture: bloom, vignette, exposure, tone curve, grade, grain, dither, bars.
// Alpha is 0 where the radiance was not finite, for the caller to refuse.
#include "lib/noise.glsl"
#include "lib/colour.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_colour;

const float PI = 3.14159265;

uniform sampler2D tex_light; // sum of the samples
uniform sampler2D tex_bloom; // mean of the samples, spread
uniform float u_samples;
uniform ivec2 u_corner;      // of the picture inside the bars, pixels

float triangular(uint h)
{
    return (float(h & 0xffffu) + float(h >> 16)) / 65535.0 - 1.0;
}

// Film grain: soft over about two pixels, strongest in the middle tones.
float grain(ivec2 pixel)
{
    float sum = 0.0;
    for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
            float w = i == 0 && j == 0 ? 1.0 : (i == 0 || j == 0 ? 0.35 : 0.15);
            sum += w * triangular(noise_hash_cell(pixel + ivec2(i, j), 900u));
        }
    }
    // A triangular number has sigma 1/sqrt 6; the weights' root sum of squares is 1.26.
    return sum * 2.449 / 1.26;
}

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy) - u_corner;
    if (any(lessThan(pixel, ivec2(0))) || any(greaterThanEqual(pixel, ivec2(frame.size.xy)))) {
        out_colour = vec4(0.0, 0.0, 0.0, 1.0);
        return;
    }
    vec2 uv = (vec2(pixel) + 0.5) * frame.size.zw;
    vec3 light = texelFetch(tex_light, pixel, 0).rgb / u_samples;
    bool broken = any(isnan(light)) || any(isinf(light));
    vec3 c = mix(light, texture(tex_bloom, uv).rgb, params.grade_bloom);

    // cos^4 of the angle off the axis for a lens of about 35 mm, scaled by the amount.
    vec2 off = (uv - 0.5) * vec2(1.0, frame.size.y * frame.size.z);
    float fall = 1.0 / (1.0 + dot(off, off) * 1.1);
    c *= mix(1.0, fall * fall, params.grade_vignette);
    // 0 EV: a white card that faces the sun above the air is 1 (its radiance is E / pi).
    c = colour_agx(c * PI * exp2(params.grade_exposure));

    // Contrast and saturation about display mid grey, then lift, gamma, gain.
    c = colour_srgb(c);
    float luma = colour_luminance(c);
    c = mix(vec3(luma), c, params.grade_saturation);
    c = (c - 0.46) * params.grade_contrast + 0.46;
    c = pow(clamp(c, 0.0, 1.0), vec3(1.0 / params.grade_gamma));
    vec3 lift = colour_srgb(params.grade_lift);
    vec3 gain = colour_srgb(params.grade_gain);
    c = lift + c * (gain - lift);

    float mid = 4.0 * luma * (1.0 - luma);
    c += params.grade_grain / 255.0 * grain(pixel) * mix(0.35, 1.0, clamp(mid, 0.0, 1.0));
    uint h = noise_hash_cell(pixel, 901u);
    vec3 dither = vec3(triangular(h), triangular(noise_hash(h)), triangular(noise_hash(h ^ 77u)));
    c += dither / 255.0 * 0.5;
    out_colour = vec4(clamp(c, 0.0, 1.0), broken ? 0.0 : 1.0);
}
