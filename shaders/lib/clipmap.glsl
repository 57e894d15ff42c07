// Reading the ground's clipmap: levels of N x N samples round the eye, spacing doubling, addressed
// toroidally. Positions are metres relative to the eye (x, y).

// frame.level[l]: 1/(spacing N), bias x, bias y, spacing
vec3 clipmap_uv(vec2 rel, int level)
{
    vec4 l = frame.level[level];
    return vec3(rel * l.x + l.yz, float(level));
}

// The finest level that holds the place, with a margin of two samples, 0..CLIPMAP_LEVELS-1.
int clipmap_level(vec2 rel)
{
    float reach = max(abs(rel.x), abs(rel.y));
    float half_n = (float(CLIPMAP_N) * 0.5 - 4.0) * frame.level[0].w;
    return clamp(int(ceil(log2(max(reach / half_n, 1e-6)))), 0, CLIPMAP_LEVELS - 1);
}

uniform sampler2DArray tex_shadow; // altitudes above which the sun is seen: upper limb, whole disc

// Share of the sun's disc seen from a place at an altitude, 0..1. `slack`: metres of tolerance.
float clipmap_sun(vec2 rel, float altitude, float slack)
{
    vec2 s = texture(tex_shadow, clipmap_uv(rel, clipmap_level(rel))).rg;
    return clamp((altitude - s.x + slack) / (s.y - s.x + slack), 0.0, 1.0);
}
