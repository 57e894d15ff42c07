// What stands at infinity: the sun's disc.

// Limb darkening of the visible disc: 1 - u (1 - cos), u per 680, 550, 440 nm (after Cox, Allen's
// Astrophysical Quantities, 2000, rounded).
const vec3 SKY_LIMB = vec3(0.47, 0.58, 0.71);

vec3 sky_sun_disc(vec3 dir)
{
    // The angle by its sine: cosines lose it in float.
    float angle = length(cross(dir, frame.sun.xyz)) + (dot(dir, frame.sun.xyz) > 0.0 ? 0.0 : 9.0);
    if (angle > frame.sun.w)
        return vec3(0.0);
    float x = angle / frame.sun.w;
    float c = sqrt(max(0.0, 1.0 - x * x));
    // The mean of the darkened disc is 1 - u / 3.
    return (1.0 - SKY_LIMB * (1.0 - c)) / (1.0 - SKY_LIMB / 3.0) /
           (3.14159265 * frame.sun.w * frame.sun.w);
}
