// What stands on the land: stones, beds of rock, grass, craters.
#include "lib/ground/ground_bedrock.glsl"

vec4 ground_random(inout uint h)
{
    h = noise_hash(h + 0x9e3779b9u);
    return vec4(h & 255u, (h >> 8) & 255u, (h >> 16) & 255u, h >> 24) / 255.0;
}

// One stone a cell of 256 m / n: height in metres and its gradient, the smallest of a tilted top
// and five flanks, so that stones are broken rather than round. `share` of the cells hold one;
// `inside` is 0..1.
vec3 ground_stone(noise_place p, int n, float share, uint seed, out float inside)
{
    ivec2 c;
    vec2 f;
    noise_cell(p, n, seed, c, f);
    uint h = noise_hash_cell(c, seed);
    bool here = float(h & 1023u) < share * 1023.0;
    vec4 r = ground_random(h);
    float size = 0.09 + 0.22 * r.x * r.y;
    vec2 v = (f - 0.5 - (r.zw - 0.5) * (0.98 - 2.7 * size)) / size;
    inside = 0.0;
    vec3 stone = vec3(0.0);
    // Five flanks no farther out than 1 meet within 1.3.
    WHEN(here && dot(v, v) < 1.7)
    {
        vec4 q = ground_random(h);
        vec2 tilt = (q.yz - 0.5) * 0.7;
        vec3 z = vec3(0.22 + 0.33 * q.x + dot(v, tilt), tilt);
        vec4 u = ground_random(h), w = ground_random(h), t = ground_random(h);
        float steep[5] = float[5](u.x, u.y, u.z, u.w, q.w);
        float reach[5] = float[5](w.x, w.y, w.z, w.w, t.y);
        for (int k = 0; k < 5; k++) {
            float angle = 1.2566 * float(k) + 6.2832 * t.x + 0.8 * steep[k];
            vec2 way = vec2(cos(angle), sin(angle));
            float flank = 0.7 + 2.2 * steep[4 - k] * steep[4 - k];
            float plane = flank * (0.55 + 0.45 * reach[k] - dot(v, way));
            z = plane < z.x ? vec3(plane, -flank * way) : z;
        }
        inside = clamp(z.x * 8.0, 0.0, 1.0);
        stone = z.x > 0.0 ? vec3(z.x * size * (TILE_M / float(n)), z.yz) : vec3(0.0);
    }
    return stone;
}

// Hardness of the rock at a place in the stack of layers, -1 soft .. 1 hard: erosion_hardness() of
// world/erosion.c, so that the benches stand where the rivers found them.
float ground_layer_hardness(int layer)
{
    uint seed = uint(params.land_seed) * 7919u + 101u;
    return noise_pair(noise_hash(uint(layer) * 0x8da6b343u + seed * 0xcb1ab31fu)).x;
}

// A bed's lower boundary, off the even ones by up to a third of a bed, and its own hardness, -1..1.
vec2 ground_bed(int bed)
{
    vec2 r = noise_pair(noise_hash(uint(bed) * 0x8da6b343u + 77u));
    return vec2(float(bed) + 0.33 * r.x, r.y);
}

// The bed at a place in the stack of layers, no two of one thickness: bottom and top in beds, own
// hardness -1..1.
const float GROUND_BEDS = 5.0; // a layer
const float GROUND_COURSES = 6.0; // a bed
vec3 ground_bed_at(float t)
{
    float bed = floor(t);
    vec2 here = ground_bed(int(bed)), above = ground_bed(int(bed) + 1);
    float turn = t < here.x ? -1.0 : t >= above.x ? 1.0 : 0.0;
    vec2 beyond = ground_bed(int(bed) + (turn < 0.0 ? -1 : 2));
    return turn < 0.0 ? vec3(beyond.x, here.x, beyond.y)
                      : turn > 0.0 ? vec3(above.x, beyond.x, above.y) : vec3(here.x, above.x, here.y);
}

