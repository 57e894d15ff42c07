// The floors of playas: cracked mud, crusts and polygons of salt, tracks of vehicles. Gradients and albedo;
// nothing here moves the surface.
#include "lib/ground/ground_lie.glsl"

// Share of a playa's floor that salt covers at a place, 0..1: patches of 30 to 200 m, and rings by height that
// old shores left.
float ground_crust(noise_place p, ground_lie l)
{
    float ring = 0.5 + 0.5 * noise_pair(noise_hash(uint(int(floor(l.above * 3.0 + 400.0))))).x;
    float patchy = noise_octave(p, 2, 59u).x + 0.7 * noise_octave(p, 8, 60u).x +
                   0.4 * noise_octave_large(p, 2, 61u).x;
    return smoothstep(0.55, 0.85, params.ground_salt_cover + 0.55 * patchy + 0.15 * (ring - 0.5) * l.off_playa);
}

// How near the wheels of a vehicle came, along lines that wander over the floor. x: share of the track of 3 m;
// y: of its two ruts of 30 cm, 1.7 m apart; across: from the middle of the track, a unit vector.
vec2 ground_ruts(noise_place p, float pixel, out vec2 across)
{
    vec2 share = vec2(0.0);
    across = vec2(0.0);
    for (int k = 0; k < 2; k++) {
        // Where a broad noise is zero.
        vec3 line = noise_octave_large(p, 2, uint(170 + k)) + vec3(0.02, 0.0, 0.0);
        vec3 sway = noise_octave(p, 4, uint(172 + k));
        line += 0.012 * sway;
        float steep = length(line.yz) + 1e-5, from = line.x / steep; // m
        float whole = ground_keep(3.0, pixel) * smoothstep(0.0002, 0.0006, steep);
        float side = abs(abs(from) - 0.85);
        vec2 here = vec2(whole * (1.0 - smoothstep(1.1, 1.9, abs(from))),
                         whole * ground_keep(0.5, pixel) * (1.0 - smoothstep(0.10, 0.17, side)));
        across = here.x > share.x ? (line.yz / steep) * sign(abs(from) - 0.85) * sign(from) : across;
        share = max(share, here);
    }
    return share;
}

// The colour of a playa's floor and of its shore: silt, salt where it crusts, the tracks in both.
vec3 ground_playa(noise_place p, ground_lie l, float mottle)
{
    vec3 c = params.ground_silt * (1.0 + 0.08 * l.medium + 0.15 * mottle);
    c = mix(c, params.ground_salt * (1.0 + 0.1 * mottle), ground_crust(p, l));
    vec2 across, ruts = ground_ruts(p, l.pixel, across) * (1.0 - l.off_playa) * (1.0 - l.wet);
    return c * (1.0 - 0.10 * ruts.x) * (1.0 - 0.22 * ruts.y);
}

// Cracks between plates: the way to the second nearest point against the nearest (Worley 1996), which is 0 on
// the edge between two. `joined`: share of the edges that do not part. Returns how much of a crack there is, 0..1,
// the plate's own number and the way out to its edge; edge: cells to it.
float ground_cracks(noise_place p, int n, uint seed, float width, float joined, out vec2 out_way, out float edge,
                    out float plate)
{
    ground_block_pair b = ground_block_at(p, n, seed);
    uint lesser = min(b.hash, b.second), greater = max(b.hash, b.second);
    uint both = noise_hash(lesser * 0x8da6b343u + greater);
    plate = noise_pair(b.hash * 0x9e3779b9u).x;
    out_way = normalize(b.to - b.to_second + vec2(1e-5));
    edge = b.edge;
    // Cracks are of all widths, from hair to a finger.
    float own = width * (0.35 + 0.9 * float(both & 255u) / 255.0);
    return float((both >> 8) & 255u) < 255.0 * joined ? 0.0 : 1.0 - smoothstep(0.35 * own, own, edge);
}

// Dried mud: plates of 20 cm whose rims curl up, a third of them broken into chips of 3 cm.
void ground_mud(noise_place p, float pixel, float share, inout vec2 grad, inout vec3 albedo)
{
    float large = ground_keep(0.2, pixel) * share, small = ground_keep(0.03, pixel) * share;
    noise_place q = p;
    q.off += 0.006 * noise_octave(p, 1024, 96u).yz; // rims are not straight
    float plate, chip, edge, chip_edge;
    vec2 out_way, chip_way;
    float crack = ground_cracks(q, 1180, 97u, 0.10, 0.13, out_way, edge, plate);
    float fine = ground_cracks(q, 8192, 98u, 0.12, 0.25, chip_way, chip_edge, chip) * step(0.1, plate);
    // A plate dries from above, and curls (more where its number says so); then its side goes down.
    float curl = 1.0 - smoothstep(0.0, 0.22, edge);
    float lifts = 0.12 + 0.35 * max(plate, 0.0) * (1.0 - fine);
    grad += large * (lifts * curl * (1.0 - crack) - 1.6 * crack * (1.0 - crack) * 2.0) * out_way;
    grad += large * 0.05 * vec2(plate, fract(plate * 17.0) - 0.5);
    grad -= small * 0.7 * fine * (1.0 - fine) * chip_way;
    albedo *= 1.0 + large * (0.08 * plate + 0.10 * curl * lifts - 0.6 * crack) + small * (0.06 * chip - 0.3 * fine);
}

// Crusts of salt: polygons of 1.6 m with ridges that grow out of their cracks, rough as popcorn between them
// (Krinsley 1970; Lasser et al. 2023).
void ground_salt_crust(noise_place p, float pixel, float share, inout vec2 grad, inout vec3 albedo)
{
    float keep = ground_keep(0.25, pixel) * share;
    noise_place q = p;
    vec3 sway = noise_octave(p, 512, 99u);
    q.off += 0.10 * vec2(sway.x, noise_octave(p, 512, 100u).x);
    float plate, edge;
    vec2 out_way;
    float ridge = ground_cracks(q, 150, 101u, 0.11, 0.1, out_way, edge, plate);
    grad += keep * (1.1 * ridge * (1.0 - ridge) - 0.06 * smoothstep(0.3, 0.0, edge)) * out_way;
    vec2 rough = vec2(0.0);
    float tone = 0.0;
    int n = 2400;
    for (int k = 0; k < 4; k++) {
        float size = TILE_M / float(n), own = ground_keep(size, pixel) * share;
        if (own <= 0.0)
            break;
        vec3 o = noise_octave(p, n, uint(102 + k));
        float bump = sqrt(o.x * o.x + 0.01);
        rough += own * 0.34 * size * o.x / bump * o.yz;
        tone += own * (bump - 0.22);
        n = n * 5 / 2;
    }
    grad += rough * (0.5 + 0.8 * ridge);
    albedo *= 1.0 + keep * (0.16 * ridge + 0.05 * plate) + 0.5 * tone;
}

// What lies on a playa's floor within some metres of the lens; share: 0..1.
void ground_playa_near(noise_place p, ground_lie l, float share, inout vec2 grad, inout vec3 albedo)
{
    float crust = ground_crust(p, l);
    vec2 across, ruts = ground_ruts(p, l.pixel, across) * share;
    ground_mud(p, l.pixel, share * (1.0 - crust) * (1.0 - ruts.y), grad, albedo);
    ground_salt_crust(p, l.pixel, share * crust * (1.0 - 0.7 * ruts.y), grad, albedo);
    grad += 0.9 * ruts.y * (1.0 - ruts.y) * across;
}
