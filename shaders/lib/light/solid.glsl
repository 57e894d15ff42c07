// The surface of what stands on the ground, in the two words that the G-buffer keeps of it: normal as an
// octahedron's two 11 bits (Meyer et al. 2010; 0.15 of a degree), roughness 6 bits, kind 4 bits, the
// square root of the albedo 3 x 8 bits, translucency 8 bits.
struct solid {
    vec3 normal;         // of the side that is seen
    vec3 albedo;         // 0..1
    float roughness;     // 1: matt
    float translucency;  // share of the light on its back that leaves its front: leaves, cloth
    int kind;            // 0..15, its subject's own
};

vec2 solid_fold(vec2 v)
{
    return (1.0 - abs(v.yx)) * vec2(v.x < 0.0 ? -1.0 : 1.0, v.y < 0.0 ? -1.0 : 1.0);
}

uvec2 solid_pack(solid s)
{
    vec3 n = s.normal / (abs(s.normal.x) + abs(s.normal.y) + abs(s.normal.z));
    vec2 oct = n.z < 0.0 ? solid_fold(n.xy) : n.xy;
    uvec2 q = uvec2(clamp(oct * 0.5 + 0.5, 0.0, 1.0) * 2046.0 + 0.5); // even: 0 is exact
    uvec3 a = uvec3(sqrt(clamp(s.albedo, 0.0, 1.0)) * 255.0 + 0.5);
    uint rough = uint(clamp(s.roughness, 0.0, 1.0) * 63.0 + 0.5);
    uint through = uint(clamp(s.translucency, 0.0, 1.0) * 255.0 + 0.5);
    return uvec2(q.x | q.y << 11 | rough << 22 | uint(s.kind & 15) << 28,
                 a.x | a.y << 8 | a.z << 16 | through << 24);
}

solid solid_unpack(uvec2 w)
{
    solid s;
    vec2 oct = vec2(uvec2(w.x, w.x >> 11) & 2047u) / 1023.0 - 1.0;
    float z = 1.0 - abs(oct.x) - abs(oct.y);
    s.normal = normalize(vec3(z < 0.0 ? solid_fold(oct) : oct, z));
    vec3 a = vec3(uvec3(w.y, w.y >> 8, w.y >> 16) & 255u) / 255.0;
    s.albedo = a * a;
    s.roughness = float(w.x >> 22 & 63u) / 63.0;
    s.translucency = float(w.y >> 24) / 255.0;
    s.kind = int(w.x >> 28);
    return s;
}
