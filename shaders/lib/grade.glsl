// From light to the picture: vignette, exposure, tone curve, grade; grain.
#include "lib/noise.glsl"
#include "lib/colour.glsl"

// cos^4 of the angle off the axis for a lens of about 35 mm, scaled by the amount.
float grade_vignette(vec2 uv)
{
    vec2 off = (uv - 0.5) * vec2(1.0, frame.size.y * frame.size.z);
    float fall = 1.0 / (1.0 + dot(off, off) * 1.1);
    return mix(1.0, fall * fall, params.grade_vignette);
}

// Display values 0..1 of light; luma: before contrast, lift, gamma and gain.
vec3 grade_look(vec3 light, out float luma)
{
    const float PI = 3.14159265;
    // 0 EV: a white card that faces the sun above the air is 1 (its radiance is E / pi).
    vec3 c = colour_agx(light * PI * exp2(params.grade_exposure));

    // Contrast and saturation about display mid grey, then lift, gamma, gain.
    c = colour_srgb(c);
    luma = colour_luminance(c);
    c = mix(vec3(luma), c, params.grade_saturation);
    c = (c - 0.46) * params.grade_contrast + 0.46;
    c = pow(clamp(c, 0.0, 1.0), vec3(1.0 / params.grade_gamma));
    vec3 lift = colour_srgb(params.grade_lift);
    vec3 gain = colour_srgb(params.grade_gain);
    return lift + c * (gain - lift);
}

float grade_triangular(uint h)
{
    return (float(h & 0xffffu) + float(h >> 16)) / 65535.0 - 1.0;
}

// Film grain: soft over about two pixels, strongest in the middle tones.
float grade_grain(ivec2 pixel)
{
    uint seed = 900u + uint(params.grade_grain_frame) * 0x9E3779B9u; // a film's frames differ
    float sum = 0.0;
    for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
            float w = i == 0 && j == 0 ? 1.0 : (i == 0 || j == 0 ? 0.35 : 0.15);
            sum += w * grade_triangular(noise_hash_cell(pixel + ivec2(i, j), seed));
        }
    }
    // A triangular number has sigma 1/sqrt 6; the weights' root sum of squares is 1.26.
    return sum * 2.449 / 1.26;
}
