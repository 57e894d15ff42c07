// Dried mud and where salt lies instead: what both the heights and the light of a playa's floor follow.
#include "lib/ground/ground_bedrock.glsl"

// Share of a playa's floor that salt covers at a place, 0..1: patches of 30 to 200 m, and rings by height that old
// shores left. above: metres over the playa's level.
float ground_crust(noise_place p, float above, float off_playa)
{
    float ring = 0.5 + 0.5 * noise_pair(noise_hash(uint(int(floor(above * 3.0 + 400.0))))).x;
    float patchy = noise_octave(p, 2, 59u).x + 0.7 * noise_octave(p, 8, 60u).x +
                   0.4 * noise_octave_large(p, 2, 61u).x;
    return smoothstep(0.55, 0.85, params.ground_salt_cover + 0.55 * patchy + 0.15 * (ring - 0.5) * off_playa);
}

// Cracks between plates: the way to the second nearest point against the nearest (Worley 1996), which is 0 on
// the edge between two. `joined`: share of the edges that do not part. Returns how much of a crack there is, 0..1,
// the plate's own number and the way out to its edge. edge: cells to it; soft: cells that the samples need for a
// side.
float ground_cracks(noise_place p, int n, uint seed, float width, float soft, float joined, out vec2 out_way,
                    out float edge, out float plate)
{
    ground_block_pair b = ground_block_at(p, n, seed);
    uint lesser = min(b.hash, b.second), greater = max(b.hash, b.second);
    uint both = noise_hash(lesser * 0x8da6b343u + greater);
    plate = noise_pair(b.hash * 0x9e3779b9u).x;
    out_way = normalize(b.to - b.to_second + vec2(1e-5));
    edge = b.edge;
    // Cracks are of all widths, from hair to a finger.
    float own = width * (0.45 + 0.8 * float(both & 255u) / 255.0);
    bool whole = float((both >> 8) & 255u) < 255.0 * joined;
    return whole ? 0.0 : 1.0 - smoothstep(0.35 * own, max(own, 0.35 * own + soft), edge);
}

// A plate of mud, 27 cm wide.
struct ground_plate {
    vec2 out_way; // to its edge
    float crack;  // how deep in the crack round it, 0..1
    float curl;   // how near its rim, 0..1
    float lifts;  // slope of the rim: a plate dries from above
    float own;    // number, -1..1
};

ground_plate ground_plate_at(noise_place p, float soft)
{
    ground_plate m;
    noise_place q = p;
    q.off += 0.008 * noise_octave(p, 1024, 96u).yz; // rims are not straight
    float edge;
    m.crack = ground_cracks(q, 940, 97u, 0.13, soft, 0.06, m.out_way, edge, m.own);
    m.curl = 1.0 - smoothstep(0.0, 0.24, edge);
    m.lifts = 0.10 + 0.30 * max(m.own, 0.0);
    return m;
}

// How much of the plates samples hold.
float ground_mud_keep(float spacing)
{
    return ground_keep(0.07, spacing);
}

// Metres to add: cracks 4 cm deep, rims that curl up by a centimetre. share: 0..1.
float ground_mud_rise(noise_place p, float share, float spacing)
{
    float h = 0.0;
    WHEN(share * ground_mud_keep(spacing) > 0.0)
    {
        ground_plate m = ground_plate_at(p, 2.5 * spacing * 940.0 / TILE_M);
        h = share * ground_mud_keep(spacing) * (0.035 * m.lifts * m.curl * m.curl - 0.04 * m.crack);
    }
    return h;
}
