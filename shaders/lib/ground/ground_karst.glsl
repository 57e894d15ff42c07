// Karst: limestone that rain dissolves. Hollows that close downward without a stream (dolines), open shafts,
// and pale rock that stands in rows through the grass, cut by clefts (clints and grikes: Ford & Williams 2007,
// "Karst Hydrogeology and Geomorphology", chapter 9).
#include "lib/ground/ground_features.glsl"

// How much a place is karst, 0..1: gentle ground that is higher than what surrounds it.
float ground_karst(float position, vec2 broad, float off_playa, float sand)
{
    return params.land_karst * off_playa * (1.0 - sand) * smoothstep(-0.7, -0.1, position) *
           (1.0 - smoothstep(0.35, 0.6, length(broad)));
}

// Dolines of 30 to 200 m: metres to add; `floor_share`: 1 on the floor of a
// hollow, -1 on its rim, 0 elsewhere.
float ground_dolines(noise_place p, float karst, float spacing, out float floor_share)
{
    float h = 0.0;
    floor_share = 0.0;
    noise_place q = p;
    q.off += 9.0 * vec2(noise_octave(p, 8, 140u).x, noise_octave(p, 8, 141u).x);
    int n = 1;
    for (int k = 0; k < 3; k++) {
        float keep = ground_keep(0.4 * TILE_M / float(n), spacing);
        if (keep <= 0.0 || karst <= 0.0)
            break;
        ivec2 c;
        vec2 f;
        noise_cell(q, n, uint(142 + k), c, f);
        uint hash = noise_hash_cell(c, uint(142 + k));
        vec4 r = vec4(hash & 255u, (hash >> 8) & 255u, (hash >> 16) & 255u, hash >> 24) / 255.0;
        float radius = 0.14 + 0.24 * r.x * r.x;
        float d = length(f - 0.5 - (r.yz - 0.5) * (1.0 - 2.6 * radius)) / radius;
        float here = keep * smoothstep(0.15, 0.35, karst - 0.55 * r.w);
        // Depth a seventh of the width: a floor, sides, a rim that is worn round.
        float bowl = 1.0 - smoothstep(0.25, 1.1, d);
        h -= here * 0.29 * (0.6 + 0.6 * r.w) * radius * TILE_M / float(n) * bowl;
        float rim = (1.0 - smoothstep(0.0, 0.35, abs(d - 0.85)));
        floor_share = clamp(floor_share + here * ((1.0 - smoothstep(0.3, 0.6, d)) - rim), -1.0, 1.0);
        n *= 2;
    }
    return h;
}

// Open shafts of 4 to 10 m: metres to add.
float ground_shafts(noise_place p, float karst, float spacing)
{
    float keep = ground_keep(4.0, spacing);
    ivec2 c;
    vec2 f;
    noise_cell(p, 2, 146u, c, f);
    uint hash = noise_hash_cell(c, 146u);
    vec2 r = noise_pair(hash);
    float d = length((f - 0.5 - 0.3 * r) * (0.5 * TILE_M)) / (2.0 + 3.0 * abs(r.x));
    float here = keep * karst * step(0.6, fract(float(hash >> 8) / 977.0));
    return -here * 14.0 * (1.0 - smoothstep(0.7, 1.0, d));
}

// The limestone that stands through the ground.
struct ground_clints {
    float rise;  // m
    vec2 grad;   // of what the samples do not hold
    float share; // of rock, 0..1
    float cleft; // how deep in a cleft between two rocks, 0..1
    float tone;  // -1..1, of the rock
};

// Rocks of 4 m, 1.3 m and 0.4 m. `fine`: metres that are told apart; `coarse`: metres between the samples that
// hold the rest already, or 0; dense: share of the ground that is rock.
ground_clints ground_clints_at(noise_place p, float dense, float fine, float coarse)
{
    ground_clints r = ground_clints(0.0, vec2(0.0), 0.0, 0.0, 0.0);
    int n = 80;
    for (int k = 0; k < 3; k++) {
        float size = TILE_M / float(n);
        float keep = ground_keep(0.7 * size, fine);
        if (keep <= 0.0 || dense <= 0.0)
            break;
        // Rain has eaten into the outlines.
        noise_place q = p;
        q.off += 0.16 * size *
                 vec2(noise_octave(p, 3 * n, 153u).x, noise_octave(p, 3 * n, 154u).x);
        q.off += 0.3 * size * vec2(noise_octave(p, n, 155u).x, noise_octave(p, n, 156u).x);
        ground_block_pair b = ground_block_at(q, n, uint(147 + k));
        float own = float((b.hash >> 8) & 255u) / 255.0, other = float((b.second >> 8) & 255u) / 255.0;
        float here = keep * smoothstep(0.0, 0.15, dense * (0.55 + 0.3 * float(k)) - own);
        float beside = smoothstep(0.0, 0.15, dense - other);
        // Flat tops with round shoulders, over clefts a tenth as wide.
        float rim = 0.3 + 0.25 * fract(own * 9.0) - length(b.to) + 0.3 * beside;
        float in_by = min(b.edge, rim);
        float t = clamp((in_by - 0.02) / 0.16, 0.0, 1.0), shoulder = t * t * (3.0 - 2.0 * t);
        vec3 top = ground_block_top(b.to, b.hash);
        float tall = size * (0.16 + 0.12 * top.x) * here, rise = tall * shoulder;
        if (rise > r.rise) {
            vec2 out_way = normalize(b.to - b.to_second + vec2(1e-4, 0.0));
            float have = coarse > 0.0 ? ground_keep(0.7 * size, coarse) : 0.0;
            r.grad = (1.0 - have) * here * (0.10 * top.yz * shoulder - 5.0 * tall / size * t * (1.0 - t) * out_way);
            r.rise = rise;
            r.tone = 2.0 * own / max(dense, 0.05) - 1.0;
        }
        r.share = max(r.share, here * shoulder);
        r.cleft = max(r.cleft, here * beside * (1.0 - smoothstep(0.0, 0.07, b.edge)) *
                                   smoothstep(0.02, 0.2, rim));
        n *= 3;
    }
    return r;
}

// Share of the ground that is rock: in rows along its beds and in patches, more on rims and slopes, none on floors.
float ground_clint_share(noise_place p, float karst, float stack, float floor_share, float slope)
{
    float patchy = noise_octave(p, 3, 150u).x + 0.6 * noise_octave(p, 14, 151u).x;
    vec3 bed = ground_bed_at(stack * (2.0 * GROUND_BEDS));
    float row = bed.z * smoothstep(0.02, 0.2, slope);
    return karst * clamp(0.05 + 0.8 * patchy + 0.35 * row - 0.4 * floor_share, 0.0, 0.9) *
           (1.0 - smoothstep(0.45, 0.75, slope));
}
