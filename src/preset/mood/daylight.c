#include "preset/mood/daylight.h"

#include "base/consts.h"

#include <math.h>

#define DAY_S 86400.0

void daylight_init(struct daylight *d, double latitude)
{
    *d = (struct daylight){.latitude = latitude};
}

void daylight_set_latitude(struct daylight *d, double latitude)
{
    d->latitude = latitude;
    d->known = false;
}

static double asin_safe(double x)
{
    return asin(x < -1 ? -1 : x > 1 ? 1 : x);
}

/* Horizontal to equatorial: the same formulas with altitude and declination changing places. */
static void take_up(struct daylight *d, const struct params *p)
{
    if (d->known && p->sun_elevation == d->elevation && p->sun_azimuth == d->azimuth)
        return;
    double e = p->sun_elevation, a = p->sun_azimuth, l = d->latitude;
    d->declination = asin_safe(sin(l) * sin(e) + cos(l) * cos(e) * cos(a));
    d->hour = atan2(-sin(a) * cos(e), sin(e) * cos(l) - cos(e) * cos(a) * sin(l));
    d->elevation = p->sun_elevation;
    d->azimuth = p->sun_azimuth;
    d->known = true;
}

void daylight_advance(struct daylight *d, double seconds, struct params *p)
{
    take_up(d, p);
    if (seconds == 0)
        return;
    d->hour = remainder(d->hour + seconds * 2 * PI / DAY_S, 2 * PI);
    double l = d->latitude, c = d->declination, h = d->hour;
    double elevation = asin_safe(sin(l) * sin(c) + cos(l) * cos(c) * cos(h));
    double azimuth = atan2(-cos(c) * sin(h), sin(c) * cos(l) - cos(c) * sin(l) * cos(h));
    const struct param_info *row = params_find("sun.elevation");
    double lowest = row->min * row->factor;
    p->sun_elevation = d->elevation = (float)(elevation < lowest ? lowest : elevation);
    p->sun_azimuth = d->azimuth = (float)(azimuth < 0 ? azimuth + 2 * PI : azimuth);
}

double daylight_hours(const struct daylight *d, const struct params *p)
{
    struct daylight now = *d;
    take_up(&now, p);
    double hours = 12 + now.hour * 12 / PI;
    return hours < 24 ? hours : 0;
}
