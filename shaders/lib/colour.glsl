// From scene light to the picture. Scene colours are linear, Rec. 709 primaries.

const vec3 COLOUR_LUMA = vec3(0.2126, 0.7152, 0.0722);

float colour_luminance(vec3 c)
{
    return dot(c, COLOUR_LUMA);
}

vec3 colour_srgb(vec3 c)
{
    vec3 low = c * 12.92;
    vec3 high = 1.055 * pow(max(c, vec3(1e-6)), vec3(1.0 / 2.4)) - 0.055;
    return mix(high, low, lessThan(c, vec3(0.0031308)));
}

// AgX (T. Sobotka, 2022): inset toward white, log2 encoding, a sigmoid through mid grey, outset.
// Columns of the inset are the published ones; the outset is its inverse.
const mat3 COLOUR_AGX_IN = mat3(0.842479062253094, 0.0423282422610123, 0.0423756549057051,
                                0.0784335999999992, 0.878468636469772, 0.0784336,
                                0.0792237451477643, 0.0791661274605434, 0.879142973793104);
const mat3 COLOUR_AGX_OUT = mat3(1.19687900512017, -0.0528968517574562, -0.0529716355144438,
                                 -0.0980208811401368, 1.15190312990417, -0.0980434501171241,
                                 -0.0990297440797205, -0.0989611768448433, 1.15107367264116);
const float COLOUR_AGX_MIN = -12.47393; // log2 of the darkest, absolute
const float COLOUR_AGX_MAX = 4.026069;  // and of the brightest

// The sigmoid of AgX: toe and shoulder of power 1.5. The published slope through the pivot is 2.4, made
// for a contrast look on top; 3.0 is our neutral, tuned by eye on hazy pictures.
const float COLOUR_AGX_PIVOT_X = 0.6060606; // mid grey on the log scale: 10 / 16.5
const float COLOUR_AGX_PIVOT_Y = 0.4586564; // 0.18 ^ (1 / 2.2)
const float COLOUR_AGX_SLOPE = 3.0;
const float COLOUR_AGX_POWER = 1.5;

float colour_agx_side(float x, float y, float run, float rise)
{
    // One half of the curve: slope at the pivot, bending to meet `rise` at `run`.
    float p = COLOUR_AGX_POWER;
    float s = COLOUR_AGX_SLOPE;
    float scale = pow(max(pow(s * run, -p) * (pow(s * run / rise, p) - 1.0), 1e-9), -1.0 / p);
    float t = s * x / scale;
    return y + scale * t / pow(1.0 + pow(t, p), 1.0 / p);
}

float colour_agx_curve(float x)
{
    float d = x - COLOUR_AGX_PIVOT_X;
    if (d >= 0.0)
        return colour_agx_side(d, COLOUR_AGX_PIVOT_Y, 1.0 - COLOUR_AGX_PIVOT_X,
                               1.0 - COLOUR_AGX_PIVOT_Y);
    return 2.0 * COLOUR_AGX_PIVOT_Y -
           colour_agx_side(-d, COLOUR_AGX_PIVOT_Y, COLOUR_AGX_PIVOT_X, COLOUR_AGX_PIVOT_Y);
}

// Scene linear (mid grey 0.18) to display linear 0..1.
vec3 colour_agx(vec3 c)
{
    c = COLOUR_AGX_IN * max(c, vec3(0.0));
    c = (log2(max(c, vec3(1e-10))) - COLOUR_AGX_MIN) / (COLOUR_AGX_MAX - COLOUR_AGX_MIN);
    c = clamp(c, 0.0, 1.0);
    c = vec3(colour_agx_curve(c.r), colour_agx_curve(c.g), colour_agx_curve(c.b));
    c = pow(max(c, vec3(0.0)), vec3(2.2));
    return clamp(COLOUR_AGX_OUT * c, 0.0, 1.0);
}
