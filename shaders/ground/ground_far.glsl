// The far horizons of one clipmap level, at a quarter of its resolution: from eight samples away to
// the end of the land. Beyond sixteen the next coarser level's far horizons, finished before, tell.
// Per direction the sine of the horizon's elevation, and the light that leaves the land seen there.
#include "lib/ground/relief.glsl"
#stage fragment
layout(location = 0) out vec4 out_sine_0; // directions 0..3
layout(location = 1) out vec4 out_sine_1; // and 4..7
layout(location = 2) out vec4 out_light_0;
layout(location = 3) out vec4 out_light_1;

// Samples away; the coarser level goes on at 17, twice the first.
const float FAR[3] = float[3](8.5, 10.7, 13.5);

// What stands for the land nearer than the first sample, in sine: by eye.
const float BASE = 0.004;

// Altitude and light at a place beside the texel, not beyond the level's edge. at: the texel, index:
// the same counted from the level's corner, samples. Away from the edge the sum is the same wherever
// the level stands, to the bit.
vec2 relief_at(vec2 at, vec2 index, vec2 beside)
{
    vec2 there = index + beside;
    beside += clamp(there, 1.0, float(CLIPMAP_N) - 2.0) - there;
    return texture(tex_relief, vec3((at + beside + 0.5) / float(CLIPMAP_N), float(u_level))).rg;
}

// Farther land, sine and light, behind what is seen so far: the highest sine, light x span, span.
void rise(vec2 there, inout float top, inout vec2 light)
{
    light += max(there.x - top, 0.0) * vec2(there.y, 1.0);
    top = max(top, there.x);
}

// Sine of the horizon and light, along direction i, of the land beyond which `rest` stands.
vec2 look(vec2 at, vec2 index, int i, float h, vec2 rest)
{
    vec2 way = vec2(RELIEF_WAY[i]) * ((i & 1) == 0 ? 1.0 : 0.70710678);
    float top = -1.0;
    vec2 light = vec2(0.0);
    for (int k = 0; k < 3; k++) {
        vec2 there = relief_at(at, index, way * FAR[k]);
        there.x = relief_sine(there.x, h, FAR[k] * frame.level[u_level].w);
        if (k == 0) {
            light = vec2(BASE * there.y, BASE);
            top = there.x;
        }
        rise(there, top, light);
    }
    rise(rest, top, light);
    return vec2(top, light.x / light.y);
}

void main()
{
    const int QUARTER = CLIPMAP_N / 4;
    ivec2 texel = ivec2(gl_FragCoord.xy);
    vec2 at = vec2(texel) * 4.0 + 1.5;
    vec2 index = mod(at - vec2(u_origin & (CLIPMAP_N - 1)), float(CLIPMAP_N));
    float h = relief_at(at, index, vec2(0.0)).x;
    vec4 sines[2] = vec4[2](vec4(-1.0), vec4(-1.0));
    vec4 lights[2] = vec4[2](vec4(0.0), vec4(0.0));
    if (u_level + 1 < CLIPMAP_LEVELS) {
        // Sample g of this level is sample g / 2 of the next.
        ivec2 quarter = (u_origin >> 2) + ((texel - (u_origin >> 2)) & (QUARTER - 1));
        vec2 uv = (vec2((quarter * 2) & (CLIPMAP_N - 1)) + 1.25) / float(CLIPMAP_N);
        for (int k = 0; k < 2; k++) {
            sines[k] = horizon_unpack_sines(relief_far(uv, u_level + 1, k));
            lights[k] = relief_far(uv, u_level + 1, 2 + k);
        }
    }
    vec2 r[8];
    r[0] = look(at, index, 0, h, vec2(sines[0].x, lights[0].x));
    r[1] = look(at, index, 1, h, vec2(sines[0].y, lights[0].y));
    r[2] = look(at, index, 2, h, vec2(sines[0].z, lights[0].z));
    r[3] = look(at, index, 3, h, vec2(sines[0].w, lights[0].w));
    r[4] = look(at, index, 4, h, vec2(sines[1].x, lights[1].x));
    r[5] = look(at, index, 5, h, vec2(sines[1].y, lights[1].y));
    r[6] = look(at, index, 6, h, vec2(sines[1].z, lights[1].z));
    r[7] = look(at, index, 7, h, vec2(sines[1].w, lights[1].w));
    out_sine_0 = horizon_pack_sines(vec4(r[0].x, r[1].x, r[2].x, r[3].x));
    out_sine_1 = horizon_pack_sines(vec4(r[4].x, r[5].x, r[6].x, r[7].x));
    out_light_0 = vec4(r[0].y, r[1].y, r[2].y, r[3].y);
    out_light_1 = vec4(r[4].y, r[5].y, r[6].y, r[7].y);
}
