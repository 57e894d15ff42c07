// What the ground pass packed into the G-buffer, unpacked (see ground.glsl).

// The unit normal of two numbers in 0..1: an octahedron folded flat (Cigolle 2014).
vec3 gbuffer_normal(vec2 packed_normal)
{
    vec2 e = packed_normal * 2.0 - 1.0;
    vec3 n = vec3(e, 1.0 - abs(e.x) - abs(e.y));
    float t = max(-n.z, 0.0);
    n.xy += vec2(n.x >= 0.0 ? -t : t, n.y >= 0.0 ? -t : t);
    return normalize(n);
}

// Linear albedo of its square root.
vec3 gbuffer_albedo(vec3 packed_albedo)
{
    return packed_albedo * packed_albedo;
}
