// Reading the ground's clipmap: levels of N x N samples round the eye, spacing doubling, addressed
// toroidally. Positions are metres relative to the eye (x, y), which stands in the middle of the levels
// but for frame.eye.w samples. Levels finer than frame.shot.y are not there.

// frame.level[l]: 1/(spacing N), bias x, bias y, spacing
vec3 clipmap_uv(vec2 rel, int level)
{
    vec4 l = frame.level[level];
    return vec3(rel * l.x + l.yz, float(level));
}

// Samples by which the levels are less than half their side wide, from the eye: where they are read, and
// where the mesh goes over into the next coarser one.
const float CLIPMAP_READ_MARGIN = 4.0;
const float CLIPMAP_MESH_MARGIN = 8.0;

// Samples from the eye to a level's edge, less a margin.
float clipmap_half(float margin)
{
    return float(CLIPMAP_N) * 0.5 - margin - frame.eye.w;
}

// The finest level that holds the place, 0..CLIPMAP_LEVELS-1.
int clipmap_level(vec2 rel)
{
    float reach = max(abs(rel.x), abs(rel.y));
    float half_n = clipmap_half(CLIPMAP_READ_MARGIN) * frame.level[0].w;
    return clamp(int(ceil(log2(max(reach / half_n, 1e-6)))), frame.shot.y, CLIPMAP_LEVELS - 1);
}

uniform sampler2DArray tex_shadow; // heights above which the sun is seen: upper limb, whole disc

// Share of the sun's disc over a straight edge, from a height between those of the two limbs, s. The
// ground itself is as high as both, and has half the slack before it hides anything.
float clipmap_sun_share(float height, vec2 s, float slack)
{
    float u = clamp((height - s.x + slack) / (s.y - s.x + 0.5 * slack), 0.0, 1.0);
    // A disc's segment: 1/2 + (x sqrt(1 - x^2) + asin x) / pi with x = 2u - 1, within 0.012.
    return u * (0.5 + u * (1.5 - u));
}

// Share of the sun's disc seen from a place (metres relative to the eye), 0..1. `slack`: metres of
// tolerance. Heights are those of the eye's tangent frame, in which the sun stands in one direction.
// Beyond the levels nothing stands in its way but the planet, which the air's tables know.
float clipmap_sun(vec3 rel, float slack)
{
    float most = clipmap_half(CLIPMAP_READ_MARGIN) * frame.level[CLIPMAP_LEVELS - 1].w;
    if (max(abs(rel.x), abs(rel.y)) > most)
        return 1.0;
    vec2 s = texture(tex_shadow, clipmap_uv(rel.xy, clipmap_level(rel.xy))).rg;
    return clipmap_sun_share(frame.eye.x + rel.z, s, slack);
}
