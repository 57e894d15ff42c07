// Pools on the floors of playas: where their water stands and what it wets. What it mirrors is in
// water_mirror.glsl. Altitudes are metres above the datum; `above` is metres over the playa's level.

// Altitude of the pool on the playa of that level: it stands in the hollow of the floor.
float water_altitude(float playa_level)
{
    return playa_level - MACRO_HOLLOW_M + params.land_pool;
}

// Whether a place of the ground lies under the pool. In metres: `pixel` is what a pixel covers there, `rise` how far
// the ground rises from one sample to the next: between one in the water and one above it the shore is a third
// of the way, or it would follow the samples' grid.
bool water_covers(float near_playa, float above, float pixel, float rise)
{
    float water = params.land_pool - MACRO_HOLLOW_M;
    return params.land_pool > 0.0 && near_playa > 0.5 &&
           above < water + 0.01 + 0.01 * pixel + min(0.35 * rise, 0.5);
}

// Whether a place may be wet: dear noise for the splash is not wanted elsewhere.
bool water_is_near(float near_playa, float above)
{
    return params.land_pool > 0.0 && near_playa > 0.4 && above < 1.0;
}

// How wet the ground is, 0..1, from the water up: the fringe that soil draws up, some decimetres, and its
// splash of noise (-1..1).
float water_wetness(float near_playa, float above, float splash)
{
    float water = params.land_pool - MACRO_HOLLOW_M;
    return smoothstep(0.4, 0.5, near_playa) *
           (1.0 - smoothstep(0.0, 0.45, above - water + 0.25 * splash));
}

// The edge of a pool from the water up: scum that waves left in lines, algae that dried, rings of salt.
// Returns the albedo `c` with them: none where it is
// steep; pixel: metres.
vec3 water_edge(noise_place p, float near_playa, float above, float slope, float pixel, vec3 c)
{
    float up = above - (params.land_pool - MACRO_HOLLOW_M);
    float near = smoothstep(0.4, 0.5, near_playa) * (1.0 - smoothstep(0.4, 0.8, up)) *
                 (1.0 - smoothstep(0.12, 0.35, slope));
    WHEN(params.land_pool > 0.0 && near > 0.0)
    {
        float broad = noise_octave(p, 16, 174u).x * ground_keep(16.0, pixel);
        float fine = noise_octave(p, 90, 175u).x * ground_keep(2.8, pixel);
        float torn = noise_octave(p, 640, 176u).x * ground_keep(0.4, pixel);
        float z = up + 0.05 * broad + 0.012 * fine + 0.004 * torn;
        // Salt is left where the pool stood in wetter months.
        float ring = exp(-pow((z - 0.30) / 0.07, 2.0)) + 0.7 * exp(-pow((z - 0.55) / 0.05, 2.0));
        float patchy = fine + 0.7 * torn + 0.4 * broad;
        float salt = near * ring * smoothstep(-0.25, 0.25, params.ground_salt_cover - 0.5 + patchy);
        c = mix(c, params.ground_salt, 0.75 * salt);
        float algae = smoothstep(0.0, 0.03, z) * (1.0 - smoothstep(0.06, 0.16, z));
        c = mix(c, 1.6 * params.ground_water + 0.02, near * 0.7 * algae * smoothstep(-0.3, 0.3, torn + broad + 0.1));
        float scum = exp(-pow((z - 0.012) / 0.008, 2.0)) + 0.7 * exp(-pow((z - 0.07) / 0.006, 2.0));
        c = mix(c, 0.8 * params.ground_salt, near * 0.8 * scum * smoothstep(-0.2, 0.3, torn + fine + 0.15));
    }
    return c;
}