// Share of a layer's height, and of a bed's, that is face on a slope. hard: of the layer, -1..1; bed: as
// ground_bed_at() has it; show: how much they stand out, 0..1.
float ground_layer_face(float hard, float slope, float show)
{
    return 0.4 * show * min(1.8 * params.land_hardness, 1.0) * smoothstep(-0.1, 0.7, hard) *
           smoothstep(0.22, 0.5, slope);
}

float ground_bed_face(vec3 bed, float slope, float show)
{
    float hard = ground_layer_hardness(int(floor(0.5 * (bed.x + bed.y) / GROUND_BEDS)));
    float stands = min(1.8 * params.land_hardness, 1.0) * clamp(0.35 + 0.6 * hard + 0.4 * bed.z, 0.0, 1.0);
    // What is steeper than scree can lie is face for the rest.
    float forced = clamp((1.0 / GROUND_SCREE - 1.0 / max(slope, 0.3)) /
                             (1.0 / GROUND_SCREE - 1.0 / GROUND_FACE), 0.0, 0.9);
    return show * max(0.6 * stands * smoothstep(0.2, 0.45, slope), forced * (0.1 + 0.9 * stands));
}

// How much of a bed's face is not buried, along the slope: 0.05..1, in stretches of 100 to 300 m of its own.
float ground_bed_bare(noise_place p, vec3 bed, float slope)
{
    noise_place q = p;
    q.off += 97.0 * vec2(bed.z, fract(7.0 * bed.z));
    float o = noise_octave(q, 2, 129u).x + 0.5 * noise_octave(q, 8, 55u).x;
    return mix(0.05 + 0.95 * smoothstep(-0.22, 0.18, o), 1.0, smoothstep(0.7, 1.2, slope));
}

// Layers and their beds on a slope: faces, scree and benches. `stack`: place in the stack of layers;
// slope: in and out; show: how much they stand out; room: how far joints may set faces back, where 0 is
// a crest that they would cut into needles; 0..1. Returns the height to add, metres: 0 at
// every boundary, so that nothing jumps; scree: its share.
float ground_cliffs(noise_place p, float stack, float show, float room, float spacing, vec2 grad,
                    inout float slope, out float scree, out float face)
{
    float thick = params.land_layers;
    int layer = int(floor(stack));
    float hard = ground_layer_hardness(layer);
    float steep = length(grad), lean = room * min(slope, steep);
    float joints = 0.0, fine = 0.0, third = 0.0;
    // Joints are not straight through all beds: 3 m to and fro over 12 m of height.
    noise_place unshifted = p;
    float up = stack * thick / 12.0, up0 = floor(up);
    p.off += 3.0 * mix(noise_pair(noise_hash(uint(int(up0)) + 4099u)), noise_pair(noise_hash(uint(int(up0)) + 4100u)),
                       smoothstep(0.0, 1.0, up - up0));
    float keep = ground_joint_keep(10, spacing);
    if (keep > 0.0)
        joints = keep * ground_joints(p, 10, 61u, ground_joint_width(10, spacing), grad, 9.0 * lean, 0.5);
    keep = ground_joint_keep(26, spacing);
    if (keep > 0.0)
        fine = keep * ground_joints(p, 26, 62u, ground_joint_width(26, spacing), grad, 3.4 * lean, 0.4);
    keep = ground_joint_keep(80, spacing);
    if (keep > 0.0)
        third = keep * ground_joints(p, 80, 63u, ground_joint_width(80, spacing), grad, lean, 0.4);

    // The layer as a whole: walls of tens of metres where it is hard.
    float cliff = ground_layer_face(hard, slope, show);
    float back = (joints + 0.3 * fine) / thick;
    ground_step s = ground_step_at(fract(stack), slope, steep, cliff, back, spacing / thick);
    float h = s.rise * thick;
    float wall = s.face, even = slope;
    scree = s.scree;
    steep *= s.slope / max(slope, 0.05);
    slope = s.slope;

    // Its beds: on a wall as ledges, elsewhere where scree leaves them bare. In between they fade.
    bool on_wall = wall > 0.5;
    float weight = on_wall ? 2.0 * wall - 1.0 : 1.0 - 2.0 * wall;
    even = on_wall ? GROUND_FACE : even;
    vec3 bed = ground_bed_at((stack + s.rise) * GROUND_BEDS);
    float f = clamp(((stack + s.rise) * GROUND_BEDS - bed.x) / (bed.y - bed.x), 0.0, 1.0);
    thick *= (bed.y - bed.x) / GROUND_BEDS;
    weight *= (1.0 - 0.9 * scree) * (on_wall ? 1.0 : ground_bed_bare(unshifted, bed, even));
    back = (fine + third) / thick;
    s = ground_step_at(f, even, steep, ground_bed_face(bed, even, show), back, spacing / thick);
    // What stands on a wall is cut out of it, or its rim would grow a crown.
    h += weight * (on_wall ? 1.5 * min(s.rise, 0.0) : s.rise) * thick;
    slope *= mix(1.0, s.slope / max(even, 0.05), weight);
    steep *= mix(1.0, s.slope / max(even, 0.05), weight);
    scree = max(scree, weight * s.scree);
    face = max(wall, weight * s.face);
    return h;
}

