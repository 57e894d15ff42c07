// The floors of playas: cracked mud, crusts and polygons of salt, tracks of vehicles. Gradients and albedo;
// nothing here moves the surface.
#include "lib/ground/ground_lie.glsl"

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
    c = mix(c, params.ground_salt * (1.0 + 0.1 * mottle), ground_crust(p, l.above, l.off_playa));
    vec2 across, ruts = ground_ruts(p, l.pixel, across) * (1.0 - l.off_playa) * (1.0 - l.wet);
    return c * (1.0 - 0.10 * ruts.x) * (1.0 - 0.22 * ruts.y);
}

// Turns the gradient and the tone to those of dried mud, as far as the samples do not hold it; a third of the
// plates are broken into chips of 3 cm.
void ground_mud(noise_place p, float pixel, float spacing, float share, inout vec2 grad, inout vec3 albedo)
{
    float large = ground_keep(0.2, pixel) * share, small = ground_keep(0.03, pixel) * share;
    float have = ground_mud_keep(spacing);
    ground_plate m = ground_plate_at(p, 0.0);
    float chip, chip_edge;
    vec2 chip_way;
    float broken = step(0.3, m.own);
    float fine = ground_cracks(p, 8192, 98u, 0.12, 0.0, 0.2, chip_way, chip_edge, chip) * broken;
    vec2 own = (m.lifts * m.curl * (1.0 - m.crack) - 3.2 * m.crack * (1.0 - m.crack)) * m.out_way;
    grad += large * (1.0 - have) * own - small * 0.7 * fine * (1.0 - fine) * chip_way;
    albedo *= 1.0 + large * (0.13 * m.own + 0.10 * m.curl * m.lifts - (0.6 - 0.2 * have) * m.crack) +
              small * (0.06 * chip * broken - 0.3 * fine);
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
    float ridge = ground_cracks(q, 150, 101u, 0.11, 0.0, 0.1, out_way, edge, plate);
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
void ground_playa_near(noise_place p, ground_lie l, float spacing, float share, inout vec2 grad, inout vec3 albedo)
{
    float crust = ground_crust(p, l.above, l.off_playa);
    vec2 across, ruts = ground_ruts(p, l.pixel, across) * share;
    ground_mud(p, l.pixel, spacing, share * (1.0 - crust) * (1.0 - ruts.y), grad, albedo);
    ground_salt_crust(p, l.pixel, share * crust * (1.0 - 0.7 * ruts.y), grad, albedo);
    grad += 0.9 * ruts.y * (1.0 - ruts.y) * across;
}
