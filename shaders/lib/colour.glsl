// From scene light to colour: linear Rec. 709 unless said otherwise.

// Light at 680, 550 and 440 nm, relative to the sun's above the air, as linear Rec. 709 in which that sun
// is white. Spectra between the three are smooth (log-quadratic in the wavelength, as air and bare ground
// make them) and seen by the CIE 1931 observer (fit of Wyman, Sloan, Shirley 2013); the rows are rounded to
// what serves skies and haze: within 7% of that observer from a blue sky (2, 1, 0.7 from blue to red) to a
// hazy sunset (0.36, 0.53, 1), 20% too pale in red at (0.02, 0.3, 1). Without it 680 nm, redder than any
// red of a screen, would be taken for one.
const mat3 COLOUR_FROM_WAVES = mat3(0.50, -0.03, -0.03, 0.68, 1.03, 0.06, -0.18, 0.0, 0.97);

vec3 colour_of_light(vec3 waves)
{
    return max(COLOUR_FROM_WAVES * waves, vec3(0.0));
}

const vec3 COLOUR_LUMA = vec3(LUMA_R, LUMA_G, LUMA_B);

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

vec3 colour_linear(vec3 c)
{
    vec3 low = c / 12.92;
    vec3 high = pow((max(c, vec3(0.04)) + 0.055) / 1.055, vec3(2.4));
    return mix(high, low, lessThan(c, vec3(0.04045)));
}
