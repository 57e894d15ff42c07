#include "picture/lettering.h"

#include "base/file.h"
#include "picture/font.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STBTT_STATIC
#define STB_TRUETYPE_IMPLEMENTATION
#include <stb/stb_truetype.h>

enum { HEIGHT_MIN = 5, HEIGHT_MAX = 500, WRONG = 0xFFFD };

struct lettering {
    unsigned char *bytes; /* of the font; NULL: bitmaps */
    stbtt_fontinfo font;
    float scale; /* pixels per unit of the font */
    int above, below;
    int zoom; /* of the bitmaps */
};

const char *lettering_find_font(void)
{
    static const char *const fonts[] = {
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/TTF/DejaVuSans.ttf",
        "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
        "/usr/share/fonts/noto/NotoSans-Regular.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "/System/Library/Fonts/Supplemental/Arial.ttf",
    };
    for (size_t i = 0; i < sizeof fonts / sizeof fonts[0]; i++)
        if (access(fonts[i], R_OK) == 0)
            return fonts[i];
    return NULL;
}

static bool open_font(struct lettering *l, const char *path, double height, struct error *err)
{
    int ascent, descent, gap;
    l->bytes = (unsigned char *)file_read(path, NULL, err);
    if (!l->bytes)
        return false;
    int offset = stbtt_GetFontOffsetForIndex(l->bytes, 0);
    if (offset < 0 || !stbtt_InitFont(&l->font, l->bytes, offset))
        return error_set(err, ERROR_FAILED, "%s: no TrueType font", path);
    l->scale = stbtt_ScaleForPixelHeight(&l->font, (float)height);
    stbtt_GetFontVMetrics(&l->font, &ascent, &descent, &gap);
    l->above = (int)ceil(ascent * (double)l->scale);
    l->below = (int)ceil(-descent * (double)l->scale);
    return true;
}

struct lettering *lettering_create(const char *font, double height, struct error *err)
{
    struct lettering *l = calloc(1, sizeof *l);
    if (!l) {
        error_set(err, ERROR_FAILED, "no memory for letters");
        return NULL;
    }
    height = fmin(fmax(height, HEIGHT_MIN), HEIGHT_MAX);
    l->zoom = (int)fmax(1, floor(height / (FONT_HEIGHT + FONT_BELOW)));
    l->above = FONT_HEIGHT * l->zoom;
    l->below = FONT_BELOW * l->zoom;
    if (font && !open_font(l, font, height, err))
        lettering_destroy(&l);
    return l;
}

void lettering_destroy(struct lettering **l)
{
    if (*l)
        free((*l)->bytes);
    free(*l);
    *l = NULL;
}

int lettering_above(const struct lettering *l)
{
    return l->above;
}

int lettering_below(const struct lettering *l)
{
    return l->below;
}

/* ---- UTF-8 ---- */

/* How many bytes the letter at text has (RFC 3629), and which it is. */
static int read_letter(const char *text, int *letter)
{
    const unsigned char *b = (const unsigned char *)text;
    int length = b[0] < 0x80 ? 1 : b[0] < 0xC2 ? 0 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
    int value = length > 1 ? b[0] & (0x7F >> length) : b[0];
    for (int i = 1; i < length; i++) {
        if ((b[i] & 0xC0) != 0x80) {
            length = 0;
            break;
        }
        value = value << 6 | (b[i] & 0x3F);
    }
    *letter = length > 0 ? value : WRONG;
    return length > 0 ? length : 1;
}

/* ---- the line ---- */

/* Where the pen is after the letter, in pixels from the start. */
static float advance(const struct lettering *l, int letter, const char *next)
{
    int width, bearing, after;
    stbtt_GetCodepointHMetrics(&l->font, letter, &width, &bearing);
    if (*next) {
        read_letter(next, &after);
        width += stbtt_GetCodepointKernAdvance(&l->font, letter, after);
    }
    return (float)width * l->scale;
}

int lettering_width(const struct lettering *l, const char *text)
{
    float pen = 0;
    if (!l->bytes)
        return font_width(text, l->zoom);
    while (*text) {
        int letter;
        text += read_letter(text, &letter);
        pen += advance(l, letter, text);
    }
    return (int)ceilf(pen);
}

void lettering_fit(const struct lettering *l, const char *text, int width, char *out, size_t size)
{
    snprintf(out, size, "%s", text);
    for (size_t length = strlen(out); length > 0 && lettering_width(l, out) > width;) {
        do
            length--;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80);
        while (length > 0 && text[length - 1] == ' ')
            length--;
        snprintf(out, size, "%.*s%s", (int)length, text, l->bytes ? "\xE2\x80\xA6" : "..");
    }
}

/* Over what is there, as much as the letter covers. */
static void blend(struct image *img, int x, int y, int cover, const uint8_t rgb[3])
{
    if (x < 0 || y < 0 || x >= img->width || y >= img->height)
        return;
    uint8_t *at = img->pixels + 3 * ((size_t)y * (size_t)img->width + (size_t)x);
    for (int c = 0; c < 3; c++)
        at[c] = (uint8_t)((at[c] * (255 - cover) + rgb[c] * cover + 127) / 255);
}

static void draw_letter(const struct lettering *l, struct image *img, float pen, int y, int letter,
                        const uint8_t rgb[3])
{
    int width, height, left, top;
    float whole = floorf(pen);
    unsigned char *cover = stbtt_GetCodepointBitmapSubpixel(
        &l->font, l->scale, l->scale, pen - whole, 0, letter, &width, &height, &left, &top);
    for (int row = 0; cover && row < height; row++)
        for (int column = 0; column < width; column++)
            blend(img, (int)whole + left + column, y + top + row, cover[row * width + column], rgb);
    stbtt_FreeBitmap(cover, NULL);
}

void lettering_draw(const struct lettering *l, struct image *img, int x, int y, const char *text,
                    const uint8_t rgb[3])
{
    float pen = (float)x;
    if (!l->bytes) {
        font_draw(img, x, y - l->above, text, l->zoom, rgb);
        return;
    }
    while (*text) {
        int letter;
        text += read_letter(text, &letter);
        draw_letter(l, img, pen, y, letter, rgb);
        pen += advance(l, letter, text);
    }
}
