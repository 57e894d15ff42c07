// Clarity: local contrast, by how much a tone differs from the base of its surroundings. The base is a
// guided filter's (He, Sun, Tang 2013; at a reduced size: He, Sun 2015): a line a * tone + b fitted to the
// surroundings, which follows an edge rather than blurring it, so that skylines get no haloes.
#include "lib/colour.glsl"

const float CLARITY_EDGE = 0.35;  // stops: what differs by more is an edge, and is left alone
const float CLARITY_MOST = 1.5;   // stops that a pixel may move by
const float CLARITY_DARK = 1e-9;  // luminance: all that is darker is alike

// Tones of light, in stops about an arbitrary grey.
float clarity_tone(vec3 light)
{
    return log2(max(colour_luminance(colour_of_light(light)), CLARITY_DARK));
}

// The line fitted to surroundings whose tones have that mean and mean square.
vec2 clarity_line(vec2 moments)
{
    float variance = max(moments.y - moments.x * moments.x, 0.0);
    float a = variance / (variance + CLARITY_EDGE * CLARITY_EDGE);
    return vec2(a, moments.x * (1.0 - a));
}

// Stops by which a tone moves. line: the mean of the lines about the pixel.
float clarity_stops(float tone, vec2 line, float amount)
{
    return clamp(amount * (tone - line.x * tone - line.y), -CLARITY_MOST, CLARITY_MOST);
}

// What light is multiplied with.
float clarity_gain(vec3 light, vec2 line, float amount)
{
    return exp2(clarity_stops(clarity_tone(light), line, amount));
}
