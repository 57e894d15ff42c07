/* From the renderer's light to units.
 *
 * Inside the renderer light is relative: radiance divided by the sun's irradiance above the air,
 * each wavelength by its own, so that its unit is 1/sr. Red, green and blue are the single
 * wavelengths 680, 550 and 440 nm. Files of measured light hold spectral radiance in
 * W/(m2 sr nm): relative light times the sun's spectral irradiance above the air.
 *
 * A file's numbers divided by radiometry_sun are relative light again. The picture's colour is
 * COLOUR_FROM_WAVES (shaders/lib/colour.glsl) times that: linear Rec. 709 in which the sun above
 * the air is white. It is then exposed (times pi 2^EV) and printed. */
#ifndef STILLAIR_RENDER_FRAME_RADIOMETRY_H
#define STILLAIR_RENDER_FRAME_RADIOMETRY_H

#include "base/consts.h"

#define RADIOMETRY_UNIT "W m^-2 sr^-1 nm^-1"

static const double radiometry_nm[3] = {680, 550, 440};

/* W/(m2 nm) at those wavelengths, at the mean distance: ASTM G-173, extraterrestrial column,
 * averaged over 10 nm (as in Bruneton, "Precomputed Atmospheric Scattering: a New Implementation",
 * 2017). */
static const double radiometry_sun[3] = {1.474, 1.8504, 1.91198};

/* Luminance takes relative light itself for that colour: the sun above the air, whose illuminance
 * is 133 klx (128 to 134 in the literature; Darula, Kittler & Gueymard 2005), and Rec. 709's shares
 * of it. Three wavelengths are no spectrum: for light as smooth as daylight it is good to some 5%,
 * by eye. */
#define RADIOMETRY_SUN_LUX 133000.0

/* cd/m2 of a radiance in W/(m2 sr nm). */
static inline double radiometry_luminance(const float radiance[3])
{
    static const double share[3] = {LUMA_R, LUMA_G, LUMA_B};
    double sum = 0;
    for (int i = 0; i < 3; i++)
        sum += share[i] * (double)radiance[i] / radiometry_sun[i];
    return RADIOMETRY_SUN_LUX * sum;
}

/* W/(m2 sr nm): what is less is black. A twentieth of the darkest natural night sky (22 magnitudes
 * a square second of arc). */
#define RADIOMETRY_DARKNESS 1e-10

#endif
