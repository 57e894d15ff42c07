// Noise on an integer lattice. A place is a tile (integers, 256 m) and an offset in metres inside
// it, so that 1,000 km from the origin looks like the origin.
//
// hash: lowbias32 (C. Wellons, 2018). Gradient noise: quintic fade and analytic derivatives
// (Perlin 2002; Quilez, "gradient noise derivatives").


// An `if` that is skipped: a software rasteriser runs both sides of a branch, but leaves a loop as
// soon as no pixel is in it.
#define WHEN(condition) for (bool once = (condition); once; once = false)

uint noise_hash(uint x)
{
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    x ^= x >> 16;
    return x;
}

// Another land, other noise.
uint noise_hash_cell(ivec2 c, uint seed)
{
    return noise_hash(uint(c.x) * 0x8da6b343u + uint(c.y) * 0xd8163841u + seed * 0xcb1ab31fu +
                      uint(params.land_seed) * 0x9e3779b9u);
}

// Two numbers in -1..1 from one hash.
vec2 noise_pair(uint h)
{
    return vec2(float(h & 0xffffu), float(h >> 16)) * (2.0 / 65535.0) - 1.0;
}

// Gradient noise at fraction f of a cell from the gradients of its corners (0,0) (1,0) (0,1) (1,1):
// value (about -0.7..0.7), derivatives per cell.
vec3 noise_between(vec2 ga, vec2 gb, vec2 gc, vec2 gd, vec2 f)
{
    float va = dot(ga, f);
    float vb = dot(gb, f - vec2(1.0, 0.0));
    float vc = dot(gc, f - vec2(0.0, 1.0));
    float vd = dot(gd, f - vec2(1.0, 1.0));
    vec2 u = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    vec2 du = 30.0 * f * f * (f * (f - 2.0) + 1.0);
    float k1 = vb - va, k2 = vc - va, k3 = va - vb - vc + vd;
    float v = va + u.x * k1 + u.y * k2 + u.x * u.y * k3;
    vec2 d = ga + u.x * (gb - ga) + u.y * (gc - ga) + u.x * u.y * (ga - gb - gc + gd) +
             du * (vec2(k1, k2) + u.yx * k3);
    return vec3(v, d);
}

vec3 noise_gradient(ivec2 c, vec2 f, uint seed)
{
    return noise_between(noise_pair(noise_hash_cell(c, seed)),
                         noise_pair(noise_hash_cell(c + ivec2(1, 0), seed)),
                         noise_pair(noise_hash_cell(c + ivec2(0, 1), seed)),
                         noise_pair(noise_hash_cell(c + ivec2(1, 1), seed)), f);
}

// Three numbers in -1..1 from one hash.
vec3 noise_triple(uint h)
{
    return vec3(h & 1023u, (h >> 10) & 1023u, (h >> 20) & 1023u) * (2.0 / 1023.0) - 1.0;
}

// Gradient noise in space: value (about -0.8..0.8) and derivatives per cell.
vec4 noise_space(ivec3 c, vec3 f, uint seed)
{
    vec3 u = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    vec3 du = 30.0 * f * f * (f * (f - 2.0) + 1.0);
    vec4 sum = vec4(0.0);
    for (int k = 0; k < 8; k++) {
        ivec3 o = ivec3(k & 1, (k >> 1) & 1, k >> 2);
        vec3 g = noise_triple(noise_hash_cell(c.xy + o.xy, seed + uint(c.z + o.z) * 0x9e3779b1u));
        vec3 at = vec3(o), way = 2.0 * at - 1.0;
        vec3 w = 1.0 - at + way * u, dw = way * du;
        float v = dot(g, f - at), all = w.x * w.y * w.z;
        sum += vec4(v * all, g * all + v * dw * w.yzx * w.zxy);
    }
    return sum;
}

