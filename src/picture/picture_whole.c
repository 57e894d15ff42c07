/* OpenEXR's layout: "OpenEXR File Layout", openexr.com/en/latest/OpenEXRFileLayout.html. */
#include "picture/picture_whole.h"

#include "picture/exr_file.h"
#include "picture/png.h"

#include <stdint.h>
#include <string.h>

enum {
    EXR_TILED = 0x200,
    EXR_DEEP = 0x800,
    EXR_PARTS = 0x1000,
    EXR_START = 8,        /* magic and version */
    EXR_BLOCK_HEADER = 8, /* of a block: its first line and its size */
};

/* Scan lines in a block, by the compression's number. */
static const int exr_lines[] = {1, 1, 1, 16, 32, 16, 32, 32, 32, 256};

struct exr_layout {
    int compression, top, bottom; /* -1: not told */
    size_t end;                   /* of the header */
};

static uint32_t get_u32(const unsigned char *at)
{
    return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

/* The text at *at and the place after its NUL; NULL when it does not end. */
static const char *next_text(const unsigned char *bytes, size_t size, size_t *at)
{
    const char *text = (const char *)bytes + *at;
    const unsigned char *end = *at < size ? memchr(bytes + *at, '\0', size - *at) : NULL;
    if (!end)
        return NULL;
    *at = (size_t)(end - bytes) + 1;
    return text;
}

/* Attributes follow one another up to an empty name. */
static bool read_header(const unsigned char *bytes, size_t size, struct exr_layout *out)
{
    *out = (struct exr_layout){.compression = -1, .top = 0, .bottom = -1};
    for (size_t at = EXR_START;;) {
        const char *name = next_text(bytes, size, &at);
        if (!name || !*name) {
            out->end = at;
            return name && out->bottom >= out->top && out->compression >= 0;
        }
        if (!next_text(bytes, size, &at) || size - at < 4)
            return false;
        size_t length = get_u32(bytes + at);
        at += 4;
        if (length > size - at)
            return false;
        if (strcmp(name, "compression") == 0 && length == 1)
            out->compression = bytes[at];
        if (strcmp(name, "dataWindow") == 0 && length == 16) {
            out->top = (int)get_u32(bytes + at + 4);
            out->bottom = (int)get_u32(bytes + at + 12);
        }
        at += length;
    }
}

static bool check_exr(const unsigned char *bytes, size_t size)
{
    struct exr_layout layout;
    if (size < EXR_START)
        return false;
    if (get_u32(bytes + 4) & (EXR_TILED | EXR_DEEP | EXR_PARTS))
        return true;
    if (!read_header(bytes, size, &layout) ||
        layout.compression >= (int)(sizeof exr_lines / sizeof *exr_lines))
        return false;
    int64_t lines = (int64_t)layout.bottom - layout.top + 1, block = exr_lines[layout.compression];
    uint64_t count = (uint64_t)((lines + block - 1) / block), last = 0;
    if (count > (size - layout.end) / 8)
        return false;
    for (uint64_t i = 0; i < count; i++) {
        const unsigned char *entry = bytes + layout.end + i * 8;
        uint64_t at = get_u32(entry) | (uint64_t)get_u32(entry + 4) << 32;
        if (at > size - EXR_BLOCK_HEADER)
            return false;
        uint64_t end = at + EXR_BLOCK_HEADER + get_u32(bytes + at + 4);
        last = end > last ? end : last;
    }
    return last == size;
}

bool picture_whole_check(const void *bytes, size_t size)
{
    if (png_is_png(bytes, size))
        return png_check_whole(bytes, size, NULL);
    return !exr_file_is_exr(bytes, size) || check_exr(bytes, size);
}
