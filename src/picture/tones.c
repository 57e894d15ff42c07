#include "picture/tones.h"

#include <math.h>

void tones_clear(struct tones *t)
{
    *t = (struct tones){0};
}

/* Returns the luma, in whole numbers: exact, and the same on every machine. */
static unsigned luma_of(unsigned red, unsigned green, unsigned blue)
{
    return (2126 * red + 7152 * green + 722 * blue + 5000) / 10000;
}

static void add(struct tones *t, const uint8_t *pixels, size_t count, size_t bytes)
{
    for (size_t i = 0; i < count; i++, pixels += bytes) {
        t->red[pixels[0]]++;
        t->green[pixels[1]]++;
        t->blue[pixels[2]]++;
        t->luma[luma_of(pixels[0], pixels[1], pixels[2])]++;
    }
    t->count += count;
}

void tones_add_rgba8(struct tones *t, const uint8_t *pixels, size_t count)
{
    add(t, pixels, count, 4);
}

void tones_add_rgb8(struct tones *t, const uint8_t *pixels, size_t count)
{
    add(t, pixels, count, 3);
}

int tones_percentile(const struct tones *t, double share)
{
    if (t->count == 0)
        return 0;
    double rank = fmin(fmax(ceil(share * (double)t->count - 1e-6), 1), (double)t->count);
    uint64_t below = 0;
    int code = 0;
    while (code < TONES_CODES - 1 && (double)(below += t->luma[code]) < rank)
        code++;
    return code;
}

double tones_share_at(const struct tones *t, int code)
{
    uint32_t most = t->red[code] > t->green[code] ? t->red[code] : t->green[code];
    most = most > t->blue[code] ? most : t->blue[code];
    return t->count > 0 ? (double)most / (double)t->count : 0;
}
