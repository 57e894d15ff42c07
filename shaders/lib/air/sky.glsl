// What stands behind the air: at infinity, the sun's disc.
#include "lib/noise.glsl"

// Limb darkening of the visible disc: 1 - u (1 - cos), u per 680, 550, 440 nm (after Cox, Allen's
// Astrophysical Quantities, 2000, rounded).
const vec3 SKY_LIMB = vec3(0.47, 0.58, 0.71);

// Refraction lifts what is seen at an elevation (rad): Bennett 1982, at 1010 hPa and 10 C.
float sky_refraction(float elevation)
{
    float h = degrees(max(elevation, -0.009)); // the formula ends half a degree under the horizon
    return radians(1.0 / tan(radians(h + 7.31 / (h + 4.4))) / 60.0) * params.air_pressure / 101000.0;
}

vec3 sky_sun_disc(vec3 dir)
{
    // The angle by its sine: cosines lose it in float.
    float angle = length(cross(dir, frame.sun.xyz)) + (dot(dir, frame.sun.xyz) > 0.0 ? 0.0 : 9.0);
    if (angle > 2.0 * frame.sun.w)
        return vec3(0.0);
    // The sun's elevation is where its centre is seen; its lower limb is lifted more than the upper:
    // near the horizon the disc is squashed.
    float seen = asin(dir.z);
    float upright = seen - frame.sun_angle.x;
    float level = max(0.0, angle * angle - upright * upright);
    upright -= sky_refraction(seen) - sky_refraction(frame.sun_angle.x);
    angle = sqrt(level + upright * upright);
    if (angle > frame.sun.w)
        return vec3(0.0);
    float x = angle / frame.sun.w;
    float c = sqrt(max(0.0, 1.0 - x * x));
    // The mean of the darkened disc is 1 - u / 3.
    return (1.0 - SKY_LIMB * (1.0 - c)) / (1.0 - SKY_LIMB / 3.0) /
           (PI * frame.sun.w * frame.sun.w);
}

const float SKY_BY_THE_SUN = 0.9994; // cosine of two degrees

// Returns what the sky behind the air sends toward the eye from a direction: radiance, before the air. What
// else stands there is added here: a body, stars, a deck of clouds, each from a file of its own.
vec3 sky_behind(vec3 dir)
{
    vec3 light = vec3(0.0);
    WHEN(dot(dir, frame.sun.xyz) > SKY_BY_THE_SUN)
    {
        light += sky_sun_disc(dir);
    }
    return light;
}
