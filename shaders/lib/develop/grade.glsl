// From light to the picture: vignette, exposure, clarity, the print and its tints.
#include "lib/develop/clarity.glsl"
#include "lib/develop/print.glsl"


// cos^4 of the angle off the axis for a lens of about 35 mm, scaled by the amount.
float grade_vignette(vec2 uv)
{
    vec2 off = (uv - 0.5) * vec2(1.0, frame.size.y * frame.size.z);
    float fall = 1.0 / (1.0 + dot(off, off) * 1.1);
    return mix(1.0, fall * fall, params.grade_vignette);
}

// Stops that the mood and its camera expose by. 0: a white card that faces the sun above the air is 1
// (its radiance is E / pi).
float grade_stops()
{
    return params.grade_exposure + params.camera_exposure;
}

// The scene's tones at the ends of the print.
vec2 grade_ends()
{
    return vec2(params.grade_black + params.camera_black, params.grade_white + params.camera_white);
}

// The sun's disc may be ten stops over white. It glows as if it were GRADE_GLOW over it, or it would
// drown in its own glow, and is printed GRADE_DISC over it, with the colour that the air has left it.
// Both numbers are tuned by eye.
const float GRADE_GLOW = 5.0;
const float GRADE_DISC = 2.0;

// Relative light that many stops over white.
float grade_over_white(float stops)
{
    return PRINT_GREY / PI * exp2(grade_ends().y + stops - grade_stops());
}

float grade_luma(vec3 light)
{
    return colour_luminance(colour_of_light(light));
}

// Light whose luma is at most `most`, of the same hue.
vec3 grade_cap(vec3 light, float most)
{
    return light * (most / max(grade_luma(light), most));
}

// Display values 0..1 of light, and their luma.
vec3 grade_look(vec3 light, out float luma)
{
    vec3 c = clamp(colour_of_light(light) * PI * exp2(grade_stops()), vec3(0.0), vec3(PRINT_LUMA_MAX));
    float stops = print_stops(colour_luminance(c));
    vec2 ends = grade_ends();
    float tone = print_tone(stops, ends, params.grade_contrast, params.grade_gamma);
    c = print_colour(c, colour_linear(vec3(tone)).r, params.grade_saturation, max(stops - ends.y, 0.0));
    vec3 lift = colour_srgb(params.grade_lift);
    vec3 gain = colour_srgb(params.grade_gain);
    c = lift + colour_srgb(c) * (gain - lift);
    luma = colour_luminance(c);
    return c;
}
