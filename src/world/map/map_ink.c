#include "world/map/map_internal.h"

void map_blend(struct image *img, int x, int y, struct map_colour c, float share)
{
    if (x < 0 || y < 0 || x >= img->width || y >= img->height)
        return;
    uint8_t *to = img->pixels + 3 * ((size_t)y * (size_t)img->width + (size_t)x);
    const float rgb[3] = {c.r, c.g, c.b};
    for (int i = 0; i < 3; i++) {
        float v = (float)to[i] + (rgb[i] - (float)to[i]) * share;
        to[i] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v + 0.5f);
    }
}
