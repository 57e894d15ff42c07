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
