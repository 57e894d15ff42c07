// What the land leaves of the sky, and what it gives back: the light of the land on itself.
//
// Found along eight directions, at distances a third to a half apart, to the end of the land. On
// noise of slope 0.5 B is then off by 0.009 in each horizontal part and 0.003 in the vertical one
// (6 directions: 0.015 and 0.005; 12: 0.005 and 0.002; 16: 0.003 and 0.001).
//
// A place sees the sky above its horizon, of elevation a(phi). Under a sky of uniform radiance L a
// surface with normal n that has no sky behind it receives pi L (n . B), with the vector
//   B = 1/pi  integral over the visible sky of w dw
//     = 1/pi  integral dphi { (cos phi, sin phi) G(a), cos^2 a / 2 },
//   G(a) = integral from a to pi/2 of cos^2 = (pi/2 - a - sin a cos a) / 2.
// |B| says how much sky there is, B / |B| where: the bent normal. An open plane has B = (0, 0, 1), an
// open slope with normal N the mean of N and the vertical, the floor of a V-shaped valley
// (0, 0, cos of its slope).

// G by the sine of the horizon, 0..1. The root is that of G at the zenith; within 0.0002.
float horizon_open(float s)
{
    float c = 1.0 - s;
    return c * sqrt(c) * (0.7853982 + (0.176 - 0.018 * s) * s);
}

// The share of its hemisphere, cosine-weighted, in which a surface sees sky: n . B, but a normal that
// leans away from all that the samples hold (a stone, a blade) still has the open sky's (1 + n_z) / 2.
float horizon_sky_share(vec3 n, vec3 b)
{
    float square = dot(b, b);
    float along = dot(n, b);
    return clamp(along + 0.5 * square * (sqrt(square) - along), 0.0, 1.0);
}

// B (x, y) among 8 bits, its 0 exact.
vec2 horizon_pack(vec2 b)
{
    return (b * 127.0 + 128.0) / 255.0;
}

vec2 horizon_unpack(vec2 stored)
{
    return (stored * 255.0 - 128.0) / 127.0;
}

// The sine of a horizon among 8 bits. Lower than 30 degrees under the horizontal makes no odds.
const float HORIZON_LOWEST = -0.5;

vec4 horizon_pack_sines(vec4 s)
{
    return clamp((s - HORIZON_LOWEST) / (1.0 - HORIZON_LOWEST), 0.0, 1.0);
}

vec4 horizon_unpack_sines(vec4 stored)
{
    return HORIZON_LOWEST + (1.0 - HORIZON_LOWEST) * stored;
}

// Sine of an elevation, from its tangent.
float horizon_sine(float t)
{
    return t * inversesqrt(1.0 + t * t);
}