// Noise of 0.5 to 2 km that breaks every rule a little.
float ground_patch(noise_place p)
{
    return noise_octave_large(p, 8, 51u).x + 0.5 * noise_octave_large(p, 2, 52u).x;
}

// Share of the ground under dry grass, 0..1: patches of 30 m to 2 km on gentle slopes;
// broad: noise of the largest of them.
float ground_grass(noise_place p, float broad, float slope, float position)
{
    float medium = noise_octave(p, 8, 56u).x + 0.6 * noise_octave(p, 32, 57u).x;
    return smoothstep(0.75, 0.1, params.ground_grass_cover <= 0.0
                                     ? 1.0
                                     : 0.62 - 0.75 * params.ground_grass_cover + 0.5 * broad +
                                           0.35 * medium) *
           (1.0 - smoothstep(0.22, 0.5, slope)) * smoothstep(-0.9, -0.3, position + 0.5) *
           (1.0 - 0.6 * smoothstep(0.3, 1.0, position));
}

// How strewn with stones a place is, 0..1: patches of about 30 m, more where the broad slope is steep.
float ground_strewn(noise_place p, vec2 broad)
{
    float slope = length(broad);
    float patchy = 0.5 + 0.9 * noise_octave(p, 8, 41u).x;
    return clamp(params.ground_stones * patchy * (0.6 + 1.4 * slope), 0.0, 1.0) *
           (1.0 - smoothstep(0.5, 0.9, slope)); // what is steeper sheds them
}

// Where the wind blows to.
vec2 ground_wind()
{
    return -vec2(sin(params.wind_from), cos(params.wind_from));
}

// Impact craters, three sizes of cell, one in each at most: a bowl of depth a fifth of its width and
// a rim of a twenty-fifth (Melosh 1989, simple craters), worn.
float ground_craters(noise_place p, float spacing)
{
    float h = 0.0;
    int n = 1;
    int sizes = params.land_craters > 0.0 ? 3 : 0;
    for (int k = 0; k < sizes; k++) {
        float keep = ground_keep(0.4 * TILE_M / float(n), spacing);
        if (keep <= 0.0)
            break;
        ivec2 c;
        vec2 f;
        noise_cell(p, n, uint(340 + k), c, f);
        uint hash = noise_hash_cell(c, uint(340 + k));
        vec4 r = vec4(hash & 255u, (hash >> 8) & 255u, (hash >> 16) & 255u, hash >> 24) / 255.0;
        float radius = 0.10 + 0.16 * r.x * r.x;
        float d = length(f - 0.5 - (r.yz - 0.5) * (1.0 - 3.4 * radius)) / radius;
        float here = r.w < params.land_craters ? keep : 0.0;
        float bowl = d < 1.0 ? 0.4 * (d * d - 1.0) : 0.0;
        float rim = 0.08 * exp(-12.0 * (d - 1.0) * (d - 1.0)) * (1.0 - smoothstep(1.3, 1.7, d));
        h += here * 0.75 * (bowl + rim) * radius * TILE_M / float(n);
        n *= 4;
    }
    return h;
}
