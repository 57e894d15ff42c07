/* The sun through a day: its diurnal circle for a latitude.
 *
 * Spherical astronomy (Meeus, Astronomical Algorithms, ch. 13): with latitude p, declination d and
 * hour angle h (0 when the sun is highest, growing to the west)
 *   sin(elevation) = sin p sin d + cos p cos d cos h
 *   azimuth, from north through east = atan2(-cos d sin h, sin d cos p - cos d sin p cos h)
 * d and h are derived from where the sun stands, so that the day begins where it is; d need not be
 * one that this planet has. Radians, seconds. */
#ifndef STILLAIR_PRESET_MOOD_DAYLIGHT_H
#define STILLAIR_PRESET_MOOD_DAYLIGHT_H

#include "preset/params/params.h"

#include <stdbool.h>

struct daylight {
    double latitude;          /* north is positive */
    double declination, hour; /* the hour angle, radians */
    bool known;               /* the two above are those of the sun that was written */
    float elevation, azimuth; /* as written */
};

void daylight_init(struct daylight *d, double latitude);
/* Another latitude: the sun stays where it is. */
void daylight_set_latitude(struct daylight *d, double latitude);
/* The sun `seconds` later. It takes up wherever p has it. Below the lowest elevation that the row
 * knows it is written there, and comes up when it should. */
void daylight_advance(struct daylight *d, double seconds, struct params *p);
/* Hours of true solar time, 0 to 24: 12 when the sun is highest. */
double daylight_hours(const struct daylight *d, const struct params *p);

#endif
