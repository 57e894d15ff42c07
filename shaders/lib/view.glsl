// Rays of the picture, and altitudes on a curved planet.

vec3 view_ray(vec2 uv)
{
    return normalize(frame.ray_origin.xyz + uv.x * frame.ray_dx.xyz + uv.y * frame.ray_dy.xyz);
}

// Altitude of a place given in metres relative to the eye, exact on the sphere: |P|^2 - R^2 by its
// small terms, over |P| + R.
float view_altitude(vec3 rel)
{
    float radius = frame.eye.y;
    float eye = frame.eye.x;
    float over = eye * (2.0 * radius + eye) + 2.0 * (radius + eye) * rel.z + dot(rel, rel);
    return over / (radius + sqrt(max(0.0, radius * radius + over)));
}

// Where a ray is below an altitude, metres along it: t^2 + 2 (R + h0) t sin = (c - h0) (2R + h0 + c).
vec2 view_below(float ceiling, vec3 dir)
{
    float radius = frame.eye.y;
    float a = 1.0 / (2.0 * radius);
    float b = (1.0 + frame.eye.x / radius) * dir.z;
    float c = (frame.eye.x - ceiling) * (1.0 + (frame.eye.x + ceiling) * a);
    float disc = b * b - 4.0 * a * c;
    if (disc <= 0.0)
        return vec2(1e30, -1e30);
    // The stable pair of roots.
    float q = -0.5 * (b + (b < 0.0 ? -1.0 : 1.0) * sqrt(disc));
    float x = q / a;
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
