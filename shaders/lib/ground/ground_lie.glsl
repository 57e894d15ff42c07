// How a place lies: what the materials of the ground follow.
#include "lib/ground/ground.glsl"

// How a place lies.
struct ground_lie {
    float altitude; // m
    float pixel;    // m, footprint
    float slope, position, near_playa;
    vec2 broad; // slope of the surroundings
    float drainage, sediment;
    float stack;     // place in the stack of layers
    float above;     // over the playa's level, m
    float off_playa; // 0 on its floor, 1 up its shore
    float sand;      // share of blown sand
    float karst;     // share of limestone country
    float strewn;    // with stones, 0..1
    float patch, medium; // noise of 0.5 to 2 km and of 16 to 128 m, that breaks every rule a little
    float wet;       // 0..1
    float lee;       // -1 faces the wind, +1 turns away from it
};

ground_lie ground_lie_at(noise_place p, float altitude, float pixel, vec2 grad)
{
    ground_lie l;
    noise_place q = p;
    q.off += GROUND_WARP * vec2(noise_octave(p, 1, 3u).x, noise_octave(p, 1, 4u).x);
    vec2 uv = (vec2(q.tile & 255) * TILE_M + q.off) / MACRO_WORLD_M +
              0.5 / vec2(textureSize(tex_flow, 0));
    float mip = max(log2(pixel * float(textureSize(tex_flow, 0).x) / MACRO_WORLD_M), 0.0);
    vec4 flow = textureLod(tex_flow, uv, mip);
    vec4 rock = textureLod(tex_rock, uv, mip);
    l.altitude = altitude;
    l.pixel = pixel;
    l.slope = length(grad);
    l.position = flow.r;
    l.near_playa = flow.a;
    l.broad = flow.gb;
    l.sediment = rock.g;
    l.drainage = rock.a;
    l.stack = (altitude + 7.0 * noise_octave_large(p, 1, 12u).x - rock.r) / params.land_layers;
    l.above = altitude - rock.b;
    l.off_playa = ground_above_playa(l.above);
    l.sand = ground_sand(p, flow.a, flow.gb);
    l.patch = ground_patch(p);
    l.medium = noise_octave(p, 2, 53u).x * ground_keep(128.0, pixel) +
               0.6 * noise_octave(p, 16, 54u).x * ground_keep(16.0, pixel);
    l.strewn = ground_strewn(p, flow.gb) * l.off_playa * (1.0 - l.sand);
    l.karst = ground_karst(l.position, l.broad, l.off_playa, l.sand);
    l.wet = 0.0;
    WHEN(water_is_near(l.near_playa, l.above))
    {
        l.wet = water_wetness(l.near_playa, l.above, noise_octave(p, 8, 58u).x);
    }
    l.lee = dot(grad, -ground_wind()) / (0.15 + l.slope);
    return l;
}
