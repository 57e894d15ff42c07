// Rays of the picture, and altitudes on a curved planet.

vec3 view_ray(vec2 uv)
{
    return normalize(frame.ray_origin.xyz + uv.x * frame.ray_dx.xyz + uv.y * frame.ray_dy.xyz);
}

// Altitude of a place given in metres relative to the eye: the planet drops by d^2 / 2R.
float view_altitude(vec3 rel)
{
    return frame.eye.x + rel.z + dot(rel.xy, rel.xy) / (2.0 * frame.eye.y);
}

// Where a ray is below an altitude, metres along it: h(t) = h0 + t sin + t^2 cos^2 / 2R.
vec2 view_below(float ceiling, vec3 dir)
{
    float a = dot(dir.xy, dir.xy) / (2.0 * frame.eye.y);
    float b = dir.z;
    float c = frame.eye.x - ceiling;
    float disc = b * b - 4.0 * a * c;
    if (disc <= 0.0)
        return vec2(1e30, -1e30);
    // The stable pair of roots.
    float q = -0.5 * (b + (b < 0.0 ? -1.0 : 1.0) * sqrt(disc));
    float x = a > 1e-20 ? q / a : (b < 0.0 ? 1e30 : -1e30);
    float y = abs(q) > 1e-20 ? c / q : 0.0;
    return vec2(min(x, y), max(x, y));
}

// The land ends 131 km from the eye. Beyond stands the bare datum: how far along a ray that meets
// nothing nearer, or 0.
float view_datum(vec3 dir)
{
    vec2 inside = view_below(0.0, dir);
    return inside.y > inside.x ? max(inside.x, 0.0) : 0.0;
}
