// The print: scene light to display values. The curve works on luma alone, so that however steep it is
// no hue turns; what the display cannot show is then brought into its gamut.
//
// Tones are counted in stops about mid grey, log2(luma / 0.18). Two tones of the scene are pinned to the
// print, one near black and one near white; between them runs the curve, straight in stops unless contrast
// or gamma bend it; beyond them a toe and a shoulder, which meet black and white only at infinity.
#include "lib/colour.glsl"

const float PRINT_GREY = 0.18;
const float PRINT_BLACK = 16.0 / 255.0;  // display value of the scene's darkest tone, and
const float PRINT_WHITE = 232.0 / 255.0; // of its lightest; between them lies the pivot of contrast
const float PRINT_LEAST_RANGE = 0.25;    // stops between the two
const float PRINT_LUMA_MAX = 1e12;

// Stops of a luminance about mid grey.
float print_stops(float luma)
{
    return log2(clamp(luma, 1.0 / PRINT_LUMA_MAX, PRINT_LUMA_MAX) / PRINT_GREY);
}

// The display value, 0 to 1, of a tone in stops. ends: the tones at PRINT_BLACK and PRINT_WHITE.
// contrast: the slope where the curve passes the middle of the print (0.49, code 124), 1 is straight;
// the ends stay. gamma: lifts the middle, the ends stay. Both by C. Schlick's rational bias and gain
// (Graphics Gems IV, 1994), whose slopes at the ends are finite: toe and shoulder go on with them.
float print_tone(float stops, vec2 ends, float contrast, float gamma)
{
    float t = (stops - ends.x) / max(ends.y - ends.x, PRINT_LEAST_RANGE);
    float middle = pow(0.5, 1.0 / gamma); // where the bias takes t = 0.5 to
    float u = clamp(t, 0.0, 1.0);
    u /= (1.0 / middle - 2.0) * (1.0 - u) + 1.0;
    float half_u = min(u, 1.0 - u);
    float s = half_u / ((contrast - 1.0) * (1.0 - 2.0 * half_u) + 1.0);
    s = u < 0.5 ? s : 1.0 - s;
    const float RISE = PRINT_WHITE - PRINT_BLACK;
    float v = PRINT_BLACK + RISE * s;
    // Hyperbolas that go on with the curve's slope.
    float toe = max(-t, 0.0) * RISE / PRINT_BLACK * middle / (1.0 - middle) / contrast;
    float shoulder = max(t - 1.0, 0.0) * RISE / (1.0 - PRINT_WHITE) * (1.0 - middle) / middle / contrast;
    return 1.0 - (1.0 - v / (1.0 + toe)) / (1.0 + shoulder);
}

// Stops over white in which highlights lose half of their colour; by eye, on suns seen through haze.
const float PRINT_FADE = 16.0;
// Sharpness of the knees at the gamut's edge: of the hue, and of the strongest channel.
const float PRINT_KNEE = 8.0;
const float PRINT_PEAK_KNEE = 16.0;
// How much of the luma that the knees take from a pure hue comes back, by a gamma; by eye.
const float PRINT_BACK = 0.75;

// Linear light, 0 to 1, of the hue of c and a luma of `luma` (linear). A hue that is not in the gamut at
// that luma is bent into it a channel at a time, as film and sensors do: oranges turn to yellow before they
// turn to white; what luma that takes comes back in part. over: stops over white.
vec3 print_colour(vec3 c, float luma, float saturation, float over)
{
    float y = colour_luminance(c);
    vec3 chroma = y > 1.0 / PRINT_LUMA_MAX ? c / y - 1.0 : vec3(0.0);
    chroma *= saturation / (1.0 + over / PRINT_FADE);
    float least = -min(chroma.r, min(chroma.g, chroma.b));
    chroma *= min(1.0, 1.0 / max(least, 1e-6)); // no component below 0
    vec3 wanted = luma * (1.0 + chroma);
    vec3 bent = wanted * pow(1.0 + pow(wanted, vec3(PRINT_KNEE)), vec3(-1.0 / PRINT_KNEE));
    float peak = max(wanted.r, max(wanted.g, wanted.b));
    float reached = peak * pow(1.0 + pow(peak, PRINT_PEAK_KNEE), -1.0 / PRINT_PEAK_KNEE);
    bent *= reached / max(max(bent.r, max(bent.g, bent.b)), 1e-6);
    // A grey comes back whole.
    float colourful = max(chroma.r, max(chroma.g, chroma.b));
    float back = mix(1.0, PRINT_BACK, colourful / (0.25 + colourful));
    float kept = colour_luminance(bent);
    float wanted_luma = mix(kept, luma, back);
    const float LEAST = 1e-6, MOST = 0.9999;
    float gamma = log(clamp(wanted_luma, LEAST, MOST)) / log(clamp(kept, LEAST, MOST));
    return clamp(pow(max(bent, vec3(LEAST)), vec3(gamma)), 0.0, 1.0);
}
