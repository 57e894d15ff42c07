/* Variants of the height shader, by what samples so far apart can hold: GROUND_TIER of
 * lib/ground/ground_world.glsl. A software rasteriser runs both sides of a branch, so it is worth
 * leaving out what cannot be seen; the heights are the same bits. */
#ifndef STILLAIR_RENDER_GROUND_GROUND_TIER_H
#define STILLAIR_RENDER_GROUND_GROUND_TIER_H

#define GROUND_TIERS 3

/* Metres between samples: from 128 only the macro world is left; below 8 there are stones. */
static inline int ground_tier(double spacing_m)
{
    return spacing_m >= 128 ? 0 : spacing_m >= 8 ? 1 : 2;
}

/* The value of the define GROUND_TIER. */
static inline const char *ground_tier_text(int tier)
{
    static const char *const texts[GROUND_TIERS] = {"0", "1", "2"};
    return texts[tier];
}

#endif
