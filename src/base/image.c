#include "base/image.h"

#include <stdlib.h>
#include <string.h>

bool image_init(struct image *img, int width, int height, struct error *err)
{
    *img = (struct image){0};
    if (width < 1 || height < 1)
        return error_set(err, ERROR_FAILED, "a picture of %dx%d pixels has no pixels", width,
                         height);
    if ((size_t)height > SIZE_MAX / 3 / (size_t)width)
        return error_set(err, ERROR_FAILED, "a picture of %dx%d pixels is too large", width,
                         height);
    uint8_t *pixels = calloc((size_t)width * (size_t)height, 3);
    if (!pixels)
        return error_set(err, ERROR_FAILED,
                         "no memory for a picture of %dx%d pixels; ask for a smaller one", width,
                         height);
    *img = (struct image){.width = width, .height = height, .pixels = pixels};
    return true;
}

void image_fini(struct image *img)
{
    free(img->pixels);
    *img = (struct image){0};
}

bool image_check_not_blank(const struct image *img, struct error *err)
{
    size_t count = (size_t)img->width * (size_t)img->height;
    for (size_t i = 1; i < count; i++) {
        if (memcmp(img->pixels, img->pixels + 3 * i, 3) != 0)
            return true;
    }
    return error_set(err, ERROR_FAILED, "the picture is blank: every pixel is #%02x%02x%02x",
                     img->pixels[0], img->pixels[1], img->pixels[2]);
}
