// Faces of bare rock: what the samples of a height field cannot hold, for it lies along the face, as chips,
// courses, joints and stains in space. Gradients and albedo; nothing here moves the surface.
#include "lib/ground/ground_material.glsl"

// Blocks of a face in space, of 256 m / n along it and half as tall: turns the normal to that of the nearest
// block's side; returns how deep in a joint, 0..1. tone: the block's own, -1..1.
float ground_masonry(noise_place p, float altitude, int n, uint seed, inout vec3 normal, out float tone)
{
    ivec2 c2;
    vec2 f2;
    noise_cell(p, n, seed, c2, f2);
    vec3 f = vec3(f2, altitude * (2.0 * float(n) / TILE_M));
    float z0 = floor(f.z);
    f.z -= z0;
    ivec3 c = ivec3(c2, int(z0));
    // The eight cells whose jittered middles are near.
    vec3 shift = step(0.5, f) - 1.0;
    vec3 to = vec3(8.0);
    uint hash = 0u;
    float d1 = 64.0, d2 = 64.0;
    for (int k = 0; k < 8; k++) {
        vec3 o = shift + vec3(k & 1, (k >> 1) & 1, k >> 2);
        ivec3 at = c + ivec3(o);
        uint h = noise_hash_cell(at.xy, seed + uint(at.z) * 0x9e3779b1u);
        vec3 v = f - 0.5 - o - 0.3 * noise_triple(h);
        float d = max(max(abs(v.x), abs(v.y)), abs(v.z)) + 0.15 * dot(v, v); // nearly boxes
        d2 = d < d1 ? d1 : min(d, d2);
        hash = d < d1 ? h : hash;
        to = d < d1 ? v : to;
        d1 = min(d, d1);
    }
    vec3 lean = noise_triple(hash * 0x8da6b343u + 77u);
    normal = normalize(normal + 0.3 * lean);
    tone = lean.x;
    return 1.0 - smoothstep(0.0, 0.12, d2 - d1);
}

// Blocks and chips of rock from some metres down to the pixel turn the normal; returns how dark and light they
// are, about -0.5..0.5. In metres: `spacing` of the samples, `pixel` of the footprint; nothing is done where `face`
// is 0. joint: how deep between two blocks, 0..1.
float ground_chips(noise_place p, float altitude, float spacing, float pixel, float face,
                   inout vec3 normal, out float joint)
{
    joint = 0.0;
    float mottle = 0.0;
    int blocks = 40;
    for (int k = 0; k < 3; k++) {
        float keep = ground_keep(0.5 * TILE_M / float(blocks), pixel);
        if (keep <= 0.0 || face <= 0.0)
            break;
        vec3 turned = normal;
        float tone;
        // No two are of one shape.
        noise_place q = p;
        vec4 warp = noise_octave_space(p, altitude, blocks, 1.0, uint(110 + k));
        q.off += 0.35 * (TILE_M / float(blocks)) * (TILE_M / float(blocks)) * warp.yz;
        float deep = ground_masonry(q, altitude + 0.25 * (TILE_M / float(blocks)) * warp.x, blocks,
                                    uint(120 + k), turned, tone);
        normal = normalize(mix(normal, turned, keep));
        joint = max(joint, deep * keep * (k == 0 ? 1.0 : 0.6));
        mottle += 0.08 * tone * keep;
        blocks *= 4;
    }
    int first = clamp(int(ceil(log2(TILE_M / (16.0 * spacing)))), 4, GROUND_FINEST);
    int n = 1 << first;
    vec3 turn = vec3(0.0);
    for (int k = first; k < GROUND_FINEST; k++) {
        float wavelength = TILE_M / float(n);
        float keep = ground_keep(wavelength, pixel);
        if (keep <= 0.0 || face <= 0.0)
            break;
        vec4 o = noise_octave_space(p, altitude, n, 2.6, uint(83 + k));
        // Folded: flat chips that meet in edges.
        float fold = o.x < 0.0 ? -1.0 : 1.0;
        turn += keep * 0.14 * wavelength * fold * o.yzw;
        mottle += 0.6 * keep * (abs(o.x) - 0.2);
        n *= 2;
    }
    normal = normalize(normal - (turn - normal * dot(normal, turn)));
    return mottle;
}

// How much of the sky the notch under each bed hides, 0..1: beds weather back below.
float ground_notches(float stack, float per_layer, float pixel_rise)
{
    float t = stack * per_layer;
    vec3 bed = ground_bed_at(t);
    float thick = params.land_layers * (bed.y - bed.x) / per_layer;
    float f = clamp((t - bed.x) / (bed.y - bed.x), 0.0, 1.0);
    return ground_keep(0.4 * thick, pixel_rise) * (0.5 + 0.5 * bed.z) *
           (1.0 - smoothstep(0.0, 0.22, f)) * smoothstep(0.0, 0.03, f);
}

// Beds that the samples are too far apart for, but not the pixels: their faces and benches turn the gradient.
// Returns the share of face, 0..1.
float ground_far_beds(noise_place p, ground_lie l, float spacing, inout vec2 grad)
{
    float slope = max(length(grad), 0.01);
    vec3 bed = ground_bed_at(l.stack * GROUND_BEDS);
    float thick = params.land_layers * (bed.y - bed.x) / GROUND_BEDS;
    float share = max(ground_step_keep(slope, l.pixel / thick) - ground_step_keep(slope, spacing / thick), 0.0);
    float f = clamp((l.stack * GROUND_BEDS - bed.x) / (bed.y - bed.x), 0.0, 1.0);
    float show = l.off_playa * min(params.land_detail, 1.0) * (1.0 - l.sand);
    float cliff = ground_bed_face(bed, slope, show) * ground_bed_bare(p, bed, slope);
    float back = 3.0 * l.medium * slope / thick;
    ground_step s = ground_step_at(f, slope, slope, cliff, back, l.pixel / thick);
    grad *= mix(1.0, s.slope / slope, 0.5 * share);
    return s.face * share;
}

// A face of rock: turns the normal and returns the albedo, where `face` is more than 0. rock: ground_rock() there.
vec3 ground_face(noise_place p, ground_lie l, float spacing, float face, vec3 rock, inout vec3 normal)
{
    float joint;
    float mottle = ground_chips(p, l.altitude, spacing, l.pixel, face, normal, joint);
    // Desert varnish: streaks down the face, and patches (iron and manganese; albedo about .1).
    float streak = 0.6 * l.medium;
    float streaky = ground_keep(4.0, l.pixel);
    WHEN(min(face, streaky) > 0.0)
    {
        streak += streaky * noise_octave_space(p, l.altitude, 64, 0.08, 124u).x;
    }
    float varnish = 0.45 * smoothstep(0.05, 0.6, streak + 0.3 * mottle);
    float pixel_rise = l.pixel * 0.8, stack = l.stack + 1.5 * l.medium / params.land_layers;
    float notch = max(ground_notches(stack, GROUND_BEDS, pixel_rise),
                      0.6 * ground_notches(stack, GROUND_BEDS * GROUND_COURSES, pixel_rise));
    vec3 c = mix(rock, params.ground_rock_dark * 0.7, varnish);
    return c * (1.0 + 0.35 * mottle) * (1.0 - 0.45 * notch) * (1.0 - 0.22 * joint);
}
