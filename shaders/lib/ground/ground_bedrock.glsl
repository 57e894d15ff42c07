// Bedrock: blocks between joints, and beds that weather into a face over a slope of scree.
#include "lib/ground/ground_world.glsl"

// Two blocks that meet: the nearest and the second nearest cell of jittered points (Worley 1996).
struct ground_block_pair {
    vec2 to, to_second; // from each one's middle to the place, cells
    uint hash, second;
    float edge; // cells to the joint between them
};

ground_block_pair ground_block_at(noise_place p, int n, uint seed)
{
    ivec2 c;
    vec2 f;
    noise_cell(p, n, seed, c, f);
    ground_block_pair b;
    b.to = b.to_second = vec2(8.0);
    b.hash = b.second = 0u;
    float d1 = 64.0, d2 = 64.0;
    for (int j = -1; j <= 1; j++) {
        for (int i = -1; i <= 1; i++) {
            ivec2 o = ivec2(i, j);
            uint h = noise_hash_cell(c + o, seed);
            vec2 v = f - 0.5 - vec2(o) - (vec2(h & 255u, (h >> 8) & 255u) - 127.5) * (0.9 / 255.0);
            float d = dot(v, v);
            bool first = d < d1, next = d < d2;
            b.to_second = first ? b.to : next ? v : b.to_second;
            b.second = first ? b.hash : next ? h : b.second;
            d2 = first ? d1 : min(d, d2);
            b.to = first ? v : b.to;
            b.hash = first ? h : b.hash;
            d1 = min(d, d1);
        }
    }
    b.edge = 0.5 * (d2 - d1) * inversesqrt(max(dot(b.to - b.to_second, b.to - b.to_second), 1e-4));
    return b;
}

// The tilted top of a block, in cells: height -0.5..0.5 at its middle, and gradient.
vec3 ground_block_top(vec2 to, uint hash)
{
    float z = float((hash >> 16) & 255u) / 255.0 - 0.5;
    vec2 tilt = (vec2((hash >> 24) & 15u, hash >> 28) - 7.5) * (1.0 / 15.0);
    return vec3(z + dot(to, tilt), tilt);
}

// Broken rock: blocks of 256 m / n with tilted tops, and steps of `width` cells between them. Height in
// cells, of mean 0, and gradient on the blocks.
vec3 ground_blocks(noise_place p, int n, uint seed, float width)
{
    ground_block_pair b = ground_block_at(p, n, seed);
    float own = clamp(0.5 + b.edge / width, 0.5, 1.0);
    return mix(ground_block_top(b.to_second, b.second), ground_block_top(b.to, b.hash), own);
}

// How far joints set a face back up the slope, metres of height: each block of 256 m / n by up to `most`, and
// as a whole, by the share `whole` of the slope across it, so that its top is level and its sides upright.
float ground_joints(noise_place p, int n, uint seed, float width, vec2 grad, float most, float whole)
{
    noise_place q = p;
    q.off += 0.22 * TILE_M / float(n) *
             vec2(noise_octave(p, 3 * n, seed + 90u).x, noise_octave(p, 3 * n, seed + 91u).x);
    ground_block_pair b = ground_block_at(q, n, seed);
    // What stands between two blocks is as steep as a face, not upright: a height field would tear.
    float own = smoothstep(0.0, 1.0, clamp(0.5 + b.edge / max(width, 0.12), 0.5, 1.0));
    vec2 across = whole * TILE_M / float(n) * grad;
    return mix(most * noise_pair(b.second).y + dot(across, b.to_second),
               most * noise_pair(b.hash).y + dot(across, b.to), own);
}

// How much of the blocks of 256 m / n the samples show: less and less over three octaves.
float ground_joint_keep(int n, float spacing)
{
    return clamp(0.33 * (log2(TILE_M / float(n) / spacing) - 1.0), 0.0, 1.0);
}

// Steps between blocks are as wide as the samples can hold.
float ground_joint_width(int n, float spacing)
{
    return max(0.07, 3.0 * spacing * float(n) / TILE_M);
}

// Scree lies at 33 degrees; a face stands at 72 (of granite and of beds: Selby 1993).
const float GROUND_SCREE = 0.65;
const float GROUND_FACE = 3.0;

// What a bed makes of an even slope: scree below, a face, a bench above.
struct ground_step {
    float rise;  // to add to the height, by the bed's thickness
    float slope; // what the slope becomes
    float scree; // share of scree, 0..1
    float face;  // share of face, 0..1
};

// A step is as wide as so many samples, and fades out where it would be the whole bed.
const float GROUND_STEP_NARROW = 3.0;
float ground_step_keep(float slope, float finest)
{
    return 1.0 - smoothstep(0.25, 1.0, GROUND_STEP_NARROW * finest * slope);
}

// What a step adds to the height in the mean, by the thickness; within 0.06 for beds of middling hardness.
float ground_step_mean(float slope)
{
    return clamp(0.36 - 0.5 * slope, -0.23, 0.2);
}

// f: height in the bed, 0 at the bottom .. 1 at the top; slope: of the even slope; steep: of the
// ground right here, by which a face is as wide as it must be; cliff: the share of
// the height that is face where there is room; set_back: moves the face up the slope, by the
// thickness; finest: metres between samples, by the thickness. The bed's bottom and top stay.
ground_step ground_step_at(float f, float slope, float steep, float cliff, float set_back, float finest)
{
    float s = max(slope, 0.05);
    float shown = smoothstep(0.0, 0.12, cliff);
    float low = mix(1.0, GROUND_SCREE / s, shown);
    float high = mix(1.0, min(0.4, 0.5 * low), shown);
    float apart = max(low - high, 0.02);
    // The scree's and the bench's lines are `cliff` apart where the face stands.
    float there = max(steep, s);
    float narrow = GROUND_STEP_NARROW * finest * there;
    float most = clamp((1.0 - high - 0.3 * cliff) / apart, 0.1, 1.0);
    float at = min(clamp((1.0 - high - cliff) / apart, 0.1, 0.9) + set_back, most);
    float tall = clamp(1.0 - high - apart * at, 0.0, 1.0);
    float width = min(max(there * tall / max(GROUND_FACE, 1.6 * s), narrow), 0.7);
    at = clamp(at, 0.5 * width + 0.02, 0.98 - 0.5 * width);
    tall = max(1.0 - high - apart * at, 0.0);
    float t = (f - at) / width + 0.5;
    // The rim is worn round, the foot is not.
    float on = clamp(t, 0.0, 1.0);
    on *= 1.5 - 0.5 * on;
    float keep = ground_step_keep(there, finest);
    ground_step r;
    // Steps that the samples cannot hold leave their mean, until that is little to the samples.
    float mean = ground_step_mean(s) * (1.0 - smoothstep(1.0, 6.0, narrow));
    r.rise = shown * mix(mean, mix(low * f, 1.0 - high * (1.0 - f), on) - f, keep);
    keep *= shown;
    // Slope and shares turn gradually, for what is laid upon them must not jump.
    float in_face = smoothstep(0.0, 0.3, t) * (1.0 - smoothstep(0.6, 0.97, t));
    r.face = keep * in_face;
    r.slope = s * mix(1.0, mix(low, high, on) + in_face * tall / width, keep);
    r.scree = keep * (1.0 - smoothstep(-0.15, 0.15, t)) * smoothstep(0.0, 0.7, f / at);
    return r;
}
