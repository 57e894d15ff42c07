// Pools on the floors of playas: where their water stands and what it wets. What it mirrors is in
// water_mirror.glsl. Altitudes are metres above the datum; `above` is metres over the playa's level.

// Altitude of the pool on the playa of that level: it stands in the hollow of the floor.
float water_altitude(float playa_level)
{
    return playa_level - MACRO_HOLLOW_M + params.land_pool;
}

// Whether a place of the ground lies under the pool. pixel: metres that a pixel covers there.
bool water_covers(float near_playa, float above, float pixel)
{
    float water = params.land_pool - MACRO_HOLLOW_M;
    return params.land_pool > 0.0 && near_playa > 0.5 && above < water + 0.02 + 0.01 * pixel;
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
