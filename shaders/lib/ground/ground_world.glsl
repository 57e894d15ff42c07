// The macro world at a place: altitude by a B-spline through a warp, and what it tells the detail.
#include "lib/noise.glsl"

uniform sampler2D tex_macro; // altitude, m
uniform sampler2D tex_flow;  // position, slope east and north, nearness of a playa: world/guide.h
uniform sampler2D tex_rock;  // bottom of layer 0, sediment, level of the playa, m; log10 of drainage m^2

// What a level can hold. A software rasteriser runs both sides of a branch, so levels have variants:
// 0: the macro world (samples 128 m apart and more); 1: gullies, ledges, octaves; 2: stones as well
// (samples less than 8 m apart). The default holds everything.
#ifndef GROUND_TIER
#define GROUND_TIER 2
#endif

// 1 while a wavelength is over four samples, 0 under two.
float ground_keep(float wavelength, float spacing)
{
    return clamp(log2(wavelength / spacing) - 1.0, 0.0, 1.0);
}

void ground_bspline(float t, out vec4 w, out vec4 d)
{
    float s = 1.0 - t;
    w = vec4(s * s * s, 3.0 * t * t * t - 6.0 * t * t + 4.0, 3.0 * s * s * s - 6.0 * s * s + 4.0,
             t * t * t) / 6.0;
    d = vec4(-s * s, t * (3.0 * t - 4.0), 1.0 + 2.0 * t - 3.0 * t * t, t * t) * 0.5;
}

// A place in the macro world.
struct ground_macro_sample {
    float height;   // altitude, m
    vec2 grad;      // its gradient
    float position; // -1 on a valley floor to +1 on a crest
    vec2 broad;     // slope of the surroundings
    float near_playa;
    float bedding;  // altitude of the bottom of layer 0, m
    float sediment; // m
    float level;    // of the playa below, m
    float drainage; // log10 of m^2
};

// The altitude by a cubic B-spline of mip level `mip`, the rest linear.
ground_macro_sample ground_macro(noise_place p, int mip)
{
    int size = textureSize(tex_macro, 0).x; // at least 256: a tile is whole cells
    float fine = MACRO_WORLD_M / float(size);
    int m = 1 << mip;
    float cell = fine * float(m);
    ivec2 corner = p.tile * (size / 256); // in cells of mip 0
    vec2 q = (vec2(corner & ivec2(m - 1)) * fine + p.off) / cell - 0.5 * float(m - 1) / float(m);
    vec2 q0 = floor(q);
    ivec2 base = (corner >> mip) + ivec2(q0) - 1;
    int mask = (size >> mip) - 1;
    vec4 wx, dx, wy, dy;
    ground_bspline(q.x - q0.x, wx, dx);
    ground_bspline(q.y - q0.y, wy, dy);
    ground_macro_sample s;
    s.height = 0.0;
    s.grad = vec2(0.0);
    for (int j = 0; j < 4; j++) {
        vec4 row = vec4(texelFetch(tex_macro, (base + ivec2(0, j)) & mask, mip).r,
                        texelFetch(tex_macro, (base + ivec2(1, j)) & mask, mip).r,
                        texelFetch(tex_macro, (base + ivec2(2, j)) & mask, mip).r,
                        texelFetch(tex_macro, (base + ivec2(3, j)) & mask, mip).r);
        float line = dot(wx, row);
        s.height += wy[j] * line;
        s.grad += vec2(wy[j] * dot(dx, row), dy[j] * line);
    }
    s.grad /= cell;
    vec2 uv = (vec2(p.tile & 255) * TILE_M + p.off) / MACRO_WORLD_M + 0.5 / float(size);
    vec4 flow = textureLod(tex_flow, uv, float(mip));
    vec4 rock = textureLod(tex_rock, uv, float(mip));
    s.position = flow.r;
    s.broad = flow.gb;
    s.near_playa = flow.a;
    s.bedding = rock.r;
    s.sediment = rock.g;
    s.level = rock.b;
    s.drainage = rock.a;
    return s;
}

// How far from the flat floor of a basin, by height: 0 on it, 1 some metres up its shore.
float ground_above_playa(float metres)
{
    return smoothstep(0.05, 7.0, metres);
}

float ground_off_playa(ground_macro_sample m)
{
    return ground_above_playa(m.height - m.level);
}

// The macro world is read through a warp of a cell and four cells' wavelength: no grid shows.
const float GROUND_WARP = 64.0; // m

ground_macro_sample ground_world(noise_place p, float spacing)
{
    float cell = MACRO_WORLD_M / float(textureSize(tex_macro, 0).x);
    // A little less, for log2 need not be exact at powers of two.
    int mip = int(ceil(max(log2(min(spacing, GROUND_COARSEST_M) / cell) - 0.01, 0.0)));
    float keep = ground_keep(256.0, spacing) * GROUND_WARP;
    vec3 wx = noise_octave(p, 1, 3u) * keep;
    vec3 wy = noise_octave(p, 1, 4u) * keep;
    noise_place q = p;
    q.off += vec2(wx.x, wy.x);
    ground_macro_sample m = ground_macro(q, mip);
    m.grad += m.grad.x * wx.yz + m.grad.y * wy.yz;
    return m;
}