// The same on a lattice that repeats after n cells, a power of two.
vec3 noise_repeating(ivec2 c, vec2 f, int n, uint seed)
{
    int m = n - 1;
    return noise_between(noise_pair(noise_hash_cell(c & m, seed)),
                         noise_pair(noise_hash_cell((c + ivec2(1, 0)) & m, seed)),
                         noise_pair(noise_hash_cell((c + ivec2(0, 1)) & m, seed)),
                         noise_pair(noise_hash_cell((c + ivec2(1, 1)) & m, seed)), f);
}

// Variance of noise_gradient over the plane, measured.
const float NOISE_VARIANCE = 0.031;

// A place on the ground.
struct noise_place {
    ivec2 tile;
    vec2 off; // m; may leave 0..256
};

// Cell and fraction of a place on the lattice of `n` cells a tile (a power of two), shifted so
// that no two octaves share their zeros.
void noise_cell(noise_place p, int n, uint seed, out ivec2 c, out vec2 f)
{
    vec2 q = p.off * (float(n) / TILE_M) + fract(vec2(0.37, 0.71) * float(seed & 63u));
    vec2 q0 = floor(q);
    f = q - q0;
    c = p.tile * n + ivec2(q0);
}

// Gradient noise of wavelength 256 m / n: value, derivatives per metre.
vec3 noise_octave(noise_place p, int n, uint seed)
{
    ivec2 c;
    vec2 f;
    noise_cell(p, n, seed, c, f);
    vec3 g = noise_gradient(c, f, seed);
    return vec3(g.x, g.yz * (float(n) / TILE_M));
}

// Noise drawn out along a direction (unit): `n` cells a tile across it, `along` times fewer along it. The lattice
// leans by whole cells a tile, so that it goes on from one to the next. Value, derivatives per metre.
vec3 noise_drawn_out(noise_place p, vec2 way, int n, float along, uint seed)
{
    ivec2 down = ivec2(round(way * (float(n) / along)));
    ivec2 across = ivec2(round(vec2(-way.y, way.x) * float(n)));
    vec2 q = vec2(dot(vec2(down), p.off), dot(vec2(across), p.off)) / TILE_M +
             fract(vec2(0.37, 0.71) * float(seed & 63u));
    vec2 q0 = floor(q);
    ivec2 c = ivec2(down.x * p.tile.x + down.y * p.tile.y, across.x * p.tile.x + across.y * p.tile.y) + ivec2(q0);
    vec3 g = noise_gradient(c, q - q0, seed);
    return vec3(g.x, (g.y * vec2(down) + g.z * vec2(across)) / TILE_M);
}

// Wavelengths above a tile: 256 m * m, m a power of two. `>>` floors negative numbers as well.
vec3 noise_octave_large(noise_place p, int m, uint seed)
{
    int shift = int(log2(float(m)) + 0.5);
    vec2 q = (vec2(p.tile & ivec2(m - 1)) * TILE_M + p.off) / (TILE_M * float(m)) +
             fract(vec2(0.37, 0.71) * float(seed & 63u));
    vec2 q0 = floor(q);
    vec3 g = noise_gradient((p.tile >> shift) + ivec2(q0), q - q0, seed);
    return vec3(g.x, g.yz / (TILE_M * float(m)));
}

// Noise in space of wavelength 256 m / n, in which altitudes count `squat` times: value, derivatives per
// metre.
vec4 noise_octave_space(noise_place p, float altitude, int n, float squat, uint seed)
{
    ivec2 c;
    vec2 f;
    noise_cell(p, n, seed, c, f);
    vec3 scale = vec3(1.0, 1.0, squat) * (float(n) / TILE_M);
    float z = altitude * scale.z, z0 = floor(z);
    vec4 g = noise_space(ivec3(c, int(z0)), vec3(f, z - z0), seed);
    return vec4(g.x, g.yzw * scale);
}

// Interleaved gradient noise of a pixel (Jimenez 2014), 0..1, moved on by the golden ratio each sample.
float noise_dither(vec2 pixel, int sample_number)
{
    return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715))) +
                 0.61803399 * float(sample_number));
}
